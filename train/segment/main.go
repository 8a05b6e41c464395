// Command segment makes english/segment/model.bin, which finds where sentences
// end, from treebanks: go run ./train/segment FILE.conllu…
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/onrecord/onrecord/conllu"
	"github.com/onrecord/onrecord/english/segment"
)

func main() {
	out := flag.String("o", "english/segment/model.bin", "write the model to this file")
	passes := flag.Int("passes", 4, "go over the examples so many times")
	seed := flag.Uint64("seed", 1, "order of the examples")
	flag.Parse()
	if err := run(flag.Args(), *out, *passes, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "segment:", err)
		os.Exit(1)
	}
}

func run(files []string, out string, passes int, seed uint64) error {
	var examples []segment.Example
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		sentences, err := conllu.ReadAll(f)
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		text, paragraphs := conllu.Document(sentences)
		examples = append(examples, segment.Example{Text: text, Paragraphs: paragraphs})
	}
	model, err := segment.Train(examples, passes, seed)
	if err != nil {
		return err
	}
	return os.WriteFile(out, model, 0o644)
}
