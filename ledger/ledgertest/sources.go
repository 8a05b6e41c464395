package ledgertest

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// noon is when the cases about sources begin.
var noon = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)

var sourcing = []testCase{
	{"a source is kept once under its address", func(r *room) {
		first := r.source("https://orchard.example/feed.xml")
		again, isNew, err := r.AddSource(r.Context(), ledger.Source{Address: first.Address, Title: "Another title"})
		if err != nil || isNew || again.ID != first.ID || again.Title != first.Title {
			r.Errorf("again: %+v, %v, %v", again, isNew, err)
		}
		r.source("https://harbour-times.example/news")
		r.sources("https://orchard.example/feed.xml active", "https://harbour-times.example/news active")
		for _, by := range []string{string(first.ID), first.Address} {
			if s, err := r.Source(r.Context(), by); err != nil || s.ID != first.ID {
				r.Errorf("%s: %+v, %v", by, s, err)
			}
		}
		r.sound()
	}},
	{"a source is paused, removed, and comes back with what it knew", func(r *room) {
		s := r.source("https://orchard.example/feed.xml")
		r.visited(s, lead("https://orchard.example/frost", 0))
		r.state(s.ID, ledger.Paused)
		r.sources("https://orchard.example/feed.xml paused")
		r.state(s.ID, ledger.Removed)
		r.sources()
		back, isNew, err := r.AddSource(r.Context(), ledger.Source{Address: s.Address})
		if err != nil || isNew || back.ID != s.ID || back.State != ledger.Active || back.Health.Found != 1 {
			r.Errorf("%+v, %v, %v", back, isNew, err)
		}
		if _, err := r.ChangeSource(r.Context(), "o-0000000000000", func(*ledger.Source) error { return nil }); !errors.Is(err, onrecord.ErrNotFound) {
			r.Errorf("a source that is not there: %v", err)
		}
	}},
	{"two sources never have one address", func(r *room) {
		r.source("https://orchard.example/feed.xml")
		other := r.source("https://orchard.example/rss")
		_, err := r.ChangeSource(r.Context(), other.ID, func(s *ledger.Source) error {
			s.Address = "https://orchard.example/feed.xml"
			return nil
		})
		if !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("%v", err)
		}
		r.sources("https://orchard.example/feed.xml active", "https://orchard.example/rss active")
	}},
	{"a lead is found once, whoever tells of it", func(r *room) {
		a, b := r.source("https://orchard.example/feed.xml"), r.source("https://orchard.example/rss")
		r.equal("first", r.visited(a, lead("https://orchard.example/frost", 0), lead("https://orchard.example/vote", time.Hour)), 2)
		r.equal("second", r.visited(b, lead("https://orchard.example/frost", 0)), 0)
		r.leads(ledger.LeadQuery{By: noon}, "https://orchard.example/frost")
		r.leads(ledger.LeadQuery{By: noon.Add(time.Hour)}, "https://orchard.example/frost", "https://orchard.example/vote")
		r.leads(ledger.LeadQuery{Source: b.ID})
		r.sound()
	}},
	{"leads are asked for by host", func(r *room) {
		s := r.source("https://orchard.example/feed.xml")
		r.visited(s, lead("https://orchard.example/frost", 0), lead("https://harbour.example/bridge", 0), lead("https://later.example/x", time.Minute))
		hosts, next, err := r.LeadHosts(r.Context(), noon)
		r.equal("hosts", []any{hosts, next.Equal(noon.Add(time.Minute)), err}, []any{[]string{"harbour.example", "orchard.example"}, true, nil})
		r.leads(ledger.LeadQuery{By: noon, Host: "harbour.example"}, "https://harbour.example/bridge")
	}},
	{"a lead that was followed is due no more, until its source says that it changed", func(r *room) {
		s := r.source("https://orchard.example/feed.xml")
		r.visited(s, lead("https://orchard.example/frost", 0))
		l := r.lead("https://orchard.example/frost")
		l.Due, l.Outcome, l.Article, l.Looks, l.ETag = time.Time{}, ledger.LeadKept, r.keep(orchard)[0].Article, 1, `"v1"`
		if err := r.Followed(r.Context(), l); err != nil {
			r.Fatal(err)
		}
		r.leads(ledger.LeadQuery{By: noon.Add(time.Hour)})
		r.visited(s, lead("https://orchard.example/frost", 0))
		r.leads(ledger.LeadQuery{By: noon.Add(time.Hour)})
		changed := lead("https://orchard.example/frost", 2*time.Hour)
		changed.Modified = onrecord.Date{Time: noon.Add(time.Hour), Precision: onrecord.Instant}
		r.visited(s, changed)
		r.leads(ledger.LeadQuery{By: noon.Add(3 * time.Hour)}, "https://orchard.example/frost")
		r.equal("what it knew", r.lead("https://orchard.example/frost").ETag, `"v1"`)
		src, err := r.Source(r.Context(), string(s.ID))
		r.equal("yield", []any{src.Health.Found, src.Health.Kept, src.Health.Lost, err}, []any{1, 1, 0, nil})
		r.sound()
	}},
	{"a lead that is given up counts as lost, and no more when it is found again", func(r *room) {
		s := r.source("https://orchard.example/feed.xml")
		r.visited(s, lead("https://orchard.example/frost", 0))
		l := r.lead("https://orchard.example/frost")
		for _, c := range []struct {
			outcome ledger.LeadOutcome
			lost    int
		}{{ledger.LeadFailing, 0}, {ledger.LeadLost, 1}, {ledger.LeadLost, 1}, {ledger.LeadKept, 0}} {
			l.Outcome, l.Reason = c.outcome, "timeout"
			if err := r.Followed(r.Context(), l); err != nil {
				r.Fatal(err)
			}
			src, err := r.Source(r.Context(), string(s.ID))
			r.equal(string(c.outcome), []any{src.Health.Lost, err}, []any{c.lost, nil})
		}
		if err := r.Followed(r.Context(), ledger.Lead{ID: 99, Source: s.ID}); !errors.Is(err, onrecord.ErrNotFound) {
			r.Errorf("a lead that is not there: %v", err)
		}
	}},
	{"a bookmark is kept", func(r *room) {
		for _, want := range []int64{0, 512, 1024} {
			at, err := r.Bookmark(r.Context(), "archive.warc.gz")
			r.equal("at", []any{at, err}, []any{want, nil})
			if err := r.SetBookmark(r.Context(), "archive.warc.gz", at+512); err != nil {
				r.Fatal(err)
			}
		}
	}},
}

// source keeps a source.
func (r *room) source(address string) ledger.Source {
	r.Helper()
	s, _, err := r.AddSource(r.Context(), ledger.Source{Address: address, Title: "Orchard", Next: noon})
	if err != nil {
		r.Fatal(err)
	}
	return s
}

// lead is a lead that is due some time after noon.
func lead(address string, after time.Duration) ledger.Lead {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return ledger.Lead{Address: address, Host: u.Host, Due: noon.Add(after), Found: noon}
}

func (r *room) visited(s ledger.Source, leads ...ledger.Lead) (found int) {
	r.Helper()
	_, err := r.Visited(r.Context(), s.ID, leads, func(now *ledger.Source, n int) {
		now.Health.Visits++
		found = n
	})
	if err != nil {
		r.Fatal(err)
	}
	return found
}

func (r *room) state(id onrecord.ID, state ledger.SourceState) {
	r.Helper()
	_, err := r.ChangeSource(r.Context(), id, func(s *ledger.Source) error {
		s.State = state
		return nil
	})
	if err != nil {
		r.Fatal(err)
	}
}

func (r *room) lead(address string) ledger.Lead {
	r.Helper()
	list, err := r.Leads(r.Context(), ledger.LeadQuery{})
	if err != nil {
		r.Fatal(err)
	}
	for _, l := range list {
		if l.Address == address {
			return l
		}
	}
	r.Fatalf("no lead %s", address)
	return ledger.Lead{}
}

// sources and leads hold lists to their lines.
func (r *room) sources(want ...string) {
	r.Helper()
	list, err := r.Sources(r.Context())
	if err != nil {
		r.Fatal(err)
	}
	var got []string
	for _, s := range list {
		got = append(got, s.Address+" "+string(s.State))
	}
	r.same("sources", got, want)
}

func (r *room) leads(q ledger.LeadQuery, want ...string) {
	r.Helper()
	list, err := r.Leads(r.Context(), q)
	if err != nil {
		r.Fatal(err)
	}
	var got []string
	for _, l := range list {
		got = append(got, l.Address)
	}
	r.same(fmt.Sprintf("%+v", q), got, want)
}
