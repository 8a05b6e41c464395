package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/read"
	"github.com/onrecord/onrecord/wire"
)

// sample is the sample article with what a person found in it.
type sample struct {
	text       string
	Statements []struct {
		ID     string
		Cue    struct{ Spans []wire.Span }
		SaidAt *struct {
			From, To, Basis string
			Expression      wire.Span
		} `json:"said_at"`
		SaidIn string `json:"said_in"`
	}
	Times []struct {
		Span       wire.Span
		Value, Mod string
	}
	Places []struct {
		Span          wire.Span
		Name, Country string
	}
	Governments []struct {
		Span wire.Span
		Of   string
	}
}

func openSample(t *testing.T) sample {
	t.Helper()
	dir := filepath.Join(shared(t), "sample")
	text, err := os.ReadFile(filepath.Join(dir, "iraq-isis-threat-confined.txt"))
	if err != nil {
		t.Fatal(err)
	}
	expected, err := os.ReadFile(filepath.Join(dir, "iraq-isis-threat-confined.expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	s := sample{text: string(text)}
	if err := json.Unmarshal(expected, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Times) == 0 || len(s.Places) == 0 || len(s.Governments) == 0 {
		t.Fatal("the sample expects nothing")
	}
	return s
}

// variant is the sample with other words and what is then to be found.
type variant struct {
	words     []string          // old, new: of names alone, the longer before those in it
	places    map[string]string // "Davos, CH" is now called so
	countries map[string]string // of capitals that stand for a government
	published string
	values    map[string]string // of times, by their words or by their values in the sample
	dates     map[string]string // values of times and the ends of said_at
	basis     map[string]string // of said_at
}

func swap(m map[string]string, s string) string {
	if other, ok := m[s]; ok {
		return other
	}
	return s
}

// text is the sample's text in the variant's words.
func (v *variant) text(s string) string { return strings.NewReplacer(v.words...).Replace(s) }

// span is where a span of the sample, in code points, lies in the variant.
func (v *variant) span(s *sample, at wire.Span) wire.Span {
	runes := []rune(s.text)
	start := utf8.RuneCountInString(v.text(string(runes[:at[0]])))
	return wire.Span{start, start + utf8.RuneCountInString(v.text(string(runes[at[0]:at[1]])))}
}

// found analyses the variant; want and got are what is to be found and was.
func (v *variant) found(t *testing.T, s *sample) (want, got []string) {
	t.Helper()
	d, err := desk.New()
	if err != nil {
		t.Fatal(err)
	}
	var given read.Given
	if v.published != "" {
		if given.Published, err = onrecord.ParseDate(v.published); err != nil {
			t.Fatal(err)
		}
	}
	doc := wholePath(t, d, io.Discard, read.Captures(strings.NewReader(v.text(s.text)), "sample.txt", read.Text, given))[0]
	line := func(kind string, at wire.Span, said string) string {
		return fmt.Sprintf("%s %v %q: %s", kind, at, string([]rune(doc.Document.Text)[at[0]:at[1]]), said)
	}

	for _, x := range s.Times {
		at := v.span(s, x.Span)
		value, ok := v.values[string([]rune(doc.Document.Text)[at[0]:at[1]])]
		if !ok {
			value = swap(v.values, swap(v.dates, x.Value))
		}
		want = append(want, line("time", at, strings.TrimSpace(value+" "+x.Mod)))
	}
	spans := map[onrecord.ID]wire.Span{}
	for _, x := range doc.Times {
		spans[x.ID] = x.Span
		if x.Timex.Value == "PRESENT_REF" { // TIMEX3 marks "currently", the sample does not
			continue
		}
		got = append(got, line("time", x.Span, strings.TrimSpace(x.Timex.Value+" "+x.Timex.Mod)))
	}

	// Of places only those that a person marked are asked for: countries are places
	// too, and the sample marks few of them.
	placed := map[wire.Span]wire.Place{}
	byID := map[onrecord.ID]wire.Place{}
	for _, p := range doc.Places {
		placed[p.Span], byID[p.ID] = p, p
	}
	entities := map[onrecord.ID]wire.Entity{}
	for _, e := range doc.Entities {
		entities[e.ID] = e
	}
	for _, x := range s.Places {
		at := v.span(s, x.Span)
		want = append(want, line("place", at, swap(v.places, x.Name+", "+x.Country)))
		p := placed[at]
		said := p.Name + ", " + p.Country
		if p.Sense != onrecord.LiteralSense {
			said += "; " + string(p.Sense)
		}
		got = append(got, line("place", at, said))
	}
	for _, x := range s.Governments {
		at := v.span(s, x.Span)
		want = append(want, line("government", at, swap(v.countries, x.Of)))
		p := placed[at]
		said := p.Country
		if e := entities[p.StandsFor]; p.Sense != onrecord.GovernmentSense || p.StandsFor != "" && e.Kind != onrecord.Government {
			said += fmt.Sprintf("; %s for %q, a %s", p.Sense, e.Name, e.Kind)
		}
		got = append(got, line("government", at, said))
	}

	cues := map[wire.Span]wire.Attribution{}
	for _, st := range doc.Statements {
		if len(st.Cue.Spans) > 0 {
			cues[st.Cue.Spans[0]] = st
		}
	}
	for _, x := range s.Statements {
		if x.SaidAt == nil && x.SaidIn == "" {
			continue
		}
		at := v.span(s, x.Cue.Spans[0])
		st, ok := cues[at]
		if !ok {
			t.Errorf("no statement at the cue of %s", x.ID)
			continue
		}
		if x.SaidAt != nil {
			want = append(want, line("said at", at, fmt.Sprintf("%s to %s, %s, %v", swap(v.dates, x.SaidAt.From), swap(v.dates, x.SaidAt.To), swap(v.basis, x.SaidAt.Basis), v.span(s, x.SaidAt.Expression))))
			said := "nothing"
			if a := st.SaidAt; a != nil && len(a.Times) > 0 {
				words, expression := spans[a.Times[0]], v.span(s, x.SaidAt.Expression)
				if words[0] > expression[0] && words[1] == expression[1] { // a person marked the preposition too
					words = expression
				}
				said = fmt.Sprintf("%s to %s, %s, %v", a.From, a.To, a.Basis, words)
			}
			got = append(got, line("said at", at, said))
		}
		if x.SaidIn != "" && (v.published != "" || x.SaidAt == nil || x.SaidAt.Basis == "explicit") { // "at the time" is no known time without a date
			name := x.SaidIn
			for _, p := range s.Places {
				if p.Name == x.SaidIn {
					name, _, _ = strings.Cut(swap(v.places, p.Name+", "+p.Country), ",")
				}
			}
			want = append(want, line("said in", at, name))
			said := "nowhere"
			if st.SaidIn != nil {
				said = byID[st.SaidIn.Place].Name
			}
			got = append(got, line("said in", at, said))
		}
	}
	return want, got
}

// onDay are the sample's dates when it is published on another day, the weekday in the
// text being that day's.
func onDay(t *testing.T, published string) map[string]string {
	t.Helper()
	day, err := time.Parse(time.DateOnly, published)
	if err != nil {
		t.Fatal(err)
	}
	first := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
	before := first.AddDate(0, -1, 0)
	return map[string]string{
		"2024-02-24": published, "2024-02": first.Format("2006-01"), "2024-02-01": first.Format(time.DateOnly),
		"2024-01": before.Format("2006-01"), "2024-01-01": before.Format(time.DateOnly), "2024-01-31": first.AddDate(0, 0, -1).Format(time.DateOnly),
	}
}

// TestSample finds all times and places of the sample, as it is, on other days, and
// with every name changed: nothing is known by its name alone.
func TestSample(t *testing.T) {
	s := openSample(t)
	check := func(name string, v variant) {
		t.Run(name, func(t *testing.T) {
			want, got := v.found(t, &s)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
	check("as it is", variant{published: "2024-02-24"})
	for _, day := range []string{"2023-01-02", "2024-03-31", "2019-12-11", "2021-07-15", "2026-05-29"} {
		check(day, variant{published: day, dates: onDay(t, day), words: []string{"Saturday", weekday(t, day)}})
	}
	// Without a date a weekday is a day of some week, and a month one of some year.
	check("no date", variant{
		values: map[string]string{"Saturday": "XXXX-WXX-6", "2024-02": "XXXX-XX", "2024-01": "XXXX-XX", "Today": "XXXX-XX-XX"},
		dates:  map[string]string{"2024-02-24": "", "2024-02-01": "", "2024-01-01": "", "2024-01-31": ""},
		basis:  map[string]string{"explicit": "bounded", "anaphoric": "bounded"},
	})
	for i, v := range renamed {
		v.published = "2024-02-24"
		check(fmt.Sprint("renamed ", i+1), v)
	}
}

func weekday(t *testing.T, date string) string {
	t.Helper()
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return day.Weekday().String()
}

// renamed are variants with other people, organisations, towns and countries.
var renamed = []variant{
	{
		words: []string{
			"ERBIL", "GAO", "Iraqi Kurdistan Region (IKR)", "Malian Gao Region (MGR)", "Islamic State (ISIS)", "Desert Front (DEF)", "Kurdistan Region", "Gao Region", "ISIS", "DEF",
			"Iraqi", "Malian", "Iraq", "Mali", "Baghdad", "Bamako", "United States-led", "Russia-led", "US-", "Russia-", "American", "Russian", "Washington", "Moscow",
			"Pentagon", "Kremlin", "Abdul-Amir al-Shammari", "Daouda Kone", "Rudaw", "Joliba", "Ziyad Ismail", "Oumar Sangare", "Mohammed Shia’ al-Sudani", "Moussa Keita", "Sudani", "Keita",
			"World Economic Forum", "World Security Forum", "Davos", "Vienna", "Shiite", "Songhai", "Shia", "Songhai", "Kurdish", "Tuareg",
			"Syria", "Niger", "Jordan", "Chad", "Iran", "China", "Israel", "India", "Gaza Strip", "Korean Peninsula",
		},
		places:    map[string]string{"Erbil, IQ": "Gao, ML", "Davos, CH": "Vienna, AT", "Syria, SY": "Niger, NE", "Jordan, JO": "Chad, TD", "Gaza Strip, PS": "Korean Peninsula, "},
		countries: map[string]string{"IQ": "ML", "US": "RU"},
	},
	{
		words: []string{
			"ERBIL", "TRIPOLI", "Iraqi Kurdistan Region (IKR)", "Lebanese North District (LND)", "Islamic State (ISIS)", "Cedar Brigade (CEB)", "Kurdistan Region", "North Lebanon", "ISIS", "CEB",
			"Iraqi", "Lebanese", "Iraq", "Lebanon", "Baghdad", "Beirut", "United States-led", "France-led", "US-", "France-", "American", "French", "Washington", "Paris",
			"Pentagon", "Elysee", "Abdul-Amir al-Shammari", "Karim Haddad", "Rudaw", "Annahar", "Ziyad Ismail", "Ziad Rahme", "Mohammed Shia’ al-Sudani", "Najib al-Khoury", "Sudani", "Khoury",
			"World Economic Forum", "European Trade Summit", "Davos", "Lisbon", "Shiite", "Sunni", "Shia", "Sunni", "Kurdish", "Druze",
			"Syria", "Cyprus", "Jordan", "Egypt", "Iran", "Turkey", "Israel", "Algeria", "Gaza Strip", "Sinai Peninsula",
		},
		places:    map[string]string{"Erbil, IQ": "Tripoli, LB", "Davos, CH": "Lisbon, PT", "Syria, SY": "Cyprus, CY", "Jordan, JO": "Egypt, EG", "Gaza Strip, PS": "Sinai, EG"},
		countries: map[string]string{"IQ": "LB", "US": "FR"},
	},
	{
		words: []string{
			"ERBIL", "AREQUIPA", "Iraqi Kurdistan Region (IKR)", "Peruvian Arequipa Region (PAR)", "Islamic State (ISIS)", "People’s Column (PECO)", "Kurdistan Region", "Arequipa Region", "ISIS", "PECO",
			"Iraqi", "Peruvian", "Iraq", "Peru", "Baghdad", "Lima", "United States-led", "Britain-led", "US-", "Britain-", "American", "British", "Washington", "London",
			"Pentagon", "Foreign Office", "Abdul-Amir al-Shammari", "Jorge Ospina", "Rudaw", "Caracol", "Ziyad Ismail", "Luis Marin", "Mohammed Shia’ al-Sudani", "Andres Felipe Arango", "Sudani", "Arango",
			"World Economic Forum", "Andean Business Forum", "Davos", "Geneva", "Shiite", "Liberal", "Shia", "Liberal", "Kurdish", "Indigenous",
			"Syria", "Ecuador", "Jordan", "Bolivia", "Iran", "Cuba", "Israel", "Panama", "Gaza Strip", "Western Sahara",
		},
		places:    map[string]string{"Erbil, IQ": "Arequipa, PE", "Davos, CH": "Geneva, CH", "Syria, SY": "Ecuador, EC", "Jordan, JO": "Bolivia, BO", "Gaza Strip, PS": "Western Sahara, EH"},
		countries: map[string]string{"IQ": "PE", "US": "GB"},
	},
}
