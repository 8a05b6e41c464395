// Package ledgertest is what every engine of the ledger must do: a conformance
// suite, and made-up articles to run it and to measure with. An engine's test is
// one line:
//
//	func TestLedger(t *testing.T) { ledgertest.Run(t, open) }
package ledgertest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Run holds an engine to the contract of package ledger, theme by theme. open
// makes an empty ledger and closes it when its test ends.
func Run(t *testing.T, open func(t *testing.T) ledger.Store) {
	t.Helper()
	for _, theme := range []struct {
		name  string
		cases []testCase
	}{
		{"keep", keeping},
		{"identity", identity},
		{"search", searching},
		{"comparison", comparing},
		{"speakers", speakers},
		{"names", naming},
		{"reviews", reviewing},
		{"reanalysis", reanalysing},
		{"custody", custody},
		{"sources", sourcing},
		{"stories", telling},
		{"concurrency", concurrency},
	} {
		t.Run(theme.name, func(t *testing.T) {
			for _, c := range theme.cases {
				t.Run(c.name, func(t *testing.T) { c.test(&room{t, open(t)}) })
			}
		})
	}
}

// testCase is one thing an engine does.
type testCase struct {
	name string
	test func(*room)
}

// room is a test with a ledger of its own. Its methods fail the test where the
// ledger fails.
type room struct {
	*testing.T
	ledger.Store
}

// keep keeps stories, each in a call of its own, and returns what became of them.
func (r *room) keep(stories ...Story) []ledger.Kept {
	r.Helper()
	var all []ledger.Kept
	for _, s := range stories {
		kept, err := r.Keep(r.Context(), s.Document(r))
		if err != nil {
			r.Fatal(err)
		}
		if kept[0].Err != nil {
			r.Fatal(kept[0].Err)
		}
		all = append(all, kept[0])
	}
	return all
}

// said lists what answers a query, one line a statement: speaker, else source,
// and content.
func (r *room) said(q ledger.Query) []string {
	r.Helper()
	lines := []string{}
	for _, rec := range r.answer(q).Rows {
		lines = append(lines, line(rec))
	}
	return lines
}

func line(rec ledger.Record) string {
	who := rec.Speaker.Name
	if who == "" {
		who = rec.Texts.Source
	}
	return who + ": " + rec.Texts.Content
}

func (r *room) answer(q ledger.Query) ledger.Answer {
	r.Helper()
	a, err := r.Said(r.Context(), q)
	if err != nil {
		r.Fatal(err)
	}
	return a
}

// record is one statement.
func (r *room) record(id onrecord.ID) ledger.Record {
	r.Helper()
	rec, err := r.Statement(r.Context(), id)
	if err != nil {
		r.Fatal(err)
	}
	return rec
}

func (r *room) article(id onrecord.ID) ledger.Article {
	r.Helper()
	a, err := r.Article(r.Context(), id)
	if err != nil {
		r.Fatal(err)
	}
	return a
}

func (r *room) totals() ledger.Totals {
	r.Helper()
	t, err := r.Totals(r.Context())
	if err != nil {
		r.Fatal(err)
	}
	return t
}

func (r *room) mark(review onrecord.Review) onrecord.Review {
	r.Helper()
	if review.By == "" {
		review.By = "Reader"
	}
	made, err := r.Mark(r.Context(), review)
	if err != nil {
		r.Fatal(err)
	}
	return made
}

// reanalysed gives a kept article another analysis.
func (r *room) reanalysed(article onrecord.ID, s Story) ledger.Changes {
	r.Helper()
	d := s.Document(r)
	c, err := r.Reanalysed(r.Context(), article, d.Revision, d.Analysis)
	if err != nil {
		r.Fatal(err)
	}
	return c
}

// whole fails the test where Verify finds something.
func (r *room) whole() (looked int) {
	r.Helper()
	for f, err := range r.Verify(r.Context()) {
		if err != nil {
			r.Fatal(err)
		}
		if f.Problem != "" {
			r.Errorf("%s %s: %s", f.Kind, f.ID, f.Problem)
		}
		looked++
	}
	return looked
}

// same compares lists of lines.
func (r *room) same(what string, got, want []string) {
	r.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		r.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func (r *room) equal(what string, got, want any) {
	r.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		r.Errorf("%s: got %s, want %s", what, g, w)
	}
}
