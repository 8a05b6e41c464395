package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	tellingSQL       = "SELECT t.id, t.article, t.hash, t.text, t.story, t.by_person, t.body, t.sketch FROM tellings t "
	insertTellingSQL = `INSERT INTO tellings (id, article, hash, text, story, by_person, at, body, sketch, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	updateTellingSQL = `UPDATE tellings SET hash = ?, text = ?, story = ?, by_person = ?, at = ?, body = ?, sketch = ?, seal = ? WHERE article = ?`
	insertStorySQL   = "INSERT INTO stories (id, first, articles, latest, joined, seal) VALUES (?, ?, 0, 0, 0, ?)"
	updateStorySQL   = "UPDATE stories SET first = ?, articles = ?, latest = ?, joined = ?, seal = ? WHERE id = ?"
)

// Untold are articles that nothing is told of. See [ledger.Storyteller].
func (s *Store) Untold(ctx context.Context, most int) (list []ledger.Article, err error) {
	err = s.view(ctx, "list untold articles", func(r reader) error {
		var ids []int64
		err := r.rows("SELECT article FROM untold ORDER BY article LIMIT ?", []any{most}, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range ids {
			var art ledger.Article
			var revision int64
			ref := &refRow{ref: &art.ArticleRef}
			if err := r.row(refSQL, []any{id}, append(ref.into(), &revision)...); err != nil {
				return err
			}
			if err := ref.finish(); err != nil {
				return err
			}
			row, err := loadRevision(r, revision)
			if err != nil {
				return err
			}
			if art.Reviews, err = loadReviews(r, id); err != nil {
				return err
			}
			art.Hash, art.Analysis, art.Revision = row.hash, row.analysis, ledger.Described(row.revision, art.Reviews)
			list = append(list, art)
		}
		return nil
	})
	return list, err
}

// telling is a row.
type telling struct {
	ledger.Telling
	id, article, text, story int64
}

func (t *telling) sealed(body string) []byte {
	return seal(t.id, t.article, t.Hash[:], t.text, t.story, t.ByPerson, body, t.Sketch)
}

func loadTellings(q querier, where string, args ...any) (list []telling, err error) {
	err = q.rows(tellingSQL+where, args, func(scan func(...any) error) error {
		var t telling
		var hash []byte
		var body string
		if err := scan(&t.id, &t.article, &hash, &t.text, &t.story, &t.ByPerson, &body, &t.Sketch); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &t.Telling); err != nil {
			return fmt.Errorf("%w: what is told of an article: %w", onrecord.ErrDamaged, err)
		}
		copy(t.Hash[:], hash)
		t.Article, t.Text = ledger.FormatID(ledger.ArticleID, t.article), ledger.FormatID(ledger.ArticleID, t.text)
		t.Story = ledger.FormatID(ledger.StoryID, t.story)
		list = append(list, t)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load what is told of articles: %w", err)
	}
	return list, nil
}

// Tell keeps what was found out about articles. See [ledger.Storyteller].
func (s *Store) Tell(ctx context.Context, tellings ...ledger.Telling) (out []ledger.Telling, err error) {
	err = s.update(ctx, "tell of articles", func(x *tx) error {
		out = out[:0]
		touched := map[int64]bool{}
		for i := range tellings {
			t, err := x.tell(telling{Telling: tellings[i]}, touched)
			if err != nil {
				return err
			}
			out = append(out, t.Telling)
		}
		return x.retell(touched)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// tell keeps one telling and notes the stories that it touches. An article that
// was forgotten in the meantime is passed over.
func (x *tx) tell(t telling, touched map[int64]bool) (telling, error) {
	var err error
	if _, t.article, err = parse(t.Article, ledger.ArticleID); err != nil {
		return t, err
	}
	if err := x.do("DELETE FROM untold WHERE article = ?", t.article); err != nil {
		return t, err
	}
	var there int
	if err := x.row("SELECT count(*) FROM articles WHERE id = ?", []any{t.article}, &there); err != nil || there == 0 {
		return t, err
	}
	t.text = t.article
	if t.Text != "" {
		if _, t.text, err = parse(t.Text, ledger.ArticleID); err != nil {
			return t, err
		}
	}
	t.Text = ledger.FormatID(ledger.ArticleID, t.text)
	before, err := loadTellings(x, "WHERE t.article = ?", t.article)
	if err != nil {
		return t, err
	}
	if len(before) > 0 {
		touched[before[0].story] = true
		if before[0].ByPerson {
			t.Story, t.ByPerson = before[0].Story, true
		}
	}
	if t.Story == "" {
		t.story = x.mint()
		if err := x.do(insertStorySQL, t.story, t.article, []byte{}); err != nil {
			return t, err
		}
	} else if _, t.story, err = parse(t.Story, ledger.StoryID); err != nil {
		return t, err
	}
	t.Story = ledger.FormatID(ledger.StoryID, t.story)
	touched[t.story] = true
	if len(before) == 0 {
		t.id = x.mint()
	} else {
		t.id = before[0].id
	}
	return t, x.writeTelling(&t, len(before) == 0)
}

func (x *tx) writeTelling(t *telling, isNew bool) error {
	body, err := json.Marshal(&t.Telling)
	if err != nil {
		return err
	}
	if t.Sketch == nil {
		t.Sketch = []byte{} // a missing one is NULL to the engine
	}
	sealed := t.sealed(string(body))
	if isNew {
		return x.do(insertTellingSQL, t.id, t.article, t.Hash[:], t.text, t.story, t.ByPerson, micro(t.At), string(body), t.Sketch, sealed)
	}
	return x.do(updateTellingSQL, t.Hash[:], t.text, t.story, t.ByPerson, micro(t.At), string(body), t.Sketch, sealed, t.article)
}

// storyRow is a story as it is listed.
type storyRow struct {
	id, first, articles, latest, joined int64
}

func (r *storyRow) seal() []byte { return seal(r.id, r.first, r.articles, r.latest, r.joined) }

// listing works out what is listed of a story from its articles.
func listing(q querier, id int64) (r storyRow, err error) {
	r.id = id
	err = q.row("SELECT count(*), coalesce(max(at), 0) FROM tellings WHERE story = ?", []any{id}, &r.articles, &r.latest)
	if err == nil && r.articles > 0 {
		err = q.row("SELECT article FROM tellings WHERE story = ? ORDER BY at, article LIMIT 1", []any{id}, &r.first)
	}
	return r, err
}

// retell works out anew what is listed of stories.
func (x *tx) retell(touched map[int64]bool) error {
	ids := make([]int64, 0, len(touched))
	for id := range touched {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		r, err := listing(x, id)
		if err != nil {
			return err
		}
		var before storyRow
		err = x.row("SELECT first, joined FROM stories WHERE id = ?", []any{id}, &before.first, &before.joined)
		if none(err) {
			return fmt.Errorf("story %s: %w", ledger.FormatID(ledger.StoryID, id), onrecord.ErrNotFound)
		}
		if err != nil {
			return err
		}
		if r.articles == 0 { // it leads to the story it went into
			r.first, r.joined = before.first, before.joined
		}
		if err := x.do(updateStorySQL, r.first, r.articles, r.latest, r.joined, r.seal(), id); err != nil {
			return err
		}
	}
	return nil
}

// Told yields the newest tellings. See [ledger.Storyteller].
func (s *Store) Told(ctx context.Context, most int) iter.Seq2[ledger.Telling, error] {
	const page = 1000
	return func(yield func(ledger.Telling, error) bool) {
		var after int64
		err := s.view(ctx, "find the newest tellings", func(r reader) error {
			err := r.row("SELECT id FROM tellings ORDER BY id DESC LIMIT 1 OFFSET ?", []any{most}, &after)
			if none(err) {
				return nil
			}
			return err
		})
		for err == nil {
			var list []telling
			err = s.view(ctx, "list tellings", func(r reader) (err error) {
				list, err = loadTellings(r, "WHERE t.id > ? ORDER BY t.id LIMIT ?", after, page)
				return err
			})
			for i := range list {
				after = list[i].id
				if !yield(list[i].Telling, nil) {
					return
				}
			}
			if err == nil && len(list) < page {
				return
			}
		}
		yield(ledger.Telling{}, err)
	}
}

// TellingOf is what is told of an article. See [ledger.Storyteller].
func (s *Store) TellingOf(ctx context.Context, article onrecord.ID) (t ledger.Telling, err error) {
	list, err := s.tellings(ctx, article, "WHERE t.article = ?")
	if err == nil {
		t = list[0]
	}
	return t, err
}

// Carriers are all that carry an article's text. See [ledger.Storyteller].
func (s *Store) Carriers(ctx context.Context, article onrecord.ID) ([]ledger.Telling, error) {
	return s.tellings(ctx, article, "WHERE t.text = (SELECT text FROM tellings WHERE article = ?) ORDER BY t.id")
}

func (s *Store) tellings(ctx context.Context, article onrecord.ID, where string) (out []ledger.Telling, err error) {
	_, n, err := parse(article, ledger.ArticleID)
	if err != nil {
		return nil, err
	}
	err = s.view(ctx, "what is told of "+string(article), func(r reader) error {
		list, err := loadTellings(r, where, n)
		if err == nil && len(list) == 0 {
			return missing(r, ledger.ArticleID, n)
		}
		for i := range list {
			out = append(out, list[i].Telling)
		}
		return err
	})
	return out, err
}

const storySQL = `SELECT s.id, coalesce(a.title, ''), s.articles, s.latest, s.joined FROM stories s LEFT JOIN articles a ON a.id = s.first `

// Story is one story. See [ledger.Storyteller].
func (s *Store) Story(ctx context.Context, id onrecord.ID) (st ledger.Story, err error) {
	_, n, err := parse(id, ledger.StoryID)
	if err != nil {
		return st, err
	}
	err = s.view(ctx, "story "+string(id), func(r reader) error {
		var latest, joined int64
		for range 1000 { // merges of merges
			err := r.row(storySQL+"WHERE s.id = ?", []any{n}, &n, &st.Title, &st.Articles, &latest, &joined)
			if none(err) {
				return onrecord.ErrNotFound
			}
			if err != nil {
				return err
			}
			if joined == 0 {
				break
			}
			n = joined
		}
		st.ID, st.Last = ledger.FormatID(ledger.StoryID, n), unmicro(latest)
		if st.Articles == 0 {
			return onrecord.ErrNotFound
		}
		list, err := loadTellings(r, "WHERE t.story = ? ORDER BY t.id", n)
		if err != nil {
			return err
		}
		for i := range list {
			m := ledger.StoryMember{Telling: list[i].Telling}
			ref := &refRow{ref: &m.Ref}
			var revision int64
			if err := r.row(refSQL, []any{list[i].article}, append(ref.into(), &revision)...); err != nil {
				return err
			}
			if err := ref.finish(); err != nil {
				return err
			}
			st.Members = append(st.Members, m)
		}
		slices.SortStableFunc(st.Members, func(a, b ledger.StoryMember) int { return a.At.Compare(b.At) })
		st.First = st.Members[0].At
		st.Regroupings, err = loadRegroupings(r, "WHERE g.source = ?1 OR g.target = ?1 ORDER BY g.id DESC LIMIT 200", n)
		return err
	})
	return st, err
}

// Stories lists stories. See [ledger.Storyteller].
func (s *Store) Stories(ctx context.Context, q ledger.StoryQuery) (list []ledger.StoryRef, next ledger.Cursor, err error) {
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	if q.Least <= 1 {
		q.Least = 2
	}
	latest, last := int64(1<<62), int64(1<<62)
	if q.After != "" {
		if _, err := fmt.Sscanf(string(q.After), "%d-%d", &latest, &last); err != nil {
			return nil, "", fmt.Errorf("list stories: cursor %q: %w", string(q.After), onrecord.ErrInvalid)
		}
	}
	err = s.view(ctx, "list stories", func(r reader) error {
		return r.rows(storySQL+"WHERE s.articles > 1 AND s.articles >= ? AND (s.latest, s.id) < (?, ?) ORDER BY s.latest DESC, s.id DESC LIMIT ?", []any{q.Least, latest, last, q.Limit + 1},
			func(scan func(...any) error) error {
				var ref ledger.StoryRef
				var id, at, joined int64
				if err := scan(&id, &ref.Title, &ref.Articles, &at, &joined); err != nil {
					return err
				}
				if len(list) == q.Limit {
					next = ledger.Cursor(fmt.Sprintf("%d-%d", latest, last))
					return nil
				}
				ref.ID, ref.Last = ledger.FormatID(ledger.StoryID, id), unmicro(at)
				latest, last = at, id
				list = append(list, ref)
				return nil
			})
	})
	return list, next, err
}
