package ledgertest

import (
	"encoding/json"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// questions are queries of every kind.
func questions() []ledger.Query {
	date := func(s string) onrecord.Date {
		d, err := onrecord.ParseDate(s)
		if err != nil {
			panic(err) // written below
		}
		return d
	}
	return []ledger.Query{
		{},
		{Oldest: true},
		{Limit: 2},
		{Wrong: true, Gone: true, Repeats: true},
		{By: "nunez"},
		{By: "union"},
		{By: "Marta"},
		{SpeakerKey: "paul-hart"},
		{SpeakerKey: "ines-nunez", About: "bridge"},
		{About: "bridge"},
		{About: `"the old bridge"`},
		{About: "blossom", Publisher: "The Orchard Post"},
		{Publisher: "harbour-times.example"},
		{Publisher: "Another Gazette"},
		{Since: date("2024")},
		{Until: date("2024-02-24")},
		{Since: date("2024-02-25"), Until: date("2024-03"), About: "the"},
		{Quoted: onrecord.Direct},
		{MinConfidence: 0.5},
		{SpeakerKey: "paul-hart", Since: date("2020")},
	}
}

// battery asks everything there is to ask and returns the answers, one line each.
// Reviews themselves are left out, and how many there are.
func (r *room) battery() []string {
	r.Helper()
	var lines []string
	add := func(v any) { lines = append(lines, jsonOf(r, v)) }
	forget := func(rec *ledger.Record) { rec.Reviews = nil }
	for _, q := range questions() {
		a := r.answer(q)
		for i := range a.Rows {
			forget(&a.Rows[i])
		}
		a.Totals.Reviews = 0
		add(a)
	}
	refs, _, err := r.Articles(r.Context(), ledger.ArticleQuery{})
	if err != nil {
		r.Fatal(err)
	}
	for _, ref := range refs {
		a := r.article(ref.ID)
		a.Reviews = nil
		for i := range a.Statements {
			forget(&a.Statements[i])
			rec := r.record(a.Statements[i].ID)
			forget(&rec)
			add(rec)
		}
		add(a)
	}
	titled, _, err := r.Articles(r.Context(), ledger.ArticleQuery{Words: "bridge"})
	if err != nil {
		r.Fatal(err)
	}
	add(titled)
	for _, prefix := range []string{"", "i", "har p"} {
		list, _, err := r.Speakers(r.Context(), ledger.SpeakerQuery{Prefix: prefix})
		if err != nil {
			r.Fatal(err)
		}
		add(list)
	}
	return lines
}

func jsonOf(tb testing.TB, v any) string {
	tb.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}
