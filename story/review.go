package story

import (
	"cmp"
	"math"
	"slices"

	"github.com/onrecord/onrecord"
)

// ChangeKind says what a change does.
type ChangeKind string

// Kinds of change.
const (
	Merge ChangeKind = "merge" // two stories are one
	Split ChangeKind = "split" // a story is two
)

// Change is a proposal to merge or split stories, or the record of one that was done.
// It names articles, so that it can be undone after others have joined.
type Change struct {
	Kind     ChangeKind
	Story    onrecord.ID   // the story that stays
	Other    onrecord.ID   // merge: the story that ends in it. Split: empty when proposed, the new story once done
	Articles []onrecord.ID // merge: those of Other. Split: those that leave
	Score    float64       // how near the two are, 0 to 1
	Why      string
}

// Undo is the change that takes a done one back.
func (c Change) Undo() Change {
	back := c
	back.Kind, back.Why = Split, "undoes a merge"
	if c.Kind == Split {
		back.Kind, back.Why = Merge, "undoes a split"
	}
	return back
}

// rulings are what persons decided, which no proposal goes against.
type rulings struct {
	apart map[[2]onrecord.ID]bool // stories that are not one
	whole map[onrecord.ID]bool    // stories that are not two
}

func newRulings() rulings {
	return rulings{apart: map[[2]onrecord.ID]bool{}, whole: map[onrecord.ID]bool{}}
}

func both(a, b onrecord.ID) [2]onrecord.ID { return [2]onrecord.ID{min(a, b), max(a, b)} }

// Apart keeps two stories from being merged: a person said so.
func (w *Window) Apart(a, b onrecord.ID) { w.ruled.apart[both(a, b)] = true }

// Whole keeps a story from being split: a person said so.
func (w *Window) Whole(id onrecord.ID) { w.ruled.whole[id] = true }

// Refuse takes note that a person turned a proposal down: it is not made again.
func (w *Window) Refuse(c Change) {
	if c.Kind == Merge {
		w.Apart(c.Story, c.Other)
		return
	}
	w.Whole(c.Story)
}

// Move puts an article into a story because a person said so. No review takes it out again.
func (w *Window) Move(article, to onrecord.ID) {
	n, ok := w.byID[article]
	if !ok || to == "" {
		return
	}
	w.leave(n)
	w.join(n, w.storyOf(to))
	w.article(n).fixed = true
}

// Apply does a change. A split needs Other, the new story's ID. When a person
// asked for it, it is also kept as their ruling.
func (w *Window) Apply(c Change, byPerson bool) {
	from, to := c.Other, c.Story
	if c.Kind == Split {
		from, to = c.Story, c.Other
	}
	if from == "" || to == "" || from == to {
		return
	}
	for _, id := range c.Articles {
		n, ok := w.byID[id]
		if !ok || w.article(n).story == nil || w.article(n).story.id != from {
			continue
		}
		w.leave(n)
		w.join(n, w.storyOf(to))
	}
	for _, id := range []onrecord.ID{from, to} {
		w.refill(id)
	}
	if !byPerson {
		return
	}
	if c.Kind == Split {
		w.Apart(c.Story, c.Other)
		return
	}
	delete(w.ruled.apart, both(c.Story, c.Other))
	w.Whole(c.Story)
}

// refill counts a story's terms and dates anew from its members.
func (w *Window) refill(id onrecord.ID) {
	st := w.stories[id]
	if st == nil {
		return
	}
	members := st.members
	st.members, st.loads, st.norm, st.newest, st.oldest = nil, nil, 0, noDate, noDate
	for _, n := range members {
		w.join(n, st)
	}
}

// What a review goes by, set by hand: stories merge when they are clearly nearer to each
// other than an article must be to join one, and split when their halves are clearly further apart.
const (
	merges       = .6
	splits       = .12
	reviewMost   = 64 // articles of a story that are looked at for a split, the newest
	fewestHalves = 2  // articles of a half
)

// Review looks again at the stories that changed since the last review and proposes
// what to merge and what to split, in the order in which the stories were
// opened. It changes nothing: [Window.Apply] does.
func (w *Window) Review() []Change {
	var touched []*story
	for _, st := range w.stories {
		if st.touched {
			touched = append(touched, st)
		}
	}
	slices.SortFunc(touched, func(a, b *story) int { return cmp.Compare(a.order, b.order) })
	var out []Change
	used := map[*story]bool{}
	for _, st := range touched {
		st.touched = false
		if used[st] {
			continue
		}
		if c, other, ok := w.merge(st, used); ok {
			used[st], used[other] = true, true
			out = append(out, c)
			continue
		}
		if c, ok := w.split(st); ok {
			used[st] = true
			out = append(out, c)
		}
	}
	return out
}

// merge is the proposal to merge a story with the nearest other one.
func (w *Window) merge(st *story, used map[*story]bool) (Change, *story, bool) {
	terms := w.asTerms(st)
	best := near{}
	length := w.length(terms)
	for _, other := range w.around(st) {
		if other == st || used[other] || w.ruled.apart[both(st.id, other.id)] || w.fixed(st) && w.fixed(other) {
			continue
		}
		at := st.oldest
		if other.oldest != noDate && at != noDate && at < other.oldest {
			at = min(st.newest, other.oldest)
		}
		if score := w.score(terms, length, at, other); score > best.score {
			best = near{other, score}
		}
	}
	if best.score < merges {
		return Change{}, nil, false
	}
	stays, ends := st, best.story
	if ends.order < stays.order {
		stays, ends = ends, stays
	}
	return Change{Kind: Merge, Story: stays.id, Other: ends.id, Articles: w.ids(ends.members), Score: best.score, Why: "their terms are nearly the same"}, best.story, true
}

// around are the stories that share rare terms with one, in the order of their opening.
func (w *Window) around(st *story) []*story {
	var out []*story
	seen := map[*story]bool{}
	for _, key := range w.rarest(w.asTerms(st)) {
		w.terms.each(key, newestMost, func(n uint32) {
			if o := w.article(n).story; o != nil && !seen[o] {
				seen[o] = true
				out = append(out, o)
			}
		})
	}
	slices.SortFunc(out, func(a, b *story) int { return cmp.Compare(a.order, b.order) })
	return out
}

// asTerms is a story's vector as an article's.
func (w *Window) asTerms(st *story) []term {
	loads := w.loads(st)
	most := float32(0)
	for _, l := range loads {
		most = max(most, l.sum/float32(kindWeights[l.kind]))
	}
	var out []term
	for _, l := range loads {
		if x := l.sum / float32(kindWeights[l.kind]) / most * weightMost; x >= 1 {
			out = append(out, term{hash: l.hash, kind: l.kind, weight: uint8(x)})
		}
	}
	return out
}

func (w *Window) fixed(st *story) bool {
	return slices.ContainsFunc(st.members, func(n uint32) bool { return w.article(n).fixed })
}

func (w *Window) ids(members []uint32) []onrecord.ID {
	out := make([]onrecord.ID, len(members))
	for i, n := range members {
		out[i] = w.article(n).id
	}
	return out
}

// split is the proposal to split a story into the two halves whose articles are
// nearest to the two that are furthest apart.
func (w *Window) split(st *story) (Change, bool) {
	members := st.members[max(0, len(st.members)-reviewMost):]
	if len(members) < 2*fewestHalves || w.ruled.whole[st.id] {
		return Change{}, false
	}
	like := make([][]float64, len(members))
	a, b, least := 0, 0, math.Inf(1)
	for i := range members {
		like[i] = make([]float64, len(members))
		for j := range i {
			x := w.alike(w.article(members[i]), w.article(members[j]))
			like[i][j], like[j][i] = x, x
			if x < least {
				a, b, least = j, i, x
			}
		}
	}
	side := make([]int, len(members)) // 1: with b
	for i := range members {
		if i == b || i != a && like[i][b] > like[i][a] {
			side[i] = 1
		}
	}
	// Move each to the half that it is nearer to on average, a few times over.
	for range 8 {
		moved := false
		for i := range members {
			if m := nearer(like, side, i); m != side[i] {
				side[i], moved = m, true
			}
		}
		if !moved {
			break
		}
	}
	var leave []uint32
	across, pairs := 0., 0
	for i, n := range members {
		if side[i] != side[0] {
			leave = append(leave, n)
			for j := range members {
				if side[j] == side[0] {
					across += like[i][j]
					pairs++
				}
			}
		}
	}
	if len(leave) < fewestHalves || len(st.members)-len(leave) < fewestHalves {
		return Change{}, false
	}
	across /= float64(pairs)
	if across >= splits || slices.ContainsFunc(leave, func(n uint32) bool { return w.article(n).fixed }) {
		return Change{}, false
	}
	return Change{Kind: Split, Story: st.id, Articles: w.ids(leave), Score: across, Why: "its articles are of two kinds"}, true
}

// nearer is the half, 0 or 1, that a member is nearer to on average.
func nearer(like [][]float64, side []int, i int) int {
	var sum [2]float64
	var n [2]int
	for j := range side {
		if j != i {
			sum[side[j]] += like[i][j]
			n[side[j]]++
		}
	}
	switch {
	case n[0] == 0, n[1] == 0:
		return side[i]
	case sum[0]/float64(n[0]) > sum[1]/float64(n[1]):
		return 0
	case sum[0]/float64(n[0]) < sum[1]/float64(n[1]):
		return 1
	}
	return side[i]
}

// alike is the cosine of two articles.
func (w *Window) alike(a, b *article) float64 {
	dot := 0.
	j := 0
	for _, t := range a.terms {
		for j < len(b.terms) && b.terms[j].hash < t.hash {
			j++
		}
		if j < len(b.terms) && b.terms[j].hash == t.hash {
			dot += w.weight(t) * w.weight(b.terms[j])
		}
	}
	if dot == 0 {
		return 0
	}
	return dot / (w.length(a.terms) * w.length(b.terms))
}
