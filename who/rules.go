package who

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// byTree joins what the tree puts beside each other: an apposition with what it
// describes, a predicate with its subject, a relative pronoun with its noun.
func (c *chains) byTree() {
	for i := range c.mentions {
		m := &c.mentions[i]
		switch {
		case m.apposed > 0:
			c.describes(i, m.apposed-1, "apposition", .9)
		case m.predicate && !m.joint:
			c.copula(i)
		case m.pronoun != nil && m.pronoun.class == "relative":
			if of := c.antecedent(m.head); of >= 0 {
				c.join(i, of, "relative", .9)
			}
		}
	}
}

// describes joins a description with whom it describes, if it may.
func (c *chains) describes(i, of int, rule string, confidence float64) {
	m, o := &c.mentions[i], &c.mentions[of]
	if m.form == onrecord.NominalMention && o.form == m.form && m.nature != o.nature {
		return // more often two phrases that were read as one
	}
	if o.joint || o.pronoun == nil && (clash(m.nature, o.nature) || m.number != 0 && o.number != 0 && m.number != o.number && m.nature != groupNature && o.nature != groupNature) {
		return
	}
	if m.nature == placeNature && o.nature == placeNature || m.nature == timeNature || m.gender != 0 && o.gender != 0 && m.gender != o.gender {
		return // "Athens, Greece"
	}
	c.join(i, of, rule, confidence)
}

// copula joins "is the mayor" with who is.
func (c *chains) copula(i int) {
	m := &c.mentions[i]
	s := c.child(m.head, "nsubj")
	if s < 0 || m.determiner != definite && m.determiner != possessed && m.form != onrecord.NameMention && m.nature != personNature {
		return
	}
	for _, k := range c.children[m.head] {
		if w := strings.ToLower(c.text.Word(k)); w == "not" || w == "n't" || w == "n’t" || w == "never" || w == "no" || c.relation(k) == "aux" && w != "has" && w != "had" && w != "have" {
			return
		}
	}
	of := c.byHead[s] - 1
	if of < 0 || c.mentions[of].pronoun != nil && c.mentions[of].pronoun.person < 3 || m.nature != personNature && m.nature != groupNature && m.form != onrecord.NameMention {
		return
	}
	if o := &c.mentions[of]; o.pronoun != nil && o.pronoun.nature == thingNature {
		return // "It was the mayor who …"
	}
	c.describes(i, of, "copula", .8)
}

// antecedent is the mention of the noun that a relative pronoun's clause hangs
// on; -1 for none.
func (c *chains) antecedent(token int) int {
	for range 8 {
		h := c.text.Tokens[token].Head
		if h < 0 || h == token {
			return -1
		}
		if c.relation(token) == "acl:relcl" {
			return c.byHead[h] - 1
		}
		token = h
	}
	return -1
}

// byRole joins "the interior minister" with the name that "Interior Minister"
// stands before, where no other name has that title.
func (c *chains) byRole() {
	titled := map[string][]int{}
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.form != onrecord.NameMention || m.joint {
			continue
		}
		words := c.titleWords(m)
		if len(words) == 0 {
			continue
		}
		last := words[len(words)-1]
		if known := titled[last]; len(known) < 20 {
			titled[last] = append(known, i)
		}
	}
	if len(titled) == 0 {
		return
	}
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.form != onrecord.NominalMention || m.joint || m.number == plural || c.links[i].to > 0 {
			continue
		}
		switch {
		case m.determiner == definite, m.determiner == possessed:
		case m.determiner == bare && m.paragraph == 0 && len(c.paragraphs) > 1 && m.nature == personNature: // a headline
		default:
			continue
		}
		found, several := -1, false
		for _, j := range titled[m.headWord] {
			if _, extra := overlap(m.words, c.titleWords(&c.mentions[j])); extra > 0 {
				continue
			}
			if found >= 0 && c.chain(found) != c.chain(j) {
				several = true
			}
			if found < 0 || j < i {
				found = j
			}
		}
		if found >= 0 && !several {
			c.join(i, found, "role", .85)
		}
	}
}

// byHeadline joins a headline's phrase with the same words in the paragraph below.
func (c *chains) byHeadline() {
	if len(c.paragraphs) < 2 {
		return
	}
	for i := range c.mentions {
		m := &c.mentions[i]
		if m.paragraph > 1 {
			return
		}
		if m.paragraph == 0 || m.form != onrecord.NominalMention || m.joint || len(m.words) < 2 || m.determiner == quantified || m.determiner == possessed {
			continue
		}
		for j := range min(i, 20) {
			if o := &c.mentions[j]; o.paragraph == 0 && o.form == m.form && !o.joint && o.determiner != possessed && slices.Equal(o.words, m.words) && o.number == m.number {
				c.join(i, j, "headline", .9)
				break
			}
		}
	}
}

// titleWords are the words of a title before a name: "interior", "minister".
func (c *chains) titleWords(m *mention) []string {
	name := c.nameSpan(m)
	var out []string
	for i := m.first; i < m.last && c.text.Tokens[i].Span.Start < name.Start && len(out) < 6; i++ {
		if u := c.text.Tokens[i].UPOS; u == "NOUN" || u == "PROPN" || u == "ADJ" {
			if w := strings.ToLower(c.text.Word(i)); c.titles[w]&honorific == 0 {
				out = append(out, w)
			}
		}
	}
	if m.titled && len(out) > 0 && c.child(m.head, "nmod:desc") >= 0 {
		return out
	}
	if len(out) == 0 || c.titles[out[len(out)-1]]&title == 0 && c.lists.natures[out[len(out)-1]] != personNature {
		return nil
	}
	return out
}

// nameSpan is a name without the words before it that are none of its own.
func (c *chains) nameSpan(m *mention) onrecord.Span {
	if m.form != onrecord.NameMention || len(m.words) == 0 {
		return m.span
	}
	first, last, at := -1, m.head, 0
	for i := m.first; i < m.last && at < len(m.words); i++ {
		if key(c.text.Word(i)) == m.words[at] {
			if first < 0 {
				first = i
			}
			last = i
			at++
		}
	}
	if first < 0 {
		return m.span
	}
	return onrecord.Span{Start: c.text.Tokens[first].Span.Start, End: c.text.Tokens[last].Span.End}
}

// own is a stretch of somebody's own words.
type own struct {
	span      onrecord.Span
	statement int
}

// bySpeaker ties the "I" of somebody's own words to who says them, "we" to a
// group that does, and "you" to whom they are said.
func (c *chains) bySpeaker(statements []onrecord.Statement) {
	c.speaker = make([]int, len(c.mentions))
	var words []own
	for i := range statements {
		st := &statements[i]
		switch {
		case strings.HasSuffix(st.Cue.Lemma, ":") || st.Rule == "label":
			for _, s := range st.Content.Spans {
				words = append(words, own{s, i})
			}
		default:
			for _, s := range st.Verbatim {
				words = append(words, own{s, i})
			}
		}
	}
	if len(words) == 0 {
		return
	}
	slices.SortStableFunc(words, func(a, b own) int {
		if a.span.Start != b.span.Start {
			return a.span.Start - b.span.Start
		}
		return b.span.End - a.span.End
	})
	source := map[int]int{}
	var open []own
	next := 0
	for i := range c.mentions {
		m := &c.mentions[i]
		for next < len(words) && words[next].span.Start <= m.span.Start {
			for len(open) > 0 && open[len(open)-1].span.End <= words[next].span.Start {
				open = open[:len(open)-1]
			}
			open = append(open, words[next])
			next++
		}
		for len(open) > 0 && open[len(open)-1].span.End <= m.span.Start {
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			continue
		}
		st := open[len(open)-1].statement
		to, ok := source[st]
		if !ok {
			to = c.top(statements[st].Source.Spans)
			source[st] = to
		}
		if to < 0 || to == i {
			continue
		}
		c.speaker[i] = to + 1
		if m.pronoun == nil {
			continue
		}
		o := &c.mentions[to]
		switch m.pronoun.family {
		case "i":
			if o.number != plural {
				c.join(i, to, "first-person", .9)
			}
		case "we":
			if o.number == plural || o.nature == groupNature || o.joint || o.form == onrecord.NameMention && o.nature != personNature {
				c.join(i, to, "first-person", .8)
			}
		case "you":
			if a := c.top(statements[st].Addressee); a >= 0 && a != i {
				c.join(i, a, "second-person", .7)
			}
		}
	}
}

// outer is the one token of a span that hangs on none of it; -1 where there are
// several or none.
func (c *chains) outer(s onrecord.Span) int {
	found := -1
	for t := c.text.TokenAt(s.Start); t < len(c.text.Tokens) && c.text.Tokens[t].Span.Start < s.End; t++ {
		h := c.text.Tokens[t].Head
		if c.text.Tokens[t].UPOS == "PUNCT" || h >= 0 && h != t && s.Contains(c.text.Tokens[h].Span) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = t
	}
	return found
}

// top is the outermost mention inside spans; -1 for none.
func (c *chains) top(spans []onrecord.Span) int {
	if len(spans) == 0 {
		return -1
	}
	s := spans[0]
	at, _ := slices.BinarySearchFunc(c.mentions, s.Start, func(m mention, start int) int { return m.span.Start - start })
	if t := c.outer(s); t >= 0 && c.byHead[t] > 0 {
		i := c.byHead[t] - 1
		if j := i - 1; j >= 0 && c.mentions[j].joint && c.mentions[j].head == t && c.mentions[j].span.End <= s.End+2 {
			return j
		}
		return i
	}
	best := -1
	for i := at; i < len(c.mentions) && c.mentions[i].span.Start < s.End; i++ {
		m := &c.mentions[i]
		if m.span.End > s.End+2 && !s.Contains(c.text.Tokens[m.head].Span) {
			continue
		}
		h := c.text.Tokens[m.head].Head
		if h == m.head || h < 0 || !s.Contains(c.text.Tokens[h].Span) {
			if m.joint {
				return i
			}
			if best < 0 {
				best = i
			}
			continue
		}
		if best < 0 {
			best = i
		}
	}
	if best < 0 && at > 0 {
		// The source begins inside a longer phrase.
		t := c.text.TokenAt(s.Start)
		for ; t < len(c.text.Tokens) && c.text.Tokens[t].Span.Start < s.End; t++ {
			if i := c.byHead[t]; i > 0 {
				return i - 1
			}
		}
	}
	return best
}
