package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word of a text, folded and hashed, and how it was written.
type word struct {
	hash    uint64
	number  bool // begins with a digit
	capital bool // begins with a capital
	first   bool // begins a sentence or a paragraph
	stop    bool // set by markStops
	long    int8 // letters, 100 at most
}

// wordsLimit bounds what is read of one text: a book is no article.
const wordsLimit = 20_000

// wordsOf appends the words of a paragraph. Letters, marks and digits make words,
// with an apostrophe, a point or a comma between two of a kind; a script that writes
// no spaces gives a word a character.
func wordsOf(words []word, text string) []word {
	first := true
	for i := 0; i < len(text) && len(words) < wordsLimit; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			if r == '.' || r == '!' || r == '?' || r == '\n' || r == '。' {
				first = true
			}
			i += size
			continue
		}
		w := word{number: unicode.IsDigit(r), capital: unicode.IsUpper(r), first: first, hash: offset64}
		first = false
		if unspaced(r) {
			w.hash, w.long = mix(hashRune(w.hash, r)), 2
			words = append(words, w)
			i += size
			continue
		}
		i = scan(&w, text, i)
		words = append(words, w)
	}
	return words
}

// scan reads one word from i on and returns where it ends.
func scan(w *word, text string, i int) int {
	for i < len(text) {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case 'a' <= r && r <= 'z':
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case inWord(r) && !unspaced(r):
			r = unicode.ToLower(r)
		case (r == ',' || r == '.') && w.number && i+1 < len(text) && isDigit(text[i+1]):
			if r == ',' || grouped(text[i+1:]) { // 1,200 and 1.200 are one number
				i++
				continue
			}
		case (r == '\'' || r == '’') && w.long > 1 && possessive(text[i+size:]):
			return finish(w, i+size+1)
		default:
			return finish(w, i)
		}
		w.hash = hashRune(w.hash, r)
		w.long = min(w.long+1, 100)
		i += size
	}
	return finish(w, i)
}

func finish(w *word, i int) int {
	w.hash = mix(w.hash)
	return i
}

// possessive reports whether an s ends the word that had an apostrophe.
func possessive(rest string) bool {
	if rest == "" || rest[0] != 's' && rest[0] != 'S' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return rest[1:] == "" || !inWord(r)
}

// grouped reports whether exactly three digits follow, as after a point in 1.200.
func grouped(rest string) bool {
	n := 0
	for n < len(rest) && isDigit(rest[n]) {
		n++
	}
	return n == 3
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// unspaced reports whether a character is of a script that writes no spaces.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// FNV-1a, a rune a step.
const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func hashRune(h uint64, r rune) uint64 { return (h ^ uint64(r)) * prime64 }

// mix spreads a hash over all its bits (the finaliser of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// hashOf is the hash of one word, as in a text.
func hashOf(s string) uint64 {
	w := word{hash: offset64}
	scan(&w, s, 0)
	return w.hash
}

// paragraphs calls do for every line that is not empty.
func paragraphs(text string, do func(string)) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			do(line)
		}
	}
}
