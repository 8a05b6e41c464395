package corpus

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/wire"
)

// Format names the lines of annotations/.
const Format = "attribution/1"

// place is a span in a file: start and end in code points of the document's
// text, and the first four hexadecimal digits of the SHA-256 of its words, so
// that a slip of an offset shows without the text of the line beside it.
type place struct {
	start, end int
	check      string
}

// MarshalJSON writes [start, end, "check"].
func (p place) MarshalJSON() ([]byte, error) { return json.Marshal([]any{p.start, p.end, p.check}) }

// UnmarshalJSON reads what MarshalJSON writes.
func (p *place) UnmarshalJSON(b []byte) error {
	parts := []any{&p.start, &p.end, &p.check}
	if err := json.Unmarshal(b, &parts); err != nil {
		return err
	}
	if len(parts) != 3 || p.start < 0 || p.end <= p.start || len(p.check) != 4 {
		return fmt.Errorf("span %s: want [start, end, \"checksum\"]: %w", b, onrecord.ErrInvalid)
	}
	return nil
}

// line is one line of a file: exactly one of its parts is there.
type line struct {
	Document  *documentLine  `json:"document,omitempty"`
	Entity    *entityLine    `json:"entity,omitempty"`
	Statement *statementLine `json:"statement,omitempty"`
	Looked    *lookedLine    `json:"looked,omitempty"`
}

type documentLine struct {
	Format     string        `json:"format"`
	ID         string        `json:"id"`
	Treebank   string        `json:"treebank"`
	Split      string        `json:"split"`
	Genre      string        `json:"genre"`
	Text       onrecord.Hash `json:"text"` // hash of the text in UTF-8
	CodePoints int           `json:"code_points"`
	By         string        `json:"by"`
}

type entityLine struct {
	ID       onrecord.ID         `json:"id"`
	Kind     onrecord.EntityKind `json:"kind"`
	Mentions []mentionLine       `json:"mentions"`
}

type mentionLine struct {
	Span place                `json:"span"`
	Form onrecord.MentionForm `json:"form"`
}

type statementLine struct {
	ID     onrecord.ID       `json:"id"`
	Depth  int               `json:"depth"`
	Within onrecord.ID       `json:"within,omitempty"`
	Zone   onrecord.ZoneKind `json:"zone"`
	Source struct {
		Spans    []place             `json:"spans"`
		Form     onrecord.SourceForm `json:"form"`
		Kind     onrecord.SourceKind `json:"kind"`
		Entities []onrecord.ID       `json:"entities"`
	} `json:"source"`
	Cue struct {
		Spans []place           `json:"spans"`
		Lemma string            `json:"lemma,omitempty"`
		Class onrecord.CueClass `json:"class"`
	} `json:"cue"`
	Content struct {
		Spans      []place `json:"spans"`
		Antecedent []place `json:"antecedent,omitempty"`
	} `json:"content"`
	Verbatim  []place          `json:"verbatim"`
	Quoted    onrecord.Quoted  `json:"quoted"`
	Addressee *addresseeLine   `json:"addressee,omitempty"`
	Medium    []place          `json:"medium,omitempty"`
	Occasion  []place          `json:"occasion,omitempty"`
	Times     []place          `json:"times,omitempty"`
	Uttered   onrecord.Uttered `json:"uttered"`
	Toward    onrecord.Toward  `json:"toward"`
	Note      string           `json:"note,omitempty"`
}

type addresseeLine struct {
	Spans    []place       `json:"spans"`
	Entities []onrecord.ID `json:"entities"`
}

type lookedLine struct {
	Kind string `json:"kind"`
	Span place  `json:"span"`
}

// Encode writes an annotation as the JSON Lines of annotations/: the document,
// the entities that statements name, the statements in text order with IDs from
// S1, and what was looked at. Names of entities are words of the text and stay
// out.
func Encode(w io.Writer, d *Document, a *Annotation) error {
	a = a.renumbered()
	o := wire.NewOffsets(d.Text())
	at := func(s onrecord.Span) place {
		return place{o.CodePoint(s.Start), o.CodePoint(s.End), checksum(s.In(d.Text()))}
	}
	all := func(spans []onrecord.Span) []place {
		out := make([]place, len(spans))
		for i, s := range spans {
			out[i] = at(s)
		}
		return out
	}
	lines := []line{{Document: &documentLine{
		Format: Format, ID: d.ID, Treebank: d.Treebank, Split: d.Split, Genre: d.Genre,
		Text: d.Hash(), CodePoints: o.CodePoint(len(d.Text())), By: a.By,
	}}}
	for _, e := range a.Entities {
		l := entityLine{ID: e.ID, Kind: e.Kind, Mentions: []mentionLine{}}
		for _, m := range e.Mentions {
			l.Mentions = append(l.Mentions, mentionLine{at(m.Span), m.Form})
		}
		lines = append(lines, line{Entity: &l})
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		l := statementLine{
			ID: s.ID, Depth: s.Depth, Within: s.Within, Zone: s.Zone, Quoted: s.Quoted, Uttered: s.Uttered, Toward: s.Toward, Note: s.Note,
			Verbatim: all(s.Verbatim), Medium: all(s.Medium), Occasion: all(s.Occasion), Times: all(s.Times),
		}
		l.Source.Spans, l.Source.Form, l.Source.Kind, l.Source.Entities = all(s.Source.Spans), s.Source.Form, s.Source.Kind, orEmpty(s.Speakers)
		l.Cue.Spans, l.Cue.Lemma, l.Cue.Class = all(s.Cue.Spans), s.Cue.Lemma, s.Cue.Class
		l.Content.Spans, l.Content.Antecedent = all(s.Content.Spans), all(s.Content.Antecedent)
		if len(s.Addressee) > 0 || len(s.Addressees) > 0 {
			l.Addressee = &addresseeLine{all(s.Addressee), orEmpty(s.Addressees)}
		}
		lines = append(lines, line{Statement: &l})
	}
	for _, k := range a.Looked {
		lines = append(lines, line{Looked: &lookedLine{k.Kind, at(k.Span)}})
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, l := range lines {
		if err := out.Encode(l); err != nil {
			return fmt.Errorf("write the annotation of %s: %w", d.ID, err)
		}
	}
	return nil
}

func orEmpty(list []onrecord.ID) []onrecord.ID {
	if list == nil {
		return []onrecord.ID{}
	}
	return list
}

// checksum tells whether an offset still points at the same words.
func checksum(words string) string {
	h := onrecord.HashOf(words)
	return hex.EncodeToString(h[:2])
}

// renumbered is the annotation with statements in text order from S1, entities
// that statements name from E1, and nothing else.
func (a *Annotation) renumbered() *Annotation {
	out := *a
	out.Statements = slices.Clone(a.Statements)
	slices.SortStableFunc(out.Statements, func(x, y Statement) int {
		if x, y := first(&x), first(&y); x != y {
			return x - y
		}
		return x.Depth - y.Depth
	})
	statements, entities := map[onrecord.ID]onrecord.ID{}, map[onrecord.ID]onrecord.ID{}
	named := map[onrecord.ID]bool{}
	for i := range out.Statements {
		s := &out.Statements[i]
		statements[s.ID] = onrecord.ID(fmt.Sprintf("S%d", i+1))
		for _, e := range append(slices.Clone(s.Speakers), s.Addressees...) {
			named[e] = true
		}
	}
	out.Entities = nil
	for _, e := range a.Entities {
		if named[e.ID] {
			id := onrecord.ID(fmt.Sprintf("E%d", len(out.Entities)+1))
			entities[e.ID] = id
			e.ID = id
			out.Entities = append(out.Entities, e)
		}
	}
	for i := range out.Statements {
		s := &out.Statements[i]
		s.ID, s.Within = statements[s.ID], statements[s.Within]
		s.Speakers, s.Addressees = renamed(s.Speakers, entities), renamed(s.Addressees, entities)
	}
	return &out
}

func renamed(list []onrecord.ID, names map[onrecord.ID]onrecord.ID) []onrecord.ID {
	var out []onrecord.ID
	for _, id := range list {
		out = append(out, names[id])
	}
	return out
}

// first is where a statement begins.
func first(s *Statement) int {
	if all := s.Spans(); len(all) > 0 {
		return all[0].Start
	}
	return 0
}

// Header reads the document line of a file alone, for those who have no text.
func Header(content []byte) (id string, text onrecord.Hash, err error) {
	var l line
	head, _, _ := bytes.Cut(content, []byte("\n"))
	if err := strict(head, &l); err != nil {
		return "", text, err
	}
	if l.Document == nil || l.Document.Format != Format {
		return "", text, fmt.Errorf("the first line is no document of %s: %w", Format, onrecord.ErrInvalid)
	}
	return l.Document.ID, l.Document.Text, nil
}

func strict(b []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", onrecord.ErrInvalid, err)
	}
	return nil
}

// Decode puts a file of annotations/ and its document together. The error wraps
// [onrecord.ErrDamaged] when the text or the words of a span are others than
// those annotated, [onrecord.ErrInvalid] when the file is not what it should be.
// A nil document reads what can be read without the text: spans then count code
// points, and checksums are not compared.
func Decode(r io.Reader, d *Document) (*Annotation, error) {
	var a *Annotation
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 16<<20)
	var dec decoder
	for n := 1; lines.Scan(); n++ {
		var l line
		if err := strict(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		switch {
		case (n == 1) != (l.Document != nil):
			return nil, fmt.Errorf("line %d: the document is the first line and no other: %w", n, onrecord.ErrInvalid)
		case l.Document != nil:
			if l.Document.Format != Format {
				return nil, fmt.Errorf("format %q, not %s: %w", l.Document.Format, Format, onrecord.ErrInvalid)
			}
			if d != nil && (d.ID != l.Document.ID || d.Hash() != l.Document.Text) {
				return nil, fmt.Errorf("%s: the text has %s, the annotation was made on %s: %w", l.Document.ID, d.Hash(), l.Document.Text, onrecord.ErrDamaged)
			}
			dec = decoder{size: l.Document.CodePoints}
			if d != nil {
				dec.text, dec.offsets = d.Text(), wire.NewOffsets(d.Text())
			}
			a = &Annotation{
				Document: l.Document.ID, Treebank: l.Document.Treebank, Split: l.Document.Split, Genre: l.Document.Genre,
				Hash: l.Document.Text, By: l.Document.By,
			}
		case l.Entity != nil:
			e := onrecord.Entity{ID: l.Entity.ID, Kind: l.Entity.Kind}
			for _, m := range l.Entity.Mentions {
				e.Mentions = append(e.Mentions, onrecord.Mention{Span: dec.span(m.Span), Form: m.Form})
			}
			if d != nil && dec.err == nil {
				e.Name = Name(&d.Words, e.Mentions)
			}
			a.Entities = append(a.Entities, e)
		case l.Statement != nil:
			a.Statements = append(a.Statements, dec.statement(l.Statement))
		case l.Looked != nil:
			a.Looked = append(a.Looked, Looked{Span: dec.span(l.Looked.Span), Kind: l.Looked.Kind, Done: true})
		default:
			return nil, fmt.Errorf("line %d holds nothing: %w", n, onrecord.ErrInvalid)
		}
		if dec.err != nil {
			return nil, fmt.Errorf("line %d: %w", n, dec.err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the annotation: %w", err)
	}
	if a == nil {
		return nil, fmt.Errorf("an empty file: %w", onrecord.ErrInvalid)
	}
	return a, nil
}

type decoder struct {
	size    int
	text    string
	offsets *wire.Offsets // nil without the text
	err     error
}

func (c *decoder) span(p place) onrecord.Span {
	if p.end > c.size && c.err == nil {
		c.err = fmt.Errorf("span [%d, %d) ends after the text's %d code points: %w", p.start, p.end, c.size, onrecord.ErrInvalid)
	}
	s := onrecord.Span{Start: p.start, End: p.end}
	if c.offsets == nil || c.err != nil {
		return s
	}
	s = onrecord.Span{Start: c.offsets.Byte(p.start), End: c.offsets.Byte(p.end)}
	if checksum(s.In(c.text)) != p.check {
		c.err = fmt.Errorf("span [%d, %d): the words are not those annotated: %w", p.start, p.end, onrecord.ErrDamaged)
	}
	return s
}

func (c *decoder) spans(ps []place) []onrecord.Span {
	var out []onrecord.Span
	for _, p := range ps {
		out = append(out, c.span(p))
	}
	return out
}

func (c *decoder) statement(l *statementLine) Statement {
	s := Statement{Speakers: l.Source.Entities, Note: l.Note, Times: c.spans(l.Times)}
	s.ID, s.Depth, s.Within, s.Zone, s.Quoted, s.Uttered, s.Toward = l.ID, l.Depth, l.Within, l.Zone, l.Quoted, l.Uttered, l.Toward
	s.Source = onrecord.Source{Spans: c.spans(l.Source.Spans), Form: l.Source.Form, Kind: l.Source.Kind}
	s.Cue = onrecord.Cue{Spans: c.spans(l.Cue.Spans), Lemma: l.Cue.Lemma, Class: l.Cue.Class}
	s.Content = onrecord.Content{Spans: c.spans(l.Content.Spans), Antecedent: c.spans(l.Content.Antecedent)}
	s.Verbatim, s.Medium, s.Occasion = c.spans(l.Verbatim), c.spans(l.Medium), c.spans(l.Occasion)
	if s.Verbatim == nil {
		s.Verbatim = []onrecord.Span{}
	}
	if l.Addressee != nil {
		s.Addressee, s.Addressees = c.spans(l.Addressee.Spans), l.Addressee.Entities
	}
	return s
}

// FileName is the file of annotations/ or of working files that a document has;
// suffix is ".jsonl" or ".txt".
func FileName(id, suffix string) string { return strings.ReplaceAll(id, "/", "_") + suffix }

// Annotation reads a document and its annotation in dir, a folder as
// annotations/. The error wraps [onrecord.ErrNotFound] where either is missing.
func (t *Treebanks) Annotation(dir, id string) (*Document, *Annotation, error) {
	d, err := t.Document(id)
	if err != nil {
		return nil, nil, err
	}
	content, err := os.ReadFile(filepath.Join(dir, FileName(id, ".jsonl")))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("annotation of %s: %w: %w", id, onrecord.ErrNotFound, err)
	} else if err != nil {
		return nil, nil, fmt.Errorf("annotation of %s: %w", id, err)
	}
	a, err := Decode(bytes.NewReader(content), d)
	if err != nil {
		return nil, nil, fmt.Errorf("annotation of %s: %w", id, err)
	}
	return d, a, nil
}
