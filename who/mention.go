package who

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/quote"
)

// mention is a phrase that may refer to somebody or something.
type mention struct {
	first, last, head int // tokens [first, last); the head's index
	span              onrecord.Span
	form              onrecord.MentionForm
	pronoun           *pronoun // nil for none
	joint             bool     // several joined by "and" or "or"
	modifier          bool     // a name before a noun: "[Kyiv] officials"
	predicate         bool     // what somebody is said to be: "is [a doctor]"
	apposed           int      // 1 + the mention it describes; 0 for none
	sentence          int
	paragraph         int
	quotation         int // 1 + the innermost quotation around it; 0 for none
	relation          relation
	determiner        determiner
	gender            gender
	number            number
	nature            nature
	words             []string // lower-case words of weight: the name's, or modifiers and head
	headWord          string   // lower-case lemma of the head
	verb              int      // the token that the head hangs on as an argument; -1 for none
	owner             int      // head token of the noun that a possessive belongs to; -1 for none
	titled            bool     // a name behind a title
	nested            int      // how many mentions it stands in
}

// relation is the place of a mention in its clause.
type relation uint8

const (
	otherRelation relation = iota
	subject
	passiveSubject
	object
	indirect
	oblique
	ofNoun
	possessor
	conjunct
	apposition
	rootRelation
	compound
	vocative
)

// determiner is the word that opens a noun phrase.
type determiner uint8

const (
	bare determiner = iota
	definite
	indefinite
	demonstrative
	possessed
	quantified
)

var relations = map[string]relation{
	"nsubj": subject, "csubj": subject, "nsubj:pass": passiveSubject, "nsubj:outer": subject, "obj": object, "iobj": indirect,
	"obl": oblique, "obl:agent": oblique, "obl:unmarked": oblique, "obl:npmod": oblique, "nmod": ofNoun, "nmod:poss": possessor,
	"conj": conjunct, "appos": apposition, "root": rootRelation, "compound": compound, "vocative": vocative,
}

// outside are the relations whose phrases are no part of a noun phrase.
var outside = map[string]bool{
	"cc": true, "mark": true, "cop": true, "aux": true, "aux:pass": true, "nsubj": true, "nsubj:pass": true, "nsubj:outer": true, "csubj": true,
	"expl": true, "advcl": true, "ccomp": true, "parataxis": true, "discourse": true, "vocative": true, "orphan": true,
	"conj": true, "reparandum": true, "dislocated": true, "punct": true, "list": true, "xcomp": true, "cc:preconj": true,
}

// reader finds mentions.
type reader struct {
	*tree
	lists      *lists
	titles     map[string]kind
	paragraphs []onrecord.Span
	quotations []quote.Quotation
	mentions   []mention
	byHead     map[int]int // 1 + the mention of a head token that is no joint one
}

// mentions lists the mentions of a text with trees, in text order, longer ones first.
func (r *Resolver) mentions(text *onrecord.Text) *reader {
	d := &reader{tree: newTree(text), lists: r.lists, titles: r.words, byHead: map[int]int{}}
	d.paragraphs = quote.Paragraphs(text.Source)
	d.quotations = quote.FindIn(text.Source, d.paragraphs)
	for s, sentence := range text.Sentences {
		for i := sentence.First; i < sentence.Last; i++ {
			d.consider(i, s)
		}
	}
	slices.SortStableFunc(d.mentions, func(a, b mention) int {
		if a.first != b.first {
			return a.first - b.first
		}
		return b.last - a.last
	})
	d.place()
	return d
}

// consider adds the mentions that a token heads.
func (d *reader) consider(i, sentence int) {
	tok := &d.text.Tokens[i]
	word := strings.ToLower(d.text.Word(i))
	p := d.lists.pronouns[word]
	switch tok.UPOS {
	case "PRON", "DET":
		if quantifiers[word] && d.child(i, "nmod") > i {
			break // "all of us"
		}
		if p == nil || tok.UPOS == "DET" && (p.class == "demonstrative" || p.class == "relative") || tok.Relation == "expl" || tok.Relation == "fixed" {
			if p != nil || tok.UPOS == "DET" {
				return
			}
			break // "everybody", "both": read as a noun
		}
		if p.class == "other" && tok.Relation == "nummod" {
			return
		}
		if p.family == "that" && tok.XPOS != "DT" {
			return // a relative pronoun or a conjunction
		}
		if h := tok.Head; p.family == "it" && h >= 0 && d.titles[d.text.Tokens[h].Lemma]&weather != 0 {
			return // "It was raining."
		}
		m := mention{first: i, last: i + 1, head: i, form: onrecord.PronounMention, pronoun: p, sentence: sentence}
		m.number, m.gender, m.nature = p.number, p.gender, p.nature
		d.add(m)
		return
	case "NOUN", "PROPN":
		if d.strayTitle(i) {
			return
		}
		switch tok.Relation {
		case "flat", "fixed", "goeswith", "nmod:desc":
			return
		case "compound", "amod":
			if tok.UPOS != "PROPN" || !d.modifierName(i) {
				return
			}
			first, last := d.modifierSpan(i)
			d.add(mention{first: first, last: last, head: i, form: onrecord.NameMention, modifier: true, sentence: sentence})
			return
		}
	case "NUM":
		if tok.Relation == "nummod" || tok.Relation == "compound" || tok.Relation == "flat" {
			return
		}
	case "ADJ":
		c := d.child(i, "nmod") // "many of the monks"
		if c < 0 || !quantifiers[word] || d.child(c, "case") < 0 {
			return
		}
	case "X", "SYM":
		if d.name[i] == 0 {
			return
		}
	default:
		return
	}
	first, last := d.phrase(i)
	if first == i && i > 0 && d.strayTitle(i-1) {
		first--
	}
	form := onrecord.NominalMention
	if tok.UPOS == "NOUN" && d.nameBehind(i) >= 0 {
		form = onrecord.NameMention // "curator Ada Quist"
	}
	if tok.UPOS == "PROPN" || d.name[i] > 0 && tok.UPOS != "NOUN" {
		form = onrecord.NameMention
	}
	if tok.UPOS == "PRON" {
		form = onrecord.NominalMention
	}
	d.add(mention{first: first, last: last, head: i, form: form, sentence: sentence, predicate: d.child(i, "cop") >= 0})
	if c := d.child(i, "conj"); c >= 0 && nominal(d.text.Tokens[c].UPOS) && tok.Relation != "conj" {
		end := last
		for _, c := range d.children[i] {
			if d.relation(c) == "conj" && nominal(d.text.Tokens[c].UPOS) {
				_, e := d.phrase(c)
				end = max(end, e)
			}
		}
		for _, k := range d.children[i] { // "A and B, who left"
			if k > c && (d.relation(k) == "acl:relcl" || d.relation(k) == "nmod" || d.relation(k) == "acl") {
				end = max(end, d.hi[k]+1)
			}
		}
		d.add(mention{first: first, last: end, head: i, form: onrecord.NominalMention, joint: true, number: plural, sentence: sentence})
	}
}

// strayTitle tells a title that a wrong tree hangs beside the name it belongs to, on
// the same word and in the same way: "“…,” Mayor Lena Okafor said".
func (d *reader) strayTitle(i int) bool {
	if i+1 >= len(d.text.Tokens) || d.titles[strings.ToLower(d.text.Word(i))]&(title|honorific) == 0 || len(d.children[i]) > 0 {
		return false
	}
	a, b := &d.text.Tokens[i], &d.text.Tokens[i+1]
	return b.UPOS == "PROPN" && d.person(i+1) && a.Head == b.Head && a.Relation == b.Relation && a.Head != i
}

// nameBehind is the first token of a name that hangs flat on a common noun; -1 for none.
func (d *reader) nameBehind(i int) int {
	if c := d.child(i, "flat"); c > i && d.text.Tokens[c].UPOS == "PROPN" {
		return c
	}
	return -1
}

func nominal(upos string) bool { return upos == "NOUN" || upos == "PROPN" || upos == "PRON" }

// quantifiers head phrases such as "many of the monks".
var quantifiers = map[string]bool{
	"many": true, "some": true, "most": true, "several": true, "few": true, "all": true, "both": true, "each": true, "any": true, "none": true, "either": true, "neither": true, "more": true,
}

// modifierName tells a name before a noun that is no part of it.
func (d *reader) modifierName(i int) bool {
	h := d.text.Tokens[i].Head
	if h < 0 || h == i {
		return false
	}
	return d.text.Tokens[h].UPOS != "PROPN" || d.name[i] > 0 && d.name[i] != d.name[h]
}

// modifierSpan is a modifier with the parts of its name that hang on it.
func (d *reader) modifierSpan(i int) (first, last int) {
	first, last = i, i
	for _, c := range d.children[i] {
		switch d.relation(c) {
		case "compound", "flat", "amod", "nmod", "case", "det":
			first, last = min(first, d.lo[c]), max(last, d.hi[c])
		}
	}
	return d.trim(i, first, last+1)
}

func (d *reader) add(m mention) {
	m.span = onrecord.Span{Start: d.text.Tokens[m.first].Span.Start, End: d.text.Tokens[m.last-1].Span.End}
	d.describe(&m)
	d.mentions = append(d.mentions, m)
}

// describe reads from a mention's words and place what they tell.
func (d *reader) describe(m *mention) {
	tok := &d.text.Tokens[m.head]
	m.relation = relations[tok.Relation]
	if m.relation == 0 {
		base, _, _ := strings.Cut(tok.Relation, ":")
		m.relation = relations[base]
	}
	m.verb, m.owner = -1, -1
	h := tok.Head
	if m.relation == conjunct && h >= 0 { // "A and B left": B leaves too
		if r := relations[d.relation(h)]; r != 0 && nominal(d.text.Tokens[h].UPOS) {
			h = d.text.Tokens[h].Head
			if r == subject || r == object || r == oblique || r == passiveSubject {
				m.relation = r
			}
		}
	}
	if m.relation == possessor {
		m.owner = h
	}
	for steps := 0; h >= 0 && steps < 8; steps++ {
		if u := d.text.Tokens[h].UPOS; u == "VERB" || u == "AUX" || d.text.Tokens[h].Head == h {
			m.verb = h
			break
		}
		h = d.text.Tokens[h].Head
	}
	m.headWord = strings.ToLower(tok.Lemma)
	if m.headWord == "" || m.headWord == "_" || tok.XPOS == "NN" || m.form == onrecord.NameMention {
		m.headWord = strings.ToLower(d.text.Word(m.head))
	}
	if m.pronoun != nil {
		m.headWord = strings.ToLower(d.text.Word(m.head))
		return
	}
	m.determiner = d.determiner(m)
	d.weigh(m)
	if m.joint {
		return
	}
	switch tok.XPOS {
	case "NNS", "NNPS":
		m.number = plural
	case "NN", "NNP":
		m.number = singular
	}
	d.natureOf(m)
}

func (d *reader) determiner(m *mention) determiner {
	if d.text.Tokens[m.head].UPOS == "PRON" {
		return quantified
	}
	for _, c := range d.children[m.head] {
		switch d.relation(c) {
		case "nmod:poss":
			return possessed
		case "det", "det:predet":
			switch strings.ToLower(d.text.Word(c)) {
			case "the":
				return definite
			case "a", "an":
				return indefinite
			case "this", "that", "these", "those":
				return demonstrative
			default:
				return quantified
			}
		case "nummod":
			if c == m.first {
				return quantified
			}
		}
	}
	return bare
}

// nameWords lists the words of a name in order, titles before it left out.
func (d *reader) nameWords(m *mention) {
	m.words = m.words[:0]
	titled := 0 // words up to the last title
	behind := -1
	if d.text.Tokens[m.head].UPOS == "NOUN" {
		behind = d.nameBehind(m.head)
	}
	for i := m.first; i < m.last && len(m.words) < 12; i++ {
		if i > m.head && d.text.Tokens[i].UPOS == "ADP" && d.person(m.head) {
			break // "Ada Quist of Wesel"
		}
		switch u := d.text.Tokens[i].UPOS; {
		case u == "PUNCT" && d.text.Word(i) != "&", u == "PART":
			continue
		case i != m.head && d.name[i] > 0 && d.name[i] == d.name[m.head]:
		case i < m.head && d.relation(i) == "nmod:poss" && capitalised(d.text.Word(i)) && capitalised(d.text.Word(m.head)) && d.text.Tokens[i].Head == m.head && (d.titles[d.headLower(m)]&organization != 0 || d.lists.natures[d.headLower(m)] == groupNature):
		case i != m.head && (u != "PROPN" && u != "NOUN" && u != "NUM" && u != "X" && u != "ADJ" || !d.flatly(i, m.head)):
			continue
		}
		w := key(d.text.Word(i))
		if w == "the" || w == "'s" || w == "’s" || w == "’" || w == "'" {
			continue
		}
		m.words = append(m.words, w)
		if d.titles[w]&honorific != 0 || d.titles[w]&title != 0 && (d.lists.natures[w] == personNature || d.titles[w]&(man|woman) != 0 || d.person(m.head)) || behind > i {
			titled = len(m.words)
		}
	}
	if last := m.words; titled > 0 && titled < len(last) && (behind >= 0 || d.titles[last[len(last)-1]]&organization == 0) {
		m.titled = true
		m.words = m.words[titled:]
	}
	if c := d.child(m.head, "nmod:desc"); c >= 0 && c < m.head && d.text.Tokens[m.head].UPOS == "PROPN" {
		m.titled = true
	}
	if len(m.words) == 0 {
		m.words = append(m.words, m.headWord)
	}
}

// person tells a token inside a name that the analyser takes for a person's.
func (d *reader) person(i int) bool {
	return d.name[i] > 0 && d.text.Names[d.name[i]-1].Kind == onrecord.Person
}

func (d *reader) headLower(m *mention) string { return strings.ToLower(d.text.Word(m.head)) }

// flatly tells a token that hangs on a name's head by parts of names alone.
func (d *reader) flatly(i, head int) bool {
	for range 4 {
		switch d.relation(i) {
		case "flat", "compound", "amod", "nummod", "goeswith":
		default:
			return false
		}
		if i = d.text.Tokens[i].Head; i == head {
			return true
		}
	}
	return false
}
