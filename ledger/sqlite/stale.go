package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// stalePage is how many articles are looked up at a time.
const stalePage = 64

// Stale yields what newer stages have not seen. See [ledger.Reanalyser]. No read
// stays open between two yields, so that Reanalysed can be called among them.
func (s *Store) Stale(ctx context.Context, current onrecord.Versions, olderThan string) iter.Seq2[ledger.Stale, error] {
	return func(yield func(ledger.Stale, error) bool) {
		versions, err := s.staleVersions(ctx, current, olderThan)
		if err != nil {
			yield(ledger.Stale{}, err)
			return
		}
		for _, madeBy := range versions {
			for after := int64(0); ; {
				ids, err := s.staleArticles(ctx, madeBy, after)
				if err != nil {
					yield(ledger.Stale{}, err)
					return
				}
				for _, id := range ids {
					after = id
					stale, ok, err := s.stale(ctx, id, madeBy)
					if !ok && err == nil {
						continue // done, or forgotten, meanwhile
					}
					if !yield(stale, err) || err != nil {
						return
					}
				}
				if len(ids) < stalePage {
					break
				}
			}
		}
	}
}

// staleVersions are the rows of what made analyses that are stale.
func (s *Store) staleVersions(ctx context.Context, current onrecord.Versions, olderThan string) (ids []int64, err error) {
	err = s.view(ctx, "find what is stale", func(q reader) error {
		return q.rows("SELECT id, made_by FROM versions ORDER BY id", nil, func(scan func(...any) error) error {
			var id int64
			var plain string
			if err := scan(&id, &plain); err != nil {
				return err
			}
			var v onrecord.Versions
			if err := json.Unmarshal([]byte(plain), &v); err != nil {
				return fmt.Errorf("%w: versions: %w", onrecord.ErrDamaged, err)
			}
			if olderThan == "" && !sameVersions(v, current) || olderThan != "" && v.OlderThan(olderThan) {
				ids = append(ids, id)
			}
			return nil
		})
	})
	return ids, err
}

const staleArticlesSQL = "SELECT id FROM articles WHERE made_by = ? AND id > ? ORDER BY id LIMIT ?"

func (s *Store) staleArticles(ctx context.Context, madeBy, after int64) (ids []int64, err error) {
	err = s.view(ctx, "find what is stale", func(q reader) error {
		return q.rows(staleArticlesSQL, []any{madeBy, after, stalePage}, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	})
	return ids, err
}

const takenFromSQL = `SELECT r.id, t.about, c.packed FROM articles a JOIN revisions r ON r.id = a.revision JOIN takings t ON t.id = r.taking
JOIN captures c ON c.id = t.capture WHERE a.id = ? AND a.made_by = ?`

func (s *Store) stale(ctx context.Context, article, madeBy int64) (stale ledger.Stale, ok bool, err error) {
	stale.Article = ledger.FormatID(ledger.ArticleID, article)
	err = s.view(ctx, "load article "+string(stale.Article), func(q reader) error {
		var revision int64
		var about, packed []byte
		err := q.row(takenFromSQL, []any{article, madeBy}, &revision, &about, &packed)
		if none(err) {
			return nil
		}
		if err != nil {
			return err
		}
		var t taking
		if err := unpackJSON(about, &t); err != nil {
			return err
		}
		bytes, err := unpack(packed)
		if err != nil {
			return err
		}
		row, err := loadRevision(q, revision)
		if err != nil {
			return err
		}
		stale.Revision, stale.Capture, stale.MadeBy = row.revision, t.capture(bytes), row.analysis.MadeBy
		ok = true
		return nil
	})
	return stale, ok, err
}
