package who

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// namesIn are the indexes [from, to) of the names inside a span.
func (d *resolution) namesIn(s onrecord.Span) (from, to int) {
	from = sort.Search(len(d.names), func(i int) bool { return d.names[i].span.Start >= s.Start })
	to = from
	for to < len(d.names) && d.names[to].span.End <= s.End {
		to++
	}
	return from, to
}

// refer is whom a source or an addressee refers to, how sure, and by which rule.
func (d *resolution) refer(st *onrecord.Statement, s onrecord.Span, pronoun bool) ([]int, float64, string) {
	words := strings.ToLower(s.In(d.text.Source))
	switch words {
	case "i", "we", "me", "us", "my", "our", "myself":
		if st.Within != "" {
			if e, ok := d.byID[st.Within]; ok {
				d.mention(e, s, onrecord.PronounMention)
				return []int{e}, .9, "first-person"
			}
		}
		return nil, 0, ""
	case "he", "him", "his", "she", "her", "himself", "herself":
		return d.pronoun(st, s, d.resolver.words[words]&(man|woman), false)
	case "they", "them", "their", "it", "its":
		return d.pronoun(st, s, 0, true)
	case "who", "which", "that", "whose":
		if e := d.nameBefore(s.Start); e >= 0 {
			return []int{e}, .8, "relative"
		}
		return nil, 0, ""
	}
	if pronoun || d.resolver.words[words]&nobody != 0 {
		return nil, 0, ""
	}
	if es := d.named(s); len(es) > 0 {
		return es, .95, "name"
	}
	return d.nominal(s)
}

func (d *resolution) mention(e int, s onrecord.Span, form onrecord.MentionForm) {
	d.found[e].mentions = append(d.found[e].mentions, onrecord.Mention{Span: s, Form: form})
}

// named are the entities whose names head a noun phrase: names that no
// preposition or possessor's ending puts beside another noun.
func (d *resolution) named(s onrecord.Span) []int {
	from, to := d.namesIn(s)
	var out []int
	for i := from; i < to; i++ {
		n := d.names[i]
		start := n.span.Start
		if !n.title.Empty() {
			start = n.title.Start
		}
		before := strings.TrimSpace(d.text.Source[s.Start:max(s.Start, start)])
		after := strings.TrimSpace(d.text.Source[n.span.End:s.End])
		if strings.HasPrefix(after, "’s") || strings.HasPrefix(after, "'s") || strings.HasPrefix(after, "’ ") || strings.HasPrefix(after, "' ") {
			continue
		}
		next, _, _ := strings.Cut(after, " ")
		if next != "" && next[0] >= 'a' && next[0] <= 'z' && next != "and" && next != "of" && next != "in" && next != "for" && next != "from" && next != "at" && next != "who" && next != "or" && next != "with" && next != "on" {
			continue // "Senate leaders": a name beside a noun
		}
		if j := strings.LastIndexAny(before, " ,"); before != "" {
			switch last := strings.ToLower(before[j+1:]); {
			case d.resolver.words[last]&preposition != 0:
				continue
			case last == "the":
				rest := strings.Fields(before)
				if len(rest) > 1 && d.resolver.words[strings.ToLower(rest[len(rest)-2])]&preposition != 0 {
					continue
				}
			}
			if strings.ContainsRune(before, ',') && len(out) > 0 && !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, "and") {
				continue // inside an apposition
			}
			if strings.HasSuffix(before, ",") && len(out) > 0 && !strings.Contains(after, " and ") && !strings.HasPrefix(after, "and ") {
				continue // "Marsh, D-Pa.,"
			}
		}
		out = append(out, d.entityOf[i])
		if len(out) > 1 && !strings.Contains(s.In(d.text.Source), " and ") && !strings.Contains(s.In(d.text.Source), " or ") {
			// One person only: "the Herald's Ada Quist" heads with the last, an
			// apposition describes the first.
			out = out[:1]
		}
	}
	return out
}

// apposition ties "a spokesman for X" to the name before its comma as a role.
func (d *resolution) apposition(s onrecord.Span) {
	words := s.In(d.text.Source)
	comma := strings.IndexByte(words, ',')
	if comma < 0 {
		return
	}
	from, to := d.namesIn(onrecord.Span{Start: s.Start, End: s.Start + comma})
	if from == to {
		return
	}
	rest := strings.TrimRight(words[comma+1:], ", ")
	role := strings.TrimSpace(rest)
	if role == "" || len(role) > 120 || role[0] >= '0' && role[0] <= '9' || strings.HasPrefix(role, "who") {
		return
	}
	if first, _, _ := strings.Cut(role, " "); d.resolver.words[strings.ToLower(first)]&unfit != 0 || strings.HasSuffix(first, "ing") {
		return
	}
	if c, _ := utf8.DecodeRuneInString(role); unicode.IsUpper(c) {
		// "the editor in chief, Ada Quist,": the role comes first.
		from, to = d.namesIn(onrecord.Span{Start: s.Start + comma, End: s.End})
		if from == to || from > 0 && d.names[from].span.Start-s.Start-comma > 4 && d.names[from].title.Empty() {
			return
		}
		role, comma = words[:comma], -1
		to = from + 1
	}
	at := s.Start + comma + 1 + strings.Index(words[comma+1:], role)
	for _, article := range []string{"the ", "a ", "an ", "The ", "A ", "An "} {
		if strings.HasPrefix(role, article) {
			role, at = role[len(article):], at+len(article)
			break
		}
	}
	d.role(d.entityOf[to-1], onrecord.Span{Start: at, End: at + len(role)})
}

// pronoun is the last speaker that a pronoun fits; one alone is surer than the
// last of several. In somebody's own words neither the speaker nor those who spoke
// outside them are meant: only who was told to speak inside such words before.
func (d *resolution) pronoun(st *onrecord.Statement, s onrecord.Span, gender kind, many bool) ([]int, float64, string) {
	spoke, rule := d.spoke, "last-speaker"
	outer, within := d.outer(st)
	if within && outer.Quoted == onrecord.Direct || within && outer.Cue.Lemma == ":" {
		spoke, rule = d.quoted, "last-quoted"
	}
	chosen, fits := -1, 0
	for i := len(spoke) - 1; i >= 0 && i >= len(spoke)-12; i-- {
		f := &d.found[spoke[i]]
		switch {
		case many && (f.kind == onrecord.Person || f.kind == ""),
			many && strings.EqualFold(s.In(d.text.Source), "it") && (f.kind == onrecord.Group || f.nominalPlural()),
			!many && (f.kind != onrecord.Person || f.gender != 0 && f.gender&gender == 0 || f.nominalPlural()):
			continue
		}
		if chosen < 0 {
			chosen, fits = spoke[i], 1
		} else if spoke[i] != chosen {
			fits++
			break
		}
	}
	if chosen < 0 {
		return nil, 0, ""
	}
	d.found[chosen].gender |= gender
	d.mention(chosen, s, onrecord.PronounMention)
	confidence := .6
	if fits == 1 {
		confidence = .8
	}
	if rule == "last-quoted" {
		confidence /= 2
	}
	return []int{chosen}, confidence, rule
}

// outer is the statement that a statement stands in.
func (d *resolution) outer(st *onrecord.Statement) (*onrecord.Statement, bool) {
	if i, ok := d.statementAt[st.Within]; ok && st.Within != "" {
		return &d.statements[i], true
	}
	return nil, false
}

func (e *entity) nominalPlural() bool {
	return len(e.words) == 0 && strings.HasSuffix(e.nominal, "s")
}

// nameBefore is the entity of a name that ends right before the offset.
func (d *resolution) nameBefore(at int) int {
	i := sort.Search(len(d.names), func(i int) bool { return d.names[i].span.End > at }) - 1
	if i < 0 || at-d.names[i].span.End > 3 || strings.ContainsAny(d.text.Source[d.names[i].span.End:at], ".;!?\n") {
		return -1
	}
	return d.entityOf[i]
}

// nominal is the entity of a noun phrase without a name of its own: one whose
// role it is, else one of its own words.
func (d *resolution) nominal(s onrecord.Span) ([]int, float64, string) {
	words := s.In(d.text.Source)
	core := words
	definite := false
	for _, article := range []string{"the ", "a ", "an ", "The ", "A ", "An "} {
		if rest, ok := strings.CutPrefix(core, article); ok {
			core, definite = rest, strings.EqualFold(article, "the ")
			break
		}
	}
	core, _, _ = strings.Cut(core, ",")
	if core == "" {
		return nil, 0, ""
	}
	low := strings.ToLower(core)
	// "Iraq's interior minister", "the minister".
	head := low
	possessed := false
	if i := strings.LastIndex(head, "’s "); i >= 0 {
		head, possessed = head[i+len("’s "):], true
	} else if i := strings.LastIndex(head, "'s "); i >= 0 {
		head, possessed = head[i+len("'s "):], true
	}
	if definite || possessed {
		if e := d.withRole(head); e >= 0 {
			d.mention(e, s, onrecord.NominalMention)
			return []int{e}, .8, "role"
		}
	}
	if e, ok := d.byNominal[low]; ok {
		d.mention(e, s, onrecord.NominalMention)
		return []int{e}, .7, "same-words"
	}
	e := len(d.found)
	kind := onrecord.EntityKind("")
	if first, _, _ := strings.Cut(low, " of "); strings.HasSuffix(first, "s") && !strings.HasSuffix(first, "ss") {
		kind = onrecord.Group
	}
	d.found = append(d.found, entity{kind: kind, gender: d.genderOf(head), nominal: core, mentions: []onrecord.Mention{{Span: s, Form: onrecord.NominalMention}}})
	d.byNominal[low] = e
	return []int{e}, .9, "itself"
}

// genderOf is what the last word of a noun phrase's head tells of gender; 0 for nothing.
func (d *resolution) genderOf(phrase string) kind {
	head, _, _ := strings.Cut(phrase, " of ")
	return d.resolver.words[head[strings.LastIndexByte(head, ' ')+1:]] & (man | woman)
}

// withRole is the one entity with a role that ends in the given words or begins
// with them; -1 where none or several different ones have it.
func (d *resolution) withRole(head string) int {
	found := -1
	first, _, _ := strings.Cut(head, " ")
	for _, i := range d.byRole[first] {
		for _, r := range d.found[i].roles {
			t := strings.ToLower(r.Title)
			if t == head || strings.HasSuffix(t, " "+head) || strings.HasPrefix(t, head+" ") {
				if found >= 0 && found != i {
					return -1
				}
				found = i
			}
		}
	}
	return found
}
