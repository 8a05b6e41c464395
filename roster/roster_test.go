package roster

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
)

var opened = sync.OnceValues(Open)

func base(t testing.TB) *Base {
	t.Helper()
	b, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func date(t testing.TB, s string) onrecord.Date {
	t.Helper()
	d, err := onrecord.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Whom a phrase of a news text means at the date of the text. A question mark before an actor: it is
// the actor's role, and who has it is not known.
func TestPhrase(t *testing.T) {
	b := base(t)
	for _, c := range []struct{ words, at, want string }{
		// Offices, by the country's name, demonym or metonym.
		{"the Iraqi prime minister", "2024-02-24", "person/mohammed-shia-al-sudani"},
		{"Iraq's prime minister", "2015-06-01", "person/haider-al-abadi"},
		{"the prime minister of Iraq", "2010-06-01", "person/nouri-al-maliki"},
		{"Iraq’s interior minister", "2024-02-24", "person/abdul-amir-al-shammari"},
		{"the US president", "2024-02-24", "person/joe-biden"},
		{"the U.S. president", "2018-02-24", "person/donald-j-trump"},
		{"the American president", "2010", "person/barack-obama"},
		{"the British premier", "2003-03-20", "person/tony-blair"},
		{"the UK foreign secretary", "2024-02", "person/david-cameron"},
		{"the US secretary of state", "2014-09-05", "person/john-kerry"},
		{"the US defence secretary", "2004-05-07", "person/donald-rumsfeld"},
		{"the Russian foreign minister", "2014-03-01", "person/sergei-lavrov"},
		{"the German chancellor", "2015-09-04", "person/angela-merkel"},
		{"France's president", "2010-01-01", "person/nicolas-sarkozy"},
		{"the Syrian president", "2013-08-21", "person/bashar-al-assad"},
		{"the Iranian supreme leader", "2015-07-14", "person/ali-khamenei"},
		{"the North Korean leader", "2018-06-12", "person/kim-jong-un"},
		{"the UN secretary-general", "2003-03-20", "person/kofi-annan"},
		{"the NATO chief", "2022-02-24", "person/jens-stoltenberg"},
		{"the head of the IAEA", "2022-09-01", "person/rafael-grossi"},
		{"the EU's foreign policy chief", "2016-01-01", "person/federica-mogherini"},
		{"the president of the European Commission", "2020-01-01", "person/ursula-von-der-leyen"},
		{"the pope", "2010-01-01", "person/benedict-xvi"},
		{"the Palestinian president", "2014-07-08", "person/mahmoud-abbas"},
		{"the Fed chair", "2016-01-01", "person/janet-yellen"},
		// A title and a name.
		{"Prime Minister Mohammed al-Sudani", "2024-02-24", "person/mohammed-shia-al-sudani"},
		{"Iraqi Prime Minister Muhammad Shiya' al-Sudani", "2024-02-24", "person/mohammed-shia-al-sudani"},
		{"President Biden", "2024-02-24", "person/joe-biden"},
		{"former US President Barack Obama", "2024-02-24", "person/barack-obama"},
		{"Russian President Vladimir Putin", "2024-02-24", "person/vladimir-vladimirovich-putin"},
		{"Secretary of State Colin Powell", "2003-02-05", "person/colin-powell"},
		// Governments and what stands for them.
		{"the Pentagon", "2024", "gov/us/defense"},
		{"Washington", "2024", "gov/us"},
		{"the White House", "2024", "gov/us"},
		{"Baghdad", "2024", "gov/iq"},
		{"the Kremlin", "2024", "gov/ru"},
		{"Downing Street", "2024", "gov/gb"},
		{"the Iraqi government", "2024", "gov/iq"},
		{"Türkiye", "2024", "gov/tr"},
		{"the State Department", "2024", "gov/us/state"},
		{"the Kurdish leadership", "2024", "gov/iq/krg"},
		{"Iraq's Ministry of Interior", "2024", "gov/iq/ministry-of-interior"},
		{"the Iraqi interior ministry", "2024", "gov/iq/ministry-of-interior"},
		// Roles of whom the words do not say who.
		{"the Kremlin spokesman", "2024", "?gov/ru"},
		{"a Pentagon spokeswoman", "2024", "?gov/us/defense"},
		{"a spokesman for the Iraqi government", "2024", "?gov/iq"},
		{"officials in Baghdad", "2024", "?gov/iq"},
		{"Iraqi forces", "2024", "?gov/iq"},
		{"Iraq's oil minister", "2024", "?gov/iq"},
		{"the Iraqi president", "1950-01-01", "?gov/iq"},
		// Organisations, groups, agencies.
		{"NATO", "2024", "org/nato"},
		{"the United Nations", "2024", "org/un"},
		{"UNHCR", "2024", "org/unhcr"},
		{"ISIS", "2024", "group/islamic-state-of-iraq-and-ash-sham"},
		{"the Islamic State group", "2024", "group/islamic-state-of-iraq-and-ash-sham"},
		{"Daesh", "2024", "group/islamic-state-of-iraq-and-ash-sham"},
		{"Hezbollah", "2024", "group/hizballah"},
		{"Hizbullah", "2024", "group/hizballah"},
		{"al-Qaeda", "2024", "group/al-qaida"},
		{"the Houthis", "2024", "group/ansarallah"},
		{"PKK", "2024", "group/kurdistan-workers-party"},
		{"Reuters", "2024", "org/reuters"},
		{"AFP", "2024", "org/afp"},
		{"Xinhua", "2024", "org/xinhua"},
		// What is none.
		{"us", "2024", ""},
		{"who", "2024", ""},
		{"the old man", "2024", ""},
		{"the prime minister", "2024", ""},
		{"", "2024", ""},
	} {
		got := ""
		if m := b.Phrase(c.words, date(t, c.at)); len(m) > 0 {
			got = string(m[0].ID)
			if m[0].Unknown {
				got = "?" + got
			}
		}
		if got != c.want {
			t.Errorf("%q in %s is %s, want %s", c.words, c.at, got, c.want)
		}
	}
}

// Why a name is believed to be somebody's.
func TestNamed(t *testing.T) {
	b := base(t)
	for _, c := range []struct {
		name, at, want, why string
		least, most         float64
	}{
		{"Angela Merkel", "2010", "person/angela-merkel", ByName, 0.95, 1},
		{"Barack Hussein Obama", "2010", "person/barack-obama", ByAlias, 0.9, 1},
		{"Muhammad Shiya al-Sudani", "2024", "person/mohammed-shia-al-sudani", ByTransliteration, 0.8, 0.99},
		{"Vladimir Putin", "2024", "person/vladimir-vladimirovich-putin", ByAlias, 0.9, 1},
		{"Mohammad Khatamee", "2000", "person/mohammad-khatami", ByTransliteration, 0.5, 0.99},
		{"Putin", "2024", "person/vladimir-vladimirovich-putin", ByShortName, 0.3, 0.8},
		{"Xi", "2024", "person/xi-jinping", ByShortName, 0.3, 0.8},
		{"WHO", "2024", "org/who", ByAcronym, 0.7, 1},
		{"Brussels", "2024", "gov/be", ByMetonym, 0.3, 0.6}, // or the European Union
		{"the Iraqis", "2024", "gov/iq", ByDemonym, 0.3, 0.7},
		{"Aoun", "2020", "person/michel-aoun", ByShortName, 0.3, 0.7},
		{"Aoun", "2025-06", "person/joseph-aoun", ByShortName, 0.3, 0.7},
		{"Bush", "1990", "person/george-h-w-bush", ByShortName, 0.3, 0.7},
		{"Bush", "2005", "person/george-w-bush", ByShortName, 0.3, 0.7},
	} {
		m := b.Named(c.name, date(t, c.at))
		if len(m) == 0 {
			t.Errorf("%q in %s is nobody, want %s", c.name, c.at, c.want)
			continue
		}
		if m[0].ID != onrecord.ID(c.want) || m[0].Why != c.why || m[0].Confidence < c.least || m[0].Confidence > c.most {
			t.Errorf("%q in %s is %s by %s (%.2f), want %s by %s (%.2f to %.2f)", c.name, c.at, m[0].ID, m[0].Why, m[0].Confidence, c.want, c.why, c.least, c.most)
		}
		sum := 0.0
		for _, m := range m {
			sum += m.Confidence
		}
		if sum > 1.0001 {
			t.Errorf("%q: the confidences sum to %.2f", c.name, sum)
		}
	}
	brussels := b.Named("Brussels", onrecord.Date{})
	if !slices.ContainsFunc(brussels, func(m Match) bool { return m.ID == "org/eu" }) {
		t.Errorf("Brussels is %v, want the European Union too", brussels)
	}
	if m := b.Named("Raúl Castro Nobody", onrecord.Date{}); len(m) > 0 && m[0].Confidence > 0.8 {
		t.Errorf("a stranger is taken for %s (%.2f)", m[0].ID, m[0].Confidence)
	}
}

// What is known of an office before, between and after its holders is said, and nothing more.
func TestOfficeIsHonest(t *testing.T) {
	b := base(t)
	for _, c := range []struct {
		title, of, at string
		want          onrecord.ID
		unknown       bool
		note          string
		least, most   float64
	}{
		{"prime minister", "Iraqi", "2024-02-24", "person/mohammed-shia-al-sudani", false, "", 0.9, 1},
		{"PM", "gov/iq", "2024-02-24", "person/mohammed-shia-al-sudani", false, "", 0.9, 1},
		{"prime minister", "Iraq", "2026-11-23", "person/mohammed-shia-al-sudani", false, "known to hold it in 2026-01; nothing later is known", 0.5, 0.85},
		{"prime minister", "Iraq", "2036-11-23", "person/mohammed-shia-al-sudani", false, "known to hold it in 2026-01; nothing later is known", 0, 0.1},
		{"prime minister", "Iraq", "", "person/mohammed-shia-al-sudani", false, "no date is given; the latest holder known", 0.5, 0.7},
		{"prime minister", "Iraq", "1960-01-01", "gov/iq", true, "nothing is known before Saddam Hussein since 1994-05-29", 0.5, 1},
		{"prime minister", "Iraq", "2004-01-01", "gov/iq", true, "nothing is known between Saddam Hussein until 2003-04-09 and Iyad Allawi since 2004-06-28", 0.5, 1},
		{"tourism minister", "Iraq", "2020-01-01", "gov/iq", true, "no holder of the office is known", 0.5, 1},
		{"president", "Congolese", "2022", "person/denis-sassou-nguesso", false, "", 0.4, 0.5}, // one of two countries
	} {
		m := b.Office(c.title, c.of, date(t, c.at))
		if len(m) == 0 {
			t.Errorf("%s of %s in %q: nothing", c.title, c.of, c.at)
			continue
		}
		if m[0].ID != c.want || m[0].Unknown != c.unknown || m[0].Note != c.note || m[0].Confidence < c.least || m[0].Confidence > c.most {
			t.Errorf("%s of %s in %q is %s (%.2f, unknown %v, %q), want %s (%.2f to %.2f, unknown %v, %q)",
				c.title, c.of, c.at, m[0].ID, m[0].Confidence, m[0].Unknown, m[0].Note, c.want, c.least, c.most, c.unknown, c.note)
		}
	}
	if m := b.Office("president", "Atlantis", onrecord.Date{}); len(m) != 0 {
		t.Errorf("the president of Atlantis is %v", m)
	}
	// On the day of change both are possible, the new one first.
	m := b.Office("president", "US", date(t, "2021-01-20"))
	if len(m) != 2 || m[0].ID != "person/joe-biden" || m[1].ID != "person/donald-j-trump" {
		t.Errorf("on the day of change: %v", m)
	}
	if m[0].Office.Source == "" || m[0].Office.Since.String() != "2021-01-20" {
		t.Errorf("no evidence: %+v", m[0].Office)
	}
}

func TestTitles(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Premier", "prime minister"},
		{"the PM", "prime minister"},
		{"acting Prime Minister", "prime minister"},
		{"Minister of Defence", "defense minister"},
		{"defence minister", "defense minister"},
		{"Secretary of Defense", "defense minister"},
		{"Home Secretary", "interior minister"},
		{"minister of internal affairs", "interior minister"},
		{"Minister of Foreign Affairs and Trade", "foreign minister"},
		{"Secretary of State", "foreign minister"},
		{"Chancellor of the Exchequer", "finance minister"},
		{"deputy foreign minister", "deputy foreign minister"},
		{"Secretary-General", "secretary general"},
	} {
		if got := normalTitle(c.in); got != c.want {
			t.Errorf("%q is %q, want %q", c.in, got, c.want)
		}
	}
	for _, bad := range []string{"title\tx", "verse\ta\tb", "title\ta\tb\ntitle\tc\tb"} {
		if _, err := parseTitles(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestDemonym(t *testing.T) {
	b := base(t)
	for _, c := range []struct{ word, want string }{
		{"Iraqi", "gov/iq"},
		{"Iraqis", "gov/iq"},
		{"British", "gov/gb"},
		{"Frenchwoman", "gov/fr"},
		{"Congolese", "gov/cd gov/cg"},
		{"US", "gov/us"},
		{"U.S.", "gov/us"},
		{"us", ""},
		{"Palestinian", "gov/ps"},
		{"table", ""},
	} {
		var got []string
		for _, id := range b.Demonym(c.word) {
			got = append(got, string(id))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q is of %v, want %s", c.word, got, c.want)
		}
	}
}

// TestFacts reads all data whole: every fact has a source, every office somebody who holds it of something, and
// dates in order.
func TestFacts(t *testing.T) {
	b := base(t)
	kinds := map[onrecord.EntityKind]int{}
	offices := 0
	for _, id := range b.Actors() {
		a, ok := b.Actor(id)
		if !ok || a.ID != id {
			t.Fatalf("%s is not found by its ID", id)
		}
		kinds[a.Kind]++
		if a.Source == "" {
			t.Errorf("%s names no source", id)
		}
		if strings.TrimSpace(a.Name) != a.Name || strings.ContainsAny(a.Name, "_<>&;\t") {
			t.Errorf("%s is called %q", id, a.Name)
		}
		if letters := strings.Trim(a.Name, ". "); a.Kind == onrecord.Person && letters == strings.ToUpper(letters) {
			t.Errorf("%s is in capitals: %q", id, a.Name)
		}
		for _, o := range a.Offices {
			offices++
			if _, ok := b.Actor(o.Of); !ok {
				t.Errorf("%s holds an office of %s, which is not known", id, o.Of)
			}
			if o.Source == "" || len(o.Titles) == 0 {
				t.Errorf("%s holds %v of %s by %q", id, o.Titles, o.Of, o.Source)
			}
			if !o.Until.IsZero() && o.Until.End().Before(o.Since.Start()) {
				t.Errorf("%s held %v from %s until %s", id, o.Titles, o.Since, o.Until)
			}
			if o.Until.IsZero() && o.AsOf.IsZero() {
				t.Errorf("%s holds %v since %s: neither its end nor when it was last known is said", id, o.Titles, o.Since)
			}
		}
		if a.Kind == onrecord.Person && len(a.Offices) == 0 {
			t.Errorf("%s has no office", id)
		}
	}
	t.Logf("%v, %d offices, %d names, %d demonyms", kinds, offices, len(b.names), len(b.demonyms))
	if kinds[onrecord.Government] < 200 || kinds[onrecord.Person] < 1500 {
		t.Errorf("too few to be all: %v", kinds)
	}
}

// No two actors of a country are one person by their names.
func TestNobodyStandsTwice(t *testing.T) {
	b := base(t)
	countries := map[string][]Actor{}
	for _, id := range b.Actors() {
		if a, _ := b.Actor(id); a.Kind == onrecord.Person {
			countries[a.Country] = append(countries[a.Country], a)
		}
	}
	for _, people := range countries {
		for i, p := range people {
			for _, q := range people[i+1:] {
				if score, why := SameName(p.Name, q.Name); score > 0.65 {
					t.Errorf("%s and %s seem one person: %.2f, %s", p.ID, q.ID, score, why)
				}
			}
		}
	}
}

// TestSize holds what is embedded to three megabytes.
func TestSize(t *testing.T) {
	files, err := os.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	var size int64
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	if size > 3<<20 {
		t.Errorf("%d bytes of data", size)
	}
}

// TestManyAtOnce asks and adds at once, for the race detector.
func TestManyAtOnce(t *testing.T) {
	b, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	at := onrecord.DateOf(time.Date(2024, 2, 24, 0, 0, 0, 0, time.UTC))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				b.Phrase("Iraq's interior minister", at)
				b.Named("Muhammad Sudani", at)
				b.Actor("gov/iq")
			}
		})
	}
	wg.Go(func() {
		if err := b.Add(strings.NewReader("kind,name,office,of\nperson,Jane Doe,oil minister,Iraq\n")); err != nil {
			t.Error(err)
		}
	})
	wg.Wait()
	if m := b.Phrase("Iraq's oil minister", at); len(m) == 0 || m[0].ID != "person/jane-doe" {
		t.Errorf("what was added is not found: %v", m)
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := Open(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNamed(b *testing.B) {
	base := base(b)
	at := onrecord.DateOf(time.Date(2024, 2, 24, 0, 0, 0, 0, time.UTC))
	for _, name := range []string{"NATO", "Vladimir Putin", "Muhammad al-Sudani", "Jane Nobody"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				base.Named(name, at)
			}
		})
	}
}

func BenchmarkPhrase(b *testing.B) {
	base := base(b)
	at := onrecord.DateOf(time.Date(2024, 2, 24, 0, 0, 0, 0, time.UTC))
	for b.Loop() {
		base.Phrase("the Iraqi prime minister", at)
	}
}
