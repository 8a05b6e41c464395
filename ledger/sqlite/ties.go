package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	namesListSQL = `SELECT k.id, k.key, k.name, k.kind, coalesce((SELECT sum(listed) FROM spellings WHERE speaker = k.id), 0), coalesce(j.key, k.key)
 FROM speakers k LEFT JOIN speakers j ON j.id = k.joined WHERE k.id > ? ORDER BY k.id LIMIT ?`
	insertTieSQL   = "INSERT INTO ties (id, a, b, verdict, stands, body, seal) VALUES (?, ?, ?, ?, 1, ?, ?)"
	replaceTieSQL  = "UPDATE ties SET stands = 0 WHERE a = ? AND b = ? AND stands = 1"
	fallTieSQL     = "UPDATE ties SET stands = 0 WHERE id = ?"
	insertUntieSQL = "INSERT INTO untied (tie, undone_by, undone_at, seal) VALUES (?, ?, ?, ?)"
	tieSQL         = `SELECT t.body, coalesce(u.undone_by, ''), coalesce(u.undone_at, 0), coalesce(ka.name, t.a), coalesce(kb.name, t.b), t.stands FROM ties t
 LEFT JOIN untied u ON u.tie = t.id LEFT JOIN speakers ka ON ka.key = t.a LEFT JOIN speakers kb ON kb.key = t.b `
	neighboursSQL = "SELECT CASE WHEN a = ?1 THEN b ELSE a END FROM ties WHERE (a = ?1 OR b = ?1) AND stands = 1 AND verdict = 'joined'"
)

// Names yields every name. See [ledger.Namer].
func (s *Store) Names(ctx context.Context) iter.Seq2[ledger.Name, error] {
	const page = 5_000
	return func(yield func(ledger.Name, error) bool) {
		last := int64(0)
		for {
			var list []ledger.Name
			err := s.view(ctx, "list names", func(r reader) error {
				return r.rows(namesListSQL, []any{last, page}, func(scan func(...any) error) error {
					var n ledger.Name
					err := scan(&n.Seq, &n.Key, &n.Name, &n.Kind, &n.Statements, &n.Speaker)
					list = append(list, n)
					return err
				})
			})
			if err != nil {
				yield(ledger.Name{}, err)
				return
			}
			for _, n := range list {
				last = n.Seq
				if n.Statements > 0 && !yield(n, nil) {
					return
				}
			}
			if len(list) < page {
				return
			}
		}
	}
}

// Considered and Consider keep how far names have been compared. See
// [ledger.Namer].
func (s *Store) Considered(ctx context.Context) (seq int64, err error) {
	err = s.view(ctx, "names considered", func(r reader) error {
		err := r.row("SELECT seq FROM considered", nil, &seq)
		if none(err) {
			return nil
		}
		return err
	})
	return seq, err
}

// Consider notes how far names have been compared. See [ledger.Namer].
func (s *Store) Consider(ctx context.Context, seq int64) error {
	return s.update(ctx, "note names considered", func(x *tx) error {
		return x.do("INSERT OR REPLACE INTO considered (one, seq, seal) VALUES (1, ?, ?)", seq, seal(seq))
	})
}

// Tie keeps decisions about pairs of names. See [ledger.Namer].
func (s *Store) Tie(ctx context.Context, ties ...ledger.Tie) (out []ledger.Tie, err error) {
	err = s.update(ctx, "tie names", func(x *tx) error {
		out = out[:0]
		touched := map[string]bool{}
		for _, t := range ties {
			t, changed, err := x.tie(t)
			if err != nil {
				return err
			}
			if changed {
				touched[t.A], touched[t.B] = true, true
			}
			out = append(out, t)
		}
		if err := x.rejoin(touched); err != nil {
			return err
		}
		for _, t := range out {
			if t.Verdict == ledger.Parted && t.By != "" {
				if err := x.apart(&t); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// tie keeps one decision; changed is false where another one stands over it.
func (x *tx) tie(t ledger.Tie) (kept ledger.Tie, changed bool, err error) {
	for _, name := range []*string{&t.A, &t.B} {
		var id int64
		if err := x.row(speakerSQL, []any{*name}, &id); none(err) {
			return t, false, fmt.Errorf("name %q: %w", *name, onrecord.ErrNotFound)
		} else if err != nil {
			return t, false, err
		}
	}
	switch {
	case t.A == t.B:
		return t, false, fmt.Errorf("%w: %q with itself", onrecord.ErrInvalid, t.A)
	case !slices.Contains([]ledger.TieVerdict{ledger.Joined, ledger.Parted, ledger.Doubtful}, t.Verdict):
		return t, false, fmt.Errorf("%w: verdict %q on two names", onrecord.ErrInvalid, t.Verdict)
	case t.A > t.B:
		t.A, t.B = t.B, t.A
	}
	earlier, err := loadTies(x, "WHERE t.a = ? AND t.b = ? ORDER BY t.id DESC", t.A, t.B)
	if err != nil {
		return t, false, err
	}
	for _, e := range earlier {
		person := e.By != "" || e.UndoneBy != ""
		if t.By == "" && person {
			return e.Tie, false, nil
		}
		if e.stands {
			if e.Verdict == t.Verdict && e.By == t.By && e.Rule == t.Rule && e.Confidence == t.Confidence {
				return e.Tie, false, nil
			}
			break
		}
	}
	if err := x.do(replaceTieSQL, t.A, t.B); err != nil {
		return t, false, err
	}
	id := x.mint()
	t.ID, t.UndoneBy, t.UndoneAt = ledger.FormatID(ledger.TieID, id), "", unmicro(0)
	if t.At.IsZero() {
		t.At = x.s.now()
	}
	t.At = unmicro(micro(t.At))
	body, err := json.Marshal(tieBody(&t))
	if err != nil {
		return t, false, err
	}
	if err := x.do(insertTieSQL, id, t.A, t.B, string(t.Verdict), string(body), seal(id, t.A, t.B, string(t.Verdict), string(body))); err != nil {
		return t, false, fmt.Errorf("keep a decision about two names: %w", err)
	}
	return t, true, nil
}

// tieBody is what a row keeps of a tie: what undid it and the names as they are
// written stand elsewhere.
func tieBody(t *ledger.Tie) ledger.Tie {
	body := *t
	body.AName, body.BName, body.UndoneBy, body.UndoneAt = "", "", "", unmicro(0)
	return body
}

// Untie takes a decision back. See [ledger.Namer].
func (s *Store) Untie(ctx context.Context, id onrecord.ID, by string) (t ledger.Tie, err error) {
	_, n, err := parse(id, ledger.TieID)
	if err != nil {
		return t, err
	}
	err = s.update(ctx, "untie "+string(id), func(x *tx) error {
		list, err := loadTies(x, "WHERE t.id = ?", n)
		switch {
		case err != nil:
			return err
		case len(list) == 0:
			return missing(x, ledger.TieID, n)
		case list[0].Undone():
			return fmt.Errorf("%s: %w: undone already", id, onrecord.ErrInvalid)
		}
		at := micro(s.now())
		if err := x.do(insertUntieSQL, n, by, at, seal(n, by, at)); err != nil {
			return fmt.Errorf("keep that a decision was undone: %w", err)
		}
		if err := x.do(fallTieSQL, n); err != nil {
			return err
		}
		t = list[0].Tie
		t.UndoneBy, t.UndoneAt = by, unmicro(at)
		return x.rejoin(map[string]bool{t.A: true, t.B: true})
	})
	return t, err
}

// Ties lists decisions. See [ledger.Namer].
func (s *Store) Ties(ctx context.Context, q ledger.TieQuery) (out []ledger.Tie, err error) {
	var where []string
	var args []any
	if q.Verdict != "" {
		where, args = append(where, "t.verdict = ?"), append(args, string(q.Verdict))
	}
	if q.Key != "" {
		where, args = append(where, "(t.a = ? OR t.b = ?)"), append(args, q.Key, q.Key)
	}
	if !q.Undone {
		where = append(where, "t.stands = 1")
	}
	query := "ORDER BY t.id DESC LIMIT ?"
	if len(where) > 0 {
		query = "WHERE " + strings.Join(where, " AND ") + " " + query
	}
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	err = s.view(ctx, "list decisions about names", func(r reader) error {
		list, err := loadTies(r, query, append(args, q.Limit)...)
		for _, t := range list {
			out = append(out, t.Tie)
		}
		return err
	})
	return out, err
}

// standingTie is a tie and whether it stands.
type standingTie struct {
	ledger.Tie
	stands bool
}

func loadTies(q querier, where string, args ...any) (list []standingTie, err error) {
	err = q.rows(tieSQL+where, args, func(scan func(...any) error) error {
		var t standingTie
		var body, by, a, b string
		var at int64
		if err := scan(&body, &by, &at, &a, &b, &t.stands); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &t.Tie); err != nil {
			return fmt.Errorf("%w: a decision about two names: %w", onrecord.ErrDamaged, err)
		}
		t.UndoneBy, t.UndoneAt, t.AName, t.BName = by, unmicro(at), a, b
		list = append(list, t)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load decisions about names: %w", err)
	}
	return list, nil
}

// mostJoined bounds the names of one speaker, so that no chain of wrong ties
// makes everybody one.
const mostJoined = 1_000

// component are the keys that ties join with one, itself included, sorted.
func component(q querier, key string) ([]string, error) {
	seen := map[string]bool{key: true}
	queue := []string{key}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		err := q.rows(neighboursSQL, []any{at}, func(scan func(...any) error) error {
			var next string
			if err := scan(&next); err != nil {
				return err
			}
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(seen) > mostJoined {
			return nil, fmt.Errorf("%w: more than %d names would be one speaker", onrecord.ErrInvalid, mostJoined)
		}
	}
	keys := make([]string, 0, len(seen))
	for k := range seen {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys, nil
}

// apart makes sure that a pair that a person parted is parted.
func (x *tx) apart(t *ledger.Tie) error {
	keys, err := component(x, t.A)
	if err != nil || !slices.Contains(keys, t.B) {
		return err
	}
	return onrecord.WithHint(
		fmt.Errorf("%w: %q and %q are still one speaker by other names", onrecord.ErrInvalid, t.A, t.B),
		"part these from one of them first: "+strings.Join(slices.DeleteFunc(keys, func(k string) bool { return k == t.A || k == t.B }), ", "))
}

// rejoin works out anew whose names those are that decisions touched, and moves
// their statements.
func (x *tx) rejoin(touched map[string]bool) error {
	done := map[string]bool{}
	for _, key := range sortedKeys(touched) {
		if done[key] {
			continue
		}
		keys, err := component(x, key)
		if err != nil {
			return err
		}
		// The speaker is the name met first.
		ids := make([]int64, len(keys))
		for i, k := range keys {
			done[k] = true
			if err := x.row(speakerSQL, []any{k}, &ids[i]); err != nil {
				return err
			}
		}
		speaker := slices.Min(ids)
		for _, id := range ids {
			if err := x.move(id, speaker); err != nil {
				return err
			}
		}
	}
	return nil
}

func sortedKeys(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

const (
	joinedSQL   = "SELECT coalesce(joined, id) FROM speakers WHERE id = ?"
	setJoinSQL  = "UPDATE speakers SET joined = nullif(?, id) WHERE id = ?"
	spokenSQL   = "SELECT d.statement FROM said d JOIN spellings s ON s.id = d.spelling WHERE d.speaker = ? AND s.speaker = ? ORDER BY d.place"
	moveSaidSQL = "UPDATE said SET speaker = ? WHERE place = ?"
)

// move gives a name's statements to a speaker.
func (x *tx) move(name, to int64) error {
	var from int64
	if err := x.row(joinedSQL, []any{name}, &from); err != nil || from == to {
		return err
	}
	if err := x.do(setJoinSQL, to, name); err != nil {
		return err
	}
	clear(x.spelled)
	var statements []int64
	err := x.rows(spokenSQL, []any{from, name}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		statements = append(statements, id)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range statements {
		e, err := loadEntry(x, id)
		if err != nil {
			return err
		}
		if _, waiting := x.index[e.place]; !waiting {
			if err := x.do(deleteWordsSQL, e.place); err != nil {
				return fmt.Errorf("take a statement's words out of the index: %w", err)
			}
		}
		if err := x.do(moveSaidSQL, to, e.place); err != nil {
			return err
		}
		if e.listed() {
			x.counts[ofSpeaker][from]--
			x.counts[ofSpeaker][to]++
		}
		e.speaker = to
		x.index[e.place] = indexed{e.content, e.who, e.tags()}
	}
	// Counts are written now, because another name may be moved next.
	x.named(from)
	x.named(to)
	return nil
}

// named has a speaker's name settled with the transaction, though its count may
// not change.
func (x *tx) named(id int64) {
	if _, there := x.counts[ofSpeaker][id]; !there {
		x.counts[ofSpeaker][id] = 0
	}
}

// tie compares a decision with its seal, and whether it stands with what came
// after it.
func (v *verifier) tie(id int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "tie", ID: string(ledger.FormatID(ledger.TieID, id))}
	var a, b, verdict, body, by string
	var sealed, undone []byte
	var at int64
	var stands, later bool
	err := v.one(`SELECT t.a, t.b, t.verdict, t.body, t.seal, coalesce(u.undone_by, ''), coalesce(u.undone_at, 0), u.seal,
 t.stands, EXISTS (SELECT 1 FROM ties o WHERE o.a = t.a AND o.b = t.b AND o.id > t.id)
 FROM ties t LEFT JOIN untied u ON u.tie = t.id WHERE t.id = ?`, id, &a, &b, &verdict, &body, &sealed, &by, &at, &undone, &stands, &later)
	if err != nil {
		return f, err
	}
	f.Problem = problem(unsealed(sealed, seal(id, a, b, verdict, body)), undoneUnsealed(undone, seal(id, by, at)), differs("that it stands", stands, undone == nil && !later))
	return f, nil
}

// considered compares how far names have been compared with its seal.
func (v *verifier) considered(one int64) (ledger.Finding, error) {
	f := ledger.Finding{Kind: "ledger", ID: "names considered"}
	var seq int64
	var sealed []byte
	if err := v.one("SELECT seq, seal FROM considered WHERE one = ?", one, &seq, &sealed); err != nil {
		return f, err
	}
	f.Problem = unsealed(sealed, seal(seq))
	return f, nil
}
