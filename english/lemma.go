package english

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"github.com/onrecord/onrecord"
)

//go:embed irregular.txt
var irregularData string

// irregular leads from past forms to their verbs.
var irregular = sync.OnceValue(func() map[string]string {
	verbs := map[string]string{}
	for line := range strings.Lines(irregularData) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		for _, form := range words[1:] {
			verbs[form] = words[0]
		}
	}
	return verbs
})

// mend is the lemma of a word as the network read it, put right where spelling
// leaves no doubt: the network spells lemmas by rules it learned, and some verbs
// it met seldom or never.
func mend(word string, t *onrecord.Token) string {
	switch t.XPOS {
	case "VBD", "VBN":
		form := strings.ToLower(word)
		if verb := irregular()[form]; verb != "" && t.UPOS != "AUX" {
			return verb
		}
		if stem, ok := strings.CutSuffix(form, "ed"); ok {
			return mendStem(t.Lemma, form, stem)
		}
	case "VBG":
		form := strings.ToLower(word)
		if stem, ok := strings.CutSuffix(form, "ing"); ok {
			return mendStem(t.Lemma, form, stem)
		}
	case "CD":
		if word[0] >= '0' && word[0] <= '9' {
			return strings.ReplaceAll(word, ",", "")
		}
	case "ADD":
		return word
	case "``", "''":
		if word == "“" || word == "”" {
			return "\""
		}
	}
	if t.Lemma == "" {
		return word
	}
	return t.Lemma
}

// mendStem is a verb's lemma where its form is stem with "ed" or "ing": lemma,
// unless that cannot be spelled so.
func mendStem(lemma, form, stem string) string {
	n := len(stem)
	if n < 2 {
		return lemma
	}
	doubled := n > 3 && stem[n-1] == stem[n-2] && strings.IndexByte("bdgmnprt", stem[n-1]) >= 0
	switch {
	case lemma == stem+"e" && doubled:
		return stem[:n-1] // "digge" of "digging"
	case lemma != stem && lemma != form:
		return lemma
	case doubled && lemma == form:
		return stem[:n-1]
	case short(stem), liquid(stem), strings.HasSuffix(stem, "u") && lemma == stem:
		return stem + "e" // "smil", "settl", "su"
	case lemma == form && strings.HasSuffix(form, "ied"):
		return stem[:n-1] + "y"
	case lemma == form:
		return stem
	}
	return lemma
}

// short reports whether a stem has one vowel, before one last consonant: it would
// have doubled the consonant if it did not end in an e.
func short(stem string) bool {
	n := len(stem)
	if n < 2 || vowel(stem[n-1]) || strings.IndexByte("wxy", stem[n-1]) >= 0 {
		return false
	}
	vowels := 0
	for i := range n {
		if vowel(stem[i]) && (i == 0 || stem[i] != 'u' || stem[i-1] != 'q') {
			vowels++
		}
	}
	return vowels == 1 && vowel(stem[n-2]) && !strings.ContainsFunc(stem, func(r rune) bool { return r >= 0x80 || unicode.IsDigit(r) })
}

// liquid reports whether a stem ends in an l that no vowel bears.
func liquid(stem string) bool {
	n := len(stem)
	return n > 2 && stem[n-1] == 'l' && !vowel(stem[n-2]) && strings.IndexByte("lrw", stem[n-2]) < 0
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
