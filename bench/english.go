package bench

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/conllu"
)

// English is the figures of analysed text against a treebank, by the definitions
// of the CoNLL 2018 shared task (Zeman et al. 2018, section 5). Both sides are
// sequences over the text's characters without white space:
//
//   - a token or a sentence is right where the other side has one with the same
//     characters;
//   - words are aligned: outside multi-word tokens those with the same
//     characters, inside by the longest common subsequence of lower-case forms;
//   - a tag, a lemma, a head with its relation is right where the aligned word has
//     the same one; heads are compared by alignment, relations without subtypes;
//     a gold lemma "_" is right in any case.
//
// Recall is by gold words, precision by predicted words.
type English struct {
	Tokens, Words, Sentences, UPOS, XPOS, Lemmas, UAS, LAS Score
	Names                                                  Score // exact spans of the same kind
	HasNames                                               bool
	Reports                                                Score // sentences whose reporting is right; see reporting
}

// ScoreEnglish compares two analyses of the same text. The error wraps
// [onrecord.ErrInvalid] where their characters differ.
func ScoreEnglish(gold, found []*conllu.Sentence) (English, error) {
	g, f := layOut(gold), layOut(found)
	if i := different(g.characters, f.characters); i >= 0 {
		return English{}, fmt.Errorf("texts differ after %d characters, %q and %q: %w", i,
			g.around(i), f.around(i), onrecord.ErrInvalid)
	}
	e := English{
		Sentences: sameSpans(g.sentences, f.sentences),
		Tokens:    sameSpans(g.tokens, f.tokens),
	}
	pairs := align(g.words, f.words)
	n := func(right int) Score { return Score{Right: right, Predicted: len(f.words), Gold: len(g.words)} }
	var upos, xpos, lemmas, heads, relations int
	to := make([]int, len(f.words)+1) // gold word, counted from 1, that a found one is aligned with
	for _, p := range pairs {
		to[p[1]+1] = p[0] + 1
	}
	for _, p := range pairs {
		a, b := &g.words[p[0]], &f.words[p[1]]
		upos += count(a.UPOS == b.UPOS)
		xpos += count(a.XPOS == b.XPOS)
		lemmas += count(a.Lemma == "" || a.Lemma == "_" || a.Lemma == b.Lemma)
		if b.head < 0 || a.head < 0 {
			continue
		}
		head := 0
		if b.head > 0 {
			head = to[b.head]
			if head == 0 {
				continue
			}
		}
		if head == a.head {
			heads++
			relations += count(universal(a.Relation) == universal(b.Relation))
		}
	}
	e.Words, e.UPOS, e.XPOS = n(len(pairs)), n(upos), n(xpos)
	e.Lemmas, e.UAS, e.LAS = n(lemmas), n(heads), n(relations)
	return e, nil
}

// Plus is the figures of both corpora together.
func (e English) Plus(o English) English {
	return English{
		Tokens: e.Tokens.plus(o.Tokens), Words: e.Words.plus(o.Words), Sentences: e.Sentences.plus(o.Sentences),
		UPOS: e.UPOS.plus(o.UPOS), XPOS: e.XPOS.plus(o.XPOS), Lemmas: e.Lemmas.plus(o.Lemmas),
		UAS: e.UAS.plus(o.UAS), LAS: e.LAS.plus(o.LAS), Names: e.Names.plus(o.Names),
		HasNames: e.HasNames || o.HasNames, Reports: e.Reports.plus(o.Reports),
	}
}

// WriteTo prints the figures, one a line, in hundredths. It implements [io.WriterTo].
func (e English) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	for _, row := range []struct {
		name  string
		score Score
	}{
		{"tokens", e.Tokens},
		{"sentences", e.Sentences},
		{"words", e.Words},
		{"UPOS", e.UPOS},
		{"XPOS", e.XPOS},
		{"lemmas", e.Lemmas},
		{"UAS", e.UAS},
		{"LAS", e.LAS},
		{"names", e.Names},
		{"reports", e.Reports},
	} {
		if s := row.score; s.Gold+s.Predicted > 0 || row.name == "names" && e.HasNames {
			fmt.Fprintf(&b, "%-10s P %6.2f  R %6.2f  F1 %6.2f   (%d right, %d predicted, %d gold)\n", row.name,
				100*s.Precision(), 100*s.Recall(), 100*s.F1(), s.Right, s.Predicted, s.Gold)
		}
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

func count(right bool) int {
	if right {
		return 1
	}
	return 0
}

func universal(relation string) string {
	before, _, _ := strings.Cut(relation, ":")
	return before
}

// laid is sentences laid out over their characters without white space.
type laid struct {
	characters        []rune
	sentences, tokens []Span
	words             []laidWord
}

type laidWord struct {
	conllu.Word
	span  Span // of the whole token for a word of a multi-word token
	multi bool
	head  int // index of the head among all words, counted from 1; 0 root, -1 none
}

func layOut(sentences []*conllu.Sentence) laid {
	var l laid
	for _, s := range sentences {
		first, start := len(l.words), len(l.characters)
		ranges := s.Tokens
		for id := 1; id <= len(s.Words); {
			form, last, multi := s.Words[id-1].Form, id, false
			if len(ranges) > 0 && ranges[0].First == id {
				form, last, multi = ranges[0].Form, ranges[0].Last, true
				ranges = ranges[1:]
			}
			at := len(l.characters)
			for _, r := range form {
				if !unicode.IsSpace(r) {
					l.characters = append(l.characters, r)
				}
			}
			span := Span{at, len(l.characters)}
			l.tokens = append(l.tokens, span)
			for ; id <= last; id++ {
				w := laidWord{Word: s.Words[id-1], span: span, multi: multi, head: s.Words[id-1].Head}
				if w.head > 0 {
					w.head += first
				}
				l.words = append(l.words, w)
			}
		}
		l.sentences = append(l.sentences, Span{start, len(l.characters)})
	}
	return l
}

func (l *laid) around(i int) string {
	return string(l.characters[max(0, i-10):min(len(l.characters), i+10)])
}

// different is the first index at which a and b differ; -1 where they do not.
func different(a, b []rune) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}

func sameSpans(gold, found []Span) Score {
	s := Score{Predicted: len(found), Gold: len(gold)}
	for i, k := 0, 0; i < len(gold) && k < len(found); {
		switch {
		case gold[i] == found[k]:
			s.Right++
			i++
			k++
		case gold[i].Start < found[k].Start || gold[i].Start == found[k].Start && gold[i].End < found[k].End:
			i++
		default:
			k++
		}
	}
	return s
}

// align pairs the indices of words that are the same.
func align(gold, found []laidWord) [][2]int {
	var pairs [][2]int
	i, k := 0, 0
	for i < len(gold) && k < len(found) {
		g, f := gold[i], found[k]
		if !g.multi && !f.multi {
			switch {
			case g.span == f.span:
				pairs = append(pairs, [2]int{i, k})
				i++
				k++
			case g.span.Start <= f.span.Start:
				i++
			default:
				k++
			}
			continue
		}
		// A single word that ends before the multi-word token begins is unaligned.
		switch {
		case !g.multi && g.span.End <= f.span.Start:
			i++
			continue
		case !f.multi && f.span.End <= g.span.Start:
			k++
			continue
		}
		toG, toF := region(gold[i:], found[k:])
		pairs = common(gold[i:i+toG], found[k:k+toF], i, k, pairs)
		i += toG
		k += toF
	}
	return pairs
}

// region is how many words of each side belong to a stretch of text that begins
// with a multi-word token, widened until neither side's token crosses its end.
func region(gold, found []laidWord) (toG, toF int) {
	end := max(endIf(gold[0]), endIf(found[0]))
	for {
		grew := false
		for toG < len(gold) && gold[toG].span.Start < end {
			if gold[toG].multi && gold[toG].span.End > end {
				end, grew = gold[toG].span.End, true
			}
			toG++
		}
		for toF < len(found) && found[toF].span.Start < end {
			if found[toF].multi && found[toF].span.End > end {
				end, grew = found[toF].span.End, true
			}
			toF++
		}
		if !grew {
			return toG, toF
		}
	}
}

func endIf(w laidWord) int {
	if w.multi {
		return w.span.End
	}
	return -1
}

// common appends the pairs of a longest common subsequence of lower-case forms.
func common(gold, found []laidWord, i, k int, pairs [][2]int) [][2]int {
	same := func(a, b int) bool { return strings.EqualFold(gold[a].Form, found[b].Form) }
	length := make([][]int, len(gold)+1)
	for a := range length {
		length[a] = make([]int, len(found)+1)
	}
	for a := range slices.Backward(gold) {
		for b := range slices.Backward(found) {
			if same(a, b) {
				length[a][b] = length[a+1][b+1] + 1
			} else {
				length[a][b] = max(length[a+1][b], length[a][b+1])
			}
		}
	}
	for a, b := 0, 0; a < len(gold) && b < len(found); {
		switch {
		case same(a, b):
			pairs = append(pairs, [2]int{i + a, k + b})
			a++
			b++
		case length[a+1][b] >= length[a][b+1]:
			a++
		default:
			b++
		}
	}
	return pairs
}
