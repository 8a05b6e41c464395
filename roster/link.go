package roster

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// From how sure names are joined without asking, and from how sure they wait for a
// person. Both are set by hand: a wrong join puts words into somebody's mouth, a
// doubt costs a reader a glance.
const (
	sureJoin   = 0.9
	worthDoubt = 0.3
	// knownBy is from how sure a name is that of an actor of the base.
	knownBy = 0.8
	// mostInBlock is how many names that sound alike are compared, and mostOf how
	// many longer names a short one may belong to and still be worth a doubt.
	mostInBlock, mostOf = 400, 2
)

// Linked counts what Link decided.
type Linked struct {
	Names    int // looked at for the first time
	Joined   int
	Doubtful int
}

// Link compares the names that the ledger met since last time with all others, and
// ties those that mean one speaker: spellings of one name, and names that the base
// knows one actor by. Where it is not sure the pair waits as doubtful. Decisions
// of people stand over its own, and every tie can be undone. The same ledger and
// base always give the same ties.
func Link(ctx context.Context, store ledger.Namer, base *Base) (Linked, error) {
	var out Linked
	last, err := store.Considered(ctx)
	if err != nil {
		return out, err
	}
	l := &linker{base: base, blocks: map[string][]int{}, last: last}
	for n, err := range store.Names(ctx) {
		if err != nil {
			return out, fmt.Errorf("link names: %w", err)
		}
		l.add(n)
	}
	newest := last
	for _, n := range l.names {
		if n.Seq > last {
			out.Names++
			newest = max(newest, n.Seq)
		}
	}
	if newest == last {
		return out, nil
	}
	ties := l.ties()
	if _, err := store.Tie(ctx, ties...); err != nil {
		return out, fmt.Errorf("link names: %w", err)
	}
	for _, t := range ties {
		if t.Verdict == ledger.Joined {
			out.Joined++
		} else {
			out.Doubtful++
		}
	}
	return out, store.Consider(ctx, newest)
}

// linker compares names.
type linker struct {
	base   *Base
	last   int64 // names up to this one were compared before
	names  []candidate
	blocks map[string][]int // names that may be one, by what they share
}

// candidate is a name with what it is compared by.
type candidate struct {
	ledger.Name
	words  personName
	actor  onrecord.ID // whom the base knows by it; empty where it is not sure
	why    string
	person bool
}

func (l *linker) add(n ledger.Name) {
	c := candidate{Name: n, words: takeApart(n.Name), person: n.Kind == onrecord.Person || n.Kind == "" || n.Kind == onrecord.OtherEntity}
	if known := l.base.Named(n.Name, onrecord.Date{}); len(known) > 0 && known[0].Confidence >= knownBy && fits(known[0].Kind, n.Kind) {
		c.actor, c.why = known[0].ID, known[0].Why
	}
	i := len(l.names)
	l.names = append(l.names, c)
	if c.actor != "" {
		l.block("actor "+string(c.actor), i)
	}
	if c.person {
		for _, s := range skeletons(c.words) {
			l.block(s, i)
		}
	}
}

func (l *linker) block(key string, i int) { l.blocks[key] = append(l.blocks[key], i) }

// fits reports whether something that texts take for a kind can be an actor of
// another.
func fits(actor, name onrecord.EntityKind) bool {
	return name == "" || name == onrecord.OtherEntity || (actor == onrecord.Person) == (name == onrecord.Person)
}

// ties are the decisions about pairs with a new name, in the order of their keys.
func (l *linker) ties() []ledger.Tie {
	decided := map[[2]int]bool{}
	var out []ledger.Tie
	keys := make([]string, 0, len(l.blocks))
	for k := range l.blocks {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	longer := map[int]int{} // of a short name: how many longer ones it may belong to
	for _, k := range keys {
		block := l.blocks[k]
		if len(block) > mostInBlock {
			continue // "John": too many to mean anything; last names bring pairs together
		}
		for x, i := range block {
			for _, j := range block[x+1:] {
				pair := [2]int{i, j}
				if decided[pair] || l.names[i].Seq <= l.last && l.names[j].Seq <= l.last {
					continue
				}
				decided[pair] = true
				if t, ok := l.compare(i, j); ok {
					if t.Rule == shortRule {
						longer[l.shorter(i, j)]++
					}
					out = append(out, t)
				}
			}
		}
	}
	short := map[string]int{}
	for i, n := range longer {
		short[l.names[i].Key] = n
	}
	out = slices.DeleteFunc(out, func(t ledger.Tie) bool {
		return t.Rule == shortRule && max(short[t.A], short[t.B]) > mostOf
	})
	slices.SortFunc(out, func(a, b ledger.Tie) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return out
}

const shortRule = "a part of the name"

func (l *linker) shorter(i, j int) int {
	if len(l.names[i].words.words) <= len(l.names[j].words.words) {
		return i
	}
	return j
}

// compare decides about two names; false where they are nothing to each other.
func (l *linker) compare(i, j int) (ledger.Tie, bool) {
	a, b := &l.names[i], &l.names[j]
	t := ledger.Tie{A: min(a.Key, b.Key), B: max(a.Key, b.Key), Verdict: ledger.Doubtful}
	switch {
	case a.actor != "" && a.actor == b.actor:
		t.Verdict, t.Confidence, t.Rule = ledger.Joined, 0.95, "both are known as "+string(a.actor)+" ("+a.why+", "+b.why+")"
		return t, true
	case a.actor != "" && b.actor != "" || !a.person || !b.person:
		return t, false
	}
	p, why := SameName(a.Name.Name, b.Name.Name)
	whole := len(a.words.words) > 1 && len(b.words.words) > 1
	switch {
	case p >= sureJoin && whole:
		t.Verdict, t.Confidence, t.Rule = ledger.Joined, p, "spelling: "+why
	case !whole && p > 0:
		t.Confidence, t.Rule = p, shortRule
	case p >= worthDoubt:
		t.Confidence, t.Rule = p, "spelling: "+why
	default:
		return t, false
	}
	return t, true
}

// Mentioned is words by which texts call somebody: names as they are written,
// longest first, and a person's last name.
func Mentioned(s ledger.Speaker) []string {
	names := []string{s.Name}
	for _, n := range s.Names {
		names = append(names, n.Name)
	}
	if s.Kind == onrecord.Person {
		if words := strings.Fields(s.Name); len(words) > 1 {
			names = append(names, lastName(s.Name))
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	seen := map[string]bool{}
	return slices.DeleteFunc(names, func(n string) bool {
		k := ledger.Key(n)
		again := seen[k] || k == ""
		seen[k] = true
		return again
	})
}
