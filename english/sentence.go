package english

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// maxSentence is the number of tokens after which a sentence ends in any case,
// so that text without full stops costs later stages no more than other text.
const maxSentence = 500

// splitter appends the sentences of one paragraph after the other.
type splitter struct {
	analyser *Analyser
	text     *onrecord.Text
	zone     int // the zone the last token stood in or before
}

// split makes sentences of the tokens from first on.
func (s *splitter) split(first int, zones []onrecord.Zone) {
	tokens := s.text.Tokens
	start := first
	for i := first; i < len(tokens); i++ {
		last := i+1 == len(tokens)
		if last || i+1-start >= maxSentence || s.zoneEnds(tokens[i].Span, tokens[i+1].Span, zones) || s.ends(start, i) {
			s.text.Sentences = append(s.text.Sentences, onrecord.Sentence{
				Span:  onrecord.Span{Start: tokens[start].Span.Start, End: tokens[i].Span.End},
				First: start, Last: i + 1,
			})
			start = i + 1
		}
	}
}

// zoneEnds reports whether the edge of a zone lies between two tokens.
func (s *splitter) zoneEnds(a, b onrecord.Span, zones []onrecord.Zone) bool {
	for s.zone < len(zones) && zones[s.zone].Span.End <= a.Start {
		s.zone++
	}
	for i := s.zone; i < len(zones) && i <= s.zone+1; i++ {
		z := zones[i].Span
		if a.End <= z.Start && z.Start <= b.Start || a.End <= z.End && z.End <= b.Start {
			return true
		}
	}
	return false
}

// ends reports whether a sentence that began at start ends with token i.
func (s *splitter) ends(start, i int) bool {
	tokens, text := s.text.Tokens, s.text.Source
	next := tokens[i+1].Span
	if tokens[i].Span.End == next.Start {
		return false // no space: a closing mark follows, or it is inside a word
	}
	// Step back over closing marks and brackets to what they close.
	at := i
	for at > start && closing(s.text.Word(at)) && tokens[at-1].Span.End == tokens[at].Span.Start {
		at--
	}
	w := s.text.Word(at)
	stop := w == "." || w == "!" || w == "?" || w == "…" || strings.HasPrefix(w, "..")
	if !stop {
		if at != i || !strings.HasSuffix(w, ".") || len(w) < 2 {
			return false
		}
		if s.analyser.never[w] || len(w) == 2 {
			return false
		}
		// After an abbreviation only a common opener shows a new sentence.
		word := next.In(text)
		r, _ := utf8.DecodeRuneInString(word)
		return unicode.IsUpper(r) && s.analyser.openers[strings.ToLower(word)]
	}
	r, n := utf8.DecodeRuneInString(text[next.Start:])
	switch {
	case unicode.IsLower(r):
		return false
	case (w == "…" || strings.HasPrefix(w, "..")) && !unicode.IsUpper(r):
		return false
	case strings.ContainsRune("\"'“‘«([", r):
		after, _ := utf8.DecodeRuneInString(text[next.Start+n:])
		return !unicode.IsLower(after) || at != i || w == "."
	case strings.ContainsRune(",;:)]}”’–—―-", r):
		return false
	}
	return true
}

// closing reports whether a token closes quotations or brackets.
func closing(w string) bool {
	switch w {
	case "\"", "”", "''", "’", "'", ")", "]", "»", "›", "}":
		return true
	}
	return false
}
