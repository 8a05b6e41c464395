package bench

import (
	"slices"
	"strings"
	"testing"
)

// A reader sees what went wrong most, and with which words.
func TestClasses(t *testing.T) {
	const text = "Lind said the mill is lost. Prado said it rains. Brandt warned of floods. Quist hopes to win."
	at := func(words string) []Span {
		i := strings.Index(text, words)
		if i < 0 {
			t.Fatalf("%q is not in the text", words)
		}
		return []Span{{i, i + len(words)}}
	}
	gold := &Gold{Documents: []Document{{Name: "a", Text: text, Annotators: []Annotator{{Attributions: []Attribution{
		{Source: at("Lind"), Cue: at("said"), Content: at("the mill is lost")},
		{Source: at("Prado"), Cue: []Span{{34, 38}}, Content: at("it rains")},
		{Source: at("Brandt"), Cue: at("warned of"), Content: at("floods")},
	}}}}}}
	found := map[string][]Prediction{"a": {
		{Attribution: Attribution{Source: at("Lind"), Cue: at("said"), Content: at("the mill is")}},
		{Attribution: Attribution{Source: at("Quist"), Cue: at("hopes"), Content: at("to win")}},
	}}
	var got []string
	for _, c := range Classes(gold, found, Options{}) {
		got = append(got, c.Name+": "+strings.Join(c.Cues, "; "))
	}
	want := []string{
		"found, but its content is cut short: said 1",
		"missed: unquoted, core verb, has source: said 1",
		"missed: unquoted, other cue, has source: warned of 1",
		"spurious: unquoted, other cue, has source: hopes 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("classes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
