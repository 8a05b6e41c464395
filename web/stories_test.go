package web

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

// gathered is a shelf whose articles tell one story: "council" carries the text of
// "harbour", "foreign" has one of its own.
func gathered(t *testing.T) (*shelf, onrecord.ID) {
	t.Helper()
	s := keep(t, "harbour", "council", "foreign")
	day := time.Date(2031, 3, 1, 9, 0, 0, 0, time.UTC)
	first, err := s.Tell(t.Context(), ledger.Telling{Article: s.article("harbour"), At: day, Publisher: "harbour"})
	if err != nil {
		t.Fatal(err)
	}
	id := first[0].Story
	_, err = s.Tell(t.Context(),
		ledger.Telling{
			Article: s.article("council"), Story: id, Text: s.article("harbour"), At: day.Add(time.Hour), Publisher: "council",
			Copies: []ledger.Copy{{Of: s.article("harbour"), Relation: "truncated", Containment: .9}},
		},
		ledger.Telling{Article: s.article("foreign"), Story: id, At: day.Add(2 * time.Hour), Publisher: "hafen", Score: .4, Why: "the same names"})
	if err != nil {
		t.Fatal(err)
	}
	return s, id
}

// Each distinct text of a story stands with its carriers and the three counts.
func TestStoryPage(t *testing.T) {
	s, id := gathered(t)
	h := serve(t, s)
	get(t, h, "/story/"+string(id)).want(t, http.StatusOK, "<b>3</b> reports", "<b>2</b> distinct texts", "<b>2</b> independent sources", "1 carrier of this text", "truncated", "the same names")
	get(t, h, "/stories").want(t, http.StatusOK, "/story/"+string(id))
	get(t, h, articleAddress(s.article("council"), "")).want(t, http.StatusOK, "Part of", "3 reports, 2 distinct texts, 2 independent sources", "This text also stands in")
	data := decode[wire.Story](t, get(t, h, "/story/"+string(id)+".json").Body)
	if data.Reports != 3 || data.Texts != 2 || data.Sources != 2 || len(data.Articles) != 3 || data.Articles[1].Relation != "truncated" {
		t.Errorf("%+v", data)
	}
	if list := decode[storyList](t, get(t, h, "/stories.json").Body); len(list.Stories) != 1 || list.Stories[0].Articles != 3 {
		t.Errorf("%+v", list)
	}
	get(t, h, "/story/n-0000000000000").want(t, http.StatusNotFound)
}

// A reader takes an article out of a story, and takes that back.
func TestStoryIsPutRight(t *testing.T) {
	s, id := gathered(t)
	h := serve(t, s)
	got := ask(t, h, http.MethodPost, "/story/"+string(id)+"/apart", url.Values{"article": {string(s.article("foreign"))}})
	if got.StatusCode != http.StatusSeeOther {
		t.Fatal(got.StatusCode, got.Body)
	}
	get(t, h, "/story/"+string(id)).want(t, http.StatusOK, "<b>2</b> reports", "How it was grouped", "Nora Berg")
	st, err := s.Story(t.Context(), id)
	if err != nil || len(st.Regroupings) != 1 {
		t.Fatal(st, err)
	}
	got = ask(t, h, http.MethodPost, "/ungroup/"+string(st.Regroupings[0].ID), url.Values{"back": {"/story/" + string(id)}})
	if got.StatusCode != http.StatusSeeOther {
		t.Fatal(got.StatusCode, got.Body)
	}
	get(t, h, "/story/"+string(id)).want(t, http.StatusOK, "<b>3</b> reports", "undone by")
	readers := serve(t, s, func(o *Options) { o.Writable = false })
	if got := ask(t, readers, http.MethodPost, "/story/"+string(id)+"/apart", url.Values{"article": {string(s.article("foreign"))}}); got.StatusCode != http.StatusForbidden {
		t.Errorf("a reader who may not write: %d", got.StatusCode)
	}
}

// How each source fares is told: what failed, since when, and what was lost.
func TestSourcePages(t *testing.T) {
	s := keep(t)
	h := serve(t, s)
	get(t, h, "/sources").want(t, http.StatusOK, "Nothing is watched yet")
	now := time.Now()
	for address, change := range map[string]func(*ledger.Source, int){
		"https://well.example/feed": func(src *ledger.Source, _ int) {
			src.Health.Visits, src.Health.Visited, src.Health.Answered, src.Health.New = 3, now, now, now
		},
		"https://down.example/feed": func(src *ledger.Source, _ int) {
			src.Health.Visits, src.Health.Failures, src.Health.Failed, src.Health.Reason, src.Health.Error = 4, 2, now, "timeout", "no answer <in time>"
		},
	} {
		src, _, err := s.AddSource(t.Context(), ledger.Source{Address: address})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Visited(t.Context(), src.ID, []ledger.Lead{{Address: address + "/1", Title: "A bridge", Host: "x", Due: now, Found: now}}, change); err != nil {
			t.Fatal(err)
		}
	}
	get(t, h, "/sources").want(t, http.StatusOK, "2 sources", "1 failing", "https://well.example/feed", "timeout, since")
	src, err := s.Source(t.Context(), "https://down.example/feed")
	if err != nil {
		t.Fatal(err)
	}
	get(t, h, "/source/"+string(src.ID)).want(t, http.StatusOK, "2 failures in a row", "no answer &lt;in time&gt;", "A bridge", "waiting")
	data := decode[map[string][]sourceItem](t, get(t, h, "/sources.json").Body)
	if len(data["sources"]) != 2 || data["sources"][0].Address == "" {
		t.Errorf("%+v", data)
	}
	get(t, h, "/source/o-0000000000000").want(t, http.StatusNotFound)
}
