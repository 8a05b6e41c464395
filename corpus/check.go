package corpus

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/quote"
)

// Fault is something in an annotation that cannot be right, or that nobody has
// looked at.
type Fault struct {
	Statement onrecord.ID // empty where it is none's
	Line      int         // of the working file; 0 where there is none
	Message   string
}

// String is one line for people.
func (f Fault) String() string {
	var b strings.Builder
	if f.Line > 0 {
		fmt.Fprintf(&b, "line %d: ", f.Line)
	}
	if f.Statement != "" {
		fmt.Fprintf(&b, "%s: ", f.Statement)
	}
	return b.String() + f.Message
}

// Shape checks what needs no text: values, roles that overlap, the cue in one
// piece, entities that exist, depth and within.
func Shape(a *Annotation) []Fault {
	var out []Fault
	entities, seen := map[onrecord.ID]bool{}, map[onrecord.ID]bool{}
	for _, e := range a.Entities {
		if entities[e.ID] {
			out = append(out, Fault{Message: fmt.Sprintf("entity %s stands twice", e.ID)})
		}
		if !slices.Contains(entityKinds, e.Kind) {
			out = append(out, Fault{Message: fmt.Sprintf("entity %s: kind %q is none of %v", e.ID, e.Kind, entityKinds)})
		}
		entities[e.ID] = true
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		wrong := func(format string, args ...any) {
			out = append(out, Fault{s.ID, s.line, fmt.Sprintf(format, args...)})
		}
		if seen[s.ID] {
			wrong("two statements have this name")
		}
		seen[s.ID] = true
		if s.Guess {
			wrong("still a guess: mend it and take \"guess\" off its first line, or delete it")
		}
		values(s, wrong)
		for _, id := range append(slices.Clone(s.Speakers), s.Addressees...) {
			if !entities[id] {
				wrong("there is no entity %s", id)
			}
		}
		for _, r := range s.roles() {
			for k := 1; k < len(r.spans); k++ {
				if r.spans[k].Start < r.spans[k-1].End {
					wrong("two pieces of %s overlap", r.name)
				}
			}
		}
		for _, pair := range []struct {
			names string
			a, b  []onrecord.Span
		}{
			{"source and cue", s.Source.Spans, s.Cue.Spans},
			{"source and content", s.Source.Spans, s.Content.Spans},
			{"cue and content", s.Cue.Spans, s.Content.Spans},
			{"source and addressee", s.Source.Spans, s.Addressee},
		} {
			if onrecord.Overlap(pair.a, pair.b) > 0 {
				wrong("%s overlap", pair.names)
			}
		}
		nesting(a, s, wrong)
	}
	return out
}

func values(s *Statement, wrong func(string, ...any)) {
	if !slices.Contains(forms, s.Source.Form) {
		wrong("source form %q is none of %v", s.Source.Form, forms)
	}
	if !slices.Contains(kinds, s.Source.Kind) {
		wrong("source kind %q is none of %v", s.Source.Kind, kinds)
	}
	if !slices.Contains(classes, s.Cue.Class) {
		wrong("cue class %q is none of %v", s.Cue.Class, classes)
	}
	if !slices.Contains(uttered, s.Uttered) || !slices.Contains(toward, s.Toward) {
		wrong("how: %q %q: want one of %v and one of %v", s.Uttered, s.Toward, uttered, toward)
	}
	if (s.Source.Form == onrecord.Implicit) != (len(s.Source.Spans) == 0) {
		wrong("a source without words is implicit, and only that")
	}
	if len(s.Cue.Spans) > 1 {
		wrong("the cue has %d pieces; it is one", len(s.Cue.Spans))
	}
	if len(s.Content.Spans) == 0 {
		wrong("there is no content")
	}
	if len(s.Cue.Spans) == 0 && len(s.Source.Spans) == 0 {
		wrong("there is neither source nor cue")
	}
	if s.Uttered == onrecord.UtteredRefused && s.Toward != onrecord.Neutral {
		wrong("what is refused is neutral")
	}
}

// nesting holds within and depth to what contains what.
func nesting(a *Annotation, s *Statement, wrong func(string, ...any)) {
	if s.Depth < 0 {
		wrong("\"in\" goes in a circle")
		return
	}
	if want := a.depth(s); s.Depth != want {
		wrong("depth is %d, %d by \"in\"", s.Depth, want)
	}
	if s.Within != "" {
		outer := a.find(s.Within)
		if outer == nil {
			wrong("there is no %s to stand in", s.Within)
			return
		}
		for _, piece := range append(slices.Clone(s.Cue.Spans), s.Content.Spans...) {
			if !slices.ContainsFunc(outer.Content.Spans, func(c onrecord.Span) bool { return c.Contains(piece) }) {
				wrong("its cue and content must lie in the content of %s", s.Within)
				break
			}
		}
	}
	around := map[onrecord.ID]bool{}
	for at := s; at != nil && at.Within != ""; at = a.find(at.Within) {
		around[at.Within] = true
	}
	marker := s.Cue.Spans
	if len(marker) == 0 {
		marker = s.Source.Spans
	}
	for i := range a.Statements {
		o := &a.Statements[i]
		if o != s && !around[o.ID] && onrecord.Overlap(marker, o.Content.Spans) > 0 && !a.shares(around, o, marker) {
			wrong("its cue stands in the content of %s: say \"in %s\", or mend that content", o.ID, o.ID)
		}
	}
}

// shares reports whether a statement around has the same words as its content as
// another: two cues of one content, of which what stands in it is nested in one.
func (a *Annotation) shares(around map[onrecord.ID]bool, other *Statement, marker []onrecord.Span) bool {
	for id := range around {
		outer := a.find(id)
		if outer == nil || outer.Within != other.Within {
			continue
		}
		for _, c := range outer.Content.Spans {
			if onrecord.Overlap(marker, []onrecord.Span{c}) > 0 && slices.Contains(other.Content.Spans, c) {
				return true
			}
		}
	}
	return false
}

// Check is Shape, and what needs the text: marks whole, every reporting verb and
// every quotation in a statement or looked at.
func Check(d *Document, a *Annotation) []Fault {
	out := Shape(a)
	text := d.Text()
	for i := range a.Statements {
		s := &a.Statements[i]
		wrong := func(format string, args ...any) {
			out = append(out, Fault{s.ID, s.line, fmt.Sprintf(format, args...)})
		}
		for _, r := range s.roles() {
			for _, span := range r.spans {
				if !span.Valid(text) || span.Empty() {
					wrong("%s: %v lies outside the text", r.name, span)
				} else if words := span.In(text); strings.TrimSpace(words) != words {
					wrong("%s begins or ends with white space", r.name)
				} else if strings.Contains(words, "\n\n") && r.name != "content" && r.name != "antecedent" && r.name != "verbatim" {
					wrong("%s runs over a paragraph's end", r.name)
				}
			}
		}
		for _, v := range s.Verbatim {
			if onrecord.Overlap([]onrecord.Span{v}, s.Content.Spans) != v.Len() {
				wrong("verbatim words outside the content: %q", v.In(text))
			}
		}
		for _, q := range d.Quotations {
			if !q.Closed || q.Continues || q.Inner.Empty() {
				continue
			}
			opening := onrecord.Span{Start: q.Outer.Start, End: q.Inner.Start}
			closing := onrecord.Span{Start: q.Inner.End, End: q.Outer.End}
			in := func(m onrecord.Span) bool { return onrecord.Overlap([]onrecord.Span{m}, s.Content.Spans) > 0 }
			if in(opening) != in(closing) {
				wrong("the content has one of the two marks of %s", d.referOne(q.Outer, 0))
			}
		}
		for _, c := range s.Content.Spans {
			if words := c.In(text); strings.ContainsRune(".,;:", rune(words[len(words)-1])) && !endsAbbreviated(words) && !d.insideMarks(c) {
				wrong("content ends with %q: punctuation at its edge stays outside", words[len(words)-1:])
			}
		}
	}
	for _, l := range a.Looked {
		if !l.Done && !a.covers(l) {
			out = append(out, Fault{Line: l.line, Message: fmt.Sprintf("s%d %s %q: nobody has looked: make it a statement's, or \"-\"",
				d.Words.SentenceAt(l.Span.Start)+1, l.Kind, brief(l.Span.In(text)))})
		}
	}
	for _, l := range d.ToLook() {
		known := slices.ContainsFunc(a.Looked, func(k Looked) bool { return k.Span == l.Span && k.Kind == l.Kind })
		if !known && !a.covers(l) {
			out = append(out, Fault{Message: fmt.Sprintf("s%d %s %q is in no statement: add one, or the line \"- s%d %s %s\" under \"looked at\"",
				d.Words.SentenceAt(l.Span.Start)+1, l.Kind, brief(l.Span.In(text)),
				d.Words.SentenceAt(l.Span.Start)+1, l.Kind, d.referOne(l.Span, d.Words.SentenceAt(l.Span.Start)+1))})
		}
	}
	return out
}

// insideMarks reports whether a piece ends inside marks that it opens: a
// paragraph of a quotation that goes on in the next.
func (d *Document) insideMarks(piece onrecord.Span) bool {
	return slices.ContainsFunc(d.Quotations, func(q quote.Quotation) bool {
		return piece.Covers(q.Outer.Start) && q.Outer.Covers(piece.End-1) && !q.Closed
	})
}

// endsAbbreviated allows "U.S." and "Inc." at an edge.
func endsAbbreviated(words string) bool {
	f := strings.Fields(words)
	last := f[len(f)-1]
	return strings.HasSuffix(last, ".") && (strings.Count(last, ".") > 1 || len(last) <= 5) || strings.HasSuffix(last, "...")
}

func brief(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// covers reports whether a statement accounts for a verb (its cue, or a part of
// its cue) or for a quotation (half of it is content).
func (a *Annotation) covers(l Looked) bool {
	for i := range a.Statements {
		s := &a.Statements[i]
		spans := s.Cue.Spans
		if l.Kind == "quotation" {
			spans = s.Content.Spans
		}
		if n := onrecord.Overlap(spans, []onrecord.Span{l.Span}); n > 0 && (l.Kind == "verb" || 2*n >= l.Span.Len()) {
			return true
		}
	}
	return false
}

//go:embed verbs.txt
var verbData string

// reporting are the lemmas of verbs.txt.
var reporting = func() map[string]bool {
	set := map[string]bool{}
	for l := range strings.Lines(verbData) {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			set[l] = true
		}
	}
	return set
}()

// ToLook are a document's reporting verbs, by tag and lemma, and its quotations.
// Nicknames and single words in marks are quotations too: somebody has to say
// that they attribute nothing.
func (d *Document) ToLook() []Looked {
	var out []Looked
	for _, t := range d.Words.Tokens {
		if t.UPOS == "VERB" && reporting[strings.ToLower(t.Lemma)] {
			out = append(out, Looked{Span: t.Span, Kind: "verb"})
		}
	}
	for _, q := range quote.Outermost(d.Quotations) {
		if !q.Inner.Empty() {
			out = append(out, Looked{Span: q.Outer, Kind: "quotation"})
		}
	}
	slices.SortStableFunc(out, func(x, y Looked) int { return x.Span.Start - y.Span.Start })
	return out
}

// Prepared is a working annotation: the finder's statements as guesses, the
// persons and organisations of the treebank, or else the entities of the finder, and everything to look at that
// no guess covers.
func Prepared(d *Document, found *onrecord.Analysis) *Annotation {
	a := &Annotation{Document: d.ID, Treebank: d.Treebank, Split: d.Split, Genre: d.Genre, Hash: d.Hash(), Entities: slices.Clone(d.Entities)}
	if len(a.Entities) == 0 {
		a.Entities = found.Entities
	}
	linked := found.Linked()
	for _, s := range found.Statements {
		g := Statement{Statement: s, Guess: true}
		g.Verbatim = nil
		if len(d.Entities) == 0 {
			for _, e := range linked.To(s.ID, onrecord.SourceRole) {
				g.Speakers = append(g.Speakers, e.ID)
			}
			for _, e := range linked.To(s.ID, onrecord.AddresseeRole) {
				g.Addressees = append(g.Addressees, e.ID)
			}
		} else {
			g.Speakers, g.Addressees = mentioned(a.Entities, s.Source.Spans), mentioned(a.Entities, s.Addressee)
		}
		a.Statements = append(a.Statements, g)
	}
	a.finish(d)
	a.Entities = slices.DeleteFunc(slices.Clone(a.Entities), func(e onrecord.Entity) bool {
		named := func(s Statement) bool {
			return slices.Contains(s.Speakers, e.ID) || slices.Contains(s.Addressees, e.ID)
		}
		return e.Kind != onrecord.Person && e.Kind != onrecord.Organization && !slices.ContainsFunc(a.Statements, named)
	})
	for _, l := range d.ToLook() {
		if !a.covers(l) {
			a.Looked = append(a.Looked, l)
		}
	}
	return a
}

// Found is what an analysis says, as an annotation: its own entities, its own
// verbatim words, nothing looked at.
func Found(d *Document, found *onrecord.Analysis) *Annotation {
	a := &Annotation{Document: d.ID, Treebank: d.Treebank, Split: d.Split, Genre: d.Genre, Hash: d.Hash(), Entities: found.Entities}
	linked := found.Linked()
	ids := func(entities []*onrecord.Entity) []onrecord.ID {
		var out []onrecord.ID
		for _, e := range entities {
			out = append(out, e.ID)
		}
		return out
	}
	times := map[onrecord.ID]onrecord.Span{}
	for _, t := range found.Times {
		times[t.ID] = t.Span
	}
	for _, s := range found.Statements {
		var told []onrecord.Span
		if s.SaidAt != nil {
			for _, id := range s.SaidAt.Times {
				told = append(told, withPreposition(d.Text(), times[id]))
			}
		}
		a.Statements = append(a.Statements, Statement{
			Times:     told,
			Statement: s, Speakers: ids(linked.To(s.ID, onrecord.SourceRole)), Addressees: ids(linked.To(s.ID, onrecord.AddresseeRole)),
		})
	}
	return a
}

// timePrepositions stand before words that tell when; annotations have them in the
// time, TIMEX3 has not.
var timePrepositions = []string{"on", "in", "at", "by", "around", "since", "during", "over", "throughout", "for", "until", "just", "only"}

// withPreposition is a time expression with the preposition before it.
func withPreposition(text string, s onrecord.Span) onrecord.Span {
	before := strings.TrimRight(text[:s.Start], " ")
	word := before[strings.LastIndexAny(before, " \n“\"(")+1:]
	if slices.Contains(timePrepositions, strings.ToLower(word)) {
		s.Start = len(before) - len(word)
	}
	return s
}

// mentioned is the entity whose mention is most nearly the spans.
func mentioned(entities []onrecord.Entity, spans []onrecord.Span) []onrecord.ID {
	hull := onrecord.Hull(spans...)
	best, out := 0.5, []onrecord.ID(nil)
	for _, e := range entities {
		for _, m := range e.Mentions {
			n := float64(m.Span.Overlap(hull)) / float64(max(m.Span.Len(), hull.Len()))
			if m.Span.Start == hull.Start && hull.Contains(m.Span) {
				n = max(n, 0.6) // "Ann Lee" of "Ann Lee, the mayor"
			}
			if n > best {
				best, out = n, []onrecord.ID{e.ID}
			}
		}
	}
	return out
}
