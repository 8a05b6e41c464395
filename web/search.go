package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Rows on a page: when nothing is said, and at most.
const (
	rowsUsual = 50
	rowsMost  = 500
)

// searchView is a page of results.
type searchView struct {
	Rows      []row
	Asked     bool // anything was asked for; else these are the newest
	Paged     bool // not the first page
	Dated     bool // since or until was asked for
	Oldest    bool
	Undated   int
	Totals    ledger.Totals
	Older     string      // address of the next page; empty at the end
	FirstPage string      // address of the first page
	AnyDate   string      // the same search without since and until
	Compare   string      // the same search side by side
	Map       string      // and by places
	Wider     string      // the same search with weak, wrong and gone ones
	Problem   *QueryError // what is wrong with the search
}

// search answers who said what.
func (s *site) search(w http.ResponseWriter, r *http.Request) {
	_, format := dataFormat(r.URL.Path)
	q, ok := s.asked(w, r, format, "search", func(p *QueryError) any { return searchView{Problem: p, Asked: true} })
	if !ok {
		return
	}
	if format != asPage {
		s.statementsData(w, r, q, format)
		return
	}
	answer, err := s.store.Said(r.Context(), q)
	if err != nil {
		s.fail(w, r, fmt.Errorf("search: %w", err))
		return
	}
	box := FormatQuery(q)
	v := searchView{
		Rows: rowsOf(answer.Rows), Asked: box != "", Paged: q.After != "", Oldest: q.Oldest,
		Dated: !q.Since.IsZero() || !q.Until.IsZero(), Undated: answer.Undated, Totals: answer.Totals,
		FirstPage: with(r.URL, "after", ""),
	}
	if err := s.carry(r, v.Rows); err != nil {
		s.fail(w, r, fmt.Errorf("search: %w", err))
		return
	}
	if v.Asked {
		v.Compare, v.Map = "/compare?q="+url.QueryEscape(box), "/map?q="+url.QueryEscape(box)
	}
	if answer.Next != "" {
		v.Older = with(r.URL, "after", string(answer.Next))
	}
	if v.Dated {
		undated := q
		undated.Since, undated.Until = onrecord.Date{}, onrecord.Date{}
		v.AnyDate = searchAddress(undated)
	}
	if len(v.Rows) == 0 && v.Asked {
		wide := q
		wide.MinConfidence, wide.Wrong, wide.Gone, wide.Repeats = 0, true, true, true
		if wide != q {
			v.Wider = searchAddress(wide)
		}
	}
	title := "Search"
	if box != "" {
		title = box
	}
	s.page(w, r, "search", page{Title: title, Here: "search", Query: box, Formats: true, Lines: true, Feed: true, Main: v})
}

// asked reads the query of a request. A query that cannot be read is answered,
// on a page with the page's own view of what is wrong.
func (s *site) asked(w http.ResponseWriter, r *http.Request, f format, name string, view func(*QueryError) any) (ledger.Query, bool) {
	values := r.URL.Query()
	q, err := queryOf(values, f)
	if err == nil {
		return q, true
	}
	if problem, ok := errors.AsType[*QueryError](err); ok && f == asPage {
		s.pageWith(w, r, http.StatusBadRequest, name, page{Title: "Search", Here: name, Query: values.Get("q"), Main: view(problem)})
	} else {
		s.fail(w, r, err)
	}
	return q, false
}

// searchAddress is where a query's results are.
func searchAddress(q ledger.Query) string {
	return "/search?q=" + url.QueryEscape(FormatQuery(q))
}

// queryOf reads a query from an address: q as it stands in the box, beside it a
// value for each operator, limit, and after.
func queryOf(values url.Values, f format) (ledger.Query, error) {
	q, err := ParseQuery(values.Get("q"))
	if err != nil {
		return q, err
	}
	for _, op := range operators {
		v := strings.TrimSpace(values.Get(op.name))
		if v == "" {
			continue
		}
		if op.name == "about" { // words here, as in the box; marks make them a phrase
			words, err := ParseQuery(v)
			if err != nil {
				return q, fmt.Errorf("about: %w", err)
			}
			words.About = joined(q.About, words.About)
			q.About = words.About
			continue
		}
		if err := op.set(&q, v); err != nil {
			return q, fmt.Errorf("%s: %w: %w", op.name, onrecord.ErrInvalid, err)
		}
	}
	if q.Limit, err = limitOf(values, f); err != nil {
		return q, err
	}
	q.After = ledger.Cursor(values.Get("after"))
	return q, nil
}

// limitOf reads how many rows are wanted; where rows are streamed, "all" too.
func limitOf(values url.Values, f format) (int, error) {
	v := values.Get("limit")
	if v == "" || v == limitAll && (f == asCSV || f == asLines) {
		return rowsUsual, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > rowsMost {
		return 0, fmt.Errorf("limit %q: %w: want a number from 1 to %d, or all on .csv and .jsonl", v, onrecord.ErrInvalid, rowsMost)
	}
	return n, nil
}

// limitAll asks for every row, page after page, where rows are streamed.
const limitAll = "all"
