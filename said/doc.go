package said

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/quote"
)

// word is what the patterns know of one token.
type word struct {
	*entry
	lower   string
	capital bool // begins with an upper-case letter
	letters bool // begins with a letter or a digit
	quote   int  // index of the quotation at the current depth it stands in; -1 none
}

var nothing = &entry{}

// month is May, which is a modal verb in lower case.
var month = &entry{class: cTime}

// document is a text under reading.
type document struct {
	in       Input
	text     *onrecord.Text
	words    []word
	rules    map[string]rule
	senses   *senses
	tree     *tree // nil where the text has no trees
	found    []draft
	marks    []quote.Quotation // the quotations of the depth under reading, nicknames left out
	labels   map[string]int    // what stands before the colons of paragraphs, counted
	turns    int               // how many of them are written in capitals
	labelled []int             // the first tokens of those that mark a speaker's turn, in order
}

// newDocument looks every token up once.
func newDocument(l lexicon, in Input) *document {
	d := &document{in: in, text: in.Text, words: make([]word, len(in.Text.Tokens))}
	for i, q := range in.Quotations {
		// A mark that is never closed, here or by a paragraph that goes on, tells
		// too little: the words are read as if it were not there.
		stray := !q.Closed && !q.Continues && (i+1 == len(in.Quotations) || !d.continued(i))
		if q.Depth == 0 && q.Use != quote.Nickname && !stray {
			d.marks = append(d.marks, q)
		}
	}
	for i, t := range in.Text.Tokens {
		w := &d.words[i]
		raw := t.Span.In(in.Text.Source)
		r, _ := utf8.DecodeRuneInString(raw)
		w.capital = unicode.IsUpper(r)
		w.letters = w.capital || unicode.IsLetter(r) || unicode.IsDigit(r)
		w.lower = raw
		if w.capital {
			w.lower = strings.ToLower(raw)
		}
		w.entry = l[w.lower]
		if raw == "May" && i > 0 && d.is(i-1, cPreposition|cTimeOpen) {
			w.entry = month
		}
		if w.entry == nil {
			w.entry = nothing
		}
	}
	d.placeQuotes()
	d.tree = d.newTree()
	return d
}

// continued reports whether the next outer quotation after the i-th goes on with it.
func (d *document) continued(i int) bool {
	for _, q := range d.in.Quotations[i+1:] {
		if q.Depth == 0 {
			return q.Continues
		}
	}
	return false
}

// is reports whether token i is in any of the classes; false outside the text.
func (d *document) is(i int, c class) bool {
	return i >= 0 && i < len(d.words) && d.words[i].class&c != 0
}

// lower is token i's word in lower case; empty outside the text.
func (d *document) lower(i int) string {
	if i < 0 || i >= len(d.words) {
		return ""
	}
	return d.words[i].lower
}

// span is the stretch of tokens [first, last).
func (d *document) span(first, last int) onrecord.Span {
	return onrecord.Span{Start: d.text.Tokens[first].Span.Start, End: d.text.Tokens[last-1].Span.End}
}

// quoteAt is the quotation that token i stands in; -1 where none does.
func (d *document) quoteAt(i int) int {
	if i < 0 || i >= len(d.words) {
		return -1
	}
	return d.words[i].quote
}

// opens reports whether token i is the first of a quotation.
func (d *document) opens(i int) bool {
	q := d.quoteAt(i)
	return q >= 0 && d.quoteAt(i-1) != q
}

// closes reports whether token i is the last of a quotation.
func (d *document) closes(i int) bool {
	q := d.quoteAt(i)
	return q >= 0 && d.quoteAt(i+1) != q
}

// sentence is a run of tokens that the patterns read as one: a sentence of the
// analysed text, or several that stand in one quotation with what frames it.
type sentence struct {
	first, last int
	paragraph   int
	inside      int // the quotation whose inside it is; -1 for the text itself
}

// maxJoined bounds how many tokens a joined sentence may have.
const maxJoined = 800

// sentences lists what to read: the text's sentences, joined where a quotation
// runs over their end.
func (d *document) sentences() []sentence {
	var out []sentence
	paragraph := 0
	for _, s := range d.text.Sentences {
		for paragraph < len(d.in.Paragraphs) && d.in.Paragraphs[paragraph].End <= s.Span.Start {
			paragraph++
		}
		if n := len(out); n > 0 && out[n-1].paragraph == paragraph && d.joins(s) && s.Last-out[n-1].first <= maxJoined {
			out[n-1].last = s.Last
			continue
		}
		first := s.First
		if n := len(out); n == 0 || out[n-1].paragraph != paragraph {
			first = d.afterDateline(s.First, s.Last)
		}
		out = append(out, sentence{first, s.Last, paragraph, -1})
	}
	return out
}

// afterDateline is the index after a dateline that opens a paragraph, a place in
// capitals up to a dash, or first where none does.
func (d *document) afterDateline(first, last int) int {
	w := d.text.Word(first)
	if len(w) < 3 || strings.ToUpper(w) != w || !d.words[first].capital {
		return first
	}
	for i := first + 1; i < min(last-1, first+14); i++ {
		if d.dash(i) {
			return i + 1
		}
		if d.words[i].letters && !d.words[i].capital && !d.number(i) || d.lower(i) == ":" {
			return first
		}
	}
	return first
}

// joins reports whether a sentence belongs to the one before: its start stands
// in a quotation that began before, or it attributes a question or an
// exclamation just closed ("...?" Smith asked.).
func (d *document) joins(s onrecord.Sentence) bool {
	if d.quoteAt(s.First) >= 0 && d.quoteAt(s.First) == d.quoteAt(s.First-1) {
		return true
	}
	if s.First < 2 || !d.closes(s.First-1) {
		return false
	}
	if w := d.lower(s.First - 2); w != "?" && w != "!" && w != "…" && w != "..." && w != "—" {
		return false
	}
	for i := s.First; i < s.Last && i < s.First+8; i++ {
		w := d.words[i]
		if w.verb.has(quotes) && w.shapes&(past|present) != 0 && i > s.First {
			return i+1 >= s.Last || !d.words[i+1].letters || d.is(i+1, cPreposition|cTime|cAdverb) || d.words[i+1].capital
		}
		if !w.letters || w.class&(cAuxiliary|cPreposition|cSubordinator) != 0 {
			return false
		}
	}
	return false
}

// dash reports whether token i is a dash.
func (d *document) dash(i int) bool {
	w := d.lower(i)
	return w == "—" || w == "–" || w == "―" || w == "--" || w == "-"
}
