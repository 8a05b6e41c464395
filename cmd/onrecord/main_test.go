package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"onrecord": main})
}

// TestScripts runs the command as people do. Each script in testdata/script tells
// one story; its own ledger stands at $WORK/ledger.db.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("ONRECORD_LEDGER", env.WorkDir+"/ledger.db")
			env.Setenv("ONRECORD_REVIEWER", "Ida")
			env.Setenv("COLUMNS", "120")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"pick":     pick,
			"twisted":  twisted,
			"archived": archived,
			"site":     site,
			"killed":   killed,
		},
	})
}

// pick NAME PATTERN keeps the first group of a pattern, found in the last
// standard output, in an environment variable.
func pick(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pick NAME PATTERN")
	}
	found := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) < 2 {
		ts.Fatalf("nothing in the output matches %s", args[1])
	}
	ts.Setenv(args[0], found[1])
}

// twisted FILE OLD NEW changes bytes in a file, as a failing disk would.
func twisted(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || len(args[1]) != len(args[2]) {
		ts.Fatalf("usage: twisted FILE OLD NEW, of one length")
	}
	path := ts.MkAbs(args[0])
	content, err := os.ReadFile(path)
	ts.Check(err)
	if !bytes.Contains(content, []byte(args[1])) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, bytes.ReplaceAll(content, []byte(args[1]), []byte(args[2])), 0o600))
}

func TestWrapNeverCutsAWord(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		width      int
		want       string
	}{
		{"fits", "the road is open", 20, "the road is open"},
		{"breaks at white space", "the road is open", 8, "the road|is open"},
		{"a long word stands alone", "an extraordinarily long word", 6, "an|extraordinarily|long|word"},
		{"wide letters count twice", "東京 東京", 5, "東京|東京"},
		{"what a terminal would obey is not printed", "red \x1b[31malert", 20, "red [31malert"},
		{"lines stay apart", "one\ntwo", 20, "one|two"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(wrap(tt.text, tt.width), "|"); got != tt.want {
				t.Errorf("wrap(%q, %d) = %q, want %q", tt.text, tt.width, got, tt.want)
			}
		})
	}
}
