package when

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

//go:embed holidays.txt
var holidayData string

// holiday is a day of the year by one of the ways of holidays.txt.
type holiday struct {
	way  string
	n    [3]int
	week bool
}

// loadHolidays reads the list and adds a rule for the names.
func (g *grammar) loadHolidays() ([]holiday, error) {
	var days []holiday
	line := 0
	for text := range strings.Lines(holidayData) {
		line++
		parts := strings.Split(strings.TrimSpace(text), "|")
		f := strings.Fields(parts[0])
		if len(f) == 0 || f[0][0] == '#' {
			continue
		}
		h, err := parseHoliday(f)
		if err != nil || len(parts) < 2 {
			return nil, fmt.Errorf("holidays line %d: want a way and names: %w", line, onrecord.ErrInvalid)
		}
		for i := range parts[1:] {
			parts[i+1] = strings.TrimSpace(parts[i+1])
		}
		days = append(days, h)
		names := strings.Join(parts[1:], "|")
		pattern := fmt.Sprintf("$mod? the? <dir>? (%s){holiday=%d} (,? $anyyear)?", names, len(days))
		if err := g.add(date, "holiday", pattern, g.lets); err != nil {
			return nil, fmt.Errorf("holidays line %d: %w", line, err)
		}
	}
	return days, nil
}

func parseHoliday(f []string) (holiday, error) {
	h := holiday{way: f[0]}
	if f[len(f)-1] == "week" {
		h.week = true
		f = f[:len(f)-1]
	}
	if h.way == "fixed" && len(f) == 2 {
		f = append(f[:1], strings.Split(f[1], "-")...)
	}
	want := map[string]int{"fixed": 3, "nth": 4, "easter": 2, "islamic": 3}[h.way]
	if len(f) != want || want == 0 {
		return h, onrecord.ErrInvalid
	}
	for i, s := range f[1:] {
		var err error
		if h.n[i], err = strconv.Atoi(s); err != nil {
			return h, onrecord.ErrInvalid
		}
	}
	return h, nil
}

// in is the holiday of a year.
func (h *holiday) in(year int) (point, bool) {
	var t time.Time
	switch h.way {
	case "fixed":
		t = day(year, h.n[0], h.n[1])
	case "nth":
		t = day(year, h.n[0], 1)
		if h.n[2] > 0 {
			t = t.AddDate(0, 0, (h.n[1]-isoWeekday(t)+7)%7+7*(h.n[2]-1))
		} else {
			t = t.AddDate(0, 1, -1)
			t = t.AddDate(0, 0, -((isoWeekday(t)-h.n[1]+7)%7)+7*(h.n[2]+1))
		}
	case "easter":
		t = easter(year).AddDate(0, 0, h.n[0])
	default: // the Islamic year is eleven days shorter: the first of its days in this year
		for hijri := (year - 622) * 33 / 32; ; hijri++ {
			if t = islamic(hijri, h.n[0], max(h.n[1], 1)); t.Year() >= year {
				break
			}
		}
		if t.Year() != year {
			return point{}, false
		}
		return point{gran: gMonth, year: year, month: int(t.Month())}, true
	}
	if h.week {
		return dayPoint(t).in(gWeek)
	}
	return dayPoint(t), true
}

// easter is Western Easter Sunday, by Butcher's rule (Nature, 1876).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return day(year, n/31, n%31+1)
}

// islamic is a day of the tabular Islamic calendar (civil epoch, 16 July 622 Julian;
// leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty).
func islamic(year, month, date int) time.Time {
	days := date + (59*(month-1)+1)/2 + (year-1)*354 + (3+11*year)/30
	return time.Date(622, time.July, 18, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days) // the day before the epoch, in the Gregorian calendar
}
