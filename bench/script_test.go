package bench

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shared is the folder of corpora and scorers named by ONRECORD_SHARED. The test
// is skipped where it is unset and fails where it is wrong.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("ONRECORD_SHARED")
	if dir == "" {
		t.Skip("ONRECORD_SHARED is not set: the corpora and their scorers are not here")
	}
	if _, err := os.Stat(filepath.Join(dir, "eval", "score_statements.py")); err != nil {
		t.Fatalf("ONRECORD_SHARED is set and wrong: %v", err)
	}
	return dir
}

// sameFigures holds our table to the script's print-out, line by line.
func sameFigures(t *testing.T, script, goldDir, jsonl string, opt Options) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "predictions.jsonl")
	write(t, file, jsonl)
	args := []string{script, goldDir, file}
	if opt.AllAnnotators {
		args = append(args, "--all-annotators")
	}
	want, err := exec.CommandContext(t.Context(), "python3", args...).Output()
	if err != nil {
		t.Fatalf("run the script: %v", err)
	}
	gold, err := OpenGold(goldDir)
	if err != nil {
		t.Fatal(err)
	}
	predictions, err := ReadPredictions(strings.NewReader(jsonl), gold)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	Statements(gold, predictions, opt).writeFigures(&got)
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("figures (-script +bench):\n%s", diff)
	}
}

// TestSameFiguresAsTheScript scores the cases of this package, and the corpus
// damaged in every way that a definition looks at, with both.
func TestSameFiguresAsTheScript(t *testing.T) {
	dir := shared(t)
	script := filepath.Join(dir, "eval", "score_statements.py")
	for _, c := range scoringCases(t) {
		t.Run(c.name, func(t *testing.T) {
			sameFigures(t, script, c.dir, c.jsonl, Options{AllAnnotators: c.all})
		})
	}
	dev := filepath.Join(dir, "data", "polnear", "dev")
	gold, err := OpenGold(dev)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range damages {
		t.Run("corpus "+name, func(t *testing.T) {
			t.Parallel()
			jsonl := damaged(t, gold, damage)
			for _, opt := range []Options{{}, {AllAnnotators: true}} {
				sameFigures(t, script, dev, jsonl, opt)
			}
		})
	}
}

// damages change one attribution or leave it; next is the one after it.
var damages = map[string]func(r *rand.Rand, p, next Prediction) []Prediction{
	"untouched": func(_ *rand.Rand, p, _ Prediction) []Prediction { return []Prediction{p} },
	"shifted edges": func(r *rand.Rand, p, _ Prediction) []Prediction {
		shift := func(spans []Span) (out []Span) {
			for _, s := range spans {
				out = append(out, Span{max(0, s.Start+r.IntN(5)-2), s.End + r.IntN(9) - 4})
			}
			return out
		}
		return []Prediction{{p.Depth, Attribution{shift(p.Source), shift(p.Cue), shift(p.Content)}}}
	},
	"dropped and deeper": func(r *rand.Rand, p, _ Prediction) []Prediction {
		switch r.IntN(4) {
		case 0:
			return nil
		case 1:
			p.Depth = 1
		case 2:
			return []Prediction{{0, Attribution{nil, p.Cue, p.Content}}}
		}
		return []Prediction{p}
	},
	"merged": func(r *rand.Rand, p, next Prediction) []Prediction {
		if r.IntN(2) == 0 {
			return []Prediction{{0, Attribution{append(next.Source, p.Source...), append(p.Cue, next.Cue...), append(p.Content, next.Content...)}}}
		}
		return []Prediction{p}
	},
	"torn and doubled": func(r *rand.Rand, p, next Prediction) []Prediction {
		out := []Prediction{p}
		for range r.IntN(3) { // equal contents, so that ties decide
			source := p.Source
			if r.IntN(2) == 0 {
				source = next.Source
			}
			out = append([]Prediction{{0, Attribution{source, p.Cue, p.Content}}}, out...)
		}
		for _, s := range p.Content {
			middle := s.Start + r.IntN(max(1, s.End-s.Start))
			out = append(out, Prediction{0, Attribution{p.Source, next.Cue, []Span{{s.Start, middle}, {middle, s.End}}}},
				Prediction{0, Attribution{p.Source, p.Cue, []Span{{s.Start, middle}}}})
		}
		return out
	},
}

// damaged is the JSON contract of predictions made from the last annotator of
// each document; one document in twenty is left out.
func damaged(t *testing.T, gold *Gold, damage func(r *rand.Rand, p, next Prediction) []Prediction) string {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for i := range gold.Documents {
		doc := &gold.Documents[i]
		if r.IntN(20) == 0 {
			continue
		}
		from := doc.Annotators[len(doc.Annotators)-1].Attributions
		var predictions []Prediction
		for k := range from {
			next := from[(k+1)%len(from)]
			predictions = append(predictions, damage(r, Prediction{0, clone(from[k])}, Prediction{0, clone(next)})...)
		}
		b.WriteString(contract(t, fmt.Sprintf("corpus/%s.txt", doc.Name), &doc.Text, predictions))
	}
	return b.String()
}

func clone(a Attribution) Attribution {
	own := func(spans []Span) []Span { return append([]Span(nil), spans...) }
	return Attribution{own(a.Source), own(a.Cue), own(a.Content)}
}
