package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// fake is a store in memory that answers as far as pages need it.
type fake struct {
	ledger.Store
	articles  []*ledger.Article
	forgotten map[onrecord.ID]bool
	reviews   int
}

func fakeStore(t testing.TB, names ...string) *fake {
	f := &fake{forgotten: map[onrecord.ID]bool{"a-0000000000gone": true}}
	for _, n := range names {
		f.keep(story(t, n))
	}
	return f
}

func (f *fake) keep(doc ledger.Document) {
	n := len(f.articles) + 1
	text := doc.Revision.Text
	a := &ledger.Article{
		ArticleRef: ledger.ArticleRef{
			ID: onrecord.ID(fmt.Sprintf("a-%013d", n)), Title: doc.Revision.Title, Publisher: doc.Revision.Publisher,
			Address: doc.Capture.Address, Published: doc.Revision.Published, Retrieved: doc.Capture.Retrieved,
			Language: doc.Revision.Language, Statements: len(doc.Analysis.Statements),
		},
		Aliases: []string{doc.Capture.Address}, Revision: doc.Revision, Hash: doc.Revision.Hash(), Analysis: doc.Analysis,
	}
	for i, st := range doc.Analysis.Statements {
		rec := ledger.Record{
			ID: onrecord.ID(fmt.Sprintf("s-%06d%07d", n, i+1)), Article: a.ArticleRef, Revision: a.Hash, Statement: st, Found: st,
			When: doc.Revision.Published, WhenBasis: ledger.WhenPublished, MadeBy: doc.Analysis.MadeBy, Versions: 1,
		}
		if rec.When.IsZero() {
			rec.When, rec.WhenBasis = onrecord.DateOf(a.Retrieved), ledger.WhenRetrieved
		}
		hull := onrecord.Hull(st.Spans()...)
		rec.Sentence = hull
		for _, s := range doc.Analysis.Sentences {
			if s.Overlap(hull) > 0 {
				rec.Sentence = onrecord.Hull(rec.Sentence, s)
			}
		}
		rec.SentenceStart = utf8.RuneCountInString(text[:rec.Sentence.Start])
		rec.Texts = ledger.Texts{
			Source: onrecord.Words(text, st.Source.Spans), Cue: onrecord.Words(text, st.Cue.Spans),
			Content: onrecord.Words(text, st.Content.Spans), Sentence: rec.Sentence.In(text),
		}
		if e := doc.Analysis.Linked(st.ID, onrecord.SourceRole); len(e) > 0 {
			rec.Speaker = ledger.Speaker{Key: strings.ReplaceAll(strings.ToLower(e[0].Name), " ", "-"), Name: e[0].Name, Kind: e[0].Kind, Statements: 1, First: rec.When, Last: rec.When}
		}
		a.Statements = append(a.Statements, rec)
	}
	f.articles = append(f.articles, a)
}

func (f *fake) Said(_ context.Context, q ledger.Query) (ledger.Answer, error) {
	ans := ledger.Answer{}
	for _, a := range f.articles {
		for _, r := range a.Statements {
			if strings.Contains(strings.ToLower(r.Speaker.Name), strings.ToLower(q.By)) && strings.Contains(strings.ToLower(r.Texts.Content), strings.ToLower(q.About)) &&
				(q.SpeakerKey == "" || r.Speaker.Key == q.SpeakerKey) && r.Statement.Confidence >= q.MinConfidence && (q.Wrong || r.Verdict != onrecord.Wrong) {
				ans.Rows = append(ans.Rows, r)
			}
		}
	}
	ans.Totals, _ = f.Totals(nil)
	if q.Limit > 0 && len(ans.Rows) > q.Limit {
		ans.Rows, ans.Next = ans.Rows[:q.Limit], "more"
	}
	return ans, nil
}

func (f *fake) find(id onrecord.ID) *ledger.Record {
	for _, a := range f.articles {
		for i := range a.Statements {
			if a.Statements[i].ID == id {
				return &a.Statements[i]
			}
		}
	}
	return nil
}

func (f *fake) Statement(_ context.Context, id onrecord.ID) (ledger.Record, error) {
	if r := f.find(id); r != nil {
		return *r, nil
	}
	return ledger.Record{}, onrecord.ErrNotFound
}

func (f *fake) Article(_ context.Context, id onrecord.ID) (ledger.Article, error) {
	if f.forgotten[id] {
		return ledger.Article{}, onrecord.ErrForgotten
	}
	for _, a := range f.articles {
		if a.ID == id {
			return *a, nil
		}
	}
	return ledger.Article{}, onrecord.ErrNotFound
}

func (f *fake) Articles(context.Context, ledger.ArticleQuery) ([]ledger.ArticleRef, ledger.Cursor, error) {
	var out []ledger.ArticleRef
	for _, a := range f.articles {
		out = append(out, a.ArticleRef)
	}
	return out, "", nil
}

func (f *fake) Speakers(_ context.Context, prefix string, _ int) ([]ledger.Speaker, error) {
	seen := map[string]int{}
	var out []ledger.Speaker
	for _, a := range f.articles {
		for _, r := range a.Statements {
			if i, ok := seen[r.Speaker.Key]; ok {
				out[i].Statements++
			} else if r.Speaker.Key != "" && strings.HasPrefix(strings.ToLower(r.Speaker.Name), strings.ToLower(prefix)) {
				seen[r.Speaker.Key] = len(out)
				out = append(out, r.Speaker)
			}
		}
	}
	return out, nil
}

func (f *fake) Speaker(ctx context.Context, key string) (ledger.Speaker, error) {
	all, _ := f.Speakers(ctx, "", 0)
	for _, s := range all {
		if s.Key == key {
			return s, nil
		}
	}
	return ledger.Speaker{}, onrecord.ErrNotFound
}

func (f *fake) Totals(context.Context) (ledger.Totals, error) {
	t := ledger.Totals{Articles: len(f.articles), Revisions: len(f.articles)}
	for _, a := range f.articles {
		t.Statements += len(a.Statements)
		if !a.Revision.English() {
			t.Foreign++
		}
	}
	s, _ := f.Speakers(nil, "", 0)
	t.Speakers = len(s)
	return t, nil
}

func (f *fake) Mark(_ context.Context, r onrecord.Review) (onrecord.Review, error) {
	f.reviews++
	r.ID = onrecord.ID(fmt.Sprintf("r-%013d", f.reviews))
	if rec := f.find(r.Target); rec != nil {
		rec.Reviews = append(rec.Reviews, r)
		if r.Verdict == onrecord.Right || r.Verdict == onrecord.Wrong {
			rec.Verdict = r.Verdict
		}
		return r, nil
	}
	for _, a := range f.articles {
		if a.ID == r.Target {
			a.Reviews = append(a.Reviews, r)
			return r, nil
		}
	}
	return r, onrecord.ErrNotFound
}

func (f *fake) Undo(_ context.Context, id onrecord.ID, by string) (onrecord.Review, error) {
	for _, a := range f.articles {
		for i := range a.Statements {
			rec := &a.Statements[i]
			for j := range rec.Reviews {
				if rec.Reviews[j].ID == id {
					rec.Reviews[j].UndoneAt, rec.Reviews[j].UndoneBy = time.Now(), by
					rec.Verdict = ""
					return rec.Reviews[j], nil
				}
			}
		}
	}
	return onrecord.Review{}, onrecord.ErrNotFound
}
