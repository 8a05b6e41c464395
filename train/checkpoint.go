package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"unsafe"
)

// A checkpoint is the counts of epochs, steps and numbers, then of each parameter
// its weights, moments and average. It fits only the network that wrote it, on
// machines of the same byte order.

func (t *trainer) path() string { return filepath.Join(t.work, "checkpoint") }

func (t *trainer) numbers() int {
	n := 0
	for _, p := range t.network.all {
		n += 4 * len(p.w)
	}
	return n
}

func asBytes(f []float32) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(f))), 4*len(f)) //nolint:gosec // the same memory, four bytes a float
}

// save writes beside the old checkpoint and then takes its place.
func (t *trainer) save() error {
	f, err := os.Create(t.path() + ".new")
	if err != nil {
		return fmt.Errorf("save a checkpoint: %w", err)
	}
	defer func() { _ = f.Close() }() // again, after an error; below it is checked
	w := bufio.NewWriterSize(f, 1<<20)
	for _, n := range []int{t.epoch, t.step, t.numbers()} {
		if err := binary.Write(w, binary.NativeEndian, int64(n)); err != nil {
			return fmt.Errorf("save a checkpoint: %w", err)
		}
	}
	for _, p := range t.network.all {
		for _, part := range [][]float32{p.w, p.m, p.v, p.avg} {
			if _, err := w.Write(asBytes(part)); err != nil {
				return fmt.Errorf("save a checkpoint: %w", err)
			}
		}
	}
	if err := errors.Join(w.Flush(), f.Close(), os.Rename(f.Name(), t.path())); err != nil {
		return fmt.Errorf("save a checkpoint: %w", err)
	}
	return nil
}

// resume reads a checkpoint if there is one.
func (t *trainer) resume() error {
	f, err := os.Open(t.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("go on from a checkpoint: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	r := bufio.NewReaderSize(f, 1<<20)
	var head [3]int64
	if err := binary.Read(r, binary.NativeEndian, &head); err != nil {
		return fmt.Errorf("go on from a checkpoint: %w", err)
	}
	if head[2] != int64(t.numbers()) {
		return fmt.Errorf("the checkpoint in %s is of another network: %d numbers, want %d", t.work, head[2], t.numbers())
	}
	for _, p := range t.network.all {
		for _, part := range [][]float32{p.w, p.m, p.v, p.avg} {
			if _, err := io.ReadFull(r, asBytes(part)); err != nil {
				return fmt.Errorf("go on from a checkpoint: %w", err)
			}
		}
	}
	t.epoch, t.step = int(head[0]), int(head[1])
	return nil
}
