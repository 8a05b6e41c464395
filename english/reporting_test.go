package english_test

import (
	"os"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/conllu"
)

const newsReporting = "testdata/reporting/news.conllu"

func readNewsReporting(t *testing.T) []*conllu.Sentence {
	t.Helper()
	f, err := os.Open(newsReporting)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := conllu.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The relations and tags of Universal Dependencies 2 that English uses.
const (
	relations = " acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt conj cop csubj " +
		"csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat goeswith iobj list mark nmod nmod:desc nmod:poss " +
		"nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked orphan parataxis punct reparandum root vocative xcomp "
	parts = " ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X "
)

// The gold trees themselves: one rooted tree a sentence, known tags, no word
// hanging on a punctuation mark, marks that cross no other arc, and a text that
// the words make up.
func TestNewsReportingTreesAreTrees(t *testing.T) {
	all := readNewsReporting(t)
	if len(all) < 200 {
		t.Errorf("%d sentences, want 200", len(all))
	}
	text, _ := conllu.Document(all)
	checkTrees(t, text)
	for i, s := range all {
		id, _ := s.Comment("sent_id")
		if p, _ := s.Comment("phenomenon"); p == "" {
			t.Errorf("%s is a case of nothing", id)
		}
		if want, _ := s.Comment("text"); want != text.Sentences[i].Span.In(text.Source) {
			t.Errorf("%s: words make up %q, want %q", id, text.Sentences[i].Span.In(text.Source), want)
		}
		for k, w := range s.Words {
			checkWord(t, id, s, k+1, w)
		}
	}
}

func checkWord(t *testing.T, id string, s *conllu.Sentence, at int, w conllu.Word) {
	t.Helper()
	if !strings.Contains(relations, " "+w.Relation+" ") || !strings.Contains(parts, " "+w.UPOS+" ") || w.XPOS == "" || w.Lemma == "" {
		t.Errorf("%s: word %d has tags %q, %q, relation %q, lemma %q", id, at, w.UPOS, w.XPOS, w.Relation, w.Lemma)
	}
	if (w.Head == 0) != (w.Relation == "root") || (w.UPOS == "PUNCT") != (w.Relation == "punct") {
		t.Errorf("%s: word %d, %s, has head %d and relation %s", id, at, w.UPOS, w.Head, w.Relation)
	}
	if w.Head > 0 && s.Words[w.Head-1].UPOS == "PUNCT" {
		t.Errorf("%s: word %d hangs on a punctuation mark", id, at)
	}
	if w.Relation != "punct" {
		return
	}
	low, high := min(at, w.Head), max(at, w.Head)
	for k, o := range s.Words {
		a, b := min(k+1, o.Head), max(k+1, o.Head)
		if a > 0 && (low < a && a < high && high < b || a < low && low < b && b < high) {
			t.Errorf("%s: the mark %d crosses the arc from word %d", id, at, k+1)
		}
	}
}

// The floors lie a little under what the embedded model reaches; raise them with it.
func TestNewsReportingIsReadRightly(t *testing.T) {
	if !load(t).Trees() {
		t.Skip("built without a model")
	}
	rows, err := bench.EnglishFile(load(t), newsReporting)
	if err != nil {
		t.Fatal(err)
	}
	raw, given := rows[0].Scores, rows[1].Scores
	for _, f := range []struct {
		name    string
		score   bench.Score
		atLeast float64
	}{
		{"sentences of raw text", raw.Sentences, 99},
		{"UPOS", given.UPOS, 98},
		{"UAS", given.UAS, 93},
		{"LAS", given.LAS, 91},
		{"reports", given.Reports, 75.5},
	} {
		got := 100 * f.score.F1()
		t.Logf("%s %.2f", f.name, got)
		if got < f.atLeast {
			t.Errorf("%s %.2f, were at least %.1f", f.name, got, f.atLeast)
		}
	}
}
