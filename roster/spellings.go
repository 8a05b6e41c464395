package roster

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed data/spellings.tsv
var spellingsFile string

// spellings are equivalences of words in names.
type spellings struct {
	word  map[string]string   // a folded word to the head of its class
	short map[string][]string // a short form to the heads it may stand for: "bill" to "william"
	skip  map[string]bool     // ranks and titles before a name
	given map[string]bool     // heads that are given names many people share, in any place of a name
}

var loadSpellings = sync.OnceValue(func() *spellings {
	s, err := parseSpellings(spellingsFile)
	if err != nil {
		panic(err) // the file is embedded; a test parses it whole
	}
	return s
})

// parseSpellings reads rows of kind, head and variants. A word stands in one class only, but a
// short form may stand for several names.
func parseSpellings(file string) (*spellings, error) {
	s := &spellings{word: map[string]string{}, short: map[string][]string{}, skip: map[string]bool{}, given: map[string]bool{}}
	n := 0
	for line := range strings.Lines(file) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("roster/data/spellings.tsv: line %d: %d columns, want kind, head and variants", n, len(f))
		}
		head, variants := f[1], strings.Fields(f[2])
		switch f[0] {
		case "skip":
			for _, v := range append(variants, head) {
				s.skip[v] = true
			}
		case "short":
			for _, v := range variants {
				s.short[v] = append(s.short[v], head)
			}
		case "given", "word":
			head = spell(head)
			for _, v := range append(variants, f[1]) {
				if other, ok := s.word[v]; ok && other != head {
					return nil, fmt.Errorf("roster/data/spellings.tsv: line %d: %q stands under %q and %q", n, v, other, head)
				}
				if Fold(v) != v {
					return nil, fmt.Errorf("roster/data/spellings.tsv: line %d: %q is not folded", n, v)
				}
				s.word[v] = head
			}
			if f[0] == "given" {
				s.given[head] = true
			}
		default:
			return nil, fmt.Errorf("roster/data/spellings.tsv: line %d: no kind is called %q", n, f[0])
		}
	}
	return s, nil
}
