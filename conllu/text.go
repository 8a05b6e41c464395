package conllu

import (
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
)

// spaceAfter reports whether white space follows a token with this MISC column.
func spaceAfter(misc string) bool { return Attribute(misc, "SpaceAfter") != "No" }

// Document joins sentences to analysed text, with the paragraphs that "newpar"
// and "newdoc" comments begin. Paragraphs are parted by an empty line, sentences
// and tokens by one space where SpaceAfter=No does not forbid it.
// Words of one token get their own part of it; where their forms do not make up
// the token, each after the first begins where the token ends.
func Document(sentences []*Sentence) (onrecord.Text, []onrecord.Span) {
	var (
		t          onrecord.Text
		paragraphs []onrecord.Span
		b          strings.Builder
		space      bool
	)
	for i, s := range sentences {
		if i == 0 || s.opensParagraph() {
			if b.Len() > 0 {
				b.WriteString("\n\n")
			}
			paragraphs = append(paragraphs, onrecord.Span{Start: b.Len()})
			space = false
		}
		first := len(t.Tokens)
		ranges := s.Tokens
		for id := 1; id <= len(s.Words); id++ {
			if space {
				b.WriteByte(' ')
			}
			if len(ranges) > 0 && ranges[0].First == id {
				r := ranges[0]
				ranges = ranges[1:]
				start := b.Len()
				b.WriteString(r.Form)
				for ; id <= r.Last; id++ {
					end := start + len(s.Words[id-1].Form)
					if id == r.Last || end > b.Len() {
						end = b.Len()
					}
					t.Tokens = append(t.Tokens, s.token(id, first, onrecord.Span{Start: start, End: end}))
					start = end
				}
				id--
				space = spaceAfter(r.Misc)
				continue
			}
			start := b.Len()
			b.WriteString(s.Words[id-1].Form)
			t.Tokens = append(t.Tokens, s.token(id, first, onrecord.Span{Start: start, End: b.Len()}))
			space = spaceAfter(s.Words[id-1].Misc)
		}
		t.Sentences = append(t.Sentences, onrecord.Sentence{
			Span:  onrecord.Span{Start: t.Tokens[first].Span.Start, End: b.Len()},
			First: first, Last: len(t.Tokens),
		})
		paragraphs[len(paragraphs)-1].End = b.Len()
	}
	t.Source = b.String()
	return t, paragraphs
}

func (s *Sentence) opensParagraph() bool {
	for _, name := range []string{"newpar", "newdoc", "newpar id", "newdoc id"} {
		if _, ok := s.Comment(name); ok {
			return true
		}
	}
	return false
}

// token is the word with the given ID, its head counted from first.
func (s *Sentence) token(id, first int, span onrecord.Span) onrecord.Token {
	w := s.Words[id-1]
	t := onrecord.Token{Span: span, Lemma: w.Lemma, UPOS: w.UPOS, XPOS: w.XPOS, Relation: w.Relation, Head: -1}
	switch {
	case w.Head == 0:
		t.Head = first + id - 1
	case w.Head > 0:
		t.Head = first + w.Head - 1
	}
	return t
}

// FromText makes sentences of analysed text, paragraphs marked by "newpar". The
// parts of one written word become a multi-word token, and names stand in MISC as
// "Name=B-PER" on their first word and "Name=I-PER" on the others.
// paragraphs must be in text order.
func FromText(t *onrecord.Text, paragraphs []onrecord.Span) []*Sentence {
	tags := nameTags(t)
	out := make([]*Sentence, 0, len(t.Sentences))
	p := 0
	for i, sentence := range t.Sentences {
		s := &Sentence{}
		for ; p < len(paragraphs) && paragraphs[p].Start <= sentence.Span.Start; p++ {
			if len(s.Comments) == 0 {
				s.Comments = append(s.Comments, "# newpar")
			}
		}
		s.Comments = append(s.Comments, fmt.Sprintf("# sent_id = %d", i+1),
			"# text = "+strings.Join(strings.Fields(sentence.Span.In(t.Source)), " "))
		for k := sentence.First; k < sentence.Last; k++ {
			s.Words = append(s.Words, wordOf(t, sentence, k, tags[k]))
		}
		s.joinTokens(t, sentence)
		out = append(out, s)
	}
	return out
}

// wordOf is token k of the text as a word of its sentence.
func wordOf(t *onrecord.Text, sentence onrecord.Sentence, k int, name string) Word {
	tok := t.Tokens[k]
	w := Word{
		Form: column(t.Word(k)), Lemma: column(tok.Lemma), UPOS: tok.UPOS, XPOS: tok.XPOS,
		Relation: tok.Relation, Head: -1,
	}
	switch {
	case tok.Head == k:
		w.Head = 0
	case sentence.First <= tok.Head && tok.Head < sentence.Last:
		w.Head = tok.Head - sentence.First + 1
	}
	var misc []string
	if name != "" {
		misc = append(misc, "Name="+name)
	}
	if !spaceFollows(t, k) {
		misc = append(misc, "SpaceAfter=No")
	}
	w.Misc = strings.Join(misc, "|")
	return w
}

// spaceFollows reports whether token k ends before the next one begins, or is the last.
func spaceFollows(t *onrecord.Text, k int) bool {
	return k+1 == len(t.Tokens) || t.Tokens[k].Span.End < t.Tokens[k+1].Span.Start
}

// column takes out what would break a line into columns.
func column(s string) string {
	if strings.ContainsAny(s, "\t\n\r ") {
		return strings.Join(strings.Fields(s), "_")
	}
	return s
}

// joinTokens finds words that are written as one: a clitic and what it leans on.
func (s *Sentence) joinTokens(t *onrecord.Text, sentence onrecord.Sentence) {
	for k := sentence.First; k < sentence.Last; {
		last := k
		for last+1 < sentence.Last && !spaceFollows(t, last) && Leans(t.Word(last), t.Word(last+1)) {
			last++
		}
		if last > k {
			first := k - sentence.First
			r := Range{First: first + 1, Last: last - sentence.First + 1, Form: column(t.Source[t.Tokens[k].Span.Start:t.Tokens[last].Span.End])}
			for i := first; i < r.Last; i++ {
				s.Words[i].Misc = strings.TrimSuffix(strings.TrimSuffix(s.Words[i].Misc, "SpaceAfter=No"), "|")
			}
			if !spaceFollows(t, last) {
				r.Misc = "SpaceAfter=No"
			}
			s.Tokens = append(s.Tokens, r)
		}
		k = last + 1
	}
}

// Leans reports whether word, written right after before, is part of the same
// token by the treebanks' practice: both have letters, or word is a clitic that
// is only an apostrophe, as after a plural.
func Leans(before, word string) bool {
	return hasLetter(before) && (hasLetter(word) || word == "'" || word == "’")
}

func hasLetter(s string) bool {
	for _, r := range s {
		if 'a' <= r|0x20 && r|0x20 <= 'z' || r >= 0x80 && r != '’' && r != '‘' && r != '“' && r != '”' && r != '—' && r != '–' && r != '…' {
			return true
		}
	}
	return false
}

var nameKinds = map[onrecord.EntityKind]string{
	onrecord.Person: "PER", onrecord.Organization: "ORG", onrecord.PlaceEntity: "LOC",
}

// nameTags is the IOB2 tag of each token; empty outside names.
func nameTags(t *onrecord.Text) []string {
	tags := make([]string, len(t.Tokens))
	for _, n := range t.Names {
		kind := nameKinds[n.Kind]
		if kind == "" {
			kind = strings.ToUpper(fmt.Sprint(n.Kind))
		}
		mark := "B-"
		for k := t.TokenAt(n.Span.Start); k < len(t.Tokens) && t.Tokens[k].Span.Start < n.Span.End; k++ {
			tags[k] = mark + kind
			mark = "I-"
		}
	}
	return tags
}
