package ledger

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
)

// Seen is a finding in the text it was found in.
type Seen struct {
	Text      string
	Statement *onrecord.Statement
}

// alike is how much of two contents must agree, from 0 to 1, for two findings to
// be one where their cues do not tell.
const alike = 0.5

// Match pairs old findings with new ones, one to one, so that IDs and reviews
// stay with what they belong to. For each new finding it gives the index of the
// old one, or -1.
//
// In one and the same text findings are one when their cues overlap, those first
// that share most, or else when their contents share at least half of what both
// cover. Between different texts offsets mean nothing; there the words decide:
// first those that agree in source, cue and content, then those whose contents
// have most words in common, and at least half.
func Match(old, found []Seen) []int {
	to := make([]int, len(found))
	for i := range to {
		to[i] = -1
	}
	taken := make([]bool, len(old))
	matchExact(old, found, to, taken)
	var pairs []pair
	olds, news := describe(old, taken), describe(found, nil)
	for i := range found {
		if to[i] >= 0 {
			continue
		}
		for j := range old {
			if taken[j] {
				continue
			}
			if p, ok := likeness(&olds[j], &news[i]); ok {
				p.old, p.found = j, i
				pairs = append(pairs, p)
			}
		}
	}
	slices.SortFunc(pairs, pair.compare)
	for _, p := range pairs {
		if to[p.found] < 0 && !taken[p.old] {
			to[p.found], taken[p.old] = p.old, true
		}
	}
	return to
}

// matchExact pairs findings that have not changed: by offsets in one text, by
// words, in order, between two. Most have not, which leaves few to compare each
// with each.
func matchExact(old, found []Seen, to []int, taken []bool) {
	byWords := map[string][]int{}
	for j, o := range old {
		k := wordsKey(o)
		byWords[k] = append(byWords[k], j)
	}
	// In one text the same words may be said twice: those in the same place first.
	for _, samePlace := range []bool{true, false} {
		for i, n := range found {
			if to[i] >= 0 {
				continue
			}
			for _, j := range byWords[wordsKey(n)] {
				same := old[j].Text == n.Text
				if taken[j] || (samePlace && (!same || !slices.Equal(old[j].Statement.Spans(), n.Statement.Spans()))) || (!samePlace && same) {
					continue
				}
				to[i], taken[j] = j, true
				break
			}
		}
	}
}

func wordsKey(s Seen) string {
	return strings.Join([]string{
		onrecord.Words(s.Text, s.Statement.Source.Spans),
		onrecord.Words(s.Text, s.Statement.Cue.Spans),
		onrecord.Words(s.Text, s.Statement.Content.Spans),
	}, "\x00")
}

// pair is a possible match; the greatest is the best.
type pair struct {
	old, found           int
	cue, content, source float64 // shares in common, 0 to 1
	apart                int     // bytes or places in order between the two
}

func (p pair) compare(q pair) int {
	return cmp.Or(
		cmp.Compare(q.cue, p.cue), cmp.Compare(q.content, p.content), cmp.Compare(q.source, p.source),
		cmp.Compare(p.apart, q.apart), cmp.Compare(p.found, q.found), cmp.Compare(p.old, q.old))
}

// described is a finding with what comparing it takes.
type described struct {
	Seen
	order                int
	cue, content, source map[string]int
}

func describe(list []Seen, skip []bool) []described {
	out := make([]described, len(list))
	for i, s := range list {
		if skip != nil && skip[i] {
			continue
		}
		out[i] = described{
			s, i, bag(s.Text, s.Statement.Cue.Spans),
			bag(s.Text, s.Statement.Content.Spans), bag(s.Text, s.Statement.Source.Spans),
		}
	}
	return out
}

func likeness(o, n *described) (pair, bool) {
	a, b := o.Statement, n.Statement
	if o.Text == n.Text {
		p := pair{
			cue: shared(a.Cue.Spans, b.Cue.Spans), content: shared(a.Content.Spans, b.Content.Spans),
			source: shared(a.Source.Spans, b.Source.Spans),
		}
		return p, p.cue > 0 || p.content >= alike
	}
	p := pair{cue: common(o.cue, n.cue), content: common(o.content, n.content), source: common(o.source, n.source)}
	p.apart = max(o.order-n.order, n.order-o.order)
	if p.content < alike {
		return p, false
	}
	// Many have the cue "said"; between texts it only decides between equals.
	p.content, p.cue = 0, p.content
	return p, true
}

// shared is the bytes that two lists of spans have in common over those that
// either covers.
func shared(a, b []onrecord.Span) float64 {
	both := onrecord.Overlap(a, b)
	if both == 0 {
		return 0
	}
	all := -both
	for _, s := range a {
		all += s.Len()
	}
	for _, s := range b {
		all += s.Len()
	}
	return float64(both) / float64(all)
}

// bag counts the words of spans, folded.
func bag(text string, spans []onrecord.Span) map[string]int {
	words := map[string]int{}
	for _, s := range spans {
		for w := range strings.FieldsFuncSeq(s.In(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			words[strings.ToLower(w)]++
		}
	}
	return words
}

// common is twice the words that two bags share over the words of both (Dice's
// coefficient).
func common(a, b map[string]int) float64 {
	both, all := 0, 0
	for w, n := range a {
		both += min(n, b[w])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(both) / float64(all)
}
