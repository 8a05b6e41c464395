package sqlite

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	insertReviewSQL = "INSERT INTO reviews (id, target, article, body, seal) VALUES (?, ?, ?, ?, ?)"
	insertUndoneSQL = "INSERT INTO undone (review, undone_by, undone_at, seal) VALUES (?, ?, ?, ?)"
	standingSQL     = `SELECT r.id FROM reviews r LEFT JOIN undone u ON u.review = r.id WHERE r.target = ? AND u.review IS NULL ORDER BY r.id DESC LIMIT 1`
	reviewTargetSQL = `SELECT r.target, r.article, u.review IS NOT NULL FROM reviews r LEFT JOIN undone u ON u.review = r.id WHERE r.id = ?`
)

// Mark lays a correction over a statement or an article. See [ledger.Reviewer].
func (s *Store) Mark(ctx context.Context, r onrecord.Review) (onrecord.Review, error) {
	kind, target, err := parse(r.Target, ledger.StatementID, ledger.ArticleID)
	if err != nil {
		return onrecord.Review{}, err
	}
	r.Target = ledger.FormatID(kind, target)
	err = s.update(ctx, "mark "+string(r.Target), func(x *tx) error {
		article, err := x.articleIDOf(kind, target)
		if err != nil {
			return err
		}
		if kind == ledger.ArticleID {
			err = ledger.CheckDescribe(&r)
		} else {
			err = x.pin(target, &r)
		}
		if err != nil {
			return err
		}
		id := x.mint()
		r.ID, r.UndoneBy, r.UndoneAt = ledger.FormatID(ledger.ReviewID, id), "", unmicro(0)
		if r.At.IsZero() {
			r.At = s.now()
		}
		r.At = unmicro(micro(r.At))
		body, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if err := x.do(insertReviewSQL, id, target, article, string(body), seal(id, target, article, string(body))); err != nil {
			return fmt.Errorf("keep a review: %w", err)
		}
		x.totals.reviews++
		return x.relay(kind, target)
	})
	if err != nil {
		return onrecord.Review{}, err
	}
	return r, nil
}

// Undo takes back a review. See [ledger.Reviewer].
func (s *Store) Undo(ctx context.Context, id onrecord.ID, by string) (r onrecord.Review, err error) {
	kind, n, err := parse(id, ledger.ReviewID, ledger.StatementID, ledger.ArticleID)
	if err != nil {
		return r, err
	}
	err = s.update(ctx, "undo "+string(id), func(x *tx) error {
		review := n
		if kind != ledger.ReviewID {
			if _, err := x.articleIDOf(kind, n); err != nil {
				return err
			}
			if err := x.row(standingSQL, []any{n}, &review); none(err) {
				return fmt.Errorf("a review that stands: %w", onrecord.ErrNotFound)
			} else if err != nil {
				return err
			}
		}
		var target, article int64
		var undone bool
		err := x.row(reviewTargetSQL, []any{review}, &target, &article, &undone)
		switch {
		case none(err):
			return missing(x, ledger.ReviewID, review)
		case err != nil:
			return err
		case undone:
			return fmt.Errorf("%s: %w: undone already", ledger.FormatID(ledger.ReviewID, review), onrecord.ErrInvalid)
		}
		at := micro(s.now())
		if err := x.do(insertUndoneSQL, review, by, at, seal(review, by, at)); err != nil {
			return fmt.Errorf("keep that a review was undone: %w", err)
		}
		if err := x.relay(kindOf(target, article), target); err != nil {
			return err
		}
		all, err := loadReviews(x, target)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.ID == ledger.FormatID(ledger.ReviewID, review) {
				r = one
			}
		}
		return nil
	})
	return r, err
}

// kindOf is what a review's target is: a review of an article has it as both.
func kindOf(target, article int64) ledger.IDKind {
	if target == article {
		return ledger.ArticleID
	}
	return ledger.StatementID
}

// articleIDOf is the article of a statement, or of itself.
func (x *tx) articleIDOf(kind ledger.IDKind, id int64) (article int64, err error) {
	query := "SELECT article FROM statements WHERE id = ?"
	if kind == ledger.ArticleID {
		query = "SELECT id FROM articles WHERE id = ?"
	}
	if err = x.row(query, []any{id}, &article); none(err) {
		return 0, missing(x, kind, id)
	}
	return article, err
}

const oneStatementSQL = `SELECT id, article, revision, made_by, position, versions, gone_since, found FROM statements WHERE id = ?`

// statementOf loads one statement with its text.
func (x *tx) statementOf(id int64) (r statementRow, article int64, err error) {
	err = x.row(oneStatementSQL, []any{id}, &r.id, &article, &r.revision, &r.madeBy, &r.position, &r.versions, &r.goneSince, &r.foundFrame)
	if err == nil {
		err = unpackJSON(r.foundFrame, &r.found)
	}
	if err != nil {
		return r, 0, fmt.Errorf("load a statement: %w", err)
	}
	rev, err := loadRevision(x, r.revision)
	r.text, r.sentences = rev.revision.Text, rev.analysis.Sentences
	return r, article, err
}

// pin checks a review of a statement against its text.
func (x *tx) pin(statement int64, r *onrecord.Review) error {
	row, _, err := x.statementOf(statement)
	if err != nil {
		return err
	}
	reviews, err := loadReviews(x, statement)
	if err != nil {
		return err
	}
	return ledger.Pin(row.text, ledger.Lay(row.text, row.found.Statement, reviews).Statement, r)
}

// relay lists anew what reviews changed: a statement, or an article with all of
// its statements.
func (x *tx) relay(kind ledger.IDKind, target int64) error {
	if kind == ledger.StatementID {
		row, article, err := x.statementOf(target)
		if err != nil {
			return err
		}
		f, err := x.frameOf(article)
		if err != nil {
			return err
		}
		return x.reproject(f, &row)
	}
	f, err := x.frameOf(target)
	if err != nil {
		return err
	}
	var revision, madeBy int64
	if err := x.row("SELECT revision, made_by FROM articles WHERE id = ?", []any{target}, &revision, &madeBy); err != nil {
		return err
	}
	rows, err := x.statementsOf(target)
	if err != nil {
		return err
	}
	reviews, err := loadReviews(x, target)
	if err != nil {
		return err
	}
	rev, err := loadRevision(x, revision)
	if err != nil {
		return err
	}
	described := ledger.Described(rev.revision, reviews)
	if err := x.describe(f, &described, madeBy, revision); err != nil {
		return err
	}
	for i := range rows {
		if err := x.reproject(f, &rows[i]); err != nil {
			return err
		}
	}
	return nil
}
