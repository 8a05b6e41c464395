package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// written shows nodes as text: [source|words], with < or > in place of a bracket
// where a mark was split.
func written(nodes []Node) string {
	var b strings.Builder
	for _, n := range nodes {
		if n.Mark == nil {
			b.WriteString(n.Text)
			continue
		}
		from, to := "<", ">"
		if n.Opens {
			from = "["
		}
		if n.Closes {
			to = "]"
		}
		fmt.Fprintf(&b, "%s%s|%s%s", from, n.Mark.Role, written(n.Children), to)
	}
	return b.String()
}

func TestMarkup(t *testing.T) {
	const text = "Ada said the wall holds."
	at := func(words string, role Role) Mark {
		i := strings.Index(text, words)
		return Mark{Span: onrecord.Span{Start: i, End: i + len(words)}, Role: role}
	}
	for _, c := range []struct {
		name  string
		marks []Mark
		want  string
	}{
		{"no marks", nil, text},
		{"side by side", []Mark{at("the wall holds", "c"), at("Ada", "s"), at("said", "q")}, "[s|Ada] [q|said] [c|the wall holds]."},
		{"nested", []Mark{at("wall", "s"), at("the wall holds", "c")}, "Ada said [c|the [s|wall] holds]."},
		{"same start", []Mark{at("the", "s"), at("the wall holds", "c")}, "Ada said [c|[s|the] wall holds]."},
		{"crossing", []Mark{at("Ada said the", "s"), at("said the wall", "c")}, "[s|Ada [c|said the>]<c| wall] holds."},
		{"crossing two", []Mark{at("Ada said", "1"), at("said the", "2"), at("aid the wall", "3")}, "[1|Ada [2|s[3|aid>>]<3|<2| the] wall] holds."},
		{"outside the text", []Mark{{Span: onrecord.Span{Start: 20, End: 99}, Role: "c"}, {Span: onrecord.Span{Start: 3, End: 3}, Role: "s"}}, text},
	} {
		if got := written(Markup(text, onrecord.Span{End: len(text)}, c.marks)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A mark that reaches over a paragraph's end is shown in both.
func TestMarkupWithin(t *testing.T) {
	const text = "She said: we hold.\n\nWe shall not move."
	marks := []Mark{{Span: onrecord.Span{Start: 10, End: len(text)}, Role: "c"}}
	var got []string
	for _, p := range paragraphs(text) {
		got = append(got, written(Markup(text, p, marks)))
	}
	want := []string{"She said: [c|we hold.>", "<c|We shall not move.]"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// FuzzMarkup holds that marks change no text: the texts of the tree are the
// range itself, and every byte stands under exactly the marks that cover it.
func FuzzMarkup(f *testing.F) {
	f.Add("Ada said the wall holds.", []byte{0, 3, 4, 8, 2, 12, 9, 23})
	f.Add("ääää", []byte{0, 2, 1, 3, 2, 8, 0, 8})
	f.Fuzz(func(t *testing.T, text string, ends []byte) {
		var marks []Mark
		for i := 0; i+1 < len(ends) && len(marks) < 40; i += 2 {
			marks = append(marks, Mark{Span: onrecord.Span{Start: int(ends[i]), End: int(ends[i+1])}, Depth: i % 3})
		}
		nodes := Markup(text, onrecord.Span{End: len(text)}, marks)
		at := 0
		var walk func(nodes []Node, over map[*Mark]bool)
		walk = func(nodes []Node, over map[*Mark]bool) {
			for _, n := range nodes {
				if n.Mark != nil {
					if over[n.Mark] {
						t.Fatalf("a mark stands inside itself")
					}
					over[n.Mark] = true
					walk(n.Children, over)
					delete(over, n.Mark)
					continue
				}
				if !strings.HasPrefix(text[at:], n.Text) {
					t.Fatalf("at %d: %q is not the text", at, n.Text)
				}
				for i := range marks {
					m := &marks[i]
					covers := m.Span.Valid(text) && m.Span.Start <= at && at+len(n.Text) <= m.Span.End && n.Text != ""
					if covers != over[m] {
						t.Fatalf("%q at %d: mark %v shown %v, covers %v", n.Text, at, m.Span, over[m], covers)
					}
				}
				at += len(n.Text)
			}
		}
		walk(nodes, map[*Mark]bool{})
		if at != len(text) {
			t.Fatalf("%d of %d bytes shown", at, len(text))
		}
	})
}

func TestParagraphs(t *testing.T) {
	column := strings.Repeat("Words in a narrow column that go on and on, line\n", 4)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"empty lines", "One.\n\n\n Two. \n\n", []string{"One.", "Two."}},
		{"each line", "One.\nTwo.\r\nThree.\rFour.", []string{"One.", "Two.", "Three.", "Four."}},
		{"separators", "One.\u2028Two.\u2029\ufeffThree.", []string{"One.", "Two.", "Three."}},
		{"wrapped by hand", column + "and end.\n\nNext.", []string{column + "and end.", "Next."}},
		{"long lines", strings.Repeat(strings.Repeat("x", 300)+"\n", 4), []string{strings.Repeat("x", 300), strings.Repeat("x", 300), strings.Repeat("x", 300), strings.Repeat("x", 300)}},
	} {
		var got []string
		for _, p := range paragraphs(c.text) {
			got = append(got, p.In(c.text))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s:\n%s", c.name, d)
		}
	}
}

// FuzzParagraphs holds that paragraphs are valid spans in text order and leave
// out nothing but white space.
func FuzzParagraphs(f *testing.F) {
	f.Add("One.\n\nTwo.\r\n\u2028Three.")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, p := range paragraphs(text) {
			if p.Start < at || p.Empty() || p.End > len(text) {
				t.Fatalf("%v after %d in %q", p, at, text)
			}
			if gap := strings.Trim(text[at:p.Start], whiteSpace+"\r\n\u2028\u2029"); gap != "" {
				t.Fatalf("%q was left out of %q", gap, text)
			}
			at = p.End
		}
		if gap := strings.Trim(text[at:], whiteSpace+"\r\n\u2028\u2029"); gap != "" {
			t.Fatalf("%q was left out of %q", gap, text)
		}
	})
}

// A text of a million words under a hundred thousand marks is laid out once a
// page, so this must stay linear.
func BenchmarkMarkup(b *testing.B) {
	text := strings.Repeat("Ada said the wall holds. ", 40_000)
	var marks []Mark
	for at := 0; at < len(text); at += 25 {
		for _, s := range []onrecord.Span{{Start: at, End: at + 3}, {Start: at + 4, End: at + 8}, {Start: at + 9, End: at + 23}} {
			marks = append(marks, Mark{Span: s})
		}
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Markup(text, onrecord.Span{End: len(text)}, marks)
	}
}
