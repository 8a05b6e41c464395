package main

import (
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/onrecord/onrecord/english/nn"
)

// figures are counts of what a model got right, on gold words.
type figures struct {
	words, upos, xpos, lemma, uas, las int
	gold, found, right                 int // names
	full                               int // relations with subtypes
}

// score reads sentences and compares. Relations count without their subtypes, as in
// the CoNLL 2018 shared task.
func score(m *nn.Model, part []*example) figures {
	var f figures
	words := make([][]string, len(part))
	for i, e := range part {
		words[i] = e.words
	}
	out := make([]nn.Sentence, len(part))
	m.Tag(words, out)
	universal := func(rel string) string { r, _, _ := strings.Cut(rel, ":"); return r }
	for s, e := range part {
		for i, t := range out[s].Tokens {
			f.words++
			if t.UPOS == e.upos[i] {
				f.upos++
			}
			if t.XPOS == e.xpos[i] {
				f.xpos++
			}
			if t.Lemma == e.lemma[i] || e.lemma[i] == "_" {
				f.lemma++
			}
			if t.Head == e.head[i] {
				f.uas++
				if universal(t.Relation) == universal(e.rel[i]) {
					f.las++
				}
				if t.Relation == e.rel[i] {
					f.full++
				}
			}
		}
		gold := map[nn.Name]bool{}
		for i := 0; i < len(e.names); {
			if e.names[i] == 0 {
				i++
				continue
			}
			last := i + 1
			for last < len(e.names) && e.names[last] != 0 && nn.Follows(e.names[last-1], e.names[last]) && (e.names[last-1]-1)%4 < 2 {
				last++
			}
			gold[nn.Name{First: i, Last: last, Kind: nn.Kind((e.names[i] - 1) / 4)}] = true
			i = last
		}
		f.gold += len(gold)
		for _, n := range out[s].Names {
			f.found++
			n.Confidence = 0
			if gold[n] {
				f.right++
			}
		}
	}
	return f
}

func (f figures) String() string {
	p := func(n int) float64 { return 100 * float64(n) / float64(max(f.words, 1)) }
	return fmt.Sprintf("UPOS %.2f XPOS %.2f lemma %.2f UAS %.2f LAS %.2f (subtypes %.2f) | names P %.1f R %.1f F1 %.1f of %d",
		p(f.upos), p(f.xpos), p(f.lemma), p(f.uas), p(f.las), p(f.full),
		100*float64(f.right)/float64(max(f.found, 1)), 100*float64(f.right)/float64(max(f.gold, 1)),
		200*float64(f.right)/float64(max(f.found+f.gold, 1)), f.gold)
}

// report measures the averaged model as it would ship, on the development parts.
func (t *trainer) report(last bool) error {
	kinds := []bool{true}
	if last {
		kinds = []bool{true, false}
	}
	for _, averaged := range kinds {
		b, err := t.network.file(averaged, nil).Encode()
		if err != nil {
			return err
		}
		if err := t.corpora.measure(b, fmt.Sprintf(" averaged=%v", averaged)); err != nil {
			return err
		}
	}
	return nil
}

// measure prints a model file's figures on the development parts.
func (c *corpora) measure(model []byte, note string) error {
	m, err := nn.Load(model)
	if err != nil {
		return err
	}
	var news []*example
	for _, e := range c.gum {
		if strings.HasPrefix(e.id, "GUM_news") {
			news = append(news, e)
		}
	}
	for _, part := range []struct {
		name string
		of   []*example
	}{{"EWT dev", c.ewt}, {"GUM dev", c.gum}, {"GUM news", news}} {
		begun := time.Now()
		f := score(m, part.of)
		log.Printf("%-8s%s %s; %.0f words/s", part.name, note, f, float64(f.words)/time.Since(begun).Seconds())
	}
	return nil
}
