package story

import (
	"cmp"
	"slices"

	"github.com/onrecord/onrecord"
)

// Relation says how a new text stands to an older one.
type Relation string

// Relations of texts.
const (
	Identical Relation = "identical" // the same words
	Edited    Relation = "edited"    // the same text, with changes all over it
	Truncated Relation = "truncated" // the new text is cut from the older one
	Embeds    Relation = "embeds"    // the new text has the older one in it, and more
	Part      Relation = "part"      // they share a passage; each has text of its own
)

// SameText reports whether texts that stand so to each other count as one.
func (r Relation) SameText() bool { return r != Part && r != "" }

// Copy is an older article that shares text with a new one.
type Copy struct {
	Of       onrecord.ID
	Relation Relation
	// Containment is the share of the shorter text's fingerprints that the other has,
	// Jaccard the share of both texts' fingerprints that both have; 0 to 1.
	Containment, Jaccard float64
}

// What makes a copy. A follow-up that repeats a third of a report as background has
// a containment near .33; half of one text in another has .5; a text with every tenth word
// changed keeps about .55. The numbers stand between these, set by hand.
const (
	copied       = .42 // containment
	copiedLead   = .36 // where the texts open alike
	copiedCredit = .25 // and credit the same agency
	fewestShared = 5   // fingerprints: some 28 words
	fewestWords  = 8   // of a text that may be identical to another

	copiedPart  = .4  // of the new text, where a part is shared and the opening is not
	formsPart   = .5  // containment up to which scattered parts are a form filled anew
	formsEdited = .85 // containment up to which a form filled anew may look like an edited text
	formsCut    = .6  // or like a longer or shorter one

	commonTexts = 8  // distinct texts that have a fingerprint before it counts as furniture
	chainMost   = 96 // entries of one fingerprint that are looked at
	copiesMost  = 32 // candidates that are compared
	carriers    = 4  // of identical text that are indexed: more would answer alike
)

// Copies are the articles of the window that share text with a sketch, the nearest
// first; articles that carry the same text come before those that share a part.
// Nothing is kept of the sketch.
func (w *Window) Copies(s Sketch) []Copy { return w.copies(&s) }

// copies are the older articles that share text with a sketch, the nearest first.
func (w *Window) copies(s *Sketch) []Copy {
	at := int64(noDate)
	if !s.At.IsZero() {
		at = s.At.Unix()
	}
	shared := map[uint32]int{}
	var order []uint32
	common := map[uint32]bool{}
	var hits []uint32
	for _, mark := range s.prints {
		hits = hits[:0]
		w.prints.each(mark, chainMost, func(n uint32) {
			if len(hits) == 0 || hits[len(hits)-1] != n {
				hits = append(hits, n)
			}
		})
		if w.distinct(hits) >= commonTexts {
			common[mark] = true
			continue
		}
		for _, n := range hits {
			if w.article(n).gone {
				continue
			}
			if shared[n]++; shared[n] == 1 {
				order = append(order, n)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b)) })
	var out []Copy
	for _, n := range order[:min(len(order), copiesMost)] {
		if shared[n] < fewestShared && w.article(n).hash != s.text {
			break
		}
		if a := w.article(n); w.days(at, a.at, a.at) <= float64(w.opt.Days) {
			if c, ok := w.compare(s, a, common); ok {
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Copy) int {
		return cmp.Or(-compareBool(a.Relation.SameText(), b.Relation.SameText()), cmp.Compare(b.Containment, a.Containment), cmp.Compare(b.Jaccard, a.Jaccard))
	})
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// distinct is how many texts the articles carry, up to those that make a
// fingerprint common.
func (w *Window) distinct(articles []uint32) int {
	if len(articles) < commonTexts {
		return 0
	}
	var texts []onrecord.ID
	for _, n := range articles {
		if t := w.article(n).text; !slices.Contains(texts, t) {
			if texts = append(texts, t); len(texts) == commonTexts {
				break
			}
		}
	}
	return len(texts)
}

// compare tells how a new text stands to an older one, and whether it shares enough to be named.
func (w *Window) compare(s *Sketch, a *article, common map[uint32]bool) (Copy, bool) {
	c := Copy{Of: a.id}
	if a.hash == s.text && s.words >= fewestWords {
		c.Relation, c.Containment, c.Jaccard = Identical, 1, 1
		return c, true
	}
	old := w.prints.keys(a.entries, int(a.prints))
	fresh, stale := spread(s.prints, old, common), spread(old, s.prints, common)
	if min(fresh.shared, stale.shared) < fewestShared {
		return c, false
	}
	shared := min(fresh.shared, stale.shared)
	c.Containment = float64(shared) / float64(min(fresh.all, stale.all))
	c.Jaccard = float64(shared) / float64(fresh.all+stale.all-shared)
	least := copied
	if fresh.lead && stale.lead {
		least = copiedLead
		if s.Agency != "" && hashOf(s.Agency) == a.agency {
			least = copiedCredit
		}
	}
	if c.Containment < least {
		return c, false
	}
	switch {
	case fresh.whole && stale.whole:
		c.Relation = Edited
	case fresh.whole:
		c.Relation = Truncated
	case stale.whole:
		c.Relation = Embeds
	default:
		c.Relation = Part
	}
	// A passage that two texts share stands in one piece; what forms share is scattered. One
	// that does not open the new text and is less than its half is background.
	if c.Relation == Part && (c.Containment < formsPart && 2*fresh.run < fresh.shared ||
		!(fresh.lead && stale.lead) && float64(shared) < copiedPart*float64(fresh.all)) {
		return c, false
	}
	if c.Relation != Part && otherFacts(s.terms, a.terms) && (c.Relation == Edited && c.Containment < formsEdited || c.Containment < formsCut) {
		return c, false
	}
	return c, true
}

// cover is how one text's fingerprints stand in another's.
type cover struct {
	shared, all int  // without common ones
	lead        bool // the opening is in the other
	run         int  // the longest run of shared ones
	whole       bool // what is shared stands all over the text
}

const (
	leadPrints = 10
	segments   = 8
)

// spread looks how much of a text's fingerprints another has, and where they stand.
func spread(prints, other []uint32, common map[uint32]bool) cover {
	has := make(map[uint32]bool, len(other))
	for _, p := range other {
		has[p] = true
	}
	var c cover
	var of, in [segments]int
	lead, run := 0, 0
	for i, p := range prints {
		if common[p] {
			continue
		}
		c.all++
		of[i*segments/len(prints)]++
		if has[p] {
			c.shared++
			run++
			c.run = max(c.run, run)
			in[i*segments/len(prints)]++
			if i < leadPrints {
				lead++
			}
		} else {
			run = 0
		}
	}
	c.lead = 3*lead >= min(len(prints), leadPrints)
	covered, used := 0, 0
	for i := range of {
		if of[i] == 0 {
			continue
		}
		used++
		if 4*in[i] >= of[i] {
			covered++
		}
	}
	c.whole = used > 0 && 4*covered >= 3*used
	return c
}

// otherFacts reports whether two texts of the same wording tell of other things, as
// weather and market reports do that fill one form: few of the numbers and names of
// the text that has fewer are in the other.
func otherFacts(a, b []term) bool {
	na, nb, both := 0, 0, 0
	j := 0
	for _, t := range a {
		if t.kind != name && t.kind != number {
			continue
		}
		na++
		for j < len(b) && b[j].hash < t.hash {
			j++
		}
		if j < len(b) && b[j].hash == t.hash {
			both++
		}
	}
	for _, t := range b {
		if t.kind == name || t.kind == number {
			nb++
		}
	}
	few := min(na, nb)
	return few >= 4 && 2*both < few
}
