package wire

import (
	"io"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Statement is a kept statement by itself: the contract's statement and all that
// proves it. Its spans are code points of the revision's text; its selector's
// surroundings are those in its sentence.
type Statement struct {
	Attribution
	Article   Article           `json:"article"`
	Revision  onrecord.Hash     `json:"revision"`
	Speaker   *Speaker          `json:"speaker"` // null when unknown
	Sentence  Sentence          `json:"sentence"`
	When      onrecord.Date     `json:"when,omitzero"`
	WhenBasis ledger.WhenBasis  `json:"when_basis,omitempty"`
	Verdict   onrecord.Verdict  `json:"verdict,omitempty"`
	GoneSince string            `json:"gone_since,omitempty"` // the version that no longer found it
	MadeBy    onrecord.Versions `json:"made_by"`
	Reviews   []Review          `json:"reviews"`
}

// Article is the article a statement stands in.
type Article struct {
	ID        onrecord.ID   `json:"id"`
	Title     string        `json:"title,omitempty"`
	Publisher string        `json:"publisher,omitempty"`
	Address   string        `json:"address,omitempty"`
	Published onrecord.Date `json:"published,omitzero"`
	Retrieved string        `json:"retrieved,omitempty"`
	Language  string        `json:"language,omitempty"`
}

// Speaker is the name a statement is attributed to.
type Speaker struct {
	Key  string              `json:"key"`
	Name string              `json:"name"`
	Kind onrecord.EntityKind `json:"kind,omitempty"`
}

// Sentence is the sentence or sentences a statement stands in.
type Sentence struct {
	Text string `json:"text"`
	Span Span   `json:"span"`
}

// Review is a person's correction.
type Review struct {
	ID       onrecord.ID       `json:"id"`
	Verdict  onrecord.Verdict  `json:"verdict"`
	Changes  []onrecord.Change `json:"changes"`
	By       string            `json:"by"`
	Why      string            `json:"why,omitempty"`
	At       time.Time         `json:"at"`
	UndoneBy string            `json:"undone_by,omitempty"`
	UndoneAt time.Time         `json:"undone_at,omitzero"`
}

// WriteStatement prints a kept statement as one line of JSON.
func WriteStatement(w io.Writer, s Statement) error { return writeLine(w, s) }

// EncodeRecord makes a statement of a kept record. Spans outside the record's
// sentence (an antecedent far before it) are left out, because nothing in a
// record tells their code points.
func EncodeRecord(r *ledger.Record) Statement {
	in := inSentence(r)
	out := Statement{
		Attribution: attribution(&in.statement, r.Texts.Sentence, in.spans),
		Article: Article{
			ID: r.Article.ID, Title: r.Article.Title, Publisher: r.Article.Publisher, Address: r.Article.Address,
			Published: r.Article.Published, Retrieved: instant(r.Article.Retrieved), Language: r.Article.Language,
		},
		Revision:  r.Revision,
		Sentence:  Sentence{r.Texts.Sentence, in.span(onrecord.Span{End: len(r.Texts.Sentence)})},
		When:      r.When,
		WhenBasis: r.WhenBasis,
		Verdict:   r.Verdict,
		GoneSince: r.GoneSince,
		MadeBy:    r.MadeBy,
		Reviews:   list(r.Reviews, review),
	}
	out.ID = r.ID
	out.Source.Text, out.Cue.Text, out.Content.Text = r.Texts.Source, r.Texts.Cue, r.Texts.Content
	out.Within, out.Repeats = publicOrNull(r.Statement.Within), publicOrNull(r.Statement.Repeats)
	if out.MadeBy == nil {
		out.MadeBy = onrecord.Versions{}
	}
	out.Speaker = speaker(r)
	return out
}

// speaker is nil when unknown.
func speaker(r *ledger.Record) *Speaker {
	if r.Speaker.Key == "" {
		return nil
	}
	return &Speaker{r.Speaker.Key, r.Speaker.Name, r.Speaker.Kind}
}

// publicOrNull leaves out an ID that means nothing outside its analysis.
func publicOrNull(id onrecord.ID) *onrecord.ID {
	if !strings.HasPrefix(string(id), "s-") {
		return nil
	}
	return &id
}

func review(r onrecord.Review) Review {
	return Review{
		ID: r.ID, Verdict: r.Verdict, Changes: some(r.Changes), By: r.By, Why: r.Why, At: r.At,
		UndoneBy: r.UndoneBy, UndoneAt: r.UndoneAt,
	}
}

// EncodeArticle makes a document of a kept article. Its statements are those of
// its newest revision as they stand, with corrections laid over and public IDs;
// ones that the newest analysis no longer finds are left out.
func EncodeArticle(art *ledger.Article) Document {
	e := newEncoder(&art.Revision, &art.Analysis)
	for i := range art.Statements {
		if r := &art.Statements[i]; r.Found.ID != "" && r.GoneSince == "" {
			e.public[r.Found.ID] = r.ID
		}
	}
	d := e.document(Options{Article: art.ID, Retrieved: art.Retrieved})
	for i := range art.Statements {
		r := &art.Statements[i]
		if r.GoneSince != "" || r.Revision != art.Hash {
			continue
		}
		s := e.statement(&r.Statement, r.Found.ID)
		s.ID, s.Speaker, s.Verdict, s.Reviews = r.ID, speaker(r), r.Verdict, list(r.Reviews, review)
		d.Statements = append(d.Statements, s)
	}
	return d
}

// CodePoints is the span of all a record's words, source, cue and content, in
// code points of the revision's text.
func CodePoints(r *ledger.Record) Span {
	return SpanCodePoints(r, onrecord.Hull(r.Statement.Spans()...))
}

// SpanCodePoints is a span of the revision in code points, for a span inside the
// record's sentence. Both ends are -1 for one outside it.
func SpanCodePoints(r *ledger.Record, s onrecord.Span) Span {
	if !r.Sentence.Contains(s) || s.End-r.Sentence.Start > len(r.Texts.Sentence) {
		return Span{-1, -1}
	}
	start := r.SentenceStart + starts(r.Texts.Sentence[:s.Start-r.Sentence.Start])
	return Span{start, start + starts(r.Texts.Sentence[s.Start-r.Sentence.Start:s.End-r.Sentence.Start])}
}

// sentenceView is a statement whose byte offsets count from the start of its
// sentence.
type sentenceView struct {
	statement onrecord.Statement
	text      string
	start     int // of the sentence, in code points
}

func inSentence(r *ledger.Record) sentenceView {
	v := sentenceView{statement: r.Statement, text: r.Texts.Sentence, start: r.SentenceStart}
	s := &v.statement
	for _, spans := range []*[]onrecord.Span{
		&s.Source.Spans, &s.Cue.Spans, &s.Content.Spans, &s.Content.Antecedent,
		&s.Verbatim, &s.Addressee, &s.Medium, &s.Occasion,
	} {
		moved := make([]onrecord.Span, 0, len(*spans))
		for _, span := range *spans {
			span = onrecord.Span{Start: span.Start - r.Sentence.Start, End: span.End - r.Sentence.Start}
			if span.Start >= 0 && span.Valid(v.text) {
				moved = append(moved, span)
			}
		}
		*spans = slices.Clip(moved)
	}
	return v
}

func (v *sentenceView) span(s onrecord.Span) Span {
	start := v.start + starts(v.text[:s.Start])
	return Span{start, start + starts(v.text[s.Start:s.End])}
}

func (v *sentenceView) spans(spans []onrecord.Span) []Span { return list(spans, v.span) }
