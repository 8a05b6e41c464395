package sqlite

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// verifier looks at kept things one by one, in one read of the ledger.
type verifier struct {
	reader
	stmts map[string]*sql.Stmt // closed with the read that they belong to
	held  *held
}

// held are the revisions that were read last, because statements come article by
// article: a book has a hundred thousand, over hundreds of reads. Two are held,
// the last one first, because an article's statements may stand in two in turn:
// those still found, and those found in an earlier text.
type held struct{ revisions [2]heldRevision }

// heldRevision is a revision with what tells whether it is still as it was read.
type heldRevision struct {
	id      int64
	state   string
	row     revisionRow
	counted counted // in its text
	fresh   *verifier
}

// stmt prepares a query once for all that one read looks at. Else most of the
// time goes into preparing.
func (v *verifier) stmt(query string) (*sql.Stmt, error) {
	if s, ok := v.stmts[query]; ok {
		return s, nil
	}
	s, err := v.db.PrepareContext(v.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	if v.stmts == nil {
		v.stmts = map[string]*sql.Stmt{}
	}
	v.stmts[query] = s
	return s, nil
}

func (v *verifier) row(query string, args []any, into ...any) error {
	s, err := v.stmt(query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(v.ctx, args...).Scan(into...)
}

func (v *verifier) rows(query string, args []any, each func(scan func(...any) error) error) error {
	s, err := v.stmt(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(v.ctx, args...)
	return every(rows, err, each)
}

// stateSQL changes with all that loadRevision reads; texts never change.
const stateSQL = `SELECT hex(r.about_hash) || r.taking || ' ' || coalesce(hex(n.hash) || n.made_by, '')
FROM revisions r LEFT JOIN analyses n ON n.revision = r.id WHERE r.id = ?`

// load is loadRevision for many statements in a row of one or two revisions. What
// another read left is used where nothing was written to it since.
func (v *verifier) load(id int64) (*heldRevision, error) {
	h := v.held
	if h.revisions[0].id != id {
		h.revisions[0], h.revisions[1] = h.revisions[1], h.revisions[0]
	}
	r := &h.revisions[0]
	if r.id == id && r.fresh == v {
		return r, nil
	}
	var state string
	err := v.one(stateSQL, id, &state)
	if err == nil && (r.id != id || r.state != state) {
		*r = heldRevision{id: id, state: state}
		r.row, err = loadRevision(v, id)
	}
	if err != nil {
		*r = heldRevision{}
		return r, err
	}
	r.fresh = v
	return r, nil
}

// problem is the first of several that there is.
func problem(all ...string) string {
	for _, p := range all {
		if p != "" {
			return p
		}
	}
	return ""
}

// differs says that a kept value is not what it should be; empty where it is.
func differs[T comparable](what string, kept, want T) string {
	if kept == want {
		return ""
	}
	return fmt.Sprintf("%s is %v, should be %v", what, kept, want)
}

func hashFrom(b []byte) (h onrecord.Hash) {
	copy(h[:], b)
	return h
}

// capture compares bytes with their hash.
func (v *verifier) capture(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "capture", ID: fmt.Sprintf("capture %d", id)}
	var hash, packed []byte
	var size int
	if err := v.one("SELECT hash, size, packed FROM captures WHERE id = ?", id, &hash, &size, &packed); err != nil {
		return f, err
	}
	f.ID = hashFrom(hash).String()
	content, err := unpack(packed)
	if err != nil {
		return f, err
	}
	f.Problem = problem(
		differs("the hash of the bytes", onrecord.HashOf(content), hashFrom(hash)),
		differs("the size noted", size, len(content)))
	return f, nil
}

// one reads the row of an ID.
func (v *verifier) one(query string, id int64, into ...any) error {
	return v.row(query, []any{id}, into...)
}

// revision compares a text with its hash, what its article told with the hash of
// that, and looks at the captures it was read from and at earlier findings.
func (v *verifier) revision(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "revision", ID: fmt.Sprintf("revision %d", id)}
	var hash, aboutHash []byte
	var readBy string
	var taking, article int64
	err := v.one("SELECT article, hash, about_hash, read_by, taking FROM revisions WHERE id = ?", id, &article, &hash, &aboutHash, &readBy, &taking)
	if err != nil {
		return f, err
	}
	f.ID, f.Article = hashFrom(hash).String(), ledger.FormatID(ledger.ArticleID, article)
	held, err := v.load(id)
	if err != nil {
		return f, err
	}
	row := &held.row
	_, told, err := aboutOf(&row.revision)
	if err != nil {
		return f, err
	}
	f.Problem = problem(
		differs("the hash of the text", row.revision.Hash(), hashFrom(hash)),
		differs("the hash of what the article told", told, hashFrom(aboutHash)),
		differs("the reader noted", readBy, row.revision.ReadBy))
	if f.Problem == "" {
		f.Problem, err = v.takings(id, taking, row)
	}
	if f.Problem == "" && err == nil {
		f.Problem, err = v.history(id)
	}
	return f, err
}

// takings looks at when and where the bytes behind a revision were taken.
func (v *verifier) takings(revision, current int64, row *revisionRow) (found string, err error) {
	first, has := true, false
	err = v.rows("SELECT t.id, t.capture, t.about, t.seal, c.hash FROM takings t JOIN captures c ON c.id = t.capture WHERE t.revision = ? ORDER BY t.id", []any{revision},
		func(scan func(...any) error) error {
			var id, capture int64
			var about, sealed, hash []byte
			if err := scan(&id, &capture, &about, &sealed, &hash); err != nil {
				return err
			}
			var t taking
			if err := unpackJSON(about, &t); err != nil {
				return err
			}
			if !bytes.Equal(sealed, seal(revision, capture)) {
				found = "what capture it was read from has changed"
			}
			if first && micro(t.Retrieved) != row.retrieved {
				found = differs("the time of retrieval", unmicro(row.retrieved), t.Retrieved)
			}
			if id == current {
				has = true
				found = problem(found, differs("the capture", hashFrom(hash), row.revision.Capture))
			}
			first = false
			return nil
		})
	if err == nil && !has {
		found = problem(found, "the capture it was read from is not there")
	}
	return found, err
}

// history looks at earlier findings in a revision.
func (v *verifier) history(revision int64) (found string, err error) {
	err = v.rows("SELECT statement, version, made_by, position, found, seal FROM history WHERE revision = ?", []any{revision}, func(scan func(...any) error) error {
		var statement, madeBy, position int64
		var version int
		var frame, sealed []byte
		if err := scan(&statement, &version, &madeBy, &position, &frame, &sealed); err != nil {
			return err
		}
		if _, err := unpack(frame); err != nil {
			return err
		}
		if !bytes.Equal(sealed, seal(statement, version, revision, madeBy, position)) {
			found = "an earlier version of " + string(ledger.FormatID(ledger.StatementID, statement)) + " has changed"
		}
		return nil
	})
	return found, err
}

const verifyArticleSQL = `SELECT a.place, a.revision, a.hash, v.made_by, coalesce(p.key, ''), coalesce(p.name, ''), a.retrieved, a.listed, a.is_foreign, a.published, a.language, a.title, a.address,
 (SELECT count(*) FROM said WHERE article = a.id AND wrong = 0 AND gone = 0 AND repeats = 0 AND place IN (SELECT place FROM statements WHERE article = a.id)),
 n.hash, w.made_by
FROM articles a JOIN versions v ON v.id = a.made_by LEFT JOIN publishers p ON p.id = a.publisher
 LEFT JOIN analyses n ON n.revision = a.revision LEFT JOIN versions w ON w.id = n.made_by WHERE a.id = ?`

// article compares how an article is listed with what its revision and its
// reviews tell, and what was found in it with the hash of that.
func (v *verifier) article(id int64) (ledger.Finding, error) {
	public := ledger.FormatID(ledger.ArticleID, id)
	f := ledger.Finding{Kind: "article", ID: string(public), Article: public}
	var place, revision, retrieved int64
	var hash, analysisHash []byte
	var listed, counted int
	var isForeign bool
	var madeBy, analysedBy, publisherKey, publisher, published, language, title, address string
	err := v.one(verifyArticleSQL, id, &place, &revision, &hash, &madeBy, &publisherKey, &publisher, &retrieved, &listed, &isForeign,
		&published, &language, &title, &address, &counted, &analysisHash, &analysedBy)
	if err != nil {
		return f, err
	}
	held, err := v.load(revision)
	if err != nil {
		return f, err
	}
	row := &held.row
	reviews, err := loadReviews(v, id)
	if err != nil {
		return f, err
	}
	d := ledger.Described(row.revision, reviews)
	m := momentOf(ledger.WhenOf(&onrecord.Statement{}, d.Published, unmicro(retrieved)))
	f.Problem = problem(
		differs("the article of its revision", row.article, id),
		differs("the hash of its text", hashFrom(hash), row.hash),
		differs("what made its analysis", madeBy, analysedBy),
		differs("the publisher", publisherKey, ledger.Key(ledger.PublisherOf(&d))),
		differs("the publisher's key", publisherKey, ledger.Key(publisher)),
		differs("the date", published, d.Published.String()),
		differs("the language", language, d.Language),
		differs("the title", title, d.Title),
		differs("the address", address, ledger.AddressOf(&d)),
		differs("the time of retrieval", retrieved, row.retrieved),
		differs("the count of statements", listed, counted),
		differs("being foreign", isForeign, ledger.IsForeign(&d)),
		misplaced(place, placeOf(m.from, id)))
	if f.Problem == "" {
		f.Problem, err = v.aliases(id)
	}
	if f.Problem == "" && err == nil {
		f.Problem, err = v.analysis(id, row.analysis, hashFrom(analysisHash))
	}
	return f, err
}

// misplaced says that a place is not the one wanted, nor one that others having
// it can have led to.
func misplaced(place, want int64) string {
	if place <= want && want-place < 1<<16 {
		return ""
	}
	return differs("its place in lists", place, want)
}

func (v *verifier) aliases(article int64) (found string, err error) {
	n := 0
	err = v.rows("SELECT address, seal FROM aliases WHERE article = ?", []any{article}, func(scan func(...any) error) error {
		var address string
		var sealed []byte
		err := scan(&address, &sealed)
		if !bytes.Equal(sealed, seal(address, article)) {
			found = fmt.Sprintf("the address %q is not what was written", address)
		}
		n++
		return err
	})
	if err == nil && n == 0 {
		found = "no address leads to it"
	}
	return found, err
}

// analysis puts an analysis together again and compares its hash.
func (v *verifier) analysis(article int64, a onrecord.Analysis, want onrecord.Hash) (string, error) {
	order := ""
	err := v.rows("SELECT position, found FROM statements WHERE article = ? AND gone_since = '' ORDER BY position", []any{article}, func(scan func(...any) error) error {
		var frame []byte
		var position int
		if err := scan(&position, &frame); err != nil {
			return err
		}
		order = problem(order, differs("the order of what was found", position, len(a.Statements)))
		var fnd found
		err := unpackJSON(frame, &fnd)
		a.Statements = append(a.Statements, fnd.Statement)
		return err
	})
	if err != nil {
		return "", err
	}
	plain, err := json.Marshal(a)
	if err != nil {
		return "", err
	}
	return problem(order, differs("the hash of its analysis", onrecord.HashOf(plain), want)), nil
}
