package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/conllu"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/newsroom"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/read"
)

func (a *app) parseVerb() *cobra.Command {
	o := readOptions{from: read.Auto}
	cmd := &cobra.Command{
		Use:   "parse FILE…",
		Short: "Print the sentences, words, trees and names of articles as CoNLL-U",
		Long: `Analyse articles as English and print them as CoNLL-U, the format of Universal
Dependencies: a word a line with its lemma, tags, head and relation. Names stand in
the last column in IOB2: Name=B-PER, I-PER; PER, ORG and LOC. Nothing is kept.`,
		Example: `  onrecord parse article.txt
  echo 'The mayor said taxes will not rise.' | onrecord parse -`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return onrecord.WithHint(fmt.Errorf("%w: nothing to parse", errUsage), "name files, folders or globs, or - for standard input")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.parse(cmd.Context(), args, o) },
	}
	choose(cmd, &o.from, "from", "what the files are", read.Auto, read.Text, read.HTML, read.JSONL)
	return cmd
}

func (a *app) parse(ctx context.Context, args []string, o readOptions) error {
	files, errs := newsroom.Files(args)
	for _, err := range errs {
		a.complain("", err)
	}
	failed := len(errs)
	analyser, err := a.analyser()
	if err != nil {
		return err
	}
	opening, err := a.opening(ctx, files, &o)
	if err != nil {
		return err
	}
	for capture, err := range opening.Captures(ctx, files) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		rev, err := revision(capture, err)
		if err != nil {
			failed++
			a.complain(capture.Address, err)
			continue
		}
		paragraphs := quote.Paragraphs(rev.Text)
		text := analyser.Analyse(rev.Text, paragraphs, rev.Zones)
		for _, cut := range english.Cuts(&text) {
			a.complain(capture.Address, errors.New(cut.Message))
		}
		for i, s := range conllu.FromText(&text, paragraphs) {
			if i == 0 {
				s.Comments = append([]string{"# newdoc id = " + rev.Hash().String()}, s.Comments...)
			}
			if _, err := s.WriteTo(a.stdout); err != nil {
				return fmt.Errorf("writing CoNLL-U: %w", err)
			}
		}
	}
	if failed > 0 {
		return errPartial
	}
	return nil
}

// revision reads a capture that may not have come.
func revision(c onrecord.Capture, err error) (onrecord.Revision, error) {
	if err != nil {
		return onrecord.Revision{}, err
	}
	return read.Revision(&c)
}

func (a *app) benchEnglishVerb() *cobra.Command {
	var part string
	cmd := &cobra.Command{
		Use:   "english DIR",
		Short: "Score the English analyser against treebanks",
		Long: `Analyse the CoNLL-U files under DIR, as raw text whose paragraphs are known and
with their own tokens, and score them by the definitions of the CoNLL 2018 shared
task; IOB2 files are scored for names. Where a file names the words that report in
its last column (Report=), the share of sentences whose reporting is right is printed
as "reports". Of files that come in parts, as
"en_ewt-ud-dev.conllu" does, the part named by --part is scored. One core is used.`,
		Args: exactly(1, "a folder of treebanks"),
		RunE: func(_ *cobra.Command, args []string) error {
			files, err := bench.Treebanks(args[0], part)
			if err != nil {
				return err
			}
			analyser, err := a.analyser()
			if err != nil {
				return err
			}
			for _, file := range files {
				rows, err := bench.EnglishFile(analyser, file)
				if err != nil {
					return err
				}
				for _, row := range rows {
					if _, err := row.WriteTo(a.stdout); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&part, "part", "dev", "score this part of files that come in parts")
	return cmd
}
