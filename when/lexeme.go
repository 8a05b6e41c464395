package when

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// lexeme is a word, a number or a mark as the rules read it. Hyphens and the like
// between words are not lexemes: "third-quarter" is two.
type lexeme struct {
	span    onrecord.Span
	word    string // lower case
	id      int32  // of a word that rules name; 0 for others
	set     classSet
	entries []entry
	number  int // thousandths, of what has classNumber or classOrdinal
	year    int // of classYear and classDecade
	clock   int // minutes of the day, of classClock
	date    [3]int
	digits  int  // figures it is written in; 0 for words
	tight   bool // no white space before it
	hyphen  bool // a hyphen before it
	dashed  bool // more than a hyphen stood there
	upper   bool // begins with a capital
}

// value is what a lexeme means in a class.
func (x *lexeme) value(c class) int {
	switch c {
	case classYear, classDecade:
		return x.year
	case classDay, classOrdDay, classHour:
		return x.number / 1000
	case classNumber:
		return x.number
	case classOrdinal:
		return x.number / 1000
	case classClock:
		if x.set.has(classClock) {
			return x.clock
		}
	}
	for _, e := range x.entries {
		if e.class == c {
			return e.value
		}
	}
	return 0
}

// lexer cuts a sentence into lexemes.
type lexer struct {
	lex  *lexicon
	text string
	out  []lexeme
}

// sentence appends the lexemes of a stretch of text.
func (l *lexer) sentence(s onrecord.Span) {
	first := len(l.out)
	space, hyphen, dashed := true, false, false
	for at := s.Start; at < s.End; {
		r, size := utf8.DecodeRuneInString(l.text[at:s.End])
		start := at
		var x lexeme
		switch {
		case unicode.IsSpace(r):
			at += size
			space = true
			continue
		case isDigit(r):
			at = l.figures(&x, at, s.End)
		case unicode.IsLetter(r):
			at = l.letters(&x, at, s.End)
		case (r == '\'' || r == '’' || r == '‘') && at+size < s.End:
			end := at + size
			next, _ := utf8.DecodeRuneInString(l.text[end:s.End])
			switch {
			case isDigit(next): // '89, the '80s
				at = l.figures(&x, end, s.End)
				short(&x)
			case unicode.IsLetter(next):
				end = l.letters(&x, end, s.End)
				x = lexeme{}
				x.word = "'" + strings.ToLower(strings.TrimLeft(l.text[at:end], "'’‘"))
				at = end
			default:
				at = end
				x.word = "'"
			}
		case r == '-' || r == '‐' || r == '‑' || r == '–' || r == '—' || r == '/':
			hyphen = !space
			dashed = dashed || space || r == '—' || r == '/' || len(l.out) > first && l.out[len(l.out)-1].digits > 0 && r == '–'
			at += size
			if next, _ := utf8.DecodeRuneInString(l.text[min(at, s.End):s.End]); unicode.IsSpace(next) {
				dashed = true
			}
			continue
		default:
			at += size
			x.word = l.text[start:at]
		}
		x.span = onrecord.Span{Start: start, End: at}
		x.tight, x.hyphen, x.dashed = !space, hyphen, dashed
		first, _ := utf8.DecodeRuneInString(l.text[start:])
		x.upper = unicode.IsUpper(first)
		x.entries, x.id = l.lex.words[x.word], l.lex.ids[x.word]
		for _, e := range x.entries {
			x.set |= 1 << e.class
			if e.class == classNumber || e.class == classOrdinal {
				x.number = e.value
			}
		}
		if x.set.has(classOrdinal) && x.digits == 0 && x.number/1000 <= 31 {
			x.set |= 1<<classDay | 1<<classOrdDay
		}
		formed(&x)
		l.out = append(l.out, x)
		space, hyphen, dashed = false, false, false
	}
	l.join(first)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// letters reads a word: letters, with the periods of an abbreviation ("p.m.",
// "Sept.") where the list knows it.
func (l *lexer) letters(x *lexeme, at, end int) int {
	stop := run(l.text, at, end, unicode.IsLetter)
	word := strings.ToLower(l.text[at:stop])
	if stop < end && l.text[stop] == '.' {
		longer := stop + 1
		for longer < end && longer-stop < 5 && (l.text[longer] == '.' || l.text[longer]|0x20 >= 'a' && l.text[longer]|0x20 <= 'z') {
			longer++
		}
		for ; longer > stop; longer-- {
			if w := strings.ToLower(l.text[at:longer]); len(l.lex.words[w]) > 0 && (longer == end || l.text[longer-1] == '.' || !unicode.IsLetter(rune(l.text[longer]))) {
				word, stop = w, longer
				break
			}
		}
	}
	if word == "o" && stop+6 < end && strings.HasPrefix(strings.ReplaceAll(l.text[stop:min(end, stop+8)], "’", "'"), "'clock") {
		word = "o'clock"
		stop = run(l.text, stop, end, func(r rune) bool { return unicode.IsLetter(r) || r == '\'' || r == '’' })
	}
	x.word = word
	return stop
}

func run(text string, at, end int, in func(rune) bool) int {
	for at < end {
		r, size := utf8.DecodeRuneInString(text[at:end])
		if !in(r) {
			break
		}
		at += size
	}
	return at
}

// figures reads a number and what belongs to it: "1,500", "2.5", "3rd", "1980s",
// "10:30", "10.30" before "pm", "2024-02-24", "22/03/2013".
func (l *lexer) figures(x *lexeme, at, end int) int {
	stop := run(l.text, at, end, isDigit)
	x.digits = stop - at
	n := 0
	for i := at; i < stop && i < at+9; i++ {
		n = n*10 + int(l.text[i]-'0')
	}
	x.word = l.text[at:stop]
	if x.digits > 9 {
		return stop
	}
	rest := l.text[stop:end]
	if s, ok := calendarDate(l.text[at:end], x.date[:]); ok {
		x.set |= 1 << classISO
		return at + s
	}
	if m := after(rest, ":", 2); m >= 0 && x.digits <= 2 && n <= 24 && m < 60 {
		x.clock = n*60 + m
		x.set |= 1 << classClock
		stop += 3
		if s := after(l.text[stop:end], ":", 2); s >= 0 {
			stop += 3
		}
		return stop
	}
	x.number = n * 1000
	for after(l.text[stop:end], ",", 3) >= 0 && x.digits <= 3 {
		x.number = min(x.number*1000+after(l.text[stop:end], ",", 3)*1000, 1<<40)
		stop += 4
		x.word = "#"
	}
	if len(rest) > 1 && rest[0] == '.' && isDigit(rune(rest[1])) && x.word != "#" {
		if m := after(rest, ".", 2); m >= 0 && n <= 12 && x.digits <= 2 && m < 60 && l.meridiem(rest[3:]) {
			x.clock = n*60 + m
			x.set |= 1 << classClock
			return stop + 3
		}
		digits := run(l.text, stop+1, end, isDigit)
		unit := 100
		for i := stop + 1; i < digits && unit > 0; i++ {
			x.number += int(l.text[i]-'0') * unit
			unit /= 10
		}
		x.word = "#"
		x.set |= 1 << classNumber
		return digits
	}
	suffix := run(l.text, stop, end, unicode.IsLetter)
	switch strings.ToLower(l.text[stop:suffix]) {
	case "":
	case "st", "nd", "rd", "th":
		x.set |= 1 << classOrdinal
		if n >= 1 && n <= 31 {
			x.set |= 1<<classDay | 1<<classOrdDay
		}
		return suffix
	case "s":
		if x.digits == 4 && n%10 == 0 && n >= 1000 || x.digits == 2 && n%10 == 0 {
			x.set |= 1 << classDecade
			x.year = n
		}
		return suffix
	case "am", "pm": // "10pm" is two
	default:
		if x.digits > 2 || !(len(l.lex.words[strings.ToLower(l.text[stop:suffix])]) > 0) {
			x.word = "?"
			return suffix // a code such as 4K or B52
		}
	}
	if x.word == "#" {
		x.set |= 1 << classNumber
		return stop
	}
	x.set |= 1 << classNumber
	if x.digits == 4 && n >= 1000 && n < 2200 {
		x.set |= 1 << classYear
		x.year = n
	}
	if x.digits <= 2 && n >= 1 && n <= 31 {
		x.set |= 1 << classDay
		if n <= 24 {
			x.set |= 1 << classHour
		}
	}
	return stop
}

// meridiem reports whether "am" or "pm" follows.
func (l *lexer) meridiem(s string) bool {
	s = strings.TrimLeft(s, " \u00a0")
	return len(s) >= 2 && (s[0]|0x20 == 'a' || s[0]|0x20 == 'p') && (s[1]|0x20 == 'm' || s[1] == '.')
}

// after is the number of exactly so many figures behind a mark; -1 for none.
func after(s, mark string, digits int) int {
	if !strings.HasPrefix(s, mark) || len(s) < 1+digits {
		return -1
	}
	n := 0
	for i := 1; i <= digits; i++ {
		if !isDigit(rune(s[i])) {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	if len(s) > 1+digits && isDigit(rune(s[1+digits])) {
		return -1
	}
	return n
}

// calendarDate reads "2024-02-24", "2024-02", "22/03/2013", "03.22.2013" and the
// like, and how long it is. Where day and month cannot be told from each other
// (03/04/2013) both are left unknown.
func calendarDate(s string, date []int) (int, bool) {
	var n [3]int
	var width [3]int
	at, parts := 0, 0
	mark := byte(0)
	for parts < 3 {
		start := at
		for at < len(s) && isDigit(rune(s[at])) && at-start < 5 {
			n[parts] = n[parts]*10 + int(s[at]-'0')
			at++
		}
		width[parts] = at - start
		if at == start {
			return 0, false
		}
		parts++
		if parts == 3 || at+1 >= len(s) || !isDigit(rune(s[at+1])) || s[at] != '-' && s[at] != '/' && s[at] != '.' || mark != 0 && s[at] != mark {
			break
		}
		mark = s[at]
		at++
	}
	if at < len(s) && (isDigit(rune(s[at])) || s[at] == '-' || s[at] == '/') {
		return 0, false
	}
	switch {
	case parts == 3 && width[0] == 4 && width[1] <= 2 && width[2] <= 2 && valid(n[0], n[1], n[2]):
		copy(date, n[:])
		return at, true
	case parts == 2 && mark == '-' && width[0] == 4 && width[1] == 2 && n[1] >= 1 && n[1] <= 12 && n[0] >= 1000 && n[0] < 2200:
		date[0], date[1], date[2] = n[0], n[1], 0
		return at, true
	case parts == 3 && (width[2] == 4 || width[2] == 2 && mark == '/') && width[0] <= 2 && width[1] <= 2:
		year := n[2]
		if width[2] == 2 {
			year = century(year)
		}
		dayFirst, monthFirst := valid(year, n[1], n[0]), valid(year, n[0], n[1])
		switch {
		case dayFirst && monthFirst && n[0] != n[1]:
			if mark == '.' { // written so where the day comes first
				date[0], date[1], date[2] = year, n[1], n[0]
			} else {
				date[0], date[1], date[2] = year, 0, 0
			}
		case dayFirst:
			date[0], date[1], date[2] = year, n[1], n[0]
		case monthFirst:
			date[0], date[1], date[2] = year, n[0], n[1]
		default:
			return 0, false
		}
		return at, true
	}
	return 0, false
}

// century makes a year of its last two figures, as people in 2020 read them.
func century(year int) int {
	if year < 50 {
		return 2000 + year
	}
	return 1900 + year
}

// short marks a number after an apostrophe as a year or a decade.
func short(x *lexeme) {
	switch {
	case x.digits != 2 || x.word == "?":
	case x.set.has(classDecade):
		x.year = century(x.year)
	default:
		x.set = 1 << classYear
		x.year = century(x.number / 1000)
		x.word = "'" + x.word
	}
}

// formed sets what follows from a lexeme's form alone.
func formed(x *lexeme) {
	if x.set.has(classDecade) && x.digits == 2 && x.year < 100 {
		x.year = century(x.year)
	}
}

// join makes one lexeme of the words of a number: "twenty-four", "two hundred",
// "nineteen ninety-six" (a year), "2 1/2".
func (l *lexer) join(first int) {
	out := l.out[:first]
	for i := first; i < len(l.out); {
		x := l.out[i]
		i++
		if x.set.has(classNumber) && x.digits == 0 && x.number >= 1000 && x.word != "a" && x.word != "an" || (x.word == "a" || x.word == "an") && i < len(l.out) && scale(&l.out[i]) {
			i = l.spelled(&x, i)
		}
		if x.set.has(classNumber) && x.digits > 0 && x.digits <= 3 && i+1 < len(l.out) && l.out[i].word == "1" && l.out[i+1].word == "2" && l.out[i+1].tight && l.out[i+1].dashed {
			x.number += 500
			x.span.End = l.out[i+1].span.End
			x.set = 1 << classNumber
			i += 2
		}
		if x.set.has(classNumber) && x.digits > 0 && i < len(l.out) && scale(&l.out[i]) {
			x.number = min(x.number*(l.out[i].number/1000), 1<<40)
			x.span.End = l.out[i].span.End
			x.set = 1 << classNumber
			i++
		}
		out = append(out, x)
	}
	l.out = out
}

func scale(x *lexeme) bool {
	return x.word == "hundred" || x.word == "thousand" || x.word == "dozen" || x.word == "million" || x.word == "billion"
}

// spelled reads on a number in words, of which x is the first, and returns where it
// ends.
func (l *lexer) spelled(x *lexeme, i int) int {
	total, part := 0, x.number/1000
	teens := part >= 13 && part <= 20
	for ; i < len(l.out); i++ {
		y := &l.out[i]
		n := y.number / 1000
		switch {
		case y.dashed || y.digits > 0:
			return l.spelledAs(x, i, total+part)
		case y.set.has(classOrdinal) && y.digits == 0 && part >= 20 && part%10 == 0 && n < 10: // twenty-first
			x.set |= 1<<classOrdinal | 1<<classOrdDay | 1<<classDay
			x.set &^= 1 << classNumber
			x.number = (total + part + n) * 1000
			x.span.End = y.span.End
			x.word, x.id = "#", 0
			return i + 1
		case !y.set.has(classNumber) || y.number%1000 != 0 || y.word == "a" || y.word == "an":
			if y.word == "and" && i+1 < len(l.out) && total+part >= 100 && (total+part)%100 == 0 && l.out[i+1].set.has(classNumber) && l.out[i+1].digits == 0 && l.out[i+1].number/1000 > 1 && l.out[i+1].number < 100000 {
				continue
			}
			return l.spelledAs(x, i, total+part)
		case y.word == "hundred" && part < 100 || y.word == "dozen":
			part *= n
		case y.word == "thousand":
			total, part = (total+part)*1000, 0
		case part >= 20 && part%10 == 0 && n < 10 && (part < 100 || part%100 == 0) || part >= 100 && part%100 == 0 && n < 100 || part == 0 && total > 0:
			if teens && total == 0 && n > 20 {
				return l.spelledAs(x, i, total+part)
			}
			part += n
		case teens && total == 0 && n >= 10 && n < 100: // nineteen ninety-six
			year := part*100 + n
			i++
			if n%10 == 0 && n > 10 && i < len(l.out) && l.out[i].set.has(classNumber) && l.out[i].number >= 1000 && l.out[i].number < 10000 && l.out[i].digits == 0 && l.out[i].word != "a" {
				year += l.out[i].number / 1000
				i++
			}
			x.span.End = l.out[i-1].span.End
			x.set, x.year, x.word, x.number = 1<<classYear, year, "#", 0
			return i
		default:
			return l.spelledAs(x, i, total+part)
		}
	}
	return l.spelledAs(x, i, total+part)
}

func (l *lexer) spelledAs(x *lexeme, next, n int) int {
	if n*1000 == x.number {
		return next
	}
	x.number = min(n, 1<<30) * 1000
	x.span.End = l.out[next-1].span.End
	x.word, x.id, x.entries = "#", 0, nil
	x.set = 1 << classNumber
	if n == 2000 {
		x.set |= 1 << classYear
		x.year = n
	}
	return next
}
