//go:build !amd64

package nn

func usable() []kernelSet { return []kernelSet{portable} }
