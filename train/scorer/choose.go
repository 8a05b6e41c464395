package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/corpus"
	"github.com/onrecord/onrecord/said"
)

// choice is a cue that can be read in several ways: the features of each, and how
// good each is.
type choice struct {
	features [][]int
	good     []float64
	best     float64
	fold     int
}

// choices is what the weights of the chooser are fitted on.
type choices struct {
	list  []choice
	names []string
	index map[string]int
}

// fitChooser fits the weights by which package said chooses between readings of a
// cue: the best reading's share in a softmax over all of them is made large.
func fitChooser(data, annotations, out string) error {
	set := &choices{index: map[string]int{}}
	if err := set.gather(data, annotations, "train"); err != nil {
		return err
	}
	best, top := 0.0, math.Inf(-1)
	for _, penalty := range []float64{3, 10, 30, 60, 120} {
		got := 0.0
		for fold := range folds {
			var rest, left []choice
			for _, c := range set.list {
				if c.fold == fold {
					left = append(left, c)
				} else {
					rest = append(rest, c)
				}
			}
			got += gain(fitChoices(rest, len(set.names), penalty), left)
		}
		fmt.Printf("penalty %4.0f: mean quality of what is chosen in documents left out %.4f\n", penalty, got/float64(len(set.list)))
		if got > top {
			best, top = penalty, got
		}
	}
	first, most := 0.0, 0.0
	for _, c := range set.list {
		first, most = first+c.good[0], most+c.best
	}
	fmt.Printf("%d cues with several readings; the first reading %.4f, the best of each %.4f\n", len(set.list), first/float64(len(set.list)), most/float64(len(set.list)))
	w := fitChoices(set.list, len(set.names), best)
	if out == "" {
		return nil
	}
	return writeWeights(out, fmt.Sprintf(`# Weights of what chooses between readings of a cue: the reading with the highest sum is taken.
# What: a weight and a feature a line; see said.ChoiceFeatures. Fitted on %d cues, penalty %g.
# Source: counted on this project's corpus of attribution (CC BY 4.0), train part, over texts of UD English-GUM
#   (CC BY 4.0 and as its manifest says) and UD English-EWT (CC BY-SA 4.0).
# Licence: CC BY-SA 4.0, for the sake of the texts.
# To regenerate: go run ./train/scorer -data DIR -choose -out said/chooser.txt
`, len(set.list), best), set.names, w)
}

// gather reads the documents of a part and keeps the cues that are annotated and of
// whose readings some are better than others.
func (s *choices) gather(data, annotations, part string) error {
	return eachDocument(data, annotations, part, func(n int, _ *corpus.Document, gold *corpus.Annotation, finder *said.Finder, in said.Input) {
		finder.Readings(in, func(readings []said.Reading) {
			c := choice{fold: n % folds}
			worst := math.Inf(1)
			for i := range readings {
				q := quality(in.Revision.Text, gold, &readings[i].Statement)
				c.good, c.best, worst = append(c.good, q), max(c.best, q), min(worst, q)
			}
			if c.best < 1.5 || c.best-worst < 0.05 {
				return
			}
			for i := range readings {
				var features []int
				finder.ChoiceFeatures(in.Text, &readings[i], func(name string) {
					k, known := s.index[name]
					if !known {
						k = len(s.names)
						s.index[name], s.names = k, append(s.names, name)
					}
					features = append(features, k)
				})
				c.features = append(c.features, features)
			}
			s.list = append(s.list, c)
		})
	})
}

// quality is how near a statement is to an annotated one with an overlapping cue:
// from 0 to 4, one each for its source, its exact source, the letters of the content
// that both have, and the exact content.
func quality(text string, gold *corpus.Annotation, s *onrecord.Statement) float64 {
	best := 0.0
	for i := range gold.Statements {
		g := &gold.Statements[i]
		if onrecord.Overlap(g.Cue.Spans, s.Cue.Spans) == 0 {
			continue
		}
		all := 0
		for _, x := range append(slices.Clone(g.Content.Spans), s.Content.Spans...) {
			all += x.Len()
		}
		q := 2 * float64(onrecord.Overlap(g.Content.Spans, s.Content.Spans)) / float64(max(all, 1))
		if q == 0 {
			continue
		}
		if bench.SameSpans(text, g.Content.Spans, s.Content.Spans) {
			q++
		}
		if sameSource(g.Source.Spans, s.Source.Spans) {
			q++
		}
		if bench.SameSpans(text, g.Source.Spans, s.Source.Spans) {
			q++
		}
		best = max(best, q)
	}
	return best
}

// gain is the sum of the quality of what the weights choose.
func gain(w []float64, list []choice) float64 {
	sum := 0.0
	for _, c := range list {
		best, top := 0, math.Inf(-1)
		for i, features := range c.features {
			if x := dot(w, features); x > top+1e-9 {
				best, top = i, x
			}
		}
		sum += c.good[best]
	}
	return sum
}

func dot(w []float64, features []int) float64 {
	sum := 0.0
	for _, f := range features {
		sum += w[f]
	}
	return sum
}

// fitChoices maximises the expected quality's logarithm: readings count by how much
// better they are than the worst.
func fitChoices(list []choice, features int, penalty float64) []float64 {
	w, square, gradient := make([]float64, features), make([]float64, features), make([]float64, features)
	for range 200 {
		for i := range gradient {
			gradient[i] = penalty * w[i] * 0.1
		}
		for _, c := range list {
			top := math.Inf(-1)
			p := make([]float64, len(c.features))
			for i, f := range c.features {
				p[i] = dot(w, f)
				top = max(top, p[i])
			}
			sum, right := 0.0, 0.0
			for i := range p {
				p[i] = math.Exp(p[i] - top)
				sum += p[i]
				if c.good[i] > c.best-0.01 {
					right += p[i]
				}
			}
			for i, f := range c.features {
				g := p[i] / sum
				if c.good[i] > c.best-0.01 {
					g -= p[i] / right
				}
				for _, k := range f {
					gradient[k] += g
				}
			}
		}
		for i, g := range gradient {
			square[i] += g * g
			w[i] -= 0.3 * g / (math.Sqrt(square[i]) + 1)
		}
	}
	return w
}

// writeWeights writes a file of weights that are not nearly nothing.
func writeWeights(name, head string, names []string, weights []float64) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	fmt.Fprint(f, head)
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(names[a], names[b]) })
	for _, i := range order {
		if w := math.Round(weights[i]*1000) / 1000; math.Abs(w) >= 0.02 {
			fmt.Fprintf(f, "%.3f %s\n", w, names[i])
		}
	}
	return f.Close()
}
