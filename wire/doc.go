// Package wire is the one place where findings become JSON and CSV, and where
// byte offsets become code points. Everything that prints or serves data uses
// its types; nobody builds JSON of their own.
//
// Spans are pairs [start, end) of Unicode code points of a document's text.
// Lists are always there, empty when nothing was found; a missing value is
// unknown. [JSONSchema] says the same for machines.
package wire

import _ "embed"

// Schema names the shape of a [Document]. It changes when a reader of the old
// shape would misread the new one; further fields alone do not change it.
const Schema = "onrecord/1"

// JSONSchema describes a [Document] in JSON Schema 2020-12.
//
//go:embed schema.json
var JSONSchema []byte
