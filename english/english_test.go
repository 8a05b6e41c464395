package english_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
)

func analyse(tb testing.TB, text string, zones ...onrecord.Zone) onrecord.Text {
	tb.Helper()
	a, err := english.New()
	if err != nil {
		tb.Fatal(err)
	}
	return a.Analyse(text, []onrecord.Span{{Start: 0, End: len(text)}}, zones)
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"plain", `The mill burned. Nobody was hurt! Why not?`, []string{`The mill burned.`, `Nobody was hurt!`, `Why not?`}},
		{"titles and initials", `Dr. A. B. Prado met Gov. Lind. They left.`, []string{`Dr. A. B. Prado met Gov. Lind.`, `They left.`}},
		{"a country's name at the end", `He moved to the U.S. The U.S. Senate met.`, []string{`He moved to the U.S.`, `The U.S. Senate met.`}},
		{"hours", `It opened at 9 a.m. on Friday. At 5 p.m. It closed.`, []string{`It opened at 9 a.m. on Friday.`, `At 5 p.m.`, `It closed.`}},
		{"companies", `Acme Inc. sold Bolt Corp. on Monday. It paid $3.5 million.`, []string{`Acme Inc. sold Bolt Corp. on Monday.`, `It paid $3.5 million.`}},
		{"closing marks belong", `“It burned.” She left. (Nobody stayed.) He slept.`, []string{`“It burned.”`, `She left.`, `(Nobody stayed.)`, `He slept.`}},
		{"a question attributed", `“Did it burn?” she asked. No.`, []string{`“Did it burn?” she asked.`, `No.`}},
		{"points of suspension", `It burned ... and burned. Then … it stopped.`, []string{`It burned ... and burned.`, `Then … it stopped.`}},
		{"decimals and addresses", `See onrecord.example.org for 1.5 reasons. Done.`, []string{`See onrecord.example.org for 1.5 reasons.`, `Done.`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := analyse(t, c.text)
			var got []string
			for _, s := range text.Sentences {
				got = append(got, s.Span.In(c.text))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

func TestZonesSplitSentences(t *testing.T) {
	text := "Mill burns ERBIL - The mill burned"
	got := analyse(
		t, text,
		onrecord.Zone{Kind: onrecord.Headline, Span: onrecord.Span{Start: 0, End: 10}},
		onrecord.Zone{Kind: onrecord.DatelineZone, Span: onrecord.Span{Start: 11, End: 19}},
	)
	var words []string
	for _, s := range got.Sentences {
		words = append(words, s.Span.In(text))
	}
	if diff := cmp.Diff([]string{"Mill burns", "ERBIL -", "The mill burned"}, words); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		`He didn't see Iraq’s al-Sudani.`: `He|did|n't|see|Iraq|’s|al-Sudani|.`,
		`“$3,000.50,” she said--twice.`:   `“|$|3,000.50|,|”|she|said|--|twice|.`,
		`The U.S.-led force (D-Pa.)`:      `The|U.S.-led|force|(|D-Pa.|)`,
		`See https://example.org/a, now.`: `See|https://example.org/a|,|now|.`,
		`قال الوزير: نعم`:                 `قال|الوزير|:|نعم`,
		"a\x00b":                          "a|\x00|b",
	} {
		text0 := analyse(t, text)
		var got []string
		for i := range text0.Tokens {
			got = append(got, text0.Word(i))
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%q: got %s, want %s", text, g, want)
		}
	}
}

// FuzzAnalyse holds that tokens are in order, lie on code points and cover all
// but white space, and that sentences are runs of them without a gap.
func FuzzAnalyse(f *testing.F) {
	f.Add("Dr. A. said “no.” U.S.\nhttp://x. a’s")
	f.Add("\x00\u200f\u00a0...")
	a, err := english.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "?")
		text := a.Analyse(s, []onrecord.Span{{Start: 0, End: len(s)}}, nil)
		end := 0
		for _, token := range text.Tokens {
			if !token.Span.Valid(s) || token.Span.Empty() || token.Span.Start < end {
				t.Fatalf("%q: token %v after %d", s, token.Span, end)
			}
			if gap := s[end:token.Span.Start]; strings.TrimFunc(gap, unicode.IsSpace) != "" {
				t.Fatalf("%q: %q is in no token", s, gap)
			}
			end = token.Span.End
		}
		if strings.TrimFunc(s[end:], unicode.IsSpace) != "" {
			t.Fatalf("%q: %q is in no token", s, s[end:])
		}
		next := 0
		for _, sentence := range text.Sentences {
			if sentence.First != next || sentence.Last <= sentence.First || sentence.Span.Start != text.Tokens[sentence.First].Span.Start {
				t.Fatalf("%q: sentence %+v after token %d", s, sentence, next)
			}
			next = sentence.Last
		}
		if next != len(text.Tokens) {
			t.Fatalf("%q: tokens from %d in no sentence", s, next)
		}
	})
}

func BenchmarkAnalyse(b *testing.B) {
	text := strings.Repeat("Dr. Prado didn't say why the U.S. mill burned on Friday. “It burned,” she said, and left at 9 a.m. on Monday. ", 2000)
	a, err := english.New()
	if err != nil {
		b.Fatal(err)
	}
	whole := []onrecord.Span{{Start: 0, End: len(text)}}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		a.Analyse(text, whole, nil)
	}
}
