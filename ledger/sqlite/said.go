package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const defaultLimit = 50

// mostUndated is how far statements without a date of their own are counted.
const mostUndated = 10_000

// Said answers who said what. See [ledger.Searcher].
func (s *Store) Said(ctx context.Context, q ledger.Query) (answer ledger.Answer, err error) {
	at, err := parseCursor(q)
	if err != nil {
		return answer, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	err = s.view(ctx, "search", func(r reader) (err error) {
		if answer.Totals, err = loadTotals(r); err != nil {
			return err
		}
		p, err := planOf(r, &q)
		if err != nil || p == nil {
			return err
		}
		if at == nil {
			at = &cursor{}
			if at.Undated, err = p.undated(r, &q); err != nil {
				return err
			}
		}
		answer.Undated = at.Undated
		rows, places, err := p.records(r, at.Place, q.Oldest, limit+1)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			answer.Next = cursor{Query: digest(q), Place: places[limit-1], Undated: at.Undated}.encode()
		}
		answer.Rows = rows
		return nil
	})
	return answer, err
}

// Orders of a page's records, as plan.oldest has them, and newest first.
const (
	oldestOrder = "ORDER BY h.place >> 24, h.place DESC" // 24 is placeLowBits
	newestOrder = "ORDER BY h.place DESC"
)

// namedHits are places that are known already.
const namedHits = "SELECT value FROM json_each(?)"

// records reads the records of a page that begins after a place; 0 for the first.
func (p *plan) records(r querier, last int64, oldest bool, limit int) ([]ledger.Record, []int64, error) {
	if !oldest {
		sql, args := p.hits(stretch{to: last}, limit)
		return loadRecords(r, sql, args, newestOrder)
	}
	places, err := p.oldest(r, last, limit)
	if err != nil {
		return nil, nil, err
	}
	named, err := json.Marshal(places)
	if err != nil {
		return nil, nil, err
	}
	return loadRecords(r, namedHits, []any{string(named)}, oldestOrder)
}

// cursor is where an answer ended. It holds for the same question only.
type cursor struct {
	Query   []byte `json:"q"`
	Place   int64  `json:"p"`           // of speakers, how many statements they have
	Row     int64  `json:"r,omitempty"` // of speakers of one number
	Undated int    `json:"u,omitempty"`
}

func (c cursor) encode() ledger.Cursor {
	plain, err := json.Marshal(c)
	if err != nil {
		panic(err) // bytes and numbers always marshal
	}
	return ledger.Cursor(base64.RawURLEncoding.EncodeToString(plain))
}

// digest tells questions apart, whatever page of theirs is asked for.
func digest(q any) []byte {
	switch v := q.(type) {
	case ledger.Query:
		v.After, v.Limit = "", 0
		q = v
	case ledger.ArticleQuery:
		v.After, v.Limit = "", 0
		q = v
	case ledger.SpeakerQuery:
		v.After, v.Limit = "", 0
		q = v
	}
	plain, err := json.Marshal(q)
	if err != nil {
		panic(err) // a query is words and numbers
	}
	sum := sha256.Sum256(fmt.Appendf(plain, "%T", q))
	return sum[:6]
}

// parseCursor reads the cursor of a query; nil at the start. Errors wrap
// [onrecord.ErrInvalid].
func parseCursor(q any) (*cursor, error) {
	var at ledger.Cursor
	switch v := q.(type) {
	case ledger.Query:
		at = v.After
	case ledger.ArticleQuery:
		at = v.After
	case ledger.SpeakerQuery:
		at = v.After
	}
	if at == "" {
		return nil, nil //nolint:nilnil // No cursor is no error.
	}
	c := &cursor{}
	plain, err := base64.RawURLEncoding.DecodeString(string(at))
	if err == nil {
		err = json.Unmarshal(plain, c)
	}
	if err != nil || !slices.Equal(c.Query, digest(q)) {
		return nil, onrecord.WithHint(fmt.Errorf("cursor %q: %w: not of this question", at, onrecord.ErrInvalid), "start again without it")
	}
	return c, nil
}
