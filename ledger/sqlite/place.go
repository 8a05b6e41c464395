package sqlite

import (
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// A place orders a list. It is one number, so that it can be the key of the table
// that is walked and the row number of the full-text index alike; both then give
// their rows in the list's order, and a search ends as soon as a page is full.
//
// The high 39 bits are seconds since the year 0, the low 24 bits come from the ID,
// inverted, so that of one second's statements those of one article stand in text
// order when the newest come first. The same date and ID give the same place,
// whatever corrections came and went between.
const (
	placeLowBits  = 24
	placeLow      = 1<<placeLowBits - 1
	placeMaxSec   = 1<<39 - 1
	yearZero      = -62167219200 // Unix seconds of 0000-01-01T00:00:00Z
	widestZone    = 14 * 60 * 60 // seconds that a zone is off UTC at most
	secondsPerDay = 24 * 60 * 60
)

// placeOf is the place of something of a time, in Unix seconds, and an ID.
func placeOf(sec, id int64) int64 {
	return placeAt(sec) | (^id & placeLow)
}

// placeAt is the first place of a second.
func placeAt(sec int64) int64 {
	return min(max(sec-yearZero, 0), placeMaxSec) << placeLowBits
}

// Numbers of the bases of a date in said.basis.
var bases = []ledger.WhenBasis{ledger.WhenSaid, ledger.WhenPublished, ledger.WhenRetrieved}

const retrievedBasis = 2

// moment is a When as columns of said.
type moment struct {
	from, to, zone int64
	precision      onrecord.Precision
	basis          int
	wide           int // index of widths
}

// widths are how long, in seconds, moments of each class are at most: a day, a
// month, a year. The last class is for what is longer still.
var widths = []int64{secondsPerDay, 31 * secondsPerDay, 366 * secondsPerDay}

func momentOf(w ledger.When) moment {
	// A second is the ledger's finest grain: what ends within one ends after it.
	m := moment{from: w.Date.Start().Unix(), to: w.End.Add(time.Second - 1).Unix(), precision: w.Date.Precision}
	if w.Date.Precision == onrecord.Instant {
		_, offset := w.Date.Time.Zone()
		m.zone = int64(offset)
	}
	m.to = max(m.to, m.from+1)
	for m.wide < len(widths) && m.to-m.from > widths[m.wide] {
		m.wide++
	}
	for i, b := range bases {
		if b == w.Basis {
			m.basis = i
		}
	}
	return m
}

// date is the Date of a moment.
func (m moment) date() onrecord.Date {
	zone := time.UTC
	if m.zone != 0 {
		zone = time.FixedZone("", int(m.zone))
	}
	return onrecord.Date{Time: time.Unix(m.from, 0).In(zone), Precision: m.precision}
}

// micro and unmicro keep an instant as Unix microseconds; 0 is the zero Time.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func unmicro(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
