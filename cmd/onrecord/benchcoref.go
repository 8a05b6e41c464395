package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/quote"
)

func (a *app) benchCorefVerb() *cobra.Command {
	var documents []string
	var each bool
	cmd := &cobra.Command{
		Use:   "coref DIR",
		Short: "Score coreference against OntoGUM",
		Long: `Read the texts of OntoGUM's CoNLL-U files in DIR, find who and what is mentioned in
them, and score that by the CoNLL-2012 measures: MUC, B3, entity-based CEAF, and the
mean of their F1. The treebank's own sentences and trees are not used.`,
		Args: exactly(1, "a folder of CoNLL-U files"),
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := filepath.Glob(filepath.Join(args[0], "*.conllu"))
			if err != nil || len(files) == 0 {
				return fmt.Errorf("no .conllu file in %s: %w", args[0], onrecord.ErrNotFound)
			}
			find, err := bench.References()
			if err != nil {
				return err
			}
			var all bench.Coref
			for _, file := range files {
				d, err := bench.OpenCoref(file)
				if err != nil {
					return err
				}
				if len(documents) > 0 && !slices.Contains(documents, d.Name) {
					continue
				}
				var found [][]onrecord.Span
				for _, k := range find(d.Text.Source, d.Paragraphs) {
					var spans []onrecord.Span
					for _, m := range k {
						if !m.Beside {
							spans = append(spans, m.Span)
						}
					}
					found = append(found, spans)
				}
				inTokens := d.InTokens(found)
				all.Add(d.Clusters, inTokens)
				if each {
					var one bench.Coref
					one.Add(d.Clusters, inTokens)
					fmt.Fprintf(a.stdout, "%6.2f  %s\n", 100*one.CoNLL(), d.Name)
				}
			}
			if all.Documents == 0 {
				return fmt.Errorf("none of the documents asked for is in %s: %w", args[0], onrecord.ErrNotFound)
			}
			_, err = all.WriteTo(a.stdout)
			return err
		},
	}
	cmd.Flags().StringSliceVar(&documents, "documents", nil, "score these documents only, such as GUM_news_iodine")
	cmd.Flags().BoolVar(&each, "each", false, "print each document's CoNLL F1 too")
	return cmd
}

func (a *app) benchGAPVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "gap FILE",
		Short: "Score pronouns against the GAP corpus",
		Long: `Find in each text of a GAP file which names the row's pronoun goes back to, and score
that as GAP's own scorer does: F1 over the two names of each row, for masculine and
feminine pronouns, and their ratio.`,
		Args: exactly(1, "a GAP file"),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("opening GAP: %w", err)
			}
			defer f.Close() //nolint:errcheck // nothing was written
			examples, err := bench.ReadGAP(f)
			if err != nil {
				return err
			}
			find, err := bench.References()
			if err != nil {
				return err
			}
			var figures bench.GAP
			for i := range examples {
				e := &examples[i]
				var clusters [][][2]onrecord.Span
				for _, k := range find(e.Text, quote.Paragraphs(e.Text)) {
					var pairs [][2]onrecord.Span
					for _, m := range k {
						pairs = append(pairs, [2]onrecord.Span{m.Span, m.Head})
					}
					clusters = append(clusters, pairs)
				}
				isA, isB := e.Meant(clusters)
				figures.Add(e, isA, isB)
			}
			_, err = figures.WriteTo(a.stdout)
			return err
		},
	}
}
