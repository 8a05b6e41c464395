package said

import (
	"slices"
	"strings"
)

// timePhrase is the index after a time expression that starts at i, or i.
func (d *document) timePhrase(i, hi int) int {
	j := i
	switch w := d.lower(j); {
	case w == "at" && d.lower(j+1) == "the" && d.lower(j+2) == "time":
		return min(hi, j+3)
	case w == "on" || w == "in" || w == "last" || w == "this" || w == "next" || w == "earlier" || w == "late" || w == "early" ||
		w == "later" || w == "since" || w == "by":
		j++
		for j < hi && (d.lower(j) == "the" || d.lower(j) == "early" || d.lower(j) == "late" || d.lower(j) == "last" || d.lower(j) == "this" || d.lower(j) == "a" || d.lower(j) == "next" || d.lower(j) == "on" || d.lower(j) == "in") {
			j++
		}
		if j < hi && d.year(j) && (w == "in" || w == "since" || w == "by") {
			return j + 1
		}
		if w == "earlier" || w == "later" {
			if !d.is(j, cTime) {
				return i + 1
			}
		}
	case d.is(j, cTime):
		if w == "then" || w == "now" || w == "may" && !d.words[j].capital || w == "march" && !d.words[j].capital || w == "fall" || w == "spring" && !d.words[j].capital {
			return i
		}
	case w == "two" || w == "three" || w == "several" || w == "a" || w == "four":
		j++
		if d.is(j, cTime) && d.lower(j+1) == "ago" {
			return min(hi, j+2)
		}
		return i
	default:
		return i
	}
	if j >= hi || !d.is(j, cTime) {
		return i
	}
	for j < hi && (d.is(j, cTime) || d.number(j) || d.lower(j) == "," && d.year(j+1) && d.number(j-1)) {
		j++
	}
	if d.apostropheS(j) {
		return i // "Saturday's meeting"
	}
	return j
}

func (d *document) number(i int) bool {
	w := d.lower(i)
	return w != "" && w[0] >= '0' && w[0] <= '9'
}

func (d *document) year(i int) bool {
	w := d.lower(i)
	return len(w) == 4 && (w[:2] == "19" || w[:2] == "20") && w[2] >= '0' && w[2] <= '9'
}

// timeBefore is where a time expression that ends before token end starts, or end.
func (d *document) timeBefore(lo, end int) int {
	for k := max(lo, end-5); k < end; k++ {
		if d.timePhrase(k, end) == end {
			return k
		}
	}
	return end
}

// venuePhrase is the index after a phrase that says by what means or at what
// kind of occasion for speaking something was said, or i.
func (d *document) venuePhrase(i, hi int) int {
	if !d.is(i, cVenuePrep) || d.words[i].quote >= 0 {
		return i
	}
	hi = min(hi, i+25)
	seen := false
	for j := i + 1; j < hi; j++ {
		w := &d.words[j]
		if w.quote >= 0 && !d.short(w.quote) {
			return pick(seen, j, i)
		}
		if !seen && j > i+8 {
			return i
		}
		if d.is(j, cVenue) && w.quote < 0 {
			seen = true
			continue
		}
		switch {
		case !w.letters && !d.apostropheS(j) && w.quote < 0,
			w.class&(cSubordinator|cAuxiliary|cConjunction|cVerb) != 0 && !d.apostropheS(j) && !w.capital,
			w.class&cSubject != 0,
			seen && (d.timePhrase(j, hi) > j || w.class&cDeterminer != 0 && !d.is(j-1, cPreposition)),
			w.class&cPreposition != 0 && !seen && w.lower != "of",
			seen && w.class&cOccasion != 0 && w.lower != "on" && w.lower != "at":
			return pick(seen, j, i)
		}
	}
	return pick(seen, hi, i)
}

// openingMedium takes "In a report on X, " before the source as the medium.
func (d *document) openingMedium(s sentence, f *draft) {
	comma := f.source.first - 1
	if comma <= s.first || d.lower(comma) != "," || !d.is(s.first, cVenuePrep) || !f.medium.empty() {
		return
	}
	seen := false
	for i := s.first + 1; i < comma; i++ {
		if d.lower(i) == "," || d.is(i, cAuxiliary|cSubject) && !d.apostropheS(i) {
			return
		}
		seen = seen || d.is(i, cVenue)
	}
	if seen {
		f.medium = run{s.first, comma}
	}
}

func pick(ok bool, yes, no int) int {
	if ok {
		return yes
	}
	return no
}

// occasionPhrase is the index after a phrase such as "following the forum", or i.
func (d *document) occasionPhrase(i, hi int) int {
	if !d.is(i, cOccasion) || d.words[i].quote >= 0 {
		return i
	}
	hi = min(hi, i+20)
	seen := false
	for j := i + 1; j < hi; j++ {
		w := &d.words[j]
		seen = seen || d.is(j, cEvent) && w.quote < 0
		if w.quote >= 0 && !d.short(w.quote) || !w.letters && !d.apostropheS(j) ||
			w.class&(cSubordinator|cAuxiliary|cVerb|cSubject) != 0 && !d.apostropheS(j) && !w.capital {
			return pick(seen, j, i)
		}
	}
	return pick(seen, hi, i)
}

// clauseEnd is where reported speech that starts at from ends inside a sentence:
// before an attribution of its own that shares or names a source, else at the
// sentence's end.
func (d *document) clauseEnd(from int, s sentence) int {
	end := d.wordsClauseEnd(from, s)
	if d.tree != nil && from < end {
		end = d.treeClauseEnd(from, end)
	}
	return end
}

// wordsClauseEnd is clauseEnd as far as words alone show.
func (d *document) wordsClauseEnd(from int, s sentence) int {
	for i := from; i < s.last; i++ {
		w := &d.words[i]
		if w.quote >= 0 {
			continue
		}
		next := i + 1
		switch {
		case w.lower == ",":
			for d.is(next, cCoordinator) {
				next++
			}
			if d.lower(next) == "according" && d.lower(next+1) == "to" {
				return i
			}
			if d.tail(next, s) || d.is(next, cDeterminer) && d.is(next+1, cProform) {
				return i // ", a position defended by"
			}
			if next > i+1 && d.ownClause(next, s) {
				return i
			}
		case w.lower == "and" || w.lower == "but":
			if d.tail(next, s) {
				return i
			}
			if d.ownClause(next, s) && w.lower == "but" {
				return i
			}
		case w.lower == "according" && d.lower(i+1) == "to":
			return i
		}
	}
	return s.last
}

// tail reports whether a further cue of the same source starts at i: a
// participle (", adding that") or a coordinated verb ("and called for").
func (d *document) tail(i int, s sentence) bool {
	for i < s.last && d.is(i, cAdverb) {
		i++
	}
	if i >= s.last || d.words[i].quote >= 0 {
		return false
	}
	w := &d.words[i]
	if w.verb == nil || w.capital {
		return false
	}
	k := i + 1
	if w.shapes&ing != 0 {
		return w.verb.has(quotes|that|forWhat) && (d.lower(k) == "that" || d.opens(k) || d.lower(k) == ":" || w.verb.has(forWhat) || w.verb.has(bare) && d.words[i].verb.class == "speech" || w.verb.has(told))
	}
	if w.shapes&(past|present) == 0 || w.shapes&base != 0 {
		return false
	}
	if w.class&cHomograph == 0 && w.verb.class == "speech" && w.verb.has(object|objectInfinitive) && k < s.last && d.objectStarts(k) {
		return true
	}
	return w.verb.has(quotes|that|told) && (d.lower(k) == "that" || d.opens(k) || d.is(k, cSubject) || w.verb.has(told) || w.verb.has(bare) && w.verb.class == "speech" || d.prepOf(w.verb, k))
}

// ownClause reports whether a clause with a cue and a source of its own starts at i.
func (d *document) ownClause(i int, s sentence) bool {
	for j := i; j < s.last && j < i+8; j++ {
		w := &d.words[j]
		if w.lower == "," && j > i && (d.describes(j+1, s.last) || d.words[j+1].shapesIng()) {
			// Over an apposition to the comma that ends it.
			for j++; j < s.last && j < i+25 && d.lower(j) != ","; j++ {
			}
			i = j - 1
			continue
		}
		if w.quote >= 0 || !w.letters && !d.apostropheS(j) {
			return false
		}
		if d.is(j, cRefused) && d.lower(j+1) == "to" && j > i {
			return true
		}
		if w.verb != nil && j > i && w.shapes&(past|present) != 0 && w.shapes&base == 0 && !w.capital && w.verb.has(quotes|told) {
			return d.lower(j+1) == "that" || d.opens(j+1) || w.verb.has(bare|told)
		}
		if w.class&(cAuxiliary|cVerb|cSubordinator) != 0 && !d.apostropheS(j) && !d.is(j, cHave) {
			return false
		}
	}
	return false
}

// objectEnd is where a noun phrase with what hangs on it ends: before a comma, a
// clause of time or reason, or a further verb.
func (d *document) objectEnd(from int, s sentence) int {
	if d.tree != nil && from < s.last {
		return d.treeObjectEnd(from, s.last)
	}
	for i := from; i < s.last; i++ {
		w := &d.words[i]
		if w.quote >= 0 {
			continue
		}
		if !w.letters && !d.apostropheS(i) {
			if strings.ContainsAny(w.lower, "(/$%&#)") || w.lower == "-" || w.lower == "," && d.lists(i+1, s.last) {
				continue
			}
			return i
		}
		if i == from {
			continue
		}
		switch w.lower {
		case "when", "while", "because", "although", "though", "but", "whereas", "unless", "if", "before", "until", "since", "saying":
			return i
		case "after", "during", "following", "amid":
			return i
		case "as":
			if d.is(i+1, cSubject) {
				return i
			}
		case "and", "or":
			if d.tail(i+1, s) || d.is(i+1, cAuxiliary|cSubject) || d.words[min(i+1, len(d.words)-1)].class&cVerb != 0 {
				return i
			}
			if x := d.words[min(i+1, len(d.words)-1)]; strings.HasSuffix(x.lower, "ed") && !x.capital && d.is(i+2, cDeterminer|cPreposition) {
				return i
			}
		}
		if t := d.timePhrase(i, s.last); t > i && (t == s.last || !d.words[t].letters) {
			return i
		}
		if v := d.venuePhrase(i, s.last); v > i && (v == s.last || !d.words[v].letters) {
			return i
		}
	}
	return s.last
}

// lists reports whether one more member of a list stands at i, before a comma
// or the "and" of its last.
func (d *document) lists(i, hi int) bool {
	for j := i; j < hi && j < i+5; j++ {
		w := &d.words[j]
		if j > i && (w.lower == "," || w.lower == "and" || w.lower == "or") {
			return d.lower(j) != "," || d.lists(j+1, hi)
		}
		if j == i && (w.lower == "and" || w.lower == "or") {
			return d.conjunct(j+1, hi)
		}
		if !w.letters || w.quote >= 0 || w.class&(cVerb|cAuxiliary|cSubordinator|cSubject|cPreposition|cAdverb) != 0 || w.verb != nil && !w.capital && w.noun == nil {
			return false
		}
	}
	return false
}

// prepOf reports whether token k is one of a cue's prepositions.
func (d *document) prepOf(c *cue, k int) bool {
	if c == nil || k >= len(d.words) || d.words[k].quote >= 0 {
		return false
	}
	return slices.Contains(c.preps, d.words[k].lower)
}
