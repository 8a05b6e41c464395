package nn

// The width in columns of a panel of a packed matrix: two AVX-512 registers, four
// of AVX2.
const panel = 32

// Width rounds a number of columns up to whole panels: the distance in floats
// between the rows of whatever a Packed matrix is multiplied into.
func Width(columns int) int { return (columns + panel - 1) / panel * panel }

// Packed is a K×N matrix laid out for multiplication from the right: panels of 32
// columns, each K rows of 32 floats, the last filled up with zeros.
type Packed struct {
	K, N int
	data []float32
}

// Pack lays out a matrix whose row k starts at w[k*stride].
func Pack(w []float32, k, n, stride int) *Packed {
	p := &Packed{}
	p.Repack(w, k, n, stride)
	return p
}

// Repack is Pack into memory that is already there.
func (p *Packed) Repack(w []float32, k, n, stride int) {
	p.resize(k, n)
	for j := 0; j < n; j += panel {
		to := p.data[j*k:]
		cols := min(panel, n-j)
		for i := range k {
			row := to[i*panel : i*panel+panel]
			clear(row[copy(row, w[i*stride+j:i*stride+j+cols]):])
		}
	}
}

// RepackTransposed lays out the transpose of an n×k matrix whose row starts at w[n*stride].
func (p *Packed) RepackTransposed(w []float32, k, n, stride int) {
	p.resize(k, n)
	for j := 0; j < n; j += panel {
		to := p.data[j*k:]
		cols := min(panel, n-j)
		if cols < panel {
			clear(to[:k*panel])
		}
		for c := range cols {
			row := w[(j+c)*stride : (j+c)*stride+k]
			for i, v := range row {
				to[i*panel+c] = v
			}
		}
	}
}

func (p *Packed) resize(k, n int) {
	p.K, p.N = k, n
	if size := k * Width(n); cap(p.data) < size {
		p.data = make([]float32, size)
	} else {
		p.data = p.data[:size]
	}
}

// Mul computes C = A·B, or C += A·B, for the first m rows of A and C, whose rows
// start every lda and ldc floats. It writes whole panels: each row of C, the last
// too, must have room for Width(N) floats.
//
// Every element is one chain of additions over k in order, so it does not depend
// on m nor on which of the vector kernels runs.
func (p *Packed) Mul(c []float32, ldc int, a []float32, lda, m int, add bool) {
	if m == 0 {
		return
	}
	// The vector kernels check no bounds.
	_ = a[(m-1)*lda+p.K-1]
	_ = c[(m-1)*ldc+Width(p.N)-1]
	kernels.mul(c, ldc, a, lda, p.data, p.K, len(p.data)/p.K/panel, m, add)
}

// kernelSet is one implementation of what takes the time.
type kernelSet struct {
	name string
	// mul computes C = A·B or C += A·B for packed panels of B.
	mul func(c []float32, ldc int, a []float32, lda int, b []float32, k, panels, m int, add bool)
	// cell is one step of an LSTM for a row of len(c) units: gates holds the four
	// sums i, f, g, o one after the other and is left with their activations.
	// before is the cell state before; nil for zeros.
	cell func(gates, before, c, h []float32)
	// tanh sets to[i] to the hyperbolic tangent of from[i].
	tanh func(to, from []float32)
	// exps sets to[i] to e to the power of from[i]-top, which is not positive where
	// it matters.
	exps func(to, from []float32, top float32)
	// sum adds from to to.
	sum func(to, from []float32)
	// whole is Quantised.Mul for a K that is a multiple of 16; nil where floats do it.
	whole func(q *Quantised, c []float32, ldc int, from []float32, ldf int, a []float32, lda, m int, room *rounded)
}

// kernels is what this machine can do best; init in a processor's file sets it.
var kernels = portable

// Kernels names the kernels in use: "avx512", "avx2", "neon" or "go".
func Kernels() string { return kernels.name }

// Available lists the kernels this machine can run, best first.
func Available() []string {
	var names []string
	for _, k := range usable() {
		names = append(names, k.name)
	}
	return names
}

// Use changes to the kernels of that name, and reports whether they are
// available. It is for tests and measurements, before any model works.
func Use(name string) bool {
	for _, k := range usable() {
		if k.name == name {
			kernels = k
			return true
		}
	}
	return false
}

// Cell is one step of an LSTM; see kernelSet.cell. len(c) must be a multiple of 16.
func Cell(gates, before, c, h []float32) { kernels.cell(gates, before, c, h) }

// Tanh is an approximation of the hyperbolic tangent, within 1e-5.
func Tanh(to, from []float32) { kernels.tanh(to, from) }
