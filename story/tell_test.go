package story_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/story"
)

// stack is a ledger with only what a teller asks of one.
type stack struct {
	ledger.Storyteller
	articles []ledger.Article
	told     []ledger.Telling
	groups   []ledger.Regrouping
	untold   []onrecord.ID
	stories  int
}

func (s *stack) put(id, publisher, title, text string, day int) {
	a := ledger.Article{ArticleRef: ledger.ArticleRef{ID: onrecord.ID(id), Address: "https://" + publisher + ".example/" + id}}
	a.Revision = onrecord.Revision{Title: title, Text: title + "\n\n" + text, Publisher: publisher, Published: onrecord.DateOf(time.Date(2024, 3, day, 9, 0, 0, 0, time.UTC))}
	s.articles, s.untold = append(s.articles, a), append(s.untold, a.ID)
}

func (s *stack) Untold(_ context.Context, most int) (list []ledger.Article, err error) {
	for i := range s.articles {
		if slices.Contains(s.untold, s.articles[i].ID) && len(list) < most {
			list = append(list, s.articles[i])
		}
	}
	return list, nil
}

func (s *stack) Tell(_ context.Context, tellings ...ledger.Telling) ([]ledger.Telling, error) {
	for i := range tellings {
		t := &tellings[i]
		if t.Story == "" {
			s.stories++
			t.Story = onrecord.ID(fmt.Sprintf("n-%d", s.stories))
		}
		s.told = append(s.told, *t)
		s.untold = slices.DeleteFunc(s.untold, func(id onrecord.ID) bool { return id == t.Article })
	}
	return tellings, nil
}

func (s *stack) Told(context.Context, int) iter.Seq2[ledger.Telling, error] {
	return func(yield func(ledger.Telling, error) bool) {
		for _, t := range s.told {
			if !yield(t, nil) {
				return
			}
		}
	}
}

func (s *stack) Regroupings(context.Context, onrecord.ID, int) ([]ledger.Regrouping, error) {
	return s.groups, nil
}

func (s *stack) Regroup(_ context.Context, g ledger.Regrouping) (ledger.Regrouping, error) {
	s.groups = append(s.groups, g)
	return g, nil
}

const (
	sinks = "The ferry Alma sank at dawn near Bergen and nine people were rescued by the coast guard, Mayor Nora Berg said. Divers searched the fjord for two missing sailors while the wind rose to gale force along the coast. “We warned the owners in May,” said pilot Greta Holm, who has steered ferries in the fjord for thirty years."
	after = "Divers in Bergen looked for two missing sailors of the ferry Alma on Wednesday, a day after it sank in the fjord. Coast guard chief Jonas Vik said the search would go on. Pilot Greta Holm had warned the owners of the Alma, the mayor said."
	frost = "Late frost took half of the apple blossom in the valley this week, grower Ada Bell said. The council promised help for orchards, but growers want it before the harvest, and the price of cider will rise in every shop by autumn."
)

// Articles as they come are told of, across two tellers as across two runs of the
// program: a copy is the first one's text, another report joins the story, and what
// has nothing to do with it opens one.
func TestTeller(t *testing.T) {
	s := &stack{}
	s.put("a-1", "harbour", "Ferry sinks near Bergen", sinks, 5)
	s.put("a-2", "valley", "Frost takes blossom", frost, 5)
	done, err := story.NewTeller(s, story.Options{}).Tell(t.Context())
	if err != nil || done.Articles != 2 || done.Stories != 2 {
		t.Fatalf("%+v, %v", done, err)
	}
	s.put("a-3", "fjord", "Ferry goes down off Bergen", sinks, 6)
	s.put("a-4", "norway", "Search for sailors of ferry Alma goes on", after, 6)
	done, err = story.NewTeller(s, story.Options{}).Tell(t.Context())
	if err != nil || done.Articles != 2 || done.Copies != 1 || done.Stories != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	var got []string
	for _, told := range s.told {
		got = append(got, fmt.Sprintf("%s %s %s", told.Article, told.Text, told.Story))
	}
	if want := []string{"a-1 a-1 n-1", "a-2 a-2 n-2", "a-3 a-1 n-1", "a-4 a-4 n-1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	reports, texts, sources := story.CountsOf([]ledger.Telling{s.told[0], s.told[2], s.told[3]})
	if reports != 3 || texts != 2 || sources != 2 {
		t.Errorf("%d reports, %d texts, %d sources", reports, texts, sources)
	}
}
