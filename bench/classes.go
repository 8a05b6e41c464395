package bench

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Class is a class of mistakes: what went wrong, how often, the cues where it did most
// often, and the first mistakes of it.
type Class struct {
	Name     string
	Count    int
	Share    float64 // of all mistakes of the corpus
	Cues     []string
	Examples []Confusion
}

// Confusion is an attribution beside what was found in its place; one of them is nil
// where the other stands alone.
type Confusion struct {
	Document    string
	Want, Found *Mistake
}

// Limits of what a class shows.
const (
	mostCues     = 6
	mostExamples = 3
)

// Classes sorts all mistakes into classes, worst first. An attribution that was found
// with wrong edges counts once for each role that is wrong.
func Classes(gold *Gold, predictions map[string][]Prediction, opt Options) []Class {
	classes, cues, all := map[string]*Class{}, map[string]map[string]int{}, 0
	add := func(name, cue string, x Confusion) {
		all++
		c := classes[name]
		if c == nil {
			c = &Class{Name: name}
			classes[name], cues[name] = c, map[string]int{}
		}
		c.Count++
		cues[name][cue]++
		if len(c.Examples) < mostExamples {
			c.Examples = append(c.Examples, x)
		}
	}
	for i := range gold.Documents {
		doc := &gold.Documents[i]
		for _, c := range compare(doc, predictions[doc.Name], opt) {
			c.classes(doc.Name, add)
		}
	}
	out := make([]Class, 0, len(classes))
	for name, c := range classes {
		c.Share = float64(c.Count) / float64(all)
		words := slices.SortedFunc(maps.Keys(cues[name]), func(a, b string) int {
			return cmp.Or(cues[name][b]-cues[name][a], strings.Compare(a, b))
		})
		for _, w := range words[:min(len(words), mostCues)] {
			c.Cues = append(c.Cues, fmt.Sprintf("%s %d", cmp.Or(w, "(none)"), cues[name][w]))
		}
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Class) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Name, b.Name)) })
	return out
}

// classes calls add with each mistake of a document and the class it is of.
func (c *comparison) classes(document string, add func(class, cue string, x Confusion)) {
	explained := make([]bool, len(c.predicted)) // spurious, but for an attribution that was missed
	for i := range c.gold {
		g := &c.gold[i]
		cue := strings.ToLower(strings.Join(c.text.words(g.cue), " "))
		want := c.text.mistake(document, true, g)
		if j := c.pairedTo[i]; j >= 0 {
			p := &c.predicted[j]
			found := c.text.mistake(document, false, p)
			for r, name := range [...]string{"source", "cue", "content"} {
				if why := c.text.differs(g.roles()[r], p.roles()[r]); why != "" {
					add("found, but its "+name+" "+why, cue, Confusion{document, &want, &found})
				}
			}
			continue
		}
		if j := c.near(g); j >= 0 {
			explained[j] = true
			found := c.text.mistake(document, false, &c.predicted[j])
			add("missed: its cue was found with another content", cue, Confusion{document, &want, &found})
			continue
		}
		add("missed: "+strings.Join([]string{c.text.quotedKind(g.content), cueSplit(c.text, g.cue), sourceSplit(g.source)}, ", "), cue, Confusion{document, &want, nil})
	}
	for j := range c.predicted {
		if c.paired[j] || explained[j] {
			continue
		}
		p := &c.predicted[j]
		found := c.text.mistake(document, false, p)
		add("spurious: "+strings.Join([]string{c.text.quotedKind(p.content), cueSplit(c.text, p.cue), sourceSplit(p.source)}, ", "),
			strings.ToLower(strings.Join(c.text.words(p.cue), " ")), Confusion{document, nil, &found})
	}
}

// near is the first prediction that is nobody's and whose cue overlaps an
// attribution's; -1 for none.
func (c *comparison) near(g *parts) int {
	for j := range c.predicted {
		if !c.paired[j] && overlap(g.cue, c.predicted[j].cue) > 0 {
			return j
		}
	}
	return -1
}

// differs tells how found pieces are not the wanted ones, edge punctuation left out;
// empty where they are.
func (t *text) differs(want, found []Span) string {
	want, found = t.trimmed(want), t.trimmed(found)
	both := overlap(want, found)
	switch {
	case slices.Equal(want, found):
		return ""
	case len(found) == 0:
		return "is left out"
	case len(want) == 0:
		return "is none"
	case both == 0:
		return "is another"
	case both == length(want):
		return "runs on"
	case both == length(found):
		return "is cut short"
	}
	return "is shifted"
}

func length(spans []Span) int {
	n := 0
	for _, s := range spans {
		n += s.End - s.Start
	}
	return n
}

// WriteTo prints a class with its examples. It implements [io.WriterTo].
func (c Class) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%d mistakes, %.1f %% of all: %s\n  most often with  %s\n", c.Count, 100*c.Share, c.Name, strings.Join(c.Cues, "; "))
	line := func(is string, m *Mistake) {
		if m != nil {
			fmt.Fprintf(&b, "    %-6s [%s] {%s} <%s>\n", is, strings.Join(m.Source, " | "), strings.Join(m.Cue, " | "), strings.Join(m.Content, " | "))
		}
	}
	for _, x := range c.Examples {
		fmt.Fprintf(&b, "  %s\n", x.Document)
		line("want", x.Want)
		line("found", x.Found)
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}
