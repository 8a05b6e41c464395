package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/newsroom"
	"github.com/onrecord/onrecord/read"
	"github.com/onrecord/onrecord/wire"
)

func (a *app) benchVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Score findings against public corpora",
		Args:  none,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.benchStatementsVerb(), a.benchCorpusVerb(), a.benchEnglishVerb(), a.benchCorefVerb(), a.benchGAPVerb(), a.benchTimesVerb(), a.benchPlacesVerb(), a.benchMetonymyVerb(), a.benchLanguagesVerb(), a.benchStoriesVerb(), a.benchCopiesVerb(), a.benchPagesVerb())
	return cmd
}

func (a *app) benchStatementsVerb() *cobra.Command {
	var predictions string
	var mistakes, worst int
	var opt bench.Options
	cmd := &cobra.Command{
		Use:   "statements DIR",
		Short: "Score attributed statements against a corpus in PolNeAR's stand-off format",
		Long: `Read the texts of a corpus in PolNeAR's stand-off format (DIR/text and
DIR/attributions), find the statements in them, and score source, cue and content.
Nothing is kept. Figures have 95 % intervals from resampling documents.`,
		Args: exactly(1, "a corpus folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			gold, err := bench.OpenGold(args[0])
			if err != nil {
				return err
			}
			contract, err := a.predictions(cmd, args[0], predictions)
			if err != nil {
				return err
			}
			found, err := bench.ReadPredictions(contract, gold)
			if err != nil {
				return err
			}
			if err := a.mistakes(bench.Errors(gold, found, opt, mistakes), bench.Classes(gold, found, opt), worst); err != nil {
				return err
			}
			_, err = bench.Statements(gold, found, opt).WriteTo(a.stdout)
			return err
		},
	}
	cmd.Flags().StringVar(&predictions, "predictions", "", "score this file of onrecord read --format jsonl instead of reading the texts")
	cmd.Flags().BoolVar(&opt.AllAnnotators, "all-annotators", false, "score every annotator's file, not the first of each document")
	mistakeFlags(cmd, &mistakes, &worst)
	return cmd
}

// mistakeFlags are the flags of tables that can show what went wrong.
func mistakeFlags(cmd *cobra.Command, mistakes, worst *int) {
	cmd.Flags().IntVar(worst, "errors", 0, "print this many of the worst classes of mistakes first, with examples")
	cmd.Flags().IntVar(mistakes, "mistakes", 0, "print this many missed and spurious statements first")
}

// mistakes prints the classes that are asked for, then single mistakes.
func (a *app) mistakes(list []bench.Mistake, classes []bench.Class, worst int) error {
	for _, c := range classes[:min(len(classes), max(worst, 0))] {
		if _, err := c.WriteTo(a.stdout); err != nil {
			return err
		}
	}
	for _, m := range list {
		if _, err := m.WriteTo(a.stdout); err != nil {
			return err
		}
	}
	return nil
}

// predictions opens a file of predictions, or makes them from the corpus's texts.
func (a *app) predictions(cmd *cobra.Command, dir, file string) (io.Reader, error) {
	if file != "" {
		content, err := os.ReadFile(file)
		return bytes.NewReader(content), err
	}
	files, errs := newsroom.Files([]string{filepath.Join(dir, "text")})
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	room, err := a.newsroom(nil)
	if err != nil {
		return nil, err
	}
	var contract bytes.Buffer
	bar := a.progress(len(files), "reading")
	captures := (&newsroom.Opening{Stdin: a.stdin, Format: read.Text}).Captures(cmd.Context(), files)
	err = room.Read(cmd.Context(), captures, func(o newsroom.Outcome) error {
		_ = bar.Add(1)
		if o.Err != nil {
			return fmt.Errorf("%s: %w", o.Name, o.Err)
		}
		return wire.Write(&contract, wire.Encode(&o.Document.Revision, &o.Document.Analysis, wire.Options{}))
	})
	return &contract, err
}
