package sqlite

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	regroupingSQL = `SELECT g.id, g.body, coalesce(u.undone_by, ''), coalesce(u.undone_at, 0) FROM regroupings g LEFT JOIN ungrouped u ON u.regrouping = g.id `
	joinStorySQL  = "UPDATE stories SET joined = ? WHERE id = ?"
)

// Regroup moves articles between stories. See [ledger.Storyteller].
func (s *Store) Regroup(ctx context.Context, g ledger.Regrouping) (ledger.Regrouping, error) {
	_, from, err := parse(g.From, ledger.StoryID)
	if err != nil {
		return g, err
	}
	err = s.update(ctx, "regroup "+string(g.From), func(x *tx) error {
		var into int64
		if g.Into == "" {
			into = x.mint()
			if err := x.do(insertStorySQL, into, 0, []byte{}); err != nil {
				return err
			}
			g.Into = ledger.FormatID(ledger.StoryID, into)
		} else if _, into, err = parse(g.Into, ledger.StoryID); err != nil {
			return err
		}
		if into == from || len(g.Articles) == 0 {
			return fmt.Errorf("%w: nothing would move", onrecord.ErrInvalid)
		}
		for _, article := range g.Articles {
			if err := x.moveArticle(article, from, into, g.By); err != nil {
				return err
			}
		}
		if err := x.rejoinStories(from, into); err != nil {
			return err
		}
		id := x.mint()
		g.ID, g.UndoneBy, g.UndoneAt = ledger.FormatID(ledger.RegroupingID, id), "", unmicro(0)
		if g.At.IsZero() {
			g.At = s.now()
		}
		g.At = unmicro(micro(g.At))
		body, err := json.Marshal(&g)
		if err != nil {
			return err
		}
		return x.do("INSERT INTO regroupings (id, source, target, body, seal) VALUES (?, ?, ?, ?, ?)", id, from, into, string(body), seal(id, from, into, string(body)))
	})
	return g, err
}

// moveArticle moves an article of one story into another.
func (x *tx) moveArticle(article onrecord.ID, from, into int64, by string) error {
	_, n, err := parse(article, ledger.ArticleID)
	if err != nil {
		return err
	}
	list, err := loadTellings(x, "WHERE t.article = ?", n)
	switch {
	case err != nil:
		return err
	case len(list) == 0 || list[0].story != from:
		return fmt.Errorf("%s is not in story %s: %w", article, ledger.FormatID(ledger.StoryID, from), onrecord.ErrInvalid)
	case by == "" && list[0].ByPerson:
		return fmt.Errorf("%s: %w: a person put it into its story", article, onrecord.ErrForbidden)
	}
	t := list[0]
	t.story, t.ByPerson = into, by != ""
	return x.writeTelling(&t, false)
}

// rejoinStories has a story that lost all its articles lead to where they went,
// and lists both anew.
func (x *tx) rejoinStories(from, into int64) error {
	var left int
	if err := x.row("SELECT count(*) FROM tellings WHERE story = ?", []any{from}, &left); err != nil {
		return err
	}
	joined := int64(0)
	if left == 0 {
		joined = into
	}
	if err := x.do(joinStorySQL, joined, from); err != nil {
		return err
	}
	if err := x.do(joinStorySQL, 0, into); err != nil {
		return err
	}
	return x.retell(map[int64]bool{from: true, into: true})
}

// Ungroup takes a regrouping back. See [ledger.Storyteller].
func (s *Store) Ungroup(ctx context.Context, id onrecord.ID, by string) (g ledger.Regrouping, err error) {
	_, n, err := parse(id, ledger.RegroupingID)
	if err != nil {
		return g, err
	}
	err = s.update(ctx, "undo "+string(id), func(x *tx) error {
		list, err := loadRegroupings(x, "WHERE g.id = ?", n)
		switch {
		case err != nil:
			return err
		case len(list) == 0:
			return onrecord.ErrNotFound
		case list[0].Undone():
			return fmt.Errorf("%w: undone already", onrecord.ErrInvalid)
		}
		g = list[0]
		_, from, err := parse(g.From, ledger.StoryID)
		if err != nil {
			return err
		}
		_, into, err := parse(g.Into, ledger.StoryID)
		if err != nil {
			return err
		}
		for _, article := range g.Articles {
			_, a, err := parse(article, ledger.ArticleID)
			if err != nil {
				return err
			}
			there, err := loadTellings(x, "WHERE t.article = ?", a)
			if err != nil {
				return err
			}
			if len(there) == 0 || there[0].story != into {
				continue // forgotten, or moved again since
			}
			there[0].story, there[0].ByPerson = from, true
			if err := x.writeTelling(&there[0], false); err != nil {
				return err
			}
		}
		if err := x.rejoinStories(into, from); err != nil {
			return err
		}
		at := micro(s.now())
		g.UndoneBy, g.UndoneAt = by, unmicro(at)
		return x.do("INSERT INTO ungrouped (regrouping, undone_by, undone_at, seal) VALUES (?, ?, ?, ?)", n, by, at, seal(n, by, at))
	})
	return g, err
}

// Regroupings lists regroupings. See [ledger.Storyteller].
func (s *Store) Regroupings(ctx context.Context, story onrecord.ID, most int) (list []ledger.Regrouping, err error) {
	where, args := "ORDER BY g.id DESC LIMIT ?", []any{most}
	if story != "" {
		_, n, err := parse(story, ledger.StoryID)
		if err != nil {
			return nil, err
		}
		where, args = "WHERE g.source = ?1 OR g.target = ?1 ORDER BY g.id DESC LIMIT ?2", []any{n, most}
	}
	err = s.view(ctx, "list regroupings", func(r reader) (err error) {
		list, err = loadRegroupings(r, where, args...)
		return err
	})
	return list, err
}

func loadRegroupings(q querier, where string, args ...any) (list []ledger.Regrouping, err error) {
	err = q.rows(regroupingSQL+where, args, func(scan func(...any) error) error {
		var g ledger.Regrouping
		var id, at int64
		var body string
		if err := scan(&id, &body, &g.UndoneBy, &at); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &g); err != nil {
			return fmt.Errorf("%w: a regrouping: %w", onrecord.ErrDamaged, err)
		}
		g.ID, g.UndoneAt = ledger.FormatID(ledger.RegroupingID, id), unmicro(at)
		list = append(list, g)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load regroupings: %w", err)
	}
	return list, nil
}

// untell takes an article that is forgotten out of its story. Where others carry
// its text, the next one carried it first from now on.
func (x *tx) untell(article int64) error {
	if err := x.do("DELETE FROM untold WHERE article = ?", article); err != nil {
		return err
	}
	own, err := loadTellings(x, "WHERE t.article = ?", article)
	if err != nil || len(own) == 0 {
		return err
	}
	if err := x.do("DELETE FROM tellings WHERE article = ?", article); err != nil {
		return err
	}
	others, err := loadTellings(x, "WHERE t.text = ? ORDER BY t.id", article)
	if err != nil {
		return err
	}
	touched := map[int64]bool{own[0].story: true}
	for i := range others {
		others[i].text = others[0].article
		if err := x.writeTelling(&others[i], false); err != nil {
			return err
		}
	}
	mentions, err := loadTellings(x, "WHERE t.body LIKE ?", "%"+string(own[0].Article)+"%")
	if err != nil {
		return err
	}
	for i := range mentions {
		mentions[i].Copies = slices.DeleteFunc(mentions[i].Copies, func(c ledger.Copy) bool { return c.Of == own[0].Article })
		if err := x.writeTelling(&mentions[i], false); err != nil {
			return err
		}
	}
	return x.retell(touched)
}

// tellings, stories and regroupings compare rows with their seals, and stories with
// their articles.
func (v *verifier) telling(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "telling", ID: fmt.Sprint(id)}
	list, err := loadTellings(v, "WHERE t.id = ?", id)
	if err != nil || len(list) == 0 {
		return f, err
	}
	t := &list[0]
	f.Article = t.Article
	var body string
	var sealed []byte
	var at int64
	if err := v.one("SELECT at, body, seal FROM tellings WHERE id = ?", id, &at, &body, &sealed); err != nil {
		return f, err
	}
	if !bytes.Equal(sealed, t.sealed(body)) || at != micro(t.At) {
		f.Problem = "it is not what was written"
	}
	return f, nil
}

func (v *verifier) story(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "story", ID: string(ledger.FormatID(ledger.StoryID, id))}
	r := storyRow{id: id}
	var sealed []byte
	if err := v.one("SELECT first, articles, latest, joined, seal FROM stories WHERE id = ?", id, &r.first, &r.articles, &r.latest, &r.joined, &sealed); err != nil {
		return f, err
	}
	want, err := listing(v, id)
	if err != nil {
		return f, err
	}
	switch {
	case !bytes.Equal(sealed, r.seal()):
		f.Problem = "it is not what was written"
	case want.articles != r.articles || want.latest != r.latest || want.articles > 0 && want.first != r.first:
		f.Problem = fmt.Sprintf("%d articles are listed, %d are there", r.articles, want.articles)
	}
	return f, nil
}

func (v *verifier) regrouping(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "regrouping", ID: string(ledger.FormatID(ledger.RegroupingID, id))}
	var from, into, at int64
	var body, by string
	var sealed, undone []byte
	err := v.one(`SELECT g.source, g.target, g.body, g.seal, coalesce(u.undone_by, ''), coalesce(u.undone_at, 0), u.seal
 FROM regroupings g LEFT JOIN ungrouped u ON u.regrouping = g.id WHERE g.id = ?`, id, &from, &into, &body, &sealed, &by, &at, &undone)
	if err != nil {
		return f, err
	}
	f.Problem = problem(unsealed(sealed, seal(id, from, into, body)), undoneUnsealed(undone, seal(id, by, at)))
	return f, nil
}
