package read_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/read"
)

var update = flag.Bool("update", false, "write what is read into testdata")

const pagesFile = "testdata/pages.txtar"

func TestPages(t *testing.T) {
	archive, err := txtar.ParseFile(pagesFile)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		page, want := archive.Files[i], &archive.Files[i+1]
		t.Run(page.Name, func(t *testing.T) {
			rev, err := revision(t, page.Name, string(page.Data))
			if err != nil {
				t.Fatal(err)
			}
			got := describe(&rev)
			if *update {
				want.Data = []byte(got)
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		})
	}
	if *update {
		if err := os.WriteFile(pagesFile, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// describe prints a revision as pages.txtar has it.
func describe(rev *onrecord.Revision) string {
	var b strings.Builder
	for _, fact := range []struct{ name, value string }{
		{"title", rev.Title},
		{"byline", strings.Join(rev.Byline, ", ")},
		{"publisher", rev.Publisher},
		{"credit", strings.Join(rev.Credit, ", ")},
		{"published", rev.Published.String()},
		{"modified", rev.Modified.String()},
		{"canonical", rev.CanonicalURL},
		{"language", rev.Language},
	} {
		if fact.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", fact.name, fact.value)
		}
	}
	for _, p := range rev.Problems {
		fmt.Fprintf(&b, "problem: %s\n", p.Code)
	}
	b.WriteString("\n")
	for _, z := range rev.Zones {
		words := strings.ReplaceAll(z.Span.In(rev.Text), "\n", "⏎")
		if head, ok := strings.CutSuffix(words, " "); ok {
			words = head + "⎵"
		}
		fmt.Fprintf(&b, "%s: %s\n", z.Kind, words)
	}
	return b.String()
}

// story is enough text for a page to have an article.
var story = "<p>" + strings.Repeat("The dam held through the night, the crew said. ", 12) + "</p>"

// A user's word about a page goes before the page's own.
func TestGivenBeforePage(t *testing.T) {
	given := read.Given{
		URL: "https://fjordposten.example/a/dam", Title: "A long night", Publisher: "Fjordposten AS",
		Published: onrecord.Date{Time: date(2024, 2, 1), Precision: onrecord.Day},
	}
	page := `<html><head><meta property="og:title" content="Dam holds"><meta property="og:site_name" content="FP">
<meta property="article:published_time" content="2023-01-01"><link rel="canonical" href="../dam"></head><body>` + story
	for c, err := range read.Captures(strings.NewReader(page), "a.html", read.Auto, given) {
		if err != nil {
			t.Fatal(err)
		}
		rev, err := read.Revision(&c)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{rev.Title, rev.Publisher, rev.Published.String(), rev.URL, rev.CanonicalURL}
		want := []string{given.Title, given.Publisher, "2024-02-01", given.URL, "https://fjordposten.example/dam"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("facts (-want +got):\n%s", diff)
		}
	}
}

func TestPageWithoutArticle(t *testing.T) {
	for name, page := range map[string]string{
		"no text":     "<!doctype html><html><head><title>Dam holds</title></head><body><div id=app></div></body></html>",
		"script only": "<html><body><script>" + strings.Repeat("render('dam');", 40) + "</script></body></html>",
	} {
		_, err := revision(t, "a.html", page)
		if !errors.Is(err, onrecord.ErrNotText) || !strings.Contains(err.Error(), "no article found") {
			t.Errorf("%s: error %v, want ErrNotText with no article found", name, err)
		}
	}
}

// Pages made to be slow or deep lose their layout and keep their text.
func TestHostilePages(t *testing.T) {
	for name, page := range map[string]string{
		"deep":          "<html><head><title>Dam</title><form>" + strings.Repeat("<div>", 100_000) + story,
		"many elements": "<html><body>" + strings.Repeat("<i>a</i>", 70_000) + story,
		"deep and wide": "<html><body>" + strings.Repeat("<div>", 500) + strings.Repeat("<p>a", 20_000) + story,
		"many tags":     "<html><body>" + story + strings.Repeat("<", 300_000),
	} {
		t.Run(name, func(t *testing.T) {
			rev, err := revision(t, "a.html", page)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(rev.Text, "The dam held through the night") {
				t.Errorf("text %.80q has lost the story", rev.Text)
			}
			if !slices.ContainsFunc(rev.Problems, func(p onrecord.Problem) bool { return p.Code == "page" }) {
				t.Errorf("problems %v, want one with code page", rev.Problems)
			}
		})
	}
}

// Work grows with a page: four times of what pages are made of costs about four
// times the steps, of which those that allocate are counted, for machines differ.
func TestPagesGrowStraight(t *testing.T) {
	for name, part := range map[string]string{
		"paragraphs": "<p>The dam held through the night, the crew of the upper town said. No. %d.</p>",
		"links":      "<li><a href=/%d>Dam holds</a></li>",
		"unclosed":   "<p><b>The dam held %d",
		"breaks":     "a%d<br>",
		"names":      `<div class="share related comment-%d body"></div>`,
		"bodies":     `<div class="article-body"><p>The dam held through the night, the crew of the upper town said %d.</p></div>`,
	} {
		t.Run(name, func(t *testing.T) {
			cost := func(n int) float64 {
				var b strings.Builder
				b.WriteString("<html><body>" + story)
				for i := range n {
					fmt.Fprintf(&b, part, i)
				}
				c := onrecord.Capture{Bytes: []byte(b.String()), MediaType: "text/html"}
				return testing.AllocsPerRun(1, func() {
					if _, err := read.Revision(&c); err != nil {
						t.Fatal(err)
					}
				})
			}
			small, large := cost(1000), cost(4000)
			if large > 6*small {
				t.Errorf("%.0f allocations for 1,000 parts, %.0f for 4,000", small, large)
			}
		})
	}
}

// Five megabytes of anything are read in seconds; the bound is wide, because
// machines are slow at times.
func TestLargePages(t *testing.T) {
	for name, part := range map[string]string{
		"paragraphs": "<p>The dam held.</p>", "short paragraphs": "<p>", "links": "<li><a href=/a>Dam holds</a></li>",
		"unclosed": "<b><p>a", "nested": "<div>", "quotes": `"“’`, "classes": `<div class="share body">a</div>`,
		"rules": "<table><tr><td>a", "forms": "<form><select><option>a",
	} {
		page := "<html><body>" + story + strings.Repeat(part, 5<<20/len(part)-200)
		start := time.Now()
		if _, err := revision(t, "a.html", page); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
	script := `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"` + strings.Repeat("dam ", 1<<20) + `"}</script>`
	start := time.Now()
	if _, err := revision(t, "a.html", "<html><head>"+script+"</head><body>"+story); err != nil {
		t.Error(err)
	}
	t.Logf("JSON-LD: %v", time.Since(start))
}

// A page in a charset of its own says so past the first kilobyte, or not at all.
func TestPageCharsets(t *testing.T) {
	body := "</head><body>" + strings.Replace(story, "dam", "d\xe1m", 1)
	padding := "<!-- " + strings.Repeat("x", 3000) + " -->"
	for _, test := range []struct{ name, page, want string }{
		{"declared", "<html><head>" + padding + `<meta charset="iso-8859-2">` + body, "dám"},
		{"declared, old style", `<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">` + body, "dбm"},
		{"declared falsely", `<html><head><meta charset="windows-1251"></head><body>` + strings.Replace(story, "dam", "dám", 1), "dám"},
		{"not declared", "<html><head>" + body, "dám"},
	} {
		rev, err := revision(t, "a.html", test.page)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if !strings.Contains(rev.Text, test.want) {
			t.Errorf("%s: text %.40q, want %q in it", test.name, rev.Text, test.want)
		}
	}
}

// JSON-LD is read as sites print it, which is not always JSON.
func TestLinkedDataAsPrinted(t *testing.T) {
	for name, script := range map[string]string{
		"comment":       `<!-- {"@type":"NewsArticle","headline":"Dam holds"} -->`,
		"CDATA":         `//<![CDATA[` + "\n" + `{"@type":"NewsArticle","headline":"Dam holds"}` + "\n//]]>",
		"raw line end":  "{\"@type\":\"NewsArticle\",\"headline\":\"Dam\nholds\"};",
		"list":          `[{"@type":"BreadcrumbList"},{"@type":"ReportageNewsArticle","headline":"Dam holds"}]`,
		"itself as id":  `{"@type":"NewsArticle","headline":"Dam holds","author":"x","@id":"x","name":"x"}`,
		"nested entity": `{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":["Dam holds"]}}`,
	} {
		rev, err := revision(t, "a.html", `<html><head><script type="application/ld+json">`+script+`</script></head><body>`+story)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if rev.Title != "Dam holds" {
			t.Errorf("%s: title %q, want Dam holds", name, rev.Title)
		}
	}
}
