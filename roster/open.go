package roster

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed data/actors.tsv
var actorsFile string

//go:embed data/offices.tsv
var officesFile string

//go:embed data/demonyms.tsv
var demonymsFile string

//go:embed data/byhand.tsv
var byhandFile string

// Licence says where the facts come from and on what terms.
//
//go:embed data/LICENSE.txt
var Licence string

// Open is the knowledge base that is built in.
func Open() (*Base, error) {
	b := empty()
	for _, f := range [...]struct {
		name, file string
		columns    int
		add        func([]string) error
	}{
		{"actors.tsv", actorsFile, 8, b.actorRow},
		{"demonyms.tsv", demonymsFile, 4, b.demonymRow},
		{"offices.tsv", officesFile, 7, b.officeRow},
	} {
		if err := table(f.file, f.columns, f.add); err != nil {
			return nil, fmt.Errorf("roster/data/%s: %w", f.name, err)
		}
	}
	if err := b.add(strings.NewReader(byhandFile), '\t'); err != nil {
		return nil, fmt.Errorf("roster/data/byhand.tsv: %w", err)
	}
	for _, table := range []string{actorsFile, demonymsFile, officesFile, byhandFile} {
		b.note(table)
	}
	return b, nil
}

func empty() *Base {
	return &Base{
		byID: map[onrecord.ID]int{}, names: make(map[string][]entry, 1<<13),
		held: map[onrecord.ID][]int{}, demonyms: map[string][]onrecord.ID{}, initials: map[string]bool{}, ministries: map[string][]int{},
	}
}

// table calls add with the columns of each row of a file after comments and the line of names.
func table(file string, columns int, add func([]string) error) error {
	n, named := 0, false
	for line := range strings.Lines(file) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if !named {
			named = true
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != columns {
			return fmt.Errorf("line %d: %d columns, want %d", n, len(f), columns)
		}
		if err := add(f); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

// actorRow takes id, kind, name, short, country, aliases, note, source. A metonym has whom it stands for as note,
// and "doubtful" as short where it is more often something else.
func (b *Base) actorRow(f []string) error {
	if f[1] == "metonym" {
		i, ok := b.byID[onrecord.ID(f[6])]
		if !ok {
			return fmt.Errorf("%q stands for %q: %w", f[2], f[6], onrecord.ErrNotFound)
		}
		base := metonymBase
		if f[3] == "doubtful" {
			base = 0.3 // "Victoria" is seldom the Seychelles
		}
		b.metonym(i, f[2], base, onrecord.Date{}, onrecord.Date{})
		return nil
	}
	_, err := b.enter(Actor{ID: onrecord.ID(f[0]), Kind: onrecord.EntityKind(f[1]), Name: f[2], Short: f[3], Country: f[4], Aliases: list(f[5]), Note: f[6], Source: f[7]})
	return err
}

// list is the parts between semicolons.
func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func (b *Base) demonymRow(f []string) error {
	id := onrecord.ID("gov/" + strings.ToLower(f[2]))
	if _, ok := b.byID[id]; !ok {
		return fmt.Errorf("country %q: %w", f[2], onrecord.ErrNotFound)
	}
	b.demonym(f[0], id)
	return nil
}

func (b *Base) demonym(word string, id onrecord.ID) {
	k := key(word)
	if acronym(word) {
		b.initials[k] = true
	}
	if !slices.Contains(b.demonyms[k], id) {
		b.demonyms[k] = append(b.demonyms[k], id)
	}
}

// officeRow takes person, titles, of, since, until, as of, source.
func (b *Base) officeRow(f []string) error {
	i, ok := b.byID[onrecord.ID(f[0])]
	if !ok {
		return fmt.Errorf("person %q: %w", f[0], onrecord.ErrNotFound)
	}
	if _, ok := b.byID[onrecord.ID(f[2])]; !ok {
		return fmt.Errorf("office of %q: %w", f[2], onrecord.ErrNotFound)
	}
	o := Office{Titles: list(f[1]), Of: onrecord.ID(f[2]), Source: f[6]}
	for j, d := range [...]*onrecord.Date{&o.Since, &o.Until, &o.AsOf} {
		var err error
		if *d, err = onrecord.ParseDate(f[3+j]); err != nil {
			return err
		}
	}
	b.tenure(i, o)
	return nil
}

// ministry is the note of ministries that are called alike in many countries.
const ministry = "ministry"

// genericName is how sure a name is that any country may have: "Ministry of Interior" alone.
const genericName = 0.2

// enter adds an actor, or what is new about one that is known by its ID, and says its place.
func (b *Base) enter(a Actor) (int, error) {
	switch a.Kind {
	case onrecord.Person, onrecord.Organization, onrecord.Group, onrecord.Government, onrecord.PlaceEntity, onrecord.Work, onrecord.OtherEntity:
	default:
		return 0, fmt.Errorf("kind %q: want person, organization, group, government, place, work or other: %w", a.Kind, onrecord.ErrInvalid)
	}
	if Fold(a.Name) == "" {
		return 0, fmt.Errorf("a %s without a name: %w", a.Kind, onrecord.ErrInvalid)
	}
	b.near = nil
	i, known := b.byID[a.ID]
	if !known {
		i = len(b.actors)
		b.byID[a.ID] = i
		aliases := a.Aliases
		a.Aliases = nil
		b.actors = append(b.actors, a)
		if a.Note == ministry {
			b.ministries[a.Country] = append(b.ministries[a.Country], i)
		}
		base := 1.0
		if a.Note == ministry {
			base = genericName
		}
		b.index(i, a.Name, ByName, base)
		if a.Kind == onrecord.Person && a.Short != "" {
			b.index(i, a.Short, ByShortName, 0.5)
		}
		a.Aliases = aliases
	}
	if known {
		b.alias(i, a.Name)
	}
	for _, alias := range a.Aliases {
		b.alias(i, alias)
	}
	return i, nil
}

// alias gives an actor another name.
func (b *Base) alias(i int, name string) {
	a := &b.actors[i]
	if Fold(name) == "" || name == a.Name || slices.Contains(a.Aliases, name) {
		return
	}
	a.Aliases = append(a.Aliases, name)
	switch {
	case acronym(name):
		b.index(i, name, ByAcronym, 0.9)
	case a.Kind == onrecord.Person && !strings.ContainsAny(name, " -"):
		b.index(i, name, ByShortName, 0.5)
	default:
		b.index(i, name, ByAlias, 0.95)
	}
}

// acronym reports whether a name is of capitals alone, as "NATO", "U.N.", "G-7".
func acronym(name string) bool {
	n := 0
	for _, r := range name {
		switch {
		case r >= 'A' && r <= 'Z':
			n++
		case r >= '0' && r <= '9', r == '.', r == '-', r == '&', r == '/':
		default:
			return false
		}
	}
	return n > 0 && n <= 8
}

func (b *Base) index(i int, name, why string, base float64) {
	e := entry{actor: i, why: why, as: name, base: base}
	k := key(name)
	if slices.ContainsFunc(b.names[k], func(o entry) bool { return o.actor == i && o.why == why }) {
		return
	}
	b.names[k] = append(b.names[k], e)
}

// metonymBase is how sure a metonym is: Baghdad may be the town.
const metonymBase = 0.8

func (b *Base) metonym(i int, word string, base float64, since, until onrecord.Date) {
	k := key(word)
	b.names[k] = append(b.names[k], entry{actor: i, why: ByMetonym, as: word, base: base, since: since, until: until})
}

// tenure keeps an office with its holder; one known already is not kept twice.
func (b *Base) tenure(i int, o Office) {
	a := &b.actors[i]
	for _, known := range a.Offices {
		if known.Of == o.Of && known.Since == o.Since && slices.Equal(known.Titles, o.Titles) {
			return
		}
	}
	a.Offices = append(a.Offices, o)
	slices.SortStableFunc(a.Offices, func(x, y Office) int { return x.Since.Time.Compare(y.Since.Time) })
	b.held[o.Of] = append(b.held[o.Of], len(b.offices))
	b.offices = append(b.offices, tenure{o, i})
}

// Actors is the identifiers of all that is known, sorted.
func (b *Base) Actors() []onrecord.ID {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return slices.Sorted(maps.Keys(b.byID))
}
