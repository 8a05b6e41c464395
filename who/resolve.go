package who

import (
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

// entity is one under construction.
type entity struct {
	kind     onrecord.EntityKind
	gender   kind
	name     onrecord.Span
	words    []string // of the fullest name; empty where it has none
	nominal  string
	roles    []onrecord.Role
	mentions []onrecord.Mention
	wanted   bool // a statement links to it
}

// resolution is a text under resolution.
type resolution struct {
	resolver   *Resolver
	text       *onrecord.Text
	statements []onrecord.Statement
	names      []name
	entityOf   []int // of each name
	found      []entity
	byLast     map[string][]int // a name's last word to entities
	byNominal  map[string]int
	byRole     map[string][]int    // the words of roles to entities, at most a few each
	byID       map[onrecord.ID]int // a statement's ID to the first entity of its source
	links      []onrecord.Link

	statementAt map[onrecord.ID]int // the statements' indexes
	spoke       []int               // entities that spoke, in order
	quoted      []int               // entities that others' own words tell to have spoken, in order
}

// cluster gives every name its entity: names are taken longest last word first
// in text order, so that a short name finds a longer one also behind it.
func (d *resolution) cluster() {
	d.entityOf = make([]int, len(d.names))
	for pass := range 2 {
		for i, n := range d.names {
			if (len(n.words) > 1) != (pass == 0) {
				continue
			}
			e := d.match(n)
			if e < 0 {
				e = len(d.found)
				d.found = append(d.found, entity{name: n.span, words: n.words})
				last := key(n.words[len(n.words)-1])
				d.byLast[last] = append(d.byLast[last], e)
			}
			d.entityOf[i] = e
			f := &d.found[e]
			if len(n.words) > len(f.words) {
				f.name, f.words = n.span, n.words
			}
			f.gender |= n.kind & (man | woman)
			if n.kind&organization != 0 {
				f.kind = onrecord.Organization
			}
			f.mentions = append(f.mentions, onrecord.Mention{Span: n.span, Form: onrecord.NameMention})
			if !n.title.Empty() {
				d.role(e, n.title)
			}
		}
	}
}

// match is the entity whose name the given one is part of or extends; -1 for none.
func (d *resolution) match(n name) int {
	same := d.byLast[key(n.words[len(n.words)-1])]
	for i := len(same) - 1; i >= 0 && i >= len(same)-8; i-- {
		e := &d.found[same[i]]
		if g := n.kind & (man | woman); g != 0 && e.gender != 0 && g&e.gender == 0 {
			continue
		}
		if partOf(n.words, e.words) || partOf(e.words, n.words) {
			return same[i]
		}
	}
	return -1
}

// partOf reports whether all words of short stand in long.
func partOf(short, long []string) bool {
	for _, w := range short {
		if !slices.ContainsFunc(long, func(x string) bool { return key(x) == key(w) }) {
			return false
		}
	}
	return true
}

// role notes a role of an entity once.
func (d *resolution) role(of int, span onrecord.Span) {
	e := &d.found[of]
	words := span.In(d.text.Source)
	for _, r := range e.roles {
		if strings.EqualFold(r.Title, words) {
			return
		}
	}
	if len(e.roles) < 8 {
		e.roles = append(e.roles, onrecord.Role{Title: words, Span: span})
		for w := range strings.FieldsSeq(strings.ToLower(words)) {
			if known := d.byRole[w]; len(known) < 50 && !slices.Contains(known, of) {
				d.byRole[w] = append(known, of)
			}
		}
	}
}

// speakers links the statements' sources and addressees in text order.
func (d *resolution) speakers() {
	// Roles that appositions tie to names are known before any nominal asks.
	d.statementAt = make(map[onrecord.ID]int, len(d.statements))
	for i := range d.statements {
		d.statementAt[d.statements[i].ID] = i
		for _, s := range d.statements[i].Source.Spans {
			d.apposition(s)
		}
	}
	for i := range d.statements {
		st := &d.statements[i]
		for _, s := range st.Source.Spans {
			es, confidence, rule := d.refer(st, s, st.Source.Form == onrecord.PronounForm)
			for n, e := range es {
				d.link(st.ID, onrecord.SourceRole, e, confidence, rule)
				d.setKind(e, st.Source.Kind)
				if n == 0 {
					d.byID[st.ID] = e
				}
				if st.Depth == 0 {
					d.spoke = append(d.spoke, e)
				} else if rule != "first-person" {
					d.quoted = append(d.quoted, e)
				}
			}
		}
		for _, s := range st.Addressee {
			es, confidence, rule := d.refer(st, s, false)
			for _, e := range es {
				d.link(st.ID, onrecord.AddresseeRole, e, confidence, rule)
			}
		}
	}
}

func (d *resolution) link(st onrecord.ID, role onrecord.LinkRole, e int, confidence float64, rule string) {
	d.found[e].wanted = true
	for i := len(d.links) - 1; i >= 0 && d.links[i].Statement == st; i-- {
		if d.links[i].Role == role && d.links[i].Entity == onrecord.ID(strconv.Itoa(e)) {
			return
		}
	}
	d.links = append(d.links, onrecord.Link{Statement: st, Role: role, Entity: onrecord.ID(strconv.Itoa(e)), Confidence: confidence, Rule: rule})
}

// setKind notes what an entity is where its name has not told.
func (d *resolution) setKind(e int, k onrecord.SourceKind) {
	f := &d.found[e]
	if f.kind != "" {
		return
	}
	switch k {
	case onrecord.PersonSource:
		f.kind = onrecord.Person
	case onrecord.OrganizationSource:
		f.kind = onrecord.Organization
	case onrecord.GroupSource:
		f.kind = onrecord.Group
	case onrecord.GovernmentSource:
		f.kind = onrecord.Government
	case onrecord.DocumentSource:
		f.kind = onrecord.Work
	}
}

// finish numbers the entities that statements link to by first mention.
func (d *resolution) finish() ([]onrecord.Entity, []onrecord.Link) {
	var order []int
	for i := range d.found {
		if d.found[i].wanted {
			slices.SortFunc(d.found[i].mentions, func(a, b onrecord.Mention) int {
				if a.Span.Start != b.Span.Start {
					return a.Span.Start - b.Span.Start
				}
				return a.Span.End - b.Span.End
			})
			d.found[i].mentions = slices.CompactFunc(d.found[i].mentions, func(a, b onrecord.Mention) bool { return a.Span == b.Span })
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := d.found[a].mentions[0].Span, d.found[b].mentions[0].Span
		if x != y {
			return (x.Start-y.Start)*2 + sign(x.End-y.End)
		}
		return a - b
	})
	ids := map[onrecord.ID]onrecord.ID{}
	var out []onrecord.Entity
	for n, i := range order {
		f := &d.found[i]
		id := onrecord.ID("E" + strconv.Itoa(n+1))
		ids[onrecord.ID(strconv.Itoa(i))] = id
		kind := f.kind
		if kind == "" {
			kind = onrecord.OtherEntity
		}
		label := f.nominal
		if len(f.words) > 0 {
			label = f.name.In(d.text.Source)
		}
		out = append(out, onrecord.Entity{ID: id, Kind: kind, Name: label, Roles: f.roles, Mentions: f.mentions})
	}
	for i := range d.links {
		d.links[i].Entity = ids[d.links[i].Entity]
	}
	return out, d.links
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
