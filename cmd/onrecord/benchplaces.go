package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/where"
	"github.com/onrecord/onrecord/wire"
)

func (a *app) benchPlacesVerb() *cobra.Command {
	given := false
	cmd := &cobra.Command{
		Use:   "places FILE",
		Short: "Score places against a corpus in the XML of LGL and TR-News",
		Long: `Read the texts of a corpus of toponyms, find the places in them, and score how many are
recognised and how many of them, and of all, are found within 161 km. Nothing is kept.`,
		Args: exactly(1, "an XML file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			documents, err := bench.OpenPlaces(args[0])
			if err != nil {
				return err
			}
			lines := make([][]byte, len(documents))
			gold := map[string][]bench.Toponym{}
			for i := range documents {
				lines[i] = documents[i].Input()
				gold[documents[i].Name] = documents[i].Gold
			}
			var figures bench.Places
			if given {
				return a.scoreGiven(documents, &figures)
			}
			return a.score(cmd.Context(), lines, &figures, func(d *wire.Document) {
				figures.Add(gold[d.Document.Path], d.Places)
			})
		},
	}
	cmd.Flags().BoolVar(&given, "given", false, "give the names that the corpus marks, and score only where they are")
	return cmd
}

// scoreGiven scores where the names are that a corpus marks.
func (a *app) scoreGiven(documents []bench.Located, figures *bench.Places) error {
	analyser, finder, err := placeFinder()
	if err != nil {
		return err
	}
	bar := a.progress(len(documents), "scoring")
	for i := range documents {
		figures.Add(documents[i].Gold, documents[i].Given(analyser, finder))
		_ = bar.Add(1)
	}
	_, err = figures.WriteTo(a.stdout)
	return err
}

func (a *app) benchMetonymyVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "metonymy FILE",
		Short: "Score what place names stand for against ReLocaR",
		Long: `Read the sentences of a file of ReLocaR, each with one marked place name, and score how
often it is told rightly whether the name means the place.`,
		Args: exactly(1, "an XML file"),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("opening ReLocaR: %w", err)
			}
			defer f.Close() //nolint:errcheck // nothing was written
			analyser, finder, err := placeFinder()
			if err != nil {
				return err
			}
			figures, err := bench.ScoreMetonymy(f, analyser, finder)
			if err != nil {
				return err
			}
			_, err = figures.WriteTo(a.stdout)
			return err
		},
	}
}

// placeFinder is what finds places without a desk.
func placeFinder() (*english.Analyser, *where.Finder, error) {
	analyser, err := english.New()
	if err != nil {
		return nil, nil, fmt.Errorf("load the analyser: %w", err)
	}
	finder, err := where.New()
	if err != nil {
		return nil, nil, fmt.Errorf("load the gazetteer: %w", err)
	}
	return analyser, finder, nil
}
