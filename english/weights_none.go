//go:build nomodel

package english

import "github.com/onrecord/onrecord/english/segment"

// Notices says what models are built in, what they were made from and under which
// licence they stand.
func Notices() string { return segment.Card }

func weights() []byte { return nil }
