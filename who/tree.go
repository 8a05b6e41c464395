package who

import (
	"strings"

	"github.com/onrecord/onrecord"
)

// tree is a text's tokens with what hangs on each.
type tree struct {
	text     *onrecord.Text
	lo, hi   []int // first and last token that hang on each, itself with them
	children [][]int
	name     []int // 1 + the name that a token is in
}

// newTree links children and measures what hangs on each token: linear in tokens.
func newTree(text *onrecord.Text) *tree {
	n := len(text.Tokens)
	t := &tree{text: text, lo: make([]int, n), hi: make([]int, n), children: make([][]int, n), name: make([]int, n)}
	count := make([]int, n+1)
	for i := range text.Tokens {
		if h := text.Tokens[i].Head; h >= 0 && h != i {
			count[h]++
		}
	}
	pool := make([]int, n)
	at := 0
	for i := range n {
		t.lo[i], t.hi[i] = i, i
		t.children[i] = pool[at : at : at+count[i]]
		at += count[i]
	}
	for i := range text.Tokens {
		if h := text.Tokens[i].Head; h >= 0 && h != i {
			t.children[h] = append(t.children[h], i)
		}
	}
	// Leaves first: a token is measured when all that hang on it are.
	ready := make([]int, 0, n)
	for i := range n {
		if count[i] == 0 {
			ready = append(ready, i)
		}
	}
	for k := 0; k < len(ready); k++ {
		i := ready[k]
		h := text.Tokens[i].Head
		if h < 0 || h == i {
			continue
		}
		t.lo[h], t.hi[h] = min(t.lo[h], t.lo[i]), max(t.hi[h], t.hi[i])
		if count[h]--; count[h] == 0 {
			ready = append(ready, h)
		}
	}
	token := 0
	for k, name := range text.Names {
		for token < n && text.Tokens[token].Span.End <= name.Span.Start {
			token++
		}
		for i := token; i < n && text.Tokens[i].Span.Start < name.Span.End; i++ {
			t.name[i] = k + 1
		}
	}
	return t
}

func (t *tree) relation(i int) string { return t.text.Tokens[i].Relation }

func (t *tree) child(i int, relation string) int {
	for _, c := range t.children[i] {
		if t.relation(c) == relation {
			return c
		}
	}
	return -1
}

// phrase is the tokens [first, last) of the noun phrase of a head.
func (t *tree) phrase(head int) (first, last int) {
	first, last = head, head
	predicate := t.child(head, "cop") >= 0 || t.child(head, "nsubj") >= 0
	joint := t.child(head, "conj")
	for _, c := range t.children[head] {
		r := t.relation(c)
		switch {
		case outside[r],
			joint > head && c > joint, // of all that are joined, such as "A and B, who left"
			r == "case" && c < head,
			predicate && (r == "advmod" || r == "obl" || r == "obl:unmarked" || r == "obj"),
			r == "advmod" && c < head && c != t.lo[head] && c < first && strings.EqualFold(t.text.Word(c), "not"):
			continue
		}
		first, last = min(first, t.lo[c]), max(last, t.hi[c])
	}
	return t.trim(head, first, last+1)
}

// trim takes punctuation from a phrase's ends, but for the second bracket of a pair inside.
func (t *tree) trim(head, first, last int) (int, int) {
	for last-1 > head && t.text.Tokens[last-1].UPOS == "PUNCT" && t.text.Word(last-1) != ")" {
		last--
	}
	for first < head && (t.text.Tokens[first].UPOS == "PUNCT" || t.relation(first) == "cc") {
		first++
	}
	open := 0
	for i := first; i < last; i++ {
		switch t.text.Word(i) {
		case "(":
			open++
		case ")":
			open--
		}
	}
	switch {
	case open > 0 && last < len(t.text.Tokens) && t.text.Word(last) == ")":
		last++
	case open < 0 && t.text.Word(last-1) == ")" && last-1 > head:
		last--
	}
	return first, last
}
