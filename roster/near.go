package roster

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// nearby is the look-ups by other spellings, made if they are not. The caller holds the lock for reading.
func (b *Base) nearby() *nearness {
	b.nearMu.Lock()
	defer b.nearMu.Unlock()
	if b.near == nil {
		b.near = near(b.actors)
	}
	return b.near
}

func near(actors []Actor) *nearness {
	n := &nearness{spelled: make(map[string][]entry, 1<<13), skeletons: map[string][]int{}, parsed: map[int][]personName{}}
	for i := range actors {
		a := &actors[i]
		n.name(i, a, a.Name, 1)
		for _, alias := range a.Aliases {
			if !acronym(alias) {
				n.name(i, a, alias, 0.95)
			}
		}
	}
	return n
}

// name makes an actor findable by a name and what is close to it.
func (n *nearness) name(i int, a *Actor, name string, base float64) {
	if a.Note == ministry {
		base = genericName
	}
	if s := spelling(key(name)); s != "" && !slices.ContainsFunc(n.spelled[s], func(e entry) bool { return e.actor == i }) {
		n.spelled[s] = append(n.spelled[s], entry{actor: i, why: ByTransliteration, as: name, base: base})
	}
	if a.Kind != onrecord.Person {
		return
	}
	p := takeApart(name)
	n.parsed[i] = append(n.parsed[i], p)
	for _, s := range skeletons(p) {
		if !slices.Contains(n.skeletons[s], i) {
			n.skeletons[s] = append(n.skeletons[s], i)
		}
	}
}

// skeletons are the consonants of the words of a name, but for given names that many share; those count where they
// stand last.
func skeletons(p personName) []string {
	var out []string
	for i, t := range p.words {
		if t.first != "" && i+1 < len(p.words) {
			continue
		}
		if s := skeleton(t.sound); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func skeleton(sound string) string {
	if len(sound) < 2 {
		return ""
	}
	if strings.HasPrefix(sound, "al") && len(sound) > 5 {
		sound = sound[2:]
	}
	return sound[:1] + strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeiouEO", r) {
			return -1
		}
		return r
	}, sound[1:])
}

// spelling is a key with the spellings of its words evened out and articles gone.
func spelling(k string) string {
	s := loadSpellings()
	var b strings.Builder
	for w := range strings.SplitSeq(k, " ") {
		if w == "al" || w == "el" || w == "of" || w == "the" || w == "and" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s.sound(w))
	}
	return b.String()
}
