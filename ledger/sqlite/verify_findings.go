package sqlite

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const verifyStatementSQL = `SELECT s.article, s.revision, s.versions, s.gone_since, s.found, s.laid, s.place, s.content, s.who,
 (SELECT count(*) FROM history WHERE statement = s.id), s.made_by, a.made_by, a.published, coalesce(a.publisher, 0), a.retrieved, a.revision, r.article,
 EXISTS (SELECT 1 FROM reviews WHERE target = s.id)
FROM statements s JOIN articles a ON a.id = s.article JOIN revisions r ON r.id = s.revision WHERE s.id = ?`

// statement compares a statement's words with the text at its spans, and how it
// is listed with what its finding, its reviews and its article make of it.
func (v *verifier) statement(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "statement", ID: string(ledger.FormatID(ledger.StatementID, id))}
	var article, revision, madeBy, articleMadeBy, publisher, retrieved, current, revisionOf, place int64
	var versions, earlier int
	var reviewed bool
	var goneSince, published, content, who string
	var foundFrame, laidFrame []byte
	err := v.one(verifyStatementSQL, id, &article, &revision, &versions, &goneSince, &foundFrame, &laidFrame, &place, &content, &who,
		&earlier, &madeBy, &articleMadeBy, &published, &publisher, &retrieved, &current, &revisionOf, &reviewed)
	if err != nil {
		return f, err
	}
	f.Article = ledger.FormatID(ledger.ArticleID, article)
	held, err := v.load(revision)
	if err != nil {
		return f, err
	}
	row := &held.row
	var fnd found
	if err := unpackJSON(foundFrame, &fnd); err != nil {
		return f, err
	}
	var reviews []onrecord.Review
	if reviewed {
		if reviews, err = loadReviews(v, id); err != nil {
			return f, err
		}
	}
	date, err := onrecord.ParseDate(published)
	if err != nil {
		return f, err
	}
	text := row.revision.Text
	if !valid(text, &fnd.Statement) || !fnd.Shown.Sentence.Valid(text) {
		f.Problem = "a span outside the text"
		return f, nil
	}
	own := &frame{article: article, text: text, sentences: row.analysis.Sentences, published: date, publisher: publisher, retrieved: retrieved, counted: held.counted}
	defer func() { held.counted = own.counted }()
	want, speaker := compose(own, id, &fnd, goneSince != "", reviews)
	have, err := loadEntry(v, id)
	if err != nil {
		return f, err
	}
	f.Problem = problem(
		differs("the article of its revision", revisionOf, article),
		differs("how often it was found", versions, earlier+1),
		misread(own, &fnd.Statement, fnd.Shown),
		differs("its place", place, have.place),
		differs("its words", have.content, want.content),
		differs("its source's words", have.who, want.who),
		mislisted(&have, &want))
	if goneSince == "" {
		f.Problem = problem(f.Problem,
			differs("what found it", madeBy, articleMadeBy), differs("its revision", revision, current))
	}
	if f.Problem == "" {
		f.Problem, err = v.speaks(&have, speaker)
	}
	if f.Problem == "" && err == nil {
		f.Problem, err = mislaid(own, laidFrame, want.laid)
	}
	if f.Problem == "" && err == nil && goneSince != "" {
		f.Problem, err = v.goneSince(goneSince)
	}
	return f, err
}

// misread compares the words that people see with those at the spans.
func misread(f *frame, s *onrecord.Statement, shown view) string {
	if !shown.Sentence.Valid(f.text) {
		return "a sentence outside the text"
	}
	want := ledger.TextsOf(f.text, s, shown.Sentence)
	want.Content = ""
	return problem(
		differs("what people read", fmt.Sprintf("%q", shown.Texts), fmt.Sprintf("%q", want)),
		differs("where its sentence starts", shown.Start, f.codePoints(shown.Sentence.Start)))
}

// mislisted compares the columns that lists filter and sort by.
func mislisted(have, want *entry) string {
	return problem(
		differs("the article it is listed under", have.article, want.article),
		differs("the statement listed", have.statement, want.statement),
		differs("the publisher it is listed under", have.publisher, want.publisher),
		differs("when it is listed", have.moment, want.moment),
		differs("being quoted", have.quoted, want.quoted),
		differs("its confidence", have.confidence, want.confidence),
		differs("being wrong", have.wrong, want.wrong),
		differs("being gone", have.gone, want.gone),
		differs("being repeated", have.repeats, want.repeats),
		differs("its places", have.places, want.places),
		misplaced(have.place, want.place))
}

// speaks compares the speaker that a statement is listed under.
func (v *verifier) speaks(have *entry, want named) (string, error) {
	if want.Local {
		want = named{}
	}
	var key, name, kind string
	err := v.row("SELECT k.key, s.name, s.kind FROM spellings s JOIN speakers k ON k.id = s.speaker WHERE coalesce(k.joined, k.id) = ? AND s.id = ?",
		[]any{have.speaker, have.spelling}, &key, &name, &kind)
	if err != nil && !none(err) {
		return "", err
	}
	return problem(
		differs("its speaker", key, ledger.Key(want.Name)),
		differs("its speaker's name", name, want.Name),
		differs("what its speaker is", kind, string(want.Kind))), nil
}

// mislaid compares what reviews made of a finding.
func mislaid(f *frame, packed []byte, want *laid) (string, error) {
	if (len(packed) > 0) != (want != nil) {
		return "its reviews are not laid over it", nil
	}
	if want == nil {
		return "", nil
	}
	var have laid
	if err := unpackJSON(packed, &have); err != nil {
		return "", err
	}
	if !sameJSON(have.Statement, want.Statement) || have.Verdict != want.Verdict {
		return "its reviews are laid over it in another way", nil
	}
	return misread(f, &have.Statement, have.Shown), nil
}

// goneSince checks that a version is one that there was.
func (v *verifier) goneSince(since string) (string, error) {
	known := false
	err := v.rows("SELECT made_by FROM versions", nil, func(scan func(...any) error) error {
		var plain string
		if err := scan(&plain); err != nil {
			return err
		}
		var versions onrecord.Versions
		err := json.Unmarshal([]byte(plain), &versions)
		known = known || goneSince(versions) == since
		return err
	})
	if err != nil || known {
		return "", err
	}
	return fmt.Sprintf("it is gone since %q, which there never was", since), nil
}

// speaker compares a speaker's key and counts.
func (v *verifier) speaker(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "speaker", ID: fmt.Sprintf("speaker %d", id)}
	var key, name, kind, best, bestKind string
	var listed, spelled, counted int
	var joined int64
	err := v.one(`SELECT k.key, k.name, k.kind, k.listed, coalesce(k.joined, 0),
 coalesce((SELECT sum(listed) FROM spellings WHERE speaker IN (SELECT id FROM speakers WHERE id = k.id OR joined = k.id)), 0),
 (SELECT count(*) FROM said WHERE speaker = k.id AND wrong = 0 AND gone = 0 AND repeats = 0) FROM speakers k WHERE k.id = ?`, id, &key, &name, &kind, &listed, &joined, &spelled, &counted)
	if err != nil {
		return f, err
	}
	f.ID = key
	if f.Problem, err = v.misjoined(id, key, joined); err != nil || f.Problem != "" {
		return f, err
	}
	if joined != 0 {
		var written int
		err := v.row("SELECT count(*) FROM spellings WHERE speaker = ? AND name = ? AND kind = ?", []any{id, name, kind}, &written)
		f.Problem = problem(differs("the count of statements", listed, 0), differs("the statements listed under it", counted, 0),
			differs("how often it is written so", written, 1))
		return f, err
	}
	if err := v.one(spelledSQL, id, &best, &bestKind); err != nil {
		return f, err
	}
	f.Problem = problem(
		v.unkeyed(id, key, name),
		differs("the name", name, best), differs("what it is", kind, bestKind),
		differs("the count of statements", listed, counted), differs("the count of spellings", spelled, counted))
	return f, nil
}

// misjoined compares whose name a name is with what ties say.
func (v *verifier) misjoined(id int64, key string, joined int64) (string, error) {
	keys, err := component(v, key)
	if err != nil {
		return "", err
	}
	want := id
	for _, k := range keys {
		var other int64
		if err := v.row(speakerSQL, []any{k}, &other); err == nil {
			want = min(want, other)
		} else if !none(err) {
			return "", err
		}
	}
	if want == id {
		want = 0
	}
	return differs("whose name it is", joined, want), nil
}

// unkeyed compares a speaker's name with the keys of its names.
func (v *verifier) unkeyed(id int64, key, name string) string {
	if ledger.Key(name) == key {
		return ""
	}
	var same int
	if err := v.row("SELECT count(*) FROM speakers WHERE joined = ? AND key = ?", []any{id, ledger.Key(name)}, &same); err != nil || same == 0 {
		return differs("the key", key, ledger.Key(name))
	}
	return ""
}

// publisher compares a publisher's key and count.
func (v *verifier) publisher(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "publisher", ID: fmt.Sprintf("publisher %d", id)}
	var name string
	var listed, counted int
	err := v.one(`SELECT p.key, p.name, p.listed, (SELECT coalesce(sum(listed), 0) FROM articles WHERE publisher = p.id) FROM publishers p WHERE p.id = ?`, id, &f.ID, &name, &listed, &counted)
	if err != nil {
		return f, err
	}
	f.Problem = problem(differs("the key", f.ID, ledger.Key(name)), differs("the count of statements", listed, counted))
	return f, nil
}

// review compares a review with its seal.
func (v *verifier) review(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "review", ID: string(ledger.FormatID(ledger.ReviewID, id))}
	var target, article, at int64
	var body, by string
	var sealed, undone []byte
	err := v.one(`SELECT r.target, r.article, r.body, r.seal, coalesce(u.undone_by, ''), coalesce(u.undone_at, 0), u.seal
 FROM reviews r LEFT JOIN undone u ON u.review = r.id WHERE r.id = ?`, id, &target, &article, &body, &sealed, &by, &at, &undone)
	if err != nil {
		return f, err
	}
	f.Article = ledger.FormatID(ledger.ArticleID, article)
	f.Problem = problem(unsealed(sealed, seal(id, target, article, body)), undoneUnsealed(undone, seal(id, by, at)))
	return f, nil
}

// tombstone compares a tombstone with its seal.
func (v *verifier) tombstone(article int64) (ledger.Finding, error) {
	public := ledger.FormatID(ledger.ArticleID, article)
	f := ledger.Finding{Kind: "tombstone", ID: string(public), Article: public}
	var by, why string
	var at int64
	var sealed []byte
	if err := v.one("SELECT gone_by, why, gone_at, seal FROM tombstones WHERE article = ?", article, &by, &why, &at, &sealed); err != nil {
		return f, err
	}
	want, err := tombstoneSeal(v, article, by, why, at)
	if err == nil && !bytes.Equal(sealed, want) {
		f.Problem = "it is not what was written"
	}
	return f, err
}

const recountSQL = `SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM articles WHERE is_foreign = 1), (SELECT count(*) FROM revisions),
 (SELECT count(*) FROM statements WHERE gone_since = ''), (SELECT count(*) FROM speakers WHERE listed > 0), (SELECT count(*) FROM reviews), (SELECT count(*) FROM tombstones)`

// totals counts again.
func (v *verifier) totals(int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "ledger", ID: "totals"}
	have, err := loadTotals(v)
	if err != nil {
		return f, err
	}
	var want ledger.Totals
	err = v.row(recountSQL, nil, &want.Articles, &want.Foreign, &want.Revisions, &want.Statements, &want.Speakers, &want.Reviews, &want.Forgotten)
	var listed, statements int
	if err == nil {
		err = v.row("SELECT (SELECT count(*) FROM said), (SELECT count(*) FROM statements)", nil, &listed, &statements)
	}
	f.Problem = problem(differs("the count", have, want), differs("the number of statements listed", listed, statements))
	return f, err
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
