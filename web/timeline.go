package web

import (
	"fmt"
	"math"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// timeline is how many statements fall into each month, or each year where they go over
// many: bars beside each other, empty ones too, because silence tells as well.
type timeline struct {
	Bars  []bar
	Most  int
	Years bool
	Wide  int // of the drawing
}

// bar is one month or year of a timeline.
type bar struct {
	Name       string
	Statements int
	Address    string // of these statements; empty for none
	X, Y, H    float64
	Label      string // below the bar; empty for most
}

// Shape of a timeline, in units of its drawing.
const (
	mostBars  = 72 // months; more are years
	barStep   = 10
	barHeight = 48
)

// timelineOf counts a speaker's records by when they were said or published; nil where
// fewer than two of them have a date of that kind.
func timelineOf(records []ledger.Record, speaker string) *timeline {
	counts := map[onrecord.Date]int{}
	var first, last time.Time
	dated := 0
	for i := range records {
		r := &records[i]
		if r.When.Precision < onrecord.Month || r.WhenBasis == ledger.WhenRetrieved {
			continue
		}
		dated++
		at := r.When.Time
		month := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
		counts[onrecord.Date{Time: month, Precision: onrecord.Month}]++
		if first.IsZero() || month.Before(first) {
			first = month
		}
		if month.After(last) {
			last = month
		}
	}
	if dated < 2 {
		return nil
	}
	t := &timeline{}
	months := (last.Year()-first.Year())*12 + int(last.Month()-first.Month()) + 1
	if t.Years = months > mostBars; t.Years {
		years := map[onrecord.Date]int{}
		for d, n := range counts {
			years[yearOf(d.Time)] += n
		}
		counts = years
	}
	for at := first; !at.After(last); {
		d := onrecord.Date{Time: at, Precision: onrecord.Month}
		b := bar{Name: at.Format("January 2006"), X: float64(len(t.Bars) * barStep)}
		if at.Month() == time.January || len(t.Bars) == 0 {
			b.Label = at.Format("2006")
		}
		next := at.AddDate(0, 1, 0)
		if t.Years {
			d = yearOf(at)
			b.Name, b.Label, next = at.Format("2006"), "", d.Time.AddDate(1, 0, 0)
			if len(t.Bars) == 0 || at.Year()%5 == 0 {
				b.Label = b.Name
			}
		}
		if b.Statements = counts[d]; b.Statements > 0 {
			b.Address = searchAddress(ledger.Query{SpeakerKey: speaker, Since: d, Until: d, MinConfidence: onrecord.Shown})
		}
		t.Most = max(t.Most, b.Statements)
		t.Bars = append(t.Bars, b)
		at = next
	}
	for i := range t.Bars {
		b := &t.Bars[i]
		b.H = math.Round(10*barHeight*float64(b.Statements)/float64(t.Most)) / 10
		b.Y = barHeight - b.H
	}
	t.Wide = len(t.Bars) * barStep
	return t
}

func yearOf(t time.Time) onrecord.Date {
	return onrecord.Date{Time: time.Date(t.Year(), time.January, 1, 0, 0, 0, 0, time.UTC), Precision: onrecord.Year}
}

// Frame is the drawing's view box, with room for the years below the bars.
func (t *timeline) Frame() string { return fmt.Sprintf("0 -2 %d %d", max(t.Wide, 240), barHeight+16) }
