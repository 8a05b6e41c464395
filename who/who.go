// Package who finds who is mentioned in a text and which mentions are one entity:
// the people, groups and organisations that statements are attributed to.
//
// Where words hang in trees, mentions are noun phrases, names and pronouns. Rules
// join those that are surely one: a name and its parts, an acronym, an apposition, a
// title and who holds it, a relative pronoun, the "I" of somebody's words. For the
// other pronouns and noun phrases a small learned ranker chooses the mention they go
// back to, or none. See README.md.
//
// Without trees it goes by capital letters, titles and order. A shorter name belongs
// to the longer one it is part of; a role without a name belongs to the name that
// carries the role; a pronoun belongs to the last speaker it fits; "I" inside a
// quotation is whoever is quoted and links to nobody outside one.
package who

import (
	"bufio"
	_ "embed"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
)

// Version names what this package finds; stored with every finding.
const Version = "who.v4"

//go:embed titles.txt
var titleData string

// Data is the package's word lists, for a hash over all rules.
func Data() []string { return []string{titleData, pronounData, nounData, givenData, string(modelData)} }

// kind is a set of the classes of titles.txt.
type kind uint16

const (
	title kind = 1 << iota
	honorific
	man
	woman
	insideName
	organization
	common
	himName
	hersName
	nobody
	unfit
	preposition
	day
	weather
)

var kinds = map[string]kind{
	"title": title, "honorific": honorific, "man": man, "woman": woman,
	"inside": insideName, "organization": organization, "common": common, "him": himName, "hers": hersName, "nobody": nobody, "unfit": unfit, "preposition": preposition, "day": day, "weather": weather,
}

// Resolver finds entities. It may be used by many goroutines at once.
type Resolver struct {
	words map[string]kind
	lists *lists
	model *model
}

// New loads the word lists.
func New() (*Resolver, error) {
	r := &Resolver{words: map[string]kind{}}
	lines := bufio.NewScanner(strings.NewReader(titleData))
	for n := 1; lines.Scan(); n++ {
		f := strings.Fields(lines.Text())
		if len(f) == 0 || f[0][0] == '#' {
			continue
		}
		k, ok := kinds[f[0]]
		if !ok {
			return nil, fmt.Errorf("titles line %d: kind %q: %w", n, f[0], onrecord.ErrInvalid)
		}
		for _, w := range f[1:] {
			r.words[strings.ReplaceAll(w, "+", " ")] |= k
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("loading the titles: %w", err)
	}
	var err error
	if r.lists, err = loadLists(); err != nil {
		return nil, err
	}
	r.model, err = loadModel(modelData)
	return r, err
}

// Resolve returns the entities of a text that its statements are attributed or
// addressed to, in text order with local IDs from E1, and the links from the
// statements to them.
func (r *Resolver) Resolve(text *onrecord.Text, statements []onrecord.Statement) ([]onrecord.Entity, []onrecord.Link) {
	if trees(text) {
		return r.entities(text, statements)
	}
	d := &resolution{resolver: r, text: text, statements: statements, byLast: map[string][]int{}, byNominal: map[string]int{}, byRole: map[string][]int{}, byID: map[onrecord.ID]int{}}
	d.names = r.names(text)
	d.cluster()
	d.speakers()
	return d.finish()
}

// trees tells whether the text's words hang on each other.
func trees(text *onrecord.Text) bool {
	return len(text.Tokens) > 0 && text.Tokens[0].UPOS != "" && text.Tokens[0].Head >= 0
}
