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

// hint says what the names of an element tell about it.
type hint uint8

const (
	noHint hint = iota
	hintOut
	hintCaption
	hintBody
)

var hints = sync.OnceValue(func() map[string]hint {
	kinds := map[string]hint{"out": hintOut, "caption": hintCaption, "body": hintBody}
	m := map[string]hint{}
	for _, line := range entries(hintsFile) {
		kind, word, _ := strings.Cut(line, " ")
		m[strings.TrimSpace(word)] = kinds[kind]
	}
	return m
})

// maxNames is how many bytes of an element's class and id are looked at; the
// names that are said by hand come first.
const maxNames = 400

// hintOf is what the class and the id of an element tell. The article's own text
// goes before what is no part of it: "article-body article-share-wide".
func hintOf(n *html.Node) hint {
	best := noHint
	for _, a := range n.Attr {
		switch {
		case a.Key == "itemprop" && a.Val == "articleBody":
			return hintBody
		case a.Key == "class" || a.Key == "id":
			for name := range strings.FieldsSeq(a.Val[:min(len(a.Val), maxNames)]) {
				best = max(best, hintOfName(name))
			}
		}
	}
	return best
}

func hintOfName(name string) hint {
	table := hints()
	best := noHint
	last, start := "", 0
	var before rune
	word := func(end int) {
		if end > start {
			w := strings.ToLower(name[start:end])
			best = max(best, table[w])
			if last != "" {
				best = max(best, table[last+"-"+w])
			}
			last = w
		}
	}
	for i, r := range name {
		switch {
		case !unicode.IsLetter(r):
			word(i)
			start = i + len(string(r))
		case unicode.IsUpper(r) && unicode.IsLower(before):
			word(i)
			start = i
		}
		before = r
	}
	word(len(name))
	return best
}
