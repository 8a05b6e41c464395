package who_test

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/said"
	"github.com/onrecord/onrecord/who"
)

// analysed is a text as the desk hands it to this stage.
func analysed(tb testing.TB, analyser *english.Analyser, text string) (*onrecord.Text, []onrecord.Statement) {
	tb.Helper()
	finder, err := said.New()
	if err != nil {
		tb.Fatal(err)
	}
	paragraphs := quote.Paragraphs(text)
	found := analyser.Analyse(text, paragraphs, nil)
	words := english.Joined(&found)
	return &words, finder.Find(said.Input{
		Revision: &onrecord.Revision{Text: text, Language: "en"}, Text: &words, Paragraphs: paragraphs, Quotations: quote.FindIn(text, paragraphs),
	})
}

const harbour = `Harbour Minister Ada Quist said on Friday that the harbour would stay closed until divers had searched it.
“We found two mines, and I will not open it before we know that there is no third,” she told reporters in Wesel.

Omar Haddad, who leads the Pilots’ Guild, said his members had lost a week’s wages. The guild wants the ministry to pay them.
“They have known about it since March,” he said. “Nobody told us.” Haddad said that Quist had promised him an answer.

The ministry’s spokeswoman denied that. She said the minister had met the pilots twice, and that they had heard of the mines themselves.
Residents of Weir Lane complained about the noise of the search boats; their councillor, Jan Moss, backed them.
`

func BenchmarkResolve(b *testing.B) {
	analyser, resolver := loaded(b)
	text, statements := analysed(b, analyser, strings.Repeat(harbour+"\n", 4)) // about 500 words
	b.ReportMetric(float64(len(text.Tokens)), "words")
	for b.Loop() {
		resolver.Resolve(text, statements)
	}
}

func loaded(tb testing.TB) (*english.Analyser, *who.Resolver) {
	tb.Helper()
	analyser, err := english.New()
	if err != nil {
		tb.Fatal(err)
	}
	if !analyser.Trees() {
		tb.Skip("built without the model")
	}
	resolver, err := who.New()
	if err != nil {
		tb.Fatal(err)
	}
	return analyser, resolver
}
