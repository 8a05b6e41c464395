package read

import (
	"regexp"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// dayLine is a line at the top of a story that is nothing but its date, with
// what it is the date of before it and a time of day behind it.
var dayLine = regexp.MustCompile(`^(?i)(?:(published|posted|first published|updated|last updated|modified|last modified)(?:\s+on)?\s*:?\s+)?` +
	`(?:(?:` + weekday + `),?\s+)?` +
	`(?:(\d{1,2})(?:st|nd|rd|th)?\s+(` + month + `)\.?,?\s+(\d{4})|(` + month + `)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})|(\d{4}-\d{2}-\d{2}))` +
	`(?:[\s,|–—-]+(?:at\s+)?\d{1,2}[:.]\d{2}[^\n]{0,20})?$`)

// parseDayLine reads such a line: the day, and whether it is that of a change. A
// time of day is left out, for its zone is not told.
func parseDayLine(line string) (day onrecord.Date, modified, ok bool) {
	if len(line) > maxByline {
		return onrecord.Date{}, false, false
	}
	m := dayLine.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil {
		return onrecord.Date{}, false, false
	}
	layout, value := time.DateOnly, m[8]
	if value == "" {
		layout, value = "2 Jan 2006", m[2]+m[6]+" "+(m[3] + m[5])[:3]+" "+m[4]+m[7]
	}
	t, err := time.Parse(layout, value)
	if err != nil {
		return onrecord.Date{}, false, false
	}
	what := strings.ToLower(m[1])
	return onrecord.Date{Time: t, Precision: onrecord.Day}, strings.Contains(what, "updated") || strings.Contains(what, "modified"), true
}

// setDay takes the day of such a line, where the revision knows of none.
func setDay(rev *onrecord.Revision, day onrecord.Date, modified bool) {
	of := &rev.Published
	if modified {
		of = &rev.Modified
	}
	if of.IsZero() {
		*of = day
	}
}
