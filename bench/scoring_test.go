package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestScoring runs the cases in testdata/scoring. Each file says what it shows,
// gives gold and predictions as marks on one text, and the figures that follow.
// ⟨s1 …⟩, ⟨c1 …⟩ and ⟨t1 …⟩ mark source, cue and content of attribution 1;
// "@1" after the number is a depth. "-- gold B --" is a second annotator.
func TestScoring(t *testing.T) {
	for _, c := range scoringCases(t) {
		t.Run(c.name, func(t *testing.T) {
			got := summary(Statements(c.gold, c.predictions, Options{AllAnnotators: c.all}))
			if diff := cmp.Diff(c.figures, got); diff != "" {
				t.Errorf("figures (-want +got):\n%s", diff)
			}
		})
	}
}

// summary prints the counts that are not zero: right, predicted, gold of scores,
// right of all of shares, detected, whole and gold of splits.
func summary(t Table) string {
	var b strings.Builder
	score := func(name string, s Score) {
		if s != (Score{}) {
			fmt.Fprintf(&b, "%s %d %d %d\n", name, s.Right, s.Predicted, s.Gold)
		}
	}
	for r, name := range roleNames {
		score(name, t.Exact[r])
	}
	score("detected", t.Detected)
	score("whole", t.Whole)
	for _, s := range []struct {
		name string
		Share
	}{{"core verbs", t.CoreVerbs}, {"marks", t.Marks}} {
		if s.Of > 0 {
			fmt.Fprintf(&b, "%s %d of %d\n", s.name, s.Right, s.Of)
		}
	}
	for _, name := range splitNames {
		if s := t.Splits[name]; s.Gold > 0 {
			fmt.Fprintf(&b, "%s %d %d %d\n", name, s.Detected, s.Whole, s.Gold)
		}
	}
	return b.String()
}

type scoringCase struct {
	name        string
	dir         string // gold in PolNeAR's format
	gold        *Gold
	jsonl       string // predictions in the JSON contract
	predictions map[string][]Prediction
	all         bool
	figures     string
}

// scoringCases turns the marked texts into the formats that are scored.
func scoringCases(t *testing.T) []scoringCase {
	t.Helper()
	files, err := filepath.Glob("testdata/scoring/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scoring cases: %v", err)
	}
	var out []scoringCase
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := scoringCase{name: strings.TrimSuffix(filepath.Base(file), ".txt"), dir: t.TempDir()}
		for _, part := range archive.Files {
			data := strings.TrimSuffix(string(part.Data), "\n")
			switch kind, annotator, second := strings.Cut(part.Name, " "); kind {
			case "gold":
				text, marked := unmark(t, data)
				write(t, filepath.Join(c.dir, "text", "case.txt"), text)
				if !second {
					annotator = "A"
				}
				c.all = c.all || second
				write(t, filepath.Join(c.dir, "attributions", "case_"+annotator+".ann"), annotations(marked))
			case "predicted":
				text, marked := unmark(t, data)
				c.jsonl += contract(t, "some/where/case.txt", &text, marked)
			case "figures":
				c.figures = string(part.Data)
			}
		}
		if c.gold, err = OpenGold(c.dir); err != nil {
			t.Fatal(err)
		}
		if c.predictions, err = ReadPredictions(strings.NewReader(c.jsonl), c.gold); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

var mark = regexp.MustCompile(`⟨([sct])(\d+)(?:@(\d+))? `)

// unmark takes the marks out of a text and returns the attributions they made,
// in the order of their numbers.
func unmark(t *testing.T, marked string) (string, []Prediction) {
	t.Helper()
	type opened struct {
		role, id string
		start    int
	}
	var text []rune
	var open []opened
	by := map[string]*Prediction{}
	for marked != "" {
		if m := mark.FindStringSubmatch(marked); m != nil && strings.HasPrefix(marked, m[0]) {
			open = append(open, opened{m[1], m[2], len(text)})
			if by[m[2]] == nil {
				by[m[2]] = &Prediction{}
			}
			if m[3] != "" {
				fmt.Sscan(m[3], &by[m[2]].Depth)
			}
			marked = marked[len(m[0]):]
			continue
		}
		r := []rune(marked)[0]
		marked = strings.TrimPrefix(marked, string(r))
		if r != '⟩' {
			text = append(text, r)
			continue
		}
		if len(open) == 0 {
			t.Fatal("a mark closes that was not opened")
		}
		o := open[len(open)-1]
		open = open[:len(open)-1]
		p, s := by[o.id], Span{o.start, len(text)}
		switch o.role {
		case "s":
			p.Source = append(p.Source, s)
		case "c":
			p.Cue = append(p.Cue, s)
		case "t":
			p.Content = append(p.Content, s)
		}
	}
	if len(open) > 0 {
		t.Fatalf("a mark is not closed: %v", open)
	}
	var out []Prediction
	for n := range 10 {
		if id := strconv.Itoa(n); by[id] != nil {
			out = append(out, *by[id])
			delete(by, id)
		}
	}
	if len(by) > 0 {
		t.Fatal("attributions are numbered 0 to 9")
	}
	return string(text), out
}

// annotations writes attributions in the stand-off format.
func annotations(attributions []Prediction) string {
	var b strings.Builder
	spans := 0
	for i, a := range attributions {
		event := fmt.Sprintf("E%d\tAttribution:T0", i+1)
		for r, role := range [][]Span{a.Source, a.Cue, a.Content} {
			if len(role) == 0 {
				continue
			}
			spans++
			name := []string{"Source", "Cue", "Content"}[r]
			ends := make([]string, len(role))
			for k, s := range role {
				ends[k] = fmt.Sprintf("%d %d", s.Start, s.End)
			}
			fmt.Fprintf(&b, "T%d\t%s %s\twords\n", spans, name, strings.Join(ends, ";"))
			event += fmt.Sprintf(" %s:T%d", name, spans)
		}
		b.WriteString(event + "\n")
	}
	return b.String()
}

// contract writes one document of the JSON contract.
func contract(t *testing.T, path string, text *string, predictions []Prediction) string {
	t.Helper()
	pairs := func(spans []Span) map[string]any {
		out := make([][2]int, 0, len(spans))
		for _, s := range spans {
			out = append(out, [2]int{s.Start, s.End})
		}
		return map[string]any{"spans": out}
	}
	statements := make([]map[string]any, 0, len(predictions))
	for _, p := range predictions {
		statements = append(statements, map[string]any{
			"depth": p.Depth, "source": pairs(p.Source), "cue": pairs(p.Cue), "content": pairs(p.Content),
		})
	}
	raw, err := json.Marshal(map[string]any{"document": map[string]any{"path": path, "text": text}, "statements": statements})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw) + "\n"
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestErrorsNamesMissedAndSpurious(t *testing.T) {
	text, marked := unmark(t, "⟨s0 Ana⟩ ⟨c0 said⟩ ⟨t0 the sea was calm⟩. ⟨s1 Bo⟩ ⟨c1 doubted⟩ ⟨t1 it⟩. ⟨s2 Cy⟩ ⟨c2 slept⟩.")
	gold := &Gold{Documents: []Document{{"case", text, []Annotator{{"case_A.ann", []Attribution{marked[0].Attribution, marked[1].Attribution}}}}}}
	predictions := map[string][]Prediction{"case": {marked[0], marked[2]}}
	want := []Mistake{
		{"case", true, []string{"Bo"}, []string{"doubted"}, []string{"it"}},
		{"case", false, []string{"Cy"}, []string{"slept"}, []string{}},
	}
	if diff := cmp.Diff(want, Errors(gold, predictions, Options{}, -1)); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
	if got := Errors(gold, predictions, Options{}, 1); len(got) != 1 {
		t.Errorf("with a limit of 1 there are %d mistakes", len(got))
	}
	var b strings.Builder
	if _, err := want[0].WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if want := "missed    case\n  source   Bo\n  cue      doubted\n  content  it\n"; b.String() != want {
		t.Errorf("printed %q, want %q", b.String(), want)
	}
}

// TestIntervals holds what an interval must do: be the figure itself where all
// documents are alike, hold it where they are not, and never change.
func TestIntervals(t *testing.T) {
	same := Table{documents: slices.Repeat([]Counts{{Detected: Score{3, 4, 6}}}, 20)}
	if i, want := same.Intervals().Detected, (Score{3, 4, 6}).F1(); i.Low != want || i.High != want {
		t.Errorf("alike documents: %v, want %v twice", i, want)
	}
	mixed := Table{documents: append(slices.Repeat([]Counts{{Whole: Score{9, 10, 10}}}, 10), slices.Repeat([]Counts{{Whole: Score{1, 10, 10}}}, 10)...)}
	i := mixed.Intervals().Whole
	if i.Low >= 0.4 || i.High <= 0.6 || i.Low < 0.1 || i.High > 0.9 {
		t.Errorf("unlike documents: %v, want a wide range around 0.5", i)
	}
	if again := mixed.Intervals().Whole; again != i {
		t.Errorf("the same counts gave %v, then %v", i, again)
	}
	if none := (Table{}).Intervals().Detected; none != (Interval{}) {
		t.Errorf("no documents: %v", none)
	}
}
