package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// preparer prepares each SQL text once on the writing connection. It is used
// under Store.writing.
type preparer struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

func (p *preparer) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := p.stmts[query]; ok {
		return s, nil
	}
	s, err := p.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	if p.stmts == nil {
		p.stmts = map[string]*sql.Stmt{}
	}
	p.stmts[query] = s
	return s, nil
}

func (p *preparer) close() error {
	if p.conn == nil {
		return nil
	}
	var errs []error
	for _, s := range p.stmts {
		errs = append(errs, s.Close())
	}
	p.stmts = nil
	return errors.Join(append(errs, p.conn.Close())...)
}

// tx is a write transaction with what it has to settle before it commits: counts
// that changed, and words to be indexed.
type tx struct {
	s   *Store
	ctx context.Context //nolint:containedctx // A transaction lives inside one call.

	totals  totals
	counts  [4]map[int64]int  // listed statements gained or lost, by row
	index   map[int64]indexed // by place
	spelled map[named]spelled // speakers found so far
	minted  bool              // an ID was minted
}

// mint is a new ID. Those of a transaction count on, also over a second's end, so
// that statements of one article keep their order.
func (x *tx) mint() int64 {
	if x.minted {
		return x.s.minter.Next()
	}
	x.minted = true
	return x.s.minter.Mint()
}

// Rows that count their listed statements: indexes of tx.counts.
const (
	ofArticle = iota
	ofPublisher
	ofSpelling
	ofSpeaker
)

// countSQLs add to the counts. Those of speakers are settled with their names.
var countSQLs = [...]string{
	ofArticle:   "UPDATE articles SET listed = listed + ? WHERE id = ?",
	ofPublisher: "UPDATE publishers SET listed = listed + ? WHERE id = ?",
	ofSpelling:  "UPDATE spellings SET listed = listed + ? WHERE id = ?",
}

// totals are changes of the running counts.
type totals struct {
	articles, foreigns, revisions, statements, speakers, reviews, forgotten int
}

// update runs work in a write transaction, which either commits whole or leaves
// nothing. The context can stop it from starting; once it writes it runs to its
// end, because it is brief and a batch half done would have to be done again.
func (s *Store) update(ctx context.Context, what string, work func(*tx) error) error {
	if s.write == nil {
		return fmt.Errorf("%s: %w", what, forbidden(s.path, nil))
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	ctx = context.WithoutCancel(ctx)
	x := &tx{s: s, ctx: ctx, index: map[int64]indexed{}, spelled: map[named]spelled{}}
	for i := range x.counts {
		x.counts[i] = map[int64]int{}
	}
	if err := x.do("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("%s: %w", what, s.failure(err))
	}
	err := x.run(work)
	if err != nil {
		return errors.Join(fmt.Errorf("%s: %w", what, s.failure(err)), x.rollback())
	}
	return nil
}

// run does the work between the transaction's begin and its end. A panic is
// passed on after the transaction is taken back.
func (x *tx) run(work func(*tx) error) (err error) {
	ended := false
	defer func() {
		if !ended {
			err = errors.Join(err, x.rollback())
		}
	}()
	err = errors.Join(x.seed(), work(x))
	if err == nil {
		err = x.settle()
	}
	if err == nil {
		err = x.do("COMMIT")
	}
	ended = true
	return err
}

// rollback takes the transaction back, unless SQLite already did.
func (x *tx) rollback() error {
	if _, err := x.s.prepared.conn.ExecContext(x.ctx, "ROLLBACK"); err != nil && !strings.Contains(err.Error(), "no transaction is active") {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

const newestIDsSQL = `SELECT max(
  coalesce((SELECT max(id) FROM articles), 0), coalesce((SELECT max(id) FROM statements), 0),
  coalesce((SELECT max(id) FROM reviews), 0), coalesce((SELECT max(id) FROM ties), 0), coalesce((SELECT max(id) FROM sources), 0), coalesce((SELECT max(id) FROM leads), 0), coalesce((SELECT max(id) FROM bookmarks), 0),
  coalesce((SELECT max(id) FROM stories), 0), coalesce((SELECT max(id) FROM tellings), 0), coalesce((SELECT max(id) FROM regroupings), 0), coalesce((SELECT max(id) FROM forgotten), 0))`

// seed makes sure that IDs minted by other processes are not minted again.
func (x *tx) seed() error {
	var newest int64
	if err := x.row(newestIDsSQL, nil, &newest); err != nil {
		return err
	}
	x.s.minter.Above(newest)
	return nil
}

// exec runs a statement for its effect.
func (x *tx) exec(query string, args ...any) (sql.Result, error) {
	stmt, err := x.s.prepared.stmt(x.ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(x.ctx, args...)
}

// do runs a statement whose result does not matter.
func (x *tx) do(query string, args ...any) error {
	_, err := x.exec(query, args...)
	return err
}

// insert runs an insertion and returns its rowid.
func (x *tx) insert(query string, args ...any) (int64, error) {
	r, err := x.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// row reads one row; [sql.ErrNoRows] when there is none.
func (x *tx) row(query string, args []any, into ...any) error {
	stmt, err := x.s.prepared.stmt(x.ctx, query)
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(x.ctx, args...).Scan(into...)
}

// rows calls each for every row; scan reads the row's columns.
func (x *tx) rows(query string, args []any, each func(scan func(...any) error) error) error {
	stmt, err := x.s.prepared.stmt(x.ctx, query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(x.ctx, args...)
	return every(rows, err, each)
}

// every calls each for every row of a result and closes it.
func every(rows *sql.Rows, err error, each func(scan func(...any) error) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// none reports whether err says that no row was there.
func none(err error) bool { return errors.Is(err, sql.ErrNoRows) }
