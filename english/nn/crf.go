package nn

import "math"

// Tags of words in names: 0 is outside; then for each kind begin, inside, end,
// single.
const (
	nameTags = 1 + 4*3
	begin    = 1
	inside   = 2
	end      = 3
	single   = 4
)

// NameTags is the number of tags of a word as to names.
const NameTags = nameTags

// NameTag is the tag of a word at position i of a name of n words.
func NameTag(k Kind, i, n int) int {
	at := inside
	switch {
	case n == 1:
		at = single
	case i == 0:
		at = begin
	case i == n-1:
		at = end
	}
	return 4*int(k) + at
}

// crf is a linear chain over name tags. Weights are kept as exponentials, for sums
// over paths, with steps that no sequence of names allows at zero.
type crf struct {
	first, last [nameTags]float32
	step        [nameTags][nameTags]float32 // from, to
}

// Follows reports whether a word tagged b may come after one tagged a; -1 is the
// sentence's edge on either side.
func Follows(a, b int) bool {
	open := a > 0 && ((a-1)%4+1 == begin || (a-1)%4+1 == inside)
	continues := b > 0 && ((b-1)%4+1 == inside || (b-1)%4+1 == end)
	if open != continues {
		return false
	}
	return !open || (a-1)/4 == (b-1)/4
}

// newCRF takes a matrix of rows first, last, then one for each tag before.
func newCRF(w []float32) crf {
	var c crf
	exp := func(v float32, ok bool) float32 {
		if !ok {
			return 0
		}
		return float32(math.Exp(float64(v)))
	}
	for b := range nameTags {
		c.first[b] = exp(w[b], Follows(-1, b))
		c.last[b] = exp(w[nameTags+b], Follows(b, -1))
		for a := range nameTags {
			c.step[a][b] = exp(w[(2+a)*nameTags+b], Follows(a, b))
		}
	}
	return c
}

// chain is room for decoding one sentence.
type chain struct {
	score [][nameTags]float32 // exponentials of the words' own scores, largest 1
	sum   [][nameTags]float32 // over paths up to a word, scaled to 1
	best  [][nameTags]float32
	from  [][nameTags]uint8
	path  []uint8
	sure  []float32
}

// decode finds the best tags of n words whose scores are rows of width Width(nameTags),
// and how probable each is (its marginal).
func (c *crf) decode(s *chain, scores func(i int) []float32, n int) (path []uint8, sure []float32) {
	if cap(s.path) < n {
		s.score, s.sum, s.best = make([][nameTags]float32, n), make([][nameTags]float32, n), make([][nameTags]float32, n)
		s.from, s.path, s.sure = make([][nameTags]uint8, n), make([]uint8, n), make([]float32, n)
	}
	path, sure = s.path[:n], s.sure[:n]
	for i := range n {
		row := scores(i)[:nameTags]
		top := row[0]
		for _, v := range row[1:] {
			top = max(top, v)
		}
		for t, v := range row {
			s.score[i][t] = exp32(v - top)
		}
		var total, peak float32
		for t := range nameTags {
			var sum, best float32
			var from uint8
			if i == 0 {
				sum, best = c.first[t], c.first[t]
			} else {
				for p := range nameTags {
					sum += s.sum[i-1][p] * c.step[p][t]
					if v := s.best[i-1][p] * c.step[p][t]; v > best {
						best, from = v, uint8(p)
					}
				}
			}
			s.sum[i][t], s.best[i][t], s.from[i][t] = sum*s.score[i][t], best*s.score[i][t], from
			total += s.sum[i][t]
			peak = max(peak, s.best[i][t])
		}
		// Scores so far apart that nothing is left: be outside, unsure.
		if !(total > 0) || !(peak > 0) {
			s.sum[i], s.best[i], s.from[i] = [nameTags]float32{1}, [nameTags]float32{1}, [nameTags]uint8{}
			total, peak = 1, 1
		}
		for t := range nameTags {
			s.sum[i][t] /= total
			s.best[i][t] /= peak
		}
	}
	at, top := 0, float32(-1)
	for t := range nameTags {
		if v := s.best[n-1][t] * c.last[t]; v > top {
			at, top = t, v
		}
	}
	after := c.last
	for i := n - 1; i >= 0; i-- {
		var total float32
		for t := range nameTags {
			total += s.sum[i][t] * after[t]
		}
		path[i] = uint8(at)
		sure[i] = 0
		if total > 0 {
			sure[i] = s.sum[i][at] * after[at] / total
		}
		at = int(s.from[i][at])
		if i > 0 {
			var now [nameTags]float32
			var most float32
			for p := range nameTags {
				var sum float32
				for t := range nameTags {
					sum += c.step[p][t] * s.score[i][t] * after[t]
				}
				now[p] = sum
				most = max(most, sum)
			}
			if most > 0 {
				for p := range now {
					now[p] /= most
				}
			}
			after = now
		}
	}
	return path, sure
}

// names appends the names that a path tells of. A path may be broken where scores
// were degenerate; then a name ends where it breaks.
func names(path []uint8, sure []float32, offset int, to []Name) []Name {
	for i := 0; i < len(path); {
		t := int(path[i])
		if t == 0 {
			i++
			continue
		}
		kind, last, p := Kind((t-1)/4), i+1, sure[i]
		for last < len(path) && Follows(int(path[last-1]), int(path[last])) && path[last] != 0 && continues(int(path[last])) {
			p *= sure[last]
			last++
		}
		to = append(to, Name{First: offset + i, Last: offset + last, Kind: kind, Confidence: p})
		i = last
	}
	return to
}

func continues(t int) bool { at := (t-1)%4 + 1; return at == inside || at == end }
