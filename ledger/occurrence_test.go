package ledger

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

func TestOccurrence(t *testing.T) {
	near := onrecord.Span{End: 32} // "Mayor Bell said the well was dry"
	for _, tt := range []struct{ name, words, want, hint string }{
		{"the only place", "It is empty", "[37, 48)", ""},
		{"of several, the one in the statement", "said", "[11, 15)", ""},
		{"white space may differ", "the\r\nwell  was dry", "[16, 32)", ""},
		{"none is in the statement", "empty @1", "", "one of @41"},
		{"two are elsewhere", "e", "", "one of @"},
		{"the place tells", "said @53", "[57, 61)", ""},
		{"a place in letters, not bytes", "and stays so @60", "[66, 78)", ""},
		{"pieces, each after the one before", "It is empty … and stays so", "[37, 48) [66, 78)", ""},
		{"a later piece may need its place", "It is empty … said @80", "[37, 48) [88, 92)", ""},
		{"and else is asked for", "It is empty … said", "", "@53 (…“It is empty,” she said, “and stays so.” Ha…), @80 ("},
		{"pieces in the wrong order", "and stays so … It is empty", "", "@35"},
		{"words that are not there", "salty", "", "exactly"},
		{"no words", "", "", "exactly"},
		{"a whole word goes before a part of one", "so", "[76, 78)", ""},
	} {
		spans, err := Occurrence(wellText, tt.words, near)
		if list := written(spans); list != tt.want || (tt.want == "") != errors.Is(err, onrecord.ErrInvalid) || !strings.Contains(onrecord.Hint(err), tt.hint) {
			t.Errorf("%s: %q stands at %s, %v (hint %q); want %q", tt.name, tt.words, list, err, onrecord.Hint(err), tt.want)
		}
	}
}

func written(spans []onrecord.Span) string {
	var list []string
	for _, s := range spans {
		list = append(list, s.String())
	}
	return strings.Join(list, " ")
}

// What is pinned is found again in its own place, however alike the places are.
func TestPinTellsPlacesApart(t *testing.T) {
	row := "The clerk said no, and the mayor said no as well to all of it. "
	text := strings.Repeat(row, 9)
	for i := range 9 {
		s := finding(t, text, "The clerk|said|no").Statement
		place := fmt.Sprintf("The clerk @%d", i*len(row))
		r := edited("", onrecord.Change{Field: SourceField, Value: place})
		if err := Pin(text, *s, &r); err != nil {
			t.Fatal(err)
		}
		l := Lay(text, *s, []onrecord.Review{r})
		if got := l.Statement.Source.Spans[0].Start; got != i*len(row) || r.Changes[0].Value != "The clerk" {
			t.Errorf("%s: pinned %q at %d", place, r.Changes[0].Value, got)
		}
	}
}

// FuzzOccurrence: what is found lies inside the text, in order, and is the words
// that were asked for but for white space; and words given with a place that they
// were found at are found there.
func FuzzOccurrence(f *testing.F) {
	f.Add(wellText, "It is empty … and stays so", 10)
	f.Add(wellText, "said @53", 0)
	f.Add("a a", "a", 2)
	f.Add("\xff @1", "\xff", -3)
	f.Add("no, no, no", "no @0 … no @0", 4)
	f.Fuzz(func(t *testing.T, text, words string, at int) {
		spans, err := Occurrence(text, words, onrecord.Span{Start: at, End: at + 9})
		if err != nil {
			if !errors.Is(err, onrecord.ErrInvalid) {
				t.Error(err)
			}
			return
		}
		end := 0
		for _, s := range spans {
			if s.Start < end || s.End < s.Start || s.End > len(text) {
				t.Fatalf("%v in a text of %d bytes", spans, len(text))
			}
			end = s.End
		}
	})
}
