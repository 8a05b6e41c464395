package nn

import "math"

var portable = kernelSet{name: "go", mul: mulGo, cell: cellGo, tanh: tanhGo, exps: expsGo, sum: sumGo}

// mulGo goes through B once for two rows of A, a panel at a time, so that sums
// stay in a small array.
func mulGo(c []float32, ldc int, a []float32, lda int, b []float32, k, panels, m int, add bool) {
	for j := range panels {
		bp := b[j*k*panel : (j+1)*k*panel]
		for r := range m {
			out := (*[panel]float32)(c[r*ldc+j*panel:])
			if !add {
				*out = [panel]float32{}
			}
			for i, x := range a[r*lda : r*lda+k] {
				if x == 0 {
					continue
				}
				w := (*[panel]float32)(bp[i*panel:])
				for n := 0; n < panel; n += 8 {
					out[n] += x * w[n]
					out[n+1] += x * w[n+1]
					out[n+2] += x * w[n+2]
					out[n+3] += x * w[n+3]
					out[n+4] += x * w[n+4]
					out[n+5] += x * w[n+5]
					out[n+6] += x * w[n+6]
					out[n+7] += x * w[n+7]
				}
			}
		}
	}
}

// tanh32 is the ninth convergent of Lambert's continued fraction
// x/(1+x²/(3+x²/(5+…))), within 8.2e-6 of the tangent. Beyond 6 it is constant.
func tanh32(x float32) float32 {
	x = max(-6, min(6, x))
	q := x * x
	p := (((q+990)*q+135135)*q+4729725)*q + 34459425
	d := (((45*q+13860)*q+945945)*q+16216200)*q + 34459425
	return x * p / d
}

func sigmoid32(x float32) float32 { return 0.5*tanh32(0.5*x) + 0.5 }

func tanhGo(to, from []float32) {
	for i, x := range from {
		to[i] = tanh32(x)
	}
}

func cellGo(gates, before, c, h []float32) {
	n := len(c)
	in, forget, cand, out := gates[:n], gates[n:2*n], gates[2*n:3*n], gates[3*n:4*n]
	for u := range c {
		i, f, g, o := sigmoid32(in[u]), sigmoid32(forget[u]), tanh32(cand[u]), sigmoid32(out[u])
		in[u], forget[u], cand[u], out[u] = i, f, g, o
		s := i * g
		if before != nil {
			s += f * before[u]
		}
		c[u] = s
		h[u] = o * tanh32(s)
	}
}

// exp32 is e to a number that is not positive, within 3 parts in a million; below
// -80 as at -80. It is two to the power of a whole number by its bits, of the rest
// by a Taylor polynomial.
func exp32(x float32) float32 {
	x = max(x, -80) * 1.4426950408889634
	n := float32(int32(x - 0.5)) // to nearest
	f := (x - n) * 0.6931471805599453
	p := 1 + f*(1+f*(0.5+f*(1./6+f*(1./24+f*(1./120)))))
	return p * math.Float32frombits(uint32(int32(n)+127)<<23)
}

func expsGo(to, from []float32, top float32) {
	for i, x := range from {
		to[i] = exp32(x - top)
	}
}

func sumGo(to, from []float32) {
	for i, x := range from {
		to[i] += x
	}
}
