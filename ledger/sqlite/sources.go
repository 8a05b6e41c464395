package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	sourceSQL       = "SELECT id, address, body FROM sources "
	insertSourceSQL = "INSERT INTO sources (id, address, body, seal) VALUES (?, ?, ?, ?)"
	updateSourceSQL = "UPDATE sources SET address = ?, body = ?, seal = ? WHERE id = ?"
)

// AddSource keeps a source. See [ledger.Sourcer].
func (s *Store) AddSource(ctx context.Context, src ledger.Source) (kept ledger.Source, isNew bool, err error) {
	if src.Address == "" {
		return kept, false, fmt.Errorf("add a source: %w: it has no address", onrecord.ErrInvalid)
	}
	if src.State == "" {
		src.State = ledger.Active
	}
	err = s.update(ctx, "add "+src.Address, func(x *tx) error {
		there, err := loadSources(x, "WHERE address = ?", src.Address)
		if err != nil {
			return err
		}
		if len(there) > 0 {
			kept, isNew = there[0], false
			if kept.State != ledger.Removed {
				return nil
			}
			kept.State, kept.Next = ledger.Active, src.Next
			return x.writeSource(&kept)
		}
		kept, isNew = src, true
		id := x.mint()
		kept.ID = ledger.FormatID(ledger.SourceID, id)
		if kept.Added.IsZero() {
			kept.Added = s.now()
		}
		body, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		return x.do(insertSourceSQL, id, kept.Address, string(body), seal(id, kept.Address, string(body)))
	})
	return kept, isNew, err
}

// Sources lists sources. See [ledger.Sourcer].
func (s *Store) Sources(ctx context.Context) (list []ledger.Source, err error) {
	err = s.view(ctx, "list sources", func(r reader) error {
		all, err := loadSources(r, "ORDER BY id")
		for i := range all {
			if all[i].State != ledger.Removed {
				list = append(list, all[i])
			}
		}
		return err
	})
	return list, err
}

// Source is one source. See [ledger.Sourcer].
func (s *Store) Source(ctx context.Context, idOrAddress string) (src ledger.Source, err error) {
	where, arg := "WHERE address = ?", any(idOrAddress)
	if kind, n, err := ledger.ParseID(onrecord.ID(idOrAddress)); err == nil && kind == ledger.SourceID {
		where, arg = "WHERE id = ?", n
	}
	err = s.view(ctx, "source "+idOrAddress, func(r reader) error {
		list, err := loadSources(r, where, arg)
		if err == nil && len(list) == 0 {
			return onrecord.ErrNotFound
		}
		if err == nil {
			src = list[0]
		}
		return err
	})
	return src, err
}

// ChangeSource changes a source. See [ledger.Sourcer].
func (s *Store) ChangeSource(ctx context.Context, id onrecord.ID, change func(*ledger.Source) error) (src ledger.Source, err error) {
	_, n, err := parse(id, ledger.SourceID)
	if err != nil {
		return src, err
	}
	err = s.update(ctx, "change source "+string(id), func(x *tx) error {
		if src, err = sourceOf(x, n); err != nil {
			return err
		}
		if err := change(&src); err != nil {
			return err
		}
		src.ID = id
		return x.writeSource(&src)
	})
	return src, err
}

// writeSource writes a source that is there.
func (x *tx) writeSource(src *ledger.Source) error {
	_, id, err := parse(src.ID, ledger.SourceID)
	if err != nil {
		return err
	}
	var other int64
	err = x.row("SELECT id FROM sources WHERE address = ? AND id <> ?", []any{src.Address, id}, &other)
	if err == nil {
		return fmt.Errorf("%w: another source has the address %s", onrecord.ErrInvalid, src.Address)
	}
	if !none(err) {
		return err
	}
	body, err := json.Marshal(src)
	if err != nil {
		return err
	}
	r, err := x.exec(updateSourceSQL, src.Address, string(body), seal(id, src.Address, string(body)), id)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err == nil && n == 0 {
		return onrecord.ErrNotFound
	}
	return nil
}

// sourceOf is the source with an ID. ErrNotFound.
func sourceOf(q querier, id int64) (ledger.Source, error) {
	list, err := loadSources(q, "WHERE id = ?", id)
	if err == nil && len(list) == 0 {
		err = onrecord.ErrNotFound
	}
	if err != nil {
		return ledger.Source{}, err
	}
	return list[0], nil
}

func loadSources(q querier, where string, args ...any) (list []ledger.Source, err error) {
	err = q.rows(sourceSQL+where, args, func(scan func(...any) error) error {
		var src ledger.Source
		var id int64
		var body string
		if err := scan(&id, &src.Address, &body); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &src); err != nil {
			return fmt.Errorf("%w: a source: %w", onrecord.ErrDamaged, err)
		}
		src.ID = ledger.FormatID(ledger.SourceID, id)
		list = append(list, src)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load sources: %w", err)
	}
	return list, nil
}

const (
	leadSQL       = "SELECT id, address, host, source, due, body FROM leads "
	insertLeadSQL = "INSERT INTO leads (id, address, host, source, due, body, seal) VALUES (?, ?, ?, ?, ?, ?, ?)"
	updateLeadSQL = "UPDATE leads SET due = ?, body = ?, seal = ? WHERE id = ?"
	hostsSQL      = `WITH RECURSIVE h (host) AS (SELECT min(host) FROM leads WHERE due > 0
 UNION ALL SELECT (SELECT min(host) FROM leads WHERE due > 0 AND host > h.host) FROM h WHERE h.host IS NOT NULL)
 SELECT host, (SELECT min(due) FROM leads WHERE due > 0 AND host = h.host) FROM h WHERE host IS NOT NULL`
)

// Visited keeps what a visit brought. See [ledger.Sourcer].
func (s *Store) Visited(ctx context.Context, id onrecord.ID, leads []ledger.Lead, change func(*ledger.Source, int)) (src ledger.Source, err error) {
	_, n, err := parse(id, ledger.SourceID)
	if err != nil {
		return src, err
	}
	err = s.update(ctx, "visited "+string(id), func(x *tx) error {
		if src, err = sourceOf(x, n); err != nil {
			return err
		}
		before, found := src.Health.Found, 0
		for i := range leads {
			isNew, err := x.lead(n, &leads[i])
			if err != nil {
				return err
			}
			found += count(isNew)
		}
		change(&src, found)
		src.ID, src.Health.Found = id, before+found
		return x.writeSource(&src)
	})
	return src, err
}

// lead keeps a lead that a source gave.
func (x *tx) lead(source int64, l *ledger.Lead) (isNew bool, err error) {
	there, err := loadLeads(x, "WHERE address = ?", l.Address)
	if err != nil {
		return false, err
	}
	if len(there) == 0 {
		body, err := json.Marshal(l)
		if err != nil {
			return false, err
		}
		id, due := x.mint(), micro(l.Due)
		return true, x.do(insertLeadSQL, id, l.Address, l.Host, source, due, string(body), seal(id, l.Address, l.Host, source, due, string(body)))
	}
	known := &there[0]
	if l.Modified.IsZero() || !l.Modified.Time.After(known.Modified.Time) {
		return false, nil
	}
	known.Modified, known.Title = l.Modified, l.Title
	if known.Due.IsZero() || known.Due.After(l.Due) {
		known.Due = l.Due
	}
	return false, x.writeLead(known)
}

// Followed keeps what following leads came to. See [ledger.Sourcer].
func (s *Store) Followed(ctx context.Context, leads ...ledger.Lead) error {
	return s.update(ctx, "follow leads", func(x *tx) error {
		gained := map[onrecord.ID]*ledger.Health{}
		for i := range leads {
			l := &leads[i]
			there, err := loadLeads(x, "WHERE id = ?", l.ID)
			if err != nil {
				return err
			}
			if len(there) == 0 {
				return fmt.Errorf("lead %d: %w", l.ID, onrecord.ErrNotFound)
			}
			before := there[0]
			l.Address, l.Host, l.Source = before.Address, before.Host, before.Source
			h := gained[l.Source]
			if h == nil {
				h = &ledger.Health{}
				gained[l.Source] = h
			}
			h.Kept += count(before.Article == "" && l.Article != "")
			h.Lost += count(l.Outcome == ledger.LeadLost) - count(before.Outcome == ledger.LeadLost)
			if err := x.writeLead(l); err != nil {
				return err
			}
		}
		for id, h := range gained {
			if h.Kept == 0 && h.Lost == 0 {
				continue
			}
			_, n, err := parse(id, ledger.SourceID)
			if err != nil {
				return err
			}
			src, err := sourceOf(x, n)
			if err != nil {
				return err
			}
			src.Health.Kept += h.Kept
			src.Health.Lost += h.Lost
			if err := x.writeSource(&src); err != nil {
				return err
			}
		}
		return nil
	})
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (x *tx) writeLead(l *ledger.Lead) error {
	_, source, err := parse(l.Source, ledger.SourceID)
	if err != nil {
		return err
	}
	body, err := json.Marshal(l)
	if err != nil {
		return err
	}
	due := micro(l.Due)
	return x.do(updateLeadSQL, due, string(body), seal(l.ID, l.Address, l.Host, source, due, string(body)), l.ID)
}

// Leads lists leads. See [ledger.Sourcer].
func (s *Store) Leads(ctx context.Context, q ledger.LeadQuery) (list []ledger.Lead, err error) {
	var where []string
	var args []any
	order := "ORDER BY id DESC"
	if !q.By.IsZero() {
		where, args, order = append(where, "due > 0 AND due <= ?"), append(args, micro(q.By)), "ORDER BY due, id"
	}
	if q.Host != "" {
		where, args = append(where, "host = ?"), append(args, q.Host)
	}
	if q.Source != "" {
		_, n, err := parse(q.Source, ledger.SourceID)
		if err != nil {
			return nil, err
		}
		where, args = append(where, "source = ?"), append(args, n)
	}
	if q.Outcome != "" {
		where, args = append(where, "body ->> 'outcome' = ?"), append(args, string(q.Outcome))
	}
	query := ""
	if len(where) > 0 {
		query = "WHERE " + strings.Join(where, " AND ") + " "
	}
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	err = s.view(ctx, "list leads", func(r reader) (err error) {
		list, err = loadLeads(r, query+order+" LIMIT ?", append(args, q.Limit)...)
		return err
	})
	return list, err
}

// LeadHosts are the hosts with leads due. See [ledger.Sourcer].
func (s *Store) LeadHosts(ctx context.Context, by time.Time) (hosts []string, next time.Time, err error) {
	limit := micro(by)
	err = s.view(ctx, "list hosts of leads", func(r reader) error {
		return r.rows(hostsSQL, nil, func(scan func(...any) error) error {
			var host string
			var due int64
			err := scan(&host, &due)
			if due <= limit {
				hosts = append(hosts, host)
			} else if at := unmicro(due); next.IsZero() || at.Before(next) {
				next = at
			}
			return err
		})
	})
	return hosts, next, err
}

func loadLeads(q querier, where string, args ...any) (list []ledger.Lead, err error) {
	err = q.rows(leadSQL+where, args, func(scan func(...any) error) error {
		var l ledger.Lead
		var source, due int64
		var body string
		if err := scan(&l.ID, &l.Address, &l.Host, &source, &due, &body); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &l); err != nil {
			return fmt.Errorf("%w: a lead: %w", onrecord.ErrDamaged, err)
		}
		l.Source, l.Due = ledger.FormatID(ledger.SourceID, source), unmicro(due)
		list = append(list, l)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load leads: %w", err)
	}
	return list, nil
}

// Bookmark is how far an archive has been read. See [ledger.Sourcer].
func (s *Store) Bookmark(ctx context.Context, name string) (at int64, err error) {
	err = s.view(ctx, "bookmark "+name, func(r reader) error {
		err := r.row("SELECT at FROM bookmarks WHERE name = ?", []any{name}, &at)
		if none(err) {
			return nil
		}
		return err
	})
	return at, err
}

// SetBookmark notes how far an archive has been read. See [ledger.Sourcer].
func (s *Store) SetBookmark(ctx context.Context, name string, at int64) error {
	return s.update(ctx, "set bookmark "+name, func(x *tx) error {
		var id int64
		err := x.row("SELECT id FROM bookmarks WHERE name = ?", []any{name}, &id)
		if none(err) {
			id, err = x.mint(), nil
		}
		if err != nil {
			return err
		}
		return x.do("INSERT OR REPLACE INTO bookmarks (id, name, at, seal) VALUES (?, ?, ?, ?)", id, name, at, seal(id, name, at))
	})
}

// source, lead and bookmark compare a row with its seal.
func (v *verifier) source(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "source", ID: string(ledger.FormatID(ledger.SourceID, id))}
	var address, body string
	var sealed []byte
	err := v.one("SELECT address, body, seal FROM sources WHERE id = ?", id, &address, &body, &sealed)
	if err == nil {
		f.Problem = unsealed(sealed, seal(id, address, body))
	}
	return f, err
}

func (v *verifier) lead(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "lead", ID: fmt.Sprint(id)}
	var address, host, body string
	var source, due int64
	var sealed []byte
	err := v.one("SELECT address, host, source, due, body, seal FROM leads WHERE id = ?", id, &address, &host, &source, &due, &body, &sealed)
	if err == nil {
		f.Problem = unsealed(sealed, seal(id, address, host, source, due, body))
	}
	return f, err
}

func (v *verifier) bookmark(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "bookmark", ID: fmt.Sprint(id)}
	var name string
	var at int64
	var sealed []byte
	err := v.one("SELECT name, at, seal FROM bookmarks WHERE id = ?", id, &name, &at, &sealed)
	if err == nil {
		f.Problem = unsealed(sealed, seal(id, name, at))
	}
	return f, err
}
