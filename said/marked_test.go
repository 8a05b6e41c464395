package said_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/said"
)

// TestMarkedTexts reads the cases in testdata, whose README describes their marks,
// as the desk does.
func TestMarkedTexts(t *testing.T) {
	analyser, err := english.New()
	if err != nil {
		t.Fatal(err)
	}
	if !analyser.Trees() {
		t.Skip("built without the model: see TestMarkedTextsWithoutTrees")
	}
	markedTexts(t, newFinder(t, analyser), func(*marked) bool { return true })
}

// Where there is no model, words alone must do, but for the cases that ask for trees.
func TestMarkedTextsWithoutTrees(t *testing.T) {
	markedTexts(t, withoutTrees(t), func(m *marked) bool { return !m.trees })
}

func markedTexts(t *testing.T, find func(*onrecord.Revision) []onrecord.Statement, when func(*marked) bool) {
	t.Helper()
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
				if !when(m) {
					t.Skip("needs trees")
				}
				got := find(m.revision())
				want, have := m.lines(), found(m, got)
				if diff := cmp.Diff(want, have); diff != "" {
					t.Errorf("%s\nwant (-), found (+):\n%s", m.text, diff)
				}
			})
		}
	}
}

// withoutTrees is newFinder with an analyser that finds sentences and words only.
func withoutTrees(tb testing.TB) func(*onrecord.Revision) []onrecord.Statement {
	tb.Helper()
	analyser, err := english.Load(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return newFinder(tb, analyser)
}

// newFinder runs the stages before this one, as the desk does.
func newFinder(tb testing.TB, analyser *english.Analyser) func(*onrecord.Revision) []onrecord.Statement {
	tb.Helper()
	finder, err := said.New()
	if err != nil {
		tb.Fatal(err)
	}
	return func(rev *onrecord.Revision) []onrecord.Statement {
		paragraphs := quote.Paragraphs(rev.Text)
		analysed := analyser.Analyse(rev.Text, paragraphs, rev.Zones)
		text := english.Joined(&analysed)
		return finder.Find(said.Input{Revision: rev, Text: &text, Paragraphs: paragraphs, Quotations: quote.FindIn(rev.Text, paragraphs)})
	}
}

// marked is a case: its text without marks, and what the marks said.
type marked struct {
	text     string
	headline int                                // bytes of the headline; 0 for none
	trees    bool                               // words alone do not show it
	spans    map[int]map[string][]onrecord.Span // by statement and role
	attrs    map[int][]string
}

var roleMarks = map[byte]string{'[': "source", '{': "cue", '<': "content"}

// parseMarked reads one case.
func parseMarked(t *testing.T, c string) *marked {
	t.Helper()
	m := &marked{spans: map[int]map[string][]onrecord.Span{}, attrs: map[int][]string{}}
	var body []string
	headline := false
	for line := range strings.Lines(c) {
		line = strings.TrimRight(line, "\n")
		number, attrs, ok := strings.Cut(line, ": ")
		n, err := strconv.Atoi(number)
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "% headline":
			headline = true
		case line == "% trees":
			m.trees = true
		case ok && err == nil:
			m.attrs[n] = strings.Fields(attrs)
		default:
			body = append(body, line)
		}
	}
	m.unmark(t, strings.TrimSpace(strings.Join(body, "\n")))
	if headline {
		m.headline = strings.IndexByte(m.text, '\n')
	}
	return m
}

// unmark takes the marks off and keeps where they stood.
func (m *marked) unmark(t *testing.T, s string) {
	t.Helper()
	type open struct {
		role    string
		closer  byte
		numbers []int
		start   int
	}
	var stack []open
	var text strings.Builder
	for i := 0; i < len(s); {
		role, rest := roleMarks[s[i]], s[i+1:]
		closer := map[byte]byte{'[': ']', '{': '}', '<': '>', '(': ')'}[s[i]]
		if s[i] == '(' {
			for _, r := range []string{"to", "in", "at"} {
				if after, ok := strings.CutPrefix(rest, r+" "); ok {
					role, rest = r, after
				}
			}
		}
		if role != "" {
			numbers, after, ok := strings.Cut(rest, " ")
			var ns []int
			for x := range strings.SplitSeq(numbers, ",") {
				n, err := strconv.Atoi(x)
				ok = ok && err == nil
				ns = append(ns, n)
			}
			// "{1:}" marks a cue without a space of its own.
			if ok {
				stack = append(stack, open{role, closer, ns, text.Len()})
				i = len(s) - len(after)
				continue
			}
		}
		if n := len(stack); n > 0 && s[i] == stack[n-1].closer {
			o := stack[n-1]
			stack = stack[:n-1]
			for _, x := range o.numbers {
				if m.spans[x] == nil {
					m.spans[x] = map[string][]onrecord.Span{}
				}
				m.spans[x][o.role] = append(m.spans[x][o.role], onrecord.Span{Start: o.start, End: text.Len()})
			}
			i++
			continue
		}
		text.WriteByte(s[i])
		i++
	}
	if len(stack) > 0 {
		t.Fatalf("mark %s %v is never closed in %q", stack[0].role, stack[0].numbers, s)
	}
	m.text = text.String()
}

func (m *marked) revision() *onrecord.Revision {
	rev := &onrecord.Revision{Text: m.text}
	if m.headline > 0 {
		rev.Zones = []onrecord.Zone{
			{Kind: onrecord.Headline, Span: onrecord.Span{Start: 0, End: m.headline}},
			{Kind: onrecord.Body, Span: onrecord.Span{Start: m.headline + 2, End: len(m.text)}},
		}
	}
	return rev
}

// lines writes what is wanted, a line a statement, in the order of the cues.
func (m *marked) lines() []string {
	var out []string
	for n, roles := range m.spans {
		line := m.line(roles["source"], roles["cue"], roles["content"], roles["to"], roles["in"], roles["at"])
		out = append(out, line+m.attributes(n))
	}
	sort.Strings(out)
	return out
}

// line is comparable: where each role stands, and its words.
func (m *marked) line(source, cue, content, to, in, at []onrecord.Span) string {
	var b strings.Builder
	for i, role := range [][]onrecord.Span{cue, source, content, to, in, at} {
		for _, s := range role {
			fmt.Fprintf(&b, "%s %d-%d %q; ", [...]string{"cue", "source", "content", "to", "in", "at"}[i], s.Start, s.End, s.In(m.text))
		}
	}
	return b.String()
}

func (m *marked) attributes(n int) string {
	attrs := slices.Clone(m.attrs[n])
	for i, a := range attrs {
		for _, ref := range []string{"in:", "repeats:"} {
			if other, ok := strings.CutPrefix(a, ref); ok {
				x, _ := strconv.Atoi(other)
				attrs[i] = ref + m.spans[x]["cue"][0].String()
			}
		}
	}
	if !slices.ContainsFunc(attrs, func(a string) bool { return strings.HasPrefix(a, "in:") }) {
		attrs = append(attrs, "in:")
	}
	sort.Strings(attrs)
	return strings.Join(attrs, " ")
}

// found writes what was found in the same way; of the attributes only those that
// the case gives for the same cue.
func found(m *marked, statements []onrecord.Statement) []string {
	byID := map[onrecord.ID]string{}
	for _, s := range statements {
		byID[s.ID] = s.Cue.Spans[0].String()
	}
	var out []string
	for _, s := range statements {
		content := s.Content.Spans
		line := m.line(s.Source.Spans, s.Cue.Spans, content, s.Addressee, s.Medium, s.Occasion)
		attrs := []string{"in:" + byID[s.Within]}
		for n, roles := range m.spans {
			if len(roles["cue"]) == 0 || roles["cue"][0] != s.Cue.Spans[0] {
				continue
			}
			for _, a := range m.attrs[n] {
				key, _, _ := strings.Cut(a, ":")
				switch key {
				case "direct", "mixed", "indirect":
					attrs = append(attrs, string(s.Quoted))
				case "uttered":
					attrs = append(attrs, "uttered:"+string(s.Uttered))
				case "class":
					attrs = append(attrs, "class:"+string(s.Cue.Class))
				case "form":
					attrs = append(attrs, "form:"+string(s.Source.Form))
				case "kind":
					attrs = append(attrs, "kind:"+string(s.Source.Kind))
				case "repeats":
					attrs = append(attrs, "repeats:"+byID[s.Repeats])
				case "in", "implicit":
				default:
					attrs = append(attrs, string(s.Toward))
				}
			}
		}
		sort.Strings(attrs)
		out = append(out, line+strings.Join(attrs, " "))
	}
	sort.Strings(out)
	return out
}
