package english

import (
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Joined is the text with hyphenated words as one token each, for stages that read
// words and no trees: "a 15-year-old girl" has three words there, and seven tokens
// in t. A joined token has the tag, lemma and head of the part that the others
// hang on. t is left as it is.
func Joined(t *onrecord.Text) onrecord.Text {
	out := onrecord.Text{
		Source: t.Source, Names: t.Names, Tokens: make([]onrecord.Token, 0, len(t.Tokens)),
		Sentences: make([]onrecord.Sentence, len(t.Sentences)),
	}
	to := make([]int, len(t.Tokens)+1) // token of out that each token became part of
	for n, s := range t.Sentences {
		out.Sentences[n] = onrecord.Sentence{Span: s.Span, First: len(out.Tokens)}
		for i := s.First; i < s.Last; {
			last := i + 1
			for last+1 < s.Last && hyphenAt(t, last) {
				last += 2
			}
			tok := t.Tokens[i]
			for k := i; k < last; k++ {
				to[k] = len(out.Tokens)
				if h := t.Tokens[k].Head; h == k || h < i || h >= last {
					tok = t.Tokens[k]
					if tok.Head == k {
						tok.Head = i
					}
				}
			}
			tok.Span = onrecord.Span{Start: t.Tokens[i].Span.Start, End: t.Tokens[last-1].Span.End}
			out.Tokens = append(out.Tokens, tok)
			i = last
		}
		out.Sentences[n].Last = len(out.Tokens)
	}
	for i := range out.Tokens {
		if h := out.Tokens[i].Head; h >= 0 {
			out.Tokens[i].Head = to[h]
		}
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
