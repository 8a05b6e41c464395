package story

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/onrecord/onrecord"
)

// TestCopies reads pairs of texts of our own: what is a copy and, above all, what is none.
func TestCopies(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/copies.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) < 24 {
		t.Fatalf("%d files", len(archive.Files))
	}
	for pair := range slices.Chunk(archive.Files, 2) {
		name := strings.TrimSuffix(pair[0].Name, " older")
		want, ok := strings.CutPrefix(pair[1].Name, name+" newer: ")
		if !ok {
			t.Fatalf("%q does not belong to %q", pair[1].Name, name)
		}
		t.Run(name, func(t *testing.T) {
			w := NewWindow(Options{})
			w.Add(SketchOf(Item{ID: "older", Text: string(pair[0].Data)}))
			told := w.Add(SketchOf(Item{ID: "newer", Text: string(pair[1].Data)}))
			got := "none"
			if len(told.Copies) > 0 {
				got = string(told.Copies[0].Relation)
			}
			if got != want {
				t.Errorf("%s, want %s: %+v", got, want, told.Copies)
			}
			text := onrecord.ID("newer")
			if Relation(want).SameText() && want != "none" {
				text = "older"
			}
			if told.Text != text {
				t.Errorf("its text is that of %s, want %s", told.Text, text)
			}
		})
	}
}

// What stands in many distinct texts is furniture, whatever it says, and binds none.
func TestFurnitureBindsNothing(t *testing.T) {
	furniture := words("furniture", 60)
	w := NewWindow(Options{})
	for i := range 20 {
		told := w.Add(SketchOf(Item{ID: id("a", i), Text: words(string(id("own", i)), 40) + furniture}))
		if i >= commonTexts && len(told.Copies) > 0 {
			t.Fatalf("the %d. article with the same furniture is a copy: %+v", i+1, told.Copies[0])
		}
	}
}

// Copies further apart than the window's days are not compared; an unknown date compares with all.
func TestCopiesInTime(t *testing.T) {
	w := NewWindow(Options{})
	text := words("text", 100)
	w.Add(SketchOf(Item{ID: "a", Text: text, At: date(1)}))
	for _, c := range []struct {
		day  int
		want int
	}{{8, 1}, {9, 0}, {0, 1}} {
		item := Item{ID: "b", Text: text, At: date(c.day)}
		if got := len(w.Copies(SketchOf(item))); got != c.want {
			t.Errorf("day %d: %d copies, want %d", c.day, got, c.want)
		}
	}
}
