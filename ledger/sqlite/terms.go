package sqlite

import (
	"strings"
	"unicode"
)

// terms splits what somebody looks for into words and, in quotation marks of any
// shape, phrases. What holds neither letter nor digit is left out. A mark that is
// never closed quotes to the end.
func terms(s string) []string {
	var out []string
	var word strings.Builder
	quoted := false
	flush := func() {
		if t := word.String(); strings.ContainsFunc(t, isWord) {
			out = append(out, t)
		}
		word.Reset()
	}
	for _, r := range s {
		switch {
		case strings.ContainsRune("\"“”„«»", r):
			flush()
			quoted = !quoted
		case !quoted && unicode.IsSpace(r), r == 0:
			flush()
		default:
			word.WriteRune(r)
		}
	}
	flush()
	return out
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// matchAll is the full-text query for rows that have every term in a column. Each
// term is a string of FTS5's query language, in which nothing but its quotation
// mark means anything, and that none contains; empty without terms.
func matchAll(column string, terms []string) string {
	if len(terms) == 0 {
		return ""
	}
	quoted := make([]string, len(terms))
	for i, t := range terms {
		quoted[i] = `"` + strings.ReplaceAll(t, `"`, `""`) + `"`
	}
	return column + " : (" + strings.Join(quoted, " AND ") + ")"
}
