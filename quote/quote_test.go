package quote_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/quote"
)

// describe writes a quotation as a reader would: depth, kind, use, its words, and
// what is unusual about it.
func describe(text string, q quote.Quotation) string {
	s := fmt.Sprintf("%d %s %s %q", q.Depth, q.Kind, q.Use, q.Inner.In(text))
	if !q.Closed {
		s += " unclosed"
	}
	if q.Continues {
		s += " continues"
	}
	return s
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"curly", `“We are ready,” he said.`, []string{`0 double speech "We are ready,"`}},
		{"straight", `He said: "We are ready." Then "we left."`, []string{`0 double speech "We are ready."`, `0 double speech "we left."`}},
		{"opened curly, closed straight", `“We are ready now," he said.`, []string{`0 double speech "We are ready now,"`}},
		{"opened straight, closed curly", `"We are ready now,” he said.`, []string{`0 double speech "We are ready now,"`}},
		{"closing shape written first", `”We are ready now,” he said.`, []string{`0 double speech "We are ready now,"`}},
		{"single, as in Britain", `‘We are ready now,’ he said.`, []string{`0 single speech "We are ready now,"`}},
		{"straight single", `'We are ready now,' he said.`, []string{`0 single speech "We are ready now,"`}},
		{"single in double", `“She said ‘never again’ to us all,” he said.`, []string{
			`0 double speech "She said ‘never again’ to us all,"`, `1 single fragment "never again"`,
		}},
		{"accents", "``We are ready now,'' he said.", []string{`0 double speech "We are ready now,"`}},
		{"two straight singles", "''We are ready now,'' he said.", []string{`0 double speech "We are ready now,"`}},
		{"two curly singles, however they lean", `‘’We are ready now,’’ he said. ’’So am I,’’ she said.`, []string{
			`0 double speech "We are ready now,"`, `0 double speech "So am I,"`,
		}},
		{"guillemets", `« Nous sommes ici », dit-il. »Wir sind alle hier«, sagte er.`, []string{
			`0 guillemet fragment " Nous sommes ici "`, `0 guillemet speech "Wir sind alle hier"`,
		}},
		{"low and high", `„Wir sind alle hier“, sagte er.`, []string{`0 double speech "Wir sind alle hier"`}},
		{"apostrophes are no marks", `The ministers’ aides don’t know; 'tis the '90s and rock 'n' roll.`, nil},
		{"plural inside single marks", `He said ‘the ministers’ aides left early.’`, []string{`0 single speech "the ministers’ aides left early."`}},
		{"a name's apostrophe", `“Prime Minister Shia’ al-Sudani came here,” he said.`, []string{`0 double speech "Prime Minister Shia’ al-Sudani came here,"`}},
		{"inches", `The 12" pipe burst. "It broke in half," he said.`, []string{`0 double speech "It broke in half,"`}},
		{"nickname, title, scare mark", `John “Jack” Moreno sang “Rivers of Salt” in the “smart” hall.`, []string{
			`0 double nickname "Jack"`, `0 double title "Rivers of Salt"`, `0 double fragment "smart"`,
		}},
		{"never closed", "“We waited for hours and went home.\n\nNobody came.", []string{`0 double speech "We waited for hours and went home." unclosed`}},
		{"over paragraphs", "“We waited for hours.\n\n“Nobody came,” he said.", []string{
			`0 double speech "We waited for hours." unclosed`, `0 double speech "Nobody came," continues`,
		}},
		{"over paragraphs, opened once", "He said, “We waited for hours.\n\nNobody came.” Then “he” left.", []string{
			`0 double speech "We waited for hours." unclosed`, `0 double speech "Nobody came." continues`, `0 double fragment "he"`,
		}},
		{"a stray closing mark two paragraphs on", "He said, “We waited for hours.\n\nNobody came.\n\nThen he left.” So did we.", []string{
			`0 double speech "We waited for hours." unclosed`,
		}},
		{"forgotten mark", `“We waited here, he said. “Nobody came,” he added.`, []string{
			`0 double speech "We waited here, he said." unclosed`, `0 double speech "Nobody came,"`,
		}},
		{"stray closing mark", `We waited here,” he said. “Nobody came,” he added.`, []string{`0 double speech "Nobody came,"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, q := range quote.Find(c.text) {
				got = append(got, describe(c.text, q))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s\nwant (-), got (+):\n%s", c.text, diff)
			}
		})
	}
}

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty lines", "One.\n\n  Two. \r\n\r\nThree.", []string{"One.", "Two.", "Three."}},
		{"a line each", "One.\nTwo.\nThree.", []string{"One.", "Two.", "Three."}},
		{"wrapped lines", "The bridge was closed\nfor nine days and the\nferry was full until\nit sank.\n\nNobody drowned.", []string{
			"The bridge was closed\nfor nine days and the\nferry was full until\nit sank.", "Nobody drowned.",
		}},
		{"nothing", " \n\t\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range quote.Paragraphs(c.text) {
				got = append(got, p.In(c.text))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

// Two megabytes of marks on one line, in the orders that cost most, stay linear.
func TestLongLinesAreCheap(t *testing.T) {
	for _, unit := range []string{"“", "‘", "\"a ", "'a ", "a' ", "”", "“a ‘b ", "«", "''", "`"} {
		text := strings.Repeat(unit, 2<<20/len(unit))
		start := time.Now()
		quote.Find(text)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q repeated took %v", unit, took)
		}
	}
}

// FuzzFind holds that quotations lie in the text, in order, with the inner span
// in the outer, and that a deeper one lies inside a shallower one before it.
func FuzzFind(f *testing.F) {
	f.Add("“a ‘b’ c” and \"d\n\n“e")
	f.Add("''``«‹’")
	f.Add("0 ‘0 \"") // a single mark that is dropped held another
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?") // as a revision's text is
		var outer []quote.Quotation
		last := -1
		for _, q := range quote.Find(text) {
			if !q.Outer.Valid(text) || !q.Inner.Valid(text) || !q.Outer.Contains(q.Inner) || q.Outer.Empty() {
				t.Fatalf("%q: spans %v %v", text, q.Outer, q.Inner)
			}
			if q.Outer.Start <= last {
				t.Fatalf("%q: %v starts before %d", text, q.Outer, last)
			}
			last = q.Outer.Start
			if q.Depth > len(outer) {
				t.Fatalf("%q: depth %d in %d", text, q.Depth, len(outer))
			}
			outer = append(outer[:q.Depth], q)
			if q.Depth > 0 && !outer[q.Depth-1].Outer.Contains(q.Outer) {
				t.Fatalf("%q: %v is not in %v", text, q.Outer, outer[q.Depth-1].Outer)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("“We are ready,” Mayor Brandt said, and the ministers’ aides didn’t know what ‘ready’ meant.\n\n", 2000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		quote.Find(text)
	}
}

// Every word of small.txt may stand in lower case in a title.
func TestTitlesHaveSmallWords(t *testing.T) {
	for line := range strings.Lines(quote.Data()[0]) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			if got := quote.Find("He read “Rivers " + w + " Salt” twice.")[0].Use; got != quote.Title {
				t.Errorf("with %q: %v, want a title", w, got)
			}
		}
	}
	if got := quote.Find("He read “Rivers without Salt” twice.")[0].Use; got == quote.Title {
		t.Error("a word that small.txt does not have makes a title")
	}
}
