package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const refSQL = `SELECT a.id, a.title, coalesce(p.name, ''), a.address, a.published, a.retrieved, a.language, a.listed, a.revision
FROM articles a LEFT JOIN publishers p ON p.id = a.publisher WHERE a.id = ?`

// Article is an article, its newest revision and all found in it. See
// [ledger.Searcher].
func (s *Store) Article(ctx context.Context, id onrecord.ID) (art ledger.Article, err error) {
	_, n, err := parse(id, ledger.ArticleID)
	if err != nil {
		return art, err
	}
	err = s.view(ctx, "article "+string(id), func(q reader) error {
		var revision int64
		ref := &refRow{ref: &art.ArticleRef}
		err := q.row(refSQL, []any{n}, append(ref.into(), &revision)...)
		if none(err) {
			return missing(q, ledger.ArticleID, n)
		}
		if err == nil {
			err = ref.finish()
		}
		if err != nil {
			return err
		}
		return loadArticle(q, n, revision, &art)
	})
	return art, err
}

func loadArticle(q querier, id, revision int64, art *ledger.Article) error {
	row, err := loadRevision(q, revision)
	if err != nil {
		return err
	}
	if art.Reviews, err = loadReviews(q, id); err != nil {
		return err
	}
	art.Hash, art.Analysis = row.hash, row.analysis
	art.Revision = ledger.Described(row.revision, art.Reviews)
	art.Statements, _, err = loadRecords(q, "SELECT place FROM statements WHERE article = ?", []any{id}, "ORDER BY s.position, s.id")
	if err != nil {
		return err
	}
	for i := range art.Statements {
		if r := &art.Statements[i]; r.GoneSince == "" {
			art.Analysis.Statements = append(art.Analysis.Statements, r.Found)
		}
	}
	err = q.rows("SELECT address FROM aliases WHERE article = ? ORDER BY address", []any{id}, func(scan func(...any) error) error {
		var a string
		err := scan(&a)
		art.Aliases = append(art.Aliases, a)
		return err
	})
	if err != nil {
		return fmt.Errorf("load addresses: %w", err)
	}
	return loadEarlier(q, id, revision, art)
}

const earlierSQL = `SELECT r.hash, c.hash, r.read_by, r.retrieved FROM revisions r JOIN takings t ON t.id = r.taking JOIN captures c ON c.id = t.capture
WHERE r.article = ? AND r.id <> ? ORDER BY r.id DESC`

func loadEarlier(q querier, id, revision int64, art *ledger.Article) error {
	err := q.rows(earlierSQL, []any{id, revision}, func(scan func(...any) error) error {
		var text, capture []byte
		var e ledger.RevisionRef
		var retrieved int64
		if err := scan(&text, &capture, &e.ReadBy, &retrieved); err != nil {
			return err
		}
		copy(e.Hash[:], text)
		copy(e.Capture[:], capture)
		e.Retrieved = unmicro(retrieved)
		art.Earlier = append(art.Earlier, e)
		return nil
	})
	if err != nil {
		return fmt.Errorf("load earlier revisions: %w", err)
	}
	return nil
}

// Resolve is the article that an address leads to. A relative path is taken from
// the working directory where it is not known as it stands.
func (s *Store) Resolve(ctx context.Context, address string) (id onrecord.ID, err error) {
	tries := []string{address}
	if abs, err := filepath.Abs(address); err == nil && address != "" && !strings.Contains(address, "://") && abs != address {
		tries = append(tries, abs)
	}
	err = s.view(ctx, "resolve "+address, func(q reader) error {
		for _, try := range tries {
			var n int64
			err := q.row(aliasSQL, []any{try}, &n)
			if err == nil {
				id = ledger.FormatID(ledger.ArticleID, n)
				return nil
			}
			if !none(err) {
				return err
			}
			hash := onrecord.HashOf(try)
			err = q.row(unwantedSQL, []any{hash[:]}, &n)
			if err == nil {
				return forgottenError(n)
			}
			if !none(err) {
				return err
			}
		}
		return onrecord.ErrNotFound
	})
	return id, err
}
