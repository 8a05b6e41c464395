package read

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode"
)

var (
	//go:embed languages.gz
	languagesTable []byte
	//go:embed languages.txt
	languagesFile string
)

const (
	tableVersion = "onrecord languages 1\n"
	tableStep    = 0.8 // nats that one unit of the table stands for
	longestGram  = 5   // letters
)

// gramTable tells the languages of one script apart: for each of its n-grams how much less
// probable the last letter is after the others in each language than in the one where it is
// most probable.
type gramTable struct {
	script    *unicode.RangeTable
	languages []string
	english   int               // which of the languages is English; -1 none
	low       [maxFolded]uint8  // position in the alphabet, counted from 1, of a letter below maxFolded
	high      map[rune]uint8    // of the others
	slots     []gramSlot        // a hash table with open addressing
	values    []byte            // a row of one byte a language for each n-gram
	words     map[string]uint64 // frequent words, and a bit for each language that has it
}

// maxFolded is the end of the Latin and Cyrillic blocks that are looked up in an array.
const maxFolded = 0x530

type gramSlot struct {
	key uint64 // positions of the letters, the last in the lowest byte; 0 is an empty slot
	row uint32
}

// gramTables are the tables of all scripts that several languages share.
var gramTables = sync.OnceValue(func() []gramTable {
	z, err := gzip.NewReader(bytes.NewReader(languagesTable))
	if err != nil {
		panic(err) // the table is part of the program; TestLanguageTable reads it whole
	}
	b, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	_, b, _ = bytes.Cut(b, []byte(tableVersion))
	line := func() string {
		l, rest, _ := bytes.Cut(b, []byte("\n"))
		b = rest
		return string(l)
	}
	var tables []gramTable
	for len(b) > 0 {
		t := gramTable{script: unicode.Scripts[line()], languages: strings.Fields(line()), english: -1, high: map[rune]uint8{}}
		for i, name := range t.languages {
			if name == english {
				t.english = i
			}
		}
		for i, r := range []rune(line()) {
			t.high[r] = uint8(i + 1)
			if r < maxFolded {
				t.low[r] = t.high[r]
			}
		}
		count, n := binary.Uvarint(b)
		b = t.fill(b[n:], int(count))
		t.words = frequentWords(t.languages)
		tables = append(tables, t)
	}
	return tables
})

// frequentWords are the frequent words of languages.
func frequentWords(languages []string) map[string]uint64 {
	words := map[string]uint64{}
	for _, line := range entries(languagesFile) {
		name, list, _ := strings.Cut(line, ":")
		if i := slices.Index(languages, name); i >= 0 {
			for word := range strings.FieldsSeq(list) {
				words[word] |= 1 << i
			}
		}
	}
	return words
}

// fill reads the n-grams and gives back what follows them.
func (t *gramTable) fill(b []byte, count int) []byte {
	size := 1
	for size < 2*count {
		size *= 2
	}
	t.slots = make([]gramSlot, size)
	t.values = make([]byte, 0, count*len(t.languages))
	var letters [longestGram]byte
	for row := range count {
		shared, more := int(b[0]), int(b[1])
		copy(letters[shared:], b[2:2+more])
		b = b[2+more:]
		var key uint64
		for _, l := range letters[:shared+more] {
			key = key<<8 | uint64(l+1)
		}
		var tail []byte // what would be read without this one
		for n := shared + more - 1; n > 0 && tail == nil; n-- {
			tail = t.row(key & (1<<(8*n) - 1))
		}
		for i, v := range b[:len(t.languages)] {
			if tail != nil {
				v += tail[i]
			}
			t.values = append(t.values, v)
		}
		b = b[len(t.languages):]
		i := t.slot(key)
		for t.slots[i].key != 0 {
			i = (i + 1) & (len(t.slots) - 1)
		}
		t.slots[i] = gramSlot{key, uint32(row)}
	}
	return b
}

// slot is where the search for a key begins.
func (t *gramTable) slot(key uint64) int {
	return int(key * 0x9e3779b97f4a7c15 >> 32 & uint64(len(t.slots)-1))
}

// row is the values of an n-gram; nil where the table has none.
func (t *gramTable) row(key uint64) []byte {
	for i := t.slot(key); t.slots[i].key != 0; i = (i + 1) & (len(t.slots) - 1) {
		if t.slots[i].key == key {
			n := len(t.languages)
			at := int(t.slots[i].row) * n
			return t.values[at : at+n]
		}
	}
	return nil
}

// position is that of a lower-case letter in the alphabet, counted from 1; 0 is none.
func (t *gramTable) position(r rune) uint64 {
	if r < maxFolded {
		return uint64(t.low[r])
	}
	return uint64(t.high[r])
}
