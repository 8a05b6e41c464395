package where_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/where"
)

// claims finds the first place of a name in a text that a date was published on, and
// says who holds it and who claims it.
func claims(t *testing.T, f *where.Finder, text, name, published string) (string, onrecord.Place) {
	t.Helper()
	analyser, err := english.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	rev := &onrecord.Revision{Text: text}
	if published != "" {
		if rev.Published, err = onrecord.ParseDate(published); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range f.Find(analyse(analyser, rev)).Places {
		if p.Span.In(text) == name {
			return strings.Join(p.AdministeredBy, ", ") + " | " + strings.Join(p.Claims, ", "), p
		}
	}
	t.Fatalf("%q: %s is not found", text, name)
	return "", onrecord.Place{}
}

// Disputed land carries who holds it and all who claim it; its country is what the
// gazetteer says.
func TestClaims(t *testing.T) {
	f := newFinder(t)
	for _, c := range []struct{ text, name, country, want string }{
		{"They met in Sevastopol, Ukraine.", "Sevastopol", "UA", "RU | RU, UA"},
		{"They met in Simferopol.", "Simferopol", "UA", "RU | RU, UA"},
		{"They met in Crimea.", "Crimea", "", "RU | RU, UA"},
		{"They met in Donetsk.", "Donetsk", "UA", "RU, UA | RU, UA"},
		{"They met in Kramatorsk.", "Kramatorsk", "UA", "RU, UA | RU, UA"},
		{"They met in Kharkiv.", "Kharkiv", "UA", " | "},
		{"They met in Laayoune.", "Laayoune", "EH", "EH, MA | EH, MA"},
		{"They met in Smara, Morocco.", "Smara", "MA", "EH, MA | EH, MA"},
		{"They met in Rabat.", "Rabat", "MA", " | "},
		{"They met in Pristina.", "Pristina", "XK", "XK | RS, XK"},
		{"They met in Srinagar.", "Srinagar", "IN", "IN | IN, PK"},
		{"They met in Leh, India.", "Leh", "IN", "IN | CN, IN, PK"},
		{"They met in Muzaffarabad.", "Muzaffarabad", "PK", "PK | IN, PK"},
		{"They met in Itanagar.", "Itanagar", "IN", "IN | CN, IN"},
		{"They met in Stanley, Falkland Islands.", "Stanley", "FK", "GB | AR, GB"},
		{"They met in Taipei.", "Taipei", "TW", "TW | CN, TW"},
		{"They met in Sukhumi.", "Sukhumi", "GE", "Abkhazia | Abkhazia, GE"},
		{"They met in Tskhinvali.", "Tskhinvali", "GE", "South Ossetia | GE, South Ossetia"},
		{"They met in Gori, Georgia.", "Gori", "GE", " | "},
		{"They met in Tiraspol.", "Tiraspol", "MD", "Transnistria | MD, Transnistria"},
		{"They met in Kyrenia.", "Kyrenia", "CY", "Northern Cyprus | CY, Northern Cyprus"},
		{"They met in Famagusta.", "Famagusta", "CY", "Northern Cyprus | CY, Northern Cyprus"},
		{"They met in Nicosia.", "Nicosia", "CY", " | "},
		{"They met in Larnaca.", "Larnaca", "CY", " | "},
		{"They met in Ramallah.", "Ramallah", "PS", "IL, PS | IL, PS"},
		{"They met in East Jerusalem.", "East Jerusalem", "", "IL | IL, PS"},
		{"They met in the Golan Heights.", "Golan Heights", "", "IL | IL, SY"},
		{"They met in Majdal Shams.", "Majdal Shams", "IL", "IL | IL, SY"},
		{"They met in Tiberias.", "Tiberias", "IL", " | "},
		{"They met in the Gaza Strip.", "Gaza Strip", "PS", "IL, PS | PS"},
		{"They met in Hargeisa.", "Hargeisa", "SO", "Somaliland | SO, Somaliland"},
		{"They met in Yuzhno-Kurilsk.", "Yuzhno-Kurilsk", "RU", "RU | JP, RU"},
		{"They met near the Senkaku Islands.", "Senkaku Islands", "", "JP | CN, JP, TW"},
		{"They met near Dokdo.", "Dokdo", "", "KR | JP, KR"},
		{"They met in Bartica.", "Bartica", "GY", "GY | GY, VE"},
		{"They met in Gibraltar.", "Gibraltar", "GI", "GB | ES, GB"},
		{"They met in Melilla.", "Melilla", "ES", "ES | ES, MA"},
		{"They met on Diego Garcia.", "Diego Garcia", "IO", "GB | GB, MU"},
	} {
		got, p := claims(t, f, c.text, c.name, "")
		if got != c.want || p.Country != c.country && c.country != "" {
			t.Errorf("%s: %s in %q: got %s, want %s", c.text, p.Name, p.Country, got, c.want)
		}
		if len(p.ClaimNames) != len(p.Claims) {
			t.Errorf("%s: claimed by %v, names %v", c.text, p.Claims, p.ClaimNames)
		}
	}
}

// A text from before a dispute or after its end carries none of it.
func TestClaimsHaveTheirYears(t *testing.T) {
	f := newFinder(t)
	for _, c := range []struct{ name, published, want string }{
		{"Sevastopol", "2010-05-01", " | "},
		{"Sevastopol", "2014-03-20", "RU | RU, UA"},
		{"Hans Island", "2019-01-01", "CA, DK | CA, DK"},
		{"Hans Island", "2023-01-01", " | "},
		{"Hans Island", "", " | "},
		{"Nagorno-Karabakh", "2020-10-01", "AZ, Nagorno-Karabakh | AZ, Nagorno-Karabakh"},
	} {
		if got, _ := claims(t, f, "They spoke of "+c.name+".", c.name, c.published); got != c.want {
			t.Errorf("%s in %q: got %s, want %s", c.name, c.published, got, c.want)
		}
	}
}

// A claim is on land; a people and its adjectives are nobody's.
func TestNobodyClaimsAPeople(t *testing.T) {
	if got, p := claims(t, newFinder(t), "The Taiwanese envoys left.", "Taiwanese", ""); got != " | " || p.ClaimNames != nil || p.Sense != onrecord.PeopleSense {
		t.Errorf("got %s, %v, %s", got, p.ClaimNames, p.Sense)
	}
}

// Each line of the list keeps its own policy: claimants in order, each once; a holder
// of the land is among them unless it says that the land is not its own.
func TestDisputes(t *testing.T) {
	names := map[string]bool{}
	var not []string
	for _, d := range newFinder(t).Disputes() {
		if names[d.Name] {
			t.Errorf("%s stands twice", d.Name)
		}
		names[d.Name] = true
		for _, list := range [][]string{d.AdministeredBy, d.ClaimedBy} {
			if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
				t.Errorf("%s: %v is out of order", d.Name, list)
			}
		}
		for _, who := range d.AdministeredBy {
			if !slices.Contains(d.ClaimedBy, who) {
				not = append(not, who+" in "+d.Name)
			}
		}
		if d.To != 0 && d.To < d.From || d.Source == "" {
			t.Errorf("%s: %d to %d by %q", d.Name, d.From, d.To, d.Source)
		}
	}
	if diff := cmp.Diff([]string{"IL in Gaza Strip"}, not); diff != "" {
		t.Errorf("holders who claim nothing, want (-), got (+):\n%s", diff)
	}
	if len(names) < 40 {
		t.Errorf("%d disputes", len(names))
	}
}
