package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

// Parse reads a working file. All that is wrong is told at once, each with its
// line; every error wraps [onrecord.ErrInvalid]. What could be read is returned
// with them.
func Parse(r io.Reader, d *Document) (*Annotation, error) {
	a := &Annotation{Document: d.ID, Treebank: d.Treebank, Split: d.Split, Genre: d.Genre, Hash: d.Hash()}
	p := parser{d: d, a: a}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 16<<20)
	section := ""
	for n := 1; lines.Scan(); n++ {
		p.n = n
		line := strings.TrimSpace(lines.Text())
		switch {
		case strings.HasPrefix(line, "== "):
			section = strings.TrimSpace(line[3:])
		case line == "":
		case section == "" && strings.HasPrefix(line, "# by:"):
			a.By = strings.TrimSpace(line[len("# by:"):])
		case section == "" && strings.HasPrefix(line, "# document:"):
			if id := strings.TrimSpace(line[len("# document:"):]); id != d.ID {
				p.wrong("the file is about %s, not %s", id, d.ID)
			}
		case strings.HasPrefix(line, "#"):
		case section == "" || section == "text":
		case localID(strings.Fields(line)[0], 'E'):
			p.entity(line)
		case line[0] == '?' || line[0] == '-':
			p.looked(line)
		default:
			p.statement(line)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the working file: %w", err)
	}
	if section == "" || section == "text" {
		return nil, fmt.Errorf("no line \"== statements\": %w", onrecord.ErrInvalid)
	}
	a.dropRefused(d)
	a.finish(d)
	return a, errors.Join(p.errs...)
}

type parser struct {
	d    *Document
	a    *Annotation
	n    int
	errs []error
}

func (p *parser) wrong(format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("line %d: %w: "+format, append([]any{p.n, onrecord.ErrInvalid}, args...)...))
}

func (p *parser) spans(words string, sentence int) []onrecord.Span {
	spans, err := p.d.resolve(words, sentence)
	if err != nil {
		p.errs = append(p.errs, fmt.Errorf("line %d: %w", p.n, err))
	}
	return spans
}

// dropRefused takes out the guesses that are marked "no". What they were made
// of counts as looked at.
func (a *Annotation) dropRefused(d *Document) {
	for i := range a.Statements {
		s := &a.Statements[i]
		if !s.refused {
			continue
		}
		alone := Annotation{Statements: []Statement{*s}}
		for _, l := range d.ToLook() {
			if alone.covers(l) {
				l.Done = true
				a.Looked = append(a.Looked, l)
			}
		}
	}
	a.Statements = slices.DeleteFunc(a.Statements, func(s Statement) bool { return s.refused })
	// What a statement covers needs no saying, and nothing needs it twice.
	kept := a.Looked[:0]
	for _, l := range a.Looked {
		if !a.covers(l) && !slices.ContainsFunc(kept, func(k Looked) bool { return k.Span == l.Span && k.Kind == l.Kind }) {
			kept = append(kept, l)
		}
	}
	a.Looked = kept
}

// entity reads "E3 person Ann Lee: {Ann Lee} @s1; {she} @s4". The name may be
// left out.
func (p *parser) entity(line string) {
	head, mentions, ok := strings.Cut(line, ":")
	fields := strings.Fields(head)
	if !ok || len(fields) < 2 || !localID(fields[0], 'E') {
		p.wrong("want \"E1 person NAME: {words} @s1; {words} @s2\"")
		return
	}
	e := onrecord.Entity{ID: onrecord.ID(fields[0]), Kind: onrecord.EntityKind(fields[1]), Name: strings.Join(fields[2:], " ")}
	depth := 0
	for _, m := range strings.FieldsFunc(mentions, func(r rune) bool { // ";" outside braces
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		return r == ';' && depth == 0
	}) {
		if m = strings.TrimSpace(m); m == "" {
			continue
		}
		for _, s := range p.spans(m, 0) {
			e.Mentions = append(e.Mentions, onrecord.Mention{Span: s, Form: MentionForm(&p.d.Words, s)})
		}
	}
	slices.SortFunc(e.Mentions, func(a, b onrecord.Mention) int { return a.Span.Start - b.Span.Start })
	if e.Name == "" {
		e.Name = Name(&p.d.Words, e.Mentions)
	}
	p.a.Entities = append(p.a.Entities, e)
}

func localID(s string, letter byte) bool {
	n, err := strconv.Atoi(strings.TrimLeft(s, string(letter)))
	return err == nil && n >= 0 && s[0] == letter
}

// statement reads one line of a statement's block.
func (p *parser) statement(line string) {
	if fields := strings.Fields(line); localID(fields[0], 'S') {
		p.begin(fields)
		return
	}
	key, value, ok := strings.Cut(line, ":")
	if !ok || len(p.a.Statements) == 0 {
		p.wrong("%q: want a statement (\"S1 @s3\") or one of its parts (\"cue: {said} | speech\")", line)
		return
	}
	s := &p.a.Statements[len(p.a.Statements)-1]
	value, note := bar(value)
	value, more := strings.TrimSpace(value), strings.Fields(note)
	spans := func() []onrecord.Span {
		if value == "-" || value == "" {
			return nil
		}
		return p.spans(value, s.sentence)
	}
	switch strings.TrimSpace(key) {
	case "source":
		s.Source.Spans = spans()
		for _, w := range more {
			switch {
			case localID(w, 'E'):
				s.Speakers = append(s.Speakers, onrecord.ID(w))
			case slices.Contains(forms, onrecord.SourceForm(w)) && s.Source.Form == "":
				s.Source.Form = onrecord.SourceForm(w)
			case slices.Contains(kinds, onrecord.SourceKind(w)) && s.Source.Kind == "":
				s.Source.Kind = onrecord.SourceKind(w)
			default:
				p.wrong("source: %q is neither a form %v, a kind %v nor an entity", w, forms, kinds)
			}
		}
		if value == "-" && s.Source.Form == "" {
			s.Source.Form = onrecord.Implicit
		}
	case "cue":
		s.Cue.Spans = spans()
		if len(more) > 0 {
			s.Cue.Class = onrecord.CueClass(more[len(more)-1])
			s.Cue.Lemma = strings.Join(more[:len(more)-1], " ")
		}
	case "content":
		s.Content.Spans = spans()
	case "antecedent":
		s.Content.Antecedent = spans()
	case "to":
		s.Addressee = spans()
		for _, w := range more {
			if !localID(w, 'E') {
				p.wrong("to: %q is no entity", w)
				continue
			}
			s.Addressees = append(s.Addressees, onrecord.ID(w))
		}
	case "medium":
		s.Medium = spans()
	case "occasion":
		s.Occasion = spans()
	case "time":
		s.Times = spans()
	case "verbatim":
		s.Verbatim = spans()
		if s.Verbatim == nil {
			s.Verbatim = []onrecord.Span{} // none, said so
		}
	case "how":
		f := strings.Fields(value)
		if len(f) != 2 {
			p.wrong("how: want two words, such as \"yes affirms\"")
			return
		}
		s.Uttered, s.Toward = onrecord.Uttered(f[0]), onrecord.Toward(f[1])
	case "note":
		s.Note = value
	default:
		p.wrong("%q is no part of a statement", key)
	}
}

// bar parts a line's words from what stands after "|" outside braces.
func bar(line string) (words, note string) {
	after := strings.LastIndexByte(line, '}') + 1
	if i := strings.IndexByte(line[after:], '|'); i >= 0 {
		return line[:after+i], line[after+i+1:]
	}
	return line, ""
}

// begin reads "S3 @s5 in S2 guess".
func (p *parser) begin(fields []string) {
	s := Statement{line: p.n}
	s.ID = onrecord.ID(fields[0])
	for i := 1; i < len(fields); i++ {
		switch f := fields[i]; {
		case strings.HasPrefix(f, "@s"):
			n, err := strconv.Atoi(f[2:])
			if err != nil || n < 1 || n > len(p.d.Words.Sentences) {
				p.wrong("%s: sentences go from s1 to s%d", f, len(p.d.Words.Sentences))
			}
			s.sentence = n
		case f == "in" && i+1 < len(fields):
			i++
			s.Within = onrecord.ID(fields[i])
		case f == "guess":
			s.Guess = true
		case f == "no":
			s.refused = true
		default:
			p.wrong("%q: want \"S1 @s3\", \"S1 @s3 in S2\", with \"guess\" at the end while nobody has looked, \"no\" where it is none", f)
		}
	}
	p.a.Statements = append(p.a.Statements, s)
}

// looked reads "? s4 verb {say}" or "- s4 verb {say}".
func (p *parser) looked(line string) {
	f := strings.SplitN(line, " ", 4)
	if len(f) < 4 || f[0] != "?" && f[0] != "-" || !strings.HasPrefix(f[1], "s") {
		p.wrong("want \"- s4 verb {said}\" or \"? s4 verb {said}\"")
		return
	}
	n, _ := strconv.Atoi(f[1][1:])
	for _, s := range p.spans(f[3], n) {
		p.a.Looked = append(p.a.Looked, Looked{Span: s, Kind: f[2], Done: f[0] == "-", line: p.n})
	}
}

// Write writes a working file: the text by sentences, then what is annotated.
func Write(w io.Writer, d *Document, a *Annotation) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# document: %s\n# by: %s\n# %s %s, %s\n# Mend what is below the text; see corpus/GUIDE.md: take \"guess\" off what is right, write \"no\" for what is none. Nothing above \"== entities\" is read.\n\n== text\n",
		d.ID, a.By, d.Treebank, d.Split, d.Hash())
	turn, p := "", 0
	for i, s := range d.Words.Sentences {
		if p < len(d.Paragraphs) && d.Paragraphs[p].Start <= s.Span.Start {
			p++
			fmt.Fprintln(out)
		}
		if d.Turns[i] != turn {
			turn = d.Turns[i]
			fmt.Fprintf(out, "[turn of %s; not in the text]\n", turn)
		}
		fmt.Fprintf(out, "s%-3d %s\n", i+1, strings.ReplaceAll(s.Span.In(d.Text()), "\n", " "))
	}
	fmt.Fprint(out, "\n== entities\n# Those no statement names are left out when built.\n")
	for _, e := range a.Entities {
		var ms []string
		for _, m := range e.Mentions {
			ms = append(ms, d.referOne(m.Span, 0))
		}
		fmt.Fprintf(out, "%s %s %s: %s\n", e.ID, e.Kind, strings.ReplaceAll(e.Name, ":", " "), strings.Join(ms, "; "))
	}
	fmt.Fprint(out, "\n== statements\n")
	for i := range a.Statements {
		d.writeStatement(out, &a.Statements[i])
	}
	fmt.Fprint(out, "\n== looked at\n# Reporting verbs and quotations in no statement: make \"?\" a \"-\" where nothing is attributed.\n")
	for _, l := range a.Looked {
		mark := "?"
		if l.Done {
			mark = "-"
		}
		n := d.Words.SentenceAt(l.Span.Start) + 1
		fmt.Fprintf(out, "%s s%d %s %s\n", mark, n, l.Kind, d.referOne(l.Span, n))
	}
	return out.Flush()
}

func (d *Document) writeStatement(out *bufio.Writer, s *Statement) {
	n := s.sentence
	if n == 0 {
		n = d.Words.SentenceAt(anchor(s)) + 1
	}
	fmt.Fprintf(out, "\n%s @s%d", s.ID, n)
	if s.Within != "" {
		fmt.Fprintf(out, " in %s", s.Within)
	}
	if s.Guess {
		fmt.Fprint(out, " guess")
	}
	fmt.Fprintln(out)
	for _, r := range s.roles() {
		var more []string
		switch r.name {
		case "source":
			more = append([]string{string(s.Source.Form), string(s.Source.Kind)}, ids(s.Speakers)...)
		case "cue":
			more = []string{s.Cue.Lemma, string(s.Cue.Class)}
		case "to":
			more = ids(s.Addressees)
		case "verbatim":
			if slices.Equal(r.spans, d.verbatim(s)) {
				continue
			}
		}
		words := d.refer(r.spans, n)
		if words == "" {
			if r.name != "source" && r.name != "cue" && r.name != "content" && r.name != "verbatim" {
				continue
			}
			words = "-"
		}
		fmt.Fprintf(out, "  %s: %s", r.name, words)
		if note := strings.Join(strings.Fields(strings.Join(more, " ")), " "); note != "" {
			fmt.Fprintf(out, " | %s", note)
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "  how: %s %s\n", s.Uttered, s.Toward)
	if s.Note != "" {
		fmt.Fprintf(out, "  note: %s\n", s.Note)
	}
}

func ids(all []onrecord.ID) []string {
	out := make([]string, len(all))
	for i, id := range all {
		out[i] = string(id)
	}
	return out
}

// anchor is where a statement stands: its cue, else its content, else its source.
func anchor(s *Statement) int {
	for _, spans := range [][]onrecord.Span{s.Cue.Spans, s.Content.Spans, s.Source.Spans} {
		if len(spans) > 0 {
			return spans[0].Start
		}
	}
	return 0
}
