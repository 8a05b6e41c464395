package bench

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/read"
)

// Page is a page of a corpus with what its annotators say of it. Empty values
// besides the body are not annotated.
type Page struct {
	Name, Group, URL string // pages of one group come from one publisher
	HTML             []byte
	Body, Title      string
	Published        time.Time
	Authors          []string
	Facts            bool // whether title, time and authors are annotated
}

// OpenPages reads a folder of pages: that of scrapinghub's article extraction
// benchmark, which has a ground-truth.json, or of the parser tests of Fundus,
// which has a folder a country.
func OpenPages(dir string) ([]Page, error) {
	if _, err := os.Stat(filepath.Join(dir, "ground-truth.json")); err == nil {
		return openBenchmarkPages(dir)
	}
	return openFundusPages(dir)
}

func openBenchmarkPages(dir string) ([]Page, error) {
	content, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		return nil, fmt.Errorf("opening the pages: %w", err)
	}
	var gold map[string]struct {
		Body string `json:"articleBody"`
		URL  string `json:"url"`
	}
	if err := json.Unmarshal(content, &gold); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", dir, err, onrecord.ErrInvalid)
	}
	var out []Page
	for name, g := range gold {
		page, err := unzipped(filepath.Join(dir, "html", name+".html.gz"))
		if err != nil {
			return nil, err
		}
		out = append(out, Page{Name: name, Group: name, URL: g.URL, HTML: page, Body: g.Body})
	}
	slices.SortFunc(out, func(a, b Page) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}

// openFundusPages pairs the pages of a publisher, which are dated, with the
// versions of its parser, both in order. A publisher of whom there are more
// pages than versions, or fewer, is left out.
func openFundusPages(dir string) ([]Page, error) {
	files, err := fundusFiles(dir)
	if err != nil {
		return nil, err
	}
	var out []Page
	for _, file := range files {
		versions, gold, err := readFundus(file)
		if err != nil {
			return nil, err
		}
		pages, err := fundusPages(file)
		if err != nil || len(pages) != len(gold) {
			continue
		}
		for i, v := range versions {
			g := gold[v]
			if g.Body == nil {
				continue
			}
			p := Page{Name: filepath.Base(pages[i]), Group: strings.TrimSuffix(file, ".json"), Title: g.Title, Authors: g.Authors, Facts: true}
			if p.HTML, err = unzipped(pages[i]); err != nil {
				return nil, err
			}
			p.Body = strings.Join(g.paragraphs(), "\n\n")
			for _, layout := range []string{"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05.999999Z07:00"} {
				if t, err := time.Parse(layout, g.Published); err == nil {
					p.Published = t
				}
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// Half is the pages of every second publisher, in the order of names: the first,
// third and so on, or the others. A rule is looked for in one half and held to
// the other.
func Half(pages []Page, odd bool) []Page {
	var out []Page
	n, group := 0, ""
	for i := range pages {
		if n == 0 || pages[i].Group != group {
			n++
			group = pages[i].Group
		}
		if n%2 == 1 == odd {
			out = append(out, pages[i])
		}
	}
	return out
}

// PageScore is how one page was read.
type PageScore struct {
	Name                        string
	Precision, Recall           float64 // of the body's shingles
	HasPrecision, HasRecall     bool    // whether there was anything to share
	Exact, English              bool
	Title, Day, Instant, Author bool
	Facts, Timed, Modified      bool
	Misread                     bool // UTF-8 read as another charset
	Took                        time.Duration
	Missing, Added, Err         string // words of the body; the error of reading
	Want, Got                   string // facts that differ
}

// F1 is between 0 and 1.
func (s *PageScore) F1() float64 {
	if s.Precision+s.Recall == 0 {
		return 0
	}
	return 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
}

// Pages is the figures of read pages. The body's are those of scrapinghub's
// article extraction benchmark: precision and recall of shingles of four words,
// each the mean over pages, and the F1 of the two means.
type Pages []PageScore

// readings is how often a page is read to time it; the fastest counts, because
// other work on the machine only slows.
const readings = 3

// ReadPage reads a page and scores it.
func ReadPage(p *Page) PageScore {
	c := onrecord.Capture{Bytes: p.HTML, MediaType: "text/html", Address: p.URL}
	s := PageScore{Name: p.Name, Facts: p.Facts, Timed: !p.Published.IsZero(), Took: math.MaxInt64}
	var rev onrecord.Revision
	for range readings {
		start := time.Now()
		var err error
		if rev, err = read.Revision(&c); err != nil {
			s.Err = err.Error()
		}
		s.Took = min(s.Took, time.Since(start))
	}
	s.score(p, &rev)
	return s
}

func (s *PageScore) score(p *Page, rev *onrecord.Revision) {
	body := bodyOf(rev)
	s.English = strings.HasPrefix(read.Language(p.Body), "en")
	want, got := pageWords(p.Body), pageWords(body)
	s.Exact = slices.Equal(want, got)
	shared, gold, found := sharedShingles(want, got)
	s.HasPrecision, s.HasRecall = found > 0, gold > 0
	s.Precision, s.Recall = ratio(shared, found), ratio(shared, gold)
	if found == 0 && gold == 0 {
		s.Precision, s.Recall = 1, 1
	}
	s.Missing, s.Added = paragraphsBesides(p.Body, got), paragraphsBesides(body, want)
	s.Misread = utf8.Valid(p.HTML) && !bytes.HasPrefix(p.HTML, []byte("\xef\xbb\xbf")) &&
		slices.ContainsFunc(rev.Problems, func(p onrecord.Problem) bool { return p.Code == "charset" })
	s.Modified = !rev.Modified.IsZero()
	if !p.Facts {
		return
	}
	s.Title = slices.Equal(pageWords(p.Title), pageWords(rev.Title))
	if published := rev.Published; s.Timed && published.Precision >= onrecord.Day {
		in := p.Published.Location()
		if published.Precision == onrecord.Instant {
			off := published.Time.Sub(p.Published).Abs()
			s.Instant = off <= time.Minute
			s.Day = s.Instant || published.Time.In(in).Format(time.DateOnly) == p.Published.Format(time.DateOnly)
		} else {
			s.Day = published.Time.Format(time.DateOnly) == p.Published.Format(time.DateOnly)
		}
	}
	s.Author = slices.Equal(nameSet(p.Authors), nameSet(rev.Byline))
	s.Want = fmt.Sprintf("%q %s %q", p.Title, p.Published.Format(time.RFC3339), p.Authors)
	s.Got = fmt.Sprintf("%q %s %q", rev.Title, rev.Published, rev.Byline)
}

// bodyOf is what a revision has as its body, datelines and subheadings with it;
// what stands before both is dates.
func bodyOf(rev *onrecord.Revision) string {
	var parts []string
	begun := false
	for _, z := range rev.Zones {
		begun = begun || z.Kind == onrecord.Body || z.Kind == onrecord.DatelineZone
		if begun && z.Kind != onrecord.Caption && z.Kind != onrecord.BylineZone {
			parts = append(parts, z.Span.In(rev.Text))
		}
	}
	return strings.Join(parts, "\n\n")
}

func nameSet(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, strings.ToLower(strings.Join(strings.Fields(n), " ")))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var pageWord = regexp.MustCompile(`[\p{L}\p{N}_]+`)

func pageWords(text string) []string { return pageWord.FindAllString(text, -1) }

const shingle = 4 // words

// shingles counts runs of words; a text of fewer has one run, no text none.
func shingles(words []string) map[string]int {
	m := map[string]int{}
	if len(words) == 0 {
		return m
	}
	for i := range max(1, len(words)-shingle+1) {
		m[strings.Join(words[i:min(i+shingle, len(words))], " ")]++
	}
	return m
}

func sharedShingles(want, got []string) (shared, gold, found int) {
	a, b := shingles(want), shingles(got)
	for s, n := range a {
		gold += n
		shared += min(n, b[s])
	}
	for _, n := range b {
		found += n
	}
	return shared, gold, found
}

// paragraphsBesides are the starts of a text's paragraphs of which hardly a
// shingle is among words.
func paragraphsBesides(text string, words []string) string {
	known := shingles(words)
	var out []string
	for line := range strings.Lines(text) {
		own := shingles(pageWords(line))
		hits := 0
		for s := range own {
			hits += count(known[s] > 0)
		}
		if 2*hits < len(own) {
			runes := []rune(strings.TrimSpace(line))
			out = append(out, string(runes[:min(len(runes), 110)]))
		}
	}
	return strings.Join(out, " ¶ ")
}

// Body is the mean precision and recall of bodies and the F1 of both.
func (t Pages) Body() (precision, recall, f1 float64) {
	var p, r float64
	var np, nr int
	for i := range t {
		if t[i].HasPrecision {
			p += t[i].Precision
			np++
		}
		if t[i].HasRecall {
			r += t[i].Recall
			nr++
		}
	}
	precision, recall = p/float64(max(np, 1)), r/float64(max(nr, 1))
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return precision, recall, f1
}

// interval is where the middle 95 % of the F1 of resampled pages lie.
func (t Pages) interval() (low, high float64) {
	r := rand.New(rand.NewPCG(1, 2))
	values := make([]float64, 1000)
	sample := make(Pages, len(t))
	for i := range values {
		for k := range sample {
			sample[k] = t[r.IntN(len(t))]
		}
		_, _, values[i] = sample.Body()
	}
	slices.Sort(values)
	return values[24], values[974]
}

// only are the pages for which keep holds.
func (t Pages) only(keep func(*PageScore) bool) Pages {
	var out Pages
	for i := range t {
		if keep(&t[i]) {
			out = append(out, t[i])
		}
	}
	return out
}

func (t Pages) share(holds func(*PageScore) bool) float64 {
	return ratio(len(t.only(holds)), len(t))
}

// WriteTo prints the figures. It implements [io.WriterTo].
func (t Pages) WriteTo(w io.Writer) (int64, error) {
	if len(t) == 0 {
		return 0, nil
	}
	var b strings.Builder
	body := func(name string, t Pages) {
		if len(t) == 0 {
			return
		}
		p, r, f := t.Body()
		low, high := t.interval()
		fmt.Fprintf(&b, "body, %-8s %4d pages   P %.3f R %.3f F1 %.3f (%.3f to %.3f)   exact %.3f\n", name, len(t), p, r, f, low, high,
			t.share(func(s *PageScore) bool { return s.Exact }))
	}
	body("all", t)
	body("English", t.only(func(s *PageScore) bool { return s.English }))
	if facts := t.only(func(s *PageScore) bool { return s.Facts }); len(facts) > 0 {
		timed := facts.only(func(s *PageScore) bool { return s.Timed })
		fmt.Fprintf(&b, "title %.3f   day %.3f   instant %.3f   authors %.3f\n",
			facts.share(func(s *PageScore) bool { return s.Title }), timed.share(func(s *PageScore) bool { return s.Day }),
			timed.share(func(s *PageScore) bool { return s.Instant }), facts.share(func(s *PageScore) bool { return s.Author }))
	}
	var took []time.Duration
	total := time.Duration(0)
	for i := range t {
		took, total = append(took, t[i].Took), total+t[i].Took
	}
	slices.Sort(took)
	fmt.Fprintf(&b, "modified told %.3f   UTF-8 misread %d   unread %d   a page %.1f ms, p95 %.1f ms\n",
		t.share(func(s *PageScore) bool { return s.Modified }), len(t.only(func(s *PageScore) bool { return s.Misread })),
		len(t.only(func(s *PageScore) bool { return s.Err != "" })),
		milliseconds(total)/float64(len(t)), milliseconds(took[len(took)*95/100]))
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// golden is the figures that do not depend on the machine, one a line in hundredths.
func (t Pages) golden(name string) string {
	var b strings.Builder
	figure := func(of string, value float64) { fmt.Fprintf(&b, "%-34s %6.2f\n", name+", "+of, 100*value) }
	precision, recall, f1 := t.Body()
	figure("body precision", precision)
	figure("body recall", recall)
	figure("body F1", f1)
	if facts := t.only(func(s *PageScore) bool { return s.Facts }); len(facts) > 0 {
		timed := facts.only(func(s *PageScore) bool { return s.Timed })
		figure("title", facts.share(func(s *PageScore) bool { return s.Title }))
		figure("day", timed.share(func(s *PageScore) bool { return s.Day }))
		figure("instant", timed.share(func(s *PageScore) bool { return s.Instant }))
		figure("authors", facts.share(func(s *PageScore) bool { return s.Author }))
	}
	return b.String()
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// Worst prints the pages whose bodies are worst, and as many whose facts are wrong.
func (t Pages) Worst(w io.Writer, n int) error {
	sorted := slices.Clone(t)
	slices.SortStableFunc(sorted, func(a, b PageScore) int { return cmp.Compare(a.F1(), b.F1()) })
	var out strings.Builder
	for i := range sorted[:min(n, len(sorted))] {
		s := &sorted[i]
		fmt.Fprintf(&out, "%s: P %.2f R %.2f %s\n  missing: %s\n  added: %s\n", s.Name, s.Precision, s.Recall, s.Err, s.Missing, s.Added)
	}
	wrong := t.only(func(s *PageScore) bool { return s.Facts && (!s.Title || !s.Author || s.Timed && !s.Instant) })
	for i := range wrong[:min(n, len(wrong))] {
		fmt.Fprintf(&out, "%s:\n  want %s\n  got  %s\n", wrong[i].Name, wrong[i].Want, wrong[i].Got)
	}
	_, err := io.WriteString(w, out.String())
	return err
}
