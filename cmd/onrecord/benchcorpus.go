package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/corpus"
)

func (a *app) benchCorpusVerb() *cobra.Command {
	var part, genre, annotations string
	var least float64
	var mistakes, worst int
	cmd := &cobra.Command{
		Use:   "corpus DIR",
		Short: "Score statements field by field against this project's own corpus",
		Long: `Find the statements in the documents of corpus/annotations, whose texts come from
the treebanks in DIR/gum and DIR/ewt, and score every field of them: pieces and values
of statements that both have ("given detection"), and with those that only one has
counted as wrong ("end to end"). The treebanks' own sentences and trees are not used.`,
		Args: exactly(1, "a folder that holds gum/ and ewt/"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains([]string{"train", "dev", "all"}, part) {
				return fmt.Errorf("--part %q: want train, dev or all: %w", part, onrecord.ErrInvalid)
			}
			readings, err := a.corpusReadings(cmd, args[0], annotations, func(l corpus.Listed) bool {
				return (part == "all" || l.Split == part) && (genre == "" || l.Genre == genre)
			}, least)
			if err != nil {
				return err
			}
			agreement := bench.Agree(readings)
			if err := a.mistakes(agreement.Errors(mistakes), agreement.Classes(), worst); err != nil {
				return err
			}
			_, err = agreement.WriteTo(a.stdout)
			return err
		},
	}
	cmd.Flags().StringVar(&part, "part", "dev", "documents of this part of the treebanks: train, dev or all")
	cmd.Flags().StringVar(&genre, "genre", "", "documents of this genre only: news, interview, speech, court, bio, weblog, newsgroup")
	cmd.Flags().StringVar(&annotations, "annotations", "corpus/annotations", "folder of annotations")
	cmd.Flags().Float64Var(&least, "min-confidence", onrecord.Shown, "leave out statements found with less confidence")
	mistakeFlags(cmd, &mistakes, &worst)
	return cmd
}

// corpusReadings are the corpus's documents that want asks for, as annotated and
// as found with a confidence of at least least.
func (a *app) corpusReadings(cmd *cobra.Command, data, annotations string, want func(corpus.Listed) bool, least float64) ([]bench.Reading, error) {
	bank, err := corpus.OpenTreebanks(data)
	if err != nil {
		return nil, err
	}
	list, err := corpus.Documents()
	if err != nil {
		return nil, err
	}
	finder, err := a.desk()
	if err != nil {
		return nil, fmt.Errorf("load the desk's data: %w", err)
	}
	list = slices.DeleteFunc(list, func(l corpus.Listed) bool { return !want(l) })
	bar := a.progress(len(list), "reading")
	var out []bench.Reading
	missing := 0
	for _, l := range list {
		d, gold, err := bank.Annotation(annotations, l.ID)
		if errors.Is(err, onrecord.ErrNotFound) {
			missing++
			continue
		} else if err != nil {
			return nil, err
		}
		found, err := corpus.Find(cmd.Context(), finder.Analyse, d)
		if err != nil {
			return nil, err
		}
		found.Statements = slices.DeleteFunc(found.Statements, func(s onrecord.Statement) bool { return s.Confidence < least })
		out = append(out, bench.Reading{Document: d, A: gold, B: corpus.Found(d, found)})
		_ = bar.Add(1)
	}
	if len(out) == 0 {
		return nil, onrecord.WithHint(fmt.Errorf("annotations in %s: %w", annotations, onrecord.ErrNotFound),
			"run this in the project's folder, or name the annotations with --annotations")
	}
	if missing > 0 {
		fmt.Fprintf(a.stderr, "%d documents have no annotation and are left out\n", missing)
	}
	return out, nil
}
