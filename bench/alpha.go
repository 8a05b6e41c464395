package bench

import "math"

// alpha is Krippendorff's alpha for two coders and nominal values, without
// missing ones: 1 - observed by expected disagreement (Krippendorff, Content
// Analysis, chapter 11).
type alpha struct {
	units, differ int
	times         map[string]int // each value's count over both coders
}

func (a *alpha) add(x, y string) {
	if a.times == nil {
		a.times = map[string]int{}
	}
	a.units++
	a.times[x]++
	a.times[y]++
	if x != y {
		a.differ++
	}
}

// value is NaN where there is nothing to disagree about: no units, or one value
// throughout.
func (a *alpha) value() float64 {
	n := float64(2 * a.units)
	expected := n * n
	for _, t := range a.times {
		expected -= float64(t) * float64(t)
	}
	if expected == 0 {
		return math.NaN()
	}
	// Observed: each differing unit gives two of n pairs; expected: over n(n-1).
	return 1 - float64(2*a.differ)/n*(n*(n-1))/expected
}
