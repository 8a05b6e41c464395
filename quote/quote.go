// Package quote finds quotations by their marks.
//
// Marks are paired by kind inside a paragraph: curly and straight double and
// single marks, guillemets, low-high marks, and two accents or two straight
// single marks for a double one. Writers mix them, so a double mark of any shape
// closes any double quotation; what a mark does is read from its shape and from
// what stands beside it. An apostrophe is no mark.
//
// A paragraph that opens with a mark while the one before was never closed
// continues it. A quotation that is never closed ends with its paragraph. No
// text is an error, however its marks stand.
//
// Finding takes time linear in the text.
package quote

import (
	"slices"

	"github.com/onrecord/onrecord"
)

// Version names what this package finds; stored with every finding.
const Version = "quote.v3"

// Kind is the family of a quotation's marks.
type Kind uint8

// Families of marks.
const (
	Double    Kind = iota // “” "" „“ `` ''
	Single                // ‘’ '' ‚‘
	Guillemet             // «» »«
	Angle                 // ‹›
)

var kindNames = [...]string{"double", "single", "guillemet", "angle"}

// String is the kind's name.
func (k Kind) String() string { return kindNames[k] }

// Use is what the marks are for, as far as their words show.
type Use uint8

// Uses of marks.
const (
	Speech   Use = iota // a clause or a longer phrase
	Fragment            // up to three words without punctuation: a term, scare marks, or one quoted word
	Title               // a heading: several words, all of weight capitalised, no punctuation at the end
	Nickname            // one or two names between names
)

var useNames = [...]string{"speech", "fragment", "title", "nickname"}

// String is the use's name.
func (u Use) String() string { return useNames[u] }

// Quotation is a stretch of text in quotation marks.
type Quotation struct {
	Outer  onrecord.Span // with its marks
	Inner  onrecord.Span // without
	Kind   Kind
	Use    Use
	Depth  int  // 0 outermost
	Closed bool // a closing mark stands in the paragraph
	// Continues tells that it goes on with the unclosed quotation of the paragraph
	// before: behind a mark of its own, or, where only a closing mark stands in the
	// paragraph, from its start.
	Continues bool
}

// Find returns the quotations of a text in the order of their opening marks.
func Find(text string) []Quotation { return FindIn(text, Paragraphs(text)) }

// FindIn is Find for paragraphs already known: in text order, not overlapping.
func FindIn(text string, paragraphs []onrecord.Span) []Quotation {
	var out []Quotation
	var carried []Kind // of the quotation that the paragraph before ended inside of; one or none
	for _, p := range paragraphs {
		first := len(out)
		marks := marksIn(text, p)
		if len(carried) > 0 {
			if i := slices.IndexFunc(marks, func(m mark) bool { return m.kind == carried[0] }); i >= 0 && !marks[i].opens && marks[i].closes {
				m := marks[i]
				out = append(out, Quotation{
					Outer: onrecord.Span{Start: p.Start, End: m.span.End}, Inner: onrecord.Span{Start: p.Start, End: m.span.Start},
					Kind: m.kind, Closed: true, Continues: true,
				})
				marks = slices.DeleteFunc(marks, func(o mark) bool { return o.span.Start <= m.span.Start })
			}
		}
		rest := len(out)
		out = pair(text, p, marks, out)
		if len(out) > rest && rest == first && len(carried) > 0 && out[first].Outer.Start == p.Start {
			out[first].Continues = true
		}
		carried = carried[:0]
		for i := first; i < len(out); i++ {
			q := &out[i]
			q.Use = use(text, *q)
			if q.Depth == 0 && !q.Closed && q.Outer.End == p.End {
				carried = append(carried[:0], q.Kind)
			}
		}
	}
	return out
}

// pair matches the marks of one paragraph and appends the quotations to out.
func pair(text string, p onrecord.Span, marks []mark, out []Quotation) []Quotation {
	first := len(out)
	var stack []int // indexes in out of open quotations
	for _, m := range marks {
		// at is where in the stack the quotation stands that this mark could close.
		at := -1
		for i, open := range slices.Backward(stack) {
			if out[open].Kind == m.kind {
				at = i
				break
			}
		}
		closes := m.closes && (at >= 0 || !m.opens)
		if m.opens && m.closes && at >= 0 {
			// A mark that could do either closes what is open.
			closes = true
		}
		if closes {
			if at < 0 {
				continue // closes nothing: a stray mark
			}
			q := &out[stack[at]]
			q.Inner.End, q.Outer.End, q.Closed = m.span.Start, m.span.End, true
			// What was opened inside and not closed ends here too.
			for _, inner := range stack[at+1:] {
				out[inner].Inner.End, out[inner].Outer.End = m.span.Start, m.span.Start
			}
			stack = stack[:at]
			continue
		}
		if at >= 0 {
			// The same kind again inside itself: the first was forgotten. It ends
			// where the new one starts.
			before := trim(text, onrecord.Span{Start: out[stack[at]].Outer.Start, End: m.span.Start}).End
			for _, i := range stack[at:] {
				out[i].Outer.End = max(before, out[i].Inner.Start)
				out[i].Inner.End = out[i].Outer.End
			}
			stack = stack[:at]
		}
		if len(stack) >= maxDepth {
			continue
		}
		out = append(out, Quotation{
			Outer: onrecord.Span{Start: m.span.Start, End: p.End},
			Inner: onrecord.Span{Start: m.span.End, End: p.End},
			Kind:  m.kind,
			Depth: len(stack),
		})
		stack = append(stack, len(out)-1)
	}
	// A single mark in the middle of a paragraph that nothing closes was an
	// apostrophe; other quotations end with the paragraph.
	kept := slices.DeleteFunc(out[first:], func(q Quotation) bool {
		return !q.Closed && q.Kind == Single && q.Outer.Start != p.Start
	})
	// Depths are counted again without them.
	var ends []int
	for i := range kept {
		for len(ends) > 0 && ends[len(ends)-1] <= kept[i].Outer.Start {
			ends = ends[:len(ends)-1]
		}
		kept[i].Depth = len(ends)
		ends = append(ends, kept[i].Outer.End)
	}
	return out[:first+len(kept)]
}

// maxDepth is how deep quotations nest; deeper marks are passed over, so that
// text made of opening marks stays cheap.
const maxDepth = 6

// Outermost keeps the quotations that stand in no other.
func Outermost(qs []Quotation) []Quotation {
	var out []Quotation
	for _, q := range qs {
		if q.Depth == 0 {
			out = append(out, q)
		}
	}
	return out
}
