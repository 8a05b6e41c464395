package sqlite

import (
	"bytes"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	currentRevisionSQL = `SELECT r.id, r.hash, r.about_hash, c.hash, n.hash FROM articles a JOIN revisions r ON r.id = a.revision
 JOIN takings t ON t.id = r.taking JOIN captures c ON c.id = t.capture JOIN analyses n ON n.revision = r.id WHERE a.id = ?`
	sameTextSQL = `SELECT r.id, n.hash FROM revisions r JOIN takings t ON t.revision = r.id JOIN captures c ON c.id = t.capture
 LEFT JOIN analyses n ON n.revision = r.id WHERE r.article = ? AND r.hash = ? AND c.hash = ? ORDER BY r.id DESC LIMIT 1`
	// A statement of the current revision stands in its row. Of an earlier revision
	// it stands in the history, or in its row where it was not found in any later one.
	idsOfRevisionSQL = `SELECT s.id, s.position, s.versions FROM revisions r JOIN articles a ON a.id = r.article JOIN analyses n ON n.revision = r.id
  JOIN statements s ON s.article = r.article AND s.revision = r.id
  WHERE r.id = ?1 AND CASE WHEN a.revision = r.id THEN s.gone_since = '' ELSE s.made_by = n.made_by END
 UNION ALL SELECT h.statement, h.position, h.version FROM revisions r JOIN articles a ON a.id = r.article AND a.revision <> r.id
  JOIN analyses n ON n.revision = r.id JOIN history h ON h.revision = r.id AND h.made_by = n.made_by WHERE r.id = ?1 ORDER BY 3`
	currentToldSQL   = "SELECT t.about, r.about FROM articles a JOIN revisions r ON r.id = a.revision JOIN takings t ON t.id = r.taking WHERE a.id = ?"
	currentTakingSQL = "SELECT t.about FROM articles a JOIN revisions r ON r.id = a.revision JOIN takings t ON t.id = r.taking WHERE a.id = ?"
)

// keepKnown keeps another reading of an article.
func (x *tx) keepKnown(article int64, d *document) (ledger.Kept, error) {
	kept := ledger.Kept{Article: ledger.FormatID(ledger.ArticleID, article), Status: ledger.Unchanged}
	var revision int64
	var text, about, capture, analysis []byte
	err := x.row(currentRevisionSQL, []any{article}, &revision, &text, &about, &capture, &analysis)
	if err != nil {
		return kept, fmt.Errorf("load article %s: %w", kept.Article, err)
	}
	sameText := bytes.Equal(text, d.revision[:])
	if sameText && bytes.Equal(capture, d.capture[:]) && !bytes.Equal(about, d.aboutHash[:]) {
		if d, err = x.recall(article, d); err != nil {
			return kept, err
		}
	}
	sameAbout := sameText && bytes.Equal(about, d.aboutHash[:])
	sameAnalysis := sameText && bytes.Equal(analysis, d.analysis[:])
	// An earlier text kept again, or the same from other bytes that are kept too, is
	// nothing new unless it returned: the order in which files are read does not
	// make history.
	taken, err := x.taken(article, d)
	if err != nil {
		return kept, err
	}
	if !sameText && taken != 0 {
		returned, err := x.returned(article, d)
		if err != nil {
			return kept, err
		}
		if !returned {
			kept.Statements, err = x.idsOf(taken, d)
			return kept, err
		}
	}
	for _, address := range d.addresses {
		r, err := x.exec(insertAliasSQL, address, article, seal(address, article))
		if err != nil {
			return kept, fmt.Errorf("note an address: %w", err)
		}
		if n, err := r.RowsAffected(); err == nil && n > 0 {
			kept.Status = ledger.Updated
		}
	}
	if sameAbout && sameAnalysis && taken != 0 {
		kept.Statements, err = x.idsOf(revision, d)
		return kept, err
	}
	kept.Status = ledger.Updated
	madeBy, err := x.versions(d.Analysis.MadeBy)
	if err != nil {
		return kept, err
	}
	f, err := x.frameOf(article)
	if err != nil {
		return kept, err
	}
	switch {
	case !sameText:
		// The same bytes read anew give a better text, not an edit by the outlet.
		if !bytes.Equal(capture, d.capture[:]) {
			kept.Status = ledger.NewRevision
		}
		f.retrieved = micro(d.Capture.Retrieved)
		if revision, err = x.revise(f, d, madeBy); err != nil {
			return kept, err
		}
	case !sameAbout || taken == 0:
		if err := x.do("UPDATE revisions SET about = ?, about_hash = ?, read_by = ? WHERE id = ?",
			shaper.EncodeAll(d.about, nil), d.aboutHash[:], d.Revision.ReadBy, revision); err != nil {
			return kept, fmt.Errorf("write a revision: %w", err)
		}
		if err := x.take(revision, d); err != nil {
			return kept, err
		}
	}
	ids, _, err := x.reanalyse(f, revision, &d.Revision, &d.Analysis, d.analysis, madeBy)
	kept.Statements = publicIDs(ids)
	return kept, err
}

// taken is the revision of an article with a document's text that was read from
// the same bytes before; 0 where there is none.
func (x *tx) taken(article int64, d *document) (revision int64, err error) {
	var analysis []byte
	err = x.row(sameTextSQL, []any{article, d.revision[:], d.capture[:]}, &revision, &analysis)
	if none(err) {
		return 0, nil
	}
	return revision, err
}

// recall fills a document in with what was said of the same bytes before.
func (x *tx) recall(article int64, d *document) (*document, error) {
	var takenFrame, aboutFrame []byte
	var kept taking
	var told onrecord.Revision
	err := x.row(currentToldSQL, []any{article}, &takenFrame, &aboutFrame)
	if err == nil {
		err = unpackJSON(takenFrame, &kept)
	}
	if err == nil {
		err = unpackJSON(aboutFrame, &told)
	}
	if err != nil {
		return nil, fmt.Errorf("load what was said of an article: %w", err)
	}
	capture, filled := kept.capture(nil), *d.Document
	if !ledger.Recall(&filled, &capture, &told) {
		return d, nil
	}
	again, err := prepare(&filled)
	return &again, err
}

// returned reports whether an outlet went back to an earlier text.
func (x *tx) returned(article int64, d *document) (bool, error) {
	var about []byte
	var now taking
	err := x.row(currentTakingSQL, []any{article}, &about)
	if err == nil {
		err = unpackJSON(about, &now)
	}
	if err != nil {
		return false, fmt.Errorf("load how the current text was taken: %w", err)
	}
	current := now.capture(nil)
	return ledger.Returned(&current, &d.Capture), nil
}

// idsOf are the public IDs of what a document's analysis found, where the
// analysis of the revision is the same one.
func (x *tx) idsOf(revision int64, d *document) ([]onrecord.ID, error) {
	var analysis []byte
	err := x.row("SELECT hash FROM analyses WHERE revision = ?", []any{revision}, &analysis)
	if none(err) || (err == nil && !bytes.Equal(analysis, d.analysis[:])) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ids := make([]onrecord.ID, len(d.Analysis.Statements))
	err = x.rows(idsOfRevisionSQL, []any{revision}, func(scan func(...any) error) error {
		var id, version int64
		var position int
		if err := scan(&id, &position, &version); err != nil {
			return err
		}
		if position < len(ids) {
			ids[position] = ledger.FormatID(ledger.StatementID, id)
		}
		return nil
	})
	return ids, err
}

func publicIDs(ids []int64) []onrecord.ID {
	out := make([]onrecord.ID, len(ids))
	for i, id := range ids {
		out[i] = ledger.FormatID(ledger.StatementID, id)
	}
	return out
}
