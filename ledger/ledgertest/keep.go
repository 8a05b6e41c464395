package ledgertest

import (
	"errors"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

var keeping = []testCase{
	{"a first reading is new, with an ID for each statement", func(r *room) {
		kept := r.keep(harbour)[0]
		r.equal("status", kept.Status, ledger.New)
		r.equal("statements", len(kept.Statements), len(harbour.Says))
		for i, id := range kept.Statements {
			r.equal("content", r.record(id).Texts.Content, harbour.Says[i].Content)
		}
		r.equal("totals", r.totals(), ledger.Totals{Articles: 1, Revisions: 1, Statements: 4, Speakers: 2})
	}},
	{"the same document twice changes nothing", func(r *room) {
		first := r.keep(harbour, orchard)
		before := r.battery()
		again := r.keep(harbour, orchard)
		for i := range again {
			r.equal("status", again[i].Status, ledger.Unchanged)
			r.equal("article", again[i].Article, first[i].Article)
			r.equal("statements", again[i].Statements, first[i].Statements)
		}
		r.same("answers", r.battery(), before)
	}},
	{"what was said of a file is not taken back by reading it again", func(r *room) {
		told := harbour.Document(r)
		told.Capture.Header = map[string][]string{onrecord.GivenPublisher: {told.Revision.Publisher}, onrecord.GivenPublished: {told.Revision.Published.String()}}
		plain := harbour.Document(r)
		plain.Capture.Header, plain.Revision.Publisher, plain.Revision.Published = nil, "", onrecord.Date{}
		other := harbour.Document(r)
		other.Capture.Header = map[string][]string{onrecord.GivenPublisher: {"The Corrected Wire"}}
		other.Revision.Publisher, other.Revision.Published = "The Corrected Wire", onrecord.Date{}

		kept, err := r.Keep(r.Context(), told, plain)
		r.equal("error", err, nil)
		r.equal("read again with nothing said", kept[1].Status, ledger.Unchanged)
		kept, err = r.Keep(r.Context(), other)
		r.equal("error", err, nil)
		r.equal("read again with something new said", kept[0].Status, ledger.Updated)
		a := r.article(kept[0].Article)
		r.equal("publisher", a.Publisher, "The Corrected Wire")
		r.equal("published", a.Published, told.Revision.Published)
	}},
	{"an earlier and a later text kept again change nothing", func(r *room) {
		later := harbour.with(func(s *Story) {
			s.Text = strings.Replace(s.Text, "long detours", "very long detours", 1)
			s.Says[3].Content = "very long detours"
		})
		r.keep(harbour, later)
		before := r.battery()
		for _, k := range r.keep(harbour, later) {
			r.equal("status", k.Status, ledger.Unchanged)
		}
		r.same("answers", r.battery(), before)
	}},
	{"one bad document does not stop the others", func(r *room) {
		bad := orchard.Document(r)
		bad.Analysis.Statements[0].Content.Spans[0].End = 1 << 20
		kept, err := r.Keep(r.Context(), harbour.Document(r), bad, notice.Document(r))
		if err != nil {
			r.Fatal(err)
		}
		if kept[0].Err != nil || kept[2].Err != nil || !errors.Is(kept[1].Err, onrecord.ErrInvalid) {
			r.Errorf("errors %v, %v, %v; want invalid for the second alone", kept[0].Err, kept[1].Err, kept[2].Err)
		}
		r.equal("articles", r.totals().Articles, 2)
		r.whole()
	}},
	{"the same article twice in one call", func(r *room) {
		later := harbour.with(func(s *Story) { s.Published = "2024-02-25" })
		kept, err := r.Keep(r.Context(), harbour.Document(r), harbour.Document(r), later.Document(r))
		if err != nil {
			r.Fatal(err)
		}
		r.equal("statuses", []ledger.Status{kept[0].Status, kept[1].Status, kept[2].Status}, []ledger.Status{ledger.New, ledger.Unchanged, ledger.Updated})
		r.equal("statements", kept[2].Statements, kept[0].Statements)
		r.equal("found", len(r.said(ledger.Query{About: "bridge"})), 1)
		r.whole()
	}},
	{"what was read comes back as it was", func(r *room) {
		d := harbour.Document(r)
		d.Aliases = []string{"https://short.example/b"}
		kept, err := r.Keep(r.Context(), d)
		if err != nil {
			r.Fatal(err)
		}
		a := r.article(kept[0].Article)
		r.equal("text", a.Revision.Text, harbour.Text)
		r.equal("revision", jsonOf(r, a.Revision), jsonOf(r, d.Revision))
		r.equal("analysis", jsonOf(r, a.Analysis), jsonOf(r, d.Analysis))
		r.equal("hash", a.Hash, d.Revision.Hash())
		r.equal("publisher", a.Publisher, "harbour-times.example")
		r.equal("address", a.Address, harbour.URL)
		r.equal("statements", a.ArticleRef.Statements, 4)
		r.same("addresses", a.Aliases, []string{"https://short.example/b", harbour.URL})
	}},
	{"a record has its words, its sentence and what made it", func(r *room) {
		kept := r.keep(harbour)[0]
		rec := r.record(kept.Statements[2])
		r.equal("texts", rec.Texts, ledger.Texts{
			Source: "Engineer Paul Hart", Cue: "denied", Content: "that the pillars were unsafe",
			Sentence: "Engineer Paul Hart denied that the pillars were unsafe.",
		})
		r.equal("sentence", rec.Sentence.In(harbour.Text), rec.Texts.Sentence)
		r.equal("code points before it", rec.SentenceStart, len([]rune(harbour.Text[:rec.Sentence.Start])))
		r.equal("made by", rec.MadeBy, "read.v1 said.v1")
		r.equal("when", rec.When, "2024-02-24T18:05:00+03:00")
		r.equal("basis", rec.WhenBasis, ledger.WhenPublished)
		r.equal("revision", rec.Revision, onrecord.HashOf(harbour.Text))
		r.equal("article", rec.Article.ID, kept.Article)
		r.equal("speaker", rec.Speaker.Key, "paul-hart")
		r.equal("versions", rec.Versions, 1)
	}},
	{"foreign text is kept and counted", func(r *room) {
		r.keep(foreign)
		r.equal("totals", r.totals(), ledger.Totals{Articles: 1, Foreign: 1, Revisions: 1})
		refs, _, err := r.Articles(r.Context(), ledger.ArticleQuery{Language: "de"})
		if err != nil || len(refs) != 1 || refs[0].Title != foreign.Title {
			r.Errorf("articles in German: %v, %v", refs, err)
		}
	}},
	{"a text without statements, and an empty one", func(r *room) {
		r.keep(Story{Path: "/a", Text: "Nobody speaks here."}, Story{Path: "/b", Text: ""})
		r.equal("totals", r.totals(), ledger.Totals{Articles: 2, Revisions: 2})
		r.whole()
	}},
	{"what is not there is not found", func(r *room) {
		for _, id := range []onrecord.ID{"s-0000000000001", "S-000000000000I"} {
			if _, err := r.Statement(r.Context(), id); !errors.Is(err, onrecord.ErrNotFound) {
				r.Errorf("Statement(%s): %v, want not found", id, err)
			}
		}
		if _, err := r.Article(r.Context(), "a-0000000000001"); !errors.Is(err, onrecord.ErrNotFound) {
			r.Errorf("Article: %v, want not found", err)
		}
		if _, err := r.Article(r.Context(), "s-0000000000001"); !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("Article with a statement's ID: %v, want invalid", err)
		}
		if _, err := r.Resolve(r.Context(), "https://nowhere.example/"); !errors.Is(err, onrecord.ErrNotFound) {
			r.Errorf("Resolve: %v, want not found", err)
		}
		if _, err := r.Speaker(r.Context(), "nobody"); !errors.Is(err, onrecord.ErrNotFound) {
			r.Errorf("Speaker: %v, want not found", err)
		}
	}},
}
