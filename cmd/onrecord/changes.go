package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// changes prints what an outlet changed in an article, text by text, the newest
// change first.
func (a *app) changes(ctx context.Context, store ledger.Store, name string) error {
	id, err := articleID(ctx, store, name)
	if err != nil {
		return err
	}
	art, err := store.Article(ctx, id)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, oneLine(art.Revision.Title))
	if len(art.Earlier) == 0 {
		fmt.Fprintln(a.stdout, "only one text of this article is kept")
		return nil
	}
	newer := art.Hash
	for _, older := range art.Earlier {
		if err := a.change(ctx, store, id, older.Hash, newer); err != nil {
			return err
		}
		newer = older.Hash
	}
	return nil
}

// change prints what differs between two texts of an article.
func (a *app) change(ctx context.Context, store ledger.Searcher, id onrecord.ID, older, newer onrecord.Hash) error {
	from, before, err := store.Edited(ctx, id, older)
	if err != nil {
		return err
	}
	to, after, err := store.Edited(ctx, id, newer)
	if err != nil {
		return err
	}
	w := a.stdout
	fmt.Fprintf(w, "\n%s → %s\n", from.Retrieved.Format(time.RFC3339), to.Retrieved.Format(time.RFC3339))
	if from.ReadBy != to.ReadBy {
		fmt.Fprintf(w, "read by different versions (%s, %s): a difference may be the reader's, not the outlet's\n", from.ReadBy, to.ReadBy)
	}
	for _, e := range ledger.Edits(before, after) {
		words := after.Text[e.After.Start:e.After.End]
		switch e.Kind {
		case ledger.SentenceKept:
			continue
		case ledger.SentenceRemoved:
			words = before.Text[e.Before.Start:e.Before.End]
		case ledger.SentenceEdited:
			words = marked(e.Words)
		case ledger.SentenceAdded, ledger.SentenceMoved:
		}
		field(w, string(e.Kind), oneLine(words))
		for _, s := range e.Touched {
			field(w, "", "  "+string(s))
		}
	}
	return nil
}

// marked writes an edited sentence with what went as [-words-] and what came as
// {+words+}, as wdiff does.
func marked(words []ledger.WordEdit) string {
	marks := map[ledger.EditKind][2]string{ledger.SentenceRemoved: {"[-", "-]"}, ledger.SentenceAdded: {"{+", "+}"}}
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = marks[w.Kind][0] + w.Text + marks[w.Kind][1]
	}
	return strings.Join(parts, " ")
}
