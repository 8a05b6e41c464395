package nn

import (
	"fmt"
	"strings"
	"sync"

	"github.com/onrecord/onrecord/english/lists"
)

// Model is a trained network. Many goroutines may use one at once.
type Model struct {
	Config Config
	About  map[string]string // who made it of what, for people

	ids      map[string]int32
	lexicon  Lexicon
	tags     [][2]string // UPOS, XPOS
	partOf   []uint8     // number of a tag's UPOS
	rels     []string
	scripts  []Script
	rootRel  int       // index of "root" in rels
	word     []float32 // rows of Config.Word
	sub, vec []float32
	input    *Quantised // from the input to the lower layer's gates and to the hidden units for tags and names
	inputB   []float32
	memory   memory
	lower    layer
	upper    layer
	headsY   *Quantised // from the upper layer to all heads
	headsB   []float32
	arc      *Packed
	arcB     []float32
	arcRoot  []float32 // what a head's columns are for the root of all
	labelTop []float32 // the same for relations
	label    dense
	tag      dense
	lemma    dense
	name     dense
	crf      crf
	lists    *lists.Lists
	listRows []float32 // what an entry's kind adds to the hidden units for tags and names, a row each

	pool sync.Pool // of *scratch
}

// maxParts is more than the 17 parts of speech of Universal Dependencies.
const maxParts = 32

// layer is a bidirectional LSTM. Columns are the gates i, f, g, o forward, then
// the same backward.
type layer struct {
	in  *Quantised
	b   []float32
	rec [2]*Quantised
}

// dense is the last layer of a head.
type dense struct {
	w *Packed
	b []float32
}

// Load reads a model file's bytes, which it does not keep. The error wraps ErrModel.
func Load(data []byte) (*Model, error) {
	f, err := Decode(data)
	if err != nil {
		return nil, err
	}
	return New(f)
}

// New makes a model of a file's tensors. The error wraps ErrModel.
func New(f *File) (*Model, error) {
	c := f.Config
	if !c.valid() {
		return nil, fmt.Errorf("network of shape %+v: %w", c, ErrModel)
	}
	m := &Model{Config: c, About: f.About, lexicon: f.Lexicon, rels: f.Relations, rootRel: -1}
	if err := m.inventories(f); err != nil {
		return nil, err
	}
	var first error
	get := func(name string, rows, cols int) []float32 {
		t, err := f.Tensor(name, rows, cols)
		if err != nil {
			if first == nil {
				first = err
			}
			return nil
		}
		return t.Data
	}
	pack := func(name string, rows, cols int) *Packed {
		w := get(name, rows, cols)
		if first != nil {
			return nil
		}
		return Pack(w, rows, cols, cols)
	}
	quantise := func(name string, rows, cols int) *Quantised {
		w := get(name, rows, cols)
		if first != nil {
			return nil
		}
		return Quantise(w, rows, cols, cols)
	}
	// bias is as wide as what it is added to.
	bias := func(name string, cols int) []float32 {
		return append(get(name, 1, cols), make([]float32, Width(cols)-cols)...)
	}
	lstm := func(name string, in int) layer {
		return layer{quantise(name+".w", in, 8*c.Hidden), bias(name+".b", 8*c.Hidden), [2]*Quantised{
			quantise(name+".forward", c.Hidden, 4*c.Hidden), quantise(name+".backward", c.Hidden, 4*c.Hidden),
		}}
	}
	head := func(name string, in, out int) dense { return dense{pack(name+".w", in, out), bias(name+".b", out)} }

	rows := 0
	for _, t := range f.Tensors {
		if t.Name == "vec" {
			rows = t.Rows
		}
	}
	for _, slot := range f.Lexicon {
		if int(slot&0xffff) > rows || slot != 0 && slot&0xffff == 0 {
			return nil, fmt.Errorf("lexicon leads to row %d of %d: %w", slot&0xffff, rows, ErrModel)
		}
	}
	m.word = get("word", len(f.Words)+1, c.Word)
	m.sub = get("sub", c.Buckets, c.Sub)
	m.vec = get("vec", rows, c.Vec)
	m.lower = lstm("lower", c.In())
	both := Width(8*c.Hidden + c.Tag + c.Name)
	gates, direct := get("lower.w", c.In(), 8*c.Hidden), get("heads.x", c.In(), c.Tag+c.Name)
	if first != nil {
		return nil, first
	}
	joined := make([]float32, c.In()*both)
	for i := range c.In() {
		copy(joined[i*both:], gates[i*8*c.Hidden:(i+1)*8*c.Hidden])
		copy(joined[i*both+8*c.Hidden:], direct[i*(c.Tag+c.Name):(i+1)*(c.Tag+c.Name)])
	}
	m.input, m.inputB = Quantise(joined, c.In(), both, both), make([]float32, both)
	copy(m.inputB, m.lower.b)
	m.lower.in, m.lower.b = nil, nil // part of the input
	m.upper = lstm("upper", 2*c.Hidden)
	m.headsY = quantise("heads.y", 2*c.Hidden, c.Heads())
	m.headsB = bias("heads.b", c.Heads())
	m.arc, m.arcB = pack("arc.w", c.Arc, c.Arc), bias("arc.b", c.Arc)
	m.arcRoot, m.labelTop = get("arc.root", 1, c.Arc), get("label.root", 1, c.Label)
	m.label = head("label", c.Label, len(f.Relations))
	m.tag = head("tag", c.Tag, len(f.Tags))
	m.lemma = head("lemma", c.Tag, len(f.Scripts))
	m.name = head("name", c.Name, nameTags)
	if c.Lists > 0 {
		m.listRows = get("heads.lists", c.Lists, c.Tag+c.Name)
		known, err := lists.Load()
		if err != nil {
			return nil, fmt.Errorf("load lists of names: %w", err)
		}
		m.lists = known
	}
	chain := get("crf", nameTags+2, nameTags)
	if first != nil {
		return nil, first
	}
	m.crf = newCRF(chain)
	return m, nil
}

func (m *Model) inventories(f *File) error {
	m.ids = make(map[string]int32, len(f.Words))
	for i, w := range f.Words {
		m.ids[w] = int32(i + 1)
	}
	parts := make(map[string]uint8)
	for _, t := range f.Tags {
		u, x, ok := strings.Cut(t, " ")
		if !ok {
			return fmt.Errorf("tag %q without two parts: %w", t, ErrModel)
		}
		part := len(parts)
		if known, ok := parts[u]; ok {
			part = int(known)
		}
		if part >= maxParts {
			return fmt.Errorf("more than %d parts of speech: %w", maxParts, ErrModel)
		}
		parts[u] = uint8(part)
		m.partOf = append(m.partOf, uint8(part))
		m.tags = append(m.tags, [2]string{u, x})
	}
	for i, r := range f.Relations {
		if r == "root" {
			m.rootRel = i
		}
	}
	for _, text := range f.Scripts {
		s, err := ParseScript(text)
		if err != nil {
			return err
		}
		m.scripts = append(m.scripts, s)
	}
	if m.rootRel < 0 || len(m.rels) < 2 || len(m.tags) == 0 || len(m.scripts) == 0 {
		return fmt.Errorf("tags, scripts or relations are missing, or no relation is root: %w", ErrModel)
	}
	return nil
}
