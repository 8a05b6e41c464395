package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// verifyPage is how many rows are looked at in one read. None stays open between
// two yields, so that a slow reader of findings does not keep the log from
// shrinking.
const verifyPage = 256

// part is one kind of thing that Verify looks at: the query of its IDs, and what
// looks at one. What is wrong goes into the finding; the error is the store's.
type part struct {
	ids  string
	look func(*verifier, int64) (ledger.Finding, error)
}

var parts = []part{
	{"SELECT id FROM captures WHERE id > ? ORDER BY id LIMIT ?", (*verifier).capture},
	{"SELECT id FROM revisions WHERE id > ? ORDER BY id LIMIT ?", (*verifier).revision},
	{"SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?", (*verifier).article},
	{"SELECT id FROM statements WHERE id > ? ORDER BY id LIMIT ?", (*verifier).statement},
	{"SELECT id FROM speakers WHERE id > ? ORDER BY id LIMIT ?", (*verifier).speaker},
	{"SELECT id FROM publishers WHERE id > ? ORDER BY id LIMIT ?", (*verifier).publisher},
	{"SELECT id FROM reviews WHERE id > ? ORDER BY id LIMIT ?", (*verifier).review},
	{"SELECT id FROM ties WHERE id > ? ORDER BY id LIMIT ?", (*verifier).tie},
	{"SELECT one FROM considered WHERE one > ? ORDER BY one LIMIT ?", (*verifier).considered},
	{"SELECT id FROM sources WHERE id > ? ORDER BY id LIMIT ?", (*verifier).source},
	{"SELECT id FROM leads WHERE id > ? ORDER BY id LIMIT ?", (*verifier).lead},
	{"SELECT id FROM bookmarks WHERE id > ? ORDER BY id LIMIT ?", (*verifier).bookmark},
	{"SELECT id FROM tellings WHERE id > ? ORDER BY id LIMIT ?", (*verifier).telling},
	{"SELECT id FROM stories WHERE id > ? ORDER BY id LIMIT ?", (*verifier).story},
	{"SELECT id FROM regroupings WHERE id > ? ORDER BY id LIMIT ?", (*verifier).regrouping},
	{"SELECT article FROM tombstones WHERE article > ? ORDER BY article LIMIT ?", (*verifier).tombstone},
	{"SELECT one FROM totals WHERE one > ? ORDER BY one LIMIT ?", (*verifier).totals},
}

// Verify re-reads everything. See [ledger.Custodian]. Besides captures, revisions
// and statements it looks at what lists, searches and counts rest on: articles,
// speakers, publishers, reviews, tombstones, the totals ("ledger") and, last, the file itself
// ("file"): its pages, its references, and the full-text index word by word. That
// last step waits for writers and has them wait; the rest does not.
func (s *Store) Verify(ctx context.Context) iter.Seq2[ledger.Finding, error] {
	return func(yield func(ledger.Finding, error) bool) {
		for _, p := range parts {
			if !s.verifyPart(ctx, p, yield) {
				return
			}
		}
		problems, err := s.verifyFile(ctx)
		if err != nil {
			yield(ledger.Finding{}, fmt.Errorf("verify: %w", s.failure(err)))
			return
		}
		if len(problems) == 0 {
			problems = []string{""}
		}
		for _, p := range problems {
			if !yield(ledger.Finding{Kind: "file", ID: s.path, Problem: p}, nil) {
				return
			}
		}
	}
}

// verifyPart looks at each thing of a kind; false where yield wants no more.
func (s *Store) verifyPart(ctx context.Context, p part, yield func(ledger.Finding, error) bool) bool {
	var last held
	for after := int64(-1 << 62); ; {
		var findings []ledger.Finding
		err := s.view(ctx, "verify", func(q reader) error {
			var page []int64
			err := q.rows(p.ids, []any{after, verifyPage}, func(scan func(...any) error) error {
				err := scan(&after)
				page = append(page, after)
				return err
			})
			if err != nil {
				return err
			}
			v := &verifier{reader: q, held: &last}
			for _, id := range page {
				f, err := p.look(v, id)
				if err != nil && f.Problem == "" {
					// What cannot be read is what Verify is for.
					if ctx.Err() != nil {
						return err
					}
					f.Problem = err.Error()
				}
				findings = append(findings, f)
			}
			return nil
		})
		if err != nil {
			yield(ledger.Finding{}, err)
			return false
		}
		for _, f := range findings {
			if !yield(f, nil) {
				return false
			}
		}
		if len(findings) < verifyPage {
			return true
		}
	}
}

// verifyFile has SQLite look at the file.
func (s *Store) verifyFile(ctx context.Context) (problems []string, err error) {
	// A connection of its own: one that has searched before checks the full-text
	// index by a structure it remembers, which others may have changed since, and
	// calls it corrupt (seen with SQLite 3.54.1).
	db, err := s.openReaders(1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := integrity(ctx, db); errors.Is(err, onrecord.ErrDamaged) {
		problems = append(problems, err.Error())
	} else if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "PRAGMA foreign_key_check")
	err = every(rows, err, func(scan func(...any) error) error {
		var table, parent string
		var row sql.NullInt64
		var key int
		err := scan(&table, &row, &parent, &key)
		problems = append(problems, fmt.Sprintf("%s row %d refers to no %s", table, row.Int64, parent))
		return err
	})
	if err != nil || s.write == nil {
		return problems, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	for _, index := range []string{"words", "titles", "names"} {
		// FTS5 compares an index with its rows when told so by this insertion,
		// which writes nothing.
		_, err := s.prepared.conn.ExecContext(ctx, fmt.Sprintf("INSERT INTO %[1]s (%[1]s, rank) VALUES ('integrity-check', 1)", index))
		if e, ok := errors.AsType[*driver.Error](err); ok && e.Code()&0xff == sqlite3.SQLITE_CORRUPT {
			problems = append(problems, fmt.Sprintf("the full-text index %q does not hold the words it should", index))
		} else if err != nil {
			return problems, err
		}
	}
	return problems, nil
}
