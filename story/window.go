package story

import (
	"cmp"
	"math"
	"slices"

	"github.com/onrecord/onrecord"
)

// Options bound a window. The zero value is good.
type Options struct {
	Articles int // kept at most; 100,000 if 0
	Days     int // that an article and a copy or a story may be apart; 7 if 0
}

// Window holds what is needed of recent articles and their stories. It is bounded by
// Options.Articles: the one that came first leaves first. It is not safe for use by
// several goroutines at once.
type Window struct {
	opt      Options
	articles []article // a queue; the first is numbered base
	base     uint32
	byID     map[onrecord.ID]uint32
	prints   *chains // articles by fingerprint
	terms    *chains // articles by their rarest terms
	rare     *rarity
	stories  map[onrecord.ID]*story
	opened   uint32 // stories so far; their order
	waits    uint32 // the article that waits for Open, where waiting
	waiting  bool
	ruled    rulings
}

// article is what the window keeps of a sketch.
type article struct {
	id      onrecord.ID
	text    onrecord.ID // first carrier of its text
	at      int64       // seconds; noDate where unknown
	source  uint64      // hash of the publisher; 0 where unknown
	agency  uint64      // hash of the agency; 0 where none is credited
	hash    uint64      // of all its words
	terms   []term
	story   *story
	entries uint32 // number of its first entry in prints
	prints  uint16 // entries there; 0 where it is not indexed
	gone    bool   // another version of the article took its place
	fixed   bool   // a person put it where it is
}

const noDate = math.MinInt64

// NewWindow is an empty window.
func NewWindow(opt Options) *Window {
	if opt.Articles <= 0 {
		opt.Articles = 100_000
	}
	if opt.Days <= 0 {
		opt.Days = 7
	}
	return &Window{
		opt: opt, prints: newChains(printsBits), terms: newChains(termsBits), rare: newRarity(),
		byID: map[onrecord.ID]uint32{}, stories: map[onrecord.ID]*story{}, ruled: newRulings(),
	}
}

const (
	printsBits = 21 // of the buckets for fingerprints: some four entries a bucket when full
	termsBits  = 20
)

// Told is what a window says of a new article.
type Told struct {
	Copies []Copy      // older articles that share its text, the nearest first; same texts before parts
	Text   onrecord.ID // first carrier of its text; itself where the text is new
	Story  onrecord.ID // empty: a new one, which Open is to name
	// Score and Second are how near the nearest story is and the one after it, 0 for none;
	// an article joins at .2. Score is 1 where it carries a text whose story is known.
	Score, Second float64
	Why           string // for people
}

func (w *Window) article(n uint32) *article { return &w.articles[n-w.base] }

// Len is how many articles the window holds.
func (w *Window) Len() int { return len(w.articles) }

// Add tells of a new article and keeps it. Where Told.Story is empty, Open must name
// its story before the next article is added; otherwise it stays without one. An
// article that comes again, as a new version of itself, takes the old one's place
// and keeps its story.
func (w *Window) Add(s Sketch) Told {
	old, again := w.byID[s.ID]
	if again {
		w.article(old).gone = true
	}
	told := Told{Copies: w.copies(&s), Text: s.ID}
	if len(told.Copies) > 0 && told.Copies[0].Relation.SameText() {
		told.Text = w.article(w.byID[told.Copies[0].Of]).text
	}
	st := w.choose(&s, &told)
	if again {
		if was := w.article(old); was.story != nil {
			st, told.Story, told.Why = was.story, was.story.id, "a new version of an article of this story"
			w.leave(old)
		}
	}
	n := w.keep(&s, &told)
	if again {
		w.article(n).fixed = w.article(old).fixed
	}
	w.waiting = st == nil
	w.waits = n
	if st != nil {
		w.join(n, st)
	}
	w.forget()
	return told
}

// choose is the story of a new article; nil for a new one.
func (w *Window) choose(s *Sketch, told *Told) *story {
	for i := range told.Copies {
		c := &told.Copies[i]
		if st := w.article(w.byID[c.Of]).story; c.Relation.SameText() && st != nil {
			told.Story, told.Score = st.id, 1
			told.Why = "carries the text of " + string(c.Of) + " (" + string(c.Relation) + ")"
			return st
		}
	}
	nearest := w.nearest(s)
	if len(nearest) > 1 {
		told.Second = nearest[1].score
	}
	if len(nearest) == 0 {
		told.Why = "no story has its terms"
		return nil
	}
	told.Score = nearest[0].score
	if told.Score < joins {
		told.Why = "no story is near enough"
		return nil
	}
	told.Story, told.Why = nearest[0].story.id, "nearest by its terms"
	return nearest[0].story
}

// Open gives the article that was added last the story id, when it waits for one.
func (w *Window) Open(id onrecord.ID) {
	if w.waiting && id != "" {
		w.waiting = false
		w.join(w.waits, w.storyOf(id))
	}
}

// Kept is what a ledger kept of an article that was told of before.
type Kept struct {
	Story    onrecord.ID // may be empty
	Text     onrecord.ID // may be empty: a text of its own
	ByPerson bool        // a person put it into this story
}

// Restore puts back an article as it was decided, without deciding anew. Articles
// are restored in the order in which they were added.
func (w *Window) Restore(s Sketch, kept Kept) {
	if old, again := w.byID[s.ID]; again {
		w.article(old).gone = true
		w.leave(old)
	}
	n := w.keep(&s, &Told{Text: cmp.Or(kept.Text, s.ID)})
	w.article(n).fixed = kept.ByPerson
	w.waiting = false
	if kept.Story != "" {
		w.join(n, w.storyOf(kept.Story))
	}
	w.forget()
}

// keep puts an article at the end of the queue and into the indexes.
func (w *Window) keep(s *Sketch, told *Told) uint32 {
	n := w.base + uint32(len(w.articles))
	a := article{id: s.ID, text: told.Text, at: noDate, hash: s.text, terms: s.terms}
	if !s.At.IsZero() {
		a.at = s.At.Unix()
	}
	if s.Publisher != "" {
		a.source = hashOf(s.Publisher)
	}
	if s.Agency != "" {
		a.agency = hashOf(s.Agency)
	}
	same := 0
	for i := range told.Copies {
		if told.Copies[i].Relation == Identical {
			same++
		}
	}
	if same < carriers {
		a.entries, a.prints = w.prints.next, uint16(len(s.prints))
		w.prints.put(n, s.prints)
	}
	w.terms.put(n, w.rarest(s.terms))
	w.articles = append(w.articles, a)
	w.byID[s.ID] = n
	return n
}

// forget lets the oldest articles go, and stories of which nothing is left.
func (w *Window) forget() {
	for len(w.articles) > w.opt.Articles {
		a := &w.articles[0]
		w.leave(w.base)
		if w.byID[a.id] == w.base {
			delete(w.byID, a.id)
		}
		*a = article{}
		w.articles = w.articles[1:]
		w.base++
		w.prints.forget(w.base)
		w.terms.forget(w.base)
	}
}

// days is how many days lie between an article and a stretch of time; 0 where one is unknown.
func (w *Window) days(at, from, to int64) float64 {
	if at == noDate || from == noDate {
		return 0
	}
	apart := max(float64(from)-float64(at), float64(at)-float64(to), 0)
	return apart / (24 * 60 * 60)
}

// rarest are the terms by which an article's story is found.
func (w *Window) rarest(terms []term) []uint32 {
	type weighed struct {
		hash   uint32
		weight float64
	}
	list := make([]weighed, len(terms))
	for i, t := range terms {
		list[i] = weighed{t.hash, w.weight(t)}
	}
	slices.SortFunc(list, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.hash, b.hash))
	})
	out := make([]uint32, 0, keyTerms)
	for _, t := range list[:min(len(list), keyTerms)] {
		out = append(out, t.hash)
	}
	return out
}
