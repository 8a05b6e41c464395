package ledgertest

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

var custody = []testCase{
	{"verify looks at every capture, revision and statement", func(r *room) {
		r.keep(harbour, orchard, notice, repeated, foreign)
		r.keep(harbour.with(func(s *Story) { s.Text += " More." }))
		kinds := map[string]int{}
		for f, err := range r.Verify(r.Context()) {
			if err != nil || f.Problem != "" {
				r.Fatalf("%+v, %v", f, err)
			}
			kinds[f.Kind]++
		}
		r.equal("captures, revisions, statements", []int{kinds["capture"], kinds["revision"], kinds["statement"]}, []int{6, 6, 9})
	}},
	{"verify can be stopped", func(r *room) {
		r.keep(harbour)
		for range r.Verify(r.Context()) {
			break
		}
	}},
	{"a forgotten article leaves a tombstone and nothing else", func(r *room) {
		kept := r.keep(harbour, orchard)
		review := r.mark(onrecord.Review{Target: kept[0].Statements[0], Verdict: onrecord.Right})
		if err := r.Forget(r.Context(), kept[0].Article, "Editor", "a court ordered it"); err != nil {
			r.Fatal(err)
		}
		_, errArticle := r.Article(r.Context(), kept[0].Article)
		_, errStatement := r.Statement(r.Context(), kept[0].Statements[1])
		_, errMark := r.Mark(r.Context(), onrecord.Review{Target: kept[0].Statements[1], Verdict: onrecord.Right})
		_, errUndo := r.Undo(r.Context(), review.ID, "Reader")
		_, errResolve := r.Resolve(r.Context(), harbour.URL)
		errAgain := r.Forget(r.Context(), kept[0].Article, "Editor", "once more")
		for _, err := range []error{errArticle, errStatement, errMark, errUndo, errResolve, errAgain} {
			if !errors.Is(err, onrecord.ErrForgotten) {
				r.Errorf("%v, want forgotten", err)
			}
		}
		r.same("all that is left", r.said(ledger.Query{}), []string{cityHelps, halfTaken})
		r.equal("about", len(r.said(ledger.Query{About: "pillars", Wrong: true, Gone: true, Repeats: true})), 0)
		r.equal("totals", r.totals(), ledger.Totals{Articles: 1, Revisions: 1, Statements: 2, Speakers: 2, Forgotten: 1})
		list, _, _ := r.Speakers(r.Context(), ledger.SpeakerQuery{Prefix: "hart"})
		r.equal("speakers of that name", len(list), 0)
		r.whole()
	}},
	{"what was forgotten is not kept again", func(r *room) {
		kept := r.keep(harbour)[0]
		if err := r.Forget(r.Context(), kept.Article, "Editor", ""); err != nil {
			r.Fatal(err)
		}
		elsewhere := harbour.with(func(s *Story) { s.URL = "https://copy.example/bridge" })
		changed := harbour.with(func(s *Story) { s.Text += " More." })
		for _, s := range []Story{harbour, elsewhere, changed} {
			again, err := r.Keep(r.Context(), s.Document(r), orchard.Document(r))
			if err != nil || again[1].Err != nil {
				r.Fatal(err, again[1].Err)
			}
			if !errors.Is(again[0].Err, onrecord.ErrForgotten) || onrecord.Hint(again[0].Err) == "" {
				r.Errorf("%s: %v (hint %q), want forgotten, with a hint", s.URL, again[0].Err, onrecord.Hint(again[0].Err))
			}
		}
		r.equal("articles", r.totals().Articles, 1)
	}},
	{"bytes that another article has too are kept for it", func(r *room) {
		one := r.keep(harbour)[0]
		other := r.keep(harbour.with(func(s *Story) { s.URL = "https://copy.example/bridge" }))[0]
		if err := r.Forget(r.Context(), one.Article, "Editor", ""); err != nil {
			r.Fatal(err)
		}
		r.equal("text", r.article(other.Article).Revision.Text, harbour.Text)
		r.equal("speakers", r.totals().Speakers, 2)
		r.whole()
	}},
	{"a backup is written once, to a new file", func(r *room) {
		r.keep(harbour)
		path := filepath.Join(r.TempDir(), "copy")
		if err := r.Backup(r.Context(), path); err != nil {
			r.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
			r.Errorf("backup: %v, %v", info, err)
		}
		if err := r.Backup(r.Context(), path); !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("over a file that is there: %v, want invalid", err)
		}
	}},
}
