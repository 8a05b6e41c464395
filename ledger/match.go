package ledger

import (
	"cmp"
	"fmt"
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
// have most words in common, and at least half. Where there are very many, only
// the likeliest are compared: those that share rare words, the nearest first.
func Match(old, found []Seen) []int {
	to := make([]int, len(found))
	for i := range to {
		to[i] = -1
	}
	taken := make([]bool, len(old))
	ids := numbered(old, found)
	matchExact(old, found, ids, to, taken)
	olds, news := describe(old, ids[:len(old)], taken), describe(found, ids[len(old):], matched(to))
	var likely *candidates
	if count(taken)*count(matched(to)) > allPairs {
		likely = among(olds, taken)
	}
	var pairs []pair
	compare := func(i, j int) {
		if p, ok := likeness(&olds[j], &news[i]); ok {
			p.old, p.found = j, i
			pairs = append(pairs, p)
		}
	}
	for i := range found {
		switch {
		case to[i] >= 0:
		case likely != nil:
			for _, j := range likely.of(&news[i], olds) {
				compare(i, j)
			}
		default:
			for j := range old {
				if !taken[j] {
					compare(i, j)
				}
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

// numbered gives each text a number, in old and found, one after the other. Most
// texts are one string in memory with the one before, which makes comparing cheap.
func numbered(lists ...[]Seen) (ids []int) {
	var texts []string
	last, lastID := "", -1
	for _, list := range lists {
		for _, s := range list {
			if lastID < 0 || s.Text != last {
				lastID = slices.Index(texts, s.Text)
				if lastID < 0 {
					lastID, texts = len(texts), append(texts, s.Text)
				}
			}
			last = s.Text
			ids = append(ids, lastID)
		}
	}
	return ids
}

// matched tells which new findings have an old one.
func matched(to []int) []bool {
	has := make([]bool, len(to))
	for i := range to {
		has[i] = to[i] >= 0
	}
	return has
}

// count is how many are not done.
func count(done []bool) (left int) {
	for _, d := range done {
		if !d {
			left++
		}
	}
	return left
}

// sameness is what findings that have not changed agree in: in one text words and
// offsets, between two the words.
type sameness struct {
	text         int
	words, spans string
}

// matchExact pairs findings that have not changed: by offsets in one text, by
// words, in order, between two. Most have not, which leaves few to compare. ids
// are the numbers of the texts, of old and then of found.
func matchExact(old, found []Seen, ids, to []int, taken []bool) {
	// In one text the same words may be said twice: those in the same place first.
	waiting := map[sameness][]int{}
	for j, o := range old {
		k := sameness{ids[j], wordsKey(o), fmt.Sprint(o.Statement.Spans())}
		waiting[k] = append(waiting[k], j)
	}
	for i, n := range found {
		k := sameness{ids[len(old)+i], wordsKey(n), fmt.Sprint(n.Statement.Spans())}
		if list := waiting[k]; len(list) > 0 {
			to[i], taken[list[0]], waiting[k] = list[0], true, list[1:]
		}
	}
	clear(waiting)
	texts := 0
	for j, o := range old {
		if texts = max(texts, ids[j]+1); !taken[j] {
			k := sameness{text: ids[j], words: wordsKey(o)}
			waiting[k] = append(waiting[k], j)
		}
	}
	for i, n := range found {
		if to[i] >= 0 {
			continue
		}
		var best sameness
		words := wordsKey(n)
		for text := range texts {
			k := sameness{text: text, words: words}
			if list := waiting[k]; len(list) > 0 && text != ids[len(old)+i] && (to[i] < 0 || list[0] < to[i]) {
				best, to[i] = k, list[0]
			}
		}
		if to[i] >= 0 {
			taken[to[i]], waiting[best] = true, waiting[best][1:]
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
	order, text          int // place in its list, number of its text
	cue, content, source map[string]int
}

func describe(list []Seen, texts []int, skip []bool) []described {
	out := make([]described, len(list))
	for i, s := range list {
		if skip[i] {
			continue
		}
		out[i] = described{
			s, i, texts[i], bag(s.Text, s.Statement.Cue.Spans),
			bag(s.Text, s.Statement.Content.Spans), bag(s.Text, s.Statement.Source.Spans),
		}
	}
	return out
}

func likeness(o, n *described) (pair, bool) {
	a, b := o.Statement, n.Statement
	if o.text == n.text {
		p := pair{
			cue: shared(a.Cue.Spans, b.Cue.Spans), content: shared(a.Content.Spans, b.Content.Spans),
			source: shared(a.Source.Spans, b.Source.Spans),
		}
		return p, p.cue > 0 || p.content >= alike
	}
	content := common(o.content, n.content)
	if content < alike {
		return pair{}, false
	}
	// Many have the cue "said"; between texts the content leads.
	return pair{cue: content, source: common(o.source, n.source), apart: max(o.order-n.order, n.order-o.order)}, true
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
