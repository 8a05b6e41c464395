package english

import (
	"cmp"
	"slices"

	"github.com/onrecord/onrecord"
)

// near is how far one mention of a name says what another is, in bytes.
const near = 15000

// surely is how sure the network must be of a name for it to speak for others.
const surely = 0.7

// repeatNames adds names that the network missed where the same words are a name
// nearby: whole runs of proper nouns that are in no name. For a text to tell what
// a name is, once is enough.
func repeatNames(t *onrecord.Text) {
	sure := map[string][]onrecord.Name{}
	for _, n := range t.Names {
		if n.Confidence >= surely {
			words := n.Span.In(t.Source)
			sure[words] = append(sure[words], n)
		}
	}
	if len(sure) == 0 {
		return
	}
	next := 0 // the first name that does not end before the token
	named := func(k int) bool {
		for next < len(t.Names) && t.Names[next].Span.End <= t.Tokens[k].Span.Start {
			next++
		}
		return next < len(t.Names) && t.Names[next].Span.Start < t.Tokens[k].Span.End
	}
	var found []onrecord.Name
	for _, s := range t.Sentences {
		for i := s.First; i < s.Last; i++ {
			if !proper(t, i) || named(i) {
				continue
			}
			last := i + 1
			for last < s.Last && proper(t, last) && !named(last) {
				last++
			}
			span := onrecord.Span{Start: t.Tokens[i].Span.Start, End: t.Tokens[last-1].Span.End}
			if n, ok := nearest(sure[span.In(t.Source)], span.Start); ok {
				n.Span, n.Confidence = span, n.Confidence/2
				found = append(found, n)
			}
			i = last - 1
		}
	}
	if len(found) > 0 {
		t.Names = append(t.Names, found...)
		slices.SortFunc(t.Names, func(a, b onrecord.Name) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	}
}

func proper(t *onrecord.Text, i int) bool { return t.Tokens[i].UPOS == "PROPN" }

// nearest is the name closest to the offset, of names in text order.
func nearest(names []onrecord.Name, offset int) (onrecord.Name, bool) {
	i, _ := slices.BinarySearchFunc(names, offset, func(n onrecord.Name, o int) int { return cmp.Compare(n.Span.Start, o) })
	best, far := onrecord.Name{}, near
	for _, k := range []int{i - 1, i} {
		if k >= 0 && k < len(names) {
			if d := max(names[k].Span.Start-offset, offset-names[k].Span.Start); d < far {
				best, far = names[k], d
			}
		}
	}
	return best, far < near
}
