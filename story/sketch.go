package story

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Item is an article as this package wants it. Only ID and Text are needed.
type Item struct {
	ID        onrecord.ID
	Title     string    // also where Text begins with it
	Text      string    // UTF-8, a paragraph a line
	At        time.Time // when it was published; zero where that is unknown
	Publisher string
	Host      string   // of its address, where the publisher is unknown
	Credit    []string // wire services credited, by one spelling each
	Language  string   // BCP 47; empty or "und" where unknown
	Names     []string // of persons and organisations, where somebody found them
	Places    []string
}

// Sketch is all that is kept of an item. It is a value: nobody changes one that
// another holds.
type Sketch struct {
	ID        onrecord.ID
	At        time.Time // to the second, UTC; zero where unknown
	Publisher string    // or the host; empty where both are unknown
	Agency    string    // the first wire service credited

	words  uint32   // of the text, page furniture left out
	text   uint64   // hash of all its words; 0 for a text of none
	prints []uint32 // winnowed fingerprints, in text order
	terms  []term   // by hash
}

// Words is how many words the text has that are compared.
func (s *Sketch) Words() int { return int(s.words) }

// kind says what sort of term a term is.
type kind uint8

const (
	plain  kind = iota
	name        // written with a capital, or given as a name or a place
	number      // begins with a digit
	pair        // two neighbouring words
)

// term is a word or a pair of words and how much the text makes of it.
type term struct {
	hash   uint32
	kind   kind
	weight uint8 // 1 + ln(count) and more for the title, in eighths; 63 at most
}

const (
	termsLimit = 128 // terms of a sketch
	weightUnit = 8.0
	weightMost = 63

	leadWords = 80 // words at the head that count as the title does
	leadBoost = 1.
)

// SketchOf reads an item. It is linear in the text, of which it reads the first
// 20,000 words.
func SketchOf(item Item) Sketch {
	s := Sketch{ID: item.ID, Publisher: cmp.Or(folded(item.Publisher), folded(item.Host))}
	if y := item.At.Year(); !item.At.IsZero() && y >= 1 && y <= 9999 {
		s.At = item.At.UTC().Truncate(time.Second)
	}
	for _, credit := range item.Credit {
		if s.Agency = folded(credit); s.Agency != "" {
			break
		}
	}
	title := wordsOf(nil, item.Title)
	body := bodyOf(item)
	s.words, s.text = uint32(len(body)), hashAll(body)
	s.prints = winnow(body)
	s.terms = termsOf(title, body, item)
	return s
}

// longestName bounds the publisher and the agency, in bytes.
const longestName = 120

// folded is a name in one spelling: lower case, single spaces.
func folded(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "))
	for len(s) > longestName || !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}

// bodyOf is the words of the text without its title, datelines and page furniture.
func bodyOf(item Item) []word {
	text := item.Text
	if item.Title != "" {
		text = strings.TrimPrefix(strings.TrimLeft(text, " \n\r\t"), item.Title)
	}
	var body []word
	opened := false
	paragraphs(text, func(p string) {
		start := len(body)
		if !opened {
			p = p[datelineEnd(p):]
		}
		body = wordsOf(body, p)
		if boilerplate(body[start:]) {
			body = body[:start]
			return
		}
		opened = opened || len(body)-start > 8
	})
	return body
}

// datelineEnd is where the text after a wire's dateline begins: "PARIS (AP) — ",
// "MOSCOW, March 3 (Reuters) - ". 0 where there is none.
func datelineEnd(p string) int {
	head := p[:min(len(p), 90)]
	end, mark := -1, 0
	for _, dash := range []string{" — ", " – ", " - ", " -- ", "— ", ") -", ")—", ")–"} {
		if at := strings.Index(head, dash); at > 0 && (end < 0 || at < end) {
			end, mark = at, len(dash)
		}
	}
	if end < 0 {
		return 0
	}
	before := head[:end]
	if strings.HasSuffix(before, ")") || head[end] == ')' {
		return end + mark
	}
	city, _, _ := strings.Cut(before, ",")
	if city != strings.ToUpper(city) || city == strings.ToLower(city) || strings.Count(before, " ") > 6 {
		return 0
	}
	return end + mark
}

// hashAll is the hash of all words in order.
func hashAll(words []word) uint64 {
	if len(words) == 0 {
		return 0
	}
	h := uint64(offset64)
	for i := range words {
		h = mix(h ^ words[i].hash)
	}
	return max(h, 1)
}

// count is what termsOf knows of a word while it counts.
type count struct {
	n, lead       int // occurrences; and whether in the title or at the head
	inside, small int // capitals inside sentences; without a capital anywhere
	kind          kind
	given         bool
}

// termsOf is the weightiest terms of a text.
func termsOf(title, body []word, item Item) []term {
	markStops(body, item.Language)
	markStops(title, item.Language)
	counts := make(map[uint32]*count, len(body))
	order := make([]uint32, 0, len(body)) // no map order reaches a finding
	at := func(h uint32) *count {
		c := counts[h]
		if c == nil {
			c = &count{}
			counts[h] = c
			order = append(order, h)
		}
		return c
	}
	headline := capitals(title) < .5 // a headline in capitals tells nothing of names
	tell := func(words []word, lead int, tellCapitals bool) {
		for i := range words {
			w := &words[i]
			if w.stop || w.long < 2 && !w.number {
				continue
			}
			c := at(keyOf(w))
			c.n++
			c.lead = max(c.lead, lead)
			switch {
			case w.number:
				c.kind = number
			case !tellCapitals:
			case !w.capital:
				c.small++
			case !w.first:
				c.inside++
			}
			if i > 0 && !words[i-1].stop && !w.first && (words[i-1].long > 1 || words[i-1].number) {
				c := at(pairOf(keyOf(&words[i-1]), keyOf(w)))
				c.kind = pair
				c.n++
				c.lead = max(c.lead, lead)
			}
		}
	}
	tell(title, 1, headline)
	lead := min(len(body), leadWords)
	noun := capitals(body) > .3 // a language that writes its nouns with capitals
	tell(body[:lead], 1, !noun)
	tell(body[lead:], 0, !noun)
	for _, names := range [][]string{item.Names, item.Places} {
		for _, n := range names[:min(len(names), 50)] {
			for _, w := range wordsOf(nil, n[:min(len(n), 200)]) {
				if c := counts[keyOf(&w)]; c != nil {
					c.given = true
				}
			}
		}
	}
	return chosen(order, counts)
}

// chosen are the terms that are kept: the weightiest, the earlier of equals.
func chosen(order []uint32, counts map[uint32]*count) []term {
	out := make([]term, 0, len(order))
	for _, h := range order {
		c := counts[h]
		if c.kind == plain && (c.given || c.inside > c.small) {
			c.kind = name
		}
		w := 1 + math.Log(float64(c.n)) + leadBoost*float64(c.lead)
		out = append(out, term{hash: h, kind: c.kind, weight: uint8(min(w*weightUnit, weightMost))})
	}
	if len(out) > termsLimit {
		slices.SortStableFunc(out, func(a, b term) int { return cmp.Compare(b.keep(), a.keep()) })
		out = slices.Clone(out[:termsLimit]) // the rest is not kept alive
	}
	slices.SortFunc(out, func(a, b term) int { return cmp.Compare(a.hash, b.hash) })
	return out
}

// keep is how much a term deserves its place among those kept.
func (t term) keep() int { return int(t.weight) * int(2*kindWeights[t.kind]) }

// capitals is the share of the words inside sentences that begin with a capital.
func capitals(words []word) float64 {
	n, upper := 0, 0
	for _, w := range words {
		if !w.first && !w.number {
			n++
			if w.capital {
				upper++
			}
		}
	}
	return float64(upper) / float64(max(n, 8))
}

// keyOf is the hash that a word counts under.
func keyOf(w *word) uint32 { return uint32(w.hash >> 32) }

func pairOf(a, b uint32) uint32 { return uint32(mix(uint64(a)<<32|uint64(b)) >> 32) }
