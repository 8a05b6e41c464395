package web

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

func TestFeed(t *testing.T) {
	shelf := keep(t, "harbour", "council", "hostile")
	h := serve(t, shelf)
	read := func(address string) atomFeed {
		t.Helper()
		got := get(t, h, address)
		got.want(t, http.StatusOK)
		if ct := got.Header.Get("Content-Type"); !strings.HasPrefix(ct, "application/atom+xml") {
			t.Errorf("%s: %s", address, ct)
		}
		var f atomFeed
		if err := xml.Unmarshal([]byte(got.Body), &f); err != nil {
			t.Fatal(address, err)
		}
		return f
	}
	f := read("/search.atom?q=by%3Alindqvist")
	if len(f.Entries) != 3 || f.Title != "onrecord: by:lindqvist" || f.Links[1].Href != "http://"+testAddr+"/search?q=by%3Alindqvist" {
		t.Fatalf("%+v", f)
	}
	e := f.Entries[0]
	want := "http://" + testAddr + statementAddress(shelf.statement("harbour", 2))
	if e.ID != want || e.Title != "Ada Lindqvist denied that her office had hidden a report on cracks in the sea wall" ||
		e.Published != "2031-03-04T08:30:00Z" || e.Updated != "2031-03-05T06:00:00Z" || e.Author.Name != "The Sandholm Courier" ||
		!strings.HasPrefix(e.Content, "SANDHOLM - Ada Lindqvist") {
		t.Errorf("%+v", e)
	}

	// A review brings an entry up to date, and the feed with it; so does undoing it.
	rec := shelf.record("harbour", 2)
	rec.Reviews = []onrecord.Review{{At: day(t, "2031-04-01").Time}, {At: day(t, "2031-05-01").Time, UndoneAt: day(t, "2031-06-01").Time}}
	f = feedOf(httptest.NewRequest(http.MethodGet, "/search.atom", nil), "", []ledger.Record{rec, shelf.record("harbour", 3)})
	if want := "2031-06-01T00:00:00Z"; f.Updated != want || f.Entries[0].Updated != want || f.Entries[1].Updated != "2031-03-05T06:00:00Z" {
		t.Errorf("%+v", f)
	}

	if f := read("/speaker/ada-lindqvist.atom"); len(f.Entries) != 3 {
		t.Errorf("%d entries of a speaker", len(f.Entries))
	}
	// So are the lists of articles and names.
	f = read("/articles.atom?words=harbour")
	if len(f.Entries) != 1 || f.Entries[0].ID != "http://"+testAddr+articleAddress(shelf.article("harbour"), "") || f.Entries[0].Title != "Harbour chief denies hiding cracks in sea wall" ||
		f.Entries[0].Author.Name != "The Sandholm Courier" || f.Entries[0].Updated != "2031-03-05T06:00:00Z" || f.Updated != f.Entries[0].Updated {
		t.Errorf("%+v", f)
	}
	f = read("/speakers.atom?prefix=ada")
	if len(f.Entries) != 1 || f.Entries[0].ID != "http://"+testAddr+"/speaker/ada-lindqvist" || f.Entries[0].Title != "Ada Lindqvist" || f.Entries[0].Updated != "2031-03-04T08:30:00Z" {
		t.Errorf("%+v", f)
	}
	// Hostile words are words.
	read("/search.atom?q=script")
	get(t, h, articleAddress(shelf.article("harbour"), "")+".atom").want(t, http.StatusNotFound)
	get(t, h, "/search.atom?q=since%3Asoon").want(t, http.StatusBadRequest, `"column": 7`)
}

func TestHeadlineOfIsShort(t *testing.T) {
	rec := keep(t, "harbour").record("harbour", 3)
	rec.Texts.Content = strings.Repeat("é", 500)
	if got := headlineOf(&rec); len([]rune(got)) != headlineLongest || !strings.HasSuffix(got, "…") {
		t.Errorf("%d characters: %s", len([]rune(got)), got)
	}
}
