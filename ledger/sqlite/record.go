package sqlite

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// recordSQL reads records by the places named in a table hits; what follows it
// orders them. The joins are in the order in which they are to be made.
const recordSQL = `SELECT s.id, s.versions, s.gone_since, s.content, s.found, s.laid, v.made_by, coalesce(r.hash, a.hash),
 d.place, d.from_s, d.zone_s, d.prec, d.basis,
 coalesce(k.key, ''), coalesce(k.name, ''), coalesce(k.kind, ''), coalesce(k.listed, 0),
 a.id, a.title, coalesce(p.name, ''), a.address, a.published, a.retrieved, a.language, a.listed
FROM hits h CROSS JOIN said d ON d.place = h.place CROSS JOIN statements s ON s.id = d.statement
 CROSS JOIN articles a ON a.id = d.article CROSS JOIN versions v ON v.id = s.made_by
 LEFT JOIN revisions r ON r.id = s.revision AND s.revision <> a.revision LEFT JOIN speakers k ON k.id = d.speaker LEFT JOIN publishers p ON p.id = d.publisher `

// loadRecords reads the records that a query of places names.
func loadRecords(q querier, hits string, args []any, order string) (records []ledger.Record, places []int64, err error) {
	var reviewed []int
	err = q.rows("WITH hits (place) AS MATERIALIZED ("+hits+") "+recordSQL+order, args, func(scan func(...any) error) error {
		r, place, has, err := scanRecord(scan)
		if has {
			reviewed = append(reviewed, len(records))
		}
		records, places = append(records, r), append(places, place)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("load statements: %w", err)
	}
	for _, i := range reviewed {
		_, id, err := ledger.ParseID(records[i].ID)
		if err != nil {
			return nil, nil, err
		}
		if records[i].Reviews, err = loadReviews(q, id); err != nil {
			return nil, nil, err
		}
		if sp := &records[i].Speaker; sp.Key == "" && sp.Name != "" && ledger.Renamed(records[i].Reviews) {
			*sp = ledger.Speaker{} // a person said that nobody is named
		}
	}
	return records, places, nil
}

func scanRecord(scan func(...any) error) (r ledger.Record, place int64, reviewed bool, err error) {
	var id int64
	var foundFrame, laidFrame, hash []byte
	var content, madeBy string
	var m moment
	ref := &refRow{ref: &r.Article}
	into := append([]any{
		&id, &r.Versions, &r.GoneSince, &content, &foundFrame, &laidFrame, &madeBy, &hash,
		&place, &m.from, &m.zone, &m.precision, &m.basis,
		&r.Speaker.Key, &r.Speaker.Name, &r.Speaker.Kind, &r.Speaker.Statements,
	}, ref.into()...)
	if err := scan(into...); err != nil {
		return r, 0, false, err
	}
	if err := ref.finish(); err != nil {
		return r, 0, false, err
	}
	r.ID = ledger.FormatID(ledger.StatementID, id)
	copy(r.Revision[:], hash)
	var f found
	if err := unpackJSON(foundFrame, &f); err != nil {
		return r, 0, false, fmt.Errorf("%s: %w", r.ID, err)
	}
	over := laid{Statement: f.Statement, Shown: f.Shown}
	if reviewed = len(laidFrame) > 0; reviewed {
		over = laid{}
		if err := unpackJSON(laidFrame, &over); err != nil {
			return r, 0, false, fmt.Errorf("%s: %w", r.ID, err)
		}
	}
	if err := json.Unmarshal([]byte(madeBy), &r.MadeBy); err != nil {
		return r, 0, false, fmt.Errorf("%s: %w: versions: %w", r.ID, onrecord.ErrDamaged, err)
	}
	if r.Speaker.Key == "" && f.Speaker.Local {
		r.Speaker = ledger.Speaker{Name: f.Speaker.Name, Kind: f.Speaker.Kind}
	}
	r.Found, r.Statement, r.Verdict, r.Places = f.Statement, over.Statement, over.Verdict, f.Places
	r.Texts, r.Sentence, r.SentenceStart = over.Shown.Texts, over.Shown.Sentence, over.Shown.Start
	r.Texts.Content = content
	r.When = m.date()
	if m.basis < 0 || m.basis >= len(bases) {
		return r, 0, false, fmt.Errorf("%s: %w: date basis %d", r.ID, onrecord.ErrDamaged, m.basis)
	}
	r.WhenBasis = bases[m.basis]
	return r, place, reviewed, nil
}

// refRow reads an ArticleRef from the columns id, title, publisher, address,
// published, retrieved, language and listed.
type refRow struct {
	ref       *ledger.ArticleRef
	id        int64
	retrieved int64
	published string
}

func (r *refRow) into() []any {
	return []any{&r.id, &r.ref.Title, &r.ref.Publisher, &r.ref.Address, &r.published, &r.retrieved, &r.ref.Language, &r.ref.Statements}
}

func (r *refRow) finish() (err error) {
	r.ref.ID = ledger.FormatID(ledger.ArticleID, r.id)
	r.ref.Retrieved = unmicro(r.retrieved)
	if r.ref.Published, err = onrecord.ParseDate(r.published); err != nil {
		return fmt.Errorf("%s: %w: %w", r.ref.ID, onrecord.ErrDamaged, err)
	}
	return nil
}

// Statement is one statement with its evidence. See [ledger.Searcher].
func (s *Store) Statement(ctx context.Context, id onrecord.ID) (rec ledger.Record, err error) {
	_, n, err := parse(id, ledger.StatementID)
	if err != nil {
		return rec, err
	}
	err = s.view(ctx, "statement "+string(id), func(q reader) error {
		list, _, err := loadRecords(q, "SELECT place FROM statements WHERE id = ?", []any{n}, "")
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return missing(q, ledger.StatementID, n)
		}
		rec = list[0]
		return nil
	})
	return rec, err
}
