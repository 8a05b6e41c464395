package bench

import (
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/said"
	"github.com/onrecord/onrecord/who"
)

// References returns a function that finds a text's clusters as the desk reads
// texts: analysed, with its statements known.
func References() (func(text string, paragraphs []onrecord.Span) [][]who.Reference, error) {
	analyser, err := english.New()
	if err != nil {
		return nil, fmt.Errorf("load the analyser: %w", err)
	}
	finder, err := said.New()
	if err != nil {
		return nil, fmt.Errorf("load the finder of statements: %w", err)
	}
	resolver, err := who.New()
	if err != nil {
		return nil, fmt.Errorf("load the resolver: %w", err)
	}
	return func(text string, paragraphs []onrecord.Span) [][]who.Reference {
		analysed := analyser.Analyse(text, paragraphs, nil)
		words := english.Joined(&analysed)
		rev := &onrecord.Revision{Text: text, Language: "en"}
		statements := finder.Find(said.Input{Revision: rev, Text: &words, Paragraphs: paragraphs, Quotations: quote.FindIn(text, paragraphs)})
		return resolver.Clusters(&words, statements)
	}, nil
}
