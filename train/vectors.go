package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/onrecord/onrecord/english/nn"
)

// vectors are fixed vectors of words, made elsewhere; see vectors.py.
type vectors struct {
	lexicon nn.Lexicon
	rows    []float32
}

// readVectors reads what vectors.py writes: a line "rows columns keys", the matrix as
// little-endian 32-bit floats, then lines "key TAB row". Without a path there are none.
func readVectors(path string, columns int) (*vectors, error) {
	if path == "" {
		return &vectors{}, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read vectors: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	r := bufio.NewReaderSize(f, 1<<20)
	var rows, cols, count int
	if _, err := fmt.Fscanf(r, "%d %d %d\n", &rows, &cols, &count); err != nil {
		return nil, fmt.Errorf("read vectors' header: %w", err)
	}
	if cols != columns {
		return nil, fmt.Errorf("vectors have %d columns, the network wants %d", cols, columns)
	}
	raw := make([]byte, rows*cols*4)
	if _, err := io.ReadFull(r, raw); err != nil {
		return nil, fmt.Errorf("read vectors: %w", err)
	}
	v := &vectors{rows: make([]float32, rows*cols)}
	for i := range v.rows {
		v.rows[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	keys, to := make([]string, 0, count), make([]int, 0, count)
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		key, row, ok := strings.Cut(lines.Text(), "\t")
		var n int
		if _, err := fmt.Sscan(row, &n); !ok || err != nil || n < 0 || n >= rows {
			return nil, fmt.Errorf("read vectors: line %q", lines.Text())
		}
		keys, to = append(keys, nn.WordKey(key)), append(to, n)
	}
	v.lexicon = nn.NewLexicon(keys, to)
	return v, lines.Err()
}
