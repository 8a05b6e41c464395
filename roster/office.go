package roster

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// Office is who held an office at a date, best first: Office("prime minister", "Iraqi", at). The office is
// called by any of its usual titles; of is an ID, a name or a country's demonym. Where at is unknown it is the latest
// holder known, with less confidence.
//
// What is not known is not guessed. After the last time that a source knows the latest holder in office, the confidence
// falls with the time gone by and Note says so. Before the first holder known, in a gap, and for an office
// that is not known, the match is the government or organisation with the title as its Role, Why "role" and Unknown set.
// There is no match when of is not known.
func (b *Base) Office(title, of string, at onrecord.Date) []Match {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.office(normalTitle(title), b.body(of), at)
}

// body is the governments and organisations that words mean: an ID, a name, an alias, a metonym, a demonym.
func (b *Base) body(words string) []onrecord.ID {
	words = strings.TrimSpace(words)
	if _, ok := b.byID[onrecord.ID(words)]; ok {
		return []onrecord.ID{onrecord.ID(words)}
	}
	k := key(words)
	if d := b.peoples(words); len(d) > 0 {
		return append([]onrecord.ID(nil), d...)
	}
	var out []onrecord.ID
	best := 0.0
	for _, e := range b.names[k] {
		a := &b.actors[e.actor]
		if a.Kind == onrecord.Person || e.why == ByAcronym && !capitals(words) {
			continue
		}
		score := e.base * b.prior(e.actor, onrecord.Date{})
		switch {
		case score > best*1.5:
			out, best = []onrecord.ID{a.ID}, score
		case score > best/1.5 && !slices.Contains(out, a.ID):
			out = append(out, a.ID)
		}
	}
	if len(out) == 0 {
		for _, s := range []string{" government", " authorities", " administration", " regime", " state"} {
			if rest, ok := strings.CutSuffix(words, s); ok {
				return b.body(rest)
			}
		}
	}
	return out
}

// heads are titles that only say that somebody leads, with the titles that are meant.
var heads = map[string][]string{
	"leader": {"supreme leader", "head of government", "head of state", "secretary general", "leader"},
	"emir":   {"emir", "amir"},
	"head":   {"secretary general", "director general", "managing director", "high commissioner", "president", "chairperson", "leader"},
	"chief":  {"secretary general", "director general", "managing director", "high commissioner", "president", "chairperson", "leader"},
}

func (b *Base) office(title string, of []onrecord.ID, at onrecord.Date) []Match {
	var out []Match
	for _, id := range of {
		titles := heads[title]
		if titles == nil {
			titles = []string{title}
		}
		var found []Match
		for _, t := range titles {
			if found = b.holders(t, id, at); len(found) > 0 {
				break
			}
		}
		if len(found) == 0 {
			i := b.byID[id]
			m := b.match(i, 0.8, ByRole)
			m.Role, m.Unknown, m.Note = title, true, b.unknown(titles, id, at)
			found = []Match{m}
		}
		for _, m := range found {
			m.Role = title
			m.Confidence /= float64(len(of))
			out = append(out, m)
		}
	}
	order(out)
	return out
}

// holders are those known to hold an office at a date.
func (b *Base) holders(title string, of onrecord.ID, at onrecord.Date) []Match {
	var out []Match
	var latest *tenure
	for _, n := range b.held[of] {
		t := &b.offices[n]
		if !slices.Contains(t.Titles, title) {
			continue
		}
		if latest == nil || t.Since.Start().After(latest.Since.Start()) {
			latest = t
		}
		if at.IsZero() || !covers(t.Since, t.Until, at) {
			continue
		}
		confidence, note := 0.95, ""
		switch {
		case t.Until.IsZero() && t.Since.IsZero() && t.AsOf.IsZero():
			confidence, note = 0.5, "no dates are known"
		case t.Until.IsZero() && t.AsOf.IsZero():
			// A user's line without an end and without "as of": in office as far as the user knows.
			confidence = 0.9
		case t.Until.IsZero() && at.Start().After(t.AsOf.End()):
			years := at.Start().Sub(t.AsOf.End()).Hours() / 24 / 365.25
			confidence = 0.9 * math.Exp(-years/2.5)
			note = fmt.Sprintf("known to hold it in %s; nothing later is known", t.AsOf)
		case t.Since.IsZero():
			confidence, note = 0.7, "since when is not known"
		}
		m := b.match(t.person, confidence, ByOffice)
		m.Office, m.Note = t.Office, note
		out = append(out, m)
	}
	if at.IsZero() && latest != nil {
		m := b.match(latest.person, 0.6, ByOffice)
		m.Office, m.Note = latest.Office, "no date is given; the latest holder known"
		out = append(out, m)
	}
	return b.succession(out, at)
}

// succession leaves one match a person and, where offices overlap because an end is not known, puts him
// first who took office last; on a day of change both are possible.
func (b *Base) succession(out []Match, at onrecord.Date) []Match {
	slices.SortStableFunc(out, func(x, y Match) int { return y.Office.Since.Start().Compare(x.Office.Since.Start()) })
	kept := out[:0]
	for i, m := range out {
		if slices.ContainsFunc(kept, func(o Match) bool { return o.ID == m.ID }) {
			continue
		}
		if i > 0 && len(kept) > 0 {
			if m.Office.Until.IsZero() && !kept[0].Office.Since.IsZero() && !kept[0].Office.Since.Start().After(at.Start()) {
				continue // an end that is not known: at the latest when the next came
			}
			m.Confidence *= 0.5
		}
		kept = append(kept, m)
	}
	if len(kept) > 1 {
		kept[0].Confidence *= 0.7
	}
	return kept
}

// unknown says what is known of an office of which no holder is known at a date.
func (b *Base) unknown(titles []string, of onrecord.ID, at onrecord.Date) string {
	var before, after *tenure
	for _, n := range b.held[of] {
		t := &b.offices[n]
		if !slices.ContainsFunc(titles, func(title string) bool { return slices.Contains(t.Titles, title) }) {
			continue
		}
		if t.Since.Start().After(at.Start()) {
			if after == nil || t.Since.Start().Before(after.Since.Start()) {
				after = t
			}
		} else if before == nil || t.Since.Start().After(before.Since.Start()) {
			before = t
		}
	}
	switch {
	case before == nil && after == nil:
		return "no holder of the office is known"
	case before == nil:
		return fmt.Sprintf("nothing is known before %s since %s", b.actors[after.person].Name, after.Since)
	case after == nil:
		return fmt.Sprintf("nothing is known after %s until %s", b.actors[before.person].Name, before.Until)
	default:
		return fmt.Sprintf("nothing is known between %s until %s and %s since %s", b.actors[before.person].Name, before.Until, b.actors[after.person].Name, after.Since)
	}
}
