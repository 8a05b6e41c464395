package nn

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Script tells how a lemma comes from a word: change its case, take letters off
// its end, put others there. "cities" to "city" is "l3y", as is "CITIES" to "city".
type Script struct {
	Case byte   // 'l': lower case; 'k': kept as it is; 't': only the first letter a capital
	Cut  int    // letters (code points) to take off the end
	Add  string // what to put there
}

func (s Script) String() string { return fmt.Sprintf("%c%d%s", s.Case, s.Cut, s.Add) }

// ParseScript reads what String writes.
func ParseScript(text string) (Script, error) {
	if text == "" || !strings.ContainsRune("lkt", rune(text[0])) {
		return Script{}, fmt.Errorf("lemma script %q: no case: %w", text, ErrModel)
	}
	end := 1
	for end < len(text) && '0' <= text[end] && text[end] <= '9' {
		end++
	}
	cut, err := strconv.Atoi(text[1:end])
	if err != nil {
		return Script{}, fmt.Errorf("lemma script %q: no number: %w", text, ErrModel)
	}
	return Script{text[0], cut, text[end:]}, nil
}

// ScriptOf finds the script that keeps most of the word. A lemma that starts with a
// digit after a cut has no script of its own and keeps the word.
func ScriptOf(word, lemma string) Script {
	best, kept := Script{Case: 'k'}, -1
	for _, c := range []byte("lkt") {
		base := []rune(inCase(word, c))
		want := []rune(lemma)
		n := 0
		for n < len(base) && n < len(want) && base[n] == want[n] {
			n++
		}
		if n > kept {
			best, kept = Script{c, len(base) - n, string(want[n:])}, n
		}
	}
	if best.Add != "" && '0' <= best.Add[0] && best.Add[0] <= '9' {
		return Script{Case: 'k'}
	}
	return best
}

// Apply makes the lemma; false if the word is too short for it.
func (s Script) Apply(word string) (string, bool) {
	base := inCase(word, s.Case)
	for range s.Cut {
		if base == "" {
			return "", false
		}
		_, size := utf8.DecodeLastRuneInString(base)
		base = base[:len(base)-size]
	}
	if s.Add == "" {
		return base, base != ""
	}
	return base + s.Add, true
}

func inCase(word string, c byte) string {
	switch c {
	case 'l':
		return strings.ToLower(word)
	case 't':
		_, size := utf8.DecodeRuneInString(word)
		rest := strings.ToLower(word[size:])
		first := strings.Map(unicode.ToUpper, word[:size])
		if rest == word[size:] && first == word[:size] {
			return word
		}
		return first + rest
	}
	return word
}
