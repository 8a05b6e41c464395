package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// clock is a clock that moves only when somebody sleeps.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func simulated(c *clock) func(*Options) {
	c.now = time.Date(2024, 2, 24, 12, 0, 0, 0, time.UTC)
	return func(o *Options) {
		o.Now = func() time.Time {
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.now
		}
		o.Sleep = func(_ context.Context, d time.Duration) error {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.now = c.now.Add(d)
			c.slept = append(c.slept, d)
			return nil
		}
	}
}

// web serves every host out of one handler, without a network.
func web(handler http.HandlerFunc) func(*Options) {
	return func(o *Options) {
		o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			handler(w, r)
			return w.Result(), nil
		})
	}
}

// A host waits as long as its robots.txt asks, one that asks for less than the
// client's own pause that long; and robots.txt is asked again after a day.
func TestPauseAndDay(t *testing.T) {
	var now clock
	asked := 0
	c := client(t, simulated(&now), func(o *Options) { o.Delay = 2 * time.Second }, web(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked++
			if r.URL.Host == "slow.example" && r.URL.Scheme == "http" {
				_, _ = io.WriteString(w, "User-agent: *\nCrawl-delay: 30")
			}
		}
	}))
	get := func(address string) {
		t.Helper()
		if _, err := c.Get(t.Context(), Request{URL: address}); err != nil {
			t.Fatal(err)
		}
	}
	// However the host is written, it is one host.
	get("http://slow.example/a")
	get("http://SLOW.example:80/b")
	get("http://slow.example./c")
	get("https://slow.example/d")
	get("http://fast.example/a")
	if got, want := fmt.Sprint(now.slept), "[30s 30s 30s 30s 30s 2s]"; got != want || asked != 3 {
		t.Errorf("slept %s, want %s; robots.txt asked for %d times", got, want, asked)
	}
	now.now = now.now.Add(25 * time.Hour)
	get("http://fast.example/b")
	if asked != 4 {
		t.Errorf("a day later robots.txt was asked for %d times", asked)
	}
}

// A host that is busy is left alone for as long as it says, or a minute.
func TestBusyHostIsLeftAlone(t *testing.T) {
	var now clock
	busy := ""
	c := client(t, simulated(&now), web(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" && busy != "" {
			w.Header().Set("Retry-After", busy)
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	for value, want := range map[string]time.Duration{"soon": time.Minute, "600": 10 * time.Minute, "9999999": 24 * time.Hour} {
		busy = value
		_, err := c.Get(t.Context(), Request{URL: "http://a.example/"})
		wantFailure(t, err, Busy)
		busy = ""
		now.now = now.now.Add(want - time.Second)
		_, err = c.Get(t.Context(), Request{URL: "http://a.example/other"})
		if f := wantFailure(t, err, Busy); f.Status != 0 || f.RetryAfter != time.Second {
			t.Errorf("%q: %+v", value, f)
		}
		now.now = now.now.Add(time.Second)
		if _, err := c.Get(t.Context(), Request{URL: "http://a.example/other"}); err != nil {
			t.Errorf("%q, afterwards: %v", value, err)
		}
	}
}

// Who waits for another's robots.txt can be called off.
func TestWaitingForRobotsIsCalledOff(t *testing.T) {
	reached, leave := make(chan struct{}), make(chan struct{})
	c := client(t, web(func(http.ResponseWriter, *http.Request) {
		close(reached)
		<-leave
	}))
	first, cancelFirst := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := c.Get(first, Request{URL: "http://a.example/"})
		done <- err
	}()
	<-reached
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := c.Get(ctx, Request{URL: "http://a.example/b"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	cancelFirst()
	close(leave)
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Hosts that were asked just now are forgotten, too, and their rules with them;
// one that is being asked is not.
func TestRoomIsBounded(t *testing.T) {
	var h hosts
	kept := h.of("kept.example")
	long := []rule{{pattern: strings.Repeat("a", 1<<20)}}
	for i := range mostHosts + 500 {
		one := h.of(fmt.Sprintf("host%d.example", i))
		if i%10 == 0 {
			one.plain.known.Store(&rules{lines: long})
			h.weigh(one)
		}
		h.done(one)
	}
	if len(h.all) > mostHosts || h.room > mostRoom || h.order.Len() != len(h.all) {
		t.Errorf("%d hosts and %d bytes are remembered", len(h.all), h.room)
	}
	if h.of("kept.example") != kept {
		t.Error("a host was forgotten while it was asked")
	}
}

// Compressed bytes that become nothing end; two headers are as good as one list.
func TestCompressionThatLeadsNowhere(t *testing.T) {
	var empty bytes.Buffer
	z := gzip.NewWriter(&empty)
	_ = z.Close()
	c, address := site(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		switch r.URL.Path {
		case "/empty":
			members := bytes.Repeat(empty.Bytes(), 4096)
			for r.Context().Err() == nil {
				if _, err := w.Write(members); err != nil {
					return
				}
			}
		case "/twice":
			w.Header().Add("Content-Encoding", "gzip")
			_, _ = w.Write(empty.Bytes())
		}
	})
	_, err := c.Get(t.Context(), Request{URL: address + "/empty"})
	wantFailure(t, err, TooLarge)
	_, err = c.Get(t.Context(), Request{URL: address + "/twice"})
	wantFailure(t, err, Encoding)
}

// Bytes are handed on as they are, in whatever charset.
func TestBytesPassThrough(t *testing.T) {
	raw := []byte("caf\xe9 \xff\xfe\x00")
	c, address := site(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(raw)
	})
	if got, err := c.Get(t.Context(), Request{URL: address}); err != nil || !bytes.Equal(got.Body, raw) {
		t.Errorf("%q, %v", got.Body, err)
	}
}
