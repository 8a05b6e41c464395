package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/newsroom"
	"github.com/onrecord/onrecord/roster"
)

// app is what every verb shares: its streams and where the ledger is.
type app struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	ledger string // --ledger
	model  string // --model
}

// Exit codes.
const (
	exitOK          = 0
	exitError       = 1
	exitUsage       = 2
	exitNotFound    = 3
	exitForbidden   = 4
	exitPartial     = 5
	exitInterrupted = 130
)

// errPartial says that some documents failed and each was named already.
var errPartial = errors.New("some documents failed")

// errUsage wraps what is wrong with a command line.
var errUsage = errors.New("not understood")

// command builds the tree of verbs.
func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "onrecord",
		Short: "Read the news and keep the record: who said what, with the words that prove it",
		Long: `onrecord reads articles, finds who said what, and keeps each statement with the
exact words, their place in the text, and the text itself.

  onrecord read article.txt         read an article and keep what is said in it
  onrecord said --by NAME           what NAME said, with the sentences
  onrecord show ID                  a statement or an article with all its evidence
  onrecord mark ID wrong            correct a finding
  onrecord serve                    the same as pages, on this machine`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().StringVar(&a.ledger, "ledger", "", "the ledger's file (default $ONRECORD_LEDGER, else onrecord/ledger.db in the data folder)")
	root.PersistentFlags().StringVar(&a.model, "model", "", "the English model's file, instead of the one in the program")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return onrecord.WithHint(fmt.Errorf("%w: %w", errUsage, err), "see onrecord help "+cmd.Name())
	})
	root.AddCommand(a.readVerb(), a.parseVerb(), a.saidVerb(), a.whoVerb(), a.showVerb(), a.markVerb(), a.serveVerb(), a.reanalyseVerb(), a.sourceVerb(), a.watchVerb(), a.storyVerb(),
		a.verifyVerb(), a.forgetVerb(), a.backupVerb(), a.restoreVerb(), a.placesVerb(), a.benchVerb(), a.versionVerb(), a.licencesVerb())
	return root
}

// exit prints an error for people and maps it to an exit code: the one place
// where kinds of failure become numbers.
func (a *app) exit(err error) int {
	if err == nil {
		return exitOK
	}
	code := exitError
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.stderr, "onrecord: interrupted; what was kept so far stays")
		return exitInterrupted
	case errors.Is(err, errPartial):
		return exitPartial
	case isUnknownCommand(err):
		err = onrecord.WithHint(err, "onrecord help lists what there is")
		code = exitUsage
	case errors.Is(err, errUsage), errors.Is(err, onrecord.ErrInvalid):
		code = exitUsage
	case errors.Is(err, onrecord.ErrNotFound), errors.Is(err, onrecord.ErrForgotten):
		code = exitNotFound
	case errors.Is(err, onrecord.ErrForbidden):
		code = exitForbidden
	}
	a.complain("", err)
	return code
}

// failed names an input that failed, if it did.
func (a *app) failed(name string, err error) bool {
	if err != nil {
		a.complain(name, err)
	}
	return err != nil
}

// complain prints an error, and what can be done about it, on standard error.
func (a *app) complain(name string, err error) {
	if name != "" {
		name += ": "
	}
	fmt.Fprintf(a.stderr, "onrecord: %s%v\n", name, err)
	if hint := advice(err); hint != "" {
		fmt.Fprintf(a.stderr, "  %s\n", hint)
	}
}

// advice is what can be done about an error: its own hint, else what there is to
// say of files that the system refuses to read or write.
func advice(err error) string {
	switch hint := onrecord.Hint(err); {
	case hint != "":
		return hint
	case errors.Is(err, syscall.ENOSPC):
		return "the disk is full: make room on it and do it again"
	case errors.Is(err, fs.ErrPermission):
		return "you have no right to this file or its folder: change that, or name another"
	default:
		return ""
	}
}

// ledgerPath is where the ledger is: the flag, the environment, or the data
// folder of the XDG base directory specification.
func (a *app) ledgerPath() (string, error) {
	if a.ledger != "" {
		return a.ledger, nil
	}
	if path := os.Getenv("ONRECORD_LEDGER"); path != "" {
		return path, nil
	}
	data := os.Getenv("XDG_DATA_HOME")
	if data == "" && runtime.GOOS == "windows" {
		data = os.Getenv("LocalAppData")
	}
	if !filepath.IsAbs(data) { // the specification has relative paths ignored
		home, err := os.UserHomeDir()
		if err != nil {
			return "", onrecord.WithHint(fmt.Errorf("find the data folder: %w", err), "name a file with --ledger or ONRECORD_LEDGER")
		}
		data = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(data, "onrecord", "ledger.db"), nil
}

// store opens the ledger, making it where there is none.
func (a *app) store(ctx context.Context) (ledger.Store, error) {
	path, err := a.ledgerPath()
	if err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, path)
}

// withStore runs a verb on a ledger, made where there is none, and closes it.
func (a *app) withStore(ctx context.Context, work func(ledger.Store) error) error {
	store, err := a.store(ctx)
	if err != nil {
		return err
	}
	return errors.Join(work(store), store.Close())
}

// kept opens a ledger that must exist: to read only where it may not be written.
func (a *app) kept(ctx context.Context) (ledger.Store, error) {
	path, err := a.ledgerPath()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, onrecord.WithHint(fmt.Errorf("the ledger %s: %w", path, onrecord.ErrNotFound), "read an article first: onrecord read FILE")
	}
	store, err := sqlite.Open(ctx, path)
	if errors.Is(err, onrecord.ErrForbidden) {
		store, err = sqlite.OpenReadOnly(ctx, path)
	}
	if err != nil {
		return nil, err
	}
	return store, nil
}

// readOnly reports whether a ledger takes no corrections.
func readOnly(store ledger.Store) bool {
	s, ok := store.(interface{ ReadOnly() bool })
	return ok && s.ReadOnly()
}

// withLedger runs a verb on an existing ledger and closes it.
func (a *app) withLedger(ctx context.Context, work func(ledger.Store) error) error {
	store, err := a.kept(ctx)
	if err != nil {
		return err
	}
	return errors.Join(work(store), store.Close())
}

// analyser is the English analyser with the model of --model, or with its own.
func (a *app) analyser() (*english.Analyser, error) {
	if a.model != "" {
		return english.LoadFile(a.model)
	}
	return english.New()
}

// newsroom makes the room that reads and analyses; keeper may be nil.
func (a *app) newsroom(keeper ledger.Keeper) (*newsroom.Newsroom, error) {
	d, err := a.desk()
	if err != nil {
		return nil, fmt.Errorf("load the desk's data: %w", err)
	}
	return &newsroom.Newsroom{Desk: d, Keeper: keeper}, nil
}

func (a *app) desk() (*desk.Desk, error) {
	type opened struct {
		base *roster.Base
		err  error
	}
	facts := make(chan opened, 1)
	go func() { // beside the model
		base, err := a.roster()
		facts <- opened{base, err}
	}()
	analyser, err := a.analyser()
	if err != nil {
		return nil, err
	}
	d, err := desk.With(analyser)
	if err != nil {
		return nil, err
	}
	known := <-facts
	if known.err != nil {
		return nil, known.err
	}
	if d, err = a.placing(d); err != nil {
		return nil, err
	}
	return d.Knowing(known.base), nil
}
