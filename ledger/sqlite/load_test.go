package sqlite

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

// TestLoad measures a large ledger: ONRECORD_LOAD is the number of statements.
// ONRECORD_LOAD_LEDGER names a file that is kept, and used again if it is there;
// for cold figures, have the system forget the file between:
//
//	dd of=ledger.db oflag=nocache conv=notrunc,fdatasync count=0
func TestLoad(t *testing.T) {
	want, err := strconv.Atoi(os.Getenv("ONRECORD_LOAD"))
	if err != nil {
		t.Skip("ONRECORD_LOAD, the number of statements to measure with, is not set")
	}
	path := os.Getenv("ONRECORD_LOAD_LEDGER")
	if path == "" {
		path = t.TempDir() + "/ledger.db"
	}
	s := opened(t, path)
	load := ledgertest.NewLoad(1)
	totals, err := s.Totals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if totals.Statements == 0 {
		write(t, s, load, want)
	}
	ask(t, s, load)
	if totals, err = s.Totals(t.Context()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err == nil {
		t.Logf("%d bytes for %+v: %d an article", info.Size(), totals, info.Size()/int64(totals.Articles))
	}
}

// write keeps articles, 64 at a time as the newsroom does, until there are enough
// statements.
func write(t *testing.T, s *Store, load *ledgertest.Load, want int) {
	t.Helper()
	var took time.Duration
	n := 0
	for n < want {
		docs := make([]ledger.Document, 64)
		for i := range docs {
			docs[i] = load.Next()
			n += len(docs[i].Analysis.Statements)
		}
		start := time.Now()
		kept, err := s.Keep(t.Context(), docs...)
		took += time.Since(start)
		if err != nil || slices.ContainsFunc(kept, func(k ledger.Kept) bool { return k.Err != nil }) {
			t.Fatal(err, kept)
		}
	}
	t.Logf("%d statements written in %s: %.0f/s", n, took.Round(time.Millisecond), float64(n)/took.Seconds())
}

// ask puts thirty questions of each kind and logs how long they took.
func ask(t *testing.T, s *Store, load *ledgertest.Load) {
	t.Helper()
	date := func(format string, a ...any) onrecord.Date {
		d, err := onrecord.ParseDate(fmt.Sprintf(format, a...))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	word, speaker := load.Word, load.Speaker
	var all []time.Duration
	for _, kind := range []struct {
		name  string
		query func(i int) ledger.Query
	}{
		{"nothing", func(int) ledger.Query { return ledger.Query{} }},
		{"a common word", func(i int) ledger.Query { return ledger.Query{About: word(i)} }},
		{"a middling word", func(i int) ledger.Query { return ledger.Query{About: word(300 + 40*i)} }},
		{"a rare word", func(i int) ledger.Query { return ledger.Query{About: word(20_000 + 500*i)} }},
		{"two common words", func(i int) ledger.Query { return ledger.Query{About: word(i) + " " + word(3*i+20)} }},
		{"two middling words", func(i int) ledger.Query { return ledger.Query{About: word(i+100) + " " + word(3*i+200)} }},
		{"a phrase", func(i int) ledger.Query { return ledger.Query{About: `"` + word(i) + " " + word(i+1) + `"`} }},
		{"a speaker", func(i int) ledger.Query { return ledger.Query{SpeakerKey: ledger.Key(speaker(i * i))} }},
		{"a first name", func(i int) ledger.Query { return ledger.Query{By: speaker(10 * i)[:4]} }},
		{"by and about", func(i int) ledger.Query { return ledger.Query{By: speaker(i), About: word(5 * i)} }},
		{"a speaker about", func(i int) ledger.Query { return ledger.Query{SpeakerKey: ledger.Key(speaker(i)), About: word(50 * i)} }},
		{"a month", func(i int) ledger.Query {
			return ledger.Query{Since: date("2021-%02d", i%12+1), Until: date("2021-%02d", i%12+1)}
		}},
		{"a word in some months", func(i int) ledger.Query {
			return ledger.Query{About: word(7 * i), Since: date("2020-%02d", i%12+1), Until: date("2022")}
		}},
		{"the oldest since", func(int) ledger.Query { return ledger.Query{Since: date("2022"), Oldest: true, Quoted: onrecord.Mixed} }},
		{"a publisher", func(i int) ledger.Query { return ledger.Query{Publisher: load.Publisher(i * 9)} }},
		{"a word in a publisher", func(i int) ledger.Query { return ledger.Query{Publisher: load.Publisher(i), About: word(i * 11)} }},
		{"a word, sure and direct", func(i int) ledger.Query {
			return ledger.Query{About: word(3 * i), Quoted: onrecord.Direct, MinConfidence: 0.9}
		}},
		{"all at once", func(i int) ledger.Query {
			return ledger.Query{By: speaker(i), About: word(i), Publisher: load.Publisher(i % 5), Since: date("2020"), Until: date("2023-06"), Quoted: onrecord.Indirect}
		}},
	} {
		var took []time.Duration
		rows := 0
		for i := range 30 {
			start := time.Now()
			a, err := s.Said(t.Context(), kind.query(i))
			took = append(took, time.Since(start).Round(10*time.Microsecond))
			if err != nil {
				t.Fatal(err)
			}
			rows += len(a.Rows)
		}
		all = append(all, took...)
		slices.Sort(took)
		t.Logf("%-24s median %8s  p95 %8s  max %8s  %2d rows", kind.name, took[15], took[28], took[29], rows/30)
	}
	slices.Sort(all)
	t.Logf("%-24s median %8s  p95 %8s  max %8s", "all together", all[len(all)/2], all[len(all)*95/100], all[len(all)-1])
}
