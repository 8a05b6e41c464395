package onrecord

import (
	"fmt"
	"time"
)

// Precision says how much of a [Date] is known.
type Precision uint8

// From nothing known to an instant.
const (
	Unknown Precision = iota
	Year
	Month
	Day
	Instant
)

// Date is a point on the calendar known to some precision: "2024", "2024-02",
// "2024-02-24" or an RFC 3339 instant with its zone. Below Instant it has no
// zone, and Time is the start of the period in UTC. The zero Date is unknown.
type Date struct {
	Time      time.Time
	Precision Precision
}

var dateLayouts = [...]string{Year: "2006", Month: "2006-01", Day: "2006-01-02", Instant: time.RFC3339}

// instantLayouts are further spellings of an instant that ParseDate takes. One
// without a zone is not an instant; it is kept to the day.
var (
	instantLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700"}
	wallLayouts    = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"}
)

// ParseDate reads an ISO 8601 year, month, day or instant. The empty string is
// the unknown Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	for p := Instant; p >= Year; p-- {
		if t, err := time.Parse(dateLayouts[p], s); err == nil {
			return Date{t, p}, nil
		}
	}
	for _, layout := range instantLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return Date{t, Instant}, nil
		}
	}
	for _, layout := range wallLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return Date{time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), Day}, nil
		}
	}
	return Date{}, fmt.Errorf("date %q: want YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss±hh:mm", s)
}

// DateOf is an instant.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return Date{t, Instant}
}

// IsZero reports whether nothing is known.
func (d Date) IsZero() bool { return d.Precision == Unknown }

// String is the ISO form at the date's precision; empty when unknown.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(dateLayouts[d.Precision])
}

// Start is the first instant the date can mean.
func (d Date) Start() time.Time { return d.Time }

// End is the first instant after all that the date can mean; an instant ends a
// nanosecond after it starts. The zero time when unknown.
func (d Date) End() time.Time {
	switch d.Precision {
	case Year:
		return d.Time.AddDate(1, 0, 0)
	case Month:
		return d.Time.AddDate(0, 1, 0)
	case Day:
		return d.Time.AddDate(0, 0, 1)
	case Instant:
		return d.Time.Add(1)
	default:
		return time.Time{}
	}
}

// MarshalText implements [encoding.TextMarshaler].
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
