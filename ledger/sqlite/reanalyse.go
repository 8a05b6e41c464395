package sqlite

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// What became of a statement, for [ledger.Changed].
const (
	whatChanged = "changed"
	whatFound   = "found"
	whatGone    = "gone"
	whatAgain   = "found again"
)

// Reanalysed replaces an article's analysis. See [ledger.Reanalyser].
func (s *Store) Reanalysed(ctx context.Context, article onrecord.ID, rev onrecord.Revision, a onrecord.Analysis) (changes ledger.Changes, err error) {
	_, id, err := parse(article, ledger.ArticleID)
	if err != nil {
		return changes, err
	}
	if err := check(&rev, &a); err != nil {
		return changes, fmt.Errorf("reanalyse %s: %w", article, err)
	}
	if a.MadeBy == nil {
		a.MadeBy = onrecord.Versions{}
	}
	hash, err := hashOf(&a)
	if err != nil {
		return changes, err
	}
	err = s.update(ctx, "reanalyse "+string(article), func(x *tx) (err error) {
		changes, err = x.reanalysed(id, &rev, &a, hash)
		return err
	})
	return changes, err
}

func (x *tx) reanalysed(article int64, rev *onrecord.Revision, a *onrecord.Analysis, hash onrecord.Hash) (ledger.Changes, error) {
	f, err := x.frameOf(article)
	if err != nil {
		return ledger.Changes{}, err
	}
	var revision int64
	if err := x.row("SELECT revision FROM articles WHERE id = ?", []any{article}, &revision); err != nil {
		return ledger.Changes{}, err
	}
	old, err := loadRevision(x, revision)
	if err != nil {
		return ledger.Changes{}, err
	}
	if rev.Capture.IsZero() {
		rev.Capture = old.revision.Capture
	}
	if rev.Capture != old.revision.Capture {
		return ledger.Changes{}, fmt.Errorf("%w: the revision was read from another capture", onrecord.ErrInvalid)
	}
	madeBy, err := x.versions(a.MadeBy)
	if err != nil {
		return ledger.Changes{}, err
	}
	about, aboutHash, err := aboutOf(rev)
	if err != nil {
		return ledger.Changes{}, err
	}
	if rev.Hash() == old.hash {
		err = x.do("UPDATE revisions SET about = ?, about_hash = ?, read_by = ? WHERE id = ?",
			shaper.EncodeAll(about, nil), aboutHash[:], rev.ReadBy, revision)
	} else {
		revision, err = x.reread(article, revision, rev, about, aboutHash, old.retrieved)
	}
	if err != nil {
		return ledger.Changes{}, err
	}
	_, changes, err := x.reanalyse(f, revision, rev, a, hash, madeBy)
	return changes, err
}

// reread adds a revision that was read anew from the capture of another.
func (x *tx) reread(article, from int64, rev *onrecord.Revision, about []byte, aboutHash onrecord.Hash, retrieved int64) (int64, error) {
	revision, err := x.insertRevision(article, rev.Hash(), aboutHash, rev.ReadBy, retrieved, shaper.EncodeAll(about, nil), pack(rev.Text))
	if err != nil {
		return 0, err
	}
	var capture, taking int64
	var taken []byte
	err = x.row("SELECT t.capture, t.about FROM revisions r JOIN takings t ON t.id = r.taking WHERE r.id = ?", []any{from}, &capture, &taken)
	if err == nil {
		taking, err = x.insert(insertTakingSQL, revision, capture, taken, seal(revision, capture))
	}
	if err != nil {
		return 0, fmt.Errorf("note the capture: %w", err)
	}
	return revision, x.do(takenSQL, taking, revision)
}

// statementRow is a kept statement as a transaction needs it to change it.
type statementRow struct {
	id, revision, madeBy, position int64
	versions                       int
	goneSince                      string
	found                          found
	foundFrame                     []byte
	text                           string // of its revision
	sentences                      []onrecord.Span
}

const statementsOfSQL = `SELECT id, revision, made_by, position, versions, gone_since, found FROM statements WHERE article = ? ORDER BY position, id`

// statementsOf are all statements of an article, in text order.
func (x *tx) statementsOf(article int64) ([]statementRow, error) {
	var list []statementRow
	err := x.rows(statementsOfSQL, []any{article}, func(scan func(...any) error) error {
		var r statementRow
		if err := scan(&r.id, &r.revision, &r.madeBy, &r.position, &r.versions, &r.goneSince, &r.foundFrame); err != nil {
			return err
		}
		list = append(list, r)
		return unpackJSON(r.foundFrame, &list[len(list)-1].found)
	})
	if err != nil {
		return nil, fmt.Errorf("load statements: %w", err)
	}
	texts := map[int64]revisionRow{}
	for i := range list {
		rev, ok := texts[list[i].revision]
		if !ok {
			if rev, err = loadRevision(x, list[i].revision); err != nil {
				return nil, err
			}
			texts[list[i].revision] = rev
		}
		list[i].text, list[i].sentences = rev.revision.Text, rev.analysis.Sentences
	}
	return list, nil
}

// reanalyse gives a revision, which becomes the article's current one, a new
// analysis. It returns the statements' IDs in the analysis's order.
func (x *tx) reanalyse(f *frame, revision int64, rev *onrecord.Revision, a *onrecord.Analysis, hash onrecord.Hash, madeBy int64) (ids []int64, changes ledger.Changes, err error) {
	// What was there is read before anything changes.
	old, err := x.statementsOf(f.article)
	if err != nil {
		return nil, changes, err
	}
	f.text, f.sentences, f.counted = rev.Text, a.Sentences, counted{}
	packed, err := packJSON(rest(a))
	if err == nil {
		err = x.analysed(revision, madeBy, hash, packed)
	}
	if err != nil {
		return nil, changes, err
	}
	reviews, err := loadReviews(x, f.article)
	if err != nil {
		return nil, changes, err
	}
	described := ledger.Described(*rev, reviews)
	if err := x.describe(f, &described, madeBy, revision); err != nil {
		return nil, changes, err
	}
	to := matchRows(old, rev.Text, a.Statements)
	ids = make([]int64, len(a.Statements))
	matched := make([]bool, len(old))
	for i, j := range to {
		if j < 0 {
			fnd, _ := f.foundOf(a, i)
			if ids[i], err = x.addStatement(f, revision, madeBy, i, &fnd, nil); err != nil {
				return nil, changes, err
			}
			changes.Found++
			changes.Details = append(changes.Details, ledger.Changed{
				ID: ledger.FormatID(ledger.StatementID, ids[i]), What: whatFound, After: textsOf(f.text, &a.Statements[i], a.Sentences),
			})
			continue
		}
		ids[i], matched[j] = old[j].id, true
		c, err := x.refind(f, revision, madeBy, i, a, &old[j])
		if err != nil {
			return nil, changes, err
		}
		if c.What == "" {
			changes.Same++
			continue
		}
		changes.Changed++
		changes.Details = append(changes.Details, c)
	}
	since := goneSince(a.MadeBy)
	for j := range old {
		if matched[j] {
			continue
		}
		if old[j].goneSince == "" {
			old[j].goneSince = since
			changes.Gone++
			changes.Details = append(changes.Details, ledger.Changed{
				ID: ledger.FormatID(ledger.StatementID, old[j].id), What: whatGone, Before: textsOf(old[j].text, &old[j].found.Statement, old[j].sentences),
			})
			if err := x.do("UPDATE statements SET gone_since = ? WHERE id = ?", since, old[j].id); err != nil {
				return nil, changes, err
			}
		}
		// Its article may be described anew all the same.
		if err := x.reproject(f, &old[j]); err != nil {
			return nil, changes, err
		}
	}
	return ids, changes, nil
}

func textsOf(text string, s *onrecord.Statement, sentences []onrecord.Span) ledger.Texts {
	return ledger.TextsOf(text, s, ledger.SentenceOf(s, sentences))
}

// goneSince is the version that no longer found something.
func goneSince(v onrecord.Versions) string {
	if said := v["said"]; said != "" {
		return said
	}
	if all := v.String(); all != "" {
		return all
	}
	return "an analysis without a version"
}

// matchRows pairs what an analysis found with what stands, and what is left of
// both with what was gone before.
func matchRows(old []statementRow, text string, statements []onrecord.Statement) []int {
	to := make([]int, len(statements))
	for i := range to {
		to[i] = -1
	}
	for _, gone := range []bool{false, true} {
		var had, has []ledger.Seen
		var hadAt, hasAt []int
		for j := range old {
			if (old[j].goneSince != "") == gone {
				had, hadAt = append(had, ledger.Seen{Text: old[j].text, Statement: &old[j].found.Statement}), append(hadAt, j)
			}
		}
		for i := range statements {
			if to[i] < 0 {
				has, hasAt = append(has, ledger.Seen{Text: text, Statement: &statements[i]}), append(hasAt, i)
			}
		}
		for i, j := range ledger.Match(had, has) {
			if j >= 0 {
				to[hasAt[i]] = hadAt[j]
			}
		}
	}
	return to
}

const (
	historySQL = `INSERT INTO history (statement, version, revision, made_by, position, found, seal) VALUES (?, ?, ?, ?, ?, ?, ?)`
	refindSQL  = `UPDATE statements SET revision = ?, made_by = ?, position = ?, versions = ?, gone_since = '', found = ? WHERE id = ?`
)

// refind gives a statement a new version. Changed.What is empty where people see
// the same as before.
func (x *tx) refind(f *frame, revision, madeBy int64, i int, a *onrecord.Analysis, old *statementRow) (c ledger.Changed, err error) {
	now, content := f.foundOf(a, i)
	before, after := textsOf(old.text, &old.found.Statement, old.sentences), now.Shown.Texts
	after.Content = content
	c = ledger.Changed{ID: ledger.FormatID(ledger.StatementID, old.id), Before: before, After: after}
	switch {
	case old.goneSince != "":
		c.What = whatAgain
	case !sameFinding(&old.found.Statement, &now.Statement, old.revision == revision) || before != after || old.found.Speaker != now.Speaker:
		c.What = whatChanged
	}
	identical := sameJSON(old.found, now) && old.revision == revision
	if identical && old.goneSince == "" && old.madeBy == madeBy && old.position == int64(i) {
		// Nothing to note but what the article changed around it.
		return c, x.reproject(f, old)
	}
	if err := x.do(historySQL, old.id, old.versions, old.revision, old.madeBy, old.position, old.foundFrame,
		seal(old.id, old.versions, old.revision, old.madeBy, old.position)); err != nil {
		return c, fmt.Errorf("keep an earlier version: %w", err)
	}
	frame, err := packJSON(now)
	if err != nil {
		return c, err
	}
	if err := x.do(refindSQL, revision, madeBy, i, old.versions+1, frame, old.id); err != nil {
		return c, fmt.Errorf("keep a new version: %w", err)
	}
	row := *old
	row.found, row.goneSince, row.revision, row.text, row.sentences = now, "", revision, f.text, f.sentences
	return c, x.reproject(f, &row)
}

// sameFinding reports whether two findings mean the same to a reader. Local names
// may differ, and so may offsets in another text.
func sameFinding(a, b *onrecord.Statement, sameText bool) bool {
	x, y := *a, *b
	x.ID, y.ID, x.Within, y.Within = "", "", "", ""
	x.Repeats, y.Repeats = onrecord.ID(first(x.Repeats)), onrecord.ID(first(y.Repeats))
	x.Rule, y.Rule = "", ""
	if !sameText {
		for _, s := range []*onrecord.Statement{&x, &y} {
			s.Source.Spans, s.Cue.Spans, s.Content.Spans, s.Content.Antecedent = nil, nil, nil, nil
			s.Verbatim, s.Addressee, s.Medium, s.Occasion = nil, nil, nil, nil
		}
	}
	return sameJSON(x, y)
}

// sameJSON reports whether two values are kept alike: an empty list is none, and
// an instant is the same however its zone is held in memory.
func sameJSON(a, b any) bool {
	x, err := json.Marshal(a)
	if err != nil {
		return false
	}
	y, err := json.Marshal(b)
	return err == nil && bytes.Equal(x, y)
}

// first tells a name from none.
func first(id onrecord.ID) string {
	if id == "" {
		return ""
	}
	return string(id[:1])
}

// reproject lists a statement anew where corrections, its article or its finding
// changed what people see.
func (x *tx) reproject(f *frame, r *statementRow) error {
	old, err := loadEntry(x, r.id)
	if err != nil {
		return err
	}
	reviews, err := loadReviews(x, r.id)
	if err != nil {
		return err
	}
	own := *f
	own.text, own.sentences, own.counted = r.text, r.sentences, counted{}
	e, err := x.project(&own, r.id, &r.found, r.goneSince != "", reviews)
	if err != nil {
		return err
	}
	if err := x.relist(&old, &e); err != nil {
		return err
	}
	frame, err := e.frame()
	if err != nil {
		return err
	}
	return x.do("UPDATE statements SET place = ?, content = ?, who = ?, laid = ? WHERE id = ?", e.place, e.content, e.who, frame, r.id)
}

// relist changes a statement's entry. Words that stay the same under the same
// place stay in the index as they are.
func (x *tx) relist(old, e *entry) error {
	words := e.place == old.place && e.content == old.content && e.who == old.who && e.tags() == old.tags()
	if !words {
		if err := x.unlist(old); err != nil {
			return err
		}
		return x.list(e)
	}
	x.count(old, -1)
	if err := x.do(deleteSaidSQL, old.place); err != nil {
		return err
	}
	waiting, isWaiting := x.index[old.place]
	if err := x.list(e); err != nil {
		return err
	}
	if !isWaiting {
		delete(x.index, e.place)
	} else {
		x.index[e.place] = waiting
	}
	return nil
}

// frameOf is the frame of an article as its current revision and its reviews
// have it.
func (x *tx) frameOf(article int64) (*frame, error) {
	f := &frame{article: article}
	var revision int64
	var publisher *int64
	var published string
	err := x.row("SELECT revision, publisher, published, retrieved FROM articles WHERE id = ?", []any{article}, &revision, &publisher, &published, &f.retrieved)
	if none(err) {
		return nil, missing(x, ledger.ArticleID, article)
	}
	if err != nil {
		return nil, err
	}
	if publisher != nil {
		f.publisher = *publisher
	}
	if f.published, err = onrecord.ParseDate(published); err != nil {
		return nil, fmt.Errorf("article: %w: %w", onrecord.ErrDamaged, err)
	}
	r, err := loadRevision(x, revision)
	f.text, f.sentences = r.revision.Text, slices.Clip(r.analysis.Sentences)
	return f, err
}
