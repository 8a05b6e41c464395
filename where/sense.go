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
	t := r.t
	head := m.last - 1
	for k := m.first; k < m.last; k++ {
		if h := t.Tokens[k].Head; h >= 0 && (h < m.first || h >= m.last) {
			head = k
		}
	}
	tok := &t.Tokens[head]
	if tok.Head < 0 { // no tree: by the word before
		if m.first > 0 && r.f.lists.is("against", strings.ToLower(t.Word(m.first-1))) {
			return onrecord.GovernmentSense
		}
		return onrecord.LiteralSense
	}
	before := ""
	for k := head - 1; k >= 0 && k >= head-8; k-- {
		if t.Tokens[k].Head == head && t.Tokens[k].Relation == "case" {
			before = strings.ToLower(t.Word(k))
			break
		}
	}
	governor := &t.Tokens[tok.Head]
	lemma := strings.ToLower(governor.Lemma)
	switch relation, _, _ := strings.Cut(tok.Relation, ":"); {
	case before != "" && r.f.lists.is("against", before):
		return onrecord.GovernmentSense
	case before != "":
		return onrecord.LiteralSense
	case relation == "nsubj":
		if governor.UPOS == "VERB" && !r.f.lists.is("still", lemma) && tok.Relation != "nsubj:pass" {
			return onrecord.GovernmentSense
		}
	case tok.Relation == "nmod:poss":
		if r.f.lists.is("government", lemma) {
			return onrecord.GovernmentSense
		}
	case relation == "obj" || relation == "iobj":
		if governor.UPOS == "VERB" && r.f.lists.is("acted", lemma) {
			return onrecord.GovernmentSense
		}
	case relation == "conj":
		if governor.Relation == "nsubj" && governor.Head >= 0 && t.Tokens[governor.Head].UPOS == "VERB" && !r.f.lists.is("still", strings.ToLower(t.Tokens[governor.Head].Lemma)) {
			return onrecord.GovernmentSense
		}
	}
	return onrecord.LiteralSense
}
