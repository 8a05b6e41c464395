package where

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/onrecord/onrecord"
)

// Entry is a place as a gazetteer file is built of it.
type Entry struct {
	ID         uint32 // GeoNames'; 0 for none
	Name       string
	Names      []string // others, and Name again where it is to be found by it
	Lat, Lon   float64
	Population uint64
	Kind       Kind
	Country    string // ISO 3166-1 alpha-2
	Division   string // code of the first-level division; an entry of kind Province names it
}

// longestKey is how long a name can be, in bytes of its folded form.
const longestKey = 60

// Build makes a gazetteer file. Entries are kept in the order given; a name's places
// stand by falling population. The error wraps [onrecord.ErrInvalid].
func Build(entries []Entry) ([]byte, error) {
	type listed struct {
		name string
		at   []int
	}
	byName := map[string][]int{}
	var countries []byte
	seen := map[string]int{}
	divisions := map[string]int{}
	var provinces []uint32
	for i := range entries {
		p := &entries[i]
		if len(p.Country) != 2 || math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 || p.Name == "" {
			return nil, fmt.Errorf("place %d, %q in %q at %v, %v: %w", i+1, p.Name, p.Country, p.Lat, p.Lon, onrecord.ErrInvalid)
		}
		if _, ok := seen[p.Country]; !ok {
			seen[p.Country] = len(seen)
			countries = append(countries, p.Country...)
		}
		if p.Kind == Province && divisions[p.Country+"."+p.Division] == 0 {
			divisions[p.Country+"."+p.Division] = len(provinces) + 1
			provinces = append(provinces, uint32(i))
		}
		for _, n := range append([]string{p.Name}, p.Names...) {
			key := Fold(n)
			if key == "" || len(key) > longestKey {
				continue
			}
			if at := byName[key]; len(at) == 0 || at[len(at)-1] != i {
				byName[key] = append(at, i)
			}
		}
	}
	if len(seen) > math.MaxUint8 || len(provinces) >= math.MaxUint16 {
		return nil, fmt.Errorf("%d countries, %d divisions: more than a file can have: %w", len(seen), len(provinces), onrecord.ErrInvalid)
	}
	list := make([]listed, 0, len(byName))
	for n, at := range byName {
		slices.SortFunc(at, func(a, b int) int {
			return cmp.Or(cmp.Compare(entries[b].Population, entries[a].Population), cmp.Compare(a, b))
		})
		list = append(list, listed{n, at})
	}
	slices.SortFunc(list, func(a, b listed) int { return cmp.Compare(a.name, b.name) })

	var records, shown, names, blocks bytes.Buffer
	word := func(b *bytes.Buffer, v uint32) { b.Write(binary.LittleEndian.AppendUint32(nil, v)) }
	for i := range entries {
		p := &entries[i]
		word(&records, p.ID)
		word(&records, uint32(int32(math.Round(p.Lat*1e5))))
		word(&records, uint32(int32(math.Round(p.Lon*1e5))))
		word(&records, uint32(min(p.Population, math.MaxUint32)))
		word(&records, uint32(shown.Len()))
		records.WriteByte(byte(seen[p.Country]))
		records.WriteByte(byte(p.Kind))
		records.Write(binary.LittleEndian.AppendUint16(nil, uint16(divisions[p.Country+"."+p.Division])))
		n := p.Name[:min(len(p.Name), math.MaxUint8)]
		shown.WriteByte(byte(len(n)))
		shown.WriteString(n)
	}
	before := ""
	for i, l := range list {
		if i%Block == 0 {
			word(&blocks, uint32(names.Len()))
			before = ""
		}
		shared := 0
		for shared < len(before) && shared < len(l.name) && before[shared] == l.name[shared] {
			shared++
		}
		names.WriteByte(byte(shared))
		names.WriteByte(byte(len(l.name) - shared))
		names.WriteString(l.name[shared:])
		at := l.at[:min(len(l.at), MostPlaces)]
		names.WriteByte(byte(len(at)))
		for _, k := range at {
			names.Write(binary.AppendUvarint(nil, uint64(k)))
		}
		before = l.name
	}
	var file bytes.Buffer
	file.WriteString(Magic)
	for _, n := range []int{len(seen), len(provinces), len(entries), shown.Len(), len(list), blocks.Len(), names.Len()} {
		word(&file, uint32(n))
	}
	file.Write(countries)
	for _, p := range provinces {
		word(&file, p)
	}
	for _, b := range []*bytes.Buffer{&records, &shown, &blocks, &names} {
		file.Write(b.Bytes())
	}
	return file.Bytes(), nil
}
