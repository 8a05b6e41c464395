package newsroom_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/newsroom"
	"github.com/onrecord/onrecord/read"
)

// An article goes from its bytes to a kept record, and the ledger is asked what
// somebody said.
func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "onrecord")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)

	store, err := sqlite.Open(ctx, filepath.Join(folder, "ledger.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()
	d, err := desk.New()
	if err != nil {
		log.Fatal(err)
	}
	room := newsroom.Newsroom{Desk: d, Keeper: store}

	article := strings.NewReader("“The bridge is safe,” Mayor Lena Okafor said on Monday.")
	captures := read.Captures(article, "stdin", read.Text, read.Given{Publisher: "The Courier"})
	err = room.Read(ctx, captures, func(o newsroom.Outcome) error { return o.Err })
	if err != nil {
		log.Fatal(err)
	}

	answer, err := store.Said(ctx, ledger.Query{By: "Okafor", About: "bridge"})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range answer.Rows {
		fmt.Printf("%s, in %s: %s\n", r.Speaker.Name, r.Article.Publisher, r.Texts.Content)
	}
	// Output: Lena Okafor, in The Courier: “The bridge is safe,”
}
