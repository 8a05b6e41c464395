package bench

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// Spoken is an article whose language is known.
type Spoken struct {
	Name        string // folder, publisher and version
	Language    string // BCP 47 base
	Declared    string // what its publisher's page says; may be empty or wrong
	Title, Body string
}

// trueLanguages are of publishers whose pages declare the language of their template, or
// none, by reading them. All other publishers' pages declare their own.
var trueLanguages = map[string]string{
	"za/Dizindaba":         "xh", // declares en-US
	"za/IsolezweLesiXhosa": "xh", // declares en
	"za/EyethuNews":        "zu", // declares en-GB
	"za/Ilanga":            "zu", // declares en
	"za/Isolezwe":          "zu", // declares en
	"jp/NikkanGeadai":      "ja", // declares none
	"tw/TaipeiTimes":       "en", // declares none
}

var (
	htmlLang = regexp.MustCompile(`(?i)<html[^>]*?\slang=["']?([a-z]+[a-z_-]*)`)
	ogLocale = regexp.MustCompile(`(?i)<meta[^>]*og:locale["'][^>]*content=["']([a-z_-]+)`)
)

// OpenLanguages reads the articles of a folder laid out as Fundus's tests are: a folder a
// country, in it PUBLISHER.json with the articles by version and PUBLISHER_DATE.html.gz, their
// pages. An article is in the language that the first of the publisher's pages to do so
// declares by the lang of its html element, failing that by og:locale; seven publishers whose
// pages say what is not so were corrected by hand. "no" is taken for "nb", as its
// publishers write it.
func OpenLanguages(dir string) ([]Spoken, error) {
	files, err := fundusFiles(dir)
	if err != nil {
		return nil, err
	}
	var out []Spoken
	for _, file := range files {
		stem := strings.TrimSuffix(file, ".json")
		declared, err := declaredLanguage(file)
		if err != nil {
			return nil, err
		}
		name := filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(stem)
		language, corrected := trueLanguages[name]
		if !corrected {
			language, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(declared, "_", "-")), "-")
		}
		if language == "no" {
			language = "nb"
		}
		if language == "" {
			return nil, fmt.Errorf("%s declares no language: %w", name, onrecord.ErrInvalid)
		}
		versions, articles, err := readFundus(file)
		if err != nil {
			return nil, err
		}
		for _, version := range versions {
			a := articles[version]
			out = append(out, Spoken{
				Name: name + "/" + version, Language: language, Declared: declared,
				Title: a.Title, Body: strings.Join(a.paragraphs(), "\n\n"),
			})
		}
	}
	return out, nil
}

// declaredLanguage is what the first of a publisher's pages that does so declares.
func declaredLanguage(file string) (string, error) {
	pages, err := fundusPages(file)
	if err != nil {
		return "", err
	}
	for _, declaration := range []*regexp.Regexp{htmlLang, ogLocale} {
		for _, page := range pages {
			content, err := unzipped(page)
			if err != nil {
				return "", err
			}
			if m := declaration.FindSubmatch(content); m != nil {
				return string(m[1]), nil
			}
		}
	}
	return "", nil
}

// Languages is how often the language of articles is told right, by how much of them is read.
type Languages struct {
	rows      []*languageRow
	mistaken  map[[2]string]int // true and told language, over all rows but the last
	languages map[string]int    // articles
}

type languageRow struct {
	name                string
	right, silent, read int
	took                time.Duration
}

// ScoreLanguages tells the language of every article's title, the first 60 and 200 characters of
// its body, its body, and of title and body with what the page declares. What is empty is not
// counted; a language that is not told ("") counts as wrong, and is counted as such too.
func ScoreLanguages(articles []Spoken, tell func(text string) string, tellOf func(title, body, declared string) string) Languages {
	l := Languages{mistaken: map[[2]string]int{}, languages: map[string]int{}}
	for i := range articles { // loading tables is not what is timed
		tell(articles[i].Title)
	}
	first := func(n int) func(*Spoken) string {
		return func(a *Spoken) string { return string([]rune(a.Body)[:min(n, len([]rune(a.Body)))]) }
	}
	for _, part := range []struct {
		name string
		text func(*Spoken) string
		tell func(text string, a *Spoken) string
	}{
		{"titles", func(a *Spoken) string { return a.Title }, func(text string, _ *Spoken) string { return tell(text) }},
		{"first 60", first(60), func(text string, _ *Spoken) string { return tell(text) }},
		{"first 200", first(200), func(text string, _ *Spoken) string { return tell(text) }},
		{"bodies", func(a *Spoken) string { return a.Body }, func(text string, _ *Spoken) string { return tell(text) }},
		{"articles", func(a *Spoken) string { return a.Body }, func(text string, a *Spoken) string { return tellOf(a.Title, text, a.Declared) }},
	} {
		row := &languageRow{name: part.name}
		l.rows = append(l.rows, row)
		for i := range articles {
			a := &articles[i]
			text := part.text(a)
			if strings.TrimSpace(text) == "" {
				continue
			}
			began := time.Now()
			told := part.tell(text, a)
			row.took += time.Since(began)
			row.read++
			switch told {
			case a.Language:
				row.right++
			case "":
				row.silent++
				fallthrough
			default:
				l.mistaken[[2]string{a.Language, told}]++
			}
		}
	}
	for _, a := range articles {
		l.languages[a.Language]++
	}
	return l
}

// Accuracy is the share of a row's texts ("titles", "first 60", "first 200", "bodies",
// "articles") that are told right; 0 for one that does not exist.
func (l *Languages) Accuracy(row string) float64 {
	for _, r := range l.rows {
		if r.name == row && r.read > 0 {
			return float64(r.right) / float64(r.read)
		}
	}
	return 0
}

// WriteTo prints the figures: accuracies, then which languages were taken for which, the
// most frequent first. It implements [io.WriterTo].
func (l *Languages) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	for _, r := range l.rows {
		fmt.Fprintf(&b, "%-10s %.4f   (%d right of %d, %d not told, %d µs each)\n", r.name, l.Accuracy(r.name),
			r.right, r.read, r.silent, r.took.Microseconds()/int64(max(1, r.read)))
	}
	fmt.Fprintf(&b, "%d languages:", len(l.languages))
	for _, name := range slices.Sorted(maps.Keys(l.languages)) {
		fmt.Fprintf(&b, " %s %d", name, l.languages[name])
	}
	b.WriteByte('\n')
	pairs := slices.SortedFunc(maps.Keys(l.mistaken), func(a, b [2]string) int {
		return cmp.Or(l.mistaken[b]-l.mistaken[a], cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	for _, p := range pairs {
		told := p[1]
		if told == "" {
			told = "nothing"
		}
		fmt.Fprintf(&b, "%s taken for %s: %d\n", p[0], told, l.mistaken[p])
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}
