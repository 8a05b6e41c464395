package said

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// according reads "according to S" before, inside or after its content.
func (d *document) according(s sentence, i int) {
	src := d.nounPhraseRight(i+2, s.last)
	if i == s.first || i == s.first+1 && d.is(s.first, cOpening) {
		// The content comes after a comma: an apposition that reaches the end was it.
		if w := d.lower(src); w == "that" || w == "which" || hasEd(w) || d.trimRun(run{src, s.last}).empty() {
			for src = i + 3; src < s.last && d.lower(src) != ","; src++ {
			}
		}
	}
	if end := d.accordedTo(i); end > src && d.lower(end) == "," && (i == s.first || i == s.first+1 && d.is(s.first, cOpening)) {
		src = end
	}
	if src <= i+2 {
		return
	}
	f := draft{rule: "according", lex: accordingTo, cue: run{i, i + 2}, source: run{i + 2, src}, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
	f.verb = group{run: f.cue, main: i, finite: true}
	k := src
	before := run{s.first, i}
	for !before.empty() && d.is(before.first, cOpening) {
		before.first++
	}
	if before.empty() || d.trimRun(before).empty() {
		if d.lower(k) == "," {
			k++
		}
		f.content = []run{{k, d.clauseEnd(k, s)}}
	} else {
		f.content = []run{before}
		if d.lower(k) == "," && d.clause(k+1, s.last) && !d.is(k+1, cConjunction|cRelative|cSubordinator) {
			f.content = append(f.content, run{k + 1, d.clauseEnd(k+1, s)})
		}
	}
	if d.trimRun(f.content[0]).empty() {
		return
	}
	start := len(d.found)
	for start > 0 && d.found[start-1].sentence == f.sentence {
		start--
	}
	if len(f.content) > 0 && f.content[0].first < f.cue.first {
		d.cutAt(start, &f)
	}
	d.found = append(d.found, f)
}

// accordedTo is the index after all that hangs on the noun after "according to",
// as the tree has it; 0 where it shows none.
func (d *document) accordedTo(i int) int {
	if d.tree == nil {
		return 0
	}
	noun := d.hangs(i, "obl", "nmod", "obj")
	if d.rel(i) == "case" {
		noun = d.over(i)
	}
	if noun < i+2 {
		return 0
	}
	end := d.tree.right[noun]
	if d.lower(end-1) == "," {
		end--
	}
	return end
}

var (
	accordingTo = &cue{lemma: "according to", class: "speech", toward: "affirms", frames: quotes}
	labelled    = &cue{lemma: ":", class: "speech", toward: "affirms", frames: quotes}
	signed      = &cue{lemma: "—", class: "speech", toward: "affirms", frames: quotes}
)

// adjective reads "S is angry over C" and "S angry over C".
func (d *document) adjective(s sentence, i int) {
	w := &d.words[i]
	k := i + 1
	f := draft{lex: w.adj, cue: run{i, i + 1}, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
	j := i - 1
	f.verb = group{run: f.cue, main: i, finite: true}
	be := false
	for ; j >= s.first && d.words[j].quote < 0; j-- {
		p := &d.words[j]
		switch {
		case p.class&cNegation != 0:
			f.verb.negated, f.cue.first = true, j
			continue
		case p.class&cAuxiliary != 0 && !(d.apostropheS(j) && !d.is(j-1, cSubject)), p.lower == "feel" || p.lower == "feels" || p.lower == "felt" || p.lower == "remain" || p.lower == "remained" || p.lower == "remains":
			be, f.cue.first = true, j
			f.verb.possible = f.verb.possible || p.class&cPossible != 0
			continue
		case p.class&cAdverb != 0 || isLy(p) || p.lower == "very" || p.lower == "so" || p.lower == "more" || p.lower == "most" || p.lower == "deeply":
			continue
		}
		break
	}
	if !be && (f.lex.class != "attitude" || i == s.first || d.is(i-1, cDeterminer|cPreposition)) {
		return
	}
	if !d.subject(s, &f, len(d.found)) {
		return
	}
	if d.lower(f.source.first) == "it" || d.lower(f.source.first) == "there" || d.lower(f.source.first) == "that" {
		return
	}
	switch {
	case d.prepOf(f.lex, k):
		f.cue.last = k + 1
		f.content = []run{{k + 1, d.objectEnd(k+1, s)}}
		f.rule = "adjective"
	case d.lower(k) == "that" && f.lex.has(that) || d.infinitiveAt(k) && f.lex.has(infinitive) || d.isQuestion(k) && f.lex.has(question) || be && f.lex.has(bare) && d.is(k, cSubject),
		d.tree != nil && be && f.lex.has(bare|that) && d.hangs(i, "ccomp") > i:
		f.content = []run{{k, d.clauseEnd(k, s)}}
		f.rule = "adjective"
	default:
		return
	}
	if !d.trimRun(f.content[0]).empty() {
		d.found = append(d.found, f)
	}
}

// noun reads "S's concern that C", "support for C from S", "S expressed concern
// about C" and "S is under pressure from T to C".
func (d *document) noun(s sentence, i, start int) {
	w := &d.words[i]
	f := draft{lex: w.noun, cue: run{i, i + 1}, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
	f.verb = group{run: f.cue, main: i, finite: true}
	k := i + 1
	var end int
	switch {
	case d.lower(k) == "that" && f.lex.has(that):
		end = d.clauseEnd(k, s)
	case d.infinitiveAt(k) && f.lex.has(infinitive):
		end = d.clauseEnd(k, s)
	case d.prepOf(f.lex, k):
		f.cue.last, k = k+1, k+1
		end = d.objectEnd(k, s)
	default:
		return
	}
	if d.trimRun(run{k, end}).empty() {
		return
	}
	f.content = []run{{k, end}}
	// Adjectives between a possessor or a light verb and the noun.
	j := i - 1
	for j > s.first && j > i-4 && d.words[j].letters && d.words[j].quote < 0 && d.words[j].class == 0 && d.words[j].verb == nil {
		j--
	}
	switch {
	case d.apostropheS(j) && j > s.first:
		first, ok := d.possessor(s.first, j)
		if !ok {
			return
		}
		f.source, f.rule = run{first, j}, "noun-possessor"
		if j+1 < i {
			f.cue.first = j + 1
		}
	case d.is(j, cDeterminer) && isPossessive(d.lower(j)):
		f.source, f.rule = run{j, j + 1}, "noun-possessor"
		f.cue.first = j + 1
	default:
		if d.is(j, cDeterminer) {
			j--
		}
		if j < s.first || !d.is(j, cLightVerb) {
			return
		}
		f.verb = d.verbGroup(j, s, d.words[j].shapes|past)
		f.verb.last, f.verb.finite = f.cue.last, true
		f.cue.first = f.verb.first
		if f.verb.infinitive || f.verb.passive {
			return
		}
		if !d.subject(s, &f, start) {
			return
		}
		f.rule = "noun-light-verb"
	}
	d.found = append(d.found, f)
}

// possessor is the first token of the noun phrase whose possessor's ending is
// at token end: a name with its title, or a determiner and what follows it.
func (d *document) possessor(lo, end int) (int, bool) {
	i := end
	for i > lo && i > end-8 {
		p := &d.words[i-1]
		if p.quote >= 0 || !p.letters || p.class&(cPreposition|cSubordinator|cConjunction|cAuxiliary|cVerb|cTime) != 0 || d.is(i-1, cAdverb) {
			break
		}
		if i < end && !p.capital && d.words[i].capital && p.class&(cPerson|cDeterminer) == 0 {
			break // "criticised Smith's"
		}
		i--
		if p.class&cDeterminer != 0 {
			break
		}
	}
	return i, i < end
}

func isPossessive(w string) bool {
	switch w {
	case "his", "her", "their", "my", "our", "your", "its", "whose":
		return true
	}
	return false
}

// standing reads "S is under pressure from T to C": a phrase of the lexicon, then
// the source, then an infinitive; who stands in it is addressed.
func (d *document) standing(s sentence, i int, p *phraseCue) bool {
	for n, w := range p.words {
		if d.lower(i+n) != w {
			return false
		}
	}
	from := i + len(p.words)
	src := from
	for src < s.last && !d.infinitiveAt(src) && d.words[src].letters {
		src++
	}
	if src == from || src >= s.last || !d.infinitiveAt(src) {
		return false
	}
	f := draft{rule: "standing", lex: p.cue, cue: run{i, from}, source: run{from, src}, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
	for j := i - 1; j >= s.first && d.is(j, cAuxiliary|cNegation); j-- {
		f.cue.first = j
	}
	f.verb = group{run: f.cue, main: i + 1, finite: true}
	if first, ok := d.nounPhraseLeft(s.first, f.cue.first); ok {
		f.addressee = run{first, f.cue.first}
	}
	f.content = []run{{src, d.objectEnd(src, s)}}
	d.found = append(d.found, f)
	return true
}

// label reads what opens with a speaker and a colon, and a quotation signed after
// a dash. In a transcript a speaker's turn goes on until the next one's.
func (d *document) label(s sentence) {
	source, colon := d.labelOf(s)
	if by := s.first + 1; colon < 0 && by+1 < s.last && d.lower(by) == "by" && d.lower(by+1) == ":" {
		source, colon = run{s.first, by + 1}, by+1 // "Asked by:"
	}
	if colon >= 0 && d.is(colon-1, cSender) {
		d.letter(s, source, colon)
		return
	}
	if colon >= 0 && d.heads(source) {
		return
	}
	opening := s.first == 0 || s.paragraph != d.paragraphOf(s.first-1) || d.headline(s.first)
	if colon < 0 || d.place(source.first, source.last) {
		if colon < 0 {
			d.signature(s)
		}
		return
	}
	turn, often := d.turns > 1 && d.upperCase(source), d.labels[d.labelKey(source)] > 1
	if colon+1 >= s.last && !turn || !turn && !often && !(opening && (d.opens(colon+1) || d.headlineSpeaker(source.first, source.last) || source.last-source.first > 1 && d.somebody(source))) {
		if !opening {
			d.signature(s)
		}
		return
	}
	f := draft{rule: "label", lex: labelled, source: source, cue: run{colon, colon + 1}, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
	f.verb = group{run: f.cue, main: colon, finite: true}
	end := s.last
	if (opening || turn) && !d.headline(colon) {
		end = d.paragraphEnd(s)
	}
	next := len(d.words)
	if n, _ := slices.BinarySearch(d.labelled, colon+1); n < len(d.labelled) {
		next = d.labelled[n]
	}
	f.content = []run{{colon + 1, min(end, next)}}
	if turn && d.somebody(source) {
		for p := s.paragraph + 1; end < next && p < len(d.in.Paragraphs); p++ {
			first := end
			end = max(first, d.text.TokenAt(d.in.Paragraphs[p].End))
			f.content = append(f.content, run{first, min(end, next)})
		}
	}
	d.found = append(d.found, f)
}

// heads reports whether a label is one word that heads a letter or a page.
func (d *document) heads(source run) bool {
	return source.last-source.first == 1 && d.is(source.first, cHeading)
}

// mostParagraphs is how many paragraphs of a letter are its sender's words.
const mostParagraphs = 60

// letter reads "From: Ann Lee" and "Asked by: Ann Lee on 3 May" as a paragraph of its
// own: what stands below is hers, to the next such head.
func (d *document) letter(s sentence, head run, colon int) {
	end := d.paragraphEnd(s)
	opening := s.first == 0 || s.paragraph != d.paragraphOf(s.first-1)
	if !opening || head.last-head.first > 2 || end-colon > 16 || d.headline(colon) {
		return
	}
	src := colon + 1
	for src < end && d.words[src].letters && (d.words[src].class&cPreposition == 0 || d.words[src].capital) && !d.number(src) || src < end && d.lower(src) == "-" {
		src++
	}
	f := draft{rule: "letter", lex: labelled, source: run{colon + 1, src}, cue: run{s.first, colon + 1}, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
	f.verb = group{run: f.cue, main: colon, finite: true}
	started := false
	for p := s.paragraph + 1; p < len(d.in.Paragraphs) && p < s.paragraph+mostParagraphs; p++ {
		first, last := d.text.TokenAt(d.in.Paragraphs[p].Start), d.text.TokenAt(d.in.Paragraphs[p].End)
		if first >= last {
			continue
		}
		if l, c := d.labelOf(sentence{first, last, p, -1}); c > 0 && (d.heads(l) || d.is(c-1, cSender)) {
			if started || d.is(c-1, cSender) {
				break
			}
			continue // "Subject:" and "Date:" before the letter begins
		} else if d.lower(first+1) == "by" && d.lower(first+2) == ":" {
			break
		}
		started = true
		f.content = append(f.content, run{first, last})
	}
	if started && !f.source.empty() && d.words[f.source.first].letters {
		d.found = append(d.found, f)
	}
}

// labelOf is what stands before the colon of a label that opens a sentence, without
// a description in brackets, and the colon's token; -1 where there is none.
func (d *document) labelOf(s sentence) (source run, colon int) {
	source = run{s.first, s.first}
	for i := s.first; i < s.last && i < s.first+14; i++ {
		w := &d.words[i]
		switch {
		case w.lower == ":":
			if source.last == s.first {
				source.last = i
			}
			if i == s.first || i+1 >= len(d.words) {
				return source, -1
			}
			return source, i
		case w.lower == "(" && i > s.first:
			source.last = i
			for i+1 < s.last && i < s.first+14 && d.lower(i) != ")" {
				i++
			}
			continue
		case source.last > s.first && i-s.first > 8, w.quote >= 0,
			!(w.capital || w.class&(cLight|cDeterminer) != 0 || strings.ContainsAny(w.lower, ".'’") || d.is(i, cPerson)):
			return source, -1
		case i >= s.first+8:
			return source, -1
		}
	}
	return source, -1
}

func (d *document) labelKey(r run) string {
	return d.span(r.first, r.last).In(d.text.Source)
}

// somebody reports whether a label in capitals names a person or what one does.
func (d *document) somebody(r run) bool {
	for i := r.first; i < r.last; i++ {
		if d.is(i, cPerson) {
			return true
		}
		if kind, known := d.nameAt(i); known && kind == onrecord.PersonSource {
			return true
		}
	}
	return false
}

// headlineSpeaker reports whether tokens before a headline's colon name one who speaks.
func (d *document) headlineSpeaker(first, last int) bool {
	if !d.headline(first) {
		return false
	}
	for i := first; i < last; i++ {
		if d.is(i, cPerson|cGroup|cOrganization|cDocument) {
			return true
		}
		if kind, known := d.nameAt(i); known && kind == onrecord.PersonSource {
			return true
		}
	}
	return false
}

// upperCase reports whether a label is written in capitals, but for titles, as
// transcripts do.
func (d *document) upperCase(r run) bool {
	letters := 0
	for i := r.first; i < r.last; i++ {
		w := d.text.Word(i)
		if !d.words[i].letters || strings.HasSuffix(w, ".") && len(w) < 5 {
			continue
		}
		if w != strings.ToUpper(w) {
			return false
		}
		letters += len(w)
	}
	return r.last-r.first <= 6 && letters > 1
}

// place reports whether a label names a place, as a dateline does.
func (d *document) place(first, last int) bool {
	kind, known := d.nameAt(first)
	return known && kind == onrecord.GovernmentSource && d.upperCase(run{first, last})
}

// countLabels counts the labels that open sentences, so that the speakers of an
// interview are known by their return, and notes where they stand.
func (d *document) countLabels(ss []sentence) {
	d.labels = map[string]int{}
	var all []run
	for _, s := range ss {
		source, colon := d.labelOf(s)
		if colon < 0 || source.empty() {
			continue
		}
		d.labels[d.labelKey(source)]++
		if d.upperCase(source) {
			d.turns++
		}
		all = append(all, source)
	}
	for _, l := range all {
		if d.turns > 1 && d.upperCase(l) || d.labels[d.labelKey(l)] > 1 {
			d.labelled = append(d.labelled, l.first)
		}
	}
}

// signature reads a quotation followed by a dash and a name.
func (d *document) signature(s sentence) {
	for i := s.first + 1; i+1 < s.last; i++ {
		if d.words[i].quote >= 0 || !d.dash(i) || !d.closes(i-1) {
			continue
		}
		q := d.marks[d.quoteAt(i-1)]
		if q.Inner.Len() < 20 || q.Outer.Start != d.text.Tokens[s.first].Span.Start {
			return
		}
		src := d.nounPhraseRight(i+1, s.last)
		if src == i+1 || !d.words[i+1].capital {
			return
		}
		// "-- Ann Lee, Leeds, UK": where somebody writes from belongs to the name.
		for src+1 < s.last && d.lower(src) == "," && d.words[src+1].capital && src < i+12 {
			for src++; src < s.last && d.words[src].letters && d.words[src].capital; src++ {
			}
		}
		if src+1 < s.last {
			return
		}
		f := draft{rule: "signature", lex: signed, source: run{i + 1, src}, cue: run{i, i + 1}, content: []run{{s.first, i}}, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
		f.verb = group{run: f.cue, main: i, finite: true}
		d.found = append(d.found, f)
		return
	}
}

// paragraphOf is the index of the paragraph that token i stands in.
func (d *document) paragraphOf(i int) int {
	at := d.text.Tokens[i].Span.Start
	lo, hi := 0, len(d.in.Paragraphs)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.in.Paragraphs[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// paragraphEnd is the index after the last token of a sentence's paragraph.
func (d *document) paragraphEnd(s sentence) int {
	if s.paragraph >= len(d.in.Paragraphs) {
		return s.last
	}
	return max(s.last, d.text.TokenAt(d.in.Paragraphs[s.paragraph].End))
}
