package nn

import "golang.org/x/sys/cpu"

// The vector kernels of mul_amd64.s: one to eight rows by one panel with AVX-512,
// one to six rows by half a panel with AVX2. lda and ldc are in bytes.
//
//go:generate sh -c "go run gen_amd64.go > mul_amd64.s"

//go:noescape
func mul512x1(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul512x2(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul512x3(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul512x4(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul512x5(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul512x6(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul512x7(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul512x8(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul256x1(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul256x2(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul256x3(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul256x4(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul256x5(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mul256x6(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

// The kernels of cell_amd64.s. n is a number of units, a multiple of 16.

//go:noescape
func cell512(gates, before, c, h *float32, n uintptr)

//go:noescape
func cell256(gates, before, c, h *float32, n uintptr)

//go:noescape
func tanh512(to, from *float32, n uintptr)

//go:noescape
func tanh256(to, from *float32, n uintptr)

//go:noescape
func exps512(to, from *float32, top float32, n uintptr)

//go:noescape
func exps256(to, from *float32, top float32, n uintptr)

//go:noescape
func sum512(to, from *float32, n uintptr)

//go:noescape
func sum256(to, from *float32, n uintptr)

func init() { kernels = usable()[0] }

func usable() []kernelSet {
	var sets []kernelSet
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512DQ {
		k := kernelSet{"avx512", mulAVX512, cellWith(cell512), tanhWith(tanh512), expsWith(exps512), sumWith(sum512), wholeAVX2}
		if cpu.X86.HasAVX512VNNI {
			k.whole = wholeVNNI
		}
		sets = append(sets, k)
	}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		sets = append(sets, kernelSet{"avx2", mulAVX2, cellWith(cell256), tanhWith(tanh256), expsWith(exps256), sumWith(sum256), wholeAVX2})
	}
	return append(sets, portable)
}

func mulAVX512(c []float32, ldc int, a []float32, lda int, b []float32, k, panels, m int, add bool) {
	ca, cc, ck, flag := uintptr(lda)*4, uintptr(ldc)*4, uintptr(k), bit(add)
	for j := range panels {
		bp := &b[j*k*panel]
		for r := 0; r < m; r += 8 {
			ap, cp := &a[r*lda], &c[r*ldc+j*panel]
			switch m - r {
			case 1:
				mul512x1(ap, ca, bp, cp, cc, ck, flag)
			case 2:
				mul512x2(ap, ca, bp, cp, cc, ck, flag)
			case 3:
				mul512x3(ap, ca, bp, cp, cc, ck, flag)
			case 4:
				mul512x4(ap, ca, bp, cp, cc, ck, flag)
			case 5:
				mul512x5(ap, ca, bp, cp, cc, ck, flag)
			case 6:
				mul512x6(ap, ca, bp, cp, cc, ck, flag)
			case 7:
				mul512x7(ap, ca, bp, cp, cc, ck, flag)
			default:
				mul512x8(ap, ca, bp, cp, cc, ck, flag)
			}
		}
	}
}

func mulAVX2(c []float32, ldc int, a []float32, lda int, b []float32, k, panels, m int, add bool) {
	ca, cc, ck, flag := uintptr(lda)*4, uintptr(ldc)*4, uintptr(k), bit(add)
	for j := range 2 * panels {
		col := j * (panel / 2)
		bp := &b[(j/2)*k*panel+j%2*(panel/2)]
		for r := 0; r < m; r += 6 {
			ap, cp := &a[r*lda], &c[r*ldc+col]
			switch m - r {
			case 1:
				mul256x1(ap, ca, bp, cp, cc, ck, flag)
			case 2:
				mul256x2(ap, ca, bp, cp, cc, ck, flag)
			case 3:
				mul256x3(ap, ca, bp, cp, cc, ck, flag)
			case 4:
				mul256x4(ap, ca, bp, cp, cc, ck, flag)
			case 5:
				mul256x5(ap, ca, bp, cp, cc, ck, flag)
			default:
				mul256x6(ap, ca, bp, cp, cc, ck, flag)
			}
		}
	}
}

// expsWith and sumWith leave what fills no register to plain Go.
func expsWith(kernel func(to, from *float32, top float32, n uintptr)) func(to, from []float32, top float32) {
	return func(to, from []float32, top float32) {
		n := len(from) / 16 * 16
		_ = to[:len(from)]
		if n > 0 {
			kernel(&to[0], &from[0], top, uintptr(n))
		}
		expsGo(to[n:], from[n:], top)
	}
}

func sumWith(kernel func(to, from *float32, n uintptr)) func(to, from []float32) {
	return func(to, from []float32) {
		n := len(from) / 16 * 16
		_ = to[:len(from)]
		if n > 0 {
			kernel(&to[0], &from[0], uintptr(n))
		}
		sumGo(to[n:], from[n:])
	}
}
