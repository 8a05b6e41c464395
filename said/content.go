package said

import "strings"

// afterCue passes over what stands between the cue and the content: addressee,
// means, time, occasion. It takes means next to the cue into it.
func (d *document) afterCue(s sentence, f *draft) int {
	k := f.cue.last
	if f.lex.has(told) && !d.opens(k) && d.lower(k) != "that" && !d.matterOnly(f, k) {
		if end := d.person(k, s.last); end > k {
			f.addressee = run{k, end}
			k = end
		}
	}
	if d.lower(k) == "to" && f.lex.has(quotes) && !f.lex.has(infinitive) || d.lower(k) == "to" && f.lex.lemma == "say" {
		if end := d.person(k+1, s.last); end > k+1 && (end >= s.last || !d.words[end].letters || d.lower(end) == "that" || d.opens(end) || d.timePhrase(end, s.last) > end) {
			f.addressee = run{k + 1, end}
			k = end
		}
	}
	return d.adjuncts(s, f, k, true)
}

// matterOnly reports whether the phrase at k is what is promised, not to whom:
// the cue has nothing else that it could tell.
func (d *document) matterOnly(f *draft, k int) bool {
	if d.tree == nil || !f.lex.has(object) {
		return false
	}
	v := f.verb.main
	return d.hangs(v, "obj") >= k && d.hangs(v, "iobj", "ccomp", "xcomp") < 0
}

// adjuncts passes over times, means and occasions from k on. Means next to the
// cue join it where next to it is what joined says.
func (d *document) adjuncts(s sentence, f *draft, k int, joined bool) int {
	joined = joined && k == f.cue.last
	for k < s.last {
		if d.words[k].quote >= 0 {
			return k
		}
		if t := d.timePhrase(k, s.last); t > k {
			if f.when.empty() {
				f.when = run{k, t}
			}
			k, joined = t, false
			continue
		}
		if v := d.venuePhrase(k, s.last); v > k {
			if f.medium.empty() {
				f.medium = run{k, v}
			}
			if joined {
				f.cue.last = v
			}
			k = v
			continue
		}
		if o := d.occasionPhrase(k, s.last); o > k {
			if f.occasion.empty() {
				f.occasion = run{k, o}
			}
			k, joined = o, false
			continue
		}
		if d.is(k, cAdverb) && !d.is(k, cSubordinator|cTime) && (d.lower(k+1) == "that" || d.opens(k+1) || d.lower(k+1) == ",") {
			k++
			continue
		}
		return k
	}
	return k
}

// person is the index after the noun phrase of somebody spoken to, which ends
// before another noun phrase begins.
func (d *document) person(k, hi int) int {
	if k >= hi || d.words[k].quote >= 0 {
		return k
	}
	if d.is(k, cObject|cSubject) && !d.is(k, cDeterminer) {
		return k + 1
	}
	if d.is(k, cDeterminer) && (d.lower(k) == "her" || d.lower(k) == "his") && d.is(k+1, cSubject|cDeterminer|cModal|cAuxiliary) {
		return k + 1
	}
	if !d.words[k].letters || d.is(k, cPreposition|cSubordinator|cTime) && !d.words[k].capital {
		return k
	}
	hi = min(hi, k+14)
	i := k
	for ; i < hi; i++ {
		w := &d.words[i]
		if w.quote >= 0 {
			break
		}
		if !w.letters && !strings.ContainsAny(w.lower, "'’&") {
			break
		}
		if i == k {
			continue
		}
		if w.lower == "of" || w.lower == "from" && d.words[i+1].capital || w.lower == "and" && d.conjunct(i+1, hi) && !d.is(i+1, cDeterminer) {
			continue
		}
		if w.class&(cSubordinator|cPreposition|cSubject|cAuxiliary|cAdverb|cVerb|cNegation) != 0 && !d.apostropheS(i) && !w.capital ||
			w.class&cDeterminer != 0 && !d.is(i-1, cPreposition|cConjunction) || d.is(i, cTime) ||
			w.capital && !d.words[i-1].capital && d.words[i-1].letters && !d.is(i-1, cDeterminer|cPreposition|cConjunction) && d.words[i-1].class&cPerson == 0 && d.words[i-1].class&cGroup != 0 {
			break
		}
	}
	return i
}

// rightContent finds the content after the cue, from token k on, and names the
// rule. It may draw a preposition or a colon into the cue.
func (d *document) rightContent(s sentence, f *draft, k int, left run) []run {
	if k >= s.last {
		return nil
	}
	clause := func(from int) []run {
		end := d.clauseEnd(from, s)
		if d.trimRun(run{from, end}).empty() {
			return nil
		}
		return []run{{from, end}}
	}
	w := &d.words[k]
	switch {
	case d.opens(k):
		if !f.lex.has(quotes | that | bare | object | naming) {
			return nil
		}
		f.rule = "quote-after"
		return clause(k)
	case w.lower == ":":
		if !f.lex.has(quotes | that | object) {
			return nil
		}
		if k == f.cue.last {
			f.cue.last++
		}
		f.rule = "colon"
		if k+1 >= s.last && d.opens(s.last) {
			return []run{d.quotationAt(s.last)}
		}
		return clause(k + 1)
	case w.lower == "," || d.dash(k):
		if d.opens(k+1) && f.lex.has(quotes) {
			f.rule = "quote-after"
			if k+1 >= s.last { // the quotation is a paragraph of its own
				return []run{d.quotationAt(k + 1)}
			}
			return clause(k + 1)
		}
		if d.closesBefore(f.source.first) && !left.empty() && d.is(k+1, cConjunction) {
			// "Q," S said, but "Q".
			for i := k + 2; i < s.last && i < k+6; i++ {
				if d.opens(i) {
					f.rule = "quote-after"
					return clause(k + 2)
				}
			}
		}
		// "S said, C": a clause after "S, said".
		if w.lower == "," && !left.empty() && !d.closesBefore(f.source.first) && d.clause(k+1, s.last) && f.lex.has(quotes) && !d.tail(k+1, s) && !d.is(k+1, cCoordinator|cPreposition) {
			f.rule = "quote-after"
			return clause(k + 1)
		}
		if w.lower == "," && left.empty() && d.lower(f.source.first-1) == "," && f.lex.has(quotes) && s.last-k > 4 && f.lex.class != "attitude" && !d.tail(k+1, s) {
			// "C, S said, C": the first piece may be no clause.
			f.rule = "clause-around"
			out := clause(k + 1)
			if first := (run{s.first, f.source.first - 1}); !first.empty() && len(out) > 0 && f.source.first-s.first < 25 {
				for first.first < first.last && d.is(first.first, cOpening) {
					first.first++
				}
				out = append([]run{first}, out...)
			}
			return out
		}
		if end := d.interruption(k, s); end > 0 && left.empty() && d.lower(end) == "that" && f.lex.has(that) {
			f.rule = "that"
			return clause(end)
		}
		return nil
	case !left.empty() && (d.closesBefore(f.source.first) || !w.letters):
		return nil // what stands before the source is its content already
	}
	switch {
	case w.lower == "that" && f.lex.has(that|told):
		if k+2 >= s.last || !f.lex.has(bare|told) && !d.bareClause(k+1, s) && !d.opens(k+1) {
			return nil // "rejected that argument"
		}
		f.rule = "that"
		return clause(k)
	case f.lex.has(forWhat) && f.lex.lemma != "blame":
		return d.thanks(s, f, k)
	case d.isQuestion(k) && f.lex.has(question) && (f.lex.lemma != "say" || f.verb.negated || f.verb.refused || f.verb.possible || d.lower(k) == "what" || d.lower(k) == "whether" || d.lower(k) == "how" || d.lower(k) == "why"):
		f.rule = "question"
		return clause(k)
	case d.infinitiveAt(k) && f.lex.has(infinitive):
		f.rule = "infinitive"
		switch d.lower(k + 1) {
		case "comment", "respond", "reply", "answer", "discuss", "elaborate", "speak", "talk":
			f.silent = f.lex.lemma == "refuse" || f.lex.lemma == "decline"
		}
		return clause(k)
	case d.infinitiveAt(k) && f.lex.has(objectInfinitive) && !f.addressee.empty():
		f.rule = "infinitive"
		return clause(k)
	case d.prepOf(f.lex, k) && k == f.cue.last && d.beyondPhrase(k, s, f) == 0:
		end := d.objectEnd(k+1, s)
		if end == k+1 {
			return nil
		}
		f.cue.last = k + 1
		f.rule = "preposition"
		return []run{{k + 1, end}}
	case d.lower(k) == "on" && f.lex.lemma == "call" && k == f.cue.last:
		if to := d.toAfter(k+1, s); to > 0 {
			f.cue.last = k + 1
			f.rule = "object-infinitive"
			f.addressee = run{k + 1, to}
			return clause(k + 1)
		}
		return nil
	}
	if at := d.beyondPhrase(k, s, f); at > 0 {
		f.rule = "that"
		if d.opens(at) {
			f.rule = "quote-after"
		}
		return clause(at)
	}
	if w.lower == "not" && d.infinitiveAt(k+1) && f.lex.has(infinitive|objectInfinitive) {
		f.rule = "infinitive"
		return clause(k)
	}
	if f.lex.has(objectInfinitive) && w.letters {
		if to := d.toAfter(k, s); to > 0 {
			f.rule = "object-infinitive"
			f.addressee = run{k, to}
			if f.lex.class == "belief" || f.lex.class == "attitude" {
				f.addressee = run{}
			}
			return clause(k)
		}
	}
	if f.lex.has(naming) && d.objectStarts(k) {
		end := d.objectEnd(k, s)
		for i := k; i < end; i++ {
			if d.words[i].quote >= 0 {
				f.rule = "naming"
				return []run{{k, end}}
			}
		}
	}
	if f.lex.has(gerund) && (w.shapes&ing != 0 || w.shapesIng()) {
		f.rule = "gerund"
		return []run{{k, d.objectEnd(k, s)}}
	}
	if f.lex.has(bare) && (w.letters || w.lower == "$") && (d.bareClause(k, s) || !f.lex.has(object) && f.lex.class == "speech" && d.objectStarts(k) && s.last-k > 3) {
		f.rule = "bare"
		return clause(k)
	}
	if f.lex.has(object) && (w.letters || w.lower == "$") && d.objectStarts(k) && !d.lightWith(f, k) {
		end := d.objectEnd(k, s)
		if end > k {
			f.rule = "object"
			return []run{{k, end}}
		}
	}
	return nil
}

// quotationAt are the tokens from i on of the quotation that i stands in.
func (d *document) quotationAt(i int) run {
	end := i
	for end < len(d.words) && d.quoteAt(end) == d.quoteAt(i) {
		end++
	}
	return run{i, end}
}

// lightWith reports whether the verb is a light one whose object is a noun cue
// with its content ("expressed concern that"): then the noun attributes.
func (d *document) lightWith(f *draft, k int) bool {
	if !d.is(f.verb.main, cLightVerb) {
		return false
	}
	for i := k; i < k+4 && i < len(d.words); i++ {
		if n := d.words[i].noun; n != nil && (d.lower(i+1) == "that" && n.has(that) || d.prepOf(n, i+1) || d.infinitiveAt(i+1) && n.has(infinitive)) {
			return true
		}
	}
	return false
}

// thanks reads "thanked X for Y": X is addressed, "for Y" the content; without
// it X is the content.
func (d *document) thanks(s sentence, f *draft, k int) []run {
	end := d.objectEnd(k, s)
	tie := "for"
	if f.lex.lemma == "accuse" {
		tie = "of"
	}
	for i := k + 1; i < end; i++ {
		if d.lower(i) == tie && d.words[i].quote < 0 {
			if tie == "of" {
				f.rule = "thanks"
				return []run{{k, end}}
			}
			if f.lex.lemma == "thank" || f.lex.lemma == "congratulate" {
				f.addressee = run{k, i}
				f.rule = "thanks"
				return []run{{i, end}}
			}
			break
		}
	}
	if end == k || f.lex.lemma == "accuse" || !d.objectStarts(k) {
		return nil
	}
	f.rule = "object"
	return []run{{k, end}}
}

// beyondPhrase is where "that" or a quotation starts behind a phrase with a
// preposition ("says on its website that", "said of the plan, “"); 0 for none.
func (d *document) beyondPhrase(k int, s sentence, f *draft) int {
	if !d.is(k, cPreposition) || d.is(k, cSubordinator) || !f.lex.has(quotes|that) {
		return 0
	}
	for i := k + 1; i < s.last && i < k+14; i++ {
		if d.opens(i) && !d.short(d.quoteAt(i)) || d.lower(i) == "that" && f.lex.has(that) && !d.is(i-1, cPreposition) {
			if f.medium.empty() && f.addressee.empty() {
				f.medium = d.trimRun(run{k, i})
			}
			return i
		}
		if d.lower(i) == "," && d.opens(i+1) {
			continue
		}
		if !d.words[i].letters && !d.apostropheS(i) || d.is(i, cAuxiliary|cVerb|cSubordinator|cSubject) && !d.apostropheS(i) {
			return 0
		}
	}
	return 0
}

func (d *document) isQuestion(k int) bool {
	switch d.lower(k) {
	case "whether", "if", "what", "how", "why", "who", "where", "when", "which":
		return true
	}
	return false
}

// toAfter is the "to" with a verb that follows a noun phrase at k; 0 for none.
func (d *document) toAfter(k int, s sentence) int {
	for i := k + 1; i < s.last && i < k+15; i++ {
		w := &d.words[i]
		if d.infinitiveAt(i) {
			return i
		}
		if w.quote >= 0 || !w.letters && !d.apostropheS(i) || w.class&(cAuxiliary|cSubordinator|cVerb) != 0 && !d.apostropheS(i) && w.lower != "who" {
			if w.lower == "not" {
				continue
			}
			return 0
		}
	}
	return 0
}

// bareClause reports whether a clause without "that" starts at k: a noun phrase
// and a finite verb before the next comma pair ends the sentence.
func (d *document) bareClause(k int, s sentence) bool {
	if d.is(k, cSubject) && !d.is(k, cRelative) || d.lower(k) == "there" {
		return k+1 < s.last
	}
	if d.is(k, cSubordinator|cConjunction|cPreposition) && !d.is(k, cDeterminer) && !d.words[k].capital {
		// "said if X, Y": the clause comes after the comma.
		if d.is(k, cConjunction) || d.lower(k) == "to" || d.lower(k) == "than" || d.lower(k) == "as" {
			return false
		}
		for i := k + 1; i < s.last && i < k+25; i++ {
			if d.lower(i) == "," && d.words[i].quote < 0 {
				return d.clause(i+1, s.last) && !d.tail(i+1, s) && !d.is(i+1, cConjunction|cRelative)
			}
		}
		return false
	}
	for i := k + 1; i < s.last && i < k+40; i++ {
		w := &d.words[i]
		if d.is(i, cAuxiliary|cVerb) && !d.apostropheS(i) || w.letters && w.verb != nil && w.shapes&(past|present) != 0 && !w.capital && w.noun == nil && !d.is(i-1, cDeterminer|cPreposition) {
			return true
		}
		if d.apostropheS(i) && d.is(i-1, cSubject) || hasEd(w.lower) && !w.capital && !d.is(i-1, cDeterminer) && i > k+1 {
			return true
		}
		if d.headline(k) && i > k && w.letters {
			return true
		}
	}
	return false
}

// objectStarts reports whether a noun phrase can start at k.
func (d *document) objectStarts(k int) bool {
	w := &d.words[k]
	if w.lower == "$" || w.capital {
		return true
	}
	if !w.letters || w.class&(cSubordinator|cConjunction|cAuxiliary|cAdverb|cNegation|cTime) != 0 && w.class&cDeterminer == 0 {
		return false
	}
	if w.class&cPreposition != 0 || w.lower == "out" || w.lower == "up" || w.lower == "off" || w.lower == "down" || w.lower == "away" {
		return false
	}
	return w.lower != "himself" && w.lower != "herself" && w.lower != "themselves" && w.lower != "itself"
}

// interruption is the index after a stretch between commas that starts at the
// comma at k, or 0.
func (d *document) interruption(k int, s sentence) int {
	for i := k + 1; i < s.last && i < k+15; i++ {
		if d.words[i].quote >= 0 {
			return 0
		}
		if d.lower(i) == "," {
			return i + 1
		}
	}
	return 0
}
