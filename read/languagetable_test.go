package read

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// The table is read whole: its head tells what it is, each language is BCP 47, and in every row
// the last letter is most probable somewhere.
func TestLanguageTable(t *testing.T) {
	if len(languagesTable) > 1<<20 {
		t.Errorf("%d bytes, want at most 1 MiB", len(languagesTable))
	}
	z, err := gzip.NewReader(bytes.NewReader(languagesTable))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(b), tableVersion)
	for _, want := range []string{"# What:", "# Source:", "# Licence:", "# Regenerate:", "# Form:"} {
		if !strings.Contains(head, want) {
			t.Errorf("the head lacks %q", want)
		}
	}
	seen := map[string]bool{}
	for i := range gramTables() {
		table := &gramTables()[i]
		if table.script == nil || len(table.languages) < 2 || len(table.languages) > maxLanguages {
			t.Fatalf("table %d of %v", i, table.languages)
		}
		for _, name := range table.languages {
			if _, err := language.Parse(name); err != nil || seen[name] {
				t.Errorf("%s: %v, or twice", name, err)
			}
			seen[name] = true
		}
		for at := 0; at < len(table.values); at += len(table.languages) {
			row := table.values[at : at+len(table.languages)]
			if bytes.IndexByte(row, 0) < 0 || bytes.ContainsFunc(row, func(r rune) bool { return r > 15 }) {
				t.Fatalf("%v: row %d is %d", table.languages, at/len(row), row)
			}
		}
		taken := 0
		for _, s := range table.slots {
			if s.key != 0 {
				taken++
			}
		}
		if taken*len(table.languages) != len(table.values) {
			t.Errorf("%v: %d n-grams for %d values", table.languages, taken, len(table.values))
		}
	}
	for _, line := range entries(languagesFile) {
		if name, _, _ := strings.Cut(line, ":"); !seen[name] {
			t.Errorf("languages.txt has %s, which the table does not know", name)
		}
	}
	for name := range seen {
		if !strings.Contains("\n"+languagesFile, "\n"+name+": ") {
			t.Errorf("languages.txt lacks %s", name)
		}
	}
	for _, s := range scripts {
		if s.language != "" {
			continue
		}
		found := false
		for _, table := range gramTables() {
			found = found || table.script == s.table
		}
		if !found {
			t.Error("a script that languages share has no table")
		}
	}
}
