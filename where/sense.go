package where

import (
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

func itoa(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// sense is what a place's name stands for here: the place, those who act for it, or
// its people.
func (r *reader) sense(m *mention) onrecord.PlaceSense {
	switch {
	case m.people:
		return onrecord.PeopleSense
	case m.stands:
		return onrecord.GovernmentSense
	}
	head := m.last - 1
	for k := m.first; k < m.last; k++ {
		if h := r.t.Tokens[k].Head; h >= 0 && (h < m.first || h >= m.last) {
			head = k
		}
	}
	if r.acts(head, 0) {
		return onrecord.GovernmentSense
	}
	return onrecord.LiteralSense
}

// mostJoined bounds the way through "Chile, Peru, Bolivia and Brazil".
const mostJoined = 20

// acts reports whether the place that a token heads stands for those who act for it:
// they do and suffer what a place cannot, have what people have, and things are done
// for and against them.
func (r *reader) acts(head, joined int) bool {
	t, is := r.t, r.f.lists.is
	tok := &t.Tokens[head]
	if tok.Head < 0 { // no tree: by the word before
		return head > 0 && is("against", strings.ToLower(t.Word(head-1)))
	}
	governor := &t.Tokens[tok.Head]
	lemma := strings.ToLower(governor.Lemma)
	relation, kind, _ := strings.Cut(tok.Relation, ":")
	if relation == "conj" && joined < mostJoined && tok.Head != head && governor.UPOS == "PROPN" {
		return r.acts(tok.Head, joined+1)
	}
	switch before := r.preposition(head); {
	case before == "" || before == "'s" || before == "’s":
	case before == "for":
		return !is("went", lemma)
	case is("against", before):
		return true
	case before == "of" || before == "by":
		return relation == "nmod" && !is("land", lemma) && governor.UPOS == "NOUN" || before == "by" && relation == "obl"
	case before == "to":
		return is("gave", lemma)
	default:
		return false
	}
	switch relation {
	case "nsubj":
		switch {
		case kind == "pass":
			return !is("done", lemma)
		case governor.UPOS == "VERB":
			return !is("still", lemma)
		default: // "Spain was a member", "Bern is a city"
			return governor.UPOS == "NOUN" && !is("land", lemma)
		}
	case "nmod":
		return kind == "poss" && !is("land", lemma)
	case "obj", "iobj":
		return governor.UPOS == "VERB" && !is("went", lemma)
	}
	return false
}

// preposition is the one that hangs on a token; empty where there is none.
func (r *reader) preposition(head int) string {
	for k := head - 1; k >= 0 && k >= head-8; k-- {
		if r.t.Tokens[k].Head == head && r.t.Tokens[k].Relation == "case" {
			return strings.ToLower(r.t.Word(k))
		}
	}
	return ""
}

// Sense is what a place's name at a span stands for, by the words and the tree around
// it alone.
func (f *Finder) Sense(text *onrecord.Text, span onrecord.Span) onrecord.PlaceSense {
	r := reader{f: f, t: text}
	m := mention{span: span, first: text.TokenAt(span.Start), last: text.TokenAt(span.End-1) + 1}
	return r.sense(&m)
}
