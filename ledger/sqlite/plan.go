package sqlite

import (
	"cmp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// plan is how a question is searched. What drives it gives places in the list's
// order, so that it stops when the page is full:
//
//   - the full-text index, where words are asked for; a speaker and a publisher are
//     words there too (see entry.tags), so that the rarest of all these leads,
//   - the statements of an article, which are few,
//   - the index of a speaker's statements,
//   - else the list itself.
//
// Filters that few statements fail are checked row by row.
type plan struct {
	from     string
	match    string // of the full-text index
	where    []string
	args     []any
	dates    []string // conditions on dates, left out to count the undated
	dateArgs []any
	driver   string // the column that gives the order
}

// planOf plans a question; nil where nothing can answer it.
func planOf(r querier, q *ledger.Query) (*plan, error) {
	p := &plan{}
	var match []string
	for _, asked := range []struct{ column, words string }{{"who", q.By}, {"content", q.About}} {
		if strings.TrimSpace(asked.words) == "" {
			continue
		}
		expr := matchAll(asked.column, terms(asked.words))
		if expr == "" {
			return nil, nil //nolint:nilnil // Marks without words stand in no text.
		}
		if asked.column == "who" {
			others, err := joinedBy(r, asked.words)
			if err != nil {
				return nil, err
			}
			if others != "" {
				expr = "(" + expr + " OR " + others + ")"
			}
		}
		match = append(match, expr)
	}
	speaker, publisher, often, ok, err := lookUp(r, q)
	if err != nil || !ok {
		return nil, err
	}
	if publisher != 0 && q.Article == "" && (!often || len(match) == 0) {
		match = append(match, matchAll("tags", []string{publisherTag(publisher)}))
	} else if publisher != 0 {
		p.filter("d.publisher = ?", publisher)
	}
	if speaker != 0 && len(match) > 0 && q.Article == "" {
		match = append(match, matchAll("tags", []string{speakerTag(speaker)}))
	}
	if strings.TrimSpace(q.In) != "" {
		key := ledger.PlaceKey(q.In)
		if key == "" {
			return nil, nil //nolint:nilnil // Marks without letters are no place's name.
		}
		match = append(match, matchAll("tags", []string{placeTag(key)}))
	}
	p.match = strings.Join(match, " AND ")
	switch {
	case q.Article != "":
		_, article, err := parse(q.Article, ledger.ArticleID)
		if err != nil {
			return nil, err
		}
		p.from, p.driver = "statements s CROSS JOIN said d ON d.place = s.place", "d.place"
		p.filter("s.article = ?", article)
		if speaker != 0 {
			p.filter("d.speaker = ?", speaker)
		}
		if p.match != "" {
			p.filter("EXISTS (SELECT 1 FROM words w WHERE w.words MATCH ? AND w.rowid = d.place)", p.match)
			p.match = ""
		}
	case p.match != "":
		p.from, p.driver = "words w CROSS JOIN said d ON d.place = w.rowid", "w.rowid"
	case speaker != 0:
		p.from, p.driver = "said d INDEXED BY said_speaker", "d.place"
		p.filter("d.speaker = ?", speaker)
	default:
		p.from, p.driver = "said d", "d.place"
	}
	p.filters(q)
	return p, p.between(r, q.Since, q.Until)
}

// mostOthers is how many speakers of several names a search by words takes.
const mostOthers = 50

const joinedBySQL = `SELECT DISTINCT coalesce(m.joined, m.id) FROM names n CROSS JOIN speakers m ON m.id = n.rowid
 WHERE n.names MATCH ? AND (m.joined IS NOT NULL OR EXISTS (SELECT 1 FROM speakers o WHERE o.joined = m.id)) LIMIT ?`

// joinedBy are the tags of speakers of several names, one of which has all words:
// their statements are found also where another of the names stands.
func joinedBy(r querier, words string) (string, error) {
	var tags []string
	err := r.rows(joinedBySQL, []any{matchAll("name", terms(words)), mostOthers}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		tags = append(tags, speakerTag(id))
		return err
	})
	if err != nil || len(tags) == 0 {
		return "", err
	}
	return "tags : (" + strings.Join(tags, " OR ") + ")", nil
}

// often1In is the share of all statements from which on a publisher is better
// checked row by row than searched for along with other words.
const often1In = 50

const frequentSQL = "SELECT id, listed * ? > (SELECT statements FROM totals) FROM publishers WHERE key = ?"

// lookUp finds the rows of a speaker and a publisher, and whether the publisher
// has a good share of all; ok is false where one that is asked for is not known.
func lookUp(r querier, q *ledger.Query) (speaker, publisher int64, often, ok bool, err error) {
	if q.SpeakerKey != "" {
		var name int64
		err = r.row(speakerOfSQL, []any{q.SpeakerKey}, &name, &speaker)
	}
	if q.Publisher != "" && err == nil {
		err = r.row(frequentSQL, []any{often1In, ledger.Key(q.Publisher)}, &publisher, &often)
	}
	if none(err) {
		return 0, 0, false, false, nil
	}
	return speaker, publisher, often, err == nil, err
}

func (p *plan) filter(where string, args ...any) {
	p.where, p.args = append(p.where, where), append(p.args, args...)
}

func (p *plan) filters(q *ledger.Query) {
	if !q.Wrong {
		p.filter("d.wrong = 0")
	}
	if !q.Gone {
		p.filter("d.gone = 0")
	}
	if !q.Repeats {
		p.filter("d.repeats = 0")
	}
	if q.Quoted != "" {
		p.filter("d.quoted = ?", string(q.Quoted))
	}
	if q.MinConfidence > 0 {
		p.filter("d.confidence >= ?", q.MinConfidence)
	}
}

// between limits a plan to statements whose time touches that from since to
// until, both included. A day of the question is the day as the article writes
// it, in whatever zone; an instant is one everywhere. The bounds of places only
// say where to start and to stop looking.
func (p *plan) between(r querier, since, until onrecord.Date) error {
	if since.IsZero() && until.IsZero() {
		return nil
	}
	p.date("d.basis <> ?", retrievedBasis)
	if !since.IsZero() {
		start := since.Start().Unix()
		p.date(ends(since)+" > ?", start)
		low, err := earliest(r, start-widestZone)
		if err != nil {
			return err
		}
		p.date(p.driver+" >= ?", low)
	}
	if !until.IsZero() {
		end := until.End().Unix()
		if until.Precision == onrecord.Instant {
			end++ // the second that it stands in
		}
		p.date(starts(until)+" < ?", end)
		p.date(p.driver+" < ?", placeAt(end+widestZone))
	}
	return nil
}

// earliest is the first place that can touch what begins at a second. What may be
// longer than a day begins long before; it is mostly rare, and has an index of its
// own that tells whether there is any.
func earliest(r querier, start int64) (int64, error) {
	low := placeAt(start - secondsPerDay)
	for class := 1; class <= len(widths); class++ {
		from, ends := int64(0), start
		if class < len(widths) {
			from, ends = placeAt(start-widths[class]), -1<<62
		}
		var first *int64
		err := r.row(widestSQL, []any{class, from, low, ends}, &first)
		if err != nil {
			return 0, err
		}
		if first != nil {
			low = min(low, *first)
		}
	}
	return low, nil
}

const widestSQL = "SELECT min(place) FROM said INDEXED BY said_wide WHERE wide > 0 AND wide = ? AND place >= ? AND place < ? AND to_s + zone_s > ?"

func starts(d onrecord.Date) string {
	if d.Precision == onrecord.Instant {
		return "d.from_s"
	}
	return "d.from_s + d.zone_s"
}

func ends(d onrecord.Date) string {
	if d.Precision == onrecord.Instant {
		return "d.to_s"
	}
	return "d.to_s + d.zone_s"
}

func (p *plan) date(where string, arg any) {
	p.dates, p.dateArgs = append(p.dates, where), append(p.dateArgs, arg)
}

// stretch is a part of a list: places from the first to before the last; 0 for
// either is the list's end. It is walked down, or up where it is rising.
type stretch struct {
	from, to int64
	rising   bool
}

// hits is the SQL that finds the first places of a stretch.
func (p *plan) hits(s stretch, limit int) (string, []any) {
	where, args := p.conditions(p.match, p.dates, p.dateArgs)
	and := func(condition string, place int64) {
		if place == 0 {
			return
		}
		joint := " AND "
		if where == "" {
			joint = " WHERE "
		}
		where, args = where+joint+p.driver+condition, append(args, place)
	}
	and(" >= ?", s.from)
	and(" < ?", s.to)
	direction := " DESC"
	if s.rising {
		direction = ""
	}
	return "SELECT d.place FROM " + p.from + where + " ORDER BY " + p.driver + direction + " LIMIT ?", append(args, limit)
}

// oldest finds a page of places, oldest first, after the last of the page before;
// 0 for none. A second's statements keep the order that they have newest first,
// which inside an article is the text's: so the seconds are walked up, and what
// stands in each is walked down.
func (p *plan) oldest(r querier, last int64, limit int) (places []int64, err error) {
	from := int64(0)
	if last > 0 {
		second := last &^ placeLow
		if places, err = p.walk(r, stretch{from: second, to: last}, limit); err != nil {
			return nil, err
		}
		from = second + 1<<placeLowBits
	}
	left := limit - len(places)
	rising, err := p.walk(r, stretch{from: from, rising: true}, left)
	if err != nil || len(rising) == 0 {
		return places, err
	}
	cut := int64(0)
	if len(rising) == left { // then its last second may have more, which come first
		cut = rising[left-1] &^ placeLow
		rising = slices.DeleteFunc(rising, func(place int64) bool { return place >= cut })
	}
	slices.SortFunc(rising, func(a, b int64) int {
		return cmp.Or(cmp.Compare(a>>placeLowBits, b>>placeLowBits), cmp.Compare(b, a))
	})
	places = append(places, rising...)
	if cut > 0 {
		rest, err := p.walk(r, stretch{from: cut, to: cut + 1<<placeLowBits}, limit-len(places))
		if err != nil {
			return nil, err
		}
		places = append(places, rest...)
	}
	return places, nil
}

// walk reads the first places of a stretch.
func (p *plan) walk(r querier, s stretch, limit int) (places []int64, err error) {
	if limit <= 0 {
		return nil, nil
	}
	sql, args := p.hits(s, limit)
	err = r.rows(sql, args, func(scan func(...any) error) error {
		var place int64
		err := scan(&place)
		places = append(places, place)
		return err
	})
	return places, err
}

// undated counts what dates leave out because it has none of its own.
func (p *plan) undated(r querier, q *ledger.Query) (n int, err error) {
	if q.Since.IsZero() && q.Until.IsZero() {
		return 0, nil
	}
	match, from := p.match, p.from
	if match != "" {
		match += " AND " + matchAll("tags", []string{undatedTag})
	} else if from == "said d" {
		from = "said d INDEXED BY said_undated"
	}
	where, args := p.conditions(match, []string{"d.basis = 2"}, nil)
	err = r.row("SELECT count(*) FROM (SELECT 1 FROM "+from+where+" LIMIT ?)", append(args, mostUndated), &n)
	return n, err
}

func (p *plan) conditions(match string, dates []string, dateArgs []any) (string, []any) {
	var where []string
	var args []any
	if match != "" {
		where, args = append(where, "w.words MATCH ?"), append(args, match)
	}
	where, args = append(append(where, p.where...), dates...), append(append(args, p.args...), dateArgs...)
	if len(where) == 0 {
		return "", args
	}
	return " WHERE " + strings.Join(where, " AND "), args
}
