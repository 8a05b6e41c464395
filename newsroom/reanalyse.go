package newsroom

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/read"
)

// Reanalysed is what newer stages changed in one article.
type Reanalysed struct {
	Article onrecord.ID
	Title   string
	Changes ledger.Changes
	Err     error
}

// Reanalyse brings kept articles to the stages of today: it reads their captures
// again, analyses them and has the ledger match old findings with new ones. It
// can be stopped at any time and goes on where it was. olderThan, such as
// "said.v3", limits it to articles with an older stage.
func (n *Newsroom) Reanalyse(ctx context.Context, store ledger.Reanalyser, olderThan string, each func(Reanalysed) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	current := n.Versions()
	type prepared struct {
		article  onrecord.ID
		revision onrecord.Revision
		analysis onrecord.Analysis
		err      error
		fatal    error // the ledger itself failed
	}
	ready := inOrder(ctx, n.workers(), store.Stale(ctx, current, olderThan),
		func(s ledger.Stale, err error) prepared {
			if err != nil {
				return prepared{fatal: err}
			}
			p := prepared{article: s.Article, revision: s.Revision}
			defer func() {
				if failure := recover(); failure != nil {
					p.err = fmt.Errorf("a stage failed on this document, please report it: %v", failure)
				}
			}()
			if p.revision.ReadBy != read.Version {
				if p.revision, p.err = read.Revision(&s.Capture); p.err != nil {
					return p
				}
			}
			p.analysis, p.err = n.analyse(ctx, &p.revision)
			return p
		})
	for p := range ready {
		if p.fatal != nil {
			cancel(p.fatal)
			continue
		}
		if context.Cause(ctx) != nil {
			continue // drain
		}
		done := Reanalysed{Article: p.article, Title: p.revision.Title, Err: p.err}
		if done.Err == nil {
			done.Changes, done.Err = store.Reanalysed(ctx, p.article, p.revision, p.analysis)
		}
		if err := each(done); err != nil {
			cancel(err)
		}
	}
	return context.Cause(ctx)
}
