// Package segment divides English text into the tokens and sentences of
// Universal Dependencies, as spans over the untouched text.
//
// Tokens come from rules over the shape of words and from lists of words whose
// shape does not tell (words.txt). Sentences come from a linear model that looks
// at the words around a gap, trained on the English treebanks (see [Train]),
// inside bounds that no model may cross: paragraphs, closing quotation marks,
// the middle of a word.
//
// Everything is linear in the text, also where a megabyte stands without a
// space: what looks ahead looks no more than a fixed number of bytes ahead.
package segment

import (
	"bufio"
	_ "embed"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed words.txt
var wordData string

// Data is the package's word lists and model, for a hash over all rules.
func Data() []string { return []string{wordData, string(modelData)} }

// Segmenter divides text. It may be used by many goroutines at once.
type Segmenter struct {
	inner, open, number   map[string]bool   // abbreviations, with their full stop
	prefix, suffix, whole map[string]bool   // lower case
	elided, ending, unit  map[string]bool   // lower case; elided without the apostrophe
	opener, speech        map[string]bool   // lower case
	pieces                map[string][]int  // lengths of the parts of a word in lower case
	faces                 map[byte][]string // by first byte, longest first
	model                 *model
}

// New loads the word lists and the sentence model.
func New() (*Segmenter, error) {
	m, err := load(modelData)
	if err != nil {
		return nil, err
	}
	s, err := newWords()
	if err != nil {
		return nil, err
	}
	s.model = m
	return s, nil
}

// newWords loads the word lists alone.
func newWords() (*Segmenter, error) {
	s := &Segmenter{
		inner: map[string]bool{}, open: map[string]bool{}, number: map[string]bool{},
		prefix: map[string]bool{}, suffix: map[string]bool{}, whole: map[string]bool{},
		elided: map[string]bool{}, ending: map[string]bool{}, unit: map[string]bool{}, opener: map[string]bool{}, speech: map[string]bool{},
		pieces: map[string][]int{}, faces: map[byte][]string{},
	}
	sets := map[string]map[string]bool{
		"title": s.inner, "inner": s.inner, "open": s.open, "number": s.number, "prefix": s.prefix,
		"suffix": s.suffix, "whole": s.whole, "ending": s.ending, "unit": s.unit,
		"opener": s.opener, "speech": s.speech,
	}
	lines := bufio.NewScanner(strings.NewReader(wordData))
	lines.Buffer(nil, len(wordData)+1)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		for _, w := range words[1:] {
			if err := s.add(sets, words[0], w); err != nil {
				return nil, fmt.Errorf("words.txt line %d: %w", n, err)
			}
		}
	}
	return s, nil
}

func (s *Segmenter) add(sets map[string]map[string]bool, kind, w string) error {
	switch kind {
	case "elided":
		s.elided[strings.TrimPrefix(w, "'")] = true
	case "face":
		s.faces[w[0]] = insertLongestFirst(s.faces[w[0]], w)
	case "pieces":
		whole, parts, _ := strings.Cut(w, "=")
		if strings.ReplaceAll(parts, "+", "") != whole {
			return fmt.Errorf("%q does not add up: %w", w, onrecord.ErrInvalid)
		}
		for p := range strings.SplitSeq(parts, "+") {
			s.pieces[whole] = append(s.pieces[whole], len(p))
		}
	default:
		set := sets[kind]
		if set == nil {
			return fmt.Errorf("kind %q: %w", kind, onrecord.ErrInvalid)
		}
		set[w] = true
	}
	return nil
}

func insertLongestFirst(list []string, w string) []string {
	i := 0
	for i < len(list) && len(list[i]) >= len(w) {
		i++
	}
	list = append(list, "")
	copy(list[i+1:], list[i:])
	list[i] = w
	return list
}
