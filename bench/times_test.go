package bench

import (
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/read"
)

const timeML = `<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="1998-01-08">19980108</TIMEX3></DCT>
<TEXT>
The <EVENT eid="e1">fair</EVENT> opened on <TIMEX3 tid="t1" type="DATE" value="1998-01-07">Wednesday</TIMEX3> &amp; closes <TIMEX3 type="DATE" value="1998-01-12" tid="t2">next Monday</TIMEX3>.
It was “full”, as in <TIMEX3 tid="t3" type="DATE" value="1997">1997</TIMEX3>.
</TEXT></TimeML>`

func TestReadTimeML(t *testing.T) {
	d := readTimeML(timeML)
	want := Timed{
		Text:      "The fair opened on Wednesday & closes next Monday.\nIt was “full”, as in 1997.",
		Published: "1998-01-08",
		Gold: []Timex{
			{Span{Start: 19, End: 28}, "DATE", "1998-01-07"},
			{Span{Start: 38, End: 49}, "DATE", "1998-01-12"},
			{Span{Start: 72, End: 76}, "DATE", "1997"},
		},
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// One right; one with another extent and the right value; one missed; one spurious.
func TestTimesByHand(t *testing.T) {
	gold := readTimeML(timeML).Gold
	var figures Times
	figures.Add(gold, []Timex{
		{Span{Start: 19, End: 28}, "DATE", "1998-01-07"},
		{Span{Start: 43, End: 49}, "TIME", "1998-01-12"},
		{Span{Start: 51, End: 53}, "DATE", "1998"},
	})
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"strict", figures.StrictF1(), 100. / 3},
		{"relaxed", figures.RelaxedF1(), 200. / 3},
		{"type", figures.TypeF1(), 100. / 3},
		{"value", figures.ValueF1(), 200. / 3},
	} {
		if diff := c.got - c.want; diff > 1e-9 || diff < -1e-9 {
			t.Errorf("%s F1 %.4f, want %.4f", c.name, c.got, c.want)
		}
	}
	var none Times
	if none.RelaxedF1() != 0 || none.ValueF1() != 0 {
		t.Error("figures of nothing are not 0")
	}
}

const timesHeader = `# Golden figures of time expressions, on TimeBank and AQUAINT as TempEval-3 cleaned them.
# What: a figure a line, in hundredths, by the definitions of TempEval-3's task A.
# Source: counted by this package; no text of the corpora is here. Licence: Apache-2.0, as the code.
# Regenerate, with ONRECORD_SHARED naming the folder of corpora: go test ./bench -run TestGoldenTimes -update
`

// TestGoldenTimes fails when a figure of time expressions moved, and holds the figures
// to those of the independent script.
func TestGoldenTimes(t *testing.T) {
	dir := shared(t)
	finder, err := desk.New()
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, corpus := range []string{"timebank", "aquaint"} {
		folder := filepath.Join(dir, "data", "time", corpus)
		documents, err := OpenTimes(folder)
		if err != nil {
			t.Fatal(err)
		}
		var figures Times
		var jsonl bytes.Buffer
		for i := range documents {
			d := &documents[i]
			for _, found := range wholePath(t, finder, &jsonl, read.Captures(bytes.NewReader(d.Input()), d.Name, read.JSONL, read.Given{})) {
				figures.Add(d.Gold, TimexesOf(&found))
			}
		}
		got += fmt.Sprintf("%s, strict F1 %26.2f\n%s, relaxed F1 %25.2f\n%s, value F1 %27.2f\n", corpus, figures.StrictF1(), corpus, figures.RelaxedF1(), corpus, figures.ValueF1())
		sameAsScript(t, filepath.Join(dir, "eval", "score_times.py"), folder, jsonl.String(), &figures)
	}
	golden(t, "testdata/figures_times.txt", timesHeader, got)
}

// sameAsScript holds figures to the print-out of an independent script, for the same
// predictions.
func sameAsScript(t *testing.T, script, gold, jsonl string, figures io.WriterTo) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "predictions.jsonl")
	write(t, file, jsonl)
	want, err := exec.CommandContext(t.Context(), "python3", script, "score", gold, file).Output()
	if err != nil {
		t.Fatalf("run the script: %v", err)
	}
	var ours strings.Builder
	if _, err := figures.WriteTo(&ours); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), ours.String()); diff != "" {
		t.Errorf("%s (-script +bench):\n%s", gold, diff)
	}
}
