package when

import (
	_ "embed"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed words.txt
var wordData string

//go:embed rules.txt
var ruleData string

// Data is the package's word lists, for a hash over all rules.
func Data() []string { return []string{wordData, ruleData, holidayData} }

// class is a kind of word that rules name; a set of them is a bit each.
type class uint8

type classSet uint64

func (s classSet) has(c class) bool { return s&(1<<c) != 0 }

// Classes that lexemes get by their form and not from the list.
const (
	classYear    class = iota // 1989, '89
	classDay                  // 3, 3rd, third, 31
	classOrdDay               // 3rd, third
	classNumber               // any quantity
	classClock                // 10:30
	classHour                 // 10, before "p.m."
	classISO                  // 2024-02-24
	classDecade               // 1980s, '80s
	classOrdinal              //
	firstListed
)

var formClasses = map[string]class{
	"year": classYear, "day": classDay, "ordday": classOrdDay, "number": classNumber, "clock": classClock,
	"hour": classHour, "iso": classISO, "decade": classDecade, "ordinal": classOrdinal,
}

// entry is what the list says of a word in one class. Values are thousandths for
// numbers, else what [name] counts.
type entry struct {
	class class
	value int
}

// names are the values that are words, as small numbers; 0 is none.
var names = []string{
	"", "START", "EARLIER", "END", "LATER", "MID", "APPROX", "LESS", "MORE", "ATLEAST", "ATMOST",
	"S", "MIN", "H", "D", "W", "F", "M", "Q", "HY", "Y", "E", "C", "L", "WE", "2W",
	"SP", "SU", "FA", "WI", "MO", "MI", "AF", "EV", "NI", "DT",
	"last", "this", "next", "preceding", "that", "following",
	"PRESENT_REF", "PAST_REF", "FUTURE_REF", "ago", "hence", "earlier", "later",
}

var nameOf = func() map[string]int {
	m := make(map[string]int, len(names))
	for i, n := range names[1:] {
		m[n] = i + 1
	}
	return m
}()

// Values of slots by name, for the code that reads them.
var (
	vStart, vEarlier, vEnd, vLater, vMid               = nameOf["START"], nameOf["EARLIER"], nameOf["END"], nameOf["LATER"], nameOf["MID"]
	vApprox, vLess, vMore, vAtLeast, vAtMost           = nameOf["APPROX"], nameOf["LESS"], nameOf["MORE"], nameOf["ATLEAST"], nameOf["ATMOST"]
	vSecond, vMinute, vHour, vDay, vWeek, vFortnight   = nameOf["S"], nameOf["MIN"], nameOf["H"], nameOf["D"], nameOf["W"], nameOf["F"]
	vMonth, vQuarter, vHalf, vYear, vDecade            = nameOf["M"], nameOf["Q"], nameOf["HY"], nameOf["Y"], nameOf["E"]
	vCentury, vMillennium, vWeekend, vTwoWeeks         = nameOf["C"], nameOf["L"], nameOf["WE"], nameOf["2W"]
	vSpring, vSummer, vAutumn, vWinter                 = nameOf["SP"], nameOf["SU"], nameOf["FA"], nameOf["WI"]
	vAfternoon, vEvening, vNight                       = nameOf["AF"], nameOf["EV"], nameOf["NI"]
	vLast, vThis, vNext, vPreceding, vThat, vFollowing = nameOf["last"], nameOf["this"], nameOf["next"], nameOf["preceding"], nameOf["that"], nameOf["following"]
	vPresentRef, vPastRef, vFutureRef                  = nameOf["PRESENT_REF"], nameOf["PAST_REF"], nameOf["FUTURE_REF"]
	vAgo, vHence, vBefore                              = nameOf["ago"], nameOf["hence"], nameOf["earlier"]
)

// lexicon is words.txt.
type lexicon struct {
	classes map[string]class
	words   map[string][]entry
	ids     map[string]int32 // of words that rules name, from 1
}

// number is the number of a word that a rule names.
func (l *lexicon) number(word string) int32 {
	n, ok := l.ids[word]
	if !ok {
		n = int32(len(l.ids) + 1)
		l.ids[word] = n
	}
	return n
}

func loadLexicon() (*lexicon, error) {
	l := &lexicon{classes: map[string]class{}, words: map[string][]entry{}, ids: map[string]int32{}}
	maps.Copy(l.classes, formClasses)
	next := firstListed
	n := 0
	for line := range strings.Lines(wordData) {
		n++
		f := strings.Fields(line)
		if len(f) == 0 || f[0][0] == '#' {
			continue
		}
		c, ok := l.classes[f[0]]
		if !ok {
			if next == 64 {
				return nil, fmt.Errorf("words line %d: more than 64 classes: %w", n, onrecord.ErrInvalid)
			}
			c, next = next, next+1
			l.classes[f[0]] = c
		}
		for _, w := range f[1:] {
			word, text, valued := strings.Cut(w, "=")
			value := 0
			if valued {
				var err error
				if value, err = valueOf(text, c == classNumber || f[0] == "ordinal"); err != nil {
					return nil, fmt.Errorf("words line %d: %s: %w", n, w, err)
				}
			}
			l.words[word] = append(l.words[word], entry{c, value})
		}
	}
	return l, nil
}

// valueOf reads a value: a name, or a number, which is kept in thousandths where it
// may be a fraction.
func valueOf(text string, quantity bool) (int, error) {
	if v, ok := nameOf[text]; ok {
		return v, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("value %q: %w", text, onrecord.ErrInvalid)
	}
	if quantity {
		f *= 1000
	}
	return int(f), nil
}

// is reports whether a word is listed in a class.
func (l *lexicon) is(c class, word string) bool {
	for _, e := range l.words[word] {
		if e.class == c {
			return true
		}
	}
	return false
}
