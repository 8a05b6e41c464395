package said

import (
	"strings"

	"github.com/onrecord/onrecord/quote"
)

// nounPhraseLeft is the first token of the noun phrase that ends before token
// end, not reaching back beyond lo; ok is false where no noun phrase ends there.
// Without tags it goes by what cannot stand inside one: conjunctions, verbs,
// pronouns, most punctuation.
func (d *document) nounPhraseLeft(lo, end int) (first int, ok bool) {
	i := end - 1
	if i < lo || d.quoteAt(i) >= 0 && !d.short(d.quoteAt(i)) {
		return 0, false
	}
	if d.is(i, cSubject|cPronoun) && !d.is(i, cDeterminer) {
		switch d.lower(i) {
		case "he", "she", "they", "i", "we":
			return i, true // a subject by its form
		}
		return i, !d.is(i-1, cPreposition)
	}
	if !d.nounEnd(i) {
		return 0, false
	}
	join := -1 // the token after the last "and" passed
	lo = max(lo, end-40)
	for ; i >= lo; i-- {
		w := &d.words[i]
		if w.quote >= 0 {
			if !d.short(w.quote) {
				break
			}
			continue
		}
		if !w.letters {
			if w.lower == ")" {
				open := i - 1
				for open >= lo && i-open < 10 && d.lower(open) != "(" {
					open--
				}
				if open > lo && d.lower(open) == "(" {
					i = open
					continue
				}
				break
			}
			if strings.ContainsAny(w.lower, "'’&/$%“”\"") || w.lower == "-" && d.text.Tokens[i].Span.Start == d.text.Tokens[i-min(1, i)].Span.End {
				continue
			}
			break
		}
		if w.lower == "and" || w.lower == "or" {
			join = i + 1
			continue
		}
		if w.class&cSubordinator != 0 || w.lower == "by" && !d.is(i-1, cDocument) || w.lower == "like" || w.lower == "via" {
			break
		}
		if w.class&(cSubject|cPronoun) != 0 && w.class&cDeterminer == 0 && !w.capital {
			break
		}
		if d.verbal(i, lo, end) {
			if join > 0 && join > i {
				return d.trimPhrase(join, end)
			}
			break
		}
		if w.class&cDeterminer != 0 && i > lo {
			prev := i - 1
			if !d.is(prev, cPreposition|cConjunction|cDeterminer) {
				i--
				break
			}
		}
	}
	return d.trimPhrase(i+1, end)
}

// trimPhrase takes off the left what a noun phrase does not begin with.
func (d *document) trimPhrase(first, end int) (int, bool) {
	for first < end {
		switch {
		case !d.words[first].letters,
			d.is(first, cConjunction|cFronting|cNegation),
			d.is(first, cAdverb) && !d.words[first].capital,
			d.is(first, cSubordinator) && !d.is(first, cDeterminer|cPreposition),
			d.lower(first) == "both" || d.lower(first) == "even":
			first++
		case d.timePhrase(first, end) > first && d.timePhrase(first, end) < end && !d.apostropheS(d.timePhrase(first, end)):
			first = d.timePhrase(first, end)
		case d.is(first, cTime) && !d.is(first, cDeterminer) && first+1 < end && d.lower(first+1) != "'s" && d.lower(first+1) != "’s":
			first++
		case d.is(first, cPreposition) && !d.is(first, cDeterminer):
			// A phrase that begins with a preposition has its noun phrase behind
			// the preposition's own, at a determiner or after a time.
			next := -1
			for i := first + 2; i < end; i++ {
				if d.is(i, cDeterminer) && !d.is(i-1, cPreposition) || d.is(i-1, cTime) && !d.is(i, cTime) && d.words[i].letters ||
					d.words[i].capital && !d.words[i-1].capital && d.words[i-1].letters && !d.is(i-1, cPreposition|cDeterminer|cConjunction|cPerson) {
					next = i
					break
				}
			}
			if next < 0 {
				return 0, false
			}
			first = next
		default:
			return first, true
		}
	}
	return 0, false
}

// nounEnd reports whether a noun phrase can end with token i.
func (d *document) nounEnd(i int) bool {
	w := &d.words[i]
	if !w.letters {
		return w.lower == ")" || w.lower == "’" || w.lower == "'" || w.quote >= 0
	}
	if w.capital {
		return w.class&(cSubordinator|cConjunction) == 0 || w.class&cTime != 0
	}
	if isPossessive(w.lower) || w.class&cPerson == 0 && (w.class&cChain != 0 || hasEd(w.lower)) {
		return false
	}
	return w.class&(cPreposition|cSubordinator|cConjunction|cAuxiliary|cAdverb|cNegation) == 0 ||
		w.class&cPronoun != 0 || w.class&cDeterminer != 0 && w.class&cPreposition == 0 && w.lower != "the" && w.lower != "a" && w.lower != "an"
}

// verbal reports whether token i of a phrase in [lo, end) reads as a verb.
func (d *document) verbal(i, lo, end int) bool {
	w := &d.words[i]
	if w.capital && i > lo {
		return false
	}
	if w.class&(cVerb|cAuxiliary) != 0 {
		if strings.HasPrefix(w.lower, "'") || strings.HasPrefix(w.lower, "’") {
			return false // a possessor's ending
		}
		return !(w.class&cAuxiliary == 0 && (d.is(i-1, cDeterminer) || d.apostropheS(i-1)))
	}
	if w.verb == nil || i == end-1 && w.shapes&(base|present) != 0 {
		return false
	}
	before := d.is(i-1, cDeterminer|cPreposition) || d.apostropheS(i-1) || i == lo
	if w.shapes&(past|participle|ing) != 0 && w.shapes&base == 0 {
		return !before && !(i > lo && !d.is(i-1, cSubject) && d.words[i-1].verb == nil && i+1 < end && d.words[i+1].letters &&
			d.words[i-1].adj != nil)
	}
	// A word that is a noun as well: a verb after a pronoun only.
	if d.is(i-1, cSubject) {
		return true
	}
	return w.class&cHomograph == 0 && w.shapes&(present|base) != 0 && !before
}

// apostropheS reports whether token i is a possessor's ending.
func (d *document) apostropheS(i int) bool {
	w := d.lower(i)
	return w == "'s" || w == "’s" || (w == "'" || w == "’") && !d.closes(i)
}

// short reports whether a quotation is a term or a title inside a phrase.
func (d *document) short(q int) bool {
	m := &d.marks[q]
	if !m.Closed || m.Inner.Len() == 0 || m.Inner.Len() > 60 || m.Use == quote.Speech {
		return false
	}
	if m.Use == quote.Title {
		return true
	}
	last := d.text.Source[m.Inner.End-1]
	return last != ',' && last != '.' && last != '!' && last != '?'
}

// nounPhraseRight is the index after the noun phrase that starts at first and
// does not reach beyond hi; it equals first where none starts there. Appositions
// and relative clauses belong to it.
func (d *document) nounPhraseRight(first, hi int) int {
	if first >= hi {
		return first
	}
	if d.is(first, cSubject|cObject) && !d.is(first, cDeterminer) {
		return first + 1
	}
	if !d.words[first].letters || d.words[first].quote >= 0 {
		return first
	}
	hi = min(hi, first+60)
	i := first
	for i < hi {
		w := &d.words[i]
		switch {
		case w.quote >= 0:
			if !d.short(w.quote) {
				return i
			}
		case !w.letters:
			if w.lower == "(" {
				end := i + 1
				for end < hi && end-i < 10 && d.lower(end) != ")" {
					end++
				}
				if end < hi && d.lower(end) == ")" {
					i = end
					break
				}
				return i
			}
			if w.lower == "," {
				return d.apposition(i, hi)
			}
			if !strings.ContainsAny(w.lower, "'’&/$%“”\"") {
				return i
			}
		case w.lower == "who" || w.lower == "whose":
			return d.relativeEnd(i, hi)
		case w.lower == "and" || w.lower == "or":
			if !d.conjunct(i+1, hi) {
				return i
			}
		case i == first:
			if w.class&(cSubordinator|cConjunction|cAuxiliary) != 0 && w.class&cDeterminer == 0 && !w.capital {
				return first
			}
		case d.timePhrase(i, hi) > i, d.venuePhrase(i, hi) > i, d.occasionPhrase(i, hi) > i:
			return i
		case w.class&cPreposition != 0 && w.class&cLight != 0 && w.lower != "to":
		case w.class&(cSubordinator|cAuxiliary|cVerb|cNegation|cPreposition) != 0 && !w.capital,
			w.class&(cSubject|cAdverb) != 0 && !w.capital,
			w.class&cDeterminer != 0 && !d.is(i-1, cPreposition|cConjunction|cDeterminer) && !w.capital,
			i > first && w.adj != nil && d.prepOf(w.adj, i+1),
			w.verb != nil && !w.capital && w.shapes&(past|ing) != 0 && !d.is(i-1, cDeterminer|cPreposition) && w.shapes&base == 0:
			return i
		}
		i++
	}
	return i
}

// conjunct reports whether a noun phrase, not a clause, follows an "and".
func (d *document) conjunct(i, hi int) bool {
	if i >= hi || !d.words[i].letters || d.is(i, cSubject|cAuxiliary|cSubordinator|cVerb|cAdverb) {
		return false
	}
	if e := d.words[i]; e.verb != nil && !e.capital && e.shapes&base == 0 {
		return false
	}
	for j := i; j < hi && j < i+6; j++ {
		if d.is(j, cAuxiliary|cVerb) && !d.apostropheS(j) {
			return false
		}
		if !d.words[j].letters {
			break
		}
	}
	return true
}

// apposition takes what follows a comma into a noun phrase when it describes it.
func (d *document) apposition(comma, hi int) int {
	if !d.describes(comma+1, hi) {
		return comma
	}
	if d.lower(comma+1) == "who" || d.lower(comma+1) == "whose" || d.lower(comma+1) == "which" {
		return d.relativeEnd(comma+1, hi)
	}
	relative := false // inside a relative clause verbs tell nothing
	for i := comma + 1; i < hi; i++ {
		w := &d.words[i]
		if w.quote >= 0 && !d.short(w.quote) {
			return i
		}
		relative = relative || w.lower == "who" || w.lower == "that" || w.lower == "which" || w.lower == "whose"
		if w.quote < 0 && (w.lower == "," || d.stops(i)) {
			return i
		}
		if i > comma+1 && !relative && (d.is(i, cAuxiliary) && !d.apostropheS(i) || d.is(i, cVerb) && !w.capital || d.timePhrase(i, hi) > i || d.venuePhrase(i, hi) > i) {
			if d.is(i, cAuxiliary|cVerb) {
				return comma // it was a clause
			}
			return i
		}
	}
	return hi
}

// describes reports whether an apposition or a relative clause starts at i.
func (d *document) describes(i, hi int) bool {
	if i >= hi {
		return false
	}
	w := &d.words[i]
	switch w.lower {
	case "the", "a", "an", "who", "whose", "his", "her", "its", "their", "one", "another", "whom":
		return true
	}
	if w.letters && w.lower[0] >= '0' && w.lower[0] <= '9' {
		return i+1 >= hi || d.lower(i+1) == "," || d.lower(i+1) == "."
	}
	if strings.HasPrefix(w.lower, "d-") || strings.HasPrefix(w.lower, "r-") {
		return true
	}
	if w.class&cPerson != 0 || strings.HasPrefix(w.lower, "co-") || strings.HasPrefix(w.lower, "ex-") {
		return true
	}
	// "chief executive of", "president of": a person noun near the start.
	for j := i; j < hi && j < i+4; j++ {
		if !d.words[j].letters && !d.apostropheS(j) || d.is(j, cVerb|cAuxiliary|cSubject|cSubordinator) && !d.apostropheS(j) {
			return false
		}
		if d.is(j, cPerson) && j > i {
			return true
		}
	}
	return false
}

// relativeEnd is where a relative clause that starts at i ends.
func (d *document) relativeEnd(i, hi int) int {
	for ; i < hi; i++ {
		w := &d.words[i]
		if w.quote >= 0 && !d.short(w.quote) || w.quote < 0 && (w.lower == "," || d.stops(i)) {
			return i
		}
	}
	return hi
}

// stops reports whether token i is a mark that ends a clause.
func (d *document) stops(i int) bool {
	switch d.lower(i) {
	case ".", ";", ":", "?", "!", "—", "–":
		return true
	}
	return false
}
