package ledger_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// A statement is listed under the place where it was made, wherever that stands, and
// under those its words name; not under others of its sentence, nor under peoples.
func TestPlacesOf(t *testing.T) {
	const text = "In Davos, Ada Quist of Kiel said Kraków had sent Iraqi envoys."
	at := func(from, to int) onrecord.Span { return onrecord.Span{Start: from, End: to} }
	a := &onrecord.Analysis{Places: []onrecord.Place{
		{ID: "P1", Span: at(3, 8), Name: "Davos", CountryName: "Switzerland", Sense: onrecord.LiteralSense, Others: []onrecord.Place{{Name: "Davos"}}},
		{ID: "P2", Span: at(23, 27), Name: "Kiel", CountryName: "Germany", Sense: onrecord.LiteralSense},
		{ID: "P3", Span: at(33, 40), Name: "Kraków", Admin1: "Lesser Poland", CountryName: "Poland", Sense: onrecord.GovernmentSense},
		{ID: "P4", Span: at(50, 55), Name: "Iraq", CountryName: "Iraq", Sense: onrecord.PeopleSense},
	}}
	s := &onrecord.Statement{Content: onrecord.Content{Spans: []onrecord.Span{at(33, 62)}}, SaidIn: &onrecord.SaidIn{Place: "P1", Basis: "explicit"}}
	places := ledger.PlacesOf(a, s)
	want := []string{"davos", "switzerland", "krakow", "lesserpoland", "poland"}
	if diff := cmp.Diff(want, ledger.PlaceKeys(places, text)); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if len(places) == 0 || places[0].Others != nil {
		t.Errorf("runners-up are listed: %+v", places)
	}
}

// Disputed land is found under each who claims it.
func TestPlaceKeysOfDisputedLand(t *testing.T) {
	places := []onrecord.Place{{Name: "Sevastopol", CountryName: "Ukraine", Claims: []string{"RU", "UA"}, ClaimNames: []string{"Russia", "Ukraine"}}}
	if diff := cmp.Diff([]string{"sevastopol", "ukraine", "russia"}, ledger.PlaceKeys(places, "")); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}
