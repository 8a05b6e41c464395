package story

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// made is an article of so many words about a topic.
func made(rng *rand.Rand, n, topic, size int) Item {
	var b strings.Builder
	for range size {
		switch rng.IntN(4) {
		case 0:
			fmt.Fprintf(&b, "topic%dw%d ", topic, rng.IntN(40))
		default:
			fmt.Fprintf(&b, "w%d ", int(float64(60_000)*rng.Float64()*rng.Float64()))
		}
	}
	return Item{ID: id("a", n), Text: b.String(), Publisher: fmt.Sprint("p", n%50)}
}

// run adds articles and returns what the window told of them.
func run(w *Window, items []Item) []Told {
	var out []Told
	for i := range items {
		told := w.Add(SketchOf(items[i]))
		if told.Story == "" {
			w.Open("s-" + items[i].ID)
		}
		out = append(out, told)
	}
	return out
}

// The same articles in the same order give the same answers, and the window never
// holds more than it may.
func TestWindowIsDeterministicAndBounded(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	var items []Item
	for i := range 400 {
		items = append(items, made(rng, i, rng.IntN(30), 120))
	}
	a, b := NewWindow(Options{Articles: 100}), NewWindow(Options{Articles: 100})
	if diff := cmp.Diff(run(a, items), run(b, items)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(a.Review(), b.Review()); diff != "" {
		t.Error(diff)
	}
	if a.Len() != 100 || len(a.stories) > 100 || len(a.byID) != 100 {
		t.Errorf("%d articles, %d stories, %d names", a.Len(), len(a.stories), len(a.byID))
	}
}

// An article that comes again keeps its story and is no copy of itself.
func TestArticleComesAgain(t *testing.T) {
	w := NewWindow(Options{})
	told := run(w, []Item{{ID: "a", Text: words("x", 80)}, {ID: "a", Text: words("x", 90)}})
	if told[1].Story != "s-a" || len(told[1].Copies) != 0 {
		t.Errorf("%+v", told[1])
	}
}

// A person's decisions outlast reviews: a merge that was refused and a story that was
// left whole are not proposed again, and an undone merge stays undone.
func TestReviewKeepsToPersons(t *testing.T) {
	open := func() *Window {
		w := NewWindow(Options{})
		for i := range 8 { // other news, so that the terms below are rare
			w.Restore(SketchOf(Item{ID: id("other", i), Text: words(string(id("other", i)), 60)}), Kept{Story: id("o", i)})
		}
		for i := range 4 {
			text := words("shared", 30) + words(string(id("own", i)), 10)
			w.Restore(SketchOf(Item{ID: id("a", i), Text: text}), Kept{Story: id("s", i/2)})
		}
		return w
	}
	w := open()
	changes := w.Review()
	if len(changes) != 1 || changes[0].Kind != Merge || changes[0].Story != "s0" || changes[0].Other != "s1" {
		t.Fatalf("%+v", changes)
	}
	w.Apply(changes[0], false)
	if n := len(w.stories["s0"].members); n != 4 || w.stories["s1"] != nil {
		t.Fatalf("%d articles in s0", n)
	}
	w.Apply(changes[0].Undo(), true)
	if n := len(w.stories["s1"].members); n != 2 {
		t.Fatalf("%d articles in s1 after undoing", n)
	}
	if again := w.Review(); len(again) != 0 {
		t.Errorf("proposed against a person: %+v", again)
	}
	w = open()
	w.Refuse(changes[0])
	if again := w.Review(); len(again) != 0 {
		t.Errorf("proposed though refused: %+v", again)
	}
}

// Two stories in one are proposed to be split, unless a person wants it whole.
func TestReviewSplits(t *testing.T) {
	w := NewWindow(Options{})
	for i := range 6 {
		w.Restore(SketchOf(Item{ID: id("a", i), Text: words(fmt.Sprint("k", i%2), 60) + words(string(id("own", i)), 9)}), Kept{Story: "s"})
	}
	w.storyOf("other")
	changes := w.Review()
	if len(changes) != 1 || changes[0].Kind != Split || len(changes[0].Articles) != 3 {
		t.Fatalf("%+v", changes)
	}
	w.Whole("s")
	w.stories["s"].touched = true
	if again := w.Review(); len(again) != 0 {
		t.Errorf("%+v", again)
	}
}

func TestCounts(t *testing.T) {
	reports, texts, sources := Counts([]Member{
		{Article: "a", Text: "a", Agency: "Northwire", Publisher: "Post"},
		{Article: "b", Text: "a", Publisher: "Echo"}, // the agency's text
		{Article: "c", Publisher: "Post"},            // its own
		{Article: "d", Publisher: "POST"},            // the same publisher again
		{Article: "e", Publisher: "Northwire"},       // the agency itself
		{Article: "f"},
		{Article: "g"}, // nobody knows whose
	})
	if got := [3]int{reports, texts, sources}; got != [3]int{7, 6, 4} {
		t.Errorf("reports, texts, sources %v", got)
	}
}

// An article of 500 words read and added, and bytes an article; a window of 100,000 was measured with filled raised.
func BenchmarkWindow(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 0))
	const filled = 20_000
	sketches := make([]Sketch, 0, filled)
	var before, after runtime.MemStats
	w := NewWindow(Options{})
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range filled {
		s := SketchOf(made(rng, i, rng.IntN(3000), 500))
		if told := w.Add(s); told.Story == "" {
			w.Open("s-" + s.ID)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	item := made(rng, filled, 7, 500)
	for b.Loop() {
		s := SketchOf(item)
		sketches = append(sketches[:0], s)
		w.Add(s)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/filled, "bytes/article")
}
