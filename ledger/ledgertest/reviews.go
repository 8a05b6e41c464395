package ledgertest

import (
	"errors"
	"flag"
	"fmt"

	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

var reviewing = []testCase{
	{"wrong hides a statement and its counts, right does not, undo brings all back", func(r *room) {
		kept := r.keep(harbour)[0]
		before := r.battery()
		r.mark(onrecord.Review{Target: kept.Statements[0], Verdict: onrecord.Wrong, Why: "a rumour"})
		r.same("about", r.said(ledger.Query{About: "bridge"}), nil)
		r.same("about, wrong ones too", r.said(ledger.Query{About: "bridge", Wrong: true}), []string{sheClosed})
		r.equal("statements of the article", r.article(kept.Article).ArticleRef.Statements, 3)
		s, _ := r.Speaker(r.Context(), "ines-nunez")
		r.equal("statements of the speaker", s.Statements, 1)
		r.equal("verdict", r.record(kept.Statements[0]).Verdict, onrecord.Wrong)
		r.mark(onrecord.Review{Target: kept.Statements[0], Verdict: onrecord.Right})
		r.same("the newest wins", r.said(ledger.Query{About: "bridge"}), []string{sheClosed})
		for range 2 {
			if _, err := r.Undo(r.Context(), kept.Statements[0], "Reader"); err != nil {
				r.Fatal(err)
			}
		}
		r.same("answers", r.battery(), before)
		reviews := r.record(kept.Statements[0]).Reviews
		if len(reviews) != 2 || !reviews[0].Undone() || reviews[1].UndoneBy != "Reader" || reviews[0].Why != "a rumour" || reviews[0].By != "Reader" {
			r.Errorf("reviews: %+v; want both kept, undone", reviews)
		}
		if _, err := r.Undo(r.Context(), kept.Statements[0], "Reader"); !errors.Is(err, onrecord.ErrNotFound) {
			r.Errorf("undo of nothing: %v, want not found", err)
		}
		if _, err := r.Undo(r.Context(), reviews[0].ID, "Reader"); !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("undo twice: %v, want invalid", err)
		}
	}},
	{"an edit shows everywhere at once", func(r *room) {
		kept := r.keep(harbour)[0]
		id := kept.Statements[2]
		made := r.mark(edit(id, ledger.SpeakerField, "Marta Hart", ledger.ContentField, "the pillars were unsafe", ledger.SaidAtField, "2024-02-20", ledger.TowardField, "denies", ledger.QuotedField, "mixed"))
		rec := r.record(id)
		r.equal("line", line(rec), "Marta Hart: the pillars were unsafe")
		r.equal("spans", rec.Statement.Content.Spans[0].In(harbour.Text), "the pillars were unsafe")
		r.equal("found", rec.Found.Content.Spans[0].In(harbour.Text), "that the pillars were unsafe")
		r.equal("toward", rec.Statement.Toward, onrecord.Denies)
		r.equal("when", fmt.Sprint(rec.When, rec.WhenBasis), "2024-02-20said")
		r.equal("pinned", made.Pinned.Exact, "that the pillars were unsafe")
		r.equal("where the new words stand", made.Changes[1].Words.Suffix[:5], ". The")
		r.same("by", r.said(ledger.Query{By: "marta"}), []string{line(rec)})
		r.same("by key", r.said(ledger.Query{SpeakerKey: "marta-hart", Quoted: onrecord.Mixed, Until: r.date("2024-02-20")}), []string{line(rec)})
		r.same("no longer by", r.said(ledger.Query{SpeakerKey: "paul-hart"}), nil)
		r.same("no longer about", r.said(ledger.Query{About: "that"}), nil)
		r.equal("speakers", r.totals().Speakers, 2)
	}},
	{"the newest standing review of a field wins", func(r *room) {
		kept := r.keep(harbour)[0]
		id := kept.Statements[3]
		first := r.mark(edit(id, ledger.SpeakerField, "Dockers", ledger.ClassField, "belief"))
		second := r.mark(edit(id, ledger.SpeakerField, "Dockers' Union"))
		r.equal("speaker", r.record(id).Speaker.Name, "Dockers' Union")
		r.equal("class", r.record(id).Statement.Cue.Class, onrecord.BeliefCue)
		if _, err := r.Undo(r.Context(), first.ID, "Reader"); err != nil {
			r.Fatal(err)
		}
		r.equal("the second stands without the first", r.record(id).Speaker.Name, "Dockers' Union")
		r.equal("class again", r.record(id).Statement.Cue.Class, onrecord.SpeechCue)
		if _, err := r.Undo(r.Context(), second.ID, "Reader"); err != nil {
			r.Fatal(err)
		}
		r.equal("nobody", r.record(id).Speaker, ledger.Speaker{})
	}},
	{"an article is described anew, with all that was said in it", func(r *room) {
		kept := r.keep(notice, harbour)[0]
		r.mark(onrecord.Review{Target: kept.Article, Verdict: onrecord.Describe, Changes: []onrecord.Change{
			{Field: ledger.PublishedField, Value: "2019-05"},
			{Field: ledger.PublisherField, Value: "Another Gazette"},
			{Field: ledger.TitleField, Value: "Dogs and bridges"},
			{Field: ledger.URLField, Value: "https://gazette.example/dogs"},
		}})
		a := r.answer(ledger.Query{Publisher: "another gazette", Since: r.date("2019-05-31")})
		r.equal("found", len(a.Rows), 1)
		r.equal("when", fmt.Sprint(a.Rows[0].When, a.Rows[0].WhenBasis), "2019-05published")
		r.equal("undated", a.Undated, 0)
		ref := a.Rows[0].Article
		r.equal("article", fmt.Sprint(ref.Title, ref.Publisher, ref.Address, ref.Published), "Dogs and bridgesAnother Gazettehttps://gazette.example/dogs2019-05")
		refs, _, _ := r.Articles(r.Context(), ledger.ArticleQuery{Words: "dogs"})
		r.equal("by its title", len(refs), 1)
		r.equal("its reviews", len(r.article(kept.Article).Reviews), 1)
		// A new reading of the article does not undo what people know of it.
		r.keep(notice.with(func(s *Story) { s.Text += " Cats are free."; s.Published = "2021" }))
		r.equal("still", r.article(kept.Article).Published, "2019-05")
		r.keep(notice)
		if _, err := r.Undo(r.Context(), kept.Article, "Reader"); err != nil {
			r.Fatal(err)
		}
		r.equal("published", r.article(kept.Article).Published, "2021")
	}},
	{"reviews that cannot be are refused", func(r *room) {
		kept := r.keep(harbour)[0]
		id := kept.Statements[0]
		for name, review := range map[string]onrecord.Review{
			"words that do not stand in the article": edit(id, ledger.SourceField, "Mayor Nobody"),
			"an unknown field":                       edit(id, "colour", "red"),
			"a value that a field does not take":     edit(id, ledger.TowardField, "loves"),
			"a date that is none":                    edit(id, ledger.SaidAtField, "yesterday"),
			"no content":                             edit(id, ledger.ContentField, ""),
			"no changes":                             {Target: id, Verdict: onrecord.Edit},
			"an unknown verdict":                     {Target: id, Verdict: "maybe"},
			"describing a statement":                 {Target: id, Verdict: onrecord.Describe, Changes: []onrecord.Change{{Field: ledger.TitleField, Value: "x"}}},
			"marking an article wrong":               {Target: kept.Article, Verdict: onrecord.Wrong},
			"an article's unknown field":             {Target: kept.Article, Verdict: onrecord.Describe, Changes: []onrecord.Change{{Field: "colour", Value: "red"}}},
			"an article's date that is none":         {Target: kept.Article, Verdict: onrecord.Describe, Changes: []onrecord.Change{{Field: ledger.PublishedField, Value: "soon"}}},
			"a review of a review":                   {Target: "r-0000000000001", Verdict: onrecord.Right},
		} {
			if _, err := r.Mark(r.Context(), review); !errors.Is(err, onrecord.ErrInvalid) {
				r.Errorf("%s: %v, want invalid", name, err)
			}
		}
		if _, err := r.Mark(r.Context(), onrecord.Review{Target: "s-0000000000001", Verdict: onrecord.Right}); !errors.Is(err, onrecord.ErrNotFound) {
			r.Errorf("a statement that is not there: %v, want not found", err)
		}
		r.equal("reviews", r.totals().Reviews, 0)
	}},
	{"any reviews taken back in any order leave every answer as it was", func(r *room) {
		kept := r.keep(harbour, orchard, notice, repeated)
		var ids []onrecord.ID
		for _, k := range kept {
			ids = append(ids, k.Statements...)
		}
		before := r.battery()
		defer checks("25")()
		rapid.Check(r.T, func(t *rapid.T) {
			var made []onrecord.ID
			for range rapid.IntRange(1, 6).Draw(t, "reviews") {
				review, err := r.Mark(r.Context(), anyReview(t, ids, kept))
				if err != nil {
					t.Fatal(err)
				}
				made = append(made, review.ID)
			}
			for _, id := range rapid.Permutation(made).Draw(t, "order") {
				if _, err := r.Undo(r.Context(), id, "Reader"); err != nil {
					t.Fatal(err)
				}
			}
			for i, got := range r.battery() {
				if got != before[i] {
					t.Fatalf("answer %d:\n got %s\nwant %s", i, got, before[i])
				}
			}
		})
		r.whole()
	}},
}

// checks sets how often rapid draws, unless its own flag says more, and returns
// what sets it back: each draw here asks everything there is to ask.
func checks(n string) (back func()) {
	f := flag.Lookup("rapid.checks")
	old := f.Value.String()
	if old == f.DefValue {
		_ = f.Value.Set(n)
	}
	return func() { _ = f.Value.Set(old) }
}

// edit is a review with changes, given as fields and values.
func edit(target onrecord.ID, fieldsAndValues ...string) onrecord.Review {
	r := onrecord.Review{Target: target, Verdict: onrecord.Edit, By: "Reader"}
	for i := 0; i < len(fieldsAndValues); i += 2 {
		r.Changes = append(r.Changes, onrecord.Change{Field: fieldsAndValues[i], Value: fieldsAndValues[i+1]})
	}
	return r
}

// anyReview draws a review of one of the shared stories.
func anyReview(t *rapid.T, ids []onrecord.ID, kept []ledger.Kept) onrecord.Review {
	id := rapid.SampledFrom(ids).Draw(t, "statement")
	article := rapid.SampledFrom(kept).Draw(t, "article").Article
	name := rapid.SampledFrom([]string{"Marta Vega", "Paul Hart", "The Union", ""}).Draw(t, "name")
	date := rapid.SampledFrom([]string{"1999", "2024-02-24", "2024-02-24T18:05:00+03:00", "2030-01", ""}).Draw(t, "date")
	review := rapid.SampledFrom([]onrecord.Review{
		{Target: id, Verdict: onrecord.Right},
		{Target: id, Verdict: onrecord.Wrong},
		edit(id, ledger.SpeakerField, name),
		edit(id, ledger.SaidAtField, date, ledger.QuotedField, "direct"),
		edit(id, ledger.SpeakerField, name, ledger.SourceField, "", ledger.UtteredField, "no"),
		{Target: article, Verdict: onrecord.Describe, Changes: []onrecord.Change{{Field: ledger.PublishedField, Value: date}}},
		{Target: article, Verdict: onrecord.Describe, Changes: []onrecord.Change{{Field: ledger.PublisherField, Value: name}, {Field: ledger.TitleField, Value: "Bridge"}}},
	}).Draw(t, "review")
	review.By = "Reader"
	return review
}
