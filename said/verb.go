package said

import "github.com/onrecord/onrecord"

// maxFound bounds how many statements of one text are read in the open.
const maxFound = 20000

// read finds the statements of one sentence.
func (d *document) read(s sentence) {
	start := len(d.found)
	for i := s.first; i < s.last; i++ {
		w := &d.words[i]
		if w.quote >= 0 || start > 0 && i < d.found[start-1].cue.last && d.found[start-1].rule == "letter" {
			continue
		}
		n := len(d.found)
		switch {
		case w.lower == "according" && d.lower(i+1) == "to":
			d.according(s, i)
		case w.particles != nil && w.particles[d.lower(i+1)] != nil:
			d.verb(s, i, start, w.particles[d.lower(i+1)], w.pShapes)
		case w.verb != nil && !d.nominal(i, s):
			d.verb(s, i, start, w.verb, w.shapes)
		}
		if n == len(d.found) && d.tree != nil {
			switch {
			case w.particles != nil && w.particles[d.lower(i+1)] != nil:
				d.treeVerb(s, i, start, w.particles[d.lower(i+1)], w.pShapes)
			case w.verb != nil && !d.tagged(i):
				d.treeVerb(s, i, start, w.verb, w.shapes)
			case w.verb == nil && w.particles == nil && w.class&(cAuxiliary|cChain) == 0 && d.upos(i) == "VERB":
				d.unlisted(s, i, start)
			}
		}
		for _, p := range w.phrases {
			if d.standing(s, i, p) {
				break
			}
		}
		if n == len(d.found) && w.adj != nil {
			d.adjective(s, i)
		}
		if n == len(d.found) && w.noun != nil {
			d.noun(s, i, start)
		}
		if n == len(d.found) && d.tree != nil && len(d.found) < maxFound {
			d.open(s, i)
		}
		if n < len(d.found) {
			d.otherFrames(s, i, start, n)
			f := d.oneCue(start, n)
			i = max(i, f.cue.last-1)
		}
	}
}

// oneCue makes the drafts from n on, whose cue overlaps that of the draft before them,
// other readings of it: "refused to say" is one cue. It returns the first that is left.
func (d *document) oneCue(start, n int) *draft {
	f := &d.found[n]
	if n == start {
		return f
	}
	g := &d.found[n-1]
	if f.cue.first >= g.cue.last || g.cue.first >= f.cue.last {
		return f
	}
	for i := n; i < len(d.found); i++ {
		o := d.found[i]
		g.others = append(append(g.others, o.others...), o)
		g.others[len(g.others)-1].others = nil
	}
	last := g.others[len(g.others)-1]
	d.found = d.found[:n]
	return &last
}

// nominal reports whether the verb form at i reads as a noun or an adjective here.
func (d *document) nominal(i int, s sentence) bool {
	w := &d.words[i]
	if d.apostropheS(i+1) && !d.is(i-1, cSubject) {
		return true
	}
	if w.capital && i > s.first && s.paragraph > 0 && !d.headline(i) {
		return true
	}
	if d.tree != nil {
		return d.tagged(i)
	}
	if w.class&cHomograph != 0 && d.reads(i, s) {
		return true
	}
	prev := i - 1
	for prev > s.first && isLy(&d.words[prev]) {
		prev--
	}
	if w.shapes&(past|ing) != 0 && w.shapes&base == 0 {
		return d.is(prev, cDeterminer) && d.lower(prev) != "that" && d.lower(prev) != "all" && d.lower(prev) != "some" && d.lower(prev) != "many" && d.lower(prev) != "both" && d.lower(prev) != "those" && d.lower(prev) != "these" && d.lower(prev) != "others" ||
			d.is(prev, cPreposition) && w.shapes&ing == 0 && prev >= s.first && d.lower(prev) != "to" && d.lower(prev) != "than" && d.lower(prev) != "as"
	}
	if d.is(prev, cDeterminer) && d.lower(prev) != "that" && !(d.is(prev, cPronoun) && w.shapes&base != 0) || prev >= s.first && d.is(prev, cPreposition) && d.lower(prev) != "to" && !d.is(prev, cSubordinator) {
		return true
	}
	return d.apostropheS(i-1) && !d.is(i-2, cSubject)
}

// tagged reports whether the tree reads the verb form at i as a noun, a name or an
// adjective that describes one. A headline's verbs are often taken for nouns.
func (d *document) tagged(i int) bool {
	switch d.upos(i) {
	case "VERB", "AUX":
		return d.rel(i) == "amod"
	case "ADJ":
		return d.rel(i) == "amod"
	case "NOUN":
		if d.words[i].shapes == ing && d.is(i-1, cBe) {
			return false // "is warning that"
		}
	}
	return d.words[i].class&cHomograph != 0 || !d.headline(i)
}

// reads reports whether a word that is a noun as often as a verb reads as a noun:
// what follows cannot follow the verb, or what precedes is no subject for it.
func (d *document) reads(i int, s sentence) bool {
	next := i + 1
	if next < s.last && d.words[next].quote < 0 {
		w := &d.words[next]
		switch {
		case d.is(next, cAuxiliary|cVerb) && w.lower != "is" && !d.is(next, cDo):
			return true
		case w.lower == "that" && d.is(next+1, cAuxiliary|cVerb):
			return true
		case w.class&cPreposition != 0 && w.class&cDeterminer == 0 && !d.prepOf(d.words[i].verb, next) && d.timePhrase(next, s.last) == next && d.venuePhrase(next, s.last) == next && d.beyondPhrase(next, s, &draft{lex: d.words[i].verb}) == 0,
			w.shapesIng() && w.verb == nil, w.lower == "and" || w.lower == "or":
			return true
		}
	}
	prev := i - 1
	for prev > s.first && (isLy(&d.words[prev]) || d.is(prev, cAdverb)) {
		prev--
	}
	if prev < s.first || d.quoteAt(prev) >= 0 || d.closesBefore(prev+1) {
		return false
	}
	p := &d.words[prev]
	return !(p.capital || p.class&(cSubject|cRelative|cPronoun|cPerson|cGroup|cOrganization|cDocument|cGovernment|cModal|cDo|cHave|cTime) != 0 ||
		p.lower == "to" || p.lower == ")" || p.lower == "," || d.words[i].shapes&base != 0 && len(p.lower) > 3 && p.lower[len(p.lower)-1] == 's')
}

// shapesIng reports whether a word looks like a form in -ing.
func (w *word) shapesIng() bool {
	return len(w.lower) > 5 && w.lower[len(w.lower)-3:] == "ing" && w.class&cPreposition == 0
}

// wishes reports whether an infinitive is what somebody wishes or plans, and not the
// end of one cue: "wants to leave", but "wants to say".
func (d *document) wishes(governor, inner *cue) bool {
	return (governor.class == onrecord.AttitudeCue || governor.class == onrecord.IntentionCue) && governor.has(infinitive) && inner.class != onrecord.SpeechCue
}

// verb reads a cue that is a verb.
func (d *document) verb(s sentence, i, start int, lex *cue, shapes shape) {
	g := d.verbGroup(i, s, shapes)
	if lex != d.words[i].verb {
		g.last++ // the particle
	}
	f := draft{lex: lex, verb: g, cue: g.run, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
	if g.infinitive {
		return
	}
	if inner := i + 2; d.governs(i) && d.lower(i+1) == "to" && inner < s.last && d.words[inner].verb != nil && d.words[inner].quote < 0 && !d.wishes(lex, d.words[inner].verb) {
		// "declined to say" is one cue where what it governs has a content.
		n := len(d.found)
		if d.verb(s, inner, start, d.words[inner].verb, d.words[inner].shapes); len(d.found) > n {
			return
		}
	}
	if f.lex.has(quotes) && (g.finite || d.closesBefore(f.cue.first)) && d.inverted(s, &f, start) {
		d.cutAt(start, &f)
		d.found = append(d.found, f)
		return
	}
	if g.passive {
		if d.passive(s, &f) {
			d.found = append(d.found, f)
		}
		return
	}
	if shapes&participle != 0 && d.lower(g.last) == "by" && d.venuePhrase(g.last, s.last) == g.last && f.lex.has(object|that) {
		if d.byAgent(s, &f) {
			d.found = append(d.found, f)
		}
		return
	}
	if g.participle {
		if d.participleCue(s, &f, start) {
			d.found = append(d.found, f)
		}
		return
	}
	// A bare form is finite after a plural or a pronoun only.
	if shapes == base && g.first == i && !d.pluralBefore(i, s) && (d.tree == nil || d.hangs(i, "aux") < 0) {
		return
	}
	// "Asked about the report, he said …": somebody else asked.
	if d.tree != nil && shapes&past != 0 && g.first == i && d.rel(i) == "advcl" && d.over(i) > i && d.hangs(i, "nsubj") < 0 {
		return
	}
	if !d.subject(s, &f, start) {
		return
	}
	d.openingMedium(s, &f)
	var left run
	if !d.is(f.source.first, cRelative) {
		left = d.leftContent(s, &f, f.source.first, start)
	}
	k := d.afterCue(s, &f)
	right := d.rightContent(s, &f, k, left)
	switch {
	case left.empty() && len(right) == 0:
		return
	case !left.empty() && len(right) > 0 && f.rule == "quote-after":
		f.content = append([]run{left}, right...)
		f.rule = "quote-around"
	case len(right) > 0:
		f.content = right
	default:
		f.content = []run{left}
		f.rule = "clause-before"
		if d.closesBefore(f.source.first) {
			f.rule = "quote-before"
		}
	}
	d.cutAt(start, &f)
	d.found = append(d.found, f)
}

// cutAt ends the contents of earlier statements of the sentence where the
// content that f has on its left ends: "C, S said" closes over them.
func (d *document) cutAt(start int, f *draft) {
	if !d.rules[f.rule].leftward || len(f.content) == 0 {
		return
	}
	end := min(f.cue.first, f.source.first)
	for i := start; i < len(d.found); i++ {
		d.found[i].cutAt(end)
	}
}

// cutAt ends the content, also of other readings, at token end.
func (f *draft) cutAt(end int) {
	for j := range f.content {
		if c := &f.content[j]; c.first < end && c.last > end {
			c.last = end
		}
	}
	for i := range f.others {
		f.others[i].cutAt(end)
	}
}

// pluralBefore reports whether what stands before a bare verb form lets it be finite.
func (d *document) pluralBefore(i int, s sentence) bool {
	j := i - 1
	for j > s.first && (isLy(&d.words[j]) || d.is(j, cAdverb)) {
		j--
	}
	if j < s.first {
		return false
	}
	w := &d.words[j]
	if d.is(j, cSubject|cRelative|cPronoun) {
		return w.lower != "he" && w.lower != "she" && w.lower != "it"
	}
	for k := j - 1; k > s.first && k > j-7; k-- {
		if d.lower(k) == "and" {
			return true
		}
	}
	return w.letters && len(w.lower) > 3 && w.lower[len(w.lower)-1] == 's' || w.class&cGroup != 0 || w.lower == ","
}

// inverted reads "Q," said S and C, said S.
func (d *document) inverted(s sentence, f *draft, start int) bool {
	p := f.cue.first - 1
	if f.verb.main == s.first && d.words[s.first].capital && f.lex.has(quotes) {
		// Said S: C.
		src := d.nounPhraseRight(f.cue.last, s.last)
		if src == f.cue.last || d.lower(src) != ":" || src+1 >= s.last {
			return false
		}
		f.source, f.content, f.rule = run{f.cue.last, src}, []run{{src + 1, s.last}}, "inverted"
		return true
	}
	quoted := d.closesBefore(f.cue.first)
	if p < s.first || d.words[f.verb.main].shapes&(past|present) == 0 && !(quoted && f.verb.main == f.cue.first) {
		return false
	}
	if !quoted && d.lower(p) != "," {
		return false
	}
	src := d.nounPhraseRight(f.cue.last, s.last)
	if d.tree != nil {
		if k := d.hangs(f.verb.main, "nsubj"); k >= f.cue.last && k < src {
			src = min(s.last, max(src, d.phrase(k).last))
		}
	}
	if src == f.cue.last || d.is(f.cue.last, cPreposition|cSubordinator|cTime) && !d.words[f.cue.last].capital || d.opens(f.cue.last) {
		return false
	}
	if d.is(f.cue.last, cObject) && !d.is(f.cue.last, cSubject|cDeterminer) {
		return false
	}
	if !quoted && !(src >= s.last || !d.words[src].letters || d.timePhrase(src, s.last) > src || d.venuePhrase(src, s.last) > src) {
		return false
	}
	if f.lex.lemma == "tell" {
		return false // who is told follows it, not who tells
	}
	if !quoted {
		// "S, who asked not to be named, said": the verb has its subject.
		for i := p - 1; i > s.first && i > p-40; i-- {
			if d.lower(i) == "," {
				if d.describes(i+1, p) {
					return false
				}
				break
			}
		}
	}
	if !quoted && d.divided(s, f, src) {
		return true
	}
	left := d.leftContent(s, f, f.cue.first, start)
	if left.empty() {
		return false
	}
	if !quoted && (!d.clause(left.first, left.last) || !d.speaks(run{f.cue.last, src})) {
		return false
	}
	f.source = run{f.cue.last, src}
	f.content = []run{left}
	f.rule = "inverted"
	k := d.adjuncts(s, f, src, false)
	if d.lower(k) == "," || d.lower(k) == ":" || d.lower(k) == "—" {
		if d.opens(k + 1) {
			f.content = append(f.content, run{k + 1, d.clauseEnd(k+1, s)})
		} else if d.lower(k) == "," && !quoted && d.clause(k+1, s.last) {
			f.content = append(f.content, run{k + 1, d.clauseEnd(k+1, s)})
		}
	}
	return true
}

// divided reads "The bridge, said the mayor, will close": the cue stands between the
// subject of what is told and its verb.
func (d *document) divided(s sentence, f *draft, src int) bool {
	first, comma := s.first, f.cue.first-1
	for first < comma && d.is(first, cOpening) {
		first++
	}
	if d.lower(src) != "," || src+2 >= s.last || comma-first > 25 || !(d.is(src+1, cAuxiliary|cVerb) || d.tree != nil && d.upos(src+1) == "VERB") || !d.speaks(run{f.cue.last, src}) {
		return false
	}
	if start, ok := d.nounPhraseLeft(first, comma); !ok || start != first && d.tree == nil {
		return false
	}
	if d.tree != nil && d.hangs(f.verb.main, "nsubj") >= 0 && d.hangs(f.verb.main, "nsubj") < f.cue.first {
		// Its own subject stands before it, unless what follows needs one.
		if d.subjectOf(src+1) >= f.cue.first || d.over(src+1) >= 0 && d.subjectOf(d.over(src+1)) >= f.cue.last && d.subjectOf(d.over(src+1)) > src {
			return false
		}
	}
	f.source, f.rule = run{f.cue.last, src}, "clause-around"
	f.content = []run{{first, comma}, {src + 1, d.clauseEnd(src+1, s)}}
	return true
}

// speaks reports whether a noun phrase is a name, a pronoun or a word for people
// or documents.
func (d *document) speaks(r run) bool {
	head := d.head(r)
	return d.words[head].capital || d.is(head, cSubject|cPerson|cGroup|cOrganization|cGovernment|cDocument)
}

// closesBefore reports whether a quotation ends right before token i, with at
// most a comma or a dash between.
func (d *document) closesBefore(i int) bool {
	if i < 1 {
		return false
	}
	if d.closes(i-1) && !d.short(d.quoteAt(i-1)) {
		return true
	}
	return i > 1 && (d.lower(i-1) == "," || d.dash(i-1)) && d.closes(i-2)
}

// leftContent is the content that ends before token at, where source and verb
// begin: a quotation with what precedes it in the sentence, or a clause before a
// comma.
func (d *document) leftContent(s sentence, f *draft, at, start int) run {
	if !f.lex.has(quotes|bare) || at-1 < s.first {
		return run{}
	}
	quoted := d.closesBefore(at)
	if !quoted && d.lower(at-1) != "," {
		return run{}
	}
	lo := s.first
	for _, g := range d.found[start:] {
		// An earlier cue that has its content on its left ends what it said there;
		// before a quotation any earlier cue does. Otherwise the earlier statement
		// stands inside this one.
		if len(g.content) > 0 && (quoted || d.rules[g.rule].leftward) {
			lo = max(lo, g.cue.last, g.source.last)
		}
	}
	if lo >= at {
		return run{}
	}
	for lo < at && (!d.words[lo].letters && d.words[lo].quote < 0 && d.lower(lo) != "(" && d.lower(lo) != "$" || d.is(lo, cOpening) && d.words[lo].quote < 0) {
		lo++
	}
	if quoted {
		// A label or a sentence of its own before the quotation is not content;
		// words that lead into it are.
		for i := at - 1; i > lo; i-- {
			if lo > s.first && d.opens(i) && !d.opens(lo) {
				lo = i // words between belong to the earlier cue
				break
			}
			if d.words[i].quote < 0 && (d.lower(i) == ":" || d.lower(i) == ".") {
				lo = i + 1
				break
			}
		}
		return run{lo, at}
	}
	if !d.clause(lo, at-1) {
		return run{}
	}
	return run{lo, at - 1}
}

// clause reports whether tokens [first, last) hold a finite verb, as far as
// words alone show, and do not open like an adverbial.
func (d *document) clause(first, last int) bool {
	if last-first < 2 {
		return false
	}
	if w := d.lower(first); w == "what" || w == "how" || w == "whether" || w == "why" {
		return true
	}
	if d.is(first, cSubordinator|cPreposition) && !d.is(first, cDeterminer) && d.words[first].quote < 0 {
		// "After X did Y," holds no statement, unless a clause follows its comma.
		for i := first; i < last; i++ {
			if d.lower(i) == "," && d.words[i].quote < 0 {
				return d.clause(i+1, last)
			}
		}
		return false
	}
	for i := first; i < last; i++ {
		w := &d.words[i]
		if d.is(i, cAuxiliary|cVerb) && !d.apostropheS(i) {
			return true
		}
		if i == first && !d.headline(i) {
			continue
		}
		if w.verb != nil && w.shapes&(past|present) != 0 || hasEd(w.lower) || d.apostropheS(i) && d.is(i-1, cSubject) {
			return true
		}
		if d.headline(i) && w.letters && i > first && (w.lower[len(w.lower)-1] == 's' || w.verb != nil) {
			return true
		}
	}
	return false
}

// headline reports whether token i stands in the headline.
func (d *document) headline(i int) bool {
	z := d.in.Revision.Zones
	return len(z) > 0 && z[0].Kind == "headline" && i >= 0 && i < len(d.words) && z[0].Span.Covers(d.text.Tokens[i].Span.Start)
}
