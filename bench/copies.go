package bench

import (
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

// OpenTexts reads the articles that Fundus's tests hold pages to: a folder a country, a JSON file a
// publisher. Those of fewer than 120 words are left out, and those that have a paragraph of another one of their publisher.
func OpenTexts(dir string) ([]story.Item, error) {
	files, err := fundusFiles(dir)
	if err != nil {
		return nil, err
	}
	var out []story.Item
	seen := map[string]bool{} // paragraphs: the same article of another day's visit has some in common
	for _, file := range files {
		names, articles, err := readFundus(file)
		if err != nil {
			return nil, err
		}
		publisher := strings.TrimSuffix(filepath.Base(file), ".json")
		for _, name := range names {
			a := articles[name]
			paragraphs := a.paragraphs()
			text := strings.Join(paragraphs, "\n")
			if len(strings.Fields(text)) < 120 || again(seen, publisher, paragraphs) {
				continue
			}
			out = append(out, story.Item{ID: onrecord.ID(publisher + " " + name), Title: a.Title, Text: text, Publisher: publisher})
		}
	}
	return out, nil
}

// again reports whether a paragraph of some length was seen with the publisher.
func again(seen map[string]bool, publisher string, paragraphs []string) bool {
	found := false
	for _, p := range paragraphs {
		if len(strings.Fields(p)) < 20 {
			continue
		}
		found = found || seen[publisher+p]
		seen[publisher+p] = true
	}
	return found
}

// Copies are the figures of copies made from articles by a seeded hand.
type Copies struct {
	Articles int
	Kinds    []CopyKind
	// False pairs: unrelated articles, and articles that a made text is not made from.
	Unrelated, Strangers []string
	// Told-apart pairs: of one happening, by different outlets.
	SameStory, SameStoryFalse int
	SameStoryNames            []string
}

// CopyKind is one way to make a copy.
type CopyKind struct {
	Name        string
	Made, Found int
	Relations   map[story.Relation]int
}

// furniture is what sites put around a text, written for this measure.
var furniture = []string{
	"You have reached one of the three free reports that we offer every month to readers without an account.",
	"Our morning letter brings you what happened overnight, before breakfast, on every working day.",
	"If you have seen something that we should know about, write to the newsroom at the address below.",
	"The site uses small files to remember your settings; change what you allow at any time in the menu.",
	"Readers who liked this page also looked at the weather for the weekend and the local bus timetable.",
	"To turn on messages about this topic, press the bell beside the headline and choose how often.",
	"Prices of shares are shown with a delay of at least fifteen minutes and come from the exchanges.",
	"Letters may be shortened, and we cannot answer all of them, though every single one is read.",
}

// ScoreCopies makes copies of each article and looks them up among all of them. A
// follow-up is made too: a third of an article behind twice as much of another text; it
// must not be found. The opening of one and as much of the end of another must be found for both. The same articles
// make the same copies.
func ScoreCopies(articles []story.Item) Copies {
	figures := Copies{Articles: len(articles)}
	window := story.NewWindow(story.Options{})
	for i := range articles {
		told := window.Add(story.SketchOf(articles[i]))
		for _, c := range told.Copies {
			figures.Unrelated = append(figures.Unrelated, fmt.Sprintf("%s, %s: %s %.2f", articles[i].ID, c.Of, c.Relation, c.Containment))
		}
	}
	rng := rand.New(rand.NewPCG(1, 0))
	var vocabulary []string
	for i := range articles {
		vocabulary = append(vocabulary, strings.Fields(articles[i].Text)...)
	}
	kinds := []struct {
		name string
		make func(a, b []string) []string
		ofB  bool // the other article is in it too
		not  bool // must not be found
	}{
		{name: "truncated to 30 %", make: func(a, _ []string) []string { return a[:3*len(a)/10] }},
		{name: "10 % of words edited", make: func(a, _ []string) []string { return edited(rng, a, vocabulary, .1) }},
		{name: "25 % furniture, 2 % edited", make: func(a, _ []string) []string {
			out := edited(rng, a, vocabulary, .02)
			for n := len(a) / 4; n > 0; {
				line := strings.Fields(furniture[rng.IntN(len(furniture))])
				out = append(out, line[:min(n, len(line))]...)
				n -= len(line)
			}
			return out
		}},
		{name: "opening, end of another", ofB: true, make: func(a, b []string) []string {
			half := min(len(a), len(b)) / 2
			return append(slices.Clone(a[:half]), b[len(b)-half:]...)
		}},
		{name: "follow-up, a third repeated", not: true, make: func(a, b []string) []string {
			third := a[2*len(a)/3:]
			return append(slices.Clone(b[:min(len(b), 2*len(third))]), third...)
		}},
	}
	for _, k := range kinds {
		figure := CopyKind{Name: k.name, Relations: map[story.Relation]int{}}
		for i := range articles {
			other := (i + 1 + rng.IntN(len(articles)-1)) % len(articles)
			a, b := strings.Fields(articles[i].Text), strings.Fields(articles[other].Text)
			if k.not && 3*len(b) < 2*len(a) {
				continue // too little new text for twice a third
			}
			wanted := map[onrecord.ID]bool{articles[i].ID: true}
			if k.ofB {
				wanted[articles[other].ID] = true
			}
			figure.Made += len(wanted)
			text := strings.Join(k.make(a, b), " ")
			for _, c := range window.Copies(story.SketchOf(story.Item{ID: "made", Text: text})) {
				switch {
				case wanted[c.Of]:
					figure.Found++
					figure.Relations[c.Relation]++
				case !k.not || c.Of != articles[other].ID:
					figures.Strangers = append(figures.Strangers, fmt.Sprintf("%s of %s, %s: %s %.2f", k.name, articles[i].ID, c.Of, c.Relation, c.Containment))
				}
			}
		}
		figures.Kinds = append(figures.Kinds, figure)
	}
	return figures
}

// edited is a text with a share of its words replaced.
func edited(rng *rand.Rand, words, vocabulary []string, share float64) []string {
	out := slices.Clone(words)
	for i := range out {
		if rng.Float64() < share {
			out[i] = vocabulary[rng.IntN(len(vocabulary))]
		}
	}
	return out
}

// AddPairs counts pairs of documents that report one happening in words of their own:
// none is to be named a copy.
func (f *Copies) AddPairs(docs []Storied, pairs [][2]string) error {
	byName := map[string]*Storied{}
	for i := range docs {
		byName[docs[i].Name] = &docs[i]
	}
	for _, pair := range pairs {
		a, b := byName[pair[0]], byName[pair[1]]
		if a == nil || b == nil {
			return fmt.Errorf("the pair %s and %s: %w", pair[0], pair[1], onrecord.ErrNotFound)
		}
		window := story.NewWindow(story.Options{})
		window.Add(story.SketchOf(story.Item{ID: onrecord.ID(a.Name), Text: a.Text}))
		f.SameStory++
		for _, c := range window.Copies(story.SketchOf(story.Item{ID: onrecord.ID(b.Name), Text: b.Text})) {
			f.SameStoryFalse++
			f.SameStoryNames = append(f.SameStoryNames, fmt.Sprintf("%s, %s: %s %.2f", b.Name, a.Name, c.Relation, c.Containment))
		}
	}
	return nil
}

// OpenPairs reads pairs of names, one pair a line; lines that begin with # are comments.
func OpenPairs(file string) ([][2]string, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("opening pairs: %w", err)
	}
	var out [][2]string
	for line := range strings.Lines(string(content)) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if len(f) != 2 {
			return nil, fmt.Errorf("%s: %q is not a pair: %w", file, line, onrecord.ErrInvalid)
		}
		out = append(out, [2]string{f[0], f[1]})
	}
	return out, nil
}

// WriteTo prints the figures. It implements [io.WriterTo].
func (f *Copies) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "articles %d\n", f.Articles)
	for _, k := range f.Kinds {
		fmt.Fprintf(&b, "%-28s made %4d found %4d  %.3f  ", k.Name, k.Made, k.Found, ratio(k.Found, k.Made))
		for _, r := range []story.Relation{story.Identical, story.Edited, story.Truncated, story.Embeds, story.Part} {
			if k.Relations[r] > 0 {
				fmt.Fprintf(&b, " %s %d", r, k.Relations[r])
			}
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "false pairs: unrelated articles %d of %d, strangers to a made text %d", len(f.Unrelated), f.Articles*(f.Articles-1)/2, len(f.Strangers))
	if f.SameStory > 0 {
		fmt.Fprintf(&b, ", one happening in other words %d of %d", f.SameStoryFalse, f.SameStory)
	}
	b.WriteByte('\n')
	for _, list := range [][]string{f.Unrelated, f.Strangers, f.SameStoryNames} {
		for _, name := range list {
			fmt.Fprintf(&b, "  %s\n", name)
		}
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}
