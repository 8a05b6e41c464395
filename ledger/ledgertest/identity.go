package ledgertest

import (
	"errors"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

var identity = []testCase{
	{"an article is found again by any of its addresses", func(r *room) {
		d := harbour.Document(r)
		d.Revision.CanonicalURL = "https://www.harbour-times.example/bridge-canonical"
		d.Revision.Path = "/archive/bridge.html"
		d.Aliases = []string{"https://short.example/b"}
		kept, err := r.Keep(r.Context(), d)
		if err != nil {
			r.Fatal(err)
		}
		for _, address := range []string{harbour.URL, d.Revision.CanonicalURL, d.Revision.Path, "https://short.example/b"} {
			id, err := r.Resolve(r.Context(), address)
			if err != nil || id != kept[0].Article {
				r.Errorf("Resolve(%s) = %s, %v; want %s", address, id, err, kept[0].Article)
			}
		}
		other := Story{Path: d.Revision.Path, Text: "Another text altogether."}
		again := r.keep(other)[0]
		r.equal("article", again.Article, kept[0].Article)
		r.equal("status", again.Status, ledger.NewRevision)
	}},
	{"of two articles the surer address decides, and neither is merged", func(r *room) {
		byURL := r.keep(Story{URL: "https://a.example/1", Text: "One."})[0]
		byPath := r.keep(Story{Path: "/two.txt", Text: "Two."})[0]
		d := Story{URL: "https://a.example/1", Path: "/two.txt", Text: "One, changed."}.Document(r)
		kept, err := r.Keep(r.Context(), d)
		if err != nil {
			r.Fatal(err)
		}
		r.equal("article", kept[0].Article, byURL.Article)
		r.equal("the other's text", r.article(byPath.Article).Revision.Text, "Two.")
		id, _ := r.Resolve(r.Context(), "/two.txt")
		r.equal("the path still leads to", id, byPath.Article)
	}},
	{"texts from standard input have nothing in common", func(r *room) {
		one := Story{Path: ledger.Stdin, Text: "One thing."}
		kept := r.keep(one, Story{Path: ledger.Stdin, Text: "Another thing."}, one)
		r.equal("articles", r.totals().Articles, 2)
		r.equal("the first again", kept[2].Article, kept[0].Article)
		id, err := r.Resolve(r.Context(), ledger.StdinAddress(onrecord.HashOf(one.Text)))
		if err != nil || id != kept[0].Article {
			r.Errorf("Resolve = %s, %v; want %s", id, err, kept[0].Article)
		}
	}},
	{"statements keep their IDs when the text changes around them", func(r *room) {
		first := r.keep(harbour)[0]
		later := harbour.with(func(s *Story) {
			s.Text = strings.Replace(s.Text, "Mayor Inés", "After a long night in the council, Mayor Inés", 1)
			s.Text = strings.Replace(s.Text, "would close in November", "would close in early November", 1)
			s.Text = strings.Replace(s.Text, "Engineer Paul Hart denied that the pillars were unsafe. ", "", 1)
			s.Says[0].Content = "the old bridge would close in early November"
			s.Says = append(s.Says[:2], s.Says[3])
		})
		kept := r.keep(later)[0]
		r.equal("status", kept.Status, ledger.NewRevision)
		r.equal("statements", kept.Statements, []onrecord.ID{first.Statements[0], first.Statements[1], first.Statements[3]})
		r.equal("new words", r.record(first.Statements[0]).Texts.Content, "the old bridge would close in early November")
		gone := r.record(first.Statements[2])
		r.equal("no longer found by", gone.GoneSince, "said.v1")
		r.equal("its words", gone.Texts.Content, "that the pillars were unsafe")
		r.equal("its revision", gone.Revision, onrecord.HashOf(harbour.Text))
		a := r.article(first.Article)
		r.equal("earlier revisions", len(a.Earlier), 1)
		r.equal("earlier text", a.Earlier[0].Hash, onrecord.HashOf(harbour.Text))
		r.equal("standing and gone", len(a.Statements), 4)
		r.equal("totals", r.totals(), ledger.Totals{Articles: 1, Revisions: 2, Statements: 3, Speakers: 1})
		r.whole()
	}},
	{"the same bytes read anew are no new edition", func(r *room) {
		first := r.keep(harbour.with(func(s *Story) { s.Bytes = "<html>" }))[0]
		kept := r.keep(harbour.with(func(s *Story) { s.Bytes, s.ReadBy, s.Text = "<html>", "read.v2", s.Text+"\n\nMore of it." }))[0]
		r.equal("status", kept.Status, ledger.Updated)
		r.equal("statements", kept.Statements, first.Statements)
	}},
	{"new bytes with the same text are evidence, not an edition", func(r *room) {
		first := r.keep(harbour)[0]
		kept := r.keep(harbour.with(func(s *Story) { s.Bytes = "<p>" + s.Text }))[0]
		r.equal("status", kept.Status, ledger.Updated)
		r.equal("statements", kept.Statements, first.Statements)
		r.equal("revisions", r.totals().Revisions, 1)
		r.equal("capture", r.article(first.Article).Revision.Capture, onrecord.HashOf("<p>"+harbour.Text))
		// Both copies read again, in turn, are nothing new.
		r.equal("the first bytes again", r.keep(harbour)[0].Status, ledger.Unchanged)
		r.equal("the others again", r.keep(harbour.with(func(s *Story) { s.Bytes = "<p>" + s.Text }))[0].Status, ledger.Unchanged)
		r.whole()
	}},
	{"each text of an article is there with the statements that stand in it", func(r *room) {
		first := r.keep(harbour)[0]
		later := harbour.with(func(s *Story) {
			s.Text = strings.Replace(s.Text, "Engineer Paul Hart denied that the pillars were unsafe. ", "", 1)
			s.Says = append(s.Says[:2:2], s.Says[3])
		})
		now := r.keep(later)[0]
		r.equal("status", now.Status, ledger.NewRevision)
		ref, before, err := r.Edited(r.Context(), first.Article, onrecord.HashOf(harbour.Text))
		if err != nil {
			r.Fatal(err)
		}
		r.equal("earlier text", []any{ref.Hash, before.Text, len(before.Sentences) > 3}, []any{onrecord.HashOf(harbour.Text), harbour.Text, true})
		_, after, err := r.Edited(r.Context(), first.Article, onrecord.HashOf(later.Text))
		if err != nil {
			r.Fatal(err)
		}
		r.equal("statements before", statementIDs(before), first.Statements)
		r.equal("statements after", statementIDs(after), now.Statements)
		var removed []string
		for _, e := range ledger.Edits(before, after) {
			if e.Kind == ledger.SentenceRemoved {
				removed = append(removed, before.Text[e.Before.Start:e.Before.End])
				r.equal("touched", e.Touched, first.Statements[2:3])
			}
		}
		r.same("removed", removed, []string{"Engineer Paul Hart denied that the pillars were unsafe."})
		if _, _, err := r.Edited(r.Context(), first.Article, onrecord.HashOf("a text it never had")); !errors.Is(err, onrecord.ErrNotFound) {
			r.Errorf("a text it never had: %v", err)
		}
	}},
	{"an outlet goes back to an earlier text", func(r *room) {
		on := func(day int, s Story) Story {
			s.Retrieved = time.Date(2024, 6, day, 12, 0, 0, 0, time.UTC)
			s.Answered = s.Retrieved.Add(-time.Second)
			return s
		}
		withdrawn := harbour.with(func(s *Story) { s.Text, s.Says = "The page is being corrected.", nil })
		answers := []Story{on(1, harbour), on(2, withdrawn), on(3, harbour)}
		kept := r.keep(answers...)
		r.equal("status", kept[2].Status, ledger.NewRevision)
		r.equal("text", r.article(kept[0].Article).Revision.Text, harbour.Text)
		r.equal("the same statements", kept[2].Statements, kept[0].Statements)
		r.equal("found again", r.record(kept[0].Statements[0]).GoneSince, "")
		r.equal("revisions", r.totals().Revisions, 3)
		for _, again := range r.keep(answers...) {
			r.equal("the same answers again", again.Status, ledger.Unchanged)
		}
		r.equal("text after all", r.article(kept[0].Article).Revision.Text, harbour.Text)
		r.whole()
	}},
	{"the same files read again make no history", func(r *room) {
		later := harbour.with(func(s *Story) { s.Text, s.Says = "Another edition.", nil })
		for run := range 3 {
			for i, s := range []Story{harbour, later, harbour} {
				s.Retrieved = time.Date(2024, 6, 1+run, 12, i, 0, 0, time.UTC)
				kept := r.keep(s)[0]
				if run > 0 || i > 1 {
					r.equal("status", kept.Status, ledger.Unchanged)
				}
				if run+i > 0 {
					r.equal("text", r.article(kept.Article).Revision.Text, later.Text)
				}
			}
		}
	}},
	{"a date learned later moves what was said", func(r *room) {
		r.keep(notice, harbour)
		kept := r.keep(notice.with(func(s *Story) { s.Published = "2020-05-01" }))[0]
		r.equal("status", kept.Status, ledger.Updated)
		rows := r.answer(ledger.Query{}).Rows
		last := rows[len(rows)-1]
		r.equal("oldest", line(last)+" "+last.When.String(), "The council: that dogs stay on the lead near the bridge 2020-05-01")
	}},
}

func statementIDs(t ledger.EditedText) (ids []onrecord.ID) {
	for _, s := range t.Statements {
		ids = append(ids, s.ID)
	}
	return ids
}
