package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/onrecord/onrecord"
)

// shortestToken is how many bytes a token must have: it may be guessed at over a
// network.
const shortestToken = 16

// CheckAddr refuses an address that other machines can reach unless a token of
// at least 16 bytes is set. The error wraps [onrecord.ErrForbidden], or
// [onrecord.ErrInvalid] where the address is none, with a hint.
func CheckAddr(addr, token string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return onrecord.WithHint(fmt.Errorf("address %q: %w: %w", addr, onrecord.ErrInvalid, err), "write it as host:port, such as 127.0.0.1:8080")
	}
	if token != "" && len(token) < shortestToken {
		return onrecord.WithHint(fmt.Errorf("%w: the token has %d bytes, fewer than %d", onrecord.ErrInvalid, len(token), shortestToken), "make one with: openssl rand -hex 16")
	}
	if token == "" && !loopback(host) {
		return onrecord.WithHint(fmt.Errorf("serve %s: %w: other machines can reach this address", addr, onrecord.ErrForbidden),
			"use 127.0.0.1, or set a token that readers must show")
	}
	return nil
}

// Addresses are where a browser finds a server that listens on a TCP address, the
// surest first. One that listens everywhere, which no browser can open, is found at
// the addresses of its machine's interfaces, own (see [net.InterfaceAddrs]);
// those that hold on one link alone are left out.
func Addresses(listening net.Addr, own []net.Addr) []string {
	on, ok := listening.(*net.TCPAddr)
	if !ok {
		return []string{"http://" + listening.String() + "/"}
	}
	address := func(ip net.IP) string {
		return "http://" + net.JoinHostPort(ip.String(), strconv.Itoa(on.Port)) + "/"
	}
	if !on.IP.IsUnspecified() {
		return []string{"http://" + on.String() + "/"}
	}
	list := []string{address(net.IPv4(127, 0, 0, 1))}
	for _, o := range own {
		n, ok := o.(*net.IPNet)
		switch {
		case !ok || n.IP.IsLoopback() || n.IP.IsLinkLocalUnicast():
		case n.IP.To4() == nil && on.IP.To4() != nil: // listens on IPv4 alone
		default:
			list = append(list, address(n.IP))
		}
	}
	return list
}

// Open reports whether other machines can reach an address. What they are sent is
// not encrypted.
func Open(listening net.Addr) bool {
	host, _, err := net.SplitHostPort(listening.String())
	return err != nil || !loopback(host)
}

// Time limits of the server. An export that is still being written moves its own
// deadline on.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 2 * time.Minute
	shutdownGrace = 5 * time.Second
)

// Serve answers on ln until ctx ends, then lets requests under way finish for
// some seconds. It closes ln, and returns nil after an orderly end.
func Serve(ctx context.Context, ln net.Listener, h http.Handler) error {
	requests, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return requests },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ln) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(requests, shutdownGrace)
	defer cancel()
	err := server.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		cut()
		err = server.Close()
	}
	if serveErr := <-ended; !errors.Is(serveErr, http.ErrServerClosed) {
		err = errors.Join(err, serveErr)
	}
	return err
}
