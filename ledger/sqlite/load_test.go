package sqlite

import (
	"context"
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
// ONRECORD_LOAD_LEDGER names a file that is kept, and used again if it is there.
func TestLoad(t *testing.T) {
	want, err := strconv.Atoi(os.Getenv("ONRECORD_LOAD"))
	if err != nil {
		t.Skip("ONRECORD_LOAD, the number of statements to measure with, is not set")
	}
	path := os.Getenv("ONRECORD_LOAD_LEDGER")
	if path == "" {
		path = t.TempDir() + "/ledger.db"
	}
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l := ledgertest.NewLoad(1)
	totals, _ := s.Totals(t.Context())
	if totals.Statements == 0 {
		start, n := time.Now(), 0
		var making time.Duration
		for n < want {
			at := time.Now()
			docs := make([]ledger.Document, 64)
			for i := range docs {
				docs[i] = l.Next()
				n += len(docs[i].Analysis.Statements)
			}
			making += time.Since(at)
			kept, err := s.Keep(t.Context(), docs...)
			if err != nil {
				t.Fatal(err)
			}
			for _, k := range kept {
				if k.Err != nil {
					t.Fatal(k.Err)
				}
			}
		}
		took := time.Since(start) - making
		t.Logf("%d statements written in %s: %.0f/s (making them took %s)", n, took.Round(time.Millisecond), float64(n)/took.Seconds(), making.Round(time.Millisecond))
	}
	measure(t, s, l)
}

func measure(t *testing.T, s *Store, l *ledgertest.Load) {
	day := func(s string) onrecord.Date { d, _ := onrecord.ParseDate(s); return d }
	var all []time.Duration
	for name, query := range map[string]func(i int) ledger.Query{
		"nothing":            func(int) ledger.Query { return ledger.Query{} },
		"common word":        func(i int) ledger.Query { return ledger.Query{About: l.Word(i)} },
		"middling word":      func(i int) ledger.Query { return ledger.Query{About: l.Word(300 + 40*i)} },
		"rare word":          func(i int) ledger.Query { return ledger.Query{About: l.Word(20000 + 500*i)} },
		"two common words":   func(i int) ledger.Query { return ledger.Query{About: l.Word(i) + " " + l.Word(3*i+20)} },
		"two middling words": func(i int) ledger.Query { return ledger.Query{About: l.Word(i+100) + " " + l.Word(3*i+200)} },
		"phrase":             func(i int) ledger.Query { return ledger.Query{About: `"` + l.Word(i) + " " + l.Word(i+1) + `"`} },
		"speaker":            func(i int) ledger.Query { return ledger.Query{SpeakerKey: ledger.Key(l.Speaker(i * i))} },
		"by and about":       func(i int) ledger.Query { return ledger.Query{By: l.Speaker(i), About: l.Word(5 * i)} },
		"key and about": func(i int) ledger.Query {
			return ledger.Query{SpeakerKey: ledger.Key(l.Speaker(i)), About: l.Word(50 * i)}
		},
		"by surname": func(i int) ledger.Query { return ledger.Query{By: l.Speaker(10 * i)[:4]} },
		"month": func(i int) ledger.Query {
			return ledger.Query{Since: day(fmt.Sprintf("2021-%02d", i%12+1)), Until: day(fmt.Sprintf("2021-%02d", i%12+1))}
		},
		"oldest since": func(i int) ledger.Query {
			return ledger.Query{Since: day("2022"), Oldest: true, Quoted: onrecord.Mixed}
		},
		"word in a month": func(i int) ledger.Query {
			return ledger.Query{About: l.Word(7 * i), Since: day(fmt.Sprintf("2020-%02d", i%12+1)), Until: day("2022")}
		},
		"publisher":          func(i int) ledger.Query { return ledger.Query{Publisher: l.Publisher(i * 9)} },
		"publisher and word": func(i int) ledger.Query { return ledger.Query{Publisher: l.Publisher(i), About: l.Word(i * 11)} },
		"confident direct word": func(i int) ledger.Query {
			return ledger.Query{About: l.Word(3 * i), Quoted: onrecord.Direct, MinConfidence: 0.9}
		},
		"all at once": func(i int) ledger.Query {
			return ledger.Query{By: l.Speaker(i), About: l.Word(i), Publisher: l.Publisher(i % 5), Since: day("2020"), Until: day("2023-06"), Quoted: onrecord.Indirect}
		},
	} {
		var took []time.Duration
		rows := 0
		for i := range 30 {
			start := time.Now()
			a, err := s.Said(context.Background(), query(i))
			if err != nil {
				t.Fatal(err)
			}
			took = append(took, time.Since(start))
			rows += len(a.Rows)
		}
		all = append(all, took...)
		first := took[0]
		slices.Sort(took)
		t.Logf("%-24s first %8s  median %8s  p95 %8s  max %8s  rows %d", name, first.Round(10*time.Microsecond), took[15].Round(10*time.Microsecond), took[28].Round(10*time.Microsecond), took[29].Round(10*time.Microsecond), rows/30)
	}
	slices.Sort(all)
	t.Logf("all: median %s p95 %s p99 %s", all[len(all)/2], all[len(all)*95/100], all[len(all)*99/100])
}
