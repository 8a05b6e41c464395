package when

import (
	"strconv"
	"strings"
	"time"
)

// resolver places the readings of one text on the calendar.
type resolver struct {
	f        *Finder
	in       Input
	x        []lexeme
	readings []located
	base     base // what "today" is outside quotations
	placed   []placed
	state    []uint8 // of each reading: 0 not placed, 1 being placed, 2 placed
	told     []int   // by statement: the reading that tells when it was made; -1
	quoted   []int   // by reading: the statement whose own words it stands in; -1
	latest   int     // the last reading with a place on the calendar, in text order; -1
}

// base is what expressions such as "last week" are counted from.
type base struct {
	point
	ok     bool
	anchor string // "published", "dateline" or a time's ID
}

// placed is a reading with its meaning.
type placed struct {
	point  point
	typ    string
	value  string
	mod    string
	anchor string
	ends   [2]time.Time // first and last day; either may be zero
	gran   gran
	ref    int // reading that "at the time" goes back to, plus one
}

// anchor finds what the text's "today" is: the publication, or a dateline's date of
// the week before it.
func (r *resolver) anchor() {
	n := len(r.readings)
	r.placed, r.state = make([]placed, n), make([]uint8, n)
	r.latest = -1
	r.quoted, r.told = make([]int, n), make([]int, len(r.in.Statements))
	for i := range r.quoted {
		r.quoted[i] = -1
	}
	for i := range r.told {
		r.told[i] = -1
	}
	p, ok := pointOf(r.in.Revision.Published)
	r.base = base{p, ok, "published"}
	line := r.in.Revision.Dateline
	if line == nil {
		return
	}
	for i := range r.readings {
		if !line.Span.Contains(r.readings[i].span) {
			continue
		}
		r.place(i)
		date, dated := r.placed[i].point.date()
		published, known := r.base.date()
		if dated && (!known || !date.After(published) && published.Sub(date) <= 7*24*time.Hour) {
			r.base = base{dayPoint(date), true, "dateline"}
		}
		return
	}
}

// from is the base of a reading: when the words were said that it stands in, else the
// text's.
func (r *resolver) from(i int) base {
	if s := r.quoted[i]; s >= 0 {
		if j := r.told[s]; j >= 0 && j != i {
			r.place(j)
			if p := r.placed[j].meant(r); p.known() && p.gran <= gMinute {
				return base{p, true, string(timeID(j))}
			}
		}
	}
	return r.base
}

// meant is the point of a placed reading, or of what it goes back to.
func (p *placed) meant(r *resolver) point {
	if p.ref > 0 {
		return r.placed[p.ref-1].point
	}
	return p.point
}

// before is the last point told before, for "the next day"; the base where there is none.
func (r *resolver) before(i int) base {
	if r.latest >= 0 && r.latest < i {
		return base{r.placed[r.latest].point, true, string(timeID(r.latest))}
	}
	return r.from(i)
}

// place gives a reading its meaning, once.
func (r *resolver) place(i int) {
	if r.state[i] != 0 {
		return
	}
	r.state[i] = 1
	rd := &r.readings[i]
	p := &r.placed[i]
	switch rd.rule.kind {
	case date:
		r.date(i, p)
	case offset:
		r.offset(i, p)
	case duration:
		r.duration(i, p)
	case set:
		r.set(i, p)
	case ref:
		r.refer(i, p)
	}
	if p.typ == "DATE" && p.point.gran >= gPart {
		p.typ = "TIME"
	}
	if p.value == "" {
		p.value = p.point.value()
	}
	if p.gran == gNone {
		p.gran = p.point.gran
	}
	r.state[i] = 2
	if p.point.known() && r.quoted[i] < 0 && rd.rule.kind <= offset {
		r.latest = i
	}
}

// date places a point on the calendar.
func (r *resolver) date(i int, p *placed) {
	rd := &r.readings[i]
	p.typ = "DATE"
	p.point, p.anchor = r.point(i)
	if rd.is(sPart) && p.point.gran == gDay {
		p.point.gran, p.point.part = gPart, rd.get(sPart)
	}
	r.clockOf(&rd.reading, &p.point)
	p.mod = pointMod(&rd.reading)
	p.ends[0], p.ends[1] = p.point.days()
	r.clip(i, p)
}

// clip cuts "earlier this month" at the day it was said, and "later this year".
func (r *resolver) clip(i int, p *placed) {
	rd := &r.readings[i]
	mod := rd.get(sMod)
	if mod != vEarlier && mod != vLater || p.ends[0].IsZero() {
		return
	}
	first, last := r.from(i).days()
	if first.IsZero() || last.Before(p.ends[0]) || first.After(p.ends[1]) {
		return
	}
	if mod == vEarlier {
		p.ends[1] = last
	} else {
		p.ends[0] = first
	}
}

// pointMod is the TIMEX3 modifier of a point.
func pointMod(rd *reading) string {
	switch rd.get(sMod) {
	case vStart, vEarlier:
		return "START"
	case vEnd, vLater:
		return "END"
	case vMid:
		return "MID"
	}
	switch rd.get(sApprox) {
	case vApprox, vLess:
		return "APPROX"
	case vMore:
		return "BEFORE"
	case vAtLeast:
		return "ON_OR_BEFORE"
	case vAtMost:
		return "ON_OR_AFTER"
	}
	return ""
}

// point is the stretch of the calendar that a date tells, and its anchor.
func (r *resolver) point(i int) (point, string) {
	rd := &r.readings[i]
	switch {
	case rd.is(sISO):
		for _, x := range r.x[rd.first:rd.last] {
			if x.set.has(classISO) {
				d := x.date
				if d[1] == 0 {
					return point{gran: gDay, year: d[0]}, ""
				}
				if d[2] == 0 {
					return point{gran: gMonth, year: d[0], month: d[1]}, ""
				}
				return point{gran: gDay, year: d[0], month: d[1], day: d[2]}, ""
			}
		}
	case rd.is(sDecade):
		year := rd.get(sDecade)
		if year < 100 {
			year += 1900
		}
		return point{gran: gDecade, year: year}, ""
	case rd.is(sCentury):
		return point{gran: gCentury, year: (rd.get(sCentury) - 1) * 100}, ""
	case rd.is(sDeictic):
		return r.deictic(i, rd.get(sDeictic))
	}
	year, anchor, fixed := r.year(i)
	if rd.rule.name == "bc" {
		return point{gran: gYear, year: rd.get(sYear) / 1000, bc: !rd.is(sThat)}, ""
	}
	switch {
	case rd.is(sHoliday):
		h := &r.f.holidays[rd.get(sHoliday)-1]
		return r.pick(i, year, fixed, anchor, func(y int) (point, bool) { return h.in(y) })
	case rd.is(sMonth) && rd.is(sDay):
		month, date := rd.get(sMonth), rd.get(sDay)
		p, a := r.pick(i, year, fixed, anchor, func(y int) (point, bool) {
			return point{gran: gDay, year: y, month: month, day: date}, valid(y, month, date)
		})
		if rd.get(sUnit) == vWeek && rd.rule.name == "week-of" {
			if w, ok := p.in(gWeek); ok {
				return w, a
			}
			return point{gran: gWeek}, a
		}
		if p.year == 0 {
			p.month, p.day = month, date
		}
		return p, a
	case rd.is(sMonth):
		month := rd.get(sMonth)
		return r.pick(i, year, fixed, anchor, func(y int) (point, bool) {
			return point{gran: gMonth, year: y, month: month}, true
		})
	case rd.is(sYearAgo):
		return r.yearAgo(i)
	case rd.is(sSub):
		return r.quarter(i, year, fixed, anchor)
	case rd.is(sSeason):
		season := rd.get(sSeason)
		return r.pick(i, year, fixed, anchor, func(y int) (point, bool) {
			return point{gran: gSeason, year: y, n: season}, true
		})
	case rd.is(sWeekday):
		return r.weekday(i)
	case rd.is(sUnit) && !fixed:
		return r.unit(i)
	case fixed:
		return point{gran: gYear, year: year}, anchor
	case rd.is(sThat), rd.is(sPart), rd.is(sClock), rd.is(sHour):
		b := r.before(i)
		if p, ok := b.in(gDay); ok {
			return p, b.anchor
		}
		b = r.from(i)
		if p, ok := b.in(gDay); b.ok && ok {
			return p, b.anchor
		}
		return point{gran: gDay}, ""
	}
	return point{gran: gYear}, ""
}

// year is the year that a reading names or counts, and whether it does so.
func (r *resolver) year(i int) (year int, anchor string, ok bool) {
	rd := &r.readings[i]
	if rd.is(sYear) {
		return rd.get(sYear), "", true
	}
	if rd.get(sUnit) != vYear || !rd.is(sDir) {
		return 0, "", false
	}
	b, n := r.counted(i)
	if y, ok := b.in(gYear); b.ok && ok {
		return y.year + n, b.anchor, true
	}
	return 0, "", true
}

// counted is what "last", "this", "following" count from and how far.
func (r *resolver) counted(i int) (base, int) {
	rd := &r.readings[i]
	if rd.get(sDir) == vNext && rd.get(sUnit) == vDay {
		return r.before(i), 1
	}
	switch d := rd.get(sDir); d {
	case vPreceding:
		return r.before(i), -1
	case vThat:
		return r.before(i), 0
	case vFollowing:
		return r.before(i), 1
	case vLast:
		return r.from(i), -1
	case vNext:
		return r.from(i), 1
	default:
		return r.from(i), 0
	}
}

var granOf = map[int]gran{
	vYear: gYear, vHalf: gHalf, vQuarter: gQuarter, vMonth: gMonth, vWeek: gWeek, vFortnight: gWeek, vTwoWeeks: gWeek, vDay: gDay,
	vDecade: gDecade, vCentury: gCentury, vWeekend: gWeekend, vHour: gDay, vMinute: gDay, vSecond: gDay, vMillennium: gCentury,
}

// against is how much nearer a date must be that the verb's tense speaks against:
// in October "was due in December" is this year's December.
const against = 5

// clockOf sets the time of day.
func (r *resolver) clockOf(rd *reading, p *point) {
	minutes := -1
	switch {
	case rd.is(sClock):
		minutes = rd.get(sClock)
	case rd.is(sHour):
		minutes = rd.get(sHour) * 60
	}
	if minutes < 0 || p.gran != gDay && p.gran != gPart {
		return
	}
	hour := minutes / 60
	if rd.is(sMeridiem) && hour <= 12 {
		minutes = minutes%720 + rd.get(sMeridiem)
	} else if part := rd.get(sPart); hour < 12 && (part == vAfternoon || part == vEvening || part == vNight && hour >= 6) {
		minutes += 720
	}
	p.gran, p.part, p.clock = gMinute, 0, minutes
	if rd.is(sZone) {
		p.zone, p.zoned = rd.get(sZone), true
	} else if day, ok := p.date(); ok && r.in.Zone != nil {
		_, east := time.Date(day.Year(), day.Month(), day.Day(), minutes/60, minutes%60, 0, 0, r.in.Zone).Zone()
		p.zone, p.zoned = east/60, true
	}
}

// offset places "two years ago", "three days later".
func (r *resolver) offset(i int, p *placed) {
	rd := &r.readings[i]
	p.typ = "DATE"
	p.mod = pointMod(&rd.reading)
	back := rd.get(sAnchor) == vAgo || rd.get(sAnchor) == vBefore
	var b base
	if rd.get(sAnchor) == vAgo || rd.get(sAnchor) == vHence {
		b = r.from(i)
	} else {
		b = r.before(i)
	}
	count := rd.get(sCount)
	g := granOf[rd.get(sUnit)]
	if rd.is(sVague) || g == gNone {
		r.vaguely(p, b, back)
		return
	}
	if g == gYear && count == 1000 && back {
		if last := r.lastOf(i, gQuarter); last.ok && r.readings[i].sentence-r.sentenceOf(last) <= 2 {
			p.point, p.anchor = r.yearAgo(i)
			p.ends[0], p.ends[1] = p.point.days()
			return
		}
	}
	n := count / 1000
	switch u := rd.get(sUnit); {
	case u == vFortnight:
		n *= 2
	case u == vDecade:
		g, n = gYear, count/100
	case u == vHour:
		n /= 24
	case u == vMinute, u == vSecond:
		n = 0
	case count%1000 != 0 && g == gYear:
		g, n = gMonth, count*12/1000
	}
	if back {
		n = -n
	}
	q, ok := b.in(g)
	if !b.ok || !ok {
		b = r.from(i)
		q, ok = b.in(g)
	}
	p.point, p.anchor = point{gran: g}, ""
	if b.ok && ok {
		p.point, p.anchor = q.shift(n), b.anchor
	}
	p.ends[0], p.ends[1] = p.point.days()
}

func (r *resolver) sentenceOf(b base) int {
	j, err := strconv.Atoi(strings.TrimPrefix(b.anchor, "T"))
	if err != nil || j < 1 {
		return 0
	}
	return r.readings[j-1].sentence
}

// vaguely is some time before or after.
func (r *resolver) vaguely(p *placed, b base, back bool) {
	first, last := b.days()
	if !b.ok {
		first, last = time.Time{}, time.Time{}
	} else {
		p.anchor = b.anchor
	}
	if back {
		p.value, p.ends[1] = "PAST_REF", last
	} else {
		p.value, p.ends[0] = "FUTURE_REF", first
	}
}

// refer places "now", "recently", "at the time".
func (r *resolver) refer(i int, p *placed) {
	rd := &r.readings[i]
	p.typ = "DATE"
	p.value = names[rd.get(sRef)]
	if rd.is(sThat) {
		if r.latest >= 0 && r.latest < i {
			p.ref, p.anchor = r.latest+1, string(timeID(r.latest))
			p.ends = r.placed[r.latest].ends
			p.gran = r.placed[r.latest].point.gran
		}
		return
	}
	b := r.from(i)
	if !b.ok {
		return
	}
	first, last := b.days()
	p.anchor = b.anchor
	switch rd.get(sRef) {
	case vPresentRef:
		p.ends = [2]time.Time{first, last}
	case vPastRef:
		p.ends[1] = last
	default:
		p.ends[0] = first
	}
}
