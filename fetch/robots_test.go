package fetch

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestRobots: what a robots.txt allows, case by case of RFC 9309. Its lines are
// parted by "/ /"; the agent is called "onrecord".
func TestRobots(t *testing.T) {
	for _, c := range []struct {
		name, robots string
		allowed      string // paths
		forbidden    string
	}{
		{"an empty file allows all", "", "/ /a", ""},
		{"all is forbidden to everybody", "User-agent: *\nDisallow: /", "/robots.txt", "/ /a /a?b"},
		{"an empty Disallow forbids nothing", "User-agent: *\nDisallow:", "/ /a", ""},
		{"one's own group counts, not everybody's", "User-agent: *\nDisallow: /\nUser-agent: onrecord\nDisallow: /private", "/ /a", "/private /private/x"},
		{"names in any case", "user-AGENT: OnRecord\nDISALLOW: /a", "/b", "/a"},
		{"a name is a whole name", "User-agent: on\nDisallow: /a\nUser-agent: onrecordbot\nDisallow: /b", "/a /b", ""},
		{"a version behind the name is none of it", "User-agent: onrecord/2.0\nDisallow: /a", "/b", "/a"},
		{"groups of one name are joined", "User-agent: onrecord\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /b", "/c", "/a /b"},
		{"several names share a group", "User-agent: other\nUser-agent: onrecord\nDisallow: /a", "/b", "/a"},
		{"the longest pattern decides", "User-agent: *\nDisallow: /news\nAllow: /news/open", "/news/open /news/open/1", "/news /news/1"},
		{"of equal ones, allow", "User-agent: *\nDisallow: /page\nAllow: /page", "/page", ""},
		{"order does not count", "User-agent: *\nAllow: /news/open\nDisallow: /news", "/news/open", "/news/1"},
		{"a star is anything", "User-agent: *\nDisallow: /*.pdf", "/a.html", "/a.pdf /b/c.pdf /c.pdf.html"},
		{"a dollar is the end", "User-agent: *\nDisallow: /*.pdf$", "/c.pdf.html /a.pdf?x=1", "/a.pdf"},
		{"queries are part of a path", "User-agent: *\nDisallow: /*?print=", "/a?b=1", "/a?print=1"},
		{"percent-encoding is written in one way", "User-agent: *\nDisallow: /%7Eann\nDisallow: /a%3cd", "/~bob", "/~ann /%7eann /a%3Cd"},
		{"UTF-8 is the same as its encoding", "User-agent: *\nDisallow: /müll", "/mull", "/m%C3%BCll /m%c3%bcll"},
		{"an encoded slash is no slash", "User-agent: *\nDisallow: /a/b", "/a%2Fb", "/a/b"},
		{"comments and odd lines are passed over", "# hello\nUser-agent: * # all\nNonsense\nSitemap: https://a.example/s.xml\nDisallow: /a # this", "/b", "/a"},
		{"a sitemap between name and rule ends no group", "User-agent: onrecord\nSitemap: https://a.example/s.xml\nDisallow: /a", "/b", "/a"},
		{"rules before any name are nobody's", "Disallow: /\nUser-agent: onrecord\nDisallow: /a", "/b", "/a"},
		{"lines end as they like", "User-agent: *\r\nDisallow: /a\rDisallow: /b", "/c", "/a /b"},
		{"a byte-order mark is no part of a name", "\ufeffUser-agent: *\nDisallow: /a", "/b", "/a"},
		{"an encoded star is a star and nothing else", "User-agent: *\nDisallow: /with-a-%2A.html", "/with-a-b.html", "/with-a-*.html /with-a-%2a.html"},
		{"an encoded dollar is a dollar", "User-agent: *\nDisallow: /a%24", "/a", "/a$ /a$b /a%24"},
		{"a dollar before the end is one, too", "User-agent: *\nDisallow: /a$b", "/a /ab", "/a$b /a%24bc"},
		{"a crawl-delay between names ends no list", "User-agent: onrecord\nCrawl-delay: 1\nUser-agent: other\nDisallow: /a", "/b", "/a"},
		{"encoded characters of no meaning are the same", "User-agent: *\nDisallow: /%61%2d%31", "/b", "/a-1"},
		{"a lone percent is its encoding", "User-agent: *\nDisallow: /100%", "/100", "/100%25 /100%25a"},
		{"many stars take no time", "User-agent: *\nDisallow: /" + strings.Repeat("*a", 500) + "$", "/" + strings.Repeat("a", 400) + "b", "/" + strings.Repeat("a", 600)},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines, _ := parseRobots([]byte(c.robots), "onrecord")
			r := rules{lines: lines}
			for want, paths := range map[bool]string{true: c.allowed, false: c.forbidden} {
				for path := range strings.FieldsSeq(paths) {
					u, err := url.Parse("https://a.example" + path)
					if err != nil {
						t.Fatal(err)
					}
					if got := r.allows(u); got != want {
						t.Errorf("%s: allowed is %v, want %v", path, got, want)
					}
				}
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	for robots, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 10":                                        10 * time.Second,
		"User-agent: *\nCrawl-delay: 0.5":                                       500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: 86400":                                     2 * time.Minute,
		"User-agent: *\nCrawl-delay: soon":                                      0,
		"User-agent: other\nCrawl-delay: 9":                                     0,
		"User-agent: *\nCrawl-delay: 9\nUser-agent: onrecord\nCrawl-delay: 3\n": 3 * time.Second,
	} {
		if _, got := parseRobots([]byte(robots), "onrecord"); got != want {
			t.Errorf("%q: %v, want %v", robots, got, want)
		}
	}
}

// FuzzRobots holds that any file gives bounded rules, that writing a path in one
// way twice is writing it once, and that a path can be forbidden by its own name.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%7E", "a%zzb?x")
	f.Add("\xef\xbb\xbfuser-agent:onrecord\rcrawl-delay:1e309\r\nallow:*$$", "%%41*$#\xff")
	f.Fuzz(func(t *testing.T, robots, path string) {
		u, err := parse("https://a.example/" + path)
		if err != nil {
			t.Skip()
		}
		lines, delay := parseRobots([]byte(robots), "onrecord")
		if delay < 0 || delay > mostDelay || len(lines) > mostRules {
			t.Fatalf("delay %v, %d rules", delay, len(lines))
		}
		for _, l := range lines {
			if pattern(l.pattern) != l.pattern {
				t.Fatalf("%q, written in one way, is %q", l.pattern, pattern(l.pattern))
			}
		}
		(&rules{lines: lines}).allows(u)
		itself := literal(normal(u.RequestURI()))
		if len(itself) > mostPatterns || itself == "/robots.txt" {
			t.Skip()
		}
		for _, own := range []string{itself, itself + "$"} {
			lines, _ := parseRobots([]byte("User-agent: onrecord\nDisallow: "+own), "onrecord")
			if (&rules{lines: lines}).allows(u) {
				t.Fatalf("%q does not forbid %q", own, u)
			}
		}
	})
}

func BenchmarkRobots(b *testing.B) {
	u := &url.URL{Scheme: "https", Host: "a.example", Path: "/news/2024/02/24/a-long-name-of-an-article.html"}
	for name, robots := range map[string]string{
		"200 rules":        strings.Repeat("Disallow: /a/*/b\nAllow: /news/open\n", 100),
		"500 KiB of stars": strings.Repeat("Disallow: /*a*e*z\n", 500<<10/18),
	} {
		lines, _ := parseRobots([]byte("User-agent: *\n"+robots), "onrecord")
		r := rules{lines: lines}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r.allows(u)
			}
		})
	}
}
