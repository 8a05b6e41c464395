package licences

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDataHasItsHeader looks at every word list and table that is embedded
// into a package: its first lines say what it is, where it comes from,
// its licence, and how it is made again.
func TestDataHasItsHeader(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-e", "-f", `{{range .EmbedFiles}}{{$.Dir}}/{{.}}{{"\n"}}{{end}}`, "../...").Output()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for path := range strings.FieldsSeq(string(out)) {
		switch filepath.Ext(path) {
		case ".txt", ".tsv", ".csv", ".gz":
		default:
			// Templates, styles, scripts, schemas and migrations are the project's
			// own code and under its licence.
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(path) == ".gz" {
			z, err := gzip.NewReader(bytes.NewReader(content))
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if content, err = io.ReadAll(z); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
		}
		head := strings.ToLower(string(header(content)))
		for _, word := range []string{"source:", "licence:", "regenerate"} {
			if !strings.Contains(head, word) {
				t.Errorf("%s: its header lacks %q", filepath.Join(filepath.Base(filepath.Dir(path)), filepath.Base(path)), word)
			}
		}
		checked++
	}
	if checked == 0 {
		t.Error("no embedded data found")
	}
}

// header is the first forty lines of a file.
func header(content []byte) []byte {
	lines := bytes.SplitAfterN(content, []byte("\n"), 41)
	return bytes.Join(lines[:min(40, len(lines))], nil)
}
