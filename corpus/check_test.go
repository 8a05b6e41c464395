package corpus

import (
	"strings"
	"testing"
)

// One fault each; the good example above them has none.
func TestFaultsAreFound(t *testing.T) {
	const good = `S1 @s1
source: {Roth} | named person E1
cue: {said} | say speech
content: {“Go home,”} + {that Duarte thinks “it is over”} @s2
S2 @s2 in S1
source: {Duarte} | named person
cue: {thinks} | think belief
content: {“it is over”}
E1 person Roth: {Roth} @s1
- s3 quotation {“Fin”}`
	const text = "“Go home,” Roth said.\nHe added that Duarte thinks “it is over”.\nThe film was “Fin”."
	block := good + "\n"
	d, a := annotated(t, text, good)
	if faults := Check(d, a); len(faults) > 0 {
		t.Fatalf("the good example: %v", faults)
	}
	for _, tt := range []struct{ name, old, with, want string }{
		{"a guess", "S1 @s1", "S1 @s1 guess", "still a guess"},
		{"a form", "named person E1", "person E1", `form ""`},
		{"a class", "think belief", "think thought", `class "thought"`},
		{"how", "content: {“it is over”}", "content: {“it is over”}\nhow: yes maybe", `"maybe"`},
		{"refused and not neutral", "content: {“it is over”}", "content: {“it is over”}\nhow: refused affirms", "neutral"},
		{"a cue in pieces", "{said} | say", "{said} + {added} @s2 | say", "2 pieces"},
		{"overlap between roles", "source: {Duarte}", "source: {Duarte thinks}", "source and cue overlap"},
		{"overlap within a role", "{“Go home,”} +", "{“Go home,”} + {home} +", "pieces of content overlap"},
		{"an implicit source with words", "{Duarte} | named", "{Duarte} | implicit", "implicit"},
		{"no content", "content: {“it is over”}", "content: -", "no content"},
		{"half of the marks", "{“it is over”}", "{“it is over}", "one of the two marks"},
		{"an edge", "{“it is over”}\n", "{“it is over”.}\n", "punctuation at its edge"},
		{"a missing entity", "person E1\n", "person E7\n", "no entity E7"},
		{"nested and not said so", "S2 @s2 in S1", "S2 @s2", "stands in the content of S1"},
		{"in nothing", "S2 @s2 in S1", "S2 @s2 in S5", "no S5"},
		{"in itself", "S2 @s2 in S1", "S2 @s2 in S2", "circle"},
		{"outside the outer", "content: {“it is over”}", "content: {Roth} @s1", "must lie in the content of S1"},
		{"a quotation nobody looked at", "- s3", "# s3", "in no statement"},
		{"a quotation still asked about", "- s3", "? s3", "nobody has looked"},
		{"two of one name", "S2 @s2 in S1", "S1 @s2", "this name"},
	} {
		if !strings.Contains(block, tt.old) {
			t.Fatalf("%s: %q is not in the example", tt.name, tt.old)
		}
		a, err := Parse(strings.NewReader("== statements\n"+strings.Replace(block, tt.old, tt.with, 1)), d)
		var found []string
		if err != nil {
			found = append(found, err.Error())
		}
		for _, f := range Check(d, a) {
			found = append(found, f.String())
		}
		if !strings.Contains(strings.Join(found, "\n"), tt.want) {
			t.Errorf("%s: %q, want one with %q", tt.name, found, tt.want)
		}
	}
}

func TestRefusedGuessesCountAsLookedAt(t *testing.T) {
	d, a := annotated(t, "Her “art” was bad.", "S1 @s1 no\nsource: {Her} | pronoun person\ncue: {was} | be speech\ncontent: {“art”}")
	if len(a.Statements) != 0 || len(a.Looked) != 1 || len(Check(d, a)) != 0 {
		t.Errorf("statements %v, looked at %v, faults %v", a.Statements, a.Looked, Check(d, a))
	}
}
