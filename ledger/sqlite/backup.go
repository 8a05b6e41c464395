package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/onrecord/onrecord"
)

// Backup writes a consistent copy to a new file, readable by its owner alone. It
// is a ledger like this one, packed as tight as it can be. Others read and write
// meanwhile; what they write is not in it.
func (s *Store) Backup(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return onrecord.WithHint(fmt.Errorf("back up to %s: %w: there is a file of that name", path, onrecord.ErrInvalid), "choose another name")
	}
	if unwritable(err) {
		return onrecord.WithHint(fmt.Errorf("back up: %w: %w", onrecord.ErrForbidden, err), "name a file in a folder of your own")
	}
	if err != nil {
		return fmt.Errorf("back up to %s: %w", path, failureOf(path, err))
	}
	// An empty file is as good as none to SQLite, and keeps its permissions.
	_, err = s.read.ExecContext(ctx, "VACUUM INTO ?", path)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err != nil {
		return errors.Join(fmt.Errorf("back up to %s: %w", path, failureOf(path, err)), os.Remove(path))
	}
	return nil
}
