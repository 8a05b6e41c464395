package story

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// sketchFormat is the first byte of a sketch. It changes with the layout.
const sketchFormat = 1

// longestID bounds an ID in a sketch, in bytes.
const longestID = 200

// AppendBinary implements [encoding.BinaryAppender]. The form is the same on every machine.
func (s *Sketch) AppendBinary(to []byte) ([]byte, error) {
	if len(s.ID) > longestID || len(s.Publisher) > longestName || len(s.Agency) > longestName {
		return to, fmt.Errorf("sketch of %.40q: a name is too long: %w", s.ID, onrecord.ErrInvalid)
	}
	to = append(to, sketchFormat)
	for _, text := range []string{string(s.ID), s.Publisher, s.Agency} {
		to = binary.AppendUvarint(to, uint64(len(text)))
		to = append(to, text...)
	}
	at := int64(math.MinInt64)
	if !s.At.IsZero() {
		at = s.At.Unix()
	}
	to = binary.AppendVarint(to, at)
	to = binary.AppendUvarint(to, uint64(s.words))
	to = binary.LittleEndian.AppendUint64(to, s.text)
	to = binary.AppendUvarint(to, uint64(len(s.prints)))
	for _, p := range s.prints {
		to = binary.LittleEndian.AppendUint32(to, p)
	}
	to = binary.AppendUvarint(to, uint64(len(s.terms)))
	last := uint32(0)
	for _, t := range s.terms { // by hash: the steps are smaller than the hashes
		to = binary.AppendUvarint(to, uint64(t.hash-last))
		to = append(to, uint8(t.kind)<<6|t.weight)
		last = t.hash
	}
	return to, nil
}

// MarshalBinary implements [encoding.BinaryMarshaler].
func (s *Sketch) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// UnmarshalBinary implements [encoding.BinaryUnmarshaler]. Bytes that are no sketch
// wrap [onrecord.ErrDamaged]; s is then as it was.
func (s *Sketch) UnmarshalBinary(from []byte) error {
	r := reader{rest: from}
	var out Sketch
	if r.byte() != sketchFormat {
		return fmt.Errorf("sketch: unknown form: %w", onrecord.ErrDamaged)
	}
	out.ID = onrecord.ID(r.text(longestID))
	out.Publisher, out.Agency = r.text(longestName), r.text(longestName)
	if at := r.signed(); at != math.MinInt64 {
		out.At = time.Unix(at, 0).UTC()
		if y := out.At.Year(); y < 1 || y > 9999 || out.At.IsZero() {
			r.bad = true
		}
	}
	out.words = uint32(r.number(wordsLimit))
	out.text = r.uint64()
	for range r.number(printsLimit) {
		out.prints = append(out.prints, r.uint32())
	}
	last := uint64(0)
	for i := range r.number(termsLimit) {
		step := r.number(math.MaxUint32)
		last += step
		kw := r.byte()
		if last > math.MaxUint32 || i > 0 && step == 0 || kw&weightMost == 0 {
			r.bad = true
		}
		if r.bad {
			break
		}
		out.terms = append(out.terms, term{hash: uint32(last), kind: kind(kw >> 6), weight: kw & weightMost})
	}
	if r.bad || len(r.rest) > 0 {
		return fmt.Errorf("sketch: %w", onrecord.ErrDamaged)
	}
	*s = out
	return nil
}

// reader reads what AppendBinary wrote. After the first thing that is off it is bad
// and gives zeros.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.rest) {
		r.bad = true
		return nil
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// number is an unsigned number of at most so much, in its shortest form.
func (r *reader) number(most uint64) uint64 {
	v, n := binary.Uvarint(r.rest)
	if r.bad || n <= 0 || v > most || n > 1 && r.rest[n-1] == 0 {
		r.bad = true
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *reader) signed() int64 {
	v, n := binary.Varint(r.rest)
	if r.bad || n <= 0 || n > 1 && r.rest[n-1] == 0 {
		r.bad = true
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *reader) text(most uint64) string {
	s := string(r.take(int(r.number(most))))
	if !utf8.ValidString(s) {
		r.bad = true
	}
	return s
}

func (r *reader) uint32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) uint64() uint64 {
	if b := r.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}
