package english

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// tokenise appends the tokens of one paragraph.
func (a *Analyser) tokenise(text string, p onrecord.Span, out []onrecord.Token) []onrecord.Token {
	for i := p.Start; i < p.End; {
		r, n := utf8.DecodeRuneInString(text[i:p.End])
		if unicode.IsSpace(r) {
			i += n
			continue
		}
		end := i + n
		switch {
		case wordly(r) || (r == '@' || r == '#') && startsWord(text[end:p.End]):
			end = a.wordEnd(text, i, end, p.End)
			out = appendWord(text, i, end, out)
			i = end
			continue
		case r == '.' || r == '-' || r == '`' || r == '!' || r == '?' || r == '*' || r == '=' || r == '_':
			// A run of one mark is one token: "..." and "--". Bounded by the run.
			for end < p.End && text[end] == text[i] && r != '!' && r != '?' {
				end++
			}
		case r == '\'' && end < p.End && text[end] == '\'':
			end++
		}
		out = append(out, token(i, end))
		i = end
	}
	return out
}

func token(start, end int) onrecord.Token {
	return onrecord.Token{Span: onrecord.Span{Start: start, End: end}, Head: -1}
}

// wordly reports whether a code point can stand inside a word by itself. Marks
// of direction and joiners count, so that words with them stay whole.
func wordly(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r)
}

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return wordly(r)
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func digit(c byte) bool  { return '0' <= c && c <= '9' }
func lower(c byte) bool  { return 'a' <= c && c <= 'z' }

// wordEnd is where the word that starts at start and reaches to i at least ends.
func (a *Analyser) wordEnd(text string, start, i, limit int) int {
	address := strings.HasPrefix(text[start:limit], "http") || strings.HasPrefix(text[start:limit], "www.")
	for i < limit {
		r, n := utf8.DecodeRuneInString(text[i:limit])
		if wordly(r) {
			i += n
			continue
		}
		joins := i+n < limit && startsWord(text[i+n:limit])
		switch {
		case address && !unicode.IsSpace(r) && !strings.ContainsRune("\"“”<>()", r):
			if i+n == limit || text[i+n] <= ' ' {
				if r != '/' {
					return i
				}
			}
			i += n
		case (joins || r == '-' && text[i-1] == '.' && i+1 < limit && letter(text[i+1])) && (r == '-' || r == '’' || r == '\'' || r == '_' || r == '\u2011' || r == '\u2010'):
			i += n
		case joins && (r == '.' || r == ',' || r == ':') && digit(text[i-1]) && digit(text[i+n]):
			i += n
		case joins && r == '&' && i-start <= 2:
			i += n // R&D
		case joins && r == '.' && (initial(text[start:i]) || lower(text[i+n]) && !digit(text[i-1])):
			i += n // U.S. and example.org
		case r == '.' && a.abbreviation(text[start:i+1]):
			i++
			if i+1 < limit && text[i] == '-' && letter(text[i+1]) {
				continue // U.S.-led
			}
			return i
		default:
			return i
		}
	}
	return i
}

// initial reports whether the word so far ends in a single letter by itself: "U", "U.S".
func initial(w string) bool {
	n := len(w)
	return n > 0 && letter(w[n-1]) && (n == 1 || w[n-2] == '.' || w[n-2] == '-')
}

// abbreviation reports whether a word with its full stop is one token: a listed
// one, a capital by itself, or several letters with stops between.
func (a *Analyser) abbreviation(w string) bool {
	if a.never[w] || a.open[w] {
		return true
	}
	if len(w) > 3 && w[1] == '-' && (a.never[w[2:]] || a.open[w[2:]]) {
		return true // D-Pa.
	}
	if strings.IndexByte(w[:len(w)-1], '.') > 0 {
		return initial(w[:len(w)-1])
	}
	return len(w) == 2 && 'A' <= w[0] && w[0] <= 'Z' && w[0] != 'I' || len(w) == 4 && w[1] == '-' && initial(w[:3])
}

// clitics are endings that are tokens of their own, with either apostrophe.
var clitics = []string{"n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m", "'S", "’S"}

// appendWord appends a word, its clitic apart.
func appendWord(text string, start, end int, out []onrecord.Token) []onrecord.Token {
	w := text[start:end]
	if strings.IndexByte(w, '\'') >= 0 || strings.Contains(w, "’") {
		for _, c := range clitics {
			if len(w) > len(c) && strings.HasSuffix(w, c) {
				return append(out, token(start, end-len(c)), token(end-len(c), end))
			}
		}
	}
	return append(out, token(start, end))
}
