package said

import (
	"bufio"
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed scorer.txt
var scorerData string

// scorer gives statements their confidence: the probability that the attribution
// is real and its source right, by logistic regression over Features. Its weights
// are made by train/scorer from open corpora.
type scorer struct{ weights map[string]float64 }

func loadScorer(data string) (scorer, error) {
	s := scorer{map[string]float64{}}
	lines := bufio.NewScanner(strings.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		weight, feature, ok := strings.Cut(line, " ")
		w, err := strconv.ParseFloat(weight, 64)
		if !ok || err != nil {
			return s, fmt.Errorf("scorer line %d: %q: want a weight and a feature: %w", n, line, onrecord.ErrInvalid)
		}
		s.weights[feature] = w
	}
	return s, lines.Err()
}

// score sets the confidences of statements that have been found, where trees
// show what the weights were fitted on; else the rules' own stay.
func (f *Finder) score(text *onrecord.Text, found []onrecord.Statement) {
	if len(f.scorer.weights) == 0 || len(text.Tokens) == 0 || text.Tokens[0].Head < 0 {
		return
	}
	for i := range found {
		sum := 0.0
		f.Features(text, &found[i], func(name string) { sum += f.scorer.weights[name] })
		found[i].Confidence = math.Round(100/(1+math.Exp(-sum))) / 100
	}
}

// Features calls add with each feature of a statement that says how likely it is a
// real one: the rule that found it, the cue's word, tag and place in the tree, what
// the source and the content are, whether it is a question, and pairs of these.
func (f *Finder) Features(text *onrecord.Text, s *onrecord.Statement, add func(string)) {
	m := f.featuresOf(text, s)
	add("bias")
	one := [...]string{
		"rule=" + s.Rule, "class=" + string(s.Cue.Class), "lemma=" + s.Cue.Lemma, "form=" + string(s.Source.Form), "kind=" + string(s.Source.Kind),
		"source=" + m.source, "cue=" + m.tag + "/" + m.relation, "content=" + m.content, "length=" + m.length, "quoted=" + string(s.Quoted),
		"uttered=" + string(s.Uttered), "toward=" + string(s.Toward), "depth=" + strconv.Itoa(min(s.Depth, 2)), "zone=" + string(s.Zone),
		"asked=" + m.asked, "between=" + m.between, "subject=" + m.subject, "over=" + m.over,
		"meaning=" + m.meaning, "ends=" + m.ends, "words=" + m.words,
	}
	for _, x := range one {
		add(x)
	}
	class := string(s.Cue.Class)
	for _, x := range [...]string{
		"rule=" + s.Rule + " class=" + class,
		"rule=" + s.Rule + " source=" + m.source,
		"rule=" + s.Rule + " content=" + m.content,
		"rule=" + s.Rule + " form=" + string(s.Source.Form),
		"class=" + class + " source=" + m.source,
		"class=" + class + " content=" + m.content,
		"class=" + class + " asked=" + m.asked,
		"source=" + m.source + " asked=" + m.asked,
		"source=" + m.source + " uttered=" + string(s.Uttered),
		"lemma=" + s.Cue.Lemma + " content=" + m.content,
		"lemma=" + s.Cue.Lemma + " source=" + m.source,
		"lemma=" + s.Cue.Lemma + " rule=" + s.Rule,
		"subject=" + m.subject + " rule=" + s.Rule,
		"meaning=" + m.meaning + " rule=" + s.Rule,
		"meaning=" + m.meaning + " content=" + m.content,
		"meaning=" + m.meaning + " kind=" + string(s.Source.Kind),
		"meaning=" + m.meaning + " source=" + m.source,
		"meaning=" + m.meaning + " ends=" + m.ends,
		"rule=" + s.Rule + " kind=" + string(s.Source.Kind),
		"rule=" + s.Rule + " cue=" + m.tag + "/" + m.relation,
		"rule=" + s.Rule + " uttered=" + string(s.Uttered),
		"rule=" + s.Rule + " ends=" + m.ends,
		"lemma=" + s.Cue.Lemma + " ends=" + m.ends,
	} {
		add(x)
	}
}

// seen is what Features looks at.
type seen struct {
	source   string // a pronoun, or the tag of the source's head
	tag      string // of the cue's head
	relation string // of the cue's head
	over     string // the tag of what the cue's head hangs on
	content  string // what sort of words the content is
	length   string // of the content
	asked    string // whether the sentence asks, and whom
	between  string // what stands between source and cue
	subject  string // how the source's head hangs on the cue's
	meaning  string // what the cue's head means, and whether the lexicon lists it
	ends     string // the last word of the cue
	words    string // how many words the cue has
}

func (f *Finder) featuresOf(text *onrecord.Text, s *onrecord.Statement) seen {
	var m seen
	cue := headOf(text, s.Cue.Spans)
	source := headOf(text, s.Source.Spans)
	m.source, m.subject, m.between = "none", "none", "none"
	if source >= 0 {
		t := &text.Tokens[source]
		m.source = t.UPOS
		if t.UPOS == "PRON" || t.UPOS == "DET" {
			m.source = strings.ToLower(text.Word(source))
		}
		m.subject = t.Relation
		if cue >= 0 && t.Head != cue {
			m.subject += "-far"
		}
	}
	if cue >= 0 {
		t := &text.Tokens[cue]
		m.tag, m.relation, m.over = t.XPOS, t.Relation, "root"
		if t.Head != cue {
			m.over = text.Tokens[t.Head].UPOS
		}
		if source >= 0 {
			m.between = gap(abs(cue - source))
			if source > cue {
				m.between = "after-" + m.between
			}
		}
		m.asked = asked(text, cue, source)
		m.meaning = f.senses.kind(t.UPOS, t.Lemma)
		if e := f.lexicon[strings.ToLower(text.Word(cue))]; e != nil && (e.verb != nil || e.adj != nil || e.noun != nil) {
			m.meaning += "+"
		}
		words := strings.Fields(s.Cue.Spans[len(s.Cue.Spans)-1].In(text.Source))
		m.words = gap(len(words))
		if last := strings.ToLower(words[len(words)-1]); len(words) > 1 && len(last) < 6 {
			m.ends = last
		}
	}
	m.content, m.length = contentOf(text, s)
	return m
}

// headOf is the token of a role on which the others of it hang; -1 for none.
func headOf(text *onrecord.Text, spans []onrecord.Span) int {
	if len(spans) == 0 {
		return -1
	}
	first := text.TokenAt(spans[0].Start)
	for i := first; i < len(text.Tokens) && text.Tokens[i].Span.Start < spans[0].End; i++ {
		if h := text.Tokens[i].Head; h == i || h >= 0 && !spans[0].Covers(text.Tokens[h].Span.Start) {
			if text.Tokens[i].UPOS != "PUNCT" {
				return i
			}
		}
	}
	if first < len(text.Tokens) {
		return first
	}
	return -1
}

// asked tells whether the cue's sentence is a question, and whether the cue's own
// subject stands behind an auxiliary in it ("do you think").
func asked(text *onrecord.Text, cue, source int) string {
	s := &text.Sentences[max(0, text.SentenceAt(text.Tokens[cue].Span.Start))]
	mark := false
	for i := s.First; i < s.Last; i++ {
		mark = mark || text.Word(i) == "?" && i > cue
	}
	turned := false
	for i := s.First; source >= 0 && i < source; i++ {
		t := &text.Tokens[i]
		turned = turned || t.Head == cue && (t.Relation == "aux" || t.Relation == "cop")
	}
	switch {
	case mark && turned:
		return "turned"
	case mark:
		return "mark"
	case turned:
		return "turned-only"
	}
	return "no"
}

// contentOf tells what sort of words a content begins with, and how long it is.
func contentOf(text *onrecord.Text, s *onrecord.Statement) (sort, length string) {
	words := 0
	for _, c := range s.Content.Spans {
		words += len(strings.Fields(c.In(text.Source)))
	}
	length = gap(words)
	if len(s.Content.Spans) == 0 {
		return "none", length
	}
	first := text.TokenAt(s.Content.Spans[0].Start)
	if first >= len(text.Tokens) {
		return "none", length
	}
	head := headOf(text, s.Content.Spans[:1])
	t := &text.Tokens[head]
	switch w := strings.ToLower(text.Word(first)); {
	case s.Quoted == onrecord.Direct:
		sort = "marks"
	case w == "that" || w == "to" || w == "whether" || w == "if":
		sort = w
	case text.Tokens[first].XPOS[:min(1, len(text.Tokens[first].XPOS))] == "W":
		sort = "wh"
	case t.UPOS == "VERB" || t.UPOS == "AUX":
		sort = "clause"
	case hasSubject(text, head):
		sort = "clause"
	case t.UPOS == "PRON":
		sort = "pron-" + strings.ToLower(text.Word(head))
	case t.UPOS == "NOUN" && text.Tokens[first].UPOS == "DET":
		sort = "noun-" + strings.ToLower(text.Word(first))
	default:
		sort = t.UPOS
	}
	return sort, length
}

func hasSubject(text *onrecord.Text, head int) bool {
	for i := max(0, head-12); i < min(len(text.Tokens), head+3); i++ {
		if text.Tokens[i].Head == head && strings.HasPrefix(text.Tokens[i].Relation, "nsubj") {
			return true
		}
	}
	return false
}

// gap names a number of words roughly.
func gap(n int) string {
	switch {
	case n <= 1:
		return "1"
	case n <= 2:
		return "2"
	case n <= 4:
		return "4"
	case n <= 8:
		return "8"
	case n <= 16:
		return "16"
	}
	return "more"
}

func abs(n int) int { return max(n, -n) }

// least is how likely a statement must be to be one of the findings at all.
const least = 0.3

// strong is from how sure by itself a rule's findings are never left out: a label
// or a quotation with its cue is there to be judged by the reader.
const strong = 0.7

// listedHeadline reports whether a frame of the lexicon found a statement in the headline, whose
// English the scorer has seen little of.
func listedHeadline(s *onrecord.Statement) bool {
	return s.Zone == onrecord.Headline && !strings.HasPrefix(s.Rule, "open-")
}

// likely leaves out statements that the scorer takes for none. What stood in their
// content stands in what they stood in.
func (f *Finder) likely(found []onrecord.Statement) []onrecord.Statement {
	within := map[onrecord.ID]onrecord.ID{}
	for i := range found {
		if found[i].Confidence < least && f.rules[found[i].Rule].confidence < strong && !listedHeadline(&found[i]) {
			within[found[i].ID] = found[i].Within
		}
	}
	if len(within) == 0 {
		return found
	}
	depth := map[onrecord.ID]int{}
	out := found[:0]
	for _, s := range found {
		if _, gone := within[s.ID]; gone {
			continue
		}
		for {
			outer, gone := within[s.Within]
			if !gone {
				break
			}
			s.Within = outer
		}
		s.Depth = 0
		if s.Within != "" {
			s.Depth = depth[s.Within] + 1
		}
		depth[s.ID] = s.Depth
		out = append(out, s)
	}
	return out
}
