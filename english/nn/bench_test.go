package nn

import (
	"os"
	"strings"
	"testing"
)

// BenchmarkTag reads sentences of ordinary length with the embedded model and each
// kernel: GOMAXPROCS=1 go test -bench Tag ./english/nn
func BenchmarkTag(b *testing.B) {
	data, err := os.ReadFile("../model/english.bin")
	if err != nil {
		b.Skip("no model: ", err)
	}
	m, err := Load(data)
	if err != nil {
		b.Fatal(err)
	}
	sentences, words := someNews()
	before := Kernels()
	defer Use(before)
	for _, name := range Available() {
		Use(name)
		b.Run(name, func(b *testing.B) {
			out := make([]Sentence, len(sentences))
			b.ReportAllocs()
			for b.Loop() {
				m.Tag(sentences, out)
			}
			b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

// someNews is an article of 24 sentences and 500 words, as news sites write.
func someNews() ([][]string, int) {
	const text = `The government of Norway said on Tuesday that it would close two of its three consulates on the coast because fewer ships call there .
“ We have looked at the figures for ten years , and they leave us no choice , ” foreign minister Kari Holm told reporters in Oslo .
Mayors of both towns were told by letter .
One of them , Per Lie of Vardal , said he had learnt of the decision from a newspaper and called it “ a slap in the face ” .
The opposition Labour Party has asked for a debate in parliament next week .
According to a report by the Institute for Shipping , calls by foreign ships fell by 43 % between 2009 and 2019 , and the number of sailors who asked for help fell even faster .
Critics doubt these figures .`
	var all [][]string
	words := 0
	for i := 0; words < 500; i++ {
		line := strings.Split(text, "\n")[i%7]
		all = append(all, strings.Fields(line))
		words += len(all[i])
	}
	return all, words
}

func BenchmarkLoad(b *testing.B) {
	data, err := os.ReadFile("../model/english.bin")
	if err != nil {
		b.Skip("no model: ", err)
	}
	for b.Loop() {
		if _, err := Load(data); err != nil {
			b.Fatal(err)
		}
	}
}
