package said

// denied reads sources that say nobody said it: "no official", "none of the
// ministers", "neither the firm nor its bank". Such a source keeps the word that
// denies it, and the statement was not uttered.
func (d *document) denied(f *draft) {
	if f.source.empty() || f.implicit {
		return
	}
	first := f.source.first
	if first > 0 && d.lower(first-1) == "no" && !d.is(first, cPreposition) {
		first--
	}
	if first > 0 && d.lower(first-1) == "nor" {
		for i := first - 2; i >= f.sentence.first && i > first-longestNeither; i-- {
			if d.lower(i) == "neither" {
				first = i
				break
			}
		}
	}
	if d.words[first].quote != d.words[f.source.first].quote {
		return
	}
	f.source.first = first
	if d.is(first, cNobody) {
		f.verb.negated = true
	}
}

// longestNeither is how many tokens "neither X nor Y" has before Y at most.
const longestNeither = 15

// nothing reports whether a content is told to be none: "said nothing about it".
func (d *document) nothing(f *draft) bool {
	return len(f.content) == 1 && d.lower(f.content[0].first) == "nothing" && f.content[0].first == f.cue.last
}
