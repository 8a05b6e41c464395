package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "results.txt", Err: syscall.ENOSPC}
}

// What cannot be printed is told, with the file and what to do, whatever is printed.
func TestFullDiskUnderTheOutput(t *testing.T) {
	dir := t.TempDir()
	path, article := filepath.Join(dir, "ledger.db"), filepath.Join(dir, "note.txt")
	if err := os.WriteFile(article, []byte("“The harvest failed,” said Tomas Berg.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"read", article},
		{"read", article, "--format", "jsonl"},
		{"said"},
		{"said", "--format", "csv"},
		{"show", article},
		{"licences"},
	} {
		var said strings.Builder
		code := run(t.Context(), append([]string{"--ledger", path}, args...), strings.NewReader(""), fullDisk{}, &said)
		if code == exitOK || !strings.Contains(said.String(), "results.txt") || !strings.Contains(said.String(), "make room") {
			t.Errorf("%s: exit code %d, %q", args, code, said.String())
		}
	}
}
