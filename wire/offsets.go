package wire

import (
	"sort"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// stride is how many bytes lie between two kept counts: a look-up counts no more
// than these, and the counts take a sixty-fourth of the text.
const stride = 256

// Offsets turns byte offsets into a text into code points and back.
type Offsets struct {
	text string
	// counts[i] is how many code points start before byte i*stride. It is nil for
	// ASCII, where both offsets are the same.
	counts []uint32
}

// NewOffsets prepares a text, which must be UTF-8 and under 4 GiB.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text}
	if ascii(text) {
		return o
	}
	o.counts = make([]uint32, 0, len(text)/stride+1)
	for n, i := uint32(0), 0; ; i += stride {
		o.counts = append(o.counts, n)
		if i+stride > len(text) {
			return o
		}
		n += uint32(starts(text[i : i+stride]))
	}
}

// CodePoint is how many code points start before the byte offset: the code-point
// offset of a byte offset that lies between code points. Offsets outside the text
// count as its nearest end.
func (o *Offsets) CodePoint(byteOffset int) int {
	byteOffset = min(max(byteOffset, 0), len(o.text))
	if o.counts == nil {
		return byteOffset
	}
	i := byteOffset / stride
	return int(o.counts[i]) + starts(o.text[i*stride:byteOffset])
}

// Byte is the byte offset at which the code point of an offset starts; the
// text's length for its end and beyond, 0 below 0.
func (o *Offsets) Byte(codePoint int) int {
	if codePoint <= 0 {
		return 0
	}
	if o.counts == nil {
		return min(codePoint, len(o.text))
	}
	// The last count that is not above codePoint.
	i := sort.Search(len(o.counts), func(i int) bool { return int(o.counts[i]) > codePoint }) - 1
	left := codePoint - int(o.counts[i])
	for at := i * stride; at < len(o.text); at++ {
		if utf8.RuneStart(o.text[at]) {
			if left == 0 {
				return at
			}
			left--
		}
	}
	return len(o.text)
}

// Span is a span in code points.
func (o *Offsets) Span(s onrecord.Span) Span {
	return Span{o.CodePoint(s.Start), o.CodePoint(s.End)}
}

// Spans are spans in code points; never nil.
func (o *Offsets) Spans(spans []onrecord.Span) []Span {
	out := make([]Span, len(spans))
	for i, s := range spans {
		out[i] = o.Span(s)
	}
	return out
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// starts counts the code points that start in s.
func starts(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}
