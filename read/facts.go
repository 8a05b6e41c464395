package read

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord"
)

// facts are what a page says of its article.
type facts struct {
	title, publisher    string
	authors             []string
	published, modified onrecord.Date
	address             string   // in JSON-LD
	addresses           []string // for itself, best first
	paywalled           bool
	description         string // the page's summary of its article
	body                string // the article's text as the page tells it to machines
	wordCount           int    // of the article, as the page tells
}

// factsOf reads a page's metadata: JSON-LD first, which is made for this, then
// meta elements, then what the page shows.
func factsOf(doc *html.Node) facts {
	var f facts
	m := metaOf(doc)
	for _, script := range m.scripts {
		f.linked(script)
	}
	f.title = first(f.title, m.value("og:title"), m.value("twitter:title"), m.value("parsely-title"), m.value("dc.title"), m.heading, m.title)
	f.publisher = first(f.publisher, m.value("og:site_name"), m.value("publisher"), m.value("dc.publisher"), m.value("application-name"))
	f.title = withoutSite(f.title, f.publisher)
	if len(f.authors) == 0 {
		for _, name := range []string{"author", "parsely-author", "article:author", "dc.creator", "dcterms.creator", "byl", "sailthru.author"} {
			for _, value := range m.values[name] {
				f.authors = append(f.authors, authorNames(value)...)
			}
			if len(f.authors) > 0 {
				break
			}
		}
	}
	if len(f.authors) == 0 || len(f.authors) == 1 && sameWords(f.authors[0], f.publisher) {
		if names := f.people(m); len(names) > 0 { // an outlet signs where nobody else does
			f.authors = names
		}
	}
	f.description = first(f.description, collapse(m.value("og:description")), collapse(m.value("description")))
	for _, name := range []string{
		"article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "publication_date", "pubdate", "publishdate",
		"dc.date.issued", "dcterms.created", "dc.date", "date", "sailthru.date", "cxenseparse:recs:publishtime", "date.created", "date.available",
	} {
		f.published = earlier(f.published, m.value(name))
	}
	for _, name := range []string{"article:modified_time", "og:updated_time", "datemodified", "date.modified", "last-modified", "dcterms.modified"} {
		f.modified = earlier(f.modified, m.value(name))
	}
	if f.published.IsZero() && len(m.times) > 0 {
		f.published = earlier(f.published, m.times[0])
	}
	f.addresses = []string{m.canonical, m.value("og:url"), f.address}
	return f
}

// paragraphs are those of the text that the page tells to machines; one that has
// markup in it is not taken.
func (f *facts) paragraphs() []block {
	if strings.Contains(f.body, "</") {
		return nil
	}
	var out []block
	for line := range strings.Lines(f.body) {
		if line = collapse(line); line != "" {
			out = append(out, block{kind: onrecord.Body, text: line})
		}
	}
	return out
}

// people are the writers named in meta elements or where the page shows them, the
// publisher aside.
func (f *facts) people(m *meta) []string {
	for _, values := range [][]string{m.values["author"], m.values["article:author"], m.signed} {
		var names []string
		for _, value := range values {
			for _, name := range authorNames(value) {
				if !sameWords(name, f.publisher) && isName(name) && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

// withoutSite leaves out the site's name behind a title.
func withoutSite(title, site string) string {
	for _, mark := range siteMarks {
		if i := strings.LastIndex(title, mark); i > 0 && site != "" {
			if end := title[i+len(mark):]; strings.EqualFold(end, site) || strings.EqualFold(end, "The "+site) ||
				strings.HasPrefix(strings.ToLower(end), strings.ToLower(site)+".") {
				return strings.TrimSpace(title[:i])
			}
		}
	}
	return title
}

// siteMarks stand between a title and the name of its site.
var siteMarks = []string{" | ", " - ", " – ", " — ", " « "}

// earlier keeps a date that is known, else reads one. A known day becomes the
// instant that is read where that lies in it or, in another zone, next to it.
func earlier(d onrecord.Date, s string) onrecord.Date {
	if d.IsZero() {
		return pageDate(s)
	}
	if d.Precision == onrecord.Day {
		if at := pageDate(s); at.Precision == onrecord.Instant && at.Time.Sub(d.Time.Add(12*time.Hour)).Abs() <= 26*time.Hour {
			return at
		}
	}
	return d
}

// pageLayouts are spellings of instants and days that pages use besides ISO 8601.
var pageLayouts = []struct {
	layout    string
	precision onrecord.Precision
}{
	{"2006-01-02T15:04:05-0700", onrecord.Instant},
	{"2006-01-02T15:04:05.999-0700", onrecord.Instant},
	{"2006-01-02T15:04-0700", onrecord.Instant},
	{"2006-01-02 15:04:05 MST", onrecord.Day},
	{"2006-01-02 15:04:05 -07:00", onrecord.Instant},
	{"2006-01-02 15:04 -07:00", onrecord.Instant},
	{time.RFC1123Z, onrecord.Instant},
	{"Mon, 2 Jan 2006 15:04:05 GMT", onrecord.Instant},
	{"Mon, 02 Jan 2006 15:04:05 MST", onrecord.Day},
	{"January 2, 2006", onrecord.Day},
	{"Jan 2, 2006", onrecord.Day},
	{"2 January 2006", onrecord.Day},
	{"2 Jan 2006", onrecord.Day},
	{"2006/01/02", onrecord.Day},
	{"20060102", onrecord.Day},
}

// pageDate reads a date as pages write it; unknown where it is none or stands in
// no year of the web.
func pageDate(s string) onrecord.Date {
	s = strings.TrimSpace(s)
	d, err := onrecord.ParseDate(s)
	if err != nil {
		for _, l := range pageLayouts {
			if t, err := time.Parse(l.layout, s); err == nil {
				if l.precision == onrecord.Day {
					t = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
				}
				d = onrecord.Date{Time: t, Precision: l.precision}
				break
			}
		}
	}
	if d.IsZero() || d.Time.Year() < 1900 || d.Time.Year() > 2200 {
		return onrecord.Date{}
	}
	return d
}

// fill writes facts into a revision, but over nothing that its user gave.
func (f *facts) fill(rev *onrecord.Revision) {
	rev.Title = first(rev.Title, f.title)
	rev.Publisher = first(rev.Publisher, f.publisher)
	rev.Byline = f.authors
	if rev.Published.IsZero() {
		rev.Published = f.published
	}
	rev.Modified = f.modified
	for _, address := range f.addresses {
		if rev.CanonicalURL = canonical(address, rev.URL); rev.CanonicalURL != "" {
			break
		}
	}
	if f.paywalled {
		rev.Problems = append(rev.Problems, onrecord.Problem{
			Code: "paywall", Message: "the page says that not all of the article is free to read; its text may be cut short",
		})
	}
}

// canonical is a page's address for itself, made whole. One that leads to the
// front page of a site names no article.
func canonical(address, base string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || address == "" {
		return ""
	}
	if b, err := url.Parse(base); err == nil && base != "" {
		u = b.ResolveReference(u)
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil ||
		strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

var (
	authorBreak = regexp.MustCompile(`\s*(?:,|;|\||\s&\s|\s(?:and|und|og|och|et|y|e|i|en)\s)\s*`)
	authorStart = regexp.MustCompile(`^(?i)(?:by|von|par|por|written by)[:\s]+`)
)

// authorNames splits what a page calls its author into names. Addresses, roles
// and dates are none.
func authorNames(s string) []string {
	s = authorStart.ReplaceAllString(collapse(s), "")
	if s == "" || isURL(s) {
		return nil
	}
	var names []string
	for _, name := range authorBreak.Split(s, -1) {
		if _, wire := agency(name); !wire && (name == "" || len(name) > 60 || job.MatchString(name)) {
			continue
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// first is the first value that is not blank.
func first(values ...string) string {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}
