package said

import "github.com/onrecord/onrecord"

// around fills who is addressed, by what means and on what occasion from what the
// tree hangs on the cue's verb, and what a relative pronoun that is the content
// stands for, where the patterns left them empty.
func (d *document) around(f *draft) {
	if d.tree == nil {
		return
	}
	d.refers(f)
	v := f.verb.main
	if d.upos(v) != "VERB" {
		return
	}
	speaks := f.lex.class == onrecord.SpeechCue || f.lex.class == onrecord.DecreeCue
	d.addressed(f, v)
	if speaks && f.addressee.empty() {
		d.commanded(f, v)
	}
	for range 3 {
		for _, k := range d.tree.of(v) {
			if k < f.sentence.first || k >= f.sentence.last || f.verb.first <= k && k < f.verb.last {
				continue
			}
			switch d.rel(k) {
			case "obl", "nmod", "advcl":
				d.circumstance(f, k, speaks)
			}
		}
		// "wanted to say": the phrase may hang on what governs the verb.
		h := d.over(v)
		if h < f.cue.first || h >= f.cue.last {
			return
		}
		v = h
	}
}

// addressed drops an addressee that is nobody, and gives one all that hangs on it.
func (d *document) addressed(f *draft, v int) {
	r := f.addressee
	if r.empty() {
		return
	}
	head := r.first
	for i := r.first; i < r.last; i++ {
		if h := d.over(i); h < r.first || h >= r.last {
			head = i
			break
		}
	}
	switch p := d.upos(head); {
	case f.lex.lemma == "accuse", p != "NOUN" && p != "PROPN" && p != "PRON" && p != "DET" && p != "NUM" && p != "ADJ",
		p == "NOUN" && !d.speaks(run{head, head + 1}) && d.kind(r) == onrecord.OtherSource,
		d.hangs(head, "case") >= r.first && d.lower(d.hangs(head, "case")) != "to" && d.hangs(head, "case") < head:
		f.addressee = run{}
		return
	}
	if o := d.hangs(v, "iobj", "obj", "nsubj:pass"); o == head || d.rel(head) == "obl" {
		whole := d.phrase(head)
		for i := whole.first; i < whole.last; i++ {
			if i >= r.last && (f.holds(i) || d.lower(i) == "not" || d.quoteAt(i) >= 0) {
				whole.last = i
				break
			}
		}
		if whole.first <= r.first || d.lower(r.first) == "that" || d.lower(r.first) == "to" {
			f.addressee = d.trimRun(whole)
		}
	}
}

// commanded finds who is told to do what the content says: its subject.
func (d *document) commanded(f *draft, v int) {
	if o := d.hangs(v, "iobj"); o >= f.sentence.first && d.canHear(o) && !overlap(d.phrase(o), f.cue) {
		f.addressee = d.phrase(o)
		return
	}
	c := d.hangs(v, "xcomp", "advcl", "ccomp")
	if c < 0 || d.rel(c) != "ccomp" && (d.hangs(c, "mark") < 0 || d.lower(d.hangs(c, "mark")) != "to") || f.lex.lemma == "accuse" || f.lex.class == onrecord.SpeechCue && f.lex.toward != onrecord.Supports && f.lex.toward != onrecord.Asks && f.lex.lemma != "challenge" && !f.lex.has(told) {
		return
	}
	o := d.hangs(v, "obj", "iobj")
	if f.verb.passive || d.hangs(v, "nsubj:pass") >= 0 {
		o = d.hangs(v, "nsubj:pass", "nsubj")
	}
	if o < f.sentence.first || o >= f.sentence.last {
		return
	}
	if r := d.phrase(o); !overlap(r, f.cue) && !overlap(r, f.source) && (d.canHear(o) || d.upos(o) == "PRON") {
		f.addressee = r
	}
}

// canHear reports whether a noun may be somebody who is told something: people, or
// several that the lists do not name ("evacuees").
func (d *document) canHear(i int) bool {
	return d.speaks(run{i, i + 1}) || d.text.Tokens[i].XPOS == "NNS" && d.kind(run{i, i + 1}) == onrecord.GroupSource
}

func overlap(a, b run) bool { return a.first < b.last && b.first < a.last }

// circumstance takes a phrase with a preposition that stands outside the content.
func (d *document) circumstance(f *draft, k int, speaks bool) {
	p := d.hangs(k, "case", "mark")
	if p < 0 || p > k {
		return
	}
	r := run{max(d.tree.left[k], p), min(d.tree.right[k], f.sentence.last)}
	for i := r.first; i < r.last; i++ {
		if f.holds(i) || f.source.first <= i && i < f.source.last || f.cue.first <= i && i < f.cue.last {
			r.last = i
			break
		}
	}
	r = d.trimRun(r)
	if r.empty() || k >= r.last || d.timePhrase(r.first, r.last) == r.last {
		return
	}
	if t := d.timeBefore(k+1, r.last); t < r.last && d.hangs(k, "acl") < 0 {
		r.last = t
	}
	name, known := d.nameAt(k)
	switch prep := d.lower(p); {
	case d.rel(k) == "advcl":
		if f.occasion.empty() && speaks && (prep == "after" || prep == "upon") {
			f.occasion = r
		}
	case prep == "to" || prep == "with" && f.lex.has(told):
		if speaks && f.addressee.empty() && (d.speaks(run{k, k + 1}) || d.upos(k) == "PROPN" || d.upos(k) == "PRON") && d.lower(k) != "it" && d.lower(k) != "this" {
			f.addressee = run{p + 1, r.last}
		}
	case prep == "at" && d.is(k, cEvent) && f.occasion.empty():
		f.occasion = r
	case speaks && d.is(p, cVenuePrep) && f.medium.empty() && (d.is(k, cVenue) || prep == "on" && known && name == onrecord.OrganizationSource):
		f.medium = r
	case d.is(p, cOccasion) && f.occasion.empty() && (d.is(k, cEvent) || speaks && d.upos(k) == "NOUN" && !d.is(k, cTime|cVenue) && (prep == "after" || prep == "following" || prep == "during")),
		prep == "in" && f.occasion.empty() && d.is(k, cEvent) && !d.is(k, cVenue):
		f.occasion = r
	}
}

// refers finds what a relative pronoun that is the content, or begins it, stands for.
func (d *document) refers(f *draft) {
	if !f.antecedent.empty() || len(f.content) == 0 {
		return
	}
	if d.lacks(f); !f.antecedent.empty() {
		return
	}
	o := f.content[0].first
	if f.content[0].last != o+1 || !d.is(o, cRelative) && d.lower(o) != "that" && d.lower(o) != "whom" {
		return
	}
	at := d.over(o)
	for n := 0; n < 4 && at >= f.sentence.first && d.rel(at) != "acl"; n++ {
		at = d.over(at)
	}
	if at < f.sentence.first || d.rel(at) != "acl" {
		return
	}
	if h := d.over(at); h >= f.sentence.first && h < o {
		f.antecedent = d.nounUpTo(h, o)
	}
}

// nounUpTo is the noun phrase of token k up to what describes it from token end on,
// without a preposition in front.
func (d *document) nounUpTo(k, end int) run {
	r := d.phrase(k)
	r.last = min(r.last, end)
	for _, c := range d.tree.of(k) {
		if c > k && c < end && (d.rel(c) == "acl" || d.rel(c) == "appos" || d.rel(c) == "parataxis") {
			r.last = min(r.last, d.tree.left[c])
		}
	}
	for r.first < k && (d.rel(r.first) == "case" || !d.words[r.first].letters) {
		r.first++
	}
	if r = d.trimRun(r); r.last <= k {
		return run{k, k + 1}
	}
	return r
}

// lacks finds what the noun is that a clause without a relative pronoun describes,
// of which something in the content is told: "the house S wants to buy".
func (d *document) lacks(f *draft) {
	v := f.verb.main
	at := v
	for n := 0; n < 3 && (d.rel(at) == "xcomp" || d.rel(at) == "ccomp"); n++ {
		at = d.over(at)
	}
	if at < 0 || d.text.Tokens[at].Relation != "acl:relcl" || f.source.empty() || d.is(f.source.first, cRelative) {
		return
	}
	h := d.over(at)
	if h < f.sentence.first || h >= f.source.first || d.lower(f.source.first) == "that" || d.upos(h) != "NOUN" && d.upos(h) != "PROPN" || f.source.first > f.cue.first || d.tree.left[at] != f.source.first {
		return
	}
	f.antecedent = d.nounUpTo(h, f.source.first)
}
