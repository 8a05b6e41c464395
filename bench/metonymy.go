package bench

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/where"
)

// Metonymy is how often it is told rightly whether a place's name means the place, on
// sentences with one marked name each (ReLocaR, Gritta et al. 2017).
type Metonymy struct{ Right, Samples, Literal int }

// Accuracy is between 0 and 1.
func (m *Metonymy) Accuracy() float64 { return float64(m.Right) / float64(max(m.Samples, 1)) }

// WriteTo prints the figures. It implements [io.WriterTo].
func (m *Metonymy) WriteTo(w io.Writer) (int64, error) {
	n, err := fmt.Fprintf(w, "samples %d, literal %d\naccuracy %.2f   always literal %.2f\n", m.Samples, m.Literal,
		100*m.Accuracy(), 100*float64(m.Literal)/float64(max(m.Samples, 1)))
	return int64(n), err
}

// marked is a sentence with a place's name in it.
type marked struct {
	text    string
	span    onrecord.Span
	literal bool
}

// readMarked reads sentences of the form <sample>… <loc reading="lit">Peru</loc> …</sample>.
func readMarked(r io.Reader) ([]marked, error) {
	dec := xml.NewDecoder(r)
	var out []marked
	var text strings.Builder
	var m marked
	inside := false
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", err, onrecord.ErrInvalid)
		}
		switch x := token.(type) {
		case xml.StartElement:
			if x.Name.Local == "sample" {
				text.Reset()
				m, inside = marked{}, true
			}
			for _, a := range x.Attr {
				if a.Name.Local == "reading" {
					m.literal = strings.HasPrefix(a.Value, "lit")
					m.span.Start = text.Len()
				}
			}
		case xml.CharData:
			if inside {
				text.Write(x)
			}
		case xml.EndElement:
			switch x.Name.Local {
			case "loc":
				m.span.End = text.Len()
			case "sample":
				if m.text = text.String(); !m.span.Empty() {
					out = append(out, m)
				}
				inside = false
			}
		}
	}
}

// ScoreMetonymy reads a file of ReLocaR and scores what the finder makes of it.
func ScoreMetonymy(r io.Reader, analyser *english.Analyser, finder *where.Finder) (*Metonymy, error) {
	samples, err := readMarked(r)
	if err != nil {
		return nil, err
	}
	var figures Metonymy
	for _, m := range samples {
		text := analyser.Analyse(m.text, quote.Paragraphs(m.text), nil)
		words := english.Joined(&text)
		literal := finder.Sense(&words, m.span) == onrecord.LiteralSense
		figures.Samples++
		figures.Literal += count(m.literal)
		figures.Right += count(literal == m.literal)
	}
	return &figures, nil
}
