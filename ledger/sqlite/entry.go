package sqlite

import (
	"fmt"

	"github.com/onrecord/onrecord"
)

const entrySQL = `SELECT d.place, d.statement, d.article, coalesce(d.speaker, 0), coalesce(d.spelling, 0), coalesce(d.publisher, 0),
 d.from_s, d.to_s, d.zone_s, d.prec, d.basis, d.wide, d.quoted, d.confidence, d.wrong, d.gone, d.repeats, d.places, s.content, s.who
FROM statements s JOIN said d ON d.place = s.place WHERE s.id = ?`

// loadEntry is how a statement is listed now.
func loadEntry(q querier, id int64) (entry, error) {
	var e entry
	var quoted string
	err := q.row(entrySQL, []any{id}, &e.place, &e.statement, &e.article, &e.speaker, &e.spelling, &e.publisher,
		&e.moment.from, &e.moment.to, &e.moment.zone, &e.moment.precision, &e.moment.basis, &e.moment.wide,
		&quoted, &e.confidence, &e.wrong, &e.gone, &e.repeats, &e.places, &e.content, &e.who)
	e.quoted = onrecord.Quoted(quoted)
	if err != nil {
		return e, fmt.Errorf("load how a statement is listed: %w", err)
	}
	return e, nil
}
