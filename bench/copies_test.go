package bench

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/story"
)

func TestOpenPairs(t *testing.T) {
	got, err := OpenPairs("testdata/followups.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[[2]string]bool{}
	for _, pair := range got {
		if pair[0] == pair[1] || seen[pair] {
			t.Errorf("%v: twice, or one document", pair)
		}
		seen[pair] = true
	}
	if len(got) < 50 {
		t.Errorf("%d pairs", len(got))
	}
}

// What ScoreCopies makes is held to what it says: a cut text is found as one, and
// nothing is found where the made text is of other words altogether.
func TestScoreCopiesByHand(t *testing.T) {
	words := func(prefix string) string {
		text := ""
		for i := range 500 {
			text += prefix + string(rune('a'+i%26)) + string(rune('a'+i/26)) + " "
		}
		return text
	}
	f := ScoreCopies([]story.Item{{ID: "x", Text: words("x")}, {ID: "y", Text: words("y")}, {ID: "z", Text: words("z")}})
	if len(f.Unrelated)+len(f.Strangers) != 0 {
		t.Errorf("false pairs: %v %v", f.Unrelated, f.Strangers)
	}
	want := []CopyKind{
		{Name: "truncated to 30 %", Made: 3, Found: 3, Relations: map[story.Relation]int{story.Truncated: 3}},
		{Name: "10 % of words edited", Made: 3, Found: 3, Relations: map[story.Relation]int{story.Edited: 3}},
		{Name: "25 % furniture, 2 % edited", Made: 3, Found: 3, Relations: map[story.Relation]int{story.Edited: 3}},
		{Name: "opening, end of another", Made: 6, Found: 6, Relations: map[story.Relation]int{story.Part: 6}},
		{Name: "follow-up, a third repeated", Made: 3, Relations: map[story.Relation]int{}},
	}
	if diff := cmp.Diff(want, f.Kinds); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

func TestOpenTexts(t *testing.T) {
	articles, err := OpenTexts(filepath.Join(shared(t), "data", "html", "fundus"))
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) < 100 || articles[0].Title == "" || articles[0].Publisher == "" {
		t.Errorf("%d articles, the first %q by %q", len(articles), articles[0].Title, articles[0].Publisher)
	}
}
