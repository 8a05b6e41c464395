// Command scorer fits the weights by which package said gives a statement its
// confidence: logistic regression over said.Features, on the documents of the
// project's own corpus whose part of the treebanks is "train".
//
//	go run ./train/scorer -data DIR -choose -out said/chooser.txt
//	go run ./train/scorer -data DIR -out said/scorer.txt
//
// The first of the two fits what chooses between the readings of a cue (chooser.txt),
// whose choices the second then scores.
//
// DIR holds gum/ and ewt/. A statement found counts as right where an annotated one
// is the same by the rule of "detected" and has the same source. The strength of
// the penalty is chosen by leaving out documents in turn; the figures printed are
// those of statements left out.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/corpus"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/said"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "", "folder that holds gum/ and ewt/")
	annotations := flag.String("annotations", "corpus/annotations", "folder of annotations")
	out := flag.String("out", "", "file to write; none for figures only")
	choose := flag.Bool("choose", false, "fit what chooses between readings of a cue, instead of the scorer")
	flag.Parse()
	fit := run
	if *choose {
		fit = fitChooser
	}
	if err := fit(*data, *annotations, *out); err != nil {
		log.Fatal("scorer: ", err)
	}
}

// example is a statement that was found, and whether it is one.
type example struct {
	features []int
	right    bool
	fold     int
}

const folds = 8

func run(data, annotations, out string) error {
	set := &examples{index: map[string]int{}}
	if err := set.gather(data, annotations, "train"); err != nil {
		return err
	}
	best, least := 0.0, math.Inf(1)
	for _, penalty := range []float64{3, 10, 30, 60, 100} {
		loss := set.leftOut(penalty)
		fmt.Printf("penalty %4.1f: log loss of what was left out %.4f\n", penalty, loss)
		if loss < least {
			best, least = penalty, loss
		}
	}
	set.leftOut(best)
	fmt.Println("of the train part, by weights fitted without the document:")
	set.figures(os.Stdout)
	weights := fit(set.examples, len(set.names), best)
	dev := &examples{index: set.index, names: set.names}
	if err := dev.gather(data, annotations, "dev"); err != nil {
		return err
	}
	weights = append(weights, make([]float64, len(dev.names)-len(weights))...) // features that the train part has not
	for _, e := range dev.examples {
		dev.predicted = append(dev.predicted, predict(weights, e.features))
	}
	fmt.Println("of the dev part:")
	dev.figures(os.Stdout)
	if out == "" {
		return nil
	}
	return writeWeights(out, fmt.Sprintf(`# Weights of the scorer: a statement's confidence is 1/(1+exp(-sum)) over the weights of its features.
# What: a weight and a feature a line; see said.Features. Fitted on %d statements found in %d documents, penalty %g.
# Source: counted on this project's corpus of attribution (CC BY 4.0), train part, over texts of UD English-GUM
#   (CC BY 4.0 and as its manifest says) and UD English-EWT (CC BY-SA 4.0).
# Licence: CC BY-SA 4.0, for the sake of the texts.
# To regenerate: go run ./train/scorer -data DIR -out said/scorer.txt
`, len(set.examples), set.documents, best), set.names, weights)
}

// examples is what the weights are fitted on.
type examples struct {
	examples  []example
	names     []string // of features
	index     map[string]int
	gold      int // statements annotated
	documents int
	predicted []float64 // of each example, by weights that did not see its document
}

// eachDocument analyses the annotated documents of a part and calls do with each:
// its number, what is annotated, and what package said is given.
func eachDocument(data, annotations, part string, do func(n int, d *corpus.Document, gold *corpus.Annotation, finder *said.Finder, in said.Input)) error {
	bank, err := corpus.OpenTreebanks(data)
	if err != nil {
		return err
	}
	list, err := corpus.Documents()
	if err != nil {
		return err
	}
	finder, err := said.New()
	if err != nil {
		return err
	}
	analyser, err := english.New()
	if err != nil {
		return err
	}
	documents := 0
	for n, l := range list {
		if l.Split != part {
			continue
		}
		d, gold, err := bank.Annotation(annotations, l.ID)
		if err != nil {
			log.Printf("left out: %v", err)
			continue
		}
		documents++
		rev := d.Revision()
		paragraphs := quote.Paragraphs(rev.Text)
		text := analyser.Analyse(rev.Text, paragraphs, rev.Zones)
		joined := english.Joined(&text)
		do(n, d, gold, finder, said.Input{Revision: rev, Text: &joined, Paragraphs: paragraphs, Quotations: quote.FindIn(rev.Text, paragraphs)})
	}
	if documents == 0 {
		return fmt.Errorf("annotations of part %s in %s: %w", part, annotations, onrecord.ErrNotFound)
	}
	return nil
}

// gather finds statements in the documents of a part and tells which are right.
func (s *examples) gather(data, annotations, part string) error {
	return eachDocument(data, annotations, part, func(n int, d *corpus.Document, gold *corpus.Annotation, finder *said.Finder, in said.Input) {
		s.documents++
		s.gold += len(gold.Statements)
		found := &onrecord.Analysis{Statements: finder.Candidates(in)}
		right := rightOnes(d, gold, corpus.Found(d, found))
		for i := range found.Statements {
			e := example{right: right[i], fold: n % folds}
			finder.Features(in.Text, &found.Statements[i], func(name string) { e.features = append(e.features, s.feature(name)) })
			s.examples = append(s.examples, e)
		}
	})
}

func (s *examples) feature(name string) int {
	i, known := s.index[name]
	if !known {
		i = len(s.names)
		s.index[name], s.names = i, append(s.names, name)
	}
	return i
}

// rightOnes tells of each statement found whether it is annotated with its source.
func rightOnes(d *corpus.Document, gold, found *corpus.Annotation) []bool {
	out := make([]bool, len(found.Statements))
	for i, j := range bench.PairStatements(d, gold, found) {
		if j >= 0 {
			out[j] = sameSource(gold.Statements[i].Source.Spans, found.Statements[j].Source.Spans)
		}
	}
	return out
}

// sameSource reports whether two sources share most of their letters.
func sameSource(a, b []onrecord.Span) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	shared, all := onrecord.Overlap(a, b), 0
	for _, s := range append(slices.Clone(a), b...) {
		all += s.Len()
	}
	return 2*shared*4 >= all*3
}

// fit minimises the log loss with a quadratic penalty by gradient descent with a
// step of its own for each weight, always in the same order.
func fit(list []example, features int, penalty float64) []float64 {
	w, square := make([]float64, features), make([]float64, features)
	gradient := make([]float64, features)
	for range 400 {
		for i := range gradient {
			gradient[i] = penalty * w[i] * 0.1
		}
		for _, e := range list {
			off := predict(w, e.features)
			if e.right {
				off--
			}
			for _, f := range e.features {
				gradient[f] += off
			}
		}
		for i, g := range gradient {
			square[i] += g * g
			w[i] -= 0.3 * g / (math.Sqrt(square[i]) + 1)
		}
	}
	return w
}

func predict(w []float64, features []int) float64 {
	sum := 0.0
	for _, f := range features {
		sum += w[f]
	}
	return 1 / (1 + math.Exp(-sum))
}

// leftOut predicts each example by weights fitted on the documents of other folds,
// and returns the log loss.
func (s *examples) leftOut(penalty float64) float64 {
	s.predicted = make([]float64, len(s.examples))
	loss := 0.0
	for fold := range folds {
		var rest []example
		for _, e := range s.examples {
			if e.fold != fold {
				rest = append(rest, e)
			}
		}
		w := fit(rest, len(s.names), penalty)
		for i, e := range s.examples {
			if e.fold != fold {
				continue
			}
			p := predict(w, e.features)
			s.predicted[i] = p
			if !e.right {
				p = 1 - p
			}
			loss -= math.Log(max(p, 1e-9))
		}
	}
	return loss / float64(len(s.examples))
}

// figures prints precision and recall by threshold, and how far confidence is from
// what came true.
func (s *examples) figures(w io.Writer) {
	right := 0
	for _, e := range s.examples {
		if e.right {
			right++
		}
	}
	fmt.Fprintf(w, "%d documents, %d annotated, %d found, %d of them right\n", s.documents, s.gold, len(s.examples), right)
	for _, least := range []float64{0, .2, .3, .4, .5, .6, .7, .8, .9} {
		taken, good := 0, 0
		for i, e := range s.examples {
			if s.predicted[i] >= least {
				taken++
				if e.right {
					good++
				}
			}
		}
		p, r := float64(good)/float64(max(taken, 1)), float64(good)/float64(s.gold)
		fmt.Fprintf(w, "from %.1f: %4d, precision %.3f recall %.3f F1 %.3f\n", least, taken, p, r, 2*p*r/max(p+r, 1e-9))
	}
	type bin struct{ p, right, n float64 }
	var bins [10]bin
	for i, e := range s.examples {
		b := &bins[min(9, int(s.predicted[i]*10))]
		b.p += s.predicted[i]
		b.n++
		if e.right {
			b.right++
		}
	}
	expected := 0.0
	for _, b := range bins {
		expected += math.Abs(b.p-b.right) / float64(len(s.examples))
	}
	fmt.Fprintf(w, "expected calibration error %.3f\n", expected)
}
