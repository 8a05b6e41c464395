package said

// subject finds the source before the verb: a noun phrase, with its apposition,
// over times and interruptions; or the subject that the verb shares with an
// earlier one.
func (d *document) subject(s sentence, f *draft, start int) bool {
	if d.tree != nil && d.treeSubject(s, f) {
		return true
	}
	at := f.cue.first
	lo := s.first
	// A subject does not reach back over a quotation or an earlier cue.
	for i := at - 1; i >= lo; i-- {
		if d.closes(i) && !d.short(d.quoteAt(i)) {
			lo = i + 1
			break
		}
	}
	for at-1 > lo && (d.is(at-1, cAdverb) || isLy(&d.words[at-1])) && !d.is(at-1, cTime) {
		at--
	}
	if t := d.timeBefore(lo, at); t < at {
		f.when = run{t, at}
		at = t
	}
	for at-1 > lo && d.is(at-1, cAdverb) && d.quoteAt(at-1) < 0 {
		at--
	}
	if at-1 < lo {
		return false
	}
	if d.is(at-1, cRelative) {
		f.source = run{at - 1, at}
		return true
	}
	switch w := d.lower(at - 1); w {
	case "and", "but", "or", "then":
		return d.shared(s, f, start)
	case ",":
		if d.interrupted(f, lo, at-1) {
			return true
		}
		return d.shared(s, f, start)
	case ")":
	}
	first, ok := d.nounPhraseLeft(lo, at)
	if !ok || first >= at {
		return false
	}
	f.source = run{d.beforeRelative(lo, first), at}
	for k := first + 1; k < at; k++ {
		if d.is(k, cVenuePrep) && d.venuePhrase(k, at) == at {
			f.source.last, f.medium = k, run{k, at}
			break
		}
	}
	return true
}

// beforeRelative is where the noun phrase starts whose relative clause ends in
// the one that starts at first: "A man who lives in the mill said". It is first
// where there is no such clause.
func (d *document) beforeRelative(lo, first int) int {
	for i := first - 1; i > lo && i > first-15; i-- {
		w := &d.words[i]
		if w.quote >= 0 || !w.letters && !d.apostropheS(i) || i == first-1 && w.verb.has(bare) {
			return first
		}
		if w.lower == "who" {
			if start, ok := d.nounPhraseLeft(lo, i); ok && i < first-1 {
				return start
			}
			return first
		}
	}
	return first
}

// interrupted reads "S, a spokesman for X, said" and "S, speaking in Y, said":
// the subject stands before the comma that opens what ends at the comma given.
func (d *document) interrupted(f *draft, lo, comma int) bool {
	open, nearest := -1, -1
	for i := comma - 1; i >= lo && comma-i < 45; i-- {
		if d.words[i].quote >= 0 && !d.short(d.quoteAt(i)) {
			break
		}
		if d.lower(i) != "," {
			continue
		}
		if open < 0 {
			open, nearest = i, i
		}
		if d.describes(i+1, comma) {
			open = i
		}
		if d.describes(i+1, comma) && !d.number(i+1) {
			break
		}
	}
	if open <= lo {
		return false
	}
	first, ok := d.nounPhraseLeft(lo, open)
	if !ok && nearest > open {
		open = nearest
		first, ok = d.nounPhraseLeft(lo, open)
	}
	if !ok {
		return false
	}
	f.source = run{first, open}
	for n := 0; n < 3 && first-1 > lo && d.lower(first-1) == "," && d.describes(first, comma); n++ {
		// The noun phrase describes another before it.
		before, ok := d.nounPhraseLeft(lo, first-1)
		if !ok {
			break
		}
		first, f.source.first = before, before
	}
	switch {
	case d.describes(open+1, comma):
		f.source.last = comma + 1
	case d.venuePhrase(open+1, comma) == comma:
		f.medium = run{open + 1, comma}
	case d.timePhrase(open+1, comma) == comma:
		f.when = run{open + 1, comma}
	case d.lower(open+1) == "however", d.is(open+1, cFronting|cPreposition|cAdverb), d.words[open+1].shapes&ing != 0, d.lower(open+1) == "when", d.lower(open+1) == "meanwhile":
	default:
		// "Bob Marsh, D-Pa., said", "Ada Quist, senior fellow at X, said".
		for i := open + 1; i < comma; i++ {
			if d.is(i, cAuxiliary|cVerb|cSubject|cSubordinator) && !d.apostropheS(i) {
				return false
			}
		}
		f.source.last = comma + 1
	}
	return true
}

// shared takes the source of the statement before in the sentence, else the
// subject of the sentence's first verb.
func (d *document) shared(s sentence, f *draft, start int) bool {
	if d.tree != nil && d.treeSubject(s, f) {
		return true
	}
	for i := len(d.found) - 1; i >= start; i-- {
		if g := &d.found[i]; !g.source.empty() && !g.holds(f.verb.main) && d.rules[g.rule].leftward {
			f.source = g.source
			return true
		}
	}
	if d.mainSubject(s, f) {
		return true
	}
	for i := len(d.found) - 1; i >= start; i-- {
		if g := &d.found[i]; !g.source.empty() && !g.holds(f.verb.main) && !g.verb.passive {
			f.source = g.source
			return true
		}
	}
	return false
}

// mainSubject takes the subject of the sentence's first finite verb as the source.
func (d *document) mainSubject(s sentence, f *draft) bool {
	lo := s.first
	for i := s.first + 1; i < f.cue.first; i++ {
		w := &d.words[i]
		if w.quote >= 0 {
			return false
		}
		finite := d.is(i, cVerb|cAuxiliary) && !d.apostropheS(i) || w.verb != nil && w.shapes&(past|present) != 0 && w.shapes&base == 0 && !w.capital ||
			hasEd(w.lower) && !w.capital && !d.is(i-1, cDeterminer|cPreposition)
		if !finite {
			continue
		}
		if d.is(i-1, cRelative) || d.lower(i-1) == "that" {
			continue
		}
		at := i
		for at > lo && (d.is(at-1, cAdverb) || isLy(&d.words[at-1])) {
			at--
		}
		if t := d.timeBefore(lo, at); t < at {
			at = t
		}
		if at-1 >= lo && d.lower(at-1) == "," {
			if d.interrupted(f, lo, at-1) {
				return true
			}
			continue
		}
		first, ok := d.nounPhraseLeft(lo, at)
		if !ok {
			continue
		}
		f.source = run{first, at}
		return true
	}
	return false
}

// participleCue reads ", adding that C" and "..., thanking X for Y" behind a
// clause whose subject is the source.
func (d *document) participleCue(s sentence, f *draft, start int) bool {
	p := f.cue.first - 1
	if p < s.first || d.lower(p) != "," && d.lower(p) != "and" && d.lower(p) != "while" && d.lower(p) != "—" && !d.closes(p) && !d.words[p].letters {
		return false
	}
	switch {
	case d.lower(p) == "," || d.lower(p) == "and" || d.lower(p) == "while" || d.closes(p):
		if !d.shared(s, f, start) {
			return false
		}
	case d.is(p, cPreposition) && f.lex.has(quotes) && f.lex.has(that):
		// "began by saying", "aside from saying".
		if !d.mainSubject(s, f) {
			return false
		}
	case d.is(p, cPreposition|cSubordinator|cVerb|cAuxiliary|cAdverb):
		return false
	default:
		// "a letter saying that", "protesters chanting": what stands before it.
		first, ok := d.nounPhraseLeft(s.first, f.cue.first)
		if !ok || !f.lex.has(quotes|that) {
			return false
		}
		f.source = run{first, f.cue.first}
	}
	k := d.afterCue(s, f)
	f.content = d.rightContent(s, f, k, run{})
	if len(f.content) == 0 {
		return false
	}
	if (f.rule == "bare" || f.rule == "object") && f.lex.class != "speech" {
		return false
	}
	f.rule = "participle"
	return true
}

// byAgent reads "C, a position defended by S" and "the claim made by S".
func (d *document) byAgent(s sentence, f *draft) bool {
	src := d.nounPhraseRight(f.cue.last+1, s.last)
	if src <= f.cue.last+1 {
		return false
	}
	first, ok := d.nounPhraseLeft(s.first, f.cue.first)
	if !ok {
		return false
	}
	if !f.lex.has(object) && !d.is(f.cue.first-1, cProform) {
		return false
	}
	f.source = run{f.cue.last + 1, src}
	f.content = []run{{first, f.cue.first}}
	f.rule = "by"
	d.adjuncts(s, f, src, false)
	if d.is(f.cue.first-1, cProform) && first > s.first && d.lower(first-1) == "," {
		f.antecedent = run{s.first, first - 1}
	}
	return true
}

// passive reads "S was told that C" (the subject is told), "C was announced by
// S", "it is believed that C", "X is expected to Y".
func (d *document) passive(s sentence, f *draft) bool {
	k := f.cue.last
	first, ok := d.nounPhraseLeft(s.first, f.cue.first)
	if !ok {
		return false
	}
	subject := run{first, f.cue.first}
	if d.lower(k) == "by" && d.timePhrase(k, s.last) == k && !f.lex.has(told) && f.lex.has(object) {
		src := d.nounPhraseRight(k+1, s.last)
		if src == k+1 {
			return false
		}
		f.source = run{k + 1, src}
		f.content = []run{subject}
		f.rule = "passive-by"
		if d.lower(src) == "that" || d.lower(src) == "for" {
			f.content = append(f.content, run{src, d.clauseEnd(src, s)})
		}
		return true
	}
	if d.prepOf(f.lex, k) && f.lex.lemma == "accuse" {
		f.implicit, f.rule = true, "passive"
		f.content = []run{subject, {k, d.objectEnd(k, s)}}
		return !f.content[0].empty()
	}
	if f.lex.has(that|infinitive|objectInfinitive) && (d.lower(k) == "that" || d.infinitiveAt(k)) {
		f.implicit, f.rule = true, "passive"
		end := d.clauseEnd(k, s)
		switch {
		case f.lex.has(told):
			f.addressee = subject
			f.content = []run{{k, end}}
		case d.lower(k) == "that":
			f.content = []run{{k, end}}
		default:
			if f.lex.class != "belief" && f.lex.class != "speech" && f.lex.class != "decree" {
				return false
			}
			f.content = []run{subject, {k, end}}
		}
		return true
	}
	return false
}

// infinitiveAt reports whether "to" and a verb stand at token k.
func (d *document) infinitiveAt(k int) bool {
	if d.lower(k) != "to" || k+1 >= len(d.words) || d.words[k].quote >= 0 {
		return false
	}
	w := &d.words[k+1]
	return w.letters && !w.capital && (w.class&(cDeterminer|cPronoun|cPreposition|cSubject|cObject|cTime|cRelative) == 0) && (w.verb == nil || w.shapes&base != 0)
}
