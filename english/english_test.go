package english_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/conllu"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/english/nn"
)

// analyser is loaded once: its model is large.
var analyser = sync.OnceValues(english.New)

func load(t testing.TB) *english.Analyser {
	t.Helper()
	a, err := analyser()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func whole(text string) []onrecord.Span { return []onrecord.Span{{Start: 0, End: len(text)}} }

// sentences are the words of a text's sentences.
func sentences(t onrecord.Text) []string {
	var out []string
	for _, s := range t.Sentences {
		var words []string
		for i := s.First; i < s.Last; i++ {
			words = append(words, t.Word(i))
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

func TestNoSentenceCrossesAParagraphOrAZone(t *testing.T) {
	text := "Dam fails\nERBIL (Reuters) - A dam failed. Two died."
	zones := []onrecord.Zone{{Span: onrecord.Span{Start: 0, End: 9}}, {Span: onrecord.Span{Start: 10, End: 27}}, {Span: onrecord.Span{Start: 28, End: len(text)}}}
	got := load(t).Analyse(text, []onrecord.Span{{Start: 0, End: 9}, {Start: 10, End: len(text)}}, zones)
	want := []string{"Dam fails", "ERBIL ( Reuters ) -", "A dam failed .", "Two died ."}
	if diff := cmp.Diff(want, sentences(got)); diff != "" {
		t.Error(diff)
	}
}

func TestJoinedMakesOneTokenOfAHyphenatedWord(t *testing.T) {
	text := "A 15-year-old girl, said Al-Amin - a co-worker."
	got := load(t).Analyse(text, whole(text), nil)
	joined := english.Joined(&got)
	want := []string{"A 15-year-old girl , said Al-Amin - a co-worker ."}
	if diff := cmp.Diff(want, sentences(joined)); diff != "" {
		t.Error(diff)
	}
	if len(got.Tokens) != len(joined.Tokens)+6 {
		t.Errorf("%d tokens became %d, want 6 fewer", len(got.Tokens), len(joined.Tokens))
	}
	// "15" and "year" hang on "old", "old" on "girl": the joined word does.
	if girl := joined.Tokens[1].Head; girl != 2 || joined.Tokens[0].Head != 2 {
		t.Errorf("the age hangs on %d, want 2", girl)
	}
	for i := range joined.Tokens {
		at := i
		for n := 0; joined.Tokens[at].Head != at; n++ {
			if at = joined.Tokens[at].Head; n > len(joined.Tokens) {
				t.Fatalf("%q hangs on itself", joined.Word(i))
			}
		}
	}
}

func TestLoadRefusesWhatIsNoModel(t *testing.T) {
	file := filepath.Join(t.TempDir(), "model")
	if err := os.WriteFile(file, []byte("no model"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := english.LoadFile(file); !errors.Is(err, onrecord.ErrInvalid) {
		t.Errorf("error %v, want %v", err, onrecord.ErrInvalid)
	}
	if _, err := english.LoadFile(file + "s"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v, want %v", err, os.ErrNotExist)
	}
}

func TestWithoutAModelThereAreSentencesAndTokens(t *testing.T) {
	a, err := english.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	text := "He left. She didn't."
	got := a.Analyse(text, whole(text), nil)
	if diff := cmp.Diff([]string{"He left .", "She did n't ."}, sentences(got)); diff != "" {
		t.Error(diff)
	}
	for i, tok := range got.Tokens {
		if tok.Head != -1 || tok.UPOS != "" {
			t.Errorf("token %d is %+v", i, tok)
		}
	}
}

// Time is linear: what is long in one way or another is done in seconds.
func TestLongTextsFinish(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, c := range map[string]struct{ text, cut string }{
		"a sentence of 5,000 words": {strings.Repeat("the mayor and ", 1666) + "she left.", "long_sentence"},
		"1 MB without a space":      {strings.Repeat("abcdefgh", 1<<17), "long_word"},
		"marks alone":               {strings.Repeat("(\"-", 1<<12), "long_sentence"},
		"a long address":            {"See https://example.org/" + strings.Repeat("news-", 200) + " for more.", ""},
	} {
		start := time.Now()
		got := load(t).Analyse(c.text, whole(c.text), nil)
		checkTrees(t, got)
		cut := ""
		if cuts := english.Cuts(&got); len(cuts) > 0 {
			cut = cuts[0].Code
		}
		if cut != c.cut {
			t.Errorf("%s: named as cut: %q, want %q", name, cut, c.cut)
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// checkTrees fails unless each sentence is one rooted tree, or nothing has a head.
func checkTrees(t *testing.T, text onrecord.Text) {
	t.Helper()
	for n, s := range text.Sentences {
		roots := 0
		state := make([]int8, s.Last-s.First) // 1 under way, 2 leads to the root
		for i := s.First; i < s.Last; i++ {
			if h := text.Tokens[i].Head; h == -1 && text.Tokens[i].UPOS == "" {
				return
			} else if h < s.First || h >= s.Last {
				t.Fatalf("sentence %d: token %d has head %d outside [%d, %d)", n, i, h, s.First, s.Last)
			} else if h == i {
				roots++
			}
			var way []int
			k := i
			for ; state[k-s.First] == 0 && text.Tokens[k].Head != k; k = text.Tokens[k].Head {
				state[k-s.First] = 1
				way = append(way, k)
			}
			if state[k-s.First] == 1 {
				t.Fatalf("sentence %d has a cycle at token %d", n, k)
			}
			state[k-s.First] = 2
			for _, w := range way {
				state[w-s.First] = 2
			}
		}
		if roots != 1 {
			t.Fatalf("sentence %d has %d roots: %q", n, roots, sentences(text)[n])
		}
	}
}

// Whatever the text: tokens are valid spans in order, sentences are runs of all
// tokens, each one rooted tree, and names are spans of whole tokens.
func FuzzAnalyse(f *testing.F) {
	f.Add("The minister didn't say \"no\". He left.")
	f.Add("a\u00a0b\t\u2028c-d…")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		got := load(t).Analyse(text, whole(text), nil)
		at := 0
		starts, ends := map[int]bool{}, map[int]bool{}
		for _, tok := range got.Tokens {
			if tok.Span.Start < at || tok.Span.Empty() || !tok.Span.Valid(text) {
				t.Fatalf("token %v after %d", tok.Span, at)
			}
			at = tok.Span.End
			starts[tok.Span.Start], ends[at] = true, true
		}
		next := 0
		for _, s := range got.Sentences {
			if s.First != next || s.Last <= s.First {
				t.Fatalf("sentence of tokens %d to %d after %d", s.First, s.Last, next)
			}
			next = s.Last
		}
		if next != len(got.Tokens) {
			t.Fatalf("sentences end at token %d of %d", next, len(got.Tokens))
		}
		for _, n := range got.Names {
			if !starts[n.Span.Start] || !ends[n.Span.End] {
				t.Fatalf("name %v is not of whole tokens", n.Span)
			}
		}
		checkTrees(t, got)
	})
}

// The sentences that statements need most, with trees written by hand.
func TestReportingSentences(t *testing.T) {
	f, err := os.Open("testdata/reporting/short.conllu")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	gold, err := conllu.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := conllu.Document(gold)
	checkTrees(t, text)
	if !load(t).Trees() {
		t.Skip("built without a model")
	}
	rows, err := bench.EnglishFile(load(t), "testdata/reporting/short.conllu")
	if err != nil {
		t.Fatal(err)
	}
	raw, given := rows[0].Scores, rows[1].Scores
	t.Logf("raw text: sentences %.1f, words %.1f, LAS %.1f; gold tokens: UPOS %.1f, UAS %.1f, LAS %.1f", 100*raw.Sentences.F1(),
		100*raw.Words.F1(), 100*raw.LAS.F1(), 100*given.UPOS.F1(), 100*given.UAS.F1(), 100*given.LAS.F1())
	if 100*raw.Sentences.F1() < 98 || 100*raw.Words.F1() < 99.5 {
		t.Error("sentences or words are divided worse than they were")
	}
	if 100*given.UAS.F1() < 92 || 100*given.LAS.F1() < 89 {
		t.Error("trees are worse than they were")
	}
}

// BenchmarkAnalyse reads news of many words with everything on, from text to names,
// with each kernel: GOMAXPROCS=1 go test -run xxx -bench Analyse ./english.
func BenchmarkAnalyse(b *testing.B) {
	f, err := os.Open("testdata/reporting/short.conllu")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	gold, err := conllu.ReadAll(f)
	if err != nil {
		b.Fatal(err)
	}
	text, paragraphs := conllu.Document(gold)
	a := load(b)
	before := nn.Kernels()
	defer nn.Use(before)
	for _, name := range nn.Available() {
		nn.Use(name)
		b.Run(name, func(b *testing.B) {
			words := 0
			b.SetBytes(int64(len(text.Source)))
			b.ReportAllocs()
			for b.Loop() {
				got := a.Analyse(text.Source, paragraphs, nil)
				words += len(got.Tokens)
			}
			b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
