package who

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/onrecord/onrecord"
)

//go:embed model.bin
var modelData []byte

// model is the ranker's weights: whole numbers of one scale.
type model struct {
	scale   float64
	weights []int8
}

// modelEnd is the line that ends a model's header.
const modelEnd = "\n---\n"

// loadModel reads a model: a header for people, the scale, the weights. Errors
// wrap [onrecord.ErrInvalid]. An empty model has no weights at all.
func loadModel(data []byte) (*model, error) {
	if len(data) == 0 {
		return &model{1, make([]int8, tableSize)}, nil
	}
	_, body, ok := bytes.Cut(data, []byte(modelEnd))
	if !ok || len(body) != 8+tableSize {
		return nil, fmt.Errorf("loading the ranker's weights: %w", onrecord.ErrInvalid)
	}
	m := &model{math.Float64frombits(binary.LittleEndian.Uint64(body)), make([]int8, tableSize)}
	for i, b := range body[8:] {
		m.weights[i] = int8(b)
	}
	return m, nil
}

// score fills in the choices' scores. Sums are of whole numbers, so that they are
// the same on every machine.
func (m *model) score(choices []choice) {
	for i := range choices {
		sum := 0
		for _, f := range choices[i].features {
			sum += int(m.weights[f])
		}
		choices[i].score = float64(sum) * m.scale
	}
}

// encodeModel writes a model with a header.
func encodeModel(header string, weights []float32) []byte {
	top := float32(0)
	for _, w := range weights {
		top = max(top, w, -w)
	}
	scale := float64(top) / 127
	if scale == 0 {
		scale = 1
	}
	out := binary.LittleEndian.AppendUint64([]byte(header+modelEnd), math.Float64bits(scale))
	for _, w := range weights {
		out = append(out, byte(int8(math.Round(float64(w)/scale))))
	}
	return out
}
