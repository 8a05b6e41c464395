package read

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// maxLinkLine is how many bytes a paragraph has at most that is taken for a link
// to something else.
const maxLinkLine = 260

// tidy leaves out the paragraphs of an article that lead to other articles: those
// that are links and nothing else, debris, what announces either, and subheadings
// that nothing follows.
func tidy(list []block) []block {
	list = once(list)
	kept := make([]block, 0, len(list))
	cut := true // what follows went, or there is nothing
	for _, b := range slices.Backward(list) {
		announces := b.kind == onrecord.OtherZone || strings.HasSuffix(b.text, ":") && len(b.text) <= maxDebris
		switch {
		case b.kind == onrecord.Caption:
		case isDebris(b.text), b.links*10 >= len(b.text)*8 && len(b.text) <= maxLinkLine, announces && cut:
			cut = true
			continue
		default:
			cut = false
		}
		kept = append(kept, b)
	}
	slices.Reverse(kept)
	return kept
}

// once leaves out paragraphs that stood before: pages carry texts twice, for
// screens of two sizes. Short ones may be said twice.
func once(list []block) []block {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(b block) bool {
		again := len(b.text) >= minProse && seen[b.text]
		seen[b.text] = true
		return again
	})
}
