// Package lists knows names: of people, places, nationalities and organisations,
// the words that go with them, and weekdays and months, which are none. It marks
// the words of a sentence with the kinds of entries that cover them. The marks are
// hints for a tagger, not findings: a list does not know what a name means here.
package lists

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mark is the set of kinds of entries that cover a word.
type Mark uint16

// A kind that has entries of many words has two marks: one for the first word of an
// entry and one for those that follow.
const (
	Given              Mark = 1 << iota // a given name
	Surname                             // a family name
	Place                               // the first word of a country, division, town, region or water
	PlaceInside                         // a further word of one
	Nationality                         // a people: its adjective or noun
	Organization                        // the first word of a party, agency, alliance, company, armed group …
	OrganizationInside                  // a further word of one
	OrganizationWord                    // a word that organisations are called by: Ministry, University, Inc
	Title                               // a word before a person's name: President, Sgt, Mr; also in lower case
	Date                                // a weekday or a month
	Common                              // a person's or a place's name that is more often a common word
)

// Marks is how many bits a Mark has in use.
const Marks = 11

// kinds are the sections of the data file, with the marks of first and further words.
var kinds = [...]struct {
	name          string
	first, inside Mark
}{
	{"given", Given, Given},
	{"surname", Surname, Surname},
	{"place", Place, PlaceInside},
	{"nationality", Nationality, Nationality},
	{"organization", Organization, OrganizationInside},
	{"organization word", OrganizationWord, OrganizationWord},
	{"title", Title, Title},
	{"date", Date, Date},
	{"common", Common, Common},
}

// title is the place of the titles in kinds; they match in lower case too.
const title = 6

// Licence says where the lists come from and on what terms.
//
//go:embed LICENSE.txt
var Licence string

//go:embed lists.txt.gz
var data []byte

// Lists is a set of entries, ready to be asked by many goroutines.
type Lists struct {
	// slots is a table of the entries' hashes with open addresses; a power of two long.
	slots []slot
	mask  uint64
}

// slot is an entry or the beginning of one.
type slot struct {
	hash uint64
	any  uint16 // the kinds it is an entry of, a bit each in the order of kinds
	caps uint16 // those for which it must be written in capitals: US, WHO
}

// Load reads the lists that are built in.
func Load() (*Lists, error) {
	file, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("english/lists: reading the lists: %w", err)
	}
	l := &Lists{slots: make([]slot, 1<<18), mask: 1<<18 - 1}
	kind, used := -1, 0
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Bytes()
		switch {
		case len(line) == 0 || line[0] == '#':
		case line[0] == '>':
			kind = -1
			for i, k := range kinds {
				if k.name == string(line[1:]) {
					kind = i
				}
			}
			if kind < 0 {
				return nil, fmt.Errorf("english/lists: no kind is called %q", line[1:])
			}
		case kind < 0:
			return nil, fmt.Errorf("english/lists: %q stands under no kind", line)
		default:
			used += l.add(string(line), kind)
			if used > len(l.slots)/4*3 {
				return nil, fmt.Errorf("english/lists: more entries than the table holds")
			}
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("english/lists: reading the lists: %w", err)
	}
	return l, nil
}

// add enters an entry and its beginnings and says how many slots it took.
func (l *Lists) add(entry string, kind int) int {
	used := 0
	h := uint64(offset)
	all := true
	var s *slot
	for entry != "" {
		word, rest, _ := strings.Cut(entry, " ")
		var sh shape
		h, sh = fold(h, word)
		all = all && sh.capitals
		entry = rest
		if sh.letters == 0 {
			continue
		}
		s = l.find(h)
		if s.hash == 0 {
			s.hash = h
			used++
		}
	}
	if s == nil {
		return used
	}
	if all && kind != 0 && kind != 1 {
		s.caps |= 1 << kind
	} else {
		s.any |= 1 << kind
	}
	return used
}

// find is the slot of a hash, an empty one where there is none.
func (l *Lists) find(h uint64) *slot {
	for i := h ^ h>>29; ; i++ {
		if s := &l.slots[i&l.mask]; s.hash == h || s.hash == 0 {
			return s
		}
	}
}

// Mark appends to marks[:0] the marks of each word. Of the entries of one kind the
// longest is taken, then the search goes on after it. Entries match words that begin
// with a capital or are all capitals; words of up to three letters inside an entry
// ("of", "al") may be small. Hyphens split words and are otherwise passed over.
func (l *Lists) Mark(words []string, marks []Mark) []Mark {
	marks = marks[:0]
	for range words {
		marks = append(marks, 0)
	}
	var until [len(kinds)]int // up to where each kind has been matched
	for i := range words {
		var end [len(kinds)]int
		h := uint64(offset)
		upper, small, capitals := false, false, true
		for j := i; j < len(words) && j < i+12; j++ {
			var sh shape
			h, sh = fold(h, words[j])
			if sh.letters == 0 {
				if j == i || words[j] != "-" && words[j] != "–" {
					break
				}
				continue
			}
			upper = upper || sh.upper
			small = small || !sh.upper && sh.letters > 3
			capitals = capitals && sh.capitals
			s := l.find(h)
			if s.hash == 0 {
				break
			}
			found := s.any
			if capitals {
				found |= s.caps
			}
			if !upper || small {
				found &= 1 << title
			}
			for k := 0; found != 0; k, found = k+1, found>>1 {
				if found&1 != 0 {
					end[k] = j + 1
				}
			}
		}
		for k, e := range end {
			if e == 0 || i < until[k] {
				continue
			}
			until[k] = e
			marks[i] |= kinds[k].first
			for j := i + 1; j < e; j++ {
				marks[j] |= kinds[k].inside
			}
		}
	}
	return marks
}

const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

// shape is how a word is written.
type shape struct {
	letters  int
	upper    bool // the first letter, or one after a hyphen, is a capital
	capitals bool // there are two letters or more and no small one
}

// fold continues a hash with a word: in lower case, diacritics gone, points and
// apostrophes passed over, a gap before each word and after each hyphen.
func fold(h uint64, word string) (uint64, shape) {
	var sh shape
	sh.capitals = true
	gap := true
	for i := 0; i < len(word); {
		r, n := rune(word[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(word[i:])
		}
		i += n
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			sh.capitals = sh.capitals && r <= '9'
		case 'A' <= r && r <= 'Z':
			sh.upper = sh.upper || gap
			r += 'a' - 'A'
		case r == '-' || r == '–':
			gap = true
			continue
		case r < utf8.RuneSelf && r != '&' || r == '’' || r == '‘' || r == 'ʻ' || r == 'ʼ':
			continue
		default:
			low := unicode.ToLower(r)
			sh.upper = sh.upper || gap && low != r
			sh.capitals = sh.capitals && low != r
			r = low
			if r < rune(len(bare)) && bare[r] != 0 {
				r = rune(bare[r])
			}
		}
		if gap {
			h = (h ^ ' ') * prime
			gap = false
		}
		h = (h ^ uint64(r)) * prime
		sh.letters++
	}
	sh.capitals = sh.capitals && sh.letters > 1
	return h, sh
}

// Letters with diacritics and those without that stand for them.
const (
	accented = "àáâãäåāăąçćčĉďđèéêëēėęěğģḩḥìíîïīįıķłļľñńňņòóôõöøōőŕřśşšșṣţťțṭùúûüūůűųýÿźżžẓðħ"
	plain    = "aaaaaaaaaccccddeeeeeeeegghhiiiiiiiklllnnnnoooooooorrssssstttt" + "uuuuuuuuyyzzzzdh"
)

// bare is the plain letter of one with diacritics.
var bare = func() (to [0x240]byte) {
	i := 0
	for _, r := range accented {
		if r < rune(len(to)) {
			to[r] = plain[i]
		}
		i++
	}
	return to
}()
