package english

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Joined is the text with hyphenated words as one token each, for stages that read
// words: "a 15-year-old girl" has three words there, and seven tokens in t. A
// joined token has the tags, the head and the relation of the part that the others
// hang on: of the last one of those that hang on another word. t is left as it is.
func Joined(t *onrecord.Text) onrecord.Text {
	out := onrecord.Text{
		Source: t.Source, Names: t.Names, Tokens: make([]onrecord.Token, 0, len(t.Tokens)),
		Sentences: make([]onrecord.Sentence, len(t.Sentences)),
	}
	into := make([]int, len(t.Tokens)) // the joined token that each token is part of
	for n, s := range t.Sentences {
		out.Sentences[n] = onrecord.Sentence{Span: s.Span, First: len(out.Tokens)}
		for i := s.First; i < s.Last; {
			last := i + 1
			for last+1 < s.Last && hyphenAt(t, last) {
				last += 2
			}
			top := last - 1
			for k := i; k < last; k++ {
				into[k] = len(out.Tokens)
				if h := t.Tokens[k].Head; h == k || h >= 0 && (h < i || h >= last) {
					top = k
				}
			}
			tok := t.Tokens[top]
			tok.Span = onrecord.Span{Start: t.Tokens[i].Span.Start, End: t.Tokens[last-1].Span.End}
			if last > i+1 {
				tok.Lemma = tok.Span.In(t.Source)
			}
			out.Tokens = append(out.Tokens, tok)
			i = last
		}
		out.Sentences[n].Last = len(out.Tokens)
	}
	acyclic(&out, into)
	return out
}

// acyclic turns the heads of joined tokens from the tokens they were into those
// they are part of now. Where parts of two words hang on each other, a word could
// come to hang on itself: such a word hangs on the sentence's root.
func acyclic(out *onrecord.Text, into []int) {
	for i := range out.Tokens {
		if h := out.Tokens[i].Head; h >= 0 {
			out.Tokens[i].Head = into[h]
		}
	}
	walk := make([]int, len(out.Tokens)) // 1 + the token whose way to the root passed here first
	for _, s := range out.Sentences {
		root := slices.IndexFunc(out.Tokens[s.First:s.Last], func(t onrecord.Token) bool { return t.Relation == "root" })
		if root < 0 {
			continue
		}
		root += s.First
		out.Tokens[root].Head = root
		for i := s.First; i < s.Last; i++ {
			for k := i; k != root && walk[k] == 0; k = out.Tokens[k].Head {
				walk[k] = i + 1
				if h := out.Tokens[k].Head; walk[h] == i+1 {
					out.Tokens[k].Head, out.Tokens[k].Relation = root, "dep"
				}
			}
		}
	}
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
