package bench_test

import (
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/bench"
)

// One attribution is annotated, and found with a source that is a word short: it
// counts as detected and not as whole.
func ExampleStatements() {
	gold := &bench.Gold{Documents: []bench.Document{{
		Name: "harbour",
		Text: "The harbour master said the ferry would not sail.",
		Annotators: []bench.Annotator{{Attributions: []bench.Attribution{{
			Source: []bench.Span{{Start: 0, End: 18}}, Cue: []bench.Span{{Start: 19, End: 23}}, Content: []bench.Span{{Start: 24, End: 48}},
		}}}},
	}}}
	line := `{"document": {"path": "harbour.txt"}, "statements": [{"source": {"spans": [[4, 18]]}, ` +
		`"cue": {"spans": [[19, 23]]}, "content": {"spans": [[24, 48]]}}]}`
	found, err := bench.ReadPredictions(strings.NewReader(line), gold)
	if err != nil {
		fmt.Println(err)
		return
	}
	table := bench.Statements(gold, found, bench.Options{})
	fmt.Printf("detected %.0f %%, whole %.0f %%\n", 100*table.Detected.F1(), 100*table.Whole.F1())
	for _, m := range bench.Errors(gold, found, bench.Options{}, -1) {
		fmt.Println("mistake:", m.Content)
	}
	// Output: detected 100 %, whole 0 %
}
