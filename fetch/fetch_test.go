package fetch

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
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/onrecord/onrecord"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// site is a server on loopback without a robots.txt, and a client that may ask it.
func site(t testing.TB, handler http.HandlerFunc, change ...func(*Options)) (*Client, string) {
	t.Helper()
	server := httptest.NewServer(withoutRobots(handler))
	t.Cleanup(server.Close)
	return client(t, change...), server.URL
}

func withoutRobots(handler http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		handler(w, r)
	})
}

func client(t testing.TB, change ...func(*Options)) *Client {
	t.Helper()
	opt := Options{Agent: "onrecord/0 (+https://onrecord.example)", AllowPrivate: true, Delay: time.Millisecond, Timeout: 2 * time.Second}
	for _, c := range change {
		c(&opt)
	}
	c, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// wantFailure holds an error to its reason.
func wantFailure(t *testing.T, err error, want Reason) *RequestError {
	t.Helper()
	f, ok := errors.AsType[*RequestError](err)
	if !ok || f.Reason != want {
		t.Fatalf("%v (%+v), want %q", err, f, want)
	}
	return f
}

func TestPageIsFetchedAndNotAgain(t *testing.T) {
	c, address := site(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.Header.Get("User-Agent"), "onrecord/") || r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("asked with %v", r.Header)
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Cache-Control", "public, max-age=600")
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, "The bridge is safe.")
		_ = z.Close()
	})
	got, err := c.Get(t.Context(), Request{URL: address + "/a"})
	if err != nil || string(got.Body) != "The bridge is safe." || got.ETag != `"v1"` || got.MaxAge != 10*time.Minute || got.NotModified || got.Retrieved.IsZero() {
		t.Fatalf("%+v, %v", got, err)
	}
	again, err := c.Get(t.Context(), Request{URL: address + "/a", ETag: got.ETag})
	if err != nil || !again.NotModified || again.ETag != `"v1"` {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestRobotsIsAskedOnceAndKept(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
			_, _ = io.WriteString(w, "User-agent: onrecord\nDisallow: /private")
			return
		}
		if strings.HasPrefix(r.URL.Path, "/private") {
			t.Errorf("asked for %s", r.URL)
		}
	}))
	defer server.Close()
	c := client(t)
	for range 3 {
		if _, err := c.Get(t.Context(), Request{URL: server.URL + "/open"}); err != nil {
			t.Fatal(err)
		}
		_, err := c.Get(t.Context(), Request{URL: server.URL + "/private/a"})
		if wantFailure(t, err, Robots); !errors.Is(err, onrecord.ErrForbidden) {
			t.Error(err)
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("robots.txt was asked for %d times", n)
	}
}

// What cannot be had forbids all for a while, what is not there nothing.
func TestRobotsThatCannotBeHad(t *testing.T) {
	for status, want := range map[int]Reason{404: "", 403: "", 401: "", 410: "", 500: Robots, 503: Robots, 429: Robots} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(status)
			}
		}))
		_, err := client(t).Get(t.Context(), Request{URL: server.URL + "/a"})
		if want == "" && err != nil {
			t.Errorf("%d: %v", status, err)
		}
		if want != "" {
			if f := wantFailure(t, err, want); f.RetryAfter <= 0 {
				t.Errorf("%d: %+v", status, f)
			}
		}
		server.Close()
	}
}

func TestRobotsOfARedirectsHost(t *testing.T) {
	closed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			t.Errorf("asked for %s", r.URL)
		}
		_, _ = io.WriteString(w, "User-agent: *\nDisallow: /")
	}))
	defer closed.Close()
	c, address := site(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, closed.URL+"/a", http.StatusFound) })
	_, err := c.Get(t.Context(), Request{URL: address})
	wantFailure(t, err, Robots)
}

func TestRedirects(t *testing.T) {
	c, address := site(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
		case "/now":
			http.Redirect(w, r, "/new", http.StatusFound)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/secret":
			http.Redirect(w, r, "http://me:secret@"+r.Host+"/new", http.StatusFound)
		default:
			_, _ = io.WriteString(w, "here")
		}
	})
	for path, moved := range map[string]string{"/old": address + "/new", "/now": "", "/new": ""} {
		got, err := c.Get(t.Context(), Request{URL: address + path})
		if err != nil || got.URL != address+"/new" || got.Moved != moved || string(got.Body) != "here" {
			t.Errorf("%s: %+v, %v", path, got, err)
		}
	}
	for _, path := range []string{"/loop", "/file", "/secret"} {
		_, err := c.Get(t.Context(), Request{URL: address + path})
		wantFailure(t, err, Redirects)
	}
}

func TestPrivateAddressesAreNotDialled(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("asked for %s", r.URL) }))
	defer server.Close()
	safe := client(t, func(o *Options) { o.AllowPrivate = false })
	for _, address := range []string{
		server.URL, "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
		"http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/",
		"http://[fd00::1]/", "http://[fe80::1]/", "http://0.0.0.0/", "http://168.63.129.16/",
	} {
		_, err := safe.Get(t.Context(), Request{URL: address})
		f, ok := errors.AsType[*RequestError](err)
		if !ok || f.Reason != Private && f.Reason != DNS && f.Reason != BadAddress {
			t.Errorf("%s: %v", address, err)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestSizes(t *testing.T) {
	zeros := func(n int) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		for range n >> 20 {
			_, _ = z.Write(make([]byte, 1<<20))
		}
		_ = z.Close()
		return b.Bytes()
	}
	bomb := zeros(64 << 20)
	c, address := site(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/long":
			_, _ = w.Write(bytes.Repeat([]byte("words "), 1<<20))
		case "/endless":
			for r.Context().Err() == nil {
				if _, err := w.Write(bytes.Repeat([]byte("words "), 1<<16)); err != nil {
					return
				}
			}
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		case "/twice":
			w.Header().Set("Content-Encoding", "gzip, gzip")
			_, _ = w.Write(bomb)
		case "/brotli":
			w.Header().Set("Content-Encoding", "br")
		case "/undone":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.WriteString(w, "plain words")
		case "/short":
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "cut off")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		case "/lying":
			w.Header().Set("Content-Type", "image/png")
			_, _ = io.WriteString(w, "<html>words</html>")
		}
	})
	get := func(path string, kind Kind) (Response, error) {
		return c.Get(t.Context(), Request{URL: address + path, Kind: kind})
	}
	for _, path := range []string{"/long", "/endless"} {
		if got, err := get(path, Page); err != nil || !got.Truncated || len(got.Body) != 5<<20 {
			t.Errorf("%s: %d bytes, %v", path, len(got.Body), err)
		}
	}
	_, err := get("/endless", Feed)
	if wantFailure(t, err, TooLarge); !errors.Is(err, onrecord.ErrTooLarge) {
		t.Error(err)
	}
	for _, path := range []string{"/bomb", "/twice", "/brotli"} {
		_, err := get(path, Page)
		wantFailure(t, err, Encoding)
	}
	if got, err := get("/undone", Page); err != nil || string(got.Body) != "plain words" {
		t.Errorf("%q, %v", got.Body, err)
	}
	if got, err := get("/short", Page); err != nil || string(got.Body) != "cut off" || !got.Truncated {
		t.Errorf("%q, %+v, %v", got.Body, got.Truncated, err)
	}
	if got, err := get("/lying", Page); err != nil || string(got.Body) != "<html>words</html>" {
		t.Errorf("%q, %v", got.Body, err)
	}
}

func TestSlow(t *testing.T) {
	c, address := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/drip" {
			for r.Context().Err() == nil {
				_, _ = io.WriteString(w, ".")
				_ = http.NewResponseController(w).Flush()
				time.Sleep(10 * time.Millisecond)
			}
		}
		<-r.Context().Done()
	}, func(o *Options) { o.Timeout = 200 * time.Millisecond })
	for _, path := range []string{"/silent", "/drip"} {
		start := time.Now()
		_, err := c.Get(t.Context(), Request{URL: address + path})
		if wantFailure(t, err, Timeout); time.Since(start) > 5*time.Second {
			t.Errorf("%s: after %v", path, time.Since(start))
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := c.Get(ctx, Request{URL: address + "/silent"}); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	var asked atomic.Int32
	c, address := site(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/busy":
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/error":
			w.WriteHeader(http.StatusInternalServerError)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	ask := func(path string) error {
		_, err := c.Get(t.Context(), Request{URL: address + path})
		return err
	}
	if f := wantFailure(t, ask("/gone"), Gone); f.Status != http.StatusGone {
		t.Errorf("%+v", f)
	}
	if err := ask("/none"); !errors.Is(err, onrecord.ErrNotFound) {
		t.Error(err)
	}
	wantFailure(t, ask("/error"), Status)
	if f := wantFailure(t, ask("/busy"), Busy); f.RetryAfter != time.Hour {
		t.Errorf("%+v", f)
	}
	before := asked.Load()
	if f := wantFailure(t, ask("/another"), Busy); f.RetryAfter < 59*time.Minute || asked.Load() != before {
		t.Errorf("%+v; asked %d times meanwhile", f, asked.Load()-before)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 2, 24, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"120": 2 * time.Minute, "-1": 0, "soon": 0, "999999999999": 24 * time.Hour, "Sat, 24 Feb 2024 12:10:00 GMT": 10 * time.Minute,
		"Fri, 23 Feb 2024 12:10:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

func TestConnectionsThatFail(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	c := client(t)
	for address, want := range map[string]Reason{
		secure.URL: TLS, strings.Replace(secure.URL, "https", "http", 1): Status, closed.URL: Refused, "https://" + strings.TrimPrefix(closed.URL, "http://"): Refused,
		"ftp://a.example/": BadAddress, "nothing": BadAddress,
	} {
		_, err := c.Get(t.Context(), Request{URL: address})
		f, ok := errors.AsType[*RequestError](err)
		if !ok || f.Reason != want {
			t.Errorf("%s: %v (%+v), want %s", address, err, f, want)
		}
	}
}

// One host is asked one request at a time, with a pause; another one meanwhile.
func TestPace(t *testing.T) {
	var mu sync.Mutex
	inside, worst := 0, 0
	var times []time.Time
	handler := func(http.ResponseWriter, *http.Request) {
		mu.Lock()
		inside++
		worst = max(worst, inside)
		times = append(times, time.Now())
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		inside--
		mu.Unlock()
	}
	c, address := site(t, handler, func(o *Options) { o.Delay = 40 * time.Millisecond })
	var wait sync.WaitGroup
	for i := range 5 {
		wait.Go(func() {
			if _, err := c.Get(t.Context(), Request{URL: fmt.Sprintf("%s/%d", address, i)}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if worst != 1 || len(times) != 5 {
		t.Errorf("%d requests at a time, %d in all", worst, len(times))
	}
	for i := 1; i < len(times); i++ {
		if d := times[i].Sub(times[i-1]); d < 40*time.Millisecond {
			t.Errorf("%v between two requests", d)
		}
	}
}

func TestBackoff(t *testing.T) {
	for failures, want := range map[int]time.Duration{0: time.Minute, 1: time.Minute, 2: 2 * time.Minute, 5: 16 * time.Minute, 50: time.Hour} {
		got := Backoff(failures, time.Minute, time.Hour, 0.2)
		if got < want*8/10 || got > want*12/10 {
			t.Errorf("after %d: %v, want about %v", failures, got, want)
		}
	}
}

func TestAgentsName(t *testing.T) {
	if _, err := New(Options{Agent: "on record/1"}); !errors.Is(err, onrecord.ErrInvalid) {
		t.Error(err)
	}
}

func BenchmarkGet(b *testing.B) {
	page := bytes.Repeat([]byte("words of a page "), 100_000/16)
	c, address := site(b, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(page) }, func(o *Options) { o.Delay = time.Nanosecond })
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := c.Get(b.Context(), Request{URL: address}); err != nil {
			b.Fatal(err)
		}
	}
}
