package said

import "github.com/onrecord/onrecord"

// treeVerb reads a verb whose source and content the tree alone shows: a clause
// that hangs on it, a clause that it interrupts, an infinitive, or what the source
// calls somebody.
func (d *document) treeVerb(s sentence, i, start int, lex *cue, shapes shape) {
	g := d.verbGroup(i, s, shapes)
	if lex != d.words[i].verb {
		g.last++ // the particle
	}
	f := draft{lex: lex, verb: g, cue: g.run, paragraph: s.paragraph, sentence: run{s.first, s.last}, inside: s.inside}
	if g.passive || g.infinitive || !d.treeSubject(s, &f) {
		return
	}
	if (d.treeContent(s, &f, start) || d.loose(s, &f)) && !d.trimRun(f.content[0]).empty() {
		d.cutAt(start, &f)
		d.found = append(d.found, f)
	}
}

// loose reads what hangs on a verb of the lexicon in a way that the lexicon does not
// name: whether it is a statement is left to the scorer.
func (d *document) loose(s sentence, f *draft) bool {
	v := f.verb.main
	k := d.afterCue(s, f)
	if k >= s.last {
		return false
	}
	c := d.hangs(v, "xcomp", "ccomp")
	obj := d.hangs(v, "obj")
	switch {
	case c > v && c >= k && obj < 0:
		from := max(k, d.tree.left[c])
		f.content, f.rule = []run{{from, d.clauseEnd(from, s)}}, "loose-clause"
	case c > v && obj >= k && obj < c:
		from := max(k, d.tree.left[obj])
		f.content, f.rule = []run{{from, d.clauseEnd(from, s)}}, "loose-object-clause"
	case obj >= k && (f.lex.class == onrecord.AttitudeCue || f.lex.class == onrecord.DecreeCue || f.lex.class == onrecord.BeliefCue || f.lex.class == onrecord.IntentionCue):
		from := max(k, d.tree.left[obj])
		f.content, f.rule = []run{{from, d.objectEnd(from, s)}}, "loose-object"
	default:
		return false
	}
	return true
}

func (d *document) treeContent(s sentence, f *draft, start int) bool {
	v := f.verb.main
	if d.parenthesis(s, f, start) {
		return true
	}
	k := d.afterCue(s, f)
	if k >= s.last {
		return false
	}
	clause := func(c int, rule string) bool {
		from := max(k, d.tree.left[c])
		if o := d.hangs(v, "obj"); o >= k && o+1 == from && d.is(o, cSubject) && d.hangs(c, "nsubj") < 0 {
			from = o // a subject that the tree took for the verb's object
		}
		for from < c && !d.words[from].letters && d.words[from].quote < 0 {
			from++
		}
		f.content, f.rule = []run{{from, d.clauseEnd(from, s)}}, rule
		return true
	}
	if c := d.hangs(v, "ccomp"); c > v && f.lex.has(that|bare|quotes|told|question) {
		switch {
		case d.lower(max(k, d.tree.left[c])) == "that":
			return clause(c, "that")
		case d.isQuestion(max(k, d.tree.left[c])):
			return clause(c, "question")
		}
		return clause(c, "bare")
	}
	if c := d.hangs(v, "xcomp"); c > v {
		obj := d.hangs(v, "obj", "iobj")
		if next := d.hangsAfter(v, c, "xcomp"); obj < 0 && next >= 0 && d.text.Tokens[c].UPOS == "NOUN" {
			obj, c = c, next // an object that the tree took for a second complement
		}
		switch to := d.hangs(c, "mark"); {
		case to > v && d.lower(to) == "to" && obj < 0 && f.lex.has(infinitive):
			return clause(c, "infinitive")
		case to > v && d.lower(to) == "to" && obj > v && f.lex.has(objectInfinitive):
			f.addressee = d.phrase(obj)
			if f.lex.class == "belief" || f.lex.class == "attitude" {
				f.addressee = run{}
			}
			f.content, f.rule = []run{{d.tree.left[obj], d.clauseEnd(d.tree.left[obj], s)}}, "object-infinitive"
			return true
		case to < 0 && obj > v && obj < c && f.lex.has(naming):
			f.content, f.rule = []run{{d.tree.left[obj], d.objectEnd(d.tree.left[obj], s)}}, "naming"
			return true
		}
	}
	if obj := d.hangs(v, "obj"); obj >= k && f.lex.has(object|naming) && !d.lightWith(f, k) {
		from := max(k, d.tree.left[obj])
		end := d.objectEnd(from, s)
		f.content, f.rule = []run{{from, end}}, "object"
		if f.lex.has(naming) {
			f.rule = "naming"
			return f.lex.has(object) || end > d.tree.right[obj] // "called it a mistake", not "called him"
		}
		return true
	}
	return false
}

// parenthesis reads "C, S said, C" where the pieces make one clause.
func (d *document) parenthesis(s sentence, f *draft, start int) bool {
	if !f.lex.has(quotes|bare) || f.source.first >= f.cue.first || f.source.first-1 <= s.first || d.lower(f.source.first-1) != "," {
		return false
	}
	k := d.adjuncts(s, f, f.cue.last, false)
	if k >= s.last || d.lower(k) != "," && d.words[k].letters {
		return false
	}
	lo := s.first
	for _, g := range d.found[start:] {
		if g.cue.first < f.source.first && d.rules[g.rule].leftward {
			lo = max(lo, g.cue.last, g.source.last)
		}
	}
	for lo < f.source.first && (d.is(lo, cOpening) || !d.words[lo].letters && d.words[lo].quote < 0) {
		lo++
	}
	f.content = []run{{lo, f.source.first - 1}}
	if d.lower(k) == "," && k+1 < s.last {
		f.content = append(f.content, run{k + 1, d.clauseEnd(k+1, s)})
	}
	f.rule = "clause-around"
	return lo < f.source.first-1 && (len(f.content) == 2 || d.clause(lo, f.source.first-1))
}

// unlisted reads a verb that no list has, where somebody is its subject and a
// clause with "that" hangs on it: few other verbs have that.
func (d *document) unlisted(s sentence, i, start int) {
	c := d.hangs(i, "ccomp")
	if c < i || !d.speaker(i) {
		return
	}
	if mark := d.hangs(c, "mark"); mark < 0 || d.lower(mark) != "that" || mark < i {
		return
	}
	shapes := map[string]shape{"VBD": past, "VBN": past | participle, "VBZ": present, "VBP": base | present, "VB": base, "VBG": ing}[d.text.Tokens[i].XPOS]
	d.treeVerb(s, i, start, &cue{lemma: d.text.Tokens[i].Lemma, class: onrecord.BeliefCue, toward: onrecord.Affirms, frames: that}, shapes)
}
