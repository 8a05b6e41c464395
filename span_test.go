package onrecord

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSpanIsValidOnlyBetweenCodePoints(t *testing.T) {
	const text = "“né”" // 3 + 1 + 2 + 3 bytes
	for _, tt := range []struct {
		span Span
		want bool
	}{
		{Span{0, 9}, true},
		{Span{3, 6}, true},
		{Span{9, 9}, true},
		{Span{0, 10}, false}, // past the end
		{Span{-1, 3}, false},
		{Span{6, 3}, false}, // backwards
		{Span{1, 3}, false}, // inside “
		{Span{3, 5}, false}, // inside é
	} {
		if got := tt.span.Valid(text); got != tt.want {
			t.Errorf("%v valid in %q = %v, want %v", tt.span, text, got, tt.want)
		}
	}
}

func TestWordsOfSeveralPiecesAreJoinedByAnEllipsis(t *testing.T) {
	const text = "“We won,” she said, “fairly.”"
	if got, want := Words(text, []Span{{0, 13}, {24, 37}}), "“We won,” … “fairly.”"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Words(text, nil); got != "" {
		t.Errorf("no pieces are %q, want nothing", got)
	}
}

// Overlap agrees with counting bytes one by one.
func TestOverlapCountsSharedBytes(t *testing.T) {
	span := rapid.Custom(func(t *rapid.T) Span {
		start := rapid.IntRange(0, 40).Draw(t, "start")
		return Span{start, start + rapid.IntRange(0, 10).Draw(t, "length")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := span.Draw(t, "a"), span.Draw(t, "b")
		want := 0
		for i := range 60 {
			if a.Covers(i) && b.Covers(i) {
				want++
			}
		}
		if got := a.Overlap(b); got != want {
			t.Fatalf("overlap of %v and %v = %d, want %d", a, b, got, want)
		}
		if h := Hull(a, b); !h.Contains(a) || !h.Contains(b) {
			t.Fatalf("hull of %v and %v = %v", a, b, h)
		}
	})
}

func TestSelectorFindsWordsAgain(t *testing.T) {
	for _, tt := range []struct {
		name string
		sel  Selector
		text string
		want Span
		ok   bool
	}{
		{"alone", Selector{Exact: "contained"}, "It is contained.", Span{6, 15}, true},
		{"the surroundings decide between two", Selector{Exact: "no", Prefix: "she said ", Suffix: " again"}, "he said no once, she said no again", Span{26, 28}, true},
		{"with no surroundings the first wins", Selector{Exact: "no"}, "no, no", Span{0, 2}, true},
		{"moved text", Selector{Exact: "the bridge", Prefix: "near "}, "New: the bridge. Old: near the bridge", Span{27, 37}, true},
		{"nearly the same words are not found", Selector{Exact: "was contained"}, "It is contained.", Span{}, false},
		{"nothing is nowhere", Selector{}, "text", Span{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, ok := tt.sel.Find(tt.text); got != tt.want || ok != tt.ok {
				t.Errorf("found %v %v, want %v %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}

// What Select makes, Find finds at a place with the same words; at the very span
// when its words stand once.
func TestSelectThenFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab é“”")), 1, 200, -1).Draw(t, "text")
		runes := []rune(text)
		i := rapid.IntRange(0, len(runes)-1).Draw(t, "i")
		j := rapid.IntRange(i+1, len(runes)).Draw(t, "j")
		span := Span{len(string(runes[:i])), len(string(runes[:j]))}
		sel := Select(text, span)
		if !utf8.ValidString(sel.Prefix) || !utf8.ValidString(sel.Suffix) {
			t.Fatalf("the surroundings cut a letter: %q %q", sel.Prefix, sel.Suffix)
		}
		got, ok := sel.Find(text)
		if !ok || got.In(text) != span.In(text) {
			t.Fatalf("%q not found again: %v %v", sel.Exact, got, ok)
		}
	})
}
