// Package licences holds the licence of everything that is linked into the
// onrecord command: the project's own, the Go standard library's, and each
// module's, with all notices its files ask to be passed on.
package licences

import (
	_ "embed"
	"strings"
)

//go:generate go run ./generate

// Text is everything as it is meant to be read: what this is, then each
// component with its licence files.
//
//go:embed licences.txt
var Text string

// Component is something with a licence of its own.
type Component struct {
	Module  string // its path, or "the Go standard library"
	Version string // empty for the project itself
	Licence string // SPDX expression, such as "MIT" or "BSD-3-Clause AND MIT"
	Text    string // the licence files whole, one after another
}

// Rule is the line that stands above and below a component's name in the file.
const Rule = "================================================================================"

// List is the components in the file's order: the project, the standard library,
// then modules by path.
func List() []Component {
	parts := strings.Split(Text, Rule+"\n")
	var out []Component
	for i := 1; i+1 < len(parts); i += 2 {
		name, licence, _ := strings.Cut(strings.TrimSuffix(parts[i], "\n"), "\n")
		module, version, _ := strings.Cut(name, ", ")
		out = append(out, Component{module, version, licence, parts[i+1]})
	}
	return out
}
