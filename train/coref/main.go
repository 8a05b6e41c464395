// Command coref fits the weights of who's ranker on open data and writes them.
//
//	go run ./train/coref -data DIR -o who/model.bin
//
// DIR holds gum/ (GUM's openly licensed documents with MANIFEST.tsv and
// layers/ontogum; the train part is used), litbank/coref/conll (LitBank) and
// gap/gap-development.tsv (GAP). The same data gives the same bytes on one kernel
// family of the analyser, whose trees the ranker reads.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/said"
	"github.com/onrecord/onrecord/who"
)

const header = `The weights of who's ranker of antecedents, whole numbers after one scale.
Source: OntoGUM's coreference over GUM V11's openly licensed train documents (annotations CC BY 4.0; texts
  CC BY 2.5, CC BY 4.0, CC BY-SA 3.0, public domain), LitBank (CC BY 4.0), GAP development (Apache-2.0).
Licence: CC BY-SA 4.0.
To regenerate: go run ./train/coref -data DIR -o who/model.bin; see there.`

func main() {
	data := flag.String("data", "", "folder that holds gum/, litbank/ and gap/")
	out := flag.String("o", "who/model.bin", "file to write")
	epochs := flag.Int("epochs", 6, "times to read all examples")
	parts := flag.String("parts", "gum,litbank,gap", "corpora to learn from")
	flag.Parse()
	if err := run(*data, *out, *epochs, *parts); err != nil {
		fmt.Fprintln(os.Stderr, "coref:", err)
		os.Exit(1)
	}
}

// room is the stages that a text passes before who.
type room struct {
	english *english.Analyser
	said    *said.Finder
	who     *who.Resolver
}

func run(data, out string, epochs int, parts string) error {
	var r room
	var err error
	if r.english, err = english.New(); err != nil {
		return err
	}
	if r.said, err = said.New(); err != nil {
		return err
	}
	if r.who, err = who.New(); err != nil {
		return err
	}
	var lists [][]who.Example
	for _, c := range []struct {
		name string
		read func(string) ([]who.Example, error)
	}{{"gum", r.gum}, {"litbank", r.litbank}, {"gap", r.gap}} {
		if !strings.Contains(parts, c.name) {
			continue
		}
		examples, err := c.read(data)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s: %d texts\n", c.name, len(examples))
		lists = append(lists, examples)
	}
	model := r.who.Fit(spread(lists), who.Fitting{Header: header, Epochs: epochs, Report: func(epoch int, loss float64) {
		fmt.Fprintf(os.Stderr, "epoch %d: loss %.4f\n", epoch, loss)
	}})
	return os.WriteFile(out, model, 0o644)
}

// spread mixes lists evenly, each in its own order, so that none is read last.
func spread(lists [][]who.Example) []who.Example {
	var out []who.Example
	longest := 0
	for _, l := range lists {
		longest = max(longest, len(l))
	}
	taken := make([]int, len(lists))
	for i := range longest {
		for k, l := range lists {
			for taken[k] < (i+1)*len(l)/longest {
				out = append(out, l[taken[k]])
				taken[k]++
			}
		}
	}
	return out
}

// text reads raw text as the desk does.
func (r *room) text(source string, paragraphs []onrecord.Span) who.Example {
	analysed := r.english.Analyse(source, paragraphs, nil)
	return r.example(&analysed, paragraphs)
}

func (r *room) example(analysed *onrecord.Text, paragraphs []onrecord.Span) who.Example {
	words := english.Joined(analysed)
	rev := &onrecord.Revision{Text: words.Source, Language: "en"}
	return who.Example{Text: &words, Statements: r.said.Find(said.Input{
		Revision: rev, Text: &words, Paragraphs: paragraphs, Quotations: quote.FindIn(words.Source, paragraphs),
	})}
}

func (r *room) gum(data string) ([]who.Example, error) {
	list, err := os.ReadFile(filepath.Join(data, "gum", "MANIFEST.tsv"))
	if err != nil {
		return nil, err
	}
	var out []who.Example
	for line := range strings.Lines(string(list)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) < 3 || f[2] != "train" {
			continue
		}
		d, err := bench.OpenCoref(filepath.Join(data, "gum", "layers", "ontogum", f[0]+".conllu"))
		if err != nil {
			return nil, err
		}
		e := r.text(d.Text.Source, d.Paragraphs)
		e.Singletons = true
		for _, k := range d.Clusters {
			var spans []onrecord.Span
			for _, m := range k {
				spans = append(spans, onrecord.Span{Start: d.Text.Tokens[m.Start].Span.Start, End: d.Text.Tokens[m.End-1].Span.End})
			}
			e.Clusters = append(e.Clusters, spans)
		}
		out = append(out, e)
	}
	return out, nil
}

// litbank reads LitBank's CoNLL-2012 files: a token a line, its clusters in the
// last column.
func (r *room) litbank(data string) ([]who.Example, error) {
	files, err := filepath.Glob(filepath.Join(data, "litbank", "coref", "conll", "*.conll"))
	if err != nil {
		return nil, err
	}
	var out []who.Example
	for _, file := range files {
		e, err := r.novel(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, e)
	}
	return out, nil
}

func (r *room) novel(file string) (who.Example, error) {
	f, err := os.Open(file)
	if err != nil {
		return who.Example{}, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	var (
		b        strings.Builder
		t        onrecord.Text
		open     = map[int][]int{}
		clusters = map[int][]onrecord.Span{}
		order    []int
		first    int
		tight    = true
	)
	end := func() {
		if len(t.Tokens) > first {
			t.Sentences = append(t.Sentences, onrecord.Sentence{
				Span:  onrecord.Span{Start: t.Tokens[first].Span.Start, End: b.Len()},
				First: first, Last: len(t.Tokens),
			})
			first = len(t.Tokens)
		}
	}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		c := strings.Fields(lines.Text())
		if len(c) == 0 {
			end()
			continue
		}
		if c[0][0] == '#' || len(c) < 13 {
			continue
		}
		if w := c[3]; !tight && !leans(w) {
			b.WriteByte(' ')
		}
		tight = c[3] == "“" || c[3] == "(" || c[3] == "‘" || c[3] == "["
		start := b.Len()
		b.WriteString(c[3])
		t.Tokens = append(t.Tokens, onrecord.Token{Span: onrecord.Span{Start: start, End: b.Len()}, Head: -1})
		if c[12] == "_" {
			continue
		}
		for part := range strings.SplitSeq(c[12], "|") {
			n, err := strconv.Atoi(strings.Trim(part, "()"))
			if err != nil {
				return who.Example{}, err
			}
			if part[0] == '(' {
				open[n] = append(open[n], start)
			}
			if k := len(open[n]) - 1; part[len(part)-1] == ')' && k >= 0 {
				if clusters[n] == nil {
					order = append(order, n)
				}
				clusters[n] = append(clusters[n], onrecord.Span{Start: open[n][k], End: b.Len()})
				open[n] = open[n][:k]
			}
		}
	}
	end()
	t.Source = b.String()
	r.english.Read(&t)
	e := r.example(&t, []onrecord.Span{{Start: 0, End: len(t.Source)}})
	for _, n := range order {
		e.Clusters = append(e.Clusters, clusters[n])
	}
	return e, lines.Err()
}

// leans tells a word that stands close to the one before.
func leans(w string) bool {
	switch w {
	case ",", ".", ";", ":", "?", "!", ")", "]", "”", "’", "'s", "’s", "n't", "n’t":
		return true
	}
	return false
}

func (r *room) gap(data string) ([]who.Example, error) {
	f, err := os.Open(filepath.Join(data, "gap", "gap-development.tsv"))
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	rows, err := bench.ReadGAP(f)
	if err != nil {
		return nil, err
	}
	var out []who.Example
	for i := range rows {
		row := &rows[i]
		e := r.text(row.Text, quote.Paragraphs(row.Text))
		e.Pronoun, e.Weight = row.Pronoun, 2 // one decision a text
		for _, n := range []struct {
			span onrecord.Span
			is   bool
		}{{row.A, row.IsA}, {row.B, row.IsB}} {
			if n.is {
				e.Yes = append(e.Yes, n.span)
			} else {
				e.No = append(e.No, n.span)
			}
		}
		out = append(out, e)
	}
	return out, nil
}
