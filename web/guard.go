package web

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// contentPolicy lets a page load its own style, script and icon, send forms to
// this server, and nothing else. No inline script or style can run.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// withHeaders sets what every answer carries. The referrer policy keeps the
// origin for this site, because a browser that may send none sends "null" as the
// origin of a form.
func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		next.ServeHTTP(w, r)
	})
}

// recovered turns a panic into an answer, so that one page costs one page.
func (s *site) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(p) // the server cuts the connection without a word
			}
			s.log.Error("panic while answering", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
			s.fail(w, r, fmt.Errorf("answer %s: %v", r.URL.Path, p))
		}()
		next.ServeHTTP(w, r)
	})
}

// knownHost refuses requests for a name that is not this server's. A hostile
// page can point its own name at this machine (DNS rebinding); the browser then
// sends that name.
func (s *site) knownHost(next http.Handler) http.Handler {
	listening, _, _ := net.SplitHostPort(s.opt.Addr)
	known := append([]string{"localhost", listening}, s.opt.Hosts...)
	if !loopback(listening) {
		if name, err := os.Hostname(); err == nil {
			known = append(known, name)
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
		ip := net.ParseIP(host)
		switch {
		case slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, host) }):
		case ip != nil && (ip.IsLoopback() || !loopback(listening)): // a number cannot be rebound
		default:
			s.failWith(w, r, http.StatusMisdirectedRequest, onrecord.WithHint(
				fmt.Errorf("%w: this server does not answer for the host %q", onrecord.ErrForbidden, r.Host),
				"open it by the address it listens on"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// knownMethod refuses everything but reading and sending forms.
func (s *site) knownMethod(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead, http.MethodPost:
			next.ServeHTTP(w, r)
		default:
			w.Header().Set("Allow", "GET, HEAD, POST")
			s.failWith(w, r, http.StatusMethodNotAllowed, fmt.Errorf("%w: the method %s is not taken here", onrecord.ErrInvalid, r.Method))
		}
	})
}

// sameOrigin refuses forms sent by pages of other sites.
func (s *site) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, fmt.Errorf("%w: the form was sent from another site", onrecord.ErrForbidden))
	}))
	return protection.Handler(next)
}
