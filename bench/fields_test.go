package bench

import (
	"math"
	"testing"

	"github.com/onrecord/onrecord"
)

// The worked example of nominal data, two coders, no missing values, in
// Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section B:
// alpha 0.692.
func TestAlphaOfThePublishedExample(t *testing.T) {
	var a alpha
	// Its Ben and Gerry: a a b b d c c c e d d a, and b a b b b c c c e d d d.
	first, second := "aabbdcccedda", "babbbccceddd"
	for i := range first {
		a.add(first[i:i+1], second[i:i+1])
	}
	if got := a.value(); math.Abs(got-0.692) > 0.0005 {
		t.Errorf("alpha %.4f, want 0.692", got)
	}
}

func TestAlphaOfOneValueIsUndefined(t *testing.T) {
	var a alpha
	a.add("x", "x")
	if got := a.value(); !math.IsNaN(got) {
		t.Errorf("alpha %v of one value throughout, want NaN", got)
	}
}

// Letters shared, and edges that do not count.
func TestSpansOfAField(t *testing.T) {
	const text = "“We won,” she said."
	var c spanCount
	c.add(text, []onrecord.Span{{Start: 0, End: 13}}, []onrecord.Span{{Start: 3, End: 9}})
	if c != (spanCount{a: 1, b: 1, exact: 1, lettersA: 13, lettersB: 6, shared: 6}) {
		t.Errorf("%+v", c)
	}
	if got := f1(1, 1, 3); got != 50 {
		t.Errorf("F1 of 1 of 1 and 3 is %v, want 50", got)
	}
}
