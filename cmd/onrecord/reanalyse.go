package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/newsroom"
)

func (a *app) reanalyseVerb() *cobra.Command {
	var olderThan string
	cmd := &cobra.Command{
		Use:   "reanalyse",
		Short: "Run newer stages over what is kept and say what changed",
		Long: `Read and analyse again every kept article that other versions of the stages made
its findings. Findings that are found again keep their IDs, links and
corrections; others stay reachable, marked as no longer found. Stopped, it goes
on where it was the next time.`,
		Example: `  onrecord reanalyse
  onrecord reanalyse --older-than said.v3`,
		Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error { return a.reanalyse(cmd, store, olderThan) })
		},
	}
	cmd.Flags().StringVar(&olderThan, "older-than", "", "only articles whose stage is older than this version, such as said.v3")
	return cmd
}

func (a *app) reanalyse(cmd *cobra.Command, store ledger.Store, olderThan string) error {
	if olderThan != "" && !onrecord.IsVersion(olderThan) {
		return fmt.Errorf("%w: --older-than wants a stage and its version, such as said.v3", errUsage)
	}
	room, err := a.newsroom(nil)
	if err != nil {
		return err
	}
	var sum ledger.Changes
	articles, failed := 0, 0
	err = room.Reanalyse(cmd.Context(), store, olderThan, func(r newsroom.Reanalysed) error {
		articles++
		if a.failed(string(r.Article), r.Err) {
			failed++
			return nil
		}
		c := r.Changes
		sum.Same, sum.Changed, sum.Found, sum.Gone = sum.Same+c.Same, sum.Changed+c.Changed, sum.Found+c.Found, sum.Gone+c.Gone
		if len(c.Details) == 0 {
			return nil
		}
		fmt.Fprintf(a.stdout, "%s  %s\n", r.Article, oneLine(r.Title))
		for _, d := range c.Details {
			fmt.Fprintf(a.stdout, "  %-11s %s  %s\n", d.What, d.ID, oneLine(difference(d)))
		}
		return nil
	})
	fmt.Fprintf(a.stderr, "%s analysed by %s: %d the same, %d changed, %d newly found, %d no longer found\n",
		count(articles, "article"), room.Versions(), sum.Same, sum.Changed, sum.Found, sum.Gone)
	if err == nil && failed > 0 {
		err = errPartial
	}
	if err != nil && !errors.Is(err, errPartial) {
		return err
	}
	return errors.Join(err, a.link(cmd.Context(), store))
}

// difference tells what became of a statement in a few words.
func difference(d ledger.Changed) string {
	one := func(t ledger.Texts) string { return fmt.Sprintf("%s | %s | %s", t.Source, t.Cue, t.Content) }
	switch {
	case d.Before == (ledger.Texts{}):
		return one(d.After)
	case d.After == (ledger.Texts{}) || one(d.Before) == one(d.After):
		return one(d.Before)
	default:
		return one(d.Before) + "  →  " + one(d.After)
	}
}
