package said

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed senses.txt
var senseData string

// senses is what words of a part of speech mean: a kind of WordNet's.
type senses struct {
	verb, also, noun, adjective map[string]string
}

func loadSenses(data string) (*senses, error) {
	s := &senses{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
	err := eachLine(data, func(f []string) error {
		if len(f) < 3 {
			return fmt.Errorf("%q: want a part of speech, a kind and words: %w", strings.Join(f, " "), onrecord.ErrInvalid)
		}
		m, kind := map[string]map[string]string{"verb": s.verb, "also": s.also, "noun": s.noun, "derived": s.noun, "adjective": s.adjective}[f[0]], f[1]
		if m == nil {
			return fmt.Errorf("part of speech %q: %w", f[0], onrecord.ErrInvalid)
		}
		for _, w := range f[2:] {
			if _, known := m[w]; !known {
				m[w] = kind
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("senses: %w", err)
	}
	return s, nil
}

// kind is what a word means first: "communication", "cognition", and for a verb that
// speaks or thinks only in a later sense that kind behind the first
// ("social/communication"). Empty where WordNet does not tell.
func (s *senses) kind(upos, lemma string) string {
	switch upos {
	case "VERB":
		if also := s.also[lemma]; also != "" {
			return s.verb[lemma] + "/" + also
		}
		return s.verb[lemma]
	case "NOUN":
		return s.noun[lemma]
	case "ADJ":
		return s.adjective[lemma]
	}
	return ""
}

// classOf is the class of cue that a kind of words makes; empty for none.
func classOf(kind string) onrecord.CueClass {
	if _, also, ok := strings.Cut(kind, "/"); ok {
		kind = also
	}
	switch kind {
	case "communication":
		return onrecord.SpeechCue
	case "cognition", "perception":
		return onrecord.BeliefCue
	case "emotion", "feeling":
		return onrecord.AttitudeCue
	case "motive":
		return onrecord.IntentionCue
	}
	return ""
}
