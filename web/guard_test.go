package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

const token = "0123456789abcdef0123"

func TestCheckAddr(t *testing.T) {
	for _, c := range []struct {
		addr, token string
		want        error
	}{
		{"127.0.0.1:8080", "", nil},
		{"localhost:0", "", nil},
		{"[::1]:8080", "", nil},
		{"0.0.0.0:8080", token, nil},
		{"127.0.0.1:8080", token, nil},
		{":8080", "", onrecord.ErrForbidden},
		{"0.0.0.0:8080", "", onrecord.ErrForbidden},
		{"192.0.2.1:80", "", onrecord.ErrForbidden},
		{"localhost.example:80", "", onrecord.ErrForbidden},
		{"0.0.0.0:8080", "short", onrecord.ErrInvalid},
		{"8080", "", onrecord.ErrInvalid},
	} {
		err := CheckAddr(c.addr, c.token)
		if !errors.Is(err, c.want) || (c.want != nil && onrecord.Hint(err) == "") {
			t.Errorf("%s, %q: %v (hint %q), want %v", c.addr, c.token, err, onrecord.Hint(err), c.want)
		}
	}
}

// A hostile page that points its own name at this machine sends that name.
func TestHostHeader(t *testing.T) {
	shelf := keep(t)
	here := serve(t, shelf)
	open := serve(t, shelf, func(o *Options) { o.Addr, o.Token, o.Hosts = "0.0.0.0:8080", token, []string{"record.example"} })
	for _, c := range []struct {
		handler http.Handler
		host    string
		want    int
	}{
		{here, "127.0.0.1:8080", http.StatusOK},
		{here, "localhost:8080", http.StatusOK},
		{here, "LOCALHOST", http.StatusOK},
		{here, "[::1]:8080", http.StatusOK},
		{here, "127.0.0.1:9999", http.StatusOK}, // a tunnel's port
		{here, "evil.example:8080", http.StatusMisdirectedRequest},
		{here, "127.0.0.1.evil.example", http.StatusMisdirectedRequest},
		{here, "192.0.2.7:8080", http.StatusMisdirectedRequest},
		{here, "", http.StatusMisdirectedRequest},
		{open, "192.0.2.7:8080", http.StatusOK},
		{open, "record.example", http.StatusOK},
		{open, "evil.example", http.StatusMisdirectedRequest},
	} {
		got := get(t, c.handler, "/healthz", func(r *http.Request) { r.Host = c.host })
		if got.StatusCode != c.want {
			t.Errorf("host %q: %d, want %d", c.host, got.StatusCode, c.want)
		}
	}
}

func TestHeaders(t *testing.T) {
	h := serve(t, keep(t))
	for _, path := range []string{"/", "/search.json", "/nowhere", "/nowhere.json", "/assets/x/y"} {
		got := get(t, h, path)
		for name, want := range map[string]string{
			"Content-Security-Policy": contentPolicy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
		} {
			if v := got.Header.Get(name); v != want {
				t.Errorf("%s: %s is %q", path, name, v)
			}
		}
	}
	for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
		if !strings.Contains(contentPolicy, part) {
			t.Errorf("the policy lacks %s", part)
		}
	}
	if strings.Contains(contentPolicy, "unsafe") || strings.Contains(contentPolicy, "*") {
		t.Error("the policy lets in what it must not")
	}
}

func TestMethods(t *testing.T) {
	h := serve(t, keep(t, "harbour"))
	for method, want := range map[string]int{
		http.MethodGet: 200, http.MethodHead: 200, http.MethodPut: 405, http.MethodDelete: 405, http.MethodOptions: 405, http.MethodTrace: 405, "PROPFIND": 405,
	} {
		if got := ask(t, h, method, "/articles", nil); got.StatusCode != want {
			t.Errorf("%s: %d, want %d", method, got.StatusCode, want)
		}
	}
	get(t, h, "/undo/r-0000000000000").want(t, http.StatusNotFound) // forms are sent, not followed
}

func TestFormsOfOtherSites(t *testing.T) {
	shelf := keep(t, "harbour")
	h := serve(t, shelf)
	path, form := "/statement/"+string(shelf.statement("harbour", 2))+"/mark", url.Values{"verdict": {"wrong"}}
	for _, site := range []string{"cross-site", "same-site"} {
		ask(t, h, http.MethodPost, path, form, header("Sec-Fetch-Site", site)).want(t, http.StatusForbidden, "sent from another site")
	}
	ask(t, h, http.MethodPost, path, form, func(r *http.Request) {
		r.Header.Del("Sec-Fetch-Site")
		r.Header.Set("Origin", "http://evil.example")
	}).want(t, http.StatusForbidden)
	if v := shelf.record("harbour", 2).Verdict; v != "" {
		t.Errorf("the statement is marked %s", v)
	}
	ask(t, h, http.MethodPost, path, form, func(r *http.Request) {
		r.Header.Del("Sec-Fetch-Site")
		r.Header.Set("Origin", "http://"+testAddr)
	}).want(t, http.StatusSeeOther)
}

func TestLargeForm(t *testing.T) {
	shelf := keep(t, "harbour")
	h := serve(t, shelf)
	ask(t, h, http.MethodPost, "/statement/"+string(shelf.statement("harbour", 2))+"/mark",
		url.Values{"verdict": {"wrong"}, "why": {strings.Repeat("x", bodyLimit)}}).want(t, http.StatusRequestEntityTooLarge)
}

func TestToken(t *testing.T) {
	h := serve(t, keep(t, "harbour"), func(o *Options) { o.Token = token })

	// A page leads to the login, data says what is missing.
	got := get(t, h, "/search?q=wall")
	got.want(t, http.StatusSeeOther)
	if to := got.Header.Get("Location"); to != "/login?next=%2Fsearch%3Fq%3Dwall" {
		t.Errorf("leads to %s", to)
	}
	got = get(t, h, "/search.json")
	got.want(t, http.StatusUnauthorized, `"status": 401`)
	if got.Header.Get("WWW-Authenticate") == "" {
		t.Error("no WWW-Authenticate")
	}
	get(t, h, "/search.json", header("Authorization", "Bearer "+token)).want(t, http.StatusOK)
	get(t, h, "/search.json", header("Authorization", "Bearer "+token+"x")).want(t, http.StatusUnauthorized)
	get(t, h, "/search.json", header("Authorization", "Basic "+token)).want(t, http.StatusUnauthorized)
	get(t, h, "/healthz").want(t, http.StatusOK)

	get(t, h, "/login?next=/articles").want(t, http.StatusOK, `value="/articles"`, `type="password"`)
	get(t, h, "/login?next=//evil.example").want(t, http.StatusOK, `name="next" value="/"`)
	if to := get(t, serve(t, keep(t)), "/login").Header.Get("Location"); to != "/" {
		t.Errorf("a login that is not needed leads to %q", to)
	}

	// The cookie opens everything, is read by no script, and is not the token.
	ask(t, h, http.MethodPost, "/login", url.Values{"token": {"wrong"}, "next": {"/articles"}}).want(t, http.StatusUnauthorized, "not the token")
	got = ask(t, h, http.MethodPost, "/login", url.Values{"token": {token}, "next": {"/articles"}})
	got.want(t, http.StatusSeeOther)
	if to := got.Header.Get("Location"); to != "/articles" {
		t.Errorf("leads to %s", to)
	}
	cookies := got.Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d cookies", len(cookies))
	}
	c := cookies[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || strings.Contains(c.Value, token) {
		t.Errorf("cookie %v", c)
	}
	get(t, h, "/articles", func(r *http.Request) { r.AddCookie(c) }).want(t, http.StatusOK, "Log out")
	get(t, h, "/articles", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: c.Name, Value: token}) }).want(t, http.StatusSeeOther)

	// Logging out takes it away.
	got = ask(t, h, http.MethodPost, "/logout", url.Values{}, func(r *http.Request) { r.AddCookie(c) })
	if len(got.Cookies()) != 1 || got.Cookies()[0].MaxAge >= 0 {
		t.Errorf("logging out sets %v", got.Cookies())
	}
}

func TestLocalPath(t *testing.T) {
	for address, want := range map[string]string{
		"/articles?words=x#s": "/articles?words=x#s", "": "/", "articles": "/", "//evil.example": "/", `/\evil.example`: "/",
		"https://evil.example/": "/", "javascript:alert(1)": "/", "/\t/evil.example": "/", "/a\r\nSet-Cookie: x": "/",
	} {
		if got := localPath(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

// A panic costs one page, and its words stay in the log.
func TestPanic(t *testing.T) {
	s := &site{opt: Options{Addr: testAddr}, log: quiet(t)}
	var err error
	if s.pages, err = loadPages(s); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret") })).
		ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}
