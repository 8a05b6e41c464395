package newsroom_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/onrecord/onrecord/fetch"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/newsroom"
)

// TestEachFaultIsNamed: servers that fail in every way that servers do. Nothing
// hangs, the good ones are read meanwhile, and the health of each source says what
// is wrong with it.
func TestEachFaultIsNamed(t *testing.T) {
	var turn atomic.Int32
	items := func(n int, more string) string {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>`)
		for i := range n {
			fmt.Fprintf(&b, "<item><title>Item %d</title><link>HOST/page/%d</link><guid>%d</guid>%s</item>", i, i, turn.Add(1), more)
		}
		return b.String() + "</channel></rss>"
	}
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = io.Copy(z, io.LimitReader(zeros{}, 64<<20))
	_ = z.Close()
	send := func(body string, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			_, _ = io.WriteString(w, strings.ReplaceAll(body, "HOST", "http://"+r.Host))
		}
	}
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat("<rss>", 1<<16)); err != nil {
				return
			}
		}
	}
	for _, c := range []struct {
		name    string
		feed    http.HandlerFunc
		robots  http.HandlerFunc
		tls     bool
		reason  string // of the failure
		problem string // of an answer that is good for something all the same
		found   int
	}{
		{name: "good", feed: send(items(3, "")), found: 3},
		{name: "ten thousand entries", feed: send(items(10_000, "")), found: 10_000},
		{name: "dates in the future", feed: send(items(2, "<pubDate>Tue, 24 Feb 2099 10:00:00 GMT</pubDate>")), found: 2, problem: "future"},
		{name: "broken XML", feed: send(items(2, "") + "<<<"), found: 2},
		{name: "XML that breaks off", feed: send(strings.TrimSuffix(items(2, ""), "</item></channel></rss>")), found: 1, problem: "feed"},
		{name: "a charset that it is not in", feed: send(strings.Replace(items(2, ""), "News", "N\xe9ws", 1), "Content-Type", "text/xml; charset=utf-8"), found: 2},
		{name: "a type that it is not of", feed: send(items(2, ""), "Content-Type", "image/png"), found: 2},
		{name: "no list", feed: send("just words"), reason: "no list"},
		{name: "silence", feed: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, reason: "timeout"},
		{name: "endless", feed: endless, reason: "too large|timeout"}, // whichever comes first
		{name: "a length that lies", feed: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			_, _ = io.WriteString(w, "<rss")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, reason: "too large"},
		{name: "a bomb", feed: send(bomb.String(), "Content-Encoding", "gzip"), reason: "encoding"},
		{name: "a loop", feed: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/feed", http.StatusFound) }, reason: "redirects"},
		{name: "429", feed: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		}, reason: "busy"},
		{name: "500", feed: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, reason: "status"},
		{name: "gone", feed: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }, reason: "gone"},
		{name: "robots", feed: send(items(1, "")), robots: send("User-agent: *\nDisallow: /"), reason: "robots"},
		{name: "a bad certificate", feed: send(items(1, "")), tls: true, reason: "tls"},
	} {
		t.Run(c.name, func(t *testing.T) {
			mux := http.NewServeMux()
			mux.Handle("/feed", c.feed)
			if c.robots != nil {
				mux.Handle("/robots.txt", c.robots)
			}
			mux.HandleFunc("/page/", send("A page\n\nThe mayor said it was so.", "Content-Type", "text/plain"))
			server := httptest.NewUnstartedServer(mux)
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			if c.tls {
				server.StartTLS()
			} else {
				server.Start()
			}
			defer server.Close()
			client, err := fetch.New(fetch.Options{AllowPrivate: true, Delay: time.Millisecond, Timeout: 700 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			w := watching(t)
			src := w.source(server.URL + "/feed")
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			watch := &newsroom.Watch{Room: open(t, w.Store), Sources: w.Store, Fetch: client, Told: func(told newsroom.Told) {
				if told.Source != nil { // one visit is enough to see how it goes
					cancel()
				}
			}}
			if err := watch.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			src, err = w.Source(t.Context(), string(src.ID))
			if err != nil {
				t.Fatal(err)
			}
			h := &src.Health
			if h.Visits != 1 || !slices.Contains(strings.Split(c.reason, "|"), h.Reason) || h.Found != c.found || (c.reason == "") != h.Failed.IsZero() || (c.reason == "") != (h.Error == "") {
				t.Errorf("%+v", h)
			}
			if c.problem != "" && (len(h.Problems) == 0 || h.Problems[0].Code != c.problem) {
				t.Errorf("problems %+v", h.Problems)
			}
			if c.reason == "gone" && src.State != ledger.Paused {
				t.Errorf("a source that is gone is %s", src.State)
			}
			if c.reason == "busy" && time.Until(src.Next) < 50*time.Minute {
				t.Errorf("a host that wants an hour is visited in %v", time.Until(src.Next))
			}
		})
	}
}

// zeros is zeros without an end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
