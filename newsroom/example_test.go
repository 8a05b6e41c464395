package newsroom_test

import (
	"context"
	"errors"
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
	folder, err := os.MkdirTemp("", "onrecord")
	if err == nil {
		err = errors.Join(keepAndAsk(context.Background(), filepath.Join(folder, "ledger.db")), os.RemoveAll(folder))
	}
	if err != nil {
		log.Fatal(err)
	}
	// Output: Lena Okafor, in The Courier: “The bridge is safe,”
}

func keepAndAsk(ctx context.Context, path string) error {
	store, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer store.Close()
	d, err := desk.New()
	if err != nil {
		return err
	}

	// Read, analyse and keep: any number of captures, on all cores.
	room := newsroom.Newsroom{Desk: d, Keeper: store}
	article := strings.NewReader("“The bridge is safe,” Mayor Lena Okafor said on Monday.")
	captures := read.Captures(article, "stdin", read.Text, read.Given{Publisher: "The Courier"})
	if err := room.Read(ctx, captures, func(o newsroom.Outcome) error { return o.Err }); err != nil {
		return err
	}

	answer, err := store.Said(ctx, ledger.Query{By: "Okafor", About: "bridge"})
	for _, r := range answer.Rows {
		fmt.Printf("%s, in %s: %s\n", r.Speaker.Name, r.Article.Publisher, r.Texts.Content)
	}
	return err
}
