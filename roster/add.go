package roster

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// columns are the names that a file of additions may have in its first line.
var columns = []string{"id", "kind", "name", "aliases", "office", "of", "since", "until", "as of", "country", "source", "note"}

// Add takes further actors and offices from a CSV with the columns kind, name, aliases, office, of, since,
// until, country, source in its first line, in any order; only kind and name are needed, "id", "as of" and
// "note" may stand beside them. Lines that begin with # are passed over.
//
//	kind,name,aliases,office,of,since,until,country,source
//	person,Jane Doe,J. Doe;Janie Doe,interior minister,Iraq,2024-03-01,,IQ,gazette of 2024-03-02
//	metonym,Downing Street,,,gov/gb,,,,common knowledge
//
// A person has a line for each office. The kind is one of the record's (person, organization, group, government,
// place, work, other), "metonym" for a word that stands for the government or organisation in "of", or "demonym"
// for a people of the country in "of". "of" is an ID, a name or a country's demonym, known or of an earlier line.
// Aliases stand between semicolons.
//
// Nothing is added when a line is wrong. The error wraps onrecord.ErrInvalid and names line and column.
func (b *Base) Add(r io.Reader) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	data, err := io.ReadAll(io.LimitReader(r, maxAdded+1))
	if err != nil {
		return fmt.Errorf("reading actors: %w", err)
	}
	if len(data) > maxAdded {
		return fmt.Errorf("reading actors: more than %d bytes: %w", maxAdded, onrecord.ErrTooLarge)
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	// A first try on a copy, so that a wrong line leaves the base as it was.
	if err := b.copy().add(strings.NewReader(text), ','); err != nil {
		return fmt.Errorf("reading actors: %w", err)
	}
	b.note(text)
	return b.add(strings.NewReader(text), ',')
}

const maxAdded = 64 << 20

// add reads rows with a first line of column names.
func (b *Base) add(r io.Reader, comma rune) error {
	c := csv.NewReader(r)
	c.Comma, c.Comment, c.FieldsPerRecord, c.ReuseRecord = comma, '#', -1, true
	c.LazyQuotes = comma == '\t'
	head, err := c.Read()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("nothing in it; the first line names the columns, as in kind,name,aliases,office,of,since,until,country,source: %w", onrecord.ErrInvalid)
	}
	if err != nil {
		return readable(err)
	}
	at := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(name), "_", " "))
		if !slices.Contains(columns, name) {
			line, _ := c.FieldPos(i)
			return fmt.Errorf("line %d: no column is called %q; there are %s: %w", line, name, strings.Join(columns, ", "), onrecord.ErrInvalid)
		}
		if _, twice := at[name]; twice {
			line, _ := c.FieldPos(i)
			return fmt.Errorf("line %d: the column %q stands twice: %w", line, name, onrecord.ErrInvalid)
		}
		at[name] = i
	}
	for _, need := range []string{"kind", "name"} {
		if _, ok := at[need]; !ok {
			return fmt.Errorf("the first line names no column %q: %w", need, onrecord.ErrInvalid)
		}
	}
	width := len(head)
	for {
		f, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return readable(err)
		}
		line, _ := c.FieldPos(0)
		if len(f) > width {
			return fmt.Errorf("line %d: %d fields, but the first line names %d columns; a comma inside a field wants quotation marks around it: %w", line, len(f), width, onrecord.ErrInvalid)
		}
		get := func(column string) string {
			if i, ok := at[column]; ok && i < len(f) {
				return strings.Clone(strings.TrimSpace(f[i]))
			}
			return ""
		}
		if column, err := b.row(get); err != nil {
			return fmt.Errorf("line %d, column %q: %w", line, column, err)
		}
	}
}

// readable is what the CSV reader found wrong, with the line.
func readable(err error) error {
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("line %d, character %d: %w: %w", p.Line, p.Column, p.Err, onrecord.ErrInvalid)
	}
	return err
}

// row takes one line and says which column is wrong.
func (b *Base) row(get func(string) string) (column string, err error) {
	kind, name := strings.ToLower(get("kind")), get("name")
	if Fold(name) == "" {
		return "name", fmt.Errorf("%q is no name: %w", name, onrecord.ErrInvalid)
	}
	var dates [3]onrecord.Date
	for i, column := range [...]string{"since", "until", "as of"} {
		if dates[i], err = onrecord.ParseDate(get(column)); err != nil {
			return column, fmt.Errorf("%w: %w", err, onrecord.ErrInvalid)
		}
	}
	since, until, asOf := dates[0], dates[1], dates[2]
	if !since.IsZero() && !until.IsZero() && !until.End().After(since.Start()) {
		return "until", fmt.Errorf("%s is before %s: %w", until, since, onrecord.ErrInvalid)
	}
	var of []onrecord.ID
	if words := get("of"); words != "" {
		if of = b.body(words); len(of) == 0 {
			return "of", fmt.Errorf("no government or organisation is called %q; give its ID, such as gov/iq, or a line of its own before this one: %w", words, onrecord.ErrInvalid)
		}
		if len(of) > 1 && kind != "demonym" {
			return "of", fmt.Errorf("%q may be %s or %s; give the ID: %w", words, of[0], of[1], onrecord.ErrInvalid)
		}
	}
	switch kind {
	case "metonym", "demonym":
		if len(of) == 0 {
			return "of", fmt.Errorf("%q stands for nobody; give the ID or name of a government or organisation: %w", name, onrecord.ErrInvalid)
		}
		for _, id := range of {
			if kind == "demonym" {
				b.demonym(name, id)
				continue
			}
			b.metonym(b.byID[id], name, metonymBase, since, until)
			for _, alias := range list(get("aliases")) {
				b.metonym(b.byID[id], alias, metonymBase, since, until)
			}
		}
		return "", nil
	case "organisation":
		kind = "organization"
	}
	country := strings.ToUpper(get("country"))
	if country != "" && (len(country) != 2 || country[0] < 'A' || country[0] > 'Z' || country[1] < 'A' || country[1] > 'Z') {
		return "country", fmt.Errorf("%q: want two letters of ISO 3166-1, such as IQ: %w", country, onrecord.ErrInvalid)
	}
	a := Actor{ID: onrecord.ID(get("id")), Kind: onrecord.EntityKind(kind), Name: name, Country: country, Aliases: list(get("aliases")), Note: get("note"), Source: get("source")}
	if a.ID == "" {
		a.ID = b.mint(a)
	}
	if known, ok := b.byID[a.ID]; ok && b.actors[known].Kind != a.Kind {
		return "kind", fmt.Errorf("%s is a %s: %w", a.ID, b.actors[known].Kind, onrecord.ErrInvalid)
	}
	if a.Kind == onrecord.Person {
		a.Short = lastName(name)
	}
	i, err := b.enter(a)
	if err != nil {
		return "kind", err
	}
	if get("office") == "" {
		return "", nil
	}
	if len(of) == 0 {
		return "of", fmt.Errorf("the office %q is of nobody; give the ID or name of a government or organisation: %w", get("office"), onrecord.ErrInvalid)
	}
	o := Office{Of: of[0], Since: since, Until: until, AsOf: asOf, Source: get("source")}
	for _, title := range list(get("office")) {
		o.Titles = append(o.Titles, normalTitle(title))
	}
	b.tenure(i, o)
	return "", nil
}

// mint makes an ID of kind and name; parties and ministries of two countries may have one name.
func (b *Base) mint(a Actor) onrecord.ID {
	slug := strings.ReplaceAll(Fold(a.Name), " ", "-")
	switch a.Kind {
	case onrecord.Person:
		return onrecord.ID("person/" + slug)
	case onrecord.Organization, onrecord.Group:
		prefix := map[onrecord.EntityKind]string{onrecord.Organization: "org/", onrecord.Group: "group/"}[a.Kind]
		if a.Country != "" && a.Kind == onrecord.Organization {
			slug = strings.ToLower(a.Country) + "-" + slug
		}
		return onrecord.ID(prefix + slug)
	case onrecord.Government:
		if a.Country != "" {
			return onrecord.ID("gov/" + strings.ToLower(a.Country) + "/" + slug)
		}
		return onrecord.ID("gov/" + slug)
	default:
		return onrecord.ID(string(a.Kind) + "/" + slug)
	}
}

// lastName is the last word of a name with the article before it; empty for a name of one word.
func lastName(name string) string {
	words := strings.Fields(name)
	for len(words) > 2 && suffixes[Fold(words[len(words)-1])] != "" {
		words = words[:len(words)-1]
	}
	if len(words) < 2 {
		return ""
	}
	n := len(words) - 1
	for n > 1 && articles[Fold(words[n-1])] {
		n--
	}
	return strings.Join(words[n:], " ")
}

// copy is a base to try additions on: what add changes is copied, the rest shared.
func (b *Base) copy() *Base {
	c := empty()
	c.actors = make([]Actor, len(b.actors))
	for i, a := range b.actors {
		c.actors[i] = a.clone()
	}
	maps.Copy(c.byID, b.byID)
	for k, v := range b.names {
		c.names[k] = slices.Clip(v)
	}
	maps.Copy(c.initials, b.initials)
	for k, v := range b.demonyms {
		c.demonyms[k] = slices.Clip(v)
	}
	return c
}
