package web

import (
	"fmt"
	"net/http"

	"github.com/onrecord/onrecord/ledger"
)

// articlesView lists articles.
type articlesView struct {
	Articles  []ledger.ArticleRef
	Words     string
	Language  string
	Older     string
	FirstPage string
	Paged     bool
	Totals    ledger.Totals
}

func (s *site) articles(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	_, format := dataFormat(r.URL.Path)
	limit, err := limitOf(values, format)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	q := ledger.ArticleQuery{
		Words: values.Get("words"), Language: values.Get("language"),
		Limit: limit, After: ledger.Cursor(values.Get("after")),
	}
	if format != asPage {
		s.articlesData(w, r, q, format)
		return
	}
	list, next, err := s.store.Articles(r.Context(), q)
	if err != nil {
		s.fail(w, r, fmt.Errorf("list articles: %w", err))
		return
	}
	totals, err := s.store.Totals(r.Context())
	if err != nil {
		s.fail(w, r, fmt.Errorf("list articles: %w", err))
		return
	}
	v := articlesView{
		Articles: list, Words: q.Words, Language: q.Language, Totals: totals,
		Paged: q.After != "", FirstPage: with(r.URL, "after", ""),
	}
	if next != "" {
		v.Older = with(r.URL, "after", string(next))
	}
	s.page(w, r, "articles", page{Title: "Articles", Here: "articles", Formats: true, Lines: true, Feed: true, Main: v})
}

// speakersView lists names.
type speakersView struct {
	Speakers  []ledger.Speaker
	Prefix    string
	Older     string // the next page: those with fewer statements
	FirstPage string
	Paged     bool
	Totals    ledger.Totals
}

func (s *site) speakers(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	_, format := dataFormat(r.URL.Path)
	limit, err := limitOf(values, format)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	q := ledger.SpeakerQuery{Prefix: values.Get("prefix"), Limit: limit, After: ledger.Cursor(values.Get("after"))}
	if format != asPage {
		s.speakersData(w, r, q, format)
		return
	}
	list, next, err := s.store.Speakers(r.Context(), q)
	if err != nil {
		s.fail(w, r, fmt.Errorf("list speakers: %w", err))
		return
	}
	totals, err := s.store.Totals(r.Context())
	if err != nil {
		s.fail(w, r, fmt.Errorf("list speakers: %w", err))
		return
	}
	v := speakersView{Speakers: list, Prefix: q.Prefix, Totals: totals, Paged: q.After != "", FirstPage: with(r.URL, "after", "")}
	if next != "" {
		v.Older = with(r.URL, "after", string(next))
	}
	s.page(w, r, "speakers", page{Title: "Speakers", Here: "speakers", Formats: true, Lines: true, Feed: true, Main: v})
}

func (s *site) help(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, "help", page{Title: "Help", Here: "help"})
}
