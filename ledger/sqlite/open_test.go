package sqlite

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

// TestEngineIsFixed wants a SQLite without the bug that could corrupt a database
// in write-ahead mode (https://sqlite.org/wal.html#walresetbug), fixed in 3.51.3.
func TestEngineIsFixed(t *testing.T) {
	var version string
	if err := fresh(t).read.QueryRowContext(t.Context(), "SELECT sqlite_version()").Scan(&version); err != nil {
		t.Fatal(err)
	}
	number := 0
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			t.Fatal(err)
		}
		number = number*1000 + n
	}
	if number < 3_051_003 {
		t.Errorf("SQLite %s, want 3.51.3 or newer", version)
	}
}

// TestLibcIsTheOneSQLiteWants: the driver is C translated to Go against one
// version of modernc.org/libc, and another one breaks it in ways no compiler sees.
func TestLibcIsTheOneSQLiteWants(t *testing.T) {
	list := func(format, module string) string {
		out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", format, module).Output()
		if err != nil {
			t.Skipf("go list -m %s: %v", module, err)
		}
		return strings.TrimSpace(string(out))
	}
	wants, err := os.ReadFile(list("{{.GoMod}}", "modernc.org/sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	if have := list("{{.Version}}", "modernc.org/libc"); !strings.Contains(string(wants), "modernc.org/libc "+have+"\n") {
		t.Errorf("modernc.org/libc %s is not the version in %s's go.mod", have, list("{{.Path}} {{.Version}}", "modernc.org/sqlite"))
	}
}

func TestOpenMakesAPrivateFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder", "ünusual #1%?.db")
	s := opened(t, path)
	ledgertest.Fill(t, s)
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %s, want it readable by its owner alone", filepath.Base(file), info.Mode())
		}
	}
	if info, _ := os.Stat(filepath.Dir(path)); info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has mode %s", info.Mode())
	}
}

func TestPragmas(t *testing.T) {
	s := fresh(t)
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000", "secure_delete": "1",
		"application_id": strconv.Itoa(applicationID), "user_version": strconv.Itoa(schemaVersion),
	} {
		var got string
		if err := s.prepared.conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s = %s, %v; want %s", pragma, got, err, want)
		}
	}
	if _, err := s.read.ExecContext(t.Context(), "DELETE FROM totals"); !errors.Is(s.failure(err), onrecord.ErrForbidden) {
		t.Errorf("a reader writes: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	other, newer, noise, cut := filepath.Join(dir, "other.db"), filepath.Join(dir, "newer.db"), filepath.Join(dir, "noise.db"), filepath.Join(dir, "cut.db")
	run := func(path, query string) {
		s, err := openRaw(path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	run(other, "CREATE TABLE other (x)")
	filled := opened(t, newer)
	ledgertest.Fill(t, filled)
	if err := filled.Backup(t.Context(), cut); err != nil {
		t.Fatal(err)
	}
	run(newer, "PRAGMA user_version = 99")
	if err := os.WriteFile(noise, []byte(strings.Repeat("This is no database. ", 400)), 0o600); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(cut); err != nil || os.Truncate(cut, info.Size()*2/3) != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		want error
	}{
		{other, onrecord.ErrInvalid},
		{newer, onrecord.ErrInvalid},
		{noise, onrecord.ErrInvalid},
		{filepath.Join(dir, "absent.db"), onrecord.ErrNotFound},
		{cut, onrecord.ErrDamaged},
	} {
		if err := Check(t.Context(), c.path); !errors.Is(err, c.want) {
			t.Errorf("Check(%s): %v, want %v", filepath.Base(c.path), err, c.want)
		}
		if errors.Is(c.want, onrecord.ErrInvalid) {
			if s, err := Open(t.Context(), c.path); !errors.Is(err, c.want) {
				t.Errorf("Open(%s): %v, %v, want %v", filepath.Base(c.path), s, err, c.want)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "absent.db")); err == nil {
		t.Error("Check made a file")
	}
}

// TestOpenFromManyAtOnce: the schema is made once, whoever comes first.
func TestOpenFromManyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() {
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := s.Totals(t.Context()); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	ledgertest.Fill(t, opened(t, path))
	s, err := OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if a, err := s.Said(t.Context(), ledger.Query{About: "bridge"}); err != nil || len(a.Rows) == 0 {
		t.Errorf("Said: %d rows, %v", len(a.Rows), err)
	}
	if _, err := s.Keep(t.Context(), ledgertest.NewLoad(1).Next()); !errors.Is(err, onrecord.ErrForbidden) {
		t.Errorf("Keep: %v, want forbidden", err)
	}
	if _, err := s.Mark(t.Context(), onrecord.Review{Target: "s-0000000000001", Verdict: onrecord.Right}); !errors.Is(err, onrecord.ErrForbidden) {
		t.Errorf("Mark: %v, want forbidden", err)
	}
	for f, err := range s.Verify(t.Context()) {
		if err != nil || f.Problem != "" {
			t.Errorf("Verify: %+v, %v", f, err)
		}
	}
}

// TestBackupIsALedger restores a backup that was made while others wrote, and
// finds in it what there was, whole.
func TestBackupIsALedger(t *testing.T) {
	s := fresh(t)
	ledgertest.Fill(t, s)
	ctx, stop := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	writing.Go(func() {
		for load := ledgertest.NewLoad(2); ctx.Err() == nil; {
			if _, err := s.Keep(t.Context(), load.Next()); err != nil {
				t.Error(err)
			}
		}
	})
	time.Sleep(30 * time.Millisecond)
	path := filepath.Join(t.TempDir(), "backup.db")
	err := s.Backup(t.Context(), path)
	stop()
	writing.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	restored := opened(t, path)
	totals, err := restored.Totals(t.Context())
	if err != nil || totals.Articles < 5 || totals.Reviews == 0 || totals.Forgotten != 1 {
		t.Errorf("totals %+v, %v", totals, err)
	}
	if problems := problemsOf(t, path); len(problems) > 0 {
		t.Errorf("%q", problems)
	}
	// It goes on as a ledger, and mints no ID twice.
	if kept, err := restored.Keep(t.Context(), ledgertest.NewLoad(3).Next()); err != nil || kept[0].Status != ledger.New {
		t.Errorf("keep in the restored one: %v, %v", kept, err)
	}
}

// TestIDsAreNeverUsedTwice sets the clock back, forgets the newest article and
// opens the ledger anew.
func TestIDsAreNeverUsedTwice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	now := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	load := ledgertest.NewLoad(1)
	seen := map[onrecord.ID]bool{}
	for i := range 4 {
		clock := now.AddDate(0, 0, -i) // backwards
		s, err := open(t.Context(), path, func() time.Time { return clock })
		if err != nil {
			t.Fatal(err)
		}
		kept, err := s.Keep(t.Context(), load.Next())
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range append(kept[0].Statements, kept[0].Article) {
			if number := id[1:]; seen[number] {
				t.Errorf("%s was used before", id)
			} else {
				seen[number] = true
			}
		}
		if err := s.Forget(t.Context(), kept[0].Article, "Editor", ""); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBusy: a writer that waits too long for another process says so.
func TestBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	one, other := opened(t, path), opened(t, path)
	if _, err := other.prepared.conn.ExecContext(t.Context(), "PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}
	if _, err := one.prepared.conn.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	_, err := other.Keep(t.Context(), ledgertest.NewLoad(1).Next())
	if !errors.Is(err, onrecord.ErrBusy) || onrecord.Hint(err) == "" {
		t.Errorf("%v (hint %q), want busy, with a hint", err, onrecord.Hint(err))
	}
	if _, err := one.prepared.conn.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if kept, err := other.Keep(t.Context(), ledgertest.NewLoad(1).Next()); err != nil || kept[0].Status != ledger.New {
		t.Errorf("afterwards: %v, %v", kept, err)
	}
}
