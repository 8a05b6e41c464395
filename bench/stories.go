package bench

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/story"
)

// Storied is a document of ECB+ and the happening that it reports.
type Storied struct {
	Name, Text string
	Gold       string // topic and "ecb" or "ecbplus": one of the topic's two happenings
}

// OpenStories reads a folder of ECB+: a folder a topic, an XML file a document. A
// document named N_Mecb.xml reports the first happening of topic N, N_Mecbplus.xml the
// second. A first sentence that is a web address is left out: an article does not begin
// with one. Documents come in the order of their names.
func OpenStories(dir string) ([]Storied, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.xml"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s: no documents of ECB+: %w", dir, onrecord.ErrNotFound)
	}
	slices.Sort(files)
	out := make([]Storied, 0, len(files))
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("reading ECB+: %w", err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".xml")
		topic, rest, ok := strings.Cut(name, "_")
		if !ok {
			return nil, fmt.Errorf("%s: not a name of ECB+: %w", file, onrecord.ErrInvalid)
		}
		text, err := ecbText(content)
		if err != nil {
			return nil, fmt.Errorf("%s: %w: %w", file, err, onrecord.ErrInvalid)
		}
		out = append(out, Storied{Name: name, Text: text, Gold: topic + strings.TrimLeft(rest, "0123456789")})
	}
	return out, nil
}

// ecbText is a document's text, a sentence a line.
func ecbText(content []byte) (string, error) {
	var document struct {
		Tokens []struct {
			Sentence string `xml:"sentence,attr"`
			Text     string `xml:",chardata"`
		} `xml:"token"`
	}
	if err := xml.Unmarshal(content, &document); err != nil {
		return "", err
	}
	var lines []string
	last := ""
	for i, t := range document.Tokens {
		if i == 0 || t.Sentence != last {
			lines = append(lines, "")
			last = t.Sentence
		}
		lines[len(lines)-1] += t.Text + " "
	}
	if len(lines) > 0 && strings.HasPrefix(lines[0], "http") {
		lines = lines[1:]
	}
	return strings.Join(lines, "\n"), nil
}

// Stories are the figures of clustering, as means over seeded orders of the
// documents: B-cubed (Bagga and Baldwin 1998) of the stories as each document was given
// one when it came, and after one review of the whole.
type Stories struct {
	Documents, Gold int
	Orders          int
	Online, Review  BCubed
	Worst           []StoryError // of the first order, the largest first
}

// BCubed is precision and recall by document; F1 is the mean of the orders' F1.
type BCubed struct {
	Precision, Recall, F1 float64
	Stories               float64 // found
}

// StoryError is a story that has documents of several happenings, or a happening that stands in several
// stories.
type StoryError struct {
	Merged bool // otherwise split
	Name   string
	Parts  []string // "name count", the largest first
	Cost   int      // documents outside of the largest part
}

// ScoreStories clusters documents without dates in so many seeded orders.
func ScoreStories(docs []Storied, orders int) Stories {
	figures := Stories{Documents: len(docs), Orders: orders}
	sketches := make([]story.Sketch, len(docs))
	gold := map[string]bool{}
	for i, d := range docs {
		sketches[i] = story.SketchOf(story.Item{ID: onrecord.ID(d.Name), Text: d.Text})
		gold[d.Gold] = true
	}
	figures.Gold = len(gold)
	for seed := range orders {
		online, reviewed := clusterOnce(docs, sketches, uint64(seed+1))
		figures.Online.add(docs, online, orders)
		figures.Review.add(docs, reviewed, orders)
		if seed == 0 {
			figures.Worst = storyErrors(docs, online)
		}
	}
	return figures
}

// clusterOnce is the story of each document, when it came and after a review.
func clusterOnce(docs []Storied, sketches []story.Sketch, seed uint64) (online, reviewed []string) {
	window := story.NewWindow(story.Options{})
	online = make([]string, len(docs))
	at := map[onrecord.ID]int{}
	for _, i := range rand.New(rand.NewPCG(seed, 0)).Perm(len(docs)) {
		told := window.Add(sketches[i])
		if told.Story == "" {
			told.Story = "story of " + sketches[i].ID
			window.Open(told.Story)
		}
		online[i] = string(told.Story)
		at[sketches[i].ID] = i
	}
	reviewed = slices.Clone(online)
	for round := range 3 {
		changes := window.Review()
		for n, c := range changes {
			if c.Kind == story.Split {
				c.Other = onrecord.ID(fmt.Sprintf("split %d.%d", round, n))
			}
			window.Apply(c, false)
			for _, id := range c.Articles {
				if c.Kind == story.Split {
					reviewed[at[id]] = string(c.Other)
				} else {
					reviewed[at[id]] = string(c.Story)
				}
			}
		}
	}
	return online, reviewed
}

// add counts one order of so many.
func (b *BCubed) add(docs []Storied, found []string, orders int) {
	both, gold, size := map[[2]string]int{}, map[string]int{}, map[string]int{}
	for i := range docs {
		both[[2]string{docs[i].Gold, found[i]}]++
		gold[docs[i].Gold]++
		size[found[i]]++
	}
	var precision, recall float64
	for i := range docs {
		n := float64(both[[2]string{docs[i].Gold, found[i]}])
		precision += n / float64(size[found[i]])
		recall += n / float64(gold[docs[i].Gold])
	}
	precision /= float64(max(len(docs), 1))
	recall /= float64(max(len(docs), 1))
	share := 1 / float64(orders)
	b.Precision += precision * share
	b.Recall += recall * share
	if precision+recall > 0 {
		b.F1 += 2 * precision * recall / (precision + recall) * share
	}
	b.Stories += float64(len(size)) * share
}

// storyErrors are the mixed stories and the scattered happenings, the largest first.
func storyErrors(docs []Storied, found []string) []StoryError {
	stories, happenings := map[string]map[string]int{}, map[string]map[string]int{}
	count := func(m map[string]map[string]int, a, b string) {
		if m[a] == nil {
			m[a] = map[string]int{}
		}
		m[a][b]++
	}
	for i := range docs {
		count(stories, found[i], docs[i].Gold)
		count(happenings, docs[i].Gold, found[i])
	}
	var out []StoryError
	collect := func(m map[string]map[string]int, merged bool) {
		for name, parts := range m {
			if len(parts) == 1 {
				continue
			}
			type part struct {
				name string
				n    int
			}
			list := make([]part, 0, len(parts))
			for p, n := range parts {
				list = append(list, part{p, n})
			}
			slices.SortFunc(list, func(a, b part) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name)) })
			e := StoryError{Merged: merged, Name: name}
			for i, p := range list {
				e.Parts = append(e.Parts, fmt.Sprintf("%s %d", p.name, p.n))
				if i > 0 {
					e.Cost += p.n
				}
			}
			out = append(out, e)
		}
	}
	collect(stories, true)
	collect(happenings, false)
	slices.SortFunc(out, func(a, b StoryError) int {
		return cmp.Or(cmp.Compare(b.Cost, a.Cost), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// WriteTo prints an error on a line. It implements [io.WriterTo].
func (e *StoryError) WriteTo(w io.Writer) (int64, error) {
	kind := "split"
	if e.Merged {
		kind = "merged"
	}
	n, err := fmt.Fprintf(w, "%-6s %s: %s\n", kind, e.Name, strings.Join(e.Parts, ", "))
	return int64(n), err
}

// WriteTo prints the figures. It implements [io.WriterTo].
func (s *Stories) WriteTo(w io.Writer) (int64, error) {
	n, err := fmt.Fprintf(w, "documents %d, happenings %d, orders %d\n", s.Documents, s.Gold, s.Orders)
	for _, line := range []struct {
		name string
		b    *BCubed
	}{{"one pass", &s.Online}, {"after a review", &s.Review}} {
		if err == nil {
			var more int
			more, err = fmt.Fprintf(w, "%-15s B-cubed P %.3f R %.3f F1 %.3f   stories %.1f\n", line.name, line.b.Precision, line.b.Recall, line.b.F1, line.b.Stories)
			n += more
		}
	}
	return int64(n), err
}
