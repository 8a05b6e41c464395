package bench

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/conllu"
)

// reporting is the share of sentences whose reporting is read rightly: what a
// statement is found by. Gold names the words that carry it in MISC, on each
// "Report=" with one or more of
//
//   - cue: the word that reports ("said", "according", "claim"),
//   - source: whom it comes from, or the subject of a passive cue,
//   - content: the head of what is reported.
//
// A sentence is right where each cue has its UPOS, each source its head and
// relation, and each content is joined to its cue: where gold has the cue hang on
// the content ("The deal, he said, is dead") the cue has its head and relation,
// else the content has. Relations are compared without subtypes. The sentences
// must have the same words; those without any "Report=" do not count.
func reporting(gold, found []*conllu.Sentence) Score {
	var s Score
	for i, g := range gold {
		right, marked := reads(g, found[i])
		if marked {
			s.Gold++
			s.Predicted++
			s.Right += count(right)
		}
	}
	return s
}

// reads tells whether the reporting of one sentence is right, and whether there is any.
func reads(gold, found *conllu.Sentence) (right, marked bool) {
	right = true
	hung := map[int]bool{} // contents, by ID, that a cue hangs on
	for _, w := range gold.Words {
		if reports(w, "cue") && w.Head > 0 && reports(gold.Words[w.Head-1], "content") {
			if universal(w.Relation) == "parataxis" || universal(w.Relation) == "advcl" {
				hung[w.Head] = true
			}
		}
	}
	for i, g := range gold.Words {
		f := found.Words[i]
		attached := g.Head == f.Head && universal(g.Relation) == universal(f.Relation)
		if reports(g, "cue") {
			marked = true
			right = right && g.UPOS == f.UPOS && (attached || !hung[g.Head])
		}
		if reports(g, "source") || reports(g, "content") && !hung[i+1] {
			marked = true
			right = right && attached
		}
	}
	return right, marked
}

func reports(w conllu.Word, role string) bool {
	return slices.Contains(strings.Split(conllu.Attribute(w.Misc, "Report"), ","), role)
}
