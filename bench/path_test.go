package bench

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/read"
	"github.com/onrecord/onrecord/wire"
)

// BenchmarkPath takes the example articles, one each time, from bytes to a line
// of the JSON contract on one core; nothing is kept.
func BenchmarkPath(b *testing.B) {
	files, err := filepath.Glob("../examples/*.[th]*")
	if err != nil || len(files) < 5 {
		b.Fatalf("the examples: %v, %v", files, err)
	}
	var articles [][]byte
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		articles = append(articles, content)
	}
	d, err := desk.New()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	statements, n := 0, 0
	for b.Loop() {
		i := n % len(files)
		n++
		for capture, err := range read.Captures(bytes.NewReader(articles[i]), files[i], read.Auto, read.Given{}) {
			if err != nil {
				b.Fatal(err)
			}
			rev, err := read.Revision(&capture)
			if err != nil {
				b.Fatal(err)
			}
			analysis, err := d.Analyse(b.Context(), &rev)
			if err != nil {
				b.Fatal(err)
			}
			statements += len(analysis.Statements)
			if err := wire.Write(io.Discard, wire.Encode(&rev, &analysis, wire.Options{})); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(statements)/float64(n), "statements/article")
}

// BenchmarkScore scores a document of two hundred attributions that all could be
// each other.
func BenchmarkScore(b *testing.B) {
	text := bytes.Repeat([]byte("Ana said the sea was high and “the wind was very cold” that night. "), 200)
	var attributions []Attribution
	var predictions []Prediction
	for i := range 200 {
		at := i * len([]rune(string(text))) / 200
		a := Attribution{[]Span{{at, at + 3}}, []Span{{at + 4, at + 8}}, []Span{{at + 9, at + 70}}}
		attributions = append(attributions, a)
		predictions = append(predictions, Prediction{0, a})
	}
	gold := &Gold{[]Document{{"a", string(text), []Annotator{{"a_A.ann", attributions}}}}}
	for b.Loop() {
		if t := Statements(gold, map[string][]Prediction{"a": predictions}, Options{}); t.Whole.Right != 200 {
			b.Fatal(t)
		}
	}
}
