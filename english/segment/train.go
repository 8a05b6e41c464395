package segment

import (
	"encoding/binary"
	"math"

	"github.com/onrecord/onrecord"
)

// Example is a text whose tokens and sentences are known, to train on.
type Example struct {
	Text       onrecord.Text
	Paragraphs []onrecord.Span
}

// decision is a gap of an example.
type decision struct {
	features
	ends bool
}

// Train makes a model file of examples, by logistic regression with AdaGrad
// (Duchi et al. 2011). The same examples, passes and seed give the same bytes.
func Train(examples []Example, passes int, seed uint64) ([]byte, error) {
	lists, err := newWords()
	if err != nil {
		return nil, err
	}
	var all []decision
	for _, e := range examples {
		all = append(all, lists.decisions(e)...)
	}
	const rate, decay = 0.15, 2e-6
	w := make([]float64, 1<<weightBits)
	sum := make([]float64, 1<<weightBits)
	for i := range sum {
		sum[i] = 1e-2
	}
	bias := 0.0
	for range passes {
		for i := len(all) - 1; i > 0; i-- {
			seed = seed*6364136223846793005 + 1442695040888963407 // Knuth's
			j := int(seed >> 33 % uint64(i+1))
			all[i], all[j] = all[j], all[i]
		}
		for k := range all {
			d := &all[k]
			z := bias
			for _, h := range d.hash[:d.n] {
				z += w[h]
			}
			g := 1/(1+math.Exp(-z)) - float64(flag(d.ends))
			if math.Abs(g) < 1e-4 {
				continue
			}
			bias -= 1e-4 * g
			for _, h := range d.hash[:d.n] {
				step := g + decay*w[h]*float64(len(all))/100
				sum[h] += step * step
				w[h] -= rate * step / math.Sqrt(sum[h])
			}
		}
	}
	return pack(w, bias), nil
}

// pack rounds weights to a byte each.
func pack(w []float64, bias float64) []byte {
	top := 0.0
	for _, x := range w {
		top = max(top, math.Abs(x))
	}
	scale := top / 127
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(scale)))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(bias)))
	for _, x := range w {
		out = append(out, byte(int8(math.Round(x/scale))))
	}
	return out
}

// decisions are the open gaps of an example, as they are met when its sentences
// are found rightly.
func (s *Segmenter) decisions(e Example) []decision {
	var out []decision
	words := make([]onrecord.Span, len(e.Text.Tokens))
	for i, t := range e.Text.Tokens {
		words[i] = t.Span
	}
	ends := map[int]bool{}
	for _, sentence := range e.Text.Sentences {
		ends[sentence.Last] = true
	}
	first := 0
	for _, p := range e.Paragraphs {
		last := first
		for last < len(words) && words[last].Start < p.End {
			last++
		}
		if last == first {
			continue
		}
		g := s.newGaps(e.Text.Source, words[first:last])
		for i := range last - first - 1 {
			end := ends[first+i+1]
			if g.open(i) {
				d := decision{ends: end}
				d.of(&g, i)
				out = append(out, d)
			}
			if end {
				g.ended(i)
			}
			g.pass(i)
		}
		first = last
	}
	return out
}
