package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/story"
	"github.com/onrecord/onrecord/wire"
)

// storiesView lists stories.
type storiesView struct {
	Stories   []ledger.StoryRef
	Older     string
	FirstPage string
	Paged     bool
}

// storyView is one story: each distinct text with its carriers.
type storyView struct {
	ledger.Story
	Reports, Texts, Sources int
	Carried                 []carried
}

// carried is a text with the articles that carry it.
type carried struct {
	First  ledger.StoryMember
	Others []ledger.StoryMember
}

// among is where an article stands among others: its story, and its text's other
// carriers.
type among struct {
	Story                   onrecord.ID
	Reports, Texts, Sources int
	Carriers                []ledger.ArticleRef // of its text, besides itself
}

// storyList is stories as JSON.
type storyList struct {
	Stories []storyItem `json:"stories"`
	Next    string      `json:"next,omitempty"` // address of the next page
}

type storyItem struct {
	ID       onrecord.ID `json:"id"`
	Title    string      `json:"title"`
	Articles int         `json:"articles"`
	Last     string      `json:"last"`
}

// stories lists the stories that several articles tell.
func (s *site) stories(w http.ResponseWriter, r *http.Request) {
	_, format := dataFormat(r.URL.Path)
	values := r.URL.Query()
	limit, err := limitOf(values, format)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	q := ledger.StoryQuery{Limit: limit, After: ledger.Cursor(values.Get("after"))}
	list, next, err := s.store.Stories(r.Context(), q)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	v := storiesView{Stories: list, Paged: q.After != "", FirstPage: with(r.URL, "after", "")}
	if next != "" {
		v.Older = with(r.URL, "after", string(next))
	}
	if format != asPage {
		data := storyList{Stories: []storyItem{}, Next: v.Older}
		for _, st := range list {
			data.Stories = append(data.Stories, storyItem{st.ID, st.Title, st.Articles, st.Last.UTC().Format("2006-01-02T15:04:05Z")})
		}
		s.sendJSON(w, r, data, "")
		return
	}
	s.page(w, r, "stories", page{Title: "Stories", Here: "stories", Main: v})
}

// story shows one story.
func (s *site) story(w http.ResponseWriter, r *http.Request) {
	name, format := dataFormat(r.PathValue("id"))
	st, err := s.store.Story(r.Context(), onrecord.ID(name))
	if err != nil {
		s.fail(w, r, fmt.Errorf("story %s: %w", name, err))
		return
	}
	v := storyOf(st)
	if format != asPage {
		s.sendJSON(w, r, wire.EncodeStory(&st, v.Reports, v.Texts, v.Sources), "")
		return
	}
	s.page(w, r, "story", page{Title: st.Title, Here: "stories", Main: v})
}

// storyOf lays a story out, text by text, each with who carried it later.
func storyOf(st ledger.Story) *storyView {
	v := &storyView{Story: st}
	tellings := make([]ledger.Telling, len(st.Members))
	at := map[onrecord.ID]int{}
	for i, m := range st.Members {
		tellings[i] = m.Telling
		if m.Text == m.Ref.ID {
			at[m.Text] = len(v.Carried)
			v.Carried = append(v.Carried, carried{First: m})
		}
	}
	for _, m := range st.Members {
		if m.Text == m.Ref.ID {
			continue
		}
		i, here := at[m.Text]
		if !here { // its first carrier was put into another story
			at[m.Text] = len(v.Carried)
			v.Carried = append(v.Carried, carried{First: m})
			continue
		}
		v.Carried[i].Others = append(v.Carried[i].Others, m)
	}
	v.Reports, v.Texts, v.Sources = story.CountsOf(tellings)
	return v
}

// among looks up where an article stands among others; nil where it stands alone,
// or nothing is told of it yet.
func (s *site) among(r *http.Request, id onrecord.ID) (*among, error) {
	t, err := s.store.TellingOf(r.Context(), id)
	if errors.Is(err, onrecord.ErrNotFound) {
		return nil, nil //nolint:nilnil // Nothing to show is no failure.
	}
	if err != nil {
		return nil, err
	}
	st, err := s.store.Story(r.Context(), t.Story)
	if err != nil {
		return nil, err
	}
	if len(st.Members) < 2 {
		return nil, nil //nolint:nilnil // As above.
	}
	v := storyOf(st)
	a := &among{Story: st.ID, Reports: v.Reports, Texts: v.Texts, Sources: v.Sources}
	for _, m := range st.Members {
		if m.Text == t.Text && m.Ref.ID != id {
			a.Carriers = append(a.Carriers, m.Ref)
		}
	}
	return a, nil
}

// carriage is how many articles carry one text, and of how many independent
// sources.
type carriage struct {
	Reports, Sources int
	Story            onrecord.ID
}

// carry notes on rows who else carries their articles' texts.
func (s *site) carry(r *http.Request, rows []row) error {
	known := map[onrecord.ID]*carriage{}
	for i := range rows {
		id := rows[i].Article.ID
		c, seen := known[id]
		if !seen {
			list, err := s.store.Carriers(r.Context(), id)
			if err != nil && !errors.Is(err, onrecord.ErrNotFound) {
				return err
			}
			if len(list) > 1 {
				c = &carriage{Story: list[0].Story}
				c.Reports, _, c.Sources = story.CountsOf(list)
			}
			known[id] = c
		}
		rows[i].Carried = c
	}
	return nil
}

// apart moves an article out of a story into one of its own, or into the story
// that is named.
func (s *site) apart(w http.ResponseWriter, r *http.Request) {
	if !s.mayWrite(w, r) {
		return
	}
	id := onrecord.ID(r.PathValue("id"))
	g := ledger.Regrouping{
		From: id, Into: onrecord.ID(strings.TrimSpace(r.PostFormValue("into"))), By: s.reviewer(r),
		Articles: []onrecord.ID{onrecord.ID(r.PostFormValue("article"))}, Why: "by hand",
	}
	if g.Into == "" {
		g.Why = "split: by hand"
	}
	if _, err := s.store.Regroup(r.Context(), g); err != nil {
		s.fail(w, r, fmt.Errorf("story %s: %w", id, err))
		return
	}
	back(w, r, "/story/"+string(id))
}

// ungroup takes a regrouping back.
func (s *site) ungroup(w http.ResponseWriter, r *http.Request) {
	if !s.mayWrite(w, r) {
		return
	}
	g, err := s.store.Ungroup(r.Context(), onrecord.ID(r.PathValue("id")), s.reviewer(r))
	if err != nil {
		s.fail(w, r, fmt.Errorf("stories: %w", err))
		return
	}
	back(w, r, "/story/"+string(g.From))
}
