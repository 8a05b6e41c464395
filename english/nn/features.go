package nn

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxRunes is how much of a word is looked at; of a longer one its first and its
// last half of that. Addresses and debris of web pages may be as long as they like.
const maxRunes = 40

// WordKey is the form under which a word has an embedding of its own: in lower
// case, every digit a zero.
func WordKey(word string) string {
	plain := true
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || '1' <= c && c <= '9' {
			plain = false
			break
		}
	}
	if plain {
		return word
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return unicode.ToLower(r)
	}, word)
}

// hash is FNV-1a, 64 bits, continued from h.
func hash(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

func hashRunes(h uint64, runes []rune) uint64 {
	for _, r := range runes {
		h = (h ^ uint64(r)) * 1099511628211
	}
	return h
}

// seed starts the hash of one sort of feature.
func seed(sort byte) uint64 { return (14695981039346656037 ^ uint64(sort)) * 1099511628211 }

// Subwords appends the rows of the sub-word table that make up a word: the word
// as it is written, prefixes of one to four letters, suffixes of one to five and
// all three in a row in lower case, its shape and its shape with runs shortened.
func Subwords(word string, buckets int, to []uint32) []uint32 {
	var kept, low [maxRunes + 2]rune
	n := 0
	if len(word) <= maxRunes || utf8.RuneCountInString(word) <= maxRunes {
		for _, r := range word {
			kept[n] = r
			n++
		}
	} else {
		for _, r := range word {
			if n == maxRunes/2 {
				break
			}
			kept[n] = r
			n++
		}
		end := len(word)
		for i := maxRunes - 1; i >= maxRunes/2; i-- {
			r, size := utf8.DecodeLastRuneInString(word[:end])
			kept[i] = r
			end -= size
		}
		n = maxRunes
	}
	low[0], low[n+1] = '^', '$'
	for i, r := range kept[:n] {
		if unicode.IsDigit(r) {
			r = '0'
		}
		low[i+1] = unicode.ToLower(r)
	}
	add := func(h uint64) { to = append(to, uint32((h>>32^h)%uint64(buckets))) }

	add(hashRunes(seed('w'), kept[:n]))
	for i := 1; i <= 4 && i <= n; i++ {
		add(hashRunes(seed('p'), low[1:1+i]))
	}
	for i := 1; i <= 5 && i <= n; i++ {
		add(hashRunes(seed('s'), low[n+1-i:n+1]))
	}
	for i := 0; i+3 <= n+2 && i < 12; i++ {
		add(hashRunes(seed('t'), low[i:i+3]))
	}
	long, short := seed('x'), seed('y')
	var last, before rune
	for _, r := range kept[:n] {
		s := shape(r)
		if s != last || s != before {
			long = (long ^ uint64(s)) * 1099511628211 // runs count up to two
		}
		if s != last {
			short = (short ^ uint64(s)) * 1099511628211
		}
		before, last = last, s
	}
	add(long)
	add(short)
	return to
}

// shape is X for capitals, x for other letters, 0 for digits, else the rune itself.
func shape(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z':
		return 'x'
	case 'A' <= r && r <= 'Z':
		return 'X'
	case '0' <= r && r <= '9':
		return '0'
	case r < utf8.RuneSelf:
		return r
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLetter(r):
		return 'x'
	case unicode.IsDigit(r):
		return '0'
	}
	return r
}

// Lexicon leads from a word to the row of its fixed vector. It is a hash table of
// fingerprints, not of words: a word that is not in it finds some row, wrongly,
// about once in twenty thousand times; and its size does not depend on word length.
type Lexicon []uint32 // upper half fingerprint, lower half row plus one; 0 is free

// NewLexicon makes a table in which keys[i] leads to rows[i]; rows are below 65535.
// Keys are as WordKey makes them.
func NewLexicon(keys []string, rows []int) Lexicon {
	size := 64
	for size*2 < len(keys)*3 {
		size *= 2
	}
	l := make(Lexicon, size)
	for i, k := range keys {
		slot, mark := l.place(k)
		for l[slot] != 0 && l[slot]>>16 != mark {
			slot = (slot + 1) & (size - 1)
		}
		if l[slot] == 0 {
			l[slot] = mark<<16 | uint32(rows[i]+1)
		}
	}
	return l
}

func (l Lexicon) place(key string) (slot int, mark uint32) {
	h := hash(seed('v'), key)
	h ^= h >> 29
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 32
	return int(h) & (len(l) - 1), uint32(h>>40) & 0xffff
}

// Row is the row of a key's vector, -1 for none.
func (l Lexicon) Row(key string) int {
	if len(l) == 0 {
		return -1
	}
	slot, mark := l.place(key)
	for l[slot] != 0 {
		if l[slot]>>16 == mark {
			return int(l[slot]&0xffff) - 1
		}
		slot = (slot + 1) & (len(l) - 1)
	}
	return -1
}
