package main

import (
	"fmt"

	"github.com/onrecord/onrecord/corpus"
)

// stats counts documents by genre, statements, and what they show.
func (p *program) stats(asked []string) error {
	list, err := ids(asked, p.from, ".jsonl")
	if err != nil {
		return err
	}
	total, statements, words, entities := map[string]int{}, 0, 0, 0
	genres := map[string][2]int{}
	for _, id := range list {
		d, a, err := p.annotation(p.from, id)
		if err != nil {
			return err
		}
		statements += len(a.Statements)
		entities += len(a.Entities)
		for _, t := range d.Words.Tokens {
			if t.UPOS != "PUNCT" {
				words++
			}
		}
		g := genres[d.Genre]
		genres[d.Genre] = [2]int{g[0] + 1, g[1] + len(a.Statements)}
		for name, n := range corpus.Count(d, a) {
			total[name] += n
		}
	}
	fmt.Fprintf(p.stdout, "%d documents, %d words, %d statements, %d entities\n", len(list), words, statements, entities)
	for _, g := range []string{"news", "interview", "speech", "court", "bio", "weblog", "newsgroup"} {
		if genres[g][0] > 0 {
			fmt.Fprintf(p.stdout, "  %-10s %3d documents %5d statements\n", g, genres[g][0], genres[g][1])
		}
	}
	for _, name := range corpus.Phenomena {
		fmt.Fprintf(p.stdout, "%6d  %s\n", total[name], name)
	}
	return nil
}
