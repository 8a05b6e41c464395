package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

// The tests run this binary again as another process that writes until it is
// killed: writerPath is its ledger, writerSeed what it writes.
const (
	writerPath = "ONRECORD_TEST_WRITER"
	writerSeed = "ONRECORD_TEST_SEED"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(writerPath); path != "" {
		writeUntilKilled(path)
		return
	}
	os.Exit(m.Run())
}

// writeUntilKilled keeps articles, some alone and some together, and prints the
// IDs of those that Keep said are kept. Every third it keeps with a new text, and
// marks something.
func writeUntilKilled(path string) {
	ctx := context.Background()
	seed, err := strconv.ParseUint(os.Getenv(writerSeed), 10, 64)
	if err != nil {
		panic(err)
	}
	s, err := Open(ctx, path)
	if err != nil {
		panic(err)
	}
	fmt.Println("open")
	load := ledgertest.NewLoad(seed)
	for round := 0; ; round++ {
		docs := make([]ledger.Document, 1+round%4)
		for i := range docs {
			docs[i] = load.Next()
			// Each process has addresses of its own.
			docs[i].Revision.URL += "?" + strconv.FormatUint(seed, 10)
			docs[i].Capture.Address = docs[i].Revision.URL
		}
		kept, err := s.Keep(ctx, docs...)
		if err != nil {
			panic(err)
		}
		for _, k := range kept {
			if k.Err != nil {
				panic(k.Err)
			}
			fmt.Println(k.Article, len(k.Statements))
		}
		if round%3 == 0 {
			if _, err := s.Mark(ctx, onrecord.Review{Target: kept[0].Statements[0], Verdict: onrecord.Wrong, By: "Reader"}); err != nil {
				panic(err)
			}
			docs[0].Revision.Text += "More.\n"
			if _, err := s.Keep(ctx, docs[0]); err != nil {
				panic(err)
			}
		}
	}
}

// writer starts a process that writes; what it prints comes line by line.
func writer(t *testing.T, path string, seed int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), writerPath+"="+path, fmt.Sprintf("%s=%d", writerSeed, seed))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// TestKilled kills a process that writes, at random moments, and each time opens
// what it left: every document that was acknowledged is there, each wholly, and
// nothing is damaged.
func TestKilled(t *testing.T) {
	kills := 25
	if testing.Short() {
		kills = 5
	}
	path := filepath.Join(t.TempDir(), "ledger.db")
	acknowledged := map[onrecord.ID]int{}
	for round := range kills {
		cmd, lines := writer(t, path, round)
		// The first half is killed at any moment, even before the ledger is made; the
		// second half some time after a first document was acknowledged, so that a
		// slow machine is tested too.
		kill := func() {
			time.AfterFunc(time.Duration(rand.IntN(100))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		}
		alive := round < kills/2
		if alive {
			kill()
		}
		for lines.Scan() {
			if id, n, ok := strings.Cut(lines.Text(), " "); ok { // else it says that the ledger is open
				if !alive {
					alive = true
					kill()
				}
				count, err := strconv.Atoi(n)
				if err != nil {
					break // cut short
				}
				acknowledged[onrecord.ID(id)] = count
			}
		}
		_ = cmd.Wait() // killed
		inspect(t, path, acknowledged, round%5 == 4 || round == kills-1)
		if t.Failed() {
			t.Fatalf("after kill %d", round+1)
		}
	}
	if len(acknowledged) == 0 {
		t.Fatal("no process lived long enough to keep anything")
	}
	t.Logf("%d kills, %d documents acknowledged", kills, len(acknowledged))
}

// inspect opens a ledger that was left behind.
func inspect(t *testing.T, path string, acknowledged map[onrecord.ID]int, all bool) {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for id, statements := range acknowledged {
		a, err := s.Article(t.Context(), id)
		if err != nil {
			t.Errorf("acknowledged, and not there: %v", err)
		} else if len(a.Statements) != statements {
			t.Errorf("%s has %d statements of %d", id, len(a.Statements), statements)
		}
	}
	totals, err := s.Totals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if totals.Statements != 13*totals.Articles || totals.Articles < len(acknowledged) {
		t.Errorf("%+v: half a document", totals)
	}
	if !all {
		return
	}
	for f, err := range s.Verify(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Problem != "" {
			t.Errorf("%s %s: %s", f.Kind, f.ID, f.Problem)
		}
	}
}

// TestReadersOfOtherProcesses reads, from this process, what another one writes
// at the same time, and writes itself between.
func TestReadersOfOtherProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	cmd, lines := writer(t, path, 1)
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	if !lines.Scan() {
		t.Fatal("the other process did not start")
	}
	s := opened(t, path)
	load := ledgertest.NewLoad(77)
	last, grew := 0, 0
	for i := 0; grew < 10; i++ {
		if i > 2000 {
			t.Fatalf("seen to grow %d times only", grew)
		}
		if !lines.Scan() {
			t.Fatal("the other process ended")
		}
		a, err := s.Said(t.Context(), ledger.Query{About: load.Word(0), Wrong: true, Repeats: true, Gone: true})
		if err != nil {
			t.Fatal(err)
		}
		if a.Totals.Statements != 13*a.Totals.Articles {
			t.Fatalf("%+v: half a document", a.Totals)
		}
		if a.Totals.Articles > last {
			last = a.Totals.Articles
			grew++
		}
		if i%10 == 0 {
			if kept, err := s.Keep(t.Context(), load.Next()); err != nil || kept[0].Err != nil {
				t.Fatalf("keep beside another writer: %v, %v", err, kept)
			}
		}
	}
}
