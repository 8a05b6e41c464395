package main

import (
	"fmt"
	"os"
	"os/user"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// markOptions are the flags of onrecord mark.
type markOptions struct {
	by, why string
	undo    bool
	fields  map[string]*string
}

// Fields that a mark changes, of a statement and of an article.
var (
	statementFields = []string{"speaker", "source", "cue", "content", "addressee", "medium", "occasion", "said-at", "quoted", "uttered", "toward", "class"}
	articleFields   = []string{"published", "publisher", "title", "url"}
)

func (a *app) markVerb() *cobra.Command {
	o := markOptions{fields: map[string]*string{}}
	cmd := &cobra.Command{
		Use:   "mark ID right|wrong|edit",
		Short: "Correct a finding or what an article says of itself; undo it",
		Long: `Mark a statement right or wrong, edit its parts, or correct an article's data.
A correction is kept with who made it, when and why, laid over the finding and
never written into it; it shows everywhere at once, and --undo takes it back.

Words put in place of a source, cue, content, addressee, medium or occasion must
stand in the article. Join the pieces of a content in several places with " … ".
Words that stand several times, and none of them alone in the statement, are
given with where they begin, as show counts: --addressee "the council @312".`,
		Example: `  onrecord mark s-0abcdefghjkmn right
  onrecord mark s-0abcdefghjkmn wrong --why "a question, not a statement"
  onrecord mark s-0abcdefghjkmn edit --speaker "Mira Tanase" --content "the road is open"
  onrecord mark a-0abcdefghjkmn --published 2024-02-24 --publisher "The Courier"
  onrecord mark s-0abcdefghjkmn --undo`,
		Args: between(1, 2, "an ID and, for a statement, right, wrong or edit"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error { return a.mark(cmd, store, args, o) })
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 1 {
				return []string{"right", "wrong", "edit"}, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.by, "by", "", "who makes the correction (default $ONRECORD_REVIEWER, else the user's name)")
	f.StringVar(&o.why, "why", "", "the reason")
	f.BoolVar(&o.undo, "undo", false, "take back a review (r-…), or the newest one of a statement or article")
	for _, name := range statementFields {
		o.fields[name] = f.String(name, "", "the statement's "+name+", corrected")
	}
	for _, name := range articleFields {
		o.fields[name] = f.String(name, "", "the article's "+name+", corrected")
	}
	return cmd
}

func (a *app) mark(cmd *cobra.Command, store ledger.Store, args []string, o markOptions) error {
	ctx := cmd.Context()
	by := o.by
	if by == "" {
		by = reviewer()
	}
	if o.undo {
		if len(args) != 1 {
			return fmt.Errorf("%w: --undo wants one ID", errUsage)
		}
		r, err := store.Undo(ctx, onrecord.ID(args[0]), by)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "taken back: %s\n", oneLine(review(&r)))
		return nil
	}
	r := onrecord.Review{By: by, Why: o.why}
	var err error
	if isStatement(args[0]) {
		r.Target = onrecord.ID(args[0])
		err = statementReview(cmd, &r, args[1:], o)
	} else {
		err = articleReview(cmd, store, &r, args, o)
	}
	if err != nil {
		return err
	}
	kept, err := store.Mark(ctx, r)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "kept: %s\n", oneLine(review(&kept)))
	return a.show(ctx, store, string(r.Target), table)
}

// statementReview fills a review of a statement from the command line.
func statementReview(cmd *cobra.Command, r *onrecord.Review, verdict []string, o markOptions) error {
	changes, err := changes(cmd, o, statementFields, articleFields, "an article")
	if err != nil {
		return err
	}
	switch {
	case len(verdict) == 1:
		r.Verdict = onrecord.Verdict(verdict[0])
	case len(changes) > 0:
		r.Verdict = onrecord.Edit
	}
	switch r.Verdict {
	case onrecord.Edit:
		if len(changes) == 0 {
			return fmt.Errorf("%w: edit wants what to change, such as --speaker NAME", errUsage)
		}
	case onrecord.Right, onrecord.Wrong:
		if len(changes) > 0 {
			return fmt.Errorf("%w: %s changes nothing; use edit with --%s", errUsage, r.Verdict, changes[0].Field)
		}
	default:
		return fmt.Errorf("%w: say right, wrong or edit", errUsage)
	}
	r.Changes = changes
	return nil
}

// articleReview fills a review of what an article says of itself.
func articleReview(cmd *cobra.Command, store ledger.Store, r *onrecord.Review, args []string, o markOptions) error {
	if len(args) != 1 {
		return fmt.Errorf("%w: an article takes no verdict, but --published, --publisher, --title or --url", errUsage)
	}
	var err error
	if r.Target, err = articleID(cmd.Context(), store, args[0]); err != nil {
		return err
	}
	r.Verdict = onrecord.Describe
	if r.Changes, err = changes(cmd, o, articleFields, statementFields, "a statement"); err == nil && len(r.Changes) == 0 {
		err = fmt.Errorf("%w: say what to correct: --published, --publisher, --title or --url", errUsage)
	}
	return err
}

// changes collects the fields given, in the order of names, and refuses those
// that belong to something else.
func changes(cmd *cobra.Command, o markOptions, names, others []string, other string) ([]onrecord.Change, error) {
	for _, name := range others {
		if cmd.Flags().Changed(name) {
			return nil, fmt.Errorf("%w: --%s belongs to %s", errUsage, name, other)
		}
	}
	var out []onrecord.Change
	for _, name := range names {
		if cmd.Flags().Changed(name) {
			out = append(out, onrecord.Change{Field: strings.ReplaceAll(name, "-", "_"), Value: *o.fields[name]})
		}
	}
	return out, nil
}

// reviewer is who corrects when nobody is named.
func reviewer() string {
	if name := os.Getenv("ONRECORD_REVIEWER"); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name
		}
		return u.Username
	}
	return "unknown"
}
