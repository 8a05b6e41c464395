package who_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// TestMarkedTexts reads the cases in testdata, whose README describes their marks.
func TestMarkedTexts(t *testing.T) {
	analyser, resolver := loaded(t)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no marked texts: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for n, c := range strings.Split(string(data), "\n---\n") {
			t.Run(fmt.Sprintf("%s/%d", strings.TrimSuffix(filepath.Base(file), ".txt"), n+1), func(t *testing.T) {
				text, marks := parseMarked(t, c)
				words, statements := analysed(t, analyser, text)
				of := map[int]int{} // the cluster of each mark
				for k, refs := range resolver.Clusters(words, statements) {
					for i, m := range marks {
						for _, ref := range refs {
							if m.phrase(ref.Span, ref.Head) {
								of[i] = k + 1
							}
						}
					}
				}
				found := make([]int, len(marks))
				next := len(marks) + 1000 // what stands alone has a number of its own
				for i := range marks {
					if found[i] = of[i]; found[i] == 0 {
						found[i] = next
						next++
					}
				}
				var want, got []string
				wanted := make([]int, len(marks))
				for i, m := range marks {
					wanted[i] = m.number
				}
				for i, m := range marks {
					want = append(want, fmt.Sprintf("%d %s", firstOf(wanted, i), m.span.In(text)))
					got = append(got, fmt.Sprintf("%d %s", firstOf(found, i), m.span.In(text)))
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s\nmentions, each with the first of its somebody; want (-), found (+):\n%s", text, diff)
				}
			})
		}
	}
}

// firstOf is the place of the first mention with the same number, from 1.
func firstOf(numbers []int, i int) int {
	for j, n := range numbers {
		if n == numbers[i] {
			return j + 1
		}
	}
	return 0
}

// mark is a marked mention.
type mark struct {
	span   onrecord.Span
	inner  []onrecord.Span // marks inside it
	number int
}

// phrase tells whether a mention is the marked one: its head is in the mark and in no
// mark inside, and the mention does not begin before it.
func (m *mark) phrase(span, head onrecord.Span) bool {
	if !m.span.Contains(head) || span.Start < m.span.Start || span.End > m.span.End+1 {
		return false
	}
	for _, s := range m.inner {
		if s.Contains(head) && span != m.span {
			return false
		}
	}
	return len(m.inner) > 0 || span.Start <= m.span.Start+4
}

// parseMarked takes a case's marks out of its text.
func parseMarked(t *testing.T, c string) (string, []mark) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(c) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, strings.TrimRight(line, "\n"))
		}
	}
	source := strings.Join(lines, "\n")
	var b strings.Builder
	var marks []mark
	var open []int
	for i := 0; i < len(source); i++ {
		switch c := source[i]; c {
		case '[':
			n := 0
			for i++; source[i] != ' '; i++ {
				n = 10*n + int(source[i]-'0')
			}
			open = append(open, len(marks))
			marks = append(marks, mark{span: onrecord.Span{Start: b.Len()}, number: n})
		case ']':
			if len(open) == 0 {
				t.Fatalf("a bracket that nothing opened: %s", source)
			}
			last := open[len(open)-1]
			open = open[:len(open)-1]
			marks[last].span.End = b.Len()
			for _, o := range open {
				marks[o].inner = append(marks[o].inner, marks[last].span)
			}
		default:
			b.WriteByte(c)
		}
	}
	if len(open) > 0 {
		t.Fatalf("a bracket that never closes: %s", source)
	}
	return b.String(), marks
}
