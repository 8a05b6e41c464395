package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/onrecord/onrecord"
)

// failure is failureOf for what this ledger's file has to do with.
func (s *Store) failure(err error) error { return failureOf(s.path, err) }

// failureOf turns errors of SQLite, and of the system about the file at path, into
// the record's, with what a person can do about them.
func failureOf(path string, err error) error {
	switch {
	case err == nil || onrecord.Hint(err) != "":
		return err
	case errors.Is(err, syscall.ENOSPC):
		return full(path, err)
	case unwritable(err):
		return forbidden(path, err)
	}
	switch codeOf(err) {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return onrecord.WithHint(fmt.Errorf("%w: %w", onrecord.ErrBusy, err), "another process is writing to this ledger; try again when it is done")
	case sqlite3.SQLITE_CORRUPT:
		return onrecord.WithHint(fmt.Errorf("%w: %w", onrecord.ErrDamaged, err), "run verify, and restore a backup if it finds damage")
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: not a ledger: %w", onrecord.ErrInvalid, err)
	case sqlite3.SQLITE_FULL:
		return full(path, err)
	case sqlite3.SQLITE_IOERR:
		return onrecord.WithHint(fmt.Errorf("read or write %s: %w", path, err), "the disk or the network to it may be failing; once it is well again, run verify")
	default:
		return err
	}
}

// codeOf is SQLite's primary result code of an error; 0 for others.
func codeOf(err error) int {
	if e, ok := errors.AsType[*driver.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// unwritable reports whether err says that a file or its folder may not be
// written. That SQLite cannot open a file is said of those that it makes beside a
// ledger: the ledger itself is looked at before.
func unwritable(err error) bool {
	switch codeOf(err) {
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return true
	}
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

func full(path string, err error) error {
	return onrecord.WithHint(fmt.Errorf("the disk that %s stands on is full: %w", path, err),
		"make room on it and do it again; what was kept before stays kept")
}

// forbidden is the error for a ledger that may not be written; err is nil where it
// was opened to read only.
func forbidden(path string, err error) error {
	hint := "to write it, get the right to its folder, or name another with --ledger"
	if err == nil {
		err = fmt.Errorf("%w: %s is open to read only", onrecord.ErrForbidden, path)
	} else {
		err = fmt.Errorf("%w: %s or its folder may not be written: %w", onrecord.ErrForbidden, path, err)
	}
	if f, openErr := os.Open(path); openErr == nil {
		hint = "it can still be asked; " + hint + ", such as a copy made with onrecord backup"
		err = errors.Join(err, f.Close())
	}
	return onrecord.WithHint(err, hint)
}

// unreadable is the error for a ledger that may not even be read.
func unreadable(path string, err error) error {
	return onrecord.WithHint(fmt.Errorf("%w: %s or its folder may not be read: %w", onrecord.ErrForbidden, path, err),
		"get the right to read it, or name another with --ledger")
}
