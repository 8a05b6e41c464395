package bench

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpus"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/read"
	"github.com/onrecord/onrecord/wire"
)

var update = flag.Bool("update", false, "write the golden figures anew")

const figuresHeader = `# Golden figures of the whole path: bytes read, analysed, written as the JSON contract, scored.
# What: a figure a line, in hundredths, on the development part of PolNeAR; a change of quality shows in review.
# Source: counted by this package; no text of the corpus is here. Licence: Apache-2.0, as the code.
# Regenerate, with ONRECORD_SHARED naming the folder of corpora: go test ./bench -run TestGoldenFigures -update
`

// tolerance is how far a figure may be from the golden one, in hundredths:
// machines differ in the last digit, changes of the method differ in more.
const tolerance = 0.05

// TestGoldenFigures fails when a figure moved, down or up: either is news.
func TestGoldenFigures(t *testing.T) {
	dir := shared(t)
	gold, err := OpenGold(filepath.Join(dir, "data", "polnear", "dev"))
	if err != nil {
		t.Fatal(err)
	}
	jsonl := analysed(t, gold)
	found, err := ReadPredictions(bytes.NewReader(jsonl), gold)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/figures.txt", figuresHeader, goldenFigures(Statements(gold, found, Options{})))
}

const corpusHeader = `# Golden figures of statements, on the development part of the project's own corpus: all findings, however sure.
# What: a figure a line, in hundredths: outermost statements, then those of all depths.
# Source: counted by this package; no text of the corpus is here. Licence: Apache-2.0, as the code.
# Regenerate, with ONRECORD_SHARED naming the folder of corpora: go test ./bench -run TestGoldenCorpus -update
`

// TestGoldenCorpus fails when the finder or the annotations of the development part changed.
func TestGoldenCorpus(t *testing.T) {
	bank, err := corpus.OpenTreebanks(filepath.Join(shared(t), "data"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := corpus.Documents()
	if err != nil {
		t.Fatal(err)
	}
	finder, err := desk.New()
	if err != nil {
		t.Fatal(err)
	}
	var readings []Reading
	for _, l := range list {
		if l.Split != "dev" {
			continue
		}
		d, gold, err := bank.Annotation("../corpus/annotations", l.ID)
		if err != nil {
			t.Fatal(err)
		}
		found, err := corpus.Find(t.Context(), finder.Analyse, d)
		if err != nil {
			t.Fatalf("%s: %v", l.ID, err)
		}
		readings = append(readings, Reading{Document: d, A: gold, B: corpus.Found(d, found)})
	}
	agreement := Agree(readings)
	f := &agreement.Fields
	got := goldenFigures(agreement.Outer) + fmt.Sprintf("%-28s %6.2f\n", "all depths, paired F1", f1(f.Paired, f.A, f.B))
	golden(t, "testdata/figures_corpus.txt", corpusHeader, got)
}

// golden fails when figures are not those of a file, which -update writes.
func golden(t *testing.T, file, header, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(header+got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run with -update)", err)
	}
	for _, line := range moved(string(want), got) {
		t.Error(line)
	}
	if t.Failed() {
		t.Log("if this is meant, run with -update and say why in the change")
	}
	t.Logf("\n%s", got)
}

// TestSameFiguresOnFindings holds the tables to the script on real findings, which
// have depths, nested statements and empty cues.
func TestSameFiguresOnFindings(t *testing.T) {
	dir := shared(t)
	for _, part := range []string{"dev", "train"} {
		corpus := filepath.Join(dir, "data", "polnear", part)
		gold, err := OpenGold(corpus)
		if err != nil {
			t.Fatal(err)
		}
		sameFigures(t, filepath.Join(dir, "eval", "score_statements.py"), corpus, string(analysed(t, gold)), Options{})
	}
}

// analysed runs the path that the command runs, over texts in memory.
func analysed(t *testing.T, gold *Gold) []byte {
	t.Helper()
	d, err := desk.New()
	if err != nil {
		t.Fatal(err)
	}
	var jsonl bytes.Buffer
	for _, doc := range gold.Documents {
		wholePath(t, d, &jsonl, read.Captures(strings.NewReader(doc.Text), doc.Name+".txt", read.Text, read.Given{}))
	}
	return jsonl.Bytes()
}

// wholePath reads captures, analyses and prints them, and returns them as printed.
func wholePath(t *testing.T, d *desk.Desk, out io.Writer, captures iter.Seq2[onrecord.Capture, error]) []wire.Document {
	t.Helper()
	var documents []wire.Document
	for capture, err := range captures {
		if err != nil {
			t.Fatalf("%s: %v", capture.Address, err)
		}
		rev, err := read.Revision(&capture)
		if err != nil {
			t.Fatalf("%s: %v", capture.Address, err)
		}
		analysis, err := d.Analyse(t.Context(), &rev)
		if err != nil {
			t.Fatalf("%s: %v", capture.Address, err)
		}
		documents = append(documents, wire.Encode(&rev, &analysis, wire.Options{}))
		if err := wire.Write(out, documents[len(documents)-1]); err != nil {
			t.Fatalf("%s: %v", capture.Address, err)
		}
	}
	return documents
}

// goldenFigures prints each figure on a line of its own: a name, then a number.
func goldenFigures(t Table) string {
	var b strings.Builder
	figure := func(name string, value float64) { fmt.Fprintf(&b, "%-28s %6.2f\n", name, 100*value) }
	score := func(name string, s Score) {
		figure(name+", precision", s.Precision())
		figure(name+", recall", s.Recall())
		figure(name+", F1", s.F1())
	}
	for r, name := range roleNames {
		score("exact "+name, t.Exact[r])
	}
	score("detected", t.Detected)
	score("whole", t.Whole)
	figure("core verbs, precision", t.CoreVerbs.Ratio())
	figure("marks, recall", t.Marks.Ratio())
	for _, name := range splitNames {
		if s := t.Splits[name]; s.Gold > 0 {
			figure(name+", detected", ratio(s.Detected, s.Gold))
			figure(name+", whole", ratio(s.Whole, s.Gold))
		}
	}
	return b.String()
}

// moved are the figures that differ by more than the tolerance, are new, or are
// no longer there.
func moved(want, got string) []string {
	golden, names := figuresOf(want)
	now, nowNames := figuresOf(got)
	var out []string
	for _, name := range names {
		value, ok := now[name]
		switch {
		case !ok:
			out = append(out, name+": no longer there")
		case !(math.Abs(value-golden[name]) <= tolerance): // also where one is not a number
			out = append(out, fmt.Sprintf("%s: %.2f, was %.2f", name, value, golden[name]))
		}
	}
	for _, name := range nowNames {
		if _, ok := golden[name]; !ok {
			out = append(out, name+": new")
		}
	}
	return out
}

func figuresOf(text string) (figures map[string]float64, names []string) {
	figures = map[string]float64{}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] == "#" {
			continue
		}
		name := strings.Join(words[:len(words)-1], " ")
		value, err := strconv.ParseFloat(words[len(words)-1], 64)
		if err != nil {
			value = math.Inf(1) // a damaged line equals nothing
		}
		figures[name] = value
		names = append(names, name)
	}
	return figures, names
}

func TestMovedFigures(t *testing.T) {
	const golden = "# a comment\ndetected, F1  60.00\nwhole, F1  40.00\n"
	for _, c := range []struct{ now, want string }{
		{"detected, F1 60.04\nwhole, F1 39.96\n", ""},
		{"detected, F1 60.06\nwhole, F1 40.00\n", "detected, F1: 60.06, was 60.00"},
		{"detected, F1 60.00\nwhole, F1 38.00\n", "whole, F1: 38.00, was 40.00"},
		{"detected, F1 60.00\n", "whole, F1: no longer there"},
		{golden + "marks, recall 90.00\n", "marks, recall: new"},
		{"detected, F1 NaN\nwhole, F1 40.00\n", "detected, F1: NaN, was 60.00"},
		{"detected, F1 NaNa\nwhole, F1 40.00\n", "detected, F1: +Inf, was 60.00"},
	} {
		if got := strings.Join(moved(golden, c.now), "; "); got != c.want {
			t.Errorf("%q: %q, want %q", c.now, got, c.want)
		}
	}
}
