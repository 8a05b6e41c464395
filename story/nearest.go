package story

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/onrecord/onrecord"
)

// What makes a story. All numbers are set by hand, to round values.
const (
	joins      = .2  // score from which an article joins the nearest story
	keyTerms   = 40  // terms that an article is found by
	newestMost = 128 // articles of one term that are looked at, the newest
	candidates = 16  // stories that are scored
	loadsMost  = 400 // terms of a story
	decay      = 3.  // days: standard deviation of the bell by which nearness in time fades
	timeless   = .4  // part of the score that time takes nothing from

	// An article's numbers (ages, dead, dates, sums) tell one happening from another of
	// its kind better than any word. One whose numbers are all new to the story loses
	// numbersPull times numbersUsual of its score; one whose are all known gains.
	numbersPull  = .6
	numbersUsual = .25

	// The years that an article and a story name, where both name one: none in common
	// takes a part of the score, one in common adds one.
	yearsApart  = .3
	yearsShared = .1
)

// years are the keys of the years that the news names.
var years = func() map[uint32]bool {
	out := map[uint32]bool{}
	for year := 1900; year < 2100; year++ {
		out[keyOf(&word{hash: hashOf(strconv.Itoa(year))})] = true
	}
	return out
}()

// kindWeights are what a term weighs by its kind.
var kindWeights = [...]float64{plain: 1, name: 1, number: 2, pair: .5}

// story is what the window knows of a story.
type story struct {
	id             onrecord.ID
	order          uint32 // when it was opened
	members        []uint32
	newest, oldest int64
	loads          []load // by hash; nil while the first article is alone: most stories never get a second
	norm           float64
	scale          float64 // of the first article's weights in its loads
	touched        bool    // since the last review
}

// load is what a story's articles make of a term.
type load struct {
	hash uint32
	kind kind
	sum  float32 // of its weights; every article's vector has the length 1
}

func (w *Window) storyOf(id onrecord.ID) *story {
	st := w.stories[id]
	if st == nil {
		w.opened++
		st = &story{id: id, order: w.opened, newest: noDate, oldest: noDate}
		w.stories[id] = st
		w.rare.opened(uint32(4 * w.opt.Articles))
	}
	return st
}

// weight is how much a term of an article weighs.
func (w *Window) weight(t term) float64 {
	return float64(t.weight) / weightUnit * kindWeights[t.kind] * w.rare.weight(t.hash)
}

// length is that of an article's vector.
func (w *Window) length(terms []term) float64 {
	sum := 0.
	for _, t := range terms {
		x := w.weight(t)
		sum += x * x
	}
	return math.Sqrt(sum)
}

// join makes an article part of a story.
func (w *Window) join(n uint32, st *story) {
	a := w.article(n)
	share := w.share(a, st)
	a.story = st
	st.members = append(st.members, n)
	st.touched = true
	if a.at != noDate {
		if st.newest == noDate || a.at > st.newest {
			st.newest = a.at
		}
		if st.oldest == noDate || a.at < st.oldest {
			st.oldest = a.at
		}
	}
	length := w.length(a.terms)
	if length == 0 {
		return
	}
	if len(st.members) == 1 && st.loads == nil {
		st.scale = share / length
		for _, t := range a.terms {
			w.rare.add(t.hash)
		}
		st.norm = w.normOf(w.loads(st))
		return
	}
	if st.loads == nil {
		st.loads = w.loadsOf(st, w.article(st.members[0]))
	}
	merged := make([]load, 0, len(st.loads)+len(a.terms))
	i := 0
	for _, t := range a.terms {
		for i < len(st.loads) && st.loads[i].hash < t.hash {
			merged = append(merged, st.loads[i])
			i++
		}
		l := load{hash: t.hash, kind: t.kind}
		if i < len(st.loads) && st.loads[i].hash == t.hash {
			l = st.loads[i]
			i++
		} else {
			w.rare.add(t.hash)
		}
		l.sum += float32(share * float64(t.weight) / weightUnit * kindWeights[t.kind] / length)
		merged = append(merged, l)
	}
	st.loads = append(merged, st.loads[i:]...)
	if len(st.loads) > loadsMost {
		slices.SortFunc(st.loads, func(a, b load) int { return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(a.hash, b.hash)) })
		st.loads = st.loads[:loadsMost/2]
		slices.SortFunc(st.loads, func(a, b load) int { return cmp.Compare(a.hash, b.hash) })
	}
	st.loads = slices.Clip(st.loads)
	st.norm = w.normOf(st.loads)
}

// loads are a story's, counted or those of its only article.
func (w *Window) loads(st *story) []load {
	if st.loads != nil || len(st.members) == 0 {
		return st.loads
	}
	return w.loadsOf(st, w.article(st.members[0]))
}

func (w *Window) loadsOf(st *story, a *article) []load {
	out := make([]load, len(a.terms))
	for i, t := range a.terms {
		out[i] = load{hash: t.hash, kind: t.kind, sum: float32(float64(t.weight) / weightUnit * kindWeights[t.kind] * st.scale)}
	}
	return out
}

func (w *Window) normOf(loads []load) float64 {
	sum := 0.
	for _, l := range loads {
		x := float64(l.sum) * w.rare.weight(l.hash)
		sum += x * x
	}
	return math.Sqrt(sum)
}

// share is how much an article counts in its story: one outlet's second report
// half, its third a third; a text that the story has already, a tenth.
func (w *Window) share(a *article, st *story) float64 {
	same := 1
	for _, m := range st.members[max(0, len(st.members)-64):] {
		b := w.article(m)
		if b.text == a.text {
			return .1
		}
		if a.source != 0 && b.source == a.source {
			same++
		}
	}
	return 1 / float64(same)
}

// leave takes an article out of its story, and out of the world a story without articles.
func (w *Window) leave(n uint32) {
	a := w.article(n)
	st := a.story
	if st == nil {
		return
	}
	a.story = nil
	if i := slices.Index(st.members, n); i >= 0 {
		st.members = slices.Delete(st.members, i, i+1)
	}
	st.touched = true
	if len(st.members) == 0 && w.stories[st.id] == st {
		delete(w.stories, st.id)
	}
}

// near is a story and how near it is.
type near struct {
	story *story
	score float64
}

// nearest are the stories that an article may belong to, the nearest first.
func (w *Window) nearest(s *Sketch) []near {
	at := int64(noDate)
	if !s.At.IsZero() {
		at = s.At.Unix()
	}
	type seen struct {
		weight float64
		key    int // the last key that counted
	}
	found := map[*story]*seen{}
	var order []*story
	for i, key := range w.rarest(s.terms) {
		weight := w.rare.weight(key)
		w.terms.each(key, newestMost, func(n uint32) {
			st := w.article(n).story
			if st == nil || w.days(at, st.oldest, st.newest) > float64(w.opt.Days) {
				return
			}
			f := found[st]
			if f == nil {
				f = &seen{key: -1}
				found[st] = f
				order = append(order, st)
			}
			if f.key != i {
				f.key = i
				f.weight += weight
			}
		})
	}
	slices.SortFunc(order, func(a, b *story) int {
		return cmp.Or(cmp.Compare(found[b].weight, found[a].weight), cmp.Compare(a.order, b.order))
	})
	length := w.length(s.terms)
	out := make([]near, 0, candidates)
	for _, st := range order[:min(len(order), candidates)] {
		out = append(out, near{st, w.score(s.terms, length, at, st)})
	}
	slices.SortStableFunc(out, func(a, b near) int { return cmp.Compare(b.score, a.score) })
	return out
}

// score is how near a story is to an article, 0 to 1: the cosine of their terms, pulled by
// the numbers, faded by the days between them.
func (w *Window) score(terms []term, length float64, at int64, st *story) float64 {
	if length == 0 || st.norm == 0 {
		return 0
	}
	loads := w.loads(st)
	var dot, numbers, known float64
	i, counts := 0, false
	dated, dates, sameYear := false, false, false
	for _, t := range terms {
		for i < len(loads) && loads[i].hash < t.hash {
			if loads[i].kind == number {
				counts, dates = true, dates || years[loads[i].hash]
			}
			i++
		}
		year := t.kind == number && years[t.hash]
		dated = dated || year
		idf := w.rare.weight(t.hash)
		x := float64(t.weight) / weightUnit * kindWeights[t.kind] * idf
		if t.kind == number {
			numbers += x
		}
		if i < len(loads) && loads[i].hash == t.hash {
			dot += x * float64(loads[i].sum) * idf
			if t.kind == number {
				known += x
				counts, sameYear = true, sameYear || year
			}
		}
	}
	for _, l := range loads[min(i, len(loads)):] {
		if l.kind == number {
			counts, dates = true, dates || years[l.hash]
		}
	}
	score := dot / (length * st.norm)
	if numbers > 0 && counts {
		score *= 1 + numbersPull*(known/numbers-numbersUsual)
	}
	switch {
	case sameYear:
		score *= 1 + yearsShared
	case dated && dates:
		score *= 1 - yearsApart
	}
	days := w.days(at, st.oldest, st.newest) / decay
	return min(1, score*(timeless+(1-timeless)*math.Exp(-days*days/2)))
}
