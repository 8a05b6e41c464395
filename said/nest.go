package said

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// reach is how many statements before and after one are looked at for the one
// whose content holds it.
const reach = 40

// deepest is how deep statements nest.
const deepest = 6

// nest sets Within and Depth: the statement whose content holds another's cue
// and is the smallest to do so. It returns the statements that are left.
func nest(ss []onrecord.Statement) []onrecord.Statement {
	parent := make([]int, len(ss))
	for i := range ss {
		parent[i] = -1
		best := 0
		for j := max(0, i-reach); j < len(ss) && j <= i+reach; j++ {
			if i == j || !holds(&ss[j], &ss[i]) || holds(&ss[i], &ss[j]) {
				continue
			}
			size := 0
			for _, c := range ss[j].Content.Spans {
				size += c.Len()
			}
			if parent[i] < 0 || size < best {
				parent[i], best = j, size
			}
		}
	}
	for i := range ss {
		depth := 0
		for p := parent[i]; p >= 0 && depth <= deepest; p = parent[p] {
			depth++
		}
		ss[i].Depth = depth
		if depth > 0 {
			ss[i].Within = ss[parent[i]].ID
		}
	}
	// What nests deeper than anybody speaks, or in a circle, is no statement.
	return slices.DeleteFunc(ss, func(s onrecord.Statement) bool { return s.Depth > deepest })
}

// holds reports whether the content of outer covers the cue of inner.
func holds(outer, inner *onrecord.Statement) bool {
	for _, c := range outer.Content.Spans {
		if c.Contains(inner.Cue.Spans[0]) {
			return true
		}
	}
	return false
}

// repeats ties each headline statement to the first body statement that shares
// most of its content's words of weight.
func repeats(text string, ss []onrecord.Statement) {
	for i := range ss {
		if ss[i].Zone != onrecord.Headline {
			continue
		}
		want := weighty(onrecord.Words(text, ss[i].Content.Spans))
		best := 0.
		for j := i + 1; j < len(ss) && j < i+200; j++ {
			if ss[j].Zone == onrecord.Headline || ss[j].Depth > 0 {
				continue
			}
			shared := 0
			for w := range weighty(onrecord.Words(text, ss[j].Content.Spans)) {
				if want[w] {
					shared++
				}
			}
			share := float64(shared) / float64(max(1, len(want)))
			if share >= .6 && share > best {
				best, ss[i].Repeats = share, ss[j].ID
			}
		}
	}
}

// weighty are the words of four letters and more, in lower case and cut to
// their first six letters, so that "closing" meets "closings".
func weighty(s string) map[string]bool {
	out := map[string]bool{}
	if len(s) > 2000 {
		s = s[:2000]
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r < 'a' && (r < '0' || r > '9') || r > 'z' && r < 0x80 || r == '’' || r == '“' || r == '”'
	}) {
		if len(w) >= 4 {
			out[w[:min(len(w), 6)]] = true
		}
	}
	return out
}
