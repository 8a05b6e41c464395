package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Span is a half-open range [Start, End) of code points of a document's text.
type Span struct{ Start, End int }

// Attribution is who is told to have said what, by which words. Spans are as
// they were annotated or predicted; a role without spans is missing.
type Attribution struct {
	Source, Cue, Content []Span
}

// Gold is an annotated corpus, its documents in the order of their names.
type Gold struct {
	Documents []Document
}

// Document is one text with the attributions of each person who annotated it.
type Document struct {
	Name       string // of the text's file, without ".txt"
	Text       string
	Annotators []Annotator // in the order of their file names
}

// Annotator is one person's reading of a document.
type Annotator struct {
	File         string
	Attributions []Attribution
}

// annotator is the end of an annotation file's name that tells who made it.
var annotator = regexp.MustCompile(`_[^_]+\.ann$`)

// OpenGold reads the corpus in dir, which holds text and attributions. The
// annotation files decide which documents there are. The error wraps
// [onrecord.ErrNotFound] where there are none and [onrecord.ErrInvalid] where a
// file is not what it should be.
func OpenGold(dir string) (*Gold, error) {
	entries, err := os.ReadDir(filepath.Join(dir, "attributions"))
	if err != nil {
		return nil, onrecord.WithHint(fmt.Errorf("open the corpus: %w: %w", onrecord.ErrNotFound, err),
			"the folder must hold text/NAME.txt and attributions/NAME_ANNOTATOR.ann")
	}
	files := map[string][]string{}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".ann") {
			name := strings.ReplaceAll(annotator.ReplaceAllString(e.Name(), ""), ".txt", "")
			files[name] = append(files[name], e.Name())
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("open the corpus %s: no annotation file: %w", dir, onrecord.ErrNotFound)
	}
	gold := &Gold{Documents: make([]Document, 0, len(files))}
	for name, of := range files {
		doc, err := openDocument(dir, name, of)
		if err != nil {
			return nil, fmt.Errorf("open the corpus: %w", err)
		}
		gold.Documents = append(gold.Documents, doc)
	}
	slices.SortFunc(gold.Documents, func(a, b Document) int { return strings.Compare(a.Name, b.Name) })
	return gold, nil
}

func openDocument(dir, name string, files []string) (Document, error) {
	text, err := os.ReadFile(filepath.Join(dir, "text", name+".txt"))
	if err != nil {
		return Document{}, err
	}
	if !utf8.Valid(text) {
		return Document{}, fmt.Errorf("%s: not UTF-8: %w", name, onrecord.ErrInvalid)
	}
	doc := Document{Name: name, Text: string(text)}
	slices.Sort(files)
	for _, file := range files {
		ann, err := os.ReadFile(filepath.Join(dir, "attributions", file))
		if err != nil {
			return Document{}, err
		}
		attributions, err := parseAnnotations(string(ann))
		if err != nil {
			return Document{}, fmt.Errorf("%s: %w", file, err)
		}
		doc.Annotators = append(doc.Annotators, Annotator{file, attributions})
	}
	return doc, nil
}

// Lines of the stand-off format: "T7<tab>Source 10 14;16 20<tab>words" and
// "E2<tab>Attribution:T9 Source:T7 Cue:T8". All others are notes.
var (
	spanLine  = regexp.MustCompile(`^T[0-9]+$`)
	spanField = regexp.MustCompile(`^[\pL\pN_-]+ [0-9]+ [0-9]+`)
	eventLine = regexp.MustCompile(`^E[0-9]+$`)
)

// parseAnnotations reads one annotation file. Events that its annotator set
// aside (Discuss, Discard) are left out. An attribution may name a role several
// times ("Content2"); its spans are then together.
func parseAnnotations(file string) ([]Attribution, error) {
	spans := map[string][]Span{}
	var events [][]string
	file = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(file)
	for n, line := range strings.Split(file, "\n") {
		id, rest, _ := strings.Cut(line, "\t")
		field, _, _ := strings.Cut(rest, "\t")
		switch {
		case spanLine.MatchString(id) && spanField.MatchString(field):
			_, where, _ := strings.Cut(field, " ")
			s, err := parseSpans(where)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
			spans[id] = s
		case eventLine.MatchString(id) && strings.TrimSpace(field) != "":
			events = append(events, strings.Fields(field))
		}
	}
	var out []Attribution
	for _, parts := range events {
		kind, _, _ := strings.Cut(parts[0], ":")
		if kind == "Discuss" || kind == "Discard" {
			continue
		}
		a, err := attribution(parts[1:], spans)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// attribution resolves "Source:T7 Cue:T8". Other roles, and spans that are not
// there, are passed over.
func attribution(arguments []string, spans map[string][]Span) (a Attribution, err error) {
	for _, argument := range arguments {
		role, ref, ok := strings.Cut(argument, ":")
		if !ok || strings.Contains(ref, ":") {
			return a, fmt.Errorf("argument %q: want ROLE:SPAN: %w", argument, onrecord.ErrInvalid)
		}
		switch strings.ToLower(strings.TrimRight(role, "0123456789")) {
		case "source":
			a.Source = append(a.Source, spans[ref]...)
		case "cue":
			a.Cue = append(a.Cue, spans[ref]...)
		case "content":
			a.Content = append(a.Content, spans[ref]...)
		}
	}
	return a, nil
}

// parseSpans reads "10 14;16 20".
func parseSpans(where string) ([]Span, error) {
	var out []Span
	for pair := range strings.SplitSeq(where, ";") {
		ends := strings.Fields(pair)
		if len(ends) != 2 {
			return nil, fmt.Errorf("span %q: want two offsets: %w", pair, onrecord.ErrInvalid)
		}
		start, err1 := strconv.Atoi(ends[0])
		end, err2 := strconv.Atoi(ends[1])
		if err1 != nil || err2 != nil || start < 0 || end < 0 {
			return nil, fmt.Errorf("span %q: want two offsets: %w", pair, onrecord.ErrInvalid)
		}
		out = append(out, Span{start, end})
	}
	return out, nil
}
