package said

import (
	"errors"
	"testing"

	"github.com/onrecord/onrecord"
)

func TestScorerData(t *testing.T) {
	s, err := loadScorer(scorerData)
	if err != nil || len(s.weights) < 100 {
		t.Fatalf("%d weights, %v", len(s.weights), err)
	}
	for _, bad := range []string{"x rule=that\n", "0.5\n"} {
		if _, err := loadScorer(bad); !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// What stands in a statement that is left out moves up to what that stood in.
func TestLikelyKeepsNesting(t *testing.T) {
	got := (&Finder{}).likely([]onrecord.Statement{
		{ID: "S1", Confidence: 0.9},
		{ID: "S2", Within: "S1", Depth: 1, Confidence: 0.1},
		{ID: "S3", Within: "S2", Depth: 2, Confidence: 0.8},
		{ID: "S4", Within: "S3", Depth: 3, Confidence: 0.8},
		{ID: "S5", Confidence: 0.2},
	})
	want := []struct {
		id, within onrecord.ID
		depth      int
	}{{"S1", "", 0}, {"S3", "S1", 1}, {"S4", "S3", 2}}
	if len(got) != len(want) {
		t.Fatalf("%d statements, want %d", len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; g.ID != w.id || g.Within != w.within || g.Depth != w.depth {
			t.Errorf("%s in %q at %d, want %s in %q at %d", g.ID, g.Within, g.Depth, w.id, w.within, w.depth)
		}
	}
}

// A question that asks for an opinion is less likely a statement than the opinion.
func TestScorerKnowsQuestions(t *testing.T) {
	s, err := loadScorer(scorerData)
	if err != nil {
		t.Fatal(err)
	}
	sum := func(features ...string) (n float64) {
		for _, f := range features {
			n += s.weights[f]
		}
		return n
	}
	if asked, told := sum("asked=turned", "class=belief asked=turned"), sum("asked=no", "class=belief asked=no"); asked >= told {
		t.Errorf("asked %.2f, told %.2f", asked, told)
	}
}
