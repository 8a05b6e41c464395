package said

import (
	"slices"

	"github.com/onrecord/onrecord"
)

// open reads what the tree hangs on a word in ways that no pattern and no frame of
// the lexicon names: words that WordNet takes for speech, thought or feeling count
// as well as those of the lexicon. Whether it is a statement is left to the scorer.
func (d *document) open(s sentence, i int) {
	switch d.upos(i) {
	case "VERB":
		if d.rel(i) != "amod" {
			d.openVerb(s, i)
		}
	case "NOUN":
		d.openNoun(s, i)
	case "ADJ":
		d.openAdjective(s, i)
	case "ADV":
		d.openAdverb(s, i)
	}
}

// openCue is what the lexicon, else WordNet, knows of the word at i; nil where it
// is no word for speech, thought or feeling.
func (d *document) openCue(i int, listed *cue) *cue {
	if listed != nil {
		return listed
	}
	t := &d.text.Tokens[i]
	class := classOf(d.senses.kind(t.UPOS, t.Lemma))
	if class == "" {
		return nil
	}
	toward := onrecord.Affirms
	if class == onrecord.AttitudeCue || class == onrecord.IntentionCue {
		toward = onrecord.Supports
	}
	return &cue{lemma: t.Lemma, class: class, toward: toward}
}

func (d *document) openDraft(s sentence, i int, lex *cue) draft {
	f := draft{lex: lex, cue: run{i, i + 1}, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
	f.verb = group{run: f.cue, main: i, finite: true}
	return f
}

// keep adds a draft whose content is not empty.
func (d *document) keep(f draft) {
	for _, c := range f.content {
		if !d.trimRun(c).empty() {
			d.found = append(d.found, f)
			return
		}
	}
}

var shapesOfTags = map[string]shape{"VBD": past, "VBN": past | participle, "VBZ": present, "VBP": base | present, "VB": base, "VBG": ing}

func (d *document) openVerb(s sentence, i int) {
	w := &d.words[i]
	lex := w.verb
	if p := w.particles[d.lower(i+1)]; p != nil {
		lex = p
	}
	if lex = d.openCue(i, lex); lex == nil || w.class&(cAuxiliary|cChain) != 0 && w.verb == nil {
		return
	}
	f := d.openDraft(s, i, lex)
	f.verb = d.verbGroup(i, s, shapesOfTags[d.text.Tokens[i].XPOS])
	if k := i + 1; d.hangs(i, "compound") == k {
		f.verb.last = k + 1 // the particle
	}
	f.cue = f.verb.run
	if d.hangs(i, "nsubj:pass", "aux:pass", "csubj:pass") >= 0 {
		d.openPassive(s, &f)
		return
	}
	if d.lightWith(&f, f.cue.last) || d.thanksTo(s, &f) {
		return
	}
	if f.verb.passive || d.rel(i) == "advcl" && d.over(i) > i && shapesOfTags[d.text.Tokens[i].XPOS]&past != 0 && d.subjectOf(i) < 0 || !d.openSubject(s, &f) {
		return
	}
	switch {
	case d.aroundSaid(s, &f), d.asSaid(s, &f), d.fronted(s, &f), d.follows(s, &f, i), d.shares(s, &f):
		d.keep(f)
	}
}

// thanksTo reads "Thank you for C", whose source nobody names.
func (d *document) thanksTo(s sentence, f *draft) bool {
	i := f.verb.main
	if f.lex.lemma != "thank" || d.subjectOf(i) >= 0 || d.rel(i) == "xcomp" || d.rel(i) == "acl" || i > s.first && d.lower(i-1) == "to" {
		return false
	}
	obj := d.hangsBehind(i, f.cue.last, "obj", "iobj")
	what := d.hangsBehind(i, f.cue.last, "obl", "advcl")
	if obj < 0 || what < obj || d.lower(d.tree.left[what]) != "for" {
		return false
	}
	f.implicit, f.rule, f.addressee = true, "open-thanks", d.phrase(obj)
	f.content = []run{{d.tree.left[what], d.objectEnd(d.tree.left[what], s)}}
	d.keep(*f)
	return true
}

// aroundSaid reads "C, said S, C", where what stands before is no clause.
func (d *document) aroundSaid(s sentence, f *draft) bool {
	i := f.verb.main
	h, k := d.over(i), d.subjectOf(i)
	if !f.lex.has(quotes) || k < f.cue.last || h < s.first || h >= s.last || d.rel(i) != "parataxis" && d.rel(i) != "advcl" || f.source.empty() ||
		f.cue.first-1 <= s.first || d.lower(f.cue.first-1) != "," || d.lower(f.source.last) != "," || f.source.last+1 >= s.last {
		return false
	}
	first := max(s.first, d.tree.left[h])
	if first >= f.cue.first-1 || h < i {
		return false
	}
	f.content = []run{{first, f.cue.first - 1}, {f.source.last + 1, d.clauseEnd(f.source.last+1, s)}}
	f.rule = "open-around"
	return true
}

// asSaid reads "as S said, C" and "C, as S has said".
func (d *document) asSaid(s sentence, f *draft) bool {
	i := f.verb.main
	as, h := d.hangs(i, "mark"), d.over(i)
	if d.rel(i) != "advcl" || as < s.first || d.lower(as) != "as" || h < s.first || h >= s.last || f.source.first <= as ||
		f.lex.class != onrecord.SpeechCue && f.lex.class != onrecord.BeliefCue || d.hangs(i, "obj", "ccomp", "xcomp") >= 0 {
		return false
	}
	first := max(s.first, d.tree.left[h])
	for first < as && (!d.words[first].letters && d.words[first].quote < 0 || d.is(first, cConjunction|cOpening)) {
		first++
	}
	end := min(d.tree.right[i], s.last)
	before, after := run{first, as}, run{end, min(d.tree.right[h], s.last)}
	f.content = nil
	for _, r := range []run{before, after} {
		if !d.trimRun(r).empty() {
			f.content = append(f.content, r)
		}
	}
	f.rule = "open-as"
	return len(f.content) > 0
}

// openSubject is treeSubject, and besides: who is let or helped to speak ("let me
// say"), and whose speaking it is ("in my asking").
func (d *document) openSubject(s sentence, f *draft) bool {
	i := f.verb.main
	h := d.over(i)
	if d.rel(i) == "xcomp" && h >= s.first && h < i {
		if o := d.hangs(h, "obj", "iobj"); o > h && o < i {
			return d.sourceAt(s, f, o)
		}
	}
	if p := d.hangs(i, "nmod:poss"); p >= s.first && p < i {
		f.source = run{d.tree.left[p], p + 1}
		return true
	}
	if n := h; d.rel(i) == "acl" && n >= s.first && n < i && i-n <= 2 && d.lower(i-1) == "to" && d.rel(n) == "obj" {
		// "take this opportunity to applaud": one cue.
		if v := d.over(n); v >= s.first && v < n && n-v < 5 && d.upos(v) == "VERB" {
			if k := d.subjectOf(v); k >= s.first && k < v && d.sourceAt(s, f, k) {
				f.cue.first = d.verbGroup(v, s, shapesOfTags[d.text.Tokens[v].XPOS]).first
				return f.source.last <= f.cue.first
			}
		}
	}
	if d.rel(i) == "acl" && h >= s.first && h < i && d.words[i].shapes&ing != 0 && d.lower(i-1) != "to" {
		return d.sourceAt(s, f, h)
	}
	return d.treeSubject(s, f)
}

// fronted reads a content that is a pronoun before the verb, with what else stands
// behind: "a vote that Roth rejects", "whom he called a liar".
func (d *document) fronted(s sentence, f *draft) bool {
	i := f.verb.main
	o := d.hangs(i, "obj")
	if h := d.over(i); o < 0 && d.rel(i) == "acl" && d.lower(h) == "what" && h > i-6 && d.hangsBehind(i, f.cue.last, "ccomp", "xcomp", "obj", "parataxis") < 0 {
		o = h
	}
	if o < s.first || o >= f.cue.first || d.tree.right[o] != o+1 && d.lower(o) != "what" || f.source.first <= o && o < f.source.last || d.words[o].class&(cRelative|cPronoun|cDeterminer|cSubordinator) == 0 {
		return false
	}
	f.rule, f.content = "open-fronted", []run{{o, o + 1}}
	if d.lower(o) == "what" {
		if k := f.cue.last; k < s.last && d.words[k].letters && d.tree.right[i] > k+1 && d.hangs(i, "ccomp", "xcomp") > k {
			f.content = append(f.content, run{k, d.clauseEnd(k, s)})
		}
		return true
	}
	if d.rel(i) == "acl" {
		if h := d.over(i); h >= s.first && h < o {
			f.antecedent = d.nounUpTo(h, o)
		}
	}
	if c := d.hangs(i, "xcomp"); c >= f.cue.last {
		f.content = append(f.content, run{f.cue.last, d.clauseEnd(f.cue.last, s)})
	} else if k := d.hangsBehind(i, f.cue.last, "obl"); k >= 0 {
		if p := d.hangs(k, "case"); p == f.cue.last && d.lower(p) == "as" {
			f.content = append(f.content, run{p, d.objectEnd(p, s)})
		}
	}
	return true
}

// follows reads a clause, an object or a phrase with a preposition that hangs on
// the head of the cue, behind it.
func (d *document) follows(s sentence, f *draft, head int) bool {
	k := f.cue.last
	if to := d.hangsBehind(head, k, "obl"); to >= 0 && d.hangs(to, "case") == k && d.lower(k) == "to" && d.hangsBehind(head, to, "ccomp") > to {
		f.addressee = run{k + 1, min(d.tree.right[to], s.last)} // "lied to Prado that C"
		k = f.addressee.last
	}
	clause := d.hangsBehind(head, k, "ccomp", "xcomp", "advcl", "acl")
	obj := d.hangsBehind(head, k, "obj")
	if obj < 0 {
		obj = d.hangsBehind(head, k, "iobj")
	}
	if clause >= 0 && d.rel(clause) != "ccomp" && d.rel(clause) != "xcomp" {
		if m := d.hangs(clause, "mark"); m < k || d.lower(m) != "to" && d.lower(m) != "that" || d.tree.left[clause] > k+1 {
			clause = -1
		}
	}
	switch {
	case clause >= 0 && (obj < 0 || clause < obj):
		from := max(k, d.tree.left[clause])
		f.rule, f.content = "open-clause", []run{{from, d.clauseEnd(from, s)}}
	case clause >= 0:
		f.rule = "open-object-clause"
		if f.lex.has(told) {
			f.addressee = d.phrase(obj)
			from := max(k, d.tree.left[clause])
			f.content = []run{{from, d.clauseEnd(from, s)}}
			break
		}
		from := max(k, d.tree.left[obj])
		f.content = []run{{from, d.clauseEnd(from, s)}}
	case obj >= 0:
		if f.lex.class == onrecord.DocumentCue && d.upos(obj) == "PRON" {
			return false // "had not read it"
		}
		from := max(k, d.tree.left[obj])
		f.rule, f.content = "open-object", []run{{from, d.objectEnd(from, s)}}
	default:
		o := d.hangsBehind(head, k, "obl", "nmod", "advcl", "acl")
		if o < 0 || !d.joinPreposition(f, o) {
			return false
		}
		f.rule, f.content = "open-preposition", []run{{f.cue.last, d.objectEnd(f.cue.last, s)}}
	}
	return true
}

// joinPreposition takes the preposition of o into a cue that it follows.
func (d *document) joinPreposition(f *draft, o int) bool {
	p := d.hangs(o, "case", "mark")
	k := f.cue.last
	if p < k || d.trimRun(run{k, p}).last > k || d.timePhrase(p, f.sentence.last) > p || d.venuePhrase(p, f.sentence.last) > p {
		return false
	}
	switch d.lower(p) {
	case "of", "for", "about", "on", "over", "against", "with", "to", "at", "toward", "towards", "in", "upon", "into", "by", "from":
		f.cue.last = p + 1
		return true
	}
	return false
}

// hangsBehind is the first token on head at k or behind it with one of the relations.
func (d *document) hangsBehind(head, k int, relations ...string) int {
	for _, x := range d.tree.of(head) {
		if x < k {
			continue
		}
		if slices.Contains(relations, d.rel(x)) {
			return x
		}
	}
	return -1
}

// shares reads the first of two verbs that have one content: "welcomed and
// defended the plan".
func (d *document) shares(s sentence, f *draft) bool {
	c := d.hangsBehind(f.verb.main, f.cue.last, "conj")
	if c < 0 || d.upos(c) != "VERB" || d.subjectOf(c) >= 0 || c-f.cue.last > 3 {
		return false
	}
	x := d.hangsBehind(c, c+1, "obj", "ccomp", "xcomp", "obl")
	if x < 0 {
		return false
	}
	from := d.tree.left[x]
	if p := d.hangs(x, "case"); p == from {
		from++
	}
	f.rule, f.content = "open-shared", []run{{from, d.objectEnd(from, s)}}
	return true
}

// openPassive reads "the plan was rejected by S", "he is considered a liar".
func (d *document) openPassive(s sentence, f *draft) {
	i := f.verb.main
	k := f.cue.last
	agent := d.hangsBehind(i, k, "obl")
	if agent >= 0 {
		if p := d.hangs(agent, "case"); p < 0 || d.lower(p) != "by" || d.timePhrase(p, s.last) > p {
			agent = -1
		}
	}
	f.rule, f.implicit = "open-passive", true
	if agent >= 0 {
		f.rule, f.implicit = "open-passive-by", false
		f.source = d.phrase(agent)
		f.source.last = min(f.source.last, s.last)
		if f.source.first < k {
			return
		}
		if f.source.first == k+1 {
			k = f.source.last
		}
	}
	var rest run
	if c := d.hangsBehind(i, f.cue.last, "xcomp", "ccomp", "advcl", "csubj"); c >= 0 && (d.rel(c) != "advcl" || d.infinitiveAt(d.tree.left[c])) {
		from := max(k, d.tree.left[c])
		rest = run{from, d.clauseEnd(from, s)}
		f.rule += "-clause"
	} else if o := d.hangsBehind(i, f.cue.last, "obl"); o >= 0 && o != agent {
		if p := d.hangs(o, "case"); p >= f.cue.last && (d.lower(p) == "as" || d.lower(p) == "of" || d.lower(p) == "for") {
			rest = run{max(k, p), d.objectEnd(max(k, p), s)}
		}
	}
	if subj := d.hangs(i, "nsubj:pass", "csubj:pass", "nsubj"); subj >= s.first && subj < f.cue.first {
		r := d.phrase(subj)
		r.last = min(r.last, f.cue.first)
		switch {
		case d.lower(subj) == "it" && d.rel(subj) == "expl":
		case f.lex.has(told) && !rest.empty():
			f.addressee = r
		default:
			f.content = append(f.content, r)
			if d.is(subj, cRelative) || d.lower(subj) == "that" {
				if h := d.over(i); d.rel(i) == "acl" && h >= s.first && h < subj {
					f.antecedent = d.nounUpTo(h, subj)
				}
			}
		}
	}
	if !rest.empty() {
		f.content = append(f.content, rest)
	}
	d.keep(*f)
}
