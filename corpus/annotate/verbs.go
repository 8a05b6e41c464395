package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpus"
	"github.com/onrecord/onrecord/desk"
)

// choose prints documents.tsv by the rule.
func (p *program) choose([]string) error {
	if _, err := p.document(""); p.treebanks == nil {
		return err
	}
	list, err := corpus.Choose(p.treebanks)
	if err != nil {
		return err
	}
	return corpus.WriteList(p.stdout, list)
}

// prepare writes working files: the finder's guesses, or with -from an
// annotation to be read again.
func (p *program) prepare(asked []string) error {
	if len(asked) == 0 {
		list, err := corpus.Documents()
		if err != nil {
			return err
		}
		for _, l := range list {
			asked = append(asked, l.ID)
		}
	}
	finder, err := desk.New()
	if err != nil {
		return err
	}
	for _, id := range asked {
		path := filepath.Join(p.work, corpus.FileName(id, ".txt"))
		if _, err := os.Stat(path); err == nil && !p.force {
			fmt.Fprintf(p.stdout, "%s is there already and stays; -force writes over it\n", path)
			continue
		}
		a, d, err := p.prepared(finder, id)
		if err != nil {
			return err
		}
		if p.by != "" {
			a.By = p.by
		}
		if err := write(path, func(w io.Writer) error { return corpus.Write(w, d, a) }); err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "%s: %d statements, %d to look at\n", path, len(a.Statements), len(a.Looked))
	}
	return nil
}

func (p *program) prepared(finder *desk.Desk, id string) (*corpus.Annotation, *corpus.Document, error) {
	if p.from != "" {
		d, a, err := p.annotation(p.from, id)
		return a, d, err
	}
	d, err := p.document(id)
	if err != nil {
		return nil, nil, err
	}
	if p.blank {
		return corpus.Prepared(d, &onrecord.Analysis{}), d, nil
	}
	found, err := corpus.Find(context.Background(), finder.Analyse, d)
	if err != nil {
		return nil, nil, err
	}
	return corpus.Prepared(d, found), d, nil
}

// checked parses and checks a working file and prints its faults.
func (p *program) checked(id string) (*corpus.Document, *corpus.Annotation, error) {
	d, a, err := p.working(id)
	if a == nil {
		return nil, nil, err
	}
	faults := 0
	if err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			fmt.Fprintf(p.stdout, "%s: %s\n", id, line)
			faults++
		}
	}
	for _, f := range corpus.Check(d, a) {
		fmt.Fprintf(p.stdout, "%s: %s\n", id, f)
		faults++
	}
	if faults > 0 {
		return d, a, fmt.Errorf("%s: %d faults: %w", id, faults, onrecord.ErrInvalid)
	}
	fmt.Fprintf(p.stdout, "%s: %d statements, all well\n", id, len(a.Statements))
	return d, a, nil
}

func (p *program) check(asked []string) error {
	list, err := ids(asked, p.work, ".txt")
	for _, id := range list {
		_, _, e := p.checked(id)
		err = errors.Join(err, e)
	}
	return err
}

// build writes annotations of working files without a fault.
func (p *program) build(asked []string) error {
	if p.out == "" {
		p.out = "corpus/annotations"
	}
	list, err := ids(asked, p.work, ".txt")
	for _, id := range list {
		d, a, e := p.checked(id)
		if e == nil {
			e = write(filepath.Join(p.out, corpus.FileName(id, ".jsonl")), func(w io.Writer) error { return corpus.Encode(w, d, a) })
		}
		err = errors.Join(err, e)
	}
	return err
}

// verify checks annotations against the treebanks.
func (p *program) verify(asked []string) error {
	list, err := ids(asked, p.from, ".jsonl")
	statements := 0
	for _, id := range list {
		d, a, e := p.annotation(p.from, id)
		if e == nil {
			statements += len(a.Statements)
			for _, f := range corpus.Check(d, a) {
				fmt.Fprintf(p.stdout, "%s: %s\n", id, f)
				e = fmt.Errorf("%s has faults: %w", id, onrecord.ErrInvalid)
			}
		}
		err = errors.Join(err, e)
	}
	fmt.Fprintf(p.stdout, "%d documents, %d statements\n", len(list), statements)
	return err
}

// text prints statements with their words.
func (p *program) text(asked []string) error {
	list, err := ids(asked, p.from, ".jsonl")
	if err != nil {
		return err
	}
	for _, id := range list {
		d, a, err := p.annotation(p.from, id)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "%s\n", id)
		for i := range a.Statements {
			s := &a.Statements[i]
			words := func(spans []onrecord.Span) string {
				return strings.ReplaceAll(onrecord.Words(d.Text(), spans), "\n", " ")
			}
			fmt.Fprintf(p.stdout, "%s%s  [%s] %s [%s] %s  (%s, %s, %s)\n", strings.Repeat("  ", s.Depth+1), s.ID,
				words(s.Source.Spans), words(s.Cue.Spans), words(s.Content.Spans), strings.Join(strings.Fields("to "+words(s.Addressee)), " "), s.Cue.Class, s.Uttered, s.Toward)
		}
	}
	return nil
}

// brat writes texts and the outermost attributions as PolNeAR has them.
func (p *program) brat(asked []string) error {
	if p.out == "" {
		p.out = "corpus/out"
	}
	list, err := ids(asked, p.from, ".jsonl")
	if err != nil {
		return err
	}
	for _, id := range list {
		d, a, err := p.annotation(p.from, id)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(corpus.FileName(id, ".txt"), ".txt")
		if err := write(filepath.Join(p.out, "text", name+".txt"), func(w io.Writer) error {
			_, err := io.WriteString(w, d.Text())
			return err
		}); err != nil {
			return err
		}
		if err := write(filepath.Join(p.out, "attributions", name+"_onrecord.ann"), func(w io.Writer) error { return corpus.Brat(w, d, a) }); err != nil {
			return err
		}
	}
	fmt.Fprintf(p.stdout, "%d documents in %s\n", len(list), p.out)
	return nil
}

// freeze writes the hashes of all annotations under a version.
func (p *program) freeze(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("want a version: %w", onrecord.ErrInvalid)
	}
	lines, err := corpus.Manifest(p.from)
	if err != nil {
		return err
	}
	return write(filepath.Join(filepath.Dir(p.from), "frozen.txt"), func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "version %s\n%s", args[0], lines)
		return err
	})
}
