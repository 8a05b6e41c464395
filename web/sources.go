package web

import (
	"fmt"
	"net/http"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// sourcesView lists sources with how they fare.
type sourcesView struct {
	Sources []sourceRow
	Failing int
}

// sourceRow is a source in the list.
type sourceRow struct {
	ledger.Source
	Now time.Time
}

// Name is the source's title, or its address.
func (s *sourceRow) Name() string {
	if s.Title != "" {
		return s.Title
	}
	return s.Address
}

// Fares says in a word how a source fares.
func (s *sourceRow) Fares() string {
	switch h := &s.Health; {
	case s.State == ledger.Paused && h.Failures > 0:
		return "gone"
	case s.State == ledger.Paused:
		return "paused"
	case h.Visits == 0:
		return "not visited yet"
	case h.Failures > 0:
		return "failing"
	case s.Quiet():
		return "quiet"
	default:
		return "well"
	}
}

// Quiet reports whether nothing new came for much longer than it used to.
func (s *sourceRow) Quiet() bool {
	return !s.Health.New.IsZero() && s.Every > 0 && s.Now.Sub(s.Health.New) > max(10*s.Every, 7*24*time.Hour)
}

// sourceItem is a source as JSON.
type sourceItem struct {
	ID      onrecord.ID `json:"id"`
	Address string      `json:"address"`
	Fares   string      `json:"fares"`
	ledger.Source
}

// sourceView is one source with what it led to last.
type sourceView struct {
	sourceRow
	Leads []ledger.Lead
	Lost  []ledger.Lead
}

func (s *site) sources(w http.ResponseWriter, r *http.Request) {
	_, format := dataFormat(r.URL.Path)
	list, err := s.store.Sources(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	v := sourcesView{}
	items := []sourceItem{}
	for _, src := range list {
		row := sourceRow{src, time.Now()}
		if src.Health.Failures > 0 {
			v.Failing++
		}
		v.Sources = append(v.Sources, row)
		items = append(items, sourceItem{src.ID, src.Address, row.Fares(), src})
	}
	if format != asPage {
		s.sendJSON(w, r, map[string]any{"sources": items}, "")
		return
	}
	s.page(w, r, "sources", page{Title: "Sources", Here: "sources", Main: v})
}

func (s *site) source(w http.ResponseWriter, r *http.Request) {
	name, format := dataFormat(r.PathValue("id"))
	src, err := s.store.Source(r.Context(), name)
	if err != nil {
		s.fail(w, r, fmt.Errorf("source %s: %w", name, err))
		return
	}
	v := sourceView{sourceRow: sourceRow{src, time.Now()}}
	if format != asPage {
		s.sendJSON(w, r, sourceItem{src.ID, src.Address, v.Fares(), src}, "")
		return
	}
	if v.Leads, err = s.store.Leads(r.Context(), ledger.LeadQuery{Source: src.ID, Limit: 50}); err == nil {
		v.Lost, err = s.store.Leads(r.Context(), ledger.LeadQuery{Source: src.ID, Outcome: ledger.LeadLost, Limit: 50})
	}
	if err != nil {
		s.fail(w, r, fmt.Errorf("source %s: %w", name, err))
		return
	}
	s.page(w, r, "source", page{Title: v.Name(), Here: "sources", Main: &v})
}
