package ledgertest

import (
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// v2 are the versions after the stories' own.
var v2 = onrecord.Versions{"read": "read.v1", "said": "said.v2"}

var reanalysing = []testCase{
	{"a moved cue edge keeps the ID, the links and the reviews", func(r *room) {
		first := r.keep(harbour)[0]
		id := first.Statements[0]
		r.mark(edit(id, ledger.SpeakerField, "Marta Vega"))
		later := harbour.with(func(s *Story) {
			s.SaidBy = "said.v2"
			s.Says[0].Cue = "said the"
			s.Says[0].Content = "old bridge would close in November"
		})
		c := r.reanalysed(first.Article, later)
		r.equal("counts", []int{c.Same, c.Changed, c.Found, c.Gone}, []int{3, 1, 0, 0})
		r.equal("detail", c.Details[0].What+" "+c.Details[0].Before.Cue+" "+c.Details[0].After.Cue, "changed said said the")
		r.equal("ID", c.Details[0].ID, id)
		rec := r.record(id)
		r.equal("line", line(rec), "Marta Vega: old bridge would close in November")
		r.equal("versions", rec.Versions, 2)
		r.equal("made by", rec.MadeBy, "read.v1 said.v2")
		r.equal("reviews", len(rec.Reviews), 1)
		r.equal("the one whose words did not change has two versions too", r.record(first.Statements[1]).Versions, 2)
		r.whole()
	}},
	{"what is no longer found stays reachable, and may be found again", func(r *room) {
		first := r.keep(harbour)[0]
		before := r.battery()
		without := harbour.with(func(s *Story) { s.SaidBy = "said.v2"; s.Says = s.Says[1:] })
		c := r.reanalysed(first.Article, without)
		r.equal("counts", []int{c.Same, c.Changed, c.Found, c.Gone}, []int{3, 0, 0, 1})
		r.equal("gone since", r.record(first.Statements[0]).GoneSince, "said.v2")
		r.same("not listed", r.said(ledger.Query{About: "bridge"}), nil)
		r.same("listed when asked for", r.said(ledger.Query{About: "bridge", Gone: true}), []string{sheClosed})
		r.equal("statements", r.totals().Statements, 3)
		r.equal("still in the article", len(r.article(first.Article).Statements), 4)
		c = r.reanalysed(first.Article, harbour)
		r.equal("counts", []int{c.Same, c.Changed, c.Found, c.Gone}, []int{3, 1, 0, 0})
		r.equal("detail", c.Details[0].What, "found again")
		r.equal("answers but versions", len(r.battery()), len(before))
		r.same("listed", r.said(ledger.Query{About: "bridge"}), []string{sheClosed})
		r.whole()
	}},
	{"new findings get new IDs, in text order", func(r *room) {
		fewer := harbour.with(func(s *Story) { s.Says = []Say{s.Says[0], s.Says[3]} })
		first := r.keep(fewer)[0]
		c := r.reanalysed(first.Article, harbour.with(func(s *Story) { s.SaidBy = "said.v2" }))
		r.equal("counts", []int{c.Same, c.Changed, c.Found, c.Gone}, []int{2, 0, 2, 0})
		var lines []string
		for _, rec := range r.article(first.Article).Statements {
			lines = append(lines, line(rec))
		}
		r.same("in text order", lines, []string{sheClosed, sheTold, heDenied, unionWarned})
	}},
	{"a document kept again after a re-analysis has the IDs of what it says now", func(r *room) {
		v1 := harbour.with(func(s *Story) { s.Says = []Say{s.Says[0], s.Says[2]} })
		first := r.keep(v1)[0].Statements
		more := harbour.with(func(s *Story) { s.SaidBy = "said.v2"; s.Says = s.Says[:3] })
		c := r.reanalysed(r.keep(v1)[0].Article, more)
		r.equal("three of them", r.keep(more)[0].Statements, []onrecord.ID{first[0], c.Details[0].ID, first[1]})
		fewer := v1.with(func(s *Story) { s.SaidBy = "said.v3" })
		r.reanalysed(r.keep(more)[0].Article, fewer)
		r.equal("without the one that is gone", r.keep(fewer)[0].Statements, first)
		// An earlier text has those that its last analysis found.
		r.keep(fewer.with(func(s *Story) { s.Text, s.Says = "Nothing of it.", nil }))
		again := r.keep(fewer)[0]
		r.equal("status of the earlier text", again.Status, ledger.Unchanged)
		r.equal("of the earlier text", again.Statements, first)
	}},
	{"the same analysis again changes nothing", func(r *room) {
		first := r.keep(harbour)[0]
		before := r.battery()
		c := r.reanalysed(first.Article, harbour)
		r.equal("counts", []int{c.Same, c.Changed, c.Found, c.Gone, len(c.Details)}, []int{4, 0, 0, 0, 0})
		r.same("answers", r.battery(), before)
	}},
	{"a better reading of the same bytes moves all offsets", func(r *room) {
		page := harbour.with(func(s *Story) { s.Bytes = "<html>" + s.Text })
		first := r.keep(page)[0]
		r.mark(edit(first.Statements[2], ledger.ContentField, "the pillars were unsafe"))
		reread := page.with(func(s *Story) { s.ReadBy, s.Text = "read.v2", "Harbour Times\n\n"+s.Text })
		c := r.reanalysed(first.Article, reread)
		r.equal("counts", []int{c.Same, c.Changed, c.Found, c.Gone}, []int{4, 0, 0, 0})
		rec := r.record(first.Statements[2])
		r.equal("the correction follows its words", rec.Statement.Content.Spans[0].In(reread.Text), "the pillars were unsafe")
		a := r.article(first.Article)
		r.equal("text", a.Revision.Text, reread.Text)
		r.equal("earlier", a.Earlier[0].ReadBy, "read.v1")
		r.equal("capture", a.Revision.Capture, onrecord.HashOf(page.Bytes))
		r.whole()
	}},
	{"a correction whose words are gone is kept, and not applied", func(r *room) {
		first := r.keep(harbour)[0]
		id := first.Statements[3]
		r.mark(edit(id, ledger.SourceField, "The union has", ledger.ClassField, "belief"))
		later := harbour.with(func(s *Story) {
			s.Text = strings.Replace(s.Text, "The union has warned", "The unions have warned", 1)
			s.Says[3].Source, s.Says[3].Cue = "The unions", "have warned of"
		})
		r.equal("the same statement", r.keep(later)[0].Statements[3], id)
		rec := r.record(id)
		r.equal("source", rec.Texts.Source, "The unions")
		r.equal("class", rec.Statement.Cue.Class, onrecord.BeliefCue)
		r.equal("reviews", len(rec.Reviews), 1)
		r.whole()
	}},
	{"stale yields what newer stages have not seen, with what it takes to read it again", func(r *room) {
		kept := r.keep(harbour, orchard, notice)
		r.equal("nothing is stale", len(r.stale(harbour.Analysis(r).MadeBy, "")), 0)
		r.equal("all is", len(r.stale(v2, "")), 3)
		r.equal("older than said.v1", len(r.stale(v2, "said.v1")), 0)
		r.equal("older than said.v2", len(r.stale(v2, "said.v2")), 3)
		r.equal("without a stage", len(r.stale(v2, "who.v1")), 3)
		s := r.stale(v2, "")[0]
		d := harbour.Document(r)
		r.equal("article", s.Article, kept[0].Article)
		r.equal("text", s.Revision.Text, harbour.Text)
		r.equal("revision", jsonOf(r, s.Revision), jsonOf(r, d.Revision))
		r.equal("capture", jsonOf(r, s.Capture), jsonOf(r, d.Capture))
		r.equal("made by", s.MadeBy, "read.v1 said.v1")
	}},
	{"an interrupted run goes on where it was", func(r *room) {
		r.keep(harbour, orchard, notice)
		byURL := map[string]Story{harbour.URL: harbour, orchard.URL: orchard, notice.Path: notice}
		done := 0
		for round := 0; round < 5 && done < 3; round++ {
			for s, err := range r.Stale(r.Context(), v2, "") {
				if err != nil {
					r.Fatal(err)
				}
				story := byURL[s.Capture.Address]
				r.reanalysed(s.Article, story.with(func(s *Story) { s.SaidBy = "said.v2" }))
				done++
				break // interrupted
			}
		}
		r.equal("reanalysed", done, 3)
		r.equal("stale", len(r.stale(v2, "")), 0)
	}},
}

// stale is all that Stale yields.
func (r *room) stale(current onrecord.Versions, olderThan string) []ledger.Stale {
	r.Helper()
	var all []ledger.Stale
	for s, err := range r.Stale(r.Context(), current, olderThan) {
		if err != nil {
			r.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}
