package read

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// ListingKind is what kind of list of articles was read.
type ListingKind string

// Kinds of list.
const (
	RSS          ListingKind = "RSS"
	Atom         ListingKind = "Atom"
	JSONFeed     ListingKind = "JSON Feed"
	Sitemap      ListingKind = "sitemap"
	NewsSitemap  ListingKind = "news sitemap"
	SitemapIndex ListingKind = "sitemap index"
	IndexPage    ListingKind = "index page"
)

// Listing is a list of articles: a feed, a sitemap, a page of links.
type Listing struct {
	Kind     ListingKind
	Title    string
	Site     string        // the address that the list names as its site's
	Language string        // as the list declares it
	TTL      time.Duration // that the list asks to be left alone between two visits; 0: it does not say
	Items    []Item        // in the list's order
	More     []string      // of a sitemap index, the addresses of its sitemaps, newest first
	Problems []onrecord.Problem
}

// Item is one article in a list. Its address is absolute, as the list gives it.
type Item struct {
	ID                  string // as the feed names it; sites change these as they like
	URL                 string
	Title               string
	Published, Modified onrecord.Date
	Authors             []string
	Language            string
	Summary             string // text, or HTML of a paragraph or two
	Content             string // HTML of the whole article, where the feed carries it
}

// MaxListing is how many bytes a list may have, decompressed.
const MaxListing = 52 << 20

const mostItems = 50_000 // of one list, as the sitemap protocol has it

// ParseListing reads a list of articles of any kind; its content tells which.
// What is broken costs itself: items before a break are kept, and the problem is
// named. Errors wrap [onrecord.ErrInvalid] for what is no list, and
// [onrecord.ErrTooLarge].
func ParseListing(b []byte, contentType, address string) (Listing, error) {
	b, err := inflated(b)
	if err != nil {
		return Listing{}, err
	}
	if len(b) > MaxListing {
		return Listing{}, fmt.Errorf("over %d MiB: %w", MaxListing>>20, onrecord.ErrTooLarge)
	}
	text, _ := decode(b, listingCharset(b, contentType))
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		base = nil
	}
	head := strings.TrimLeft(text[:min(len(text), 8<<10)], " \t\r\n\ufeff")
	var l Listing
	switch root := rootOf(head); {
	case root == "urlset" || root == "sitemapindex":
		l = parseSitemap(text)
	case root == "rss" || root == "feed" || root == "rdf" || root == "channel":
		l, err = parseFeed(text)
	case strings.HasPrefix(head, "{"):
		l, err = parseFeed(text)
	case root == "html" || looksLikeHTML([]byte(head)):
		l = parseIndex(text, base)
	case isAddresses(head):
		l = Listing{Kind: Sitemap}
		for line := range strings.Lines(text) {
			l.Items = append(l.Items, Item{URL: strings.TrimSpace(line)})
		}
	default:
		err = fmt.Errorf("no feed, sitemap or page: %w", onrecord.ErrInvalid)
	}
	if err != nil {
		return Listing{}, err
	}
	l.settle(base)
	return l, nil
}

// settle makes addresses whole and leaves out items that have none on the web.
func (l *Listing) settle(base *url.URL) {
	odd := 0
	l.Items = slices.DeleteFunc(l.Items, func(i Item) bool { return i.URL == "" && i.Title == "" })
	for i := range l.Items {
		l.Items[i].URL = absolute(l.Items[i].URL, base)
		if l.Items[i].URL == "" {
			odd++
		}
	}
	l.Items = slices.DeleteFunc(l.Items, func(i Item) bool { return i.URL == "" })
	if odd > 0 {
		l.problem("address", "%d items have no address on the web", odd)
	}
	if n := len(l.Items) - mostItems; n > 0 {
		l.Items = l.Items[:mostItems]
		l.problem("long", "the list goes on: %d items are left out", n)
	}
	for i := range l.More {
		l.More[i] = absolute(l.More[i], base)
	}
	l.More = slices.DeleteFunc(l.More, func(a string) bool { return a == "" })
	l.Site = absolute(l.Site, base)
}

func (l *Listing) problem(code, format string, args ...any) {
	l.Problems = append(l.Problems, onrecord.Problem{Code: code, Message: fmt.Sprintf(format, args...)})
}

// absolute is an address made whole; empty where it is none on the web.
func absolute(address string, base *url.URL) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || strings.TrimSpace(address) == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// inflated undoes gzip, which sitemaps come in, up to a bound.
func inflated(b []byte) ([]byte, error) {
	if len(b) < 3 || b[0] != 0x1f || b[1] != 0x8b {
		return b, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%w: compressed list: %w", onrecord.ErrInvalid, err)
	}
	out, err := io.ReadAll(io.LimitReader(z, MaxListing+1))
	if err != nil && len(out) == 0 {
		return nil, fmt.Errorf("%w: compressed list: %w", onrecord.ErrInvalid, err)
	}
	return out, nil
}

var prologCharset = regexp.MustCompile(`^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// listingCharset is the charset that a list's header or its first line declares.
func listingCharset(b []byte, contentType string) string {
	c := onrecord.Capture{Bytes: b, MediaType: contentType}
	if declared := declaredCharset(&c); declared != "" {
		return declared
	}
	if m := prologCharset.FindSubmatch(b[:min(len(b), 512)]); m != nil {
		return string(m[1])
	}
	return ""
}

var (
	notRoot  = regexp.MustCompile(`(?s)^(?:\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>))*\s*`)
	rootName = regexp.MustCompile(`^<(?:[A-Za-z0-9_.-]+:)?([A-Za-z]+)[\s/>]`)
	anyRoot  = regexp.MustCompile(`<(?:rdf:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]`)
)

// rootOf is the name of a document's first element, in lower case. Junk before a
// feed's, which exists, is passed over.
func rootOf(head string) string {
	rest := head[len(notRoot.FindString(head)):]
	if m := rootName.FindStringSubmatch(rest); m != nil {
		return strings.ToLower(m[1])
	}
	if m := anyRoot.FindStringSubmatch(head); m != nil {
		return strings.ToLower(m[1])
	}
	return ""
}

// isAddresses reports whether each whole line is an address.
func isAddresses(head string) bool {
	n := 0
	lines := strings.Split(head, "\n")
	if len(lines) > 1 && len(head) >= 8<<10-2 {
		lines = lines[:len(lines)-1]
	}
	for _, line := range lines {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !isURL(line) || strings.ContainsAny(line, " \t<>") {
			return false
		}
		n++
	}
	return n > 0
}
