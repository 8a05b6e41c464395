package who

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// chain is mentions of one somebody, as far as they are found.
type chain struct {
	mentions []int // in the order they joined
	past     []int // the last ones that the ranker has passed, in text order
	gender   gender
	numbers  uint8 // a set: 1 singular, 2 plural
	natures  [8]uint16
	named    bool
	it       bool   // somebody said "it" of it
	family   string // of its pronouns, where they are of the first or second person
	last     int    // the mention furthest on
	into     int    // 1 + the chain it became part of; 0 for itself
	sentence int    // of its first mention
}

// chains are a text's mentions under resolution.
type chains struct {
	*reader
	all   []chain
	of    []int    // the chain of each mention
	links []linked // what each mention was linked to
	words map[string][]int
	heads map[string][]int // heads to mentions

	speaker []int // 1 + the mention of whoever says the words that a mention stands in
}

// linked is how a mention came to its chain.
type linked struct {
	to         int // 1 + the mention it was linked to; 0 for none
	rule       string
	confidence float64
}

func newChains(d *reader) *chains {
	c := &chains{reader: d, all: make([]chain, len(d.mentions)), of: make([]int, len(d.mentions)), links: make([]linked, len(d.mentions)), words: map[string][]int{}, heads: map[string][]int{}}
	for i := range d.mentions {
		c.of[i] = i
		m := &d.mentions[i]
		k := chain{mentions: []int{i}, gender: m.gender, last: i, named: m.form == onrecord.NameMention, sentence: m.sentence}
		if m.number != 0 {
			k.numbers = 1 << (m.number - 1)
		}
		if m.nature != 0 {
			k.natures[m.nature]++
		}
		if m.pronoun != nil && m.pronoun.person < 3 {
			k.family = m.pronoun.family
		}
		k.it = m.pronoun != nil && m.pronoun.family == "it"
		c.all[i] = k
	}
	return c
}

// chain is the chain of a mention now.
func (c *chains) chain(m int) int {
	k := c.of[m]
	for c.all[k].into > 0 {
		k = c.all[k].into - 1
	}
	c.of[m] = k
	return k
}

// join makes one of the chains of two mentions; m is the one that was linked.
func (c *chains) join(m, to int, rule string, confidence float64) {
	if c.links[m].to == 0 {
		c.links[m] = linked{to + 1, rule, confidence}
	}
	a, b := c.chain(to), c.chain(m)
	if a == b {
		return
	}
	if len(c.all[a].mentions) < len(c.all[b].mentions) {
		a, b = b, a
	}
	x, y := &c.all[a], &c.all[b]
	x.mentions = append(x.mentions, y.mentions...)
	x.past = latest(x.past, y.past)
	x.gender |= y.gender
	x.numbers |= y.numbers
	for i := range x.natures {
		x.natures[i] += y.natures[i]
	}
	x.named = x.named || y.named
	x.it = x.it || y.it
	if x.family == "" {
		x.family = y.family
	}
	x.last = max(x.last, y.last)
	x.sentence = min(x.sentence, y.sentence)
	y.into, y.mentions = a+1, nil
}

// remembered is how many mentions of a chain the ranker looks back on.
const remembered = 12

// latest are the last of two lists together, in order.
func latest(a, b []int) []int {
	if len(b) == 0 {
		return a
	}
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return out[max(0, len(out)-remembered):]
}

// nature is what most of a chain's mentions are; persons before all.
func (k *chain) nature() nature {
	best := unknownNature
	for n := personNature; n <= thingNature; n++ {
		if k.natures[n] > 0 && (best == unknownNature || k.natures[n] > k.natures[best]) {
			best = n
		}
	}
	return best
}

// byName joins names: the same words, parts of a longer one, acronyms.
func (c *chains) byName() {
	acronyms := map[string]int{}
	for pass := range 2 {
		for i := range c.mentions {
			m := &c.mentions[i]
			if m.form != onrecord.NameMention || m.joint || (len(m.words) > 1) != (pass == 0) {
				continue
			}
			if to := c.sameName(i); to >= 0 {
				c.join(i, to, "name", .95)
			} else if len(m.words) == 1 {
				if to, ok := acronyms[m.words[0]]; ok && m.headWord == m.words[0] && c.text.Word(m.head) == strings.ToUpper(c.text.Word(m.head)) {
					c.join(i, to, "acronym", .9)
				}
			}
			if len(m.words) > 1 {
				acronyms[initials(m.words, false)] = i
				acronyms[initials(m.words, true)] = i
			}
			for _, w := range m.words {
				if known := c.words[w]; len(known) < 40 {
					c.words[w] = append(known, i)
				} else {
					copy(known[20:], known[21:])
					known[39] = i
				}
			}
		}
	}
}

// initials are the first letters of words, small ones too if asked.
func initials(words []string, small bool) string {
	var b strings.Builder
	for _, w := range words {
		if !small && (w == "of" || w == "the" || w == "and" || w == "for" || w == "in" || w == "&") {
			continue
		}
		b.WriteString(w[:1])
	}
	return b.String()
}

// sameName is a mention of the same name or of one that it is part of; -1 for none.
func (c *chains) sameName(i int) int {
	m := &c.mentions[i]
	best := -1
	for _, w := range m.words {
		known := c.words[w]
		for n := len(known) - 1; n >= 0 && n >= len(known)-12; n-- {
			j := known[n]
			o := &c.mentions[j]
			switch {
			case m.gender != 0 && c.all[c.chain(j)].gender != 0 && m.gender&c.all[c.chain(j)].gender == 0:
				continue
			case slices.Equal(m.words, o.words):
				if !clash(m.nature, o.nature) || len(m.words) > 1 {
					return j
				}
			case m.nature == personNature && o.nature == personNature || len(m.words) == 1 && m.nature == unknownNature && o.nature == personNature:
				// The first or the last word of a person's name.
				short, long := m.words, o.words
				if len(short) > len(long) {
					short, long = long, short
				}
				if (short[len(short)-1] == long[len(long)-1] || len(short) == 1 && short[0] == long[0]) && partOf(short, long) && best < 0 {
					best = j
				}
			case (m.nature == o.nature || m.nature == 0 && o.nature == groupNature || m.nature == groupNature && o.nature == 0) && m.nature != personNature && m.nature != placeNature && m.headWord == o.headWord && len(m.words) != len(o.words) && min(len(m.words), len(o.words)) >= 1:
				short, long := m.words, o.words
				if len(short) > len(long) {
					short, long = long, short
				}
				if partOf(short, long) && best < 0 {
					best = j
				}
			}
		}
	}
	return best
}

// clash tells natures that one somebody cannot have.
func clash(a, b nature) bool {
	if a == 0 || b == 0 || a == b {
		return false
	}
	return a == personNature || b == personNature || a == timeNature || b == timeNature
}
