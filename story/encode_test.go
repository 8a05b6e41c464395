package story

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
)

var all = cmp.AllowUnexported(Sketch{}, term{})

// What is written is read back the same, and 500 words make 2 kB at most.
func TestSketchBinary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := SketchOf(Item{
			ID: "a-1", Title: rapid.String().Draw(t, "title"), Text: rapid.String().Draw(t, "text") + words("x", rapid.IntRange(0, 500).Draw(t, "words")),
			At: date(rapid.IntRange(0, 30).Draw(t, "day")), Publisher: rapid.String().Draw(t, "publisher"),
		})
		written, err := s.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(written) > 2000 {
			t.Errorf("%d bytes", len(written))
		}
		var back Sketch
		if err := back.UnmarshalBinary(written); err != nil {
			t.Fatal(err)
		}
		again, _ := back.AppendBinary(nil)
		if !bytes.Equal(written, again) {
			t.Error("read and written again it is another")
		}
	})
}

// Any bytes: an error that wraps ErrDamaged and an untouched sketch, or a sketch that is
// written as the same bytes and that a window can take.
func FuzzSketch(f *testing.F) {
	s := SketchOf(Item{ID: "a", Text: words("x", 50), At: date(3), Publisher: "Post", Credit: []string{"Northwire"}})
	seed, _ := s.AppendBinary(nil)
	f.Add(seed)
	f.Add(seed[:len(seed)/2])
	f.Add([]byte{sketchFormat})
	f.Fuzz(func(t *testing.T, from []byte) {
		var s Sketch
		if err := s.UnmarshalBinary(from); err != nil {
			if diff := cmp.Diff(Sketch{}, s, all); !errors.Is(err, onrecord.ErrDamaged) || diff != "" {
				t.Fatalf("%v: %s", err, diff)
			}
			return
		}
		back, err := s.AppendBinary(nil)
		if err != nil || !bytes.Equal(from, back) {
			t.Fatalf("%v: written back as other bytes", err)
		}
		w := NewWindow(Options{Articles: 2})
		w.Add(s)
		w.Open("s")
		w.Add(s)
	})
}
