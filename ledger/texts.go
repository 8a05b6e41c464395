package ledger

import (
	"sort"

	"github.com/onrecord/onrecord"
)

// TextsOf are the words of a statement, whose spans must lie inside text.
func TextsOf(text string, s *onrecord.Statement, sentence onrecord.Span) Texts {
	return Texts{
		Source:    onrecord.Words(text, s.Source.Spans),
		Cue:       onrecord.Words(text, s.Cue.Spans),
		Content:   onrecord.Words(text, s.Content.Spans),
		Addressee: onrecord.Words(text, s.Addressee),
		Medium:    onrecord.Words(text, s.Medium),
		Occasion:  onrecord.Words(text, s.Occasion),
		Sentence:  sentence.In(text),
	}
}

// SentenceOf is the span of the whole sentences that source, cue and content of
// a statement stand in. Sentences are in text order; without any, it is the span
// around the three.
func SentenceOf(s *onrecord.Statement, sentences []onrecord.Span) onrecord.Span {
	hull := onrecord.Hull(s.Spans()...)
	if hull.Empty() {
		return hull
	}
	first := sort.Search(len(sentences), func(i int) bool { return sentences[i].End > hull.Start })
	for _, span := range sentences[first:] {
		if span.Start >= hull.End {
			break
		}
		hull = onrecord.Hull(hull, span)
	}
	return hull
}
