//go:build ignore

// This program writes cell_amd64.s: go run gencell_amd64.go > cell_amd64.s
package main

import "fmt"

var reg string // "Z" or "Y"

func op(name string, args ...any) {
	s := "\t" + name
	for i, a := range args {
		if i > 0 {
			s += ","
		}
		switch a := a.(type) {
		case int:
			s += fmt.Sprintf(" %s%d", reg, a)
		case string:
			s += " " + a
		}
	}
	fmt.Println(s)
}

// Constants live in registers 16 up with AVX-512, in memory with AVX2.
var constants = []struct {
	name  string
	value float32
}{
	{"six", 6},
	{"minusSix", -6},
	{"half", 0.5},
	{"p3", 990},
	{"p2", 135135},
	{"p1", 4729725},
	{"p0", 34459425},
	{"q4", 45},
	{"q3", 13860},
	{"q2", 945945},
	{"q1", 16216200},
	// of exps
	{"least", -80},
	{"log2e", 1.4426950408889634},
	{"ln2", 0.6931471805599453},
	{"magic", 3 << 22}, // where floats are whole numbers
	{"e0", 1},
	{"e2", 1. / 2},
	{"e3", 1. / 6},
	{"e4", 1. / 24},
	{"e5", 1. / 120},
}

// tanh sets register x to its tangent, with a, b and c as scratch. Memory operands
// are broadcast constants of full width.
func tanh(x, a, b, c int) {
	at := func(name string) string { return "·" + name + "<>(SB)" }
	op("VMINPS", at("six"), x, x)
	op("VMAXPS", at("minusSix"), x, x)
	op("VMULPS", x, x, a) // q
	op("VADDPS", at("p3"), a, b)
	for _, p := range []string{"p2", "p1", "p0"} {
		op("VFMADD213PS", at(p), a, b)
	}
	op("VMOVUPS", at("q4"), c)
	for _, q := range []string{"q3", "q2", "q1", "p0"} {
		op("VFMADD213PS", at(q), a, c)
	}
	op("VMULPS", b, x, x)
	op("VDIVPS", c, x, x)
}

// sigmoid is half the tangent of half, and a half.
func sigmoid(x, a, b, c int) {
	op("VMULPS", "·half<>(SB)", x, x)
	tanh(x, a, b, c)
	op("VMOVUPS", "·half<>(SB)", a)
	op("VFMADD213PS", a, a, x)
}

func cell(name string, bytes int) {
	fmt.Printf("\n// func %s(gates, before, c, h *float32, n uintptr)\nTEXT ·%s(SB), NOSPLIT|NOFRAME, $0-40\n", name, name)
	for _, l := range []string{
		"MOVQ gates+0(FP), SI", "MOVQ before+8(FP), BX", "MOVQ c+16(FP), DI", "MOVQ h+24(FP), DX", "MOVQ n+32(FP), CX",
		"MOVQ CX, R8", "SHLQ $2, R8", // bytes between gates
		"LEAQ (SI)(R8*2), R10", // the candidate's sums
	} {
		op(l)
	}
	fmt.Println("\nloop:")
	op("VMOVUPS", "(SI)", 0)
	sigmoid(0, 8, 9, 10)
	op("VMOVUPS", 0, "(SI)")
	op("VMOVUPS", "(R10)", 2)
	tanh(2, 8, 9, 10)
	op("VMOVUPS", 2, "(R10)")
	op("VMOVUPS", "(R10)(R8*1)", 3)
	sigmoid(3, 8, 9, 10)
	op("VMOVUPS", 3, "(R10)(R8*1)")
	op("VMOVUPS", "(SI)(R8*1)", 1)
	sigmoid(1, 8, 9, 10)
	op("VMOVUPS", 1, "(SI)(R8*1)")
	op("VMULPS", 2, 0, 0)
	op("TESTQ BX, BX")
	op("JZ first")
	op("VMOVUPS", "(BX)", 4)
	op("VFMADD231PS", 4, 1, 0)
	op(fmt.Sprintf("ADDQ $%d, BX", bytes))
	fmt.Println("\nfirst:")
	op("VMOVUPS", 0, "(DI)")
	tanh(0, 8, 9, 10)
	op("VMULPS", 3, 0, 0)
	op("VMOVUPS", 0, "(DX)")
	for _, r := range []string{"SI", "R10", "DI", "DX"} {
		op(fmt.Sprintf("ADDQ $%d, %s", bytes, r))
	}
	op(fmt.Sprintf("SUBQ $%d, CX", bytes/4))
	op("JNZ loop")
	op("VZEROUPPER")
	op("RET")
}

func alone(name string, bytes int) {
	fmt.Printf("\n// func %s(to, from *float32, n uintptr)\nTEXT ·%s(SB), NOSPLIT|NOFRAME, $0-24\n", name, name)
	op("MOVQ to+0(FP), DI")
	op("MOVQ from+8(FP), SI")
	op("MOVQ n+16(FP), CX")
	fmt.Println("\nloop:")
	op("VMOVUPS", "(SI)", 0)
	tanh(0, 8, 9, 10)
	op("VMOVUPS", 0, "(DI)")
	op(fmt.Sprintf("ADDQ $%d, SI", bytes))
	op(fmt.Sprintf("ADDQ $%d, DI", bytes))
	op(fmt.Sprintf("SUBQ $%d, CX", bytes/4))
	op("JNZ loop")
	op("VZEROUPPER")
	op("RET")
}

// exps is exp32 of from less top: the whole part of the power of two is added to
// the exponent of what the polynomial makes of the rest.
func exps(name string, bytes int) {
	fmt.Printf("\n// func %s(to, from *float32, top float32, n uintptr)\nTEXT ·%s(SB), NOSPLIT|NOFRAME, $0-32\n", name, name)
	op("MOVQ to+0(FP), DI")
	op("MOVQ from+8(FP), SI")
	op("VBROADCASTSS", "top+16(FP)", 5)
	op("MOVQ n+24(FP), CX")
	at := func(name string) string { return "·" + name + "<>(SB)" }
	fmt.Println("\nloop:")
	op("VMOVUPS", "(SI)", 0)
	op("VSUBPS", 5, 0, 0)
	op("VMAXPS", at("least"), 0, 0)
	op("VMULPS", at("log2e"), 0, 0)
	op("VADDPS", at("magic"), 0, 1)
	op("VSUBPS", at("magic"), 1, 2)
	op("VSUBPS", 2, 0, 0)
	op("VMULPS", at("ln2"), 0, 0)
	op("VMOVUPS", at("e5"), 3)
	for _, e := range []string{"e4", "e3", "e2", "e0", "e0"} {
		op("VFMADD213PS", at(e), 0, 3)
	}
	op("VPSLLD", "$23", 1, 1)
	op("VPADDD", 1, 3, 3)
	op("VMOVUPS", 3, "(DI)")
	op(fmt.Sprintf("ADDQ $%d, SI", bytes))
	op(fmt.Sprintf("ADDQ $%d, DI", bytes))
	op(fmt.Sprintf("SUBQ $%d, CX", bytes/4))
	op("JNZ loop")
	op("VZEROUPPER")
	op("RET")
}

// sum adds one row to another.
func sum(name string, bytes int) {
	fmt.Printf("\n// func %s(to, from *float32, n uintptr)\nTEXT ·%s(SB), NOSPLIT|NOFRAME, $0-24\n", name, name)
	op("MOVQ to+0(FP), DI")
	op("MOVQ from+8(FP), SI")
	op("MOVQ n+16(FP), CX")
	fmt.Println("\nloop:")
	op("VMOVUPS", "(SI)", 0)
	op("VADDPS", "(DI)", 0, 0)
	op("VMOVUPS", 0, "(DI)")
	op(fmt.Sprintf("ADDQ $%d, SI", bytes))
	op(fmt.Sprintf("ADDQ $%d, DI", bytes))
	op(fmt.Sprintf("SUBQ $%d, CX", bytes/4))
	op("JNZ loop")
	op("VZEROUPPER")
	op("RET")
}

func main() {
	fmt.Println("// Code generated by gencell_amd64.go. DO NOT EDIT.\n\n#include \"textflag.h\"\n")
	for _, c := range constants {
		for i := range 16 {
			fmt.Printf("DATA ·%s<>+%d(SB)/4, $%#v\n", c.name, 4*i, literal(c.value))
		}
		fmt.Printf("GLOBL ·%s<>(SB), RODATA|NOPTR, $64\n", c.name)
	}
	reg = "Z"
	cell("cell512", 64)
	alone("tanh512", 64)
	exps("exps512", 64)
	sum("sum512", 64)
	reg = "Y"
	cell("cell256", 32)
	alone("tanh256", 32)
	exps("exps256", 32)
	sum("sum256", 32)
}

// literal keeps the point that makes the assembler read a float.
func literal(v float32) raw {
	if v == float32(int(v)) {
		return raw(fmt.Sprintf("%.1f", v))
	}
	return raw(fmt.Sprintf("%.17f", v))
}

type raw string

func (r raw) Format(s fmt.State, _ rune) { fmt.Fprint(s, string(r)) }
