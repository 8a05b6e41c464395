package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/roster"
)

// speakerView is what one name said, in order of time.
type speakerView struct {
	ledger.Speaker
	Known     []roster.Known
	Ties      []ledger.Tie // about the names, that stand
	About     []row        // the newest of others that name the speaker
	AboutAt   string       // all of them
	Called    []tally      // how the texts name the speaker
	Outlets   []tally
	Looked    int // how many of the newest statements Called and Outlets were counted in
	Months    []month
	Oldest    bool
	Turn      string // the same page in the other order
	Older     string
	FirstPage string
	Paged     bool
	Timeline  *timeline // of the newest that are looked at; nil for too few
}

// rowsAbout is how many statements about a speaker stand on the page.
const rowsAbout = 8

// tally is something counted.
type tally struct {
	What  string
	Count int
	Page  string // where they are listed
}

// month is a heading with what was said then.
type month struct {
	Name string
	Rows []row
}

func (s *site) speaker(w http.ResponseWriter, r *http.Request) {
	key, format := dataFormat(r.PathValue("key"))
	speaker, err := s.store.Speaker(r.Context(), key)
	if err != nil {
		s.fail(w, r, fmt.Errorf("speaker %s: %w", key, err))
		return
	}
	q, err := queryOf(r.URL.Query(), format)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	q.SpeakerKey = speaker.Key
	if format != asPage {
		s.statementsData(w, r, q, format)
		return
	}
	answer, err := s.store.Said(r.Context(), q)
	if err != nil {
		s.fail(w, r, fmt.Errorf("speaker %s: %w", key, err))
		return
	}
	base := s.opt.Roster
	if base == nil {
		base = &roster.Base{}
	}
	profile, err := roster.Look(r.Context(), s.store, base, speaker.Key, rowsAbout)
	if err != nil {
		s.fail(w, r, fmt.Errorf("speaker %s: %w", key, err))
		return
	}
	sample, err := s.store.Said(r.Context(), ledger.Query{SpeakerKey: speaker.Key, MinConfidence: onrecord.Shown, Limit: rowsMost})
	if err != nil {
		s.fail(w, r, fmt.Errorf("speaker %s: %w", key, err))
		return
	}
	v := speakerView{
		Known: profile.Known, Ties: profile.Ties, About: rowsOf(profile.About), AboutAt: searchAddress(ledger.Query{About: phrase(profile.Words[len(profile.Words)-1]), MinConfidence: onrecord.Shown}),
		Speaker: speaker, Looked: len(sample.Rows), Months: byMonth(rowsOf(answer.Rows)),
		Oldest: q.Oldest, Paged: q.After != "", FirstPage: with(r.URL, "after", ""),
		Turn: with(r.URL, "after", "", "order", "oldest"),
	}
	if q.Oldest {
		v.Turn = with(r.URL, "after", "", "order", "")
	}
	if answer.Next != "" {
		v.Older = with(r.URL, "after", string(answer.Next))
	}
	v.Timeline = timelineOf(sample.Rows, speaker.Key)
	v.Called = tallied(sample.Rows, func(rec *ledger.Record) string {
		if f := rec.Statement.Source.Form; f != onrecord.Named && f != onrecord.RoleForm {
			return ""
		}
		return rec.Texts.Source
	})
	v.Outlets = tallied(sample.Rows, func(rec *ledger.Record) string { return rec.Article.Publisher })
	for i := range v.Outlets {
		v.Outlets[i].Page = searchAddress(ledger.Query{SpeakerKey: speaker.Key, Publisher: v.Outlets[i].What, MinConfidence: onrecord.Shown})
	}
	s.page(w, r, "speaker", page{Title: speaker.Name, Here: "speakers", Formats: true, Lines: true, Feed: true, Main: v})
}

// tallied counts a property of records, most first, then by name; empty ones
// are left out.
func tallied(records []ledger.Record, property func(*ledger.Record) string) []tally {
	counts := map[string]int{}
	for i := range records {
		if p := property(&records[i]); p != "" {
			counts[p]++
		}
	}
	out := make([]tally, 0, len(counts))
	for what, n := range counts {
		out = append(out, tally{What: what, Count: n})
	}
	slices.SortFunc(out, func(a, b tally) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.What, b.What)) })
	return out
}

// byMonth cuts rows, which are in order of time, where the month changes.
func byMonth(rows []row) []month {
	var months []month
	for _, r := range rows {
		name := "Date unknown"
		switch r.When.Precision {
		case onrecord.Unknown:
		case onrecord.Year:
			name = r.When.Time.Format("2006") + ", month unknown"
		default:
			name = r.When.Time.Format("January 2006")
		}
		if len(months) == 0 || months[len(months)-1].Name != name {
			months = append(months, month{Name: name})
		}
		months[len(months)-1].Rows = append(months[len(months)-1].Rows, r)
	}
	return months
}
