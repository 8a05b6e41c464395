// Package english analyses English text: tokens and sentences, as spans over the
// untouched text.
//
// This version knows no syntax. Tags, heads and relations of tokens stay empty;
// a trained analyser fills them later and keeps the same shape. Tokens are those
// of Universal Dependencies, save that a word with hyphens stays one token.
//
// Time is linear in the text, also where a whole text stands on one line.
package english

import (
	"bufio"
	_ "embed"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
)

// Version names what this package finds; stored with every finding.
const Version = "english.v0"

//go:embed abbreviations.txt
var abbreviationData string

// Data is the package's word lists, for a hash over all rules.
func Data() []string { return []string{abbreviationData} }

// Analyser makes analysed text. It may be used by many goroutines at once.
type Analyser struct {
	never   map[string]bool // abbreviations that never end a sentence
	open    map[string]bool // abbreviations that may
	openers map[string]bool // lower-case words that commonly open sentences
}

// New loads the word lists.
func New() (*Analyser, error) {
	a := &Analyser{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	lines := bufio.NewScanner(strings.NewReader(abbreviationData))
	lines.Buffer(nil, len(abbreviationData)+1)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		into := map[string]map[string]bool{"title": a.never, "inner": a.never, "open": a.open, "opener": a.openers}[words[0]]
		if into == nil {
			return nil, fmt.Errorf("abbreviations line %d: kind %q: %w", n, words[0], onrecord.ErrInvalid)
		}
		for _, w := range words[1:] {
			into[w] = true
		}
	}
	return a, nil
}

// Analyse splits a text into tokens and sentences. Tokens cover everything but
// white space, in order. No sentence crosses a paragraph's end or the edge of a
// zone; paragraphs and zones are in text order.
func (a *Analyser) Analyse(text string, paragraphs []onrecord.Span, zones []onrecord.Zone) onrecord.Text {
	t := onrecord.Text{Source: text, Tokens: make([]onrecord.Token, 0, len(text)/5)}
	s := splitter{analyser: a, text: &t}
	for _, p := range paragraphs {
		first := len(t.Tokens)
		t.Tokens = a.tokenise(text, p, t.Tokens)
		s.split(first, zones)
	}
	return t
}
