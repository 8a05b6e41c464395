package ledgertest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

var telling = []testCase{
	{"what comes and what changes waits to be told of", func(r *room) {
		kept := r.keep(harbour, orchard)
		r.untold(kept[0].Article, kept[1].Article)
		r.tell(told(kept[0], 1, ""), told(kept[1], 2, ""))
		r.untold()
		r.keep(harbour)
		r.untold()
		r.keep(harbour.with(func(s *Story) { s.Text = strings.Replace(s.Text, "for the winter\n", "for all winter\n", 1) }))
		r.untold(kept[0].Article)
		r.sound()
	}},
	{"a telling without a story opens one, and later ones join it", func(r *room) {
		kept := r.keep(harbour, orchard, shortNamed)
		first := r.tell(told(kept[0], 1, ""))[0]
		others := r.tell(told(kept[1], 3, first.Story), told(kept[2], 2, ""))
		s := r.tells(first.Story, "Bridge to close for the winter", kept[0].Article, kept[1].Article)
		r.equal("when", []any{s.First.Equal(day(1)), s.Last.Equal(day(3))}, []any{true, true})
		r.stories(first.Story)
		again := r.tell(told(kept[2], 4, first.Story))
		r.equal("the same telling anew", again[0].Story, first.Story)
		r.tells(first.Story, "Bridge to close for the winter", kept[0].Article, kept[1].Article, kept[2].Article)
		if _, err := r.Story(r.Context(), others[1].Story); !errors.Is(err, onrecord.ErrNotFound) {
			r.Errorf("a story without an article: %v", err)
		}
		r.sound()
	}},
	{"one text with its carriers", func(r *room) {
		kept := r.keep(harbour, orchard, notice)
		first := r.tell(told(kept[0], 1, ""))[0]
		carrier := told(kept[1], 2, first.Story)
		carrier.Text, carrier.Copies = kept[0].Article, []ledger.Copy{{Of: kept[0].Article, Relation: "truncated", Containment: .9}}
		r.tell(carrier, told(kept[2], 3, ""))
		for _, article := range []onrecord.ID{kept[0].Article, kept[1].Article} {
			r.carriers(article, kept[0].Article, kept[1].Article)
		}
		r.carriers(kept[2].Article, kept[2].Article)
		got, err := r.TellingOf(r.Context(), kept[1].Article)
		if err != nil || len(got.Copies) != 1 || got.Copies[0] != carrier.Copies[0] || string(got.Sketch) != string(carrier.Sketch) || got.Publisher != carrier.Publisher {
			r.Errorf("%+v, %v", got, err)
		}
		r.sound()
	}},
	{"stories are merged, and taken apart again", func(r *room) {
		kept := r.keep(harbour, orchard, shortNamed)
		a := r.tell(told(kept[0], 1, ""))[0].Story
		b := r.tell(told(kept[1], 2, ""), told(kept[2], 3, ""))[0].Story
		g := r.regroup(ledger.Regrouping{From: b, Into: a, Articles: []onrecord.ID{kept[1].Article}, Why: "one happening"})
		r.tells(a, "Bridge to close for the winter", kept[0].Article, kept[1].Article)
		merged, err := r.Story(r.Context(), b)
		r.equal("the merged story leads to", []any{merged.ID, err}, []any{a, nil})
		r.sound()
		if _, err := r.Ungroup(r.Context(), g.ID, "Editor"); err != nil {
			r.Fatal(err)
		}
		r.tells(a, "Bridge to close for the winter", kept[0].Article)
		s := r.tells(b, "Late frost worries growers", kept[1].Article)
		if len(s.Regroupings) != 1 || !s.Regroupings[0].Undone() || s.Regroupings[0].UndoneBy != "Editor" {
			r.Errorf("%+v", s.Regroupings)
		}
		if _, err := r.Ungroup(r.Context(), g.ID, "Editor"); !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("undone twice: %v", err)
		}
		r.sound()
	}},
	{"a story is split into a new one", func(r *room) {
		kept := r.keep(harbour, orchard, shortNamed)
		a := r.tell(told(kept[0], 1, ""))[0].Story
		r.tell(told(kept[1], 2, a), told(kept[2], 3, a))
		g := r.regroup(ledger.Regrouping{From: a, Articles: []onrecord.ID{kept[1].Article, kept[2].Article}, By: "Editor"})
		r.tells(a, "Bridge to close for the winter", kept[0].Article)
		r.tells(g.Into, "Late frost worries growers", kept[1].Article, kept[2].Article)
		r.sound()
	}},
	{"what a person decided about a story stands over what a program says", func(r *room) {
		kept := r.keep(harbour, orchard)
		a := r.tell(told(kept[0], 1, ""))[0].Story
		b := r.tell(told(kept[1], 2, ""))[0].Story
		r.regroup(ledger.Regrouping{From: b, Into: a, Articles: []onrecord.ID{kept[1].Article}, By: "Editor"})
		again := r.tell(told(kept[1], 2, b))[0]
		r.equal("told again", []any{again.Story, again.ByPerson}, []any{a, true})
		if _, err := r.Regroup(r.Context(), ledger.Regrouping{From: a, Articles: []onrecord.ID{kept[1].Article}}); !errors.Is(err, onrecord.ErrForbidden) {
			r.Errorf("a program moves it: %v", err)
		}
		if _, err := r.Regroup(r.Context(), ledger.Regrouping{From: b, Into: a, Articles: []onrecord.ID{kept[1].Article}, By: "Editor"}); !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("moved from where it is not: %v", err)
		}
		r.sound()
	}},
	{"a forgotten article leaves its story, and its text to the next carrier", func(r *room) {
		kept := r.keep(harbour, orchard, shortNamed)
		a := r.tell(told(kept[0], 1, ""))[0].Story
		for _, k := range kept[1:] {
			t := told(k, 2, a)
			t.Text, t.Copies = kept[0].Article, []ledger.Copy{{Of: kept[0].Article, Relation: "identical", Containment: 1}}
			r.tell(t)
		}
		if err := r.Forget(r.Context(), kept[0].Article, "Editor", "asked for"); err != nil {
			r.Fatal(err)
		}
		r.carriers(kept[2].Article, kept[1].Article, kept[2].Article)
		r.tells(a, "Late frost worries growers", kept[1].Article, kept[2].Article)
		r.sound()
	}},
	{"tellings come back in the order they were made", func(r *room) {
		kept := r.keep(harbour, orchard, shortNamed)
		for i, k := range kept {
			r.tell(told(k, 3-i, ""))
		}
		for most, want := range map[int][]onrecord.ID{2: {kept[1].Article, kept[2].Article}, 9: {kept[0].Article, kept[1].Article, kept[2].Article}} {
			var got []onrecord.ID
			for t, err := range r.Told(r.Context(), most) {
				if err != nil {
					r.Fatal(err)
				}
				got = append(got, t.Article)
			}
			r.equal("told", got, want)
		}
	}},
	{"stories are listed page by page, the newest first", func(r *room) {
		var want []onrecord.ID
		for i := range 5 {
			a := r.keep(Story{URL: fmt.Sprintf("https://a.example/%d", i), Text: "One."}, Story{URL: fmt.Sprintf("https://b.example/%d", i), Text: "Two."})
			s := r.tell(told(a[0], i, ""))[0].Story
			r.tell(told(a[1], i+1, s))
			want = append([]onrecord.ID{s}, want...)
		}
		var got []onrecord.ID
		q := ledger.StoryQuery{Limit: 2}
		for {
			list, next, err := r.Stories(r.Context(), q)
			if err != nil {
				r.Fatal(err)
			}
			for _, s := range list {
				got = append(got, s.ID)
			}
			if q.After = next; next == "" {
				break
			}
		}
		r.equal("pages", got, want)
		if _, _, err := r.Stories(r.Context(), ledger.StoryQuery{After: "x"}); !errors.Is(err, onrecord.ErrInvalid) {
			r.Error(err)
		}
	}},
}

// day is a day of March 2024.
func day(n int) time.Time { return time.Date(2024, 3, n, 9, 0, 0, 0, time.UTC) }

// told is what a program says of an article from a day of March.
func told(k ledger.Kept, date int, story onrecord.ID) ledger.Telling {
	return ledger.Telling{Article: k.Article, Hash: onrecord.HashOf(string(k.Article)), Story: story, Sketch: []byte("sketch"), At: day(date), Publisher: "Outlet", Score: .5, Why: "made up"}
}

func (r *room) tell(tellings ...ledger.Telling) []ledger.Telling {
	r.Helper()
	out, err := r.Tell(r.Context(), tellings...)
	if err != nil {
		r.Fatal(err)
	}
	return out
}

func (r *room) regroup(g ledger.Regrouping) ledger.Regrouping {
	r.Helper()
	out, err := r.Regroup(r.Context(), g)
	if err != nil {
		r.Fatal(err)
	}
	return out
}

// untold, story, stories and carriers hold what the ledger lists to what it should.
func (r *room) untold(want ...onrecord.ID) {
	r.Helper()
	list, err := r.Untold(r.Context(), 100)
	if err != nil {
		r.Fatal(err)
	}
	var got []onrecord.ID
	for i := range list {
		got = append(got, list[i].ID)
		if list[i].Revision.Text == "" || list[i].Hash != list[i].Revision.Hash() {
			r.Errorf("%s comes without its text", list[i].ID)
		}
	}
	r.equal("untold", got, want)
}

func (r *room) tells(id onrecord.ID, title string, want ...onrecord.ID) ledger.Story {
	r.Helper()
	s, err := r.Story(r.Context(), id)
	if err != nil {
		r.Fatal(err)
	}
	var got []onrecord.ID
	for _, m := range s.Members {
		got = append(got, m.Ref.ID)
	}
	r.equal("story", []any{s.Title, s.Articles, got}, []any{title, len(want), want})
	return s
}

func (r *room) stories(want ...onrecord.ID) {
	r.Helper()
	list, _, err := r.Stories(r.Context(), ledger.StoryQuery{})
	if err != nil {
		r.Fatal(err)
	}
	var got []onrecord.ID
	for _, s := range list {
		got = append(got, s.ID)
	}
	r.equal("stories", got, want)
}

func (r *room) carriers(article onrecord.ID, want ...onrecord.ID) {
	r.Helper()
	list, err := r.Carriers(r.Context(), article)
	if err != nil {
		r.Fatal(err)
	}
	var got []onrecord.ID
	for _, t := range list {
		got = append(got, t.Article)
	}
	r.equal("carriers", got, want)
}
