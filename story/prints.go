package story

// Fingerprints: of every window of neighbouring shingles the one with the lowest hash.
const (
	shingle     = 4   // words
	winnowed    = 10  // shingles in a window
	printsLimit = 600 // of one text, about 3,300 words
)

// winnow is the fingerprints of a text, in text order. A text of fewer words than a
// shingle has none.
func winnow(words []word) []uint32 {
	n := len(words) - shingle + 1
	if n <= 0 {
		return nil
	}
	hashes := make([]uint32, n)
	for i := range hashes {
		h := uint64(offset64)
		for _, w := range words[i : i+shingle] {
			h = (h ^ w.hash) * prime64
			h ^= h >> 29
		}
		hashes[i] = uint32(mix(h) >> 32)
	}
	out := make([]uint32, 0, 2*n/(winnowed+1)+2)
	last := -1
	for from := 0; from == 0 || from+winnowed <= n; from++ {
		if last >= from && from > 0 && hashes[min(from+winnowed, n)-1] > hashes[last] {
			continue // the lowest is still inside, and the one that came is not lower
		}
		low := from
		for i := from; i < min(from+winnowed, n); i++ {
			if hashes[i] <= hashes[low] {
				low = i
			}
		}
		if low != last {
			last = low
			out = append(out, hashes[low])
			if len(out) == printsLimit {
				break
			}
		}
	}
	return out
}
