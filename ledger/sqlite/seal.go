package sqlite

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// seal is a short hash of a row's values, by which Verify tells whether they are
// what was written. It guards against damage, not against malice.
func seal(values ...any) []byte {
	plain, err := json.Marshal(values)
	if err != nil {
		panic(fmt.Errorf("seal takes numbers and words: %w", err))
	}
	sum := sha256.Sum256(plain)
	return sum[:8]
}

// unsealed says that a row is not what its seal was made of; empty where it is.
func unsealed(kept, want []byte) string {
	if bytes.Equal(kept, want) {
		return ""
	}
	return "it is not what was written"
}

// undoneUnsealed says the same of the row that says a decision was undone; there
// is none where kept is nil.
func undoneUnsealed(kept, want []byte) string {
	if kept == nil || bytes.Equal(kept, want) {
		return ""
	}
	return "that it was undone is not what was written"
}
