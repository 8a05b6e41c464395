package nn

import (
	"math"
	"sync"
)

// Quantised is a K×N matrix of whole numbers from -127 to 127 with a scale for each
// column, for multiplication from the right with rows that are rounded likewise,
// each to a scale of its own. Processors multiply bytes two to four times as fast
// as floats.
//
// Sums of products of whole numbers are exact, so all kernels agree but for the
// last bits of the scaling: those without instructions for bytes multiply the
// rounded numbers as floats. For reading only; training multiplies [Packed].
type Quantised struct {
	K, N   int
	scales []float32 // of columns, Width(N)
	// Panels of 32 columns, each K/4 rows of 32×4 bytes: four numbers of a column
	// stand together.
	whole []int8

	shifted    []uint8 // whole plus 128, as VPDPBUSD wants one side
	floats     *Packed // whole times scales
	shiftOnce  sync.Once
	floatsOnce sync.Once
}

// Quantise rounds a matrix whose row k starts at w[k*stride].
func Quantise(w []float32, k, n, stride int) *Quantised {
	depth := quads(k)
	q := &Quantised{K: k, N: n, scales: make([]float32, Width(n)), whole: make([]int8, 4*depth*Width(n))}
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
		for j, v := range w[i*stride : i*stride+n] {
			at := (j/panel*depth+i/4)*4*panel + j%panel*4 + i%4
			q.whole[at] = int8(round32(v * inverse[j]))
		}
	}
	return q
}

// tiny stands for zero where something is divided by the largest of a row.
const tiny = 1e-30

// quads is how many times four numbers a row of k has, the last filled up.
func quads(k int) int { return (k + 3) / 4 }

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
	if kernels.bytes.mul == nil {
		q.mulFloats(c, ldc, from, ldf, a, lda, m, room)
		return
	}
	depth := quads(q.K)
	stride := (q.K + 15) &^ 15
	room.resize(m, stride)
	for r := range m {
		row := a[r*lda : r*lda+q.K]
		to := room.whole[r*stride : (r+1)*stride]
		if q.K%16 == 0 {
			kernels.bytes.round(to, row, &room.scales[r], &room.starts[r])
		} else {
			roundRow(to, row, &room.scales[r], &room.starts[r])
		}
	}
	kernels.bytes.mul(q, c, ldc, from, ldf, room, stride, depth, m)
}

// mulFloats is Mul with the kernels for floats.
func (q *Quantised) mulFloats(c []float32, ldc int, from []float32, ldf int, a []float32, lda, m int, room *rounded) {
	q.floatsOnce.Do(func() {
		w := make([]float32, q.K*q.N)
		depth := quads(q.K)
		for i := range q.K {
			for j := range q.N {
				w[i*q.N+j] = float32(q.whole[(j/panel*depth+i/4)*4*panel+j%panel*4+i%4]) * q.scales[j]
			}
		}
		q.floats = Pack(w, q.K, q.N, q.N)
	})
	room.floats = grow(room.floats, m*q.K)
	for r := range m {
		roundFloats(room.floats[r*q.K:(r+1)*q.K], a[r*lda:r*lda+q.K])
		if ldf != ldc || &from[0] != &c[0] {
			copy(c[r*ldc:r*ldc+Width(q.N)], from[r*ldf:])
		}
	}
	q.floats.Mul(c, ldc, room.floats, q.K, m, true)
}

// shift is the matrix as numbers from 1 to 255.
func (q *Quantised) shift() []uint8 {
	q.shiftOnce.Do(func() {
		q.shifted = make([]uint8, len(q.whole))
		for i, v := range q.whole {
			q.shifted[i] = uint8(int(v) + 128)
		}
	})
	return q.shifted
}

// rounded is room for rows that are rounded before they are multiplied.
type rounded struct {
	whole  []int8    // numbers from -127 to 127
	scales []float32 // what one of them means, for each row
	starts []int32   // -128 times the sum of a row: what shifting the other side adds
	floats []float32 // numbers times scales, for kernels without bytes
}

func (r *rounded) resize(m, stride int) {
	if cap(r.whole) < m*stride {
		r.whole = make([]int8, m*stride+m*stride/4)
	}
	if cap(r.scales) < m {
		r.scales, r.starts = make([]float32, m+m/4), make([]int32, m+m/4)
	}
	r.whole, r.scales, r.starts = r.whole[:m*stride], r.scales[:m], r.starts[:m]
}

// round32 rounds a number from -127 to 127 to the nearest whole one, ties to even.
func round32(x float32) float32 {
	const shift = 3 << 22 // where floats are whole numbers
	y := x + shift
	return y - shift
}

func largest(row []float32) float32 {
	var top float32
	for _, v := range row {
		top = max(top, v, -v)
	}
	return max(top, tiny)
}

// roundRow rounds a row to bytes and fills up with zeros.
func roundRow(to []int8, row []float32, scale *float32, start *int32) {
	top := largest(row)
	inverse := 127 / top
	sum := int32(0)
	for i, v := range row {
		w := int8(round32(v * inverse))
		to[i] = w
		sum += int32(w)
	}
	clear(to[len(row):])
	*scale, *start = top/127, -128*sum
}

// roundFloats rounds a row to whole numbers times its scale.
func roundFloats(to, row []float32) {
	top := largest(row)
	inverse, scale := 127/top, top/127
	if math.IsNaN(float64(top)) {
		scale = 0
	}
	for i, v := range row {
		to[i] = round32(v*inverse) * scale
	}
}
