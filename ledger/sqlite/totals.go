package sqlite

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/ledger"
)

const totalsSQL = "SELECT articles, foreigns, revisions, statements, speakers, reviews, forgotten FROM totals"

// Totals counts what the ledger holds.
func (s *Store) Totals(ctx context.Context) (t ledger.Totals, err error) {
	err = s.view(ctx, "totals", func(r reader) (err error) {
		t, err = loadTotals(r)
		return err
	})
	return t, err
}

func loadTotals(q querier) (t ledger.Totals, err error) {
	if err := q.row(totalsSQL, nil, &t.Articles, &t.Foreign, &t.Revisions, &t.Statements, &t.Speakers, &t.Reviews, &t.Forgotten); err != nil {
		return t, fmt.Errorf("count: %w", err)
	}
	return t, nil
}
