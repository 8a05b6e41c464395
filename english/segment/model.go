package segment

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// A model is a linear one over hashed features: a gap ends a sentence where the
// sum of its features' weights is above zero. Its file, model.bin, is made by
// "go run ./train/segment DIR" from the treebanks EWT and GUM (CC BY-SA 4.0,
// CC BY 4.0) and stands under CC BY-SA 4.0, as MODEL.md beside it says.
type model struct {
	scale   float32
	bias    float32
	weights []int8 // a power of two of them
}

//go:embed model.bin
var modelData []byte

// Card says what the sentence model was made from, and its licence.
//
//go:embed MODEL.md
var Card string

const (
	magic      = "onrecord-sentences-1\n"
	weightBits = 18
)

// load reads a model's bytes. An error wraps [onrecord.ErrInvalid].
func load(data []byte) (*model, error) {
	head := len(magic) + 8
	if len(data) != head+1<<weightBits || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("sentence model of %d bytes: %w", len(data), onrecord.ErrInvalid)
	}
	m := &model{weights: make([]int8, 1<<weightBits)}
	m.scale = math.Float32frombits(binary.LittleEndian.Uint32(data[len(magic):]))
	m.bias = math.Float32frombits(binary.LittleEndian.Uint32(data[len(magic)+4:]))
	for i, b := range data[head:] {
		m.weights[i] = int8(b)
	}
	return m, nil
}

// score is above zero where the model ends a sentence with token i.
func (m *model) score(g *gaps, i int) float32 {
	var f features
	f.of(g, i)
	var sum int32
	for _, h := range f.hash[:f.n] {
		sum += int32(m.weights[h])
	}
	return m.bias + m.scale*float32(sum)
}

// features are the hashed features of one gap.
type features struct {
	hash [32]uint32
	n    int
}

func (f *features) add(parts ...uint32) {
	h := uint32(2166136261) ^ uint32(f.n)*0x9E3779B1
	for _, p := range parts {
		h = (h ^ p) * 16777619
		h ^= h >> 15
	}
	h *= 0x85EBCA6B
	f.hash[f.n] = (h ^ h>>13) & (1<<weightBits - 1)
	f.n++
}

// of fills in the features of the gap after token i.
func (f *features) of(g *gaps, i int) {
	word := func(k int) uint32 {
		if k < 0 || k >= len(g.words) {
			return 7
		}
		return hashLower(g.word(k))
	}
	shapeAt := func(k int) uint32 { return uint32(g.shapeAt(k)) }
	p1, p2, n1, n2 := word(i), word(i-1), word(i+1), word(i+2)
	s1, t1, t2 := uint32(g.shape), uint32(g.next), uint32(g.after)
	s2 := shapeAt(i - 1)
	gap := g.gap(i)
	length := bucket(i + 1 - g.start)
	rest := bucket(len(g.words) - i - 1)
	state := flag(g.quote) | flag(g.round > 0)<<1 | flag(g.stopped)<<2 | flag(g.lower)<<3
	// The mark that ends a sentence, seen through what closes after it.
	mark := uint32(99)
	if g.stop >= g.start && i-g.stop <= 2 {
		mark = uint32(shapeOf(g.word(g.stop)))
		for k := g.stop + 1; k <= i; k++ {
			if s := g.shapeAt(k); s != closer && s != straight && s != unlocked {
				mark = 99
			}
		}
	}
	opens := flag(g.next == capital && g.lists.opener[strings.ToLower(g.word(i+1))])
	f.add(p1, gap)
	f.add(opens, s1, t1, gap)
	f.add(opens, p1, t1)
	f.add(opens, mark, uint32(g.after))
	f.add(opens, s2, s1, t1)
	f.add(n1, mark)
	f.add(p1, t1)
	f.add(s1, n1, t1)
	f.add(p2, p1)
	f.add(p1, n1)
	f.add(n1, n2)
	f.add(mark, t1, t2, gap)
	f.add(s2, s1, t1)
	f.add(s2, s1, t1, t2)
	f.add(length, mark, t1)
	f.add(rest, mark, t1)
	f.add(length, rest, mark)
	f.add(state, mark, t1)
	f.add(state, s1, t1, gap)
	f.add(mark, n1, t1, flag(g.quote))
	f.add(n2, t1, mark)
	f.add(s2, p1, t1, n2)
	f.add(gap, s1, t1)
	f.add(shapeAt(i-2), s2, s1, t1)
	f.add(word(i-2), p2, s1)
	f.add(mark, t1, length, state)
	f.add(firstLength(g.word(i)), s1, t1)
	f.add(s1, t1, state, uint32(g.words[i+1].Len()))
}

// gap is what stands between token i and the next: 0 nothing, 1 a space, 2 more.
func (g *gaps) gap(i int) uint32 {
	between := g.text[g.words[i].End:g.words[i+1].Start]
	if strings.ContainsAny(between, "\n\r") {
		return 3
	}
	return uint32(min(2, len(between)))
}

func firstLength(w string) uint32 { return uint32(min(8, utf8.RuneCountInString(w[:min(len(w), 16)]))) }

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// bucket is a number of tokens, coarser where it is larger.
func bucket(n int) uint32 {
	switch {
	case n <= 6:
		return uint32(n)
	case n <= 10:
		return 8
	case n <= 16:
		return 12
	case n <= 25:
		return 20
	case n <= 40:
		return 30
	}
	return 60
}

// hashLower hashes a word; ASCII letters in lower case, digits as one.
func hashLower(w string) uint32 {
	switch w {
	case "“", "”", "''", "``":
		w = "\""
	case "’", "‘":
		w = "'"
	}
	h := uint32(2166136261)
	for i := range min(len(w), 24) {
		c := w[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c |= 0x20
		case '0' <= c && c <= '9':
			c = '0'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}
