package english

import (
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english/nn"
	"github.com/onrecord/onrecord/english/segment"
)

// Cuts names the sentences that were cut so that time stays linear: those ended
// after [segment.MaxSentence] tokens, and those whose trees were read in pieces
// because they have more than [nn.MaxPiece].
func Cuts(t *onrecord.Text) []onrecord.Problem {
	var out []onrecord.Problem
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
