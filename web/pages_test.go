package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestPagesAnswer(t *testing.T) {
	store := fakeStore(t, "harbour", "council", "hostile", "foreign")
	h, err := New(store, Options{Addr: "127.0.0.1:8080", Writable: true, Reviewer: "ada", Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/", "/search?q=wall", "/search.json", "/search.csv", "/search.jsonl", "/articles", "/articles.json", "/articles.csv",
		"/article/a-0000000000001", "/article/a-0000000000003", "/article/a-0000000000004", "/article/a-0000000000001.json", "/article/a-0000000000001.csv",
		"/statement/s-0000010000002", "/statement/s-0000010000002.json", "/speakers", "/speakers.json", "/speakers.csv", "/speaker/ada-lindqvist", "/speaker/ada-lindqvist.csv",
		"/help", "/login", "/healthz",
	} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "127.0.0.1:8080"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d\n%.500s", path, w.Code, w.Body)
		}
	}
}
