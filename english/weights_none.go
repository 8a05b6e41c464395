//go:build nomodel

package english

func weights() []byte { return nil }
