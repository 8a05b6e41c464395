package nn

// The kernels of neon_arm64.s, which every such processor has: one to four rows by
// half a panel; n is a number of units, a multiple of 16. lda and ldc are in bytes.
//
//go:generate sh -c "go run gen_arm64.go > neon_arm64.s"

//go:noescape
func mulNEONx1(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mulNEONx2(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mulNEONx3(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func mulNEONx4(a *float32, lda uintptr, b, c *float32, ldc, k, add uintptr)

//go:noescape
func cellNEON(gates, before, c, h *float32, n uintptr)

//go:noescape
func tanhNEON(to, from *float32, n uintptr)

func init() { kernels = usable()[0] }

func usable() []kernelSet {
	return []kernelSet{{name: "neon", mul: mulNEON, cell: cellWith(cellNEON), tanh: tanhWith(tanhNEON), exps: expsGo, sum: sumGo}, portable}
}

func mulNEON(c []float32, ldc int, a []float32, lda int, b []float32, k, panels, m int, add bool) {
	ca, cc, ck, flag := uintptr(lda)*4, uintptr(ldc)*4, uintptr(k), bit(add)
	for j := range 2 * panels {
		col := j * (panel / 2)
		bp := &b[(j/2)*k*panel+j%2*(panel/2)]
		for r := 0; r < m; r += 4 {
			ap, cp := &a[r*lda], &c[r*ldc+col]
			switch m - r {
			case 1:
				mulNEONx1(ap, ca, bp, cp, cc, ck, flag)
			case 2:
				mulNEONx2(ap, ca, bp, cp, cc, ck, flag)
			case 3:
				mulNEONx3(ap, ca, bp, cp, cc, ck, flag)
			default:
				mulNEONx4(ap, ca, bp, cp, cc, ck, flag)
			}
		}
	}
}
