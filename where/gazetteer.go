package where

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/onrecord/onrecord"
)

//go:embed gazetteer.bin
var gazetteerData string

// Constants of the file's form.
const (
	Magic      = "onrecord gazetteer 1\n"
	Block      = 16 // names in a block
	MostPlaces = 60 // places of one name that are kept, the largest
	recordSize = 24
)

// Kind is what a place is.
type Kind uint8

// Kinds of place; those of the gazetteer first.
const (
	Capital  Kind = iota // of a country
	Seat                 // of a first-level division
	City                 // any other town or village
	Quarter              // part of a town
	Province             // first-level division
	District             // second-level division
	Country
	Region // anything wider or between: continents, seas, valleys, disputed land
	Site   // what has no inhabitants of its own: airports, camps, rivers, buildings
)

// gazetteer looks names up in the embedded file. Nothing is unpacked.
type gazetteer struct {
	countries, provinces, records, shown, blocks, names string
	places, count                                       int
}

// entry is one place of the gazetteer.
type entry struct {
	number     int
	id         uint32
	lat, lon   float64
	population uint32
	kind       Kind
	country    string
	province   int // from 1; 0 unknown
}

func openGazetteer(data string) (*gazetteer, error) {
	broken := fmt.Errorf("gazetteer: %w", onrecord.ErrInvalid)
	rest, ok := strings.CutPrefix(data, Magic)
	if !ok || len(rest) < 28 {
		return nil, broken
	}
	var n [7]int
	for i := range n {
		n[i] = int(u32(rest, 4*i))
	}
	rest = rest[28:]
	g := &gazetteer{places: n[2], count: n[4]}
	for _, part := range []struct {
		into *string
		size int
	}{
		{&g.countries, 2 * n[0]},
		{&g.provinces, 4 * n[1]},
		{&g.records, recordSize * n[2]},
		{&g.shown, n[3]},
		{&g.blocks, n[5]},
		{&g.names, n[6]},
	} {
		if part.size < 0 || part.size > len(rest) {
			return nil, broken
		}
		*part.into, rest = rest[:part.size], rest[part.size:]
	}
	if rest != "" || len(g.blocks) != (g.count+Block-1)/Block*4 {
		return nil, broken
	}
	return g, nil
}

func u32(s string, at int) uint32 {
	return uint32(s[at]) | uint32(s[at+1])<<8 | uint32(s[at+2])<<16 | uint32(s[at+3])<<24
}

// place is the entry of a number.
func (g *gazetteer) place(n int) entry {
	r := g.records[n*recordSize:][:recordSize]
	c := int(r[20])
	return entry{
		number: n, id: u32(r, 0), lat: float64(int32(u32(r, 4))) / 1e5, lon: float64(int32(u32(r, 8))) / 1e5,
		population: u32(r, 12), country: g.countries[2*c : 2*c+2], kind: Kind(r[21]), province: int(r[22]) | int(r[23])<<8,
	}
}

// shownName is a place's own name.
func (g *gazetteer) shownName(n int) string {
	at := int(u32(g.records, n*recordSize+16))
	return g.shown[at+1:][:g.shown[at]]
}

// provinceName is the name of a division by its number; empty for 0.
func (g *gazetteer) provinceName(province int) string {
	if province == 0 {
		return ""
	}
	return g.shownName(int(u32(g.provinces, 4*(province-1))))
}

// find appends the numbers of the places of a folded name, the largest first.
func (g *gazetteer) find(name string, out []int) []int {
	lo, hi := 0, len(g.blocks)/4 // the last block whose first name is not after it
	for lo < hi {
		mid := (lo + hi) / 2
		at := int(u32(g.blocks, 4*mid))
		if first := g.names[at+2:][:g.names[at+1]]; first <= name {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return out
	}
	at := int(u32(g.blocks, 4*(lo-1)))
	var word [256]byte
	for i := (lo - 1) * Block; i < min(lo*Block, g.count); i++ {
		shared, n := int(g.names[at]), int(g.names[at+1])
		copy(word[shared:], g.names[at+2:at+2+n])
		at += 2 + n
		count := int(g.names[at])
		at++
		same := string(word[:shared+n]) == name
		for range count {
			v, size := uvarint(g.names[at:])
			at += size
			if same {
				out = append(out, v)
			}
		}
		if same {
			return out
		}
	}
	return out
}

func uvarint(s string) (int, int) {
	var b [binary.MaxVarintLen32]byte
	n := copy(b[:], s)
	v, size := binary.Uvarint(b[:n])
	return int(v), size
}

// plain are letters that decomposition leaves as they are.
var plain = map[rune]string{
	'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ħ': "h", 'ə': "e", 'ʻ': "", 'ʼ': "", 'ŋ': "n",
}

// Fold makes names equal that are written differently: lower case, no accents, one
// space between words, hyphens as spaces, no apostrophes and periods.
func Fold(name string) string {
	var b strings.Builder
	space := false
	put := func(s string) {
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteString(s)
	}
	ascii := true
	for i := range len(name) {
		if name[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if !ascii {
		name = norm.NFD.String(name)
	}
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			put(string(r))
		case r >= 'A' && r <= 'Z':
			put(string(r + 'a' - 'A'))
		case r == '\'' || r == '’' || r == '‘' || r == '.' || r == '`':
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r):
			r = unicode.ToLower(r)
			if s, ok := plain[r]; ok {
				put(s)
			} else {
				put(string(r))
			}
		default:
			space = true
		}
	}
	return b.String()
}
