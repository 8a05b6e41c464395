package web

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Every list is also a feed (RFC 4287), so that a reader of feeds can follow what
// somebody says, and what is read.

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomPerson  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Updated   string      `xml:"updated"`
	Published string      `xml:"published,omitempty"` // the record's date, where it is known
	Author    *atomPerson `xml:"author"`              // the outlet; the speaker stands in the title
	Links     []atomLink  `xml:"link"`
	Content   string      `xml:"content"` // the sentence
}

// newFeed is an empty feed of the list that was asked for, with the address that
// all of its own begin with.
func newFeed(r *http.Request, title string) (f atomFeed, base string) {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	base = scheme + r.Host
	address := base + r.URL.RequestURI()
	page, _ := dataFormat(r.URL.Path)
	if r.URL.RawQuery != "" {
		page += "?" + r.URL.RawQuery
	}
	return atomFeed{
		ID: address, Title: strings.TrimSpace(title), Author: atomPerson{"onrecord"},
		Links: []atomLink{{"self", "application/atom+xml", address}, {"alternate", "text/html", base + page}},
	}, base
}

// feedOf makes a feed of the newest records that match. An entry is updated when
// it was retrieved or a person last reviewed it.
func feedOf(r *http.Request, title string, records []ledger.Record) atomFeed {
	f, base := newFeed(r, title)
	newest := time.Unix(0, 0)
	for i := range records {
		rec := &records[i]
		updated := rec.Article.Retrieved
		for _, review := range rec.Reviews {
			updated = later(later(updated, review.At), review.UndoneAt)
		}
		newest = later(newest, updated)
		e := atomEntry{
			ID: base + statementAddress(rec.ID), Title: headlineOf(rec), Updated: instant(updated), Content: rec.Texts.Sentence,
			Links: []atomLink{{"alternate", "text/html", base + statementAddress(rec.ID)}, {"related", "text/html", base + articleAddress(rec.Article.ID, rec.ID)}},
		}
		if !rec.When.IsZero() && rec.WhenBasis != ledger.WhenRetrieved {
			e.Published = instant(rec.When.Start())
		}
		if rec.Article.Publisher != "" {
			e.Author = &atomPerson{rec.Article.Publisher}
		}
		f.Entries = append(f.Entries, e)
	}
	f.Updated = instant(newest)
	return f
}

// headlineLongest is how many characters an entry's title has at most.
const headlineLongest = 140

// headlineOf is a record in one line: who, the cue, what.
func headlineOf(rec *ledger.Record) string {
	words := strings.Join(strings.Fields(whoSpeaks(rec)+" "+rec.Texts.Cue+" "+rec.Texts.Content), " ")
	if utf8.RuneCountInString(words) <= headlineLongest {
		return words
	}
	return string([]rune(words)[:headlineLongest-1]) + "…"
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// statementsFeed answers a search as a feed.
func (s *site) statementsFeed(w http.ResponseWriter, r *http.Request, q ledger.Query) {
	answer, err := s.store.Said(r.Context(), q)
	if err != nil {
		s.fail(w, r, fmt.Errorf("search: %w", err))
		return
	}
	title := "onrecord: what was said"
	if box := FormatQuery(q); box != "" {
		title = "onrecord: " + box
	}
	s.sendFeed(w, r, feedOf(r, title, answer.Rows))
}

// articlesFeed makes a feed of articles. An entry is updated when it was retrieved.
func articlesFeed(r *http.Request, title string, list []ledger.ArticleRef) atomFeed {
	f, base := newFeed(r, title)
	newest := time.Unix(0, 0)
	for i := range list {
		a := &list[i]
		newest = later(newest, a.Retrieved)
		address := base + articleAddress(a.ID, "")
		e := atomEntry{ID: address, Title: a.Title, Updated: instant(a.Retrieved), Links: []atomLink{{"alternate", "text/html", address}}, Content: countWords(a.Statements, "statement")}
		if e.Title == "" {
			e.Title = "Without a title"
		}
		if !a.Published.IsZero() {
			e.Published = instant(a.Published.Start())
		}
		if a.Publisher != "" {
			e.Author = &atomPerson{a.Publisher}
		}
		f.Entries = append(f.Entries, e)
	}
	f.Updated = instant(newest)
	return f
}

// speakersFeed makes a feed of names. An entry is updated when the speaker was last
// heard.
func speakersFeed(r *http.Request, title string, list []ledger.Speaker) atomFeed {
	f, base := newFeed(r, title)
	newest := time.Unix(0, 0)
	for i := range list {
		sp := &list[i]
		heard := time.Unix(0, 0)
		if !sp.Last.IsZero() {
			heard = sp.Last.Start()
		}
		newest = later(newest, heard)
		address := base + "/speaker/" + url.PathEscape(sp.Key)
		f.Entries = append(f.Entries, atomEntry{
			ID: address, Title: sp.Name, Updated: instant(heard), Links: []atomLink{{"alternate", "text/html", address}},
			Content: fmt.Sprintf("%s; first %s, last %s", countWords(sp.Statements, "statement"), dateWords(sp.First), dateWords(sp.Last)),
		})
	}
	f.Updated = instant(newest)
	return f
}

func (s *site) sendFeed(w http.ResponseWriter, r *http.Request, f atomFeed) {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	if err := xml.NewEncoder(&out).Encode(f); err != nil {
		s.fail(w, r, fmt.Errorf("encode the feed: %w", err))
		return
	}
	sendData(w, r, asAtom, "", out.Bytes())
}

// noFeed answers for addresses that are no list.
func (s *site) noFeed(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, fmt.Errorf("a feed at %s: %w", r.URL.Path, onrecord.ErrNotFound))
}
