package who

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

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
