package web

import (
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// paragraphs cuts a text into stretches to be set as paragraphs; white space
// around them is left out. An empty line ends a paragraph. So does every line
// end, unless the text was wrapped by hand to a narrow column: then lines belong
// together until an empty one.
func paragraphs(text string) []onrecord.Span {
	var lines []onrecord.Span
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexAny(text[start:], "\n\r\u2028\u2029"); i >= 0 {
			end = start + i
		}
		lines = append(lines, trimmed(text, onrecord.Span{Start: start, End: end}))
		_, width := utf8.DecodeRuneInString(text[end:])
		start = end + width
		if strings.HasPrefix(text[end:], "\r\n") {
			start = end + 2
		}
	}
	wrapped := handWrapped(text, lines)
	var out []onrecord.Span
	joined := false // the last paragraph goes on in this line
	for _, line := range lines {
		switch {
		case line.Empty():
			joined = false
			continue
		case joined && wrapped:
			out[len(out)-1].End = line.End
		default:
			out = append(out, line)
		}
		joined = true
	}
	return out
}

// Lengths in code points between which a line in a hand-wrapped text ends when
// its paragraph goes on.
const (
	wrapShortest = 45
	wrapLongest  = 100
)

// handWrapped reports whether nearly all lines that another line follows at once
// are about as long as a narrow column.
func handWrapped(text string, lines []onrecord.Span) bool {
	followed, column := 0, 0
	for i := 0; i+1 < len(lines); i++ {
		if lines[i].Empty() || lines[i+1].Empty() {
			continue
		}
		followed++
		if n := utf8.RuneCountInString(lines[i].In(text)); wrapShortest <= n && n <= wrapLongest {
			column++
		}
	}
	return followed >= 3 && column*10 >= followed*9
}

// trimmed is the span without white space at its ends.
func trimmed(text string, s onrecord.Span) onrecord.Span {
	words := s.In(text)
	s.Start += len(words) - len(strings.TrimLeft(words, whiteSpace))
	s.End = s.Start + len(strings.Trim(words, whiteSpace))
	return s
}

const whiteSpace = " \t\v\f\u0085\u00a0\u3000\ufeff"
