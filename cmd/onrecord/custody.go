package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

func (a *app) verifyVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Re-read everything kept and prove that every word still stands",
		Long: `Re-read every kept capture and text against its hash, and every statement's words
against the text. Each thing that does not hold is named; the exit code is then 1.`,
		Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error { return a.verify(cmd, store) })
		},
	}
}

func (a *app) verify(cmd *cobra.Command, store ledger.Store) error {
	looked := map[string]int{}
	bad := 0
	for f, err := range store.Verify(cmd.Context()) {
		if err != nil {
			return err
		}
		looked[f.Kind]++
		if f.Problem != "" {
			bad++
			fmt.Fprintf(a.stdout, "%s %s of %s: %s\n", f.Kind, f.ID, f.Article, oneLine(f.Problem))
		}
	}
	fmt.Fprintf(a.stderr, "verified %s, %s, %s\n", count(looked["capture"], "capture"), count(looked["revision"], "revision"), count(looked["statement"], "statement"))
	if readOnly(store) {
		fmt.Fprintln(a.stderr, "the full-text index was not compared with them: that takes the right to write the ledger")
	}
	if bad > 0 {
		return onrecord.WithHint(fmt.Errorf("%s do not hold: %w", count(bad, "thing"), onrecord.ErrDamaged), "restore a backup: onrecord restore FILE")
	}
	return nil
}

func (a *app) forgetVerb() *cobra.Command {
	var by, why string
	cmd := &cobra.Command{
		Use:   "forget ARTICLE",
		Short: "Remove an article and all found in it, leaving a tombstone",
		Long: `Remove an article (its ID, URL or file), its texts, captures and statements. A
tombstone stays with its IDs, when, by whom and why; the article is not read
again while the tombstone stands.`,
		Args: exactly(1, "an article"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error {
				id, err := articleID(cmd.Context(), store, args[0])
				if err != nil {
					return err
				}
				if by == "" {
					by = reviewer()
				}
				if err := store.Forget(cmd.Context(), id, by, why); err != nil {
					return err
				}
				fmt.Fprintf(a.stdout, "forgotten: %s\n", id)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "who has it forgotten (default $ONRECORD_REVIEWER, else the user's name)")
	cmd.Flags().StringVar(&why, "why", "", "the reason")
	return cmd
}

func (a *app) backupVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a consistent copy of the ledger while others go on",
		Args:  exactly(1, "a new file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error {
				if err := store.Backup(cmd.Context(), args[0]); err != nil {
					return err
				}
				fmt.Fprintf(a.stdout, "backed up to %s\n", args[0])
				return nil
			})
		},
	}
}

func (a *app) restoreVerb() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the ledger's place",
		Long: `Check a backup and put it in the ledger's place. A ledger that stands there is
left alone unless --force is given; then it is kept beside it as ledger.db.before.
Nothing else may use the ledger meanwhile.`,
		Args: exactly(1, "a backup"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := a.ledgerPath()
			if err != nil {
				return err
			}
			if err := sqlite.Check(cmd.Context(), args[0]); err != nil {
				return fmt.Errorf("the backup %s: %w", args[0], err)
			}
			if err := replace(path, args[0], force); err != nil {
				return err
			}
			fmt.Fprintf(a.stdout, "restored %s from %s\n", path, args[0])
			return nil
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace a ledger that stands there")
	return cmd
}

// replace copies a backup beside the ledger, flushes it to disk and only then
// moves it into place, so that a crash leaves the old ledger or the new one.
func replace(path, backup string, force bool) error {
	_, err := os.Stat(path)
	exists := err == nil
	if exists && !force {
		return onrecord.WithHint(fmt.Errorf("%w: a ledger stands at %s", onrecord.ErrInvalid, path), "--force replaces it and keeps it as "+filepath.Base(path)+".before")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the ledger's folder: %w", err)
	}
	fresh := path + ".restoring"
	if err := copyFile(fresh, backup); err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	if exists {
		if err := os.Rename(path, path+".before"); err != nil {
			return fmt.Errorf("keep the old ledger: %w", err)
		}
		for _, side := range []string{"-wal", "-shm"} {
			if err := os.Rename(path+side, path+".before"+side); err != nil && !errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("keep the old ledger: %w", err)
			}
		}
	}
	if err := os.Rename(fresh, path); err != nil {
		return fmt.Errorf("put the backup into place: %w", err)
	}
	return nil
}

func copyFile(to, from string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write beside the ledger: %w", err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, in); err != nil {
		return fmt.Errorf("copy the backup: %w", err)
	}
	return out.Sync()
}
