package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/onrecord/onrecord"
)

//go:embed migrations/*.sql
var migrations embed.FS

// schemaVersion is the newest of migrations.
const schemaVersion = 5

// applicationID marks the file as a ledger of ours (PRAGMA application_id): the
// letters "onrc".
const applicationID = 0x6f6e7263

// migrate brings a new or an older ledger to schemaVersion.
func migrate(ctx context.Context, db *sql.DB) error {
	version, err := versionOf(ctx, db)
	if err != nil {
		return err
	}
	if version == schemaVersion {
		return nil
	}
	// First of all the file is marked as ours, so that one cut short here is
	// known for what it is. Each migration sets user_version itself.
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return err
	}
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, folder, goose.WithVerbose(false))
	if err != nil {
		return err
	}
	return patiently(ctx, func() error {
		_, err := provider.Up(ctx)
		if err == nil {
			return nil
		}
		// Other processes may be opening the same new ledger: one of them makes the
		// schema, and the others, who fail over it, find it made.
		if version, again := versionOf(ctx, db); again == nil && version == schemaVersion {
			return nil
		}
		return fmt.Errorf("migrate: %w", err)
	})
}

// patiently tries again for some seconds what fails because others are making the
// same new ledger. SQLite does not wait by itself for the change to write-ahead
// mode, nor does goose for other migrations.
func patiently(ctx context.Context, try func() error) error {
	for wait := 10 * time.Millisecond; ; wait *= 2 {
		err := try()
		if err == nil || wait > 2*time.Second || ctx.Err() != nil || errors.Is(err, onrecord.ErrInvalid) {
			return err
		}
		time.Sleep(wait)
	}
}

// recognise checks that a file is a ledger of the version we know.
func recognise(ctx context.Context, db *sql.DB) error {
	version, err := versionOf(ctx, db)
	switch {
	case err != nil:
		return err
	case version == 0:
		return fmt.Errorf("%w: not a ledger", onrecord.ErrInvalid)
	case version < schemaVersion:
		return onrecord.WithHint(fmt.Errorf("%w: a ledger of version %d, wanted %d", onrecord.ErrInvalid, version, schemaVersion), "open it once to write")
	}
	return nil
}

// versionOf is the version of a ledger's schema; 0 for an empty file. It fails
// for a file of something else and for versions that are not known yet.
func versionOf(ctx context.Context, db *sql.DB) (int, error) {
	var app, version, tables int
	const q = "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)"
	if err := db.QueryRowContext(ctx, q).Scan(&app, &version, &tables); err != nil {
		return 0, err
	}
	switch {
	case tables == 0 && (app == 0 || app == applicationID):
		return 0, nil
	case app != applicationID:
		return 0, fmt.Errorf("%w: a database, but not a ledger", onrecord.ErrInvalid)
	case version > schemaVersion:
		return 0, onrecord.WithHint(fmt.Errorf("%w: a ledger of version %d, and this program knows %d", onrecord.ErrInvalid, version, schemaVersion), "use a newer onrecord")
	}
	return version, nil
}

// Check reports whether the file at path is a whole ledger of a version that
// this program knows, reading all of it. Errors wrap [onrecord.ErrNotFound],
// [onrecord.ErrInvalid] or [onrecord.ErrDamaged].
func Check(ctx context.Context, path string) error {
	s, err := OpenReadOnly(ctx, path)
	if err != nil {
		return err
	}
	err = integrity(ctx, s.read)
	if err != nil {
		err = fmt.Errorf("check ledger %s: %w", path, s.failure(err))
	}
	return errors.Join(err, s.Close())
}

// integrity has SQLite look at every page and index.
func integrity(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check(10)")
	if err != nil {
		return err
	}
	defer rows.Close()
	var errs []error
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			errs = append(errs, fmt.Errorf("%w: %s", onrecord.ErrDamaged, line))
		}
	}
	return errors.Join(append(errs, rows.Err())...)
}
