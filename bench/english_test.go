package bench_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/conllu"
)

// sentences reads a short notation: a word a line as "form lemma UPOS XPOS head
// relation", "1-2 form" before the words of a token, an empty line between sentences.
func sentences(t *testing.T, notation string) []*conllu.Sentence {
	t.Helper()
	var b strings.Builder
	id := 1
	for line := range strings.Lines(notation + "\n\n") {
		switch f := strings.Fields(line); len(f) {
		case 0:
			id = 1
			b.WriteByte('\n')
		case 2:
			fmt.Fprintf(&b, "%s\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n", f[0], f[1])
		default:
			fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t_\t%s\t%s\t_\t_\n", id, f[0], f[1], f[2], f[3], f[4], f[5])
			id++
		}
	}
	all, err := conllu.ReadAll(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

const goldNotation = `
Mayors mayor NOUN NNS 4 nsubj
2-3 don't
do do AUX VBP 4 aux
n't not PART RB 4 advmod
say say VERB VB 0 root
. . PUNCT . 4 punct

She she PRON PRP 2 nsubj
left leave VERB VBD 0 root
`

func TestScoreEnglish(t *testing.T) {
	score := func(right, predicted, gold int) bench.Score {
		return bench.Score{Right: right, Predicted: predicted, Gold: gold}
	}
	all := score(7, 7, 7)
	same := bench.English{
		Tokens: score(6, 6, 6), Words: all, Sentences: score(2, 2, 2), UPOS: all, XPOS: all, Lemmas: all, UAS: all, LAS: all,
	}
	for name, tc := range map[string]struct {
		replace []string // in the gold notation, pairs
		want    func(e *bench.English)
	}{
		"the same": {nil, func(*bench.English) {}},
		"a wrong tag costs that tag": {[]string{"She she PRON PRP", "She she NOUN PRP"}, func(e *bench.English) {
			e.UPOS = score(6, 7, 7)
		}},
		"a subtype of a relation costs nothing": {[]string{"4 nsubj", "4 nsubj:outer"}, func(*bench.English) {}},
		"another relation costs LAS": {[]string{"4 nsubj", "4 obj"}, func(e *bench.English) {
			e.LAS = score(6, 7, 7)
		}},
		"another head costs UAS and LAS": {[]string{"NNS 4 nsubj", "NNS 5 nsubj"}, func(e *bench.English) {
			e.UAS, e.LAS = score(6, 7, 7), score(6, 7, 7)
		}},
		"a token in two words costs the token": {[]string{"2-3 don't\n", ""}, func(e *bench.English) {
			e.Tokens = score(5, 7, 6)
		}},
		"other words in a token cost those words and what hangs on them": {
			[]string{"do do AUX VBP 4 aux\nn't", "don do AUX VBP 3 aux\n't"},
			func(e *bench.English) {
				e.Words, e.UPOS, e.XPOS = score(5, 7, 7), score(5, 7, 7), score(5, 7, 7)
				e.Lemmas, e.UAS, e.LAS = score(5, 7, 7), score(5, 7, 7), score(5, 7, 7)
			},
		},
		"sentences joined are none right": {
			[]string{"\n\nShe she PRON PRP 2 nsubj\nleft leave VERB VBD 0 root", "\nShe she PRON PRP 7 nsubj\nleft leave VERB VBD 4 parataxis"},
			func(e *bench.English) {
				e.Sentences, e.UAS, e.LAS = score(0, 1, 2), score(6, 7, 7), score(6, 7, 7)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			want := same
			tc.want(&want)
			found := strings.NewReplacer(tc.replace...).Replace(goldNotation)
			if tc.replace != nil && found == goldNotation {
				t.Fatal("nothing is replaced")
			}
			got, err := bench.ScoreEnglish(sentences(t, goldNotation), sentences(t, found))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestScoreEnglishRefusesAnotherText(t *testing.T) {
	_, err := bench.ScoreEnglish(sentences(t, goldNotation), sentences(t, strings.Replace(goldNotation, "left", "went", 1)))
	if !errors.Is(err, onrecord.ErrInvalid) || !strings.Contains(err.Error(), `"n'tsay.Sheleft" and "n'tsay.Shewent"`) {
		t.Errorf("error %v", err)
	}
}

func TestReadIOB2(t *testing.T) {
	for name, file := range map[string]string{
		"Universal NER": "# sent_id = a\n1\tAnna\tB-PER\t-\tx\n2\tAmes\tI-PER\t-\tx\n3\tsaw\tO\t-\t-\n4\tReuters\tB-ORG\t-\tx\n5\tit\tB-OTH\t-\tx\n\n",
		"two columns":   "Anna I-PER\nAmes I-PER\nsaw O\nReuters I-ORG\nit I-MISC\n",
	} {
		t.Run(name, func(t *testing.T) {
			text, err := bench.ReadIOB2(strings.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			want := []onrecord.Name{
				{Span: onrecord.Span{Start: 0, End: 9}, Kind: onrecord.Person},
				{Span: onrecord.Span{Start: 14, End: 21}, Kind: onrecord.Organization},
			}
			if diff := cmp.Diff(want, text.Names); diff != "" || text.Source != "Anna Ames saw Reuters it" || len(text.Sentences) != 1 {
				t.Errorf("%q, %d sentences\n%s", text.Source, len(text.Sentences), diff)
			}
		})
	}
}

func TestTreebanksChoosesAPart(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a-ud-dev.conllu", "a-ud-train.conllu", "cases.conllu", "n-dev.iob2", "n-train.2022.iob2", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := bench.Treebanks(dir, "dev")
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i] = filepath.Base(got[i])
	}
	if want := []string{"a-ud-dev.conllu", "cases.conllu", "n-dev.iob2"}; !cmp.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := bench.Treebanks(t.TempDir(), "dev"); !errors.Is(err, onrecord.ErrNotFound) {
		t.Errorf("an empty folder: %v", err)
	}
}
