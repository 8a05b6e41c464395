package ledger

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// mostListed is how many places a statement is listed under.
const mostListed = 24

// PlacesOf are the keys of the places that a statement is listed under: where it was
// made and what its content and occasion name, each by its name, the words of the text,
// its division and its country. Peoples ("Iraqi forces") are no places.
func PlacesOf(a *onrecord.Analysis, s *onrecord.Statement, text string) []string {
	var keys []string
	add := func(name string) {
		if key := PlaceKey(name); key != "" && len(keys) < mostListed && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	within := onrecord.Hull(append(slices.Clone(s.Content.Spans), s.Occasion...)...)
	for i := range a.Places {
		p := &a.Places[i]
		made := s.SaidIn != nil && s.SaidIn.Place == p.ID
		named := within.Contains(p.Span) && p.Sense != onrecord.PeopleSense &&
			(contains(s.Content.Spans, p.Span) || contains(s.Occasion, p.Span))
		if !made && !named {
			continue
		}
		for _, name := range []string{p.Name, p.Span.In(text), p.Admin1, p.CountryName} {
			add(name)
		}
	}
	return keys
}

func contains(spans []onrecord.Span, x onrecord.Span) bool {
	return slices.ContainsFunc(spans, func(s onrecord.Span) bool { return s.Contains(x) })
}

// PlaceKey makes names of places equal that are written differently; empty for what has
// no letters.
func PlaceKey(name string) string { return strings.ReplaceAll(Key(name), "-", "") }
