package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordRune reports whether a code point can stand inside a word by itself. Marks
// of direction and joiners count, so that words with them stay whole.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 0 && wordByte(byte(r))
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r))
}

func wordByte(c byte) bool   { return letterByte(c) || digit(c) }
func letterByte(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= utf8.RuneSelf }
func digit(c byte) bool      { return '0' <= c && c <= '9' }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '`' || r == '‘' || r == 'ʼ' }

func upper(w string) bool {
	for i := range len(w) {
		if w[i] < 'A' || w[i] > 'Z' {
			return false
		}
	}
	return w != ""
}

func allDigits(w string) bool {
	for i := range len(w) {
		if !digit(w[i]) {
			return false
		}
	}
	return w != ""
}

// runeAt is the code point at i; -1 outside text.
func runeAt(text string, i int) rune {
	if i < 0 || i >= len(text) {
		return -1
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

func previous(text string, i int) rune {
	if i == 0 {
		return ' '
	}
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r
}

func spaceBefore(text string, i int) bool { return unicode.IsSpace(previous(text, i)) }

// firstOfWordBefore is the first code point of the word that ends with the space
// before i, looking back no further than reach.
func firstOfWordBefore(text string, i int) rune {
	k := i - 1
	for k > 0 && i-k < reach && text[k-1] != ' ' && text[k-1] != '\n' {
		k--
	}
	return runeAt(text, k)
}

// initial reports whether the word so far ends in a single letter: "U", "U.S".
func initial(w string) bool {
	n := len(w)
	return n > 0 && letterByte(w[n-1]) && w[n-1] < utf8.RuneSelf && (n == 1 || w[n-2] == '.' || w[n-2] == '-')
}

// titleAbove reports whether the word so far is like "Ph" in "Ph.D".
func titleAbove(w string) bool {
	return len(w) == 2 && 'A' <= w[0] && w[0] <= 'Z' && 'a' <= w[1] && w[1] <= 'z'
}

// initialsFollow reports whether a single letter and a full stop or the word's
// end come next.
func initialsFollow(text string, i int) bool {
	return i+1 >= len(text) || !wordRune(runeAt(text, i+1))
}

// unitAt is where the letters after a number begin; 0 where w is not digits with
// marks between them and then letters alone.
func unitAt(w string) int {
	k := 0
	for k < len(w) && (digit(w[k]) || w[k] == ',' || w[k] == '.' || w[k] == ':') {
		k++
	}
	if k == len(w) {
		return 0
	}
	for i := k; i < len(w); i++ {
		if !letterByte(w[i]) && w[i] != '.' {
			return 0
		}
	}
	return k
}

// dottedAt reports whether at least two more parts in lower case, parted by full
// stops alone, begin at i: the rest of "talk.politics.misc".
func dottedAt(text string, i int) bool {
	parts := 0
	for k := i; k < len(text) && k-i < reach; k++ {
		switch c := text[k]; {
		case 'a' <= c && c <= 'z':
			if text[k-1] == '.' {
				parts++
			}
		case c == '-' || c == '.' && text[k-1] != '.' || digit(c):
		default:
			return parts > 1
		}
	}
	return parts > 1
}

// endingAt reports whether a listed ending of addresses or file names stands at i.
func (s *Segmenter) endingAt(text string, i int) bool {
	k := i
	for k < len(text) && k-i < 6 && wordByte(text[k]) {
		k++
	}
	return s.ending[strings.ToLower(text[i:k])] && (k == len(text) || !wordRune(runeAt(text, k)))
}

var schemes = []string{"http://", "https://", "www.", "ftp://", "mailto:", "HTTP://", "WWW."}

// address is the end of a web address or mail address at i; i where there is none.
func (s *Segmenter) address(text string, i int) int {
	for _, scheme := range schemes {
		if !strings.HasPrefix(text[i:], scheme) {
			continue
		}
		k := i + len(scheme)
		for k < len(text) && text[k] > ' ' && !strings.ContainsRune("\"<>[]{}|\\^`", rune(text[k])) && (text[k] < utf8.RuneSelf || wordRune(runeAt(text, k))) {
			_, n := utf8.DecodeRuneInString(text[k:])
			k += n
		}
		closes := ".,;:!?'*)"
		if strings.IndexByte(text[i:k], '(') >= 0 {
			closes = ".,;:!?'*"
		}
		for k > i+len(scheme) && strings.IndexByte(closes, text[k-1]) >= 0 {
			k--
		}
		if k > i+len(scheme) {
			return k
		}
	}
	k := i
	for k < len(text) && k-i < reach && (wordByte(text[k]) && text[k] < utf8.RuneSelf || strings.IndexByte("._%+-", text[k]) >= 0) {
		k++
	}
	if k == i || k >= len(text) || text[k] != '@' {
		return i
	}
	at := k
	for k++; k < len(text) && k-at < reach && (wordByte(text[k]) && text[k] < utf8.RuneSelf || text[k] == '.' || text[k] == '-' || text[k] == '_'); k++ {
	}
	for k > at+1 && strings.IndexByte(".-", text[k-1]) >= 0 {
		k--
	}
	if k == at+1 {
		return i
	}
	return k
}

// face is the end of a face such as ":-)" at i; i where there is none. A face
// stands by itself.
func (s *Segmenter) face(text string, i int) int {
	for _, f := range s.faces[text[i]] {
		if k := i + len(f); strings.HasPrefix(text[i:], f) && !wordRune(runeAt(text, k)) && runeAt(text, k) != '/' {
			return k
		}
	}
	return i
}

// markEnd is the end of the mark r at i: runs of one kind of mark are one token.
func markEnd(text string, i int, r rune, n int) int {
	run := ""
	switch r {
	case '.', '…', '!', '?':
		run = ".…!?"
	case '-', '*', '=', '_', '~', '#', '+', '<', '>', '|', '^', '$':
		run = string(r)
	case '\'', '`', '’', '‘':
		if runeAt(text, i+n) == r {
			return i + 2*n
		}
	}
	k := i + n
	for run != "" && k < len(text) {
		next, m := utf8.DecodeRuneInString(text[k:])
		if !strings.ContainsRune(run, next) {
			break
		}
		k += m
	}
	return k
}
