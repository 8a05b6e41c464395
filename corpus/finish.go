package corpus

import (
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
)

var (
	forms = []onrecord.SourceForm{onrecord.Named, onrecord.RoleForm, onrecord.Unnamed, onrecord.PronounForm, onrecord.Implicit}
	kinds = []onrecord.SourceKind{
		onrecord.PersonSource, onrecord.OrganizationSource, onrecord.GroupSource,
		onrecord.GovernmentSource, onrecord.DocumentSource, onrecord.OtherSource,
	}
	classes = []onrecord.CueClass{
		onrecord.SpeechCue, onrecord.DocumentCue, onrecord.BeliefCue, onrecord.AttitudeCue,
		onrecord.IntentionCue, onrecord.DecreeCue, onrecord.GestureCue,
	}
	uttered     = []onrecord.Uttered{onrecord.UtteredYes, onrecord.UtteredNo, onrecord.UtteredPossible, onrecord.UtteredPlanned, onrecord.UtteredRefused}
	toward      = []onrecord.Toward{onrecord.Affirms, onrecord.Denies, onrecord.Supports, onrecord.Opposes, onrecord.Asks, onrecord.Neutral}
	entityKinds = []onrecord.EntityKind{
		onrecord.Person, onrecord.Organization, onrecord.Group, onrecord.Government,
		onrecord.PlaceEntity, onrecord.Work, onrecord.OtherEntity,
	}
)

// finish fills in what follows from what was written: lemmas, verbatim words,
// how much is quoted, depth and zone; and puts the lists in text order.
func (a *Annotation) finish(d *Document) {
	for i := range a.Statements {
		s := &a.Statements[i]
		if s.Uttered == "" && s.Toward == "" {
			s.Uttered, s.Toward = onrecord.UtteredYes, onrecord.Affirms
		}
		if s.Cue.Lemma == "" && len(s.Cue.Spans) > 0 {
			s.Cue.Lemma = lemma(&d.Words, s.Cue.Spans[0])
		}
		if s.Verbatim == nil {
			s.Verbatim = d.verbatim(s)
		}
		s.Quoted = quoted(d.Text(), s.Content.Spans, s.Verbatim)
		s.Zone = d.Zone(anchor(s))
		s.Depth = a.depth(s)
	}
	slices.SortStableFunc(a.Looked, func(x, y Looked) int { return x.Span.Start - y.Span.Start })
}

func (a *Annotation) find(id onrecord.ID) *Statement {
	for i := range a.Statements {
		if a.Statements[i].ID == id {
			return &a.Statements[i]
		}
	}
	return nil
}

// depth counts the statements around one; -1 where they go in a circle.
func (a *Annotation) depth(s *Statement) int {
	n := 0
	for at := s; at != nil && at.Within != ""; at = a.find(at.Within) {
		if n++; n > len(a.Statements) {
			return -1
		}
	}
	return n
}

// lemma is the lemma of a cue's head, with its particle.
func lemma(words *onrecord.Text, cue onrecord.Span) string {
	h := head(words, cue)
	if h < 0 {
		return cue.In(words.Source)
	}
	out := words.Tokens[h].Lemma
	if out == "" {
		out = words.Word(h)
	}
	if strings.EqualFold(words.Word(h), "according") {
		return "according to"
	}
	for k := h + 1; k < len(words.Tokens) && words.Tokens[k].Span.Start < cue.End; k++ {
		if words.Tokens[k].Head == h && words.Tokens[k].Relation == "compound:prt" {
			out += " " + words.Tokens[k].Lemma
		}
	}
	return strings.ToLower(out)
}

// verbatim are the words of the content in quotation marks, marks left out:
// those of outermost marks that do not hold the cue as well.
func (d *Document) verbatim(s *Statement) []onrecord.Span {
	var out []onrecord.Span
	covered := func(q onrecord.Span) bool {
		for _, spans := range [][]onrecord.Span{s.Cue.Spans, s.Source.Spans} {
			if slices.ContainsFunc(spans, q.Contains) {
				return true
			}
		}
		return false
	}
	last := 0
	for _, q := range d.Quotations {
		if q.Inner.Empty() || q.Outer.Start < last || covered(q.Outer) {
			continue
		}
		for _, piece := range s.Content.Spans {
			in := onrecord.Span{Start: max(piece.Start, q.Inner.Start), End: min(piece.End, q.Inner.End)}
			if !in.Empty() {
				out = append(out, in)
				last = q.Outer.End
			}
		}
	}
	return out
}

// quoted is direct where 98 of 100 letters and digits of the content are
// verbatim, as the public scorer has it; mixed where any is.
func quoted(text string, content, verbatim []onrecord.Span) onrecord.Quoted {
	total, inside := 0, 0
	for _, c := range content {
		total += letters(c.In(text))
		for _, v := range verbatim {
			if in := (onrecord.Span{Start: max(c.Start, v.Start), End: min(c.End, v.End)}); !in.Empty() {
				inside += letters(in.In(text))
			}
		}
	}
	switch {
	case inside == 0:
		return onrecord.Indirect
	case 100*inside >= 98*total:
		return onrecord.Direct
	}
	return onrecord.Mixed
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}
