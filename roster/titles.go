package roster

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed data/titles.tsv
var titlesFile string

// titleWords are what offices are called.
type titleWords struct {
	called map[string]string // a folded title to its normal form
	field  map[string]string // a ministry's field to its normal form, as the United States spell it
	role   map[string]bool   // words for somebody or a part of an actor: "spokesman", "ministry"
}

var loadTitles = sync.OnceValue(func() *titleWords {
	t, err := parseTitles(titlesFile)
	if err != nil {
		panic(err) // the file is embedded; a test parses it whole
	}
	return t
})

func parseTitles(file string) (*titleWords, error) {
	t := &titleWords{called: map[string]string{}, field: map[string]string{}, role: map[string]bool{}}
	n := 0
	for line := range strings.Lines(file) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("roster/data/titles.tsv: line %d: %d columns, want kind, normal form and variants", n, len(f))
		}
		into := map[string]map[string]string{"title": t.called, "field": t.field}[f[0]]
		switch {
		case f[0] == "role":
			for _, w := range list(f[2]) {
				t.role[w] = true
			}
		case into == nil:
			return nil, fmt.Errorf("roster/data/titles.tsv: line %d: no kind is called %q", n, f[0])
		default:
			for _, w := range append(list(f[2]), f[1]) {
				if other, ok := into[w]; ok && other != f[1] {
					return nil, fmt.Errorf("roster/data/titles.tsv: line %d: %q is %q and %q", n, w, other, f[1])
				}
				into[w] = f[1]
			}
		}
	}
	return t, nil
}

// normalTitle is a title in its normal form: "Premier" and "PM" are "prime minister", "Home Secretary" and
// "Minister of Internal Affairs" are "interior minister". An unknown title is folded.
func normalTitle(title string) string {
	title, _ = knownTitle(title)
	return title
}

// knownTitle also reports whether the title is one that is known to be a title of office.
func knownTitle(title string) (string, bool) {
	t := loadTitles()
	k := key(title)
	for _, p := range []string{"acting ", "interim ", "caretaker ", "transitional ", "then ", "current ", "incumbent ", "new ", "outgoing "} {
		k = strings.TrimPrefix(k, p)
	}
	if normal, ok := t.called[k]; ok {
		return normal, true
	}
	for _, p := range []string{"deputy ", "vice ", "junior "} {
		if rest, ok := strings.CutPrefix(k, p); ok {
			normal, known := knownTitle(rest)
			return p + normal, known
		}
	}
	for _, s := range []string{" minister", " secretary"} {
		if field, ok := strings.CutSuffix(k, s); ok {
			normal, known := t.fields(field)
			return normal + " minister", known
		}
	}
	for _, p := range []string{"minister of the ", "minister of ", "minister for ", "secretary of the ", "secretary of state for ", "secretary of ", "secretary for "} {
		if field, ok := strings.CutPrefix(k, p); ok {
			normal, known := t.fields(strings.TrimPrefix(field, "the "))
			return normal + " minister", known
		}
	}
	return k, false
}

// fields is what a minister is for, of which there may be several: "foreign and trade".
func (t *titleWords) fields(words string) (string, bool) {
	if normal, ok := t.field[words]; ok {
		return normal, true
	}
	first, _, several := strings.Cut(words, " and ")
	if normal, ok := t.field[first]; ok && several {
		return normal, true
	}
	return words, false
}
