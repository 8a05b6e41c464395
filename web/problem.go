package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/onrecord/onrecord"
)

// problem is an RFC 9457 problem. Type is "about:blank" plus nothing: the status
// and the code say what kind it is.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Code   string `json:"code,omitempty"`
	Detail string `json:"detail,omitempty"`
	Hint   string `json:"hint,omitempty"`
	Column int    `json:"column,omitempty"` // of a search that is off, in code points from 1
}

// kinds maps each kind of failure to a status once.
var kinds = []struct {
	err    error
	status int
	code   string
}{
	{onrecord.ErrForgotten, http.StatusGone, "forgotten"},
	{onrecord.ErrNotFound, http.StatusNotFound, "not-found"},
	{onrecord.ErrInvalid, http.StatusBadRequest, "invalid"},
	{onrecord.ErrForbidden, http.StatusForbidden, "forbidden"},
	{onrecord.ErrTooLarge, http.StatusRequestEntityTooLarge, "too-large"},
	{onrecord.ErrBusy, http.StatusServiceUnavailable, "busy"},
	{onrecord.ErrDamaged, http.StatusInternalServerError, "damaged"},
}

// problemOf is an error as a problem. What went wrong inside the server is for
// its log, not for readers.
func problemOf(err error) problem {
	p := problem{Type: "about:blank", Status: http.StatusInternalServerError, Code: "internal"}
	for _, k := range kinds {
		if errors.Is(err, k.err) {
			p.Status, p.Code = k.status, k.code
			break
		}
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		p.Status, p.Code = http.StatusRequestEntityTooLarge, "too-large"
	}
	if q, ok := errors.AsType[*QueryError](err); ok {
		p.Column = q.Column()
	}
	if p.Code != "internal" {
		p.Detail = err.Error()
	}
	p.Title, p.Hint = http.StatusText(p.Status), onrecord.Hint(err)
	return p
}

// fail answers with an error: a problem on data addresses, a page for people.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.failWith(w, r, 0, err)
}

// failWith is fail with another status than the error's kind has; 0 for that one.
func (s *site) failWith(w http.ResponseWriter, r *http.Request, status int, err error) {
	p := problemOf(err)
	if status != 0 {
		p.Status, p.Title = status, http.StatusText(status)
	}
	if p.Status >= http.StatusInternalServerError && r.Context().Err() == nil {
		s.log.Error("answer", "method", r.Method, "path", r.URL.Path, "err", err)
	}
	w.Header().Set("Cache-Control", "no-store")
	if p.Code == "busy" {
		w.Header().Set("Retry-After", "2")
	}
	if _, format := dataFormat(r.URL.Path); format == asPage && r.Header.Get("Authorization") == "" {
		s.pageWith(w, r, p.Status, "problem", page{Title: p.Title, Main: p})
		return
	}
	body, err := json.MarshalIndent(p, "", "  ")
	if err != nil { // a problem is strings and numbers
		panic(fmt.Sprintf("encode a problem: %v", err))
	}
	w.Header().Set("Content-Type", "application/problem+json")
	send(w, r, p.Status, append(body, '\n'))
}

func (s *site) nowhere(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, fmt.Errorf("the address %s: %w", r.URL.Path, onrecord.ErrNotFound))
}

// health answers when the ledger does.
func (s *site) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if _, err := s.store.Totals(r.Context()); err != nil {
		s.log.Error("health", "err", err)
		http.Error(w, "the ledger does not answer", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintln(w, "ok")
}
