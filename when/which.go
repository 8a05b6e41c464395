package when

import (
	"time"
)

// unit places "last month", "this week", "the following day".
func (r *resolver) unit(i int) (point, string) {
	rd := &r.readings[i]
	g := granOf[rd.get(sUnit)]
	b, n := r.counted(i)
	if g == gWeekend && rd.get(sDir) == vThis {
		n = r.weekend(i, b)
	}
	if p, ok := b.in(g); b.ok && ok {
		return p.shift(n), b.anchor
	}
	if b.ok && b.gran < g && b.known() && n == 0 { // "this week" said last month
		return b.point, b.anchor
	}
	return point{gran: g}, ""
}

// weekend is how many weeks away "the weekend" is: the last one, or, where the verb
// tells of what is to come or the week is at its end, this week's.
func (r *resolver) weekend(i int, b base) int {
	t, ok := b.date()
	if !ok || isoWeekday(t) >= 6 || r.tense(i) > 0 {
		return 0
	}
	return -1
}

// deictic places "today", "yesterday".
func (r *resolver) deictic(i, n int) (point, string) {
	b := r.from(i)
	if p, ok := b.in(gDay); b.ok && ok {
		return p.shift(n), b.anchor
	}
	if b.ok && b.known() && b.anchor != "published" { // said on some day of last month
		return b.point, b.anchor
	}
	return point{gran: gDay}, ""
}

// weekday places a day of the week.
func (r *resolver) weekday(i int) (point, string) {
	rd := &r.readings[i]
	want := rd.get(sWeekday)
	unknown := point{gran: gDay, weekday: want}
	b, _ := r.counted(i)
	if rd.get(sUnit) == vWeek { // "Monday of last week"
		n := map[int]int{vLast: -1, vPreceding: -1, vNext: 1, vFollowing: 1}[rd.get(sDir)]
		if w, ok := b.in(gWeek); b.ok && ok {
			first, _ := w.shift(n).days()
			return dayPoint(first.AddDate(0, 0, want-1)), b.anchor
		}
		return unknown, ""
	}
	t, ok := b.date()
	if !ok || !b.ok {
		return unknown, ""
	}
	back := (isoWeekday(t) - want + 7) % 7
	var n int
	switch rd.get(sDir) {
	case vLast, vPreceding:
		n = -back
		if back == 0 {
			n = -7
		}
	case vNext, vFollowing:
		n = 7 - back
	default:
		n = -back
		switch tense := r.tense(i); {
		case back > 0 && tense > 0, rd.get(sDir) == vThis && back > 0 && tense >= 0:
			n = 7 - back
		}
	}
	return dayPoint(t.AddDate(0, 0, n)), b.anchor
}

// pick chooses the year of something that comes round every year: the one told, else
// by "last" and "next", else by the tense of the verb, else the nearest.
func (r *resolver) pick(i, year int, fixed bool, anchor string, in func(year int) (point, bool)) (point, string) {
	rd := &r.readings[i]
	if fixed && year > 0 {
		p, ok := in(year)
		if !ok {
			return point{gran: gDay, year: year}, anchor // 29 February of a common year
		}
		return p, anchor
	}
	p, _ := in(4) // a leap year, for the parts that are known
	p.year = 0
	b := r.from(i)
	if rd.is(sDir) {
		b, _ = r.counted(i)
	}
	if near, ok := r.narrated(i); ok && !rd.is(sDir) && r.tense(i) <= 0 {
		if q, ok := in(near.year); ok {
			return q, near.anchor
		}
	}
	if !b.ok || fixed || b.gran < gYear {
		return p, ""
	}
	first, last := b.days()
	var best point
	var distance time.Duration
	var tense int
	switch rd.get(sDir) {
	case vLast, vPreceding:
		tense = -2
	case vNext, vFollowing:
		tense = 2
	case vThis, vThat:
		if rd.is(sDir) {
			if q, ok := in(b.year); ok {
				return q, b.anchor
			}
			return p, ""
		}
		fallthrough
	default:
		tense = r.tense(i)
	}
	if b.gran == gYear {
		if q, ok := in(b.year + tense/2); ok {
			return q, b.anchor
		}
		return p, ""
	}
	for y := b.year - 8; y <= b.year+8; y++ {
		q, ok := in(y)
		if !ok || y < firstYear {
			continue
		}
		if t, dated := q.date(); dated && rd.is(sWeekday) && isoWeekday(t) != rd.get(sWeekday) {
			continue
		}
		from, to := q.days()
		if q.gran == gSeason && q.n == vWinter { // the winter that ends in its year
			to = day(y, 3, 20)
		}
		var d time.Duration
		switch {
		case from.After(last):
			d = from.Sub(last)
			if tense == -2 {
				continue
			}
			if tense == -1 {
				d *= against
			}
		case to.Before(first):
			d = first.Sub(to)
			if tense == 2 {
				continue
			}
			if tense == 1 {
				d *= against
			}
		default:
			if tense == 2 || tense == -2 {
				continue
			}
		}
		if best.year == 0 || d < distance {
			best, distance = q, d
		}
	}
	if best.year == 0 {
		return p, ""
	}
	return best, b.anchor
}

// narrated is the year of a text that tells of another time: of the date told just
// before in the same or the last sentence where it names its year, or of the last one
// where the publication is not known.
func (r *resolver) narrated(i int) (base, bool) {
	if r.latest < 0 || r.latest >= i {
		return base{}, false
	}
	j := r.latest
	p := r.placed[j].point
	if p.year == 0 || p.bc || p.gran < gYear {
		return base{}, false
	}
	if r.base.ok && (r.readings[i].sentence != r.readings[j].sentence || !r.readings[j].is(sYear) || p.year >= r.base.year-1) {
		return base{}, false
	}
	return base{p, true, string(timeID(j))}, true
}

// quarter places quarters and halves of a year.
func (r *resolver) quarter(i, year int, fixed bool, anchor string) (point, string) {
	rd := &r.readings[i]
	g := granOf[rd.get(sSub)]
	n := rd.get(sOrdinal)
	most := map[gran]int{gQuarter: 4, gHalf: 2}[g]
	if n > most {
		n = most
	}
	switch {
	case n > 0 && !fixed && rd.is(sDir) && (rd.get(sDir) == vThat || rd.get(sDir) == vThis):
		b, _ := r.counted(i)
		if y, ok := b.in(gYear); b.ok && ok {
			return point{gran: g, year: y.year, n: n}, b.anchor
		}
		return point{gran: g, n: n}, ""
	case n > 0:
		return r.pick(i, year, fixed, anchor, func(y int) (point, bool) { return point{gran: g, year: y, n: n}, true })
	}
	// "the quarter", "the 1988 period": the one told last.
	last := r.lastOf(i, g)
	if fixed {
		if last.ok {
			return point{gran: g, year: year, n: last.n}, last.anchor
		}
		return point{gran: gYear, year: year}, anchor
	}
	if last.ok {
		return last.point, last.anchor
	}
	b := r.from(i)
	if p, ok := b.in(g); b.ok && ok {
		return p.shift(-1), b.anchor
	}
	return point{gran: g}, ""
}

// lastOf is the last point of a kind that was told before.
func (r *resolver) lastOf(i int, g gran) base {
	for j := i - 1; j >= 0 && i-j <= 24; j-- {
		if r.state[j] == 2 && r.placed[j].point.gran == g && r.placed[j].point.year > 0 && !r.yearBefore(j) {
			return base{r.placed[j].point, true, string(timeID(j))}
		}
	}
	return base{}
}

// yearAgo places "a year ago" and "the year-earlier quarter": the same quarter of the
// year before where the text tells of quarters, else that year.
func (r *resolver) yearAgo(i int) (point, string) {
	rd := &r.readings[i]
	if n := rd.get(sOrdinal); n > 0 {
		b := r.from(i)
		if last := r.lastOf(i, gQuarter); last.ok && last.n == n {
			return last.shift(-4), last.anchor
		}
		if y, ok := b.in(gYear); b.ok && ok {
			return point{gran: gQuarter, year: y.year - 1, n: n}, b.anchor
		}
		return point{gran: gQuarter, n: n}, ""
	}
	if last := r.lastOf(i, gQuarter); last.ok {
		return last.shift(-4), last.anchor
	}
	b := r.from(i)
	if y, ok := b.in(gYear); b.ok && ok {
		return y.shift(-1), b.anchor
	}
	return point{gran: gYear}, ""
}

// yearBefore reports whether a reading itself is one of "a year earlier".
func (r *resolver) yearBefore(i int) bool {
	rd := &r.readings[i]
	return rd.is(sYearAgo) || rd.rule.kind == offset
}
