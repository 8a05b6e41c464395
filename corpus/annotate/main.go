// Command annotate makes, checks and writes the corpus of attribution. See
// corpus/README.md.
//
//	go run ./corpus/annotate choose
//	go run ./corpus/annotate prepare [-work DIR] [-from DIR] [ID…]
//	go run ./corpus/annotate check   [-work DIR] [ID…]
//	go run ./corpus/annotate build   [-work DIR] [-out DIR] [ID…]
//	go run ./corpus/annotate verify  [-from DIR] [ID…]
//	go run ./corpus/annotate text    [-from DIR] ID…
//	go run ./corpus/annotate brat    [-from DIR] [-out DIR] [ID…]
//	go run ./corpus/annotate agree   [-errors N] A B
//	go run ./corpus/annotate stats   [-from DIR] [ID…]
//	go run ./corpus/annotate freeze  VERSION
//
// -data names the folder with gum/ and ewt/; it is ONRECORD_SHARED/data unless
// said. Without IDs a verb takes every document there is.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpus"
)

const usage = `annotate makes, checks and writes the corpus of attribution. corpus/README.md tells how.

  choose                  the list of documents, by the rule
  prepare [ID…]           working files with guesses; -blank without; -from DIR of annotations
  check   [ID…]           what is wrong in working files, or was not looked at
  build   [ID…]           annotations of working files that check finds nothing in
  verify  [ID…]           annotations against the treebanks
  text    ID…             statements with their words
  brat    [ID…]           texts and outermost statements as brat and PolNeAR have them
  agree   A B             two folders of annotations, figure by figure
  stats   [ID…]           counts of phenomena
  freeze  VERSION         hashes of all annotations

annotate VERB -h lists a verb's flags. -data, or ONRECORD_SHARED/data, holds gum/ and ewt/.
`

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "annotate:", err)
		if hint := onrecord.Hint(err); hint != "" {
			fmt.Fprintln(os.Stderr, hint)
		}
		os.Exit(1)
	}
}

// program is one run: its folders, its streams and the treebanks once opened.
type program struct {
	data, work, from, out string
	by                    string
	force, blank          bool
	errors                int
	stdout, stderr        io.Writer
	treebanks             *corpus.Treebanks
}

func run(args []string, stdout, stderr io.Writer) error {
	verbs := map[string]func(*program, []string) error{
		"choose": (*program).choose, "prepare": (*program).prepare, "check": (*program).check, "build": (*program).build,
		"verify": (*program).verify, "text": (*program).text, "brat": (*program).brat, "agree": (*program).agree,
		"stats": (*program).stats, "freeze": (*program).freeze,
	}
	if len(args) > 0 && slices.Contains([]string{"-h", "--help", "help"}, args[0]) {
		fmt.Fprint(stdout, usage)
		return nil
	}
	if len(args) == 0 || verbs[args[0]] == nil {
		return fmt.Errorf("want one of choose, prepare, check, build, verify, text, brat, agree, stats, freeze: %w", onrecord.ErrInvalid)
	}
	p := &program{stdout: stdout, stderr: stderr}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&p.data, "data", "", "folder that holds gum/ and ewt/ (default ONRECORD_SHARED/data)")
	flags.StringVar(&p.work, "work", "corpus/work", "folder of working files")
	flags.StringVar(&p.from, "from", "", "folder of annotations (default corpus/annotations; none for prepare)")
	flags.StringVar(&p.out, "out", "", "folder to write (default corpus/annotations for build, corpus/out for brat)")
	flags.StringVar(&p.by, "by", "", "prepare: who annotates, for the file's head")
	flags.BoolVar(&p.force, "force", false, "prepare: write over working files that are there")
	flags.BoolVar(&p.blank, "blank", false, "prepare: no guesses, for a pass that nothing leads")
	flags.IntVar(&p.errors, "errors", 0, "agree: print this many statements that only one side has")
	if err := flags.Parse(args[1:]); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return fmt.Errorf("%w: %w", onrecord.ErrInvalid, err)
	}
	if p.data == "" && os.Getenv("ONRECORD_SHARED") != "" {
		p.data = filepath.Join(os.Getenv("ONRECORD_SHARED"), "data")
	}
	if p.from == "" && args[0] != "prepare" {
		p.from = "corpus/annotations"
	}
	return verbs[args[0]](p, flags.Args())
}

func (p *program) document(id string) (*corpus.Document, error) {
	if p.treebanks == nil {
		if p.data == "" {
			return nil, onrecord.WithHint(fmt.Errorf("no treebanks: %w", onrecord.ErrNotFound), "set ONRECORD_SHARED or -data")
		}
		t, err := corpus.OpenTreebanks(p.data)
		if err != nil {
			return nil, err
		}
		p.treebanks = t
	}
	return p.treebanks.Document(id)
}

// ids are the documents asked for, or else those that have a file in dir.
func ids(asked []string, dir, suffix string) ([]string, error) {
	if len(asked) > 0 {
		return asked, nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"+suffix))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("files in %s: %w", dir, onrecord.ErrNotFound)
	}
	var out []string
	for _, f := range files {
		out = append(out, strings.TrimSuffix(filepath.Base(f), suffix))
	}
	return out, nil
}

// annotation reads a file of annotations and its document.
func (p *program) annotation(dir, id string) (*corpus.Document, *corpus.Annotation, error) {
	if _, err := p.document(id); err != nil {
		return nil, nil, err
	}
	return p.treebanks.Annotation(dir, id)
}

// working reads a working file and its document. The annotation is there even
// where the error says that lines are wrong.
func (p *program) working(id string) (*corpus.Document, *corpus.Annotation, error) {
	d, err := p.document(id)
	if err != nil {
		return nil, nil, err
	}
	f, err := os.Open(filepath.Join(p.work, corpus.FileName(id, ".txt")))
	if err != nil {
		return nil, nil, fmt.Errorf("working file of %s: %w", id, err)
	}
	a, err := corpus.Parse(f, d)
	return d, a, errors.Join(err, f.Close())
}

// write makes a file and its folder.
func write(path string, fill func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return errors.Join(fill(f), f.Close())
}
