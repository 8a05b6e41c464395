package read

import (
	_ "embed"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/net/html"
)

var (
	//go:embed feeds.txt
	feedsFile string
	//go:embed sections.txt
	sectionsFile string
)

// newest sorts a list by time, the latest first; what has none stays in its
// order behind.
func newest[T any](list []T, at func(T) time.Time) {
	slices.SortStableFunc(list, func(a, b T) int { return at(b).Compare(at(a)) })
}

var feedMedia = map[string]ListingKind{
	"application/rss+xml": RSS, "application/atom+xml": Atom, "application/feed+json": JSONFeed, "application/rdf+xml": RSS,
}

// Discover finds the feeds that a page names, those that it declares first, then
// links that look like one. Comments' feeds come last.
func Discover(page []byte, address string) []FeedLink {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		base = nil
	}
	text, _ := decode(page[:min(len(page), MaxHTML)], listingCharset(page, mediaHTML))
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil
	}
	var declared, linked []FeedLink
	seen := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "link" && n.Data != "a" {
			continue
		}
		link := FeedLink{URL: absolute(attr(n, "href"), base), Kind: feedMedia[strings.ToLower(strings.TrimSpace(attr(n, "type")))]}
		if link.URL == "" || seen[link.URL] {
			continue
		}
		switch {
		case n.Data == "link" && hasWord(attr(n, "rel"), "alternate") && link.Kind != "":
			link.Title = collapse(attr(n, "title"))
			declared = append(declared, link)
		case n.Data == "a" && (link.Kind != "" || looksLikeFeed(link.URL)):
			link.Title = collapse(words(n))
			linked = append(linked, link)
		default:
			continue
		}
		seen[link.URL] = true
	}
	all := slices.Concat(declared, linked)
	slices.SortStableFunc(all, func(a, b FeedLink) int { return comments(a) - comments(b) })
	return all
}

func hasWord(s, word string) bool {
	return slices.ContainsFunc(strings.Fields(s), func(w string) bool { return strings.EqualFold(w, word) })
}

// comments is 1 for the feed of comments, which a site has beside its own.
func comments(l FeedLink) int {
	if strings.Contains(strings.ToLower(l.URL+" "+l.Title), "comment") {
		return 1
	}
	return 0
}

var feedAddress = regexp.MustCompile(`(?i)(?:/(?:rss|feed|feeds|atom)(?:[/._-]|$)|\.(?:rss|atom|rdf)$|rss\.xml|feed\.xml|atom\.xml|feed\.json)`)

func looksLikeFeed(address string) bool {
	u, err := url.Parse(address)
	return err == nil && feedAddress.MatchString(u.Path)
}

// UsualFeeds are the addresses at which sites usually have a feed or a news
// sitemap, for a site that names none.
func UsualFeeds(address string) []string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil
	}
	var out []string
	for _, path := range entries(feedsFile) {
		out = append(out, u.ResolveReference(&url.URL{Path: path}).String())
	}
	return out
}

var sections = sync.OnceValue(func() map[string]bool { return set(sectionsFile) })

const (
	mostIndexed  = 500 // links of one page
	headlineFrom = 20  // bytes of a link that is a headline
	headlineTo   = 300
)

// parseIndex reads the links of a page that look like articles of its site.
func parseIndex(text string, base *url.URL) Listing {
	l := Listing{Kind: IndexPage}
	if strings.Count(text, "<") > 4*maxElements {
		l.problem("page", "the page is too large to be looked through")
		return l
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		l.problem("page", "the page cannot be read: %v", err)
		return l
	}
	m := metaOf(doc)
	l.Title = first(m.value("og:site_name"), m.title)
	at := map[string]int{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" || base == nil {
			continue
		}
		address := absolute(attr(n, "href"), base)
		u, err := url.Parse(address)
		if err != nil || address == "" || !sameSite(u.Hostname(), base.Hostname()) {
			continue
		}
		u.Fragment = ""
		address = u.String()
		title := collapse(words(n))
		if !likeHeadline(title) || !likeArticle(u) {
			continue
		}
		if i, seen := at[address]; seen {
			if len(l.Items[i].Title) < len(title) {
				l.Items[i].Title = title
			}
			continue
		}
		if len(l.Items) == mostIndexed {
			break
		}
		at[address] = len(l.Items)
		l.Items = append(l.Items, Item{URL: address, Title: title})
	}
	return l
}

// sameSite reports whether two hosts are one site's: the same, or one below the
// other, www aside.
func sameSite(a, b string) bool {
	a, b = strings.TrimPrefix(strings.ToLower(a), "www."), strings.TrimPrefix(strings.ToLower(b), "www.")
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

// likeHeadline reports whether a link's words can be a headline.
func likeHeadline(s string) bool {
	if len(s) < headlineFrom || len(s) > headlineTo {
		return false
	}
	spaces := strings.Count(s, " ")
	return spaces >= 2 || strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) })
}

var (
	datedPath = regexp.MustCompile(`/(?:19|20)\d\d(?:[/-]?\d\d?){1,2}(?:/|-|$)`)
	longDigit = regexp.MustCompile(`\d{5,}`)
)

// likeArticle reports whether an address can be an article's: it has a date, a
// number, or a name of several words, and is no section, tag or author.
func likeArticle(u *url.URL) bool {
	path := strings.Trim(u.Path, "/")
	if path == "" {
		return false
	}
	parts := strings.Split(path, "/")
	for _, p := range parts[:len(parts)-1] {
		if sections()[strings.ToLower(p)] {
			return false
		}
	}
	last := strings.ToLower(parts[len(parts)-1])
	if sections()[last] {
		return false
	}
	slug := strings.FieldsFunc(last, func(r rune) bool { return r == '-' || r == '_' || r == '.' || r == '+' })
	return datedPath.MatchString(u.Path) || len(slug) >= 4 || longDigit.MatchString(last) || longDigit.MatchString(u.RawQuery)
}
