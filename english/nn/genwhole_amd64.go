//go:build ignore

// This program writes whole_amd64.s: go run genwhole_amd64.go > whole_amd64.s
package main

import "fmt"

func emit(lines ...string) {
	for _, l := range lines {
		fmt.Println("\t" + l)
	}
}

// row is the address of the row of A with index r. Three base registers stand
// three rows apart, because an address scales its index by 1 or 2 only here.
func row(r int) string {
	base := []string{"SI", "R10", "R11"}[r/3]
	return "(" + base + ")" + []string{"", "(R8*1)", "(R8*2)"}[r%3]
}

func open(name string, rows int, a, b string) {
	fmt.Printf("\n// func %s%d(a %s, lda uintptr, b %s, columns, scales *float32, starts *int32, from *float32, ldf uintptr, c *float32, ldc, depth uintptr)\n", name, rows, a, b)
	fmt.Printf("TEXT ·%s%d(SB), NOSPLIT|NOFRAME, $0-88\n", name, rows)
	emit("MOVQ a+0(FP), SI", "MOVQ lda+8(FP), R8", "MOVQ b+16(FP), DI", "MOVQ depth+80(FP), CX")
	if rows > 3 {
		emit("LEAQ (SI)(R8*2), R10", "ADDQ R8, R10")
	}
	if rows > 6 {
		emit("LEAQ (R10)(R8*2), R11", "ADDQ R8, R11")
	}
}

func next(rows int) {
	emit("ADDQ $4, SI")
	if rows > 3 {
		emit("ADDQ $4, R10")
	}
	if rows > 6 {
		emit("ADDQ $4, R11")
	}
	emit("ADDQ $128, DI", "DECQ CX", "JNZ loop")
}

// finish scales the sums and adds what there was: sum·column·row + from, in both
// kernels the same to the bit.
func finish(reg string, rows, width, spare int) {
	emit("MOVQ columns+24(FP), AX", "MOVQ scales+32(FP), BX", "MOVQ from+48(FP), SI", "MOVQ ldf+56(FP), R8", "MOVQ c+64(FP), DX", "MOVQ ldc+72(FP), R9")
	emit(fmt.Sprintf("VMOVUPS (AX), %s%d", reg, spare), fmt.Sprintf("VMOVUPS %d(AX), %s%d", width, reg, spare+1))
	for r := range rows {
		emit(fmt.Sprintf("VBROADCASTSS %d(BX), %s%d", 4*r, reg, spare+2))
		for h := range 2 {
			acc := fmt.Sprintf("%s%d", reg, 2*r+h)
			emit(fmt.Sprintf("VCVTDQ2PS %s, %s", acc, acc), fmt.Sprintf("VMULPS %s%d, %s, %s", reg, spare+h, acc, acc),
				fmt.Sprintf("VFMADD213PS %d(SI), %s%d, %s", h*width, reg, spare+2, acc), fmt.Sprintf("VMOVUPS %s, %d(DX)", acc, h*width))
		}
		if r+1 < rows {
			emit("ADDQ R8, SI", "ADDQ R9, DX")
		}
	}
	emit("VZEROUPPER", "RET")
}

// vnni multiplies rows by a panel, bytes of B shifted to be positive; sums start
// at what that adds, negated.
func vnni(rows int) {
	open("dot512x", rows, "*int8", "*uint8")
	emit("MOVQ starts+40(FP), AX")
	for r := range rows {
		emit(fmt.Sprintf("VPBROADCASTD %d(AX), Z%d", 4*r, 2*r), fmt.Sprintf("VMOVDQA64 Z%d, Z%d", 2*r, 2*r+1))
	}
	fmt.Println("\nloop:")
	emit("VMOVDQU32 (DI), Z28", "VMOVDQU32 64(DI), Z29")
	for r := range rows {
		emit(fmt.Sprintf("VPDPBUSD.BCST %s, Z28, Z%d", row(r), 2*r), fmt.Sprintf("VPDPBUSD.BCST %s, Z29, Z%d", row(r), 2*r+1))
	}
	next(rows)
	finish("Z", rows, 64, 28)
}

// avx2 multiplies rows by half a panel. Numbers of 16 bits take as many
// multiplications as bytes would, and no step overflows.
func avx2(rows int) {
	open("dot256x", rows, "*int16", "*int16")
	for r := range 2 * rows {
		emit(fmt.Sprintf("VPXOR Y%d, Y%d, Y%d", r, r, r))
	}
	fmt.Println("\nloop:")
	emit("VMOVDQU (DI), Y12", "VMOVDQU 32(DI), Y13")
	for r := range rows {
		emit(fmt.Sprintf("VPBROADCASTD %s, Y14", row(r)))
		emit("VPMADDWD Y14, Y12, Y15", fmt.Sprintf("VPADDD Y15, Y%d, Y%d", 2*r, 2*r))
		emit("VPMADDWD Y14, Y13, Y14", fmt.Sprintf("VPADDD Y14, Y%d, Y%d", 2*r+1, 2*r+1))
	}
	next(rows)
	finish("Y", rows, 32, 12)
}

// rounding writes a function that rounds a row of n floats, a multiple of 16: to
// bytes with AVX-512, to 16 bits with AVX2.
func rounding(name, reg, to string) {
	fmt.Printf("\n// func %s(to %s, from *float32, n uintptr, scale *float32, start *int32)\n", name, to)
	fmt.Printf("TEXT ·%s(SB), NOSPLIT|NOFRAME, $0-40\n", name)
	emit("MOVQ to+0(FP), DI", "MOVQ from+8(FP), SI", "MOVQ n+16(FP), CX", "MOVQ scale+24(FP), BX", "MOVQ start+32(FP), DX",
		"MOVL $0x7fffffff, AX", "MOVQ AX, X0")
	if reg == "Z" {
		emit("VPBROADCASTD X0, Z0", "VPXORQ Z1, Z1, Z1", "VPXORQ Z6, Z6, Z6")
	} else {
		emit("VPBROADCASTD X0, Y0", "VXORPS Y1, Y1, Y1", "VPXOR Y6, Y6, Y6")
	}
	emit("MOVQ SI, R8", "MOVQ CX, R9")
	fmt.Println("\nlargest:")
	if reg == "Z" {
		emit("VPANDD (R8), Z0, Z2", "VMAXPS Z2, Z1, Z1")
	} else {
		emit("VPAND (R8), Y0, Y2", "VMAXPS Y2, Y1, Y1", "VPAND 32(R8), Y0, Y2", "VMAXPS Y2, Y1, Y1")
	}
	emit("ADDQ $64, R8", "SUBQ $16, R9", "JNZ largest")
	if reg == "Z" {
		emit("VEXTRACTF64X4 $1, Z1, Y2", "VMAXPS Y2, Y1, Y1")
	}
	emit("VEXTRACTF128 $1, Y1, X2", "VMAXPS X2, X1, X1", "VPSHUFD $0x4e, X1, X2", "VMAXPS X2, X1, X1", "VPSHUFD $0xb1, X1, X2", "VMAXPS X2, X1, X1")
	emit("VMAXSS ·tiny<>(SB), X1, X1", "VMOVSS ·most<>(SB), X2", "VDIVSS X2, X1, X3", "VMOVSS X3, (BX)", "VDIVSS X1, X2, X3")
	emit(fmt.Sprintf("VBROADCASTSS X3, %s3", reg))
	fmt.Println("\nwhole:")
	if reg == "Z" {
		emit("VMULPS (SI), Z3, Z4", "VCVTPS2DQ Z4, Z4", "VPADDD Z4, Z6, Z6", "VPMOVDB Z4, X4")
	} else {
		emit("VMULPS (SI), Y3, Y4", "VCVTPS2DQ Y4, Y4", "VMULPS 32(SI), Y3, Y5", "VCVTPS2DQ Y5, Y5", "VPADDD Y4, Y6, Y6", "VPADDD Y5, Y6, Y6",
			"VPACKSSDW Y5, Y4, Y4", "VPERMQ $0xd8, Y4, Y4")
	}
	if reg == "Z" {
		emit("VMOVDQU X4, (DI)", "ADDQ $16, DI")
	} else {
		emit("VMOVDQU Y4, (DI)", "ADDQ $32, DI")
	}
	emit("ADDQ $64, SI", "SUBQ $16, CX", "JNZ whole")
	if reg == "Z" {
		emit("VEXTRACTI64X4 $1, Z6, Y4", "VPADDD Y4, Y6, Y6")
	}
	emit("VEXTRACTI128 $1, Y6, X4", "VPADDD X4, X6, X6", "VPSHUFD $0x4e, X6, X4", "VPADDD X4, X6, X6", "VPSHUFD $0xb1, X6, X4", "VPADDD X4, X6, X6")
	emit("VMOVD X6, AX", "SHLL $7, AX", "NEGL AX", "MOVL AX, (DX)", "VZEROUPPER", "RET")
}

func main() {
	fmt.Println("// Code generated by genwhole_amd64.go. DO NOT EDIT.\n\n#include \"textflag.h\"\n")
	fmt.Println("DATA ·tiny<>+0(SB)/4, $0x0da24260\nGLOBL ·tiny<>(SB), RODATA|NOPTR, $4")
	fmt.Println("DATA ·most<>+0(SB)/4, $127.0\nGLOBL ·most<>(SB), RODATA|NOPTR, $4")
	for rows := 1; rows <= 8; rows++ {
		vnni(rows)
	}
	for rows := 1; rows <= 6; rows++ {
		avx2(rows)
	}
	rounding("round512", "Z", "*int8")
	rounding("round256", "Y", "*int16")
}
