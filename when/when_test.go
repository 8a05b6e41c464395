package when_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/said"
	"github.com/onrecord/onrecord/when"
)

// stages are those that run before this one.
type stages struct {
	analyser *english.Analyser
	said     *said.Finder
	when     *when.Finder
}

func newStages(tb testing.TB) *stages {
	tb.Helper()
	analyser, err := english.New()
	if err != nil {
		tb.Fatal(err)
	}
	s, err := said.New()
	if err != nil {
		tb.Fatal(err)
	}
	w, err := when.New()
	if err != nil {
		tb.Fatal(err)
	}
	return &stages{analyser, s, w}
}

// read runs the stages before this one.
func (s *stages) read(rev *onrecord.Revision) when.Input {
	paragraphs := quote.Paragraphs(rev.Text)
	text := s.analyser.Analyse(rev.Text, paragraphs, rev.Zones)
	words := english.Joined(&text)
	statements := s.said.Find(said.Input{Revision: rev, Text: &words, Paragraphs: paragraphs, Quotations: quote.FindIn(rev.Text, paragraphs)})
	return when.Input{Revision: rev, Text: &words, Statements: statements}
}

// TestMarkedTexts reads the cases in testdata, whose README describes their marks.
func TestMarkedTexts(t *testing.T) {
	s := newStages(t)
	if !s.analyser.Trees() {
		t.Skip("built without the model")
	}
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no marked texts: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range strings.Split(string(data), "\n---\n") {
			t.Run(fmt.Sprintf("%s/%d", strings.TrimSuffix(filepath.Base(file), ".txt"), i+1), func(t *testing.T) {
				m := parseMarked(t, c)
				in := s.read(&m.rev)
				found := s.when.Find(in)
				if diff := cmp.Diff(m.want, m.have(&found, in.Statements)); diff != "" {
					t.Errorf("%s\nwant (-), found (+):\n%s", m.rev.Text, diff)
				}
			})
		}
	}
}

// marked is a case: a revision and the lines that must be found in it.
type marked struct {
	rev    onrecord.Revision
	want   []string
	fields []int // how much of each time the case gives: value, modifier, bounds
	cues   []string
}

func parseMarked(t *testing.T, c string) *marked {
	t.Helper()
	m := &marked{}
	var text []string
	for line := range strings.Lines(c) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "published: "):
			var err error
			if m.rev.Published, err = onrecord.ParseDate(line[len("published: "):]); err != nil {
				t.Fatal(err)
			}
		case strings.HasPrefix(line, "said: "):
			cue, _, _ := strings.Cut(line[len("said: "):], " = ")
			m.cues = append(m.cues, cue)
			m.want = append(m.want, line)
		default:
			text = append(text, line)
		}
	}
	rest := strings.TrimSpace(strings.Join(text, "\n"))
	var b strings.Builder
	var times []string
	for {
		before, after, ok := strings.Cut(rest, "[")
		b.WriteString(before)
		if !ok {
			break
		}
		inside, tail, _ := strings.Cut(after, "]")
		words, meaning, ok := strings.Cut(inside, "|")
		if !ok {
			t.Fatalf("mark without a value: [%s]", inside)
		}
		fmt.Fprint(&b, words)
		times = append(times, words+"|"+meaning)
		m.fields = append(m.fields, len(strings.SplitN(meaning, " ", 3)))
		rest = tail
	}
	m.rev.Text = b.String()
	m.want = append(times, m.want...)
	return m
}

// have is what was found, in the words of the case.
func (m *marked) have(f *when.Findings, statements []onrecord.Statement) []string {
	var out []string
	for i, t := range f.Times {
		fields := 3
		if i < len(m.fields) {
			fields = m.fields[i]
		}
		line := t.Span.In(m.rev.Text) + "|" + t.Value
		if fields > 1 {
			line += " " + t.Mod
		}
		if fields > 2 {
			line += " " + t.From.String() + "/" + t.To.String()
		}
		out = append(out, line)
	}
	for _, cue := range m.cues {
		line := "said: " + cue + " = "
		for i, s := range statements {
			if onrecord.Words(m.rev.Text, s.Cue.Spans) != cue {
				continue
			}
			if at := f.SaidAt[i]; at == nil {
				line += "nil"
			} else {
				line += fmt.Sprintf("%s/%s %s", at.From, at.To, at.Basis)
			}
			break
		}
		out = append(out, line)
	}
	return out
}

// Every value that has bounds has them in order, and its own day lies inside.
func TestBoundsAreInOrder(t *testing.T) {
	s := newStages(t)
	for _, published := range []string{"2024-02-29", "1999-12-31", "2025-01-01", "0001-01-01", "9999-12-31", "2024-02", "2024", ""} {
		date, err := onrecord.ParseDate(published)
		if err != nil {
			t.Fatal(err)
		}
		rev := &onrecord.Revision{Published: date, Text: "He spoke last week, next week, last year, next year, a century ago, two days from now, on Friday, " +
			"next Friday, this weekend, last winter, in the third quarter, over the past 5000 years, tomorrow, at 11 p.m. yesterday, on Feb. 29, tonight and next month."}
		found := s.when.Find(s.read(rev))
		if len(found.Times) < 15 {
			t.Errorf("published %q: only %d times", published, len(found.Times))
		}
		for _, x := range found.Times {
			if !x.From.IsZero() && !x.To.IsZero() && x.From.Start().After(x.To.End()) {
				t.Errorf("published %q: %q is %s to %s", published, x.Span.In(rev.Text), x.From, x.To)
			}
			if published == "" && (!x.From.IsZero() || !x.To.IsZero()) {
				t.Errorf("%q has bounds without a publication date", x.Span.In(rev.Text))
			}
		}
	}
}

// Without trees the words beside a time tell what is to come.
func TestWithoutTrees(t *testing.T) {
	analyser, err := english.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := newStages(t)
	s.analyser = analyser
	date, err := onrecord.ParseDate("2024-02-24")
	if err != nil {
		t.Fatal(err)
	}
	rev := &onrecord.Revision{Published: date, Text: "The council met on Thursday. It will vote on Monday."}
	found := s.when.Find(s.read(rev))
	var got []string
	for _, x := range found.Times {
		got = append(got, x.Value)
	}
	if diff := cmp.Diff([]string{"2024-02-22", "2024-02-26"}, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// A dateline's date is nearer to what was written than the day it was printed.
func TestDatelineBeatsPublication(t *testing.T) {
	s := newStages(t)
	date, err := onrecord.ParseDate("2024-03-05")
	if err != nil {
		t.Fatal(err)
	}
	const line = "BASRA, March 3 (Wire) - "
	rev := &onrecord.Revision{
		Published: date, Text: line + "The governor spoke yesterday.",
		Dateline: &onrecord.Dateline{Span: onrecord.Span{End: len(line)}},
		Zones:    []onrecord.Zone{{Kind: onrecord.DatelineZone, Span: onrecord.Span{End: len(line)}}},
	}
	found := s.when.Find(s.read(rev))
	if len(found.Times) != 2 || found.Times[1].Value != "2024-03-02" || found.Times[1].Anchor != "dateline" {
		t.Errorf("found %+v", found.Times)
	}
}

// Where the zone of the dateline's place is known a time of day is an instant, by
// summer time and by winter time.
func TestZoneOfTheDateline(t *testing.T) {
	s := newStages(t)
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for published, want := range map[string]string{"2024-07-02": "2024-07-01T21:30:00+02:00", "2024-01-02": "2024-01-01T21:30:00+01:00"} {
		date, err := onrecord.ParseDate(published)
		if err != nil {
			t.Fatal(err)
		}
		in := s.read(&onrecord.Revision{Published: date, Text: "The blast came at 9:30 p.m. yesterday."})
		in.Zone = zone
		found := s.when.Find(in)
		if len(found.Times) != 1 || found.Times[0].From.String() != want || found.Times[0].EDTF != want {
			t.Errorf("published %s: %+v, want %s", published, found.Times, want)
		}
	}
}

// Time is linear: a text of nothing but time words takes no longer per byte.
func TestHostileText(t *testing.T) {
	w, err := when.New()
	if err != nil {
		t.Fatal(err)
	}
	analyser, err := english.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range []string{"the early late mid last next ", "9:30 ", "twenty one hundred and ", "about at least a couple of ", "2024-02-24", "Friday night, May 5 ", "'89 ", "p.m.a.m.", "the the the ", "1/2 "} {
		text := strings.Repeat(unit, 200_000/len(unit))
		a := analyser.Analyse(text, quote.Paragraphs(text), nil)
		start := time.Now()
		w.Find(when.Input{Revision: &onrecord.Revision{Text: text}, Text: &a})
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%q: 200 kB took %s", unit, took)
		}
	}
}

func FuzzFind(f *testing.F) {
	w, err := when.New()
	if err != nil {
		f.Fatal(err)
	}
	analyser, err := english.Load(nil)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"Friday, 29 February 2023, at 24:59 p.m. EST", "99999-99-99 in the 00th century", "the year zero, 0000-00-00, ’00s",
		"two hundred and thousand million years ago", "12-13/14.15.16", "the third quarter of the ninth half of 9999", "31 June, 0 January\xff",
		"Eid al-Fitr 9999, Ramadan 622, Easter 1583", "9999999999 centuries later", "one o’clock in the night of Friday",
	} {
		f.Add(seed, "2024-02-29")
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, text, published string) {
		date, err := onrecord.ParseDate(published)
		if err != nil || !date.IsZero() && date.Time.Year() < 1 {
			return
		}
		text = strings.ToValidUTF8(text, "�")
		a := analyser.Analyse(text, quote.Paragraphs(text), nil)
		rev := &onrecord.Revision{Text: text, Published: date}
		found := w.Find(when.Input{Revision: rev, Text: &a})
		last := 0
		for _, x := range found.Times {
			if !x.Span.Valid(text) || x.Span.Empty() || x.Span.Start < last {
				t.Fatalf("span %v of %q", x.Span, text)
			}
			last = x.Span.End
			if x.Type == "" || x.Value == "" || x.Rule == "" {
				t.Fatalf("%q: %+v", x.Span.In(text), x)
			}
			for _, d := range []onrecord.Date{x.From, x.To} {
				if _, err := onrecord.ParseDate(d.String()); err != nil {
					t.Fatalf("%q: %v", x.Span.In(text), err)
				}
			}
		}
	})
}

// BenchmarkFind is the time for an article of 500 words, everything before it given.
func BenchmarkFind(b *testing.B) {
	s := newStages(b)
	date, err := onrecord.ParseDate("2024-02-24")
	if err != nil {
		b.Fatal(err)
	}
	const paragraph = "Harbour Minister Ada Quist said on Friday that two mines had been found since last month, the third such find this year. " +
		"“Nobody sails today,” she told reporters at 9 a.m., adding that the port will open on Monday or early next week. " +
		"Three ships were lost in March 2019, and several more in the late 1990s, according to the guild, which met yesterday.\n\n"
	rev := &onrecord.Revision{Published: date, Text: strings.Repeat(paragraph, 8)}
	in := s.read(rev)
	for b.Loop() {
		s.when.Find(in)
	}
	b.ReportMetric(float64(len(strings.Fields(rev.Text))), "words")
	b.ReportMetric(float64(len(s.when.Find(in).Times)), "times")
}
