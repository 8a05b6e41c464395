package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/newsroom"
	"github.com/onrecord/onrecord/story"
)

func (a *app) watchVerb() *cobra.Command {
	var o asking
	var period time.Duration
	cmd := &cobra.Command{
		Use:   "watch [URL|OPML…]",
		Short: "Visit the sources again and again, and keep what is said in their articles",
		Long: `Visit the sources that onrecord source add named, each at the pace at which it
brings something new; fetch, read and keep the articles; look at each again within
a week to see whether its outlet changed it. Hosts are asked one request at a
time, as their robots.txt wishes. It can be stopped at any time, and goes on where
it was. What is named here is added to the sources first.`,
		Example: `  onrecord watch
  onrecord watch https://news.example/ subscriptions.opml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withStore(cmd.Context(), func(store ledger.Store) error {
				ctx := cmd.Context()
				if err := a.addSources(ctx, store, &o, args, ""); err != nil && !errors.Is(err, errPartial) {
					return err
				}
				if period > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, period)
					defer cancel()
				}
				watch, err := a.watching(ctx, store, &o)
				if err != nil {
					return err
				}
				err = watch.Run(ctx)
				if period > 0 && errors.Is(err, context.DeadlineExceeded) {
					return nil
				}
				return err
			})
		},
	}
	o.flags(cmd)
	cmd.Flags().DurationVar(&period, "for", 0, "stop after this time (such as 30m); otherwise it goes on until it is stopped")
	return cmd
}

// watching makes a watch over the sources of a ledger, which must have some.
func (a *app) watching(ctx context.Context, store ledger.Store, o *asking) (*newsroom.Watch, error) {
	sources, err := store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	if len(sources) == 0 {
		return nil, onrecord.WithHint(fmt.Errorf("nothing to watch: %w", onrecord.ErrNotFound), "name a source first: onrecord source add URL")
	}
	client, err := o.client()
	if err != nil {
		return nil, err
	}
	room, err := a.newsroom(store)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(a.stderr, "onrecord: watching %s; Ctrl-C ends it, and what was kept stays\n", count(len(sources), "source"))
	teller := story.NewTeller(store, story.Options{})
	return &newsroom.Watch{
		Room: room, Sources: store, Fetch: client, Told: a.told,
		Settled: func(ctx context.Context) error { return a.settle(ctx, store, teller) },
	}, nil
}

// told prints one thing that a watch did, one line each.
func (a *app) told(t newsroom.Told) {
	at := time.Now().Format(time.TimeOnly)
	switch {
	case t.Source != nil && t.Err != nil:
		fmt.Fprintf(a.stderr, "%s %s: %v; again in %s\n", at, t.Source.Address, t.Err, span(time.Until(t.Source.Next), "", "", "a moment"))
	case t.Source != nil && t.Found > 0:
		fmt.Fprintf(a.stderr, "%s %s: %s\n", at, oneLine(join(filled([]string{t.Source.Title, t.Source.Address}))), count(t.Found, "new item"))
	case t.Lead != nil && t.Err != nil:
		fmt.Fprintf(a.stderr, "%s %s: %s: %v\n", at, t.Lead.Address, t.Lead.Outcome, t.Err)
	case t.Lead != nil && t.Status != "" && t.Status != ledger.Unchanged:
		fmt.Fprintf(a.stdout, "%s %s %s: %s\n", at, t.Lead.Article, t.Status, oneLine(t.Title))
	}
}
