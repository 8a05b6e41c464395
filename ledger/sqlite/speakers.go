package sqlite

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	speakersSQL = `SELECT id, key, name, kind, listed FROM speakers INDEXED BY speakers_listed WHERE listed > 0 AND listed <= ?1 AND (listed < ?1 OR id > ?2) ORDER BY listed DESC, id LIMIT ?3`
	namesSQL    = `SELECT k.id, k.key, k.name, k.kind, k.listed FROM names n CROSS JOIN speakers m ON m.id = n.rowid CROSS JOIN speakers k ON k.id = coalesce(m.joined, m.id)
WHERE n.names MATCH ?4 AND k.listed > 0 AND (k.listed < ?1 OR k.listed = ?1 AND k.id > ?2) GROUP BY k.id ORDER BY k.listed DESC, k.id LIMIT ?3`
	speakerByKeySQL = `SELECT k.id, k.key, k.name, k.kind, k.listed FROM speakers m JOIN speakers k ON k.id = coalesce(m.joined, m.id) WHERE m.key = ? AND k.listed > 0`
	namesOfSQL      = `SELECT m.id, m.key, m.name, m.kind, (SELECT coalesce(sum(listed), 0) FROM spellings WHERE speaker = m.id) AS listed, k.key
 FROM speakers k JOIN speakers m ON m.id = k.id OR m.joined = k.id WHERE k.id = ? ORDER BY listed DESC, m.id`
	heardSQL = `SELECT from_s, zone_s, prec FROM said INDEXED BY said_speaker WHERE speaker = ? AND wrong = 0 AND gone = 0 AND repeats = 0 ORDER BY place `
)

// Speakers lists names that statements are attributed to. See [ledger.Searcher].
func (s *Store) Speakers(ctx context.Context, q ledger.SpeakerQuery) (list []ledger.Speaker, next ledger.Cursor, err error) {
	at, err := parseCursor(q)
	if err != nil {
		return nil, "", err
	}
	if at == nil {
		at = &cursor{Place: math.MaxInt64}
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	query, args := speakersSQL, []any{at.Place, at.Row, limit + 1}
	if strings.TrimSpace(q.Prefix) != "" {
		match := beginnings(q.Prefix)
		if match == "" {
			return nil, "", nil
		}
		query, args = namesSQL, append(args, match)
	}
	var ids []int64
	err = s.view(ctx, "list speakers", func(r reader) (err error) {
		list, ids, err = loadSpeakers(r, query, args)
		return err
	})
	if err == nil && len(list) > limit {
		list = list[:limit]
		next = cursor{Query: digest(q), Place: int64(list[limit-1].Statements), Row: ids[limit-1]}.encode()
	}
	return list, next, err
}

// beginnings is the expression of names with words that begin like these; empty
// where there are none.
func beginnings(words string) string {
	var match []string
	for _, t := range terms(words) {
		match = append(match, strings.Replace(matchAll("name", []string{t})+"*", ")*", "*)", 1))
	}
	return strings.Join(match, " AND ")
}

// Speaker is one name by its key. See [ledger.Searcher].
func (s *Store) Speaker(ctx context.Context, key string) (speaker ledger.Speaker, err error) {
	err = s.view(ctx, "speaker "+key, func(r reader) error {
		list, ids, err := loadSpeakers(r, speakerByKeySQL, []any{key})
		if err == nil && len(list) == 0 {
			err = onrecord.ErrNotFound
		}
		if err != nil {
			return err
		}
		speaker = list[0]
		err = r.rows(namesOfSQL, []any{ids[0]}, func(scan func(...any) error) error {
			var n ledger.Name
			err := scan(&n.Seq, &n.Key, &n.Name, &n.Kind, &n.Statements, &n.Speaker)
			speaker.Names = append(speaker.Names, n)
			return err
		})
		if len(speaker.Names) == 1 {
			speaker.Names = nil
		}
		return err
	})
	return speaker, err
}

func loadSpeakers(q querier, query string, args []any) (list []ledger.Speaker, ids []int64, err error) {
	err = q.rows(query, args, func(scan func(...any) error) error {
		var id int64
		var s ledger.Speaker
		err := scan(&id, &s.Key, &s.Name, &s.Kind, &s.Statements)
		list, ids = append(list, s), append(ids, id)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("load speakers: %w", err)
	}
	for i, id := range ids {
		for direction, date := range map[string]*onrecord.Date{"": &list[i].First, "DESC": &list[i].Last} {
			var m moment
			if err := q.row(heardSQL+direction+" LIMIT 1", []any{id}, &m.from, &m.zone, &m.precision); err != nil {
				return nil, nil, fmt.Errorf("load when a speaker was heard: %w", err)
			}
			*date = m.date()
		}
	}
	return list, ids, nil
}
