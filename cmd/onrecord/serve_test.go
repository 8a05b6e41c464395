package main

import (
	"context"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What serve prints can be opened, also where it listens everywhere, and says so
// where others can read along.
func TestServePrintsAddressesThatOpen(t *testing.T) {
	const token = "a token of enough bytes"
	for _, tt := range []struct {
		addr    string
		warning bool
	}{{"127.0.0.1:0", false}, {"0.0.0.0:0", true}} {
		ctx, stop := context.WithCancel(t.Context())
		out, printed := io.Pipe()
		ended := make(chan int, 1)
		go func() {
			ended <- run(ctx, []string{"--ledger", filepath.Join(t.TempDir(), "ledger.db"), "serve", "--addr", tt.addr, "--token", token}, strings.NewReader(""), io.Discard, printed)
			_ = printed.Close()
		}()
		var said strings.Builder
		buffer := make([]byte, 4096)
		n, err := out.Read(buffer)
		if err != nil {
			t.Fatal(err)
		}
		said.Write(buffer[:n])
		addresses := regexp.MustCompile(`http://\S+`).FindAllString(said.String(), -1)
		if len(addresses) == 0 {
			t.Errorf("%s: no address in %q", tt.addr, said.String())
		}
		copied := make(chan struct{})
		go func() { defer close(copied); _, _ = io.Copy(&said, out) }()
		for _, address := range addresses {
			res, err := http.Get(address + "login")
			if err != nil {
				t.Error(err)
				continue
			}
			_ = res.Body.Close()
			if res.StatusCode != http.StatusOK {
				t.Errorf("%s: %s", address, res.Status)
			}
		}
		http.DefaultClient.CloseIdleConnections()
		stop()
		if code := <-ended; code != exitOK {
			t.Errorf("%s: exit code %d", tt.addr, code)
		}
		<-copied
		if got := strings.Contains(said.String(), "not encrypted"); got != tt.warning {
			t.Errorf("%s: warned %t, want %t: %q", tt.addr, got, tt.warning, said.String())
		}
	}
}
