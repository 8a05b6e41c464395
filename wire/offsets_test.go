package wire_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/wire"
)

func TestOffsets(t *testing.T) {
	const text = "“No,” Şahin said — 永遠 🙂."
	o := wire.NewOffsets(text)
	runes := []rune(text)
	for _, word := range []string{"“", "No", "Şahin", "said", "永遠", "🙂", "."} {
		start := strings.Index(text, word)
		at := o.Span(onrecord.Span{Start: start, End: start + len(word)})
		if got := string(runes[at[0]:at[1]]); got != word {
			t.Errorf("%v in code points is %q, want %q", at, got, word)
		}
	}
}

// Offsets outside the text count as its nearest end.
func TestOffsetsOutside(t *testing.T) {
	for _, text := range []string{"", "held", "gehört"} {
		o := wire.NewOffsets(text)
		n := utf8.RuneCountInString(text)
		for _, test := range []struct{ got, want int }{
			{o.CodePoint(-1), 0}, {o.CodePoint(len(text) + 9), n}, {o.Byte(-1), 0}, {o.Byte(n), len(text)}, {o.Byte(n + 9), len(text)},
		} {
			if test.got != test.want {
				t.Errorf("%q: got %d, want %d", text, test.got, test.want)
			}
		}
	}
}

// Over any text, code points count as ranging over the text counts them, and
// every offset comes back.
func TestOffsetsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Long enough for several strides, and ASCII more often than chance has it.
		parts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.StringMatching(`[ -~]{0,400}`)), 0, 12).Draw(t, "parts")
		text := strings.Join(parts, "")
		o := wire.NewOffsets(text)
		want := 0
		for at := range text {
			if got := o.CodePoint(at); got != want {
				t.Fatalf("byte %d is code point %d, want %d", at, got, want)
			}
			if back := o.Byte(want); back != at {
				t.Fatalf("code point %d is byte %d, want %d", want, back, at)
			}
			want++
		}
		if got := o.CodePoint(len(text)); got != want {
			t.Fatalf("the end is code point %d, want %d", got, want)
		}
	})
}

func BenchmarkOffsets(b *testing.B) {
	text := strings.Repeat("“The dam held,” said Şahin, who leads the crew. ", 200_000) // about 10 MB
	b.Run("new", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			wire.NewOffsets(text)
		}
	})
	o := wire.NewOffsets(text)
	b.Run("look up", func(b *testing.B) {
		at := 0
		for b.Loop() {
			at = (at + 7_919_317) % len(text)
			o.Byte(o.CodePoint(at))
		}
	})
}
