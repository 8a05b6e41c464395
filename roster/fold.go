package roster

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are those that Unicode does not take apart into a plain letter and a mark.
var letters = map[rune]string{
	'ø': "o", 'ł': "l", 'đ': "d", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'þ': "th", 'ð': "d", 'ħ': "h", 'ə': "a",
}

// Fold is a name as it is looked up: small letters without diacritics, apostrophes and full
// stops passed over, hyphens and other punctuation as spaces. Letters of other scripts stay.
func Fold(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	gap := false
	write := func(r rune) {
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	plain := true
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if !plain {
		name = norm.NFD.String(name)
	}
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			write(r)
		case r >= 'A' && r <= 'Z':
			write(r + 'a' - 'A')
		case apostrophe(r) || r == '.' || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			r = unicode.ToLower(r)
			if plain, ok := letters[r]; ok {
				for _, r := range plain {
					write(r)
				}
			} else {
				write(r)
			}
		default:
			gap = true
		}
	}
	return b.String()
}

// apostrophe reports whether a mark stands inside a word for a sound that English does not
// write: straight and curly apostrophes, and the half rings of ayn and hamza.
func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '`', '´', 'ʼ', 'ʿ', 'ʾ', 'ʻ', 'ʽ', '′':
		return true
	}
	return false
}

// key is a folded name without the article before it and the possessive after it.
func key(name string) string {
	name = strings.TrimSpace(name)
	for _, s := range []string{"'s", "’s"} {
		name = strings.TrimSuffix(name, s)
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'"), "’")
	return strings.TrimPrefix(Fold(name), "the ")
}
