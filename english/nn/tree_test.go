package nn

import (
	"math"
	"math/rand/v2"
	"testing"
)

// bestByTrying is the score of the best tree with one root, by trying all.
func bestByTrying(scores []float32, n, stride int) float64 {
	best := math.Inf(-1)
	heads := make([]int, n)
	var try func(i int, sum float64)
	try = func(i int, sum float64) {
		if i == n {
			if oneTree(heads) {
				best = max(best, sum)
			}
			return
		}
		for j := -1; j < n; j++ {
			if j == i {
				continue
			}
			heads[i] = j
			try(i+1, sum+float64(scores[i*stride+(j+n+1)%(n+1)]))
		}
	}
	try(0, 0)
	return best
}

// oneTree reports whether exactly one word has no head and all lead to it.
func oneTree(heads []int) bool {
	roots := 0
	for i, h := range heads {
		if h < 0 {
			roots++
		}
		at := i
		for range heads {
			if at >= 0 {
				at = heads[at]
			}
		}
		if at >= 0 {
			return false
		}
	}
	return roots == 1
}

func TestTreeIsTheBestOfAll(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var f forest
	for range 3000 {
		n := 1 + r.IntN(5)
		stride := n + 4
		scores := make([]float32, n*stride)
		for i := range scores {
			scores[i] = float32(math.Round(r.NormFloat64() * 3)) // whole numbers, for ties
		}
		heads := make([]int, n)
		f.tree(heads, scores, stride)
		if !oneTree(heads) {
			t.Fatalf("not one tree: %v", heads)
		}
		var got float64
		for i, h := range heads {
			got += float64(scores[i*stride+(h+n+1)%(n+1)])
		}
		if want := bestByTrying(scores, n, stride); math.Abs(got-want) > 1e-3 {
			t.Fatalf("n=%d: tree %v scores %g, best %g", n, heads, got, want)
		}
	}
}

func TestTreeOfManyWordsIsOneTree(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	var f forest
	for _, n := range []int{50, 200, MaxPiece} {
		scores := make([]float32, n*(n+1))
		for i := range scores {
			scores[i] = float32(r.NormFloat64())
		}
		heads := make([]int, n)
		f.tree(heads, scores, n+1)
		if !oneTree(heads) {
			t.Errorf("%d words: not one tree", n)
		}
	}
}

func BenchmarkTreeOfRandomScores(b *testing.B) {
	const n = MaxPiece
	scores := noise(1, n*(n+1), 1)
	var f forest
	heads := make([]int, n)
	for b.Loop() {
		f.tree(heads, scores, n+1)
	}
}
