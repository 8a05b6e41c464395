package sqlite

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Keep writes documents, all in one transaction. See [ledger.Keeper].
func (s *Store) Keep(ctx context.Context, docs ...ledger.Document) ([]ledger.Kept, error) {
	kept := make([]ledger.Kept, len(docs))
	ready := make([]document, len(docs))
	for i := range docs {
		d := docs[i] // prepare fills in what is missing
		ready[i], kept[i].Err = prepare(&d)
	}
	err := s.update(ctx, "keep", func(x *tx) error {
		for i := range ready {
			if kept[i].Err != nil {
				continue
			}
			k, err := x.keep(&ready[i])
			if err != nil {
				return err
			}
			kept[i] = k
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return kept, nil
}

// keep writes one document. Its error is the store's; what is wrong with the
// document itself stands in Kept.Err.
func (x *tx) keep(d *document) (ledger.Kept, error) {
	article, err := x.articleOf(d)
	if err != nil {
		if isForgotten(err) {
			return ledger.Kept{Err: fmt.Errorf("keep: %w", err)}, nil
		}
		return ledger.Kept{}, err
	}
	if article == 0 {
		return x.keepNew(d)
	}
	return x.keepKnown(article, d)
}

const (
	aliasSQL       = "SELECT article FROM aliases WHERE address = ?"
	insertAliasSQL = "INSERT INTO aliases (address, article) VALUES (?, ?) ON CONFLICT DO NOTHING"
	unwantedSQL    = "SELECT article FROM unwanted WHERE hash = ?"
)

// articleOf is the article that a document's surest known address leads to; 0
// where none is known. The error wraps [onrecord.ErrForgotten] where the article
// was forgotten. Addresses that lead to different articles leave both as they are.
func (x *tx) articleOf(d *document) (int64, error) {
	var anyForgotten int
	if err := x.row("SELECT forgotten FROM totals", nil, &anyForgotten); err != nil {
		return 0, err
	}
	for _, address := range d.addresses {
		var article int64
		if err := x.row(aliasSQL, []any{address}, &article); err == nil {
			return article, nil
		} else if !none(err) {
			return 0, fmt.Errorf("find %s: %w", address, err)
		}
		if anyForgotten > 0 {
			if err := x.wanted(onrecord.HashOf(address)); err != nil {
				return 0, err
			}
		}
	}
	if anyForgotten > 0 {
		return 0, x.wanted(d.capture)
	}
	return 0, nil
}

// wanted fails where an address or a capture of this hash was forgotten.
func (x *tx) wanted(hash onrecord.Hash) error {
	var article int64
	err := x.row(unwantedSQL, []any{hash[:]}, &article)
	if none(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return forgottenError(article)
}

// keepNew makes an article.
func (x *tx) keepNew(d *document) (ledger.Kept, error) {
	article := x.s.minter.Mint()
	rev := &d.Revision
	madeBy, err := x.versions(d.Analysis.MadeBy)
	if err != nil {
		return ledger.Kept{}, err
	}
	f := &frame{article: article, text: rev.Text, sentences: d.Analysis.Sentences, retrieved: micro(d.Capture.Retrieved)}
	if err := x.describe(f, rev, madeBy, 0); err != nil {
		return ledger.Kept{}, err
	}
	for _, address := range d.addresses {
		if err := x.do(insertAliasSQL, address, article); err != nil {
			return ledger.Kept{}, fmt.Errorf("note an address: %w", err)
		}
	}
	revision, err := x.revise(f, d, madeBy)
	if err != nil {
		return ledger.Kept{}, err
	}
	kept := ledger.Kept{Article: ledger.FormatID(ledger.ArticleID, article), Status: ledger.New}
	for i := range d.Analysis.Statements {
		id, err := x.addStatement(f, revision, madeBy, i, &d.Analysis)
		if err != nil {
			return kept, err
		}
		kept.Statements = append(kept.Statements, ledger.FormatID(ledger.StatementID, id))
	}
	return kept, nil
}

const insertStatementSQL = `INSERT INTO statements (id, article, revision, made_by, place, position, content, who, found, shown)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// addStatement keeps a statement that was not there before.
func (x *tx) addStatement(f *frame, revision, madeBy int64, i int, a *onrecord.Analysis) (int64, error) {
	id := x.s.minter.Mint()
	fnd := foundOf(f.text, a, i)
	e, err := x.project(f, id, &fnd, false, nil)
	if err != nil {
		return 0, err
	}
	if err := x.list(&e); err != nil {
		return 0, err
	}
	foundFrame, err := packJSON(fnd)
	if err != nil {
		return 0, err
	}
	shownFrame, err := packJSON(e.shown)
	if err != nil {
		return 0, err
	}
	err = x.do(insertStatementSQL, id, f.article, revision, madeBy, e.place, i, e.content, e.who, foundFrame, shownFrame)
	if err != nil {
		return 0, fmt.Errorf("keep a statement: %w", err)
	}
	return id, nil
}

func foundOf(text string, a *onrecord.Analysis, i int) found {
	s := &a.Statements[i]
	speaker := ledger.SpeakerOf(a, s, text)
	return found{*s, named{speaker.Name, speaker.Kind}, ledger.SentenceOf(s, a.Sentences)}
}
