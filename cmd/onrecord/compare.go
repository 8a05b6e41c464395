package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

// compare prints what a query finds side by side.
func (a *app) compare(ctx context.Context, store ledger.Store, q ledger.Query, f format) error {
	c, err := ledger.Compare(ctx, store, q)
	if err != nil {
		return err
	}
	out := a.answers(f)
	for i := range c.Lines {
		switch f {
		case jsonl:
			out.rows += len(c.Lines[i].Rows)
			err = wire.WriteLine(a.stdout, wire.EncodeLine(&c.Lines[i]))
		case csvs:
			for n := 0; n < len(c.Lines[i].Rows) && err == nil; n++ {
				err = out.row(&c.Lines[i].Rows[n])
			}
		default:
			err = out.line(&c.Lines[i], i == 0)
		}
		if err != nil {
			return err
		}
	}
	if c.More {
		fmt.Fprintf(a.stderr, "compared are the newest %d; there are older ones (--since, --until)\n", c.Rows)
	}
	return out.end(a.stderr, &ledger.Answer{Undated: c.Undated, Totals: c.Totals})
}

// line prints one speaker for a person: the name, what was said when and where,
// and where nothing is on record.
func (p *answers) line(l *ledger.Line, first bool) error {
	if !first {
		fmt.Fprintln(p.w)
	}
	name := l.Name()
	if name == "" {
		name = "(not named)"
	}
	head := []string{oneLine(name), count(len(l.Rows), "statement")}
	if len(l.Outlets) > 0 {
		head = append(head, "in "+strings.Join(l.Outlets, ", "))
	}
	if len(l.Silent) > 0 {
		head = append(head, "not in "+strings.Join(l.Silent, ", "))
	}
	for _, line := range wrap(join(head), p.wide) {
		fmt.Fprintln(p.w, line)
	}
	gap := 0
	for i := range l.Rows {
		if gap < len(l.Gaps) && l.Gaps[gap].After == i-1 {
			g := &l.Gaps[gap]
			why := "nothing of that time was read"
			if g.Kept {
				why = "while others are on record"
			}
			fmt.Fprintf(p.w, "  … %s without a word on record (%s to %s), %s\n", g.Words(), g.From, g.To, why)
			gap++
		}
		p.rows++
		r := &l.Rows[i]
		parts := []string{fmt.Sprintf("%s (%s)", day(r.When), r.WhenBasis)}
		if r.Article.Publisher != "" {
			parts = append(parts, r.Article.Publisher)
		}
		parts = append(parts, string(r.ID))
		if marks := standing(r); marks != "" {
			parts = append(parts, marks)
		}
		fmt.Fprintln(p.w, "  "+oneLine(join(parts)))
		for _, line := range wrap(r.Texts.Sentence, p.wide-4) {
			if _, err := fmt.Fprintln(p.w, "    "+line); err != nil {
				return err
			}
		}
	}
	return nil
}
