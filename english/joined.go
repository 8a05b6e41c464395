package english

import (
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Joined is the text with hyphenated words as one token each, for stages that read
// words and no trees: "a 15-year-old girl" has three words there, and seven tokens
// in t. Joined tokens have the tags of their last part. There are no heads: parts
// of a word may hang on different words. t is left as it is.
func Joined(t *onrecord.Text) onrecord.Text {
	out := onrecord.Text{
		Source: t.Source, Names: t.Names, Tokens: make([]onrecord.Token, 0, len(t.Tokens)),
		Sentences: make([]onrecord.Sentence, len(t.Sentences)),
	}
	for n, s := range t.Sentences {
		out.Sentences[n] = onrecord.Sentence{Span: s.Span, First: len(out.Tokens)}
		for i := s.First; i < s.Last; {
			last := i + 1
			for last+1 < s.Last && hyphenAt(t, last) {
				last += 2
			}
			tok := t.Tokens[last-1]
			tok.Span.Start, tok.Head, tok.Relation = t.Tokens[i].Span.Start, -1, ""
			if last > i+1 {
				tok.Lemma = tok.Span.In(t.Source)
			}
			out.Tokens = append(out.Tokens, tok)
			i = last
		}
		out.Sentences[n].Last = len(out.Tokens)
	}
	return out
}

// hyphenAt reports whether token i is a hyphen between two words, without spaces.
func hyphenAt(t *onrecord.Text, i int) bool {
	switch t.Word(i) {
	case "-", "\u2010", "\u2011":
	default:
		return false
	}
	return wordEnds(t, i-1) && t.Tokens[i-1].Span.End == t.Tokens[i].Span.Start &&
		t.Tokens[i].Span.End == t.Tokens[i+1].Span.Start && wordEnds(t, i+1)
}

func wordEnds(t *onrecord.Text, i int) bool {
	r, _ := utf8.DecodeRuneInString(t.Word(i))
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
