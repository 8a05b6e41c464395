package nn

// The kernels of whole_amd64.s for whole numbers: one to eight rows of bytes by one
// panel with AVX-512 and VNNI, one to six rows of 16 bits by half a panel with
// AVX2. lda, ldf and ldc are in bytes, depth is the number of fours or pairs.
//
//go:generate sh -c "go run genwhole_amd64.go > whole_amd64.s"
type (
	dotBytes func(a *int8, lda uintptr, b *uint8, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)
	dotWide  func(a *int16, lda uintptr, b *int16, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)
)

//go:noescape
func dot512x1(a *int8, lda uintptr, b *uint8, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x2(a *int8, lda uintptr, b *uint8, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x3(a *int8, lda uintptr, b *uint8, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x4(a *int8, lda uintptr, b *uint8, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x5(a *int8, lda uintptr, b *uint8, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x6(a *int8, lda uintptr, b *uint8, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x7(a *int8, lda uintptr, b *uint8, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot512x8(a *int8, lda uintptr, b *uint8, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x1(a *int16, lda uintptr, b *int16, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x2(a *int16, lda uintptr, b *int16, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x3(a *int16, lda uintptr, b *int16, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x4(a *int16, lda uintptr, b *int16, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x5(a *int16, lda uintptr, b *int16, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

//go:noescape
func dot256x6(a *int16, lda uintptr, b *int16, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)

// They round a row of n floats, a multiple of 16.

//go:noescape
func round512(to *int8, from *float32, n uintptr, scale *float32, start *int32)

//go:noescape
func round256(to *int16, from *float32, n uintptr, scale *float32, start *int32)

var (
	dots512 = [...]dotBytes{dot512x1, dot512x2, dot512x3, dot512x4, dot512x5, dot512x6, dot512x7, dot512x8}
	dots256 = [...]dotWide{dot256x1, dot256x2, dot256x3, dot256x4, dot256x5, dot256x6}
)

func wholeVNNI(q *Quantised, c []float32, ldc int, from []float32, ldf int, a []float32, lda, m int, room *rounded) {
	room.resize(m)
	room.bytes = enough(room.bytes, m*q.K)
	for r := range m {
		round512(&room.bytes[r*q.K], &a[r*lda], uintptr(q.K), &room.scales[r], &room.starts[r])
	}
	b, depth := q.asBytes(), q.K/4
	for col := 0; col < q.N; col += panel {
		bp := &b[col*depth*4]
		for r := 0; r < m; r += len(dots512) {
			dots512[min(len(dots512), m-r)-1](&room.bytes[r*q.K], uintptr(q.K), bp, &q.scales[col], &room.scales[r], &room.starts[r],
				&from[r*ldf+col], uintptr(ldf)*4, &c[r*ldc+col], uintptr(ldc)*4, uintptr(depth))
		}
	}
}

func wholeAVX2(q *Quantised, c []float32, ldc int, from []float32, ldf int, a []float32, lda, m int, room *rounded) {
	const half = panel / 2
	room.resize(m)
	room.wide = enough(room.wide, m*q.K)
	for r := range m {
		round256(&room.wide[r*q.K], &a[r*lda], uintptr(q.K), &room.scales[r], &room.starts[r])
	}
	b, depth := q.asWide(), q.K/2
	for col := 0; col < Width(q.N); col += half {
		bp := &b[col/panel*panel*depth*2+col%panel*2]
		for r := 0; r < m; r += len(dots256) {
			dots256[min(len(dots256), m-r)-1](&room.wide[r*q.K], uintptr(q.K)*2, bp, &q.scales[col], &room.scales[r], &room.starts[r],
				&from[r*ldf+col], uintptr(ldf)*4, &c[r*ldc+col], uintptr(ldc)*4, uintptr(depth))
		}
	}
}
