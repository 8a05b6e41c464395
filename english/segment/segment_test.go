package segment_test

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english/segment"
)

// marked writes a divided text as the cases do.
func marked(t onrecord.Text) string {
	var b strings.Builder
	for n, s := range t.Sentences {
		if n > 0 {
			b.WriteString(" || ")
		}
		for i := s.First; i < s.Last; i++ {
			if i > s.First {
				if t.Tokens[i-1].Span.End == t.Tokens[i].Span.Start {
					b.WriteByte('|')
				} else {
					b.WriteByte(' ')
				}
			}
			b.WriteString(t.Word(i))
		}
	}
	return b.String()
}

func whole(text string) []onrecord.Span { return []onrecord.Span{{Start: 0, End: len(text)}} }

func TestCases(t *testing.T) {
	content, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		want := strings.TrimSpace(line)
		if want == "" || strings.HasPrefix(want, "# ") {
			continue
		}
		text := strings.ReplaceAll(strings.ReplaceAll(want, " || ", " "), "|", "")
		if diff := cmp.Diff(want, marked(segmented(t, text, whole(text)))); diff != "" {
			t.Errorf("%s\n%s", text, diff)
		}
	}
}

func TestSentencesEndWhereTheyMust(t *testing.T) {
	s, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	text := "Minister denies claims The minister denied it."
	words := s.Words(text, onrecord.Span{Start: 0, End: len(text)}, nil)
	got := s.Sentences(text, words, func(i int) bool { return i == 2 }, nil)
	if want := []int{3, 8}; !cmp.Equal(got, want) {
		t.Errorf("sentences end after tokens %v, want %v", got, want)
	}
}

// What is long in one dimension costs no more a byte than other text: 16 times
// the text takes nowhere near 256 times the time, however busy the machine is.
func TestTimeIsLinear(t *testing.T) {
	s, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	words, ends := make([]onrecord.Span, 0, 1<<19), make([]int, 0, 1<<19) // memory is not what is measured
	const small, times, most = 1 << 15, 16, 130
	for name, unit := range map[string]string{
		"no space":     "a",
		"hyphens":      "a-",
		"apostrophes":  "n't",
		"full stops":   "a.",
		"lower dots":   "ab.",
		"at":           "a@",
		"brackets":     ")",
		"address":      "http://",
		"numbers":      "1-",
		"ampersands":   "A&",
		"quotes":       "\"",
		"no full stop": "word ",
		"sentences":    "No. ",
	} {
		run := func(size int) time.Duration {
			text := "http://a" + strings.Repeat(unit, size/len(unit))
			start := time.Now()
			words = s.Words(text, whole(text)[0], words[:0])
			ends = s.Sentences(text, words, nil, ends[:0])
			return max(time.Since(start), time.Millisecond)
		}
		// A busy machine makes some runs slow; something that is not linear, all.
		one, many := time.Duration(0), time.Hour
		for range 20 {
			if one, many = max(one, run(small)), min(many, run(times*small)); many <= most*one {
				break
			}
		}
		if many > most*one {
			t.Errorf("%s: %d bytes took %v, %d took %v", name, small, one, times*small, many)
		}
	}
}

// Tokens cover all but white space, in order, and cut no code point; sentences
// are runs of tokens without a gap.
func FuzzSegment(f *testing.F) {
	content, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		f.Add(line)
	}
	f.Add("a\xff'\xc2\xa0s http://\u200b")
	f.Fuzz(func(t *testing.T, text string) {
		segmented(t, text, whole(text)) // bytes that are no text at all do no harm
		text = strings.ToValidUTF8(text, "\uFFFD")
		got := segmented(t, text, whole(text))
		at := 0
		for _, tok := range got.Tokens {
			if tok.Span.Start < at || tok.Span.Empty() || !tok.Span.Valid(text) {
				t.Fatalf("token %v after %d", tok.Span, at)
			}
			blank(t, text[at:tok.Span.Start])
			for _, r := range tok.Span.In(text) {
				if unicode.IsSpace(r) {
					t.Fatalf("white space in token %q", tok.Span.In(text))
				}
			}
			at = tok.Span.End
		}
		blank(t, text[at:])
		next := 0
		for _, s := range got.Sentences {
			if s.First != next || s.Last <= s.First {
				t.Fatalf("sentence of tokens %d to %d after %d", s.First, s.Last, next)
			}
			next = s.Last
		}
		if next != len(got.Tokens) {
			t.Fatalf("sentences end at token %d of %d", next, len(got.Tokens))
		}
	})
}

func blank(t *testing.T, text string) {
	t.Helper()
	for i, r := range text {
		if _, n := utf8.DecodeRuneInString(text[i:]); !unicode.IsSpace(r) || n == 0 {
			t.Fatalf("%q belongs to no token", text)
		}
	}
}

func BenchmarkSegment(b *testing.B) {
	s, err := segment.New()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("The minister said on Tuesday that 15-year-old plans for the U.S. market \"won't\" change. ", 100)
	var words []onrecord.Span
	var ends []int
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		words = s.Words(text, onrecord.Span{Start: 0, End: len(text)}, words[:0])
		ends = s.Sentences(text, words, nil, ends[:0])
	}
	b.ReportMetric(float64(len(words))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
