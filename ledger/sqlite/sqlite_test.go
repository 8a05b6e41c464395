package sqlite

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

func TestLedger(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledger.Store { t.Helper(); return fresh(t) })
}

// fresh is an empty ledger in a folder of the test's own.
func fresh(tb testing.TB) *Store {
	tb.Helper()
	return opened(tb, filepath.Join(tb.TempDir(), "ledger.db"))
}

func opened(tb testing.TB, path string) *Store {
	tb.Helper()
	s, err := Open(tb.Context(), path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// openRaw opens a file for a test to do to it what no ledger would.
func openRaw(path string) (*sql.DB, error) { return sql.Open("sqlite", "file:"+path) }
