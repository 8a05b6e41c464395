package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// articleView is an article's page.
type articleView struct {
	ledger.Article
	Heading  []block // the headline, marked; empty when the text has none
	Blocks   []block
	Apart    []row // not in this text: no longer found, or found in an earlier one
	Hidden   int   // below the threshold and not shown
	All      bool  // shown all the same
	ShowAll  string
	Foreign  bool
	Brief    bool // evidence stands on the statements' own pages
	Speakers []spoke
	Times    []told
	Places   []named
	Others   []string         // addresses that lead here besides the first
	Online   bool             // the first address is one on the web
	Among    *among           // where it stands among others; nil where it stands alone
	Standing *onrecord.Review // the newest correction of the article that is not undone
}

// block is a paragraph with what was found in it.
type block struct {
	Kind  onrecord.ZoneKind
	Span  onrecord.Span
	Nodes []Node
	Notes []row // statements whose content begins here
	marks []Mark
}

// spoke is a speaker in an article.
type spoke struct {
	Name, Address string
	Statements    int
}

func (s *site) article(w http.ResponseWriter, r *http.Request) {
	name, format := dataFormat(r.PathValue("id"))
	a, err := s.store.Article(r.Context(), onrecord.ID(name))
	if err != nil {
		s.fail(w, r, fmt.Errorf("article %s: %w", name, err))
		return
	}
	if format != asPage {
		s.articleData(w, r, &a, format)
		return
	}
	v := articleOf(&a, r.URL.Query().Get("all") != "")
	v.ShowAll = with(r.URL, "all", "1")
	if v.Among, err = s.among(r, a.ID); err != nil {
		s.fail(w, r, fmt.Errorf("article %s: %w", name, err))
		return
	}
	s.page(w, r, "article", page{Title: a.Title, Here: "articles", Formats: true, Main: v})
}

// briefAbove is how many statements an article's page shows with their evidence.
// A book has thousands; then each note leads to its statement's page instead.
const briefAbove = 1000

// articleOf lays an article out. Statements below [onrecord.Shown] are counted
// and left out unless all are wanted or a person said they are right.
func articleOf(a *ledger.Article, all bool) *articleView {
	text := a.Revision.Text
	v := &articleView{Article: *a, All: all, Foreign: !a.Revision.English(), Brief: len(a.Statements) > briefAbove}
	v.Online = strings.HasPrefix(a.Address, "https://") || strings.HasPrefix(a.Address, "http://")
	for i := range a.Reviews {
		if !a.Reviews[i].Undone() {
			v.Standing = &a.Reviews[i]
		}
	}
	for _, other := range a.Aliases {
		if other != a.Address {
			v.Others = append(v.Others, other)
		}
	}
	for _, p := range paragraphs(text) {
		v.Blocks = append(v.Blocks, block{Kind: a.Revision.ZoneAt(p.Start), Span: p})
	}
	if d := a.Revision.Dateline; d != nil {
		v.spread(Mark{Span: d.Span, Role: DatelineMark})
	}
	v.tell(text)
	speakers := map[string]int{}
	for i := range a.Statements {
		rec := &a.Statements[i]
		if !all && rec.Statement.Confidence < onrecord.Shown && rec.Verdict != onrecord.Right {
			v.Hidden++
			continue
		}
		note := rowOf(*rec)
		hull := onrecord.Hull(rec.Statement.Spans()...)
		if rec.GoneSince != "" || rec.Revision != a.Hash || hull.Empty() || !hull.Valid(text) {
			v.Apart = append(v.Apart, note)
			continue
		}
		for _, m := range marksOf(&rec.Statement, rec.ID, rec.Verdict) {
			v.spread(m)
		}
		v.note(note)
		if note.Who != "" && note.Stands() && rec.Statement.Repeats == "" {
			if speakers[note.Who]++; speakers[note.Who] == 1 {
				v.Speakers = append(v.Speakers, spoke{Name: note.Who, Address: note.SpeakerAt})
			}
		}
	}
	for i := range v.Speakers {
		v.Speakers[i].Statements = speakers[v.Speakers[i].Name]
	}
	slices.SortStableFunc(v.Speakers, func(x, y spoke) int { return cmp.Compare(y.Statements, x.Statements) })
	for i := range v.Blocks {
		v.Blocks[i].Nodes = Markup(text, v.Blocks[i].Span, v.Blocks[i].marks)
	}
	for len(v.Blocks) > 0 && v.Blocks[0].Kind == onrecord.Headline {
		v.Heading = append(v.Heading, v.Blocks[0])
		v.Blocks = v.Blocks[1:]
	}
	return v
}

// spread gives a mark to every paragraph it touches. Its anchor stays with the
// first piece, because [Markup] knows where the mark opens.
func (v *articleView) spread(m Mark) {
	for i := v.blockAt(m.Span.Start); i < len(v.Blocks) && v.Blocks[i].Span.Start < m.Span.End; i++ {
		if v.Blocks[i].Span.Overlap(m.Span) > 0 {
			v.Blocks[i].marks = append(v.Blocks[i].marks, m)
		}
	}
}

// note puts a statement beside the paragraph in which its content begins.
func (v *articleView) note(n row) {
	at := onrecord.Hull(n.Statement.Spans()...).Start
	if spans := n.Statement.Content.Spans; len(spans) > 0 {
		at = spans[0].Start
	}
	if i := v.blockAt(at); i < len(v.Blocks) {
		v.Blocks[i].Notes = append(v.Blocks[i].Notes, n)
	}
}

// blockAt is the index of the first paragraph that ends after the byte offset.
func (v *articleView) blockAt(offset int) int {
	return sort.Search(len(v.Blocks), func(i int) bool { return v.Blocks[i].Span.End > offset })
}
