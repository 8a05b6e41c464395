package when

import (
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode"

	"github.com/onrecord/onrecord"
)

// Version names what this package finds; stored with every finding.
const Version = "when.v1"

// Finder finds time expressions. It may be used by many goroutines at once.
type Finder struct {
	lex      *lexicon
	grammar  *grammar
	holidays []holiday
}

// New loads the word lists and compiles the rules.
func New() (*Finder, error) {
	lex, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	f := &Finder{lex: lex}
	if f.grammar, err = loadGrammar(lex); err != nil {
		return nil, err
	}
	if f.holidays, err = f.grammar.loadHolidays(); err != nil {
		return nil, err
	}
	for _, name := range []string{"scheduled", "future", "yearly", "zone"} {
		if _, ok := lex.classes[name]; !ok {
			return nil, fmt.Errorf("words: no class %q: %w", name, onrecord.ErrInvalid)
		}
	}
	return f, nil
}

// Input is a revision and what the stages before found in it. Statements may be nil;
// tokens need no tags.
type Input struct {
	Revision   *onrecord.Revision
	Text       *onrecord.Text
	Statements []onrecord.Statement
	Zone       *time.Location // of the place that the text is written from; nil where it is not known
}

// Findings are the time expressions of a text, in its order, and when each of the
// statements was made: nil where nothing is known.
type Findings struct {
	Times  []onrecord.Time
	SaidAt []*onrecord.SaidAt
}

// Find finds the time expressions of a text.
func (f *Finder) Find(in Input) Findings {
	r := resolver{f: f, in: in}
	r.read()
	r.anchor()
	r.attach()
	for i := range r.readings {
		r.place(i)
	}
	out := Findings{Times: make([]onrecord.Time, len(r.readings))}
	for i := range r.readings {
		out.Times[i] = r.time(i)
	}
	out.SaidAt = make([]*onrecord.SaidAt, len(in.Statements))
	for i := range in.Statements {
		out.SaidAt[i] = r.saidAt(i)
	}
	return out
}

// timeID is the local ID of the i-th expression.
func timeID(i int) onrecord.ID { return onrecord.ID("T" + strconv.Itoa(i+1)) }

// read fills the resolver's readings.
func (r *resolver) read() {
	l := lexer{lex: r.f.lex, text: r.in.Text.Source}
	names := r.in.Text.Names
	for s, sentence := range r.in.Text.Sentences {
		first := len(l.out)
		l.sentence(sentence.Span)
		r.x = l.out
		m := matcher{g: r.f.grammar, x: l.out, end: len(l.out)}
		for i := first; i < len(l.out); i++ {
			if l.out[i].set == 0 && l.out[i].id == 0 {
				continue
			}
			found, ok := m.at(i)
			if !ok {
				continue
			}
			m.trim(&found)
			span := onrecord.Span{Start: l.out[found.first].span.Start, End: l.out[found.last-1].span.End}
			for len(names) > 0 && names[0].Span.End <= span.Start {
				names = names[1:]
			}
			if !r.keeps(&found, span, sentence, names) {
				continue
			}
			r.readings = append(r.readings, located{reading: found, span: span, sentence: s})
			i = found.last - 1
		}
	}
	r.x = l.out
}

// located is a reading with its place in the text.
type located struct {
	reading
	span     onrecord.Span
	sentence int
}

// keeps reports whether a reading is a time expression where it stands: no year that
// is a number of things, no month that is a verb, no weekday in a newspaper's name.
func (r *resolver) keeps(rd *reading, span onrecord.Span, sentence onrecord.Sentence, ahead []onrecord.Name) bool {
	x := r.x
	first, last := &x[rd.first], &x[rd.last-1]
	for _, n := range ahead {
		if n.Span.Start >= span.End {
			break
		}
		if n.Kind == onrecord.PlaceEntity || n.Span.Start > span.Start || span.End > n.Span.End || n.Span.Len() <= span.Len() || rd.is(sYear) {
			continue
		}
		if n.Span.End != span.End || !rd.is(sWeekday) { // "Mr. Clinton Saturday vowed"
			return false
		}
	}
	single := rd.last-rd.first == 1
	if rd.last < len(x) {
		next := &x[rd.last]
		if next.hyphen && next.word == "old" || rd.rule.kind == duration && (next.word == "old" || next.word == "of") && next.word == "old" {
			return false
		}
		if rd.rule.kind == duration && rd.last+1 < len(x) && next.word == "years" && x[rd.last+1].word == "old" {
			return false
		}
	}
	word := r.token(span.Start)
	switch rd.rule.name {
	case "month":
		if !last.upper {
			return false
		}
		if single || rd.is(sMod) {
			month := last
			if next := rd.last; single && next < len(x) && x[next].upper && x[next].span.Start < sentence.Span.End && slices.Contains(givenNames, month.word) {
				return false // June Hart
			}
			if tok := r.token(month.span.Start); tok >= 0 && r.in.Text.Tokens[tok].UPOS != "" {
				if u := r.in.Text.Tokens[tok].UPOS; u != "PROPN" && u != "NOUN" {
					return false
				}
			} else if month.word == "may" || month.word == "march" {
				return rd.first > 0 && r.x[rd.first-1].span.Start >= sentence.Span.Start && slices.Contains([]string{"in", "since", "by", "until", "from", "last", "of"}, r.x[rd.first-1].word)
			}
		}
	case "year", "year-after":
		if single && first.digits == 4 && !r.yearAt(rd.first, sentence) {
			return false
		}
		if !single && !last.set.has(classYear) {
			return false
		}
	case "season":
		season := last
		if tok := r.token(season.span.Start); tok >= 0 {
			if u := r.in.Text.Tokens[tok].UPOS; u != "" && u != "NOUN" && u != "PROPN" {
				return false
			}
		}
		if single {
			return false
		}
	case "weekday":
		if !last.upper {
			return false
		}
	case "length", "first", "range":
		switch u := rd.get(sUnit); {
		case u == vHalf, u == vSecond && first.digits == 0 && rd.get(sCount) == 1000:
			return false
		case u == vQuarter && rd.last < len(x) && x[rd.last].word == "of": // of the market
			return false
		}
		if rd.get(sCount) == 0 && !rd.is(sVague) {
			return false
		}
	case "bare":
		if u := rd.get(sUnit); u == vSecond || u == vMinute || u == vQuarter {
			return false
		}
	case "quarter", "half-of":
		if single {
			return false
		}
	case "unit":
		if u := rd.get(sUnit); u == vMinute || u == vSecond {
			return false
		}
	case "earlier": // "the day before authorities moved"
		if last.word == "before" && rd.last < len(x) && unicode.IsLetter(rune(x[rd.last].word[0])) && x[rd.last].span.Start < sentence.Span.End {
			return false
		}
	case "clock-point":
		if rd.first > 0 && x[rd.first-1].word == "high" {
			return false
		}
	case "clock":
		if single && !first.set.has(classClock) {
			return false
		}
	case "past", "future", "now":
		if word >= 0 && single {
			if u := r.in.Text.Tokens[word].UPOS; u == "PROPN" {
				return false
			}
		}
	}
	return true
}

// givenNames are months that people are called.
var givenNames = []string{"april", "may", "june", "august"}

// yearAt reports whether the four figures of lexeme i are a year.
func (r *resolver) yearAt(i int, sentence onrecord.Sentence) bool {
	x := r.x
	if x[i].word == "#" {
		return false
	}
	var before, after *lexeme
	if i > 0 && x[i-1].span.Start >= sentence.Span.Start {
		before = &x[i-1]
	}
	if i+1 < len(x) {
		after = &x[i+1]
	}
	if before != nil && (before.word == "$" || before.word == "£" || before.word == "€" || before.word == "no" || before.word == "#" || before.digits > 0 && before.tight && x[i].tight) {
		return false
	}
	if after != nil && (after.word == "%" || after.set&(1<<r.f.lex.classes["units"]) != 0 || after.word == "people" || after.word == "percent") {
		return false
	}
	if tok := r.token(x[i].span.Start); tok >= 0 {
		t := r.in.Text.Tokens
		if h := t[tok].Head; h > tok && t[h].XPOS == "NNS" && (t[tok].Relation == "nummod" || t[tok].Relation == "compound" && (x[i].year < 1900 || x[i].year > 2050)) {
			return false // 1500 workers
		}
	}
	if x[i].year < 1700 {
		return before != nil && before.set&(1<<r.f.lex.classes["yearly"]) != 0
	}
	return x[i].year <= 2100
}

// token is the index of the analyser's token at an offset; -1 for none.
func (r *resolver) token(offset int) int {
	i := r.in.Text.TokenAt(offset)
	if i == len(r.in.Text.Tokens) || r.in.Text.Tokens[i].Span.Start > offset {
		return -1
	}
	return i
}
