package bench

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpus"
	"github.com/onrecord/onrecord/wire"
)

// Reading is a document read twice: by two annotators, or by one and the finder.
type Reading struct {
	Document *corpus.Document
	A, B     *corpus.Annotation // the first is gold where one is
}

// Agreement is how far two readings of documents agree: outermost statements as
// [Statements] scores them, and field by field.
type Agreement struct {
	Outer  Table
	Fields Fields

	gold  *Gold
	found map[string][]Prediction
}

// Agree compares readings.
func Agree(readings []Reading) Agreement {
	out := Agreement{gold: &Gold{}, found: map[string][]Prediction{}}
	for _, r := range readings {
		words := wire.NewOffsets(r.Document.Text())
		var outer []Attribution
		for i := range r.A.Statements {
			if s := &r.A.Statements[i]; s.Depth == 0 {
				outer = append(outer, attributionOf(words, s))
			}
		}
		id := r.Document.ID
		out.gold.Documents = append(out.gold.Documents, Document{Name: id, Text: r.Document.Text(), Annotators: []Annotator{{File: id, Attributions: outer}}})
		out.found[id] = []Prediction{}
		for i := range r.B.Statements {
			s := &r.B.Statements[i]
			out.found[id] = append(out.found[id], Prediction{Depth: s.Depth, Attribution: attributionOf(words, s)})
		}
		out.Fields.add(r, words)
	}
	out.Outer = Statements(out.gold, out.found, Options{})
	return out
}

// Errors are up to n outermost statements that only one reading has.
func (a *Agreement) Errors(n int) []Mistake { return Errors(a.gold, a.found, Options{}, n) }

// Classes are the classes of mistakes of the outermost statements, worst first.
func (a *Agreement) Classes() []Class { return Classes(a.gold, a.found, Options{}) }

// WriteTo prints both tables. It implements [io.WriterTo].
func (a *Agreement) WriteTo(w io.Writer) (int64, error) {
	n, err := a.Outer.WriteTo(w)
	if err != nil {
		return n, err
	}
	m, err := a.Fields.WriteTo(w)
	return n + m, err
}

func attributionOf(o *wire.Offsets, s *corpus.Statement) Attribution {
	points := func(spans []onrecord.Span) []Span {
		var out []Span
		for _, x := range spans {
			out = append(out, Span{Start: o.CodePoint(x.Start), End: o.CodePoint(x.End)})
		}
		return out
	}
	return Attribution{Source: points(s.Source.Spans), Cue: points(s.Cue.Spans), Content: points(s.Content.Spans)}
}

// Fields counts agreement field by field. Statements of all depths are paired by
// the rule of "detected".
type Fields struct {
	A, B, Paired int
	spans        [len(spanFields)]spanCount
	values       [len(valueFields)]alpha
	equal        [len(valueFields)]int
	speaker      map[onrecord.SourceForm]Share // by the first reading's form of source
	unjudged     int                           // paired statements whose speaker the first reading names once
	words        [3]alpha                      // every word of the texts: inside a source, cue, content of depth 0 or not
}

// spanCount is the spans of one field in paired statements: how many each side
// has, how many are equal, and letters shared; and how many each side has in all
// its statements.
type spanCount struct{ a, b, exact, lettersA, lettersB, shared, allA, allB int }

var spanFields = [...]struct {
	name string
	of   func(*corpus.Statement) []onrecord.Span
}{
	{"source", func(s *corpus.Statement) []onrecord.Span { return s.Source.Spans }},
	{"cue", func(s *corpus.Statement) []onrecord.Span { return s.Cue.Spans }},
	{"content", func(s *corpus.Statement) []onrecord.Span { return s.Content.Spans }},
	{"antecedent", func(s *corpus.Statement) []onrecord.Span { return s.Content.Antecedent }},
	{"verbatim", func(s *corpus.Statement) []onrecord.Span { return s.Verbatim }},
	{"addressee", func(s *corpus.Statement) []onrecord.Span { return s.Addressee }},
	{"medium", func(s *corpus.Statement) []onrecord.Span { return s.Medium }},
	{"occasion", func(s *corpus.Statement) []onrecord.Span { return s.Occasion }},
	{"time", func(s *corpus.Statement) []onrecord.Span { return s.Times }},
}

var valueFields = [...]struct {
	name string
	of   func(*corpus.Statement) string
}{
	{"form", func(s *corpus.Statement) string {
		return string(s.Source.Form)
	}},
	{"kind", func(s *corpus.Statement) string {
		return string(s.Source.Kind)
	}},
	{"lemma", func(s *corpus.Statement) string { return s.Cue.Lemma }},
	{"class", func(s *corpus.Statement) string {
		return string(s.Cue.Class)
	}},
	{"uttered", func(s *corpus.Statement) string { return string(s.Uttered) }},
	{"toward", func(s *corpus.Statement) string { return string(s.Toward) }},
	{"quoted", func(s *corpus.Statement) string { return string(s.Quoted) }},
	{"depth", func(s *corpus.Statement) string {
		return fmt.Sprint(s.Depth)
	}},
}

// sameSpeaker reports whether two readings of one statement have its source be the
// same somebody: neither says who, or their entities share a mention besides the
// source itself, or neither entity has another.
func sameSpeaker(a, b *corpus.Annotation, x, y *corpus.Statement) bool {
	if len(x.Speakers) == 0 || len(y.Speakers) == 0 {
		return len(x.Speakers) == len(y.Speakers)
	}
	others, theirs := otherMentions(a, x), otherMentions(b, y)
	if len(others) == 0 && len(theirs) == 0 {
		return true
	}
	for _, m := range others {
		for _, n := range theirs {
			if 2*m.Overlap(n) >= max(m.Len(), n.Len()) {
				return true
			}
		}
	}
	return false
}

// otherMentions are the mentions of a statement's speakers outside its source.
func otherMentions(a *corpus.Annotation, s *corpus.Statement) []onrecord.Span {
	var out []onrecord.Span
	for _, e := range a.Entities {
		if !slices.Contains(s.Speakers, e.ID) {
			continue
		}
		for _, m := range e.Mentions {
			if onrecord.Overlap([]onrecord.Span{m.Span}, s.Source.Spans) == 0 {
				out = append(out, m.Span)
			}
		}
	}
	return out
}

func (f *Fields) add(r Reading, o *wire.Offsets) {
	text, a, b := r.Document.Text(), r.A, r.B
	// Of the Web Treebank's documents annotators noted mentions as sources and
	// addressees only, of GUM's all.
	partial := r.Document.Treebank == "ewt"
	f.A += len(a.Statements)
	f.B += len(b.Statements)
	for k, field := range spanFields {
		for i := range a.Statements {
			f.spans[k].allA += len(field.of(&a.Statements[i]))
		}
		for i := range b.Statements {
			f.spans[k].allB += len(field.of(&b.Statements[i]))
		}
	}
	if f.speaker == nil {
		f.speaker = map[onrecord.SourceForm]Share{}
	}
	for i, j := range Pairs(text, attributions(o, a.Statements), attributions(o, b.Statements)) {
		if j < 0 {
			continue
		}
		f.Paired++
		x, y := &a.Statements[i], &b.Statements[j]
		for k, field := range spanFields {
			f.spans[k].add(text, field.of(x), field.of(y))
		}
		same := Share{Of: 1}
		switch {
		case partial && len(x.Speakers) > 0 && len(otherMentions(a, x)) == 0:
			same.Of = 0 // the first reading does not tell who else is meant
			f.unjudged++
		case sameSpeaker(a, b, x, y):
			same.Right = 1
		}
		f.speaker[x.Source.Form] = f.speaker[x.Source.Form].plus(same)
		for k, field := range valueFields {
			v, w := field.of(x), field.of(y)
			f.values[k].add(v, w)
			if v == w {
				f.equal[k]++
			}
		}
	}
	for _, t := range r.Document.Words.Tokens {
		if t.UPOS == "PUNCT" {
			continue
		}
		for k := range f.words {
			in := func(list []corpus.Statement) string {
				for i := range list {
					if list[i].Depth == 0 && onrecord.Overlap(spanFields[k].of(&list[i]), []onrecord.Span{t.Span}) > 0 {
						return "in"
					}
				}
				return "out"
			}
			f.words[k].add(in(a.Statements), in(b.Statements))
		}
	}
}

func (c *spanCount) add(text string, a, b []onrecord.Span) {
	c.a += len(a)
	c.b += len(b)
	for _, x := range a {
		for _, y := range b {
			if bareSpan(text, x) == bareSpan(text, y) {
				c.exact++
			}
		}
	}
	for _, x := range a {
		c.lettersA += x.Len()
	}
	for _, y := range b {
		c.lettersB += y.Len()
	}
	c.shared += onrecord.Overlap(a, b)
}

// SameSpans reports whether two lists of spans are the same but for punctuation at
// their edges.
func SameSpans(text string, a, b []onrecord.Span) bool {
	return slices.EqualFunc(a, b, func(x, y onrecord.Span) bool { return bareSpan(text, x) == bareSpan(text, y) })
}

// bareSpan leaves punctuation at the edges out, as the figure "whole" does.
func bareSpan(text string, s onrecord.Span) onrecord.Span {
	const edges = " \t\n\r\u00a0.,;:!?-–—\"'“”‘’()[]"
	words := s.In(text)
	left := len(words) - len(strings.TrimLeft(words, edges))
	return onrecord.Span{Start: s.Start + left, End: s.Start + len(strings.TrimRight(words, edges))}
}

// f1 is 100 times the harmonic mean of shared/a and shared/b.
func f1(shared, a, b int) float64 { return 200 * ratio(shared, a+b) }

// WriteTo prints a line a field. "given detection" looks at paired statements
// only; "end to end" counts a field of a statement that only one side has as
// wrong. It implements [io.WriterTo].
func (f *Fields) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "\nall depths: %d and %d statements, %d paired, F1 %.1f\n", f.A, f.B, f.Paired, f1(f.Paired, f.A, f.B))
	fmt.Fprintf(&b, "field by field, in hundredths; edge punctuation left out\n")
	fmt.Fprintf(&b, "%-12s %9s %9s %10s   %s\n", "pieces", "exact F1", "overlap", "end to end", "in paired statements")
	for k, field := range spanFields {
		c := f.spans[k]
		fmt.Fprintf(&b, "%-12s %9.1f %9.1f %10.1f   %d and %d\n", field.name,
			f1(c.exact, c.a, c.b), f1(c.shared, c.lettersA, c.lettersB), f1(c.exact, c.allA, c.allB), c.a, c.b)
	}
	fmt.Fprintf(&b, "%-12s %9s %9s %10s\n", "values", "equal", "alpha", "end to end")
	for k, field := range valueFields {
		fmt.Fprintf(&b, "%-12s %9.1f %9.3f %10.1f\n", field.name, 100*ratio(f.equal[k], f.Paired), f.values[k].value(), f1(f.equal[k], f.A, f.B))
	}
	s := f.Speaker()
	fmt.Fprintf(&b, "%-12s %9.1f %9s %10.1f\n", "speaker", 100*s.Ratio(), "", f1(s.Right, f.A-f.unjudged, f.B-f.unjudged))
	for _, form := range []onrecord.SourceForm{onrecord.Named, onrecord.RoleForm, onrecord.Unnamed, onrecord.PronounForm} {
		if s := f.speaker[form]; s.Of > 0 {
			fmt.Fprintf(&b, "  %-10s %9.1f   of %d\n", form, 100*s.Ratio(), s.Of)
		}
	}
	fmt.Fprintf(&b, "Krippendorff's alpha over words, depth 0: source %.3f, cue %.3f, content %.3f\n", f.words[0].value(), f.words[1].value(), f.words[2].value())
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// Speaker is how many paired statements have the same speaker in both readings.
func (f *Fields) Speaker() Share {
	var out Share
	for _, s := range f.speaker {
		out = out.plus(s)
	}
	return out
}

// PairStatements ties the statements of two readings of a document one to one, at
// all depths, by the rule behind "detected": the index of each one's partner in b,
// or -1.
func PairStatements(d *corpus.Document, a, b *corpus.Annotation) []int {
	o := wire.NewOffsets(d.Text())
	return Pairs(d.Text(), attributions(o, a.Statements), attributions(o, b.Statements))
}

func attributions(o *wire.Offsets, list []corpus.Statement) []Attribution {
	var out []Attribution
	for i := range list {
		out = append(out, attributionOf(o, &list[i]))
	}
	return out
}
