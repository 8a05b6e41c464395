package said

// within is the token at the top of the phrase or clause that starts at from, and
// the token it hangs on: the first that stands before from, or -1.
func (d *document) within(from int) (top, governor int) {
	top = from
	for {
		h := d.over(top)
		if h < from {
			return top, h
		}
		top = h
	}
}

// treeClauseEnd is where reported speech that starts at from ends, at end at the
// latest: before what the tree hangs beside it, on the cue or above it.
func (d *document) treeClauseEnd(from, end int) int {
	top, governor := d.within(from)
	if governor < 0 {
		return end
	}
	for i := d.tree.right[top]; i < end; i++ {
		if d.words[i].quote >= 0 && d.words[i].quote == d.words[i-1].quote || !d.words[i].letters && d.words[i].quote < 0 {
			continue
		}
		above, through := d.meet(i, governor)
		if above < 0 {
			return end // another sentence
		}
		y := i
		for h := d.over(y); h != above && h >= 0; h = d.over(y) {
			y = h
		}
		if y == above || through {
			if through {
				return i // the clause that the cue stands in is over
			}
			continue
		}
		start := max(i, d.tree.left[y])
		switch d.rel(y) {
		case "conj":
			return start
		case "advcl":
			if d.hangs(y, "mark") < 0 && d.words[y].shapesIng() && d.lower(start-1) == "," {
				return start
			}
		case "parataxis":
			if d.words[y].verb.has(quotes) && d.hangs(y, "nsubj") >= 0 {
				return start
			}
		}
	}
	return end
}

// meet is the lowest word that both i and the governor hang on, over others or
// themselves; -1 for none. It tells whether the way from the governor leads
// through a clause that describes a noun, or stands before what it describes.
func (d *document) meet(i, governor int) (above int, through bool) {
	for above = governor; above >= 0; above = d.over(above) {
		if d.tree.left[above] <= i && i < d.tree.right[above] {
			return above, through
		}
		switch h := d.over(above); d.rel(above) {
		case "acl", "csubj", "nsubj":
			through = true
		case "advcl":
			through = through || above < h
		}
	}
	return -1, through
}

// treeObjectEnd is where a noun phrase that starts at from ends, with what else
// the same verb says of it ("called him a liar", "thanked her for it"), without
// times and venues, and without what a comma adds but for members of a list,
// appositions and examples; at end at the latest.
func (d *document) treeObjectEnd(from, end int) int {
	top, governor := d.within(from)
	taken := d.tree.right[top] // up to here all hangs on what was taken already
	for i := from + 1; i < end; i++ {
		w := &d.words[i]
		if w.quote >= 0 && w.quote == d.words[i-1].quote {
			continue
		}
		y, h := d.within(i)
		if !w.letters && w.quote < 0 && !d.apostropheS(i) {
			switch {
			case d.stops(i) && w.lower != ":" && i >= taken || w.lower == ";":
				return i
			case w.lower == ",":
				if i+1 >= end || !d.adds(i+1, from) {
					return i
				}
			case d.dash(i) && i > 0 && d.text.Tokens[i-1].Span.End < d.text.Tokens[i].Span.Start:
				return i
			}
			continue
		}
		switch w.lower {
		case "because", "although", "though", "while", "whereas", "unless", "but", "following", "amid":
			return i
		case "and", "or":
			if d.tail(i+1, sentence{from, end, 0, -1}) {
				return i
			}
		case "since", "during", "when", "before", "until":
			if h < from {
				return i
			}
		}
		if t := d.timePhrase(i, end); t > i && (t == end || !d.words[t].letters) {
			return i
		}
		if i < taken || h >= from {
			continue
		}
		if r := d.rel(y); h != governor && r != "obl" && r != "nmod" {
			return i
		}
		taken = d.tree.right[y]
		switch d.rel(y) {
		case "conj", "ccomp", "advmod":
			return i
		case "parataxis":
			if w.quote < 0 || !d.words[i-1].letters {
				return i // but in "called the plan “a mistake”" it is no clause
			}
		case "advcl":
			if d.lower(i) != "as" && d.lower(i) != "for" && d.lower(i) != "of" {
				return i
			}
		}
		if d.timePhrase(i, end) > i || d.venuePhrase(i, end) > i || d.occasionPhrase(i, end) > i {
			return i
		}
	}
	return end
}

// adds reports whether what follows a comma at i goes on with the noun phrase that
// starts at from: one more member of its list, an apposition, an example.
func (d *document) adds(i, from int) bool {
	for x := i; x >= from; x = d.over(x) {
		switch r := d.rel(x); {
		case d.over(x) >= i:
		case d.over(x) < from:
			return false
		default:
			return r == "conj" || r == "appos" || r == "nmod" || r == "amod" || r == "flat" || r == "compound" || r == "cc"
		}
	}
	return false
}
