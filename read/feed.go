package read

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
	"golang.org/x/net/html"

	"github.com/onrecord/onrecord"
)

var (
	xmlProlog  = regexp.MustCompile(`^[^<]*<\?xml[^>]*\?>`)
	controlRef = regexp.MustCompile(`&#(?:x0*([0-9A-Fa-f]{1,2})|0*([0-9]{1,2}));`)
	feedItem   = regexp.MustCompile(`(?s)<(item|entry)[\s>].*?</(?:item|entry)\s*>`)
	feedRoot   = regexp.MustCompile(`<(?:rdf:RDF|rss|feed|channel)(?:\s[^>]*)?>`)
	feedTitle  = regexp.MustCompile(`(?s)<title[^>]*>(.*?)</title\s*>`)
)

// parseFeed reads RSS, Atom or JSON Feed. XML that breaks off, or breaks in the
// middle, gives the items that are whole.
func parseFeed(text string) (Listing, error) {
	text = cleanXML(text)
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	feed, err := parser.ParseString(text)
	if err == nil {
		l := listingOf(feed)
		if strings.HasPrefix(strings.TrimSpace(text), "{") && len(l.Items) == 0 && l.Title == "" {
			return Listing{}, fmt.Errorf("JSON that is no feed: %w", onrecord.ErrInvalid)
		}
		return l, nil
	}
	l, ok := salvage(text)
	if !ok {
		return Listing{}, fmt.Errorf("%w: feed: %w", onrecord.ErrInvalid, err)
	}
	l.problem("feed", "the feed is broken (%v); %d items could be read", err, len(l.Items))
	return l, nil
}

// cleanXML takes out what no XML may have and feeds do: control characters, bare
// or as references, junk before the first tag. The text is UTF-8 by now, so that
// what the first line declares is not true any more.
func cleanXML(s string) string {
	s = xmlProlog.ReplaceAllString(s, "")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
	s = controlRef.ReplaceAllStringFunc(s, func(ref string) string {
		m := controlRef.FindStringSubmatch(ref)
		n, err := strconv.ParseUint(m[1]+m[2], map[bool]int{true: 16, false: 10}[m[1] != ""], 8)
		if err == nil && n < 32 && n != 9 && n != 10 && n != 13 {
			return ""
		}
		return ref
	})
	return s
}

// salvage reads the items of a broken feed one by one.
func salvage(text string) (Listing, bool) {
	root := feedRoot.FindString(text)
	items := feedItem.FindAllString(text, mostItems)
	if root == "" || len(items) == 0 {
		return Listing{}, false
	}
	open, shut := root+"<channel><title>-</title>", "</channel></rss>"
	switch {
	case strings.HasPrefix(root, "<feed"):
		open, shut = root+"<title>-</title>", "</feed>"
	case strings.HasPrefix(root, "<rdf"):
		open, shut = root+"<channel><title>-</title></channel>", "</rdf:RDF>"
	case strings.HasPrefix(root, "<channel"):
		open = "<rss>" + root + "<title>-</title>"
	}
	var l Listing
	lost := 0
	for _, item := range items {
		one, err := gofeed.NewParser().ParseString(open + item + shut)
		if err != nil || len(one.Items) == 0 {
			lost++
			continue
		}
		part := listingOf(one)
		l.Kind = part.Kind
		l.Items = append(l.Items, part.Items...)
	}
	before, _, _ := strings.Cut(text, items[0])
	if m := feedTitle.FindStringSubmatch(before); m != nil {
		l.Title = collapse(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(m[1]), "<![CDATA["), "]]>"))
	}
	if lost > 0 {
		l.problem("feed", "%d items cannot be read", lost)
	}
	return l, len(l.Items) > 0
}

var feedKinds = map[string]ListingKind{"rss": RSS, "atom": Atom, "json": JSONFeed}

func listingOf(f *gofeed.Feed) Listing {
	l := Listing{Kind: feedKinds[f.FeedType], Title: collapse(f.Title), Site: f.Link, Language: f.Language, TTL: ttlOf(f)}
	for _, item := range f.Items {
		if item == nil {
			continue
		}
		i := Item{ID: item.GUID, URL: item.Link, Title: plainTitle(item.Title), Summary: item.Description, Content: item.Content}
		i.Published = feedDate(item.Published, item.PublishedParsed)
		i.Modified = feedDate(item.Updated, item.UpdatedParsed)
		if i.Modified == i.Published { // a date that stands for both tells of no change
			i.Modified = onrecord.Date{}
		}
		if i.Published.IsZero() && item.DublinCoreExt != nil && len(item.DublinCoreExt.Date) > 0 {
			i.Published = pageDate(item.DublinCoreExt.Date[0])
		}
		if i.URL == "" && isURL(item.GUID) {
			i.URL = item.GUID
		}
		for _, a := range item.Authors {
			if a != nil && a.Name != "" {
				i.Authors = append(i.Authors, collapse(a.Name))
			}
		}
		l.Items = append(l.Items, i)
	}
	return l
}

// plainTitle is a title without the tags that some feeds set in it.
func plainTitle(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return collapse(s)
	}
	doc, err := html.Parse(strings.NewReader(strings.ReplaceAll(s, "</title>", "")))
	if err != nil {
		return collapse(s)
	}
	return collapse(words(doc))
}

// feedDate is a date as it is written, with its zone; else as it was understood.
func feedDate(s string, parsed *time.Time) onrecord.Date {
	if d := pageDate(s); !d.IsZero() && (d.Precision == onrecord.Instant || parsed == nil) {
		return d
	}
	if parsed != nil && parsed.Year() > 1900 && parsed.Year() < 2200 {
		return onrecord.DateOf(*parsed)
	}
	return onrecord.Date{}
}

// ttlOf is how long a feed asks to be left alone: RSS's ttl in minutes, or the
// syndication module's period by its frequency.
func ttlOf(f *gofeed.Feed) time.Duration {
	if original, ok := f.OriginalFeed().(*rss.Feed); ok && original != nil {
		if m, err := strconv.Atoi(strings.TrimSpace(original.TTL)); err == nil && m > 0 && m < 60*24*31 {
			return time.Duration(m) * time.Minute
		}
	}
	period := map[string]time.Duration{
		"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
	}[strings.ToLower(extension(f.Extensions, "sy", "updatePeriod"))]
	if n, err := strconv.Atoi(extension(f.Extensions, "sy", "updateFrequency")); err == nil && n > 1 {
		period /= time.Duration(n)
	}
	return period
}

func extension(e ext.Extensions, prefix, name string) string {
	if v := e[prefix][name]; len(v) > 0 {
		return strings.TrimSpace(v[0].Value)
	}
	return ""
}

// FeedLink is where a feed is.
type FeedLink struct {
	URL, Title string
	Kind       ListingKind // where it is told
}

// OPML reads the feeds of an OPML file, in its order, nested ones too. It wraps
// [onrecord.ErrInvalid] for what is none.
func OPML(b []byte) ([]FeedLink, error) {
	text, _ := decode(b, listingCharset(b, ""))
	d := xml.NewDecoder(strings.NewReader(cleanXML(text)))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	var links []FeedLink
	seen := map[string]bool{}
	isOPML := false
	for {
		token, err := d.Token()
		if err != nil {
			if !isOPML {
				return nil, fmt.Errorf("no OPML: %w", onrecord.ErrInvalid)
			}
			if _, broken := errors.AsType[*xml.SyntaxError](err); broken && len(links) == 0 {
				return nil, fmt.Errorf("OPML: %w: %w", onrecord.ErrInvalid, err)
			}
			return links, nil
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch strings.ToLower(start.Name.Local) {
		case "opml":
			isOPML = true
		case "outline":
			values := map[string]string{}
			for _, a := range start.Attr {
				values[strings.ToLower(a.Name.Local)] = a.Value
			}
			address := absolute(values["xmlurl"], nil)
			if isOPML && address != "" && !seen[address] {
				seen[address] = true
				links = append(links, FeedLink{URL: address, Title: collapse(first(values["title"], values["text"])), Kind: feedKinds[strings.ToLower(values["type"])]})
			}
		}
	}
}

// parseSitemap reads a sitemap or an index of sitemaps, element by element.
func parseSitemap(text string) Listing {
	d := xml.NewDecoder(bytes.NewReader([]byte(cleanXML(text))))
	d.Strict = false
	l := Listing{Kind: Sitemap}
	type entry struct {
		Loc     string `xml:"loc"`
		Lastmod string `xml:"lastmod"`
		News    *struct {
			Publication struct {
				Name     string `xml:"name"`
				Language string `xml:"language"`
			} `xml:"publication"`
			Date  string `xml:"publication_date"`
			Title string `xml:"title"`
		} `xml:"news"`
	}
	type sitemap struct {
		address string
		changed onrecord.Date
	}
	var parts []sitemap
	for {
		token, err := d.Token()
		if err != nil {
			if _, broken := errors.AsType[*xml.SyntaxError](err); broken {
				l.problem("sitemap", "the sitemap is broken (%v); %d addresses could be read", err, len(l.Items)+len(parts))
			}
			break
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "sitemapindex":
			l.Kind = SitemapIndex
		case "sitemap", "url":
			var e entry
			if err := d.DecodeElement(&e, &start); err != nil {
				l.problem("sitemap", "the sitemap breaks (%v); %d addresses could be read", err, len(l.Items)+len(parts))
				return l
			}
			if start.Name.Local == "sitemap" {
				parts = append(parts, sitemap{e.Loc, pageDate(e.Lastmod)})
				continue
			}
			item := Item{URL: e.Loc, Modified: pageDate(e.Lastmod)}
			if e.News != nil {
				l.Kind = NewsSitemap
				item.Title, item.Published, item.Language = collapse(e.News.Title), pageDate(e.News.Date), e.News.Publication.Language
				l.Title = first(l.Title, collapse(e.News.Publication.Name))
			}
			if l.Items = append(l.Items, item); len(l.Items) > mostItems {
				return l
			}
		}
	}
	newest(parts, func(s sitemap) time.Time { return s.changed.Time })
	for _, p := range parts {
		l.More = append(l.More, p.address)
	}
	return l
}
