package said_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/said"
)

// Spans of what is found lie in the text, a role's spans do not overlap, a cue
// is one span, and nesting leads outward. The desk's fuzz target holds the same
// over any bytes; here the marked texts stand for ordinary ones.
func TestSpansHold(t *testing.T) {
	find := withoutTrees(t)
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := parseMarked(t, strings.ReplaceAll(string(data), "\n---\n", "\n\n"))
		text := m.text
		statements := find(m.revision())
		if len(statements) == 0 && filepath.Base(file) != "nothing.txt" {
			t.Errorf("%s: nothing found", file)
		}
		for _, s := range statements {
			if len(s.Cue.Spans) != 1 || len(s.Content.Spans) == 0 || s.Rule == "" || s.Confidence <= 0 || s.Confidence > 1 {
				t.Errorf("%s: %s is not whole: %+v", file, s.ID, s)
			}
			for _, span := range s.Spans() {
				if !span.Valid(text) || span.Empty() {
					t.Errorf("%s: %s has span %v", file, s.ID, span)
				}
			}
		}
	}
}

func BenchmarkFind(b *testing.B) {
	find := withoutTrees(b)
	article := strings.Repeat(`“The water is clean,” Mayor Lena Brandt said on Monday, adding that nobody needed to boil it. `+
		`According to the agency, two wells were closed in May. Critics accused the firm of hiding a report, and a spokesman declined to say why.`+"\n\n", 200)
	rev := &onrecord.Revision{Text: article}
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		if len(find(rev)) == 0 {
			b.Fatal("nothing found")
		}
	}
}

// BenchmarkFindInTrees is the finder alone on an article of 500 words whose trees are
// given: GOMAXPROCS=1 go test -run xxx -bench FindInTrees ./said
func BenchmarkFindInTrees(b *testing.B) {
	analyser, err := english.New()
	if err != nil {
		b.Fatal(err)
	}
	finder, err := said.New()
	if err != nil {
		b.Fatal(err)
	}
	article := strings.Repeat(`“The water is clean,” Mayor Lena Brandt said on Monday, adding that nobody needed to boil it. `+
		`According to the agency, two wells were closed in May. Critics accused the firm of hiding a report, and a spokesman declined to say why.`+"\n\n", 12)
	rev := &onrecord.Revision{Text: article}
	paragraphs := quote.Paragraphs(article)
	analysed := analyser.Analyse(article, paragraphs, nil)
	text := english.Joined(&analysed)
	in := said.Input{Revision: rev, Text: &text, Paragraphs: paragraphs, Quotations: quote.FindIn(article, paragraphs)}
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		if len(finder.Find(in)) == 0 {
			b.Fatal("nothing found")
		}
	}
}
