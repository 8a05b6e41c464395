package onrecord

// Text is analysed text: what a language's analyser finds in a revision, as
// spans over Source. Tokens and sentences are in text order and do not overlap.
type Text struct {
	Source    string
	Sentences []Sentence
	Tokens    []Token
	Names     []Name
}

// Sentence is a run of tokens.
type Sentence struct {
	Span  Span
	First int // index of its first token in Text.Tokens
	Last  int // index after its last token
}

// Token is a word or a mark of punctuation. Tag, Head and Relation follow
// Universal Dependencies 2; they are empty, and Head is -1, where an analyser
// does not find them.
type Token struct {
	Span       Span
	Lemma      string
	UPOS       string
	XPOS       string
	Head       int // index in Text.Tokens; the token's own index for a root; -1 unknown
	Relation   string
	Confidence float32 // of tag and head together; 0 unknown
}

// Name is a proper name found by the analyser.
type Name struct {
	Span       Span
	Kind       EntityKind
	Confidence float32
}

// Word is the token's own words.
func (t *Text) Word(i int) string { return t.Tokens[i].Span.In(t.Source) }

// SentenceAt is the index of the sentence covering the byte offset, or of the
// last one that starts before it; -1 before the first.
func (t *Text) SentenceAt(offset int) int {
	lo, hi := 0, len(t.Sentences)
	for lo < hi {
		mid := (lo + hi) / 2
		if t.Sentences[mid].Span.Start <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}

// TokenAt is the index of the first token that ends after the byte offset;
// len(Tokens) when there is none.
func (t *Text) TokenAt(offset int) int {
	lo, hi := 0, len(t.Tokens)
	for lo < hi {
		mid := (lo + hi) / 2
		if t.Tokens[mid].Span.End <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
