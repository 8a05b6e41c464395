package ledger

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// mostListed is how many places a statement is listed under.
const mostListed = 24

// PlacesOf are the places that a statement is listed under: where it was made and what
// its content and occasion name. Peoples ("Iraqi forces") are no places.
func PlacesOf(a *onrecord.Analysis, s *onrecord.Statement) []onrecord.Place {
	var places []onrecord.Place
	within := onrecord.Hull(append(slices.Clone(s.Content.Spans), s.Occasion...)...)
	for i := range a.Places {
		p := &a.Places[i]
		made := s.SaidIn != nil && s.SaidIn.Place == p.ID
		named := within.Contains(p.Span) && p.Sense != onrecord.PeopleSense &&
			(contains(s.Content.Spans, p.Span) || contains(s.Occasion, p.Span))
		if (made || named) && len(places) < mostListed {
			bare := *p
			bare.Others = nil // they stand in the article's analysis
			places = append(places, bare)
		}
	}
	return places
}

// PlaceKeys are the keys under which places are found: of their names, the words of
// the text, their divisions and their countries.
func PlaceKeys(places []onrecord.Place, text string) []string {
	var keys []string
	for i := range places {
		p := &places[i]
		words := ""
		if p.Span.Valid(text) {
			words = p.Span.In(text)
		}
		for _, name := range []string{p.Name, words, p.Admin1, p.CountryName} {
			if key := PlaceKey(name); key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
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
