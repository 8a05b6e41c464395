package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Store is a ledger in a SQLite file.
type Store struct {
	path   string
	write  *sql.DB // one connection; nil when opened to read only
	read   *sql.DB
	frozen bool // nobody can write the file's folder: see openRead
	now    func() time.Time

	minter   ledger.Minter
	writing  sync.Mutex // held through a write transaction
	prepared preparer
}

var _ ledger.Store = (*Store)(nil)

// Pragmas of every connection. busy_timeout comes first, because those after it
// may have to wait already.
//
// synchronous is FULL: each commit is on the disk before Keep returns, so that
// what was acknowledged survives the process killed (for which NORMAL would do)
// and the power cut (for which, in write-ahead mode, it would not). The price is
// one fsync a transaction, which batches of documents share.
const pragmas = "_pragma=busy_timeout(10000)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-%d)"

const (
	writePragmas = "&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=secure_delete(ON)&_pragma=journal_size_limit(67108864)&_txlock=immediate"
	readPragmas  = "&mode=ro"
	frozenPragma = "&immutable=1"

	writeCache = 32 << 10 // KiB
	readCache  = 8 << 10  // KiB a connection
)

// Open opens the ledger at path, made if need be, with its folders, readable by
// its owner alone, and brings its schema to the newest version. Errors wrap
// [onrecord.ErrInvalid] for a file that is no ledger or of a newer version, and
// [onrecord.ErrForbidden] for one that may not be written; that one can be asked:
// see [OpenReadOnly].
func Open(ctx context.Context, path string) (*Store, error) {
	return open(ctx, path, time.Now)
}

func open(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	s := &Store{path: path, now: now, minter: ledger.Minter{Now: now}}
	if err := create(path); err != nil {
		return nil, fmt.Errorf("open ledger %s: %w", path, s.failure(err))
	}
	if err := s.openWrite(ctx); err != nil {
		return nil, s.unopened(err)
	}
	if err := s.openRead(ctx); err != nil {
		return nil, s.unopened(err)
	}
	return s, nil
}

// OpenReadOnly opens a ledger that is there already and writes nothing. Its
// writing methods fail with [onrecord.ErrForbidden]. The folder may be one that
// cannot be written either, such as a disc's.
func OpenReadOnly(ctx context.Context, path string) (*Store, error) {
	s := &Store{path: path, now: time.Now}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open ledger %s: %w", path, onrecord.ErrNotFound)
	}
	if err := s.openRead(ctx); err != nil {
		return nil, s.unopened(err)
	}
	return s, nil
}

// ReadOnly reports whether the ledger was opened to read only.
func (s *Store) ReadOnly() bool { return s.write == nil }

// unopened closes what an opening that failed left open and says what failed.
func (s *Store) unopened(err error) error {
	if s.frozen && unwritable(err) {
		err = unreadable(s.path, err)
	}
	errs := []error{fmt.Errorf("open ledger %s: %w", s.path, s.failure(err))}
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// create makes the file, because SQLite would make it readable by others.
func create(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func dsn(path, more string, cache int) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + fmt.Sprintf(pragmas, cache) + more
}

func (s *Store) openWrite(ctx context.Context) (err error) {
	if s.write, err = sql.Open("sqlite", dsn(s.path, writePragmas, writeCache)); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	err = patiently(ctx, func() error {
		err := s.write.PingContext(ctx)
		if err = s.failure(err); errors.Is(err, onrecord.ErrBusy) {
			return err
		}
		return nil // what else is wrong shows at once
	})
	if err != nil {
		return err
	}
	if err := migrate(ctx, s.write); err != nil {
		return err
	}
	s.prepared.conn, err = s.write.Conn(ctx)
	return err
}

// openRead opens the readers. In write-ahead mode SQLite wants to make files
// beside the ledger even to read it. Where it cannot, and no log stands there that
// would have to be read as well, the file is taken for one that nobody changes.
func (s *Store) openRead(ctx context.Context) (err error) {
	if s.read, err = s.openReaders(max(4, runtime.GOMAXPROCS(0))); err != nil {
		return err
	}
	err = recognise(ctx, s.read)
	if s.write != nil || !unwritable(err) {
		return err
	}
	if log, statErr := os.Stat(s.path + "-wal"); statErr == nil && log.Size() > 0 {
		return onrecord.WithHint(fmt.Errorf("%w: the newest of it stands in %s-wal, which can only be read where files can be made beside it", onrecord.ErrForbidden, s.path),
			"copy the two files to a folder of your own and name the copy with --ledger")
	}
	if err := s.read.Close(); err != nil {
		return err
	}
	s.frozen = true
	if s.read, err = s.openReaders(max(4, runtime.GOMAXPROCS(0))); err != nil {
		return err
	}
	return recognise(ctx, s.read)
}

func (s *Store) openReaders(connections int) (*sql.DB, error) {
	more := readPragmas
	if s.frozen {
		more += frozenPragma
	}
	db, err := sql.Open("sqlite", dsn(s.path, more, readCache))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// Close ends all work and lets SQLite note what it learned about the indexes.
func (s *Store) Close() error {
	var errs []error
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		s.writing.Lock()
		defer s.writing.Unlock()
		errs = append(errs, s.prepared.close())
		_, err := s.write.ExecContext(context.Background(), "PRAGMA optimize")
		errs = append(errs, err, s.write.Close())
	}
	return errors.Join(errs...)
}
