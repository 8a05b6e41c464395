package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

// A full disk is told with the file that stands on it and what to do, nothing
// half-kept stays, and with room again the ledger goes on.
func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	s, load := opened(t, path), ledgertest.NewLoad(1)
	limit := func(pages string) {
		if _, err := s.prepared.conn.ExecContext(t.Context(), "PRAGMA max_page_count = "+pages); err != nil {
			t.Fatal(err)
		}
	}
	limit("1") // SQLite takes as many as there are
	doc := load.Next()
	_, err := s.Keep(t.Context(), doc)
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "full") || !strings.Contains(onrecord.Hint(err), "make room") {
		t.Errorf("%v (hint %q); want the path, that it is full, and a hint", err, onrecord.Hint(err))
	}
	if totals, err := s.Totals(t.Context()); err != nil || totals.Articles != 0 {
		t.Errorf("%+v, %v; want nothing kept", totals, err)
	}
	limit("1000000")
	if kept, err := s.Keep(t.Context(), doc); err != nil || kept[0].Status != ledger.New {
		t.Errorf("with room again: %v, %v", kept, err)
	}
}
