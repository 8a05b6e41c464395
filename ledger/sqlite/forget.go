package sqlite

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Forget removes an article. See [ledger.Custodian]. Freed space is overwritten
// (secure_delete, also in the full-text index) and the write-ahead log folded into
// the file, so that the words are not left lying about in it.
func (s *Store) Forget(ctx context.Context, article onrecord.ID, by, why string) error {
	_, id, err := parse(article, ledger.ArticleID)
	if err != nil {
		return err
	}
	err = s.update(ctx, "forget "+string(article), func(x *tx) error { return x.forget(id, by, why) })
	if err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	// Readers that are at work keep the log from being emptied; the next
	// checkpoint does it then.
	_, err = s.prepared.conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA wal_checkpoint(TRUNCATE)")
	if err != nil {
		return fmt.Errorf("forget %s: it is forgotten, but its words may still stand in the write-ahead log: %w", article, s.failure(err))
	}
	return nil
}

// forgetting removes an article's rows, those that refer to others first.
var forgetting = []string{
	`DELETE FROM undone WHERE review IN (SELECT id FROM reviews WHERE article = ?1)`,
	`DELETE FROM reviews WHERE article = ?1`,
	`DELETE FROM history WHERE statement IN (SELECT id FROM statements WHERE article = ?1)`,
	`DELETE FROM statements WHERE article = ?1`,
	`DELETE FROM analyses WHERE revision IN (SELECT id FROM revisions WHERE article = ?1)`,
	`DELETE FROM takings WHERE revision IN (SELECT id FROM revisions WHERE article = ?1)`,
	`DELETE FROM revisions WHERE article = ?1`,
	`DELETE FROM aliases WHERE article = ?1`,
	`DELETE FROM articles WHERE id = ?1`,
}

const (
	tombstoneSQL   = "INSERT INTO tombstones (article, gone_by, why, gone_at, seal) VALUES (?, ?, ?, ?, ?)"
	forgetIDsSQL   = "INSERT INTO forgotten (id, article) SELECT id, ?1 FROM (SELECT ?1 AS id UNION ALL SELECT id FROM statements WHERE article = ?1 UNION ALL SELECT id FROM reviews WHERE article = ?1)"
	insertUnwanted = "INSERT INTO unwanted (hash, article) VALUES (?, ?) ON CONFLICT DO NOTHING"
	capturesOfSQL  = `SELECT DISTINCT c.id, c.hash FROM revisions r JOIN takings t ON t.revision = r.id JOIN captures c ON c.id = t.capture WHERE r.article = ?`
)

func (x *tx) forget(article int64, by, why string) error {
	f, err := x.frameOf(article)
	if err != nil {
		return err
	}
	at := micro(x.s.now())
	if err := x.do(tombstoneSQL, article, by, why, at, []byte{}); err != nil {
		return err
	}
	if err := x.do(forgetIDsSQL, article); err != nil {
		return err
	}
	x.totals.forgotten++
	x.totals.articles--
	captures, err := x.unwant(article)
	if err != nil {
		return err
	}
	sealed, err := tombstoneSeal(x, article, by, why, at)
	if err != nil {
		return err
	}
	if err := x.do("UPDATE tombstones SET seal = ? WHERE article = ?", sealed, article); err != nil {
		return err
	}
	rows, err := x.statementsOf(article)
	if err != nil {
		return err
	}
	for i := range rows {
		e, err := loadEntry(x, rows[i].id)
		if err != nil {
			return err
		}
		if err := x.unlist(&e); err != nil {
			return err
		}
	}
	if err := x.uncount(f); err != nil {
		return err
	}
	if err := x.untell(article); err != nil {
		return err
	}
	for _, query := range forgetting {
		if err := x.do(query, article); err != nil {
			return fmt.Errorf("remove rows: %w", err)
		}
	}
	for _, c := range captures {
		if err := x.do("DELETE FROM captures WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM takings WHERE capture = ?1)", c); err != nil {
			return fmt.Errorf("remove a capture: %w", err)
		}
	}
	return x.forgetNames()
}

// tombstoneSeal seals a tombstone with the IDs and the hashes that belong to it.
func tombstoneSeal(q querier, article int64, by, why string, at int64) ([]byte, error) {
	values := []any{article, by, why, at}
	collect := func(scan func(...any) error) error {
		var v any
		err := scan(&v)
		values = append(values, v)
		return err
	}
	err := q.rows("SELECT id FROM forgotten WHERE article = ? ORDER BY id", []any{article}, collect)
	if err == nil {
		err = q.rows("SELECT hash FROM unwanted WHERE article = ? ORDER BY hash", []any{article}, collect)
	}
	return seal(values...), err
}

// unwant notes what is not to come back, by its hash alone.
func (x *tx) unwant(article int64) (captures []int64, err error) {
	var hashes [][]byte
	err = x.rows("SELECT address FROM aliases WHERE article = ?", []any{article}, func(scan func(...any) error) error {
		var address string
		err := scan(&address)
		hash := onrecord.HashOf(address)
		hashes = append(hashes, hash[:])
		return err
	})
	if err != nil {
		return nil, err
	}
	err = x.rows(capturesOfSQL, []any{article}, func(scan func(...any) error) error {
		var id int64
		var hash []byte
		err := scan(&id, &hash)
		captures, hashes = append(captures, id), append(hashes, hash)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, hash := range hashes {
		if err := x.do(insertUnwanted, hash, article); err != nil {
			return nil, err
		}
	}
	return captures, nil
}

// uncount takes an article out of the counts and out of the index of titles.
func (x *tx) uncount(f *frame) error {
	var place int64
	var foreign, revisions, reviews int
	err := x.row(`SELECT place, is_foreign, (SELECT count(*) FROM revisions WHERE article = a.id), (SELECT count(*) FROM reviews WHERE article = a.id)
 FROM articles a WHERE id = ?`, []any{f.article}, &place, &foreign, &revisions, &reviews)
	if err != nil {
		return err
	}
	x.totals.foreigns -= foreign
	x.totals.revisions -= revisions
	x.totals.reviews -= reviews
	delete(x.counts[ofArticle], f.article)
	return x.do(deleteTitleSQL, place)
}

// nameless removes names that no statement and no article has any more, those that
// corrections had put in others' place among them.
var nameless = []string{
	`DELETE FROM spellings WHERE listed = 0 AND NOT EXISTS (SELECT 1 FROM said d
  WHERE d.speaker = (SELECT coalesce(joined, id) FROM speakers WHERE id = spellings.speaker) AND d.spelling = spellings.id)`,
	`DELETE FROM names WHERE rowid IN (SELECT id FROM speakers k WHERE ` + namelessSpeaker + `)`,
	`DELETE FROM speakers AS k WHERE ` + namelessSpeaker,
	`DELETE FROM publishers WHERE NOT EXISTS (SELECT 1 FROM articles WHERE publisher = publishers.id)`,
}

// namelessSpeaker holds for a name k that has no statement, and that is not the
// row under which other names are joined.
const namelessSpeaker = `listed = 0 AND NOT EXISTS (SELECT 1 FROM said WHERE speaker = k.id) AND NOT EXISTS (SELECT 1 FROM spellings WHERE speaker = k.id)
 AND NOT EXISTS (SELECT 1 FROM speakers o WHERE o.joined = k.id)`

func (x *tx) forgetNames() error {
	if err := x.settleCounts(); err != nil {
		return err
	}
	for _, query := range nameless {
		if err := x.do(query); err != nil {
			return fmt.Errorf("remove names: %w", err)
		}
	}
	return nil
}
