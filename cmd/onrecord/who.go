package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/roster"
)

// newestSaid is how many statements onrecord who shows of each kind.
const newestSaid = 5

func (a *app) whoVerb() *cobra.Command {
	var doubtful bool
	var at onrecord.Date
	cmd := &cobra.Command{
		Use:   "who NAME",
		Short: "Show who somebody is: names, offices, said, said about",
		Long: `Show what is on record of somebody: the names that texts use, the offices that the
roster's facts know with their dates and sources, what was said by and about them.

Names that are surely one person's are joined as they are met: spellings of one
name, and names by which the roster knows somebody. Where that is not sure nothing
is joined; the pair waits until somebody joins or parts it.

An office names its holder: "the Iraqi prime minister", at the date of --at.

Actors of your own stand in roster.csv beside the ledger, or in the file that
ONRECORD_ROSTER names, a line an office:

  kind,name,aliases,office,of,since,until,country,source
  person,Jane Doe,J. Doe,interior minister,Iraq,2024-03-01,,IQ,gazette of 2 March 2024`,
		Example: `  onrecord who "Ada Lorne"
  onrecord who "the Iraqi prime minister" --at 2024-02-24
  onrecord who --doubtful
  onrecord who join lorne ada-lorne --why "same office, same week"
  onrecord who undo t-0awb5sz8x8rcg`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if doubtful == (len(args) == 1) {
				return fmt.Errorf("%w: want a name, or --doubtful", errUsage)
			}
			return a.withLedger(cmd.Context(), func(store ledger.Store) error {
				if doubtful {
					return a.doubts(cmd.Context(), store)
				}
				return a.who(cmd.Context(), store, args[0], at)
			})
		},
	}
	cmd.Flags().Var(date{&at}, "at", "the date at which an office is held (default: by the newest facts)")
	cmd.Flags().BoolVar(&doubtful, "doubtful", false, "list pairs of names that may be one speaker's")
	cmd.AddCommand(
		a.tieVerb("join", ledger.Joined, "Say that two names mean one speaker"),
		a.tieVerb("part", ledger.Parted, "Say that two names mean two speakers"),
		a.untieVerb())
	return cmd
}

// tieVerb decides about two names.
func (a *app) tieVerb(verb string, verdict ledger.TieVerdict, short string) *cobra.Command {
	var by, why string
	cmd := &cobra.Command{
		Use:   verb + " NAME OTHER",
		Short: short,
		Long:  short + ". Names are given as texts write them or by their keys (\"ada-lorne\").",
		Args:  exactly(2, "two names"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error {
				ties, err := store.Tie(cmd.Context(), ledger.Tie{
					A: ledger.Key(args[0]), B: ledger.Key(args[1]), Verdict: verdict, By: cmp.Or(by, reviewer()), Why: why, Confidence: certainty[verdict],
				})
				if err != nil {
					return err
				}
				t := ties[0]
				fmt.Fprintf(a.stdout, "%s %s and %s; undo with: onrecord who undo %s\n", t.Verdict, t.A, t.B, t.ID)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "who decides (default $ONRECORD_REVIEWER, else the user's name)")
	cmd.Flags().StringVar(&why, "why", "", "the reason, for others to read")
	return cmd
}

// certainty is how sure a person's decision is that two names are one speaker's.
var certainty = map[ledger.TieVerdict]float64{ledger.Joined: 1, ledger.Parted: 0}

func (a *app) untieVerb() *cobra.Command {
	var by string
	cmd := &cobra.Command{
		Use:   "undo ID",
		Short: "Take back a decision about two names",
		Args:  exactly(1, "the decision's ID, as onrecord who prints it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error {
				t, err := store.Untie(cmd.Context(), onrecord.ID(args[0]), cmp.Or(by, reviewer()))
				if err != nil {
					return err
				}
				fmt.Fprintf(a.stdout, "undone: %s %s and %s\n", t.Verdict, t.A, t.B)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "who takes it back (default $ONRECORD_REVIEWER, else the user's name)")
	return cmd
}

// who prints the profiles of those whom a name may mean.
func (a *app) who(ctx context.Context, store ledger.Store, name string, at onrecord.Date) error {
	base, err := a.roster()
	if err != nil {
		return err
	}
	keys, err := speakersNamed(ctx, store, name)
	if err != nil {
		return err
	}
	if len(keys) > 0 {
		return a.profiles(ctx, store, base, keys)
	}
	for _, m := range append(base.Named(name, at), base.Phrase(name, at)...) {
		actor, ok := base.Actor(m.ID)
		if !ok {
			continue
		}
		// Texts may use another spelling than the roster.
		for _, known := range append([]string{actor.Name}, actor.Aliases...) {
			if keys, err = speakersNamed(ctx, store, known); err != nil {
				return err
			}
			if len(keys) > 0 {
				fmt.Fprintf(a.stdout, "%s, by %s (%.2f)\n\n", actor.Name, m.Why, m.Confidence)
				return a.profiles(ctx, store, base, keys)
			}
		}
		fmt.Fprintf(a.stdout, "%s: not on record here\n", actor.Name)
		a.known(&roster.Known{Match: m, Actor: actor, By: name})
		return nil
	}
	totals, err := store.Totals(ctx)
	if err != nil {
		return err
	}
	return onrecord.WithHint(fmt.Errorf("nobody named %q is on record: %w", name, onrecord.ErrNotFound),
		fmt.Sprintf("searched the names of %s in %s, and the roster", count(totals.Speakers, "speaker"), count(totals.Articles, "article")))
}

// profiles prints what is on record of several speakers.
func (a *app) profiles(ctx context.Context, store ledger.Store, base *roster.Base, keys []string) error {
	for i, key := range keys {
		p, err := roster.Look(ctx, store, base, key, newestSaid)
		if err != nil {
			return err
		}
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		a.profile(&p)
	}
	return nil
}

// mostWho is how many speakers of a name onrecord who shows.
const mostWho = 5

// speakersNamed are the keys of speakers whose name is, or begins with, words.
func speakersNamed(ctx context.Context, store ledger.Store, name string) ([]string, error) {
	s, err := store.Speaker(ctx, ledger.Key(name))
	if err == nil {
		return []string{s.Key}, nil
	} else if !errors.Is(err, onrecord.ErrNotFound) {
		return nil, err
	}
	list, _, err := store.Speakers(ctx, ledger.SpeakerQuery{Prefix: name, Limit: mostWho})
	var keys []string
	for _, s := range list {
		keys = append(keys, s.Key)
	}
	return keys, err
}

// profile prints what is on record of somebody.
func (a *app) profile(p *roster.Profile) {
	s := &p.Speaker
	head := []string{s.Name}
	if s.Kind != "" {
		head = append(head, string(s.Kind))
	}
	head = append(head, count(s.Statements, "statement"))
	if !s.First.IsZero() {
		head = append(head, day(s.First)+" to "+day(s.Last))
	}
	head = append(head, s.Key)
	fmt.Fprintln(a.stdout, oneLine(join(head)))
	if len(s.Names) > 0 {
		var names []string
		for _, n := range s.Names {
			names = append(names, fmt.Sprintf("%s (%d)", n.Name, n.Statements))
		}
		a.listed("also called", names)
	}
	for i := range p.Known {
		a.known(&p.Known[i])
	}
	for _, t := range p.Ties {
		fmt.Fprintln(a.stdout, "  "+oneLine(tieLine(&t)))
	}
	a.sayings("said", p.Said, s.Statements)
	a.sayings("said about", p.About, -1)
}

// known prints what the roster knows of somebody, with dates and sources.
func (a *app) known(k *roster.Known) {
	line := fmt.Sprintf("known as %s (%s %.2f)", k.ID, k.Why, k.Confidence)
	if k.Actor.Note != "" {
		line += ", " + k.Actor.Note
	}
	fmt.Fprintln(a.stdout, "  "+oneLine(line))
	for _, o := range k.Actor.Offices {
		var when []string
		if !o.Since.IsZero() {
			when = append(when, "since "+o.Since.String())
		}
		switch {
		case !o.Until.IsZero():
			when = append(when, "until "+o.Until.String())
		case !o.AsOf.IsZero():
			when = append(when, "still on "+o.AsOf.String())
		}
		fmt.Fprintln(a.stdout, "    "+oneLine(fmt.Sprintf("%s of %s, %s [%s]", strings.Join(o.Titles, "/"), cmp.Or(k.Of[o.Of], string(o.Of)), strings.Join(when, ", "), o.Source)))
	}
}

// listed prints a list over several lines.
func (a *app) listed(title string, items []string) {
	for _, line := range wrap(title+" "+strings.Join(items, ", "), width(a.stdout)-4) {
		fmt.Fprintln(a.stdout, "  "+line)
	}
}

// sayings prints the newest statements of a kind.
func (a *app) sayings(title string, rows []ledger.Record, of int) {
	if len(rows) == 0 {
		return
	}
	if of > len(rows) {
		title += fmt.Sprintf(", the newest %d of %d", len(rows), of)
	}
	fmt.Fprintln(a.stdout, "  "+title+":")
	for i := range rows {
		r := &rows[i]
		fmt.Fprintln(a.stdout, "    "+oneLine(join(slices.DeleteFunc([]string{day(r.When), speaker(r), r.Article.Publisher, string(r.ID)}, func(s string) bool { return s == "" }))))
		for _, line := range wrap(r.Texts.Sentence, width(a.stdout)-6) {
			fmt.Fprintln(a.stdout, "      "+line)
		}
	}
}

// tieLine is a decision about two names on one line.
func tieLine(t *ledger.Tie) string {
	who := "by rule, " + t.Rule
	if t.By != "" {
		who = "by " + t.By
	}
	if t.Why != "" {
		who += ": " + t.Why
	}
	return fmt.Sprintf("%s: %s and %s (%.2f, %s) %s", t.Verdict, t.AName, t.BName, t.Confidence, who, t.ID)
}

// mostDoubts is how many doubtful pairs are listed.
const mostDoubts = 500

// doubts prints pairs of names that wait for somebody, each with a sentence.
func (a *app) doubts(ctx context.Context, store ledger.Store) error {
	list, err := store.Ties(ctx, ledger.TieQuery{Verdict: ledger.Doubtful, Limit: mostDoubts})
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(a.stdout, "no two names wait to be joined or parted")
		return nil
	}
	for i := range list {
		t := &list[i]
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		fmt.Fprintln(a.stdout, oneLine(tieLine(t)))
		for _, key := range []string{t.A, t.B} {
			answer, err := store.Said(ctx, ledger.Query{SpeakerKey: key, Limit: 1})
			if err != nil {
				return err
			}
			a.sayings(key, answer.Rows, -1)
		}
		fmt.Fprintf(a.stdout, "  onrecord who join %s %s   or   onrecord who part %s %s\n", t.A, t.B, t.A, t.B)
	}
	if len(list) == mostDoubts {
		fmt.Fprintf(a.stderr, "the newest %d; there are more\n", mostDoubts)
	}
	return nil
}

// rosterFile is a user's own actors, beside the ledger unless ONRECORD_ROSTER names
// another file.
const rosterFile = "roster.csv"

// roster opens the knowledge base and adds the user's own actors to it.
func (a *app) roster() (*roster.Base, error) {
	base, err := roster.Open()
	if err != nil {
		return nil, fmt.Errorf("open the roster: %w", err)
	}
	path, named := os.Getenv("ONRECORD_ROSTER"), true
	if path == "" {
		db, err := a.ledgerPath()
		if err != nil {
			return nil, err
		}
		path, named = filepath.Join(filepath.Dir(db), rosterFile), false
	}
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) && !named {
		return base, nil
	} else if err != nil {
		return nil, fmt.Errorf("open your actors: %w", err)
	}
	if err := errors.Join(base.Add(f), f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return base, nil
}

// link ties the names that the ledger met since last time.
func (a *app) link(ctx context.Context, store ledger.Store) error {
	base, err := a.roster()
	if err != nil {
		return err
	}
	done, err := roster.Link(ctx, store, base)
	if err != nil {
		return err
	}
	if done.Joined > 0 {
		fmt.Fprintf(a.stderr, "%s joined to others: onrecord who NAME shows why\n", count(done.Joined, "like name"))
	}
	if done.Doubtful > 0 {
		fmt.Fprintf(a.stderr, "%s of names may be one speaker's: onrecord who --doubtful\n", count(done.Doubtful, "pair"))
	}
	return nil
}
