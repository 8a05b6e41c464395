package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/fetch"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/newsroom"
	"github.com/onrecord/onrecord/read"
)

// asking are the flags of everything that asks the network.
type asking struct {
	private bool
	delay   time.Duration
}

func (o *asking) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.private, "allow-private", false, "also ask addresses of this machine and of private networks")
	cmd.Flags().DurationVar(&o.delay, "delay", 2*time.Second, "at least between two requests to one host; its robots.txt may ask for more")
}

// agent is what onrecord calls itself.
func agent() string {
	return "onrecord/" + version().Version + " (+https://github.com/onrecord/onrecord)"
}

func (o *asking) client() (*fetch.Client, error) {
	return fetch.New(fetch.Options{Agent: agent(), AllowPrivate: o.private, Delay: o.delay})
}

func (a *app) sourceVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "source",
		Short: "Say which feeds, sitemaps and pages are watched, and see how they fare",
		Args:  none,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.sourceAdd(), a.sourceList(), a.sourceCheck(),
		a.sourceState("pause", "Leave sources alone for a while", ledger.Paused), a.sourceState("resume", "Visit paused sources again", ledger.Active),
		a.sourceState("remove", "Give sources up; what was read from them stays", ledger.Removed))
	return cmd
}

func (a *app) sourceAdd() *cobra.Command {
	var o asking
	var publisher string
	cmd := &cobra.Command{
		Use:   "add URL|OPML…",
		Short: "Watch a feed, a sitemap, a site or the feeds of an OPML file",
		Long: `Watch what an address gives: RSS, Atom and JSON feeds, news sitemaps, or a page
that lists articles. Of a site's address the feed is found. The feeds of an OPML
file, as feed readers export it, are taken over as they are.`,
		Example: `  onrecord source add https://news.example/
  onrecord source add --publisher "The Example" https://news.example/rss.xml
  onrecord source add subscriptions.opml`,
		Args: some("name the addresses of feeds or sites, or an OPML file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withStore(cmd.Context(), func(store ledger.Store) error {
				err := a.addSources(cmd.Context(), store, &o, args, publisher)
				if err == nil {
					fmt.Fprintln(a.stderr, "onrecord watch reads them")
				}
				return err
			})
		},
	}
	o.flags(cmd)
	cmd.Flags().StringVar(&publisher, "publisher", "", "who publishes, where the articles do not say")
	return cmd
}

// addSources adds what arguments name, each that can be added.
func (a *app) addSources(ctx context.Context, store ledger.Store, o *asking, args []string, publisher string) error {
	client, err := o.client()
	if err != nil {
		return err
	}
	failed := 0
	for _, arg := range args {
		if a.failed(arg, a.addSource(ctx, store, client, arg, publisher)) {
			failed++
		}
	}
	if failed > 0 {
		return errPartial
	}
	return nil
}

// some wants one argument or more.
func some(hint string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return onrecord.WithHint(fmt.Errorf("%w: nothing named", errUsage), hint)
		}
		return nil
	}
}

// addSource adds what an argument names: an address or a file of addresses.
func (a *app) addSource(ctx context.Context, store ledger.Store, f newsroom.Fetcher, arg, publisher string) error {
	if !newsroom.IsAddress(arg) {
		return a.addOPML(ctx, store, arg, publisher)
	}
	src, list, err := newsroom.Find(ctx, f, arg)
	if err != nil {
		return err
	}
	src.Publisher, src.Next = publisher, time.Now()
	return a.added(ctx, store, src, count(len(list.Items), "item"))
}

func (a *app) addOPML(ctx context.Context, store ledger.Store, path, publisher string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return onrecord.WithHint(fmt.Errorf("%w: neither an address nor a file that can be read", err), "an address begins with https://")
	}
	links, err := read.OPML(content)
	if err != nil {
		return err
	}
	if len(links) == 0 && bytes.Contains(content, []byte("<rss")) {
		return onrecord.WithHint(fmt.Errorf("%w: a feed, not a list of feeds", onrecord.ErrInvalid), "onrecord source add takes the feed's address on the web")
	}
	for _, link := range links {
		src := ledger.Source{Address: link.URL, Title: link.Title, Kind: string(link.Kind), Publisher: publisher, Next: time.Now()}
		if err := a.added(ctx, store, src, ""); err != nil {
			return err
		}
	}
	return nil
}

// added keeps a source and says so.
func (a *app) added(ctx context.Context, store ledger.Store, src ledger.Source, what string) error {
	kept, isNew, err := store.AddSource(ctx, src)
	if err != nil {
		return err
	}
	parts := []string{string(kept.ID), kept.Title, kept.Kind, what, kept.Address}
	if !isNew {
		parts = append(parts, "was there before")
	}
	fmt.Fprintln(a.stdout, oneLine(join(filled(parts))))
	return nil
}

// filled leaves out what is empty.
func filled(parts []string) (out []string) {
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

func (a *app) sourceList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List sources with how they fare",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error {
				sources, err := store.Sources(cmd.Context())
				if err != nil {
					return err
				}
				if len(sources) == 0 {
					fmt.Fprintln(a.stdout, "no sources yet: onrecord source add URL")
					return nil
				}
				now := time.Now()
				l := newLayout(a.stdout, column{"SOURCE", 0}, column{"STATE", 10}, column{"KEPT", 12}, column{"LAST NEWS", 14}, column{"NEXT VISIT", 14})
				l.head()
				for i := range sources {
					a.sourceRow(l, &sources[i], now)
				}
				return nil
			})
		},
	}
}

func (a *app) sourceRow(l *layout, s *ledger.Source, now time.Time) {
	lines := filled([]string{join(filled([]string{s.Title, s.Kind})), s.Address, string(s.ID)})
	if s.Health.Failures > 0 {
		lines = append(lines, fmt.Sprintf("%s, failed %s: %s", s.Health.Reason, times(s.Health.Failures), s.Health.Error))
	}
	for _, p := range s.Health.Problems {
		lines = append(lines, "note: "+p.Message)
	}
	kept := fmt.Sprintf("%d of %d", s.Health.Kept, s.Health.Found)
	if s.Health.Lost > 0 {
		kept += fmt.Sprintf("\n%d lost", s.Health.Lost)
	}
	next := "-"
	if s.State == ledger.Active {
		next = span(s.Next.Sub(now), "in ", "", "now")
	}
	l.row(strings.Join(lines, "\n"), string(s.State), kept, span(now.Sub(s.Health.New), "", " ago", "now"), next)
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// span writes a time from now in its largest unit: "3 hours ago".
func span(d time.Duration, before, after, now string) string {
	switch {
	case d > 100*365*24*time.Hour:
		return "never"
	case d < time.Minute:
		return now
	case d < time.Hour:
		return before + count(int(d/time.Minute), "minute") + after
	case d < 48*time.Hour:
		return before + count(int(d/time.Hour), "hour") + after
	default:
		return before + count(int(d/(24*time.Hour)), "day") + after
	}
}

func (a *app) sourceCheck() *cobra.Command {
	var o asking
	cmd := &cobra.Command{
		Use:   "check URL|ID…",
		Short: "Ask a source now and show what it gives, keeping nothing",
		Args:  some("name the addresses or the IDs of sources"),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := o.client()
			if err != nil {
				return err
			}
			failed := 0
			for _, arg := range args {
				if a.failed(arg, a.check(cmd.Context(), client, arg)) {
					failed++
				}
			}
			if failed > 0 {
				return errPartial
			}
			return nil
		},
	}
	o.flags(cmd)
	return cmd
}

// check asks an address, or that of a source by its ID, and prints what it gives.
func (a *app) check(ctx context.Context, f newsroom.Fetcher, arg string) error {
	address := arg
	if !newsroom.IsAddress(arg) {
		err := a.withLedger(ctx, func(store ledger.Store) error {
			s, err := store.Source(ctx, arg)
			address = s.Address
			return err
		})
		if err != nil {
			return err
		}
	}
	src, list, err := newsroom.Find(ctx, f, address)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, oneLine(join(filled([]string{src.Title, src.Kind, count(len(list.Items), "item"), src.Address}))))
	for _, p := range list.Problems {
		fmt.Fprintf(a.stdout, "note: %s\n", oneLine(p.Message))
	}
	for _, item := range list.Items[:min(len(list.Items), 10)] {
		when := "no date"
		if !item.Published.IsZero() {
			when = item.Published.String()
		}
		fmt.Fprintf(a.stdout, "  %-25s  %s\n  %-25s  %s\n", when, oneLine(item.Title), "", oneLine(item.URL))
	}
	if n := len(list.Items) - 10; n > 0 {
		fmt.Fprintf(a.stdout, "  and %d more\n", n)
	}
	return nil
}

// sourceState makes the verb that gives sources a state.
func (a *app) sourceState(verb, short string, state ledger.SourceState) *cobra.Command {
	return &cobra.Command{
		Use:   verb + " URL|ID…",
		Short: short,
		Args:  some("name the addresses or the IDs of sources: onrecord source list shows them"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error {
				failed := 0
				for _, arg := range args {
					if a.failed(arg, a.changeState(cmd.Context(), store, arg, state)) {
						failed++
					}
				}
				if failed > 0 {
					return errPartial
				}
				return nil
			})
		},
	}
}

func (a *app) changeState(ctx context.Context, store ledger.Store, arg string, state ledger.SourceState) error {
	src, err := store.Source(ctx, arg)
	if errors.Is(err, onrecord.ErrNotFound) {
		return onrecord.WithHint(err, "onrecord source list shows the sources there are")
	}
	if err != nil {
		return err
	}
	src, err = store.ChangeSource(ctx, src.ID, func(s *ledger.Source) error {
		s.State = state
		if state == ledger.Active {
			s.Next = time.Now()
		}
		return nil
	})
	if err == nil {
		fmt.Fprintln(a.stdout, oneLine(join(filled([]string{string(src.ID), src.Title, src.Address, string(src.State)}))))
	}
	return err
}
