package ledgertest

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Forgotten is what only the article that Fill forgets says.
const Forgotten = "the zanzibarite quarry owes everyone a rehearsal"

// Fill puts something of everything into an empty ledger: articles with one and
// several revisions, findings with earlier versions and ones no longer found,
// reviews that stand and one undone, names joined, doubtful and one decision undone, a foreign article, a forgotten one.
func Fill(t *testing.T, store ledger.Store) {
	t.Helper()
	r := &room{t, store}
	placed := harbour.with(func(s *Story) {
		s.Says[2].Names = onrecord.Place{Name: "pillars", CountryName: "Norway", Sense: onrecord.LiteralSense}
	})
	kept := r.keep(placed, orchard, notice, repeated, foreign)
	r.reanalysed(kept[0].Article, placed.with(func(s *Story) { s.SaidBy = "said.v2"; s.Says[0].Cue = "said the"; s.Says = s.Says[:3] }))
	r.keep(orchard.with(func(s *Story) {
		s.Text = strings.Replace(s.Text, "the growers", "all growers", 1)
		s.Says[0].Content = "the city would help all growers"
	}))
	r.mark(edit(kept[0].Statements[2], ledger.SpeakerField, "Marta Hart", ledger.ContentField, "the pillars were unsafe"))
	r.mark(onrecord.Review{Target: kept[1].Statements[1], Verdict: onrecord.Wrong, Why: "a rumour"})
	r.mark(onrecord.Review{Target: kept[2].Article, Verdict: onrecord.Describe, Changes: []onrecord.Change{{Field: ledger.PublishedField, Value: "2022-10"}}})
	r.tie(ledger.Joined, "Paul Hart", "Ada Bell", "Editor")
	r.tie(ledger.Doubtful, "Paul Hart", "Marta Hart", "")
	if _, err := r.Untie(t.Context(), r.tie(ledger.Parted, "Marta Hart", "Ada Bell", "Reader").ID, "Editor"); err != nil {
		t.Fatal(err)
	}
	if err := r.Consider(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	watched := r.source("https://orchard.example/feed.xml")
	r.visited(watched, lead("https://orchard.example/frost", 0))
	if err := r.SetBookmark(t.Context(), "archive.warc.gz", 4096); err != nil {
		t.Fatal(err)
	}
	story := r.tell(told(kept[0], 1, ""))[0].Story
	other := r.tell(told(kept[1], 2, ""), told(kept[2], 3, ""))[0].Story
	g := r.regroup(ledger.Regrouping{From: other, Into: story, Articles: []onrecord.ID{kept[1].Article}})
	if _, err := r.Ungroup(t.Context(), g.ID, "Editor"); err != nil {
		t.Fatal(err)
	}
	undone := r.mark(onrecord.Review{Target: kept[3].Statements[1], Verdict: onrecord.Right})
	if _, err := r.Undo(t.Context(), undone.ID, "Reader"); err != nil {
		t.Fatal(err)
	}
	quarry := Story{
		URL: "https://quarry.example/zanzibarite", Title: "Zanzibarite found", Publisher: "Zanzibarite Courier",
		Text: "Zanzibarite Zed said " + Forgotten + ".",
		Says: []Say{{Source: "Zanzibarite Zed", Cue: "said", Content: Forgotten, Speaker: "Zanzibarite Zed"}},
	}
	article := r.keep(quarry)[0].Article
	r.mark(edit(r.article(article).Statements[0].ID, ledger.SpeakerField, "Zanzibarite Zoe"))
	if err := r.Forget(t.Context(), article, "Editor", "asked for"); err != nil {
		t.Fatal(err)
	}
}
