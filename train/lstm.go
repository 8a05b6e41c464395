package main

import "github.com/onrecord/onrecord/english/nn"

// forward runs a layer over the worker's layout and keeps what backward needs.
func (w *worker) forward(p *lstm, s *lstmState, x []float32, in int) {
	l, h := &w.layout, w.n.config.Hidden
	rows, steps := l.Rows, len(l.Start)
	s.in, s.x = in, x
	s.gates = grow(s.gates, rows*8*h)
	s.cell, s.tc, s.y = grow(s.cell, rows*2*h), grow(s.tc, rows*2*h), grow(s.y, rows*2*h)
	s.before = grow(s.before, rows*2*h)
	s.yd = grow(s.yd, rows*2*h)
	s.recMask, s.outMask = grow(s.recMask, len(l.Pieces)*2*h), grow(s.outMask, len(l.Pieces)*2*h)
	w.mask(s.recMask, dropRec)
	w.mask(s.outMask, dropLayer)

	fill(s.gates, p.b.w, rows)
	p.w.forward.Mul(s.gates, 8*h, x, in, rows, true)
	for way := range 2 {
		for i := range steps {
			at, from, have := i, i-1, 0
			if way == 1 {
				at, from = steps-1-i, steps-i
			}
			if i > 0 {
				have = min(l.Live[at], l.Live[from])
				for q := range have {
					to, y := s.before[((l.Start[at]+q)*2+way)*h:], s.y[((l.Start[from]+q)*2+way)*h:]
					for u, m := range s.recMask[(q*2+way)*h : (q*2+way+1)*h] {
						to[u] = y[u] * m
					}
				}
				p.rec[way].forward.Mul(s.gates[l.Start[at]*8*h+way*4*h:], 8*h, s.before[(l.Start[at]*2+way)*h:], 2*h, have, true)
			}
			for q := range l.Live[at] {
				r := l.Start[at] + q
				o := (r*2 + way) * h
				var before []float32
				if q < have {
					b := ((l.Start[from]+q)*2 + way) * h
					before = s.cell[b : b+h]
				} else {
					clear(s.before[o : o+h])
				}
				nn.Cell(s.gates[r*8*h+way*4*h:r*8*h+(way+1)*4*h], before, s.cell[o:o+h], s.y[o:o+h])
			}
		}
	}
	nn.Tanh(s.tc, s.cell[:rows*2*h])
	for at := range steps {
		for q := range l.Live[at] {
			o := (l.Start[at] + q) * 2 * h
			m := s.outMask[q*2*h : (q+1)*2*h]
			for u, v := range s.y[o : o+2*h] {
				s.yd[o+u] = v * m[u]
			}
		}
	}
}

// backward takes s.dY, the gradient of the outputs after dropout, adds to the
// parameters' gradients and leaves that of the inputs in s.dX.
func (w *worker) backward(p *lstm, s *lstmState) {
	l, h := &w.layout, w.n.config.Hidden
	rows, steps := l.Rows, len(l.Start)
	s.dG = grow(s.dG, rows*8*h)
	s.dX = grow(s.dX, rows*s.in)
	for at := range steps {
		for q := range l.Live[at] {
			o := (l.Start[at] + q) * 2 * h
			for u, m := range s.outMask[q*2*h : (q+1)*2*h] {
				s.dY[o+u] *= m
			}
		}
	}
	for way := range 2 {
		s.dh, s.dc = zero(s.dh, len(l.Pieces)*h), zero(s.dc, len(l.Pieces)*h)
		for i := steps - 1; i >= 0; i-- { // the last step first
			at, from, have := i, i-1, 0
			if way == 1 {
				at, from = steps-1-i, steps-i
			}
			if i > 0 {
				have = min(l.Live[at], l.Live[from])
			}
			for q := range l.Live[at] {
				r := l.Start[at] + q
				o := (r*2 + way) * h
				var before []float32
				if q < have {
					b := ((l.Start[from]+q)*2 + way) * h
					before = s.cell[b : b+h]
				}
				g := r*8*h + way*4*h
				cellBackward(s.gates[g:g+4*h], s.dG[g:g+4*h], before, s.tc[o:o+h], s.dY[o:o+h], s.dh[q*h:(q+1)*h], s.dc[q*h:(q+1)*h])
			}
			if have > 0 {
				p.rec[way].backward.Mul(s.dh, h, s.dG[l.Start[at]*8*h+way*4*h:], 8*h, have, false)
				for q := range have {
					d := s.dh[q*h : (q+1)*h]
					for u, m := range s.recMask[(q*2+way)*h : (q*2+way+1)*h] {
						d[u] *= m
					}
				}
			}
			for q := have; q < l.Live[at]; q++ { // sentences that begin here, in this way
				clear(s.dh[q*h : (q+1)*h])
				clear(s.dc[q*h : (q+1)*h])
			}
		}
		w.outer(p.rec[way], s.before[way*h:], 2*h, s.dG[way*4*h:], 8*h, rows)
	}
	w.outer(p.w, s.x, s.in, s.dG, 8*h, rows)
	w.sumColumns(p.b, s.dG, 8*h, rows)
	p.w.backward.Mul(s.dX, s.in, s.dG, 8*h, rows, false)
}

// cellBackward computes the gradient of the sums from the activated gates, for one
// word. dh is that of what the step after heard, dc that of the state; dc is left
// as that of the state before.
func cellBackward(gates, dG, before, tc, dY, dh, dc []float32) {
	h := len(tc)
	in, forget, cand, out := gates[:h], gates[h:2*h], gates[2*h:3*h], gates[3*h:4*h]
	di, df, dg, do := dG[:h], dG[h:2*h], dG[2*h:3*h], dG[3*h:4*h]
	dY, dh, dc = dY[:h], dh[:h], dc[:h]
	for u, t := range tc {
		i, f, g, o := in[u], forget[u], cand[u], out[u]
		y := dY[u] + dh[u]
		do[u] = y * t * o * (1 - o)
		c := dc[u] + y*o*(1-t*t)
		di[u] = c * g * i * (1 - i)
		dg[u] = c * i * (1 - g*g)
		var b float32
		if before != nil {
			b = before[u]
		}
		df[u] = c * b * f * (1 - f)
		dc[u] = c * f
	}
}
