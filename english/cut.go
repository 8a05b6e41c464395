package english

import (
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english/nn"
	"github.com/onrecord/onrecord/english/segment"
)

// longWord is how many bytes a word has at least of which is said that it was not read
// whole: more than any address that is one.
const longWord = 4096

// Cuts names what was cut so that time stays linear: sentences ended after
// [segment.MaxSentence] tokens, those whose trees were read in pieces because they have
// more than [nn.MaxPiece], and words so long that only their first and last letters
// were looked at.
func Cuts(t *onrecord.Text) []onrecord.Problem {
	var out []onrecord.Problem
	for i := range t.Tokens {
		if span := t.Tokens[i].Span; span.End-span.Start >= longWord {
			message := fmt.Sprintf("a word of %d bytes was read by its first and last letters", span.End-span.Start)
			out = append(out, onrecord.Problem{Code: "long_word", Message: message, Span: &span})
		}
	}
	for _, s := range t.Sentences {
		n := s.Last - s.First
		if n <= nn.MaxPiece {
			continue
		}
		message := fmt.Sprintf("a sentence of %d words was read in pieces", n)
		if n >= segment.MaxSentence {
			message = fmt.Sprintf("a sentence was ended after %d words", n)
		}
		span := s.Span
		out = append(out, onrecord.Problem{Code: "long_sentence", Message: message, Span: &span})
	}
	return out
}
