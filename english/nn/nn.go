// Package nn is the neural part of the English analyser: words of sentences in,
// tags, lemmas, trees and names out.
//
// One network does everything: embeddings of the word, of its hashed prefixes,
// suffixes and shape, and fixed word vectors; two layers of bidirectional LSTM
// (Hochreiter and Schmidhuber 1997, Graves 2005); a softmax for tags, one for
// lemma scripts, biaffine scores for heads (Dozat and Manning 2017) decoded into
// one rooted tree, and a linear-chain CRF (Lafferty et al. 2001) for names.
//
// It knows words only, no text and no spans: package english makes words of text.
package nn

import "errors"

// ErrModel says that bytes are not a model this version can use.
var ErrModel = errors.New("not a usable model")

// MaxPiece is the number of words that are read as one. A longer sentence is read
// in pieces of at most so many words, each with a tree of its own; the roots of
// later pieces hang on the first piece's root as "parataxis". So time stays
// linear in the text, whatever the sentence splitter lets through.
const MaxPiece = 400

// Token is what the network says of one word.
type Token struct {
	UPOS       string  // Universal Dependencies 2 part of speech
	XPOS       string  // Penn Treebank tag, as in English treebanks of UD
	Lemma      string  //
	Head       int     // index of the head in the sentence; the word's own index for the root
	Relation   string  // Universal Dependencies 2, with subtypes ("nsubj:pass")
	Confidence float32 // product of the probabilities of tag, head and relation, in (0, 1]
}

// Kind is the kind of a name.
type Kind uint8

// The kinds of names that open corpora agree on.
const (
	Person Kind = iota
	Organisation
	Place
)

func (k Kind) String() string { return [...]string{"PER", "ORG", "LOC"}[k] }

// Name is a run of words that is a proper name.
type Name struct {
	First, Last int // index of its first word, index after its last
	Kind        Kind
	Confidence  float32 // product of its words' marginal probabilities, in (0, 1]
}

// Sentence is what the network says of one sentence. Tag reuses its slices.
type Sentence struct {
	Tokens []Token
	Names  []Name
	Pieces int // 1, or in how many pieces a sentence longer than MaxPiece was read
}
