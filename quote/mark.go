package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// mark is one quotation mark and what its shape and surroundings let it do.
type mark struct {
	span          onrecord.Span
	kind          Kind
	opens, closes bool
	plural        bool // a closing single mark after an s, perhaps a plural's apostrophe
}

// elided are words that begin with an apostrophe.
var elided = []string{"em", "til", "tis", "twas", "cause", "bout", "round", "n", "cuz", "nuff", "neath", "kay", "cept"}

// marksIn lists the marks of a paragraph, apostrophes left out.
func marksIn(text string, p onrecord.Span) []mark {
	var out []mark
	before := ' ' // the code point before
	for i := p.Start; i < p.End; {
		if c := text[i]; c < utf8.RuneSelf && c != '"' && c != '\'' && c != '`' {
			before = rune(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:p.End])
		if m, ok := markAt(text, p, i, n, r, before); ok {
			out = append(out, m)
			if m.span.Len() > n { // two single marks that stand for a double one
				n, r = m.span.Len(), '"'
			}
		}
		before = r
		i += n
	}
	return settleSingles(out)
}

// markAt reads the mark at offset i; ok is false where there is none.
func markAt(text string, p onrecord.Span, i, n int, r, before rune) (m mark, ok bool) {
	after := ' '
	if i+n < p.End {
		after, _ = utf8.DecodeRuneInString(text[i+n : p.End])
	}
	m = mark{span: onrecord.Span{Start: i, End: i + n}}
	// Loose on the left and tight on the right looks like an opening mark.
	left := unicode.IsSpace(before) || strings.ContainsRune("([{-–—/\"“‘«‹„", before)
	right := unicode.IsSpace(after) || strings.ContainsRune(".,;:!?)]}-–—/…\"”’»›", after)
	looksOpen, looksClose := left && !unicode.IsSpace(after), right && !unicode.IsSpace(before)
	switch r {
	case '“', '”', '„', '‟', '＂':
		m.kind = Double
		m.opens, m.closes = r == '“' || r == '„' || r == '‟', r == '”'
		switch {
		case looksOpen && !right: // ” written for “
			m.opens, m.closes = true, false
		case looksClose && !left && r != '„': // “ written for ”, and the end of „…“
			m.opens, m.closes = false, true
		}
		return m, true
	case '"':
		m.kind = Double
		if unicode.IsDigit(before) && !right {
			return m, false // inches
		}
		m.opens, m.closes = looksOpen, looksClose
		if looksOpen == looksClose {
			m.opens, m.closes = true, true
		}
		return m, true
	case '«', '»':
		m.kind = Guillemet
		m.opens, m.closes = true, true
		if looksOpen && !right || looksClose && !left {
			m.opens, m.closes = looksOpen && !right, looksClose && !left
		} else if r == '«' {
			m.closes = false
		} else {
			m.opens = false
		}
		return m, true
	case '‹', '›':
		m.kind = Angle
		m.opens, m.closes = r == '‹', r == '›'
		return m, true
	case '`':
		if after != '`' {
			return m, false
		}
		m.kind, m.opens, m.span.End = Double, true, i+2
		return m, true
	case '\'', '‘', '’', '‚', '‛':
		if r == '\'' && after == '\'' {
			m.kind, m.span.End = Double, i+2
			m.opens, m.closes = left, !left
			return m, true
		}
		if curly := "‘’"; strings.ContainsRune(curly, r) && strings.ContainsRune(curly, after) {
			end := i + 2*n
			next := ' '
			if end < p.End {
				next, _ = utf8.DecodeRuneInString(text[end:p.End])
			}
			m.kind, m.span.End = Double, end
			m.opens = left && !unicode.IsSpace(next) && !strings.ContainsRune(".,;:!?", next)
			m.closes = !m.opens
			return m, true
		}
		return singleAt(text, p, m, r, before, after)
	}
	return m, false
}

// singleAt tells a single mark from an apostrophe, as far as its neighbours show.
func singleAt(text string, p onrecord.Span, m mark, r, before, after rune) (mark, bool) {
	m.kind = Single
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	switch {
	case word(before) && word(after):
		return m, false
	case !word(before) && !unicode.IsSpace(before) && !strings.ContainsRune("([{-–—/\"“«‹„", before),
		word(before), r == '’' && !word(after):
		m.closes = r != '‘' && r != '‚'
		m.plural = before == 's'
		return m, m.closes && !unicode.IsSpace(before)
	case word(after) || strings.ContainsRune("\"“([", after):
		if unicode.IsDigit(after) && r != '‘' {
			return m, false // the '90s
		}
		rest := text[m.span.End:p.End]
		for _, w := range elided {
			if len(rest) >= len(w) && strings.EqualFold(rest[:len(w)], w) {
				next, _ := utf8.DecodeRuneInString(rest[len(w):])
				if !unicode.IsLetter(next) {
					return m, false
				}
			}
		}
		m.opens = true
		return m, true
	}
	return m, false
}

// settleSingles drops single marks that turn out to be apostrophes: an opening
// one with nothing to close it, a closing one with nothing open, and a plural's
// apostrophe where a later mark can close what is open.
func settleSingles(marks []mark) []mark {
	out := marks[:0]
	open := false
	// closers counts the single closing marks from here to the next single
	// opening one, filled from the right.
	closers := make([]int, len(marks)+1)
	for i := len(marks) - 1; i >= 0; i-- {
		closers[i] = closers[i+1]
		if marks[i].kind == Single {
			if marks[i].closes {
				closers[i]++
			} else {
				closers[i] = 0
			}
		}
	}
	for i, m := range marks {
		if m.kind != Single {
			out = append(out, m)
			continue
		}
		switch {
		case m.opens && closers[i+1] == 0 && i > 0:
			continue
		case m.opens:
			open = true
		case !open, m.plural && closers[i+1] > 0:
			// Nothing to close, or a later mark will: an apostrophe.
			continue
		default:
			open = false
		}
		out = append(out, m)
	}
	return out
}
