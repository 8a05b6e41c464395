package bench

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
)

// Table is the figures of one run over one corpus.
type Table struct {
	Counts
	Missing int // documents without a prediction

	documents []Counts // of each document, for the intervals
}

// Counts are what figures are made of. They add up over documents.
type Counts struct {
	// Exact counts contiguous pieces of sources, cues and contents (in this
	// order), cut at line ends; one is right when both its ends are. Nothing
	// checks which source goes with which content.
	Exact [3]Score
	// Detected counts attributions paired one to one by overlapping cues and
	// contents that share half their letters.
	Detected Score
	// Whole counts detected ones whose source, cue and content are all equal but
	// for punctuation and white space at the edges.
	Whole Score
	// CoreVerbs counts predictions with a common speech verb, and of them the
	// detected ones.
	CoreVerbs Share
	// Marks counts stretches of four words or more in double quotation marks that
	// gold has as content, and of them those that predictions have as content.
	Marks Share
	// Splits count gold attributions by kind of content, cue and source.
	Splits map[string]Split
}

// Score counts what was right, predicted, and there.
type Score struct{ Right, Predicted, Gold int }

// Share counts what was right of how many.
type Share struct{ Right, Of int }

// Split counts gold attributions of one kind.
type Split struct{ Detected, Whole, Gold int }

// Roles and splits as they are printed, in this order.
var (
	roleNames  = [3]string{"source", "cue", "content"}
	splitNames = []string{"quoted", "mixed", "unquoted", "core verb", "other cue", "has source", "no source"}
)

func (c *Counts) add(other Counts) {
	for r := range c.Exact {
		c.Exact[r] = c.Exact[r].plus(other.Exact[r])
	}
	c.Detected = c.Detected.plus(other.Detected)
	c.Whole = c.Whole.plus(other.Whole)
	c.CoreVerbs = c.CoreVerbs.plus(other.CoreVerbs)
	c.Marks = c.Marks.plus(other.Marks)
	for name, s := range other.Splits {
		if c.Splits == nil {
			c.Splits = map[string]Split{}
		}
		t := c.Splits[name]
		c.Splits[name] = Split{t.Detected + s.Detected, t.Whole + s.Whole, t.Gold + s.Gold}
	}
}

func (s Score) plus(o Score) Score {
	return Score{s.Right + o.Right, s.Predicted + o.Predicted, s.Gold + o.Gold}
}

func (s Share) plus(o Share) Share { return Share{s.Right + o.Right, s.Of + o.Of} }

// Precision is right ones by predicted ones, 0 to 1; 0 where nothing is predicted.
func (s Score) Precision() float64 { return ratio(s.Right, s.Predicted) }

// Recall is right ones by those that are there, 0 to 1.
func (s Score) Recall() float64 { return ratio(s.Right, s.Gold) }

// F1 is the harmonic mean of precision and recall, 0 to 1.
func (s Score) F1() float64 {
	p, r := s.Precision(), s.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// Ratio is the share of right ones, 0 to 1; 0 of none.
func (s Share) Ratio() float64 { return ratio(s.Right, s.Of) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// String prints a score in hundredths, and its counts.
func (s Score) String() string {
	return fmt.Sprintf("P %5.1f  R %5.1f  F1 %5.1f   (%d right, %d predicted, %d gold)",
		100*s.Precision(), 100*s.Recall(), 100*s.F1(), s.Right, s.Predicted, s.Gold)
}

// WriteTo prints the figures in hundredths, then 95 % intervals of F1. It
// implements [io.WriterTo].
func (t Table) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	t.writeFigures(&b)
	t.writeIntervals(&b)
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

func (t Table) writeFigures(b *strings.Builder) {
	fmt.Fprintf(b, "documents %d, without a prediction %d\n", len(t.documents), t.Missing)
	for r, name := range roleNames {
		fmt.Fprintf(b, "exact %-8s %s\n", name, t.Exact[r])
	}
	fmt.Fprintf(b, "detected       %s\n", t.Detected)
	fmt.Fprintf(b, "whole          %s\n", t.Whole)
	if t.CoreVerbs.Of > 0 {
		fmt.Fprintf(b, "core verbs, precision %5.1f   (%d predicted)\n", 100*t.CoreVerbs.Ratio(), t.CoreVerbs.Of)
	}
	if t.Marks.Of > 0 {
		fmt.Fprintf(b, "marks, recall         %5.1f   (%d stretches)\n", 100*t.Marks.Ratio(), t.Marks.Of)
	}
	for _, name := range splitNames {
		if s := t.Splits[name]; s.Gold > 0 {
			fmt.Fprintf(b, "  recall, %-10s detected %5.1f  whole %5.1f   (%d gold)\n",
				name, 100*ratio(s.Detected, s.Gold), 100*ratio(s.Whole, s.Gold), s.Gold)
		}
	}
}

func (t Table) writeIntervals(b *strings.Builder) {
	i := t.Intervals()
	fmt.Fprintf(b, "95 %% intervals of F1, documents resampled %d times:\n", resamples)
	for r, name := range roleNames {
		fmt.Fprintf(b, "  exact %-8s %s\n", name, i.Exact[r])
	}
	fmt.Fprintf(b, "  detected       %s\n", i.Detected)
	fmt.Fprintf(b, "  whole          %s\n", i.Whole)
}

// Interval is a range that holds a figure in 95 of 100 resamplings, 0 to 1.
type Interval struct{ Low, High float64 }

// String prints an interval in hundredths: "61.2 to 65.0".
func (i Interval) String() string { return fmt.Sprintf("%5.1f to %5.1f", 100*i.Low, 100*i.High) }

// Intervals are the 95 % intervals of the F1 figures.
type Intervals struct {
	Exact           [3]Interval
	Detected, Whole Interval
}

// resamples is how often documents are drawn; the seed is fixed so that the same
// counts always print the same table.
const (
	resamples = 1000
	seed      = 20160912
)

// Intervals draws as many documents as there are, with replacement, again and
// again, and takes the middle 95 % of each figure. It tells how far a figure
// hangs on which documents were annotated, not how well they were.
func (t Table) Intervals() Intervals {
	var samples [5][]float64
	random := rand.New(rand.NewPCG(seed, seed))
	for range resamples {
		var scores [5]Score
		for range t.documents {
			c := &t.documents[random.IntN(len(t.documents))]
			for i, s := range [5]Score{c.Exact[0], c.Exact[1], c.Exact[2], c.Detected, c.Whole} {
				scores[i] = scores[i].plus(s)
			}
		}
		for i := range scores {
			samples[i] = append(samples[i], scores[i].F1())
		}
	}
	var out [5]Interval
	for i, s := range samples {
		slices.Sort(s)
		out[i] = Interval{s[resamples*25/1000], s[resamples*975/1000-1]}
	}
	return Intervals{[3]Interval{out[0], out[1], out[2]}, out[3], out[4]}
}
