package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/conllu"
	"github.com/onrecord/onrecord/quote"
)

// Document is a treebank document put together, with what the treebank knows.
type Document struct {
	ID       string
	Treebank string // "gum" or "ewt"
	Split    string // "train" or "dev"
	Genre    string

	Words      onrecord.Text // the text with the treebank's sentences, tokens, tags and trees
	Paragraphs []onrecord.Span
	Headline   onrecord.Span     // the first paragraph where the treebank calls it a heading; else empty
	Quotations []quote.Quotation // by package quote
	Turns      []string          // the treebank's speaker of each sentence; empty where it names none
	Entities   []onrecord.Entity // of GUM, in text order; none in EWT
}

// Text is the document's text.
func (d *Document) Text() string { return d.Words.Source }

// Hash names the text.
func (d *Document) Hash() onrecord.Hash { return onrecord.HashOf(d.Text()) }

// Zone is the part of the article at a byte offset.
func (d *Document) Zone(offset int) onrecord.ZoneKind {
	if d.Headline.Covers(offset) {
		return onrecord.Headline
	}
	return onrecord.Body
}

// Treebanks are the CoNLL-U files of GUM and EWT, cut into documents but not
// parsed.
type Treebanks struct {
	raw   map[string]rawDocument
	order []string
}

type rawDocument struct {
	treebank, split string
	lines           []byte
}

var treebankFiles = []struct{ treebank, split, path string }{
	{"gum", "train", "gum/en_gum-open-train.conllu"},
	{"gum", "dev", "gum/en_gum-open-dev.conllu"},
	{"ewt", "train", "ewt/en_ewt-ud-train.conllu"},
	{"ewt", "dev", "ewt/en_ewt-ud-dev.conllu"},
}

// OpenTreebanks reads the treebanks of a folder that holds gum and ewt. The
// error wraps [onrecord.ErrNotFound] where a file is missing.
func OpenTreebanks(dir string) (*Treebanks, error) {
	t := &Treebanks{raw: map[string]rawDocument{}}
	for _, f := range treebankFiles {
		content, err := os.ReadFile(filepath.Join(dir, f.path))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, onrecord.WithHint(fmt.Errorf("open the treebanks: %w: %w", onrecord.ErrNotFound, err),
				"name the folder that holds gum/ and ewt/ (CoNLL-U of UD English-GUM and English-EWT)")
		} else if err != nil {
			return nil, fmt.Errorf("open the treebanks: %w", err)
		}
		const mark = "# newdoc id = "
		for start := bytes.Index(content, []byte(mark)); start >= 0; {
			end := bytes.Index(content[start+1:], []byte("\n"+mark))
			part := content[start:]
			if end >= 0 {
				part = content[start : start+1+end+1]
			}
			first, _, _ := bytes.Cut(part, []byte("\n"))
			id := strings.TrimSpace(strings.TrimPrefix(string(first), mark))
			t.raw[id] = rawDocument{f.treebank, f.split, part}
			t.order = append(t.order, id)
			if end < 0 {
				break
			}
			start += end + 2
		}
	}
	return t, nil
}

// IDs are the documents of all files, in the files' order.
func (t *Treebanks) IDs() []string { return slices.Clone(t.order) }

// Document puts a document together. Its text is the rule of [conllu.Document]:
// tokens and sentences are parted by one space where SpaceAfter=No does not
// forbid it, paragraphs (newdoc, newpar) by an empty line; nothing else is
// added or changed.
func (t *Treebanks) Document(id string) (*Document, error) {
	raw, ok := t.raw[id]
	if !ok {
		return nil, fmt.Errorf("document %s: %w in the treebanks", id, onrecord.ErrNotFound)
	}
	sentences, err := conllu.ReadAll(bytes.NewReader(raw.lines))
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", id, err)
	}
	if len(sentences) == 0 {
		return nil, fmt.Errorf("document %s has no sentences: %w", id, onrecord.ErrInvalid)
	}
	d := &Document{ID: id, Treebank: raw.treebank, Split: raw.split, Genre: genre(id)}
	d.Words, d.Paragraphs = conllu.Document(sentences)
	for i, s := range sentences {
		speaker, _ := s.Comment("speaker")
		d.Turns = append(d.Turns, speaker)
		if block, ok := s.Comment("newpar_block"); ok && i == 0 && strings.HasPrefix(block, "head") {
			d.Headline = d.Paragraphs[0]
		}
	}
	d.Quotations = quote.FindIn(d.Text(), d.Paragraphs)
	d.Entities = treebankEntities(&d.Words, sentences)
	return d, nil
}

// genre is what a document's name begins with: GUM_news_x, weblog-….
func genre(id string) string {
	if rest, ok := strings.CutPrefix(id, "GUM_"); ok {
		name, _, _ := strings.Cut(rest, "_")
		return name
	}
	name, _, _ := strings.Cut(id, "-")
	return name
}

// bracket is one opening "(12-person-…" or closing "12)" of GUM's Entity column.
var bracket = regexp.MustCompile(`\(([^()]+)|([^()]*)\)`)

// treebankEntities reads GUM's coreference.
// Mentions in several pieces ("12[1/2]") are left out.
func treebankEntities(words *onrecord.Text, sentences []*conllu.Sentence) []onrecord.Entity {
	type open struct {
		id    string
		token int
	}
	var (
		stack    []open
		kinds    = map[string]string{}
		mentions = map[string][]onrecord.Mention{}
		k        int
	)
	closeAt := func(i, token int) {
		o := stack[i]
		stack = slices.Delete(stack, i, i+1)
		span := onrecord.Span{Start: words.Tokens[o.token].Span.Start, End: words.Tokens[token].Span.End}
		mentions[o.id] = append(mentions[o.id], onrecord.Mention{Span: span, Form: MentionForm(words, span)})
	}
	for _, s := range sentences {
		for i := range s.Words {
			for _, m := range bracket.FindAllStringSubmatch(conllu.Attribute(s.Words[i].Misc, "Entity"), -1) {
				if m[1] != "" {
					fields := strings.Split(m[1], "-")
					stack = append(stack, open{fields[0], k})
					if len(fields) > 1 {
						kinds[fields[0]] = fields[1]
					}
					continue
				}
				for j := range slices.Backward(stack) {
					if m[2] == "" || stack[j].id == m[2] { // the innermost
						closeAt(j, k)
						break
					}
				}
			}
			k++
		}
	}
	var out []onrecord.Entity
	for id, kind := range kinds {
		if strings.Contains(id, "[") || len(mentions[id]) == 0 {
			continue
		}
		ms := mentions[id]
		slices.SortFunc(ms, func(a, b onrecord.Mention) int { return a.Span.Start*1e6 - b.Span.Start*1e6 + a.Span.End - b.Span.End })
		e := onrecord.Entity{ID: onrecord.ID("E" + id), Kind: entityKind(kind), Mentions: ms}
		e.Name = Name(words, ms)
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b onrecord.Entity) int { return number(a.ID) - number(b.ID) })
	return out
}

// entityKind is what a type of GUM's entities is here. GUM has no governments
// and groups: a place that speaks, or a person that is many, is for the annotator.
func entityKind(gum string) onrecord.EntityKind {
	switch gum {
	case "person", "organization", "place":
		return onrecord.EntityKind(gum)
	case "abstract", "object":
		return onrecord.Work
	}
	return onrecord.OtherEntity
}

// number is the count in a local ID such as "E12"; 0 where there is none.
func number(id onrecord.ID) int {
	n, _ := strconv.Atoi(strings.TrimLeft(string(id), "ES"))
	return n
}

// MentionForm is how a span refers, by the tag of its head in the tree.
func MentionForm(words *onrecord.Text, span onrecord.Span) onrecord.MentionForm {
	switch h := head(words, span); {
	case h < 0:
	case words.Tokens[h].UPOS == "PROPN":
		return onrecord.NameMention
	case words.Tokens[h].UPOS == "PRON" || words.Tokens[h].UPOS == "DET":
		return onrecord.PronounMention
	}
	return onrecord.NominalMention
}

// head is the first token of a span that hangs on nothing inside it; -1 where the
// span has none.
func head(words *onrecord.Text, span onrecord.Span) int {
	for k := words.TokenAt(span.Start); k < len(words.Tokens) && words.Tokens[k].Span.Start < span.End; k++ {
		t := words.Tokens[k]
		if t.UPOS == "PUNCT" {
			continue
		}
		if t.Head < 0 || t.Head == k || t.Head >= len(words.Tokens) || !span.Contains(words.Tokens[t.Head].Span) {
			return k
		}
	}
	return -1
}

// Name is the words of an entity's longest name of five words at most, else of
// its first mention.
func Name(words *onrecord.Text, mentions []onrecord.Mention) string {
	best := ""
	for _, m := range mentions {
		name := strings.Join(strings.Fields(m.Span.In(words.Source)), " ")
		if m.Form == onrecord.NameMention && len(strings.Fields(name)) <= 5 && len(name) > len(best) {
			best = name
		}
	}
	if best == "" && len(mentions) > 0 {
		f := strings.Fields(mentions[0].Span.In(words.Source))
		best = strings.Join(f[:min(5, len(f))], " ")
	}
	return best
}
