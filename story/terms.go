package story

import "math"

// rarity counts in how many stories a term stands, in a fixed space: two rows of
// counters, of which the lower one holds (Cormode and Muthukrishnan 2005, with only
// the lowest raised). Terms that share both counters look a little more common.
type rarity struct {
	rows [2][]uint32
	n    uint32
}

const rarityBits = 20

func newRarity() *rarity {
	r := &rarity{}
	for i := range r.rows {
		r.rows[i] = make([]uint32, 1<<rarityBits)
	}
	return r
}

func (r *rarity) cells(hash uint32) (a, b *uint32) {
	return &r.rows[0][hash>>(32-rarityBits)], &r.rows[1][(hash*2654435769)>>(32-rarityBits)]
}

// add counts a term once more.
func (r *rarity) add(hash uint32) {
	a, b := r.cells(hash)
	low := min(*a, *b)
	*a, *b = max(*a, low+1), max(*b, low+1)
}

// opened counts a story once more. Counters are halved in time, so that old news
// weighs less and no counter overflows.
func (r *rarity) opened(most uint32) {
	if r.n++; r.n < most {
		return
	}
	r.n /= 2
	for i := range r.rows {
		for j := range r.rows[i] {
			r.rows[i][j] /= 2
		}
	}
}

// weight is the inverse frequency of a term, 0 for one that all stories have.
func (r *rarity) weight(hash uint32) float64 {
	a, b := r.cells(hash)
	df := float64(min(*a, *b))
	return max(0, math.Log((float64(r.n)+20)/(df+.5)))
}
