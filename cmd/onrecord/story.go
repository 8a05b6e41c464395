package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/story"
	"github.com/onrecord/onrecord/wire"
)

// settle works on what was kept: which names mean one speaker, which articles
// carry one text and tell one story.
func (a *app) settle(ctx context.Context, store ledger.Store, teller *story.Teller) error {
	if err := a.link(ctx, store); err != nil {
		return err
	}
	done, err := teller.Tell(ctx)
	if done.Copies > 0 {
		fmt.Fprintf(a.stderr, "%s of a text that was there: onrecord story ARTICLE shows its carriers\n", count(done.Copies, "carrier"))
	}
	return err
}

func (a *app) storyVerb() *cobra.Command {
	f := table
	var into string
	var apart []string
	var undo string
	cmd := &cobra.Command{
		Use:   "story [ID|ARTICLE]",
		Short: "Show which articles tell one story, and which carry one text",
		Long: `Show the stories that several articles tell, the newest first; with the ID of a
story (n-…) or of an article (a-…, its URL), that story: each distinct text with
its carriers, and the three counts: reports, distinct texts, independent sources.

What was grouped wrongly is put right with --into and --apart, and taken back with
--undo.`,
		Example: `  onrecord story
  onrecord story a-0ab12cd34ef56
  onrecord story n-0ab12cd34ef56 --into n-0ab12cd34ef99
  onrecord story n-0ab12cd34ef56 --apart a-0ab12cd34ef56,a-0ab12cd34ef57`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLedger(cmd.Context(), func(store ledger.Store) error {
				ctx := cmd.Context()
				switch {
				case undo != "":
					g, err := store.Ungroup(ctx, onrecord.ID(undo), reviewer())
					if err == nil {
						fmt.Fprintf(a.stdout, "%s is undone: %s in %s again\n", g.ID, count(len(g.Articles), "article"), g.From)
					}
					return err
				case len(args) == 0:
					return a.stories(ctx, store, f)
				}
				id, err := storyID(ctx, store, args[0])
				if err != nil {
					return err
				}
				if into != "" || len(apart) > 0 {
					return a.regroup(ctx, store, id, onrecord.ID(into), apart)
				}
				return a.story(ctx, store, id, f)
			})
		},
	}
	choose(cmd, &f, "format", "what to print", table, jsonl)
	cmd.Flags().StringVar(&into, "into", "", "move the story's articles into this story")
	cmd.Flags().StringSliceVar(&apart, "apart", nil, "move these articles into a story of their own, or into that of --into")
	cmd.Flags().StringVar(&undo, "undo", "", "take back a regrouping (g-…)")
	return cmd
}

// storyID takes a story's public ID, or an article's, or an address of one.
func storyID(ctx context.Context, store ledger.Store, name string) (onrecord.ID, error) {
	if strings.HasPrefix(strings.ToLower(name), "n-") {
		return onrecord.ID(strings.ToLower(name)), nil
	}
	article, err := articleID(ctx, store, name)
	if err != nil {
		return "", err
	}
	t, err := store.TellingOf(ctx, article)
	if errors.Is(err, onrecord.ErrNotFound) {
		return "", onrecord.WithHint(fmt.Errorf("the story of %s: %w", article, err), "stories are found after reading: onrecord read, watch or story --help")
	}
	return t.Story, err
}

func (a *app) stories(ctx context.Context, store ledger.Store, f format) error {
	list, _, err := store.Stories(ctx, ledger.StoryQuery{})
	if err != nil {
		return err
	}
	if len(list) == 0 && f == table {
		fmt.Fprintln(a.stdout, "no two articles here tell one story")
		return nil
	}
	l := newLayout(a.stdout, column{"STORY", 0}, column{"ARTICLES", 9}, column{"NEWEST", 17}, column{"ID", 15})
	if f == table {
		l.head()
	}
	for i := range list {
		s := &list[i]
		if f == jsonl {
			whole, err := store.Story(ctx, s.ID)
			if err != nil {
				return err
			}
			reports, texts, sources := countsOf(&whole)
			if err := wire.WriteStory(a.stdout, wire.EncodeStory(&whole, reports, texts, sources)); err != nil {
				return err
			}
			continue
		}
		l.row(s.Title, fmt.Sprint(s.Articles), s.Last.UTC().Format("2006-01-02 15:04"), string(s.ID))
	}
	return nil
}

// story prints one story, text by text.
func (a *app) story(ctx context.Context, store ledger.Store, id onrecord.ID, f format) error {
	s, err := store.Story(ctx, id)
	if err != nil {
		return err
	}
	reports, texts, sources := countsOf(&s)
	if f == jsonl {
		return wire.WriteStory(a.stdout, wire.EncodeStory(&s, reports, texts, sources))
	}
	w := a.stdout
	fmt.Fprintln(w, oneLine(s.Title))
	fmt.Fprintf(w, "%s · %s, %s, %s\n", s.ID, count(reports, "report"), count(texts, "distinct text"), count(sources, "independent source"))
	for i := range s.Members {
		m := &s.Members[i]
		if m.Text != m.Ref.ID {
			continue
		}
		fmt.Fprintln(w)
		a.member(m, "")
		for j := range s.Members {
			if o := &s.Members[j]; o.Text == m.Ref.ID && o.Ref.ID != m.Ref.ID {
				a.member(o, "  ")
			}
		}
	}
	for i := range s.Regroupings {
		g := &s.Regroupings[i]
		by := "by the program"
		if g.By != "" {
			by = "by " + g.By
		}
		if g.Undone() {
			by += ", undone"
		}
		field(w, "regrouped", fmt.Sprintf("%s: %s from %s into %s, %s %s (%s)", g.ID, count(len(g.Articles), "article"), g.From, g.Into, by, g.At.Format(time.DateOnly), g.Why))
	}
	return nil
}

// countsOf are the three counts of a story.
func countsOf(s *ledger.Story) (reports, texts, sources int) {
	tellings := make([]ledger.Telling, len(s.Members))
	for i := range s.Members {
		tellings[i] = s.Members[i].Telling
	}
	return story.CountsOf(tellings)
}

// member prints one article of a story.
func (a *app) member(m *ledger.StoryMember, indent string) {
	outlet := cmp.Or(m.Ref.Publisher, m.Publisher)
	if m.Agency != "" {
		outlet = strings.TrimSpace(outlet + " (" + m.Agency + ")")
	}
	relation := ""
	if m.Text != m.Ref.ID && len(m.Copies) > 0 {
		relation = fmt.Sprintf("%s, %.0f %% of its words", m.Copies[0].Relation, 100*m.Copies[0].Containment)
	}
	fmt.Fprintf(a.stdout, "%s%s  %s\n", indent, m.At.UTC().Format("2006-01-02 15:04"), oneLine(join(filled([]string{outlet, m.Ref.Title, relation, string(m.Ref.ID)}))))
}

// regroup moves articles of a story as a person says.
func (a *app) regroup(ctx context.Context, store ledger.Store, from, into onrecord.ID, apart []string) error {
	g := ledger.Regrouping{From: from, Into: into, By: reviewer(), Why: "by hand"}
	for _, name := range apart {
		id, err := articleID(ctx, store, name)
		if err != nil {
			return err
		}
		g.Articles = append(g.Articles, id)
	}
	if len(apart) == 0 {
		s, err := store.Story(ctx, from)
		if err != nil {
			return err
		}
		for i := range s.Members {
			g.Articles = append(g.Articles, s.Members[i].Ref.ID)
		}
	}
	if into == "" {
		g.Why = "split: by hand"
	}
	g, err := store.Regroup(ctx, g)
	if err == nil {
		fmt.Fprintf(a.stdout, "%s: %s from %s into %s; onrecord story --undo %s takes it back\n", g.ID, count(len(g.Articles), "article"), g.From, g.Into, g.ID)
	}
	return err
}
