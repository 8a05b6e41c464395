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
	g      *grammar
	x      []lexeme
	end    int // lexemes of this sentence end here
	steps  int
	best   int
	found  reading
	trying reading
}

// mostSteps bounds the work on one rule at one place; patterns need a hundredth.
const mostSteps = 4096

// at is the reading of most words that begins with lexeme i, the first such rule's.
func (m *matcher) at(i int) (reading, bool) {
	m.best = i
	x := &m.x[i]
	m.tryAll(i, m.g.words[x.word])
	for set, c := x.set, class(0); set != 0; set, c = set>>1, c+1 {
		if set&1 != 0 {
			m.tryAll(i, m.g.begin[c])
		}
	}
	return m.found, m.best > i
}

func (m *matcher) tryAll(i int, rules []int32) {
	for _, n := range rules {
		r := &m.g.rules[n]
		m.trying = reading{rule: r, first: i}
		m.steps = 0
		m.run(r.code, i)
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
			if i >= m.end || i > m.trying.first && m.x[i].dashed && !m.trying.rangeAllowed() {
				return
			}
			x := &m.x[i]
			if o.code == opWord {
				if x.word != o.word {
					return
				}
			} else {
				if !x.set.has(o.class) {
					return
				}
				m.trying.put(o.slot, x.value(o.class))
			}
			i++
			pc++
		case opSet:
			m.trying.put(o.slot, o.value)
			pc++
		case opSplit:
			saved := m.trying
			m.run(pc+1, i)
			m.trying = saved
			pc = o.to
		case opJump:
			pc = o.to
		case opEnd:
			if i > m.best || i == m.best && m.best > m.trying.first && m.trying.rule.code < m.found.rule.code {
				m.trying.last = i
				m.best, m.found = i, m.trying
			}
			return
		}
	}
}

// rangeAllowed reports whether a dash may stand inside: "12–18 months".
func (r *reading) rangeAllowed() bool { return r.rule.name == "range" }

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
