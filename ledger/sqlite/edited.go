package sqlite

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	// An outlet may go back to an earlier text: the newest revision with it is meant.
	textSQL = `SELECT r.id, r.hash, c.hash, r.read_by, r.retrieved FROM revisions r JOIN takings t ON t.id = r.taking JOIN captures c ON c.id = t.capture
 WHERE r.article = ? AND r.hash = ? ORDER BY r.id DESC LIMIT 1`
	// A statement of a text stands in its row, or in the history where a later text
	// has it too.
	foundInSQL = `SELECT s.id, s.position, s.found FROM revisions r JOIN articles a ON a.id = r.article JOIN analyses n ON n.revision = r.id
  JOIN statements s ON s.article = r.article AND s.revision = r.id
  WHERE r.id = ?1 AND CASE WHEN a.revision = r.id THEN s.gone_since = '' ELSE s.made_by = n.made_by END
 UNION ALL SELECT h.statement, h.position, h.found FROM revisions r JOIN articles a ON a.id = r.article AND a.revision <> r.id
  JOIN analyses n ON n.revision = r.id JOIN history h ON h.revision = r.id AND h.made_by = n.made_by WHERE r.id = ?1 ORDER BY 2, 1`
)

// Edited is one text of an article. See [ledger.Searcher].
func (s *Store) Edited(ctx context.Context, article onrecord.ID, text onrecord.Hash) (ref ledger.RevisionRef, edited ledger.EditedText, err error) {
	_, n, err := parse(article, ledger.ArticleID)
	if err != nil {
		return ref, edited, err
	}
	err = s.view(ctx, fmt.Sprintf("text %s of %s", text, article), func(q reader) error {
		var id, retrieved int64
		var hash, capture []byte
		err := q.row(textSQL, []any{n, text[:]}, &id, &hash, &capture, &ref.ReadBy, &retrieved)
		if none(err) {
			return missing(q, ledger.ArticleID, n)
		}
		if err != nil {
			return err
		}
		copy(ref.Hash[:], hash)
		copy(ref.Capture[:], capture)
		ref.Retrieved = unmicro(retrieved)
		row, err := loadRevision(q, id)
		if err != nil {
			return err
		}
		edited.Text, edited.Sentences = row.revision.Text, row.analysis.Sentences
		return q.rows(foundInSQL, []any{id}, func(scan func(...any) error) error {
			var statement int64
			var position int
			var frame []byte
			if err := scan(&statement, &position, &frame); err != nil {
				return err
			}
			var f found
			if err := unpackJSON(frame, &f); err != nil {
				return err
			}
			edited.Statements = append(edited.Statements, ledger.TouchedStatement{
				ID: ledger.FormatID(ledger.StatementID, statement), Span: onrecord.Hull(f.Statement.Spans()...),
			})
			return nil
		})
	})
	return ref, edited, err
}
