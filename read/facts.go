package read

import (
	"fmt"
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
	description         string
	body                string // as JSON-LD has it
	words               int    // of the body, as JSON-LD says
	authors             []string
	published, modified onrecord.Date
	address             string   // in JSON-LD
	addresses           []string // for itself, best first
	paywalled           bool
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
	for _, name := range []string{"author", "parsely-author", "article:author", "dc.creator", "dcterms.creator", "byl", "sailthru.author"} {
		if f.personal() {
			break
		}
		var named facts
		for _, value := range m.values[name] {
			named.authors = append(named.authors, authorNames(value)...)
		}
		named.publisher = f.publisher
		if named.personal() || len(f.authors) == 0 {
			f.authors = named.authors
		}
	}
	if !f.personal() && m.value("twitter:label1") != "" && isName(m.value("twitter:data1")) {
		f.authors = []string{m.value("twitter:data1")}
	}
	for _, name := range []string{
		"article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "publication_date", "pubdate", "publishdate",
		"dc.date.issued", "dcterms.created", "dc.date", "date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
		"date.available", "date.published", "date.created", "article:published", "article.published", "published_time", "dcterms.date",
	} {
		f.published = closer(f.published, m.value(name))
	}
	for _, name := range []string{"article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "date.updated", "date.modified"} {
		f.modified = closer(f.modified, m.value(name))
	}
	if len(m.times) > 0 {
		f.published = earlier(f.published, m.times[0])
	}
	f.description = first(f.description, m.value("og:description"), m.value("description"), m.value("twitter:description"))
	f.addresses = []string{m.canonical, m.value("og:url"), f.address}
	return f
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

// earlier keeps a date that is known, else reads one.
func earlier(d onrecord.Date, s string) onrecord.Date {
	if !d.IsZero() {
		return d
	}
	return pageDate(s)
}

// closer keeps a date that is known, but takes an instant of the same day, in any
// zone, for a day.
func closer(d onrecord.Date, s string) onrecord.Date {
	if d.IsZero() || d.Precision == onrecord.Instant {
		return earlier(d, s)
	}
	other := pageDate(s)
	if other.Precision == onrecord.Instant && other.Time.Format(time.DateOnly) == d.Time.Format(time.DateOnly) {
		return other
	}
	return d
}

// personal reports whether an author is known who is not the outlet itself.
// Agencies sign their own texts.
func (f *facts) personal() bool {
	return slices.ContainsFunc(f.authors, func(name string) bool {
		return !sameWords(strings.TrimPrefix(name, "The "), strings.TrimPrefix(f.publisher, "The "))
	})
}

// instead takes the body that a page gives in JSON-LD where what was found is
// much less: pages exist whose scripts set their text.
func (f *facts) instead(paragraphs []block) []block {
	found := 0
	for _, p := range paragraphs {
		found += len(p.text)
	}
	if len(f.body) < minArticle || len(f.body) < 2*found {
		return paragraphs
	}
	return plainText(strings.ReplaceAll(f.body, "\n", "<p>"))
}

// short tells that a text is much shorter than the page says.
func (f *facts) short(rev *onrecord.Revision, paragraphs []block) {
	found := 0
	for _, p := range paragraphs {
		found += len(strings.Fields(p.text))
	}
	if f.words >= 100 && found*2 < f.words {
		rev.Problems = append(rev.Problems, onrecord.Problem{
			Code: "cut", Message: fmt.Sprintf("the text looks cut short: the page says that the article has %d words, and %d were found", f.words, found),
		})
	}
}

// pageLayouts are spellings of instants and days that pages use besides ISO 8601.
var pageLayouts = []struct {
	layout    string
	precision onrecord.Precision
}{
	{"2006-01-02T15:04:05-0700", onrecord.Instant},
	{"2006-01-02T15:04:05.999-0700", onrecord.Instant},
	{"2006-01-02T15:04-0700", onrecord.Instant},
	{"2006-01-02 15:04:05 -07:00", onrecord.Instant},
	{"2006-01-02 15:04:05-0700", onrecord.Instant},
	{"2006-01-02 15:04 -0700", onrecord.Instant},
	{"2006-01-02 15:04 -07:00", onrecord.Instant},
	{"2006-01-02 15:04:05 MST", onrecord.Day},
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
	// photoCredit is what some pages put behind an author's name.
	photoCredit = regexp.MustCompile(`(?i)\s*[,;(|/-]?\s*\b(?:photos?|photographs?|fotos?|bild(?:er)?|images?|illustrations?)\s*(?:by|von|:|/).*$`)
	authorStart = regexp.MustCompile(`^(?i)(?:by|von|par|por|written by)[:\s]+`)
)

// authorNames splits what a page calls its author into names. Addresses, roles
// and dates are none.
func authorNames(s string) []string {
	s = authorStart.ReplaceAllString(collapse(s), "")
	if s == "" || isURL(s) {
		return nil
	}
	s = photoCredit.ReplaceAllString(s, "")
	var names []string
	for _, name := range authorBreak.Split(s, -1) {
		if _, wire := agency(name); !wire && (name == "" || len(name) > 60 || job.MatchString(name) || strings.HasPrefix(name, "www.")) {
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
