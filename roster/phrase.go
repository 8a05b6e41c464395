package roster

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// Phrase is whom a noun phrase means at a date, best first: "Iraq's interior minister", "the Iraqi prime
// minister", "the US president", "the Pentagon", "the Kremlin spokesman", "Baghdad", "Iraqi Prime Minister Mohammed
// al-Sudani", "former US president Barack Obama". A role whose holder is not known is the actor it is a role of, with
// Unknown set. What is understood in no such way is looked up as a name.
func (b *Base) Phrase(words string, at onrecord.Date) []Match {
	b.mu.RLock()
	defer b.mu.RUnlock()
	words = strings.Trim(strings.Join(strings.Fields(words), " "), ",.;:")
	if len(b.names[key(words)]) > 0 {
		if exact := b.named(words, at); len(exact) > 0 {
			return exact
		}
	}
	if m := b.described(words, at); len(m) > 0 {
		return m
	}
	return b.named(words, at)
}

// described understands a body and a title or role, and a name after them.
func (b *Base) described(words string, at onrecord.Date) []Match {
	for _, p := range []string{"the ", "The ", "a ", "A ", "an ", "An "} {
		words = strings.TrimPrefix(words, p)
	}
	former := false
	cut := func(s string) string {
		for _, p := range []string{"former ", "Former ", "ex-", "Ex-", "then-", "Then-", "late ", "ousted ", "deposed "} {
			if rest, ok := strings.CutPrefix(s, p); ok {
				former = former || p != "then-" && p != "Then-"
				return rest
			}
		}
		return s
	}
	words = cut(words)
	if of, rest, ok := b.possessor(words); ok {
		return b.titled(of, cut(rest), at, former)
	}
	for _, prep := range []string{" of the ", " of ", " for the ", " for ", " in ", " to the ", " to "} {
		title, of, ok := strings.Cut(words, prep)
		if !ok {
			continue
		}
		if ids := b.body(of); len(ids) > 0 {
			if m := b.titled(ids, title, at, former); len(m) > 0 {
				return m
			}
		}
		// "the minister of defence of Iraq"
		if i := strings.LastIndex(words, prep); i > len(title) {
			if ids := b.body(words[i+len(prep):]); len(ids) > 0 {
				if m := b.titled(ids, words[:i], at, former); len(m) > 0 {
					return m
				}
			}
		}
	}
	// A title and a name: "Prime Minister Mohammed al-Sudani".
	return b.titled(nil, words, at, former)
}

// possessor finds the body that a phrase begins with: "Iraq's", "Iraqi", "the United Nations", "Kremlin".
func (b *Base) possessor(words string) ([]onrecord.ID, string, bool) {
	f := strings.Fields(words)
	for n := min(len(f)-1, 6); n > 0; n-- {
		first := strings.Join(f[:n], " ")
		if ids := b.body(first); len(ids) > 0 {
			return ids, strings.Join(f[n:], " "), true
		}
	}
	return nil, "", false
}

// titled understands what follows a body: a title, a role, and a name after the title.
func (b *Base) titled(of []onrecord.ID, words string, at onrecord.Date, former bool) []Match {
	for _, p := range []string{"ministry of the ", "ministry of ", "ministry for "} {
		if field, ok := strings.CutPrefix(strings.ToLower(words), p); ok && len(of) > 0 {
			return b.role(field+" ministry", of)
		}
	}
	f := strings.Fields(words)
	for n := len(f); n > 0; n-- {
		title := strings.Join(f[:n], " ")
		normal, known := knownTitle(title)
		role := loadTitles().role[key(title)]
		if heads[normal] != nil && len(of) > 0 && n == len(f) && !former && b.led(normal, of) {
			return b.office(normal, of, at)
		}
		if !known && !role && !b.hasTitle(normal, of) {
			continue
		}
		if n < len(f) {
			return b.namedIn(strings.Join(f[n:], " "), normal, of, at)
		}
		if len(of) == 0 {
			if of = b.sole(normal); len(of) == 0 {
				return nil
			}
		}
		switch {
		case former:
			return b.former(normal, of, at)
		case known || b.hasTitle(normal, of):
			return b.office(normal, of, at)
		}
		return b.role(key(title), of)
	}
	// "the Kremlin's chief spokesman", "a senior Iraqi army officer": the last word tells the role.
	if len(f) > 0 && len(f) < 5 && len(of) > 0 && loadTitles().role[key(f[len(f)-1])] && f[len(f)-1] == strings.ToLower(f[len(f)-1]) {
		return b.role(key(words), of)
	}
	return nil
}

// sole is the only body that has a head of state of some title: the Holy See of a pope.
func (b *Base) sole(title string) []onrecord.ID {
	var of []onrecord.ID
	for i := range b.offices {
		t := &b.offices[i]
		if slices.Contains(t.Titles, title) && slices.Contains(t.Titles, "head of state") && !slices.Contains(of, t.Of) {
			if of = append(of, t.Of); len(of) > 1 {
				return nil
			}
		}
	}
	return of
}

// led reports whether somebody is known who led a body in any of the offices that a word may mean.
func (b *Base) led(head string, of []onrecord.ID) bool {
	return slices.ContainsFunc(heads[head], func(title string) bool { return b.hasTitle(title, of) })
}

// hasTitle reports whether a body has somebody of a title that is not among the known words.
func (b *Base) hasTitle(title string, of []onrecord.ID) bool {
	for _, id := range of {
		for _, n := range b.held[id] {
			if slices.Contains(b.offices[n].Titles, title) {
				return true
			}
		}
	}
	return false
}

// role is somebody or a part of a body, not known which.
func (b *Base) role(role string, of []onrecord.ID) []Match {
	var out []Match
	for _, id := range of {
		if i, ok := b.ministry(role, id); ok {
			out = append(out, b.match(i, 0.9/float64(len(of)), ByName))
			continue
		}
		m := b.match(b.byID[id], 0.8/float64(len(of)), ByRole)
		m.Role, m.Unknown = role, true
		switch role {
		case "government", "authorities", "administration", "regime":
			m.Unknown = false // the government is the actor itself
		}
		out = append(out, m)
	}
	order(out)
	return out
}

// ministry finds the "interior ministry" of a government among those that are known.
func (b *Base) ministry(role string, of onrecord.ID) (int, bool) {
	field, ok := strings.CutSuffix(role, " ministry")
	if !ok {
		return 0, false
	}
	field, _ = loadTitles().fields(field)
	country := strings.ToUpper(strings.TrimPrefix(string(of), "gov/"))
	for _, i := range b.ministries[country] {
		name := Fold(b.actors[i].Name)
		for _, p := range []string{"federal ", "state ", "ministry of the ", "ministry of ", "ministry for "} {
			name = strings.TrimPrefix(name, p)
		}
		if f, _ := loadTitles().fields(strings.TrimSuffix(name, " ministry")); f == field {
			return i, true
		}
	}
	return 0, false
}

// former are those whose holding of an office ended before a date, the last first.
func (b *Base) former(title string, of []onrecord.ID, at onrecord.Date) []Match {
	var out []Match
	for _, id := range of {
		for _, n := range b.held[id] {
			t := &b.offices[n]
			if !slices.Contains(t.Titles, title) || t.Until.IsZero() || !at.IsZero() && t.Until.Start().After(at.End()) {
				continue
			}
			if slices.ContainsFunc(out, func(m Match) bool { return m.ID == b.actors[t.person].ID }) {
				continue
			}
			m := b.match(t.person, 0, ByOffice)
			m.Role, m.Office, m.Note = title, t.Office, "one of those who held it before"
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(x, y Match) int { return y.Office.Until.Start().Compare(x.Office.Until.Start()) })
	out = out[:min(len(out), 8)]
	for i := range out {
		out[i].Confidence = 0.6 / float64(len(out))
	}
	if len(out) == 0 {
		out = b.role(title, of)
	}
	return out
}

// namedIn is a name with a title before it: a holder of the office is what the words say.
func (b *Base) namedIn(name, title string, of []onrecord.ID, at onrecord.Date) []Match {
	out := b.named(name, at)
	for i := range out {
		m := &out[i]
		a := b.actors[b.byID[m.ID]]
		for _, o := range a.Offices {
			if slices.Contains(o.Titles, title) && (len(of) == 0 || slices.Contains(of, o.Of)) {
				m.Role, m.Office = title, o
				m.Confidence += (1 - m.Confidence) * 0.6
				break
			}
		}
		if m.Office.Of == "" && len(of) > 0 && m.Kind == onrecord.Person {
			m.Confidence *= 0.7 // another office than any known
			m.Role = title
		}
	}
	order(out)
	return out
}
