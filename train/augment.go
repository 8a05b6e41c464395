package main

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// News has headlines, which treebanks lack: words in title case or in capitals,
// without a full stop. So some sentences are read in another guise each time.
const (
	shareCapitals  = 0.03
	shareTitle     = 0.06
	shareLower     = 0.03
	shareLowerOne  = 0.04
	shareNoStop    = 0.06
	shareSmallKept = 0.7 // of headlines in title case: those that keep small words small
)

// Names of a few thousand people and places are soon known by heart. So some are
// exchanged for others of their kind and number of words, from all corpora; the tree
// stays. Only names of proper nouns are, which makes their tags and lemmas right.
const (
	shareExchange = 0.35 // of sentences
	shareName     = 0.6  // of the names in them
)

// exchange knows names by kind and number of words.
type exchange map[[2]int][][]string

func newExchange(all []*example) exchange {
	x := exchange{}
	for _, e := range all {
		e.eachName(func(kind, first, last int) {
			if e.proper(first, last) {
				key := [2]int{kind, last - first}
				x[key] = append(x[key], e.words[first:last])
			}
		})
	}
	return x
}

// eachName calls f for each name, in order.
func (e *example) eachName(f func(kind, first, last int)) {
	for i := 0; i < len(e.names); {
		if e.names[i] == 0 {
			i++
			continue
		}
		last := i + 1
		for (e.names[last-1]-1)%4 < 2 { // it begins or goes on
			last++
		}
		f((e.names[i]-1)/4, i, last)
		i = last
	}
}

// proper reports whether words are capitalised and, where tags are known, proper nouns
// in the singular that are their own lemmas.
func (e *example) proper(first, last int) bool {
	for i := first; i < last; i++ {
		r, _ := utf8.DecodeRuneInString(e.words[i])
		if !unicode.IsUpper(r) || e.tree && (e.xpos[i] != "NNP" || e.lemma[i] != e.words[i] && e.lemma[i] != "_") {
			return false
		}
	}
	return true
}

// apply returns a sentence with some names exchanged.
func (x exchange) apply(e *example, r *rand.Rand) *example {
	if x == nil || r.Float64() >= shareExchange {
		return e
	}
	c := *e
	c.words = append([]string(nil), e.words...)
	if e.tree {
		c.lemma = append([]string(nil), e.lemma...)
	}
	e.eachName(func(kind, first, last int) {
		others := x[[2]int{kind, last - first}]
		if r.Float64() >= shareName || len(others) == 0 || !e.proper(first, last) {
			return
		}
		other := others[r.IntN(len(others))]
		copy(c.words[first:last], other)
		for i := first; e.tree && i < last; i++ {
			if e.lemma[i] != "_" {
				c.lemma[i] = c.words[i]
			}
		}
	})
	return &c
}

const smallWords = " a an the of in on at to for and or but by with from as is 's n't "

// guise returns a sentence as it stands or in another form, a copy then.
func guise(e *example, r *rand.Rand) *example {
	p := r.Float64()
	last := len(e.words) - 1
	if e.tree && last > 1 && e.words[last] == "." && !heads(e, last) && r.Float64() < shareNoStop+shareTitle*boolTo1(p < shareCapitals+shareTitle)*10 {
		e = e.without(last)
	}
	change := func(f func(i int, w string) string) *example {
		c := *e
		c.words = make([]string, len(e.words))
		for i, w := range e.words {
			c.words[i] = f(i, w)
		}
		return &c
	}
	switch {
	case p < shareCapitals:
		return change(func(_ int, w string) string { return strings.ToUpper(w) })
	case p < shareCapitals+shareTitle:
		keep := r.Float64() < shareSmallKept
		return change(func(i int, w string) string {
			if keep && i > 0 && strings.Contains(smallWords, " "+strings.ToLower(w)+" ") {
				return w
			}
			first, size := utf8.DecodeRuneInString(w)
			if !unicode.IsLower(first) {
				return w
			}
			return string(unicode.ToUpper(first)) + w[size:]
		})
	case p < shareCapitals+shareTitle+shareLower:
		return change(func(_ int, w string) string { return strings.ToLower(w) })
	case p < shareCapitals+shareTitle+shareLower+shareLowerOne:
		return change(func(i int, w string) string {
			if i == 0 {
				return strings.ToLower(w)
			}
			return w
		})
	}
	return e
}

func boolTo1(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func heads(e *example, word int) bool {
	for i, h := range e.head {
		if h == word && i != word || i == word && h == i {
			return true
		}
	}
	return false
}

// without is a sentence without its last word, which heads no other.
func (e *example) without(last int) *example {
	c := *e
	c.words, c.upos, c.xpos, c.lemma = e.words[:last], e.upos[:last], e.xpos[:last], e.lemma[:last]
	c.head, c.rel, c.names = e.head[:last], e.rel[:last], e.names[:last]
	if e.names[last] != 0 { // a name would lose its end
		return e
	}
	return &c
}
