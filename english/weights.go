//go:build !nomodel

package english

import (
	"embed"

	"github.com/onrecord/onrecord/english/lists"
	"github.com/onrecord/onrecord/english/segment"
)

// The model is a file of its own beside the code, under a licence of its own; see
// the folder.
//
//go:embed model
var files embed.FS

// Notices says what models are built in, what they were made from and under which
// licence they stand.
func Notices() string {
	text := segment.Card + "\n" + lists.Licence
	for _, name := range []string{"model/MODEL.md", "model/LICENSE.txt"} {
		if data, err := files.ReadFile(name); err == nil {
			text = string(data) + "\n" + text
		}
	}
	return text
}

// weights is the embedded model; empty where the folder has none.
func weights() []byte {
	data, err := files.ReadFile("model/english.bin")
	if err != nil {
		return nil
	}
	return data
}
