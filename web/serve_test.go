package web

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Serve lets a request under way finish when it is told to end.
func TestServe(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	started, release := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(started)
		<-release
		if r.Context().Err() != nil {
			t.Error("the request was cut")
		}
		_, _ = io.WriteString(w, "whole")
	})
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, ln, h) }()

	type reply struct {
		body string
		err  error
	}
	replied := make(chan reply, 1)
	go func() {
		res, err := http.Get("http://" + ln.Addr().String())
		if err != nil {
			replied <- reply{err: err}
			return
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		replied <- reply{string(body), err}
	}()
	<-started
	stop()
	time.Sleep(20 * time.Millisecond) // so that the end comes first
	close(release)
	if r := <-replied; r.err != nil || r.body != "whole" {
		t.Errorf("reply %q, %v", r.body, r.err)
	}
	if err := <-ended; err != nil {
		t.Errorf("end: %v", err)
	}
	if _, err := net.DialTimeout("tcp", ln.Addr().String(), time.Second); err == nil {
		t.Error("the address is still open")
	}
	http.DefaultClient.CloseIdleConnections()
}

func TestAddressesCanBeOpened(t *testing.T) {
	var own []net.Addr
	for _, cidr := range []string{"127.0.0.1/8", "::1/128", "192.0.2.7/24", "2001:db8::7/64", "fe80::1/64", "169.254.3.4/16"} {
		ip, n, err := net.ParseCIDR(cidr)
		if err != nil {
			t.Fatal(err)
		}
		own = append(own, &net.IPNet{IP: ip, Mask: n.Mask})
	}
	for _, tt := range []struct {
		listening, want string
		open            bool
	}{
		{"127.0.0.1:8080", "http://127.0.0.1:8080/", false},
		{"[::1]:8080", "http://[::1]:8080/", false},
		{"192.0.2.7:80", "http://192.0.2.7:80/", true},
		{"0.0.0.0:8080", "http://127.0.0.1:8080/ http://192.0.2.7:8080/", true},
		{"[::]:8080", "http://127.0.0.1:8080/ http://192.0.2.7:8080/ http://[2001:db8::7]:8080/", true},
	} {
		at, err := net.ResolveTCPAddr("tcp", tt.listening)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(Addresses(at, own), " "); got != tt.want || Open(at) != tt.open {
			t.Errorf("%s: %s, open %t; want %s, %t", tt.listening, got, Open(at), tt.want, tt.open)
		}
	}
}

func TestServeClosedListener(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = ln.Close()
	if err := Serve(t.Context(), ln, http.NotFoundHandler()); !errors.Is(err, net.ErrClosed) {
		t.Errorf("serve on a closed listener: %v", err)
	}
}
