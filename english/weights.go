//go:build !nomodel

package english

import "embed"

// The model is a file of its own beside the code, under a licence of its own; see
// the folder.
//
//go:embed model
var files embed.FS

// weights is the embedded model; empty where the folder has none.
func weights() []byte {
	data, err := files.ReadFile("model/english.bin")
	if err != nil {
		return nil
	}
	return data
}
