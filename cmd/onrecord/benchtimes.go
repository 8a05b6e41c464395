package main

import (
	"bytes"
	"fmt"

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
			room, err := a.newsroom(nil)
			if err != nil {
				return err
			}
			gold := map[string][]bench.Timex{}
			captures := func(yield func(onrecord.Capture, error) bool) {
				for i := range documents {
					d := &documents[i]
					gold[d.Name] = d.Gold
					for c, err := range read.Captures(bytes.NewReader(d.Input()), d.Name, read.JSONL, read.Given{}) {
						if !yield(c, err) {
							return
						}
					}
				}
			}
			bar := a.progress(len(documents), "scoring")
			var figures bench.Times
			err = room.Read(cmd.Context(), captures, func(o newsroom.Outcome) error {
				if o.Err != nil {
					return fmt.Errorf("%s: %w", o.Name, o.Err)
				}
				_ = bar.Add(1)
				document := wire.Encode(&o.Document.Revision, &o.Document.Analysis, wire.Options{})
				figures.Add(gold[document.Document.Path], bench.TimexesOf(&document))
				return nil
			})
			if err != nil {
				return err
			}
			_, err = figures.WriteTo(a.stdout)
			return err
		},
	}
}
