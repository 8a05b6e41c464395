package main

import (
	"math/rand/v2"

	"github.com/onrecord/onrecord/english/lists"
	"github.com/onrecord/onrecord/english/nn"
)

// network is what is learned. Names and shapes of parameters are those of a model
// file; see nn.New.
type network struct {
	config    nn.Config
	words     []string
	ids       map[string]int32
	tags      []string
	tagIDs    map[string]int
	rels      []string
	relIDs    map[string]int
	scripts   []string
	scriptIDs map[string]int
	lexicon   nn.Lexicon
	lists     *lists.Lists
	vec       []float32 // fixed vectors, not learned
	vecRows   int

	word, sub        *param
	lower, upper     lstm
	headsY, headsX   *param
	headsB           *param
	listRows         *param
	arc, arcB        *param
	arcRoot, relRoot *param
	label, tag       dense
	lemma, name      dense
	crf              *param
	all              []*param
}

type lstm struct {
	w, b *param
	rec  [2]*param
}

type dense struct{ w, b *param }

func newNetwork(c nn.Config, words, tags, rels, scripts []string, vectors *vectors, seed uint64) *network {
	r := rand.New(rand.NewPCG(seed, 0))
	n := &network{config: c, words: words, tags: tags, rels: rels, scripts: scripts}
	n.ids = map[string]int32{}
	for i, w := range words {
		n.ids[w] = int32(i + 1)
	}
	n.tagIDs, n.relIDs, n.scriptIDs = index(tags), index(rels), index(scripts)
	n.lexicon, n.vec, n.vecRows = vectors.lexicon, vectors.rows, len(vectors.rows)/c.Vec

	add := func(p *param) *param { n.all = append(n.all, p); return p }
	n.word = add(newParam("word", len(words)+1, c.Word).table().normal(r, 0.1))
	n.sub = add(newParam("sub", c.Buckets, c.Sub).table().normal(r, 0.05))
	layer := func(name string, in int) lstm {
		l := lstm{w: add(newParam(name+".w", in, 8*c.Hidden).glorot(r)), b: add(newParam(name+".b", 1, 8*c.Hidden))}
		for way := range 2 {
			for u := range c.Hidden { // forget gates start open
				l.b.w[way*4*c.Hidden+c.Hidden+u] = 1
			}
			l.rec[way] = add(newParam(name+[]string{".forward", ".backward"}[way], c.Hidden, 4*c.Hidden).orthogonal(r))
		}
		return l
	}
	n.lower = layer("lower", c.In())
	n.upper = layer("upper", 2*c.Hidden)
	n.headsY = add(newParam("heads.y", 2*c.Hidden, c.Heads()).normal(r, 0.06))
	n.headsX = add(newParam("heads.x", c.In(), c.Tag+c.Name).normal(r, 0.05))
	n.headsB = add(newParam("heads.b", 1, c.Heads()))
	n.listRows = add(newParam("heads.lists", c.Lists, c.Tag+c.Name))
	n.arc = add(newParam("arc.w", c.Arc, c.Arc).normal(r, 0.03))
	n.arcB = add(newParam("arc.b", 1, c.Arc))
	n.arcRoot = add(newParam("arc.root", 1, c.Arc).normal(r, 0.1))
	n.relRoot = add(newParam("label.root", 1, c.Label).normal(r, 0.1))
	head := func(name string, in, out int) dense {
		return dense{add(newParam(name+".w", in, out).glorot(r)), add(newParam(name+".b", 1, out))}
	}
	n.label = head("label", c.Label, len(rels))
	n.tag = head("tag", c.Tag, len(tags))
	n.lemma = head("lemma", c.Tag, len(scripts))
	n.name = head("name", c.Name, nn.NameTags)
	n.crf = add(newParam("crf", nn.NameTags+2, nn.NameTags))
	for _, p := range n.all {
		copy(p.avg, p.w)
	}
	return n
}

func index(list []string) map[string]int {
	m := make(map[string]int, len(list))
	for i, s := range list {
		m[s] = i
	}
	return m
}

// file is the model as it ships: averaged weights, tables in bytes, matrices in halves.
func (n *network) file(averaged bool, about map[string]string) *nn.File {
	f := &nn.File{
		Config: n.config, About: about, Words: n.words, Tags: n.tags, Relations: n.rels, Scripts: n.scripts, Lexicon: n.lexicon,
	}
	for _, p := range n.all {
		if p.rows == 0 {
			continue
		}
		t := &nn.Tensor{Name: p.name, Rows: p.rows, Cols: p.cols, Storage: nn.Float16}
		switch {
		case p.sparse:
			t.Storage = nn.Int8
		case p.rows == 1 || p == n.crf:
			t.Storage = nn.Float32
		}
		from := p.w
		if averaged {
			from = p.avg
		}
		for r := range p.rows {
			t.Data = append(t.Data, from[r*p.stride:r*p.stride+p.cols]...)
		}
		f.Tensors = append(f.Tensors, t)
	}
	f.Tensors = append(f.Tensors, &nn.Tensor{Name: "vec", Rows: n.vecRows, Cols: n.config.Vec, Storage: nn.Int8, Data: n.vec})
	return f
}
