package web

import (
	"cmp"
	"slices"

	"github.com/onrecord/onrecord"
)

// Role is what a marked stretch of text is.
type Role string

// Roles of marked text. Datelines, times and places are marked in articles only.
const (
	SourceMark   Role = "source"
	CueMark      Role = "cue"
	ContentMark  Role = "content"
	DatelineMark Role = "dateline"
	TimeMark     Role = "time"
	PlaceMark    Role = "place"
)

// Mark is one span of a statement, and how it is shown.
type Mark struct {
	Span      onrecord.Span // bytes of the text that is marked up
	Role      Role
	Statement onrecord.ID
	Depth     int  // of the statement: deeper content has a deeper tint
	Anchor    bool // the statement's first mark, where links to it lead
	Wrong     bool // a person said so
	Weak      bool // found by a rule that is often wrong

	Finding onrecord.ID // of a time or a place: its local ID
	Note    string      // of a time or a place: what it means
}

// Node is a stretch of text, or a mark around nodes. Templates print nodes, so
// that text is escaped by html/template and nothing else.
type Node struct {
	Text     string
	Mark     *Mark
	Opens    bool // the mark begins here: false for the rest of a split one
	Closes   bool // the mark ends here
	Children []Node
}

// Markup lays marks over text[within] and returns nodes in text order. Marks may
// nest and cross; one that crosses another is split where the other ends, so
// that the nodes are a tree. Every byte of the range stands in exactly one Text.
func Markup(text string, within onrecord.Span, marks []Mark) []Node {
	pieces := make([]piece, 0, len(marks))
	for i := range marks {
		m := &marks[i]
		if !m.Span.Valid(text) || m.Span.Empty() {
			continue
		}
		at := onrecord.Span{Start: max(m.Span.Start, within.Start), End: min(m.Span.End, within.End)}
		if !at.Empty() {
			pieces = append(pieces, piece{at, m})
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int {
		return cmp.Or(cmp.Compare(a.at.Start, b.at.Start), cmp.Compare(b.at.End, a.at.End), cmp.Compare(a.mark.Depth, b.mark.Depth))
	})
	return layOut(text, within, pieces)
}

// piece is a mark or the part of it that is not laid out yet.
type piece struct {
	at   onrecord.Span
	mark *Mark
}

// layOut makes the tree of sorted pieces that lie inside the range. It takes the
// first piece, everything that starts inside it as its children, and goes on
// with what remains of those that cross its end.
func layOut(text string, within onrecord.Span, pieces []piece) []Node {
	var nodes []Node
	at := within.Start
	for len(pieces) > 0 {
		outer := pieces[0]
		if outer.at.Start > at {
			nodes = append(nodes, Node{Text: text[at:outer.at.Start]})
		}
		next := 1
		for next < len(pieces) && pieces[next].at.Start < outer.at.End {
			next++
		}
		inner := slices.Clone(pieces[1:next])
		var rest []piece
		for i := range inner {
			if inner[i].at.End > outer.at.End {
				rest = append(rest, piece{onrecord.Span{Start: outer.at.End, End: inner[i].at.End}, inner[i].mark})
				inner[i].at.End = outer.at.End
			}
		}
		// Clipping can leave equal starts with the shorter one first; the longer
		// ones must come first again for it to nest.
		slices.SortStableFunc(rest, func(a, b piece) int { return cmp.Compare(b.at.End, a.at.End) })
		nodes = append(nodes, Node{
			Mark:     outer.mark,
			Opens:    outer.at.Start == outer.mark.Span.Start,
			Closes:   outer.at.End == outer.mark.Span.End,
			Children: layOut(text, outer.at, inner),
		})
		at = outer.at.End
		copy(pieces[next-len(rest):next], rest) // the consumed pieces leave room enough
		pieces = pieces[next-len(rest):]
	}
	if at < within.End {
		nodes = append(nodes, Node{Text: text[at:within.End]})
	}
	return nodes
}

// weakBelow is the confidence under which a statement looks weaker on pages.
const weakBelow = 0.7

// marksOf are the marks of a statement as it stands, in text order.
func marksOf(st *onrecord.Statement, id onrecord.ID, verdict onrecord.Verdict) []Mark {
	var marks []Mark
	add := func(role Role, spans []onrecord.Span) {
		for _, s := range spans {
			marks = append(marks, Mark{
				Span: s, Role: role, Statement: id, Depth: st.Depth,
				Wrong: verdict == onrecord.Wrong,
				Weak:  st.Confidence < weakBelow && verdict != onrecord.Right,
			})
		}
	}
	add(ContentMark, st.Content.Spans)
	add(SourceMark, st.Source.Spans)
	add(CueMark, st.Cue.Spans)
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	if len(marks) > 0 {
		marks[0].Anchor = true
	}
	return marks
}

// shifted moves marks by an offset in bytes: from places in an article to places
// in a stretch cut out of it.
func shifted(marks []Mark, by int) []Mark {
	for i := range marks {
		marks[i].Span.Start += by
		marks[i].Span.End += by
	}
	return marks
}

// deepestTint is the number of the last tint; deeper content shares it.
const deepestTint = 3

// Tint is which tint the mark has, from its statement's depth.
func (n Node) Tint() int { return min(max(n.Mark.Depth, 0), deepestTint) }

// IsAnchor reports whether links to the statement lead to this node.
func (n Node) IsAnchor() bool { return n.Opens && n.Mark.Anchor }

// Title is what a pointer that rests on the words is told.
func (n Node) Title() string { return cmp.Or(n.Mark.Note, string(n.Mark.Role)) }

// Spoken reports whether a screen reader is told what begins here. What times and
// places mean stands in the lists below the text.
func (n Node) Spoken() bool {
	return n.Opens && n.Mark.Finding == "" && n.Mark.Role != DatelineMark
}

// SpokenEnd reports whether a screen reader is told that content ends here.
// Source and cue are short; their ends are heard.
func (n Node) SpokenEnd() bool { return n.Closes && n.Mark.Role == ContentMark }
