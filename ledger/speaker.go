package ledger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/onrecord/onrecord"
)

// Key folds a name to the key of its speaker: lower case, no diacritics, words
// joined by "-". Empty when the name has neither letter nor digit.
func Key(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’':
			// Diacritics fall away; an apostrophe does not part a name.
		default:
			gap = true
		}
	}
	return b.String()
}

// longestName is how many bytes of a source's words still pass for a name where
// the analysis linked no entity to it.
const longestName = 60

// SpeakerOf is who a statement is attributed to: the first entity linked to its
// source, else the source's own words where they are a name. Only Key, Name and
// Kind are set; all are empty when the speaker is unknown. Key is empty where the
// name means somebody in this article alone: "the council" of another town is
// another one.
func SpeakerOf(linked onrecord.Linked, s *onrecord.Statement, text string) Speaker {
	for _, e := range linked.To(s.ID, onrecord.SourceRole) {
		if key := Key(e.Name); key != "" && !e.Nameless() {
			if local(e, text) {
				key = ""
			}
			return Speaker{Key: key, Name: e.Name, Kind: e.Kind}
		}
	}
	if words := onrecord.Words(text, s.Source.Spans); s.Source.Form == onrecord.Named && len(words) <= longestName && Key(words) != "" {
		return Speaker{Key: Key(words), Name: words, Kind: entityKind(s.Source.Kind)}
	}
	return Speaker{}
}

// local reports whether an entity's name means nobody outside of the text: no
// mention is a name, and no word of it has a capital that a sentence's beginning
// does not explain.
func local(e *onrecord.Entity, text string) bool {
	if len(e.Mentions) == 0 {
		return false // the text does not tell
	}
	for _, m := range e.Mentions {
		if m.Form == onrecord.NameMention {
			return false
		}
		if m.Form != onrecord.NominalMention || !m.Span.Valid(text) {
			continue
		}
		first := startsSentence(text, m.Span.Start)
		for word := range strings.FieldsSeq(m.Span.In(text)) {
			if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "“\"'‘(")); unicode.IsUpper(r) && !first {
				return false
			}
			first = false
		}
	}
	return true
}

// startsSentence reports whether nothing of a sentence stands before an offset.
func startsSentence(text string, at int) bool {
	before := strings.TrimRight(text[:at], " \t“\"'‘(")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?:\n")
}

// entityKind is what kind of entity a source of a kind is.
func entityKind(k onrecord.SourceKind) onrecord.EntityKind {
	switch k {
	case onrecord.PersonSource, onrecord.OrganizationSource, onrecord.GroupSource, onrecord.GovernmentSource:
		return onrecord.EntityKind(k)
	case onrecord.DocumentSource:
		return onrecord.Work
	case onrecord.OtherSource:
		return onrecord.OtherEntity
	default:
		return ""
	}
}
