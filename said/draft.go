package said

import "github.com/onrecord/onrecord"

// run is a range of tokens [first, last).
type run struct{ first, last int }

func (r run) empty() bool { return r.last <= r.first }

// draft is a statement under construction, in tokens.
type draft struct {
	rule       string
	lex        *cue
	source     run
	implicit   bool
	cue        run
	content    []run
	antecedent run
	addressee  run
	medium     run
	occasion   run
	when       run
	verb       group
	paragraph  int
	sentence   run
	aside      run     // a phrase inside the content that is no part of it
	silent     bool    // refuses to speak: "declined to comment"
	inside     int     // the quotation it stands in; -1 for none
	others     []draft // other readings of the same cue
}

// holds reports whether a content piece covers token i.
func (f *draft) holds(i int) bool {
	for _, c := range f.content {
		if c.first <= i && i < c.last {
			return true
		}
	}
	return false
}

// group is a verb with its auxiliaries, negation, adverbs and governing verbs.
type group struct {
	run
	main       int // the verb itself
	finite     bool
	participle bool // an -ing form without an auxiliary
	passive    bool
	infinitive bool // "to say" that nothing governs
	negated    bool
	possible   bool
	future     bool
	refused    bool
	planned    bool
}

// verbGroup reads the verb at i with what stands around it.
func (d *document) verbGroup(i int, s sentence, form shape) group {
	shapes := form
	g := group{run: run{i, i + 1}, main: i}
	aux, be := false, false
	j := i - 1
scan:
	for ; j >= s.first && d.words[j].quote < 0; j-- {
		p := &d.words[j]
		switch {
		case p.class&cNegation != 0:
			g.negated = true
			if p.lower == "cannot" {
				aux = true
				g.first = j
			}
		case p.class&cAuxiliary != 0 && !(d.apostropheS(j) && !d.is(j-1, cSubject|cRelative)):
			if p.class&cBe != 0 && !aux {
				be = true
			}
			g.possible = g.possible || p.class&cPossible != 0
			g.future = g.future || p.class&cFuture != 0
			aux, g.first = true, j
			g.infinitive = false
		case p.lower == "to" && j > s.first && d.governs(j-1):
			if g.infinitive {
				break scan
			}
			if outer, inner := d.words[j-1].verb, d.words[i].verb; outer != nil && inner != nil && d.wishes(outer, inner) {
				g.infinitive = !aux
				break scan
			}
			k := j - 1
			if d.lower(k) == "on" {
				k--
			}
			g.refused = g.refused || d.is(k, cRefused)
			g.planned = g.planned || d.is(k, cPlanned)
			g.first, j = k, k
			c := &d.words[k]
			form = base
			if c.verb != nil {
				form = c.shapes
			} else if hasEd(c.lower) || c.class&cVerb != 0 {
				form = past
			}
			be = false
			aux = form&(past|present) != 0
		case p.lower == "to":
			if !aux {
				g.infinitive = true
			}
			break scan
		case (p.class&cAdverb != 0 || isLy(p) || d.tree != nil && d.upos(j) == "ADV" && p.class&(cSubordinator|cRelative|cPreposition) == 0) && !p.capital:
		default:
			break scan
		}
	}
	if d.tree != nil {
		// "Nor did the minister say": what stands before the subject denies as well.
		for _, k := range d.tree.of(i) {
			if k >= g.first || k < s.first {
				continue
			}
			switch p := &d.words[k]; d.rel(k) {
			case "aux":
				g.possible, g.future = g.possible || p.class&cPossible != 0, g.future || p.class&cFuture != 0
				g.finite, g.infinitive = true, false
			case "cc", "advmod":
				g.negated = g.negated || p.lower == "nor" || p.lower == "never"
			}
		}
	}
	// An adverb right before the verb belongs to it; a time does not.
	for k := g.first - 1; k > j && k >= s.first; k-- {
		if d.is(k, cTime|cDay) || d.lower(k) == "there" || d.lower(k) == "here" {
			break
		}
		g.first = k
	}
	switch {
	case be && form&participle != 0 && shapes&ing == 0:
		g.passive = true
	case be && shapes&ing != 0, aux:
		g.finite = true
	case shapes == ing:
		g.participle = true
	case g.infinitive:
	default:
		g.finite = form&(past|present|base) != 0
	}
	return g
}

// governs reports whether token i governs an infinitive inside one cue ("declined to say").
func (d *document) governs(i int) bool {
	if d.lower(i) == "on" {
		return d.is(i-1, cChain) && d.lower(i - 1)[0] == 'g' || d.lower(i-1) == "went"
	}
	if d.is(i-1, cBe) && d.words[i].verb.has(objectInfinitive) {
		return false // "is expected to approve": nobody is told to expect it
	}
	return d.is(i, cChain)
}

func isLy(w *word) bool {
	return len(w.lower) > 4 && w.lower[len(w.lower)-2:] == "ly" && w.verb == nil && w.class == 0
}

func hasEd(w string) bool { return len(w) > 3 && w[len(w)-2:] == "ed" }

// spansOf are the runs as spans, without punctuation at their edges that stands
// outside quotation marks; runs of punctuation alone are left out.
func (d *document) spansOf(runs ...run) []onrecord.Span {
	out := []onrecord.Span{}
	for _, r := range runs {
		if r = d.trimRun(r); !r.empty() {
			out = append(out, d.span(r.first, r.last))
		}
	}
	return out
}

// trimRun takes punctuation off both ends of a run, except quotation marks and
// what they hold, brackets that pair inside, and apostrophes.
func (d *document) trimRun(r run) run {
	edge := func(i int) bool {
		w := &d.words[i]
		if w.letters || w.quote >= 0 {
			return false
		}
		switch w.lower {
		case "$", "#", "%", ")", "(", "]", "[", "’", "'", "'s", "’s":
			return false
		}
		return w.class == 0
	}
	for r.first < r.last && edge(r.first) {
		r.first++
	}
	for r.first < r.last && edge(r.last-1) {
		r.last--
	}
	return r
}
