package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// loginCookie holds what shows that the token was once given: a keyed hash, so
// that the token itself is kept in no browser.
const loginCookie = "onrecord_login"

// wrongTokenDelay slows guessing down.
const wrongTokenDelay = 500 * time.Millisecond

// withLogin lets nobody in without the token, where one is set.
func (s *site) withLogin(next http.Handler) http.Handler {
	if s.opt.Token == "" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		open := r.URL.Path == "/login" || r.URL.Path == "/healthz" || strings.HasPrefix(r.URL.Path, "/assets/")
		if open || s.loggedIn(r) {
			next.ServeHTTP(w, r)
			return
		}
		if _, format := dataFormat(r.URL.Path); format == asPage && r.Method != http.MethodPost && r.Header.Get("Authorization") == "" {
			http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
			return
		}
		w.Header().Set("WWW-Authenticate", `Bearer realm="onrecord"`)
		s.failWith(w, r, http.StatusUnauthorized, onrecord.WithHint(
			fmt.Errorf("%w: the token is missing or wrong", onrecord.ErrForbidden), "send it as Authorization: Bearer TOKEN, or log in at /login"))
	})
}

// loggedIn reports whether a request shows the token or the cookie made of it.
func (s *site) loggedIn(r *http.Request) bool {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return same(token, s.opt.Token)
	}
	c, err := r.Cookie(loginCookie)
	return err == nil && same(c.Value, s.loginProof())
}

// loginProof is the cookie's value.
func (s *site) loginProof() string {
	mac := hmac.New(sha256.New, []byte(s.opt.Token))
	mac.Write([]byte("onrecord login 1"))
	return hex.EncodeToString(mac.Sum(nil))
}

// same compares in a time that tells nothing about either side.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

type loginView struct {
	Next  string
	Wrong bool
}

func (s *site) loginPage(w http.ResponseWriter, r *http.Request) {
	if s.opt.Token == "" {
		leadTo(w, r, r.FormValue("next"))
		return
	}
	s.page(w, r, "login", page{Title: "Log in", Main: loginView{Next: localPath(r.FormValue("next"))}})
}

func (s *site) login(w http.ResponseWriter, r *http.Request) {
	next := r.PostFormValue("next")
	if s.opt.Token == "" {
		leadTo(w, r, next)
		return
	}
	if !same(r.PostFormValue("token"), s.opt.Token) {
		select {
		case <-time.After(wrongTokenDelay):
		case <-r.Context().Done():
		}
		s.pageWith(w, r, http.StatusUnauthorized, "login", page{Title: "Log in", Main: loginView{Next: localPath(next), Wrong: true}})
		return
	}
	http.SetCookie(w, s.cookie(r, loginCookie, s.loginProof(), 30*24*time.Hour))
	leadTo(w, r, next)
}

func (s *site) logout(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, s.cookie(r, loginCookie, "", -time.Second))
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// cookie is one that no script reads and no other site sends.
func (s *site) cookie(r *http.Request, name, value string, age time.Duration) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // Secure wherever the connection is; on plain loopback a browser would not keep it
		Name: name, Value: value, Path: "/", MaxAge: int(age / time.Second),
		HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode,
	}
}

// leadTo answers a form with the address of the page to show, on this site.
func leadTo(w http.ResponseWriter, r *http.Request, address string) {
	http.Redirect(w, r, localPath(address), http.StatusSeeOther) //nolint:gosec // localPath leads nowhere else
}

// localPath is an address on this site: what was asked for when it is one, else
// the first page. Browsers take "//host" and "/\host" for other hosts.
func localPath(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(address, "/") ||
		strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\t\r\n") {
		return "/"
	}
	return address
}
