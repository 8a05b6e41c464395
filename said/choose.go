package said

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed chooser.txt
var chooserData string

// Reading is one way to read a cue: who is its source, and where its content begins
// and ends.
type Reading struct {
	Statement onrecord.Statement
	Sort      string // how it came about: by the "first" rule, by an "other" frame, with a "shorter" or "longer" content, "nobody" for its source
}

// Readings calls each with the ways to read a cue, for every cue that has several,
// in no certain order of cues; the first is the rules' own. For fitting what chooses
// between them.
func (f *Finder) Readings(in Input, each func([]Reading)) {
	f.candidates(in, func(readings []Reading) int {
		each(readings)
		return 0
	})
}

// margin is by how much another reading must be likelier than the rules' own.
const margin = 0.3

// choose is the index of the likeliest reading: that of the highest sum of weights
// over its ChoiceFeatures. The weights are made by train/scorer.
func (f *Finder) choose(text *onrecord.Text, readings []Reading) int {
	best, top := 0, 0.0
	for i := range readings {
		sum := 0.0
		f.ChoiceFeatures(text, &readings[i], func(name string) { sum += f.chooser.weights[name] })
		if i == 0 {
			sum += margin
		}
		if i == 0 || sum > top+1e-9 {
			best, top = i, sum
		}
	}
	return best
}

// otherFrames reads the cue at token i, which the rules read from found[n] on, by
// the frames that the tree shows, and keeps what is another reading of it.
func (d *document) otherFrames(s sentence, i, start, n int) {
	if d.tree == nil || len(d.found) > maxFound || strings.HasPrefix(d.found[n].rule, "label") {
		return
	}
	f, all := &d.found[n], d.found
	if !strings.HasPrefix(f.rule, "open-") {
		// What is open looks at the sentence's drafts before it, not far back.
		d.found = slices.Clip(all[max(start, n-near):n])
		before := len(d.found)
		d.open(s, i)
		for _, o := range d.found[before:] {
			if o.source != f.source || o.implicit != f.implicit || o.cue != f.cue || !slices.Equal(o.content, f.content) {
				f.others = append(f.others, o)
			}
		}
		d.found = all
	}
	if f.verb.passive || f.implicit || f.cue.last-f.cue.first > 8 {
		return
	}
	if d.upos(i) == "NOUN" && f.cue.first < i && !d.apostropheS(i-1) { // "drew praise for": from others
		o := *f
		o.others, o.content = nil, slices.Clone(f.content)
		o.source, o.implicit, o.cue.first = run{}, true, i
		o.verb = group{run: o.cue, main: i, finite: true}
		f.others = append(f.others, o)
	}
}

// near is how many tokens before and behind the end of a content another end is
// looked for, and mostEnds how many on either side are taken.
const near, mostEnds = 60, 3

// readings are the ways to read a draft, the rules' own first.
func (d *document) readings(f *draft) []Reading {
	var out []Reading
	quoted := d.quotedIn(f)
	add := func(f draft, sort string) {
		if d.quotedIn(&f) < quoted {
			return // words in marks stay words that somebody said
		}
		f.content = slices.Clone(f.content)
		if st, ok := d.statement(&f); ok {
			out = append(out, Reading{st, sort})
		}
	}
	for i := -1; i < len(f.others); i++ {
		o, sort := f, "first"
		if i >= 0 {
			o, sort = &f.others[i], "other"
			if o.implicit {
				sort = "nobody"
			}
		}
		add(*o, sort)
		shorter, longer := d.otherEnds(o)
		for k, ends := range [][]int{shorter, longer} {
			for _, end := range ends {
				e := *o
				e.content = slices.Clone(o.content)
				e.content[len(e.content)-1].last = end
				add(e, [...]string{"shorter", "longer"}[k])
			}
		}
	}
	return out
}

// quotedIn is how many tokens of a draft's content stand in quotations other than
// that which the draft itself stands in.
func (d *document) quotedIn(f *draft) int {
	n := 0
	for _, c := range f.content {
		for i := c.first; i < c.last; i++ {
			if q := d.words[i].quote; q >= 0 && q != f.inside {
				n++
			}
		}
	}
	return n
}

// beside reports whether another statement of the sentence has its cue in the run,
// and its source in front of it: its content goes on beside that of the run.
func (d *document) beside(f *draft, content run) bool {
	for i := range d.found {
		g := &d.found[i]
		if g.sentence == f.sentence && g.cue.first > content.first && g.cue.first < content.last && !g.implicit && g.source.first < content.first {
			return true
		}
	}
	return false
}

// otherEnds are the places before and behind the end of a draft's content where
// something begins that may belong to it or not: they are where content could end.
func (d *document) otherEnds(f *draft) (shorter, longer []int) {
	if d.tree == nil || len(f.content) == 0 || d.rules[f.rule].leftward || f.rule == "label" || f.rule == "letter" || f.rule == "signature" {
		return nil, nil
	}
	c := d.trimRun(f.content[len(f.content)-1])
	if c.empty() || c.first < f.cue.last {
		return nil, nil
	}
	free := func(i int) bool { q := d.words[i].quote; return q < 0 || q == f.inside }
	if !free(c.last - 1) {
		return nil, nil
	}
	limit := f.sentence.last
	for i := min(limit, c.last) - 1; i > c.first && i > c.last-near && len(shorter) < mostEnds; i-- {
		if free(i) && free(i-1) && d.begins(i) {
			shorter = append(shorter, i)
		}
	}
	for i := c.last + 1; i < limit && i < c.last+near && len(longer) < mostEnds; i++ {
		if !free(i) || f.source.first == i || f.cue.first == i {
			return shorter, longer
		}
		if d.begins(i) && d.trimRun(run{c.first, i}).last > c.last && !d.beside(f, run{c.first, i}) {
			longer = append(longer, i)
		}
	}
	if len(longer) < mostEnds && limit-c.last < near && limit > c.last && d.trimRun(run{c.first, limit}).last > c.last && free(limit-1) && !d.beside(f, run{c.first, limit}) {
		longer = append(longer, limit)
	}
	return shorter, longer
}

// begins reports whether something that can be left out begins at token i.
func (d *document) begins(i int) bool {
	return d.words[i].letters && beginning(d.text, i) >= 0
}

// topFrom is the head of what begins at token i: the highest that token i hangs on
// without anything before i between.
func topFrom(text *onrecord.Text, i int) int {
	y := i
	for range 100 {
		h := text.Tokens[y].Head
		if h < i || h == y {
			break
		}
		y = h
	}
	return y
}

// beginning is the head of the phrase or clause that begins at token i and hangs on
// something before it, but for punctuation in front; -1 where none does.
func beginning(text *onrecord.Text, i int) int {
	y := topFrom(text, i)
	h := text.Tokens[y].Head
	if h >= i {
		return -1
	}
	switch short(text.Tokens[y].Relation) {
	case "advcl", "obl", "conj", "parataxis", "acl", "nmod", "advmod", "appos", "ccomp", "xcomp", "list", "dep", "discourse", "vocative":
	default:
		return -1
	}
	for k := i - 1; k > h && k > i-8; k-- {
		if text.Tokens[k].UPOS == "PUNCT" {
			continue
		}
		// What stands right before hangs on it: it began earlier.
		for x, n := k, 0; n < 30; n++ {
			if x == y {
				return -1
			}
			up := text.Tokens[x].Head
			if up == x {
				break
			}
			x = up
		}
		break
	}
	return y
}

// short is a relation without a finer kind after a colon.
func short(relation string) string {
	r, _, _ := strings.Cut(relation, ":")
	return r
}

// ChoiceFeatures calls add with each feature of a reading that tells it from others
// of the same cue: how it came about, its rule, what its source and content are, at
// what the content stops and over what it goes on.
func (f *Finder) ChoiceFeatures(text *onrecord.Text, r *Reading, add func(string)) {
	s := &r.Statement
	m := f.featuresOf(text, s)
	class := string(s.Cue.Class)
	sort := "sort=" + r.Sort
	add(sort)
	add(sort + " rule=" + s.Rule)
	add("rule=" + s.Rule)
	add("rule=" + s.Rule + " class=" + class)
	add("source=" + m.source)
	add("form=" + string(s.Source.Form) + " class=" + class)
	add("kind=" + string(s.Source.Kind))
	add("subject=" + m.subject)
	add("between=" + m.between)
	add("content=" + m.content)
	add("content=" + m.content + " class=" + class)
	add("content=" + m.content + " lemma=" + s.Cue.Lemma)
	add("subject=" + m.subject + " lemma=" + s.Cue.Lemma)
	add("ends=" + m.ends)
	add("words=" + m.words)
	add("length=" + m.length)
	if len(s.Content.Spans) == 0 {
		return
	}
	last := s.Content.Spans[len(s.Content.Spans)-1]
	from, end := text.TokenAt(last.Start), text.TokenAt(last.End)
	for i := max(from+1, end-near); i < end; i++ {
		if y := beginning(text, i); y >= 0 {
			what := boundary(text, i, y, from)
			add("over=" + what[0])
			add("over=" + what[1])
			add("over=" + what[2] + " class=" + class)
		}
	}
	at := text.SentenceAt(text.Tokens[from].Span.Start)
	stop := len(text.Tokens)
	if at >= 0 {
		stop = text.Sentences[at].Last
	}
	next := end
	for next < stop && text.Tokens[next].UPOS == "PUNCT" {
		next++
	}
	if next >= stop {
		add("stop=end")
		add("stop=end class=" + class)
		return
	}
	what := boundary(text, next, topFrom(text, next), from)
	add("stop=" + what[0])
	add("stop=" + what[1])
	add("stop=" + what[2] + " class=" + class)
}

// boundary says in three ways what begins at token i, with head y: after what mark it
// stands, how it hangs, on what, and by what word it begins.
func boundary(text *onrecord.Text, i, y, from int) [3]string {
	mark := ""
	if i > 0 && text.Tokens[i-1].UPOS == "PUNCT" {
		mark = text.Word(i - 1)
		if len(mark) > 3 {
			mark = "mark"
		}
	}
	word := text.Tokens[i].UPOS
	switch word {
	case "ADP", "SCONJ", "CCONJ", "PRON", "ADV", "PART", "DET":
		word = strings.ToLower(text.Word(i))
	}
	h := text.Tokens[y].Head
	on := text.Tokens[h].UPOS
	if h < from {
		on = "outside-" + on
	}
	relation := short(text.Tokens[y].Relation)
	return [3]string{mark + relation + "/" + on, mark + relation + "/" + word, mark + relation}
}
