package ledgertest

import (
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/ledger"
)

var comparing = []testCase{
	{"a line a speaker, in the order of time, with silences and outlets without", func(r *room) {
		r.keep(harbour, orchard, notice, repeated)
		r.sideBySide(ledger.Query{About: "the"},
			"Paul Hart, in harbour-times.example orchard.example, not in The Orchard Post",
			"  the vote was fair",
			"  … 3 months, 2023-12-01 to 2024-02-23, nothing read",
			"  that the pillars were unsafe",
			"Inés Núñez, in The Orchard Post harbour-times.example, not in orchard.example",
			"  the old bridge would close in November",
			"  the city would help the growers",
			"Ada Bell, in The Orchard Post, not in harbour-times.example orchard.example",
			"  the frost had taken half of the bridge orchard's blossom",
			"The council, not in The Orchard Post harbour-times.example orchard.example",
			"  that dogs stay on the lead near the bridge",
		)
	}},
	{"a silence in which others are on record", func(r *room) {
		later := harbour.with(func(s *Story) { s.URL, s.Published = "https://www.harbour-times.example/later", "2025-06-01" })
		r.keep(harbour, orchard, later)
		r.sideBySide(ledger.Query{By: "hart"},
			"Paul Hart, in harbour-times.example",
			"  that the pillars were unsafe",
			"  … 15 months, 2024-02-25 to 2025-05-31, others heard",
			"  that the pillars were unsafe",
		)
	}},
	{"nothing to compare", func(r *room) {
		r.keep(harbour)
		r.sideBySide(ledger.Query{About: "zebra"})
	}},
}

// sideBySide holds a comparison to its lines.
func (r *room) sideBySide(q ledger.Query, want ...string) {
	r.Helper()
	c, err := ledger.Compare(r.Context(), r, q)
	if err != nil {
		r.Fatal(err)
	}
	var got []string
	for _, l := range c.Lines {
		head := l.Name()
		if len(l.Outlets) > 0 {
			head += ", in " + strings.Join(l.Outlets, " ")
		}
		if len(l.Silent) > 0 {
			head += ", not in " + strings.Join(l.Silent, " ")
		}
		got = append(got, head)
		for i := range l.Rows {
			for _, g := range l.Gaps {
				if g.After == i-1 {
					heard := "nothing read"
					if g.Kept {
						heard = "others heard"
					}
					got = append(got, fmt.Sprintf("  … %s, %s to %s, %s", g.Words(), g.From, g.To, heard))
				}
			}
			got = append(got, "  "+l.Rows[i].Texts.Content)
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		r.Errorf("side by side:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
