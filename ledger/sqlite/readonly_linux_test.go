package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

// nobody runs work as somebody who may not write a folder, its files being of a
// mode. Who tests
// as root gives up root's rights on files, for one thread that ends with the work.
func nobody(t *testing.T, dir string, mode os.FileMode, work func()) {
	t.Helper()
	for d := dir; d != filepath.Dir(os.TempDir()) && strings.HasPrefix(d, os.TempDir()+"/"); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.Chmod(filepath.Join(dir, e.Name()), mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	done := make(chan struct{})
	go func() {
		defer close(done)
		if os.Getuid() == 0 {
			runtime.LockOSThread() // and never unlocked, so that the thread ends
			const unprivileged = 65534
			if _, _, e := syscall.RawSyscall(syscall.SYS_SETFSUID, unprivileged, 0, 0); e != 0 {
				t.Error(e)
				return
			}
		}
		work()
	}()
	<-done
}

// A ledger whose folder may not be written answers everything, and says what can
// be done when it is to be written.
func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	ledgertest.Fill(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	nobody(t, dir, 0o444, func() {
		if s, err := Open(t.Context(), path); !errors.Is(err, onrecord.ErrForbidden) || onrecord.Hint(err) == "" || !strings.Contains(err.Error(), path) {
			t.Errorf("Open: %v, %v (hint %q); want forbidden, with the path and a hint", s, err, onrecord.Hint(err))
		}
		s, err := OpenReadOnly(t.Context(), path)
		if err != nil {
			t.Error(err)
			return
		}
		if a, err := s.Said(t.Context(), ledger.Query{About: "bridge"}); err != nil || len(a.Rows) == 0 {
			t.Errorf("Said: %d rows, %v", len(a.Rows), err)
		}
		for f, err := range s.Verify(t.Context()) {
			if err != nil || f.Problem != "" {
				t.Errorf("Verify: %+v, %v", f, err)
			}
		}
		if _, err := s.Keep(t.Context(), ledgertest.NewLoad(1).Next()); !errors.Is(err, onrecord.ErrForbidden) || onrecord.Hint(err) == "" || !strings.Contains(err.Error(), path) {
			t.Errorf("Keep: %v (hint %q); want forbidden, with the path and a hint", err, onrecord.Hint(err))
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := Check(t.Context(), path); err != nil {
			t.Errorf("Check: %v", err)
		}
	})
}

// A log beside the ledger holds its newest part: without it the answers would be
// old ones, and nobody would know.
func TestReadOnlyFolderWithALog(t *testing.T) {
	dir := t.TempDir()
	live, path := filepath.Join(t.TempDir(), "ledger.db"), filepath.Join(dir, "ledger.db")
	if _, err := opened(t, live).Keep(t.Context(), ledgertest.NewLoad(1).Next()); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(live + suffix)
		if err != nil || len(content) == 0 {
			t.Fatalf("%d bytes, %v", len(content), err)
		}
		if err := os.WriteFile(path+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	nobody(t, dir, 0o444, func() {
		if s, err := OpenReadOnly(t.Context(), path); !errors.Is(err, onrecord.ErrForbidden) || !strings.Contains(onrecord.Hint(err), "copy the two files") {
			t.Errorf("%v, %v (hint %q); want forbidden, and what to do", s, err, onrecord.Hint(err))
		}
	})
}

// What may not even be read is not said to be there for asking.
func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	nobody(t, dir, 0, func() {
		_, openErr := Open(t.Context(), path)
		_, askErr := OpenReadOnly(t.Context(), path)
		for _, err := range []error{openErr, askErr} {
			if !errors.Is(err, onrecord.ErrForbidden) || strings.Contains(onrecord.Hint(err), "asked") || !strings.Contains(onrecord.Hint(err), "get the right") {
				t.Errorf("%v (hint %q); want forbidden, and no promise", err, onrecord.Hint(err))
			}
		}
	})
}
