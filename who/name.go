package who

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// name is a proper name in the text with the title before it.
type name struct {
	span  onrecord.Span // the name itself
	title onrecord.Span // the title before it; empty for none
	kind  kind          // man, woman, organization as its words tell
	words []string      // the name's words
	first bool          // it begins a sentence, where a capital tells little
}

// names lists the runs of capitalised words.
func (r *Resolver) names(text *onrecord.Text) []name {
	var out []name
	for _, s := range text.Sentences {
		for i := s.First; i < s.Last; {
			end := r.nameEnd(text, i, s.Last)
			if end == i {
				i++
				continue
			}
			if n, ok := r.read(text, i, end, s.First); ok {
				out = append(out, n)
			}
			i = end
		}
	}
	return out
}

func capital(w string) bool {
	c, n := utf8.DecodeRuneInString(w)
	if unicode.IsUpper(c) {
		return true
	}
	// "al-Rashid" is a name by its second part.
	if i := strings.IndexByte(w, '-'); i > 0 && i <= 3 && n == 1 {
		c, _ = utf8.DecodeRuneInString(w[i+1:])
		return unicode.IsUpper(c) && (w[:i] == "al" || w[:i] == "el" || w[:i] == "ul" || w[:i] == "ez" || w[:i] == "as" || w[:i] == "ad" || w[:i] == "an" || w[:i] == "ar" || w[:i] == "at")
	}
	return false
}

// nameEnd is the index after the name that starts at token i; i where none does.
func (r *Resolver) nameEnd(text *onrecord.Text, i, hi int) int {
	if w := text.Word(i); !capital(w) || r.words[strings.ToLower(w)]&common != 0 || w == "“" {
		return i
	}
	end := i + 1
	for end < hi && end-i < 12 {
		w := text.Word(end)
		gap := text.Source[text.Tokens[end-1].Span.End:text.Tokens[end].Span.Start]
		if len(gap) > 4 {
			break
		}
		switch {
		case capital(w) && (r.words[strings.ToLower(w)]&common == 0 || w == "May" || len(w) == 2 && w[1] == '.'):
			end++
			continue
		case end+1 < hi && capital(text.Word(end+1)) && (r.words[w]&insideName != 0 || w == "’" || w == "'" || w == "&" || w == "of" && r.organizational(text, i, end)):
			end += 2
			continue
		case end+2 < hi && w == "of" && text.Word(end+1) == "the" && capital(text.Word(end+2)) && r.organizational(text, i, end):
			end += 3
			continue
		}
		break
	}
	return end
}

func (r *Resolver) organizational(text *onrecord.Text, i, end int) bool {
	return r.words[strings.ToLower(text.Word(end-1))]&organization != 0 || end-i == 1 && strings.HasSuffix(text.Word(i), "ity")
}

// read parts a run of capitalised words into a title and a name.
func (r *Resolver) read(text *onrecord.Text, first, end, sentence int) (name, bool) {
	start := first
	var k kind
	lastTitle := -1
	for i := first; i < end; i++ {
		w := strings.ToLower(text.Word(i))
		k |= r.words[w] & (man | woman)
		if r.words[w]&(title|honorific) != 0 && i+1 < end {
			lastTitle = i
		}
	}
	switch first := r.words[strings.ToLower(text.Word(max(start, lastTitle+1)))]; {
	case k != 0:
	case first&himName != 0:
		k |= man
	case first&hersName != 0:
		k |= woman
	}
	org := r.words[strings.ToLower(text.Word(end-1))]&organization != 0
	if lastTitle >= 0 && !org {
		start = lastTitle + 1
	}
	n := name{kind: k, first: first == sentence}
	n.span = onrecord.Span{Start: text.Tokens[start].Span.Start, End: text.Tokens[end-1].Span.End}
	if start > first {
		n.title = onrecord.Span{Start: text.Tokens[first].Span.Start, End: text.Tokens[start-1].Span.End}
		if start-first == 1 && r.words[strings.ToLower(text.Word(first))]&honorific != 0 {
			n.title = onrecord.Span{}
		}
	}
	for i := start; i < end; i++ {
		if w := text.Word(i); w != "’" && w != "'" {
			n.words = append(n.words, w)
		}
	}
	if org || len(n.words) == 1 && len(n.words[0]) > 1 && len(n.words[0]) <= 5 && n.words[0] == strings.ToUpper(n.words[0]) {
		n.kind |= organization
	}
	if start == end-1 && r.words[strings.ToLower(text.Word(start))]&(title|honorific) != 0 && start == first {
		return n, false // "President" by itself
	}
	return n, true
}

// key folds a word of a name: lower case, without an article such as "al-".
func key(w string) string {
	w = strings.ToLower(w)
	if i := strings.IndexByte(w, '-'); i > 0 && i <= 3 && capital(w[:i]+"-X") {
		w = w[i+1:]
	}
	return w
}
