package said

import "strings"

// tree is the sentences' dependency trees as the rules ask for them: what hangs
// on a token, and from where to where all that hangs on it reaches. Tokens are
// numbered through the whole text.
type tree struct {
	kids  []int // the tokens, those that hang on one word together, in text order
	first []int // where in kids those of a token begin; one more than there are tokens
	left  []int // the first token of all that hangs on a token
	right []int // the index after its last token
}

// newTree indexes the trees; nil where the analyser found none.
func (d *document) newTree() *tree {
	tokens := d.text.Tokens
	n := len(tokens)
	if n == 0 || tokens[0].Head < 0 {
		return nil
	}
	t := &tree{kids: make([]int, n), first: make([]int, n+1), left: make([]int, n), right: make([]int, n)}
	for i := range tokens {
		if h := tokens[i].Head; h != i {
			t.first[h+1]++
		}
	}
	for i := range n {
		t.first[i+1] += t.first[i]
	}
	next := append([]int(nil), t.first[:n]...)
	for i := range tokens {
		t.left[i], t.right[i] = i, i+1
		if h := tokens[i].Head; h != i {
			t.kids[next[h]] = i
			next[h]++
		}
	}
	// Each token once: a word is finished when all that hangs on it is.
	open := make([]int, n)
	for i := range n {
		open[i] = t.first[i+1] - t.first[i]
	}
	for i := range n {
		for k := i; open[k] == 0; {
			open[k] = -1
			h := tokens[k].Head
			if h == k {
				break
			}
			t.left[h], t.right[h] = min(t.left[h], t.left[k]), max(t.right[h], t.right[k])
			open[h]--
			k = h
		}
	}
	return t
}

// of are the tokens that hang on token i, in text order.
func (t *tree) of(i int) []int { return t.kids[t.first[i]:t.first[i+1]] }

// rel is a token's relation to its head, without a finer kind after a colon.
func (d *document) rel(i int) string {
	r, _, _ := strings.Cut(d.text.Tokens[i].Relation, ":")
	return r
}

// hangs is the first token on i with one of the relations, a kind after a colon
// included where it is asked for; -1 for none.
func (d *document) hangs(i int, relations ...string) int {
	for _, k := range d.tree.of(i) {
		full := d.text.Tokens[k].Relation
		short, _, _ := strings.Cut(full, ":")
		for _, r := range relations {
			if r == full || r == short {
				return k
			}
		}
	}
	return -1
}

// hangsAfter is the first token after another that hangs on i by a relation; -1 for none.
func (d *document) hangsAfter(i, after int, relation string) int {
	for _, k := range d.tree.of(i) {
		if k > after && d.text.Tokens[k].Relation == relation {
			return k
		}
	}
	return -1
}

// over is the token that i hangs on; -1 for a root.
func (d *document) over(i int) int {
	if h := d.text.Tokens[i].Head; h != i {
		return h
	}
	return -1
}

func (d *document) upos(i int) string { return d.text.Tokens[i].UPOS }
