package sqlite

import (
	"context"
	"strings"

	"github.com/onrecord/onrecord/ledger"
)

const articlesSQL = `SELECT a.id, a.title, coalesce(p.name, ''), a.address, a.published, a.retrieved, a.language, a.listed, a.place `

// Articles lists articles, newest first. See [ledger.Searcher].
func (s *Store) Articles(ctx context.Context, q ledger.ArticleQuery) (refs []ledger.ArticleRef, next ledger.Cursor, err error) {
	at, err := parseCursor(q)
	if err != nil {
		return nil, "", err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	from, driver := "articles a", "a.place"
	var where []string
	var args []any
	if strings.TrimSpace(q.Words) != "" {
		match := matchAll("title", terms(q.Words))
		if match == "" {
			return nil, "", nil
		}
		from, driver = "titles t CROSS JOIN articles a ON a.place = t.rowid", "t.rowid"
		where, args = append(where, "t.titles MATCH ?"), append(args, match)
	}
	if q.Language != "" {
		where, args = append(where, "a.language = ?"), append(args, q.Language)
	}
	if at != nil {
		where, args = append(where, driver+" < ?"), append(args, at.Place)
	}
	sql := articlesSQL + "FROM " + from + " LEFT JOIN publishers p ON p.id = a.publisher"
	if len(where) > 0 {
		sql += " WHERE " + strings.Join(where, " AND ")
	}
	sql += " ORDER BY " + driver + " DESC LIMIT ?"
	var places []int64
	err = s.view(ctx, "list articles", func(r reader) error {
		return r.rows(sql, append(args, limit+1), func(scan func(...any) error) error {
			var ref ledger.ArticleRef
			var place int64
			row := &refRow{ref: &ref}
			if err := scan(append(row.into(), &place)...); err != nil {
				return err
			}
			err := row.finish()
			refs, places = append(refs, ref), append(places, place)
			return err
		})
	})
	if err != nil {
		return nil, "", err
	}
	if len(refs) > limit {
		refs = refs[:limit]
		next = cursor{Query: digest(q), Place: places[limit-1]}.encode()
	}
	return refs, next, nil
}
