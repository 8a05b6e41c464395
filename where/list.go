package where

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed countries.txt
var countryData string

//go:embed names.txt
var nameData string

//go:embed words.txt
var wordData string

// Data is the package's lists, for a hash over all rules; see [Gazetteer].
func Data() []string {
	return []string{countryData, nameData, wordData, zoneData, borderData, disputedData}
}

// Gazetteer is the hash of the embedded gazetteer.
func Gazetteer() onrecord.Hash { return onrecord.HashOf(gazetteerData) }

// known is a place of the lists.
type known struct {
	kind     Kind
	name     string
	country  string   // ISO 3166-1 alpha-2; empty for what is wider
	holders  []string // countries that hold or claim a region
	lat, lon float64
	number   int // of the gazetteer, for provinces; -1 for none
}

// lists are the names in countries.txt and names.txt.
type lists struct {
	places    []known
	byName    map[string][]int // by folded name; indexes of places
	exact     map[string][]int // by the very letters: short forms and what is also a common word
	people    map[string]int   // "iraqi", "iraqis": the country
	countries map[string]int
	stands    map[string]string // "kremlin": the country whose government it is
	words     map[string]map[string]bool

	disputed   []territory
	disputedAt map[string]int // by where a territory is: the first line that says so
}

func loadLists(g *gazetteer) (*lists, error) {
	l := &lists{
		byName: map[string][]int{}, exact: map[string][]int{}, people: map[string]int{},
		countries: map[string]int{}, stands: map[string]string{}, words: map[string]map[string]bool{},
		disputedAt: map[string]int{},
	}
	for line := range strings.Lines(wordData) {
		f := strings.Fields(line)
		if len(f) < 2 || f[0][0] == '#' {
			continue
		}
		if l.words[f[0]] == nil {
			l.words[f[0]] = map[string]bool{}
		}
		for _, w := range f[1:] {
			l.words[f[0]][strings.ReplaceAll(w, "+", " ")] = true
		}
	}
	n := 0
	for line := range strings.Lines(countryData) {
		n++
		f := strings.Split(strings.TrimSpace(line), "|")
		if f[0] == "" || f[0][0] == '#' {
			continue
		}
		if len(f) != 6 {
			return nil, fmt.Errorf("countries line %d: %d fields: %w", n, len(f), onrecord.ErrInvalid)
		}
		lat, lon, err := coordinates(f[4], f[5])
		if err != nil {
			return nil, fmt.Errorf("countries line %d: %w", n, err)
		}
		names := split(f[1])
		l.countries[f[0]] = len(l.places)
		l.places = append(l.places, known{kind: Country, name: names[0], country: f[0], lat: lat, lon: lon, number: -1})
		l.called(len(l.places)-1, names)
	}
	n = 0
	var own [][2]string
	for line := range strings.Lines(nameData) {
		n++
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if kind == "" || kind[0] == '#' {
			continue
		}
		if err := l.named(g, kind, strings.Split(rest, "|"), &own); err != nil {
			return nil, fmt.Errorf("names line %d: %w", n, err)
		}
	}
	// Peoples: those written by hand first, because some names are two peoples'.
	for _, o := range own {
		for _, w := range split(o[1]) {
			l.peopled(w, l.countries[o[0]])
		}
	}
	for line := range strings.Lines(countryData) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if f[0] == "" || f[0][0] == '#' {
			continue
		}
		for _, w := range split(f[2]) {
			l.peopled(w, l.countries[f[0]])
		}
	}
	if err := l.loadDisputed(g); err != nil {
		return nil, err
	}
	return l, nil
}

func coordinates(lat, lon string) (float64, float64, error) {
	a, err := strconv.ParseFloat(lat, 64)
	if err != nil || a < -90 || a > 90 {
		return 0, 0, fmt.Errorf("latitude %q: %w", lat, onrecord.ErrInvalid)
	}
	b, err := strconv.ParseFloat(lon, 64)
	if err != nil || b < -180 || b > 180 {
		return 0, 0, fmt.Errorf("longitude %q: %w", lon, onrecord.ErrInvalid)
	}
	return a, b, nil
}

func split(s string) []string {
	var out []string
	for w := range strings.SplitSeq(s, ",") {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// called files a place under its names.
func (l *lists) called(place int, names []string) {
	for _, n := range names {
		into, key := l.byName, Fold(n)
		if strings.Contains(n, ".") || len(n) <= 4 && n == strings.ToUpper(n) {
			into, key = l.exact, n
		}
		if !slices.Contains(into[key], place) {
			into[key] = append(into[key], place)
		}
	}
}

func (l *lists) peopled(word string, country int) {
	key := Fold(word)
	if strings.HasSuffix(key, "s") && !strings.HasSuffix(key, "ss") { // "Iraqis" are persons and no place
		return
	}
	if _, ok := l.people[key]; !ok && key != Fold(l.places[country].name) {
		l.people[key] = country
	}
}

// named reads one line of names.txt.
func (l *lists) named(g *gazetteer, kind string, f []string, own *[][2]string) error {
	bad := fmt.Errorf("%s %s: %w", kind, strings.Join(f, "|"), onrecord.ErrInvalid)
	switch kind {
	case "country":
		at, ok := l.countries[f[0]]
		if len(f) != 3 || !ok {
			return bad
		}
		l.places[at].name = split(f[1])[0]
		l.called(at, split(f[1]))
		*own = append(*own, [2]string{f[0], f[2]})
	case "province":
		if len(f) != 4 {
			return bad
		}
		lat, lon, err := coordinates(f[2], f[3])
		if err != nil {
			return err
		}
		names := split(f[1])
		p := known{kind: Province, name: names[0], country: f[0], lat: lat, lon: lon, number: -1}
		for _, n := range g.find(Fold(names[0]), nil) {
			if e := g.place(n); e.kind == Province && e.country == f[0] {
				p.number = n
			}
		}
		l.places = append(l.places, p)
		l.called(len(l.places)-1, names)
	case "region":
		if len(f) != 4 {
			return bad
		}
		lat, lon, err := coordinates(f[1], f[2])
		if err != nil {
			return err
		}
		names := split(f[0])
		p := known{kind: Region, name: names[0], holders: split(f[3]), lat: lat, lon: lon, number: -1}
		if len(p.holders) == 1 {
			p.country = p.holders[0]
		}
		l.places = append(l.places, p)
		l.called(len(l.places)-1, names)
	case "capital":
		if len(f) != 2 {
			return bad
		}
		for _, n := range split(f[0]) {
			l.stands[Fold(n)] = f[1]
		}
	default:
		return bad
	}
	return nil
}

// is reports whether a word is of a class of words.txt.
func (l *lists) is(class, word string) bool { return l.words[class][word] }
