package bench

import (
	"slices"
	"strings"
	"unicode"
)

// text is a document's text by code points, with running counts of letters and
// digits so that a stretch is counted without walking it.
type text struct {
	runes  []rune
	alnums []int // alnums[i]: letters and digits before code point i
}

func newText(s string) *text {
	t := &text{runes: []rune(s)}
	t.alnums = make([]int, len(t.runes)+1)
	for i, r := range t.runes {
		t.alnums[i+1] = t.alnums[i]
		if isAlnum(r) {
			t.alnums[i+1]++
		}
	}
	return t
}

func (t *text) in(s Span) string { return string(t.runes[s.Start:s.End]) }

// isAlnum is what counts as a letter or digit: general categories L and N.
func isAlnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// isSpace is what counts as white space: as Unicode has it, and the four
// information separators, which Python's str.isspace has as well.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

func fields(s string) []string { return strings.FieldsFunc(s, isSpace) }

// pieces cuts spans at line ends, trims white space and joins pieces that touch
// or are one blank apart, so that two ways of writing the same words are equal.
// The pieces are in order and do not overlap. Ends past the text are cut.
func (t *text) pieces(spans []Span) []Span {
	var cut []Span
	for _, s := range spans {
		start, end := max(0, s.Start), min(s.End, len(t.runes))
		for start < end {
			line := start
			for line < end && t.runes[line] != '\n' {
				line++
			}
			if p := t.trim(Span{start, line}, isSpace); p.Start < p.End {
				cut = append(cut, p)
			}
			start = line + 1
		}
	}
	slices.SortFunc(cut, func(a, b Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	var out []Span
	for _, p := range cut {
		if len(out) > 0 && t.touch(out[len(out)-1].End, p.Start) {
			out[len(out)-1].End = max(out[len(out)-1].End, p.End)
		} else {
			out = append(out, p)
		}
	}
	return out
}

// touch reports whether nothing but one blank stands between an end and the next
// start.
func (t *text) touch(end, start int) bool {
	return start <= end || start == end+1 && strings.ContainsRune(" \t\u00a0", t.runes[end])
}

// trim moves the ends inward over code points for which off is true.
func (t *text) trim(s Span, off func(rune) bool) Span {
	for s.Start < s.End && off(t.runes[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && off(t.runes[s.End-1]) {
		s.End--
	}
	return s
}

// edges are the code points that do not count at the ends of pieces when two
// whole attributions are compared.
const edges = " \t\n\r\u00a0.,;:!?-–—\"'“”‘’()[]"

// trimmed leaves out punctuation and white space at the ends of pieces.
func (t *text) trimmed(ps []Span) []Span {
	var out []Span
	for _, p := range ps {
		if p = t.trim(p, func(r rune) bool { return strings.ContainsRune(edges, r) }); p.Start < p.End {
			out = append(out, p)
		}
	}
	return out
}

// overlap is the number of code points two lists share; one that several pieces
// of a list cover counts once for each.
func overlap(a, b []Span) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x.End, y.End)-max(x.Start, y.Start))
		}
	}
	return n
}

// letters is the number of letters and digits in pieces.
func (t *text) letters(ps []Span) int {
	n := 0
	for _, p := range ps {
		n += t.alnums[p.End] - t.alnums[p.Start]
	}
	return n
}

// dice is how far two lists of pieces have the same letters and digits: twice
// the shared ones by the sum of both, 1 where neither has any.
func (t *text) dice(a, b []Span) float64 {
	both := t.letters(a) + t.letters(b)
	if both == 0 {
		return 1
	}
	shared := 0
	for _, x := range a {
		for _, y := range b {
			if start, end := max(x.Start, y.Start), min(x.End, y.End); start < end {
				shared += t.alnums[end] - t.alnums[start]
			}
		}
	}
	return float64(2*shared) / float64(both)
}

func isDoubleMark(r rune) bool { return r == '“' || r == '”' || r == '"' }

// inMarks are the stretches between double quotation marks, marks left out, that
// close on their line and have four words or more.
func (t *text) inMarks() []Span {
	var out []Span
	for i := 0; i < len(t.runes); i++ {
		if t.runes[i] != '“' && t.runes[i] != '"' {
			continue
		}
		end := i + 1
		for end < len(t.runes) && !isDoubleMark(t.runes[end]) && t.runes[end] != '\n' {
			end++
		}
		if end == i+1 || end == len(t.runes) || t.runes[end] != '”' && t.runes[end] != '"' {
			continue
		}
		if s := (Span{i + 1, end}); len(fields(t.in(s))) >= 4 {
			out = append(out, s)
		}
		i = end // the closing mark opens nothing
	}
	return out
}

// quotedKind says how much of a content stands in double marks: "quoted" where
// 98 of 100 letters do, "unquoted" where none does, else "mixed".
func (t *text) quotedKind(ps []Span) string {
	inside, total := 0, 0
	for _, p := range ps {
		open := false
		for _, r := range t.runes[p.Start:p.End] {
			switch {
			case isDoubleMark(r):
				open = !open
			case isAlnum(r):
				total++
				if open {
					inside++
				}
			}
		}
	}
	switch {
	case inside == 0:
		return "unquoted"
	case float64(inside) >= 0.98*float64(total):
		return "quoted"
	default:
		return "mixed"
	}
}
