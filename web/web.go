// Package web shows the record: pages for people, and the same addresses as
// JSON, JSON Lines and CSV for programs. It answers from a [ledger.Store] alone
// and reaches no other host.
//
// Pages are html/template, complete without scripts; one small script adds keys.
// Text from articles reaches a page only through the templates' escaping.
package web

import (
	"errors"
	"html/template"
	"log/slog"
	"net"
	"net/http"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/roster"
)

// Options say how the pages are served.
type Options struct {
	Addr     string       // the listening address, "127.0.0.1:8080": Host headers are checked against it
	Hosts    []string     // further names the server is known by, such as a proxy's
	Token    string       // what readers must show; empty for a loopback address without login
	Version  string       // of the program, for the foot of each page
	Writable bool         // corrections are taken
	Reviewer string       // who corrects, where the reader has given no name
	Roster   *roster.Base // what is known of actors; nil for nothing
	Log      *slog.Logger // nil: slog.Default
}

// site answers requests from a store.
type site struct {
	store  ledger.Store
	opt    Options
	log    *slog.Logger
	pages  map[string]*template.Template
	assets assets
}

// bodyLimit is how many bytes a form may have: an edit holds a few paragraphs.
const bodyLimit = 256 << 10

// New makes the handler of the whole site. The address and token are checked by
// [CheckAddr] first.
func New(store ledger.Store, opt Options) (http.Handler, error) {
	if store == nil {
		return nil, errors.New("web: no store")
	}
	if err := CheckAddr(opt.Addr, opt.Token); err != nil {
		return nil, err
	}
	s := &site{store: store, opt: opt, log: opt.Log}
	if s.log == nil {
		s.log = slog.Default()
	}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = loadPages(s); err != nil {
		return nil, err
	}

	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.search)
	mux.HandleFunc("GET /search", s.search)
	mux.HandleFunc("GET /search.json", s.search)
	mux.HandleFunc("GET /search.jsonl", s.search)
	mux.HandleFunc("GET /search.csv", s.search)
	mux.HandleFunc("GET /search.atom", s.search)
	mux.HandleFunc("GET /compare", s.compare)
	mux.HandleFunc("GET /compare.json", s.compare)
	mux.HandleFunc("GET /compare.jsonl", s.compare)
	mux.HandleFunc("GET /compare.csv", s.compare)
	mux.HandleFunc("GET /compare.atom", s.compare)
	mux.HandleFunc("GET /map", s.places)
	mux.HandleFunc("GET /map.json", s.places)
	mux.HandleFunc("GET /articles", s.articles)
	mux.HandleFunc("GET /articles.json", s.articles)
	mux.HandleFunc("GET /articles.jsonl", s.articles)
	mux.HandleFunc("GET /articles.csv", s.articles)
	mux.HandleFunc("GET /articles.atom", s.articles)
	mux.HandleFunc("GET /article/{id}", s.article)
	mux.HandleFunc("GET /article/{id}/changes", s.changes)
	mux.HandleFunc("GET /article/{id}/changes.json", s.changes)
	mux.HandleFunc("GET /stories", s.stories)
	mux.HandleFunc("GET /stories.json", s.stories)
	mux.HandleFunc("GET /story/{id}", s.story)
	mux.HandleFunc("GET /sources", s.sources)
	mux.HandleFunc("GET /sources.json", s.sources)
	mux.HandleFunc("GET /source/{id}", s.source)
	mux.HandleFunc("GET /statement/{id}", s.statement)
	mux.HandleFunc("GET /speakers", s.speakers)
	mux.HandleFunc("GET /speakers.json", s.speakers)
	mux.HandleFunc("GET /speakers.jsonl", s.speakers)
	mux.HandleFunc("GET /speakers.csv", s.speakers)
	mux.HandleFunc("GET /speakers.atom", s.speakers)
	mux.HandleFunc("GET /speaker/{key}", s.speaker)
	mux.HandleFunc("GET /doubts", s.doubts)
	mux.HandleFunc("GET /doubts.json", s.doubts)
	mux.HandleFunc("GET /help", s.help)
	mux.HandleFunc("POST /statement/{id}/mark", s.markStatement)
	mux.HandleFunc("POST /statement/{id}/edit", s.editStatement)
	mux.HandleFunc("POST /article/{id}/describe", s.describeArticle)
	mux.HandleFunc("POST /undo/{id}", s.undo)
	mux.HandleFunc("POST /speaker/{key}/tie", s.tie)
	mux.HandleFunc("POST /untie/{id}", s.untie)
	mux.HandleFunc("POST /story/{id}/apart", s.apart)
	mux.HandleFunc("POST /ungroup/{id}", s.ungroup)
	mux.HandleFunc("POST /name", s.signName)
	mux.HandleFunc("GET /login", s.loginPage)
	mux.HandleFunc("POST /login", s.login)
	mux.HandleFunc("POST /logout", s.logout)
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /assets/{version}/{name}", s.asset)
	mux.HandleFunc("/", s.nowhere)

	var h http.Handler = mux
	h = s.withLogin(h)
	h = s.sameOrigin(h)
	h = s.knownMethod(h)
	h = s.knownHost(h)
	h = http.MaxBytesHandler(h, bodyLimit)
	h = s.recovered(h)
	return withHeaders(h), nil
}

// loopback reports whether an address such as "127.0.0.1:8080" is reached from
// this machine alone.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
