package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// MaxSentence is the number of tokens after which a sentence ends in any case.
const MaxSentence = 1000

// Sentences appends the index after each sentence's last token to ends. words
// are the tokens of one paragraph, not empty; the last index is len(words).
// stops, where not nil, says after which tokens a sentence must end.
func (s *Segmenter) Sentences(text string, words []onrecord.Span, stops func(i int) bool, ends []int) []int {
	g := s.newGaps(text, words)
	for i := range len(words) - 1 {
		if stops != nil && stops(i) || i+1-g.start >= MaxSentence || s.ends(&g, i) {
			ends = append(ends, i+1)
			g.ended(i)
		}
		g.pass(i)
	}
	return append(ends, len(words))
}

// ends reports whether a sentence ends with token i. Where news is plain and the
// treebanks' letters and posts are not, a rule decides, not the model.
func (s *Segmenter) ends(g *gaps, i int) bool {
	switch {
	case !g.open(i), s.goesOn(g.text, g.words[i]), s.tagFollows(g, i):
		return false
	case g.shape == colon && (g.quote || g.next == opener):
		return false // what was said comes next
	case g.shape == dots && i == g.start && i > 0:
		return false // they stand for the start of what comes
	case g.shape == dash && g.next == small:
		return false // an aside goes on
	case g.shape == full && g.next == dots && (g.after == capital || g.after == letter || g.after == capitals):
		return true // words left out between sentences
	case g.next == dash && (g.shape == closer || g.shape == straight):
		return false // who signed the quotation comes next
	case g.shape == full && g.next == opener && g.after == capital && i > 0 && shapeOf(g.word(i-1)) == small:
		return true // a quotation begins
	}
	return s.model.score(g, i) > 0
}

// goesOn reports whether a token is an abbreviation that never ends a sentence.
func (s *Segmenter) goesOn(text string, word onrecord.Span) bool {
	return text[word.End-1] == '.' && word.Len() > 1 && (s.inner[word.In(text)] || s.number[word.In(text)])
}

// tagFollows reports whether a quotation that ends with ? or ! is closed by token
// i, and words like "Mayor Ames asked" come next: they are still its sentence.
func (s *Segmenter) tagFollows(g *gaps, i int) bool {
	if i == 0 || g.stop != i-1 || g.shape != closer && g.shape != straight || shapeOf(g.word(i-1)) != ask {
		return false
	}
	for k := i + 1; k < min(i+6, len(g.words)); k++ {
		if k > i+1 && s.speech[g.word(k)] {
			return true
		}
		if sh := shapeOf(g.word(k)); sh != capital && sh != dotted && sh != letter && sh != capitals {
			return false
		}
	}
	return false
}

// gaps walks over the gaps between a paragraph's tokens. What it knows before
// each gap stands in the fields; features are made of that and of the words around.
type gaps struct {
	lists *Segmenter
	text  string
	words []onrecord.Span
	start int  // first token of the sentence that is being read
	quote bool // inside double quotation marks
	round int  // depth of round brackets
	stop  int  // index of the last token that ends sentences, -1 before one
	shape shape
	next  shape // of the token after the gap
	after shape // of the token after that

	stopped bool // the paragraph has a full stop somewhere
	lower   bool // the paragraph has no capital after a full stop
}

func (s *Segmenter) newGaps(text string, words []onrecord.Span) gaps {
	g := gaps{lists: s, text: text, words: words, stop: -1, lower: true}
	g.next, g.after = g.shapeAt(0), g.shapeAt(1)
	for i, w := range words {
		if c := text[w.Start]; c == '.' || c == '?' || c == '!' {
			g.stopped = true
			if i+1 < len(words) && unicode.IsUpper(runeAt(text, words[i+1].Start)) {
				g.lower = false
			}
		}
	}
	g.step(0)
	return g
}

func (g *gaps) word(i int) string { return g.words[i].In(g.text) }

// pass goes on to the gap after i+1.
func (g *gaps) pass(i int) { g.step(i + 1) }

// step takes in token i.
func (g *gaps) step(i int) {
	g.shape, g.next, g.after = g.next, g.after, g.shapeAt(i+2)
	switch w := g.word(i); w {
	case "\"", "''", "``":
		g.quote = !g.quote
	case "“":
		g.quote = true
	case "”":
		g.quote = false
	case "(", "[":
		g.round++
	case ")", "]":
		g.round = max(0, g.round-1)
	}
	if g.shape == full || g.shape == ask || g.shape == dots || g.shape == dotted {
		g.stop = i
	}
}

// ended notes that a sentence ends with token i.
func (g *gaps) ended(i int) {
	g.start = i + 1
	g.round = 0
}

// open reports whether a sentence may end with token i at all: not inside a
// written word, and not before what closes it.
func (g *gaps) open(i int) bool {
	space := g.words[i].End < g.words[i+1].Start
	if space {
		return g.shape != unlocked || g.next != small // (it did so.) on the same day
	}
	switch g.next {
	case closer, straight, unlocked, comma, full, ask, dots, clitic:
		return false
	}
	return g.stop == i || g.stop == i-1 && (g.shape == closer || g.shape == straight || g.shape == unlocked)
}

// shape is what kind of token something is, as far as gaps care.
type shape uint8

const (
	none     shape = iota
	capital        // "Mayor"
	capitals       // "NATO", not one letter
	letter         // one capital
	small          // "mayor"
	number
	dotted   // an abbreviation with its full stop
	full     // .
	ask      // ? or !
	dots     // ... and …
	comma    // , ;
	colon    // :
	dash     // - – —
	straight // " ' with spaces on both sides or on neither
	opener   // “ ‘, and " ' before a word
	closer   // ” ’, and " ' after a word
	bracket  // ( [
	unlocked // ) ]
	address
	clitic // 's n't
	other
)

func shapeOf(w string) shape {
	r, n := utf8.DecodeRuneInString(w)
	switch {
	case unicode.IsUpper(r):
		switch {
		case strings.HasSuffix(w, "."):
			return dotted
		case len(w) == n:
			return letter
		case strings.ToUpper(w) == w:
			return capitals
		}
		return capital
	case unicode.IsLetter(r):
		switch {
		case strings.HasSuffix(w, "."):
			return dotted
		case strings.HasPrefix(w, "http") || strings.HasPrefix(w, "www.") || strings.IndexByte(w, '@') > 0:
			return address
		case w == "n't" || w == "n’t":
			return clitic
		}
		return small
	case unicode.IsDigit(r):
		return number
	}
	switch r {
	case '.':
		if len(w) > 1 {
			return dots
		}
		return full
	case '…':
		return dots
	case '?', '!':
		return ask
	case ',', ';':
		return comma
	case ':':
		return colon
	case '-', '–', '—':
		return dash
	case '"':
		return straight
	case '\'', '’':
		switch {
		case len(w) == n:
			return straight
		case w == "''" || w == "’’":
			return straight
		}
		return clitic
	case '“', '‘', '`', '«':
		return opener
	case '”', '»':
		return closer
	case '(', '[', '{', '<':
		return bracket
	case ')', ']', '}', '>':
		return unlocked
	}
	return other
}

// shapeAt is the shape of token i, marks told apart by the spaces around them.
func (g *gaps) shapeAt(i int) shape {
	if i < 0 || i >= len(g.words) {
		return none
	}
	s := shapeOf(g.word(i))
	if s != straight {
		return s
	}
	left := i == 0 || g.words[i-1].End < g.words[i].Start
	right := i+1 == len(g.words) || g.words[i].End < g.words[i+1].Start
	switch {
	case left && !right:
		return opener
	case right && !left:
		return closer
	case !left && g.shape != none && i > 0 && shapeOf(g.word(i-1)) != small: // ."' or ,"—
		return closer
	}
	return straight
}
