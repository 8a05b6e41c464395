package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
)

func (a *app) benchPagesVerb() *cobra.Command {
	worst, half := 0, ""
	cmd := &cobra.Command{
		Use:   "pages DIR",
		Short: "Score article bodies and metadata of web pages against annotated ones",
		Long: `Read the pages of scrapinghub's article extraction benchmark (DIR has a ground-truth.json)
or of the parser tests of Fundus (DIR has a folder a country), and score body, title, time
and authors. Nothing is kept. The body's F1 has a 95 % interval from resampling pages; the
time of a page is the least of three readings.`,
		Args: exactly(1, "a folder of pages"),
		RunE: func(_ *cobra.Command, args []string) error {
			pages, err := bench.OpenPages(args[0])
			if err != nil {
				return err
			}
			switch half {
			case "":
			case "odd", "even":
				pages = bench.Half(pages, half == "odd")
			default:
				return fmt.Errorf("--half %s: want odd or even: %w", half, onrecord.ErrInvalid)
			}
			var figures bench.Pages
			bar := a.progress(len(pages), "reading")
			for i := range pages {
				figures = append(figures, bench.ReadPage(&pages[i]))
				_ = bar.Add(1)
			}
			if err := figures.Worst(a.stdout, max(worst, 0)); err != nil {
				return err
			}
			_, err = figures.WriteTo(a.stdout)
			return err
		},
	}
	cmd.Flags().IntVar(&worst, "errors", 0, "print this many of the worst pages first")
	cmd.Flags().StringVar(&half, "half", "", "score the pages of every second publisher only: odd or even")
	return cmd
}
