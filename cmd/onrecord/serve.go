package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/web"
)

func (a *app) serveVerb() *cobra.Command {
	var addr, token string
	var hosts []string
	var watch bool
	var ask asking
	cmd := &cobra.Command{
		Use:   "serve [--watch [URL|OPML…]]",
		Short: "Show the ledger as pages, on this machine",
		Long: `Show the ledger as pages: search, articles with their statements marked, speakers;
each page also as data at the same address with .json or .csv.

Only this machine can reach it unless a token is set with --token or
ONRECORD_TOKEN; then another address may be given, and everybody needs the token.

With --watch the sources are visited meanwhile; those named are added first.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 && !watch {
				return onrecord.WithHint(fmt.Errorf("%w: serve takes no arguments", errUsage), "with --watch, the addresses of sources")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if token == "" {
				token = os.Getenv("ONRECORD_TOKEN")
			}
			if err := web.CheckAddr(addr, token); err != nil {
				return err
			}
			store, err := a.shown(cmd.Context())
			if err != nil {
				return err
			}
			if !watch {
				return errors.Join(a.serve(cmd, store, addr, token, hosts), store.Close())
			}
			if err := a.addSources(cmd.Context(), store, &ask, args, ""); err != nil && !errors.Is(err, errPartial) {
				return errors.Join(err, store.Close())
			}
			return errors.Join(a.serveAndWatch(cmd, store, &ask, func() error { return a.serve(cmd, store, addr, token, hosts) }), store.Close())
		},
	}
	cmd.Flags().BoolVar(&watch, "watch", false, "visit the sources meanwhile, as onrecord watch does")
	ask.flags(cmd)
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "address and port to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&token, "token", "", "secret that every reader must give (default $ONRECORD_TOKEN)")
	cmd.Flags().StringSliceVar(&hosts, "host", nil, "further host names that readers may ask for, such as a proxy's")
	return cmd
}

// serveAndWatch serves pages while sources are visited. Either's failure ends both.
func (a *app) serveAndWatch(cmd *cobra.Command, store ledger.Store, ask *asking, serve func() error) error {
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	watch, err := a.watching(ctx, store, ask)
	if err != nil {
		return err
	}
	cmd.SetContext(ctx)
	done := make(chan error, 1)
	go func() {
		defer cancel()
		done <- watch.Run(ctx)
	}()
	err = serve()
	cancel()
	if watched := <-done; !errors.Is(watched, context.Canceled) {
		err = errors.Join(err, watched)
	}
	return err
}

// shown opens the ledger, made where there is none; to read only where it may not
// be written.
func (a *app) shown(ctx context.Context) (ledger.Store, error) {
	store, err := a.store(ctx)
	if errors.Is(err, onrecord.ErrForbidden) {
		if asked, askErr := a.kept(ctx); askErr == nil {
			return asked, nil
		}
	}
	return store, err
}

func (a *app) serve(cmd *cobra.Command, store ledger.Store, addr, token string, hosts []string) error {
	var lc net.ListenConfig
	ln, err := lc.Listen(cmd.Context(), "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	base, err := a.roster()
	if err != nil {
		return err
	}
	handler, err := web.New(store, web.Options{Roster: base, Addr: ln.Addr().String(), Token: token, Version: version().Version, Writable: !readOnly(store), Reviewer: reviewer(), Hosts: hosts})
	if err != nil {
		return err
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		own = nil // then this machine's own address is all there is to tell
	}
	fmt.Fprintf(a.stderr, "onrecord: open %s in a browser; Ctrl-C ends it\n", strings.Join(web.Addresses(ln.Addr(), own), " or "))
	if web.Open(ln.Addr()) {
		fmt.Fprintln(a.stderr, "onrecord: warning: the connection is not encrypted; whoever stands between can read the token and the pages")
	}
	if readOnly(store) {
		fmt.Fprintln(a.stderr, "onrecord: the ledger may not be written: corrections are not taken")
	}
	return web.Serve(cmd.Context(), ln, handler)
}
