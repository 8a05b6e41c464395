package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// What a teacher said (see teacher/README.md) lies in a folder as CoNLL-U with names
// in MISC, as Name=B-PER. Two files are special: wikigold.conllu has WikiGold's own
// names and the teacher's trees, gum-names.conllu the teacher's names for GUM, whose
// trees are gold. All others are more text.
const (
	silverWiki = "wikigold.conllu"
	silverGUM  = "gum-names.conllu"
)

// sureEnough is the geometric mean of the probabilities of a sentence's heads under
// which the teacher is not believed.
const sureEnough = 0.85

// readSilver adds a teacher's sentences to the corpora and its names to GUM's
// sentences, and returns WikiGold with trees.
func (c *corpora) readSilver(dir string, gum []*example) (wiki []*example, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.conllu"))
	if err != nil {
		return nil, fmt.Errorf("look for silver: %w", err)
	}
	slices.Sort(files)
	for _, name := range files {
		all, err := readTreebank(name)
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(e *example) bool { return e.sure > 0 && e.sure < sureEnough && len(e.words) > 2 })
		for _, e := range all {
			e.setNames(e.nameMarks())
			e.nameFor = 1
		}
		switch filepath.Base(name) {
		case silverWiki:
			wiki = all
		case silverGUM:
			byID := make(map[string]*example, len(all))
			for _, e := range all {
				byID[e.id] = e
			}
			for _, e := range gum {
				if s := byID[e.id]; s != nil && slices.Equal(s.words, e.words) {
					e.names, e.nameFor = s.names, 1
				}
			}
		default:
			c.silver = append(c.silver, all...)
		}
	}
	if len(c.silver) == 0 || len(wiki) == 0 {
		return nil, fmt.Errorf("no silver sentences, or no %s, in %s", silverWiki, dir)
	}
	return wiki, nil
}

// nameMarks are the marks in a sentence's MISC.
func (e *example) nameMarks() []string {
	marks := make([]string, len(e.words))
	for i, misc := range e.misc {
		marks[i] = "O"
		for f := range strings.SplitSeq(misc, "|") {
			if v, ok := strings.CutPrefix(f, "Name="); ok {
				marks[i] = v
			}
		}
	}
	return marks
}

func parseSure(text string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return 0
	}
	return v
}
