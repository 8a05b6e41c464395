package sqlite

import (
	"testing"

	"github.com/onrecord/onrecord/ledger"
)

// TestPlanIsStable: one question is asked in one way.
func TestPlanIsStable(t *testing.T) {
	q := ledger.Query{By: "mayor", About: "bridge"}
	const want = `who : ("mayor") AND content : ("bridge")`
	none := reader{t.Context(), fresh(t).read}
	for range 32 {
		p, err := planOf(none, &q)
		if err != nil {
			t.Fatal(err)
		}
		if p.match != want {
			t.Fatalf("%s, want %s", p.match, want)
		}
	}
}
