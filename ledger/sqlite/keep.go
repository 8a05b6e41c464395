package sqlite

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Keep writes documents, all in one transaction. See [ledger.Keeper].
func (s *Store) Keep(ctx context.Context, docs ...ledger.Document) ([]ledger.Kept, error) {
	kept := make([]ledger.Kept, len(docs))
	ready, err := s.prepare(ctx, docs, kept)
	if err != nil {
		return nil, err
	}
	err = s.update(ctx, "keep", func(x *tx) error {
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

// prepare checks documents, on all cores, and packs those that look new. What is
// wrong with one is noted in kept.
func (s *Store) prepare(ctx context.Context, docs []ledger.Document, kept []ledger.Kept) ([]document, error) {
	ready := make([]document, len(docs))
	workers := min(len(docs), runtime.GOMAXPROCS(0))
	errs := make([]error, workers)
	var next atomic.Int64
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(docs) && errs[w] == nil; i = int(next.Add(1)) - 1 {
				d := docs[i] // prepare fills in what is missing
				if ready[i], kept[i].Err = prepare(&d); kept[i].Err != nil {
					continue
				}
				var known bool
				if known, errs[w] = s.known(ctx, &ready[i]); !known && errs[w] == nil {
					_, kept[i].Err = ready[i].pack()
				}
			}
		})
	}
	wait.Wait()
	return ready, errors.Join(errs...)
}

// known reports whether an address of a document leads to an article already. It
// is a guess: others may be writing.
func (s *Store) known(ctx context.Context, d *document) (known bool, err error) {
	if s.read == nil || s.write == nil {
		return false, nil
	}
	for _, address := range d.addresses {
		var article int64
		err := s.read.QueryRowContext(ctx, aliasSQL, address).Scan(&article)
		if err == nil {
			return true, nil
		}
		if !none(err) {
			return false, fmt.Errorf("find %s: %w", address, s.failure(err))
		}
	}
	return false, nil
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
	insertAliasSQL = "INSERT INTO aliases (address, article, seal) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
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
	article := x.mint()
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
		if err := x.do(insertAliasSQL, address, article, seal(address, article)); err != nil {
			return ledger.Kept{}, fmt.Errorf("note an address: %w", err)
		}
	}
	revision, err := x.revise(f, d, madeBy)
	if err != nil {
		return ledger.Kept{}, err
	}
	kept := ledger.Kept{Article: ledger.FormatID(ledger.ArticleID, article), Status: ledger.New}
	packed, err := d.pack()
	if err != nil {
		return kept, err
	}
	for i := range d.Analysis.Statements {
		id, err := x.addStatement(f, revision, madeBy, i, &packed.found[i], packed.foundFrames[i])
		if err != nil {
			return kept, err
		}
		kept.Statements = append(kept.Statements, ledger.FormatID(ledger.StatementID, id))
	}
	return kept, nil
}

const insertStatementSQL = `INSERT INTO statements (id, article, revision, made_by, place, position, content, who, found)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

// addStatement keeps a statement that was not there before. packed is the frame
// of fnd; nil where it is yet to be made.
func (x *tx) addStatement(f *frame, revision, madeBy int64, i int, fnd *found, packed []byte) (int64, error) {
	id := x.mint()
	e, err := x.project(f, id, fnd, false, nil)
	if err != nil {
		return 0, err
	}
	if err := x.list(&e); err != nil {
		return 0, err
	}
	if packed == nil {
		packed, err = packJSON(fnd)
	}
	if err == nil {
		err = x.do(insertStatementSQL, id, f.article, revision, madeBy, e.place, i, e.content, e.who, packed)
	}
	if err != nil {
		return 0, fmt.Errorf("keep a statement: %w", err)
	}
	return id, nil
}
