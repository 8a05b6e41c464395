package ledger

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

// mostListed is how many places a statement is listed under.
const mostListed = 24

// PlacesOf are the places that a statement is listed under: where it was made and what
// its content and occasion name. Peoples ("Iraqi forces") are no places.
func PlacesOf(a *onrecord.Analysis, s *onrecord.Statement) []onrecord.Place {
	var places []onrecord.Place
	add := func(p onrecord.Place) {
		p.Others = nil // they stand in the article's analysis
		places = append(places, p)
	}
	if i, ok := made(a, s); ok {
		add(a.Places[i])
	}
	within := onrecord.Hull(append(slices.Clone(s.Content.Spans), s.Occasion...)...)
	first := sort.Search(len(a.Places), func(i int) bool { return a.Places[i].Span.End > within.Start })
	for i := first; i < len(a.Places) && a.Places[i].Span.Start < within.End && len(places) < mostListed; i++ {
		p := &a.Places[i]
		if s.SaidIn != nil && s.SaidIn.Place == p.ID || p.Sense == onrecord.PeopleSense {
			continue
		}
		if contains(s.Content.Spans, p.Span) || contains(s.Occasion, p.Span) {
			add(*p)
		}
	}
	return places
}

// made is the index of the place where a statement was made. Places are numbered from
// P1 in their order.
func made(a *onrecord.Analysis, s *onrecord.Statement) (int, bool) {
	if s.SaidIn == nil {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimPrefix(string(s.SaidIn.Place), "P"))
	ok := err == nil && n >= 1 && n <= len(a.Places) && a.Places[n-1].ID == s.SaidIn.Place
	return n - 1, ok
}

// PlaceKeys are the keys under which places are found: of their names, the words of
// the text, their divisions and their countries, and of all who claim them.
func PlaceKeys(places []onrecord.Place, text string) []string {
	var keys []string
	for i := range places {
		p := &places[i]
		words := ""
		if p.Span.Valid(text) {
			words = p.Span.In(text)
		}
		for _, name := range append([]string{p.Name, words, p.Admin1, p.CountryName}, p.ClaimNames...) {
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
