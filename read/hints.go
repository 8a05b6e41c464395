package read

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/html"
)

//go:embed hints.txt
var hintsFile string

// hint is what a class or an id says of an element.
type hint uint8

// Kinds of hint of hints.txt, weakest first.
const (
	noHint hint = iota
	bylineHint
	captionHint
	dropHint
)

// hintWords is how many words a hint has at most.
const hintWords = 4

var hints = sync.OnceValue(func() map[string]hint {
	kinds := map[string]hint{"byline": bylineHint, "caption": captionHint, "drop": dropHint}
	out := map[string]hint{}
	for _, line := range entries(hintsFile) {
		kind, words, _ := strings.Cut(line, " ")
		out[words] = kinds[kind]
	}
	return out
})

// hinter remembers the hints of a page's classes, which its elements share.
type hinter map[string]hint

// of is the strongest hint of an element's class and id.
func (h hinter) of(n *html.Node) hint {
	var strongest hint
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" && a.Key != "data-component" && a.Key != "data-testid" {
			continue
		}
		known, ok := h[a.Val]
		if !ok {
			known = hintIn(a.Val)
			h[a.Val] = known
		}
		strongest = max(strongest, known)
	}
	return strongest
}

// hintIn is the strongest hint of a list of classes.
func hintIn(classes string) hint {
	if len(classes) > 512 {
		classes = classes[:512]
	}
	var strongest hint
	for class := range strings.FieldsSeq(classes) {
		words := nameWords(class)
		for i := range words {
			for n := 1; n <= hintWords && i+n <= len(words); n++ {
				strongest = max(strongest, hints()[strings.Join(words[i:i+n], " ")])
			}
		}
	}
	return strongest
}

// nameWords splits a name as programmers write it: read-more, read_more, readMore.
func nameWords(name string) []string {
	var out []string
	start := -1
	lower := false
	for i, r := range name {
		letter := unicode.IsLetter(r)
		if start >= 0 && (!letter || lower && unicode.IsUpper(r)) {
			out = append(out, strings.ToLower(name[start:i]))
			start = -1
		}
		if letter && start < 0 {
			start = i
		}
		lower = letter && !unicode.IsUpper(r)
	}
	if start >= 0 {
		out = append(out, strings.ToLower(name[start:]))
	}
	return out
}
