package story

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Teller finds the stories of a ledger's articles as they come. It holds the
// recent ones in a window, which it fills once from what the ledger kept. It is
// for one goroutine.
type Teller struct {
	shelf  ledger.Storyteller
	opt    Options
	window *Window
}

// Done counts what a [Teller] did.
type Done struct {
	Articles int // told of
	Copies   int // of them, that carry a text which was there
	Stories  int // opened
	Merged   int
	Split    int
}

// NewTeller makes a teller over a ledger.
func NewTeller(shelf ledger.Storyteller, opt Options) *Teller { return &Teller{shelf: shelf, opt: opt} }

const (
	atOnce      = 50 // articles that are held at a time
	mostRefused = 10_000
)

// Tell works through all articles that nothing is told of, and looks over their
// stories again. It can be called off between two transactions and goes on there.
func (t *Teller) Tell(ctx context.Context) (done Done, err error) {
	if t.window == nil {
		if err := t.fill(ctx); err != nil {
			return done, err
		}
	}
	for ctx.Err() == nil {
		articles, err := t.shelf.Untold(ctx, atOnce)
		if err != nil {
			return done, err
		}
		if len(articles) == 0 {
			return done, t.review(ctx, &done)
		}
		for i := range articles {
			if err := t.one(ctx, &articles[i], &done); err != nil {
				return done, err
			}
		}
	}
	return done, context.Cause(ctx)
}

// fill refills the window with what the ledger kept.
func (t *Teller) fill(ctx context.Context) error {
	window := NewWindow(t.opt)
	most := t.opt.Articles
	if most == 0 {
		most = 100_000
	}
	for told, err := range t.shelf.Told(ctx, most) {
		if err != nil {
			return err
		}
		var s Sketch
		if err := s.UnmarshalBinary(told.Sketch); err != nil {
			continue // of an older form; the article is told of anew when it changes
		}
		window.Restore(s, Kept{Story: told.Story, Text: told.Text, ByPerson: told.ByPerson})
	}
	groups, err := t.shelf.Regroupings(ctx, "", mostRefused)
	if err != nil {
		return err
	}
	for i := range groups {
		switch g := &groups[i]; {
		case g.Undone():
			window.Refuse(changeOf(g))
		case g.By != "" && strings.HasPrefix(g.Why, splitWhy):
			window.Apart(g.From, g.Into)
		}
	}
	t.window = window
	return nil
}

func changeOf(g *ledger.Regrouping) Change {
	c := Change{Kind: Merge, Story: g.Into, Other: g.From, Articles: g.Articles}
	if strings.HasPrefix(g.Why, splitWhy) {
		c = Change{Kind: Split, Story: g.From, Other: g.Into, Articles: g.Articles}
	}
	return c
}

const splitWhy = "split: "

// one tells of one article.
func (t *Teller) one(ctx context.Context, a *ledger.Article, done *Done) error {
	id := a.ID
	item := ItemOf(a)
	sketch := SketchOf(item)
	told := t.window.Add(sketch)
	packed, err := sketch.MarshalBinary()
	if err != nil {
		return fmt.Errorf("pack what is told of %s: %w", id, err)
	}
	telling := ledger.Telling{
		Article: id, Hash: a.Hash, Text: told.Text, Story: told.Story, Sketch: packed, At: item.At, Publisher: sketch.Publisher, Agency: sketch.Agency,
		Score: told.Score, Why: told.Why, MadeBy: Version,
	}
	if len(item.Credit) > 0 && sketch.Agency != "" {
		telling.Agency = item.Credit[0] // as it is written
	}
	for _, c := range told.Copies[:min(len(told.Copies), 20)] {
		telling.Copies = append(telling.Copies, ledger.Copy{Of: c.Of, Relation: string(c.Relation), Containment: c.Containment})
	}
	kept, err := t.shelf.Tell(ctx, telling)
	if err != nil {
		return err
	}
	if told.Story == "" {
		t.window.Open(kept[0].Story)
		done.Stories++
	} else if kept[0].Story != told.Story { // a person put it elsewhere
		t.window.Move(id, kept[0].Story)
	}
	done.Articles++
	if told.Text != id && told.Text != "" {
		done.Copies++
	}
	return nil
}

// review puts into effect what the window proposes on a second look.
func (t *Teller) review(ctx context.Context, done *Done) error {
	for _, c := range t.window.Review() {
		g := ledger.Regrouping{From: c.Other, Into: c.Story, Articles: c.Articles, Score: c.Score, Why: c.Why}
		if c.Kind == Split {
			g = ledger.Regrouping{From: c.Story, Articles: c.Articles, Score: c.Score, Why: splitWhy + c.Why}
		}
		made, err := t.shelf.Regroup(ctx, g)
		switch {
		case errors.Is(err, onrecord.ErrForbidden), errors.Is(err, onrecord.ErrInvalid):
			t.window.Refuse(c) // a person decided otherwise, or others moved them
			continue
		case err != nil:
			return err
		case c.Kind == Split:
			c.Other = made.Into
			done.Split++
		default:
			done.Merged++
		}
		t.window.Apply(c, false)
	}
	return nil
}

// ItemOf is an article as this package wants it.
func ItemOf(a *ledger.Article) Item {
	rev := &a.Revision
	i := Item{ID: a.ID, Title: rev.Title, Text: rev.Text, Publisher: rev.Publisher, Credit: rev.Credit, Language: rev.Language}
	if rev.Dateline != nil && rev.Dateline.Agency != "" && len(i.Credit) == 0 {
		i.Credit = []string{rev.Dateline.Agency}
	}
	if i.At = rev.Published.Time; rev.Published.IsZero() {
		i.At = a.Retrieved
	}
	if u, err := url.Parse(a.Address); err == nil {
		i.Host = strings.TrimPrefix(u.Hostname(), "www.")
	}
	for n := range a.Analysis.Entities {
		if e := &a.Analysis.Entities[n]; !e.Nameless() {
			i.Names = append(i.Names, e.Name)
		}
	}
	for n := range a.Analysis.Places {
		i.Places = append(i.Places, a.Analysis.Places[n].Name)
	}
	return i
}

// CountsOf are the three numbers of what several articles report: articles,
// distinct texts, independent sources. See [Counts].
func CountsOf(tellings []ledger.Telling) (reports, texts, sources int) {
	members := make([]Member, len(tellings))
	for i := range tellings {
		t := &tellings[i]
		members[i] = Member{Article: t.Article, Text: t.Text, Publisher: t.Publisher, Agency: strings.ToLower(t.Agency)}
	}
	return Counts(members)
}
