package who

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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

// tree is a text's tokens with what hangs on each.
type tree struct {
	text     *onrecord.Text
	lo, hi   []int // first and last token that hang on each, itself with them
	children [][]int
	name     []int // 1 + the name that a token is in
}

// newTree links children and measures what hangs on each token: linear in tokens.
func newTree(text *onrecord.Text) *tree {
	n := len(text.Tokens)
	t := &tree{text: text, lo: make([]int, n), hi: make([]int, n), children: make([][]int, n), name: make([]int, n)}
	count := make([]int, n+1)
	for i := range text.Tokens {
		if h := text.Tokens[i].Head; h >= 0 && h != i {
			count[h]++
		}
	}
	pool := make([]int, n)
	at := 0
	for i := range n {
		t.lo[i], t.hi[i] = i, i
		t.children[i] = pool[at : at : at+count[i]]
		at += count[i]
	}
	for i := range text.Tokens {
		if h := text.Tokens[i].Head; h >= 0 && h != i {
			t.children[h] = append(t.children[h], i)
		}
	}
	// Leaves first: a token is measured when all that hang on it are.
	ready := make([]int, 0, n)
	for i := range n {
		if count[i] == 0 {
			ready = append(ready, i)
		}
	}
	for k := 0; k < len(ready); k++ {
		i := ready[k]
		h := text.Tokens[i].Head
		if h < 0 || h == i {
			continue
		}
		t.lo[h], t.hi[h] = min(t.lo[h], t.lo[i]), max(t.hi[h], t.hi[i])
		if count[h]--; count[h] == 0 {
			ready = append(ready, h)
		}
	}
	token := 0
	for k, name := range text.Names {
		for token < n && text.Tokens[token].Span.End <= name.Span.Start {
			token++
		}
		for i := token; i < n && text.Tokens[i].Span.Start < name.Span.End; i++ {
			t.name[i] = k + 1
		}
	}
	return t
}

func (t *tree) relation(i int) string { return t.text.Tokens[i].Relation }

func (t *tree) child(i int, relation string) int {
	for _, c := range t.children[i] {
		if t.relation(c) == relation {
			return c
		}
	}
	return -1
}

// outside are the relations whose phrases are no part of a noun phrase.
var outside = map[string]bool{
	"cc": true, "mark": true, "cop": true, "aux": true, "aux:pass": true, "nsubj": true, "nsubj:pass": true, "nsubj:outer": true, "csubj": true,
	"expl": true, "advcl": true, "ccomp": true, "parataxis": true, "discourse": true, "vocative": true, "orphan": true,
	"conj": true, "reparandum": true, "dislocated": true, "punct": true, "list": true, "xcomp": true, "cc:preconj": true,
}

// phrase is the tokens [first, last) of the noun phrase of a head.
func (t *tree) phrase(head int) (first, last int) {
	first, last = head, head
	predicate := t.child(head, "cop") >= 0 || t.child(head, "nsubj") >= 0
	joint := t.child(head, "conj")
	for _, c := range t.children[head] {
		r := t.relation(c)
		switch {
		case outside[r],
			joint > head && c > joint, // of all that are joined, such as "A and B, who left"
			r == "case" && c < head,
			predicate && (r == "advmod" || r == "obl" || r == "obl:unmarked" || r == "obj"),
			r == "advmod" && c < head && c != t.lo[head] && c < first && strings.EqualFold(t.text.Word(c), "not"):
			continue
		}
		first, last = min(first, t.lo[c]), max(last, t.hi[c])
	}
	return t.trim(head, first, last+1)
}

// trim takes punctuation from a phrase's ends, but for the second bracket of a pair inside.
func (t *tree) trim(head, first, last int) (int, int) {
	for last-1 > head && t.text.Tokens[last-1].UPOS == "PUNCT" && t.text.Word(last-1) != ")" {
		last--
	}
	for first < head && (t.text.Tokens[first].UPOS == "PUNCT" || t.relation(first) == "cc") {
		first++
	}
	open := 0
	for i := first; i < last; i++ {
		switch t.text.Word(i) {
		case "(":
			open++
		case ")":
			open--
		}
	}
	switch {
	case open > 0 && last < len(t.text.Tokens) && t.text.Word(last) == ")":
		last++
	case open < 0 && t.text.Word(last-1) == ")" && last-1 > head:
		last--
	}
	return first, last
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

// weigh lists the words that tell one noun phrase from another: before and at the
// head, and of the flat parts behind it.
func (d *reader) weigh(m *mention) {
	m.words = append(m.words, m.headWord)
	if m.joint {
		m.words = m.words[:0]
		for i := m.first; i < m.last && len(m.words) < 12; i++ {
			if u := d.text.Tokens[i].UPOS; u == "NOUN" || u == "PROPN" {
				m.words = append(m.words, strings.ToLower(d.text.Word(i)))
			}
		}
		return
	}
	if m.form == onrecord.NameMention {
		d.nameWords(m)
		return
	}
	for _, c := range d.children[m.head] {
		if c < m.first || c >= m.last || len(m.words) > 12 {
			continue
		}
		switch d.relation(c) {
		case "compound", "flat", "amod", "nummod":
			for i := d.lo[c]; i <= d.hi[c] && len(m.words) < 12; i++ {
				if u := d.text.Tokens[i].UPOS; u == "NOUN" || u == "PROPN" || u == "ADJ" || u == "NUM" || u == "VERB" {
					m.words = append(m.words, strings.ToLower(d.text.Word(i)))
				}
			}
		}
	}
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

// natureOf reads kind and gender.
func (d *reader) natureOf(m *mention) {
	if m.form == onrecord.NominalMention {
		m.nature = d.lists.natures[m.headWord]
		if d.text.Tokens[m.head].XPOS == "PRP" {
			m.nature = personNature
		}
		k := d.titles[m.headWord] & (man | woman)
		m.gender = genderOf(k)
		if m.gender == 0 {
			m.gender = d.lists.genders[m.headWord]
		}
		if m.gender != 0 || m.nature == 0 && d.titles[m.headWord]&title != 0 {
			m.nature = personNature
		}
		if m.nature == 0 {
			m.nature = thingNature
			if strings.HasSuffix(m.headWord, "one") || strings.HasSuffix(m.headWord, "body") {
				m.nature = personNature
			}
		}
		return
	}
	for i := m.first; i < m.last; i++ {
		if n := d.name[i]; n > 0 && (i == m.head || d.text.Tokens[i].Head == m.head && (d.relation(i) == "flat" || d.relation(i) == "compound")) {
			switch d.text.Names[n-1].Kind {
			case onrecord.Person:
				m.nature = personNature
			case onrecord.Organization, onrecord.Group, onrecord.Government:
				m.nature = groupNature
			case onrecord.PlaceEntity:
				m.nature = placeNature
			}
			if i == m.head {
				break
			}
		}
	}
	if m.titled {
		m.nature = personNature
	}
	if m.nature == groupNature && len(m.words) < 4 && d.firstName(m.words[0]) != 0 && d.titles[m.words[len(m.words)-1]]&organization == 0 && d.text.Tokens[m.head].UPOS == "PROPN" {
		m.nature = personNature // taggers take many a first name for an organisation's
	}
	if last := m.words[len(m.words)-1]; !m.titled && len(m.words) > 1 && m.nature != personNature && (d.titles[last]&organization != 0 || d.lists.natures[last] == groupNature) {
		m.nature = groupNature // "Wesel Harbour Authority" is no place
	}
	if d.titles[m.headWord]&day != 0 && len(m.words) == 1 {
		m.nature = timeNature
	}
	given := gender(0)
	var k kind
	for i := m.first; i < m.last; i++ {
		if i != m.head && d.text.Tokens[i].Head != m.head {
			continue
		}
		w := strings.ToLower(d.text.Word(i))
		if i != m.head && d.text.Tokens[i].UPOS != "PROPN" && d.text.Tokens[i].UPOS != "NOUN" {
			continue
		}
		if r := d.relation(i); i != m.head && r != "flat" && r != "compound" && r != "nmod:desc" {
			continue
		}
		k |= d.titles[w] & (man | woman)
		if given == 0 {
			given = d.firstName(w)
		}
	}
	if m.gender = genderOf(k); m.gender == 0 && (m.nature == personNature || m.nature == 0) {
		m.gender = given
	}
	if k != 0 && m.nature == 0 {
		m.nature = personNature
	}
}

func (d *reader) firstName(w string) gender {
	if g := d.lists.given[w]; g != 0 {
		return g
	}
	switch k := d.titles[w]; {
	case k&himName != 0:
		return masculine
	case k&hersName != 0:
		return feminine
	}
	return 0
}

func genderOf(k kind) gender {
	switch k & (man | woman) {
	case man:
		return masculine
	case woman:
		return feminine
	}
	return 0
}

// place notes paragraphs, quotations, nesting and appositions of sorted mentions.
func (d *reader) place() {
	var open []int
	p, q := 0, 0
	var inside []int // open quotations
	for i := range d.mentions {
		m := &d.mentions[i]
		if !m.joint {
			d.byHead[m.head] = i + 1
		}
		for p+1 < len(d.paragraphs) && d.paragraphs[p+1].Start <= m.span.Start {
			p++
		}
		m.paragraph = p
		for q < len(d.quotations) && d.quotations[q].Outer.Start <= m.span.Start {
			inside = append(inside, q)
			q++
		}
		for len(inside) > 0 && d.quotations[inside[len(inside)-1]].Outer.End <= m.span.Start {
			inside = inside[:len(inside)-1]
		}
		if len(inside) > 0 {
			m.quotation = inside[len(inside)-1] + 1
		}
		for len(open) > 0 && d.mentions[open[len(open)-1]].last <= m.first {
			open = open[:len(open)-1]
		}
		m.nested = len(open)
		open = append(open, i)
	}
	for i := range d.mentions {
		m := &d.mentions[i]
		if m.relation == apposition && !m.joint {
			if of := d.byHead[d.text.Tokens[m.head].Head]; of > 0 {
				m.apposed = of
			}
		}
	}
}

func capitalised(w string) bool {
	c, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(c)
}
