//go:build amd64 || arm64

package nn

func bit(b bool) uintptr {
	if b {
		return 1
	}
	return 0
}

// cellWith checks what the kernel does not.
func cellWith(kernel func(gates, before, c, h *float32, n uintptr)) func(gates, before, c, h []float32) {
	return func(gates, before, c, h []float32) {
		n := len(c)
		_, _ = gates[4*n-1], h[n-1]
		var b *float32
		if before != nil {
			_ = before[n-1]
			b = &before[0]
		}
		kernel(&gates[0], b, &c[0], &h[0], uintptr(n))
	}
}

// tanhWith leaves what fills no register to plain Go.
func tanhWith(kernel func(to, from *float32, n uintptr)) func(to, from []float32) {
	return func(to, from []float32) {
		n := len(from) / 16 * 16
		_ = to[:len(from)]
		if n > 0 {
			kernel(&to[0], &from[0], uintptr(n))
		}
		tanhGo(to[n:], from[n:])
	}
}
