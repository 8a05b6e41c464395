package licences

import (
	"os"
	"strings"
	"testing"
)

// TestList parses the whole file: everything listed has a licence and its words.
func TestList(t *testing.T) {
	list := List()
	if len(list) < 3 || list[0].Module != "github.com/onrecord/onrecord" || list[0].Licence != "Apache-2.0" || list[1].Module != "the Go standard library" {
		t.Fatalf("the list begins with %v", list[:min(2, len(list))])
	}
	if n := strings.Count(Text, Rule+"\n"); n != 2*len(list) {
		t.Errorf("%d rules around %d components", n, len(list))
	}
	for i, c := range list {
		if c.Licence == "" || len(c.Text) < 200 {
			t.Errorf("%s: licence %q with a text of %d bytes", c.Module, c.Licence, len(c.Text))
		}
		if i > 2 && list[i-1].Module >= c.Module {
			t.Errorf("%s stands after %s", c.Module, list[i-1].Module)
		}
	}
}

// TestVersions holds the listed versions to go.mod, so that an upgraded module
// asks for its licence to be read again.
func TestVersions(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	required := map[string]string{}
	for line := range strings.Lines(string(mod)) {
		if f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require ")); len(f) >= 2 {
			required[f[0]] = f[1]
		}
	}
	for _, c := range List()[2:] {
		if required[c.Module] != c.Version {
			t.Errorf("%s: the text is of %s, go.mod requires %q; run go generate ./licences", c.Module, c.Version, required[c.Module])
		}
	}
}
