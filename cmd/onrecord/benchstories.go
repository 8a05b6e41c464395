package main

import (
	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/bench"
)

func (a *app) benchStoriesVerb() *cobra.Command {
	var orders, worst int
	cmd := &cobra.Command{
		Use:   "stories DIR",
		Short: "Score stories against a folder of ECB+",
		Long: `Read the documents of ECB+ in DIR, without dates, give each its story as they come in
seeded orders, and score by B-cubed: once as told when each came, once after a review.`,
		Args: exactly(1, "a folder of ECB+"),
		RunE: func(_ *cobra.Command, args []string) error {
			docs, err := bench.OpenStories(args[0])
			if err != nil {
				return err
			}
			figures := bench.ScoreStories(docs, max(orders, 1))
			for i := range figures.Worst[:min(len(figures.Worst), max(worst, 0))] {
				if _, err := figures.Worst[i].WriteTo(a.stdout); err != nil {
					return err
				}
			}
			_, err = figures.WriteTo(a.stdout)
			return err
		},
	}
	cmd.Flags().IntVar(&orders, "orders", 5, "how many orders")
	cmd.Flags().IntVar(&worst, "errors", 0, "print this many of the worst merges and splits of the first order first")
	return cmd
}

func (a *app) benchCopiesVerb() *cobra.Command {
	var stories, pairs string
	cmd := &cobra.Command{
		Use:   "copies DIR",
		Short: "Score copies that are made from the articles of Fundus's tests",
		Long: `Read the articles in DIR, a folder a country with a JSON file a publisher, make copies of
each by a seeded hand (cut, edited, with furniture, mixed), and count how many are found and
how many pairs are named that share no text. With --stories and --pairs, pairs of
documents of ECB+ that report one happening in words of their own are counted too.`,
		Args: exactly(1, "a folder of articles"),
		RunE: func(_ *cobra.Command, args []string) error {
			articles, err := bench.OpenTexts(args[0])
			if err != nil {
				return err
			}
			figures := bench.ScoreCopies(articles)
			if stories != "" && pairs != "" {
				docs, err := bench.OpenStories(stories)
				if err != nil {
					return err
				}
				list, err := bench.OpenPairs(pairs)
				if err != nil {
					return err
				}
				if err := figures.AddPairs(docs, list); err != nil {
					return err
				}
			}
			_, err = figures.WriteTo(a.stdout)
			return err
		},
	}
	cmd.Flags().StringVar(&stories, "stories", "", "a folder of ECB+")
	cmd.Flags().StringVar(&pairs, "pairs", "", "a file of pairs of its documents")
	cmd.MarkFlagsRequiredTogether("stories", "pairs")
	return cmd
}
