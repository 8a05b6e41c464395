package newsroom_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/newsroom"
	"github.com/onrecord/onrecord/read"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shelf keeps documents in the order they come.
type shelf struct {
	texts   []string
	largest int // bytes of text in one call
	fail    error
}

func (s *shelf) Keep(_ context.Context, docs ...ledger.Document) ([]ledger.Kept, error) {
	if s.fail != nil {
		return nil, s.fail
	}
	together := 0
	for i := range docs {
		together += len(docs[i].Revision.Text)
	}
	s.largest = max(s.largest, together)
	kept := make([]ledger.Kept, len(docs))
	for i := range docs {
		s.texts = append(s.texts, docs[i].Revision.Text)
		kept[i] = ledger.Kept{Article: onrecord.ID(fmt.Sprintf("a-%d", len(s.texts))), Status: ledger.New}
		if strings.Contains(docs[i].Revision.Text, "unwelcome") {
			kept[i] = ledger.Kept{Err: onrecord.ErrForgotten}
		}
	}
	return kept, nil
}

func open(t *testing.T, keeper ledger.Keeper) *newsroom.Newsroom {
	t.Helper()
	// What the room does with documents does not depend on trees; without them
	// large ones are read soon.
	words, err := english.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.With(words)
	if err != nil {
		t.Fatal(err)
	}
	return &newsroom.Newsroom{Desk: d, Keeper: keeper, Workers: 3}
}

// articles are n captures; the ones in bad hold no text.
func articles(n int, bad ...int) iter.Seq2[onrecord.Capture, error] {
	return func(yield func(onrecord.Capture, error) bool) {
		for i := range n {
			c := onrecord.Capture{Bytes: fmt.Appendf(nil, "“This is report %d,” said Ana Silva.", i), MediaType: "text/plain", Address: fmt.Sprint(i)}
			var err error
			for _, b := range bad {
				if b == i {
					c.Bytes, err = nil, onrecord.ErrNotText
				}
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func TestDocumentsAreKeptInTheOrderTheyCame(t *testing.T) {
	s := &shelf{}
	seen := 0
	err := open(t, s).Read(t.Context(), articles(300), func(o newsroom.Outcome) error {
		if o.Err != nil {
			t.Errorf("document %d: %v", seen, o.Err)
		}
		if want := fmt.Sprintf("report %d,", seen); !strings.Contains(o.Document.Revision.Text, want) {
			t.Errorf("outcome %d is of another document", seen)
		}
		if o.Document.Analysis.MadeBy["read"] != read.Version {
			t.Errorf("made by %v, which does not say who read it", o.Document.Analysis.MadeBy)
		}
		seen++
		return nil
	})
	if err != nil || seen != 300 || len(s.texts) != 300 {
		t.Fatalf("%d seen, %d kept, %v", seen, len(s.texts), err)
	}
}

func TestABadDocumentCostsItselfAlone(t *testing.T) {
	s := &shelf{}
	var failed []string
	err := open(t, s).Read(t.Context(), articles(20, 3, 17), func(o newsroom.Outcome) error {
		if o.Err != nil {
			failed = append(failed, o.Name)
		}
		return nil
	})
	if err != nil || len(s.texts) != 18 || strings.Join(failed, " ") != "3 17" {
		t.Errorf("kept %d, failed %v, %v", len(s.texts), failed, err)
	}
}

func TestADocumentTheLedgerRefusesIsNamed(t *testing.T) {
	unwelcome := func(yield func(onrecord.Capture, error) bool) {
		yield(onrecord.Capture{Bytes: []byte("An unwelcome report."), MediaType: "text/plain", Address: "it"}, nil)
	}
	err := open(t, &shelf{}).Read(t.Context(), unwelcome, func(o newsroom.Outcome) error {
		if !errors.Is(o.Err, onrecord.ErrForgotten) || o.Name != "it" {
			t.Errorf("outcome %q: %v", o.Name, o.Err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Large documents are not gathered: memory is bounded by bytes, not by their
// number.
func TestLargeDocumentsAreKeptAFewAtATime(t *testing.T) {
	s := &shelf{}
	paragraph := strings.Repeat("The road was closed. ", 100) + "\n\n"
	large := func(yield func(onrecord.Capture, error) bool) {
		for i := range 12 {
			text := fmt.Sprintf("Report %d\n\n", i) + strings.Repeat(paragraph, 1<<20/len(paragraph))
			if !yield(onrecord.Capture{Bytes: []byte(text), MediaType: "text/plain", Address: fmt.Sprint(i)}, nil) {
				return
			}
		}
	}
	if err := open(t, s).Read(t.Context(), large, func(o newsroom.Outcome) error { return o.Err }); err != nil {
		t.Fatal(err)
	}
	if most := 5 << 20; s.largest > most {
		t.Errorf("%d bytes were kept at once, want at most %d", s.largest, most)
	}
}

func TestReadStops(t *testing.T) {
	enough := errors.New("enough")
	t.Run("when its reader has enough", func(t *testing.T) {
		n := 0
		err := open(t, &shelf{}).Read(t.Context(), articles(1000), func(newsroom.Outcome) error {
			if n++; n == 10 {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || n != 10 {
			t.Errorf("after %d: %v", n, err)
		}
	})
	t.Run("when the ledger fails", func(t *testing.T) {
		err := open(t, &shelf{fail: enough}).Read(t.Context(), articles(1000), func(newsroom.Outcome) error { return nil })
		if !errors.Is(err, enough) {
			t.Error(err)
		}
	})
	t.Run("when it is interrupted", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		err := open(t, nil).Read(ctx, articles(1_000_000), func(newsroom.Outcome) error { cancel(); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

func TestFilesMeansWhatAPersonMeans(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.txt", "b.html", "notes.pdf", "more/c.txt", "more/.hidden/d.txt", "empty/x.bin")
	for _, tt := range []struct {
		args, files string
		errs        int
	}{
		{"a.txt", "a.txt", 0},
		{"notes.pdf", "notes.pdf", 0}, // named by hand it is tried
		{".", "a.txt b.html more/c.txt", 0},
		{"*.txt b.*", "a.txt b.html", 0},
		{"*o*", "notes.pdf", 0}, // the folder more is not meant
		{"-", "-", 0},
		{"gone.txt a.txt", "a.txt", 1},
		{"empty", "", 1},
		{"*.csv", "", 1},
	} {
		files, errs := newsroom.Files(strings.Fields(tt.args))
		if got := strings.Join(files, " "); got != tt.files || len(errs) != tt.errs {
			t.Errorf("%q means %q with %d errors %v, want %q with %d", tt.args, got, len(errs), errs, tt.files, tt.errs)
		}
	}
}
