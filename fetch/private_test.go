package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a name server on loopback that answers every question for an IPv4
// address with the next of its answers, and with the last one ever after.
func names(t *testing.T, answers ...string) *net.Resolver {
	t.Helper()
	var asked atomic.Int32
	socket, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 1500)
		for {
			n, from, err := socket.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil {
				continue
			}
			m.Response, m.Additionals = true, nil
			if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
				ip := netip.MustParseAddr(answers[min(int(asked.Add(1)), len(answers))-1])
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
					Body:   &dnsmessage.AResource{A: ip.As4()},
				}}
			}
			if reply, err := m.Pack(); err == nil {
				_, _ = socket.WriteTo(reply, from)
			}
		}
	}()
	t.Cleanup(func() {
		_ = socket.Close()
		<-done
	})
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", socket.LocalAddr().String())
	}}
}

// A name that is public when it is first looked up and leads into the machine
// afterwards is refused when it is dialled.
func TestNameThatChangesItsAddress(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("asked for %s", r.URL) }))
	defer server.Close()
	errPublic := errors.New("this would leave the machine")
	var passed []string
	d := dialer(false)
	d.Resolver = names(t, "93.184.215.14", "127.0.0.1")
	guard := d.Control
	d.Control = func(network, address string, raw syscall.RawConn) error {
		if err := guard(network, address, raw); err != nil {
			return err
		}
		passed = append(passed, address)
		return errPublic // nothing of a test leaves the machine
	}
	c := client(t, func(o *Options) { o.Transport = transport(d) })
	_, err := c.Get(t.Context(), Request{URL: "http://turns.example/"})
	if f := wantFailure(t, err, Refused); !errors.Is(f, errPublic) {
		t.Fatalf("the first time: %v", err)
	}
	_, err = c.Get(t.Context(), Request{URL: "http://turns.example/"})
	wantFailure(t, err, Private)
	if strings.Join(passed, " ") != "93.184.215.14:80" {
		t.Errorf("let through: %v", passed)
	}
}

// The same for where a public site's redirect leads.
func TestRedirectsIntoTheMachine(t *testing.T) {
	guarded := transport(dialer(false))
	to := ""
	c := client(t, func(o *Options) {
		o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			if r.URL.Hostname() != "public.example" {
				return guarded.RoundTrip(r)
			}
			w := httptest.NewRecorder()
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
			} else {
				http.Redirect(w, r, to, http.StatusFound)
			}
			return w.Result(), nil
		})
	})
	for address, want := range map[string]Reason{
		"http://127.0.0.1/": Private, "http://127.0.0.1:9200/": Private, "http://169.254.169.254/latest/meta-data/": Private,
		"http://[::ffff:127.0.0.1]/": Private, "http://[::1]/": Private, "http://168.63.129.16/": Private,
		"http://2130706433/": Redirects, "http://0x7f000001/": Redirects, "http://0177.0.0.1/": Redirects,
	} {
		to = address
		_, err := c.Get(t.Context(), Request{URL: "http://public.example/"})
		if f, ok := errors.AsType[*RequestError](err); !ok || f.Reason != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
}
