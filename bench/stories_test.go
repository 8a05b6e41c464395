package bench

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOpenStories(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "3"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "3", "3_1ecb.xml"), `<Document><token sentence="0">Rain</token><token sentence="0">fell</token><token sentence="1">Much</token></Document>`)
	write(t, filepath.Join(dir, "3", "3_2ecbplus.xml"), `<Document><token sentence="0">http</token><token sentence="1">Snow</token></Document>`)
	got, err := OpenStories(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []Storied{{"3_1ecb", "Rain fell \nMuch ", "3ecb"}, {"3_2ecbplus", "Snow ", "3ecbplus"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// Four documents of two happenings: a story of a, a, b and one of b. By document,
// precision is 2/3, 2/3, 1/3, 1 and recall 1, 1, 1/2, 1/2.
func TestBCubedByHand(t *testing.T) {
	docs := []Storied{{Gold: "a"}, {Gold: "a"}, {Gold: "b"}, {Gold: "b"}}
	found := []string{"1", "1", "1", "2"}
	var b BCubed
	b.add(docs, found, 1)
	for _, c := range []struct{ got, want float64 }{{b.Precision, 2. / 3}, {b.Recall, .75}, {b.F1, 2 * (2. / 3) * .75 / (2./3 + .75)}, {b.Stories, 2}} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("got %.4f, want %.4f", c.got, c.want)
		}
	}
	want := []StoryError{{Merged: true, Name: "1", Parts: []string{"a 2", "b 1"}, Cost: 1}, {Name: "b", Parts: []string{"1 1", "2 1"}, Cost: 1}}
	if diff := cmp.Diff(want, storyErrors(docs, found)); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

const storiesHeader = `# Golden figures of stories, on ECB+ topics 1 to 35, and of copies made from news pages.
# What: a figure a line, in hundredths: B-cubed by document, means of five seeded orders; then copies found by kind, and false pairs as counts.
# Source: counted by this package; no text of a corpus is here. Licence: Apache-2.0, as the code.
# Regenerate, with ONRECORD_SHARED naming the folder of corpora: go test ./bench -run TestGoldenStories -update
`

func TestGoldenStories(t *testing.T) {
	data := filepath.Join(shared(t), "data")
	docs, err := OpenStories(filepath.Join(data, "story", "ecbplus"))
	if err != nil {
		t.Fatal(err)
	}
	s := ScoreStories(docs, 5)
	got := ""
	figure := func(name string, value float64) { got += fmt.Sprintf("%-28s %6.2f\n", name, 100*value) }
	figure("one pass, precision", s.Online.Precision)
	figure("one pass, recall", s.Online.Recall)
	figure("one pass, F1", s.Online.F1)
	figure("after a review, F1", s.Review.F1)
	articles, err := OpenTexts(filepath.Join(data, "html", "fundus"))
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := OpenPairs("testdata/followups.txt")
	if err != nil {
		t.Fatal(err)
	}
	c := ScoreCopies(articles)
	if err := c.AddPairs(docs, pairs); err != nil {
		t.Fatal(err)
	}
	for _, k := range c.Kinds {
		figure("copies, "+k.Name, ratio(k.Found, k.Made))
	}
	for _, n := range []struct {
		name  string
		count int
	}{{"unrelated", len(c.Unrelated)}, {"strangers", len(c.Strangers)}, {"one happening", c.SameStoryFalse}} {
		figure("false pairs, "+n.name, float64(n.count)/100)
	}
	golden(t, "testdata/figures_stories.txt", storiesHeader, got)
}
