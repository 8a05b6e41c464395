package read

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

var (
	//go:embed agencies.txt
	agenciesFile string
	//go:embed labels.txt
	labelsFile string
	//go:embed regions.txt
	regionsFile string
	//go:embed towns.txt
	townsFile string
	//go:embed debris.txt
	debrisFile string
	//go:embed outlets.txt
	outletsFile string
)

// agencies are names of news agencies by the ways they sign, in lower case.
var agencies = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, line := range entries(agenciesFile) {
		forms := strings.Split(line, "|")
		for _, form := range forms {
			names[strings.ToLower(strings.TrimSpace(form))] = strings.TrimSpace(forms[0])
		}
	}
	return names
})

// agency is the name of the agency that signs so.
func agency(form string) (name string, known bool) {
	name, known = agencies()[strings.ToLower(strings.TrimSpace(form))]
	return name, known
}

var (
	labels  = sync.OnceValue(func() map[string]bool { return set(labelsFile) })
	regions = sync.OnceValue(func() map[string]bool { return set(regionsFile) })
	towns   = sync.OnceValue(func() map[string]bool { return set(strings.ToUpper(townsFile)) }) // in capitals
)

var outlets = sync.OnceValue(func() map[string]bool { return set(outletsFile) })

// isOutlet reports whether words can be the name of an outlet.
func isOutlet(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if outlets()[word] {
			return true
		}
	}
	return false
}

var debris = sync.OnceValue(func() map[string]bool { return set(debrisFile) })

// maxDebris is how many bytes a line of debris has at most.
const maxDebris = 120

// isDebris reports whether a line of a page is one that pages set between the
// paragraphs of any article, or has no letter at all.
func isDebris(line string) bool {
	if len(line) > maxDebris {
		return false
	}
	if !strings.ContainsFunc(line, unicode.IsLetter) {
		return true
	}
	line = strings.ToLower(strings.ReplaceAll(line, "’", "'"))
	if debris()[line] || debris()[line+"…"] {
		return true
	}
	for i, r := range line { // every beginning that ends with a word
		if (r == ' ' || r == ':') && (debris()[line[:i]+"…"] || debris()[line[:i+1]+"…"]) {
			return true
		}
	}
	return false
}

func set(file string) map[string]bool {
	s := map[string]bool{}
	for _, line := range entries(file) {
		s[line] = true
	}
	return s
}

// entries are the lines of a list that are neither blank nor comments.
func entries(file string) []string {
	var out []string
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}
