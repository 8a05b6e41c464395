package ledger

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// EditKind is what became of a sentence between two texts of an article.
type EditKind string

// A sentence stayed, came, went, changed its words, or stands elsewhere.
const (
	SentenceKept    EditKind = "kept"
	SentenceAdded   EditKind = "added"
	SentenceRemoved EditKind = "removed"
	SentenceEdited  EditKind = "edited"
	SentenceMoved   EditKind = "moved"
)

// Edit is one sentence of two texts laid side by side. Spans are byte offsets of
// the text named; the zero Span where the sentence is not in that text.
type Edit struct {
	Kind          EditKind
	Before, After onrecord.Span
	// Words are the pieces of an edited sentence, in reading order: what stayed,
	// what went and what came.
	Words []WordEdit
	// Touched are the statements that stand in the sentence: those of the earlier
	// text where it was removed, those of the later one where it came or changed.
	Touched []onrecord.ID
}

// WordEdit is a run of words of an edited sentence.
type WordEdit struct {
	Kind EditKind // kept, added or removed
	Text string
}

// EditedText is one text of an article with its sentences, as [Edits] compares it.
type EditedText struct {
	Text       string
	Sentences  []onrecord.Span
	Statements []TouchedStatement
}

// TouchedStatement is a statement of one text and where it stands there.
type TouchedStatement struct {
	ID   onrecord.ID
	Span onrecord.Span
}

const (
	sameSentence = 0.5     // share of words, of both sentences together, from which one is the other edited
	mostGrid     = 1 << 22 // cells that one alignment may take
)

// Edits lays two texts of an article side by side, sentence by sentence, in the
// order of the later text, removed sentences where they stood. White space does
// not count. The actions are those of NewsEdits (Spangher et al., NAACL 2022):
// sentences added, deleted, edited and moved.
func Edits(before, after EditedText) []Edit {
	a, b := sentencesOf(before), sentencesOf(after)
	pairs := align(plainOf(a), plainOf(b))
	var edits []Edit
	i, j := 0, 0
	for _, p := range append(pairs, [2]int{len(a), len(b)}) {
		edits = append(edits, between(a[i:p[0]], b[j:p[1]])...)
		if p[0] < len(a) {
			edits = append(edits, Edit{Kind: SentenceKept, Before: a[p[0]].span, After: b[p[1]].span})
		}
		i, j = p[0]+1, p[1]+1
	}
	edits = moved(edits, before.Text, after.Text)
	for k := range edits {
		edits[k].Touched = touched(&edits[k], before.Statements, after.Statements)
	}
	return edits
}

// sentence is a sentence with its words.
type sentence struct {
	span  onrecord.Span
	words []string
	plain string
}

func sentencesOf(t EditedText) []sentence {
	var out []sentence
	for _, s := range t.Sentences {
		if s.Start < 0 || s.End > len(t.Text) || s.Start >= s.End {
			continue
		}
		words := strings.Fields(t.Text[s.Start:s.End])
		if len(words) > 0 {
			out = append(out, sentence{s, words, strings.Join(words, " ")})
		}
	}
	return out
}

func plainOf(list []sentence) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i].plain
	}
	return out
}

// between pairs sentences of a gap that are one another edited, in order; the
// rest came or went.
func between(a, b []sentence) []Edit {
	var edits []Edit
	from := 0
	for i := range a {
		best, at := sameSentence, -1
		for j := from; j < len(b) && j-from < 64; j++ {
			if s := similar(a[i].words, b[j].words); s >= best && (s > best || at < 0) {
				best, at = s, j
			}
		}
		if at < 0 {
			edits = append(edits, Edit{Kind: SentenceRemoved, Before: a[i].span})
			continue
		}
		for ; from < at; from++ {
			edits = append(edits, Edit{Kind: SentenceAdded, After: b[from].span})
		}
		edits = append(edits, Edit{Kind: SentenceEdited, Before: a[i].span, After: b[at].span, Words: wordEdits(a[i].words, b[at].words)})
		from = at + 1
	}
	for ; from < len(b); from++ {
		edits = append(edits, Edit{Kind: SentenceAdded, After: b[from].span})
	}
	return edits
}

// similar is the share of words that two sentences have in common: twice what is
// common by the number of both (Dice).
func similar(a, b []string) float64 {
	count := make(map[string]int, len(a))
	for _, w := range a {
		count[w]++
	}
	common := 0
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

func wordEdits(a, b []string) []WordEdit {
	var out []WordEdit
	add := func(kind EditKind, words []string) {
		if len(words) == 0 {
			return
		}
		text := strings.Join(words, " ")
		if last := len(out) - 1; last >= 0 && out[last].Kind == kind {
			out[last].Text += " " + text
			return
		}
		out = append(out, WordEdit{kind, text})
	}
	i, j := 0, 0
	for _, p := range append(align(a, b), [2]int{len(a), len(b)}) {
		add(SentenceRemoved, a[i:p[0]])
		add(SentenceAdded, b[j:p[1]])
		if p[0] < len(a) {
			add(SentenceKept, a[p[0]:p[0]+1])
		}
		i, j = p[0]+1, p[1]+1
	}
	return out
}

// moved joins sentences that went in one place and came, word for word, in
// another.
func moved(edits []Edit, before, after string) []Edit {
	gone := map[string][]int{}
	for i, e := range edits {
		if e.Kind == SentenceRemoved {
			key := strings.Join(strings.Fields(before[e.Before.Start:e.Before.End]), " ")
			gone[key] = append(gone[key], i)
		}
	}
	drop := map[int]bool{}
	for i := range edits {
		e := &edits[i]
		if e.Kind != SentenceAdded {
			continue
		}
		key := strings.Join(strings.Fields(after[e.After.Start:e.After.End]), " ")
		if list := gone[key]; len(list) > 0 {
			gone[key] = list[1:]
			e.Kind, e.Before = SentenceMoved, edits[list[0]].Before
			drop[list[0]] = true
		}
	}
	kept := edits[:0]
	for i, e := range edits {
		if !drop[i] {
			kept = append(kept, e)
		}
	}
	return kept
}

// touched are the statements in a sentence that came, went or changed.
func touched(e *Edit, before, after []TouchedStatement) (ids []onrecord.ID) {
	in := func(list []TouchedStatement, s onrecord.Span) {
		for _, t := range list {
			if t.Span.Start < s.End && s.Start < t.Span.End && !slices.Contains(ids, t.ID) {
				ids = append(ids, t.ID)
			}
		}
	}
	switch e.Kind {
	case SentenceRemoved:
		in(before, e.Before)
	case SentenceAdded:
		in(after, e.After)
	case SentenceEdited:
		in(before, e.Before)
		in(after, e.After)
	case SentenceKept, SentenceMoved:
	}
	return ids
}

// align pairs equal elements of two lists, in order, as many as there can be
// (a longest common subsequence). Lists too long for that are cut at elements
// that stand once in both.
func align(a, b []string) (pairs [][2]int) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		pairs = append(pairs, [2]int{head, head})
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	middle := grid
	if len(x)*len(y) > mostGrid {
		middle = anchors
	}
	for _, p := range middle(x, y) {
		pairs = append(pairs, [2]int{p[0] + head, p[1] + head})
	}
	for ; tail > 0; tail-- {
		pairs = append(pairs, [2]int{len(a) - tail, len(b) - tail})
	}
	return pairs
}

// grid aligns by the table of the lengths of common subsequences.
func grid(a, b []string) (pairs [][2]int) {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	width := len(b) + 1
	longest := make([]int32, (len(a)+1)*width)
	for i := range slices.Backward(a) {
		for j := range slices.Backward(b) {
			if a[i] == b[j] {
				longest[i*width+j] = longest[(i+1)*width+j+1] + 1
			} else {
				longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case longest[(i+1)*width+j] >= longest[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// anchors pairs elements that stand once in each list, as far as their order
// agrees, taking each as it comes.
func anchors(a, b []string) (pairs [][2]int) {
	at := once(b)
	mine := once(a)
	last := -1
	for i, s := range a {
		if j, ok := at[s]; ok && j > last && mine[s] == i {
			pairs, last = append(pairs, [2]int{i, j}), j
		}
	}
	return pairs
}

// once is where elements stand that stand once.
func once(list []string) map[string]int {
	at := make(map[string]int, len(list))
	again := map[string]bool{}
	for i, s := range list {
		if _, seen := at[s]; seen {
			again[s] = true
		}
		at[s] = i
	}
	for s := range again {
		delete(at, s)
	}
	return at
}
