// Package conllu reads and writes CoNLL-U, the format of the Universal
// Dependencies treebanks (universaldependencies.org/format.html), and goes
// between it and analysed text.
//
// Empty nodes of the enhanced graph ("8.1") are left out: nothing here looks at
// them. Everything else is kept as it stands, so that reading and writing a file
// without empty nodes gives the same bytes.
package conllu

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

// Sentence is one sentence with its comments.
type Sentence struct {
	Comments []string // lines that begin with "#", whole
	Words    []Word   // Words[i] has the ID i+1
	Tokens   []Range  // multi-word tokens, in order
}

// Word is a syntactic word: one line of ten columns. An empty column is "_" in
// the file and the empty string here.
type Word struct {
	Form, Lemma, UPOS, XPOS, Feats string
	Head                           int // ID of the head, 1 for the first word; 0 for the root; -1 where there is none
	Relation, Deps, Misc           string
}

// Range is a token of several words: "1-2 don't".
type Range struct {
	First, Last int // IDs of its first and its last word
	Form, Misc  string
}

// Comment is the value of a comment "# name = value" or "# name"; ok says
// whether there is one.
func (s *Sentence) Comment(name string) (value string, ok bool) {
	for _, c := range s.Comments {
		c = strings.TrimSpace(strings.TrimPrefix(c, "#"))
		if c == name {
			return "", true
		}
		if rest, found := strings.CutPrefix(c, name); found {
			if v, found := strings.CutPrefix(strings.TrimLeft(rest, " "), "="); found {
				return strings.TrimSpace(v), true
			}
		}
	}
	return "", false
}

// Attribute is the value of "Name=value" in a MISC or FEATS column; empty where
// it is not there.
func Attribute(column, name string) string {
	for part := range strings.SplitSeq(column, "|") {
		if v, ok := strings.CutPrefix(part, name+"="); ok {
			return v
		}
	}
	return ""
}

// Read yields the sentences of a file. The first error ends it; it wraps
// [onrecord.ErrInvalid] and names the line, or is the reader's own.
func Read(r io.Reader) iter.Seq2[*Sentence, error] {
	return func(yield func(*Sentence, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(make([]byte, 64<<10), 64<<20)
		s := &Sentence{}
		for n := 1; lines.Scan(); n++ {
			line := strings.TrimSuffix(lines.Text(), "\r")
			var err error
			switch {
			case line == "":
				if len(s.Words) > 0 {
					if err = s.check(); err != nil {
						yield(nil, fmt.Errorf("sentence before line %d: %w", n, err))
						return
					}
					if !yield(s, nil) {
						return
					}
				}
				s = &Sentence{}
			case line[0] == '#':
				s.Comments = append(s.Comments, line)
			default:
				err = s.line(line)
			}
			if err != nil {
				yield(nil, fmt.Errorf("line %d: %w", n, err))
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(nil, fmt.Errorf("reading CoNLL-U: %w", err))
			return
		}
		if len(s.Words) > 0 {
			if err := s.check(); err != nil {
				yield(nil, fmt.Errorf("last sentence: %w", err))
				return
			}
			yield(s, nil)
		}
	}
}

// ReadAll is all sentences of a file. Errors are those of [Read].
func ReadAll(r io.Reader) ([]*Sentence, error) {
	var all []*Sentence
	for s, err := range Read(r) {
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func (s *Sentence) line(line string) error {
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return fmt.Errorf("%d columns, not 10: %w", len(f), onrecord.ErrInvalid)
	}
	if strings.Contains(f[0], ".") {
		return nil
	}
	form := f[1]
	for i := range f {
		switch f[i] {
		case "":
			return fmt.Errorf("column %d is empty: %w", i+1, onrecord.ErrInvalid)
		case "_":
			f[i] = ""
		}
	}
	if a, b, ok := strings.Cut(f[0], "-"); ok {
		first, err1 := strconv.Atoi(a)
		last, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || first != len(s.Words)+1 || last < first {
			return fmt.Errorf("token range %q: %w", f[0], onrecord.ErrInvalid)
		}
		s.Tokens = append(s.Tokens, Range{first, last, form, f[9]})
		return nil
	}
	if id, err := strconv.Atoi(f[0]); err != nil || id != len(s.Words)+1 {
		return fmt.Errorf("word id %q where %d comes: %w", f[0], len(s.Words)+1, onrecord.ErrInvalid)
	}
	w := Word{Form: form, Lemma: f[2], UPOS: f[3], XPOS: f[4], Feats: f[5], Head: -1, Relation: f[7], Deps: f[8], Misc: f[9]}
	if form == "_" {
		w.Lemma = "_" // the underscore itself
	}
	if f[6] != "" {
		h, err := strconv.Atoi(f[6])
		if err != nil || h < 0 {
			return fmt.Errorf("head %q: %w", f[6], onrecord.ErrInvalid)
		}
		w.Head = h
	}
	s.Words = append(s.Words, w)
	return nil
}

// check refuses heads and ranges that point outside the sentence.
func (s *Sentence) check() error {
	for i, w := range s.Words {
		if w.Head > len(s.Words) {
			return fmt.Errorf("word %d has head %d of %d: %w", i+1, w.Head, len(s.Words), onrecord.ErrInvalid)
		}
	}
	for i, t := range s.Tokens {
		if t.Last > len(s.Words) || i > 0 && t.First <= s.Tokens[i-1].Last {
			return fmt.Errorf("token %d-%d: %w", t.First, t.Last, onrecord.ErrInvalid)
		}
	}
	return nil
}

// WriteTo writes the sentence and the empty line after it. It implements
// [io.WriterTo].
func (s *Sentence) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	for _, c := range s.Comments {
		b.WriteString(c + "\n")
	}
	tokens := s.Tokens
	for i, word := range s.Words {
		if len(tokens) > 0 && tokens[0].First == i+1 {
			t := tokens[0]
			fmt.Fprintf(&b, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", t.First, t.Last, t.Form, blank(t.Misc))
			tokens = tokens[1:]
		}
		head := "_"
		if word.Head >= 0 {
			head = strconv.Itoa(word.Head)
		}
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", i+1, blank(word.Form), blank(word.Lemma),
			blank(word.UPOS), blank(word.XPOS), blank(word.Feats), head, blank(word.Relation), blank(word.Deps), blank(word.Misc))
	}
	b.WriteByte('\n')
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

func blank(column string) string {
	if column == "" {
		return "_"
	}
	return column
}
