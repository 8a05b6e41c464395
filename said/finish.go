package said

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/quote"
)

// finish turns drafts into statements in text order. Where a cue can be read in
// several ways, pick says which.
func (d *document) finish(pick func([]Reading) int) []onrecord.Statement {
	out := make([]onrecord.Statement, 0, len(d.found))
	held := make([]bool, len(d.words)) // tokens in a content of the text itself
	for i := range d.found {
		if d.found[i].inside < 0 {
			for _, c := range d.found[i].content {
				for k := c.first; k < c.last; k++ {
					held[k] = true
				}
			}
		}
	}
	for i := range d.found {
		f := &d.found[i]
		if f.inside >= 0 && !held[f.verb.main] {
			continue // nobody is known to speak the words around it
		}
		switch readings := d.readings(f); {
		case len(readings) > 1:
			out = append(out, readings[pick(readings)].Statement)
		case len(readings) > 0:
			out = append(out, readings[0].Statement)
		}
	}
	slices.SortStableFunc(out, func(a, b onrecord.Statement) int {
		x, y := onrecord.Hull(a.Spans()...), onrecord.Hull(b.Spans()...)
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		// The outer before what stands in it, and cues of one source in their order.
		if p, q := a.Content.Spans[0].Start, b.Content.Spans[0].Start; p != q {
			return p - q
		}
		return a.Cue.Spans[0].Start - b.Cue.Spans[0].Start
	})
	return out
}

// statement fills every field; ok is false where nothing is left of the content
// or roles fall into each other.
func (d *document) statement(f *draft) (st onrecord.Statement, ok bool) {
	f.content = d.tidy(f)
	d.denied(f)
	f.verb.negated = f.verb.negated || d.nothing(f)
	st.Content.Spans = d.spansOf(f.content...)
	if len(st.Content.Spans) == 0 {
		return st, false
	}
	st.Rule, st.Confidence = f.rule, d.rules[f.rule].confidence
	st.Source.Spans, st.Source.Form, st.Source.Kind = []onrecord.Span{}, onrecord.Implicit, onrecord.OtherSource
	if !f.source.empty() && !f.implicit {
		st.Source.Spans = []onrecord.Span{d.span(f.source.first, f.source.last)}
		st.Source.Form = d.form(f.source)
		st.Source.Kind = d.kind(f.source)
	}
	st.Cue.Spans = []onrecord.Span{d.span(f.cue.first, f.cue.last)}
	st.Cue.Lemma, st.Cue.Class = f.lex.lemma, f.lex.class
	if st.Cue.Class == onrecord.SpeechCue && (st.Source.Kind == onrecord.DocumentSource || d.inDocument(f.medium)) {
		st.Cue.Class = onrecord.DocumentCue
	}
	d.around(f)
	if !f.antecedent.empty() {
		st.Content.Antecedent = d.spansOf(f.antecedent)
	}
	st.Addressee = d.role(f.addressee)
	st.Medium = d.role(f.medium)
	st.Occasion = d.role(f.occasion)
	st.Zone = d.in.Revision.ZoneAt(st.Cue.Spans[0].Start)
	st.Verbatim, st.Quoted = d.verbatim(st.Content.Spans, f.inside >= 0)
	st.Uttered, st.Toward = d.stance(f)
	return st, true
}

func (d *document) role(r run) []onrecord.Span {
	if r.empty() {
		return nil
	}
	return d.spansOf(r)
}

// tidy sorts content pieces, cuts source and cue out of them and joins those
// that touch.
func (d *document) tidy(f *draft) []run {
	slices.SortFunc(f.content, func(a, b run) int { return a.first - b.first })
	var out []run
	for _, c := range f.content {
		pieces := d.atColons(c)
		for _, cut := range []run{f.cue, f.source} {
			var next []run
			for _, p := range pieces {
				if cut.empty() || cut.last <= p.first || p.last <= cut.first {
					next = append(next, p)
					continue
				}
				next = append(next, run{p.first, cut.first}, run{cut.last, p.last})
			}
			pieces = next
		}
		for _, p := range pieces {
			if n := len(out); n > 0 && p.first < out[n-1].last {
				p.first = out[n-1].last
			}
			if p.empty() {
				continue
			}
			if n := len(out); n > 0 && p.first == out[n-1].last {
				p.first = out[n-1].first
				out = out[:n-1]
			}
			out = append(out, d.byParagraphs(p)...)
		}
	}
	return out
}

// byParagraphs parts a content at the ends of paragraphs: each has a piece of its own.
func (d *document) byParagraphs(c run) []run {
	last := d.paragraphOf(c.last - 1)
	var out []run
	for p := d.paragraphOf(c.first); p < last; p++ {
		end := d.text.TokenAt(d.in.Paragraphs[p].End)
		if end > c.first && end < c.last {
			out = append(out, run{c.first, end})
			c.first = end
		}
	}
	return append(out, c)
}

// atColons parts a content where a colon leads from words to a quotation: the
// colon between two pieces belongs to neither.
func (d *document) atColons(c run) []run {
	var out []run
	for i := c.first + 1; i+1 < c.last; i++ {
		if d.words[i].quote < 0 && d.lower(i) == ":" && d.opens(i+1) {
			out = append(out, run{c.first, i})
			c.first = i + 1
		}
	}
	return append(out, c)
}

// verbatim are the words in marks inside the content, and how much of it they are.
func (d *document) verbatim(content []onrecord.Span, inside bool) ([]onrecord.Span, onrecord.Quoted) {
	var out []onrecord.Span
	letters, quoted := 0, 0
	depth := 0
	if inside {
		depth = 1
	}
	for _, c := range content {
		letters += countLetters(c.In(d.text.Source))
		from, _ := slices.BinarySearchFunc(d.in.Quotations, c.Start, func(q quote.Quotation, at int) int { return q.Outer.Start - at })
		for i := max(0, from-4); i < len(d.in.Quotations) && d.in.Quotations[i].Outer.Start < c.End; i++ {
			q := d.in.Quotations[i]
			if q.Depth != depth || q.Use == quote.Nickname || q.Use == quote.Title {
				continue
			}
			s := onrecord.Span{Start: max(q.Inner.Start, c.Start), End: min(q.Inner.End, c.End)}
			if !s.Empty() {
				out = append(out, s)
				quoted += countLetters(s.In(d.text.Source))
			}
		}
	}
	switch {
	case quoted == 0:
		return nil, onrecord.Indirect
	case quoted >= letters:
		return out, onrecord.Direct
	}
	return out, onrecord.Mixed
}

func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if r < utf8.RuneSelf {
			if c := r | 0x20; 'a' <= c && c <= 'z' || '0' <= r && r <= '9' {
				n++
			}
		} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// stance says whether the content was uttered and how the source stands to it.
func (d *document) stance(f *draft) (onrecord.Uttered, onrecord.Toward) {
	g, toward := f.verb, f.lex.toward
	switch {
	case f.silent:
		return onrecord.UtteredRefused, onrecord.Neutral
	case g.refused:
		return onrecord.UtteredRefused, onrecord.Neutral
	case g.negated && d.is(g.main, cRaised) && !d.longer(g.run):
		if toward == onrecord.Supports {
			return onrecord.UtteredYes, onrecord.Opposes
		}
		return onrecord.UtteredYes, onrecord.Denies
	case g.negated:
		return onrecord.UtteredNo, onrecord.Neutral
	case g.possible, f.implicit && f.rule == "passive" && len(f.content) == 2 && f.lex.class == onrecord.BeliefCue:
		return onrecord.UtteredPossible, d.toward(f) // "is expected to approve": nobody is told to have said it
	case g.future, g.planned:
		return onrecord.UtteredPlanned, d.toward(f)
	}
	if f.rule == "naming" {
		return onrecord.UtteredYes, onrecord.Affirms
	}
	return onrecord.UtteredYes, d.toward(f)
}

// toward is how the source stands to the content, by the cue and what the content is:
// to decide, promise or ask to do something supports it; a clause that is feared or
// complained of is affirmed; what is taken for granted in a question is left open.
func (d *document) toward(f *draft) onrecord.Toward {
	toward := f.lex.toward
	first := d.lower(f.content[0].first)
	to := d.infinitiveAt(f.content[0].first) || strings.Contains(f.rule, "infinitive") || f.rule == "open-object-clause"
	last := d.lower(f.cue.last - 1)
	switch {
	case f.lex.lemma == "claim" || f.lex.lemma == "deny":
	case toward == onrecord.Affirms && to && (f.lex.class == onrecord.IntentionCue || f.lex.class == onrecord.SpeechCue || f.lex.class == onrecord.DecreeCue) && !f.verb.passive:
		return onrecord.Supports
	case toward == onrecord.Affirms && f.lex.class == onrecord.IntentionCue:
		return onrecord.Supports
	case toward == onrecord.Asks && (to || last == "for" || first == "that"):
		return onrecord.Supports
	case toward == onrecord.Opposes && f.lex.class == onrecord.AttitudeCue && (first == "that" || f.rule == "bare" || f.rule == "that"):
		return onrecord.Affirms
	case toward == onrecord.Affirms && f.lex.lemma == "believe" && last == "in":
		return onrecord.Supports
	}

	if f.rule == "question" && toward == onrecord.Affirms && f.lex.class == onrecord.BeliefCue {
		return onrecord.Neutral
	}
	return toward
}

// longer reports whether a verb group has "longer": "no longer wants" leaves open
// what is wanted now.
func (d *document) longer(r run) bool {
	for i := r.first; i < r.last; i++ {
		if d.lower(i) == "longer" {
			return true
		}
	}
	return false
}

// inDocument reports whether a medium names a document.
func (d *document) inDocument(r run) bool {
	for i := r.first; i < r.last; i++ {
		if d.is(i, cDocument) && d.lower(i) != "statement" && d.lower(i) != "email" && d.lower(i) != "message" && d.lower(i) != "tweet" && d.lower(i) != "video" {
			return true
		}
	}
	return false
}

// head is the last noun of a noun phrase before what hangs on it.
func (d *document) head(r run) int {
	head := r.first
	for i := r.first; i < r.last; i++ {
		w := &d.words[i]
		if w.class&cPreposition != 0 && i > r.first && !w.capital || w.lower == "," || w.lower == "who" || w.lower == "whose" || w.lower == "that" && i > r.first {
			break
		}
		if w.letters && !d.apostropheS(i) && (i == r.first || !strings.HasSuffix(w.lower, "self") && !strings.HasSuffix(w.lower, "selves")) {
			head = i
		}
	}
	return head
}

// nameAt is what the name that token i stands in names, where the analyser found one.
func (d *document) nameAt(i int) (onrecord.SourceKind, bool) {
	span, names := d.text.Tokens[i].Span, d.text.Names
	at, _ := slices.BinarySearchFunc(names, span.End, func(n onrecord.Name, end int) int { return n.Span.Start - end })
	if at == 0 || !names[at-1].Span.Contains(span) {
		return "", false
	}
	switch names[at-1].Kind {
	case onrecord.Person:
		return onrecord.PersonSource, true
	case onrecord.Organization:
		return onrecord.OrganizationSource, true
	case onrecord.PlaceEntity:
		return onrecord.GovernmentSource, true // a place that speaks
	}
	return "", false
}

// form says how the text names a source.
func (d *document) form(r run) onrecord.SourceForm {
	if r.last-r.first == 1 && (d.is(r.first, cSubject|cObject|cRelative|cPronoun) || isPossessive(d.lower(r.first)) || d.lower(r.first) == "that") {
		return onrecord.PronounForm
	}
	head := d.head(r)
	if d.is(head, cDeterminer|cPronoun) {
		return onrecord.Unnamed // "Two of its members"
	}
	if d.words[head].capital && (!d.is(head, cPerson|cUnnamed) || head > r.first && strings.HasSuffix(d.lower(head-1), ".")) {
		return onrecord.Named
	}
	// "Interior Minister X" is named by its last words; "the minister, X" by its apposition.
	for i := r.first + 1; i+1 < r.last; i++ {
		if d.lower(i) == "," && d.words[i+1].capital {
			return onrecord.Named
		}
	}
	definite := isPossessive(d.lower(r.first)) || d.lower(r.first) == "the" && !d.is(head, cUnnamed)
	for i := r.first; i < head; i++ {
		definite = definite || d.apostropheS(i)
	}
	if definite {
		return onrecord.RoleForm
	}
	plural := d.tree != nil && d.text.Tokens[head].XPOS == "NNS" && !d.is(r.first, cDeterminer)
	if plural && d.is(head+1, cPreposition) {
		plural = false // "leaders of the union" tells which
	}
	if d.is(head, cUnnamed) || d.is(r.first, cIndefinite) || plural {
		return onrecord.Unnamed
	}
	return onrecord.RoleForm
}

// described is the noun that a relative pronoun's clause describes.
func (d *document) described(i int) (noun int, ok bool) {
	if d.tree == nil || !d.is(i, cRelative) && d.lower(i) != "that" {
		return 0, false
	}
	at := d.over(i)
	for n := 0; n < 4 && at >= 0 && d.rel(at) != "acl"; n++ {
		at = d.over(at)
	}
	if at < 0 || d.rel(at) != "acl" {
		return 0, false
	}
	h := d.over(at)
	return h, h >= 0 && h < i && (d.upos(h) == "NOUN" || d.upos(h) == "PROPN")
}

// kind says what a source is, by its head and the words around it.
func (d *document) kind(r run) onrecord.SourceKind {
	head := d.head(r)
	named, known := d.nameAt(head)
	if r.last-r.first == 1 && (d.is(r.first, cSubject|cObject|cRelative|cPronoun) || isPossessive(d.lower(r.first)) || d.lower(r.first) == "that") {
		if h, ok := d.described(r.first); ok {
			return d.kind(run{h, h + 1})
		}
		switch d.lower(r.first) {
		case "it", "its":
			return onrecord.OrganizationSource
		case "they", "their", "our", "we", "them", "us", "others", "many", "some", "both", "few", "those":
			return onrecord.GroupSource
		}
		return onrecord.PersonSource
	}
	switch {
	case d.is(head, cDeterminer|cPronoun):
		return onrecord.GroupSource
	case d.is(head, cPerson):
		return onrecord.PersonSource
	case d.is(head, cDocument):
		return onrecord.DocumentSource
	case d.is(head, cGovernment):
		if d.lower(head) == "pentagon" {
			return onrecord.OrganizationSource
		}
		return onrecord.GovernmentSource
	case d.is(head, cOrganization):
		return onrecord.OrganizationSource
	case d.is(head, cGroup):
		return onrecord.GroupSource
	}
	for i := r.first; i < head; i++ {
		if d.is(i, cPerson) {
			return onrecord.PersonSource
		}
	}
	if known {
		return named
	}
	if d.words[head].capital {
		w := d.text.Word(head)
		if len(w) > 1 && len(w) <= 5 && w == strings.ToUpper(w) && !strings.HasSuffix(w, ".") {
			return onrecord.OrganizationSource
		}
		if d.is(r.first, cDeterminer) && head == r.first+1 && (strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ese") || strings.HasSuffix(w, "ch") || strings.HasSuffix(w, "ish")) {
			return onrecord.GroupSource // "the Europeans", "many Chinese"
		}
		return onrecord.PersonSource
	}
	if w := d.lower(head); strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return onrecord.GroupSource
	}
	for _, ending := range []string{"er", "or", "ist", "ian", "man", "ant", "ee"} {
		if strings.HasSuffix(d.lower(head), ending) {
			return onrecord.PersonSource
		}
	}
	return onrecord.OtherSource
}
