package bench

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
)

func zipped(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, file, b.String())
}

const damPage = `<html><head><title>Dam holds</title><meta name="author" content="Ana Prado">
<meta property="article:published_time" content="2024-02-24T18:05:00+03:00"></head><body><article><h1>Dam holds</h1>
<p>The dam above the town held through the night, the crew said, after rain that few had seen the like of.</p>
<p>Nobody had to leave the lower streets, where most of the people live, the mayor said in the morning.</p></article></body></html>`

// Pages and their gold are found in both layouts, and a page read rightly has full figures.
func TestOpenPages(t *testing.T) {
	body := "The dam above the town held through the night, the crew said, after rain that few had seen the like of.\\n\\n" +
		"Nobody had to leave the lower streets, where most of the people live, the mayor said in the morning."
	benchmark, fundus := t.TempDir(), t.TempDir()
	zipped(t, filepath.Join(benchmark, "html", "abc.html.gz"), damPage)
	write(t, filepath.Join(benchmark, "ground-truth.json"), `{"abc": {"articleBody": "`+body+`", "url": "https://fjordposten.example/dam"}}`)
	zipped(t, filepath.Join(fundus, "no", "Fjordposten_2024_02_25.html.gz"), damPage)
	write(t, filepath.Join(fundus, "no", "Fjordposten.json"), `{"V1": {"authors": ["Ana Prado"], "title": "Dam holds",
		"publishing_date": "2024-02-24 15:05:00+00:00", "body": {"summary": [], "sections": [{"headline": [], "paragraphs": ["`+body+`"]}]}}}`)
	for dir, facts := range map[string]string{benchmark: "modified", fundus: "title 1.000   day 1.000   instant 1.000   authors 1.000"} {
		pages, err := OpenPages(dir)
		if err != nil {
			t.Fatal(err)
		}
		var figures Pages
		for i := range pages {
			figures = append(figures, ReadPage(&pages[i]))
		}
		var b strings.Builder
		if _, err := figures.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, "P 1.000 R 1.000 F1 1.000") || !strings.Contains(got, "exact 1.000") || !strings.Contains(got, facts) {
			t.Errorf("figures:\n%s", got)
		}
	}
}

// Shingles are counted as often as they stand, and each page weighs the same.
func TestPageShingles(t *testing.T) {
	for _, c := range []struct {
		want, got           string
		shared, gold, found int
	}{
		{"a b c d e", "a b c d e", 2, 2, 2},
		{"a b c d a b c d", "a b c d", 1, 5, 1},
		{"a b", "a b", 1, 1, 1},
		{"a b c d e", "", 0, 2, 0},
		{"It’s über-nice 3_4", "It’s über-nice 3_4", 2, 2, 2},
	} {
		shared, gold, found := sharedShingles(pageWords(c.want), pageWords(c.got))
		if shared != c.shared || gold != c.gold || found != c.found {
			t.Errorf("%q, %q: %d %d %d", c.want, c.got, shared, gold, found)
		}
	}
	p, r, f1 := Pages{{Precision: 1, Recall: 0.5, HasPrecision: true, HasRecall: true}, {Recall: 0, HasRecall: true}}.Body()
	if p != 1 || r != 0.25 || f1 != 0.4 {
		t.Errorf("P %v R %v F1 %v, want 1, 0.25 and 0.4", p, r, f1)
	}
}

// A time told to the minute in another zone is the same instant; a day alone is none.
func TestPageTimes(t *testing.T) {
	gold := time.Date(2024, 2, 24, 23, 30, 0, 0, time.FixedZone("", 2*3600))
	for told, want := range map[string][2]bool{
		"2024-02-24T21:30:40Z":      {true, true},
		"2024-02-24T23:30:00Z":      {false, false},
		"2024-02-24":                {true, false},
		"2024-02-25T00:40:00+03:00": {true, false},
		"2024-02":                   {false, false},
	} {
		date, err := onrecord.ParseDate(told)
		if err != nil {
			t.Fatal(err)
		}
		s := PageScore{Timed: true}
		s.score(&Page{Facts: true, Published: gold}, &onrecord.Revision{Published: date})
		if s.Day != want[0] || s.Instant != want[1] {
			t.Errorf("%s: day %v, instant %v; want %v", told, s.Day, s.Instant, want)
		}
	}
}

func TestHalf(t *testing.T) {
	pages := []Page{{Name: "1", Group: "a"}, {Name: "2", Group: "a"}, {Name: "3", Group: "b"}, {Name: "4", Group: "c"}}
	names := func(pages []Page) string {
		var b strings.Builder
		for i := range pages {
			b.WriteString(pages[i].Name)
		}
		return b.String()
	}
	if odd, even := names(Half(pages, true)), names(Half(pages, false)); odd != "124" || even != "3" {
		t.Errorf("odd %s, even %s; want 124 and 3", odd, even)
	}
}

const pagesHeader = `# Golden figures of web pages: bodies, titles, times and authors.
# What: a figure a line, in hundredths, on the pages of scrapinghub's benchmark and of Fundus that are for measuring.
# Source: counted by this package; no text of the pages is here. Licence: Apache-2.0, as the code.
# Regenerate, with ONRECORD_SHARED naming the folder of corpora: go test ./bench -run TestGoldenPages -update
`

// TestGoldenPages fails when the reading of pages changed.
func TestGoldenPages(t *testing.T) {
	dir := shared(t)
	var got strings.Builder
	for _, name := range []string{"benchmark", "fundus"} {
		pages, err := OpenPages(filepath.Join(dir, "data", "html", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, odd := range []bool{true, false} {
			var figures Pages
			for _, p := range Half(pages, odd) {
				figures = append(figures, ReadPage(&p))
			}
			got.WriteString(figures.golden(name + map[bool]string{true: " odd", false: " even"}[odd]))
		}
	}
	golden(t, "testdata/figures_pages.txt", pagesHeader, got.String())
}
