package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/where"
)

func TestReadMarked(t *testing.T) {
	got, err := readMarked(strings.NewReader("<samples>\n<sample number=\"1\">Snow fell in <loc reading=\"lit\">Peru</loc>.</sample>\n<sample><loc reading=\"met\">Peru</loc> won.</sample></samples>"))
	if err != nil {
		t.Fatal(err)
	}
	want := []marked{
		{"Snow fell in Peru.", onrecord.Span{Start: 13, End: 17}, true},
		{"Peru won.", onrecord.Span{Start: 0, End: 4}, false},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(marked{})); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

const metonymyHeader = `# Golden figure of what place names stand for, on the training part of ReLocaR.
# What: accuracy in hundredths.
# Source: counted by this package; no text of the corpus is here. Licence: Apache-2.0, as the code.
# Regenerate, with ONRECORD_SHARED naming the folder of corpora: go test ./bench -run TestGoldenMetonymy -update
`

// TestGoldenMetonymy fails when the figure moved.
func TestGoldenMetonymy(t *testing.T) {
	f, err := os.Open(filepath.Join(shared(t), "data", "place", "ReLocaR_Train.xml"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	analyser, err := english.New()
	if err != nil {
		t.Fatal(err)
	}
	finder, err := where.New()
	if err != nil {
		t.Fatal(err)
	}
	figures, err := ScoreMetonymy(f, analyser, finder)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/figures_metonymy.txt", metonymyHeader, fmt.Sprintf("%-28s %6.2f\n", "accuracy", 100*figures.Accuracy()))
}
