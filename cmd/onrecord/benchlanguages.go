package main

import (
	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/read"
)

func (a *app) benchLanguagesVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "languages DIR",
		Short: "Score the languages that articles are told to be in",
		Long: `Tell the language of the articles in DIR, which is laid out as Fundus's tests are, from
their titles, from the first 60 and 200 characters of their bodies, from their bodies, and from
title and body with what the page declares. Print how many are right, and how long one takes.`,
		Args: exactly(1, "a folder of articles"),
		RunE: func(_ *cobra.Command, args []string) error {
			articles, err := bench.OpenLanguages(args[0])
			if err != nil {
				return err
			}
			figures := bench.ScoreLanguages(articles, read.Language, read.LanguageOf)
			_, err = figures.WriteTo(a.stdout)
			return err
		},
	}
}
