package bench

import (
	"fmt"
	"io"
	"strings"
)

// Mistake is an attribution that was missed, or a prediction that is none.
type Mistake struct {
	Document string
	Missed   bool // else spurious
	// The words of each piece.
	Source, Cue, Content []string
}

// Errors lists mistakes in the order of documents, in each first what was missed
// and then what is spurious; at most limit, all where limit is negative.
func Errors(gold *Gold, predictions map[string][]Prediction, opt Options, limit int) []Mistake {
	var out []Mistake
	for i := range gold.Documents {
		doc := &gold.Documents[i]
		for _, c := range compare(doc, predictions[doc.Name], opt) {
			out = append(out, c.mistakes(doc.Name)...)
			if limit >= 0 && len(out) >= limit {
				return out[:limit]
			}
		}
	}
	return out
}

func (c *comparison) mistakes(document string) []Mistake {
	var out []Mistake
	for i := range c.gold {
		if c.pairedTo[i] < 0 {
			out = append(out, c.text.mistake(document, true, &c.gold[i]))
		}
	}
	for j := range c.predicted {
		if !c.paired[j] {
			out = append(out, c.text.mistake(document, false, &c.predicted[j]))
		}
	}
	return out
}

func (t *text) mistake(document string, missed bool, p *parts) Mistake {
	return Mistake{document, missed, t.words(p.source), t.words(p.cue), t.words(p.content)}
}

func (t *text) words(ps []Span) []string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = t.in(p)
	}
	return out
}

// WriteTo prints a mistake on four lines. It implements [io.WriterTo].
func (m Mistake) WriteTo(w io.Writer) (int64, error) {
	kind := "spurious"
	if m.Missed {
		kind = "missed"
	}
	n, err := fmt.Fprintf(w, "%-8s  %s\n  source   %s\n  cue      %s\n  content  %s\n", kind, m.Document,
		strings.Join(m.Source, " | "), strings.Join(m.Cue, " | "), strings.Join(m.Content, " | "))
	return int64(n), err
}
