package roster

import (
	"context"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Profile is what is on record of somebody: under which names, said and said
// about, and what the base knows.
type Profile struct {
	Speaker ledger.Speaker
	Known   []Known         // whom the base knows by these names, the surest first
	Said    []ledger.Record // the newest
	About   []ledger.Record // the newest of others that name the speaker
	Words   []string        // by which About was searched
	Ties    []ledger.Tie    // decisions about the names that stand, joined ones and doubts
}

// Known is an actor of the base that a name leads to.
type Known struct {
	Match
	Actor Actor
	By    string                 // the name
	Of    map[onrecord.ID]string // names of those whose offices the actor held
}

// Look gathers a profile of the speaker with a key; newest is how many statements
// of each list it takes. The error wraps [onrecord.ErrNotFound] where nobody has
// the key.
func Look(ctx context.Context, store ledger.Store, base *Base, key string, newest int) (Profile, error) {
	var p Profile
	var err error
	if p.Speaker, err = store.Speaker(ctx, key); err != nil {
		return p, err
	}
	p.Known = base.known(p.Speaker)
	said, err := store.Said(ctx, ledger.Query{SpeakerKey: p.Speaker.Key, MinConfidence: onrecord.Shown, Limit: newest})
	if err != nil {
		return p, fmt.Errorf("look at %s: %w", key, err)
	}
	p.Said = said.Rows
	p.Words = Mentioned(p.Speaker)
	seen := map[onrecord.ID]bool{}
	for _, words := range p.Words {
		answer, err := store.Said(ctx, ledger.Query{About: `"` + words + `"`, MinConfidence: onrecord.Shown, Limit: newest})
		if err != nil {
			return p, fmt.Errorf("look at %s: %w", key, err)
		}
		for _, r := range answer.Rows {
			if r.Speaker.Key != p.Speaker.Key && !seen[r.ID] {
				seen[r.ID] = true
				p.About = append(p.About, r)
			}
		}
	}
	slices.SortStableFunc(p.About, func(a, b ledger.Record) int { return b.When.Start().Compare(a.When.Start()) })
	p.About = p.About[:min(len(p.About), newest)]
	keys := []string{p.Speaker.Key}
	for _, n := range p.Speaker.Names {
		if n.Key != p.Speaker.Key {
			keys = append(keys, n.Key)
		}
	}
	ties := map[onrecord.ID]bool{}
	for _, k := range keys {
		list, err := store.Ties(ctx, ledger.TieQuery{Key: k})
		if err != nil {
			return p, fmt.Errorf("look at %s: %w", key, err)
		}
		for _, t := range list {
			if !ties[t.ID] {
				ties[t.ID] = true
				p.Ties = append(p.Ties, t)
			}
		}
	}
	return p, nil
}

// known is whom the base knows by a speaker's names.
func (b *Base) known(s ledger.Speaker) []Known {
	names := []string{s.Name}
	for _, n := range s.Names {
		if n.Name != s.Name {
			names = append(names, n.Name)
		}
	}
	var out []Known
	for _, name := range names {
		for _, m := range b.Named(name, s.Last) {
			if m.Confidence < worthDoubt || !fits(m.Kind, s.Kind) || slices.ContainsFunc(out, func(k Known) bool { return k.ID == m.ID }) {
				continue
			}
			if a, ok := b.Actor(m.ID); ok {
				out = append(out, Known{m, a, name, b.bodies(a)})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Known) int {
		switch {
		case x.Confidence > y.Confidence:
			return -1
		case x.Confidence < y.Confidence:
			return 1
		}
		return 0
	})
	return out
}

// bodies are the names of those whose offices somebody held.
func (b *Base) bodies(a Actor) map[onrecord.ID]string {
	out := map[onrecord.ID]string{}
	for _, o := range a.Offices {
		out[o.Of] = string(o.Of)
		if body, ok := b.Actor(o.Of); ok {
			out[o.Of] = body.Name
		}
	}
	return out
}
