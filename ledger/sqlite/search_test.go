package sqlite

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

func TestTerms(t *testing.T) {
	for words, want := range map[string][]string{
		"bridge frost":            {"bridge", "frost"},
		`the "old bridge" closed`: {"the", "old bridge", "closed"},
		"“old bridge” «and» so":   {"old bridge", "and", "so"},
		`never "closed at all`:    {"never", "closed at all"},
		`al-Shammari U.S.`:        {"al-Shammari", "U.S."},
		"? -- !":                  nil,
		"a\x00b":                  {"a", "b"},
		"":                        nil,
	} {
		if got := terms(words); !slices.Equal(got, want) {
			t.Errorf("terms(%q) = %q, want %q", words, got, want)
		}
	}
}

// FuzzSaid: whatever is looked for, the search answers or says that the question
// is off; it never becomes SQL or the full-text index's own language.
func FuzzSaid(f *testing.F) {
	s := fresh(f)
	if _, err := s.Keep(f.Context(), ledgertest.NewLoad(1).Next()); err != nil {
		f.Fatal(err)
	}
	for _, w := range []string{`bridge" OR "x`, "NEAR(a b, 3)", "a*", "^a", "{who} : a", "a AND", `"`, "''", "\x00", "\xff\xfe", "ä̈", "﷽", "a-b", ";"} {
		f.Add(w, w, w)
	}
	f.Fuzz(func(t *testing.T, by, about, cursor string) {
		_, err := s.Said(t.Context(), ledger.Query{By: by, About: about, Publisher: by, SpeakerKey: about})
		if err != nil {
			t.Errorf("by %q about %q: %v", by, about, err)
		}
		if _, _, err := s.Speakers(t.Context(), ledger.SpeakerQuery{Prefix: by, Limit: 5}); err != nil {
			t.Errorf("speakers %q: %v", by, err)
		}
		if _, _, err := s.Articles(t.Context(), ledger.ArticleQuery{Words: about}); err != nil {
			t.Errorf("articles %q: %v", about, err)
		}
		if _, err := s.Said(t.Context(), ledger.Query{About: about, After: ledger.Cursor(cursor)}); err != nil && !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("cursor %q: %v", cursor, err)
		}
		for _, term := range terms(about) {
			if strings.ContainsAny(term, "\"\x00") || (utf8.ValidString(about) && !utf8.ValidString(term)) {
				t.Errorf("term %q of %q", term, about)
			}
		}
	})
}

// FuzzUnpack: bytes that are no frame are an error, and a frame gives back what
// went in.
func FuzzUnpack(f *testing.F) {
	f.Add([]byte(nil))
	f.Add(pack("words"))
	f.Add(shaper.EncodeAll([]byte(`{"statement":{}}`), nil))
	f.Add([]byte{0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, frame []byte) {
		if _, err := unpack(frame); err != nil && !errors.Is(err, onrecord.ErrDamaged) {
			t.Errorf("%v, want damaged", err)
		}
		for _, packed := range [][]byte{pack(frame), shaper.EncodeAll(frame, nil)} {
			if back, err := unpack(packed); err != nil || string(back) != string(frame) {
				t.Errorf("%d bytes came back as %d, %v", len(frame), len(back), err)
			}
		}
	})
}

// BenchmarkKeep keeps new articles of 500 words with 13 statements, 64 at a time.
func BenchmarkKeep(b *testing.B) {
	s, load := fresh(b), ledgertest.NewLoad(1)
	n := 0
	for b.Loop() {
		b.StopTimer()
		docs := make([]ledger.Document, 64)
		for i := range docs {
			docs[i] = load.Next()
			n += len(docs[i].Analysis.Statements)
		}
		b.StartTimer()
		if _, err := s.Keep(b.Context(), docs...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "statements/s")
}

// BenchmarkKeepAgain keeps what is there already.
func BenchmarkKeepAgain(b *testing.B) {
	s, load := fresh(b), ledgertest.NewLoad(1)
	docs := make([]ledger.Document, 64)
	for i := range docs {
		docs[i] = load.Next()
	}
	for b.Loop() {
		kept, err := s.Keep(b.Context(), docs...)
		if err != nil {
			b.Fatal(err)
		}
		_ = kept
	}
	b.ReportMetric(float64(64*b.N)/b.Elapsed().Seconds(), "documents/s")
}

// BenchmarkSaid searches 13,000 statements by speaker, words and dates.
func BenchmarkSaid(b *testing.B) {
	s, load := fresh(b), ledgertest.NewLoad(1)
	for range 10 {
		docs := make([]ledger.Document, 100)
		for i := range docs {
			docs[i] = load.Next()
		}
		if _, err := s.Keep(b.Context(), docs...); err != nil {
			b.Fatal(err)
		}
	}
	since, err := onrecord.ParseDate("2020")
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		if _, err := s.Said(b.Context(), ledger.Query{By: load.Speaker(i % 20), About: load.Word(i % 100), Since: since, MinConfidence: 0.5}); err != nil {
			b.Fatal(err)
		}
	}
}
