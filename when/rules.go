package when

import (
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
)

// slot is a thing that an expression tells, such as its month.
type slot uint8

const (
	sYear slot = iota
	sMonth
	sDay
	sWeekday
	sOrdinal
	sSub
	sSeason
	sPart
	sClock
	sHour
	sMeridiem
	sZone
	sDecade
	sCentury
	sHoliday
	sDir
	sUnit
	sCount
	sVague
	sHalf
	sMod
	sApprox
	sRef
	sDeictic
	sOften
	sBound
	sAnchor
	sThat
	sYearAgo
	sISO
	slotCount
)

var slotNames = map[string]slot{
	"year": sYear, "month": sMonth, "day": sDay, "weekday": sWeekday, "ordinal": sOrdinal, "sub": sSub, "season": sSeason,
	"part": sPart, "clock": sClock, "hour": sHour, "meridiem": sMeridiem, "zone": sZone, "decade": sDecade, "century": sCentury,
	"holiday": sHoliday, "dir": sDir, "unit": sUnit, "count": sCount, "vague": sVague, "half": sHalf, "mod": sMod, "approx": sApprox,
	"ref": sRef, "deictic": sDeictic, "often": sOften, "bound": sBound, "anchor": sAnchor, "that": sThat, "yearago": sYearAgo, "iso": sISO,
	"number": sCount,
}

// kind is what an expression is.
type kind uint8

const (
	date kind = iota
	offset
	duration
	set
	ref
)

var kindNames = map[string]kind{"date": date, "offset": offset, "duration": duration, "set": set, "ref": ref}

// rule is one line of rules.txt.
type rule struct {
	name string
	kind kind
	code int // where its program begins
	// dashes says that a dash may stand inside: "12–18 months".
	dashes bool
}

// op is a step of the program that a pattern becomes.
type op struct {
	code  opcode
	class class
	slot  slot
	word  int32 // as the lexicon numbers it
	value int32
	to    int32 // of a split: the second way; of a jump: where
}

type opcode uint8

const (
	opWord opcode = iota
	opClass
	opSet
	opSplit
	opJump
	opEnd
)

// grammar is rules.txt, compiled.
type grammar struct {
	lex   *lexicon
	lets  map[string]string
	rules []rule
	code  []op
	words [][]int32   // rules that can begin with a word, by its number
	begin [64][]int32 // rules that can begin with a class
}

// bounds of patterns: macros in macros, steps of a program.
const (
	mostNested = 8
	mostCode   = 1 << 16
)

func loadGrammar(lex *lexicon) (*grammar, error) {
	lets := map[string]string{}
	g := &grammar{lex: lex, lets: lets}
	n := 0
	for line := range strings.Lines(ruleData) {
		n++
		f := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if f[0] == "" || f[0][0] == '#' {
			continue
		}
		if len(f) < 3 {
			return nil, fmt.Errorf("rules line %d: want a kind, a name and a pattern: %w", n, onrecord.ErrInvalid)
		}
		if f[0] == "let" {
			lets[f[1]] = f[2]
			continue
		}
		k, ok := kindNames[f[0]]
		if !ok {
			return nil, fmt.Errorf("rules line %d: kind %q: %w", n, f[0], onrecord.ErrInvalid)
		}
		if err := g.add(k, f[1], f[2], lets); err != nil {
			return nil, fmt.Errorf("rules line %d: %w", n, err)
		}
	}
	return g, nil
}

// add compiles a rule.
func (g *grammar) add(k kind, name, pattern string, lets map[string]string) error {
	c := compiler{g: g, lets: lets}
	start := len(g.code)
	if err := c.pattern(pattern, 0); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	g.code = append(g.code, op{code: opEnd})
	if len(g.code) > mostCode {
		return fmt.Errorf("%s: the patterns are too large: %w", name, onrecord.ErrInvalid)
	}
	g.rules = append(g.rules, rule{name: name, kind: k, code: start, dashes: name == "range"})
	seen := map[any]bool{}
	g.starts(start, int32(len(g.rules)-1), map[int]bool{}, seen)
	return nil
}

// starts files a rule under all that it can begin with.
func (g *grammar) starts(pc int, rule int32, been map[int]bool, seen map[any]bool) {
	if been[pc] {
		return
	}
	been[pc] = true
	switch o := &g.code[pc]; o.code {
	case opWord:
		if !seen[o.word] {
			seen[o.word] = true
			for len(g.words) <= int(o.word) {
				g.words = append(g.words, nil)
			}
			g.words[o.word] = append(g.words[o.word], rule)
		}
	case opClass:
		if !seen[o.class] {
			seen[o.class] = true
			g.begin[o.class] = append(g.begin[o.class], rule)
		}
	case opSet:
		g.starts(pc+1, rule, been, seen)
	case opSplit:
		g.starts(pc+1, rule, been, seen)
		g.starts(int(o.to), rule, been, seen)
	case opJump:
		g.starts(int(o.to), rule, been, seen)
	case opEnd:
	}
}

type compiler struct {
	g    *grammar
	lets map[string]string
}

// pattern compiles alternatives of sequences.
func (c *compiler) pattern(p string, depth int) error {
	if depth > mostNested {
		return fmt.Errorf("patterns nested too deep: %w", onrecord.ErrInvalid)
	}
	alternatives, err := cut(p, '|')
	if err != nil {
		return err
	}
	var jumps []int
	for i, a := range alternatives {
		split := -1
		if i+1 < len(alternatives) {
			split = c.emit(op{code: opSplit})
		}
		if err := c.sequence(a, depth); err != nil {
			return err
		}
		if split >= 0 {
			jumps = append(jumps, c.emit(op{code: opJump}))
			c.g.code[split].to = int32(len(c.g.code))
		}
	}
	for _, j := range jumps {
		c.g.code[j].to = int32(len(c.g.code))
	}
	return nil
}

func (c *compiler) emit(o op) int {
	c.g.code = append(c.g.code, o)
	return len(c.g.code) - 1
}

func (c *compiler) sequence(s string, depth int) error {
	parts, err := cut(s, ' ')
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p == "" {
			continue
		}
		if err := c.item(p, depth); err != nil {
			return err
		}
	}
	return nil
}

// item compiles one part of a sequence: a word, a class, a group or a named pattern,
// then perhaps "?" or slots to set.
func (c *compiler) item(p string, depth int) error {
	var sets string
	if i := strings.IndexByte(p, '{'); i >= 0 && p[0] != '(' {
		p, sets = p[:i], p[i:]
	} else if p[0] == '(' {
		if end := closing(p); end+1 < len(p) && p[end+1] == '{' {
			p, sets = p[:end+1], p[end+1:]
		}
	}
	optional := strings.HasSuffix(p, "?") && len(p) > 1
	split := -1
	if optional {
		p = p[:len(p)-1]
		split = c.emit(op{code: opSplit})
	}
	switch {
	case p == "":
	case p[0] == '(':
		end := closing(p)
		if end != len(p)-1 {
			return fmt.Errorf("%q: brackets: %w", p, onrecord.ErrInvalid)
		}
		if err := c.pattern(p[1:end], depth+1); err != nil {
			return err
		}
	case p[0] == '$':
		let, ok := c.lets[p[1:]]
		if !ok {
			return fmt.Errorf("%q: no such pattern: %w", p, onrecord.ErrInvalid)
		}
		if err := c.pattern(let, depth+1); err != nil {
			return err
		}
	case p[0] == '<' && p[len(p)-1] == '>':
		name, into, _ := strings.Cut(p[1:len(p)-1], ":")
		class, ok := c.g.lex.classes[name]
		if !ok {
			return fmt.Errorf("%q: no such class: %w", p, onrecord.ErrInvalid)
		}
		if into == "" {
			into = name
		}
		s, ok := slotNames[into]
		if !ok {
			return fmt.Errorf("%q: no such slot: %w", p, onrecord.ErrInvalid)
		}
		c.emit(op{code: opClass, class: class, slot: s})
	default:
		c.emit(op{code: opWord, word: c.g.lex.number(p)})
	}
	for sets != "" {
		end := strings.IndexByte(sets, '}')
		if sets[0] != '{' || end < 0 {
			return fmt.Errorf("%q: braces: %w", sets, onrecord.ErrInvalid)
		}
		name, text, _ := strings.Cut(sets[1:end], "=")
		s, ok := slotNames[name]
		if !ok {
			return fmt.Errorf("%q: no such slot: %w", sets, onrecord.ErrInvalid)
		}
		value, err := valueOf(text, s == sCount)
		if err != nil {
			return err
		}
		c.emit(op{code: opSet, slot: s, value: int32(value)})
		sets = sets[end+1:]
	}
	if optional {
		c.g.code[split].to = int32(len(c.g.code))
	}
	return nil
}

// closing is the index of the bracket that closes the one at the beginning; -1 for none.
func closing(p string) int {
	depth := 0
	for i := range len(p) {
		switch p[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// cut splits at a mark that stands outside brackets.
func cut(p string, mark byte) ([]string, error) {
	var out []string
	depth, start := 0, 0
	for i := range len(p) {
		switch p[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return nil, fmt.Errorf("%q: brackets: %w", p, onrecord.ErrInvalid)
			}
		case mark:
			if depth == 0 {
				out = append(out, p[start:i])
				start = i + 1
			}
		}
	}
	if depth != 0 {
		return nil, fmt.Errorf("%q: brackets: %w", p, onrecord.ErrInvalid)
	}
	return append(out, p[start:]), nil
}
