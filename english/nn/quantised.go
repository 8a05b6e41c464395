package nn

import "sync"

// Quantised is a K×N matrix of whole numbers from -127 to 127 with a scale for each
// column, for multiplication from the right with rows that are rounded likewise,
// each to a scale of its own. Processors multiply small whole numbers two to four
// times as fast as floats.
//
// Sums of products of whole numbers are exact, so all kernels agree but for the
// last bits of the scaling: those without instructions for whole numbers multiply
// the rounded ones as floats. For reading only; training multiplies [Packed].
type Quantised struct {
	K, N   int
	scales []float32 // of columns, Width(N)
	whole  []int8    // row by row

	// What kernels multiply, made for the first that needs it.
	bytes, wide, floats lazy
}

// lazy is a form of a matrix. Of its slices one is in use.
type lazy struct {
	once   sync.Once
	bytes  []uint8 // whole plus 128, as VPDPBUSD wants one side
	wide   []int16
	floats *Packed // whole times scales
}

// Quantise rounds a matrix whose row k starts at w[k*stride].
func Quantise(w []float32, k, n, stride int) *Quantised {
	q := &Quantised{K: k, N: n, scales: make([]float32, Width(n)), whole: make([]int8, k*n)}
	inverse := make([]float32, n)
	for i := range k {
		for j, v := range w[i*stride : i*stride+n] {
			inverse[j] = max(inverse[j], v, -v)
		}
	}
	for j, top := range inverse {
		q.scales[j], inverse[j] = top/127, 127/max(top, tiny)
	}
	for i := range k {
		row := q.whole[i*n : (i+1)*n]
		for j, v := range w[i*stride : i*stride+n] {
			row[j] = int8(round32(float32(v * inverse[j])))
		}
	}
	return q
}

// tiny stands for zero where something is divided by the largest of a row.
const tiny = 1e-30

// grouped sets to[place] for every number: panels of 32 columns in which so many
// numbers of a column stand together, the last filled up with what to is left with.
func (q *Quantised) grouped(size int, to func(place int, v int8)) {
	depth := groups(q.K, size)
	for i := range q.K {
		for j, v := range q.whole[i*q.N : (i+1)*q.N] {
			to((j/panel*depth+i/size)*size*panel+j%panel*size+i%size, v)
		}
	}
}

// groups is how many groups of that size k numbers make, the last filled up.
func groups(k, size int) int { return (k + size - 1) / size }

// asBytes is the matrix in fours of numbers from 1 to 255; 128 is zero.
func (q *Quantised) asBytes() []uint8 {
	q.bytes.once.Do(func() {
		b := make([]uint8, 4*groups(q.K, 4)*Width(q.N))
		q.grouped(4, func(place int, v int8) { b[place] = uint8(int(v) + 128) })
		q.bytes.bytes = b
	})
	return q.bytes.bytes
}

// asWide is the matrix in pairs of 16 bits.
func (q *Quantised) asWide() []int16 {
	q.wide.once.Do(func() {
		w := make([]int16, 2*groups(q.K, 2)*Width(q.N))
		q.grouped(2, func(place int, v int8) { w[place] = int16(v) })
		q.wide.wide = w
	})
	return q.wide.wide
}

func (q *Quantised) asFloats() *Packed {
	q.floats.once.Do(func() {
		w := make([]float32, q.K*q.N)
		for i, v := range q.whole {
			w[i] = float32(v) * q.scales[i%q.N]
		}
		q.floats.floats = Pack(w, q.K, q.N, q.N)
	})
	return q.floats.floats
}

// Mul computes C = from + A·B for the first m rows of A and C, whose rows start
// every lda and ldc floats. from's rows start every ldf floats: 0 adds the same
// row to all, and from may be C. Each row of C and of from must have Width(N)
// floats.
//
// A row of C does not depend on m nor on the other rows.
func (q *Quantised) Mul(c []float32, ldc int, from []float32, ldf int, a []float32, lda, m int, room *rounded) {
	if m == 0 {
		return
	}
	// The vector kernels check no bounds.
	_ = a[(m-1)*lda+q.K-1]
	_ = c[(m-1)*ldc+Width(q.N)-1]
	_ = from[(m-1)*ldf+Width(q.N)-1]
	if kernels.whole == nil || q.K%16 != 0 {
		q.mulFloats(c, ldc, from, ldf, a, lda, m, room)
		return
	}
	kernels.whole(q, c, ldc, from, ldf, a, lda, m, room)
}

// mulFloats is Mul with the kernels for floats.
func (q *Quantised) mulFloats(c []float32, ldc int, from []float32, ldf int, a []float32, lda, m int, room *rounded) {
	room.floats = enough(room.floats, m*q.K)
	same := &from[0] == &c[0] && ldf == ldc
	for r := range m {
		roundFloats(room.floats[r*q.K:(r+1)*q.K], a[r*lda:r*lda+q.K])
		if !same {
			copy(c[r*ldc:r*ldc+Width(q.N)], from[r*ldf:])
		}
	}
	q.asFloats().Mul(c, ldc, room.floats, q.K, m, true)
}

// rounded is room for rows that are rounded before they are multiplied, in one of
// three forms.
type rounded struct {
	bytes  []int8    // numbers from -127 to 127
	wide   []int16   // the same
	scales []float32 // what one of them means, for each row
	starts []int32   // -128 times the sum of a row: what shifting the other side adds
	floats []float32 // numbers times scales
}

// resize makes room for the scales of m rows.
func (r *rounded) resize(m int) {
	r.scales, r.starts = enough(r.scales, m), enough(r.starts, m)
}

// enough is a slice of n numbers, with anything in them.
func enough[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// round32 rounds a number from -127 to 127 to the nearest whole one, ties to even.
// Callers round products explicitly, or some processors would fuse them into this.
func round32(x float32) float32 {
	const shift = 3 << 22 // where floats are whole numbers
	y := x + shift
	return y - shift
}

// roundFloats rounds a row to whole numbers times its scale.
func roundFloats(to, row []float32) {
	top := float32(tiny)
	for _, v := range row {
		top = max(top, v, -v)
	}
	inverse, scale := 127/top, top/127
	for i, v := range row {
		to[i] = round32(float32(v*inverse)) * scale
	}
}
