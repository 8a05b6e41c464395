package when

import (
	"fmt"
	"strconv"
)

// duration places a length of time; "the past two weeks" has ends.
func (r *resolver) duration(i int, p *placed) {
	rd := &r.readings[i]
	p.typ = "DURATION"
	p.value = lengthValue(&rd.reading)
	p.mod = lengthMod(&rd.reading)
	if !rd.is(sBound) {
		return
	}
	b := r.from(i)
	first, last := b.days()
	if !b.ok || first.IsZero() {
		return
	}
	p.anchor = b.anchor
	vague := rd.is(sVague) || rd.get(sCount) == 0
	n := (rd.get(sCount) + 999) / 1000
	g := granOf[rd.get(sUnit)]
	switch rd.get(sUnit) {
	case vHour:
		n = (n + 23) / 24
	case vMinute, vSecond:
		n = 0
	case vFortnight:
		n *= 2
	}
	far := func(n int) point {
		if q, ok := b.in(gDay); ok {
			switch g {
			case gYear, gDecade, gCentury, gQuarter, gHalf, gMonth:
				months := map[gran]int{gYear: 12, gDecade: 120, gCentury: 1200, gQuarter: 3, gHalf: 6, gMonth: 1}[g] * n
				y, m := carry(q.year, q.month+months, 12)
				d := q.day
				for !valid(y, m, d) && d > 28 {
					d--
				}
				return point{gran: gDay, year: y, month: m, day: d}
			case gWeek, gWeekend:
				return q.shift(7 * n)
			default:
				return q.shift(n)
			}
		}
		q, _ := b.in(g)
		return q.shift(n)
	}
	n = min(n, 5000)
	if rd.get(sBound) == vLast {
		p.ends[1] = last
		if !vague {
			p.ends[0], _ = far(-n).days()
		}
	} else {
		p.ends[0] = first
		if !vague {
			_, p.ends[1] = far(n).days()
		}
	}
}

func lengthMod(rd *reading) string {
	switch rd.get(sApprox) {
	case vApprox:
		return "APPROX"
	case vLess:
		return "LESS_THAN"
	case vMore:
		return "MORE_THAN"
	case vAtLeast:
		return "EQUAL_OR_MORE"
	case vAtMost:
		return "EQUAL_OR_LESS"
	}
	return ""
}

// lengthValue is an ISO 8601 duration as TIMEX3 has them: decades and centuries in
// years, X for "several".
func lengthValue(rd *reading) string {
	unit, count := rd.get(sUnit), rd.get(sCount)
	if rd.is(sHalf) {
		count += 500
	}
	letter := names[unit]
	clock := ""
	switch unit {
	case vSecond, vMinute, vHour:
		clock, letter = "T", letter[:1]
	case vFortnight:
		letter, count = "W", count*2
	}
	if rd.is(sVague) || count == 0 {
		return "P" + clock + "X" + letter
	}
	switch unit {
	case vDecade:
		letter, count = "Y", count*10
	case vCentury:
		letter, count = "Y", count*100
	case vMillennium:
		letter, count = "Y", count*1000
	}
	if smaller, per := map[string]string{"Y": "M", "TH": "M", "TM": "S"}[clock+letter], map[string]int{"Y": 12, "TH": 60, "TM": 60}[clock+letter]; count%1000 == 500 && per > 0 {
		half := strconv.Itoa(per/2) + smaller
		if count < 1000 {
			return "P" + clock + half
		}
		return fmt.Sprintf("P%s%d%s%s", clock, count/1000, letter, half)
	}
	return "P" + clock + strconv.FormatFloat(float64(count)/1000, 'f', -1, 64) + letter
}

// set is what comes again and again.
func (r *resolver) set(i int, p *placed) {
	rd := &r.readings[i]
	p.typ = "SET"
	part := ""
	if rd.is(sPart) {
		part = "T" + names[rd.get(sPart)]
	}
	switch {
	case rd.is(sOften):
		p.value = "P1" + names[rd.get(sOften)]
		switch rd.get(sOften) {
		case vHour:
			p.value = "PT1H"
		case vFortnight, vTwoWeeks:
			p.value = "P2W"
		}
	case rd.is(sWeekday):
		p.value = fmt.Sprintf("XXXX-WXX-%d%s", rd.get(sWeekday), part)
	case rd.is(sMonth):
		p.value = fmt.Sprintf("XXXX-%02d", rd.get(sMonth))
	case rd.is(sSeason):
		p.value = "XXXX-" + names[rd.get(sSeason)]
	case rd.is(sPart):
		p.value = "XXXX-XX-XX" + part
	default:
		if !rd.is(sCount) {
			rd.put(sCount, 1000)
		}
		p.value = lengthValue(&rd.reading)
	}
}
