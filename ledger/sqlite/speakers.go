package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	speakersSQL = `SELECT id, key, name, kind, listed FROM speakers INDEXED BY speakers_listed WHERE listed > 0 ORDER BY listed DESC, id LIMIT ?`
	namesSQL    = `SELECT k.id, k.key, k.name, k.kind, k.listed FROM names n CROSS JOIN speakers k ON k.id = n.rowid
WHERE n.names MATCH ? AND k.listed > 0 ORDER BY k.listed DESC, k.id LIMIT ?`
	speakerByKeySQL = `SELECT id, key, name, kind, listed FROM speakers WHERE key = ? AND listed > 0`
	heardSQL        = `SELECT from_s, zone_s, prec FROM said INDEXED BY said_speaker WHERE speaker = ? AND wrong = 0 AND gone = 0 AND repeats = 0 ORDER BY place `
)

// Speakers lists names that statements are attributed to. See [ledger.Searcher].
func (s *Store) Speakers(ctx context.Context, prefix string, limit int) (list []ledger.Speaker, err error) {
	if limit <= 0 {
		limit = defaultLimit
	}
	query, args := speakersSQL, []any{limit}
	if strings.TrimSpace(prefix) != "" {
		var match []string
		for _, t := range terms(prefix) {
			match = append(match, matchAll("name", []string{t})+"*")
		}
		if len(match) == 0 {
			return nil, nil
		}
		for i, m := range match {
			match[i] = strings.Replace(m, ")*", "*)", 1)
		}
		query, args = namesSQL, []any{strings.Join(match, " AND "), limit}
	}
	err = s.view(ctx, "list speakers", func(r reader) (err error) {
		list, err = loadSpeakers(r, query, args)
		return err
	})
	return list, err
}

// Speaker is one name by its key. See [ledger.Searcher].
func (s *Store) Speaker(ctx context.Context, key string) (speaker ledger.Speaker, err error) {
	err = s.view(ctx, "speaker "+key, func(r reader) error {
		list, err := loadSpeakers(r, speakerByKeySQL, []any{key})
		if err == nil && len(list) == 0 {
			err = onrecord.ErrNotFound
		}
		if err == nil {
			speaker = list[0]
		}
		return err
	})
	return speaker, err
}

func loadSpeakers(q querier, query string, args []any) ([]ledger.Speaker, error) {
	var list []ledger.Speaker
	var ids []int64
	err := q.rows(query, args, func(scan func(...any) error) error {
		var id int64
		var s ledger.Speaker
		err := scan(&id, &s.Key, &s.Name, &s.Kind, &s.Statements)
		list, ids = append(list, s), append(ids, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load speakers: %w", err)
	}
	for i, id := range ids {
		for direction, date := range map[string]*onrecord.Date{"": &list[i].First, "DESC": &list[i].Last} {
			var m moment
			if err := q.row(heardSQL+direction+" LIMIT 1", []any{id}, &m.from, &m.zone, &m.precision); err != nil {
				return nil, fmt.Errorf("load when a speaker was heard: %w", err)
			}
			*date = m.date()
		}
	}
	return list, nil
}
