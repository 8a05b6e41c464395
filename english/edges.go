package english

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// run is a name as tokens, first up to but not last.
type run struct {
	first, last int
	kind        onrecord.EntityKind
	confidence  float32
}

// edgeNames mends the edges of a sentence's names by its tree. Names are in order.
//
//   - Small common nouns and adjectives at the edge of capitals are outside: "Lorne"
//     of "the Lorne district".
//   - Words joined flat are one name, whatever part of it was found: "Ada Lorne".
//   - Two persons of a word each with a comma between them, in marks, are one: "Lorne, Ada".
//   - An organisation and the place it is of are one: "Harbour Court of the Isles".
//   - A person's name before the capitalised noun that it specifies is part of an
//     organisation's: "Lorne Shipping". A place's or a people's often is not.
func edgeNames(t *onrecord.Text, s onrecord.Sentence, names []onrecord.Name) []onrecord.Name {
	runs := make([]run, 0, len(names))
	at := s.First
	for _, n := range names {
		for t.Tokens[at].Span.Start < n.Span.Start {
			at++
		}
		last := at + 1
		for last < s.Last && t.Tokens[last].Span.End <= n.Span.End {
			last++
		}
		runs = append(runs, run{at, last, n.Kind, n.Confidence})
	}
	for i := range runs {
		trim(t, &runs[i])
		widen(t, s, &runs[i])
	}
	runs = slices.DeleteFunc(merge(runs), func(r run) bool { return r.last <= r.first })
	for i := 0; i+1 < len(runs); i++ {
		a, b := runs[i], runs[i+1]
		if a.kind == onrecord.Person && b.kind == onrecord.Person && a.last-a.first == 1 && a.last+1 == b.first && t.Word(a.last) == "," &&
			quoted(t, s, a.first-1) && quoted(t, s, b.last) {
			runs[i].last = b.last
			runs = slices.Delete(runs, i+1, i+2)
		}
	}
	for i := 0; i+1 < len(runs); i++ {
		if a, b := runs[i], runs[i+1]; a.kind == onrecord.Organization && b.kind == onrecord.PlaceEntity && ofPlace(t, a, b) {
			runs[i].last = b.last
			runs = slices.Delete(runs, i+1, i+2)
		}
	}
	names = names[:0]
	for _, r := range runs {
		names = append(names, onrecord.Name{
			Span: onrecord.Span{Start: t.Tokens[r.first].Span.Start, End: t.Tokens[r.last-1].Span.End},
			Kind: r.kind, Confidence: r.confidence,
		})
	}
	return names
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// trim leaves small common words outside, where the name has capitals at all.
func trim(t *onrecord.Text, r *run) {
	common := func(i int) bool {
		switch t.Tokens[i].UPOS {
		case "NOUN", "ADJ", "ADV", "VERB":
			return !capital(t.Word(i))
		}
		return false
	}
	first, last := r.first, r.last
	for first < last && common(first) {
		first++
	}
	for first < last && common(last-1) {
		last--
	}
	if first < last && capital(t.Word(first)) {
		r.first, r.last = first, last
	}
}

// widen takes in the proper nouns that are joined flat with the name.
func widen(t *onrecord.Text, s onrecord.Sentence, r *run) {
	for r.last < s.Last && t.Tokens[r.last].Relation == "flat" && inside(r, t.Tokens[r.last].Head) && proper(t, r.last) {
		r.last++
	}
	if r.kind == onrecord.Person { // a person's name does not specify: the whole is a firm's or a thing's
		if i := r.last - 1; r.last < s.Last && t.Tokens[i].Relation == "compound" && t.Tokens[i].Head == r.last && proper(t, r.last) && capital(t.Word(r.last)) {
			r.last, r.kind, r.confidence = r.last+1, onrecord.Organization, r.confidence/2
		}
	}
	for r.first > s.First && t.Tokens[r.first].Relation == "flat" && t.Tokens[r.first].Head == r.first-1 && proper(t, r.first-1) {
		r.first--
	}
}

// ofPlace reports whether only "of" and "the" stand between an organisation and a
// place that hangs on it.
func ofPlace(t *onrecord.Text, a, b run) bool {
	if t.Word(a.last) != "of" || b.first-a.last > 2 || b.first-a.last == 2 && t.Word(a.last+1) != "the" {
		return false
	}
	for i := b.first; i < b.last; i++ {
		if inside(&a, t.Tokens[i].Head) && t.Tokens[i].Relation == "nmod" {
			return true
		}
	}
	return false
}

func inside(r *run, i int) bool { return r.first <= i && i < r.last }

// merge joins names that came to overlap; the surer says the kind.
func merge(runs []run) []run {
	var out []run
	for _, r := range runs {
		if n := len(out); n > 0 && r.first < out[n-1].last {
			if r.confidence > out[n-1].confidence {
				out[n-1].kind, out[n-1].confidence = r.kind, r.confidence
			}
			out[n-1].last = max(out[n-1].last, r.last)
			continue
		}
		out = append(out, r)
	}
	return out
}

func quoted(t *onrecord.Text, s onrecord.Sentence, i int) bool {
	return i >= s.First && i < s.Last && (t.Word(i) == `"` || t.Word(i) == "“" || t.Word(i) == "”")
}
