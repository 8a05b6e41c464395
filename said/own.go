package said

import "github.com/onrecord/onrecord/quote"

// floating gives quotations that stand in no content to the statement they go
// on with: one of the same paragraph, the one before rather than the one after;
// across paragraphs where the marks or a paragraph of nothing but a quotation
// say so.
func (d *document) floating() {
	if len(d.marks) == 0 || len(d.found) == 0 {
		return
	}
	tokens := d.quotedRuns()
	owner := make([]int, len(d.marks))
	for q := range owner {
		owner[q] = -1
	}
	for n := range d.found {
		for _, c := range d.found[n].content {
			for i := c.first; i < c.last; i++ {
				q := d.words[i].quote
				if q < 0 {
					continue
				}
				if owner[q] < 0 {
					owner[q] = n
				}
				i = max(i, tokens[q].last-1)
			}
		}
	}
	at := 0 // the first draft whose cue stands behind the quotation
	for q, m := range d.marks {
		r := tokens[q]
		if r.empty() {
			continue
		}
		for at < len(d.found) && d.found[at].cue.first < r.first {
			at++
		}
		if owner[q] >= 0 || d.tooShort(q, r) {
			continue
		}
		if !m.Closed && q+1 < len(owner) && owner[q+1] >= 0 && d.marks[q+1].Continues {
			continue // it belongs to whoever owns the paragraph that goes on with it
		}
		p := d.paragraphOf(r.first)
		n := d.before(at, p, r)
		if n >= 0 && d.found[n].sentence.first < r.first && r.first < d.found[n].sentence.last && !d.pieceOf(r.first) {
			n = -1 // further words of the sentence that the cue does not reach
		}
		if n < 0 && at < len(d.found) && d.found[at].paragraph == p && d.quoting(&d.found[at]) {
			n = at
		}
		if n < 0 && q > 0 && owner[q-1] >= 0 && d.neighbours(q, p) && (m.Continues || d.whole(r, p)) {
			n = owner[q-1]
		}
		if n >= 0 {
			owner[q] = n
			d.found[n].content = append(d.found[n].content, r)
		}
	}
	// Paragraphs left open belong to whoever owns the one that goes on with them.
	for q := len(d.marks) - 2; q >= 0; q-- {
		if owner[q] < 0 && owner[q+1] >= 0 && d.marks[q+1].Continues && !tokens[q].empty() {
			owner[q] = owner[q+1]
			d.found[owner[q]].content = append(d.found[owner[q]].content, tokens[q])
		}
	}
}

// tooShort reports whether a quotation is too little to be a statement by itself.
func (d *document) tooShort(q int, r run) bool {
	return d.marks[q].Use != quote.Speech || r.last-r.first < 5
}

// before is the statement of paragraph p, before the draft at, that a quotation
// goes on with: the nearest one that quotes, else the nearest of speech; -1 for none.
func (d *document) before(at, p int, r run) int {
	nearest, last := -1, -1 // last is the nearest of any kind
	for n := at - 1; n >= 0 && at-n < 12 && d.found[n].paragraph == p; n-- {
		f := &d.found[n]
		if f.cue.first >= r.first || f.inside >= 0 {
			continue
		}
		if last < 0 && !f.implicit {
			last = n
		}
		if g := &d.found[max(last, 0)]; last > n && !g.lex.has(quotes) && g.source != f.source && g.sentence != f.sentence && !f.holds(g.verb.main) {
			return nearest // somebody else has come up since
		}
		if d.quoting(f) {
			return n
		}
		if nearest < 0 && f.lex.has(quotes) && f.lex.class != "attitude" && !f.holds(f.cue.first) {
			nearest = n
		}
	}
	return nearest
}

// pieceOf reports whether a quotation that starts at token i goes on in a
// sentence after a comma, a colon or a dash.
func (d *document) pieceOf(i int) bool {
	w := d.lower(i - 1)
	return w == "," || w == ":" || d.dash(i-1) || d.closes(i-1) || w == "." || w == "?"
}

// quoting reports whether a draft's content has a quotation in it.
func (d *document) quoting(f *draft) bool {
	for _, c := range f.content {
		for i := c.first; i < c.last; i++ {
			if q := d.words[i].quote; q >= 0 {
				return !d.short(q) || f.lex.has(quotes)
			}
		}
	}
	return false
}

// neighbours reports whether the quotation before q stands in paragraph p or the
// one before it.
func (d *document) neighbours(q, p int) bool {
	end := d.marks[q-1].Inner.End
	return p == 0 || end >= d.in.Paragraphs[p-1].Start
}

// whole reports whether a quotation is all of its paragraph.
func (d *document) whole(r run, p int) bool {
	if p >= len(d.in.Paragraphs) {
		return false
	}
	span := d.span(r.first, r.last)
	return span == d.in.Paragraphs[p]
}

// quotedRuns are the tokens of each quotation.
func (d *document) quotedRuns() []run {
	out := make([]run, len(d.marks))
	for i := range d.words {
		if q := d.words[i].quote; q >= 0 {
			if out[q].last == 0 {
				out[q].first = i
			}
			out[q].last = i + 1
		}
	}
	return out
}

// insideQuotations reads the sentences inside outer quotations, where speakers
// attribute in their turn, with the quotations one deeper as their marks. What
// it finds is kept only where an outer statement's content holds it.
func (d *document) insideQuotations() {
	outer, runs := d.marks, d.quotedRuns()
	d.marks = nil
	for _, q := range d.in.Quotations {
		if q.Depth == 1 && q.Use != quote.Nickname {
			d.marks = append(d.marks, q)
		}
	}
	d.placeQuotes()
	at := 0
	for q := range outer {
		r := runs[q]
		if outer[q].Use != quote.Speech || r.last-r.first < 4 {
			continue
		}
		if d.opening(r.first, outer[q]) {
			r.first++
		}
		for r.last > r.first && d.text.Tokens[r.last-1].Span.Start >= outer[q].Inner.End {
			r.last--
		}
		for at < len(d.text.Sentences) && d.text.Sentences[at].Last <= r.first {
			at++
		}
		for n := at; n < len(d.text.Sentences) && d.text.Sentences[n].First < r.last; n++ {
			s := d.text.Sentences[n]
			d.read(sentence{max(s.First, r.first), min(s.Last, r.last), d.paragraphOf(r.first), q})
		}
	}
	// Edges are cut while the inner marks are known.
	for i := range d.found {
		f := &d.found[i]
		if f.inside < 0 {
			continue
		}
		for _, contents := range append(contentsOf(f.others), f.content) {
			for j := range contents {
				contents[j] = d.trimRun(contents[j])
			}
		}
	}
	// The outer marks again: they say what is quoted.
	d.marks = outer
	d.placeQuotes()
}

// opening reports whether token i is a quotation's opening mark.
func (d *document) opening(i int, q quote.Quotation) bool {
	return d.text.Tokens[i].Span.End <= q.Inner.Start
}

// placeQuotes notes for every token which of the marks it stands in.
func (d *document) placeQuotes() {
	at := 0
	for i := range d.words {
		start := d.text.Tokens[i].Span.Start
		for at < len(d.marks) && d.marks[at].Outer.End <= start {
			at++
		}
		d.words[i].quote = -1
		if at < len(d.marks) && d.marks[at].Outer.Start <= start {
			d.words[i].quote = at
		}
	}
}

func contentsOf(drafts []draft) [][]run {
	var out [][]run
	for i := range drafts {
		out = append(out, drafts[i].content)
	}
	return out
}
