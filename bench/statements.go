package bench

import (
	"cmp"
	"slices"
	"strings"
)

// Prediction is one statement as the JSON contract prints it. The corpus has
// outermost attributions only, so any Depth but 0 is left out of the figures.
type Prediction struct {
	Depth int
	Attribution
}

// Options say how to score. The zero value is the usual way.
type Options struct {
	// AllAnnotators scores against every annotation file of a document, as the
	// table of CofeNet (COLING 2022) does, instead of its first alone.
	AllAnnotators bool
}

// Statements scores predictions by document name. A document without an entry
// counts as one in which nothing was found.
func Statements(gold *Gold, predictions map[string][]Prediction, opt Options) Table {
	table := Table{documents: make([]Counts, 0, len(gold.Documents))}
	for i := range gold.Documents {
		doc := &gold.Documents[i]
		predicted, ok := predictions[doc.Name]
		if !ok {
			table.Missing++
		}
		var counts Counts
		for _, c := range compare(doc, predicted, opt) {
			counts.add(c.counts())
		}
		table.add(counts)
		table.documents = append(table.documents, counts)
	}
	return table
}

// parts are an attribution's pieces.
type parts struct {
	source, cue, content []Span
}

func (p *parts) roles() [3][]Span { return [3][]Span{p.source, p.cue, p.content} }

func (t *text) parts(a *Attribution) parts {
	return parts{t.pieces(a.Source), t.pieces(a.Cue), t.pieces(a.Content)}
}

// comparison is one annotator's reading of a document beside the predictions.
type comparison struct {
	text      *text
	gold      []parts
	predicted []parts
	pairedTo  []int  // for each gold attribution its prediction, or -1
	paired    []bool // whether a prediction is some gold attribution's
}

// compare pairs a document's predictions with each annotator's attributions.
func compare(doc *Document, predictions []Prediction, opt Options) []comparison {
	t := newText(doc.Text)
	var predicted []parts
	for i := range predictions {
		if predictions[i].Depth == 0 {
			predicted = append(predicted, t.parts(&predictions[i].Attribution))
		}
	}
	annotators := doc.Annotators
	if !opt.AllAnnotators {
		annotators = annotators[:min(1, len(annotators))]
	}
	var out []comparison
	for _, annotator := range annotators {
		c := comparison{text: t, predicted: predicted}
		for i := range annotator.Attributions {
			c.gold = append(c.gold, t.parts(&annotator.Attributions[i]))
		}
		c.pair()
		out = append(out, c)
	}
	return out
}

// candidate is a gold attribution and a prediction that may be the same.
type candidate struct {
	dice            float64 // of the contents
	source          int     // code points the sources share
	gold, predicted int
}

// pair ties attributions and predictions one to one, best contents first, then
// best sources, then the earliest in their lists. Two can be tied when their
// cues overlap (their contents, where gold has no cue) and their contents share
// half their letters, which is not asked where gold has no content.
func (c *comparison) pair() {
	var candidates []candidate
	for i := range c.gold {
		g := &c.gold[i]
		for j := range c.predicted {
			p := &c.predicted[j]
			shared := overlap(g.cue, p.cue)
			if len(g.cue) == 0 {
				shared = overlap(g.content, p.content)
			}
			if shared == 0 {
				continue
			}
			if d := c.text.dice(g.content, p.content); d >= 0.5 || len(g.content) == 0 {
				candidates = append(candidates, candidate{d, overlap(g.source, p.source), i, j})
			}
		}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.dice, a.dice), b.source-a.source, a.gold-b.gold, a.predicted-b.predicted)
	})
	c.pairedTo = slices.Repeat([]int{-1}, len(c.gold))
	c.paired = make([]bool, len(c.predicted))
	for _, k := range candidates {
		if c.pairedTo[k.gold] < 0 && !c.paired[k.predicted] {
			c.pairedTo[k.gold] = k.predicted
			c.paired[k.predicted] = true
		}
	}
}

// whole reports whether source, cue and content of a pair are equal when edge
// punctuation is left out.
func (c *comparison) whole(gold int) bool {
	if c.pairedTo[gold] < 0 {
		return false
	}
	want, got := c.gold[gold].roles(), c.predicted[c.pairedTo[gold]].roles()
	for r := range want {
		if !slices.Equal(c.text.trimmed(want[r]), c.text.trimmed(got[r])) {
			return false
		}
	}
	return true
}

// counts is what one comparison adds to the figures.
func (c *comparison) counts() Counts {
	n := Counts{Splits: map[string]Split{}}
	for r := range n.Exact {
		n.Exact[r] = exact(c.gold, c.predicted, r)
	}
	for i := range c.gold {
		g := &c.gold[i]
		detected, whole := c.pairedTo[i] >= 0, c.whole(i)
		n.Detected.Right += one(detected)
		n.Whole.Right += one(whole)
		for _, name := range []string{c.text.quotedKind(g.content), cueSplit(c.text, g.cue), sourceSplit(g.source)} {
			s := n.Splits[name]
			n.Splits[name] = Split{s.Detected + one(detected), s.Whole + one(whole), s.Gold + 1}
		}
	}
	n.Detected.Predicted, n.Detected.Gold = len(c.predicted), len(c.gold)
	n.Whole.Predicted, n.Whole.Gold = len(c.predicted), len(c.gold)
	for j := range c.predicted {
		if hasCoreVerb(c.text, c.predicted[j].cue) {
			n.CoreVerbs.Of++
			n.CoreVerbs.Right += one(c.paired[j])
		}
	}
	for _, s := range c.text.inMarks() {
		if half(s, c.gold) {
			n.Marks.Of++
			n.Marks.Right += one(half(s, c.predicted))
		}
	}
	return n
}

// exact counts the distinct pieces of one role and those with equal ends.
func exact(gold, predicted []parts, role int) Score {
	want, got := map[Span]bool{}, map[Span]bool{}
	for i := range gold {
		for _, p := range gold[i].roles()[role] {
			want[p] = true
		}
	}
	right := 0
	for j := range predicted {
		for _, p := range predicted[j].roles()[role] {
			if !got[p] && want[p] {
				right++
			}
			got[p] = true
		}
	}
	return Score{right, len(got), len(want)}
}

// half reports whether contents cover half of a stretch or more.
func half(s Span, of []parts) bool {
	n := 0
	for i := range of {
		n += overlap([]Span{s}, of[i].content)
	}
	return 2*n >= s.End-s.Start
}

// coreVerbs are the forms of the speech verbs that news uses most.
var coreVerbs = func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(`say said says saying tell told tells telling write wrote writes written writing
		according add added adds adding announce announced announces report reported reports ask asked asks
		state stated states tweet tweeted`) {
		set[word] = true
	}
	return set
}()

func hasCoreVerb(t *text, cue []Span) bool {
	for _, piece := range cue {
		for _, word := range fields(strings.ToLower(t.in(piece))) {
			if coreVerbs[word] {
				return true
			}
		}
	}
	return false
}

func cueSplit(t *text, cue []Span) string {
	if hasCoreVerb(t, cue) {
		return "core verb"
	}
	return "other cue"
}

func sourceSplit(source []Span) string {
	if len(source) == 0 {
		return "no source"
	}
	return "has source"
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
