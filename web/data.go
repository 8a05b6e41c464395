package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

// Addresses that end in .json, .jsonl or .csv. Single findings have the shapes of
// package wire; what is here is the lists around them.

// statementList is a page of statements as JSON.
type statementList struct {
	Statements []wire.Statement `json:"statements"`
	Next       string           `json:"next,omitempty"` // address of the next page
	Undated    int              `json:"undated"`        // matching ones without a date, left out by since or until
	Totals     ledger.Totals    `json:"totals"`         // what was searched
}

// speakerItem is a speaker in a list.
type speakerItem struct {
	wire.Speaker
	Statements int           `json:"statements"`
	First      onrecord.Date `json:"first,omitzero"`
	Last       onrecord.Date `json:"last,omitzero"`
}

// articleItem is an article in a list.
type articleItem struct {
	wire.Article
	Statements int `json:"statements"`
}

// articleList is a page of articles as JSON.
type articleList struct {
	Articles []articleItem `json:"articles"`
	Next     string        `json:"next,omitempty"` // address of the next page
}

// speakerList is speakers as JSON, most statements first.
type speakerList struct {
	Speakers []speakerItem `json:"speakers"`
	Next     string        `json:"next,omitempty"` // address of the next page
}

// table is what a format other than JSON needs: rows, and each as a line.
type table struct {
	header []string
	rows   func() [][]string
	lines  func(w io.Writer) error
}

// statementsData answers a search as data.
func (s *site) statementsData(w http.ResponseWriter, r *http.Request, q ledger.Query, f format) {
	if f == asAtom {
		s.statementsFeed(w, r, q)
		return
	}
	all := r.URL.Query().Get("limit") == limitAll
	if all {
		q.Limit = rowsMost
	}
	answer, err := s.store.Said(r.Context(), q)
	if err != nil {
		s.fail(w, r, fmt.Errorf("search: %w", err))
		return
	}
	next := ""
	if answer.Next != "" {
		next = with(r.URL, "after", string(answer.Next))
	}
	if all {
		s.streamStatements(w, r, q, answer, f)
		return
	}
	if f == asJSON {
		list := statementList{Statements: encoded(answer.Rows), Next: next, Undated: answer.Undated, Totals: answer.Totals}
		s.sendJSON(w, r, list, next)
		return
	}
	s.sendTable(w, r, f, next, statementTable(answer.Rows))
}

// streamStatements writes every page of an answer as it is read. A failure after
// the first byte cuts the connection, so that half a list is never taken for one.
func (s *site) streamStatements(w http.ResponseWriter, r *http.Request, q ledger.Query, answer ledger.Answer, f format) {
	w.Header().Set("Content-Type", mediaTypes[f])
	w.Header().Set("Cache-Control", "private, no-cache")
	if r.Method == http.MethodHead {
		return
	}
	control := http.NewResponseController(w)
	for first := true; ; first = false {
		_ = control.SetWriteDeadline(time.Now().Add(writeTimeout)) // not every writer has deadlines
		t := statementTable(answer.Rows)
		if !first {
			t.header = nil
		}
		if err := t.write(w, f); err != nil {
			return // the reader has gone
		}
		if answer.Next == "" {
			return
		}
		q.After = answer.Next
		var err error
		if answer, err = s.store.Said(r.Context(), q); err != nil {
			if r.Context().Err() == nil {
				s.log.Error("stream statements", "path", r.URL.Path, "err", err)
			}
			panic(http.ErrAbortHandler)
		}
	}
}

func encoded(records []ledger.Record) []wire.Statement {
	out := make([]wire.Statement, len(records))
	for i := range records {
		out[i] = wire.EncodeRecord(&records[i])
	}
	return out
}

func statementTable(records []ledger.Record) table {
	return table{
		header: wire.CSVHeader(),
		rows: func() [][]string {
			rows := make([][]string, len(records))
			for i := range records {
				rows[i] = wire.CSVRow(&records[i])
			}
			return rows
		},
		lines: func(w io.Writer) error {
			for i := range records {
				if err := wire.WriteStatement(w, wire.EncodeRecord(&records[i])); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func (s *site) statementData(w http.ResponseWriter, r *http.Request, rec *ledger.Record, f format) {
	switch f {
	case asAtom:
		s.noFeed(w, r)
	case asJSON:
		s.sendJSON(w, r, wire.EncodeRecord(rec), "")
	default:
		s.sendTable(w, r, f, "", statementTable([]ledger.Record{*rec}))
	}
}

func (s *site) articleData(w http.ResponseWriter, r *http.Request, a *ledger.Article, f format) {
	switch f {
	case asAtom:
		s.noFeed(w, r)
	case asJSON:
		s.sendJSON(w, r, wire.EncodeArticle(a), "")
	case asLines:
		t := table{lines: func(w io.Writer) error { return wire.Write(w, wire.EncodeArticle(a)) }}
		s.sendTable(w, r, f, "", t)
	default:
		s.sendTable(w, r, f, "", statementTable(a.Statements))
	}
}

func (s *site) speakersData(w http.ResponseWriter, r *http.Request, q ledger.SpeakerQuery, f format) {
	list, next, err := listed(r, func(all bool, after ledger.Cursor) ([]ledger.Speaker, ledger.Cursor, error) {
		if all {
			q.Limit = rowsMost
		}
		if after != "" {
			q.After = after
		}
		return s.store.Speakers(r.Context(), q)
	})
	if err != nil {
		s.fail(w, r, fmt.Errorf("list speakers: %w", err))
		return
	}
	if f == asAtom {
		s.sendFeed(w, r, speakersFeed(r, "onrecord: speakers "+q.Prefix, list))
		return
	}
	items := make([]speakerItem, len(list))
	for i, sp := range list {
		items[i] = speakerItem{wire.Speaker{Key: sp.Key, Name: sp.Name, Kind: sp.Kind}, sp.Statements, sp.First, sp.Last}
	}
	if f == asJSON {
		s.sendJSON(w, r, speakerList{items, next}, next)
		return
	}
	s.sendTable(w, r, f, next, table{
		header: []string{"key", "name", "kind", "statements", "first", "last"},
		rows: func() [][]string {
			rows := make([][]string, len(items))
			for i, it := range items {
				rows[i] = []string{it.Key, cell(it.Name), string(it.Kind), strconv.Itoa(it.Statements), it.First.String(), it.Last.String()}
			}
			return rows
		},
		lines: jsonLines(items),
	})
}

// listed reads a page of a list, or with limit=all every page: what is listed is
// short, so it is gathered. next is the address of the next page.
func listed[T any](r *http.Request, read func(all bool, after ledger.Cursor) ([]T, ledger.Cursor, error)) (list []T, next string, err error) {
	all := r.URL.Query().Get("limit") == limitAll
	list, cursor, err := read(all, "")
	for all && err == nil && cursor != "" {
		var more []T
		more, cursor, err = read(all, cursor)
		list = append(list, more...)
	}
	if cursor != "" {
		next = with(r.URL, "after", string(cursor))
	}
	return list, next, err
}

func (s *site) articlesData(w http.ResponseWriter, r *http.Request, q ledger.ArticleQuery, f format) {
	list, next, err := listed(r, func(all bool, after ledger.Cursor) ([]ledger.ArticleRef, ledger.Cursor, error) {
		if all {
			q.Limit = rowsMost
		}
		if after != "" {
			q.After = after
		}
		return s.store.Articles(r.Context(), q)
	})
	if err != nil {
		s.fail(w, r, fmt.Errorf("list articles: %w", err))
		return
	}
	if f == asAtom {
		s.sendFeed(w, r, articlesFeed(r, "onrecord: articles "+q.Words, list))
		return
	}
	items := make([]articleItem, len(list))
	for i := range list {
		items[i] = articleItem{articleShape(&list[i]), list[i].Statements}
	}
	if f == asJSON {
		s.sendJSON(w, r, articleList{items, next}, next)
		return
	}
	s.sendTable(w, r, f, next, table{
		header: []string{"id", "published", "retrieved", "title", "publisher", "address", "language", "statements"},
		rows: func() [][]string {
			rows := make([][]string, len(items))
			for i, it := range items {
				rows[i] = []string{
					string(it.ID), it.Published.String(), it.Retrieved, cell(it.Title), cell(it.Publisher),
					cell(it.Address), it.Language, strconv.Itoa(it.Statements),
				}
			}
			return rows
		},
		lines: jsonLines(items),
	})
}

// articleShape gives an article the shape it has beside a statement.
func articleShape(a *ledger.ArticleRef) wire.Article {
	return wire.EncodeRecord(&ledger.Record{Article: *a}).Article
}

// cell keeps a spreadsheet from taking words for a formula, as [wire.CSVRow]
// does.
func cell(words string) string {
	if words != "" && strings.ContainsRune("=+-@\t\r\n", rune(words[0])) {
		return "'" + words
	}
	return words
}

func jsonLines[T any](items []T) func(io.Writer) error {
	return func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for i := range items {
			if err := e.Encode(items[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

var mediaTypes = map[format]string{
	asJSON:  "application/json",
	asLines: "application/x-ndjson; charset=utf-8",
	asCSV:   "text/csv; charset=utf-8; header=present",
	asAtom:  "application/atom+xml; charset=utf-8",
}

// write writes the rows in a format; without a header it leaves that out.
func (t table) write(w io.Writer, f format) error {
	if f == asLines {
		return t.lines(w)
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true // RFC 4180
	if t.header != nil {
		if err := c.Write(t.header); err != nil {
			return err
		}
	}
	return c.WriteAll(t.rows())
}

func (s *site) sendTable(w http.ResponseWriter, r *http.Request, f format, next string, t table) {
	var out bytes.Buffer
	if err := t.write(&out, f); err != nil {
		s.fail(w, r, fmt.Errorf("encode %s: %w", f, err))
		return
	}
	sendData(w, r, f, next, out.Bytes())
}

func (s *site) sendJSON(w http.ResponseWriter, r *http.Request, v any, next string) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		s.fail(w, r, fmt.Errorf("encode: %w", err))
		return
	}
	sendData(w, r, asJSON, next, out.Bytes())
}

// sendData answers with data; next, where there is more, stands in a Link header
// too.
func sendData(w http.ResponseWriter, r *http.Request, f format, next string, body []byte) {
	w.Header().Set("Content-Type", mediaTypes[f])
	if next != "" {
		w.Header().Set("Link", "<"+next+`>; rel="next"`)
	}
	send(w, r, http.StatusOK, body)
}
