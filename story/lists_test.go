package story

import "testing"

// TestLists reads both lists whole.
func TestLists(t *testing.T) {
	if len(stops) < 10 {
		t.Errorf("%d lists of stop words", len(stops))
	}
	for _, l := range stops {
		if len(l.languages) == 0 || len(l.words) < 15 {
			t.Errorf("%v: %d words", l.languages, len(l.words))
		}
	}
	for _, line := range entries(boilerFile) {
		if !boilerplate(wordsOf(nil, line)) {
			t.Errorf("%q is not known as furniture", line)
		}
	}
	if boilerplate(wordsOf(nil, "The court ordered the works to stop pumping.")) {
		t.Error("a sentence of an article is taken for furniture")
	}
	for language, word := range map[string]string{"en": "the", "de-AT": "nicht", "": "the"} {
		words := wordsOf(nil, word+" war")
		if markStops(words, language); !words[0].stop || language != "de-AT" && words[1].stop {
			t.Errorf("%q: %v", language, words)
		}
	}
}
