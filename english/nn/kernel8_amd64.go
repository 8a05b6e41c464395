package nn

import "unsafe"

// The kernels of mul8_amd64.s for matrices of bytes: one to eight rows by one panel
// with AVX-512 and VNNI, one to four rows by half a panel with AVX2. lda, ldf and
// ldc are in bytes, depth is the number of fours of a row.
//
//go:generate sh -c "go run gen8_amd64.go > mul8_amd64.s"
type dot func(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x1(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x2(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x3(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x4(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x5(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x6(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x7(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x8(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x1(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x2(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x3(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x4(a *int8, lda uintptr, b unsafe.Pointer, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func round512(to *int8, from *float32, n uintptr, scale *float32, start *int32)

//go:noescape
func round256(to *int8, from *float32, n uintptr, scale *float32, start *int32)

var (
	dots512 = [...]dot{dot512x1, dot512x2, dot512x3, dot512x4, dot512x5, dot512x6, dot512x7, dot512x8}
	dots256 = [...]dot{dot256x1, dot256x2, dot256x3, dot256x4}

	bytesVNNI = byteKernels{mulVNNI, roundWith(round512)}
	bytesAVX2 = byteKernels{mulBytesAVX2, roundWith(round256)}
)

func mulVNNI(q *Quantised, c []float32, ldc int, from []float32, ldf int, a *rounded, stride, depth, m int) {
	b := q.shift()
	for j := range Width(q.N) / panel {
		col := j * panel
		bp := unsafe.Pointer(&b[col*depth*4])
		for r := 0; r < m; r += len(dots512) {
			dots512[min(len(dots512), m-r)-1](&a.whole[r*stride], uintptr(stride), bp, &q.scales[col], &a.scales[r], &a.starts[r],
				&from[r*ldf+col], uintptr(ldf)*4, &c[r*ldc+col], uintptr(ldc)*4, uintptr(depth))
		}
	}
}

func mulBytesAVX2(q *Quantised, c []float32, ldc int, from []float32, ldf int, a *rounded, stride, depth, m int) {
	for j := range 2 * Width(q.N) / panel {
		col := j * (panel / 2)
		bp := unsafe.Pointer(&q.whole[(j/2*depth*panel+j%2*(panel/2))*4])
		for r := 0; r < m; r += len(dots256) {
			dots256[min(len(dots256), m-r)-1](&a.whole[r*stride], uintptr(stride), bp, &q.scales[col], &a.scales[r], &a.starts[r],
				&from[r*ldf+col], uintptr(ldf)*4, &c[r*ldc+col], uintptr(ldc)*4, uintptr(depth))
		}
	}
}

// roundWith checks what the kernel does not. A row is a multiple of 16 long.
func roundWith(kernel func(to *int8, from *float32, n uintptr, scale *float32, start *int32)) func(to []int8, row []float32, scale *float32, start *int32) {
	return func(to []int8, row []float32, scale *float32, start *int32) {
		_ = to[len(row)-1]
		kernel(&to[0], &row[0], uintptr(len(row)), scale, start)
	}
}
