package read

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/onrecord/onrecord"
)

// written writes a list as a line each: its kind and title, its items with their
// dates and titles, what else is to be read, problems.
func written(l Listing) []string {
	out := []string{fmt.Sprintf("%s: %s", l.Kind, l.Title)}
	for _, i := range l.Items {
		line := i.URL
		if !i.Published.IsZero() {
			line += " " + i.Published.String()
		}
		if !i.Modified.IsZero() {
			line += " changed " + i.Modified.String()
		}
		if i.Title != "" {
			line += " " + i.Title
		}
		if len(i.Authors) > 0 {
			line += " by " + strings.Join(i.Authors, ", ")
		}
		out = append(out, line)
	}
	for _, m := range l.More {
		out = append(out, "more: "+m)
	}
	for _, p := range l.Problems {
		out = append(out, "problem: "+p.Code)
	}
	return out
}

const rssFeed = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour  News</title><link>https://harbour.example/</link><ttl>30</ttl>
<item><title>Bridge &amp; tide</title><link>https://harbour.example/bridge</link><guid>1</guid><pubDate>Sat, 24 Feb 2024 18:05:00 +0300</pubDate><dc:creator>Nora Berg</dc:creator></item>
<item><title>Frost</title><link>/frost</link><pubDate>yesterday</pubDate></item>
</channel></rss>`

var rssLines = []string{
	"RSS: Harbour News", "https://harbour.example/bridge 2024-02-24T18:05:00+03:00 Bridge & tide by Nora Berg", "https://harbour.example/frost Frost",
}

func TestListings(t *testing.T) {
	for _, c := range []struct {
		name, list string
		want       []string
	}{
		{"RSS", rssFeed, rssLines},
		{"RSS with junk before it", "\n\ufeff  <!-- made by hand -->\n" + rssFeed, rssLines},
		{"RSS with control characters and their references", strings.Replace(rssFeed, "Frost", "Fr\x08o&#x1F;s&#8;t", 1), rssLines},
		{"RSS that breaks off", strings.TrimSuffix(rssFeed, rssFeed[strings.LastIndex(rssFeed, "st</title>"):]), append(rssLines[:2:2], "problem: feed")},
		{
			"RSS with a tag in a title", strings.Replace(rssFeed, "<item><title>Bridge", "<item><title>A <br> b</title><link>https://harbour.example/odd</link></item><item><title>Bridge", 1),
			append([]string{rssLines[0], "https://harbour.example/odd A b"}, rssLines[1:]...),
		},
		{"RSS with a broken item in the middle", strings.Replace(rssFeed, "<item><title>Bridge", "<item><title>A</title><link>https://harbour.example/odd<<</item><item><title>Bridge", 1), append(rssLines[:3:3], "problem: feed", "problem: feed")},
		{"RSS with an address only in its guid", `<rss version="2.0"><channel><title>A</title><item><title>B</title><guid isPermaLink="true">https://harbour.example/b</guid></item></channel></rss>`, []string{"RSS: A", "https://harbour.example/b B"}},
		{
			"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://harbour.example/"><title>Harbour</title></channel><item rdf:about="https://harbour.example/a"><title>A</title><link>https://harbour.example/a</link><dc:date>2024-02-24T10:00:00Z</dc:date></item></rdf:RDF>`,
			[]string{"RSS: Harbour", "https://harbour.example/a 2024-02-24T10:00:00Z A"},
		},
		{
			"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><title>Orchard</title><entry><title type="html">Late &lt;b&gt;frost</title><link rel="alternate" href="https://orchard.example/frost"/><id>tag:orchard.example,2024:1</id><published>2024-03-02T08:00:00-05:00</published><updated>2024-03-02T09:30:00-05:00</updated><author><name>Ada Bell</name></author></entry></feed>`,
			[]string{"Atom: Orchard", "https://orchard.example/frost 2024-03-02T08:00:00-05:00 changed 2024-03-02T09:30:00-05:00 Late frost by Ada Bell"},
		},
		{
			"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","title":"Orchard","items":[{"id":"1","url":"https://orchard.example/frost","title":"Frost","date_published":"2024-03-02T08:00:00Z"}]}`,
			[]string{"JSON Feed: Orchard", "https://orchard.example/frost 2024-03-02T08:00:00Z Frost"},
		},
		{
			"items without an address on the web", `<rss version="2.0"><channel><title>A</title><item><title>B</title><link>javascript:void(0)</link></item><item><title>C</title><link>https://me:secret@harbour.example/</link></item></channel></rss>`,
			[]string{"RSS: A", "problem: address"},
		},
		{
			"a news sitemap", `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://harbour.example/a</loc><lastmod>2024-02-24</lastmod><news:news><news:publication><news:name>Harbour Times</news:name><news:language>en</news:language></news:publication><news:publication_date>2024-02-24T10:00:00+02:00</news:publication_date><news:title>A bridge</news:title></news:news></url></urlset>`,
			[]string{"news sitemap: Harbour Times", "https://harbour.example/a 2024-02-24T10:00:00+02:00 changed 2024-02-24 A bridge"},
		},
		{
			"an index of sitemaps, the newest first", `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://harbour.example/old.xml</loc><lastmod>2023-01-01</lastmod></sitemap><sitemap><loc>/new.xml.gz</loc><lastmod>2024-01-01</lastmod></sitemap></sitemapindex>`,
			[]string{"sitemap index: ", "more: https://harbour.example/new.xml.gz", "more: https://harbour.example/old.xml"},
		},
		{"a sitemap that breaks off", `<urlset><url><loc>https://harbour.example/a</loc></url><url><loc>https://harb`, []string{"sitemap: ", "https://harbour.example/a", "problem: sitemap"}},
		{"a list of addresses", "https://harbour.example/a\nhttps://harbour.example/b\n", []string{"sitemap: ", "https://harbour.example/a", "https://harbour.example/b"}},
		{
			"a page of links", `<!doctype html><title>Harbour Times</title><nav><a href="/tag/bridges-and-other-things">All about bridges and more</a> <a href="/about-us">About us and our house</a></nav>
<h2><a href="/2024/02/24/bridge-to-close">Bridge to close for the winter</a></h2><a href="/2024/02/24/bridge-to-close#comments">3 comments so far</a>
<a href="https://elsewhere.example/2024/02/24/other-story">Another story from elsewhere</a> <a href="https://blog.harbour.example/mayor-says-so-again"><b>Mayor</b> says that it is so</a> <a href="/contact">Write to us here please</a>`,
			[]string{"index page: Harbour Times", "https://harbour.example/2024/02/24/bridge-to-close Bridge to close for the winter", "https://blog.harbour.example/mayor-says-so-again Mayor says that it is so"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := ParseListing([]byte(c.list), "", "https://harbour.example/list")
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, written(l)); d != "" {
				t.Error("-want +got\n", d, l.Problems)
			}
		})
	}
}

func TestListsInOtherCharsets(t *testing.T) {
	plain := strings.Replace(rssFeed, "Frost", "Früh”", 1)
	want := []string{rssLines[0], rssLines[1], "https://harbour.example/frost Früh”"}
	windows, err := charmap.Windows1252.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(plain))
	_ = z.Close()
	for name, list := range map[string]string{
		"windows-1252, undeclared":    windows,
		"windows-1252, declared":      strings.Replace(windows, "UTF-8", "windows-1252", 1),
		"UTF-8 that declares another": strings.Replace(plain, "UTF-8", "ISO-8859-1", 1),
		"UTF-16":                      wide,
		"gzip":                        zipped.String(),
	} {
		l, err := ParseListing([]byte(list), "", "https://harbour.example/list")
		if err != nil {
			t.Error(name, err)
		} else if d := cmp.Diff(want, written(l)); d != "" {
			t.Error(name, "-want +got\n", d)
		}
	}
}

func TestWhatIsNoList(t *testing.T) {
	for _, s := range []string{"", "words", `{"a": 1}`, "\x89PNG\r\n\x1a\n", "<rss>", "\x1f\x8b\x08broken", "https://a.example/ and words"} {
		if l, err := ParseListing([]byte(s), "", "https://harbour.example/"); !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("%q: %+v, %v", s, l, err)
		}
	}
}

// Lists made to hurt cost a moment and little memory.
func TestHostileLists(t *testing.T) {
	many := strings.Repeat("<item><title>A</title><link>https://harbour.example/a</link></item>", 10_000)
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 100 {
		_, _ = z.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	_ = z.Close()
	for name, list := range map[string]string{
		"10,000 items":          `<rss version="2.0"><channel>` + many + `</channel></rss>`,
		"10,000 items, broken":  `<rss version="2.0"><channel>` + many + `<item>`,
		"nested tags":           "<rss><channel>" + strings.Repeat("<item>", 100_000),
		"entities of entities":  `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title><item><title>&c;</title><link>https://a.example/</link></item></channel></rss>`,
		"a bomb":                bomb.String(),
		"unclosed":              "<urlset>" + strings.Repeat("<url><loc>https://a.example/", 50_000),
		"a page of tags":        "<html>" + strings.Repeat("<a href=/2024/01/01/x>", 400_000),
		"addresses without end": strings.Repeat("https://harbour.example/a\n", 200_000),
	} {
		start := time.Now()
		l, err := ParseListing([]byte(list), "", "https://harbour.example/")
		if len(l.Items) > mostItems || time.Since(start) > 10*time.Second {
			t.Errorf("%s: %d items in %v, %v", name, len(l.Items), time.Since(start), err)
		}
	}
}

func TestDiscover(t *testing.T) {
	page := `<html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed"><link rel="ALTERNATE stylesheet" type="application/atom+xml" title="All news" href="/atom.xml">
<link rel="alternate" hreflang="de" href="/de"></head><body><a href="https://feeds.example/rss/politics">Politics</a> <a href="/news">News</a> <a href="/atom.xml">Atom</a></body></html>`
	var got []string
	for _, l := range Discover([]byte(page), "https://harbour.example/news") {
		got = append(got, fmt.Sprintf("%s %s %s", l.URL, l.Kind, l.Title))
	}
	if d := cmp.Diff([]string{"https://harbour.example/atom.xml Atom All news", "https://feeds.example/rss/politics  Politics", "https://harbour.example/comments/feed RSS Comments"}, got); d != "" {
		t.Error("-want +got\n", d)
	}
	usual := UsualFeeds("https://harbour.example/news/")
	if len(usual) < 10 || usual[0] != "https://harbour.example/feed" || UsualFeeds("nothing") != nil {
		t.Errorf("%q", usual)
	}
}

func TestOPML(t *testing.T) {
	const file = `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="News &amp; more"><outline type="rss" text="Harbour" xmlUrl="https://harbour.example/feed" htmlUrl="https://harbour.example/"/>
<outline type="atom" title="Orchard" text="o" xmlurl="https://orchard.example/atom"/></outline><outline text="again" xmlUrl="https://harbour.example/feed"/><outline text="bad" xmlUrl="file:///etc/passwd"/></body></opml>`
	got, err := OPML([]byte(file))
	if d := cmp.Diff([]FeedLink{{"https://harbour.example/feed", "Harbour", RSS}, {"https://orchard.example/atom", "Orchard", Atom}}, got); d != "" || err != nil {
		t.Error(err, "-want +got\n", d)
	}
	if _, err := OPML([]byte(rssFeed)); !errors.Is(err, onrecord.ErrInvalid) {
		t.Error(err)
	}
}

func FuzzParseListing(f *testing.F) {
	f.Add([]byte(rssFeed), "")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/></entry>`), "text/xml; charset=utf-16")
	f.Add([]byte(`<sitemapindex><sitemap><loc>a</loc></sitemap></sitemapindex>`), "")
	f.Add([]byte(`<html><a href="/2024/01/01/a-b-c-d">Three words and more</a>`), "text/html")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"a"}]}`), "")
	f.Add([]byte("https://a.example/\n"), "")
	f.Fuzz(func(t *testing.T, b []byte, contentType string) {
		l, err := ParseListing(b, contentType, "https://harbour.example/list")
		if err != nil {
			return
		}
		for _, i := range l.Items {
			if !isURL(i.URL) {
				t.Fatalf("an item at %q", i.URL)
			}
		}
		_ = Discover(b, "https://harbour.example/")
		_, _ = OPML(b)
	})
}

func BenchmarkFeed(b *testing.B) {
	var s strings.Builder
	s.WriteString(`<rss version="2.0"><channel><title>A</title>`)
	for i := range 1000 {
		fmt.Fprintf(&s, "<item><title>Item %d</title><link>https://a.example/%d</link><description>%s</description></item>", i, i, strings.Repeat("words ", 100))
	}
	s.WriteString("</channel></rss>")
	b.SetBytes(int64(s.Len()))
	for b.Loop() {
		if _, err := ParseListing([]byte(s.String()), "", ""); err != nil {
			b.Fatal(err)
		}
	}
}
