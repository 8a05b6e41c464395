package where_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/where"
)

func newFinder(tb testing.TB) *where.Finder {
	tb.Helper()
	f, err := where.New()
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

func analyse(a *english.Analyser, rev *onrecord.Revision) where.Input {
	text := a.Analyse(rev.Text, quote.Paragraphs(rev.Text), rev.Zones)
	words := english.Joined(&text)
	return where.Input{Revision: rev, Text: &words}
}

// TestMarkedTexts reads the cases in testdata, whose README describes their marks.
func TestMarkedTexts(t *testing.T) {
	analyser, err := english.New()
	if err != nil {
		t.Fatal(err)
	}
	if !analyser.Trees() {
		t.Skip("built without the model")
	}
	f := newFinder(t)
	data, err := os.ReadFile("testdata/places.txt")
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range strings.Split(string(data), "\n---\n") {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			text, want := parseMarked(t, c)
			found := f.Find(analyse(analyser, &onrecord.Revision{Text: text}))
			var got []string
			for _, p := range found.Places {
				line := p.Span.In(text) + "|" + p.Name
				if p.Admin1 != "" {
					line += ", " + p.Admin1
				}
				if p.Country != "" {
					line += ", " + p.Country
				}
				if p.Sense != onrecord.LiteralSense {
					line += "; " + string(p.Sense)
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s\nwant (-), found (+):\n%s", text, diff)
			}
		})
	}
}

func parseMarked(t *testing.T, c string) (text string, want []string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(c) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		}
	}
	rest := strings.Join(lines, "\n")
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(rest, "[")
		b.WriteString(before)
		if !ok {
			return b.String(), want
		}
		inside, tail, _ := strings.Cut(after, "]")
		words, _, ok := strings.Cut(inside, "|")
		if !ok {
			t.Fatalf("mark without a place: [%s]", inside)
		}
		fmt.Fprint(&b, words)
		want = append(want, inside)
		rest = tail
	}
}

// Runners-up are told with how likely they are, and never more likely than the place.
func TestRunnersUp(t *testing.T) {
	analyser, err := english.New()
	if err != nil {
		t.Fatal(err)
	}
	found := newFinder(t).Find(analyse(analyser, &onrecord.Revision{Text: "A bus left for Springfield. Springfield is far."}))
	if len(found.Places) == 0 {
		t.Fatal("no place")
	}
	for _, p := range found.Places {
		if len(p.Others) != 3 || p.Confidence > .9 {
			t.Errorf("%d runners-up, confidence %.2f: the name is many towns", len(p.Others), p.Confidence)
		}
		for _, o := range p.Others {
			if o.Confidence > p.Confidence || o.Gazetteer == p.Gazetteer {
				t.Errorf("runner-up %+v of %+v", o, p)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"São Paulo": "sao paulo", "Port-au-Prince": "port au prince", "N'Djamena": "ndjamena", "Al‑Raqqa": "al raqqa",
		"ŁÓDŹ": "lodz", "Île-de-France": "ile de france", "St. Louis": "st louis", "  ": "", "Kʻobulet’i": "kobuleti",
	} {
		if got := where.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// Every place has a name, a place on the globe and a probability.
func check(t *testing.T, text string, places []onrecord.Place) {
	t.Helper()
	last := 0
	for _, p := range places {
		if !p.Span.Valid(text) || p.Span.Empty() || p.Span.Start < last {
			t.Fatalf("span %v", p.Span)
		}
		last = p.Span.End
		if p.Name == "" || p.Gazetteer == "" || p.Precision == "" || math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 || p.Confidence < 0 || p.Confidence > 1 {
			t.Fatalf("%q: %+v", p.Span.In(text), p)
		}
	}
}

// Time grows with the text, also where it is nothing but names.
func TestHostileText(t *testing.T) {
	analyser, err := english.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	f := newFinder(t)
	for _, unit := range []string{"Springfield, ", "in San ", "San Jose, San Juan, ", "Georgia ", "U.S. ", "A", "in Xx ", "Saint "} {
		text := strings.Repeat(unit, 100_000/len(unit))
		in := analyse(analyser, &onrecord.Revision{Text: text})
		start := time.Now()
		found := f.Find(in)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q: 100 kB took %s", unit, took)
		}
		check(t, text, found.Places)
	}
}

func FuzzFind(f *testing.F) {
	analyser, err := english.Load(nil)
	if err != nil {
		f.Fatal(err)
	}
	finder := newFinder(f)
	for _, seed := range []string{
		"In Paris, Texas, and in Saint-Denis", "U.S.-Iraq, Georgia-based", "St. ", "in Ł\u0301ódź, Île", "the Kremlin\xff, Washington", "from -- to San", "İstanbul, İ",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "�")
		check(t, text, finder.Find(analyse(analyser, &onrecord.Revision{Text: text})).Places)
	})
}

// BenchmarkFind is the time for an article of 500 words, names and trees given.
func BenchmarkFind(b *testing.B) {
	analyser, err := english.New()
	if err != nil {
		b.Fatal(err)
	}
	f := newFinder(b)
	const paragraph = "Officials in Springfield, Illinois, said on Friday that the convoy from Chicago had reached Paris, where Iraqi and American envoys " +
		"met before they flew on to Baghdad. Washington and Moscow denied that talks in Geneva had failed, and Georgia asked its neighbours for help. " +
		"Nobody in Mosul or in Tikrit knew of a plan, a spokesman for the council in Erbil told reporters.\n\n"
	in := analyse(analyser, &onrecord.Revision{Text: strings.Repeat(paragraph, 8)})
	for b.Loop() {
		f.Find(in)
	}
	b.ReportMetric(float64(len(strings.Fields(in.Revision.Text))), "words")
	b.ReportMetric(float64(len(f.Find(in).Places)), "places")
}

// BenchmarkNew is the time to open the gazetteer and load the lists.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newFinder(b)
	}
}
