package when

import "strings"

// mostClimb bounds the way from a time to its verb.
const mostClimb = 8

// tense says whether the clause that a reading stands in tells of what is to come (1),
// of what is over (-1), or cannot be told (0): by the verb it hangs on where there are
// trees, else by the words before it.
func (r *resolver) tense(i int) int {
	rd := &r.readings[i]
	t := r.in.Text
	if rd.last < len(r.x) && r.x[rd.last].word == "'s" { // "Wednesday's ruling" was made
		return 0
	}
	if rd.first > 1 && r.x[rd.first-1].word == "as" && (r.x[rd.first-2].word == "soon" || r.x[rd.first-2].word == "early") {
		return 1
	}
	verb := r.governor(i)
	if verb < 0 {
		return r.tenseByWords(rd)
	}
	if rd.first > 0 && r.x[rd.first-1].word == "until" && !r.childWord(rd, verb, "had") { // "extended the deadline until Friday"
		return 1
	}
	below := false
	for range mostClimb {
		tok := &t.Tokens[verb]
		word := strings.ToLower(t.Word(verb))
		if tok.UPOS == "ADJ" && word == "effective" {
			return 0
		}
		if r.listed("scheduled", word) && (tok.XPOS != "VBD" || below || strings.HasPrefix(word, "plan")) {
			if r.childWord(rd, verb, "had") {
				return -1
			}
			return 1
		}
		if tok.UPOS == "VERB" || tok.UPOS == "AUX" || r.hasChild(rd, verb, "cop") || r.hasChild(rd, verb, "aux") {
			if n := r.verbTense(rd, verb); n != 0 {
				return n
			}
			if tok.XPOS == "VB" || tok.XPOS == "VBG" { // "is expected to meet Monday": look above
				if tok.Head == verb || tok.Head < 0 {
					return 0
				}
				if tok.Relation == "xcomp" || tok.Relation == "advcl" || tok.Relation == "ccomp" || tok.Relation == "conj" || tok.Relation == "acl" {
					verb, below = tok.Head, true
					continue
				}
			}
			return 0
		}
		if tok.Head == verb || tok.Head < 0 {
			return 0
		}
		verb = tok.Head
	}
	return 0
}

// verbTense is the tense of a verb with its auxiliaries.
func (r *resolver) verbTense(rd *located, verb int) int {
	t := r.in.Text
	first, last := r.around(rd, verb)
	to, be, past := false, false, false
	for k := first; k < last; k++ {
		if t.Tokens[k].Head != verb || k == verb {
			continue
		}
		switch rel := t.Tokens[k].Relation; {
		case strings.HasPrefix(rel, "aux") || rel == "cop":
			word := strings.ToLower(t.Word(k))
			if r.listed("future", word) {
				return 1
			}
			switch word {
			case "was", "were", "had", "did", "has", "have", "been":
				past = true
			case "is", "are", "'s", "’s", "be":
				be = true
			}
		case rel == "mark" && strings.EqualFold(t.Word(k), "to"):
			to = true
		}
	}
	switch tag := t.Tokens[verb].XPOS; {
	case past || tag == "VBD":
		return -1
	case to && be: // "is to resume"
		return 1
	case tag == "VBN" && !be:
		return -1
	case (tag == "VBZ" || tag == "VBP") && rd.is(sWeekday) && !r.listed("tells", strings.ToLower(t.Tokens[verb].Lemma)):
		return 1 // "polls close Monday"
	}
	return 0
}

func (r *resolver) hasChild(rd *located, verb int, relation string) bool {
	t := r.in.Text
	first, last := r.around(rd, verb)
	for k := first; k < last; k++ {
		if t.Tokens[k].Head == verb && k != verb && strings.HasPrefix(t.Tokens[k].Relation, relation) {
			return true
		}
	}
	return false
}

// widest is how far from a verb its auxiliaries are looked for, in tokens.
const widest = 60

// around are the tokens of the sentence that can hang on a verb.
func (r *resolver) around(rd *located, verb int) (first, last int) {
	s := r.in.Text.Sentences[rd.sentence]
	return max(s.First, verb-widest), min(s.Last, verb+widest)
}

// childWord reports whether a word hangs on a token.
func (r *resolver) childWord(rd *located, verb int, word string) bool {
	t := r.in.Text
	first, last := r.around(rd, verb)
	for k := first; k < last; k++ {
		if t.Tokens[k].Head == verb && k != verb && strings.EqualFold(t.Word(k), word) {
			return true
		}
	}
	return false
}

// governor is the token that a reading hangs on; -1 where there are no trees.
func (r *resolver) governor(i int) int {
	rd := &r.readings[i]
	t := r.in.Text
	first := t.TokenAt(rd.span.Start)
	for k := first; k < len(t.Tokens) && t.Tokens[k].Span.Start < rd.span.End; k++ {
		h := t.Tokens[k].Head
		if h < 0 {
			return -1
		}
		if h != k && (h < first || t.Tokens[h].Span.Start >= rd.span.End) {
			return h
		}
	}
	return -1
}

func (r *resolver) listed(class, word string) bool {
	return r.f.lex.is(r.f.lex.classes[class], word)
}

// tenseByWords looks for a word of the future in the words before.
func (r *resolver) tenseByWords(rd *located) int {
	start := r.in.Text.Sentences[rd.sentence].Span.Start
	for k := rd.first - 1; k >= 0 && rd.first-k <= 12 && r.x[k].span.Start >= start; k-- {
		w := r.x[k].word
		if w == "," || w == ";" || w == ":" {
			return 0
		}
		if r.listed("future", w) || r.listed("scheduled", w) {
			return 1
		}
		if strings.HasSuffix(w, "ed") && len(w) > 4 || w == "was" || w == "were" || w == "said" || w == "had" {
			return -1
		}
	}
	return 0
}
