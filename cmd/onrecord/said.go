package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

// saidOptions are the flags of onrecord said.
type saidOptions struct {
	query  ledger.Query
	all    bool
	lines  bool // side by side, a line a speaker
	format format
}

func (a *app) saidVerb() *cobra.Command {
	o := saidOptions{format: table}
	q := &o.query
	cmd := &cobra.Command{
		Use:   "said",
		Short: "Answer who said what about what, each with its sentence and place",
		Long: `Answer from the ledger who said what about what. Every filter narrows the answer;
with none, the newest statements are shown.

Statements are ordered, newest first, by when they were said, else by when the
article was published, else by when it was read; each row says which. With
--since or --until, statements whose date is not known are left out and counted.`,
		Example: `  onrecord said --by sudani --about "coalition forces"
  onrecord said --about ceasefire --since 2024-01 --until 2024-03 --quoted direct
  onrecord said --in Mosul --since 2024
  onrecord said --about ceasefire --by-speaker
  onrecord said --by ministry --format csv --limit 1000 > ministry.csv`,
		Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error { return a.said(cmd.Context(), store, o) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.By, "by", "", "words of the speaker's name")
	f.StringVar(&q.About, "about", "", `words of what was said; "in marks" as one phrase`)
	f.Var(date{&q.Since}, "since", "not before this year, month, day or instant")
	f.Var(date{&q.Until}, "until", "not after this year, month, day or instant")
	f.StringVar(&q.In, "in", "", "said in this place, or about one: a town, a division, a country")
	choose(cmd, &q.Quoted, "quoted", "how much stands in quotation marks", onrecord.Direct, onrecord.Mixed, onrecord.Indirect)
	f.StringVar(&q.Publisher, "publisher", "", "published by")
	f.Float64Var(&q.MinConfidence, "min-confidence", onrecord.Shown, "leave out what is less sure than this")
	f.BoolVar(&o.all, "all", false, "also less sure ones, those marked wrong, those no longer found, and headlines that repeat the body")
	f.BoolVar(&o.lines, "by-speaker", false, "side by side: each speaker's statements together, oldest first, with times and outlets without any")
	f.BoolVar(&q.Oldest, "oldest", false, "oldest first")
	f.IntVar(&q.Limit, "limit", 50, "at most this many; 0 for all")
	choose(cmd, &o.format, "format", "what to print", table, csvs, jsonl)
	return cmd
}

// page is how many rows are asked for at a time, so that a long answer streams.
const page = 500

func (a *app) said(ctx context.Context, store ledger.Store, o saidOptions) error {
	q := o.query
	switch {
	case q.Limit < 0:
		return fmt.Errorf("%w: --limit wants a number, 0 for all", errUsage)
	case !(q.MinConfidence >= 0 && q.MinConfidence <= 1): // so that NaN is none either
		return fmt.Errorf("%w: --min-confidence wants a number from 0 to 1", errUsage)
	case !q.Since.IsZero() && !q.Until.IsZero() && !q.Since.Start().Before(q.Until.End()):
		return fmt.Errorf("%w: --since %s lies after --until %s", errUsage, q.Since, q.Until)
	}
	if o.all {
		q.Wrong, q.Gone, q.Repeats, q.MinConfidence = true, true, true, 0
	}
	if o.lines {
		return a.compare(ctx, store, q, o.format)
	}
	out := a.answers(o.format)
	wanted := q.Limit
	for {
		q.Limit = page
		if wanted > 0 {
			q.Limit = min(page, wanted-out.rows)
		}
		answer, err := store.Said(ctx, q)
		if err != nil {
			return err
		}
		for i := range answer.Rows {
			if err := out.row(&answer.Rows[i]); err != nil {
				return err
			}
		}
		q.After = answer.Next
		if q.After == "" || (wanted > 0 && out.rows >= wanted) {
			return out.end(a.stderr, &answer)
		}
	}
}

// answers prints records in a format.
type answers struct {
	w      io.Writer
	format format
	csv    *csv.Writer
	rows   int
	wide   int
}

func (a *app) answers(f format) *answers {
	return &answers{w: a.stdout, format: f, csv: csv.NewWriter(a.stdout), wide: width(a.stdout)}
}

func (p *answers) row(r *ledger.Record) error {
	p.rows++
	switch p.format {
	case jsonl:
		return wire.WriteStatement(p.w, wire.EncodeRecord(r))
	case csvs:
		if p.rows == 1 {
			if err := p.csv.Write(wire.CSVHeader()); err != nil {
				return err
			}
		}
		return p.csv.Write(wire.CSVRow(r))
	default:
		return p.block(r)
	}
}

// block prints a record for a person: when, who, the sentence, and where it
// stands.
func (p *answers) block(r *ledger.Record) error {
	if p.rows > 1 {
		fmt.Fprintln(p.w)
	}
	head := []string{fmt.Sprintf("%s (%s)", day(r.When), r.WhenBasis), speaker(r), string(r.ID)}
	if marks := standing(r); marks != "" {
		head = append(head, marks)
	}
	fmt.Fprintln(p.w, oneLine(join(head)))
	for _, line := range wrap(r.Texts.Sentence, p.wide-2) {
		fmt.Fprintln(p.w, "  "+line)
	}
	var where []string
	for _, s := range []string{r.Article.Publisher, r.Article.Title, r.Article.Address} {
		if s != "" {
			where = append(where, s)
		}
	}
	span := wire.CodePoints(r)
	where = append(where, fmt.Sprintf("%d-%d", span[0], span[1]), string(r.Article.ID))
	_, err := fmt.Fprintln(p.w, "  "+oneLine(join(where)))
	return err
}

// end flushes and tells what was left out or not found.
func (p *answers) end(w io.Writer, answer *ledger.Answer) error {
	p.csv.Flush()
	if err := p.csv.Error(); err != nil {
		return err
	}
	if answer.Undated > 0 {
		fmt.Fprintf(w, "%s left out: no date is known for them\n", count(answer.Undated, "more statement"))
	}
	if p.rows > 0 {
		if answer.Next != "" {
			fmt.Fprintf(w, "the first %d; there are more (--limit)\n", p.rows)
		}
		return nil
	}
	t := answer.Totals
	searched := fmt.Sprintf("searched %s in %s", count(t.Statements, "statement"), count(t.Articles, "article"))
	if t.Foreign > 0 {
		searched += fmt.Sprintf("; %d of the articles are not in English and were not analysed", t.Foreign)
	}
	return onrecord.WithHint(fmt.Errorf("nothing said matches: %w", onrecord.ErrNotFound), searched)
}

// day is a date without its time of day; for people.
func day(d onrecord.Date) string {
	if d.Precision == onrecord.Instant {
		return d.Time.Format("2006-01-02")
	}
	return d.String()
}

// speaker is a record's speaker, or the source's own words.
func speaker(r *ledger.Record) string {
	switch {
	case r.Speaker.Name == "" && r.Texts.Source == "":
		return "(not named)"
	case r.Speaker.Name == "":
		return r.Texts.Source
	default:
		return r.Speaker.Name
	}
}

// standing is what people and newer analyses made of a record.
func standing(r *ledger.Record) string {
	var parts []string
	if r.Verdict != "" {
		parts = append(parts, "marked "+string(r.Verdict))
	}
	for i := range r.Reviews {
		if r.Reviews[i].Verdict == onrecord.Edit && !r.Reviews[i].Undone() {
			parts = append(parts, "edited")
			break
		}
	}
	if r.GoneSince != "" {
		parts = append(parts, "no longer found by "+r.GoneSince)
	}
	return strings.Join(parts, ", ")
}

// join puts the parts of a line together.
func join(parts []string) string { return strings.Join(parts, " · ") }
