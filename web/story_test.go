package web

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Articles for tests are files in testdata with their marks in the text:
// {3c|words} are words of the content of statement 3, s of its source, q of its
// cue. Marks nest.

// story reads one of them as a document to be kept.
func tale(t testing.TB, name string) ledger.Document {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range archive.Files {
		parts[f.Name] = strings.ReplaceAll(string(f.Data), "RLO", "\u202e")
	}
	text, spans := unmark(t, parts["text"])
	doc := ledger.Document{Revision: onrecord.Revision{Text: text, ReadBy: "read.v1", Language: "en"}}
	doc.Analysis = onrecord.Analysis{
		MadeBy:    onrecord.Versions{"said": "said.v1", "english": "english.v0"},
		Sentences: sentences(text),
	}
	describe(t, &doc, parts["meta"])
	for line := range strings.Lines(parts["statements"]) {
		addStatement(t, &doc, strings.TrimSpace(line), spans)
	}
	doc.Capture.Bytes = []byte(text)
	doc.Capture.MediaType = "text/plain"
	doc.Revision.Capture = doc.Capture.Hash()
	return doc
}

// unmark takes the marks out of a text and gives their spans by key ("3c").
func unmark(t testing.TB, marked string) (string, map[string][]onrecord.Span) {
	t.Helper()
	var text strings.Builder
	spans := map[string][]onrecord.Span{}
	type open struct {
		key   string
		start int
	}
	var stack []open
	for at := 0; at < len(marked); {
		if m := markStart.FindStringSubmatch(marked[at:]); m != nil {
			stack = append(stack, open{m[1], text.Len()})
			at += len(m[0])
			continue
		}
		if marked[at] == '}' && len(stack) > 0 {
			last := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			spans[last.key] = append(spans[last.key], onrecord.Span{Start: last.start, End: text.Len()})
			at++
			continue
		}
		text.WriteByte(marked[at])
		at++
	}
	if len(stack) > 0 {
		t.Fatalf("mark %s is never closed", stack[len(stack)-1].key)
	}
	return text.String(), spans
}

var markStart = regexp.MustCompile(`^\{(\d+[sqc])\|`)

// sentences ends one at a full stop before white space and at each line's end.
func sentences(text string) []onrecord.Span {
	var out []onrecord.Span
	for _, m := range regexp.MustCompile(`(?s)\S.*?(?:[.?!][”"]?(?:\s|$)|\n\n|$)`).FindAllStringIndex(text, -1) {
		s := trimmed(text, onrecord.Span{Start: m[0], End: m[1]})
		s.End = s.Start + len(strings.TrimRight(s.In(text), "\n "))
		out = append(out, s)
	}
	return out
}

func describe(t testing.TB, doc *ledger.Document, meta string) {
	t.Helper()
	date := func(v string) onrecord.Date {
		d, err := onrecord.ParseDate(v)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	rev := &doc.Revision
	headline, _, headed := strings.Cut(rev.Text, "\n\n")
	if headed {
		rev.Title = headline
		rev.Zones = []onrecord.Zone{{Kind: onrecord.Headline, Span: onrecord.Span{End: len(headline)}}}
	}
	for line := range strings.Lines(meta) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "url":
			rev.URL, doc.Capture.Address = value, value
		case "path":
			rev.Path, doc.Capture.Address = value, value
		case "title":
			rev.Title = value
		case "publisher":
			rev.Publisher = value
		case "published":
			rev.Published = date(value)
		case "retrieved":
			doc.Capture.Retrieved = date(value).Time.In(time.UTC)
		case "language":
			rev.Language = value
		case "byline":
			rev.Byline = []string{value}
		case "dateline":
			at := strings.Index(rev.Text, value)
			rev.Dateline = &onrecord.Dateline{Span: onrecord.Span{Start: at, End: at + len(value)}}
		default:
			t.Fatalf("meta: unknown name %q", name)
		}
	}
}

var property = regexp.MustCompile(`(\w+)=("[^"]*"|\S+)`)

func addStatement(t testing.TB, doc *ledger.Document, line string, spans map[string][]onrecord.Span) {
	t.Helper()
	number, rest, _ := strings.Cut(line, " ")
	st := onrecord.Statement{
		ID: onrecord.ID("S" + number), Zone: onrecord.Body,
		Source:  onrecord.Source{Spans: spans[number+"s"]},
		Cue:     onrecord.Cue{Spans: spans[number+"q"], Class: onrecord.SpeechCue},
		Content: onrecord.Content{Spans: spans[number+"c"]},
		Quoted:  onrecord.Indirect, Uttered: onrecord.UtteredYes, Toward: onrecord.Affirms,
	}
	st.Zone = doc.Revision.ZoneAt(onrecord.Hull(st.Spans()...).Start)
	for _, m := range property.FindAllStringSubmatch(rest, -1) {
		v := strings.Trim(m[2], `"`)
		switch m[1] {
		case "form":
			st.Source.Form = onrecord.SourceForm(v)
		case "kind":
			st.Source.Kind = onrecord.SourceKind(v)
		case "lemma":
			st.Cue.Lemma = v
		case "class":
			st.Cue.Class = onrecord.CueClass(v)
		case "quoted":
			st.Quoted = onrecord.Quoted(v)
		case "uttered":
			st.Uttered = onrecord.Uttered(v)
		case "toward":
			st.Toward = onrecord.Toward(v)
		case "rule":
			st.Rule = v
		case "within":
			st.Within = onrecord.ID("S" + v)
		case "repeats":
			st.Repeats = onrecord.ID("S" + v)
		case "depth":
			st.Depth, _ = strconv.Atoi(v)
		case "confidence":
			st.Confidence, _ = strconv.ParseFloat(v, 64)
		case "speaker":
			link(doc, st, v)
		default:
			t.Fatalf("statement %s: unknown property %q", number, m[1])
		}
	}
	doc.Analysis.Statements = append(doc.Analysis.Statements, st)
}

// link ties a statement's source to the entity of a name.
func link(doc *ledger.Document, st onrecord.Statement, name string) {
	a := &doc.Analysis
	id := onrecord.ID("")
	for i := range a.Entities {
		if a.Entities[i].Name == name {
			id = a.Entities[i].ID
		}
	}
	if id == "" {
		id = onrecord.ID(fmt.Sprintf("E%d", len(a.Entities)+1))
		a.Entities = append(a.Entities, onrecord.Entity{ID: id, Kind: onrecord.Person, Name: name})
	}
	for i := range a.Entities {
		if a.Entities[i].ID == id {
			for _, s := range st.Source.Spans {
				a.Entities[i].Mentions = append(a.Entities[i].Mentions, onrecord.Mention{Span: s, Form: onrecord.NameMention})
			}
		}
	}
	a.Links = append(a.Links, onrecord.Link{Statement: st.ID, Role: onrecord.SourceRole, Entity: id, Confidence: 0.9, Rule: "name"})
}

// TestStories holds the test data itself to what it says.
func TestStories(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no stories", err)
	}
	for _, name := range names {
		if _, err := os.Stat(name); err != nil {
			t.Fatal(err)
		}
		doc := tale(t, strings.TrimSuffix(filepath.Base(name), ".txtar"))
		for _, st := range doc.Analysis.Statements {
			for _, s := range st.Spans() {
				if !s.Valid(doc.Revision.Text) {
					t.Errorf("%s: %s: span %v", name, st.ID, s)
				}
			}
			if len(st.Content.Spans) == 0 {
				t.Errorf("%s: %s has no content", name, st.ID)
			}
		}
	}
}
