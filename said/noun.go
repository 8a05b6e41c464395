package said

// openNoun reads "S's hope that C", "calls for C", "S made a promise to C", "the
// argument is that C".
func (d *document) openNoun(s sentence, i int) {
	lex := d.openCue(i, d.words[i].noun)
	if lex == nil {
		return
	}
	f := d.openDraft(s, i, lex)
	if !d.nounContent(s, &f) {
		return
	}
	if !d.nounSource(s, &f) {
		if f.rule == "open-noun-view" || f.rule == "open-noun-is-noun" {
			return
		}
		f.implicit = true
	}
	if a := f.aside; !a.empty() { // the phrase itself is no part of what is told
		c := f.content[0]
		f.content = []run{{c.first, a.first}, {a.last, c.last}}
		if f.source.first < f.cue.last && f.source.last > f.cue.first {
			f.cue.first = f.verb.main
		}
	}
	d.keep(f)
}

func (d *document) nounContent(s sentence, f *draft) bool {
	i := f.verb.main
	k := f.cue.last
	if c := d.hangsBehind(i, k, "acl", "ccomp", "xcomp", "advcl"); c >= 0 {
		from := d.tree.left[c]
		relative := d.text.Tokens[c].Relation == "acl:relcl" && d.hangs(c, "mark") < 0
		if from == k && (d.lower(from) == "that" || d.infinitiveAt(from) || d.lower(from) == "not" && d.infinitiveAt(from+1) || d.isQuestion(from) || d.subjectOf(c) == from) {
			f.rule, f.content = "open-noun", []run{{from, d.clauseEnd(from, s)}}
			if relative && d.lower(from) != "to" {
				f.rule = "open-noun-relative" // "fears it would sink", but most are no content
			}
			return true
		}
	}
	if o := d.hangsBehind(i, k, "nmod", "acl"); o >= 0 && d.joinPreposition(f, o) {
		f.rule, f.content = "open-noun-of", []run{{f.cue.last, d.objectEnd(f.cue.last, s)}}
		return true
	}
	if k < s.last && (d.lower(k) == "that" && d.upos(k) == "SCONJ" || d.lower(k) == ":") {
		from := k
		f.rule = "open-noun-that"
		if d.lower(k) == ":" {
			if d.is(i, cHeading) && i == s.first {
				return false
			}
			from, f.cue.last, f.rule = k+1, k+1, "open-noun-colon"
		}
		f.content = []run{{from, d.clauseEnd(from, s)}}
		return true
	}
	// "In S's view, C", "at the request of S, C".
	if h, p := d.over(i), d.hangs(i, "case"); d.rel(i) == "obl" && h >= s.first && h < s.last && p >= s.first && p < i && p == d.tree.left[i] {
		f.content = []run{{max(s.first, d.tree.left[h]), min(d.tree.right[h], s.last)}}
		f.rule, f.cue.first = "open-noun-view", p
		f.aside = run{p, d.tree.right[i]}
		return true
	}
	// "The hope is that C": the noun is the subject of the clause.
	h := d.over(i)
	if d.rel(i) == "nsubj" && h > i && h < s.last {
		cop := d.hangs(h, "cop")
		for from := max(cop+1, i+1); cop > i && from < min(h+1, cop+3); from++ {
			if d.lower(from) == "that" && from < h || d.infinitiveAt(from) {
				f.rule, f.content = "open-noun-is", []run{{from, d.clauseEnd(from, s)}}
				return true
			}
		}
		if c := d.hangsBehind(h, h+1, "ccomp", "xcomp"); c >= 0 && d.lower(h) == "is" || c >= 0 && d.lower(h) == "was" {
			from := d.tree.left[c]
			f.rule, f.content = "open-noun-is", []run{{from, d.clauseEnd(from, s)}}
			return true
		}
		if d.hangs(i, "nmod:poss", "nmod") >= 0 && cop > i {
			from := max(cop+1, d.tree.right[i])
			f.rule, f.content = "open-noun-is-noun", []run{{from, d.clauseEnd(from, s)}}
			return from < s.last
		}
	}
	return false
}

// nounSource finds who holds what a noun tells: its possessor, "from", "by" or
// "among" somebody, the subject of the verb that it completes.
func (d *document) nounSource(s sentence, f *draft) bool {
	i := f.verb.main
	if p := d.hangs(i, "nmod:poss"); p >= s.first && p < i {
		f.source = d.phrase(p)
		f.source.last = min(f.source.last, i)
		for f.source.last > f.source.first+1 && d.apostropheS(f.source.last-1) {
			f.source.last--
		}
		if b := f.source.last; d.apostropheS(b) {
			b++
			if b < i && b >= i-3 {
				f.cue.first = b
			}
		} else if f.source.last < i && f.source.last >= i-3 {
			f.cue.first = f.source.last
		}
		return !f.source.empty()
	}
	for _, o := range d.tree.of(i) {
		if o <= i || d.rel(o) != "nmod" || f.holds(o) {
			continue
		}
		if p := d.hangs(o, "case"); p > i {
			switch d.lower(p) {
			case "from", "by", "among", "of", "between", "within", "in":
				f.source = d.phrase(o)
				return f.source.first > i
			}
		}
	}
	h := d.over(i)
	if r := d.rel(i); (r == "obj" || r == "obl") && h >= s.first && h < i && d.upos(h) == "VERB" && i-h < 6 {
		g := d.verbGroup(h, s, shapesOfTags[d.text.Tokens[h].XPOS])
		if g.passive {
			return false
		}
		cue, main := f.cue, f.verb
		f.verb = g
		f.cue = run{g.first, f.cue.last}
		f.verb.last, f.verb.main = f.cue.last, h
		if d.openSubject(s, f) {
			f.rule += "-verb"
			f.verb.main = h
			return true
		}
		f.cue, f.verb = cue, main
	}
	if r := d.rel(i); r == "root" || r == "conj" || r == "ccomp" {
		// "He is a supporter of C".
		if k := d.subjectOf(i); k >= s.first && k < i && d.hangs(i, "cop") > k {
			f.rule += "-cop"
			f.cue.first = d.copula(s, i)
			return d.sourceAt(s, f, k)
		}
	}
	return false
}

// copula is the first token of the forms of "be", with their auxiliaries and
// negation, before the word at i, or i.
func (d *document) copula(s sentence, i int) int {
	first := i
	for _, k := range d.tree.of(i) {
		if r := d.rel(k); k < first && k >= s.first && (r == "cop" || r == "aux") {
			first = k
		}
	}
	return first
}

// openAdjective reads "S is wary of C", "S seems happy that C".
func (d *document) openAdjective(s sentence, i int) {
	lex := d.openCue(i, d.words[i].adj)
	if lex == nil {
		return
	}
	f := d.openDraft(s, i, lex)
	f.cue.first = d.copula(s, i)
	if h := d.over(i); f.cue.first == i && d.rel(i) == "amod" && h >= s.first && h < i {
		// "someone familiar with C"
		for f.cue.first > h+1 && d.is(f.cue.first-1, cNegation|cAdverb) {
			f.cue.first--
		}
		if d.sourceAt(s, &f, h) && d.follows(s, &f, i) {
			f.rule = "open-adjective-behind"
			f.source.last = min(f.source.last, f.cue.first)
			d.keep(f)
		}
		return
	} else if f.cue.first == i {
		if d.rel(i) != "xcomp" || h < s.first || h >= i || d.upos(h) != "VERB" || i-h > 3 {
			return
		}
		f.cue.first = d.verbGroup(h, s, shapesOfTags[d.text.Tokens[h].XPOS]).first
	}
	for k := f.cue.first; k < i; k++ {
		f.verb.negated = f.verb.negated || d.is(k, cNegation)
		f.verb.possible = f.verb.possible || d.is(k, cPossible)
		f.verb.future = f.verb.future || d.is(k, cFuture)
	}
	if !d.openSubject(s, &f) || d.lower(f.source.first) == "it" || d.lower(f.source.first) == "there" {
		return
	}
	if d.follows(s, &f, i) {
		f.rule = "open-adjective"
		d.keep(f)
	}
}

// openAdverb reads "reportedly": what its clause tells has a source that is not named.
func (d *document) openAdverb(s sentence, i int) {
	lex := d.words[i].adverb
	h := d.over(i)
	if lex == nil || h < s.first || h >= s.last {
		return
	}
	f := d.openDraft(s, i, lex)
	f.rule, f.implicit = "open-adverb", true
	from := max(s.first, d.tree.left[h])
	for from < min(h, i) && (d.is(from, cConjunction|cOpening) || !d.words[from].letters) {
		from++
	}
	f.content = []run{{from, max(i+1, min(s.last, d.tree.right[h]))}}
	d.keep(f)
}
