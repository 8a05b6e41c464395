package quote

import (
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Paragraphs are the stretches of text between paragraph ends, without the white
// space around them. An empty line always ends a paragraph. A single line end
// does too, unless the text is wrapped: several lines in a row of about one
// width, many of them beginning in the middle of a sentence.
func Paragraphs(text string) []onrecord.Span {
	lines := linesOf(text)
	joined := wrapped(text, lines)
	var out []onrecord.Span
	open := false
	for _, l := range lines {
		switch {
		case l.Empty():
			open = false
		case open && joined:
			out[len(out)-1].End = l.End
		default:
			out = append(out, l)
			open = true
		}
	}
	return out
}

// linesOf are the lines without surrounding white space, empty ones included.
func linesOf(text string) []onrecord.Span {
	var out []onrecord.Span
	start := 0
	for i, r := range text {
		switch r {
		case '\n', '\u2029', '\u0085':
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				continue
			}
		default:
			continue
		}
		out = append(out, trim(text, onrecord.Span{Start: start, End: i}))
		start = i + utf8.RuneLen(r)
	}
	return append(out, trim(text, onrecord.Span{Start: start, End: len(text)}))
}

// wrapped reports whether single line ends are typesetting: at least three lines
// follow another directly, and a quarter of such lines begin in lower case.
func wrapped(text string, lines []onrecord.Span) bool {
	following, lower := 0, 0
	for i := 1; i < len(lines); i++ {
		if lines[i].Empty() || lines[i-1].Empty() {
			continue
		}
		following++
		if r, _ := utf8.DecodeRuneInString(text[lines[i].Start:]); unicode.IsLower(r) {
			lower++
		}
	}
	return following >= 3 && 4*lower >= following
}

// trim takes white space off both ends of a span.
func trim(text string, s onrecord.Span) onrecord.Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}
