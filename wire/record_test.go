package wire_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

// kept is a record whose sentence stands behind letters of several bytes.
func kept(t *testing.T) (r *ledger.Record, text string) {
	t.Helper()
	text = "Gül räumt auf — 🙂.\n\n“It held,” Ida Şahin said. Nobody slept.\n"
	sentence := at(t, text, "“It held,” Ida Şahin said.", 1)
	statement := onrecord.Statement{
		ID: "S1", Zone: onrecord.Body, Within: "S9",
		Source:   onrecord.Source{Spans: []onrecord.Span{at(t, text, "Ida Şahin", 1)}, Form: onrecord.Named, Kind: onrecord.PersonSource},
		Cue:      onrecord.Cue{Spans: []onrecord.Span{at(t, text, "said", 1)}, Lemma: "say", Class: onrecord.SpeechCue},
		Content:  onrecord.Content{Spans: []onrecord.Span{at(t, text, "“It held,”", 1)}, Antecedent: []onrecord.Span{at(t, text, "Gül", 1)}},
		Verbatim: []onrecord.Span{at(t, text, "It held,", 1)},
		Quoted:   onrecord.Direct, Uttered: onrecord.UtteredYes, Toward: onrecord.Affirms, Confidence: 0.918, Rule: "quote-cue",
	}
	return &ledger.Record{
		ID: "s-1", Revision: onrecord.HashOf(text), Statement: statement, Found: statement,
		Article:       ledger.ArticleRef{ID: "a-1", Title: "=Gül", Publisher: "FP", Address: "/news/dam.txt", Published: day(t, "2024-02-24"), Retrieved: time.Date(2024, 2, 26, 9, 0, 0, 0, time.UTC)},
		Texts:         ledger.Texts{Source: "Ida Şahin", Cue: "said", Content: "“It held,”", Sentence: sentence.In(text)},
		Speaker:       ledger.Speaker{Key: "ida-sahin", Name: "Ida Şahin", Kind: onrecord.Person, Statements: 3},
		Sentence:      sentence,
		SentenceStart: len([]rune(text[:sentence.Start])),
		When:          day(t, "2024-02-24"), WhenBasis: ledger.WhenPublished,
		MadeBy:  onrecord.Versions{"said": "said.v1"},
		Verdict: onrecord.Right,
		Reviews: []onrecord.Review{{ID: "r-1", Verdict: onrecord.Right, By: "ana", At: time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)}},
	}, text
}

// A record alone, without the article's text, gives the same code points as the
// text does; what lies outside its sentence is left out.
func TestEncodeRecord(t *testing.T) {
	r, text := kept(t)
	s := wire.EncodeRecord(r)
	offsets := wire.NewOffsets(text)
	for _, part := range []struct {
		name string
		got  []wire.Span
		want []onrecord.Span
	}{
		{"source", s.Source.Spans, r.Statement.Source.Spans},
		{"cue", s.Cue.Spans, r.Statement.Cue.Spans},
		{"content", s.Content.Spans, r.Statement.Content.Spans},
		{"verbatim", s.Verbatim, r.Statement.Verbatim},
		{"antecedent", s.Content.Antecedent, nil},
		{"sentence", []wire.Span{s.Sentence.Span}, []onrecord.Span{r.Sentence}},
		{"all", []wire.Span{wire.CodePoints(r)}, []onrecord.Span{at(t, text, "“It held,” Ida Şahin said", 1)}},
	} {
		if diff := cmp.Diff(offsets.Spans(part.want), part.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", part.name, diff)
		}
	}
	if got := wire.SpanCodePoints(r, at(t, text, "Nobody", 1)); got != (wire.Span{-1, -1}) {
		t.Errorf("a span outside the sentence is %v, want -1 twice", got)
	}
	if s.Within != nil {
		t.Errorf("within %v: a local ID means nothing here", *s.Within)
	}
	var line bytes.Buffer
	if err := wire.WriteStatement(&line, s); err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(line.Bytes(), &fields); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]any{
		"id": "s-1", "when": "2024-02-24", "when_basis": "published", "verdict": "right", "confidence": 0.92,
	} {
		if fields[name] != want {
			t.Errorf("%s is %v, want %v", name, fields[name], want)
		}
	}
	if strings.Contains(line.String(), "null,\"cue\"") || fields["reviews"].([]any)[0].(map[string]any)["changes"] == nil {
		t.Errorf("a list is null in %s", line.Bytes())
	}
}

// A statement of a record fits the schema's statement: the same fields and more.
func TestRecordFitsSchema(t *testing.T) {
	r, _ := kept(t)
	var line bytes.Buffer
	if err := wire.WriteStatement(&line, wire.EncodeRecord(r)); err != nil {
		t.Fatal(err)
	}
	s := newSchema(t, false)
	var value any
	if err := json.Unmarshal(line.Bytes(), &value); err != nil {
		t.Fatal(err)
	}
	if err := s.value("", s.root["$defs"].(map[string]any)["statement"].(map[string]any), value); err != nil {
		t.Error(err)
	}
}

// Whatever stands before a sentence, spans in it come out as over the whole text.
func TestRecordOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, sentence, after := rapid.String().Draw(t, "before"), rapid.StringN(1, 40, -1).Draw(t, "sentence"), rapid.String().Draw(t, "after")
		text := before + sentence + after
		edges := []int{len(sentence)}
		for i := range sentence {
			edges = append(edges, i)
		}
		a, b := rapid.SampledFrom(edges).Draw(t, "a"), rapid.SampledFrom(edges).Draw(t, "b")
		span := onrecord.Span{Start: len(before) + min(a, b), End: len(before) + max(a, b)}
		r := ledger.Record{
			Sentence:      onrecord.Span{Start: len(before), End: len(before) + len(sentence)},
			SentenceStart: len([]rune(before)), Texts: ledger.Texts{Sentence: sentence},
		}
		if got, want := wire.SpanCodePoints(&r, span), wire.NewOffsets(text).Span(span); got != want {
			t.Fatalf("%v of %q is %v, want %v", span, text, got, want)
		}
	})
}

// An article's document has its statements as they stand, by public IDs, and not
// those that are gone.
func TestEncodeArticle(t *testing.T) {
	r, text := kept(t)
	inner, gone := *r, *r
	inner.ID, inner.Found.ID, inner.Statement.ID, inner.Statement.Within, inner.Statement.Depth = "s-2", "S2", "S2", "S1", 1
	gone.ID, gone.GoneSince = "s-3", "said.v2"
	r.Statement.Toward = onrecord.Denies // a correction
	r.Statement.Within = ""
	art := ledger.Article{
		ArticleRef: r.Article,
		Revision:   onrecord.Revision{Text: text, ReadBy: "read.v1"}, Hash: onrecord.HashOf(text),
		Analysis: onrecord.Analysis{
			Entities:   []onrecord.Entity{{ID: "E1", Kind: onrecord.Person, Name: "Ida Şahin"}},
			Statements: []onrecord.Statement{r.Found, inner.Found},
			Links:      []onrecord.Link{{Statement: "S1", Role: onrecord.SourceRole, Entity: "E1"}},
		},
		Statements: []ledger.Record{*r, inner, gone},
	}
	d := wire.EncodeArticle(&art)
	if len(d.Statements) != 2 {
		t.Fatalf("%d statements, want 2", len(d.Statements))
	}
	first, second := d.Statements[0], d.Statements[1]
	if first.ID != "s-1" || first.Toward != onrecord.Denies || !cmp.Equal(first.Source.Entities, []onrecord.ID{"E1"}) {
		t.Errorf("first is %s, %s by %v, want s-1, denies by E1", first.ID, first.Toward, first.Source.Entities)
	}
	if second.ID != "s-2" || second.Within == nil || *second.Within != "s-1" {
		t.Errorf("second is %s within %v, want s-2 within s-1", second.ID, second.Within)
	}
}

func TestCSVRow(t *testing.T) {
	r, _ := kept(t)
	r.Texts.Content = "-It held"
	got := map[string]string{}
	row := wire.CSVRow(r)
	for i, name := range wire.CSVHeader() {
		got[name] = row[i]
	}
	want := map[string]string{
		"id": "s-1", "when": "2024-02-24", "when_basis": "published", "speaker": "Ida Şahin", "source": "Ida Şahin", "cue": "said",
		"content": "'-It held", "quoted": "direct", "toward": "affirms", "sentence": "“It held,” Ida Şahin said.",
		"publisher": "FP", "title": "'=Gül", "address": "/news/dam.txt", "article": "a-1",
		"start": "20", "end": "45", "verdict": "right", "confidence": "0.92",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
}
