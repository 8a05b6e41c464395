package nn

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shippedModel is the model beside the code.
func shippedModel(t testing.TB) *Model {
	t.Helper()
	data, err := os.ReadFile("../model/english.bin")
	if err != nil {
		t.Skip("no model: ", err)
	}
	m, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// treebankWords are the sentences of GUM's development part, without their trees.
func treebankWords(t *testing.T) [][]string {
	t.Helper()
	shared := os.Getenv("ONRECORD_SHARED")
	if shared == "" {
		t.Skip("ONRECORD_SHARED is not set: no corpora")
	}
	f, err := os.Open(filepath.Join(shared, "data/gum/en_gum-open-dev.conllu"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, lines := [][]string{nil}, bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		cols := strings.Split(lines.Text(), "\t")
		switch {
		case lines.Text() == "":
			all = append(all, nil)
		case len(cols) == 10 && !strings.ContainsAny(cols[0], "-."):
			all[len(all)-1] = append(all[len(all)-1], cols[1])
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// Of 10,000 decisions at most one may differ between two families of kernels.
func TestKernelFamiliesAgreeOnATreebank(t *testing.T) {
	shippedModel(t)
	sentences := treebankWords(t)
	before := Kernels()
	defer Use(before)
	var want []Sentence
	for i, name := range Available() {
		Use(name)
		got := make([]Sentence, len(sentences))
		shippedModel(t).Tag(sentences, got)
		if i == 0 {
			want = got
			continue
		}
		decisions, other := 0, 0
		for s := range got {
			for j, a := range got[s].Tokens {
				b := want[s].Tokens[j]
				decisions += 4
				for _, same := range []bool{a.UPOS == b.UPOS && a.XPOS == b.XPOS, a.Lemma == b.Lemma, a.Head == b.Head, a.Relation == b.Relation} {
					if !same {
						other++
					}
				}
			}
		}
		t.Logf("%s and %s: %d of %d decisions differ", name, Available()[0], other, decisions)
		if decisions == 0 || other*10000 > decisions {
			t.Errorf("%s and %s differ in %d of %d decisions", name, Available()[0], other, decisions)
		}
	}
}
