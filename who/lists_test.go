package who

import (
	"bytes"
	"errors"
	"testing"

	"github.com/onrecord/onrecord"
)

func TestListsTellWhatWordsMean(t *testing.T) {
	l, err := loadLists()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]nature{"minister": personNature, "committee": groupNature, "town": placeNature, "widow": personNature, "boat": unknownNature} {
		if got := l.natures[word]; got != want {
			t.Errorf("nature of %q: %d, want %d", word, got, want)
		}
	}
	for name, want := range map[string]gender{"ada": feminine, "omar": masculine, "quist": 0} {
		if got := l.given[name]; got != want {
			t.Errorf("gender of %q: %d, want %d", name, got, want)
		}
	}
	if l.genders["widow"] != feminine || l.genders["minister"] != 0 {
		t.Error("genders of nouns")
	}
	for word, p := range l.pronouns {
		if p.person < 1 || p.person > 3 || p.class == "" || p.family == "" {
			t.Errorf("pronoun %q: %+v", word, p)
		}
	}
	if p := l.pronouns["her"]; p.family != "she" || p.gender != feminine || p.number != singular {
		t.Errorf("her: %+v", p)
	}
}

func TestModelIsWhole(t *testing.T) {
	if !bytes.Contains(modelData, []byte("Licence: CC BY-SA 4.0")) || !bytes.Contains(modelData, []byte("To regenerate:")) {
		t.Error("no header")
	}
	if len(modelData) > 1<<20 {
		t.Errorf("%d bytes", len(modelData))
	}
	if _, err := loadModel(modelData[:len(modelData)-1]); !errors.Is(err, onrecord.ErrInvalid) {
		t.Errorf("a model cut short: %v", err)
	}
	weights := make([]float32, tableSize)
	weights[3], weights[5] = 2.54, -1.27
	m, err := loadModel(encodeModel("header", weights))
	if err != nil {
		t.Fatal(err)
	}
	choices := []choice{{features: []uint32{3, 5}}, {features: []uint32{5}}, {}}
	m.score(choices)
	if near := func(a, b float64) bool { return a-b < .02 && b-a < .02 }; !near(choices[0].score, 1.27) || !near(choices[1].score, -1.27) || choices[2].score != 0 {
		t.Errorf("scores %v", choices)
	}
}

// A ranker learns from examples what a pronoun goes back to.
func TestFitLearns(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	text := &onrecord.Text{
		Source: "crews met boards they left",
		Tokens: []onrecord.Token{
			{Span: onrecord.Span{Start: 0, End: 5}, Lemma: "crew", UPOS: "NOUN", XPOS: "NNS", Head: 1, Relation: "nsubj"},
			{Span: onrecord.Span{Start: 6, End: 9}, Lemma: "meet", UPOS: "VERB", XPOS: "VBD", Head: 1, Relation: "root"},
			{Span: onrecord.Span{Start: 10, End: 16}, Lemma: "board", UPOS: "NOUN", XPOS: "NNS", Head: 1, Relation: "obj"},
			{Span: onrecord.Span{Start: 17, End: 21}, Lemma: "they", UPOS: "PRON", XPOS: "PRP", Head: 4, Relation: "nsubj"},
			{Span: onrecord.Span{Start: 22, End: 26}, Lemma: "leave", UPOS: "VERB", XPOS: "VBD", Head: 4, Relation: "root"},
		},
		Sentences: []onrecord.Sentence{{Span: onrecord.Span{Start: 0, End: 16}, Last: 3}, {Span: onrecord.Span{Start: 17, End: 26}, First: 3, Last: 5}},
	}
	crews, boards, they := text.Tokens[0].Span, text.Tokens[2].Span, text.Tokens[3].Span
	for _, antecedent := range []onrecord.Span{crews, boards} {
		var last float64
		file := r.Fit([]Example{{Text: text, Singletons: true, Clusters: [][]onrecord.Span{{antecedent, they}}}}, Fitting{Header: "test", Epochs: 30, Report: func(_ int, loss float64) { last = loss }})
		if r.model, err = loadModel(file); err != nil {
			t.Fatal(err)
		}
		found := r.Clusters(text, nil)
		if len(found) != 1 || len(found[0]) != 2 || found[0][0].Span != antecedent || found[0][1].Span != they {
			t.Errorf("taught %q: found %+v (loss %.3f)", antecedent.In(text.Source), found, last)
		}
	}
}
