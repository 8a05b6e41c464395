package when

// reading is an expression as a rule read it, before it has a place on the calendar.
type reading struct {
	rule        *rule
	first, last int // lexemes, last exclusive
	has         uint32
	slots       [slotCount]int
}

func (r *reading) is(s slot) bool { return r.has&(1<<s) != 0 }

// get is the value in a slot; 0 where there is none.
func (r *reading) get(s slot) int { return r.slots[s] }

func (r *reading) put(s slot, v int) {
	r.has |= 1 << s
	r.slots[s] = v
}

// matcher runs the rules over lexemes.
type matcher struct {
	g     *grammar
	x     []lexeme
	end   int // lexemes of this sentence end here
	steps int
	rule  int // being tried
	first int
	trail []filled // slots set on the way to here
	best  int      // where the longest reading ends
	by    int      // the rule that read it
	found []filled
}

// filled is a slot and what was put into it.
type filled struct {
	slot  slot
	value int
}

// mostSteps bounds the work on one rule at one place; patterns need a hundredth.
const mostSteps = 4096

// at is the reading of most words that begins with lexeme i, the first such rule's.
func (m *matcher) at(i int) (reading, bool) {
	m.best, m.by, m.first = i, -1, i
	x := &m.x[i]
	if x.id > 0 {
		m.tryAll(m.g.words[x.id])
	}
	for set, c := x.set, class(0); set != 0; set, c = set>>1, c+1 {
		if set&1 != 0 {
			m.tryAll(m.g.begin[c])
		}
	}
	if m.by < 0 {
		return reading{}, false
	}
	r := reading{rule: &m.g.rules[m.by], first: i, last: m.best}
	for _, f := range m.found {
		r.put(f.slot, f.value)
	}
	return r, true
}

func (m *matcher) tryAll(rules []int32) {
	for _, n := range rules {
		m.rule, m.steps, m.trail = int(n), 0, m.trail[:0]
		m.run(m.g.rules[n].code, m.first)
	}
}

// run takes the program from a step and a lexeme on, in every way that the pattern
// allows, and keeps the longest.
func (m *matcher) run(pc, i int) {
	for {
		if m.steps++; m.steps > mostSteps {
			return
		}
		switch o := &m.g.code[pc]; o.code {
		case opWord, opClass:
			if i >= m.end {
				return
			}
			x := &m.x[i]
			if x.dashed && i > m.first && !m.g.rules[m.rule].dashes {
				return
			}
			if o.code == opWord {
				if x.id != o.word {
					return
				}
			} else {
				if !x.set.has(o.class) {
					return
				}
				m.trail = append(m.trail, filled{o.slot, x.value(o.class)})
			}
			i++
			pc++
		case opSet:
			m.trail = append(m.trail, filled{o.slot, int(o.value)})
			pc++
		case opSplit:
			if !m.g.leads(pc+1, m, i) { // most optional parts are not there
				pc = int(o.to)
				continue
			}
			n := len(m.trail)
			m.run(pc+1, i)
			m.trail = m.trail[:n]
			pc = int(o.to)
		case opJump:
			pc = int(o.to)
		case opEnd:
			if i > m.best || i == m.best && m.rule < m.by {
				m.best, m.by = i, m.rule
				m.found = append(m.found[:0], m.trail...)
			}
			return
		}
	}
}

// leads reports whether the program can go on at a step with lexeme i, as far as the
// step alone tells.
func (g *grammar) leads(pc int, m *matcher, i int) bool {
	switch o := &g.code[pc]; o.code {
	case opWord:
		return i < m.end && m.x[i].id == o.word
	case opClass:
		return i < m.end && m.x[i].set.has(o.class)
	default:
		return true
	}
}

// trim takes the article from a reading that stands before a noun of another phrase:
// "the third-quarter results".
func (m *matcher) trim(r *reading) {
	if r.last-r.first < 3 || !m.x[r.last-1].hyphen {
		return
	}
	switch m.x[r.first].word {
	case "the", "that", "a":
		switch r.rule.name {
		case "quarter", "year-ago", "earlier", "ago", "length":
			if r.rule.name == "earlier" && m.x[r.first].word == "a" && r.last-r.first == 3 || r.rule.name != "earlier" {
				r.first++
			}
		}
	}
}
