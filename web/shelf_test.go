package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shelf is a ledger that holds stories, by their names.
type shelf struct {
	ledger.Store
	testing.TB
	kept map[string]ledger.Kept
}

// keep opens an empty ledger and keeps stories in it.
func keep(t testing.TB, names ...string) *shelf {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	s := &shelf{store, t, map[string]ledger.Kept{}}
	for _, name := range names {
		kept, err := store.Keep(t.Context(), tale(t, name))
		if err != nil || kept[0].Err != nil {
			t.Fatal(name, err, kept)
		}
		s.kept[name] = kept[0]
	}
	return s
}

func (s *shelf) article(name string) onrecord.ID { return s.kept[name].Article }

// statement is the public ID of a story's statement by its number in the story.
func (s *shelf) statement(name string, number int) onrecord.ID {
	return s.kept[name].Statements[number-1]
}

// record is a statement as it stands now.
func (s *shelf) record(name string, number int) ledger.Record {
	s.Helper()
	rec, err := s.Statement(s.Context(), s.statement(name, number))
	if err != nil {
		s.Fatal(err)
	}
	return rec
}

const testAddr = "127.0.0.1:8080"

// quiet logs to the test.
func quiet(t testing.TB) *slog.Logger {
	t.Helper()
	return slog.New(slog.NewTextHandler(t.Output(), nil))
}

// serve makes the site over a store; what it logs stays with the test.
func serve(t testing.TB, store ledger.Store, change ...func(*Options)) http.Handler {
	t.Helper()
	opt := Options{Addr: testAddr, Writable: true, Reviewer: "Nora Berg", Version: "0.0", Log: quiet(t)}
	for _, c := range change {
		c(&opt)
	}
	h, err := New(store, opt)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// answer is what a handler sent.
type answer struct {
	*http.Response
	Body string
}

// ask sends one request. Changes can add what it carries.
func ask(t testing.TB, h http.Handler, method, target string, body url.Values, change ...func(*http.Request)) answer {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body.Encode()))
	r.Host = testAddr
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	content, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{w.Result(), string(content)}
}

func get(t testing.TB, h http.Handler, target string, change ...func(*http.Request)) answer {
	t.Helper()
	return ask(t, h, http.MethodGet, target, nil, change...)
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// want checks the status and that words stand in the answer.
func (a answer) want(t testing.TB, status int, words ...string) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("status %d, want %d\n%.600s", a.StatusCode, status, a.Body)
		return
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("%q is not in the answer:\n%.4000s", w, a.Body)
		}
	}
}

func (a answer) wantNot(t testing.TB, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(a.Body, w) {
			t.Errorf("%q is in the answer", w)
		}
	}
}
