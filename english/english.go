// Package english analyses English text: sentences, tokens with lemmas and tags,
// dependency trees and names, all as spans over the untouched text.
//
// Three parts do it: english/segment divides the text, english/nn reads the words
// of each sentence, and this package makes analysed text of both. Tokens, tags,
// relations and trees are those of Universal Dependencies 2 as the treebanks EWT
// and GUM have them: "don't" is "do" and "n't", "15-year" is three tokens.
//
// Time is linear in the text, also where a megabyte stands without a space or a
// sentence has thousands of words.
package english

import (
	"fmt"
	"os"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english/nn"
	"github.com/onrecord/onrecord/english/segment"
)

// Version names what this package finds; stored with every finding.
const Version = "english.v2"

// Data is the package's word lists and its sentence model, for a hash over all
// rules. The network's model has a hash of its own; see [Analyser.Model].
func Data() []string { return append(segment.Data(), irregularData) }

// Analyser makes analysed text. It may be used by many goroutines at once.
type Analyser struct {
	segments *segment.Segmenter
	network  *nn.Model // nil: no tags, trees and names
	model    onrecord.Hash
}

// New loads the embedded model. A binary built with the tag "nomodel" has none:
// its analyser finds sentences and tokens only. See [Load].
func New() (*Analyser, error) { return Load(weights()) }

// Load makes an analyser with the given model file's bytes; with none of them it
// finds sentences and tokens only. The error wraps [onrecord.ErrInvalid] where
// the bytes are no usable model.
func Load(model []byte) (*Analyser, error) {
	s, err := segment.New()
	if err != nil {
		return nil, fmt.Errorf("loading word lists: %w", err)
	}
	a := &Analyser{segments: s}
	if len(model) == 0 {
		return a, nil
	}
	if a.network, err = nn.Load(model); err != nil {
		return nil, fmt.Errorf("%w: %w", onrecord.ErrInvalid, err)
	}
	a.model = onrecord.HashOf(model)
	return a, nil
}

// LoadFile is [Load] of a file.
func LoadFile(name string) (*Analyser, error) {
	model, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the model: %w", err)
	}
	if len(model) == 0 {
		return nil, fmt.Errorf("%s is empty: %w", name, onrecord.ErrInvalid)
	}
	return Load(model)
}

// Model is the hash of the network's model file; the zero hash where there is none.
func (a *Analyser) Model() onrecord.Hash { return a.model }

// Trees reports whether the analyser finds tags, trees and names.
func (a *Analyser) Trees() bool { return a.network != nil }

// Analyse analyses a text. Tokens cover everything in the paragraphs but white
// space, in order. No sentence crosses a paragraph's end or the edge of a zone;
// paragraphs and zones are in text order. Every sentence is one rooted tree where
// the analyser finds trees at all.
func (a *Analyser) Analyse(text string, paragraphs []onrecord.Span, zones []onrecord.Zone) onrecord.Text {
	t := onrecord.Text{Source: text, Tokens: make([]onrecord.Token, 0, len(text)/5)}
	edges := zoneEdges(zones)
	var words []onrecord.Span
	var ends []int
	for _, p := range paragraphs {
		words = a.segments.Words(text, p, words[:0])
		if len(words) == 0 {
			continue
		}
		var stops func(int) bool
		if len(edges) > 0 {
			stops = func(i int) bool {
				for len(edges) > 0 && edges[0] < words[i].End {
					edges = edges[1:]
				}
				return len(edges) > 0 && edges[0] <= words[i+1].Start
			}
		}
		ends = a.segments.Sentences(text, words, stops, ends[:0])
		a.add(&t, words, ends)
	}
	a.Read(&t)
	return t
}

// zoneEdges are the offsets at which zones begin and end, in order.
func zoneEdges(zones []onrecord.Zone) []int {
	edges := make([]int, 0, 2*len(zones))
	for _, z := range zones {
		edges = append(edges, z.Span.Start, z.Span.End)
	}
	slices.Sort(edges)
	return edges
}

// add appends a paragraph's tokens and sentences.
func (a *Analyser) add(t *onrecord.Text, words []onrecord.Span, ends []int) {
	base, first := len(t.Tokens), 0
	for _, w := range words {
		t.Tokens = append(t.Tokens, onrecord.Token{Span: w, Head: -1})
	}
	for _, end := range ends {
		t.Sentences = append(t.Sentences, onrecord.Sentence{
			Span:  onrecord.Span{Start: words[first].Start, End: words[end-1].End},
			First: base + first, Last: base + end,
		})
		first = end
	}
}

// batch is the number of tokens that are handed to the network at once, about:
// enough to keep it busy, few enough that memory does not grow with the text.
const batch = 8192

// Read finds tags, lemmas, trees and names in a text whose tokens and sentences
// are known, over whatever was there. Without a network it does nothing.
func (a *Analyser) Read(t *onrecord.Text) {
	if a.network == nil {
		return
	}
	t.Names = t.Names[:0]
	var (
		sentences [][]string
		words     []string
		out       []nn.Sentence
	)
	for next := 0; next < len(t.Sentences); {
		sentences, words = sentences[:0], make([]string, 0, batch)
		first := next
		for ; next < len(t.Sentences) && len(words) < batch; next++ {
			s, start := t.Sentences[next], len(words)
			for i := s.First; i < s.Last; i++ {
				words = append(words, t.Word(i))
			}
			sentences = append(sentences, words[start:len(words):len(words)])
		}
		for len(out) < len(sentences) {
			out = append(out, nn.Sentence{})
		}
		a.network.Tag(sentences, out[:len(sentences)])
		for i := range sentences {
			take(t, t.Sentences[first+i], &out[i])
		}
	}
	settleNames(t)
	repeatNames(t)
}

// take writes what the network says of a sentence into the text.
func take(t *onrecord.Text, s onrecord.Sentence, from *nn.Sentence) {
	before := len(t.Names)
	for i, w := range from.Tokens {
		tok := &t.Tokens[s.First+i]
		tok.UPOS, tok.XPOS, tok.Relation = w.UPOS, w.XPOS, w.Relation
		tok.Lemma, tok.Head, tok.Confidence = w.Lemma, s.First+w.Head, w.Confidence
		tok.Lemma = mend(t.Word(s.First+i), tok)
	}
	for _, n := range from.Names {
		if !slices.ContainsFunc(from.Tokens[n.First:n.Last], func(w nn.Token) bool { return w.UPOS == "PROPN" }) {
			continue // what has no proper noun in it is no proper name
		}
		t.Names = append(t.Names, onrecord.Name{
			Span: onrecord.Span{Start: t.Tokens[s.First+n.First].Span.Start, End: t.Tokens[s.First+n.Last-1].Span.End},
			Kind: kinds[n.Kind], Confidence: n.Confidence,
		})
	}
	if len(t.Names) > before {
		t.Names = append(t.Names[:before], edgeNames(t, s, slices.Clone(t.Names[before:]))...)
	}
}

var kinds = [...]onrecord.EntityKind{
	nn.Person: onrecord.Person, nn.Organisation: onrecord.Organization, nn.Place: onrecord.PlaceEntity,
}
