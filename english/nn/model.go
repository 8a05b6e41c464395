package nn

import "fmt"

// Model is a trained network. Many goroutines may use one at once.
type Model struct{}

// Load reads a model file's bytes, which it does not keep. The error wraps ErrModel.
func Load(data []byte) (*Model, error) {
	return nil, fmt.Errorf("read a model of %d bytes: %w", len(data), ErrModel)
}

// Tag reads sentences, each a list of words, and sets out[i] to what it says of
// sentences[i]; out must be as long. Slices in out are reused. A document's
// sentences in one call are much faster than one at a time; results do not depend
// on which sentences share a call.
func (m *Model) Tag(sentences [][]string, out []Sentence) {}
