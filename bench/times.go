package bench

import (
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/wire"
)

// Timex is a time expression of a text, in code points.
type Timex struct {
	Span        Span
	Type, Value string
}

// Timed is a document of a TimeML corpus: what stands inside its TEXT element, and
// its creation time to the day; empty where it has none.
type Timed struct {
	Name, Text, Published string
	Gold                  []Timex
}

var (
	timeMLText    = regexp.MustCompile(`(?s)<TEXT>\n?(.*?)\n?</TEXT>`)
	timeMLCreated = regexp.MustCompile(`(?s)<DCT>.*?value="([^"]*)"`)
	timeMLTag     = regexp.MustCompile(`<[^>]+>`)
	timeMLField   = regexp.MustCompile(`(\w+)="([^"]*)"`)
)

// OpenTimes reads the TimeML files of a folder, in the order of their names.
func OpenTimes(dir string) ([]Timed, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.tml"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no .tml file in %s: %w", dir, onrecord.ErrNotFound)
	}
	slices.Sort(files)
	out := make([]Timed, len(files))
	for i, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("opening TimeML: %w", err)
		}
		out[i] = readTimeML(strings.ToValidUTF8(string(content), "\ufffd"))
		out[i].Name = filepath.Base(file)
	}
	return out, nil
}

func readTimeML(file string) Timed {
	var d Timed
	if m := timeMLCreated.FindStringSubmatch(file); m != nil {
		d.Published = m[1][:min(len(m[1]), len("2006-01-02"))]
	}
	m := timeMLText.FindStringSubmatch(file)
	if m == nil {
		return d
	}
	var text strings.Builder
	points := 0
	var open []Timex
	put := func(s string) {
		s = html.UnescapeString(s)
		text.WriteString(s)
		points += utf8.RuneCountInString(s)
	}
	body, at := m[1], 0
	for _, tag := range timeMLTag.FindAllStringIndex(body, -1) {
		put(body[at:tag[0]])
		at = tag[1]
		switch name := body[tag[0]:tag[1]]; {
		case strings.HasPrefix(name, "<TIMEX3"):
			x := Timex{Span: Span{Start: points}}
			for _, f := range timeMLField.FindAllStringSubmatch(name, -1) {
				switch f[1] {
				case "type":
					x.Type = f[2]
				case "value":
					x.Value = f[2]
				}
			}
			open = append(open, x)
		case name == "</TIMEX3>" && len(open) > 0:
			x := open[len(open)-1]
			open = open[:len(open)-1]
			x.Span.End = points
			d.Gold = append(d.Gold, x)
		}
	}
	put(body[at:])
	d.Text = text.String()
	return d
}

// Input is the document as one line for `onrecord read --from jsonl`.
func (d *Timed) Input() []byte { return jsonLine(d.Name, d.Text, d.Published) }

// TimexesOf are the time expressions of an analysed document.
func TimexesOf(d *wire.Document) []Timex {
	out := make([]Timex, len(d.Times))
	for i, t := range d.Times {
		out[i] = Timex{Span{Start: t.Span[0], End: t.Span[1]}, t.Timex.Type, t.Timex.Value}
	}
	return out
}

// Times is the figures of time expressions by TempEval-3's task A (UzZaman et al.
// 2013): strict are equal extents, relaxed any overlap; type and value F1 are relaxed
// F1 times the share of relaxed matches whose type or value string is equal. Micro-
// averaged. Add documents with [Times.Add].
type Times struct {
	Documents, Gold, Found    int
	strictGold, strictFound   int
	relaxedGold, relaxedFound int
	sameType, sameValue       int
}

// Add counts a document's expressions.
func (t *Times) Add(gold, found []Timex) {
	t.Documents++
	t.Gold += len(gold)
	t.Found += len(found)
	for _, g := range gold {
		best, most := -1, [2]int{}
		for i, f := range found {
			n := g.Span.shared(f.Span)
			if n <= 0 {
				continue
			}
			if key := [2]int{count(f.Span == g.Span), n}; best < 0 || slices.Compare(key[:], most[:]) > 0 {
				best, most = i, key
			}
		}
		if best < 0 {
			continue
		}
		f := found[best]
		t.relaxedGold++
		t.strictGold += count(f.Span == g.Span)
		t.sameType += count(f.Type == g.Type)
		t.sameValue += count(f.Value == g.Value)
	}
	for _, f := range found {
		over, same := false, false
		for _, g := range gold {
			over = over || g.Span.shared(f.Span) > 0
			same = same || g.Span == f.Span
		}
		t.relaxedFound += count(over)
		t.strictFound += count(same)
	}
}

// shared is how many code points two spans share; none where it is not above 0.
func (s Span) shared(o Span) int { return min(s.End, o.End) - max(s.Start, o.Start) }

// StrictF1 and the others are in hundredths.
func (t *Times) StrictF1() float64 { return t.f1(t.strictFound, t.strictGold) }

// RelaxedF1 counts any overlap.
func (t *Times) RelaxedF1() float64 { return t.f1(t.relaxedFound, t.relaxedGold) }

// TypeF1 asks for the same type too.
func (t *Times) TypeF1() float64 {
	return t.RelaxedF1() * float64(t.sameType) / float64(max(t.relaxedGold, 1))
}

// ValueF1 asks for the same value string too: the ranking score of TempEval-3.
func (t *Times) ValueF1() float64 {
	return t.RelaxedF1() * float64(t.sameValue) / float64(max(t.relaxedGold, 1))
}

func (t *Times) f1(found, gold int) float64 {
	p, r := float64(found)/float64(max(t.Found, 1)), float64(gold)/float64(max(t.Gold, 1))
	if p+r == 0 {
		return 0
	}
	return 100 * 2 * p * r / (p + r)
}

// WriteTo prints the figures. It implements [io.WriterTo].
func (t *Times) WriteTo(w io.Writer) (int64, error) {
	n, err := fmt.Fprintf(w, "documents %d, gold %d, predicted %d\nstrict F1 %.2f  relaxed F1 %.2f  type F1 %.2f  value F1 %.2f\n",
		t.Documents, t.Gold, t.Found, t.StrictF1(), t.RelaxedF1(), t.TypeF1(), t.ValueF1())
	return int64(n), err
}
