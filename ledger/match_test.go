package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
)

// finding makes a finding from a line "source | cue | content", whose words stand
// in text, each after the one before; content may be given first: "content ^
// source | cue".
func finding(t testing.TB, text, line string) Seen {
	t.Helper()
	parts := strings.Split(line, "|")
	if len(parts) != 3 {
		t.Fatalf("finding %q: want source | cue | content", line)
	}
	var s onrecord.Statement
	from := 0
	for i, into := range []*[]onrecord.Span{&s.Source.Spans, &s.Cue.Spans, &s.Content.Spans} {
		words := strings.TrimSpace(parts[i])
		if words == "" {
			continue
		}
		at := strings.Index(text[from:], words)
		if at < 0 {
			t.Fatalf("%q does not stand in %q", words, text[from:])
		}
		from += at
		*into = []onrecord.Span{{Start: from, End: from + len(words)}}
	}
	return Seen{text, &s}
}

func TestMatch(t *testing.T) {
	const text = "Bell said the well was dry and Hart said the well was deep. Bell said the well was dry. Reed hopes for rain."
	const edited = "On Monday Bell said the well was dry. Reed still hopes for rain. Hart, who dug it, said that the well was very deep. Ames left."
	for _, c := range []struct {
		name       string
		old, found string // a line a finding, the first sign numbering it
		in         string // the new text; the old one where empty
		want       []int
	}{
		{
			"nothing changed",
			"Bell | said | the well was dry\nHart | said | the well was deep",
			"Bell | said | the well was dry\nHart | said | the well was deep",
			"",
			[]int{0, 1},
		},
		{
			"a moved cue edge",
			"Bell | said | the well was dry\nHart | said | the well was deep",
			"Bell | said the | well was dry\nHart | said the well | was deep",
			"",
			[]int{0, 1},
		},
		{
			"one more found, one no longer",
			"Bell | said | the well was dry\nReed | hopes for | rain",
			"Hart | said | the well was deep\nReed | hopes for | rain",
			"",
			[]int{-1, 1},
		},
		{
			"another cue for the same content",
			"Reed | hopes | for rain",
			"Reed | | hopes for rain",
			"",
			[]int{0},
		},
		{
			"a little of the content in common is not enough",
			"Bell | | the well was dry and Hart said the well was deep",
			"Hart | | the well was deep",
			"",
			[]int{-1},
		},
		{
			"another text: by words, not by offsets",
			"Bell | said | the well was dry\nHart | said | the well was deep\nReed | hopes for | rain",
			"Bell | said | the well was dry\nReed | still hopes for | rain\nHart, who dug it, | said | that the well was very deep\nAmes | | left",
			edited,
			[]int{0, 2, 1, -1},
		},
		{"nothing to match", "", "Reed | hopes for | rain", "", []int{-1}},
		{"nothing found", "Reed | hopes for | rain", "", "", []int{}},
	} {
		in := c.in
		if in == "" {
			in = text
		}
		if got := Match(findings(t, text, c.old), findings(t, in, c.found)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func findings(t testing.TB, text, lines string) (list []Seen) {
	t.Helper()
	for line := range strings.Lines(lines) {
		list = append(list, finding(t, text, strings.TrimSuffix(line, "\n")))
	}
	return list
}

// TestMatchKeepsTheSamePlace: the same words said twice in one text stay apart.
func TestMatchKeepsTheSamePlace(t *testing.T) {
	const text = "Bell said no. Then Bell said no."
	twice := []Seen{finding(t, text, "Bell|said|no"), finding(t, text, "Bell|said|no")}
	second := *twice[1].Statement
	second.Source.Spans, second.Cue.Spans, second.Content.Spans = []onrecord.Span{{Start: 19, End: 23}}, []onrecord.Span{{Start: 24, End: 28}}, []onrecord.Span{{Start: 29, End: 31}}
	twice[1].Statement = &second
	if got := Match(twice, twice[1:]); !slices.Equal(got, []int{1}) {
		t.Errorf("the second alone: %v, want [1]", got)
	}
	if got := Match(twice[:1], twice); !slices.Equal(got, []int{0, -1}) {
		t.Errorf("the first and a new one: %v, want [0 -1]", got)
	}
}

// TestMatchIsOneToOne: whatever was found, no old finding is given twice, what has
// not changed matches itself, and the same input gives the same output.
func TestMatchIsOneToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "said", "rain", "well", "no"}), 4, 30)
		text := strings.Join(words.Draw(t, "words"), " ")
		draw := func(name, text string) []Seen {
			var list []Seen
			for range rapid.IntRange(0, 6).Draw(t, name) {
				span := func(part string) []onrecord.Span {
					a := rapid.IntRange(0, len(text)).Draw(t, part)
					b := rapid.IntRange(a, len(text)).Draw(t, part)
					return []onrecord.Span{{Start: a, End: b}}
				}
				list = append(list, Seen{text, &onrecord.Statement{
					Source: onrecord.Source{Spans: span("source")}, Cue: onrecord.Cue{Spans: span("cue")}, Content: onrecord.Content{Spans: span("content")},
				}})
			}
			return list
		}
		other := text
		if rapid.Bool().Draw(t, "another text") {
			other = strings.Join(words.Draw(t, "other words"), " ")
		}
		old, found := draw("old", text), draw("found", other)
		got := Match(old, found)
		seen := map[int]bool{}
		for i, j := range got {
			if j >= len(old) || j < -1 || (j >= 0 && seen[j]) {
				t.Fatalf("found %d has %d: %v", i, j, got)
			}
			seen[j] = true
		}
		if again := Match(old, found); !slices.Equal(got, again) {
			t.Fatalf("%v, then %v", got, again)
		}
		for i, j := range Match(old, old) {
			if j < 0 || fmt.Sprint(old[i].Statement.Spans()) != fmt.Sprint(old[j].Statement.Spans()) {
				t.Fatalf("itself: %d has %d", i, j)
			}
		}
	})
}

// BenchmarkMatch is an article of 13 findings that all changed a little.
func BenchmarkMatch(b *testing.B) {
	var text strings.Builder
	for i := range 13 {
		fmt.Fprintf(&text, "Speaker%d said the well number %d was dry. ", i, i)
	}
	var old, found []Seen
	for i := range 13 {
		old = append(old, finding(b, text.String(), fmt.Sprintf("Speaker%d|said|the well number %d was dry", i, i)))
		found = append(found, finding(b, text.String(), fmt.Sprintf("Speaker%d|said the|well number %d was dry", i, i)))
	}
	for b.Loop() {
		Match(old, found)
	}
}

// table is a text of like sentences, and what is said in each.
func table(b testing.TB, n int, end string) []Seen {
	b.Helper()
	var text strings.Builder
	var starts []int
	for i := range n {
		starts = append(starts, text.Len())
		fmt.Fprintf(&text, "Clerk said the well number %d in the valley was %s. ", i, end)
	}
	list := make([]Seen, n)
	for i, start := range starts {
		stop := text.Len()
		if i+1 < n {
			stop = starts[i+1]
		}
		span := func(from, to int) []onrecord.Span { return []onrecord.Span{{Start: from, End: to}} }
		list[i] = Seen{text.String(), &onrecord.Statement{
			Source: onrecord.Source{Spans: span(start, start+5)}, Cue: onrecord.Cue{Spans: span(start+6, start+10)},
			Content: onrecord.Content{Spans: span(start+11, stop-2)},
		}}
	}
	return list
}

// TestMatchOfManyAlike: where not all are compared, each still finds its own, in
// another text and in the same one.
func TestMatchOfManyAlike(t *testing.T) {
	old, found := table(t, 300, "dry"), table(t, 300, "full")
	moved := table(t, 300, "dry")
	for _, m := range moved {
		m.Statement.Cue.Spans[0].End++
	}
	for name, list := range map[string][]Seen{"another text": found, "a moved edge": moved} {
		for i, j := range Match(old, list) {
			if i != j {
				t.Fatalf("%s: %d has %d", name, i, j)
			}
		}
		for i, j := range Match(old[40:], list) {
			if i >= 40 && j != i-40 {
				t.Fatalf("%s, 40 fewer: %d has %d", name, i, j)
			}
		}
	}
}

// BenchmarkMatchTable is a table of 16,000 like sentences, each edited.
func BenchmarkMatchTable(b *testing.B) {
	old, found := table(b, 16_000, "dry"), table(b, 16_000, "full")
	for b.Loop() {
		Match(old, found)
	}
}
