package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/onrecord/onrecord/english/lists"
	"github.com/onrecord/onrecord/english/nn"
)

// Two sentences with everything, one with names only, of different lengths.
func smallCorpus() []*example {
	return []*example{
		{
			words: []string{"Ann", "said", "it", "rained", "in", "Oslo", "."},
			upos:  []string{"PROPN", "VERB", "PRON", "VERB", "ADP", "PROPN", "PUNCT"},
			xpos:  []string{"NNP", "VBD", "PRP", "VBD", "IN", "NNP", "."},
			lemma: []string{"Ann", "say", "it", "rain", "in", "Oslo", "."},
			head:  []int{1, 1, 3, 1, 5, 3, 1},
			rel:   []string{"nsubj", "root", "nsubj", "ccomp", "case", "obl", "punct"},
			names: []int{nn.NameTag(nn.Person, 0, 1), 0, 0, 0, 0, nn.NameTag(nn.Place, 0, 1), 0},
			tree:  true, nameFor: 1,
		},
		{
			words: []string{"Red", "Cross", "doctors", "left"},
			upos:  []string{"PROPN", "PROPN", "NOUN", "VERB"},
			xpos:  []string{"NNP", "NNP", "NNS", "VBD"},
			lemma: []string{"Red", "Cross", "doctor", "leave"},
			head:  []int{1, 2, 3, 3},
			rel:   []string{"amod", "compound", "nsubj", "root"},
			names: []int{nn.NameTag(nn.Organisation, 0, 2), nn.NameTag(nn.Organisation, 1, 2), 0, 0},
			tree:  true, nameFor: 0.5,
		},
		{words: []string{"In", "Oslo"}, names: []int{0, nn.NameTag(nn.Place, 0, 1)}, nameFor: 1},
	}
}

func smallNetwork(examples []*example) *network {
	words, tags, rels, scripts := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, e := range examples {
		for i, w := range e.words {
			words[nn.WordKey(w)]++
			if e.tree {
				tags[e.upos[i]+" "+e.xpos[i]]++
				rels[e.rel[i]]++
				scripts[nn.ScriptOf(w, e.lemma[i]).String()]++
			}
		}
	}
	c := nn.Config{Word: 32, Sub: 32, Vec: 32, Buckets: 50, Hidden: 32, Arc: 32, Label: 32, Tag: 32, Name: 32, Lists: lists.Marks}
	r := rand.New(rand.NewPCG(3, 3))
	v := &vectors{lexicon: nn.NewLexicon([]string{"oslo", "it"}, []int{0, 1}), rows: make([]float32, 2*c.Vec)}
	for i := range v.rows {
		v.rows[i] = float32(r.NormFloat64())
	}
	n := newNetwork(c, often(words, 1), often(tags, 1), often(rels, 1), often(scripts, 1), v, 5)
	known, err := lists.Load()
	if err != nil {
		panic(err)
	}
	n.lists = known
	return n
}

func (n *network) packAll() {
	for _, p := range n.all {
		if !p.sparse {
			p.pack()
		}
	}
}

// The gradient that is computed is the one that small changes of the weights show,
// for some numbers of every parameter.
func TestGradientIsTheSlopeOfTheLoss(t *testing.T) {
	examples := smallCorpus()
	n := smallNetwork(examples)
	r := rand.New(rand.NewPCG(4, 4))
	for _, p := range n.all { // biases and transitions too must matter
		for i := range p.rows {
			for j := range p.row(i) {
				p.w[i*p.stride+j] += float32(r.NormFloat64() * 0.1)
			}
		}
	}
	w := &worker{n: n, plain: true, random: r}
	loss := func() float64 {
		n.packAll()
		w.loss = losses{}
		w.run(examples)
		l := w.loss
		return l.tag*weightTag + l.lemma*weightLemma + l.arc*weightArc + l.label*weightLabel + l.name
	}
	// chainLoss returns a loss without its weight: here all names count alike.
	for _, e := range examples {
		e.nameFor = 1
	}
	loss()
	type probe struct {
		p    *param
		i    int
		want float64
	}
	var probes []probe
	for _, p := range n.all {
		for range 12 {
			i := r.IntN(p.rows)*p.stride + r.IntN(p.cols)
			if p.sparse {
				for _, row := range p.touched[0].rows { // any row in use
					i = int(row)*p.stride + r.IntN(p.cols)
				}
			}
			probes = append(probes, probe{p, i, float64(p.grad[0][i])})
		}
	}
	const step = 1e-3
	for _, q := range probes {
		before := q.p.w[q.i]
		q.p.w[q.i] = before + step
		up := loss()
		q.p.w[q.i] = before - step
		down := loss()
		q.p.w[q.i] = before
		got := (up - down) / (2 * step)
		if math.Abs(got-q.want) > 2e-2+0.03*math.Abs(got) {
			t.Errorf("%s[%d]: gradient %.4f, slope %.4f", q.p.name, q.i, q.want, got)
		}
	}
}
