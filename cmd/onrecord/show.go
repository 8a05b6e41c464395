package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

func (a *app) showVerb() *cobra.Command {
	f := table
	changes := false
	cmd := &cobra.Command{
		Use:   "show ID|URL|FILE",
		Short: "Print a statement or an article with all its evidence",
		Long: `Print a statement (s-…) or an article (a-…, its URL, or the file it was read
from) with all its evidence: words, offsets in code points, rule, versions,
hashes, and people's corrections. With --changes, what its outlet changed in an
article since the text before, sentence by sentence.`,
		Args: exactly(1, "an ID, a URL or a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error {
				if changes {
					return a.changes(cmd.Context(), store, args[0])
				}
				return a.show(cmd.Context(), store, args[0], f)
			})
		},
	}
	choose(cmd, &f, "format", "what to print", table, jsonl)
	cmd.Flags().BoolVar(&changes, "changes", false, "what changed in an article since the text before")
	return cmd
}

func (a *app) show(ctx context.Context, store ledger.Store, name string, f format) error {
	if isStatement(name) {
		r, err := store.Statement(ctx, onrecord.ID(name))
		if err != nil {
			return err
		}
		if f == jsonl {
			return wire.WriteStatement(a.stdout, wire.EncodeRecord(&r))
		}
		evidence(a.stdout, &r)
		return nil
	}
	id, err := articleID(ctx, store, name)
	if err != nil {
		return err
	}
	art, err := store.Article(ctx, id)
	if err != nil {
		return err
	}
	if f == jsonl {
		return wire.Write(a.stdout, wire.EncodeArticle(&art))
	}
	return a.article(&art)
}

// isStatement reports whether a name is a statement's public ID.
func isStatement(name string) bool { return strings.HasPrefix(strings.ToLower(name), "s-") }

// articleID takes an article's public ID or any address that leads to it.
func articleID(ctx context.Context, store ledger.Searcher, name string) (onrecord.ID, error) {
	if strings.HasPrefix(strings.ToLower(name), "a-") {
		return onrecord.ID(name), nil
	}
	return store.Resolve(ctx, name)
}

// field prints one line of evidence, if there is something to say.
func field(w io.Writer, name, value string) {
	if value == "" {
		return
	}
	for i, line := range wrap(value, max(width(w)-14, 20)) {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(w, "%-13s %s\n", name, line)
	}
}

// evidence prints all that proves a statement.
func evidence(w io.Writer, r *ledger.Record) {
	s := &r.Statement
	fmt.Fprintln(w, oneLine(join(slices.DeleteFunc([]string{string(r.ID), standing(r)}, func(p string) bool { return p == "" }))))
	field(w, "speaker", speaker(r))
	field(w, "source", words(r, s.Source.Spans, r.Texts.Source, string(s.Source.Form), string(s.Source.Kind)))
	field(w, "cue", words(r, s.Cue.Spans, r.Texts.Cue, string(s.Cue.Class)))
	field(w, "content", words(r, s.Content.Spans, r.Texts.Content, string(s.Quoted), "uttered "+string(s.Uttered), string(s.Toward)))
	field(w, "addressee", words(r, s.Addressee, r.Texts.Addressee))
	field(w, "medium", words(r, s.Medium, r.Texts.Medium))
	field(w, "occasion", words(r, s.Occasion, r.Texts.Occasion))
	field(w, "sentence", words(r, []onrecord.Span{r.Sentence}, r.Texts.Sentence))
	field(w, "when", fmt.Sprintf("%s (%s)", r.When, r.WhenBasis))
	field(w, "article", join(slices.DeleteFunc([]string{string(r.Article.ID), r.Article.Title, r.Article.Publisher, r.Article.Address}, func(p string) bool { return p == "" })))
	field(w, "revision", r.Revision.String())
	field(w, "found by", fmt.Sprintf("%s, confidence %.2f (%s)", s.Rule, s.Confidence, r.MadeBy))
	if s.Depth > 0 {
		field(w, "within", fmt.Sprintf("%s, depth %d", s.Within, s.Depth))
	}
	field(w, "repeated by", string(s.Repeats))
	for i := range r.Reviews {
		field(w, "review", review(&r.Reviews[i]))
	}
}

// words are a part's words with their offsets and what is said of them.
func words(r *ledger.Record, spans []onrecord.Span, text string, notes ...string) string {
	if len(spans) == 0 {
		if text == "" && len(notes) > 0 && notes[0] != "" {
			return "(" + strings.Join(notes, ", ") + ")"
		}
		return text
	}
	var at []string
	for _, s := range spans {
		p := wire.SpanCodePoints(r, s)
		if p[0] < 0 {
			at = append(at, "outside its sentence")
			continue
		}
		at = append(at, fmt.Sprintf("%d-%d", p[0], p[1]))
	}
	notes = append(at, notes...)
	return fmt.Sprintf("%s  [%s]", text, strings.Join(slices.DeleteFunc(notes, func(n string) bool { return n == "" }), ", "))
}

// review is one correction on one line.
func review(r *onrecord.Review) string {
	what := []string{fmt.Sprintf("%s %s by %s on %s", r.ID, r.Verdict, r.By, r.At.Format(time.DateOnly))}
	for _, c := range r.Changes {
		what = append(what, fmt.Sprintf("%s = %s", c.Field, c.Value))
	}
	if r.Why != "" {
		what = append(what, "because "+r.Why)
	}
	if r.Undone() {
		what = append(what, fmt.Sprintf("undone by %s on %s", r.UndoneBy, r.UndoneAt.Format(time.DateOnly)))
	}
	return strings.Join(what, "; ")
}

// article prints an article: what is known of it, its statements, its history.
func (a *app) article(art *ledger.Article) error {
	w := a.stdout
	rev := &art.Revision
	fmt.Fprintln(w, oneLine(rev.Title))
	field(w, "article", string(art.ID))
	field(w, "publisher", rev.Publisher)
	field(w, "byline", strings.Join(rev.Byline, ", "))
	field(w, "published", rev.Published.String())
	field(w, "modified", rev.Modified.String())
	field(w, "retrieved", art.Retrieved.Format(time.RFC3339))
	field(w, "language", rev.Language)
	for _, alias := range art.Aliases {
		field(w, "address", alias)
	}
	field(w, "revision", art.Hash.String())
	field(w, "capture", rev.Capture.String())
	field(w, "made by", art.Analysis.MadeBy.String())
	for _, p := range slices.Concat(rev.Problems, art.Analysis.Problems) {
		field(w, "note", p.Message)
	}
	for _, e := range art.Earlier {
		field(w, "earlier", fmt.Sprintf("%s, read %s", e.Hash, e.Retrieved.Format(time.RFC3339)))
	}
	for i := range art.Reviews {
		field(w, "review", review(&art.Reviews[i]))
	}
	if len(art.Statements) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	l := newLayout(w, column{"WHO", 24}, column{"CUE", 14}, column{"WHAT", 0}, column{"WHERE", 15})
	l.head()
	for i := range art.Statements {
		r := &art.Statements[i]
		source := r.Texts.Source
		if name := speaker(r); !strings.Contains(strings.ToLower(source), strings.ToLower(name)) {
			source = strings.TrimPrefix(source+"\n= "+name, "\n= ")
		}
		at := wire.CodePoints(r)
		where := fmt.Sprintf("%d-%d\n%s", at[0], at[1], r.ID)
		if s := standing(r); s != "" {
			where += "\n" + s
		}
		l.row(source, r.Texts.Cue, r.Texts.Content, where)
	}
	return nil
}
