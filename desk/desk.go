// Package desk runs the stages over a revision in their order and links their
// findings: a revision in, an analysis out. It is pure: no ledger, no network, no
// clock. The same revision and the same data files give the same analysis, byte
// for byte.
package desk

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/said"
	"github.com/onrecord/onrecord/when"
	"github.com/onrecord/onrecord/where"
	"github.com/onrecord/onrecord/who"
)

// Desk holds the stages with their data loaded. It may be used by many
// goroutines at once.
type Desk struct {
	english  *english.Analyser
	said     *said.Finder
	who      *who.Resolver
	where    *where.Finder
	when     *when.Finder
	roster   Roster // nil for none
	versions onrecord.Versions
}

// Roster knows actors of the world: who is meant by the phrases that a text of a date
// uses for one of its entities, such as "the Iraqi prime minister". Version names its
// facts.
type Roster interface {
	KnownAs(phrases []string, kind onrecord.EntityKind, at onrecord.Date) (onrecord.ID, bool)
	Version() string
}

// New loads the stages' data and the embedded model. It fails only where embedded
// data is broken. In a binary built without the model, statements are found by
// the words alone; see [With].
func New() (*Desk, error) {
	a, err := english.New()
	if err != nil {
		return nil, fmt.Errorf("loading english: %w", err)
	}
	return With(a)
}

// With is [New] with another analyser, such as one of another model or of none.
func With(a *english.Analyser) (*Desk, error) {
	d := Desk{english: a}
	var err error
	if d.said, err = said.New(); err != nil {
		return nil, fmt.Errorf("loading said: %w", err)
	}
	if d.who, err = who.New(); err != nil {
		return nil, fmt.Errorf("loading who: %w", err)
	}
	if d.where, err = where.New(); err != nil {
		return nil, fmt.Errorf("loading where: %w", err)
	}
	if d.when, err = when.New(); err != nil {
		return nil, fmt.Errorf("loading when: %w", err)
	}
	rules := sha256.New()
	for _, data := range [][]string{english.Data(), quote.Data(), said.Data(), who.Data(), where.Data(), when.Data()} {
		for _, file := range data {
			_, _ = fmt.Fprintf(rules, "%d\n%s", len(file), file)
		}
	}
	d.versions = onrecord.Versions{
		"english": english.Version, "quote": quote.Version, "said": said.Version, "who": who.Version, "where": where.Version, "when": when.Version,
		"rules": onrecord.Hash(rules.Sum(nil)).String(),
	}
	d.versions["gazetteer"] = where.Gazetteer().String()
	if a.Trees() {
		d.versions["model"] = a.Model().String()
	}
	return &d, nil
}

// Knowing is the desk with a roster, by which entities that are surely known get the
// roster's ID.
func (d *Desk) Knowing(r Roster) *Desk {
	with := *d
	with.roster, with.versions = r, d.Versions()
	with.versions["roster"] = r.Version()
	return &with
}

// Placing is the desk with a further gazetteer, as [where.Build] makes it. The error
// wraps [onrecord.ErrInvalid].
func (d *Desk) Placing(file []byte) (*Desk, error) {
	with := *d
	var err error
	if with.where, err = d.where.With(file); err != nil {
		return nil, fmt.Errorf("loading places: %w", err)
	}
	with.versions = d.Versions()
	with.versions["gazetteer"] += "+" + onrecord.HashOf(file).String()
	return &with, nil
}

// Versions says what makes this desk's analyses: a version for each stage, and
// under "rules" the hash of their data files.
func (d *Desk) Versions() onrecord.Versions {
	return maps.Clone(d.versions)
}

// Analyse finds who said what in a revision. A revision whose language is known
// and is not English gets its sentences only. It fails only when ctx ends.
func (d *Desk) Analyse(ctx context.Context, rev *onrecord.Revision) (onrecord.Analysis, error) {
	a := onrecord.Analysis{MadeBy: d.Versions()}
	paragraphs := quote.Paragraphs(rev.Text)
	text := d.english.Analyse(rev.Text, paragraphs, rev.Zones)
	a.Problems = english.Cuts(&text)
	for _, s := range text.Sentences {
		a.Sentences = append(a.Sentences, s.Span)
	}
	if err := ctx.Err(); err != nil {
		return onrecord.Analysis{}, fmt.Errorf("analysing: %w", err)
	}
	if !rev.English() {
		return a, nil
	}
	quotations := quote.FindIn(rev.Text, paragraphs)
	words := english.Joined(&text)
	a.Statements = d.said.Find(said.Input{Revision: rev, Text: &words, Paragraphs: paragraphs, Quotations: quotations})
	if err := ctx.Err(); err != nil {
		return onrecord.Analysis{}, fmt.Errorf("analysing: %w", err)
	}
	a.Entities, a.Links = d.who.Resolve(&words, a.Statements)
	places := d.where.Find(where.Input{Revision: rev, Text: &words})
	times := d.when.Find(when.Input{Revision: rev, Text: &words, Statements: a.Statements, Zone: zone(rev, places.Places)})
	a.Places, a.Times = places.Places, times.Times
	link(&a, &words, &places, &times)
	if d.roster != nil {
		for i := range a.Entities {
			e := &a.Entities[i]
			if id, ok := d.roster.KnownAs(phrases(e, rev.Text), e.Kind, rev.Published); ok {
				e.KnownAs = id
			}
		}
	}
	return a, nil
}

// What of an entity's mentions is asked after: no long descriptions, not all of many.
const (
	mostPhrases   = 8
	longestPhrase = 80
)

// phrases are the words by which a text calls an entity that may tell who it is: its
// name, and descriptions with a capital letter in them.
func phrases(e *onrecord.Entity, text string) []string {
	var out []string
	for _, m := range e.Mentions {
		if len(out) == mostPhrases {
			break
		}
		words := m.Span.In(text)
		if m.Form == onrecord.NameMention && e.Name != "" {
			words = e.Name
		}
		if m.Form == onrecord.PronounMention || len(words) > longestPhrase || slices.Contains(out, words) ||
			strings.IndexFunc(words[min(1, len(words)):], unicode.IsUpper) < 0 && m.Form != onrecord.NameMention {
			continue
		}
		out = append(out, words)
	}
	return out
}
