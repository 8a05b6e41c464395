package main

import (
	"math/bits"
	"math/rand/v2"

	"github.com/onrecord/onrecord/english/lists"
	"github.com/onrecord/onrecord/english/nn"
)

// slope is what is left of negative numbers in hidden units, as in package nn.
const slope = 0.1

// Shares that are dropped while training.
const (
	dropWord   = 0.2  // a word's own embedding, whole
	dropSub    = 0.1  // its sub-words, whole
	dropVec    = 0.1  // its fixed vector, whole
	dropIn     = 0.15 // numbers of an input
	dropLayer  = 0.33 // outputs of a layer, the same for all words of a sentence
	dropRec    = 0.2  // what a layer tells its next step, the same for all words
	dropHidden = 0.33 // hidden units of heads
	dropLists  = 0.15 // what lists of names say of a sentence
)

// worker computes gradients for its share of a batch.
type worker struct {
	n      *network
	id     int
	random *rand.Rand
	plain  bool // drop nothing

	layout   nn.Layout
	examples []*example
	wordID   []int32
	subs     [][]uint32
	marks    []lists.Mark // a row each
	entries  []lists.Mark // of one sentence
	x, xMask []float32
	lowerS   lstmState
	upperS   lstmState
	heads    []float32 // after leak and dropout
	hMask    []float32 // 0 or the scale of dropout
	dHeads   []float32
	dx       []float32
	dep      []float32 // arc dependents times the matrix
	dDep     []float32
	out      []float32
	pair     []float32
	dPair    []float32
	pairMask []float32
	headRow  []int32 // row of the gold head, -1 root, -2 no tree
	tmp      nn.Packed
	turned   []float32
	sc       sentenceScratch
	loss     losses
}

type sentenceScratch struct {
	keys, deps, arcs, dKeys, dDeps []float32
	packed                         nn.Packed
}

// losses are summed over words.
type losses struct {
	words, tag, lemma, arc, label, name float64
}

func (a *losses) add(b losses) {
	a.words += b.words
	a.tag += b.tag
	a.lemma += b.lemma
	a.arc += b.arc
	a.label += b.label
	a.name += b.name
}

// lstmState is what a layer remembers between forward and backward.
type lstmState struct {
	in       int
	x        []float32
	gates    []float32
	cell, tc []float32
	y        []float32
	before   []float32 // what the step before told, masked: a row for each word, both ways
	recMask  []float32 // a row for each sentence, both ways
	outMask  []float32 // a row for each sentence
	yd       []float32 // outputs after dropout
	dY, dX   []float32
	dG, dh   []float32
	dc       []float32
}

func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	return s[:n]
}

func zero(s []float32, n int) []float32 {
	s = grow(s, n)
	clear(s)
	return s
}

// mask fills s with zeros, a share of them, and a scale that makes up for it.
func (w *worker) mask(s []float32, share float32) {
	if w.plain {
		share = 0
	}
	keep := 1 / (1 - share)
	limit := uint32(float64(share) * (1 << 32))
	for i := range s {
		s[i] = keep
		if w.random.Uint32() < limit {
			s[i] = 0
		}
	}
}

// drop decides whether something is dropped.
func (w *worker) drop(share float32) bool { return w.random.Float32() < share && !w.plain }

// run adds the gradients of examples to the worker's own.
func (w *worker) run(examples []*example) {
	n := w.n
	c := n.config
	pieces := make([]nn.Piece, len(examples))
	for i, e := range examples {
		pieces[i] = nn.Piece{Sentence: i, First: 0, Last: len(e.words)}
	}
	w.layout.Reset(pieces)
	w.examples = examples
	l := &w.layout
	w.embed()

	w.forward(&n.lower, &w.lowerS, w.x, c.In())
	w.forward(&n.upper, &w.upperS, w.lowerS.yd, 2*c.Hidden)

	width := c.Heads()
	hidden := width - c.Tag - c.Name
	w.heads, w.hMask, w.dHeads = grow(w.heads, l.Rows*width), grow(w.hMask, l.Rows*width), zero(w.dHeads, l.Rows*width)
	fill(w.heads, n.headsB.w, l.Rows)
	n.headsY.forward.Mul(w.heads, width, w.upperS.yd, 2*c.Hidden, l.Rows, true)
	n.headsX.forward.Mul(w.heads[hidden:], width, w.x, c.In(), l.Rows, true)
	for r := range l.Rows { // kinds of list entries
		nn.AddRows(w.heads[r*width+hidden:(r+1)*width], n.listRows.w[:n.listRows.rows*(c.Tag+c.Name)], w.marks[r])
	}
	w.mask(w.hMask, dropHidden)
	for r := range l.Rows {
		row, m := w.heads[r*width:(r+1)*width], w.hMask[r*width:(r+1)*width]
		for i, v := range row {
			if i >= 2*c.Arc && i < hidden { // relations: dropped after the sum
				m[i] = 1
				continue
			}
			keep := m[i]
			if v < 0 {
				v *= slope
				m[i] *= slope
			}
			v *= keep
			row[i] = v
		}
	}
	w.lossTags()
	w.lossNames()
	w.lossTrees()

	// Back through the heads.
	for i, m := range w.hMask[:l.Rows*width] {
		w.dHeads[i] *= m
	}
	w.sumColumns(n.headsB, w.dHeads, width, l.Rows)
	for r := range l.Rows {
		for mark := w.marks[r]; mark != 0; mark &= mark - 1 {
			g := n.listRows.grad[w.id][bits.TrailingZeros(uint(mark))*n.listRows.stride:]
			for i, v := range w.dHeads[r*width+hidden : (r+1)*width] {
				g[i] += v
			}
		}
	}
	w.outer(n.headsY, w.upperS.yd, 2*c.Hidden, w.dHeads, width, l.Rows)
	w.outer(n.headsX, w.x, c.In(), w.dHeads[hidden:], width, l.Rows)
	w.upperS.dY = grow(w.upperS.dY, l.Rows*2*c.Hidden)
	n.headsY.backward.Mul(w.upperS.dY, 2*c.Hidden, w.dHeads, width, l.Rows, false)
	w.backward(&n.upper, &w.upperS)
	w.lowerS.dY = w.upperS.dX
	w.backward(&n.lower, &w.lowerS)
	w.dx = w.lowerS.dX
	n.headsX.backward.Mul(w.dx, c.In(), w.dHeads[hidden:], width, l.Rows, true)
	w.embedBackward()
}

func fill(to, row []float32, rows int) {
	for r := range rows {
		copy(to[r*len(row):(r+1)*len(row)], row)
	}
}

// outer adds AᵀD to a parameter's gradient, for rows of A and D.
func (w *worker) outer(p *param, a []float32, lda int, d []float32, ldd, rows int) {
	if rows == 0 {
		return
	}
	w.turned = grow(w.turned, p.rows*rows)
	for r := range rows {
		for i, v := range a[r*lda : r*lda+p.rows] {
			w.turned[i*rows+r] = v
		}
	}
	w.tmp.Repack(d, rows, p.cols, ldd)
	w.tmp.Mul(p.grad[w.id], p.stride, w.turned, rows, p.rows, true)
}

// sumColumns adds the sums of columns to a bias's gradient.
func (w *worker) sumColumns(p *param, d []float32, ldd, rows int) {
	g := p.grad[w.id][:p.cols]
	for r := range rows {
		for i, v := range d[r*ldd : r*ldd+p.cols] {
			g[i] += v
		}
	}
}

func (w *worker) embed() {
	n, l := w.n, &w.layout
	c := n.config
	in := c.In()
	w.x, w.xMask = zero(w.x, l.Rows*in), grow(w.xMask, l.Rows*in)
	w.mask(w.xMask, dropIn)
	if cap(w.wordID) < l.Rows {
		w.wordID = make([]int32, l.Rows*2)
		w.subs = append(w.subs, make([][]uint32, l.Rows*2-len(w.subs))...)
	}
	w.marks = append(w.marks[:0], make([]lists.Mark, l.Rows)...)
	for p, piece := range l.Pieces {
		e := w.examples[piece.Sentence]
		if n.lists != nil && !w.drop(dropLists) {
			w.entries = n.lists.Mark(e.words, w.entries[:0])
			for i, v := range w.entries {
				w.marks[l.Row(p, i)] = v
			}
		}
		for i, word := range e.words {
			r := l.Row(p, i)
			x := w.x[r*in : (r+1)*in]
			key := nn.WordKey(word)
			id := n.ids[key]
			if w.drop(dropWord) {
				id = 0
			}
			w.wordID[r] = id
			copy(x, n.word.row(int(id)))
			w.subs[r] = w.subs[r][:0]
			if !w.drop(dropSub) {
				w.subs[r] = nn.Subwords(word, c.Buckets, w.subs[r])
				sum := x[c.Word : c.Word+c.Sub]
				for _, b := range w.subs[r] {
					for j, v := range n.sub.row(int(b)) {
						sum[j] += v
					}
				}
			}
			if row := n.lexicon.Row(key); row >= 0 && !w.drop(dropVec) {
				copy(x[c.Word+c.Sub:], n.vec[row*c.Vec:(row+1)*c.Vec])
			}
		}
	}
	for i, m := range w.xMask[:l.Rows*in] {
		w.x[i] *= m
	}
}

func (w *worker) embedBackward() {
	n, l := w.n, &w.layout
	c := n.config
	in := c.In()
	for i, m := range w.xMask[:l.Rows*in] {
		w.dx[i] *= m
	}
	for r := range l.Rows {
		d := w.dx[r*in : (r+1)*in]
		id := w.wordID[r]
		n.word.touch(w.id, id)
		for j, v := range d[:c.Word] {
			n.word.grad[w.id][int(id)*n.word.stride+j] += v
		}
		ds := d[c.Word : c.Word+c.Sub]
		for _, b := range w.subs[r] {
			n.sub.touch(w.id, int32(b))
			g := n.sub.gradRow(w.id, int(b))
			for j, v := range ds {
				g[j] += v
			}
		}
	}
}
