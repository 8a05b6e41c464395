package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/english"
)

const article = "Harbour traffic halted, minister says\n\n" +
	"Harbour Minister Ada Quist on Friday said that all traffic in the harbour was halted.\n\n" +
	"“We found two mines. Nobody sails tonight,\" she told reporters.\n\n" +
	"The Pilots’ Guild said the order came late, adding that “three ships were already at sea.”"

func analyse(tb testing.TB, rev *onrecord.Revision) onrecord.Analysis {
	tb.Helper()
	d, err := desk.New()
	if err != nil {
		tb.Fatal(err)
	}
	a, err := d.Analyse(tb.Context(), rev)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func revision(text string) *onrecord.Revision {
	rev := &onrecord.Revision{Text: text, Language: "en"}
	if end := strings.Index(text, "\n\n"); end > 0 {
		rev.Zones = []onrecord.Zone{{Kind: onrecord.Headline, Span: onrecord.Span{Start: 0, End: end}}, {Kind: onrecord.Body, Span: onrecord.Span{Start: end + 2, End: len(text)}}}
	}
	return rev
}

func TestAnalyse(t *testing.T) {
	a := analyse(t, revision(article))
	var got []string
	for _, s := range a.Statements {
		line := fmt.Sprintf("%s %s", s.ID, s.Zone)
		for _, e := range a.Linked().To(s.ID, onrecord.SourceRole) {
			line += ", " + e.Name
		}
		line += ": " + onrecord.Words(article, s.Cue.Spans) + ": " + onrecord.Words(article, s.Content.Spans)
		if s.Repeats != "" {
			line += " (repeats " + string(s.Repeats) + ")"
		}
		got = append(got, line)
	}
	want := []string{
		"S1 headline, Ada Quist: says: Harbour traffic halted (repeats S2)",
		"S2 body, Ada Quist: said: that all traffic in the harbour was halted",
		"S3 body, Ada Quist: told: “We found two mines. Nobody sails tonight,\"",
		"S4 body, Pilots’ Guild: said: the order came late",
		"S5 body, Pilots’ Guild: adding: that “three ships were already at sea.”",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if a.MadeBy["said"] != "said.v5" || !strings.HasPrefix(a.MadeBy["rules"], "sha256-") || len(a.Sentences) < 4 {
		t.Errorf("made by %v, %d sentences", a.MadeBy, len(a.Sentences))
	}
}

func TestForeignTextIsNotAnalysed(t *testing.T) {
	rev := revision("Der Minister sagte, die Brücke sei sicher.")
	rev.Language = "de"
	a := analyse(t, rev)
	if len(a.Statements)+len(a.Entities) != 0 || len(a.MadeBy) == 0 || len(a.Sentences) != 1 {
		t.Errorf("got %d statements, %d entities, %d sentences", len(a.Statements), len(a.Entities), len(a.Sentences))
	}
}

func TestSameTextSameBytes(t *testing.T) {
	text := strings.Repeat(article+"\n\n", 20)
	var first []byte
	for range 3 {
		got, err := json.Marshal(analyse(t, revision(text)))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = got
		}
		if !bytes.Equal(first, got) {
			t.Fatal("two analyses of one text differ")
		}
	}
}

func TestCancelled(t *testing.T) {
	d, err := desk.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Analyse(ctx, revision(article)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Hostile texts end in time and keep the invariants.
func TestHostileTexts(t *testing.T) {
	const size = 1 << 20
	// The network reads so many words a second, whatever they are; package english
	// tests it. Without it, what else would be slow shows.
	a, err := english.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.With(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, unit string }{
		{"no sentence ends", "he said she said the minister said that "},
		{"commas", "he said, she said, "},
		{"open marks", "“he said ‘she said "},
		{"one quotation", "we go and he said "},
		{"straight marks", `"a" he said "b`},
		{"labels", "A: b "},
		{"names", "Ada Quist and Omar Haddad, "},
		{"roles", "the minister of fish of the minister said. "},
		{"paragraphs", "“a b c d e\n\n"},
		{"according", "according to the poll, "},
		{"brackets", "(((he said "},
		{"nul", "a\x00 said b. "},
		{"right to left", "قال الوزير إن “هذا” he said. "},
		{"one word", "said"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Repeat(c.unit, size/len(c.unit))
			start := time.Now()
			a, err := d.Analyse(t.Context(), &onrecord.Revision{Text: text})
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > 15*time.Second {
				t.Errorf("a megabyte took %v", took)
			} else {
				t.Logf("%v, %d statements", took, len(a.Statements))
			}
			hold(t, text, &a)
		})
	}
}

// hold checks what is true of every analysis: spans lie on code points of the
// text, a role's spans do not overlap, references resolve, lists are in order.
func hold(t *testing.T, text string, a *onrecord.Analysis) {
	t.Helper()
	ids := map[onrecord.ID]int{}
	for i, s := range a.Statements {
		ids[s.ID] = i
	}
	for i, s := range a.Statements {
		if s.ID != onrecord.ID(fmt.Sprint("S", i+1)) || len(s.Cue.Spans) != 1 || len(s.Content.Spans) == 0 {
			t.Fatalf("statement %d: %+v", i, s)
		}
		for _, role := range [][]onrecord.Span{s.Source.Spans, s.Cue.Spans, s.Content.Spans, s.Content.Antecedent, s.Verbatim, s.Addressee, s.Medium, s.Occasion} {
			end := 0
			for _, span := range role {
				if !span.Valid(text) || span.Empty() || span.Start < end {
					t.Fatalf("%s: span %v after %d in %q", s.ID, span, end, text[:min(len(text), 300)])
				}
				end = span.End
			}
		}
		if onrecord.Overlap(s.Cue.Spans, s.Content.Spans) > 0 || onrecord.Overlap(s.Source.Spans, s.Content.Spans) > 0 {
			t.Fatalf("%s: content runs over source or cue in %q", s.ID, text[:min(len(text), 300)])
		}
		if s.Within != "" {
			outer, ok := ids[s.Within]
			if !ok || s.Depth != a.Statements[outer].Depth+1 {
				t.Fatalf("%s: depth %d within %s", s.ID, s.Depth, s.Within)
			}
		} else if s.Depth != 0 {
			t.Fatalf("%s: depth %d within nothing", s.ID, s.Depth)
		}
		if _, ok := ids[s.Repeats]; s.Repeats != "" && !ok {
			t.Fatalf("%s repeats %s", s.ID, s.Repeats)
		}
	}
	entities := map[onrecord.ID]bool{}
	for _, e := range a.Entities {
		entities[e.ID] = true
		for _, m := range e.Mentions {
			if !m.Span.Valid(text) || m.Span.Empty() {
				t.Fatalf("%s: mention %v", e.ID, m.Span)
			}
		}
		for _, r := range e.Roles {
			if !r.Span.Valid(text) || r.Span.In(text) != r.Title {
				t.Fatalf("%s: role %+v", e.ID, r)
			}
		}
	}
	for _, l := range a.Links {
		if _, ok := ids[l.Statement]; !ok || !entities[l.Entity] {
			t.Fatalf("link %+v leads nowhere", l)
		}
	}
	end := 0
	for _, s := range a.Sentences {
		if !s.Valid(text) || s.Start < end {
			t.Fatalf("sentence %v after %d", s, end)
		}
		end = s.End
	}
}

// FuzzAnalyse holds the invariants of hold over any text.
func FuzzAnalyse(f *testing.F) {
	f.Add(article)
	f.Add("“A said ‘B said “C” to D’ and E told F:\n\n“G,” according to H — I")
	f.Add("QUIST: he, a man, said that it was called “x” by her under pressure from y to go")
	d, err := desk.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		a, err := d.Analyse(t.Context(), revision(text))
		if err != nil {
			t.Fatal(err)
		}
		hold(t, text, &a)
	})
}

func BenchmarkAnalyse(b *testing.B) {
	d, err := desk.New()
	if err != nil {
		b.Fatal(err)
	}
	rev := revision(strings.Repeat(article+"\n\n", 20))
	b.SetBytes(int64(len(rev.Text)))
	for b.Loop() {
		if _, err := d.Analyse(b.Context(), rev); err != nil {
			b.Fatal(err)
		}
	}
}

// known is a roster that knows one office.
type known struct{}

func (known) KnownAs(phrases []string, kind onrecord.EntityKind, at onrecord.Date) (onrecord.ID, bool) {
	return "person/lena-brandt", slices.Contains(phrases, "the Varesh president") && kind == onrecord.Person && at.String() == "2024-02-24"
}

func (known) Version() string { return "sha256-of-known" }

func TestKnowingGivesEntitiesTheRostersIDs(t *testing.T) {
	d, err := desk.New()
	if err != nil {
		t.Fatal(err)
	}
	d = d.Knowing(known{})
	if d.Versions()["roster"] != "sha256-of-known" {
		t.Errorf("versions %v", d.Versions())
	}
	day, _ := onrecord.ParseDate("2024-02-24")
	rev := &onrecord.Revision{Text: "On Friday, the Varesh president said that the bridge was safe.", Published: day}
	a, err := d.Analyse(t.Context(), rev)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range a.Entities {
		if e.KnownAs == "person/lena-brandt" {
			return
		}
	}
	t.Errorf("no entity is known: %+v", a.Entities)
}
