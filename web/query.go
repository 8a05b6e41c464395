package web

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// The search box takes words and operators: ceasefire by:"Jane Doe" since:2024.
// Words look in what was said; "words in marks" stand together. An operator is a
// known name, a colon and a value, which is one word or stands in marks.

// QueryError says what is wrong with a search and where.
type QueryError struct {
	Query   string
	At      int    // byte offset in Query
	Problem string // a sentence without its full stop
}

// Error names the place by its column, counted in code points from 1.
func (e *QueryError) Error() string {
	return fmt.Sprintf("search, column %d: %s", e.Column(), e.Problem)
}

// Unwrap makes it an [onrecord.ErrInvalid].
func (e *QueryError) Unwrap() error { return onrecord.ErrInvalid }

// Column is the place in code points from 1.
func (e *QueryError) Column() int { return utf8.RuneCountInString(e.Query[:e.At]) + 1 }

// Before and Rest are the query around the place, for showing it.
func (e *QueryError) Before() string { return e.Query[:e.At] }

// Rest is the query from the place on.
func (e *QueryError) Rest() string { return e.Query[e.At:] }

// operator is one name before a colon and what its value does to a query.
type operator struct {
	name, hint string
	set        func(q *ledger.Query, value string) error
	get        func(q *ledger.Query) string
}

var operators = []operator{
	{
		"by", "a speaker's name, or words of the source",
		func(q *ledger.Query, v string) error { q.By = joined(q.By, v); return nil },
		func(q *ledger.Query) string { return q.By },
	},
	{
		"about", "words of what was said; the same as words alone",
		func(q *ledger.Query, v string) error { q.About = joined(q.About, phrase(v)); return nil },
		func(*ledger.Query) string { return "" }, // written as words alone
	},
	{
		"since", "a year, month or day: 2024, 2024-02, 2024-02-24",
		func(q *ledger.Query, v string) (err error) { q.Since, err = dateOf(v); return err },
		func(q *ledger.Query) string { return q.Since.String() },
	},
	{
		"until", "a year, month or day; it is included",
		func(q *ledger.Query, v string) (err error) { q.Until, err = dateOf(v); return err },
		func(q *ledger.Query) string { return q.Until.String() },
	},
	{
		"in", "a place where it was said or that it names: a town, a division, a country",
		func(q *ledger.Query, v string) error { q.In = v; return nil },
		func(q *ledger.Query) string { return q.In },
	},
	{
		"quoted", "direct, mixed or indirect",
		func(q *ledger.Query, v string) error {
			switch quoted := onrecord.Quoted(strings.ToLower(v)); quoted {
			case onrecord.Direct, onrecord.Mixed, onrecord.Indirect:
				q.Quoted = quoted
				return nil
			}
			return fmt.Errorf("%q is not direct, mixed or indirect", v)
		},
		func(q *ledger.Query) string { return string(q.Quoted) },
	},
	{
		"publisher", "an outlet's name",
		func(q *ledger.Query, v string) error { q.Publisher = v; return nil },
		func(q *ledger.Query) string { return q.Publisher },
	},
	{
		"speaker", "a speaker's key, as in the address of the speaker's page",
		func(q *ledger.Query, v string) error { q.SpeakerKey = v; return nil },
		func(q *ledger.Query) string { return q.SpeakerKey },
	},
	{
		"article", "an article's ID",
		func(q *ledger.Query, v string) error { q.Article = onrecord.ID(v); return nil },
		func(q *ledger.Query) string { return string(q.Article) },
	},
	{
		"confidence", "the least confidence, from 0 to 1; 0.5 unless said",
		func(q *ledger.Query, v string) error {
			f, err := strconv.ParseFloat(v, 64)
			if err != nil || math.IsNaN(f) || f < 0 || f > 1 {
				return fmt.Errorf("%q is not a number from 0 to 1", v)
			}
			q.MinConfidence = f
			return nil
		},
		func(q *ledger.Query) string {
			if q.MinConfidence == onrecord.Shown {
				return ""
			}
			return strconv.FormatFloat(q.MinConfidence, 'g', -1, 64)
		},
	},
	{
		"order", "newest or oldest first",
		func(q *ledger.Query, v string) error {
			switch strings.ToLower(v) {
			case "oldest":
				q.Oldest = true
			case "newest":
				q.Oldest = false
			default:
				return fmt.Errorf("%q is not newest or oldest", v)
			}
			return nil
		},
		func(q *ledger.Query) string {
			if q.Oldest {
				return "oldest"
			}
			return ""
		},
	},
	{
		"also", "wrong, gone or repeats: statements marked wrong, no longer found, or headlines that repeat the text",
		func(q *ledger.Query, v string) error {
			for word := range strings.FieldsFuncSeq(strings.ToLower(v), func(r rune) bool { return r == ',' || unicode.IsSpace(r) }) {
				switch word {
				case "wrong":
					q.Wrong = true
				case "gone":
					q.Gone = true
				case "repeats":
					q.Repeats = true
				default:
					return fmt.Errorf("%q is not wrong, gone or repeats", word)
				}
			}
			return nil
		},
		func(q *ledger.Query) string {
			var words []string
			for _, w := range []struct {
				on   bool
				word string
			}{{q.Wrong, "wrong"}, {q.Gone, "gone"}, {q.Repeats, "repeats"}} {
				if w.on {
					words = append(words, w.word)
				}
			}
			return strings.Join(words, ",")
		},
	},
}

// ParseQuery reads what stands in the search box. The error is a [*QueryError].
// Statements below [onrecord.Shown] are left out unless confidence: says so.
func ParseQuery(s string) (ledger.Query, error) {
	q := ledger.Query{MinConfidence: onrecord.Shown}
	if !utf8.ValidString(s) {
		return q, &QueryError{Query: strings.ToValidUTF8(s, "\ufffd"), Problem: "this is not UTF-8 text"}
	}
	at := 0
	for {
		at += len(s[at:]) - len(strings.TrimLeftFunc(s[at:], unicode.IsSpace))
		if at == len(s) {
			return q, nil
		}
		name, valueAt := operatorAt(s, at)
		value, end, closed := wordAt(s, valueAt)
		if !closed {
			return q, &QueryError{s, valueAt, "the quotation mark here is never closed"}
		}
		if name == "" {
			if marked := isMark(firstRune(s[at:])); marked && strings.TrimSpace(value) != "" {
				value = `"` + strings.TrimSpace(value) + `"`
			}
			q.About = joined(q.About, strings.TrimSpace(value))
			at = end
			continue
		}
		op := findOperator(name)
		switch {
		case op == nil:
			return q, &QueryError{s, at, fmt.Sprintf("%q is not known; known are %s (to look for the words themselves, put them in marks)", name+":", operatorNames())}
		case strings.TrimSpace(value) == "":
			return q, &QueryError{s, at, fmt.Sprintf("%s: wants %s", op.name, op.hint)}
		}
		if err := op.set(&q, strings.TrimSpace(value)); err != nil {
			return q, &QueryError{s, valueAt, err.Error()}
		}
		at = end
	}
}

// FormatQuery writes a query as it could stand in the search box.
func FormatQuery(q ledger.Query) string {
	var parts []string
	if q.About != "" {
		parts = append(parts, q.About)
	}
	for _, op := range operators {
		if v := op.get(&q); v != "" {
			parts = append(parts, op.name+":"+phrase(v))
		}
	}
	return strings.Join(parts, " ")
}

// operatorAt reads "name:" at an offset; the name is empty for a plain word,
// such as 10:30 or https://….
func operatorAt(s string, at int) (name string, valueAt int) {
	i := at
	for i < len(s) && ('a' <= s[i]|0x20 && s[i]|0x20 <= 'z') {
		i++
	}
	if i == at || i == len(s) || s[i] != ':' || strings.HasPrefix(s[i:], "://") {
		return "", at
	}
	return strings.ToLower(s[at:i]), i + 1
}

// wordAt reads a word, or words in straight or curly marks, at an offset.
func wordAt(s string, at int) (word string, end int, closed bool) {
	if isMark(firstRune(s[at:])) {
		_, width := utf8.DecodeRuneInString(s[at:])
		inner := at + width
		i := strings.IndexFunc(s[inner:], isMark)
		if i < 0 {
			return "", len(s), false
		}
		_, width = utf8.DecodeRuneInString(s[inner+i:])
		return s[inner : inner+i], inner + i + width, true
	}
	end = len(s)
	if i := strings.IndexFunc(s[at:], func(r rune) bool { return unicode.IsSpace(r) || isMark(r) }); i >= 0 {
		end = at + i
	}
	return s[at:end], end, true
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func isMark(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '„' }

// dateOf reads a date as people write it into the box.
func dateOf(v string) (onrecord.Date, error) {
	d, err := onrecord.ParseDate(v)
	if err != nil {
		return d, fmt.Errorf("%q is not a year, month or day such as 2024, 2024-02 or 2024-02-24", v)
	}
	return d, nil
}

// phrase puts several words in marks.
func phrase(s string) string {
	if strings.ContainsFunc(s, unicode.IsSpace) || strings.Contains(s, ":") {
		return `"` + s + `"`
	}
	return s
}

func joined(a, b string) string { return strings.TrimSpace(a + " " + b) }

func findOperator(name string) *operator {
	for i := range operators {
		if operators[i].name == name {
			return &operators[i]
		}
	}
	return nil
}

func operatorNames() string {
	names := make([]string, len(operators))
	for i, op := range operators {
		names[i] = op.name + ":"
	}
	return strings.Join(names, " ")
}
