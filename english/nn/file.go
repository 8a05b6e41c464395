package nn

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"

	"github.com/onrecord/onrecord/english/lists"
)

// magic opens a model file; the last byte is the version of the format.
const magic = "onrecord-nn\x01"

// Config is the network's shape. Every number of columns that a layer writes is a
// multiple of 32.
type Config struct {
	Word    int // columns of the embedding of a word
	Sub     int // columns of the embedding of a sub-word feature
	Vec     int // columns of a fixed vector
	Buckets int // rows of the sub-word table
	Hidden  int // units of an LSTM, one direction
	Arc     int // columns of a word as dependent and as head
	Label   int // the same for relations
	Tag     int // hidden units for tags and lemmas
	Name    int // hidden units for names
	Lists   int `json:",omitempty"` // kinds of entries in lists of names; 0 for a model that reads none
}

// In is the columns of a word's input.
func (c Config) In() int { return c.Word + c.Sub + c.Vec }

// Heads is the columns of all that is computed from the upper LSTM layer, in this
// order: arc dependent, arc head, label dependent, label head, tag, name.
func (c Config) Heads() int { return 2*c.Arc + 2*c.Label + c.Tag + c.Name }

func (c Config) valid() bool {
	for _, n := range []int{c.Word, c.Sub, c.Vec, c.Hidden, c.Arc, c.Label, c.Tag, c.Name} {
		if n <= 0 || n%panel != 0 || n > 4096 {
			return false
		}
	}
	return c.Buckets > 0 && c.Buckets < 1<<24 && (c.Lists == 0 || c.Lists == lists.Marks)
}

// Storage is how a tensor's numbers are kept in a file.
type Storage string

// Int8 keeps a scale a row and a byte a number, Float16 two bytes a number,
// Float32 four.
const (
	Int8    Storage = "int8"
	Float16 Storage = "float16"
	Float32 Storage = "float32"
)

// Tensor is a matrix of a model file, row by row.
type Tensor struct {
	Name       string
	Rows, Cols int
	Storage    Storage
	Data       []float32 `json:"-"`
}

// File is a model as it is kept.
type File struct {
	Config    Config
	About     map[string]string // who made it of what, for people
	Words     []string          // rows of the word table from 1; 0 is for all others
	Tags      []string          // "UPOS XPOS"
	Relations []string
	Scripts   []string // lemma scripts
	Lexicon   Lexicon  `json:"-"`
	Slots     int      // length of Lexicon
	Tensors   []*Tensor
}

// Tensor is the tensor of that name, or an error that says what is wrong with it.
func (f *File) Tensor(name string, rows, cols int) (*Tensor, error) {
	for _, t := range f.Tensors {
		if t.Name == name {
			if t.Rows != rows || t.Cols != cols {
				return nil, fmt.Errorf("tensor %s is %d×%d, want %d×%d: %w", name, t.Rows, t.Cols, rows, cols, ErrModel)
			}
			return t, nil
		}
	}
	return nil, fmt.Errorf("tensor %s is missing: %w", name, ErrModel)
}

// Encode is the bytes of a model file: the magic, the length of a JSON header, the
// header, the lexicon, the tensors in order, and a CRC-32 of all before it.
func (f *File) Encode() ([]byte, error) {
	f.Slots = len(f.Lexicon)
	header, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("write a model's header: %w", err)
	}
	b := append([]byte(magic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[len(magic):], uint32(len(header)))
	b = append(b, header...)
	for _, slot := range f.Lexicon {
		b = binary.LittleEndian.AppendUint32(b, slot)
	}
	for _, t := range f.Tensors {
		b = t.encode(b)
	}
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)), nil
}

func (t *Tensor) encode(b []byte) []byte {
	for r := range t.Rows {
		row := t.Data[r*t.Cols : (r+1)*t.Cols]
		switch t.Storage {
		case Int8:
			var top float32
			for _, v := range row {
				top = max(top, v, -v)
			}
			scale := top / 127
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale))
			for _, v := range row {
				q := 0.0
				if scale > 0 {
					q = math.RoundToEven(float64(v / scale))
				}
				b = append(b, byte(int8(q)))
			}
		case Float16:
			for _, v := range row {
				b = binary.LittleEndian.AppendUint16(b, toHalf(v))
			}
		default:
			for _, v := range row {
				b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
			}
		}
	}
	return b
}

func (t *Tensor) size() int {
	switch t.Storage {
	case Int8:
		return t.Rows * (4 + t.Cols)
	case Float16:
		return t.Rows * t.Cols * 2
	case Float32:
		return t.Rows * t.Cols * 4
	}
	return -1
}

func (t *Tensor) decode(b []byte) {
	t.Data = make([]float32, t.Rows*t.Cols)
	switch t.Storage {
	case Int8:
		for r := range t.Rows {
			from := b[r*(4+t.Cols):]
			scale := math.Float32frombits(binary.LittleEndian.Uint32(from))
			from = from[4 : 4+t.Cols]
			for i, v := range t.Data[r*t.Cols : (r+1)*t.Cols] {
				_ = v
				t.Data[r*t.Cols+i] = scale * float32(int8(from[i]))
			}
		}
	case Float16:
		for i := range t.Data {
			t.Data[i] = fromHalf(binary.LittleEndian.Uint16(b[2*i:]))
		}
	default:
		for i := range t.Data {
			t.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
	}
}

// Decode reads a model file. It keeps none of data.
func Decode(data []byte) (*File, error) {
	wrong := func(what string) (*File, error) {
		return nil, fmt.Errorf("read a model of %d bytes: %s: %w", len(data), what, ErrModel)
	}
	if len(data) < len(magic)+8 || !bytes.HasPrefix(data, []byte(magic)) {
		return wrong("not a model file of this version")
	}
	body := data[:len(data)-4]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(data[len(body):]) {
		return wrong("damaged")
	}
	n := int(binary.LittleEndian.Uint32(body[len(magic):]))
	rest := body[len(magic)+4:]
	if n > len(rest) {
		return wrong("no whole header")
	}
	f := &File{}
	if err := json.Unmarshal(rest[:n], f); err != nil {
		return wrong(err.Error())
	}
	rest = rest[n:]
	if f.Slots < 0 || f.Slots > len(rest)/4 || f.Slots&(f.Slots-1) != 0 {
		return wrong("no whole lexicon")
	}
	f.Lexicon = make(Lexicon, f.Slots)
	free := f.Slots == 0
	for i := range f.Lexicon {
		f.Lexicon[i] = binary.LittleEndian.Uint32(rest[4*i:])
		free = free || f.Lexicon[i] == 0
	}
	if !free {
		return wrong("a lexicon without a free slot")
	}
	rest = rest[4*f.Slots:]
	for _, t := range f.Tensors {
		if t == nil || t.Rows < 0 || t.Cols < 0 || t.Rows > 1<<24 || t.Cols > 1<<16 || t.size() < 0 || t.size() > len(rest) {
			return wrong("a tensor that is not whole")
		}
		t.decode(rest)
		rest = rest[t.size():]
	}
	if len(rest) > 0 {
		return wrong("bytes left over")
	}
	return f, nil
}

// toHalf rounds to the nearest IEEE 754 half, ties to even; what is too large
// becomes the largest finite one.
func toHalf(v float32) uint16 {
	sign := uint16(math.Float32bits(v) >> 16 & 0x8000)
	v = min(max(v, -v), 65504)
	// Scaled so, a half's exponent and fraction stand 13 bits up in the float.
	bits := math.Float32bits(v * 0x1p-112)
	bits += 0xfff + bits>>13&1
	return sign | uint16(bits>>13)
}

func fromHalf(h uint16) float32 {
	v := math.Float32frombits(uint32(h&0x7fff)<<13) * 0x1p112
	return math.Float32frombits(math.Float32bits(v) | uint32(h&0x8000)<<16)
}
