package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// A document is kept with what was found in it, and asked for by who said what.
func Example() {
	dir, err := os.MkdirTemp("", "ledger")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	store, err := sqlite.Open(ctx, filepath.Join(dir, "ledger.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer store.Close()

	text := "Mayor Bell said the well was dry."
	capture := onrecord.Capture{Bytes: []byte(text), Address: "https://news.example/well"}
	kept, err := store.Keep(ctx, ledger.Document{
		Capture:  capture,
		Revision: onrecord.Revision{Capture: capture.Hash(), Text: text, URL: capture.Address, Language: "en"},
		Analysis: onrecord.Analysis{
			MadeBy: onrecord.Versions{"said": "said.v1"},
			Statements: []onrecord.Statement{{
				ID:      "S1",
				Source:  onrecord.Source{Spans: []onrecord.Span{{Start: 0, End: 10}}, Form: onrecord.Named},
				Cue:     onrecord.Cue{Spans: []onrecord.Span{{Start: 11, End: 15}}},
				Content: onrecord.Content{Spans: []onrecord.Span{{Start: 16, End: 32}}},
				Quoted:  onrecord.Indirect,
			}},
		},
	})
	if err != nil || kept[0].Err != nil {
		fmt.Println(err, kept)
		return
	}
	fmt.Println(kept[0].Status)

	answer, err := store.Said(ctx, ledger.Query{By: "bell", About: "well"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range answer.Rows {
		fmt.Printf("%s: %s (%s, bytes %s)\n", r.Speaker.Name, r.Texts.Content, r.Article.Publisher, r.Statement.Content.Spans[0])
	}
	// Output:
	// new
	// Mayor Bell: the well was dry (news.example, bytes [16, 32))
}
