package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/english/nn"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "corpus")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// tabs makes columns of a readable table.
func tabs(text string) string { return strings.ReplaceAll(text, " | ", "\t") }

const treebank = `# sent_id = a-1
# text = Ann didn't leave.
1 | Ann | Ann | PROPN | NNP | _ | 4 | nsubj | _ | Entity=(1-person-new-cf1-1-sgl)
2-3 | didn't | _ | _ | _ | _ | _ | _ | _ | _
2 | did | do | AUX | VBD | _ | 4 | aux | _ | _
3 | n't | not | PART | RB | _ | 4 | advmod | _ | _
4 | leave | leave | VERB | VB | _ | 0 | root | _ | _
4.1 | leave | leave | VERB | VB | _ | _ | _ | _ | _
5 | . | . | PUNCT | . | _ | 4 | punct | _ | _

`

func TestTreebankWordsWithoutRangesAndEmptyNodes(t *testing.T) {
	all, err := readTreebank(write(t, tabs(treebank)))
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}
	if got := fmt.Sprint(all[0].words, all[0].head, all[0].rel); got != "[Ann did n't leave .] [3 3 3 3 3] [nsubj aux advmod root punct]" {
		t.Error(got)
	}
}

func TestTreebankErrorsSayWhere(t *testing.T) {
	path := write(t, "# sent_id = a-1\n1\tAnn\n")
	if _, err := readTreebank(path); err == nil || !strings.Contains(err.Error(), path+":2: 2 columns") {
		t.Error(err)
	}
}

// tagsText writes name tags for people.
func tagsText(tags []int) string {
	var b strings.Builder
	for _, t := range tags {
		if t == 0 {
			b.WriteString("O ")
			continue
		}
		fmt.Fprintf(&b, "%c-%s ", "BIES"[(t-1)%4], nn.Kind((t-1)/4))
	}
	return strings.TrimSpace(b.String())
}

func TestNamesOfTokensSpreadOverWords(t *testing.T) {
	all, err := readTreebank(write(t, tabs(treebank)))
	if err != nil {
		t.Fatal(err)
	}
	marks := tabs("# sent_id = a-1\n1 | Ann | B-PER | - | -\n2 | didn't | I-PER | - | -\n3 | leave | B-OTH | - | -\n4 | . | B-O | - | -\n")
	if err := addIOB2(all, write(t, marks)); err != nil {
		t.Fatal(err)
	}
	if got := tagsText(all[0].names); got != "B-PER I-PER E-PER O O" || all[0].nameFor != 1 {
		t.Error(got, all[0].nameFor)
	}
}

func TestWikiGoldMarks(t *testing.T) {
	all, err := readColumns(write(t, "Oslo I-LOC\nis O\n\nRed I-ORG\nCross I-ORG\nAnn B-PER\nLie I-PER\nDane I-MISC\n"))
	if err != nil || len(all) != 2 {
		t.Fatal(len(all), err)
	}
	if got := tagsText(all[1].names); got != "B-ORG E-ORG B-PER E-PER O" || all[0].tree {
		t.Error(got)
	}
}

func TestNamesWithinGUMsMentions(t *testing.T) {
	for _, c := range []struct{ name, rows, want string }{
		{
			"a name without its article and title",
			"1 | the | the | DET | DT | _ | 3 | det | _ | Entity=(1-person-new-cf1-3-coref\n2 | spokesman | spokesman | NOUN | NN | _ | 3 | compound | _ | _\n3 | Lie | Lie | PROPN | NNP | _ | 0 | root | _ | Entity=1)",
			"O O S-PER",
		},
		{
			"the outer of two",
			"1 | University | University | PROPN | NNP | _ | 0 | root | _ | Entity=(1-organization-new-cf1-1-sgl\n2 | of | of | ADP | IN | _ | 3 | case | _ | _\n3 | Oslo | Oslo | PROPN | NNP | _ | 1 | nmod | _ | Entity=(2-place-new-cf2-1-sgl)1)",
			"B-ORG I-ORG E-ORG",
		},
		{
			"no name where the head is no proper noun",
			"1 | Oslo | Oslo | PROPN | NNP | _ | 2 | compound | _ | Entity=(1-place-new-cf1-2-sgl(2-place-new-cf2-1-sgl)\n2 | streets | street | NOUN | NNS | _ | 0 | root | _ | Entity=1)",
			"S-LOC O",
		},
	} {
		all, err := readTreebank(write(t, tabs(c.rows+"\n\n")))
		if err != nil {
			t.Fatal(err)
		}
		gumNames(all[0])
		if got := tagsText(all[0].names); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// In another guise a sentence keeps its tree and its names, and the first stays as
// it was.
func TestGuisesKeepTheTree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	e := smallCorpus()[0]
	words := slices.Clone(e.words)
	other, shorter := 0, 0
	for range 2000 {
		g := guise(e, r)
		if !strings.EqualFold(strings.Join(g.words, " "), strings.Join(words[:len(g.words)], " ")) {
			t.Fatalf("%q became %q", words, g.words)
		}
		if len(g.head) != len(g.words) || len(g.names) != len(g.words) {
			t.Fatalf("%d words, %d heads, %d names", len(g.words), len(g.head), len(g.names))
		}
		if !slices.Equal(g.words, words[:len(g.words)]) {
			other++
		}
		if len(g.words) < len(words) {
			shorter++
		}
	}
	if !slices.Equal(e.words, words) || other < 200 || other > 500 || shorter < 100 || shorter > 500 {
		t.Errorf("%v; %d of 2,000 otherwise, %d shorter", e.words, other, shorter)
	}
}

func TestExchangedNamesKeepKindAndLength(t *testing.T) {
	corpus := smallCorpus()
	other := &example{words: []string{"Lima", "and", "Medical", "Board", "met", "Bo"}, names: []int{
		nn.NameTag(nn.Place, 0, 1), 0, nn.NameTag(nn.Organisation, 0, 2), nn.NameTag(nn.Organisation, 1, 2), 0, nn.NameTag(nn.Person, 0, 1),
	}, nameFor: 1}
	x := newExchange(append(corpus, other))
	r := rand.New(rand.NewPCG(1, 1))
	seen := map[string]bool{}
	for range 200 {
		e := x.apply(corpus[0], r)
		seen[e.words[0]+" "+e.words[5]] = true
		if e.lemma[0] != e.words[0] || e.lemma[5] != e.words[5] || !slices.Equal(e.words[1:5], corpus[0].words[1:5]) {
			t.Fatalf("%q, lemmas %q", e.words, e.lemma)
		}
		if two := x.apply(corpus[1], r).words; two[2] != "doctors" || two[0] == "Red" != (two[1] == "Cross") {
			t.Fatalf("%q", two)
		}
	}
	if len(seen) != 4 || !slices.Equal(corpus[0].words, smallCorpus()[0].words) {
		t.Errorf("%v; %q", seen, corpus[0].words)
	}
}

// Training goes on from a checkpoint exactly as it would have without a stop.
func TestGoingOnChangesNothing(t *testing.T) {
	var examples []*example
	for range 40 {
		examples = append(examples, smallCorpus()...)
	}
	train := func(n *network, work string, stops []int) []float32 {
		var tr *trainer
		for _, stop := range stops {
			tr = &trainer{options: options{batch: 60, epochs: 3, rate: 2e-3, work: work, seed: 1}, network: n, corpora: &corpora{train: examples}}
			for k := range tr.workers {
				tr.workers[k] = &worker{n: n, id: k}
			}
			if err := tr.resume(); err != nil {
				t.Fatal(err)
			}
			for tr.epoch < stop {
				tr.oneEpoch()
			}
			if err := tr.save(); err != nil {
				t.Fatal(err)
			}
			if stop != stops[len(stops)-1] {
				n = smallNetwork(smallCorpus())
			}
		}
		var all []float32
		for _, p := range tr.network.all {
			all = append(append(all, p.w...), p.avg...)
		}
		return all
	}
	once := train(smallNetwork(smallCorpus()), t.TempDir(), []int{3})
	twice := train(smallNetwork(smallCorpus()), t.TempDir(), []int{1, 3})
	if !slices.Equal(once, twice) {
		t.Error("weights differ")
	}
}

// A few steps teach a small network its sentences.
func TestTrainingLearns(t *testing.T) {
	var examples []*example
	for range 30 {
		examples = append(examples, smallCorpus()...)
	}
	n := smallNetwork(smallCorpus())
	tr := &trainer{options: options{batch: 40, epochs: 60, rate: 1e-2, seed: 1}, network: n, corpora: &corpora{train: examples}}
	for k := range tr.workers {
		tr.workers[k] = &worker{n: n, id: k}
	}
	for tr.epoch < 60 {
		tr.oneEpoch()
	}
	b, err := n.file(true, nil).Encode()
	if err != nil {
		t.Fatal(err)
	}
	m, err := nn.Load(b)
	if err != nil {
		t.Fatal(err)
	}
	f := score(m, smallCorpus()[:2])
	if f.las != f.words || f.upos != f.words || f.lemma != f.words || f.right != f.gold || f.found != f.gold {
		t.Error(f)
	}
}
