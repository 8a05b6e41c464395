package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/onrecord/onrecord/ledger"
)

var concurrency = []testCase{
	{"many write and read at once, and each reader sees whole documents", func(r *room) {
		const writers, each = 4, 12
		ctx, stop := context.WithCancel(r.Context())
		defer stop()
		var writing, reading sync.WaitGroup
		for w := range writers {
			writing.Go(func() {
				for i := range each {
					s := harbour.with(func(s *Story) { s.URL = fmt.Sprintf("https://w%d.example/%d", w, i) })
					if kept, err := r.Keep(r.Context(), s.Document(r)); err != nil || kept[0].Err != nil {
						r.Errorf("keep: %v, %v", err, kept)
					}
				}
			})
		}
		for range 3 {
			reading.Go(func() {
				for ctx.Err() == nil {
					a, err := r.Said(ctx, ledger.Query{About: "pillars", Limit: 100})
					if ctx.Err() != nil {
						return
					}
					if err != nil {
						r.Errorf("read: %v", err)
						return
					}
					if a.Totals.Statements != 4*a.Totals.Articles || len(a.Rows) != a.Totals.Articles {
						r.Errorf("%d articles, %d statements, %d found: a document half seen", a.Totals.Articles, a.Totals.Statements, len(a.Rows))
					}
				}
			})
		}
		writing.Wait()
		stop()
		reading.Wait()
		r.equal("totals", r.totals(), ledger.Totals{Articles: writers * each, Revisions: writers * each, Statements: 4 * writers * each, Speakers: 2})
		r.whole()
	}},
	{"the same article from many at once is one article", func(r *room) {
		var wait sync.WaitGroup
		for range 6 {
			wait.Go(func() {
				if kept, err := r.Keep(r.Context(), harbour.Document(r)); err != nil || kept[0].Err != nil {
					r.Errorf("keep: %v, %v", err, kept)
				}
			})
		}
		wait.Wait()
		r.equal("articles", r.totals().Articles, 1)
	}},
	{"work that is called off leaves nothing", func(r *room) {
		ctx, cancel := context.WithCancel(r.Context())
		cancel()
		if _, err := r.Keep(ctx, harbour.Document(r)); !errors.Is(err, context.Canceled) {
			r.Errorf("keep: %v, want canceled", err)
		}
		if _, err := r.Said(ctx, ledger.Query{}); !errors.Is(err, context.Canceled) {
			r.Errorf("said: %v, want canceled", err)
		}
		r.equal("totals", r.totals(), ledger.Totals{})
	}},
}
