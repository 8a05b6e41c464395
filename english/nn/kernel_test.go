package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// noise is n numbers from a fixed seed, normally distributed.
func noise(seed uint64, n int, scale float64) []float32 {
	r := rand.New(rand.NewPCG(seed, 1))
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64() * scale)
	}
	return v
}

// far is the largest difference between two vectors.
func far(a, b []float32) float64 {
	var d float64
	for i := range a {
		d = max(d, math.Abs(float64(a[i])-float64(b[i])))
		if a[i] != a[i] {
			return math.Inf(1)
		}
	}
	return d
}

// Every kernel multiplies as float64 does, for every number of rows, and leaves
// what lies beyond its panels alone.
func TestMulAgreesWithFloat64(t *testing.T) {
	for _, set := range usable() {
		for rows := 1; rows <= 17; rows++ {
			for _, size := range [][2]int{{1, 1}, {7, 33}, {96, 64}, {193, 100}} {
				k, n := size[0], size[1]
				lda, ldc := k+3, Width(n)+5
				a, w, c := noise(1, rows*lda, 1), noise(2, k*n, 1), noise(3, rows*ldc, 1)
				p := Pack(w, k, n, n)
				for _, add := range []bool{false, true} {
					want := append([]float32(nil), c...)
					for r := range rows {
						for j := range Width(n) {
							sum := 0.0
							if add {
								sum = float64(c[r*ldc+j])
							}
							for i := range k {
								if j < n {
									sum += float64(a[r*lda+i]) * float64(w[i*n+j])
								}
							}
							want[r*ldc+j] = float32(sum)
						}
					}
					got := append([]float32(nil), c...)
					set.mul(got, ldc, a, lda, p.data, k, Width(n)/panel, rows, add)
					if d := far(got, want); d > 1e-4 {
						t.Fatalf("%s: %d rows of %d×%d, add %v: off by %g", set.name, rows, k, n, add, d)
					}
				}
			}
		}
	}
}

// A row's product is the same whatever rows surround it: results must not depend
// on which sentences share a call.
func TestMulOfARowDoesNotDependOnItsNeighbours(t *testing.T) {
	const k, n, rows = 100, 64, 13
	a, p := noise(1, rows*k, 1), Pack(noise(2, k*n, 1), k, n, n)
	for _, set := range usable() {
		all, one := make([]float32, rows*n), make([]float32, n)
		set.mul(all, n, a, k, p.data, k, n/panel, rows, false)
		for r := range rows {
			set.mul(one, n, a[r*k:], k, p.data, k, n/panel, 1, false)
			if d := far(one, all[r*n:(r+1)*n]); d != 0 {
				t.Errorf("%s: row %d alone differs by %g", set.name, r, d)
			}
		}
	}
}

func TestRepackTransposedIsPackOfTheTranspose(t *testing.T) {
	const k, n = 37, 45
	w := noise(1, n*k, 1)
	turned := make([]float32, k*n)
	for i := range n {
		for j := range k {
			turned[j*n+i] = w[i*k+j]
		}
	}
	p := Pack(make([]float32, 64*64), 64, 64, 64) // left-over memory must not show
	p.RepackTransposed(w, k, n, k)
	if d := far(p.data, Pack(turned, k, n, n).data); d != 0 {
		t.Errorf("off by %g", d)
	}
}

func TestTanhIsNearTheTangent(t *testing.T) {
	x := make([]float32, 4003)
	for i := range x {
		x[i] = float32(i-2001) / 200
	}
	x[0], x[1] = float32(math.Inf(1)), float32(math.Inf(-1))
	for _, set := range usable() {
		y := make([]float32, len(x))
		set.tanh(y, x)
		for i := range x {
			if d := math.Abs(float64(y[i]) - math.Tanh(float64(x[i]))); d > 2e-5 || y[i] > 1 || y[i] < -1 {
				t.Fatalf("%s: tanh(%g) = %g, off by %g", set.name, x[i], y[i], d)
			}
		}
	}
}

func TestExpsAreNearTheDefinition(t *testing.T) {
	for _, set := range usable() {
		for _, n := range []int{1, 15, 16, 96, 101} {
			x := make([]float32, n)
			for i := range x {
				x[i] = 3 - float32(i)*0.37
			}
			x[n-1] = float32(math.Inf(-1))
			y := make([]float32, n)
			set.exps(y, x, 3)
			for i := range x {
				want := math.Exp(float64(x[i]) - 3)
				if d := math.Abs(float64(y[i]) - want); d > 3e-6*want+1e-30 {
					t.Fatalf("%s: e to %g is %g, want %g", set.name, x[i]-3, y[i], want)
				}
			}
		}
	}
}

func TestSumAddsEveryNumberOnce(t *testing.T) {
	for _, set := range usable() {
		for _, n := range []int{1, 15, 16, 96, 101} {
			x, y := noise(1, n, 1), noise(2, n, 1)
			got := append([]float32(nil), x...)
			set.sum(got, y)
			for i := range got {
				if got[i] != x[i]+y[i] {
					t.Fatalf("%s: %d numbers: number %d is %g, want %g", set.name, n, i, got[i], x[i]+y[i])
				}
			}
		}
	}
}

func TestCellAgreesWithTheDefinition(t *testing.T) {
	const n = 48
	sigmoid := func(x float32) float64 { return 1 / (1 + math.Exp(-float64(x))) }
	for _, set := range usable() {
		for _, first := range []bool{true, false} {
			gates, before := noise(1, 4*n, 2), noise(2, n, 1)
			sums := append([]float32(nil), gates...)
			if first {
				before = nil
			}
			c, h := make([]float32, n), make([]float32, n)
			set.cell(gates, before, c, h)
			for u := range n {
				i, f, g, o := sigmoid(sums[u]), sigmoid(sums[n+u]), math.Tanh(float64(sums[2*n+u])), sigmoid(sums[3*n+u])
				want := i * g
				if !first {
					want += f * float64(before[u])
				}
				if math.Abs(want-float64(c[u])) > 1e-4 || math.Abs(o*math.Tanh(want)-float64(h[u])) > 1e-4 ||
					math.Abs(i-float64(gates[u])) > 1e-4 || math.Abs(o-float64(gates[3*n+u])) > 1e-4 {
					t.Fatalf("%s, first %v, unit %d: c %g h %g, want c %g", set.name, first, u, c[u], h[u], want)
				}
			}
		}
	}
}

func BenchmarkMul(b *testing.B) {
	for _, set := range usable() {
		for _, m := range []int{1, 8, 24, 480} {
			b.Run(fmt.Sprintf("%s/m=%d", set.name, m), func(b *testing.B) {
				const k, n = 192, 768
				a, p := noise(1, m*k, 1), Pack(noise(2, k*n, 1), k, n, n)
				c := make([]float32, m*n)
				for b.Loop() {
					set.mul(c, n, a, k, p.data, k, n/panel, m, false)
				}
				b.ReportMetric(2*float64(m)*k*n*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}

func BenchmarkQuantisedMul(b *testing.B) {
	before := Kernels()
	defer Use(before)
	for _, name := range Available() {
		for _, m := range []int{1, 8, 24, 480} {
			b.Run(fmt.Sprintf("%s/m=%d", name, m), func(b *testing.B) {
				const k, n = 192, 768
				Use(name)
				a, q := noise(1, m*k, 1), Quantise(noise(2, k*n, 1), k, n, n)
				c, bias, room := make([]float32, m*n), make([]float32, n), &rounded{}
				for b.Loop() {
					q.Mul(c, n, bias, 0, a, k, m, room)
				}
				b.ReportMetric(2*float64(m)*k*n*float64(b.N)/b.Elapsed().Seconds()/1e9, "GOP/s")
			})
		}
	}
}

func BenchmarkCell(b *testing.B) {
	for _, set := range usable() {
		b.Run(set.name, func(b *testing.B) {
			const n = 192
			gates, before, c, h := noise(1, 4*n, 1), noise(2, n, 1), make([]float32, n), make([]float32, n)
			for b.Loop() {
				set.cell(gates, before, c, h)
			}
		})
	}
}

// Whatever multiplies bytes says what the definition says: rows and columns are
// rounded to whole numbers, each to its own scale, and multiplied.
func TestQuantisedMulAgreesWithItsDefinition(t *testing.T) {
	before := Kernels()
	defer Use(before)
	for _, name := range Available() {
		Use(name)
		var room rounded
		for rows := 1; rows <= 17; rows++ {
			for _, size := range [][2]int{{1, 1}, {7, 33}, {96, 64}, {193, 100}, {320, 48}} {
				k, n := size[0], size[1]
				lda, ldc := k+3, Width(n)+5
				a, w, c := noise(1, rows*lda, 1), noise(2, k*n, 1), noise(3, rows*ldc, 1)
				if rows > 1 {
					clear(a[lda : lda+k]) // a row without a largest number
				}
				want := append([]float32(nil), c...)
				for r := range rows {
					row := make([]float64, k)
					roundTo(row, func(i int) float32 { return a[r*lda+i] })
					for j := range n {
						column := make([]float64, k)
						roundTo(column, func(i int) float32 { return w[i*n+j] })
						sum := float64(c[r*ldc+j])
						for i := range k {
							sum += row[i] * column[i]
						}
						want[r*ldc+j] = float32(sum)
					}
				}
				got := append([]float32(nil), c...)
				Quantise(w, k, n, n).Mul(got, ldc, got, ldc, a, lda, rows, &room)
				for r := range rows {
					for j := range n {
						if d := math.Abs(float64(got[r*ldc+j] - want[r*ldc+j])); d > 1e-4 {
							t.Fatalf("%s: %d rows of %d×%d: row %d, column %d is off by %g", name, rows, k, n, r, j, d)
						}
					}
					if d := far(got[r*ldc+Width(n):(r+1)*ldc], c[r*ldc+Width(n):(r+1)*ldc]); d != 0 {
						t.Fatalf("%s: %d rows of %d×%d: written beyond the last panel", name, rows, k, n)
					}
				}
			}
		}
	}
}

// roundTo rounds numbers to 255 steps as even as can be between the largest and
// its negative.
func roundTo(to []float64, from func(i int) float32) {
	top := float32(0)
	for i := range to {
		top = max(top, from(i), -from(i))
	}
	for i := range to {
		if top > 0 {
			to[i] = math.RoundToEven(float64(from(i)*(127/top))) * float64(top) / 127
		}
	}
}

// The same row of biases may be added to all, and the largest numbers overflow
// nothing.
func TestQuantisedMulOfTheLargestNumbers(t *testing.T) {
	const k, n, rows = 384, 64, 5
	before := Kernels()
	defer Use(before)
	for _, sign := range []float32{1, -1} {
		a, w, bias := make([]float32, rows*k), make([]float32, k*n), make([]float32, n)
		for i := range a {
			a[i] = sign
		}
		for i := range w {
			w[i] = 1
		}
		for j := range bias {
			bias[j] = float32(j)
		}
		for _, name := range Available() {
			Use(name)
			c := make([]float32, rows*n)
			Quantise(w, k, n, n).Mul(c, n, bias, 0, a, k, rows, &rounded{})
			for i, v := range c {
				if want := sign*k + float32(i%n); math.Abs(float64(v-want)) > 1e-3 {
					t.Fatalf("%s: element %d is %g, want %g", name, i, v, want)
				}
			}
		}
	}
}
