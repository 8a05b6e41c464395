package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

//go:embed templates
var templateFiles embed.FS

// page is what the layout shows around every page.
type page struct {
	Title    string
	Here     string // which of the head's links leads here
	Query    string // what stands in the search box
	Formats  bool   // the same address answers with .json and .csv
	Lines    bool   // and with .jsonl
	Feed     bool   // and with .atom
	Main     any    // what the page's own template shows
	Address  string // path and query of this page
	Reviewer string // who corrects here
	Login    bool   // a token is set, so one can log out
	Writable bool
	Version  string
}

// loadPages parses each page with the layout and the parts they share.
func loadPages(s *site) (map[string]*template.Template, error) {
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("list the embedded templates: %w", err)
	}
	pages := map[string]*template.Template{}
	for _, name := range names {
		base := strings.TrimSuffix(path.Base(name), ".html")
		if base == "layout" || base == "parts" {
			continue
		}
		t, err := template.New("layout.html").Funcs(s.funcs()).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", name)
		if err != nil {
			return nil, fmt.Errorf("parse the template of page %s: %w", base, err)
		}
		pages[base] = t.Option("missingkey=error")
	}
	return pages, nil
}

func (s *site) funcs() template.FuncMap {
	return template.FuncMap{
		"asset":      s.assets.address,
		"date":       dateWords,
		"moment":     momentWords,
		"basis":      basisWords,
		"confidence": confidenceWords,
		"percent":    percent,
		"count":      countWords,
		"number":     number,
		"operators":  func() []operator { return operators },
		"withFormat": withFormat,
		"pack":       pack,
		"lower":      strings.ToLower,
	}
}

// Name and Hint are read by the help page.
func (o operator) Name() string { return o.name }

// Hint says what an operator's value is.
func (o operator) Hint() string { return o.hint }

// pack makes a map of names and values, so that a part can be given several.
func pack(pairs ...any) (map[string]any, error) {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("pack: %v is no name", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

func (s *site) page(w http.ResponseWriter, r *http.Request, name string, p page) {
	s.pageWith(w, r, http.StatusOK, name, p)
}

// pageWith renders a page whole before it sends the first byte, so that a page
// that fails is an error and not half a page, and its hash can be its ETag.
func (s *site) pageWith(w http.ResponseWriter, r *http.Request, status int, name string, p page) {
	p.Address, p.Version, p.Writable, p.Login = r.URL.RequestURI(), s.opt.Version, s.opt.Writable, s.opt.Token != ""
	p.Reviewer = s.reviewer(r)
	var out bytes.Buffer
	if err := s.pages[name].Execute(&out, p); err != nil {
		s.log.Error("render page", "page", name, "path", r.URL.Path, "err", err)
		http.Error(w, "this page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	send(w, r, status, out.Bytes())
}

// send answers with bytes under their hash, or with 304 when the reader has them.
func send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	h := w.Header()
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	if status == http.StatusOK {
		tag := `"` + onrecord.HashOf(body).String()[len("sha256-"):][:32] + `"`
		h.Set("ETag", tag)
		h.Add("Vary", "Cookie, Authorization")
		for have := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
			if have = strings.TrimPrefix(strings.TrimSpace(have), "W/"); have == tag || have == "*" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader may have gone
	}
}

// format is a way to write the same content.
type format string

const (
	asPage  format = ""
	asJSON  format = ".json"
	asLines format = ".jsonl"
	asCSV   format = ".csv"
	asAtom  format = ".atom"
)

// dataFormat parts a path from the ending that names its format.
func dataFormat(p string) (string, format) {
	for _, f := range []format{asLines, asJSON, asCSV, asAtom} {
		if rest, ok := strings.CutSuffix(p, string(f)); ok {
			return rest, f
		}
	}
	return p, asPage
}

// withFormat is the address of a page as data.
func withFormat(address, ending string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if u.Path == "/" {
		u.Path = "/search"
	}
	u.Path, _ = dataFormat(u.Path)
	u.Path += ending
	u.RawPath = ""
	return u.String()
}

// with is an address with some of its query's values set, or removed where empty.
func with(address *url.URL, pairs ...string) string {
	u := *address
	q := u.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	u.RawQuery = q.Encode()
	return u.RequestURI()
}

// articleAddress is where an article's page is, at one of its statements.
func articleAddress(article, statement onrecord.ID) string {
	a := "/article/" + url.PathEscape(string(article))
	if statement != "" {
		a += "#" + string(statement)
	}
	return a
}

func speakerAddress(sp ledger.Speaker) string {
	if sp.Key == "" {
		return ""
	}
	return "/speaker/" + url.PathEscape(sp.Key)
}

func statementAddress(id onrecord.ID) string { return "/statement/" + url.PathEscape(string(id)) }
