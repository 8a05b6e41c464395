package segment_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/conllu"
	"github.com/onrecord/onrecord/english/segment"
)

var printErrors = flag.Int("errors", 0, "print so many mistakes")

func treebank(t *testing.T, file string) []*conllu.Sentence {
	t.Helper()
	shared := os.Getenv("ONRECORD_SHARED")
	if shared == "" {
		t.Skip("ONRECORD_SHARED is not set: the treebanks are not at hand")
	}
	f, err := os.Open(filepath.Join(shared, "data", file))
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

// segmented divides a text with known paragraphs.
func segmented(t *testing.T, text string, paragraphs []onrecord.Span) onrecord.Text {
	t.Helper()
	s, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	out := onrecord.Text{Source: text}
	for _, p := range paragraphs {
		words := s.Words(text, p, nil)
		first := len(out.Tokens)
		for _, w := range words {
			out.Tokens = append(out.Tokens, onrecord.Token{Span: w, Head: -1})
		}
		if len(words) == 0 {
			continue
		}
		from := first
		for _, end := range s.Sentences(text, words, nil, nil) {
			end += first
			out.Sentences = append(out.Sentences, onrecord.Sentence{
				Span:  onrecord.Span{Start: out.Tokens[from].Span.Start, End: out.Tokens[end-1].Span.End},
				First: from, Last: end,
			})
			from = end
		}
	}
	return out
}

// Raw text of the development parts, divided about as well as the best
// published analysers do: sentences and words F1 in hundredths.
func TestTreebanks(t *testing.T) {
	for file, want := range map[string][2]float64{
		"ewt/en_ewt-ud-dev.conllu":   {88, 98.9},
		"gum/en_gum-open-dev.conllu": {95.5, 99.8},
	} {
		gold := treebank(t, file)
		text, paragraphs := conllu.Document(gold)
		found := segmented(t, text.Source, paragraphs)
		e, err := bench.ScoreEnglish(gold, conllu.FromText(&found, paragraphs))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: sentences %.2f (P %.2f R %.2f), words %.2f, tokens %.2f", file, 100*e.Sentences.F1(), 100*e.Sentences.Precision(), 100*e.Sentences.Recall(), 100*e.Words.F1(), 100*e.Tokens.F1())
		if 100*e.Sentences.F1() < want[0] || 100*e.Words.F1() < want[1] {
			t.Errorf("%s: sentences below %v or words below %v", file, want[0], want[1])
		}
		if *printErrors > 0 {
			show(text, found)
		}
	}
}

func show(gold, found onrecord.Text) {
	want := map[onrecord.Span]bool{}
	for _, tok := range gold.Tokens {
		want[tok.Span] = true
	}
	n := 0
	for i, tok := range found.Tokens {
		if want[tok.Span] || i > 0 && !want[found.Tokens[i-1].Span] {
			continue
		}
		if n++; n > *printErrors {
			break
		}
		a, b := tok.Span.Start, tok.Span.End
		k := gold.TokenAt(a)
		var g []string
		for k < len(gold.Tokens) && gold.Tokens[k].Span.Start < max(b, gold.Tokens[gold.TokenAt(a)].Span.End) {
			g = append(g, gold.Word(k))
			k++
		}
		fmt.Printf("TOK %-30s gold %v\n", gold.Source[max(0, a-10):min(len(gold.Source), b+10)], strings.Join(g, " | "))
	}
	ends := map[int]bool{}
	for _, s := range gold.Sentences {
		ends[s.Span.End] = true
	}
	n = 0
	got := map[int]bool{}
	for _, s := range found.Sentences {
		got[s.Span.End] = true
		if !ends[s.Span.End] {
			if n++; n < *printErrors {
				fmt.Printf("SPLIT %q || %q\n", gold.Source[max(0, s.Span.End-50):s.Span.End], gold.Source[s.Span.End:min(len(gold.Source), s.Span.End+40)])
			}
		}
	}
	n = 0
	for _, s := range gold.Sentences {
		if !got[s.Span.End] {
			if n++; n < *printErrors {
				fmt.Printf("JOIN %q || %q\n", gold.Source[max(0, s.Span.End-50):s.Span.End], gold.Source[s.Span.End:min(len(gold.Source), s.Span.End+40)])
			}
		}
	}
}
