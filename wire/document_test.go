package wire_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/wire"
)

var update = flag.Bool("update", false, "write the worked documents")

// worked are documents that show the contract; testdata has what they print.
func worked() map[string]func(t *testing.T) wire.Document {
	return map[string]func(*testing.T) wire.Document{
		"dam":    dam,
		"empty":  empty,
		"market": market,
	}
}

// The worked documents print as they stand in testdata, fit the schema, and have
// no field that the schema does not name.
func TestWorkedDocuments(t *testing.T) {
	for name, document := range worked() {
		t.Run(name, func(t *testing.T) {
			d := document(t)
			var line bytes.Buffer
			if err := wire.Write(&line, d); err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(line.Bytes(), []byte("\n")); n != 1 {
				t.Errorf("%d lines, want one", n)
			}
			if err := newSchema(t, true).check(line.Bytes()); err != nil {
				t.Errorf("schema: %v", err)
			}
			var got bytes.Buffer
			if err := json.Indent(&got, line.Bytes(), "", "  "); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

// In every worked document the words of spans, cut out by code points as a reader
// in another language would, are the words printed beside them.
func TestSpansGiveTheirWords(t *testing.T) {
	for name, document := range worked() {
		d := document(t)
		text := []rune(d.Document.Text)
		cut := func(spans []wire.Span) string {
			var parts []string
			for _, s := range spans {
				parts = append(parts, string(text[s[0]:s[1]]))
			}
			return strings.Join(parts, " … ")
		}
		for _, s := range d.Statements {
			for _, part := range []struct {
				spans []wire.Span
				want  string
			}{{s.Source.Spans, s.Source.Text}, {s.Cue.Spans, s.Cue.Text}, {s.Content.Spans, s.Content.Text}} {
				if got := cut(part.spans); got != part.want {
					t.Errorf("%s %s: %v is %q, want %q", name, s.ID, part.spans, got, part.want)
				}
			}
			if span, ok := s.Selector.Find(d.Document.Text); !ok || !strings.HasPrefix(span.In(d.Document.Text), cut(s.Content.Spans[:1])) {
				t.Errorf("%s %s: the selector does not find the content", name, s.ID)
			}
		}
	}
}

// at is where words stand in a text: the nth time, from 1.
func at(t *testing.T, text, words string, nth int) onrecord.Span {
	t.Helper()
	start := -1
	for range nth {
		i := strings.Index(text[start+1:], words)
		if i < 0 {
			t.Fatalf("%q does not stand in the text", words)
		}
		start += 1 + i
	}
	return onrecord.Span{Start: start, End: start + len(words)}
}

func day(t *testing.T, s string) onrecord.Date {
	t.Helper()
	d, err := onrecord.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// dam is a kept wire story with all that one can have: zones, a dateline,
// entities, a time, a place, an event, a headline that repeats its body.
func dam(t *testing.T) wire.Document {
	t.Helper()
	text := "Şahin: dam held\n\nOSLO, Feb. 24 (Reuters) — “The dam held,” engineer Ida Şahin told reporters on Saturday, “and so did we.” Four men were hurt.\n"
	span := func(words string) onrecord.Span { return at(t, text, words, 1) }
	spans := func(words ...string) (out []onrecord.Span) {
		for _, w := range words {
			out = append(out, span(w))
		}
		return out
	}
	rev := onrecord.Revision{
		Capture: onrecord.HashOf("the bytes"), ReadBy: "read.v1", Text: text,
		Path: "/news/dam.txt", URL: "https://fp.example/dam?a=1&b=2", CanonicalURL: "https://fp.example/dam",
		Title: "Şahin: dam held", Byline: []string{"Ana Prado"}, Publisher: "Fjordposten", Credit: []string{"Reuters"},
		Published: day(t, "2024-02-24T18:05:00+03:00"), Modified: day(t, "2024-02-25"), Language: "en",
		Zones: []onrecord.Zone{
			{Kind: onrecord.Headline, Span: span("Şahin: dam held")},
			{Kind: onrecord.DatelineZone, Span: span("OSLO, Feb. 24 (Reuters) — ")},
			{Kind: onrecord.Body, Span: onrecord.Span{Start: span("“The").Start, End: len(text) - 1}},
		},
		Dateline: &onrecord.Dateline{Span: span("OSLO, Feb. 24 (Reuters) — "), Place: span("OSLO"), Agency: "Reuters"},
	}
	quoted := []onrecord.Span{span("“The dam held,”"), span("“and so did we.”")}
	a := onrecord.Analysis{
		MadeBy: onrecord.Versions{"said": "said.v1", "english": "english.v1"},
		Entities: []onrecord.Entity{
			{
				ID: "E1", Kind: onrecord.Person, Name: "Ida Şahin",
				Roles:    []onrecord.Role{{Title: "engineer", Span: span("engineer")}},
				Mentions: []onrecord.Mention{{Span: at(t, text, "Şahin", 1), Form: onrecord.NameMention}, {Span: span("Ida Şahin"), Form: onrecord.NameMention}},
			},
			{ID: "E2", Kind: onrecord.Group, Name: "reporters", Mentions: []onrecord.Mention{{Span: span("reporters"), Form: onrecord.NominalMention}}},
		},
		Times: []onrecord.Time{
			{ID: "T1", Span: span("Feb. 24"), Type: "DATE", Value: "2024-02-24", EDTF: "2024-02-24", From: day(t, "2024-02-24"), To: day(t, "2024-02-24"), Granularity: "day", Anchor: "published", Rule: "month-day"},
		},
		Places: []onrecord.Place{
			{ID: "P1", Span: span("OSLO"), Gazetteer: "geonames:3143244", Name: "Oslo", Country: "NO", Lat: 59.91273, Lon: 10.74609, Precision: "city", Confidence: 0.987},
		},
		Statements: []onrecord.Statement{
			{
				ID: "S1", Zone: onrecord.Headline, Repeats: "S2",
				Source:  onrecord.Source{Spans: []onrecord.Span{at(t, text, "Şahin", 1)}, Form: onrecord.Named, Kind: onrecord.PersonSource},
				Cue:     onrecord.Cue{Spans: spans(":"), Class: onrecord.SpeechCue},
				Content: onrecord.Content{Spans: spans("dam held")},
				Quoted:  onrecord.Indirect, Uttered: onrecord.UtteredYes, Toward: onrecord.Affirms, Confidence: 0.61, Rule: "headline-colon",
			},
			{
				ID: "S2", Zone: onrecord.Body,
				Source:   onrecord.Source{Spans: spans("engineer Ida Şahin"), Form: onrecord.Named, Kind: onrecord.PersonSource},
				Cue:      onrecord.Cue{Spans: spans("told"), Lemma: "tell", Class: onrecord.SpeechCue},
				Content:  onrecord.Content{Spans: quoted},
				Verbatim: spans("The dam held,", "and so did we."), Addressee: spans("reporters"),
				Quoted: onrecord.Direct, Uttered: onrecord.UtteredYes, Toward: onrecord.Affirms,
				SaidAt:     &onrecord.SaidAt{From: day(t, "2024-02-24"), To: day(t, "2024-02-24"), Basis: "explicit", Times: []onrecord.ID{"T1"}},
				SaidIn:     &onrecord.SaidIn{Place: "P1", Basis: "explicit"},
				Confidence: 0.9749, Rule: "quote-cue",
			},
		},
		Events: []onrecord.Event{
			{
				ID: "V1", Type: "ACCIDENT", Anchor: span("hurt"), Place: "P1", Status: "actual", Basis: "reported",
				Counts: []onrecord.Count{{Kind: "injured", Low: 4, High: 4, Span: span("Four")}}, Confidence: 0.5,
			},
		},
		Links: []onrecord.Link{
			{Statement: "S1", Role: onrecord.SourceRole, Entity: "E1"},
			{Statement: "S2", Role: onrecord.SourceRole, Entity: "E1"},
			{Statement: "S2", Role: onrecord.AddresseeRole, Entity: "E2"},
		},
	}
	return wire.Encode(&rev, &a, wire.Options{
		Article: "a-1", Statements: []onrecord.ID{"s-1", "s-2"}, Retrieved: time.Date(2024, 2, 26, 9, 0, 0, 0, time.UTC),
	})
}

// market is a document that was not kept, with an implicit source, a statement
// inside another, a compound source and every further part of a statement.
func market(t *testing.T) wire.Document {
	t.Helper()
	text := "In a letter after the talks, Prado and Lund wrote that the crew believes <it> will rain. Not a day too soon.\n"
	span := func(words string) onrecord.Span { return at(t, text, words, 1) }
	one := func(words string) []onrecord.Span { return []onrecord.Span{span(words)} }
	rev := onrecord.Revision{Capture: onrecord.HashOf(text), ReadBy: "read.v1", Text: text, Zones: []onrecord.Zone{{Kind: onrecord.Body, Span: onrecord.Span{End: len(text) - 1}}}}
	broken := span("<it>")
	a := onrecord.Analysis{
		Entities: []onrecord.Entity{
			{ID: "E1", Kind: onrecord.Person, Name: "Prado", Mentions: []onrecord.Mention{{Span: span("Prado"), Form: onrecord.NameMention}}},
			{ID: "E2", Kind: onrecord.Person, Name: "Lund", Mentions: []onrecord.Mention{{Span: span("Lund"), Form: onrecord.NameMention}}},
		},
		Statements: []onrecord.Statement{
			{
				ID: "S1", Zone: onrecord.Body,
				Source:  onrecord.Source{Spans: one("Prado and Lund"), Form: onrecord.Named, Kind: onrecord.GroupSource},
				Cue:     onrecord.Cue{Spans: one("wrote"), Lemma: "write", Class: onrecord.DocumentCue},
				Content: onrecord.Content{Spans: one("that the crew believes <it> will rain")},
				Medium:  one("In a letter"), Occasion: one("after the talks"),
				Quoted: onrecord.Indirect, Uttered: onrecord.UtteredYes, Toward: onrecord.Affirms, Confidence: 1, Rule: "cue-that",
			},
			{
				ID: "S2", Depth: 1, Within: "S1", Zone: onrecord.Body,
				Source:  onrecord.Source{Spans: one("the crew"), Form: onrecord.RoleForm, Kind: onrecord.GroupSource},
				Cue:     onrecord.Cue{Spans: one("believes"), Lemma: "believe", Class: onrecord.BeliefCue},
				Content: onrecord.Content{Spans: one("<it> will rain")},
				Quoted:  onrecord.Indirect, Uttered: onrecord.UtteredYes, Toward: onrecord.Affirms, Confidence: 0.5, Rule: "cue",
			},
			{
				ID: "S3", Zone: onrecord.Body, Source: onrecord.Source{Form: onrecord.Implicit},
				Cue:     onrecord.Cue{Class: onrecord.SpeechCue},
				Content: onrecord.Content{Spans: one("Not a day too soon"), Antecedent: one("will rain")},
				Quoted:  onrecord.Indirect, Uttered: onrecord.UtteredPossible, Toward: onrecord.Neutral, Confidence: 0, Rule: "signature",
			},
		},
		Links: []onrecord.Link{
			{Statement: "S1", Role: onrecord.SourceRole, Entity: "E1"},
			{Statement: "S1", Role: onrecord.SourceRole, Entity: "E2"},
			{Statement: "S2", Role: onrecord.SourceRole, Entity: "E9"}, // nobody
		},
		Problems: []onrecord.Problem{{Code: "marks", Message: "an angle bracket stands alone", Span: &broken}},
	}
	return wire.Encode(&rev, &a, wire.Options{})
}

// empty is a document in which nothing was found.
func empty(t *testing.T) wire.Document {
	t.Helper()
	rev := onrecord.Revision{
		Capture: onrecord.HashOf("السد"), ReadBy: "read.v1", Text: "صمد السد.", Language: "ar", Published: day(t, "2024-02"),
		Problems: []onrecord.Problem{{Code: "charset", Message: "read as UTF-16, little end first"}},
	}
	return wire.Encode(&rev, &onrecord.Analysis{}, wire.Options{})
}

// What is no probability is an error, not a line that a reader cannot parse.
func TestConfidence(t *testing.T) {
	for c, want := range map[float64]string{0: "0.00", 1: "1.00", 0.974: "0.97", 0.005: "0.01", 0.999: "1.00"} {
		got, err := json.Marshal(wire.Confidence(c))
		if err != nil || string(got) != want {
			t.Errorf("%v: %s, %v, want %s", c, got, err, want)
		}
	}
	for _, c := range []float64{-0.1, 1.1, math.NaN(), math.Inf(1)} {
		if got, err := json.Marshal(wire.Confidence(c)); err == nil {
			t.Errorf("%v: %s, want an error", c, got)
		}
	}
}

// Disputed land carries who holds it and who claims it.
func TestClaimedPlace(t *testing.T) {
	rev := onrecord.Revision{Text: "SEVASTOPOL"}
	a := onrecord.Analysis{Places: []onrecord.Place{{
		ID: "P1", Span: onrecord.Span{Start: 0, End: 10}, Gazetteer: "geonames:694423", Name: "Sevastopol", Country: "UA", Precision: "city",
		AdministeredBy: []string{"RU"}, Claims: []string{"RU", "UA"},
	}}}
	p := wire.Encode(&rev, &a, wire.Options{}).Places[0]
	if diff := cmp.Diff([][]string{{"RU"}, {"RU", "UA"}}, [][]string{p.AdministeredBy, p.ClaimedBy}); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}
