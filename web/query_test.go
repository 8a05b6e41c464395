package web

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

func day(t testing.TB, s string) onrecord.Date {
	t.Helper()
	d, err := onrecord.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseQuery(t *testing.T) {
	shown := func(q ledger.Query) ledger.Query { q.MinConfidence = onrecord.Shown; return q }
	for _, c := range []struct {
		typed string
		want  ledger.Query
	}{
		{"", shown(ledger.Query{})},
		{"  sea   wall ", shown(ledger.Query{About: "sea wall"})},
		{`"sea wall" cracks`, shown(ledger.Query{About: `"sea wall" cracks`})},
		{"“sea wall”", shown(ledger.Query{About: `"sea wall"`})},
		{"wall by:lindqvist", shown(ledger.Query{About: "wall", By: "lindqvist"})},
		{`by:"Ada Lindqvist" wall`, shown(ledger.Query{About: "wall", By: "Ada Lindqvist"})},
		{"BY:Ada by:Lindqvist", shown(ledger.Query{By: "Ada Lindqvist"})},
		{`about:wall about:"sea wall"`, shown(ledger.Query{About: `wall "sea wall"`})},
		{"since:2030 until:2031-02-24", shown(ledger.Query{Since: day(t, "2030"), Until: day(t, "2031-02-24")})},
		{"quoted:Direct publisher:“Island Wire”", shown(ledger.Query{Quoted: onrecord.Direct, Publisher: "Island Wire"})},
		{"speaker:ada-lindqvist article:a-1 order:oldest", shown(ledger.Query{SpeakerKey: "ada-lindqvist", Article: "a-1", Oldest: true})},
		{"confidence:0", ledger.Query{}},
		{"also:wrong,gone also:repeats", shown(ledger.Query{Wrong: true, Gone: true, Repeats: true})},
		{"at 10:30 see https://example.org/a", shown(ledger.Query{About: "at 10:30 see https://example.org/a"})},
		{"mër från:Oslo", shown(ledger.Query{About: "mër från:Oslo"})}, // å is in no operator's name
		{`"by:nobody"`, shown(ledger.Query{About: `"by:nobody"`})},
		{`"" wall " "`, shown(ledger.Query{About: "wall"})},
	} {
		got, err := ParseQuery(c.typed)
		if err != nil {
			t.Errorf("%q: %v", c.typed, err)
		} else if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q:\n%s", c.typed, d)
		}
	}
}

// A search that is off is named with its column, in characters.
func TestParseQueryErrors(t *testing.T) {
	for _, c := range []struct {
		typed   string
		column  int
		problem string
	}{
		{"wall since:soon", 12, `"soon" is not a year`},
		{"wall frm:Ada", 6, `"frm:" is not known; known are by: about:`},
		{`wall "sea`, 6, "never closed"},
		{`by:"Ada`, 4, "never closed"},
		{"år by:", 4, "by: wants a speaker's name"},
		{`by:"  " x`, 1, "by: wants"},
		{"quoted:loudly", 8, `"loudly" is not direct, mixed or indirect`},
		{"confidence:NaN", 12, "not a number from 0 to 1"},
		{"order:random", 7, "not newest or oldest"},
		{"also:everything", 6, "not wrong, gone or repeats"},
	} {
		_, err := ParseQuery(c.typed)
		q, ok := errors.AsType[*QueryError](err)
		if !ok {
			t.Errorf("%q: %v, want a QueryError", c.typed, err)
			continue
		}
		if !errors.Is(err, onrecord.ErrInvalid) || q.Column() != c.column || !strings.Contains(q.Problem, c.problem) {
			t.Errorf("%q: %v (column %d), want column %d and %q", c.typed, err, q.Column(), c.column, c.problem)
		}
		if q.Before()+q.Rest() != c.typed {
			t.Errorf("%q is shown as %q and %q", c.typed, q.Before(), q.Rest())
		}
	}
}

// FuzzParseQuery holds that whatever is typed is read or refused with a place
// inside it, and that what was read is read the same when written again.
func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{`wall by:"Ada L" since:2030`, `"a" “b” c:d`, "by:", `x"y z"w`, "also:wrong,gone", "\xff", "confidence:1e-1", "about:a:b", "a\u2028by:b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		q, err := ParseQuery(typed)
		if err != nil {
			bad, ok := errors.AsType[*QueryError](err)
			if !ok || bad.At > len(bad.Query) || !utf8.ValidString(bad.Before()) {
				t.Fatalf("%q: %#v", typed, err)
			}
			return
		}
		written := FormatQuery(q)
		again, err := ParseQuery(written)
		if err != nil {
			t.Fatalf("%q is written as %q: %v", typed, written, err)
		}
		if d := cmp.Diff(q, again); d != "" {
			t.Fatalf("%q is written as %q:\n%s", typed, written, d)
		}
	})
}
