package onrecord

import (
	"fmt"
	"slices"
	"strings"
)

// Span is a half-open range [Start, End) of byte offsets into a revision's text.
// Code points exist only at the edge, in package wire.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the span's length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether the span covers nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether every byte of other lies in s.
func (s Span) Contains(other Span) bool { return s.Start <= other.Start && other.End <= s.End }

// Covers reports whether the byte at offset lies in s.
func (s Span) Covers(offset int) bool { return s.Start <= offset && offset < s.End }

// Overlap is the number of bytes both spans cover.
func (s Span) Overlap(other Span) int {
	return max(0, min(s.End, other.End)-max(s.Start, other.Start))
}

// Valid reports whether the span lies inside text and both ends fall between
// code points.
func (s Span) Valid(text string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) &&
		boundary(text, s.Start) && boundary(text, s.End)
}

// In is the span's words. It panics, as slicing does, on a span outside text.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// String writes the span as "[start, end)".
func (s Span) String() string { return fmt.Sprintf("[%d, %d)", s.Start, s.End) }

// boundary reports whether offset is not inside a multi-byte code point.
func boundary(text string, offset int) bool {
	return offset == len(text) || text[offset]&0xC0 != 0x80
}

// Ellipsis joins the pieces of a text that stands in several places.
const Ellipsis = " … "

// Words is the text of several spans, joined by [Ellipsis].
func Words(text string, spans []Span) string {
	switch len(spans) {
	case 0:
		return ""
	case 1:
		return spans[0].In(text)
	}
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = s.In(text)
	}
	return strings.Join(parts, Ellipsis)
}

// Overlap is the number of bytes that two lists of spans share. Spans within a
// list must not overlap.
func Overlap(a, b []Span) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += x.Overlap(y)
		}
	}
	return n
}

// Hull is the smallest span around all given ones; the zero Span for none.
func Hull(spans ...Span) Span {
	if len(spans) == 0 {
		return Span{}
	}
	h := spans[0]
	for _, s := range spans[1:] {
		h.Start, h.End = min(h.Start, s.Start), max(h.End, s.End)
	}
	return h
}

// SortSpans orders spans by start, then end, in place.
func SortSpans(spans []Span) {
	slices.SortFunc(spans, func(a, b Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
}
