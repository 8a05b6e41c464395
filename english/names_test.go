package english

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// tagged makes a text of words: "Ames/PROPN" is a proper noun.
func tagged(words string) onrecord.Text {
	var t onrecord.Text
	for w := range strings.FieldsSeq(words) {
		word, tag, _ := strings.Cut(w, "/")
		start := len(t.Source)
		t.Source += word + " "
		t.Tokens = append(t.Tokens, onrecord.Token{Span: onrecord.Span{Start: start, End: start + len(word)}, UPOS: tag})
	}
	t.Sentences = []onrecord.Sentence{{Span: onrecord.Span{Start: 0, End: len(t.Source)}, Last: len(t.Tokens)}}
	return t
}

func TestRepeatNames(t *testing.T) {
	for name, c := range map[string]struct {
		words string
		sure  float32
		want  []string
	}{
		"the same words are the same name": {"Noida/PROPN has buses to Noida/PROPN", 0.9, []string{"Noida", "Noida"}},
		"an unsure name speaks for none":   {"Noida/PROPN has buses to Noida/PROPN", 0.5, []string{"Noida"}},
		"a longer run is another name":     {"Noida/PROPN has buses to Greater/PROPN Noida/PROPN", 0.9, []string{"Noida"}},
		"a common noun is none":            {"Noida/PROPN has buses to Noida/NOUN", 0.9, []string{"Noida"}},
		"far away it may be another":       {"Noida/PROPN " + strings.Repeat("word ", near/5) + "Noida/PROPN", 0.9, []string{"Noida"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := tagged(c.words)
			text.Names = []onrecord.Name{{Span: text.Tokens[0].Span, Kind: onrecord.PlaceEntity, Confidence: c.sure}}
			repeatNames(&text)
			var got []string
			for _, n := range text.Names {
				if n.Kind != onrecord.PlaceEntity {
					t.Errorf("%v is a %s", n.Span, n.Kind)
				}
				got = append(got, n.Span.In(text.Source))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
