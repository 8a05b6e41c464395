package roster

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
)

// Named is the actors that a name, alias, acronym or metonym means at a date, best first; at may be
// unknown. Where several share a name the confidence is divided among them by how likely
// each is to be called so; a person who holds an office at the date is likelier.
func (b *Base) Named(name string, at onrecord.Date) []Match {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.named(name, at)
}

func (b *Base) named(name string, at onrecord.Date) []Match {
	k := key(name)
	if k == "" {
		return nil
	}
	var out []Match
	var weights []float64
	put := func(i int, confidence float64, why, note string) {
		weight := confidence * b.prior(i, at)
		for j := range out {
			if out[j].ID == b.actors[i].ID {
				if confidence > out[j].Confidence {
					out[j].Confidence, out[j].Why, out[j].Note, weights[j] = confidence, why, note, weight
				}
				return
			}
		}
		m := b.match(i, confidence, why)
		m.Note = note
		out, weights = append(out, m), append(weights, weight)
	}
	for _, e := range b.names[k] {
		if e.why == ByAcronym && !capitals(name) {
			continue
		}
		if (!e.since.IsZero() || !e.until.IsZero()) && !at.IsZero() && !covers(e.since, e.until, at) {
			continue
		}
		base := e.base
		if e.why == ByShortName && b.prior(e.actor, at) == 1 {
			base = inOffice
		}
		put(e.actor, base, e.why, "")
	}
	for _, id := range b.peoples(name) {
		put(b.byID[id], 0.6, ByDemonym, "the people, or the government")
	}
	if exact := slices.ContainsFunc(out, func(m Match) bool { return m.Why != ByDemonym }); !exact {
		for _, e := range b.nearby().spelled[spelling(k)] {
			put(e.actor, e.base*0.9, ByTransliteration, "spelling of "+e.as)
		}
		b.persons(name, put)
	}
	share(out, weights)
	return out
}

// inOffice is the confidence that a last name alone is of the one so called who is in office.
const inOffice = 0.7

// persons finds persons by a name in another spelling, order or length.
func (b *Base) persons(name string, put func(int, float64, string, string)) {
	if len(name) > longest {
		return
	}
	p := takeApart(name)
	if len(p.words) == 0 || len(p.words) > 8 {
		return
	}
	near := b.nearby()
	seen := map[int]bool{}
	for _, s := range skeletons(p) {
		for _, i := range near.skeletons[s] {
			if seen[i] {
				continue
			}
			seen[i] = true
			a := &b.actors[i]
			best, why := 0.0, ""
			for _, other := range near.parsed[i] {
				if s, w := sameNames(p, other); s > best {
					best, why = s, w
				}
			}
			if a.Short != "" && len(p.words) <= 2 {
				if s, _ := sameNames(p, takeApart(a.Short)); s >= nearSounds && 0.5*s > best {
					put(i, 0.5*s, ByShortName, "")
					continue
				}
			}
			if best >= 0.3 {
				put(i, best*0.95, ByTransliteration, why)
			}
		}
	}
}

// prior is how likely an actor is to be meant by a name it shares.
func (b *Base) prior(i int, at onrecord.Date) float64 {
	a := &b.actors[i]
	switch {
	case a.Kind == onrecord.Government && a.Note == "":
		return 1
	case a.Kind == onrecord.Person:
		for _, o := range a.Offices {
			if at.IsZero() && o.Until.IsZero() || !at.IsZero() && covers(o.Since, o.Until, at) {
				return 1
			}
		}
		return 0.3
	case a.Note == "party":
		return 0.03
	case a.Kind == onrecord.Organization, a.Kind == onrecord.Group:
		return 0.8
	default:
		return 0.4
	}
}

// share divides the confidence among those that share a name and puts the best first.
func share(out []Match, weights []float64) {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for i := range out {
		if len(out) > 1 && sum > 0 {
			out[i].Confidence *= weights[i] / sum
		}
	}
	order(out)
}

func order(out []Match) {
	slices.SortStableFunc(out, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.ID, b.ID))
	})
}

// covers reports whether a date can fall between two others, of which either may be unknown.
func covers(since, until, at onrecord.Date) bool {
	return (since.IsZero() || since.Start().Before(at.End())) && (until.IsZero() || at.Start().Before(until.End()))
}

// capitals reports whether a name has no small letter, as acronyms are written: "us" and "who" are none.
func capitals(name string) bool {
	return !strings.ContainsFunc(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s"), "the "), "The "), unicode.IsLower)
}
