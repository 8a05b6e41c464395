package ledger

import (
	"cmp"
	"slices"

	"github.com/onrecord/onrecord"
)

const (
	// allPairs is up to how many pairs of findings each is compared with each.
	allPairs = 1 << 12
	// mostAlike bounds the old findings of other texts that one is compared with,
	// and mostOfWord how many of them one word may bring.
	mostAlike, mostOfWord = 32, 8
)

// candidates leads from a new finding to the old ones that may be the same, so
// that long tables of like sentences cost no square of their length: in one text
// those that overlap, in others those that share its rarest words, the nearest in
// order first.
type candidates struct {
	byWord map[string][]int
	places []place // of old findings, by text and start
	seen   map[int]bool
}

// place is the stretch that a finding's cue and content cover, in bytes of a text.
type place struct {
	text, start, end int
	furthest         int // end of any place up to this one in its text
	old              int
}

func placeOf(d *described, old int) (p place, ok bool) {
	p = place{text: d.text, old: old}
	for _, spans := range [][]onrecord.Span{d.Statement.Cue.Spans, d.Statement.Content.Spans} {
		for _, s := range spans {
			if !ok {
				p.start, p.end, ok = s.Start, s.End, true
			}
			p.start, p.end = min(p.start, s.Start), max(p.end, s.End)
		}
	}
	return p, ok
}

// among indexes the old findings that are not taken.
func among(olds []described, taken []bool) *candidates {
	c := &candidates{byWord: map[string][]int{}, seen: map[int]bool{}}
	for j := range olds {
		if taken[j] {
			continue
		}
		for w := range olds[j].content {
			c.byWord[w] = append(c.byWord[w], j)
		}
		if p, ok := placeOf(&olds[j], j); ok {
			c.places = append(c.places, p)
		}
	}
	slices.SortFunc(c.places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.start, b.start), cmp.Compare(a.old, b.old))
	})
	for i := range c.places {
		p := &c.places[i]
		p.furthest = p.end
		if i > 0 && c.places[i-1].text == p.text {
			p.furthest = max(p.furthest, c.places[i-1].furthest)
		}
	}
	return c
}

// of lists the old findings to compare a new one with.
func (c *candidates) of(n *described, olds []described) []int {
	return c.sharing(n, olds, c.overlapping(n))
}

// overlapping are those in the same text whose places overlap.
func (c *candidates) overlapping(n *described) (list []int) {
	at, ok := placeOf(n, 0)
	if !ok {
		return nil
	}
	i, _ := slices.BinarySearchFunc(c.places, at, func(p, at place) int {
		return cmp.Or(cmp.Compare(p.text, at.text), cmp.Compare(p.start, at.end))
	})
	for i--; i >= 0 && c.places[i].text == at.text && c.places[i].furthest > at.start; i-- {
		if c.places[i].end > at.start {
			list = append(list, c.places[i].old)
		}
	}
	return list
}

// sharing adds those of other texts that share words, by the rarest words first.
func (c *candidates) sharing(n *described, olds []described, list []int) []int {
	words := make([]string, 0, len(n.content))
	for w := range n.content {
		if len(c.byWord[w]) > 0 {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(c.byWord[a]), len(c.byWord[b])), cmp.Compare(a, b))
	})
	clear(c.seen)
	for _, w := range words {
		having := c.byWord[w]
		right, _ := slices.BinarySearch(having, n.order)
		left := right - 1
		for range mostOfWord {
			var j int
			switch {
			case left >= 0 && (right == len(having) || n.order-having[left] <= having[right]-n.order):
				j, left = having[left], left-1
			case right < len(having):
				j, right = having[right], right+1
			default:
				continue
			}
			if olds[j].text == n.text || c.seen[j] {
				continue
			}
			c.seen[j] = true
			if list = append(list, j); len(c.seen) == mostAlike {
				return list
			}
		}
	}
	return list
}
