package who

import (
	"math"

	"github.com/onrecord/onrecord"
)

// Example is a text whose coreference is known, to fit the ranker on.
type Example struct {
	Text       *onrecord.Text // analysed as [Resolver.Clusters] takes it
	Statements []onrecord.Statement
	Clusters   [][]onrecord.Span
	Singletons bool // mentions that stand in no cluster go back to nobody; else they are not known

	// Pronoun, if not empty, is the only mention to learn from. It goes back to
	// Yes or, where that is empty, to nothing known; to No it does not go back.
	Pronoun onrecord.Span
	Yes, No []onrecord.Span
	Weight  float32 // of each decision; 0 is 1
}

// Fitting is how weights are found: AdaGrad on the likelihood of all right
// antecedents together, wrong ones weighed by their cost (Durrett and Klein 2013,
// section 3). The same examples in the same order give the same weights.
type Fitting struct {
	Header string // of the model; see who/model.go
	Epochs int
	Report func(epoch int, loss float64)
}

// Costs of a wrong link, of a missed one, and of linking what is new; the pace of
// learning, and how fast weights decay. Chosen on GUM's development part and on
// half of GAP's.
const (
	wrongLink = 1.0
	missed    = 2.5
	falseLink = 0.4
	rate      = 0.03
	decay     = 0.005
)

// Fit returns the model's file.
func (r *Resolver) Fit(examples []Example, f Fitting) []byte {
	weights := make([]float32, tableSize)
	squares := make([]float32, tableSize)
	sums := make([]float32, tableSize) // for the mean of the last epochs
	readers := make([]*reader, len(examples))
	golds := make([][]int, len(examples))
	for i := range examples {
		readers[i] = r.mentions(examples[i].Text)
		golds[i] = examples[i].gold(readers[i])
	}
	averaged := 0
	for epoch := range f.Epochs {
		loss, n := 0.0, 0
		for i := range examples {
			l, k := r.learn(&examples[i], readers[i], golds[i], weights, squares)
			loss += l
			n += k
		}
		if epoch >= f.Epochs/2 {
			averaged++
			for i, w := range weights {
				sums[i] += w
			}
		}
		if f.Report != nil {
			f.Report(epoch+1, loss/float64(max(n, 1)))
		}
	}
	for i := range sums {
		sums[i] /= float32(max(averaged, 1))
	}
	return encodeModel(f.Header, sums)
}

// gold is the cluster of each mention, counted from 1; 0 for none, -1 for unknown.
func (e *Example) gold(d *reader) []int {
	bySpan, byHead := map[onrecord.Span]int{}, map[int]int{}
	width := map[int]int{}
	for n, k := range e.Clusters {
		for _, s := range k {
			bySpan[s] = n + 1
			first := d.text.TokenAt(s.Start)
			head := -1
			for i := first; i < len(d.text.Tokens) && d.text.Tokens[i].Span.Start < s.End; i++ {
				if h := d.text.Tokens[i].Head; h == i || h >= 0 && (d.text.Tokens[h].Span.Start < s.Start || d.text.Tokens[h].Span.Start >= s.End) {
					head = i
					break
				}
			}
			if head >= 0 && s.Len() > width[head] {
				byHead[head], width[head] = n+1, s.Len()
			}
		}
	}
	out := make([]int, len(d.mentions))
	for i := range d.mentions {
		m := &d.mentions[i]
		if n, ok := bySpan[m.span]; ok {
			out[i] = n
		} else if n, ok := byHead[m.head]; ok && !m.joint {
			out[i] = n
		} else if !e.Singletons {
			out[i] = -1
		}
	}
	return out
}

// learn goes through a text once, and returns the loss and the number of decisions.
func (r *Resolver) learn(e *Example, d *reader, gold []int, weights, squares []float32) (loss float64, n int) {
	c := newChains(d)
	c.certain(e.Statements)
	k := &ranker{chains: c}
	var p, q []float64
	var right []bool
	scale := e.Weight
	if scale == 0 {
		scale = 1
	}
	for i := range c.mentions {
		if c.asks(i) {
			choices := k.gather(i)
			if len(choices) > 1 {
				score(choices, weights)
				p = probabilities(choices, p)
				best := k.best(choices, p)
				if e.teaches(c, gold, i) {
					right = e.right(c, gold, i, choices, right[:0])
					loss += step(choices, right, &p, &q, weights, squares, scale)
					n++
				}
				if best > 0 {
					c.join(i, choices[best].mention, "ranked", 0)
				}
			}
		}
		c.note(i)
	}
	return loss, n
}

// teaches tells mentions whose antecedent is known.
func (e *Example) teaches(c *chains, gold []int, i int) bool {
	if !e.Pronoun.Empty() {
		return c.mentions[i].span == e.Pronoun
	}
	return gold[i] >= 0
}

// right marks the choices that are right; all false where nothing is known.
func (e *Example) right(c *chains, gold []int, i int, choices []choice, out []bool) []bool {
	if !e.Pronoun.Empty() {
		for _, ch := range choices {
			out = append(out, ch.mention >= 0 && e.names(c, ch.mention, e.Yes))
		}
		if len(e.Yes) == 0 { // everything but the names that are wrong
			for n, ch := range choices {
				out[n] = ch.mention < 0 || !e.names(c, ch.mention, e.No)
			}
		}
		return out
	}
	known := false
	for _, ch := range choices {
		ok := ch.mention >= 0 && gold[i] > 0 && gold[ch.mention] == gold[i]
		known = known || ok
		out = append(out, ok)
	}
	if !known {
		out[0] = true
	}
	return out
}

// names tells whether a mention, or one of its chain, has its head in one of the spans.
func (e *Example) names(c *chains, i int, spans []onrecord.Span) bool {
	for _, m := range c.all[c.chain(i)].mentions {
		if spans != nil && c.mentions[m].pronoun == nil {
			head := c.text.Tokens[c.mentions[m].head].Span
			for _, s := range spans {
				if s.Contains(head) {
					return true
				}
			}
		}
	}
	return false
}

// step moves the weights towards the right choices.
func step(choices []choice, right []bool, p, q *[]float64, weights, squares []float32, scale float32) float64 {
	anyRight := false
	for _, ok := range right {
		anyRight = anyRight || ok
	}
	if !anyRight {
		return 0
	}
	for i := range choices {
		if right[i] {
			continue
		}
		switch {
		case choices[i].mention < 0:
			choices[i].score += missed
		case right[0]:
			choices[i].score += falseLink
		default:
			choices[i].score += wrongLink
		}
	}
	*p = probabilities(choices, *p)
	sum := 0.0
	for i, ok := range right {
		if ok {
			sum += (*p)[i]
		}
	}
	*q = (*q)[:0]
	for i, ok := range right {
		share := 0.0
		if ok {
			share = (*p)[i] / max(sum, 1e-9)
		}
		*q = append(*q, share)
	}
	for i := range choices {
		g := float32((*p)[i]-(*q)[i]) * scale
		if g > -1e-4 && g < 1e-4 {
			continue
		}
		for _, f := range choices[i].features {
			d := g + decay*weights[f]
			squares[f] += d * d
			weights[f] -= rate * d / (float32(math.Sqrt(float64(squares[f]))) + 1e-3)
		}
	}
	return -math.Log(max(sum, 1e-9))
}

// score fills in the choices' scores by weights that are still learned.
func score(choices []choice, weights []float32) {
	for i := range choices {
		s := 0.0
		for _, f := range choices[i].features {
			s += float64(weights[f])
		}
		choices[i].score = s
	}
}
