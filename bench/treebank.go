package bench

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/conllu"
	"github.com/onrecord/onrecord/english"
)

// Treebanks lists the files under dir that [EnglishFile] scores: CoNLL-U and IOB2
// files of the given part ("dev") or, like cases written by hand, of no part at
// all. The error wraps [onrecord.ErrNotFound] where there is none.
func Treebanks(dir, part string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := filepath.Base(path)
		if ext := filepath.Ext(name); ext != ".conllu" && ext != ".iob2" {
			return nil
		}
		if p := splitName.FindStringSubmatch(name); p == nil && !inLayers(path) || p != nil && p[1] == part {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for treebanks: %w", err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no .conllu or .iob2 file of part %q under %s: %w", part, dir, onrecord.ErrNotFound)
	}
	slices.Sort(files)
	return files, nil
}

var splitName = regexp.MustCompile(`-(train|dev|test)\b`)

// inLayers tells other annotations of documents that a treebank has already.
func inLayers(path string) bool {
	return strings.Contains(path, string(filepath.Separator)+"layers"+string(filepath.Separator))
}

// EnglishRow is the figures of one way of analysing one file.
type EnglishRow struct {
	Name   string // the file and how it was read: "en_ewt-ud-dev, raw text"
	Scores English
	Words  int           // that were analysed
	Took   time.Duration // on one core
}

// EnglishFile scores an analyser on a treebank. A CoNLL-U file is read twice, as
// raw text whose paragraphs are known and with its own tokens and sentences; so
// are those of its documents that are news apart. An IOB2 file is read with its
// own tokens, for names. Errors wrap [onrecord.ErrInvalid].
func EnglishFile(a *english.Analyser, path string) ([]EnglishRow, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening a treebank: %w", err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if filepath.Ext(path) == ".iob2" {
		row, err := namesRow(a, f)
		row.Name = name + ", names, gold tokens"
		return []EnglishRow{row}, wrapFile(path, err)
	}
	all, err := conllu.ReadAll(f)
	if err != nil {
		return nil, wrapFile(path, err)
	}
	var rows []EnglishRow
	for _, part := range []struct {
		name      string
		sentences []*conllu.Sentence
	}{{name, all}, {name + ", news", news(all)}} {
		if len(part.sentences) == 0 {
			continue
		}
		two, err := treebankRows(a, part.sentences)
		if err != nil {
			return nil, wrapFile(path, err)
		}
		two[0].Name, two[1].Name = part.name+", raw text", part.name+", gold tokens"
		rows = append(rows, two[:]...)
	}
	return rows, nil
}

func wrapFile(path string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// news is the sentences of documents with "news" in their names, as GUM has them;
// nothing where all or none are.
func news(all []*conllu.Sentence) []*conllu.Sentence {
	var out []*conllu.Sentence
	in := false
	for _, s := range all {
		if id, ok := s.Comment("newdoc id"); ok {
			in = strings.Contains(id, "_news_")
		}
		if in {
			out = append(out, s)
		}
	}
	if len(out) == len(all) {
		return nil
	}
	return out
}

func treebankRows(a *english.Analyser, gold []*conllu.Sentence) (rows [2]EnglishRow, err error) {
	text, paragraphs := conllu.Document(gold)
	raw := timed(&rows[0], func() onrecord.Text { return a.Analyse(text.Source, paragraphs, nil) })
	if rows[0].Scores, err = ScoreEnglish(gold, conllu.FromText(&raw, paragraphs)); err != nil {
		return rows, err
	}
	given := timed(&rows[1], func() onrecord.Text { return reread(a, text) })
	found := conllu.FromText(&given, paragraphs)
	for i, s := range found {
		s.Tokens = gold[i].Tokens // which words make a token is given too
	}
	if rows[1].Scores, err = ScoreEnglish(gold, found); err != nil {
		return rows, err
	}
	rows[1].Scores.Reports = reporting(gold, found)
	return rows, nil
}

func timed(row *EnglishRow, analyse func() onrecord.Text) onrecord.Text {
	start := time.Now()
	t := analyse()
	row.Took, row.Words = time.Since(start), len(t.Tokens)
	return t
}

// reread is the text with its tokens and sentences kept and all else found anew.
func reread(a *english.Analyser, t onrecord.Text) onrecord.Text {
	out := onrecord.Text{Source: t.Source, Sentences: t.Sentences, Tokens: slices.Clone(t.Tokens)}
	for i := range out.Tokens {
		out.Tokens[i] = onrecord.Token{Span: t.Tokens[i].Span, Head: -1}
	}
	a.Read(&out)
	return out
}

// namesRow scores names: a name is right where gold has one with the same span
// and kind.
func namesRow(a *english.Analyser, r io.Reader) (EnglishRow, error) {
	gold, err := ReadIOB2(r)
	if err != nil {
		return EnglishRow{}, err
	}
	var row EnglishRow
	found := timed(&row, func() onrecord.Text { return reread(a, gold) })
	row.Scores.Names, row.Scores.HasNames = scoreNames(gold.Names, found.Names), true
	return row, nil
}

func scoreNames(gold, found []onrecord.Name) Score {
	s := Score{Gold: len(gold)}
	type key struct {
		span onrecord.Span
		kind onrecord.EntityKind
	}
	in := map[key]bool{}
	for _, n := range gold {
		in[key{n.Span, n.Kind}] = true
	}
	for _, n := range found {
		switch n.Kind {
		case onrecord.Person, onrecord.Organization, onrecord.PlaceEntity:
			s.Predicted++
			if in[key{n.Span, n.Kind}] {
				s.Right++
			}
		}
	}
	return s
}

// ReadIOB2 reads a file with a token a line, sentences parted by empty lines, in
// columns parted by tabs or spaces: a number, the word, its tag, as in Universal
// NER, or the word and its tag. Tags of kinds other than PER, ORG and LOC count
// as none. The error wraps [onrecord.ErrInvalid].
func ReadIOB2(r io.Reader) (onrecord.Text, error) {
	var t onrecord.Text
	var b strings.Builder
	first := 0
	open := false // the last token's name may go on
	end := func() {
		if len(t.Tokens) > first {
			t.Sentences = append(t.Sentences, onrecord.Sentence{
				Span:  onrecord.Span{Start: t.Tokens[first].Span.Start, End: b.Len()},
				First: first, Last: len(t.Tokens),
			})
			first = len(t.Tokens)
		}
		open = false
	}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			end()
			continue
		}
		if strings.HasPrefix(line, "# ") {
			continue
		}
		f := strings.Fields(line)
		var word, tag string
		switch len(f) {
		case 2:
			word, tag = f[0], f[1]
		case 3, 4, 5:
			word, tag = f[1], f[2]
		default:
			return onrecord.Text{}, fmt.Errorf("line %d: %d columns: %w", n, len(f), onrecord.ErrInvalid)
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		span := onrecord.Span{Start: b.Len(), End: b.Len() + len(word)}
		b.WriteString(word)
		t.Tokens = append(t.Tokens, onrecord.Token{Span: span, Head: -1})
		mark, name, _ := strings.Cut(tag, "-")
		kind := iobKinds[name]
		switch {
		case kind == "":
			open = false
		case mark == "I" && open && t.Names[len(t.Names)-1].Kind == kind:
			t.Names[len(t.Names)-1].Span.End = span.End
		default:
			t.Names = append(t.Names, onrecord.Name{Span: span, Kind: kind})
			open = true
		}
	}
	end()
	if err := lines.Err(); err != nil {
		return onrecord.Text{}, fmt.Errorf("reading IOB2: %w", err)
	}
	t.Source = b.String()
	return t, nil
}

var iobKinds = map[string]onrecord.EntityKind{
	"PER": onrecord.Person, "ORG": onrecord.Organization, "LOC": onrecord.PlaceEntity,
}

// WriteTo prints the figures under their name, and the speed. It implements
// [io.WriterTo].
func (r EnglishRow) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%d words, %.0f words/s)\n", r.Name, r.Words, float64(r.Words)/r.Took.Seconds())
	if _, err := r.Scores.WriteTo(&b); err != nil {
		return 0, err
	}
	b.WriteByte('\n')
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}
