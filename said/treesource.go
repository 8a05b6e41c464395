package said

// treeSubject finds the source in the tree: the subject of the cue's verb, of
// what governs it, of the verb it is coordinated with, or of the clause that a
// participle describes; the noun itself where the participle describes a noun.
func (d *document) treeSubject(s sentence, f *draft) bool {
	at := f.verb.main
	if before := at - 1; d.upos(at) == "ADJ" && f.cue.first == at && before >= s.first && d.upos(before) == "NOUN" {
		return d.sourceAt(s, f, before) // "fishermen angry over"
	}
	participle := d.words[at].shapes&ing != 0
	apart := participle && f.cue.first > s.first && (d.lower(f.cue.first-1) == "," || d.closes(f.cue.first-1))
	for range 10 {
		if k := d.subjectOf(at); k >= 0 && (k < f.cue.first || k >= f.cue.last) && !(apart && at != f.verb.main && d.reported(at)) {
			return d.sourceAt(s, f, k)
		}
		h := d.over(at)
		if h < s.first || h >= s.last {
			return false
		}
		switch d.rel(at) {
		case "xcomp":
		case "conj":
			// "said he would order ... and warned": what is finite does not go on with
			// what is not, but with the verb that governs it.
			if teller := d.over(h); !apart && d.rel(h) == "ccomp" && teller >= s.first && d.words[teller].verb.has(quotes) &&
				(d.past(at) && d.bareForm(h) || d.past(at) && !d.speaker(h)) {
				h = teller
			}
		case "advcl":
			if d.hangs(at, "mark") >= 0 && !participle {
				return false
			}
		case "acl":
			if !participle || h >= f.cue.first || d.is(f.cue.first-1, cPreposition) {
				return false
			}
			if !apart {
				return d.sourceAt(s, f, h)
			}
		default:
			if !apart || at == f.verb.main {
				return false
			}
		}
		at = h
	}
	return false
}

// subjectOf is the subject of a verb: the nearest before it where there are two,
// since the first may be that of the clause that it interrupts; -1 for none.
func (d *document) subjectOf(verb int) int {
	found := -1
	for _, k := range d.tree.of(verb) {
		if d.rel(k) == "nsubj" && (found < 0 || k < verb) {
			found = k
		}
	}
	return found
}

// twin is a second subject right before the subject k, as trees have it where a
// title stands before a name ("Trump lawyer Marc Kasowitz said"); -1 for none.
func (d *document) twin(k int) int {
	verb := d.over(k)
	if verb < 0 || d.rel(k) != "nsubj" {
		return -1
	}
	for _, t := range d.tree.of(verb) {
		if t < k && d.rel(t) == "nsubj" && d.tree.right[t] == d.tree.left[k] && d.words[d.tree.left[k]-1].letters && d.words[k].capital {
			return t
		}
	}
	return -1
}

// reported reports whether a verb's clause is what another verb tells: a
// participle behind a comma goes on with whoever tells it.
func (d *document) reported(at int) bool {
	switch d.rel(at) {
	case "ccomp", "acl":
		return true
	}
	return d.upos(at) == "NOUN" || d.upos(at) == "PROPN"
}

// speaker reports whether a verb's subject is somebody or a document, as far as
// its word shows.
func (d *document) speaker(verb int) bool {
	k := d.hangs(verb, "nsubj")
	return k >= 0 && d.speaks(run{k, k + 1})
}

// past and bareForm are the forms that two coordinated verbs do not mix.
func (d *document) past(i int) bool { return d.text.Tokens[i].XPOS == "VBD" }

func (d *document) bareForm(i int) bool { return d.text.Tokens[i].XPOS == "VB" }

// sourceAt takes the noun phrase of token k as the source; false where it runs
// over the cue or out of the sentence.
func (d *document) sourceAt(s sentence, f *draft, k int) bool {
	r := d.phrase(k)
	if k < f.cue.first {
		r.last = min(r.last, f.cue.first)
	}
	r.first, r.last = max(r.first, s.first), min(r.last, s.last)
	for i := r.last - 1; i >= r.first && k < f.cue.first; i-- {
		if d.closes(i) && !d.short(d.quoteAt(i)) {
			r.first = i + 1 // nobody is named across the end of a quotation
			k = max(k, r.first)
			break
		}
	}
	if twin := d.twin(k); twin >= s.first {
		r.first = min(r.first, d.tree.left[twin])
	}
	if k < f.cue.first && !d.is(k, cSubject|cRelative) {
		r.first = d.beforeRelative(s.first, r.first)
	}
	for n := len(d.found) - 1; n >= 0 && d.found[n].sentence == f.sentence; n-- {
		// "The museum, Quist said, celebrated": what is told in between is no part of it.
		if g := &d.found[n]; !d.is(g.source.first, cRelative) && g.source.first > k && g.cue.first > k && g.cue.last <= r.last && d.lower(g.source.first-1) == "," {
			r.last = min(r.last, g.source.first-1)
		}
	}
	if t := d.timeBefore(k+1, r.last); t > k && t < r.last && r.last <= f.cue.first {
		f.when = run{t, r.last}
		r.last = t
	}
	r.last = d.restOfName(r.last, f.cue.first)
	for r.first > s.first && r.first <= k && d.upos(r.first) == "PROPN" && d.upos(r.first-1) == "PROPN" && d.words[r.first-1].capital {
		r.first--
	}
	if r.last+1 < f.cue.first && d.lower(r.last) == "," && d.lower(f.cue.first-1) == "," && d.describes(r.last+1, f.cue.first) {
		r.last = f.cue.first // an apposition that the tree hangs elsewhere
	}
	if r.empty() || k < r.first || k >= r.last || r.first < f.cue.last && r.last > f.cue.first {
		return false
	}
	f.source = r
	if gap := (run{r.last, f.cue.first}); r.last < f.cue.first {
		if t := d.timeBefore(gap.first, gap.last); t < gap.last {
			f.when = run{t, gap.last}
		}
		for i := gap.first; i < gap.last; i++ {
			if v := d.venuePhrase(i, gap.last); v > i {
				f.medium = run{i, v}
				break
			}
		}
	}
	return true
}

// restOfName is where a subject ends that the tree ends too early: nothing but
// nouns and names stand between it and its verb.
func (d *document) restOfName(from, verb int) int {
	for i := from; i < verb; i++ {
		switch w := &d.words[i]; {
		case w.quote >= 0 || !w.letters || d.is(i, cTime|cAuxiliary|cConjunction), w.class&cAdverb != 0, d.upos(i) != "PROPN" && d.upos(i) != "NOUN" && d.upos(i) != "ADJ" && w.lower != "all":
			return from
		}
	}
	return max(from, verb)
}

// phrase is the noun phrase of token k: all that hangs on it but what only
// introduces it, and the second of a pair of commas.
func (d *document) phrase(k int) run {
	if d.is(k, cRelative) {
		return run{k, k + 1}
	}
	r := run{d.tree.left[k], d.tree.right[k]}
	// A clause that the tree hangs on a noun by mistake does not precede it.
	for _, c := range d.tree.of(k) {
		switch d.rel(c) {
		case "case", "parataxis", "ccomp", "advcl", "dislocated", "vocative", "discourse":
			if c < k {
				r.first = max(r.first, d.tree.right[c])
			} else {
				r.last = min(r.last, d.tree.left[c])
			}
		}
	}
	for r.first < k {
		w := &d.words[r.first]
		if w.letters && !d.is(r.first, cConjunction|cFronting) && !(d.is(r.first, cAdverb) && !w.capital) && w.lower != "both" && w.lower != "even" {
			break
		}
		r.first++
	}
	paired := false
	for i := k + 1; i < r.last-1; i++ {
		paired = paired || d.lower(i) == ","
	}
	for r.last > k+1 && !d.words[r.last-1].letters && d.lower(r.last-1) != ")" && d.words[r.last-1].quote < 0 && !d.apostropheS(r.last-1) {
		r.last--
	}
	if paired && d.lower(r.last) == "," {
		r.last++
	}
	return r
}
