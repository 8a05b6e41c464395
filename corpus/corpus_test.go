package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/conllu"
)

// files are the annotations there are.
func files(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob("annotations/*.jsonl")
	if err != nil || len(list) == 0 {
		t.Fatalf("no annotations: %v", err)
	}
	return list
}

// treebanks are those ONRECORD_SHARED names.
func treebanks(t *testing.T) *Treebanks {
	t.Helper()
	shared := os.Getenv("ONRECORD_SHARED")
	if shared == "" {
		t.Skip("ONRECORD_SHARED is not set: the treebanks are not at hand")
	}
	b, err := OpenTreebanks(filepath.Join(shared, "data"))
	if err != nil {
		t.Fatalf("ONRECORD_SHARED is set and wrong: %v", err)
	}
	return b
}

// TestAnnotationsAreWellShaped checks what can be checked without the texts.
func TestAnnotationsAreWellShaped(t *testing.T) {
	listed := map[string]Listed{}
	list, err := Documents()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		listed[l.ID] = l
	}
	for _, file := range files(t) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := Decode(f, nil)
		f.Close()
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		l := listed[a.Document]
		if l.Hash != a.Hash || l.Split != a.Split || l.Genre != a.Genre || FileName(a.Document, ".jsonl") != filepath.Base(file) {
			t.Errorf("%s is not the document of documents.tsv: %+v", file, l)
		}
		if a.By == "" {
			t.Errorf("%s: nobody annotated it", file)
		}
		for _, fault := range Shape(a) {
			t.Errorf("%s: %s", file, fault)
		}
	}
}

// TestPassesAreOfTheSameDocuments: the passes that agreement is measured on are
// two readings of the same texts, and well-shaped.
func TestPassesAreOfTheSameDocuments(t *testing.T) {
	read := func(dir string) map[string]*Annotation {
		list, err := filepath.Glob(filepath.Join("passes", dir, "*.jsonl"))
		if err != nil || len(list) == 0 {
			t.Fatalf("no passes in %s: %v", dir, err)
		}
		out := map[string]*Annotation{}
		for _, file := range list {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			a, err := Decode(f, nil)
			f.Close()
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			for _, fault := range Shape(a) {
				t.Errorf("%s: %s", file, fault)
			}
			out[filepath.Base(file)] = a
		}
		return out
	}
	first, second := read("first"), read("second")
	for name, a := range first {
		if b := second[name]; b == nil || a.Hash != b.Hash || a.Document != b.Document {
			t.Errorf("%s: the second pass is missing or of another text", name)
		} else if a.By == b.By {
			t.Errorf("%s: both passes are by %q", name, a.By)
		}
	}
	if len(second) != len(first) {
		t.Errorf("%d first passes, %d second", len(first), len(second))
	}
}

// TestAnnotationsCheck puts texts and annotations together and checks all.
func TestAnnotationsCheck(t *testing.T) {
	bank := treebanks(t)
	for _, file := range files(t) {
		d, err := bank.Document(strings.TrimSuffix(filepath.Base(file), ".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := Decode(f, d)
		f.Close()
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, fault := range Check(d, a) {
			t.Errorf("%s: %s", file, fault)
		}
		roundTrip(t, d, a)
	}
}

func TestTheListIsWhatTheRuleChooses(t *testing.T) {
	chosen, err := Choose(treebanks(t))
	if err != nil {
		t.Fatal(err)
	}
	list, err := Documents()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(list, chosen); diff != "" {
		t.Errorf("documents.tsv and the rule:\n%s", diff)
	}
	if len(list) != 136 {
		t.Errorf("%d documents, want 136", len(list))
	}
}

// A frozen version is what its hashes say.
func TestFrozenAnnotationsAreUnchanged(t *testing.T) {
	frozen, err := os.ReadFile("frozen.txt")
	if os.IsNotExist(err) {
		t.Skip("no version is frozen yet")
	}
	lines, err := Manifest("annotations")
	if err != nil {
		t.Fatal(err)
	}
	if _, rest, _ := strings.Cut(string(frozen), "\n"); rest != lines {
		t.Errorf("annotations/ is not the frozen version:\n%s", cmp.Diff(rest, lines))
	}
}

// Coreference is read off brackets: one word, nested, closed by number.
func TestTreebankEntities(t *testing.T) {
	const source = `# newdoc id = x
1	Ann	Ann	PROPN	NNP	_	2	nsubj	_	Entity=(1-person-new-cf1-2-coref-Ann
2	Lee	Lee	PROPN	NNP	_	0	root	_	Entity=1)
3	her	her	PRON	PRP$	_	4	nmod:poss	_	Entity=(2-person-new(1-person-giv)
4	aunt	aunt	NOUN	NN	_	2	obj	_	Entity=2)

`
	sentences, err := conllu.ReadAll(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	words, _ := conllu.Document(sentences)
	got := treebankEntities(&words, sentences)
	want := []onrecord.Entity{
		{ID: "E1", Kind: "person", Name: "Ann Lee", Mentions: []onrecord.Mention{
			{Span: onrecord.Span{Start: 0, End: 7}, Form: "name"}, {Span: onrecord.Span{Start: 8, End: 11}, Form: "pronoun"},
		}},
		{ID: "E2", Kind: "person", Name: "her aunt", Mentions: []onrecord.Mention{{Span: onrecord.Span{Start: 8, End: 16}, Form: "nominal"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
