package onrecord

import "strings"

// Selector finds words again by themselves and what stands around them: a W3C
// Web Annotation TextQuoteSelector.
type Selector struct {
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// selectorContext is how many bytes around the words a selector keeps at most.
const selectorContext = 32

// Select makes the selector of a span.
func Select(text string, span Span) Selector {
	start, end := max(0, span.Start-selectorContext), min(len(text), span.End+selectorContext)
	for !boundary(text, start) {
		start++
	}
	for !boundary(text, end) {
		end--
	}
	return Selector{Exact: span.In(text), Prefix: text[start:span.Start], Suffix: text[span.End:end]}
}

// Find is where the selector's words stand in text. Of several places the one
// whose surroundings agree longest wins, then the first; ok is false when the
// exact words are not there. Words are never matched approximately.
func (s Selector) Find(text string) (span Span, ok bool) {
	if s.Exact == "" {
		return Span{}, false
	}
	best := -1
	for from := 0; ; {
		i := strings.Index(text[from:], s.Exact)
		if i < 0 {
			return span, ok
		}
		at := Span{from + i, from + i + len(s.Exact)}
		if agree := commonSuffix(text[:at.Start], s.Prefix) + commonPrefix(text[at.End:], s.Suffix); agree > best {
			best, span, ok = agree, at, true
		}
		from = at.Start + 1
	}
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}
