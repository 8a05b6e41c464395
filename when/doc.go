// Package when finds time expressions and says which stretch of the calendar each
// means: TIMEX3 type, value and modifier (ISO 24617-1, after TimeML 1.2.1), an
// Extended Date/Time Format string (ISO 8601-2) where it has one, the first and the
// last day or instant, what it was counted from, and the rule that read it.
//
// It works in three steps. The text is cut into words and numbers of its own kind
// (lexeme.go). Rules, which are data (rules.txt over words.txt), find the expressions
// and fill slots: a month, a weekday, "last" (match.go). Then each is placed on the
// calendar (resolve.go): absolute dates as they stand, others counted from the
// publication, from the dateline, from the time told before, or, inside somebody's
// words, from when these were said. Whether "Monday" is the last or the next is told
// by the verb it hangs on.
//
// The clock is never asked. Without a publication date "Saturday" is XXXX-WXX-6, a
// value with unknown parts, and has no bounds.
//
// Time is linear in the text.
package when
