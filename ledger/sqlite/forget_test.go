package sqlite

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/ledger/ledgertest"
)

// TestForgottenWordsAreNotInTheFile looks for the words of a forgotten article in
// every byte of the ledger and of its write-ahead log.
func TestForgottenWordsAreNotInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	s := opened(t, path)
	ledgertest.Fill(t, s)
	words := append(strings.Fields(ledgertest.Forgotten), "Zanzibarite", "quarry.example", "zoe")
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.ToLower(content)
		if file == path && !bytes.Contains(content, []byte("blossom")) {
			t.Fatal("the words of another article are not there: the search finds nothing")
		}
		for _, w := range words {
			if len(w) > 4 && bytes.Contains(content, []byte(strings.ToLower(w))) {
				t.Errorf("%q stands in %s", w, filepath.Base(file))
			}
		}
	}
}
