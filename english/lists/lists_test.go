package lists

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var names = []string{"Given", "Surname", "Place", "PlaceInside", "Nationality", "Organization", "OrganizationInside", "OrganizationWord", "Title", "Date", "Common"}

func load(t testing.TB) *Lists {
	t.Helper()
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Each word that must have marks is followed by them; a mark with a minus must not be there.
func TestMark(t *testing.T) {
	l := load(t)
	for _, c := range []struct{ sentence, want string }{
		{"President Vladimir Putin said", "President:Title Vladimir:Given Putin:Surname said:"},
		{"the prime minister of New Zealand", "prime:Title minister:Title New:Place Zealand:PlaceInside"},
		{"THE UNITED STATES AND IRAN", "UNITED:Place STATES:PlaceInside IRAN:Place"},
		{"he told us of the US visit", "us: US:Place"},
		{"the u.s. or the U.S. Senate", "U.S.:Place Senate:Organization"},
		{"Bank of America shares fell", "Bank:Organization of:OrganizationInside America:OrganizationInside America:Place"},
		{"Al - Qaeda and al-Qaeda", "Al:Organization Qaeda:OrganizationInside al-Qaeda:Organization"},
		{"Kim Jong - un and Kim Jong-un", "Kim:Surname Jong:Given Jong-un:Given"},
		{"Ukrainians left São Paulo on Monday", "Ukrainians:Nationality São:Place Paulo:PlaceInside Monday:Date"},
		{"Sgt. Maria García met Dr Li", "Sgt.:Title Maria:Given García:Surname Dr:Title"},
		{"WHO says who died", "WHO:Organization who:"},
		{"Will that Page do", "Will:-Given Page:-Surname"},
		{"reading in Reading , Acme Ltd", "reading: Ltd:OrganizationWord"},
		{"the ministry and the Ministry", "ministry: Ministry:OrganizationWord"},
	} {
		words := strings.Fields(c.sentence)
		marks := l.Mark(words, nil)
		for w := range strings.FieldsSeq(c.want) {
			word, name, _ := strings.Cut(w, ":")
			got := marks[slices.Index(words, word)]
			absent := strings.HasPrefix(name, "-")
			switch i := slices.Index(names, strings.TrimPrefix(name, "-")); {
			case name == "" && got != 0, name != "" && got>>i&1 == 0 != absent:
				t.Errorf("%q: %s is marked %v, want %q", c.sentence, word, spell(got), name)
			}
		}
	}
}

func spell(m Mark) (out []string) {
	for i, name := range names {
		if m>>i&1 != 0 {
			out = append(out, name)
		}
	}
	return out
}

func TestDiacriticsHavePlainLetters(t *testing.T) {
	if a, p := utf8.RuneCountInString(accented), len(plain); a != p {
		t.Fatalf("%d letters with diacritics, %d without", a, p)
	}
	for with, without := range map[string]string{"Łódź": "Lodz", "Çelik": "celik", "Ångström": "angstrom", "Đoković": "dokovic", "Șerban": "serban", "Zoë": "zoe", "Ñuñoa": "Nunoa", "Yıldız": "yildiz"} {
		a, _ := fold(offset, with)
		if b, _ := fold(offset, without); a != b {
			t.Errorf("%s is not read as %s", with, without)
		}
	}
}

func TestMarkTakesNoMemory(t *testing.T) {
	l := load(t)
	words := strings.Fields("President Vladimir Putin of Russia met Recep Tayyip Erdoğan in New York on Monday")
	marks := make([]Mark, len(words))
	if n := testing.AllocsPerRun(100, func() { marks = l.Mark(words, marks) }); n != 0 {
		t.Errorf("%v allocations a sentence", n)
	}
}

// A sentence has as many marks as words, a further word of an entry follows a word
// of it, and nothing but a title matches what is in lower case alone.
func FuzzMark(f *testing.F) {
	l := load(f)
	f.Add("the Bank of America in New York")
	f.Add("- New - - York –")
	f.Add("al - \xff Qaeda U.S .")
	f.Fuzz(func(t *testing.T, s string) {
		words := strings.Split(s, " ")
		marks := l.Mark(words, make([]Mark, 3))
		if len(marks) != len(words) {
			t.Fatalf("%d marks for %d words", len(marks), len(words))
		}
		for i, m := range marks {
			if m>>Marks != 0 {
				t.Fatalf("mark %b has bits without meaning", m)
			}
			for _, k := range []Mark{Place, Organization} {
				if m&(k<<1) != 0 && (i == 0 || marks[i-1]&(k|k<<1) == 0) {
					t.Fatalf("%q: word %d goes on with nothing", words, i)
				}
			}
		}
		if low := strings.ToLower(s); low == s && strings.ToUpper(s) != s {
			for i, m := range l.Mark(strings.Split(low, " "), nil) {
				if m&^Title != 0 {
					t.Fatalf("%q: word %d is %v", low, i, spell(m))
				}
			}
		}
	})
}

func BenchmarkMark(b *testing.B) {
	l := load(b)
	words := strings.Fields("President Vladimir Putin of Russia met his counterpart Recep Tayyip Erdoğan in New York on Monday , officials in the two countries said , after weeks of silence .")
	var marks []Mark
	for b.Loop() {
		marks = l.Mark(words, marks)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(words)), "ns/word")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
