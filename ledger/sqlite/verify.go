package sqlite

import (
	"context"
	"fmt"
	"iter"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// verifyPage is how many rows are read at a time. No read stays open between two
// yields, so that a slow reader of findings does not keep the log from shrinking.
const verifyPage = 256

// Verify re-reads everything. See [ledger.Custodian]. Besides captures, revisions
// and statements it looks at "reviews", and last at the file as a whole: its
// pages, its indexes, and the full-text index against what it should hold.
func (s *Store) Verify(ctx context.Context) iter.Seq2[ledger.Finding, error] {
	return func(yield func(ledger.Finding, error) bool) {
		for _, part := range []struct {
			ids  string
			look func(reader, int64) (ledger.Finding, error)
		}{
			{"SELECT id FROM captures WHERE id > ? ORDER BY id LIMIT ?", verifyCapture},
			{"SELECT id FROM revisions WHERE id > ? ORDER BY id LIMIT ?", verifyRevision},
			{"SELECT id FROM statements WHERE id > ? ORDER BY id LIMIT ?", verifyStatement},
		} {
			if !s.verifyAll(ctx, part.ids, part.look, yield) {
				return
			}
		}
	}
}

// verifyAll looks at each row of a table; false where yield wants no more.
func (s *Store) verifyAll(ctx context.Context, ids string, look func(reader, int64) (ledger.Finding, error), yield func(ledger.Finding, error) bool) bool {
	for after := int64(0); ; {
		var findings []ledger.Finding
		err := s.view(ctx, "verify", func(q reader) error {
			var page []int64
			err := q.rows(ids, []any{after, verifyPage}, func(scan func(...any) error) error {
				err := scan(&after)
				page = append(page, after)
				return err
			})
			for _, id := range page {
				if err != nil {
					break
				}
				var f ledger.Finding
				f, err = look(q, id)
				findings = append(findings, f)
			}
			return err
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

func verifyCapture(q reader, id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "capture"}
	var hash, packed []byte
	var size int
	if err := q.row("SELECT hash, size, packed FROM captures WHERE id = ?", []any{id}, &hash, &size, &packed); err != nil {
		return f, err
	}
	want := onrecord.Hash{}
	copy(want[:], hash)
	f.ID = want.String()
	bytes, err := unpack(packed)
	switch {
	case err != nil:
		f.Problem = err.Error()
	case onrecord.HashOf(bytes) != want:
		f.Problem = fmt.Sprintf("the bytes are those of %s", onrecord.HashOf(bytes))
	case len(bytes) != size:
		f.Problem = fmt.Sprintf("%d bytes, noted as %d", len(bytes), size)
	}
	return f, nil
}

func verifyRevision(q reader, id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "revision"}
	row, err := loadRevision(q, id)
	f.ID, f.Article = row.hash.String(), ledger.FormatID(ledger.ArticleID, row.article)
	switch {
	case err != nil:
		f.Problem = err.Error()
	case row.revision.Hash() != row.hash:
		f.Problem = fmt.Sprintf("the text is that of %s", row.revision.Hash())
	}
	return f, nil
}

func verifyStatement(q reader, id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "statement", ID: string(ledger.FormatID(ledger.StatementID, id))}
	list, _, err := loadRecords(q, "SELECT place FROM statements WHERE id = ?", []any{id}, "")
	if err == nil && len(list) != 1 {
		err = fmt.Errorf("%w: it is not listed", onrecord.ErrDamaged)
	}
	if err != nil {
		f.Problem = err.Error()
		return f, nil
	}
	r := list[0]
	f.Article = r.Article.ID
	var revision int64
	if err := q.row("SELECT revision FROM statements WHERE id = ?", []any{id}, &revision); err != nil {
		return f, err
	}
	row, err := loadRevision(q, revision)
	switch {
	case err != nil:
		f.Problem = err.Error()
	case !valid(row.revision.Text, &r.Statement) || !r.Sentence.Valid(row.revision.Text):
		f.Problem = "a span outside the text"
	case ledger.TextsOf(row.revision.Text, &r.Statement, r.Sentence) != r.Texts:
		f.Problem = "words that differ from the text's"
	}
	return f, nil
}

// valid reports whether all spans of a statement lie inside text.
func valid(text string, s *onrecord.Statement) bool {
	for _, spans := range spansOf(s) {
		for _, span := range spans {
			if !span.Valid(text) {
				return false
			}
		}
	}
	return true
}

func spansOf(s *onrecord.Statement) [][]onrecord.Span {
	return [][]onrecord.Span{
		s.Source.Spans, s.Cue.Spans, s.Content.Spans, s.Content.Antecedent,
		s.Verbatim, s.Addressee, s.Medium, s.Occasion,
	}
}
