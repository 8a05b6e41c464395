package where

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Version names what this package finds; stored with every finding.
const Version = "where.v2"

// Finder finds places. It may be used by many goroutines at once.
type Finder struct {
	g     *gazetteer // the embedded one
	all   []*gazetteer
	lists *lists
}

// New opens the gazetteer and loads the lists.
func New() (*Finder, error) {
	g, err := openGazetteer(gazetteerData)
	if err != nil {
		return nil, err
	}
	l, err := loadLists(g)
	if err != nil {
		return nil, err
	}
	return &Finder{g, []*gazetteer{g}, l}, nil
}

// With is the finder with a further gazetteer, as [Build] makes it. What both have is
// found once.
func (f *Finder) With(file []byte) (*Finder, error) {
	g, err := openGazetteer(string(file))
	if err != nil {
		return nil, err
	}
	more := *f
	more.all = append(slices.Clone(f.all), g)
	return &more, nil
}

// Input is a revision and its analysed text. Tokens need no tags; without names from
// an analyser only what the lists know, datelines, and names beside those are found.
type Input struct {
	Revision *onrecord.Revision
	Text     *onrecord.Text
}

// Findings are the places of a text, in its order. Governments has for each whose
// government it stands for, such as "government of the United States"; empty where it
// stands for none or for one that is not known.
type Findings struct {
	Places      []onrecord.Place
	Governments []string
}

// Find finds the places of a text.
func (f *Finder) Find(in Input) Findings {
	r := reader{f: f, in: in, t: in.Text, names: in.Text.Names}
	r.mentions()
	r.resolve()
	var out Findings
	for i := range r.found {
		if p, ok := r.placed(&r.found[i]); ok {
			p.ID = onrecord.ID("P" + strconv.Itoa(len(out.Places)+1))
			out.Places = append(out.Places, p)
			out.Governments = append(out.Governments, r.government(&r.found[i], p.Sense))
		}
	}
	return out
}

// government is whose government a mention stands for: a country's, or that of the
// country whose capital it is.
func (r *reader) government(m *mention, sense onrecord.PlaceSense) string {
	c := &m.candidates[m.best]
	if sense != onrecord.GovernmentSense || c.kind != Country && c.kind != Capital {
		return ""
	}
	at, ok := r.f.lists.countries[c.country]
	if !ok {
		return ""
	}
	name := r.f.lists.places[at].name
	if strings.HasPrefix(name, "United ") || strings.HasSuffix(name, "s") || strings.Contains(name, "Republic") || strings.HasSuffix(name, "Emirates") {
		name = "the " + name
	}
	return "government of " + name
}

// mention is a place name in the text, and the places it can be.
type mention struct {
	span        onrecord.Span
	first, last int // tokens, last exclusive
	key         string
	people      bool // "Iraqi"
	stands      bool // "the Kremlin": for the government alone
	candidates  []candidate
	best        int
	confidence  float64
	beside      int // the mention that follows after a comma, plus one
}

// candidate is a place that a mention can be.
type candidate struct {
	known    int        // index in the lists, or -1
	from     *gazetteer // nil for places of the lists alone
	number   int        // of the gazetteer, or -1
	id       uint32     // GeoNames'
	kind     Kind
	country  string
	province int
	lat, lon float64
	size     float64 // log10 of the population
	score    float64
}

type reader struct {
	f     *Finder
	in    Input
	t     *onrecord.Text
	names []onrecord.Name
	found []mention
	keys  map[string]int  // folded names that were taken for places, by the first such mention
	borne map[string]bool // last words of people's names
}

// longest is how many words a place's name can have.
const longest = 6

// mentions finds the names.
func (r *reader) mentions() {
	r.keys, r.borne = map[string]int{}, map[string]bool{}
	for _, n := range r.names {
		words := n.Span.In(r.t.Source)
		if i := strings.LastIndexByte(words, ' '); n.Kind == onrecord.Person && i > 0 {
			r.borne[Fold(words[i+1:])] = true
		}
	}
	next := 0
	for _, s := range r.t.Sentences {
		for i := s.First; i < s.Last; {
			for next < len(r.names) && r.names[next].Span.End <= r.t.Tokens[i].Span.Start {
				next++
			}
			var inside *onrecord.Name
			if next < len(r.names) && r.names[next].Span.Start <= r.t.Tokens[i].Span.Start {
				inside = &r.names[next]
			}
			m, ok := r.mentionAt(i, s, inside)
			if !ok {
				i++
				continue
			}
			r.keep(m)
			i = m.last
		}
	}
	r.repeat()
}

// keep adds a mention.
func (r *reader) keep(m mention) {
	if _, ok := r.keys[m.key]; !ok {
		r.keys[m.key] = len(r.found)
	}
	r.found = append(r.found, m)
}

// mentionAt is the longest place name that begins with a token.
func (r *reader) mentionAt(i int, s onrecord.Sentence, inside *onrecord.Name) (mention, bool) {
	word := r.t.Word(i)
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		return mention{}, false
	}
	if inside != nil && inside.Kind == onrecord.PlaceEntity && r.t.Tokens[i].Span.Start == inside.Span.Start {
		last := r.t.TokenAt(inside.Span.End - 1)
		for ; last >= i; last-- { // "Baghdad's" without its 's; shorter where the whole is unknown
			if c, _ := utf8.DecodeRuneInString(r.t.Word(last)); !unicode.IsLetter(c) && !unicode.IsDigit(c) {
				continue
			}
			if m, ok := r.named(i, last+1); ok {
				return m, true
			}
		}
		return mention{}, false
	}
	for last := min(i+longest, s.Last); last > i; last-- {
		if !r.nameLike(i, last) {
			continue
		}
		if m, ok := r.listed(i, last); ok {
			if inside != nil && r.apart(inside, m.span) && !strings.HasSuffix(m.span.In(r.t.Source), ".") {
				continue
			}
			return m, true
		}
		if m, ok := r.toldToBe(i, last, s, inside); ok {
			return m, true
		}
	}
	return mention{}, false
}

// apart reports whether a place's name inside another name is none of its own: in a
// person's always, in an organisation's where it does not stand at its beginning or end.
func (r *reader) apart(inside *onrecord.Name, span onrecord.Span) bool {
	if inside.Span.Start >= span.Start && inside.Span.End <= span.End {
		return false
	}
	switch inside.Kind {
	case onrecord.PlaceEntity:
		return false
	case onrecord.Organization: // "the Turkish Parliament", not "Bank of England"
		return span.Start > inside.Span.Start+len("The ")
	default:
		return true
	}
}

// nameLike reports whether tokens can be one name: capitals, with small words inside.
func (r *reader) nameLike(first, last int) bool {
	for k := first; k < last; k++ {
		word := r.t.Word(k)
		c, _ := utf8.DecodeRuneInString(word)
		switch {
		case unicode.IsUpper(c):
		case k > first && k < last-1 && r.f.lists.is("inside", strings.ToLower(word)):
		case k > first && k < last-1 && word == "-":
		default:
			return false
		}
		if k > first && r.t.Tokens[k].Span.Start-r.t.Tokens[k-1].Span.End > 1 {
			return false
		}
	}
	return true
}

// at makes a mention of tokens.
func (r *reader) at(first, last int) mention {
	span := onrecord.Span{Start: r.t.Tokens[first].Span.Start, End: r.t.Tokens[last-1].Span.End}
	// "Seattle-based", "Russian-led"
	if i := strings.LastIndexByte(r.t.Word(last-1), '-'); i > 0 && i+1 < len(r.t.Word(last-1)) && r.t.Word(last - 1)[i+1] >= 'a' && r.t.Word(last - 1)[i+1] <= 'z' {
		span.End = r.t.Tokens[last-1].Span.Start + i
	}
	return mention{span: span, first: first, last: last, key: Fold(span.In(r.t.Source)), best: -1}
}

// named is a name that the analyser takes for a place's.
func (r *reader) named(first, last int) (mention, bool) {
	if m, ok := r.listed(first, last); ok {
		return m, true
	}
	m := r.at(first, last)
	if last-first == 1 && (r.f.lists.is("common", m.key) || r.borne[m.key] && !r.after(first)) {
		return m, false
	}
	r.candidates(&m)
	if len(m.candidates) == 0 {
		for _, prefix := range []string{"the ", "city of ", "town of ", "village of ", "greater ", "downtown ", "north ", "south ", "east ", "west ", "northern ", "southern ", "eastern ", "western ", "central "} {
			if key, ok := strings.CutPrefix(m.key, prefix); ok {
				m.key = key
				r.candidates(&m)
				break
			}
		}
	}
	return m, len(m.candidates) > 0
}

// listed is a name that the lists know.
func (r *reader) listed(first, last int) (mention, bool) {
	m := r.at(first, last)
	l := r.f.lists
	words := m.span.In(r.t.Source)
	if end := m.span.End; end < len(r.t.Source) && r.t.Source[end] == '.' && len(l.exact[words+"."]) > 0 { // the period ends the sentence too
		m.span.End++
		words += "."
	}
	if len(l.exact[words]) == 0 && len(l.byName[m.key]) == 0 {
		if c, ok := l.people[m.key]; ok && last-first <= 2 {
			m.people = true
			m.candidates = []candidate{r.ofList(c)}
			return m, true
		}
		if c, ok := l.stands[m.key]; ok {
			m.stands = true
			m.candidates = []candidate{r.ofList(l.countries[c])}
			return m, true
		}
		return m, false
	}
	r.candidates(&m)
	return m, len(m.candidates) > 0
}

// toldToBe is a name of the gazetteer that the words around it tell to be a place: it
// stands after "in" and the like or before ", Ohio", or is called a county.
func (r *reader) toldToBe(first, last int, s onrecord.Sentence, inside *onrecord.Name) (mention, bool) {
	m := r.at(first, last)
	stands := inside != nil && inside.Span == m.span && first > s.First && r.f.lists.is("firmly", strings.ToLower(r.t.Word(first-1)))
	if inside != nil && inside.Kind == onrecord.Person && !stands && (inside.Span.Start != m.span.Start || last+1 >= s.Last || r.t.Word(last) != "," || !r.wider(last+1, s)) {
		return mention{}, false // "Gary, Ind." is no person
	}
	if len(m.key) < 3 || last-first == 1 && (r.f.lists.is("common", m.key) || r.borne[m.key]) {
		return m, false
	}
	lastWord := strings.ToLower(r.t.Word(last - 1))
	switch {
	case last-first > 1 && r.f.lists.is("county", lastWord):
	case last+1 < s.Last && r.t.Word(last) == "," && r.wider(last+1, s):
	case inside != nil && (inside.Span.Start < m.span.Start || inside.Span.End > m.span.End):
		return m, false
	case r.in.Revision.Dateline != nil && r.in.Revision.Dateline.Place == m.span:
	case first > s.First && r.after(first) && r.proper(first, last):
	case last < s.Last && r.t.Tokens[last].UPOS == "NOUN" && r.t.Tokens[last-1].UPOS == "PROPN" && strings.HasPrefix(r.t.Tokens[last-1].Relation, "compound") &&
		(first == s.First || r.t.Tokens[first-1].UPOS != "PROPN" && r.t.Tokens[first-1].UPOS != "ADJ"): // "an Alton man"
	default:
		return m, false
	}
	r.candidates(&m)
	return m, len(m.candidates) > 0
}

// after reports whether a word stands before a token that places stand behind.
func (r *reader) after(first int) bool {
	return first > 0 && r.f.lists.is("at", strings.ToLower(r.t.Word(first-1)))
}

// wider reports whether a country, a division or a region begins at a token.
func (r *reader) wider(i int, s onrecord.Sentence) bool {
	for last := min(i+3, s.Last); last > i; last-- {
		if m, ok := r.listed(i, last); ok && !m.people && !m.stands {
			return true
		}
	}
	return false
}

// proper reports whether all of the words are proper nouns where that is known.
func (r *reader) proper(first, last int) bool {
	for k := first; k < last; k++ {
		if u := r.t.Tokens[k].UPOS; u != "" && u != "PROPN" {
			return false
		}
	}
	// A name that goes on, such as "in Jackson Hole Park", is another's.
	return last >= len(r.t.Tokens) || r.t.Tokens[last].UPOS != "PROPN" || r.t.Tokens[last].Span.Start != r.t.Tokens[last-1].Span.End+1
}

// repeat finds again the names that stood for places elsewhere in the text.
func (r *reader) repeat() {
	taken := map[int]bool{}
	for i := range r.found {
		for k := r.found[i].first; k < r.found[i].last; k++ {
			taken[k] = true
		}
	}
	covered := func(i int) *onrecord.Name {
		span := r.t.Tokens[i].Span
		n, _ := slices.BinarySearchFunc(r.names, span.Start, func(n onrecord.Name, at int) int { return n.Span.End - at - 1 })
		if n < len(r.names) && r.names[n].Span.Start <= span.Start {
			return &r.names[n]
		}
		return nil
	}
	var more []mention
	for i := range r.t.Tokens {
		if c, _ := utf8.DecodeRuneInString(r.t.Word(i)); taken[i] || !unicode.IsUpper(c) {
			continue
		}
		for last := min(i+4, len(r.t.Tokens)); last > i; last-- {
			m := r.at(i, last)
			first, ok := r.keys[m.key]
			if !ok {
				continue
			}
			n := covered(i)
			if n != nil && (n.Kind == onrecord.Person || n.Span.Start < m.span.Start) || r.borne[m.key] && !r.after(i) {
				break
			}
			if n == nil && last < len(r.t.Tokens) && r.t.Tokens[last].UPOS == "PROPN" && covered(last) == nil && r.t.Tokens[last].Span.Start == m.span.End+1 {
				break
			}
			m.candidates, m.people, m.stands = slices.Clone(r.found[first].candidates), r.found[first].people, r.found[first].stands
			more = append(more, m)
			for k := i; k < last; k++ {
				taken[k] = true
			}
			break
		}
	}
	if len(more) > 0 {
		r.found = append(r.found, more...)
		slices.SortFunc(r.found, func(a, b mention) int { return a.span.Start - b.span.Start })
	}
}
