package sqlite

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	versionsSQL        = "SELECT id FROM versions WHERE made_by = ?"
	insertVersionsSQL  = "INSERT INTO versions (made_by) VALUES (?)"
	publisherSQL       = "SELECT id FROM publishers WHERE key = ?"
	insertPublisherSQL = "INSERT INTO publishers (key, name) VALUES (?, ?)"
)

// versions is the row of what made an analysis.
func (x *tx) versions(v onrecord.Versions) (id int64, err error) {
	if v == nil {
		v = onrecord.Versions{}
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return 0, err
	}
	if err = x.row(versionsSQL, []any{string(plain)}, &id); none(err) {
		id, err = x.insert(insertVersionsSQL, string(plain))
	}
	if err != nil {
		return 0, fmt.Errorf("note what made an analysis: %w", err)
	}
	return id, nil
}

// publisher is the row of a publisher; 0 for none.
func (x *tx) publisher(name string) (id int64, err error) {
	key := ledger.Key(name)
	if key == "" {
		return 0, nil
	}
	if err = x.row(publisherSQL, []any{key}, &id); none(err) {
		id, err = x.insert(insertPublisherSQL, key, name)
	}
	if err != nil {
		return 0, fmt.Errorf("note publisher %q: %w", name, err)
	}
	return id, nil
}

const (
	insertArticleSQL = `INSERT INTO articles (id, place, revision, hash, made_by, publisher, retrieved, is_foreign, published, language, title, address)
VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)`
	updateArticleSQL = `UPDATE articles SET place = ?, revision = ?, hash = ?, made_by = ?, publisher = nullif(?, 0), retrieved = ?, is_foreign = ?,
 published = ?, language = ?, title = ?, address = ? WHERE id = ?`
	articlePlaceSQL = "SELECT place, is_foreign, hash FROM articles WHERE id = ?"
	insertUntoldSQL = "INSERT INTO untold (article) VALUES (?) ON CONFLICT DO NOTHING"
	placeTakenSQL   = "SELECT id FROM articles WHERE place = ?"
	insertTitleSQL  = "INSERT INTO titles (rowid, title) VALUES (?, ?)"
	deleteTitleSQL  = "DELETE FROM titles WHERE rowid = ?"
)

// describe writes an article's row from what its revision tells, corrections laid
// over, and completes the frame with it. A row that is there is changed.
func (x *tx) describe(f *frame, rev *onrecord.Revision, madeBy, revision int64) error {
	var err error
	hash := rev.Hash()
	if f.publisher, err = x.publisher(ledger.PublisherOf(rev)); err != nil {
		return err
	}
	f.published = rev.Published
	var place int64
	var wasForeign int
	isForeign := 0
	if ledger.IsForeign(rev) {
		isForeign = 1
	}
	var before []byte
	err = x.row(articlePlaceSQL, []any{f.article}, &place, &wasForeign, &before)
	known := err == nil
	if err != nil && !none(err) {
		return err
	}
	if known {
		if err := x.do(deleteTitleSQL, place); err != nil {
			return err
		}
	} else {
		x.totals.articles++
	}
	x.totals.foreigns += isForeign - wasForeign
	if place, err = x.articlePlace(f); err != nil {
		return err
	}
	if known {
		err = x.do(updateArticleSQL, place, revision, hash[:], madeBy, f.publisher, f.retrieved, isForeign,
			rev.Published.String(), rev.Language, rev.Title, ledger.AddressOf(rev), f.article)
	} else {
		err = x.do(insertArticleSQL, f.article, place, revision, hash[:], madeBy, f.publisher, f.retrieved, isForeign,
			rev.Published.String(), rev.Language, rev.Title, ledger.AddressOf(rev))
	}
	if err == nil {
		_, err = x.insert(insertTitleSQL, place, rev.Title)
	}
	if err == nil && !bytes.Equal(before, hash[:]) {
		err = x.do(insertUntoldSQL, f.article)
	}
	if err != nil {
		return fmt.Errorf("write the article: %w", err)
	}
	return nil
}

// articlePlace is where an article is listed: by publication, else retrieval.
func (x *tx) articlePlace(f *frame) (int64, error) {
	m := momentOf(ledger.WhenOf(&onrecord.Statement{}, f.published, unmicro(f.retrieved)))
	for place := placeOf(m.from, f.article); ; place-- {
		var there int64
		err := x.row(placeTakenSQL, []any{place}, &there)
		if none(err) || (err == nil && there == f.article) {
			return place, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

const (
	insertRevisionSQL = `INSERT INTO revisions (article, hash, about_hash, read_by, retrieved, about, packed) VALUES (?, ?, ?, ?, ?, ?, ?)`
	currentSQL        = "UPDATE articles SET revision = ? WHERE id = ?"
	captureSQL        = "SELECT id FROM captures WHERE hash = ?"
	insertCaptureSQL  = "INSERT INTO captures (hash, size, packed) VALUES (?, ?, ?)"
	takingSQL         = "SELECT id FROM takings WHERE revision = ? AND capture = ?"
	insertTakingSQL   = "INSERT INTO takings (revision, capture, about, seal) VALUES (?, ?, ?, ?)"
	takenSQL          = "UPDATE revisions SET taking = ? WHERE id = ?"
	insertAnalysisSQL = `INSERT INTO analyses (revision, made_by, hash, rest) VALUES (?, ?, ?, ?)
ON CONFLICT (revision) DO UPDATE SET made_by = excluded.made_by, hash = excluded.hash, rest = excluded.rest`
)

// revise adds a revision with its capture and analysis, without statements, and
// makes it the article's current one.
func (x *tx) revise(f *frame, d *document, madeBy int64) (int64, error) {
	p, err := d.pack()
	if err != nil {
		return 0, err
	}
	revision, err := x.insertRevision(f.article, d.revision, d.aboutHash, d.Revision.ReadBy, micro(d.Capture.Retrieved), p.about, p.text)
	if err != nil {
		return 0, err
	}
	if err := x.take(revision, d); err != nil {
		return 0, err
	}
	return revision, x.analysed(revision, madeBy, d.analysis, p.rest)
}

func (x *tx) insertRevision(article int64, hash, aboutHash onrecord.Hash, readBy string, retrieved int64, about, text []byte) (int64, error) {
	revision, err := x.insert(insertRevisionSQL, article, hash[:], aboutHash[:], readBy, retrieved, about, text)
	if err != nil {
		return 0, fmt.Errorf("keep a revision: %w", err)
	}
	x.totals.revisions++
	return revision, x.do(currentSQL, revision, article)
}

// take keeps a document's capture and notes that its revision was read from it.
func (x *tx) take(revision int64, d *document) error {
	p, err := d.pack()
	if err != nil {
		return err
	}
	var capture, id int64
	err = x.row(captureSQL, []any{d.capture[:]}, &capture)
	if none(err) {
		capture, err = x.insert(insertCaptureSQL, d.capture[:], len(d.Capture.Bytes), p.capture)
	}
	if err != nil {
		return fmt.Errorf("keep a capture: %w", err)
	}
	err = x.row(takingSQL, []any{revision, capture}, &id)
	if none(err) {
		id, err = x.insert(insertTakingSQL, revision, capture, p.taking, seal(revision, capture))
	}
	if err == nil {
		err = x.do(takenSQL, id, revision)
	}
	if err != nil {
		return fmt.Errorf("keep a capture: %w", err)
	}
	return nil
}

// analysed keeps what an analysis found beside its statements.
func (x *tx) analysed(revision, madeBy int64, hash onrecord.Hash, rest []byte) error {
	if err := x.do(insertAnalysisSQL, revision, madeBy, hash[:], rest); err != nil {
		return fmt.Errorf("keep an analysis: %w", err)
	}
	return nil
}
