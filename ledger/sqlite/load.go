package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// querier reads: the pool of readers, or a write transaction.
type querier interface {
	row(query string, args []any, into ...any) error
	rows(query string, args []any, each func(scan func(...any) error) error) error
}

// reader reads outside of a write transaction.
type reader struct {
	ctx context.Context //nolint:containedctx // A reader lives inside one call.
	db  interface {
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
		QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
		PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	}
}

func (r reader) row(query string, args []any, into ...any) error {
	return r.db.QueryRowContext(r.ctx, query, args...).Scan(into...)
}

func (r reader) rows(query string, args []any, each func(scan func(...any) error) error) error {
	rows, err := r.db.QueryContext(r.ctx, query, args...)
	return every(rows, err, each)
}

// view runs reads that belong together against one state of the ledger.
func (s *Store) view(ctx context.Context, what string, work func(reader) error) error {
	t, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("%s: %w", what, s.failure(err))
	}
	defer t.Rollback() //nolint:errcheck // Nothing was written.
	if err := work(reader{ctx, t}); err != nil {
		return fmt.Errorf("%s: %w", what, s.failure(err))
	}
	return nil
}

const revisionSQL = `SELECT r.article, r.about, r.packed, coalesce(n.rest, x''), coalesce(v.made_by, '{}'), r.hash, r.retrieved
FROM revisions r LEFT JOIN analyses n ON n.revision = r.id LEFT JOIN versions v ON v.id = n.made_by WHERE r.id = ?`

// revisionRow is a kept revision with its analysis, which has no statements.
type revisionRow struct {
	article   int64
	revision  onrecord.Revision
	analysis  onrecord.Analysis
	hash      onrecord.Hash
	retrieved int64
}

func loadRevision(q querier, id int64) (r revisionRow, err error) {
	var about, packed, rest, hash []byte
	var madeBy string
	if err := q.row(revisionSQL, []any{id}, &r.article, &about, &packed, &rest, &madeBy, &hash, &r.retrieved); err != nil {
		return r, fmt.Errorf("load a revision: %w", err)
	}
	copy(r.hash[:], hash)
	if err := unpackJSON(about, &r.revision); err != nil {
		return r, fmt.Errorf("revision %s: %w", r.hash, err)
	}
	text, err := unpack(packed)
	if err != nil {
		return r, fmt.Errorf("text of revision %s: %w", r.hash, err)
	}
	r.revision.Text = string(text)
	if len(rest) > 0 {
		if err := unpackJSON(rest, &r.analysis); err != nil {
			return r, fmt.Errorf("analysis of revision %s: %w", r.hash, err)
		}
	}
	if err := json.Unmarshal([]byte(madeBy), &r.analysis.MadeBy); err != nil {
		return r, fmt.Errorf("%w: versions %q: %w", onrecord.ErrDamaged, madeBy, err)
	}
	return r, nil
}

const reviewsSQL = `SELECT r.body, coalesce(u.undone_by, ''), coalesce(u.undone_at, 0) FROM reviews r LEFT JOIN undone u ON u.review = r.id `

// loadReviews are the reviews of a statement or an article, oldest first.
func loadReviews(q querier, target int64) ([]onrecord.Review, error) {
	var list []onrecord.Review
	err := q.rows(reviewsSQL+"WHERE r.target = ? ORDER BY r.id", []any{target}, func(scan func(...any) error) error {
		r, err := scanReview(scan)
		list = append(list, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load reviews: %w", err)
	}
	return list, nil
}

func scanReview(scan func(...any) error) (r onrecord.Review, err error) {
	var body string
	var at int64
	if err := scan(&body, &r.UndoneBy, &at); err != nil {
		return r, err
	}
	by := r.UndoneBy
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		return r, fmt.Errorf("%w: a review: %w", onrecord.ErrDamaged, err)
	}
	r.UndoneBy, r.UndoneAt = by, unmicro(at)
	return r, nil
}

// isForgotten reports whether err tells of a tombstone.
func isForgotten(err error) bool { return errors.Is(err, onrecord.ErrForgotten) }

// forgottenError is the error for what led to a forgotten article.
func forgottenError(article int64) error {
	return onrecord.WithHint(
		fmt.Errorf("%w: article %s", onrecord.ErrForgotten, ledger.FormatID(ledger.ArticleID, article)),
		"it was removed on purpose, and what leads to it is not kept again")
}

// missing is the error for an ID that has no row: forgotten or never there.
func missing(q querier, kind ledger.IDKind, id int64) error {
	var article int64
	err := q.row("SELECT article FROM forgotten WHERE id = ?", []any{id}, &article)
	switch {
	case err == nil:
		return forgottenError(article)
	case none(err):
		return fmt.Errorf("%s: %w", ledger.FormatID(kind, id), onrecord.ErrNotFound)
	default:
		return err
	}
}

// parse reads a public ID that must be of one of some kinds.
func parse(id onrecord.ID, kinds ...ledger.IDKind) (ledger.IDKind, int64, error) {
	kind, n, err := ledger.ParseID(id)
	if err != nil {
		return 0, 0, err
	}
	if !slices.Contains(kinds, kind) {
		return 0, 0, fmt.Errorf("ID %q: %w: not of this kind", id, onrecord.ErrInvalid)
	}
	return kind, n, nil
}
