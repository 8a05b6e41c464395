package nn

import (
	"math/bits"
	"slices"

	"github.com/onrecord/onrecord/english/lists"
)

// How many words and how many pieces are read side by side. Many pieces make the
// recurrent steps one multiplication; few words keep everything in the cache.
const (
	batchWords  = 1024
	batchPieces = 48
)

// Piece is a sentence, or a part of one that is too long.
type Piece struct{ Sentence, First, Last int }

// Layout says where words stand in a matrix whose rows are words of several
// pieces: first all first words, then all second words, and so on. Pieces are in
// order of length, longest first, so the words at one place are always those of
// the first Live pieces.
type Layout struct {
	Pieces []Piece
	Start  []int // row of the first word at each place
	Live   []int // pieces that have a word there
	Rows   int
}

// Reset lays out pieces, which it puts in order.
func (l *Layout) Reset(pieces []Piece) {
	slices.SortStableFunc(pieces, func(a, b Piece) int { return (b.Last - b.First) - (a.Last - a.First) })
	l.Pieces, l.Start, l.Live, l.Rows = pieces, l.Start[:0], l.Live[:0], 0
	if len(pieces) == 0 {
		return
	}
	live := len(pieces)
	for at := range pieces[0].Last - pieces[0].First {
		for pieces[live-1].Last-pieces[live-1].First <= at {
			live--
		}
		l.Start, l.Live = append(l.Start, l.Rows), append(l.Live, live)
		l.Rows += live
	}
}

// Row is the row of word i of a piece.
func (l *Layout) Row(piece, i int) int { return l.Start[i] + piece }

// scratch is the memory of one call of Tag.
type scratch struct {
	pieces         []Piece
	layout         Layout
	subs           []uint32
	x              []float32 // inputs
	projected, new []float32
	missing        []missed
	gates          []float32
	cell           []float32
	y              [2][]float32 // outputs of the layers
	rounded        rounded
	heads          []float32 // hidden units of all heads
	dep            []float32 // dependents after the arc matrix
	out            []float32 // scores of a head
	tag            []int32
	script         []int32
	sure           []float32
	powers         []float32
	// of one piece
	keys, deps, arcs []float32
	keysT            Packed
	forest           forest
	found            []int
	pair             []float32
	chain            chain
	// kinds of entries in lists of names
	marks, entries []lists.Mark // of all rows, of one piece
}

// grow is a slice of n floats, with anything in them.
func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	return s[:n]
}

// Tag reads sentences, each a list of words, and sets out[i] to what it says of
// sentences[i]; out must be as long. Slices in out are reused. A document's
// sentences in one call are much faster than one at a time; results do not depend
// on which sentences share a call.
func (m *Model) Tag(sentences [][]string, out []Sentence) {
	s, _ := m.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	defer m.pool.Put(s)
	all := s.pieces[:0]
	for i, words := range sentences {
		o := &out[i]
		o.Tokens = slices.Grow(o.Tokens[:0], len(words))[:len(words)]
		o.Names, o.Pieces = o.Names[:0], 1
		pieces := max(1, (len(words)+MaxPiece-1)/MaxPiece)
		o.Pieces = pieces
		for p := range pieces {
			if first, last := p*len(words)/pieces, (p+1)*len(words)/pieces; first < last {
				all = append(all, Piece{i, first, last})
			}
		}
	}
	s.pieces = all
	// Like lengths together: fewer steps for as many words.
	slices.SortStableFunc(all, func(a, b Piece) int { return (b.Last - b.First) - (a.Last - a.First) })
	for len(all) > 0 {
		n, words := 0, 0
		for n < len(all) && n < batchPieces && (n == 0 || words+all[n].Last-all[n].First <= batchWords) {
			words += all[n].Last - all[n].First
			n++
		}
		s.layout.Reset(all[:n])
		m.batch(s, sentences, out)
		all = all[n:]
	}
	for i := range out[:len(sentences)] {
		if out[i].Pieces > 1 {
			join(&out[i])
		}
	}
}

// join hangs the roots of later pieces on the first, and puts names in order.
func join(s *Sentence) {
	root := -1
	for i := range s.Tokens {
		if t := &s.Tokens[i]; t.Head == i {
			if root < 0 {
				root = i
			} else {
				t.Head, t.Relation = root, "parataxis"
			}
		}
	}
	slices.SortFunc(s.Names, func(a, b Name) int { return a.First - b.First })
}

func (m *Model) batch(s *scratch, sentences [][]string, out []Sentence) {
	c, l := &m.Config, &s.layout
	h := c.Hidden
	m.project(s, sentences)
	stride := len(m.inputB)
	m.lower.run(s, l, s.projected, stride, h, 0)

	s.gates = grow(s.gates, l.Rows*8*h)
	m.upper.in.Mul(s.gates, 8*h, m.upper.b, 0, s.y[0], 2*h, l.Rows, &s.rounded)
	m.upper.run(s, l, s.gates, 8*h, h, 1)

	width := c.Heads()
	s.heads = grow(s.heads, l.Rows*width)
	m.headsY.Mul(s.heads, width, m.headsB, 0, s.y[1], 2*h, l.Rows, &s.rounded)
	hidden := width - c.Tag - c.Name
	m.mark(s, sentences)
	for r := range l.Rows {
		row := s.heads[r*width : (r+1)*width]
		leak(row[:2*c.Arc])
		row = row[hidden:]
		if m.lists != nil {
			AddRows(row, m.listRows, s.marks[r])
		}
		for i, v := range s.projected[r*stride+8*h:][:len(row)] {
			v += row[i]
			row[i] = max(v, slope*v)
		}
	}
	m.words(s, sentences, out)
}

// mark sets s.marks to the kinds of entries in lists of names that cover each word.
func (m *Model) mark(s *scratch, sentences [][]string) {
	if m.lists == nil {
		return
	}
	l := &s.layout
	s.marks = slices.Grow(s.marks[:0], l.Rows)[:l.Rows]
	for p, piece := range l.Pieces {
		s.entries = m.lists.Mark(sentences[piece.Sentence][piece.First:piece.Last], s.entries[:0])
		for i, v := range s.entries {
			s.marks[l.Row(p, i)] = v
		}
	}
}

// AddRows adds to a row the rows of a table that a mark's bits name.
func AddRows(to, table []float32, mark lists.Mark) {
	for ; mark != 0; mark &= mark - 1 {
		k := bits.TrailingZeros(uint(mark)) * len(to)
		for i, v := range table[k : k+len(to)] {
			to[i] += v
		}
	}
}

// project sets s.projected to what the inputs of all words become on their way to
// the lower layer's gates and to the hidden units for tags and names.
func (m *Model) project(s *scratch, sentences [][]string) {
	l, in, stride := &s.layout, m.Config.In(), len(m.inputB)
	s.projected = grow(s.projected, l.Rows*stride)
	s.x, s.missing = grow(s.x, l.Rows*in), s.missing[:0]
	for p, piece := range l.Pieces {
		for i, word := range sentences[piece.Sentence][piece.First:piece.Last] {
			row := l.Row(p, i)
			if known := m.memory.recall(word); known != nil {
				copy(s.projected[row*stride:(row+1)*stride], known)
				continue
			}
			n := len(s.missing)
			var id int
			id, s.subs = m.embed(s.x[n*in:(n+1)*in], word, s.subs[:0])
			s.missing = append(s.missing, missed{word, row, id})
		}
	}
	n := len(s.missing)
	s.new = grow(s.new, n*stride)
	m.input.Mul(s.new, stride, m.inputB, 0, s.x, in, n, &s.rounded)
	for i, x := range s.missing {
		row := s.new[i*stride : (i+1)*stride]
		copy(s.projected[x.row*stride:(x.row+1)*stride], row)
		m.memory.keep(x.word, x.id, row)
	}
}

// missed is a word that was not remembered.
type missed struct {
	word    string
	row, id int
}
