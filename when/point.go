package when

import (
	"fmt"
	"time"

	"github.com/onrecord/onrecord"
)

// gran is how long the stretch of the calendar is that an expression names.
type gran uint8

const (
	gNone gran = iota
	gCentury
	gDecade
	gYear
	gHalf
	gSeason
	gQuarter
	gMonth
	gWeek
	gWeekend
	gDay
	gPart
	gMinute
)

var granNames = [...]string{"", "century", "decade", "year", "half", "season", "quarter", "month", "week", "weekend", "day", "part", "minute"}

// point is a stretch of the calendar of one kind. What is not known is 0.
type point struct {
	gran       gran
	year       int // first year of a decade or century; of the week for weeks
	month, day int
	n          int // number of the half, quarter or week; the season's value
	weekday    int // of a day whose date is not known
	part       int // of the day
	clock      int // minutes of the day
	zone       int // minutes east of Greenwich
	zoned      bool
	bc         bool
}

// Years that a date can have; others get no bounds.
const (
	firstYear = 1
	lastYear  = 9999
)

func day(year, month, date int) time.Time {
	return time.Date(year, time.Month(month), date, 0, 0, 0, 0, time.UTC)
}

func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// valid reports whether there is such a day.
func valid(year, month, date int) bool {
	return month >= 1 && month <= 12 && date >= 1 && date <= 31 && day(year, month, date).Day() == date
}

func dayPoint(t time.Time) point {
	return point{gran: gDay, year: t.Year(), month: int(t.Month()), day: t.Day()}
}

// pointOf is a date as a point; ok is false for the unknown one.
func pointOf(d onrecord.Date) (point, bool) {
	switch d.Precision {
	case onrecord.Year:
		return point{gran: gYear, year: d.Time.Year()}, true
	case onrecord.Month:
		return point{gran: gMonth, year: d.Time.Year(), month: int(d.Time.Month())}, true
	case onrecord.Day, onrecord.Instant:
		return dayPoint(d.Time), true
	default:
		return point{}, false
	}
}

// date is the day of a point that is a day or part of one.
func (p point) date() (time.Time, bool) {
	if p.gran < gDay || p.year == 0 || p.month == 0 || p.day == 0 || p.bc {
		return time.Time{}, false
	}
	return day(p.year, p.month, p.day), true
}

// known reports whether the point has a place on the calendar.
func (p point) known() bool {
	first, _ := p.days()
	return !first.IsZero()
}

// in is the stretch of a kind that the point lies in; ok is false where the point is
// longer than it or not known.
func (p point) in(g gran) (point, bool) {
	if p.year == 0 || p.bc {
		return point{}, false
	}
	switch g {
	case gYear:
		if p.gran < gYear {
			return point{}, false
		}
		if p.gran == gWeek || p.gran == gWeekend {
			first, _ := p.days()
			return point{gran: gYear, year: first.AddDate(0, 0, 3).Year()}, true
		}
		return point{gran: gYear, year: p.year}, true
	case gDecade:
		return point{gran: gDecade, year: p.year / 10 * 10}, p.gran >= gDecade
	case gCentury:
		return point{gran: gCentury, year: p.year / 100 * 100}, true
	}
	if t, ok := p.date(); ok {
		switch g {
		case gDay:
			return dayPoint(t), true
		case gWeek, gWeekend:
			year, week := t.ISOWeek()
			return point{gran: g, year: year, n: week}, true
		case gMonth:
			return point{gran: gMonth, year: p.year, month: p.month}, true
		case gQuarter:
			return point{gran: gQuarter, year: p.year, n: (p.month + 2) / 3}, true
		case gHalf:
			return point{gran: gHalf, year: p.year, n: (p.month + 5) / 6}, true
		}
		return point{}, false
	}
	if p.gran == g {
		return p, true
	}
	if p.gran == gWeek || p.gran == gWeekend {
		first, _ := p.days()
		return dayPoint(first).in(g)
	}
	if p.gran == gMonth {
		switch g {
		case gQuarter:
			return point{gran: gQuarter, year: p.year, n: (p.month + 2) / 3}, true
		case gHalf:
			return point{gran: gHalf, year: p.year, n: (p.month + 5) / 6}, true
		}
	}
	if p.gran == gQuarter && g == gHalf {
		return point{gran: gHalf, year: p.year, n: (p.n + 1) / 2}, true
	}
	return point{}, false
}

// shift moves a point by so many of its own kind.
func (p point) shift(n int) point {
	if p.year == 0 {
		return p
	}
	switch p.gran {
	case gCentury:
		p.year += 100 * n
	case gDecade:
		p.year += 10 * n
	case gYear, gSeason:
		p.year += n
	case gHalf:
		p.year, p.n = carry(p.year, p.n+n, 2)
	case gQuarter:
		p.year, p.n = carry(p.year, p.n+n, 4)
	case gMonth:
		p.year, p.month = carry(p.year, p.month+n, 12)
	case gWeek, gWeekend:
		first, _ := p.days()
		if !first.IsZero() {
			p.year, p.n = first.AddDate(0, 0, 7*n).ISOWeek()
		}
	case gDay, gPart, gMinute:
		if t, ok := p.date(); ok {
			t = t.AddDate(0, 0, n)
			p.year, p.month, p.day = t.Year(), int(t.Month()), t.Day()
		}
	}
	return p
}

// carry brings a number back into 1 to of, with years for what goes beyond.
func carry(year, n, of int) (int, int) {
	n--
	year += floorDiv(n, of)
	return year, n - floorDiv(n, of)*of + 1
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// days are the first and the last day of the point; zero where they are not known or
// outside the years 1 to 9999.
func (p point) days() (first, last time.Time) {
	if p.year < firstYear || p.year > lastYear || p.bc {
		return
	}
	switch p.gran {
	case gCentury:
		first, last = day(p.year, 1, 1), day(p.year+99, 12, 31)
	case gDecade:
		first, last = day(p.year, 1, 1), day(p.year+9, 12, 31)
	case gYear:
		first, last = day(p.year, 1, 1), day(p.year, 12, 31)
	case gHalf:
		first = day(p.year, 6*p.n-5, 1)
		last = first.AddDate(0, 6, -1)
	case gQuarter:
		first = day(p.year, 3*p.n-2, 1)
		last = first.AddDate(0, 3, -1)
	case gSeason: // of the north; a winter may be the one that begins or the one that ends the year
		switch p.n {
		case vSpring:
			first, last = day(p.year, 3, 1), day(p.year, 6, 20)
		case vSummer:
			first, last = day(p.year, 6, 1), day(p.year, 9, 22)
		case vAutumn:
			first, last = day(p.year, 9, 1), day(p.year, 12, 21)
		default:
			first, last = day(p.year-1, 12, 1), day(p.year+1, 3, 20)
		}
	case gMonth:
		if p.month == 0 {
			return
		}
		first = day(p.year, p.month, 1)
		last = first.AddDate(0, 1, -1)
	case gWeek, gWeekend:
		fourth := day(p.year, 1, 4) // always in week 1
		first = fourth.AddDate(0, 0, 7*(p.n-1)-isoWeekday(fourth)+1)
		last = first.AddDate(0, 0, 6)
		if p.gran == gWeekend {
			first = first.AddDate(0, 0, 5)
		}
	case gDay, gPart, gMinute:
		if t, ok := p.date(); ok {
			first, last = t, t
			if p.gran == gPart && p.part == vNight {
				last = t.AddDate(0, 0, 1) // a night ends on the next day
			}
			if p.gran == gMinute && p.clock >= 24*60 {
				first, last = t.AddDate(0, 0, 1), t.AddDate(0, 0, 1)
			}
		}
	}
	if !last.IsZero() && (last.Year() > lastYear || first.Year() < firstYear) {
		return time.Time{}, time.Time{}
	}
	return first, last
}

// value is the point as TIMEX3 writes it, with X for what is not known.
func (p point) value() string {
	year := "XXXX"
	switch {
	case p.bc:
		year = fmt.Sprintf("BC%04d", p.year)
	case p.year > 0:
		year = fmt.Sprintf("%04d", p.year)
	}
	two := func(n int) string {
		if n == 0 {
			return "XX"
		}
		return fmt.Sprintf("%02d", n)
	}
	switch p.gran {
	case gCentury:
		return year[:len(year)-2]
	case gDecade:
		return year[:len(year)-1]
	case gYear:
		return year
	case gHalf, gQuarter:
		letter := map[gran]string{gHalf: "H", gQuarter: "Q"}[p.gran]
		if p.n == 0 {
			return year + "-" + letter + "X"
		}
		return fmt.Sprintf("%s-%s%d", year, letter, p.n)
	case gSeason:
		return year + "-" + names[p.n]
	case gMonth:
		return year + "-" + two(p.month)
	case gWeek:
		return year + "-W" + two(p.n)
	case gWeekend:
		return year + "-W" + two(p.n) + "-WE"
	}
	date := year + "-" + two(p.month) + "-" + two(p.day)
	if p.weekday > 0 && p.month == 0 {
		date = fmt.Sprintf("%s-WXX-%d", year, p.weekday)
	}
	switch p.gran {
	case gPart:
		return date + "T" + names[p.part]
	case gMinute:
		return fmt.Sprintf("%sT%02d:%02d", date, p.clock/60, p.clock%60)
	default:
		return date
	}
}

// edtf is the point as ISO 8601-2 writes it; empty where that has no way to. Weeks,
// weekends and parts of a day become intervals.
func (p point) edtf() string {
	first, last := p.days()
	switch p.gran {
	case gNone:
		return ""
	case gCentury:
		if p.year > 0 && !p.bc {
			return fmt.Sprintf("%02dXX", p.year/100)
		}
		return ""
	case gDecade:
		if p.year > 0 && !p.bc {
			return fmt.Sprintf("%03dX", p.year/10)
		}
		return ""
	case gSeason, gQuarter, gHalf: // the numbers of ISO 8601-2, 4.8: seasons 21 to 24, quarters from 33, semesters from 40
		if p.year == 0 || p.bc {
			return ""
		}
		code := map[gran]int{gQuarter: 32, gHalf: 39}[p.gran] + p.n
		if p.gran == gSeason {
			code = 21 + p.n - vSpring
		}
		return fmt.Sprintf("%04d-%d", p.year, code)
	case gMinute:
		if first.IsZero() {
			return ""
		}
		if p.zoned {
			return p.instant().Format(time.RFC3339)
		}
		return fmt.Sprintf("%sT%02d:%02d:00", first.Format(time.DateOnly), p.clock/60%24, p.clock%60)
	case gWeek, gWeekend:
		if first.IsZero() {
			return ""
		}
		return first.Format(time.DateOnly) + "/" + last.Format(time.DateOnly)
	}
	if p.bc {
		return ""
	}
	q := p
	if q.gran > gDay {
		q.gran = gDay
	}
	if q.weekday > 0 && q.month == 0 {
		return ""
	}
	return q.value()
}

// instant is the time of day in its zone.
func (p point) instant() time.Time {
	t, _ := p.date()
	return t.Add(time.Duration(p.clock-p.zone) * time.Minute).In(time.FixedZone("", p.zone*60))
}
