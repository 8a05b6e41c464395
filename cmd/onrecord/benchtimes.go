package main

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/newsroom"
	"github.com/onrecord/onrecord/read"
	"github.com/onrecord/onrecord/wire"
)

func (a *app) benchTimesVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "times DIR",
		Short: "Score time expressions against a folder of TimeML files",
		Long: `Read the texts of the TimeML files in DIR, find the time expressions in them with each
file's creation time as the publication, and score extents, types and values by the
definitions of TempEval-3's task A. Nothing is kept.`,
		Args: exactly(1, "a folder of TimeML files"),
		RunE: func(cmd *cobra.Command, args []string) error {
			documents, err := bench.OpenTimes(args[0])
			if err != nil {
				return err
			}
			lines := make([][]byte, len(documents))
			gold := map[string][]bench.Timex{}
			for i := range documents {
				lines[i] = documents[i].Input()
				gold[documents[i].Name] = documents[i].Gold
			}
			var figures bench.Times
			return a.score(cmd.Context(), lines, &figures, func(d *wire.Document) {
				figures.Add(gold[d.Document.Path], bench.TimexesOf(d))
			})
		},
	}
}

// score analyses articles, given as lines of JSON, counts each and prints the figures.
func (a *app) score(ctx context.Context, lines [][]byte, figures io.WriterTo, add func(*wire.Document)) error {
	room, err := a.newsroom(nil)
	if err != nil {
		return err
	}
	bar := a.progress(len(lines), "scoring")
	captures := func(yield func(onrecord.Capture, error) bool) {
		for _, line := range lines {
			for c, err := range read.Captures(bytes.NewReader(line), "corpus.jsonl", read.JSONL, read.Given{}) {
				if !yield(c, err) {
					return
				}
			}
		}
	}
	err = room.Read(ctx, captures, func(o newsroom.Outcome) error {
		if o.Err != nil {
			return fmt.Errorf("%s: %w", o.Name, o.Err)
		}
		_ = bar.Add(1)
		document := wire.Encode(&o.Document.Revision, &o.Document.Analysis, wire.Options{})
		add(&document)
		return nil
	})
	if err != nil {
		return err
	}
	_, err = figures.WriteTo(a.stdout)
	return err
}
