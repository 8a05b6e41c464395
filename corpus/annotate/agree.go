package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/corpus"
	"github.com/onrecord/onrecord/wire"
)

// agree prints how far two folders of annotations agree, over the documents both
// have: the figures of bench with the first as gold, then field by field.
func (p *program) agree(dirs []string) error {
	if len(dirs) != 2 {
		return fmt.Errorf("want two folders of annotations: %w", onrecord.ErrInvalid)
	}
	list, err := ids(nil, dirs[0], ".jsonl")
	if err != nil {
		return err
	}
	gold, predictions := &bench.Gold{}, map[string][]bench.Prediction{}
	var f fields
	for _, id := range list {
		if _, err := os.Stat(filepath.Join(dirs[1], corpus.FileName(id, ".jsonl"))); err != nil {
			continue
		}
		d, a, err := p.annotation(dirs[0], id)
		if err != nil {
			return err
		}
		_, b, err := p.annotation(dirs[1], id)
		if err != nil {
			return err
		}
		words := wire.NewOffsets(d.Text())
		var outer []bench.Attribution
		for i := range a.Statements {
			if s := &a.Statements[i]; s.Depth == 0 {
				outer = append(outer, attribution(words, s))
			}
		}
		gold.Documents = append(gold.Documents, bench.Document{
			Name: id, Text: d.Text(), Annotators: []bench.Annotator{{File: dirs[0], Attributions: outer}},
		})
		predictions[id] = []bench.Prediction{}
		for i := range b.Statements {
			s := &b.Statements[i]
			predictions[id] = append(predictions[id], bench.Prediction{Depth: s.Depth, Attribution: attribution(words, s)})
		}
		f.add(d, words, a, b)
	}
	if len(gold.Documents) == 0 {
		return fmt.Errorf("documents in both folders: %w", onrecord.ErrNotFound)
	}
	if _, err := bench.Statements(gold, predictions, bench.Options{}).WriteTo(p.stdout); err != nil {
		return err
	}
	f.print(p)
	return nil
}

func attribution(o *wire.Offsets, s *corpus.Statement) bench.Attribution {
	points := func(spans []onrecord.Span) []bench.Span {
		var out []bench.Span
		for _, x := range spans {
			out = append(out, bench.Span{Start: o.CodePoint(x.Start), End: o.CodePoint(x.End)})
		}
		return out
	}
	return bench.Attribution{Source: points(s.Source.Spans), Cue: points(s.Cue.Spans), Content: points(s.Content.Spans)}
}

// fields counts agreement field by field. Statements of all depths are paired by
// the rule of "detected".
type fields struct {
	a, b, paired int
	spans        [len(spanFields)]spanCount
	values       [len(valueFields)]alpha
	equal        [len(valueFields)]int
	speaker      int      // paired statements with the same speaker
	words        [3]alpha // every word of the texts: inside a source, cue, content of depth 0 or not
}

// spanCount is the spans of one field in paired statements: how many each side
// has, how many are equal, and letters shared.
type spanCount struct{ a, b, exact, lettersA, lettersB, shared int }

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

func (f *fields) add(d *corpus.Document, o *wire.Offsets, a, b *corpus.Annotation) {
	all := func(list []corpus.Statement) []bench.Attribution {
		var out []bench.Attribution
		for i := range list {
			out = append(out, attribution(o, &list[i]))
		}
		return out
	}
	f.a += len(a.Statements)
	f.b += len(b.Statements)
	for i, j := range bench.Pairs(d.Text(), all(a.Statements), all(b.Statements)) {
		if j < 0 {
			continue
		}
		f.paired++
		x, y := &a.Statements[i], &b.Statements[j]
		for k, field := range spanFields {
			f.spans[k].add(d.Text(), field.of(x), field.of(y))
		}
		if sameSpeaker(a, b, x, y) {
			f.speaker++
		}
		for k, field := range valueFields {
			v, w := field.of(x), field.of(y)
			f.values[k].add(v, w)
			if v == w {
				f.equal[k]++
			}
		}
	}
	for _, t := range d.Words.Tokens {
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
			if trim(text, x) == trim(text, y) {
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

// trim leaves punctuation at the edges out, as the figure "whole" does.
func trim(text string, s onrecord.Span) onrecord.Span {
	const edges = " \t\n\r\u00a0.,;:!?-–—\"'“”‘’()[]"
	words := s.In(text)
	left := len(words) - len(strings.TrimLeft(words, edges))
	return onrecord.Span{Start: s.Start + left, End: s.Start + len(strings.TrimRight(words, edges))}
}

func f1(shared, a, b int) float64 {
	if a+b == 0 {
		return 0
	}
	return 200 * float64(shared) / float64(a+b)
}

func (f *fields) print(p *program) {
	fmt.Fprintf(p.stdout, "\nall depths: %d and %d statements, %d paired, F1 %.1f\n", f.a, f.b, f.paired, f1(f.paired, f.a, f.b))
	fmt.Fprintf(p.stdout, "%-12s %8s %8s   (pieces in paired statements; edge punctuation left out of exact)\n", "field", "exact F1", "overlap")
	for k, field := range spanFields {
		c := f.spans[k]
		fmt.Fprintf(p.stdout, "%-12s %8.1f %8.1f   %d and %d\n", field.name, f1(c.exact, c.a, c.b), f1(c.shared, c.lettersA, c.lettersB), c.a, c.b)
	}
	fmt.Fprintf(p.stdout, "%-12s %8s %8s   (paired statements)\n", "field", "equal %", "alpha")
	for k, field := range valueFields {
		fmt.Fprintf(p.stdout, "%-12s %8.1f %8.3f\n", field.name, f1(f.equal[k], f.paired, f.paired), f.values[k].value())
	}
	fmt.Fprintf(p.stdout, "%-12s %8.1f\n", "speaker", f1(f.speaker, f.paired, f.paired))
	fmt.Fprintf(p.stdout, "Krippendorff's alpha over words, depth 0: source %.3f, cue %.3f, content %.3f\n", f.words[0].value(), f.words[1].value(), f.words[2].value())
}
