package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/english/nn"
)

// example is a sentence and what is known of it.
type example struct {
	id    string
	words []string
	upos  []string
	xpos  []string
	lemma []string
	head  []int // index of the head, the word's own for the root
	rel   []string
	names []int // tags as nn.NameTag gives them

	tree    bool    // upos to rel are known
	nameFor float32 // how much names count in the loss; 0 where they are unknown
	sure    float64 // how sure a teacher was of the tree; 0 where it is gold
	misc    []string
}

// corpora is what a model is trained and measured on.
type corpora struct {
	train       []*example
	silver      []*example // labelled by a teacher
	ewt, gum    []*example // development parts
	description []string
}

// readAll reads the public corpora under a folder laid out as train/README.md says.
// Where silver is given, it holds what a teacher said of more text; see silver.go.
func readAll(dir, silver string) (*corpora, error) {
	c := &corpora{}
	ewt, err := readTreebank(filepath.Join(dir, "ewt/en_ewt-ud-train.conllu"))
	if err != nil {
		return nil, err
	}
	if err := addIOB2(ewt, filepath.Join(dir, "uner_ewt/en_ewt-ud-train.2022-12.iob2")); err != nil {
		return nil, err
	}
	gum, err := readTreebank(filepath.Join(dir, "gum/en_gum-open-train.conllu"))
	if err != nil {
		return nil, err
	}
	for _, e := range gum {
		gumNames(e)
		e.nameFor = 0.5
	}
	wiki, err := readColumns(filepath.Join(dir, "wikigold/wikigold.conll.txt"))
	if err != nil {
		return nil, err
	}
	if silver != "" {
		if wiki, err = c.readSilver(silver, gum); err != nil {
			return nil, err
		}
	}
	if c.ewt, err = readTreebank(filepath.Join(dir, "ewt/en_ewt-ud-dev.conllu")); err != nil {
		return nil, err
	}
	if err := addIOB2(c.ewt, filepath.Join(dir, "uner_ewt/en_ewt-ud-dev.iob2")); err != nil {
		return nil, err
	}
	if c.gum, err = readTreebank(filepath.Join(dir, "gum/en_gum-open-dev.conllu")); err != nil {
		return nil, err
	}
	for _, e := range c.gum {
		gumNames(e)
	}
	c.train = append(append(append(c.train, ewt...), gum...), wiki...)
	for _, e := range gum { // what the model is for, and rare: seen twice as often
		if strings.HasPrefix(e.id, "GUM_news") || strings.HasPrefix(e.id, "GUM_interview") {
			c.train = append(c.train, e)
		}
	}
	for _, part := range []struct {
		name string
		of   []*example
	}{{"EWT", ewt}, {"GUM open", gum}, {"WikiGold", wiki}, {"silver", c.silver}} {
		words, names := 0, 0
		for _, e := range part.of {
			words += len(e.words)
			for _, t := range e.names {
				if at := (t-1)%4 + 1; t > 0 && (at == 1 || at == 4) {
					names++
				}
			}
		}
		c.description = append(c.description, fmt.Sprintf("%s: %d sentences, %d words, %d names", part.name, len(part.of), words, names))
	}
	return c, nil
}

func scan(path string, line func(n int, text string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read a corpus: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<22)
	for n := 1; s.Scan(); n++ {
		if err := line(n, s.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// readTreebank reads CoNLL-U. Ranges of tokens and empty nodes are left out.
func readTreebank(path string) ([]*example, error) {
	var all []*example
	e := &example{tree: true}
	err := scan(path, func(_ int, text string) error {
		switch {
		case text == "":
			if len(e.words) > 0 {
				for i, h := range e.head {
					if h < 0 {
						e.head[i] = i
					}
				}
				e.names = make([]int, len(e.words))
				all = append(all, e)
			}
			e = &example{tree: true}
			return nil
		case strings.HasPrefix(text, "# sent_id = "):
			e.id = text[len("# sent_id = "):]
			return nil
		case strings.HasPrefix(text, "# sure = "):
			e.sure = parseSure(text[len("# sure = "):])
			return nil
		case text[0] == '#':
			return nil
		}
		f := strings.Split(text, "\t")
		if len(f) != 10 {
			return fmt.Errorf("%d columns, want 10", len(f))
		}
		if strings.ContainsAny(f[0], "-.") {
			return nil
		}
		head, err := strconv.Atoi(f[6])
		if err != nil {
			return fmt.Errorf("head: %w", err)
		}
		e.words, e.lemma = append(e.words, f[1]), append(e.lemma, f[2])
		e.upos, e.xpos = append(e.upos, f[3]), append(e.xpos, f[4])
		e.head, e.rel, e.misc = append(e.head, head-1), append(e.rel, f[7]), append(e.misc, f[9])
		return nil
	})
	return all, err
}

var kinds = map[string]nn.Kind{"PER": nn.Person, "ORG": nn.Organisation, "LOC": nn.Place}

// setNames sets tags from marks such as "B-PER" and "I-PER"; other kinds are none.
func (e *example) setNames(marks []string) {
	e.names = make([]int, len(e.words))
	for i := 0; i < len(marks); {
		_, kind, _ := strings.Cut(marks[i], "-")
		k, ok := kinds[kind]
		if !ok {
			i++
			continue
		}
		last := i + 1
		for last < len(marks) && marks[last] == "I-"+kind {
			last++
		}
		for j := i; j < last; j++ {
			e.names[j] = nn.NameTag(k, j-i, last-i)
		}
		i = last
	}
}

// addIOB2 adds names to a treebank's sentences by their ids. A sentence whose words
// differ stays without.
func addIOB2(to []*example, path string) error {
	byID := make(map[string]*example, len(to))
	for _, e := range to {
		byID[e.id] = e
	}
	var id string
	var words, marks []string
	done := func() {
		if e := byID[id]; e != nil && len(words) > 0 {
			if spread := align(e.words, words, marks); spread != nil {
				e.setNames(spread)
				e.nameFor = 1
			}
		}
		words, marks = words[:0], marks[:0]
	}
	err := scan(path, func(_ int, text string) error {
		switch {
		case text == "":
			done()
		case strings.HasPrefix(text, "# sent_id = "):
			id = text[len("# sent_id = "):]
		case text[0] != '#':
			f := strings.Split(text, "\t")
			if len(f) < 3 {
				return fmt.Errorf("%d columns, want 3", len(f))
			}
			words, marks = append(words, f[1]), append(marks, f[2])
		}
		return nil
	})
	done()
	return err
}

// align spreads marks of tokens over words where tokens such as "don't" are several
// words; nil where the letters differ.
func align(words, tokens, marks []string) []string {
	var spread []string
	at := 0
	for i, t := range tokens {
		joined, first := "", true
		for len(joined) < len(t) && at < len(words) {
			joined += words[at]
			mark := marks[i]
			if !first && strings.HasPrefix(mark, "B-") {
				mark = "I" + mark[1:]
			}
			spread, first = append(spread, mark), false
			at++
		}
		if joined != t {
			return nil
		}
	}
	if at != len(words) {
		return nil
	}
	return spread
}

// readColumns reads WikiGold's two columns, word and IOB1 mark. It has no trees.
func readColumns(path string) ([]*example, error) {
	var all []*example
	var words, marks []string
	done := func() {
		if len(words) > 0 {
			for i, m := range marks { // IOB1 to IOB2
				if strings.HasPrefix(m, "I-") && (i == 0 || marks[i-1][1:] != m[1:]) {
					marks[i] = "B" + m[1:]
				}
			}
			e := &example{words: words, nameFor: 1}
			e.setNames(marks)
			all = append(all, e)
		}
		words, marks = nil, nil
	}
	err := scan(path, func(_ int, text string) error {
		f := strings.Fields(text)
		switch {
		case len(f) == 0:
			done()
		case len(f) != 2:
			return fmt.Errorf("%d columns, want 2", len(f))
		case f[0] != "-DOCSTART-":
			words, marks = append(words, f[0]), append(marks, f[1])
		}
		return nil
	})
	done()
	return all, err
}

// gumNames takes names from GUM's entity layer: mentions of a person, an
// organisation or a place whose head is a proper noun, cut down to the proper nouns
// around that head. GUM's mentions hold articles, titles and whole clauses, which
// names elsewhere do not.
func gumNames(e *example) {
	type open struct {
		key, kind string
		first     int
	}
	var stack []open
	taken := make([]bool, len(e.words))
	type span struct {
		first, last int
		kind        nn.Kind
	}
	var spans []span
	types := map[string]nn.Kind{"person": nn.Person, "organization": nn.Organisation, "place": nn.Place}
	for i, misc := range e.misc {
		value := ""
		for f := range strings.SplitSeq(misc, "|") {
			if v, ok := strings.CutPrefix(f, "Entity="); ok {
				value = v
			}
		}
		for value != "" {
			if value[0] == '(' {
				end := strings.IndexAny(value[1:], "()") + 1
				body := value[1:]
				if end > 0 {
					body = value[1:end]
				} else {
					end = len(value)
				}
				parts := strings.SplitN(body, "-", 3)
				if len(parts) > 1 {
					stack = append(stack, open{parts[0], parts[1], i})
				}
				value = value[end:]
				if strings.HasPrefix(value, ")") { // a mention of one word
					o := stack[len(stack)-1]
					stack = stack[:len(stack)-1]
					if k, ok := types[o.kind]; ok {
						spans = append(spans, span{i, i + 1, k})
					}
					value = value[1:]
				}
				continue
			}
			end := strings.IndexByte(value, ')')
			if end < 0 {
				break
			}
			for s, o := range slices.Backward(stack) {
				if o.key == value[:end] {
					if k, ok := types[o.kind]; ok {
						spans = append(spans, span{o.first, i + 1, k})
					}
					stack = append(stack[:s], stack[s+1:]...)
					break
				}
			}
			value = value[end+1:]
		}
	}
	// Outer mentions first: "University of X" is one organisation, not a place.
	for length := len(e.words); length > 0; length-- {
		for _, s := range spans {
			if s.last-s.first != length {
				continue
			}
			head := -1
			for i := s.first; i < s.last; i++ {
				if h := e.head[i]; h == i || h < s.first || h >= s.last {
					head = i
					break
				}
			}
			if head < 0 || e.xpos[head] != "NNP" && e.xpos[head] != "NNPS" {
				continue
			}
			proper := func(i int) bool { return i >= s.first && i < s.last && strings.HasPrefix(e.xpos[i], "NNP") }
			glue := func(i int) bool {
				return i >= s.first && i < s.last && (e.words[i] == "-" || e.words[i] == "of" || e.words[i] == "'s" || e.words[i] == "&" || e.words[i] == "for")
			}
			first, last := head, head+1
			for proper(first-1) || glue(first-1) && proper(first-2) {
				first--
			}
			for proper(last) || glue(last) && (proper(last+1) || e.words[last] == "of" && last+2 < s.last && e.words[last+1] == "the" && proper(last+2)) || last > first && e.words[last-1] == "of" && last < s.last && e.words[last] == "the" && proper(last+1) {
				last++
			}
			free := true
			for i := first; i < last; i++ {
				free = free && !taken[i]
			}
			if !free {
				continue
			}
			for i := first; i < last; i++ {
				taken[i] = true
				e.names[i] = nn.NameTag(s.kind, i-first, last-first)
			}
		}
	}
}
