package web

import (
	"fmt"
	"strconv"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// dateWords writes a date as far as it is known: "24 February 2024", "February
// 2024", "2024"; "unknown" for the zero date.
func dateWords(d onrecord.Date) string {
	switch d.Precision {
	case onrecord.Year:
		return d.Time.Format("2006")
	case onrecord.Month:
		return d.Time.Format("January 2006")
	case onrecord.Day, onrecord.Instant:
		return d.Time.Format("2 January 2006")
	default:
		return "unknown"
	}
}

// momentWords writes an instant to the minute with its zone; "unknown" for the
// zero time.
func momentWords(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.Format("2 January 2006, 15:04 MST")
}

// basisWords says what a record's date rests on, before the date.
func basisWords(b ledger.WhenBasis) string {
	switch b {
	case ledger.WhenSaid, ledger.WhenPublished, ledger.WhenRetrieved:
		return string(b)
	default:
		return "dated"
	}
}

// Words for a probability and the least number each stands for, after the
// estimative language of ICD 203.
var confidences = []struct {
	least float64
	words string
}{
	{0.95, "almost certain"}, {0.80, "very likely"}, {0.55, "likely"}, {0.45, "even chance"}, {0.20, "unlikely"}, {0, "very unlikely"},
}

// confidenceWords says how probable it is that an attribution is real and its
// source right.
func confidenceWords(p float64) string {
	for _, c := range confidences {
		if p >= c.least {
			return c.words
		}
	}
	return "unknown"
}

// percent writes a probability with two digits: "0.97".
func percent(p float64) string { return strconv.FormatFloat(p, 'f', 2, 64) }

// number writes a count with commas between thousands: "12,345".
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// countWords writes a count with its noun: "1 statement", "3 statements".
func countWords(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%s %ss", number(n), noun)
}
