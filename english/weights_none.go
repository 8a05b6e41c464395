//go:build nomodel

package english

import (
	"github.com/onrecord/onrecord/english/lists"
	"github.com/onrecord/onrecord/english/segment"
)

// Notices says what models are built in, what they were made from and under which
// licence they stand.
func Notices() string { return segment.Card + "\n" + lists.Licence }

func weights() []byte { return nil }
