package ledger

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Fields of a statement and of an article that reviews can change.
const (
	SourceField    = "source"
	CueField       = "cue"
	ContentField   = "content"
	AddresseeField = "addressee"
	MediumField    = "medium"
	OccasionField  = "occasion"

	SpeakerField = "speaker"
	TowardField  = "toward"
	UtteredField = "uttered"
	QuotedField  = "quoted"
	ClassField   = "class"
	SaidAtField  = "said_at"

	PublishedField = "published"
	PublisherField = "publisher"
	TitleField     = "title"
	URLField       = "url"
)

// values are what fields with a fixed choice of values take.
var values = map[string][]string{
	TowardField: {
		string(onrecord.Affirms), string(onrecord.Denies), string(onrecord.Supports),
		string(onrecord.Opposes), string(onrecord.Asks), string(onrecord.Neutral),
	},
	UtteredField: {
		string(onrecord.UtteredYes), string(onrecord.UtteredNo), string(onrecord.UtteredPossible),
		string(onrecord.UtteredPlanned), string(onrecord.UtteredRefused),
	},
	QuotedField: {string(onrecord.Direct), string(onrecord.Mixed), string(onrecord.Indirect)},
	ClassField: {
		string(onrecord.SpeechCue), string(onrecord.DocumentCue), string(onrecord.BeliefCue), string(onrecord.AttitudeCue),
		string(onrecord.IntentionCue), string(onrecord.DecreeCue), string(onrecord.GestureCue),
	},
}

// Laid is a finding with its reviews laid over it.
type Laid struct {
	Statement onrecord.Statement
	Changed   bool             // Statement or Speaker differ from the finding
	Verdict   onrecord.Verdict // newest right or wrong that stands
	Speaker   *string          // the speaker's name as corrected; nil where it is not
	Lost      []onrecord.ID    // reviews with words that are not in the text any more
}

// Lay lays reviews over a finding, in the order they were made: of several that
// stand, the newest wins field by field. Undone ones are passed over, and so are
// changes whose words no longer stand in the text.
func Lay(text string, found onrecord.Statement, reviews []onrecord.Review) Laid {
	l := Laid{Statement: found}
	for i := range reviews {
		r := &reviews[i]
		if r.Undone() {
			continue
		}
		switch r.Verdict {
		case onrecord.Right, onrecord.Wrong:
			l.Verdict = r.Verdict
		case onrecord.Edit:
			for _, c := range r.Changes {
				if !l.change(text, &found, c) && !slices.Contains(l.Lost, r.ID) {
					l.Lost = append(l.Lost, r.ID)
				}
			}
		case onrecord.Describe:
			// It tells of the article.
		}
	}
	l.follow(&found)
	return l
}

// follow has what hangs on edited words follow them: a cue of other words has
// another lemma, and what is verbatim lies inside the content.
func (l *Laid) follow(found *onrecord.Statement) {
	s := &l.Statement
	if !slices.Equal(s.Cue.Spans, found.Cue.Spans) {
		s.Cue.Lemma = ""
	}
	if slices.Equal(s.Content.Spans, found.Content.Spans) || len(found.Verbatim) == 0 {
		return
	}
	var verbatim []onrecord.Span
	marked, all := 0, 0
	for _, content := range s.Content.Spans {
		all += content.Len()
		for _, v := range found.Verbatim {
			if n := v.Overlap(content); n > 0 {
				marked += n
				verbatim = append(verbatim, onrecord.Span{Start: max(v.Start, content.Start), End: min(v.End, content.End)})
			}
		}
	}
	s.Verbatim = verbatim
	if s.Quoted != found.Quoted {
		return // a person said so
	}
	switch {
	case marked == 0:
		s.Quoted = onrecord.Indirect
	case marked < all-longestMarks*len(s.Content.Spans):
		s.Quoted = onrecord.Mixed
	default:
		s.Quoted = onrecord.Direct
	}
}

// longestMarks is how many bytes the marks around a piece of content have at
// most: two of three bytes each, and a comma or stop.
const longestMarks = 7

// wordsOf is where a field that is words of the text keeps them; nil for others.
func wordsOf(s *onrecord.Statement, field string) *[]onrecord.Span {
	switch field {
	case SourceField:
		return &s.Source.Spans
	case CueField:
		return &s.Cue.Spans
	case ContentField:
		return &s.Content.Spans
	case AddresseeField:
		return &s.Addressee
	case MediumField:
		return &s.Medium
	case OccasionField:
		return &s.Occasion
	default:
		return nil
	}
}

// change applies one change; false where it no longer can be.
func (l *Laid) change(text string, found *onrecord.Statement, c onrecord.Change) bool {
	s := &l.Statement
	if words := wordsOf(s, c.Field); words != nil {
		spans, ok := Locate(text, c, onrecord.Hull(found.Spans()...))
		if ok {
			*words = spans
			l.Changed = true
		}
		return ok
	}
	switch c.Field {
	case SpeakerField:
		l.Speaker = &c.Value
	case TowardField:
		s.Toward = onrecord.Toward(c.Value)
	case UtteredField:
		s.Uttered = onrecord.Uttered(c.Value)
	case QuotedField:
		s.Quoted = onrecord.Quoted(c.Value)
	case ClassField:
		s.Cue.Class = onrecord.CueClass(c.Value)
	case SaidAtField:
		date, err := onrecord.ParseDate(c.Value)
		if err != nil {
			return false
		}
		s.SaidAt = nil
		if !date.IsZero() {
			s.SaidAt = &onrecord.SaidAt{From: date, To: date, Basis: "explicit"}
		}
	default:
		return false
	}
	l.Changed = true
	return true
}

// Locate finds where the words of a change stand: by its selector where it has
// one, else nearest to the statement, whose span near is. Words in several pieces
// are joined by [onrecord.Ellipsis] and found in text order. No words are found
// nowhere: a field can be emptied.
func Locate(text string, c onrecord.Change, near onrecord.Span) ([]onrecord.Span, bool) {
	if c.Value == "" {
		return nil, true
	}
	if c.Words.Exact != "" && (c.Words.Prefix != "" || c.Words.Suffix != "") {
		span, ok := c.Words.Find(text)
		if !ok {
			return nil, false
		}
		if c.Words.Exact == c.Value {
			return []onrecord.Span{span}, true
		}
		pieces, ok := pieces(text[span.Start:span.End], c.Value, onrecord.Span{})
		for i := range pieces {
			pieces[i].Start, pieces[i].End = pieces[i].Start+span.Start, pieces[i].End+span.Start
		}
		return pieces, ok
	}
	return pieces(text, c.Value, near)
}

// pieces finds words in one or several pieces, the first of them nearest to near
// and each other one next after the one before.
func pieces(text, words string, near onrecord.Span) ([]onrecord.Span, bool) {
	parts := strings.Split(words, onrecord.Ellipsis)
	if strings.Contains(text, words) {
		parts = []string{words} // an ellipsis of the text itself
	}
	var best []onrecord.Span
	for from := 0; ; {
		i := strings.Index(text[from:], parts[0])
		if i < 0 || parts[0] == "" {
			return best, best != nil
		}
		spans := []onrecord.Span{{Start: from + i, End: from + i + len(parts[0])}}
		for _, p := range parts[1:] {
			end := spans[len(spans)-1].End
			j := strings.Index(text[end:], p)
			if j < 0 || p == "" {
				return best, best != nil
			}
			spans = append(spans, onrecord.Span{Start: end + j, End: end + j + len(p)})
		}
		if best == nil || gap(onrecord.Hull(spans...), near) < gap(onrecord.Hull(best...), near) {
			best = spans
		}
		from += i + 1
	}
}

// gap is how many bytes lie between two spans; 0 where they touch.
func gap(a, b onrecord.Span) int { return max(0, a.Start-b.End, b.Start-a.End) }

// Pin checks a review of a statement and completes it: each change of words gets
// the selector of where they stand, and Pinned that of the content. Errors wrap
// [onrecord.ErrInvalid].
func Pin(text string, shown onrecord.Statement, r *onrecord.Review) error {
	switch r.Verdict {
	case onrecord.Right, onrecord.Wrong:
		if len(r.Changes) > 0 {
			return fmt.Errorf("mark %s: %w: changes come with edit", r.Verdict, onrecord.ErrInvalid)
		}
	case onrecord.Edit:
		if len(r.Changes) == 0 {
			return fmt.Errorf("edit: %w: nothing to change", onrecord.ErrInvalid)
		}
	default:
		return fmt.Errorf("mark a statement %q: %w: want right, wrong or edit", r.Verdict, onrecord.ErrInvalid)
	}
	r.Changes = slices.Clone(r.Changes)
	for i := range r.Changes {
		if err := pinChange(text, &shown, &r.Changes[i]); err != nil {
			return err
		}
	}
	if spans := shown.Content.Spans; r.Pinned.Exact == "" && len(spans) > 0 {
		r.Pinned = onrecord.Select(text, onrecord.Hull(spans...))
	}
	return nil
}

// pinned is where the words of a new change stand: by its selector where it has
// one, else see [Occurrence].
func pinned(text string, c onrecord.Change, near onrecord.Span) ([]onrecord.Span, error) {
	if c.Words.Exact == "" || c.Words.Prefix == "" && c.Words.Suffix == "" {
		return Occurrence(text, c.Value, near)
	}
	spans, ok := Locate(text, c, near)
	if !ok {
		return nil, fmt.Errorf("%w: %q does not stand in the article between the words given", onrecord.ErrInvalid, c.Value)
	}
	return spans, nil
}

func pinChange(text string, shown *onrecord.Statement, c *onrecord.Change) error {
	if wordsOf(shown, c.Field) != nil {
		if c.Value == "" {
			if c.Words.Exact == "" && c.Field == ContentField {
				return fmt.Errorf("edit content: %w: a statement has a content", onrecord.ErrInvalid)
			}
			c.Value = c.Words.Exact
		}
		if c.Value == "" {
			return nil
		}
		if !utf8.ValidString(c.Value) {
			return fmt.Errorf("edit %s: %w: not UTF-8", c.Field, onrecord.ErrInvalid)
		}
		spans, err := pinned(text, *c, onrecord.Hull(shown.Spans()...))
		if err != nil {
			return fmt.Errorf("edit %s: %w", c.Field, err)
		}
		c.Value, c.Words = onrecord.Words(text, spans), distinct(text, onrecord.Hull(spans...))
		if again, ok := Locate(text, *c, onrecord.Span{}); !ok || !slices.Equal(again, spans) {
			return fmt.Errorf("edit %s: %w: between its first and last piece, %q could be read in other places too", c.Field, onrecord.ErrInvalid, c.Value)
		}
		return nil
	}
	if allowed, ok := values[c.Field]; ok {
		if !slices.Contains(allowed, c.Value) {
			return fmt.Errorf("edit %s: %w: %q is none of %s", c.Field, onrecord.ErrInvalid, c.Value, strings.Join(allowed, ", "))
		}
		return nil
	}
	switch c.Field {
	case SpeakerField:
		if c.Value != "" && Key(c.Value) == "" {
			return fmt.Errorf("edit speaker: %w: %q is no name", onrecord.ErrInvalid, c.Value)
		}
		return nil
	case SaidAtField:
		if _, err := onrecord.ParseDate(c.Value); err != nil {
			return fmt.Errorf("edit said_at: %w: %w", onrecord.ErrInvalid, err)
		}
		return nil
	default:
		return onrecord.WithHint(fmt.Errorf("edit %q: %w: no such field", c.Field, onrecord.ErrInvalid),
			"source, cue, content, addressee, medium, occasion, speaker, toward, uttered, quoted, class or said_at")
	}
}

// CheckDescribe checks a review of an article. Errors wrap [onrecord.ErrInvalid].
func CheckDescribe(r *onrecord.Review) error {
	if r.Verdict != onrecord.Describe {
		return fmt.Errorf("mark an article %q: %w: want describe", r.Verdict, onrecord.ErrInvalid)
	}
	if len(r.Changes) == 0 {
		return fmt.Errorf("describe: %w: nothing to change", onrecord.ErrInvalid)
	}
	for _, c := range r.Changes {
		switch c.Field {
		case PublishedField:
			if _, err := onrecord.ParseDate(c.Value); err != nil {
				return fmt.Errorf("describe published: %w: %w", onrecord.ErrInvalid, err)
			}
		case PublisherField, TitleField, URLField:
		default:
			return onrecord.WithHint(fmt.Errorf("describe %q: %w: no such field", c.Field, onrecord.ErrInvalid),
				"published, publisher, title or url")
		}
	}
	return nil
}

// Described lays reviews of an article over what its revision tells of itself.
func Described(rev onrecord.Revision, reviews []onrecord.Review) onrecord.Revision {
	for i := range reviews {
		if reviews[i].Undone() || reviews[i].Verdict != onrecord.Describe {
			continue
		}
		for _, c := range reviews[i].Changes {
			switch c.Field {
			case PublishedField:
				if date, err := onrecord.ParseDate(c.Value); err == nil {
					rev.Published = date
				}
			case PublisherField:
				rev.Publisher = c.Value
			case TitleField:
				rev.Title = c.Value
			case URLField:
				rev.URL = c.Value
			}
		}
	}
	return rev
}

// Renamed reports whether a person's standing edit says who speaks.
func Renamed(reviews []onrecord.Review) bool {
	for i := range reviews {
		if reviews[i].Verdict != onrecord.Edit || reviews[i].Undone() {
			continue
		}
		for _, c := range reviews[i].Changes {
			if c.Field == SpeakerField {
				return true
			}
		}
	}
	return false
}
