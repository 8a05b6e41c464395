package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/newsroom"
	"github.com/onrecord/onrecord/read"
	"github.com/onrecord/onrecord/story"
	"github.com/onrecord/onrecord/wire"
)

// readOptions are the flags of onrecord read.
type readOptions struct {
	from   read.Format
	given  read.Given
	format format
	asking asking
	shard  string
	resume bool
	quiet  bool
	noKeep bool
	all    bool
}

func (a *app) readVerb() *cobra.Command {
	o := readOptions{from: read.Auto, format: table}
	cmd := &cobra.Command{
		Use:   "read FILE|URL…",
		Short: "Read articles, find who said what, keep it, and print it",
		Long: `Read articles from files, folders, globs, addresses on the web or "-" (standard
input), find the attributed statements, keep them in the ledger, and print them.

Plain text, saved pages (HTML, MHTML), archives of crawls (WARC, compressed or
not) and JSON Lines ({"text": …} with optional "path", "url", "title", "published"
a line) are told apart by themselves. A file that cannot be read is named with the
reason and the rest go on; the exit code is then 5. Reading the same article twice
changes nothing. Text that is plainly not English is kept and labelled, but not
analysed.

A long reading that was stopped goes on with --resume where it was. Several
processes share it with --shard 1/4, 2/4 and so on, each with a ledger of its own
or all with one.`,
		Example: `  onrecord read article.txt
  onrecord read --published 2024-02-24 --url https://example.org/a article.html
  onrecord read --format jsonl --no-keep archive/ > statements.jsonl
  onrecord read --quiet --resume CC-NEWS-20240224000000-00001.warc.gz
  onrecord read https://news.example/bridge-to-close
  cat article.txt | onrecord read -`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return onrecord.WithHint(fmt.Errorf("%w: nothing to read", errUsage), "name files, folders or globs, or - for standard input")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.read(cmd.Context(), args, o) },
	}
	choose(cmd, &o.from, "from", "what the files are", read.Auto, read.Text, read.HTML, read.JSONL, read.WARC, read.MHTML)
	choose(cmd, &o.format, "format", "what to print", table, jsonl)
	cmd.Flags().Var(date{&o.given.Published}, "published", "when the article was published, if its file does not say")
	cmd.Flags().StringVar(&o.given.URL, "url", "", "where the article was published")
	cmd.Flags().StringVar(&o.given.Publisher, "publisher", "", "who published the article")
	o.asking.flags(cmd)
	cmd.Flags().StringVar(&o.shard, "shard", "", "read one of several equal parts, such as 2/4")
	cmd.Flags().BoolVar(&o.resume, "resume", false, "go on where an earlier reading of the same archives was stopped")
	cmd.Flags().BoolVar(&o.quiet, "quiet", false, "print no statements, only the sum")
	cmd.Flags().BoolVar(&o.noKeep, "no-keep", false, "print only, keep nothing")
	cmd.Flags().BoolVar(&o.all, "all", false, fmt.Sprintf("in the table, show statements of less than %.1f confidence too", onrecord.Shown))
	return cmd
}

func (a *app) read(ctx context.Context, args []string, o readOptions) error {
	files, errs := newsroom.Files(args)
	for _, err := range errs {
		a.complain("", err)
	}
	failed := len(errs)
	if o.given.URL != "" && len(files) > 1 {
		return fmt.Errorf("%w: --url names one article, but there are %d files", errUsage, len(files))
	}
	if o.noKeep {
		return a.work(ctx, files, failed, nil, o)
	}
	return a.withStore(ctx, func(store ledger.Store) error {
		err := a.work(ctx, files, failed, store, o)
		if err != nil && !errors.Is(err, errPartial) {
			return err
		}
		return errors.Join(err, a.settle(ctx, store, story.NewTeller(store, story.Options{})))
	})
}

// work reads files and prints what is found; failed counts those that failed
// before, keeper may be nil.
func (a *app) work(ctx context.Context, files []string, failed int, keeper ledger.Keeper, o readOptions) error {
	room, err := a.newsroom(keeper)
	if err != nil {
		return err
	}
	opening, err := a.opening(ctx, files, &o)
	if err != nil {
		return err
	}
	printed := &reading{w: a.stdout, options: o}
	bar := a.progressOf(files, printed)
	opening.Bytes = func(n int64) { _ = bar.Add64(n) }
	opening.Given.Skip = func(string) { printed.skipped++ }
	marks := &bookmarks{keeper: keeper, shard: opening.Shard}
	if o.resume {
		opening.From = func(path string) int64 { return marks.of(ctx, a, path) }
	}
	err = room.Read(ctx, opening.Captures(ctx, files), func(out newsroom.Outcome) error {
		marks.pass(ctx, &out.Document.Capture)
		if a.failed(out.Name, out.Err) {
			failed++
			return nil
		}
		return printed.document(&out)
	})
	marks.write(ctx)
	_ = bar.Finish()
	if err != nil {
		return err
	}
	if o.format == table {
		printed.sum(a.stderr, failed)
	}
	if failed > 0 {
		return errPartial
	}
	return nil
}

// opening says how the inputs of a reading are opened.
func (a *app) opening(ctx context.Context, files []string, o *readOptions) (*newsroom.Opening, error) {
	o.given.Retrieved = time.Now()
	opening := &newsroom.Opening{Stdin: interruptible(ctx, a.stdin, files), Format: o.from, Given: o.given}
	if o.shard != "" {
		shard, err := newsroom.ParseShard(o.shard)
		if err != nil {
			return nil, err
		}
		opening.Shard = shard
	}
	if slices.ContainsFunc(files, newsroom.IsAddress) {
		client, err := o.asking.client()
		if err != nil {
			return nil, err
		}
		opening.Fetch = client
	}
	return opening, nil
}

// interruptible is standard input that ends when ctx does, where it is to be
// read at all: a read from a terminal or a pipe would wait for ever.
func interruptible(ctx context.Context, stdin io.Reader, files []string) io.Reader {
	if !slices.Contains(files, newsroom.Stdin) {
		return stdin
	}
	out, in := io.Pipe()
	context.AfterFunc(ctx, func() { in.CloseWithError(context.Cause(ctx)) })
	go func() {
		_, err := io.Copy(in, stdin)
		in.CloseWithError(err) // nil is the end of input
	}()
	return out
}

// progress is a bar on standard error where a person sees it and the documents
// are not printed in between; silent otherwise.
func (a *app) progress(total int, what string) *progressbar.ProgressBar {
	if total < 2 || !isTerminal(a.stderr) || isTerminal(a.stdout) {
		return progressbar.DefaultSilent(int64(total))
	}
	return progressbar.NewOptions(total, progressbar.OptionSetWriter(a.stderr), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
}

// progressOf is a bar over the bytes of files, which says how many articles there
// were so far.
func (a *app) progressOf(files []string, r *reading) *progressbar.ProgressBar {
	total := int64(0)
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			total += info.Size()
		}
	}
	if total < 1<<20 || !isTerminal(a.stderr) || isTerminal(a.stdout) && !r.options.quiet {
		return progressbar.DefaultSilent(total)
	}
	bar := progressbar.NewOptions64(total, progressbar.OptionSetWriter(a.stderr), progressbar.OptionSetDescription("reading"),
		progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(200*time.Millisecond))
	r.tick = func() { bar.Describe(fmt.Sprintf("reading, %s kept", count(r.documents, "article"))) }
	return bar
}

// bookmarks note how far archives were read, so that a reading goes on there.
type bookmarks struct {
	keeper ledger.Keeper
	shard  newsroom.Shard
	path   string
	at     int64
	passed int
}

const markEvery = 200 // documents between two notes

// name is what a bookmark is kept under: another file of the same name, or another
// part of it, is another reading.
func (b *bookmarks) name(path string) string {
	size := int64(-1)
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
	}
	return strings.TrimSpace(fmt.Sprintf("%s %d %s", path, size, b.shard))
}

// of is how far a file was read before.
func (b *bookmarks) of(ctx context.Context, a *app, path string) int64 {
	store, ok := b.keeper.(ledger.Sourcer)
	if !ok {
		return 0
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	at, err := store.Bookmark(ctx, b.name(path))
	if err != nil {
		a.complain(path, err)
		return 0
	}
	if at > 0 {
		fmt.Fprintf(a.stderr, "onrecord: %s was read up to byte %d before and goes on there\n", path, at)
	}
	return at
}

// pass notes that a capture is done with.
func (b *bookmarks) pass(ctx context.Context, c *onrecord.Capture) {
	if c.In == "" || c.End == 0 {
		return
	}
	if c.In != b.path {
		b.write(ctx)
	}
	b.path, b.at = c.In, c.End
	if b.passed++; b.passed%markEvery == 0 {
		b.write(ctx)
	}
}

// write keeps the note, also when the reading was called off. A note that cannot
// be kept costs reading the same again.
func (b *bookmarks) write(ctx context.Context) {
	if store, ok := b.keeper.(ledger.Sourcer); ok && b.path != "" {
		_ = store.SetBookmark(context.WithoutCancel(ctx), b.name(b.path), b.at)
	}
}

// reading prints what was found in documents and counts it.
type reading struct {
	w       io.Writer
	options readOptions

	tick func() // after each document; may be nil

	documents, statements, unchanged, hidden, foreign, skipped int
}

func (r *reading) document(out *newsroom.Outcome) error {
	rev, found := &out.Document.Revision, &out.Document.Analysis
	r.documents++
	if r.tick != nil {
		r.tick()
	}
	r.statements += len(found.Statements)
	if out.Kept.Status == ledger.Unchanged {
		r.unchanged++
	}
	if foreign(rev) {
		r.foreign++
	}
	if r.options.quiet {
		return nil
	}
	if r.options.format == jsonl {
		return wire.Write(r.w, wire.Encode(rev, found, wire.Options{
			Article: out.Kept.Article, Statements: out.Kept.Statements, Retrieved: out.Document.Capture.Retrieved,
		}))
	}
	if r.documents > 1 {
		fmt.Fprintln(r.w)
	}
	r.title(out)
	return r.table(out)
}

func foreign(rev *onrecord.Revision) bool { return !rev.English() }

func (r *reading) title(out *newsroom.Outcome) {
	rev := &out.Document.Revision
	title := rev.Title
	if title == "" {
		title = "(no headline)"
	}
	fmt.Fprintln(r.w, oneLine(title))
	parts := []string{out.Name}
	if rev.Publisher != "" {
		parts = append(parts, rev.Publisher)
	}
	if rev.Published.IsZero() {
		parts = append(parts, "no date known")
	} else {
		parts = append(parts, rev.Published.String())
	}
	if out.Kept.Article != "" {
		parts = append(parts, fmt.Sprintf("%s (%s)", out.Kept.Article, out.Kept.Status))
	}
	fmt.Fprintln(r.w, oneLine(join(parts)))
	for _, p := range rev.Problems {
		fmt.Fprintf(r.w, "note: %s\n", oneLine(p.Message))
	}
}

func (r *reading) table(out *newsroom.Outcome) error {
	rev, found := &out.Document.Revision, &out.Document.Analysis
	if foreign(rev) {
		fmt.Fprintf(r.w, "kept, not analysed: the language is %q, and only English is read so far\n", rev.Language)
		return nil
	}
	if len(found.Statements) == 0 {
		fmt.Fprintln(r.w, "nobody is found saying anything")
		return nil
	}
	fmt.Fprintln(r.w)
	l := newLayout(r.w, column{"WHO", 26}, column{"CUE", 14}, column{"WHAT", 0}, column{"WHERE", 15})
	l.head()
	offsets, linked := wire.NewOffsets(rev.Text), found.Linked()
	for i := range found.Statements {
		s := &found.Statements[i]
		if s.Confidence < onrecord.Shown && !r.options.all {
			r.hidden++
			continue
		}
		hull := onrecord.Hull(s.Spans()...)
		where := fmt.Sprintf("%d-%d", offsets.CodePoint(hull.Start), offsets.CodePoint(hull.End))
		if i < len(out.Kept.Statements) {
			where += "\n" + string(out.Kept.Statements[i])
		}
		what := onrecord.Words(rev.Text, s.Content.Spans)
		if s.Depth > 0 {
			what = fmt.Sprintf("(inside another) %s", what)
		}
		l.row(who(rev.Text, s, linked), onrecord.Words(rev.Text, s.Cue.Spans), what, where)
	}
	return nil
}

// who is a source's words, and the speaker where the words do not name one.
func who(text string, s *onrecord.Statement, linked onrecord.Linked) string {
	source := onrecord.Words(text, s.Source.Spans)
	if len(s.Source.Spans) == 0 {
		source = "(not named)"
	}
	for _, e := range linked.To(s.ID, onrecord.SourceRole) {
		if !e.Nameless() && !strings.Contains(strings.ToLower(source), strings.ToLower(e.Name)) {
			source += "\n= " + e.Name
		}
	}
	return source
}

// sum says at the end what was done, on standard error, where it spoils no data.
func (r *reading) sum(w io.Writer, failed int) {
	fmt.Fprintf(w, "\n%s, %s found", count(r.documents, "document"), count(r.statements, "statement"))
	if r.unchanged > 0 {
		fmt.Fprintf(w, "; %d kept before, unchanged", r.unchanged)
	}
	if r.foreign > 0 {
		fmt.Fprintf(w, "; %d not in English", r.foreign)
	}
	if r.hidden > 0 {
		fmt.Fprintf(w, "; %d less sure hidden, --all shows them", r.hidden)
	}
	if r.skipped > 0 {
		fmt.Fprintf(w, "; %s of archives skipped, that are no articles", count(r.skipped, "record"))
	}
	if failed > 0 {
		fmt.Fprintf(w, "; %d failed", failed)
	}
	fmt.Fprintln(w)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
