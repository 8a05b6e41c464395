package nn

import "math"

// embed writes a word's input and returns the row of the word's own embedding.
func (m *Model) embed(to []float32, word string, subs []uint32) (int, []uint32) {
	c := &m.Config
	key := WordKey(word)
	id := int(m.ids[key])
	copy(to[:c.Word], m.word[id*c.Word:(id+1)*c.Word])
	sum := to[c.Word : c.Word+c.Sub]
	clear(sum)
	subs = Subwords(word, c.Buckets, subs)
	for _, b := range subs {
		kernels.sum(sum, m.sub[int(b)*c.Sub:(int(b)+1)*c.Sub])
	}
	vec := to[c.Word+c.Sub:]
	if row := m.lexicon.Row(key); row >= 0 {
		copy(vec, m.vec[row*c.Vec:(row+1)*c.Vec])
	} else {
		clear(vec)
	}
	return id, subs
}

// run computes a layer's outputs, rows of 2·h columns, forward then backward. Rows
// of g start every stride floats with what inputs and biases give the gates.
func (y *layer) run(s *scratch, l *Layout, g []float32, stride, h, which int) {
	s.cell = grow(s.cell, l.Rows*2*h)
	s.y[which] = grow(s.y[which], l.Rows*2*h)
	cell, out := s.cell, s.y[which]
	for way := range 2 {
		steps := len(l.Start)
		for i := range steps {
			at, from, have := i, i-1, 0
			if way == 1 {
				at, from = steps-1-i, steps-i
			}
			if i > 0 {
				have = min(l.Live[at], l.Live[from])
				sums := g[l.Start[at]*stride+way*4*h:]
				y.rec[way].Mul(sums, stride, sums, stride, out[l.Start[from]*2*h+way*h:], 2*h, have, &s.rounded)
			}
			for p := range l.Live[at] {
				r := l.Start[at] + p
				var before []float32
				if p < have {
					b := (l.Start[from] + p) * 2 * h
					before = cell[b+way*h : b+way*h+h]
				}
				o := r*2*h + way*h
				kernels.cell(g[r*stride+way*4*h:r*stride+(way+1)*4*h], before, cell[o:o+h], out[o:o+h])
			}
		}
	}
}

// fill sets every row to the same.
func fill(to, row []float32, rows int) {
	for r := range rows {
		copy(to[r*len(row):(r+1)*len(row)], row)
	}
}

// slope is what leak leaves of negative numbers.
const slope = 0.1

func leak(v []float32) {
	for i, x := range v {
		v[i] = max(x, slope*x)
	}
}

// powers sets room to how many times less likely scores are than the one at top,
// for scores and what fills their row up.
func powers(room *[]float32, scores []float32, n int, top float32) []float32 {
	*room = grow(*room, len(scores))
	kernels.exps(*room, scores, top)
	return (*room)[:n]
}

// best is the index of the largest of the first n scores, and its probability in
// a softmax.
func best(room *[]float32, scores []float32, n int) (int, float32) {
	at, top := 0, scores[0]
	for i, v := range scores[:n] {
		if v > top {
			at, top = i, v
		}
	}
	var sum float32
	for _, p := range powers(room, scores, n, top) {
		sum += p
	}
	return at, 1 / sum
}

// bestTag is the likeliest tag among those of the likeliest part of speech, which is
// not always that of the likeliest tag; and how probable the tag is.
func (m *Model) bestTag(room *[]float32, scores []float32) (int, float32) {
	n := len(m.tags)
	top := scores[0]
	for _, v := range scores[:n] {
		top = max(top, v)
	}
	var parts [maxParts]float32
	var sum float32
	all := powers(room, scores, n, top)
	for i, p := range all {
		parts[m.partOf[i]] += p
		sum += p
	}
	part := uint8(0)
	for i, p := range parts {
		if p > parts[part] {
			part = uint8(i)
		}
	}
	at := -1
	for i, p := range all {
		if m.partOf[i] == part && (at < 0 || p > all[at]) {
			at = i
		}
	}
	return at, all[at] / sum
}

// words decides on everything, from the hidden units of the heads.
func (m *Model) words(s *scratch, sentences [][]string, out []Sentence) {
	c, l := &m.Config, &s.layout
	width := c.Heads()
	tagAt, nameAt := 2*c.Arc+2*c.Label, 2*c.Arc+2*c.Label+c.Tag

	if cap(s.tag) < l.Rows {
		s.tag, s.script = make([]int32, l.Rows), make([]int32, l.Rows)
	}
	s.sure = grow(s.sure, l.Rows)

	scores, stride := m.lemma.scores(s, s.heads[tagAt:], width, l.Rows)
	for p, piece := range l.Pieces {
		for i, word := range sentences[piece.Sentence][piece.First:piece.Last] {
			row := scores[l.Row(p, i)*stride:]
			out[piece.Sentence].Tokens[piece.First+i].Lemma = m.lemmaOf(word, row[:len(m.scripts)])
		}
	}
	scores, stride = m.tag.scores(s, s.heads[tagAt:], width, l.Rows)
	for r := range l.Rows {
		t, p := m.bestTag(&s.powers, scores[r*stride:(r+1)*stride])
		s.tag[r], s.sure[r] = int32(t), p
	}
	scores, stride = m.name.scores(s, s.heads[nameAt:], width, l.Rows)
	for p, piece := range l.Pieces {
		path, sure := m.crf.decode(&s.chain, func(i int) []float32 { return scores[l.Row(p, i)*stride:] }, piece.Last-piece.First)
		o := &out[piece.Sentence]
		o.Names = names(path, sure, piece.First, o.Names)
	}

	s.dep = grow(s.dep, l.Rows*c.Arc)
	fill(s.dep, m.arcB, l.Rows)
	m.arc.Mul(s.dep, c.Arc, s.heads, width, l.Rows, true)
	s.pair = grow(s.pair, l.Rows*c.Label)
	for p, piece := range l.Pieces {
		m.heads(s, p, out[piece.Sentence].Tokens[piece.First:piece.Last])
	}
	scores, stride = m.label.scores(s, s.pair, c.Label, l.Rows)
	for p, piece := range l.Pieces {
		tokens := out[piece.Sentence].Tokens[piece.First:piece.Last]
		for i := range tokens {
			t, r := &tokens[i], l.Row(p, i)
			row := scores[r*stride : (r+1)*stride]
			rel, sure := m.rootRel, float32(1)
			if t.Head != i {
				row[m.rootRel] = float32(math.Inf(-1))
				rel, sure = best(&s.powers, row, len(m.rels))
			}
			t.UPOS, t.XPOS, t.Relation = m.tags[s.tag[r]][0], m.tags[s.tag[r]][1], m.rels[rel]
			t.Confidence *= s.sure[r] * sure
			t.Head += piece.First
		}
	}
}

// scores computes a head's last layer for all rows.
func (d *dense) scores(s *scratch, hidden []float32, width, rows int) ([]float32, int) {
	n := len(d.b)
	s.out = grow(s.out, rows*n)
	fill(s.out, d.b, rows)
	d.w.Mul(s.out, n, hidden, width, rows, true)
	return s.out, n
}

// lemmaOf applies the best script that can be applied.
func (m *Model) lemmaOf(word string, scores []float32) string {
	for range 3 {
		at, top := 0, scores[0]
		for i, v := range scores {
			if v > top {
				at, top = i, v
			}
		}
		if lemma, ok := m.scripts[at].Apply(word); ok {
			return lemma
		}
		scores[at] = float32(math.Inf(-1))
	}
	return word
}

// heads finds the tree of a piece and leaves for each word, in s.pair, what its
// relation is told from. Heads are indices within the piece.
func (m *Model) heads(s *scratch, p int, tokens []Token) {
	c, l, n := &m.Config, &s.layout, len(tokens)
	width := c.Heads()
	s.keys, s.deps = grow(s.keys, (n+1)*c.Arc), grow(s.deps, n*c.Arc)
	for i := range n {
		r := l.Row(p, i)
		copy(s.keys[i*c.Arc:], s.heads[r*width+c.Arc:r*width+2*c.Arc])
		copy(s.deps[i*c.Arc:], s.dep[r*c.Arc:(r+1)*c.Arc])
	}
	copy(s.keys[n*c.Arc:], m.arcRoot)
	s.keysT.RepackTransposed(s.keys, c.Arc, n+1, c.Arc)
	stride := Width(n + 1)
	s.arcs = grow(s.arcs, n*stride)
	s.keysT.Mul(s.arcs, stride, s.deps, c.Arc, n, false)
	if cap(s.found) < n {
		s.found = make([]int, n)
	}
	found := s.found[:n]
	s.forest.tree(found, s.arcs, stride)
	for i, h := range found {
		r := l.Row(p, i)
		row := s.arcs[i*stride : i*stride+n+1]
		row[i] = float32(math.Inf(-1))
		tokens[i].Head = h
		from := m.labelTop
		col := n
		if h < 0 {
			tokens[i].Head = i
		} else {
			at := l.Row(p, h)*width + 2*c.Arc + c.Label
			from, col = s.heads[at:at+c.Label], h
		}
		tokens[i].Confidence = share(&s.powers, s.arcs[i*stride:(i+1)*stride], n+1, col)
		dep := s.heads[r*width+2*c.Arc:]
		pair := s.pair[r*c.Label : (r+1)*c.Label]
		for j := range pair {
			v := dep[j] + from[j]
			pair[j] = max(v, slope*v)
		}
	}
}

// share is the probability of one index in a softmax of the first n scores.
func share(room *[]float32, scores []float32, n, at int) float32 {
	top := scores[at]
	for _, v := range scores[:n] {
		top = max(top, v)
	}
	var sum float32
	all := powers(room, scores, n, top)
	for _, p := range all {
		sum += p
	}
	return max(all[at]/sum, 1e-6)
}
