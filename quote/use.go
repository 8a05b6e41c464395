package quote

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// use classifies a quotation by its words.
func use(text string, q Quotation) Use {
	inner := q.Inner.In(text)
	if len(inner) > 160 {
		return Speech
	}
	words := strings.Fields(inner)
	if len(words) == 0 {
		return Fragment
	}
	last, _ := utf8.DecodeLastRuneInString(inner)
	stopped := strings.ContainsRune(",.!?;:—–-…", last)
	if len(words) <= 2 && !stopped && allCapital(words) && nameBefore(text, q.Outer.Start) && nameAfter(text, q.Outer.End) {
		return Nickname
	}
	if len(words) >= 2 && (!stopped || last == ',') && allCapital(words) {
		return Title // the comma belongs to the sentence around it
	}
	if len(words) <= 3 && (!stopped || len(words) == 1) {
		return Fragment
	}
	return Speech
}

//go:embed small.txt
var smallData string

// Data is the package's word lists, for a hash over all rules.
func Data() []string { return []string{smallData} }

// small are words that headings write in lower case.
var small = func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(smallData) {
		if !strings.HasPrefix(line, "#") {
			for w := range strings.FieldsSeq(line) {
				words[w] = true
			}
		}
	}
	return words
}()

// allCapital reports whether the first word and every other that is not a small
// one begin with a capital or a digit, as in headings.
func allCapital(words []string) bool {
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && (i == 0 || !small[w]) {
			return false
		}
	}
	return true
}

// nameBefore reports whether a capitalised word and a space end at the offset.
func nameBefore(text string, at int) bool {
	before := strings.TrimRight(text[max(0, at-64):at], " \u00a0")
	if len(before) == len(text[max(0, at-64):at]) {
		return false
	}
	word := before[strings.LastIndexAny(before, " \n\t\u00a0(“\"")+1:]
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// nameAfter reports whether a space and a capitalised word start at the offset.
func nameAfter(text string, at int) bool {
	rest, ok := strings.CutPrefix(text[at:], " ")
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && unicode.IsUpper(r)
}
