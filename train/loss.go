package main

import (
	"math"

	"github.com/onrecord/onrecord/english/nn"
)

// softmaxLoss turns scores into the gradient of the loss, in place, and returns the
// loss of the right class.
func softmaxLoss(scores []float32, right int, weight float32) float64 {
	top := scores[0]
	for _, v := range scores[1:] {
		top = max(top, v)
	}
	var sum float32
	for i, v := range scores {
		e := exp32(v - top)
		scores[i] = e
		sum += e
	}
	p := scores[right] / sum
	scale := weight / sum
	for i := range scores {
		scores[i] *= scale
	}
	scores[right] -= weight
	return -math.Log(max(float64(p), 1e-30))
}

// exp32 is e to a number not above 0, within 1e-6 of it.
func exp32(x float32) float32 {
	if x < -80 {
		return 0
	}
	x *= 1.4426950408889634
	n := float32(int32(x - 0.5))
	f := (x - n) * 0.6931471805599453
	p := 1 + f*(1+f*(0.5+f*(1./6+f*(1./24+f*(1./120)))))
	return p * math.Float32frombits(uint32(int32(n)+127)<<23)
}

// Weights of the parts of the loss.
const (
	weightTag, weightLemma, weightArc, weightLabel, weightName = 1, 0.3, 1, 0.7, 1
)

// classify adds the loss of a softmax head to the gradients: right says the class
// of a row, -1 for none.
func (w *worker) classify(d dense, hiddenAt int, weight float32, right func(e *example, i int) int) float64 {
	l, width := &w.layout, w.n.config.Heads()
	stride := d.w.stride
	w.out = grow(w.out, l.Rows*stride)
	fill(w.out, d.b.w, l.Rows)
	d.w.forward.Mul(w.out, stride, w.heads[hiddenAt:], width, l.Rows, true)
	var loss float64
	for p, piece := range l.Pieces {
		e := w.examples[piece.Sentence]
		for i := range e.words {
			row := w.out[l.Row(p, i)*stride:][:stride]
			if class := right(e, i); class >= 0 {
				loss += softmaxLoss(row[:d.w.cols], class, weight)
				clear(row[d.w.cols:])
			} else {
				clear(row)
			}
		}
	}
	w.outer(d.w, w.heads[hiddenAt:], width, w.out, stride, l.Rows)
	w.sumColumns(d.b, w.out, stride, l.Rows)
	d.w.backward.Mul(w.dHeads[hiddenAt:], width, w.out, stride, l.Rows, true)
	return loss
}

func (w *worker) lossTags() {
	n, c := w.n, w.n.config
	at := 2*c.Arc + 2*c.Label
	w.loss.words += float64(w.layout.Rows)
	w.loss.tag += w.classify(n.tag, at, weightTag, func(e *example, i int) int {
		if !e.tree {
			return -1
		}
		return n.tagOf(e.upos[i], e.xpos[i])
	})
	w.loss.lemma += w.classify(n.lemma, at, weightLemma, func(e *example, i int) int {
		if !e.tree || e.lemma[i] == "_" {
			return -1
		}
		return n.scriptOf(e.words[i], e.lemma[i])
	})
}

func (n *network) tagOf(upos, xpos string) int {
	if i, ok := n.tagIDs[upos+" "+xpos]; ok {
		return i
	}
	return -1
}

func (n *network) scriptOf(word, lemma string) int {
	if i, ok := n.scriptIDs[nn.ScriptOf(word, lemma).String()]; ok {
		return i
	}
	return -1
}

// lossTrees adds the losses of heads and relations.
func (w *worker) lossTrees() {
	n, l, c := w.n, &w.layout, w.n.config
	width := c.Heads()
	relAt := 2 * c.Arc
	// Heads: (dependent · U + b) · head.
	w.dep, w.dDep = grow(w.dep, l.Rows*c.Arc), zero(w.dDep, l.Rows*c.Arc)
	fill(w.dep, n.arcB.w, l.Rows)
	n.arc.forward.Mul(w.dep, c.Arc, w.heads, width, l.Rows, true)
	w.pair, w.pairMask = zero(w.pair, l.Rows*c.Label), grow(w.pairMask, l.Rows*c.Label)
	if cap(w.headRow) < l.Rows {
		w.headRow = make([]int32, 2*l.Rows)
	}
	for p, piece := range l.Pieces {
		e := w.examples[piece.Sentence]
		for i := range e.words {
			w.headRow[l.Row(p, i)] = -2
		}
		if e.tree {
			w.arcs(p, e)
		}
	}
	w.outer(n.arc, w.heads, width, w.dDep, c.Arc, l.Rows)
	w.sumColumns(n.arcB, w.dDep, c.Arc, l.Rows)
	n.arc.backward.Mul(w.dHeads, width, w.dDep, c.Arc, l.Rows, true)

	// Relations, given the right heads.
	w.mask(w.pairMask, dropHidden)
	for r := range l.Rows {
		h := w.headRow[r]
		if h == -2 {
			continue
		}
		from := n.relRoot.w[:c.Label]
		if h >= 0 {
			from = w.heads[int(h)*width+relAt+c.Label:][:c.Label]
		}
		dep := w.heads[r*width+relAt:][:c.Label]
		pair, m := w.pair[r*c.Label:][:c.Label], w.pairMask[r*c.Label:][:c.Label]
		for j := range pair {
			v := dep[j] + from[j]
			scale := m[j]
			if v < 0 {
				m[j] *= slope
				scale *= slope
			}
			pair[j] = v * scale
		}
	}
	stride := n.label.w.stride
	w.out = grow(w.out, l.Rows*stride)
	fill(w.out, n.label.b.w, l.Rows)
	n.label.w.forward.Mul(w.out, stride, w.pair, c.Label, l.Rows, true)
	for p, piece := range l.Pieces {
		e := w.examples[piece.Sentence]
		for i := range e.words {
			row := w.out[l.Row(p, i)*stride:][:stride]
			class := -1
			if e.tree {
				if id, ok := n.relIDs[e.rel[i]]; ok {
					class = id
				}
			}
			if class < 0 || e.head[i] == i {
				clear(row) // the root's relation is given
				continue
			}
			w.loss.label += softmaxLoss(row[:n.label.w.cols], class, weightLabel)
			clear(row[n.label.w.cols:])
		}
	}
	w.outer(n.label.w, w.pair, c.Label, w.out, stride, l.Rows)
	w.sumColumns(n.label.b, w.out, stride, l.Rows)
	w.dPair = grow(w.dPair, l.Rows*c.Label)
	n.label.w.backward.Mul(w.dPair, c.Label, w.out, stride, l.Rows, false)
	for r := range l.Rows {
		h := w.headRow[r]
		if h == -2 {
			continue
		}
		to := n.relRoot.grad[w.id][:c.Label]
		if h >= 0 {
			to = w.dHeads[int(h)*width+relAt+c.Label:][:c.Label]
		}
		dep := w.dHeads[r*width+relAt:][:c.Label]
		for j, m := range w.pairMask[r*c.Label:][:c.Label] {
			d := w.dPair[r*c.Label+j] * m
			dep[j] += d
			to[j] += d
		}
	}
}

// arcs adds the loss of one sentence's heads.
func (w *worker) arcs(p int, e *example) {
	n, l, c, s := w.n, &w.layout, w.n.config, &w.sc
	width, words := c.Heads(), len(e.words)
	s.keys, s.deps = grow(s.keys, (words+1)*c.Arc), grow(s.deps, words*c.Arc)
	for i := range words {
		r := l.Row(p, i)
		copy(s.keys[i*c.Arc:], w.heads[r*width+c.Arc:r*width+2*c.Arc])
		copy(s.deps[i*c.Arc:], w.dep[r*c.Arc:(r+1)*c.Arc])
	}
	copy(s.keys[words*c.Arc:], n.arcRoot.w[:c.Arc])
	stride := nn.Width(words + 1)
	s.arcs = grow(s.arcs, words*stride)
	s.packed.RepackTransposed(s.keys, c.Arc, words+1, c.Arc)
	s.packed.Mul(s.arcs, stride, s.deps, c.Arc, words, false)
	for i := range words {
		row := s.arcs[i*stride : i*stride+words+1]
		right := e.head[i]
		w.headRow[l.Row(p, i)] = -1
		if right == i {
			right = words
		} else {
			w.headRow[l.Row(p, i)] = int32(l.Row(p, right))
		}
		row[i] = -1e30
		w.loss.arc += softmaxLoss(row, right, weightArc)
		clear(s.arcs[i*stride+words+1 : (i+1)*stride])
	}
	// dDeps = dS · keys, dKeys = dSᵀ · deps.
	s.dDeps, s.dKeys = grow(s.dDeps, words*c.Arc), zero(s.dKeys, (words+1)*c.Arc)
	s.packed.Repack(s.keys, words+1, c.Arc, c.Arc)
	s.packed.Mul(s.dDeps, c.Arc, s.arcs, stride, words, false)
	s.packed.Repack(s.deps, words, c.Arc, c.Arc)
	w.turned = grow(w.turned, (words+1)*words)
	for i := range words {
		for j, v := range s.arcs[i*stride : i*stride+words+1] {
			w.turned[j*words+i] = v
		}
	}
	s.packed.Mul(s.dKeys, c.Arc, w.turned, words, words+1, false)
	for i := range words {
		r := l.Row(p, i)
		copy(w.dDep[r*c.Arc:(r+1)*c.Arc], s.dDeps[i*c.Arc:(i+1)*c.Arc])
		to := w.dHeads[r*width+c.Arc:]
		for j, v := range s.dKeys[i*c.Arc : (i+1)*c.Arc] {
			to[j] += v
		}
	}
	g := n.arcRoot.grad[w.id]
	for j, v := range s.dKeys[words*c.Arc:][:c.Arc] {
		g[j] += v
	}
}

// lossNames adds the loss of the linear chain: the logarithm of the share of the
// right path among all that sequences of names allow.
func (w *worker) lossNames() {
	n, l, c := w.n, &w.layout, w.n.config
	width, at := c.Heads(), c.Heads()-c.Name
	d := n.name
	stride := d.w.stride
	w.out = grow(w.out, l.Rows*stride)
	fill(w.out, d.b.w, l.Rows)
	d.w.forward.Mul(w.out, stride, w.heads[at:], width, l.Rows, true)
	for p, piece := range l.Pieces {
		e := w.examples[piece.Sentence]
		row := func(i int) []float32 { return w.out[l.Row(p, i)*stride:][:stride] }
		if e.nameFor == 0 {
			for i := range e.words {
				clear(row(i))
			}
			continue
		}
		w.loss.name += chainLoss(n.crf, n.crf.grad[w.id], row, e.names, e.nameFor*weightName)
	}
	w.outer(d.w, w.heads[at:], width, w.out, stride, l.Rows)
	w.sumColumns(d.b, w.out, stride, l.Rows)
	d.w.backward.Mul(w.dHeads[at:], width, w.out, stride, l.Rows, true)
}

// chainLoss computes forward and backward sums in logarithms' place by scaling, as in
// package nn, and turns rows of scores into their gradients.
func chainLoss(crf *param, grad []float32, row func(i int) []float32, tags []int, weight float32) float64 {
	const k = nn.NameTags
	words := len(tags)
	var first, last [k]float64
	var step [k][k]float64
	for b := range k {
		if nn.Follows(-1, b) {
			first[b] = math.Exp(float64(crf.row(0)[b]))
		}
		if nn.Follows(b, -1) {
			last[b] = math.Exp(float64(crf.row(1)[b]))
		}
		for a := range k {
			if nn.Follows(a, b) {
				step[a][b] = math.Exp(float64(crf.row(2 + a)[b]))
			}
		}
	}
	score := make([][k]float64, words)
	alpha, beta := make([][k]float64, words), make([][k]float64, words)
	var logZ, right float64
	for i := range words {
		r := row(i)
		top := r[0]
		for _, v := range r[1:k] {
			top = max(top, v)
		}
		logZ += float64(top)
		right += float64(r[tags[i]])
		var total float64
		for b := range k {
			score[i][b] = math.Exp(float64(r[b] - top))
			if i == 0 {
				alpha[i][b] = first[b]
			} else {
				for a := range k {
					alpha[i][b] += alpha[i-1][a] * step[a][b]
				}
			}
			alpha[i][b] *= score[i][b]
			total += alpha[i][b]
		}
		total = max(total, 1e-200)
		for b := range k {
			alpha[i][b] /= total
		}
		logZ += math.Log(total)
	}
	right += float64(crf.row(0)[tags[0]]) + float64(crf.row(1)[tags[words-1]])
	var total float64
	for b := range k {
		beta[words-1][b] = last[b]
		total += alpha[words-1][b] * last[b]
	}
	logZ += math.Log(max(total, 1e-200))
	stride := crf.stride
	for i := words - 1; i >= 0; i-- {
		var z float64
		for b := range k {
			z += alpha[i][b] * beta[i][b]
		}
		z = max(z, 1e-200)
		r := row(i)
		clear(r)
		for b := range k {
			p := float32(alpha[i][b] * beta[i][b] / z)
			r[b] = p * weight
			if i == 0 {
				grad[b] += p * weight
			}
			if i == words-1 {
				grad[stride+b] += p * weight
			}
		}
		r[tags[i]] -= weight
		if i == 0 {
			grad[tags[0]] -= weight
		}
		if i == words-1 {
			grad[stride+tags[i]] -= weight
		}
		if i == 0 {
			break
		}
		right += float64(crf.row(2 + tags[i-1])[tags[i]])
		// Pairs of tags, and the sums for the word before.
		var pairs [k][k]float64
		var all, most float64
		for a := range k {
			var sum float64
			for b := range k {
				if step[a][b] == 0 {
					continue
				}
				v := step[a][b] * score[i][b] * beta[i][b]
				sum += v
				pairs[a][b] = alpha[i-1][a] * v
				all += pairs[a][b]
			}
			beta[i-1][a] = sum
			most = max(most, sum)
		}
		most, all = max(most, 1e-200), max(all, 1e-200)
		for a := range k {
			beta[i-1][a] /= most
			for b := range k {
				if pairs[a][b] != 0 {
					grad[(2+a)*stride+b] += float32(pairs[a][b]/all) * weight
				}
			}
		}
		grad[(2+tags[i-1])*stride+tags[i]] -= weight
	}
	return logZ - right
}
