package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/read"
)

// report is a made-up article of its own number.
func report(n int) string {
	return fmt.Sprintf("<!doctype html><html lang=en><head><title>Report %[1]d</title></head><body><article><h1>Report %[1]d</h1><p>Mayor Nora Berg said on Tuesday that bridge number %[1]d would close in November for the whole winter, and that nobody had told her of the %[1]d cracks in its pillars.</p></article></body></html>", n)
}

// archived FILE N writes an archive of N articles.
func archived(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: archived FILE N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	var b bytes.Buffer
	w := read.NewWARCWriter(&b)
	for i := range n {
		ts.Check(w.Write(&onrecord.Capture{Bytes: []byte(report(i)), Address: fmt.Sprintf("https://harbour.example/report-%d", i), Retrieved: time.Date(2024, 2, 24, 10, 0, 0, 0, time.UTC)}))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// site N serves a feed of N articles on loopback, at $SITE/feed, and checks at the
// end that none was asked for more than three times.
func site(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: site N")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	var mu sync.Mutex
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		number, isPage := strings.CutPrefix(r.URL.Path, "/page/")
		i, _ := strconv.Atoi(number)
		switch {
		case r.URL.Path == "/feed":
			fmt.Fprint(w, `<rss version="2.0"><channel><title>Harbour</title>`)
			for i := range n {
				fmt.Fprintf(w, "<item><title>Report %d</title><link>/page/%d</link></item>", i, i)
			}
			fmt.Fprint(w, "</channel></rss>")
		case isPage:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, report(i))
		default:
			http.NotFound(w, r)
		}
	}))
	ts.Setenv("SITE", server.URL)
	ts.Defer(func() {
		server.Close()
		for path, times := range asked {
			if strings.HasPrefix(path, "/page/") && times > 3 {
				ts.Logf("%s was asked for %d times", path, times)
			}
		}
	})
}

// killed AFTER PROGRAM ARGUMENT… runs a program and kills it, so that it can do
// nothing more, after a time; one that ended before is fine.
func killed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: killed AFTER PROGRAM ARGUMENT…")
	}
	after, err := time.ParseDuration(args[0])
	ts.Check(err)
	program := args[1]
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if path := filepath.Join(dir, args[1]); isProgram(path) {
			program = path
			break
		}
	}
	cmd := exec.Command(program, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"HOME", "PATH", "ONRECORD_LEDGER", "ONRECORD_REVIEWER"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	ts.Check(cmd.Start())
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	_ = cmd.Wait() // killed is an error
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}
