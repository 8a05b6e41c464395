package main

import (
	"math"
	"math/rand/v2"

	"github.com/onrecord/onrecord/english/nn"
)

// workers is the number of goroutines a batch is divided over. It is fixed, not the
// number of processors, so that sums come out the same everywhere.
const workers = 2

// param is a matrix that is learned. Rows start every stride floats; what lies
// between cols and stride is zero.
type param struct {
	name               string
	rows, cols, stride int
	w                  []float32
	m, v               []float32          // Adam's moments
	avg                []float32          // moving average, which is what ships
	grad               [workers][]float32 // one for each worker
	sparse             bool               // a table of which a batch touches few rows
	touched            [workers]rowSet

	forward, backward nn.Packed // the matrix and its transpose
}

func newParam(name string, rows, cols int) *param {
	p := &param{name: name, rows: rows, cols: cols, stride: nn.Width(cols)}
	n := rows * p.stride
	p.w, p.m, p.v, p.avg = make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	for i := range p.grad {
		p.grad[i] = make([]float32, n)
	}
	return p
}

func (p *param) table() *param {
	p.sparse = true
	for i := range p.touched {
		p.touched[i].has = make([]bool, p.rows)
	}
	return p
}

// normal fills a matrix with noise.
func (p *param) normal(r *rand.Rand, deviation float64) *param {
	for i := range p.rows {
		for j := range p.cols {
			p.w[i*p.stride+j] = float32(r.NormFloat64() * deviation)
		}
	}
	return p
}

// glorot is noise that keeps variance the same from inputs to outputs.
func (p *param) glorot(r *rand.Rand) *param {
	return p.normal(r, math.Sqrt(2/float64(p.rows+p.cols)))
}

// orthogonal fills blocks of columns, as many as rows each, with orthogonal matrices.
func (p *param) orthogonal(r *rand.Rand) *param {
	n := p.rows
	for block := 0; block+n <= p.cols; block += n {
		basis := make([][]float64, n)
		for i := range basis {
			v := make([]float64, n)
			for j := range v {
				v[j] = r.NormFloat64()
			}
			for _, b := range basis[:i] {
				var dot float64
				for j := range v {
					dot += v[j] * b[j]
				}
				for j := range v {
					v[j] -= dot * b[j]
				}
			}
			var norm float64
			for _, x := range v {
				norm += x * x
			}
			norm = math.Sqrt(norm)
			for j := range v {
				v[j] /= norm
				p.w[i*p.stride+block+j] = float32(v[j])
			}
			basis[i] = v
		}
	}
	return p
}

func (p *param) row(i int) []float32        { return p.w[i*p.stride : i*p.stride+p.cols] }
func (p *param) gradRow(k, i int) []float32 { return p.grad[k][i*p.stride : i*p.stride+p.cols] }

// rowSet is rows in the order in which they came, so that sums over them are the
// same each time.
type rowSet struct {
	rows []int32
	has  []bool
}

func (s *rowSet) add(row int32) {
	if !s.has[row] {
		s.has[row] = true
		s.rows = append(s.rows, row)
	}
}

func (s *rowSet) clear() {
	for _, row := range s.rows {
		s.has[row] = false
	}
	s.rows = s.rows[:0]
}

// touch notes that a worker's gradient of a row is not zero.
func (p *param) touch(k int, row int32) { p.touched[k].add(row) }

func (p *param) pack() {
	p.forward.Repack(p.w, p.rows, p.cols, p.stride)
	p.backward.RepackTransposed(p.w, p.cols, p.rows, p.stride)
}

// adam is one step of Adam (Kingma and Ba 2015) for dense parameters, and for the
// touched rows of tables.
type adam struct {
	rate, beta1, beta2 float64
	step               int
}

// update applies and clears the gradients, scaled.
func (p *param) update(a adam, scale float32) {
	if !p.sparse {
		p.updateRange(a, scale, 0, len(p.w))
		return
	}
	for k := range p.touched {
		for _, row := range p.touched[k].rows {
			if k == 1 && p.touched[0].has[row] {
				continue
			}
			p.updateRange(a, scale, int(row)*p.stride, int(row)*p.stride+p.stride)
		}
	}
	for k := range p.touched {
		p.touched[k].clear()
	}
}

func (p *param) updateRange(a adam, scale float32, from, to int) {
	b1, b2 := float32(a.beta1), float32(a.beta2)
	fix1 := 1 - math.Pow(a.beta1, float64(a.step))
	fix2 := 1 - math.Pow(a.beta2, float64(a.step))
	rate := float32(a.rate / fix1)
	root := float32(1 / math.Sqrt(fix2))
	w, m, v, g0, g1 := p.w[from:to], p.m[from:to], p.v[from:to], p.grad[0][from:to], p.grad[1][from:to]
	for i := range w {
		g := (g0[i] + g1[i]) * scale
		g0[i], g1[i] = 0, 0
		m[i] = b1*m[i] + (1-b1)*g
		v[i] = b2*v[i] + (1-b2)*g*g
		w[i] -= rate * m[i] / (float32(math.Sqrt(float64(v[i])))*root + 1e-8)
	}
}

// squares is the sum of squares of the gradient.
func (p *param) squares() float64 {
	var sum float64
	add := func(from, to int) {
		g0, g1 := p.grad[0][from:to], p.grad[1][from:to]
		var s float32
		for i := range g0 {
			g := g0[i] + g1[i]
			s += g * g
		}
		sum += float64(s)
	}
	if !p.sparse {
		for r := range p.rows {
			add(r*p.stride, (r+1)*p.stride)
		}
		return sum
	}
	for k := range p.touched {
		for _, row := range p.touched[k].rows {
			if k == 1 && p.touched[0].has[row] {
				continue
			}
			add(int(row)*p.stride, int(row+1)*p.stride)
		}
	}
	return sum
}

// average moves the average a share of the way.
func (p *param) average(share float32) {
	for i, w := range p.w {
		p.avg[i] += share * (w - p.avg[i])
	}
}
