package who

import (
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

// entities links statements to chains and returns the chains they link to.
func (r *Resolver) entities(text *onrecord.Text, statements []onrecord.Statement) ([]onrecord.Entity, []onrecord.Link) {
	c := r.chains(text, statements)
	b := &builder{chains: c, wanted: map[int]*builtEntity{}, bare: map[string]*builtEntity{}, said: map[int]onrecord.Span{}}
	for i := range statements {
		st := &statements[i]
		for _, s := range st.Source.Spans {
			b.refer(st.ID, onrecord.SourceRole, s, st.Source.Kind)
		}
		for _, s := range st.Addressee {
			b.refer(st.ID, onrecord.AddresseeRole, s, "")
		}
	}
	return b.finish()
}

// builder collects the chains that statements link to.
type builder struct {
	*chains
	wanted map[int]*builtEntity // by chain
	order  []*builtEntity
	links  []builtLink
	bare   map[string]*builtEntity
	said   map[int]onrecord.Span // by mention: the shorter phrase that statements have as their source
}

type builtEntity struct {
	chain  int // -1 for a phrase that is no mention
	span   onrecord.Span
	kind   onrecord.SourceKind
	spans  []onrecord.Mention // of statements, besides the chain's
	number int
}

type builtLink struct {
	link onrecord.Link
	to   *builtEntity
}

// refer links a role's phrase to its chain; to the chains of its parts where
// several names are joined in it.
func (b *builder) refer(id onrecord.ID, role onrecord.LinkRole, s onrecord.Span, kind onrecord.SourceKind) {
	top := b.top([]onrecord.Span{s})
	if top < 0 {
		b.phrase(id, role, s, kind)
		return
	}
	m := &b.mentions[top]
	if s.Start <= m.span.Start && s.End < m.span.End && b.text.Tokens[m.head].Span.End <= s.End {
		b.said[top] = s
	}
	joint := -1
	if m.joint {
		joint = top
	} else if m.pronoun != nil && m.pronoun.number == plural { // "they": Ada and Omar
		known := b.all[b.chain(top)].mentions
		for _, i := range known[:min(len(known), 20)] {
			if b.mentions[i].joint {
				joint = i
				break
			}
		}
	}
	if joint >= 0 {
		parts := b.parts(joint)
		if len(parts) > 1 {
			for _, p := range parts {
				b.link(id, role, p, "")
			}
			return
		}
	}
	b.link(id, role, top, kind)
}

// parts are the named mentions joined in one; none where one of them has no name.
func (b *builder) parts(joint int) []int {
	head := b.mentions[joint].head
	out := []int{b.byHead[head] - 1}
	for _, k := range b.children[head] {
		if b.relation(k) == "conj" && b.byHead[k] > 0 {
			out = append(out, b.byHead[k]-1)
		}
	}
	for _, i := range out {
		if i < 0 || b.mentions[i].form != onrecord.NameMention {
			return nil
		}
	}
	return out
}

// link ties a statement's role to a mention's chain.
func (b *builder) link(id onrecord.ID, role onrecord.LinkRole, m int, kind onrecord.SourceKind) {
	k := b.chain(m)
	e := b.wanted[k]
	if e == nil {
		e = &builtEntity{chain: k, kind: kind}
		b.wanted[k] = e
		b.order = append(b.order, e)
	}
	if e.kind == "" {
		e.kind = kind
	}
	confidence, rule := .95, "name"
	switch l := b.chains.links[m]; {
	case l.to > 0:
		confidence, rule = l.confidence, l.rule
	case b.mentions[m].pronoun != nil:
		confidence, rule = .5, "itself"
	case b.mentions[m].form == onrecord.NominalMention:
		confidence, rule = .9, "itself"
	}
	b.add(onrecord.Link{Statement: id, Role: role, Confidence: confidence, Rule: rule}, e)
}

// phrase links to a phrase that is no mention, such as a verb's: to itself.
func (b *builder) phrase(id onrecord.ID, role onrecord.LinkRole, s onrecord.Span, kind onrecord.SourceKind) {
	if s.Empty() {
		return
	}
	e := &builtEntity{chain: -1, span: s, kind: kind}
	// "that", "which": the noun their clause hangs on.
	t := b.text.TokenAt(s.Start)
	if t < len(b.text.Tokens) && b.text.Tokens[t].Span == s {
		if of := b.antecedent(t); of >= 0 {
			b.link(id, role, of, kind)
			b.wanted[b.chain(of)].spans = append(b.wanted[b.chain(of)].spans, onrecord.Mention{Span: s, Form: onrecord.PronounMention})
			l := &b.links[len(b.links)-1].link
			l.Rule, l.Confidence = "relative", .8
			return
		}
	}
	words := strings.ToLower(s.In(b.text.Source))
	if role == onrecord.SourceRole && kind == onrecord.PersonSource {
		// A label such as "QUIST:" may be all there is.
		name := key(words[strings.LastIndexByte(words, ' ')+1:])
		if known := b.words[name]; len(known) > 0 {
			b.link(id, role, known[0], kind)
			return
		}
	}
	if old := b.bare[words]; old != nil {
		e = old
	} else {
		b.bare[words] = e
		b.order = append(b.order, e)
	}
	b.add(onrecord.Link{Statement: id, Role: role, Confidence: .5, Rule: "itself"}, e)
}

func (b *builder) add(l onrecord.Link, e *builtEntity) {
	for i := len(b.links) - 1; i >= 0 && b.links[i].link.Statement == l.Statement; i-- {
		if b.links[i].link.Role == l.Role && b.links[i].to == e {
			return
		}
	}
	b.links = append(b.links, builtLink{l, e})
}

// finish writes the entities in the order of their first mentions.
func (b *builder) finish() ([]onrecord.Entity, []onrecord.Link) {
	built := make([]onrecord.Entity, len(b.order))
	for n, e := range b.order {
		built[n] = b.entity(e)
	}
	order := make([]int, len(b.order))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		a, b := built[x].Mentions[0].Span, built[y].Mentions[0].Span
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	var entities []onrecord.Entity
	for n, i := range order {
		b.order[i].number = n + 1
		built[i].ID = onrecord.ID("E" + strconv.Itoa(n+1))
		entities = append(entities, built[i])
	}
	var links []onrecord.Link
	for _, l := range b.links {
		l.link.Entity = onrecord.ID("E" + strconv.Itoa(l.to.number))
		links = append(links, l.link)
	}
	return entities, links
}

// entity is a chain as it is shown.
func (b *builder) entity(e *builtEntity) onrecord.Entity {
	if e.chain < 0 {
		return onrecord.Entity{
			Kind: entityKind(unknownNature, e.kind, false), Name: e.span.In(b.text.Source),
			Mentions: []onrecord.Mention{{Span: e.span, Form: onrecord.NominalMention}},
		}
	}
	k := &b.all[e.chain]
	mentions := slices.Clone(k.mentions)
	slices.Sort(mentions)
	out := onrecord.Entity{}
	longest, label := -1, ""
	spoken := true
	for _, i := range mentions {
		m := &b.mentions[i]
		span, form := m.span, m.form
		switch form {
		case onrecord.NameMention:
			name := b.nameSpan(m)
			if n := len(m.words); n > longest {
				longest, out.Name = n, name.In(b.text.Source)
			}
			span = b.named(m, name)
			spoken = false
			if title := b.titleWords(m); title != nil {
				b.role(&out, onrecord.Span{Start: b.text.Tokens[m.first].Span.Start, End: name.Start})
			}
		case onrecord.NominalMention:
			spoken = false
			words := b.label(m)
			if s, ok := b.said[i]; ok { // "militias angry over the strikes": the militias
				span.End, words.End = s.End, min(words.End, s.End)
			}
			if label == "" && words.Start < words.End {
				label = words.In(b.text.Source)
			}
			if (m.apposed > 0 || m.predicate || b.chains.links[i].rule == "role") && m.nature == personNature {
				b.role(&out, b.label(m))
			}
		}
		out.Mentions = append(out.Mentions, onrecord.Mention{Span: span, Form: form})
	}
	out.Mentions = append(out.Mentions, e.spans...)
	slices.SortFunc(out.Mentions, func(x, y onrecord.Mention) int {
		if x.Span.Start != y.Span.Start {
			return x.Span.Start - y.Span.Start
		}
		return x.Span.End - y.Span.End
	})
	out.Mentions = slices.CompactFunc(out.Mentions, func(a, b onrecord.Mention) bool { return a.Span == b.Span })
	if out.Name == "" {
		out.Name = label
	}
	if out.Name == "" {
		out.Name = b.mentions[mentions[0]].span.In(b.text.Source)
	}
	out.Kind = entityKind(k.nature(), e.kind, k.gender != 0 || spoken)
	if out.Kind == onrecord.Person && !k.named && k.numbers == 2 {
		out.Kind = onrecord.Group
	}
	return out
}

// named is a name with the titles and the article before it, without what is set
// off behind it.
func (b *builder) named(m *mention, name onrecord.Span) onrecord.Span {
	end := b.label(m).End
	if m.nature == personNature || m.titled || end < name.End {
		end = name.End
	}
	return onrecord.Span{Start: m.span.Start, End: end}
}

// tied tells a phrase that belongs to the noun before it: "of Wesel", not "on Friday".
func (b *builder) tied(i int) bool {
	k := b.byHead[i]
	return b.child(i, "case") >= 0 && (k == 0 || b.mentions[k-1].nature != timeNature)
}

// label is a noun phrase without its article, with the phrases that are tied to it
// alone, without what is set off by commas.
func (b *builder) label(m *mention) onrecord.Span {
	first, last := m.first, m.head+1
	switch strings.ToLower(b.text.Word(first)) {
	case "the", "a", "an":
		if first < m.head {
			first++
		}
	}
	if m.determiner == indefinite || m.determiner == quantified || m.determiner == bare && m.form == onrecord.NominalMention {
		last = m.last // "a man who called himself a spokesman"
	}
	for _, k := range b.children[m.head] {
		if k < m.head || k >= m.last {
			continue
		}
		if r := b.relation(k); r == "flat" || r == "compound" || r == "nummod" || r == "nmod" && m.form == onrecord.NameMention || r == "nmod" && b.tied(k) {
			last = max(last, b.hi[k]+1)
			continue
		}
		if k > m.head+1 || b.text.Word(k) != "-" {
			break
		}
	}
	last = min(last, m.last)
	for i := m.head + 1; i < last; i++ {
		if w := b.text.Word(i); w == "," || w == "(" || w == "–" || w == "—" {
			last = i
		}
	}
	return onrecord.Span{Start: b.text.Tokens[first].Span.Start, End: b.text.Tokens[last-1].Span.End}
}

// role notes a role once.
func (b *builder) role(e *onrecord.Entity, s onrecord.Span) {
	words := s.In(b.text.Source)
	trimmed := strings.TrimRight(words, " ,")
	s.End -= len(words) - len(trimmed)
	for _, article := range []string{"the ", "The ", "a ", "A ", "an ", "An "} {
		if rest, ok := strings.CutPrefix(trimmed, article); ok {
			trimmed, s.Start = rest, s.Start+len(article)
			break
		}
	}
	if trimmed == "" || len(e.Roles) >= 8 {
		return
	}
	for _, r := range e.Roles {
		if strings.EqualFold(r.Title, trimmed) {
			return
		}
	}
	e.Roles = append(e.Roles, onrecord.Role{Title: trimmed, Span: s})
}

// entityKind is what a chain is by its own words, or else by its statement's source.
func entityKind(n nature, source onrecord.SourceKind, person bool) onrecord.EntityKind {
	switch {
	case n == personNature && source != onrecord.GroupSource, person && source == "":
		return onrecord.Person
	}
	switch source {
	case onrecord.PersonSource:
		return onrecord.Person
	case onrecord.OrganizationSource:
		return onrecord.Organization
	case onrecord.GroupSource:
		return onrecord.Group
	case onrecord.GovernmentSource:
		return onrecord.Government
	case onrecord.DocumentSource:
		return onrecord.Work
	}
	switch n {
	case groupNature:
		return onrecord.Organization
	case placeNature:
		return onrecord.PlaceEntity
	}
	return onrecord.OtherEntity
}
