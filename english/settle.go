package english

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// settleNames mends what the whole text knows better than a sentence: names of files
// and addresses are no names; a lone word in capitals among words that are not is an
// organisation rather than a person; and the same words nearby are of the kind that is
// surest.
func settleNames(t *onrecord.Text) {
	t.Names = slices.DeleteFunc(t.Names, func(n onrecord.Name) bool { return address(n.Span.In(t.Source)) })
	sentence := 0
	for i := range t.Names {
		n := &t.Names[i]
		for sentence < len(t.Sentences)-1 && t.Sentences[sentence].Span.End <= n.Span.Start {
			sentence++
		}
		if n.Kind == onrecord.Person && acronym(n.Span.In(t.Source)) && ordinary(t.Sentences[sentence].Span.In(t.Source)) {
			n.Kind, n.Confidence = onrecord.Organization, n.Confidence/2
		}
	}
	surest := map[string][]onrecord.Name{}
	for _, n := range t.Names {
		if n.Confidence >= surely {
			words := n.Span.In(t.Source)
			surest[words] = append(surest[words], n)
		}
	}
	for i := range t.Names {
		n := &t.Names[i]
		if n.Confidence >= surely {
			continue
		}
		if other, ok := nearest(surest[n.Span.In(t.Source)], n.Span.Start); ok && other.Kind != n.Kind {
			n.Kind, n.Confidence = other.Kind, other.Confidence/2
		}
	}
}

// address reports whether a name is that of a file or a place on the web: one word
// with letters on both sides of its last full stop, those after it small.
func address(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	if dot < 1 || len(name)-dot < 3 || strings.ContainsAny(name, " \t\n\u00a0") {
		return false
	}
	return strings.IndexFunc(name[dot+1:], func(r rune) bool { return !unicode.IsLower(r) }) < 0
}

// acronym reports whether a name is one word of three to six capitals.
func acronym(name string) bool {
	n := utf8.RuneCountInString(name)
	return n >= 3 && n <= 6 && strings.IndexFunc(name, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}

// ordinary reports whether most letters of a sentence are small.
func ordinary(sentence string) bool {
	small, all := 0, 0
	for _, r := range sentence {
		if unicode.IsLetter(r) {
			all++
			if unicode.IsLower(r) {
				small++
			}
		}
	}
	return 2*small > all
}
