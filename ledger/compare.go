package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// Comparison is what several speakers said about one thing, to be read side by
// side.
type Comparison struct {
	Lines   []Line // by who was heard first
	Outlets []string
	Rows    int    // statements in all lines
	More    bool   // there are older statements than those compared
	Undated int    // as of [Answer]
	Totals  Totals // what was searched
}

// Line is one speaker's statements, oldest first.
type Line struct {
	Speaker Speaker // zero where nobody is named: then Source is what the text says
	Source  string
	Rows    []Record
	Gaps    []Gap // in the order of Rows
	// Silent are outlets that carry others in the comparison and nothing of this
	// speaker.
	Silent  []string
	Outlets []string // that carry the speaker, in alphabetical order
}

// Gap is a time in which a speaker is not on record about the matter.
type Gap struct {
	After int // index in Rows of the statement before it
	From  onrecord.Date
	To    onrecord.Date
	// Kept tells whether the ledger has anything that anybody said in that time:
	// where it has not, nothing was read, and silence means nothing.
	Kept bool
}

const (
	// compared is how many statements a comparison takes, the newest ones.
	compared = 2_000
	// shortestGap is how long somebody must be silent for it to be named, and
	// mostGaps how many gaps, the longest ones, are looked into.
	shortestGap = 60 * 24 * time.Hour
	mostGaps    = 200
)

// Compare puts what a query finds side by side, a line a speaker. Statements
// whose speaker is not known stand in lines of their own, because two unnamed
// officials are not one. The query's order, limit and cursor are not used.
func Compare(ctx context.Context, s Searcher, q Query) (Comparison, error) {
	q.Oldest, q.After = false, ""
	var c Comparison
	var rows []Record
	for len(rows) < compared {
		q.Limit = min(500, compared-len(rows))
		answer, err := s.Said(ctx, q)
		if err != nil {
			return c, fmt.Errorf("compare: %w", err)
		}
		if q.After == "" {
			c.Undated, c.Totals = answer.Undated, answer.Totals
		}
		rows = append(rows, answer.Rows...)
		if q.After = answer.Next; q.After == "" {
			break
		}
	}
	c.More, c.Rows = q.After != "", len(rows)
	c.Lines = lines(rows)
	outlets := map[string]bool{}
	for i := range c.Lines {
		for _, o := range c.Lines[i].Outlets {
			outlets[o] = true
		}
	}
	for o := range outlets {
		c.Outlets = append(c.Outlets, o)
	}
	slices.Sort(c.Outlets)
	for i := range c.Lines {
		for _, o := range c.Outlets {
			if _, carries := slices.BinarySearch(c.Lines[i].Outlets, o); !carries {
				c.Lines[i].Silent = append(c.Lines[i].Silent, o)
			}
		}
	}
	return c, c.gaps(ctx, s)
}

// lines sorts records, newest first, into lines.
func lines(rows []Record) []Line {
	var out []Line
	index := map[string]int{}
	slices.SortStableFunc(rows, func(a, b Record) int {
		if n := a.When.Start().Compare(b.When.Start()); n != 0 {
			return n
		}
		if a.Article.ID != b.Article.ID {
			return cmp.Compare(a.Article.ID, b.Article.ID)
		}
		return start(&a) - start(&b)
	})
	for _, r := range rows {
		key := r.Speaker.Key
		if key == "" {
			key = "\x00" + string(r.Article.ID) + "\x00" + Key(r.Texts.Source)
		}
		i, known := index[key]
		if !known {
			i = len(out)
			index[key] = i
			out = append(out, Line{Speaker: r.Speaker, Source: r.Texts.Source})
		}
		l := &out[i]
		l.Rows = append(l.Rows, r)
		if o := r.Article.Publisher; o != "" {
			if at, there := slices.BinarySearch(l.Outlets, o); !there {
				l.Outlets = slices.Insert(l.Outlets, at, o)
			}
		}
	}
	return out
}

func start(r *Record) int {
	if len(r.Statement.Content.Spans) == 0 {
		return 0
	}
	return r.Statement.Content.Spans[0].Start
}

// gaps finds times of silence, the longest first while there are too many, and
// asks whether anything was kept from them.
func (c *Comparison) gaps(ctx context.Context, s Searcher) error {
	type place struct{ line, gap int }
	var all []place
	for i := range c.Lines {
		l := &c.Lines[i]
		for n := 1; n < len(l.Rows); n++ {
			before, after := &l.Rows[n-1], &l.Rows[n]
			if before.WhenBasis == WhenRetrieved || after.WhenBasis == WhenRetrieved {
				continue // when it was said is not known
			}
			if after.When.Start().Sub(before.When.End()) >= shortestGap {
				l.Gaps = append(l.Gaps, Gap{After: n - 1, From: dayAfter(before.When), To: dayOf(after.When.Start().AddDate(0, 0, -1))})
				all = append(all, place{i, len(l.Gaps) - 1})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b place) int {
		return cmp.Compare(c.Lines[b.line].Gaps[b.gap].length(), c.Lines[a.line].Gaps[a.gap].length())
	})
	for n, p := range all {
		g := &c.Lines[p.line].Gaps[p.gap]
		if n >= mostGaps {
			g.From = onrecord.Date{} // not looked into
			continue
		}
		answer, err := s.Said(ctx, Query{Since: g.From, Until: g.To, Limit: 1})
		if err != nil {
			return fmt.Errorf("compare: %w", err)
		}
		g.Kept = len(answer.Rows) > 0
	}
	for i := range c.Lines {
		c.Lines[i].Gaps = slices.DeleteFunc(c.Lines[i].Gaps, func(g Gap) bool { return g.From.IsZero() })
	}
	return nil
}

func dayOf(t time.Time) onrecord.Date {
	y, m, d := t.Date()
	return onrecord.Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Precision: onrecord.Day}
}

// dayAfter is the first day that a date cannot mean.
func dayAfter(d onrecord.Date) onrecord.Date {
	next := dayOf(d.End())
	if d.Precision == onrecord.Instant {
		next.Time = next.Time.AddDate(0, 0, 1)
	}
	return next
}

func (g *Gap) length() time.Duration { return g.To.End().Sub(g.From.Start()) }

// Words says how long a gap is: "5 months".
func (g *Gap) Words() string {
	days := int(g.length() / (24 * time.Hour))
	switch {
	case days >= 2*365:
		return fmt.Sprintf("%d years", days/365)
	default:
		return fmt.Sprintf("%d months", (days+15)/30)
	}
}

// Name is whom a line is of: the speaker's name, else the text's own words.
func (l *Line) Name() string { return cmp.Or(l.Speaker.Name, strings.TrimSpace(l.Source)) }
