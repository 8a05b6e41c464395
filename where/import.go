package where

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// ReadEntries reads places for [Build]: a dump of GeoNames (allCountries.txt, IQ.txt and
// the like: tab-separated, 19 columns), or a CSV file whose first line names its columns:
// name, latitude, longitude, country (ISO 3166-1 alpha-2), and as wanted names (with ";"
// between), population, kind (city, district, province, region or site) and division. A
// line that cannot be read is handed to bad with its number, and left out. The error is
// the reader's, or wraps [onrecord.ErrInvalid] where the file is neither.
func ReadEntries(r io.Reader, bad func(line int, err error)) ([]Entry, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	head, err := in.Peek(1 << 12)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return nil, err
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(string(head), "\ufeff"), "\n")
	if strings.Count(first, "\t") >= geoNamesColumns-1 {
		return readGeoNames(in, bad)
	}
	return readCSV(in, bad)
}

const geoNamesColumns = 19

// longestLine bounds a line of a dump; alternate names fill some.
const longestLine = 1 << 20

func readGeoNames(in io.Reader, bad func(int, error)) ([]Entry, error) {
	var out []Entry
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	for n := 1; lines.Scan(); n++ {
		c := strings.Split(strings.TrimSuffix(lines.Text(), "\r"), "\t")
		if len(c) < geoNamesColumns {
			bad(n, fmt.Errorf("%d columns instead of %d: %w", len(c), geoNamesColumns, onrecord.ErrInvalid))
			continue
		}
		kind, ok := kindOf(c[6], c[7])
		if !ok || len(c[8]) != 2 {
			continue // countries and continents are known; what has no country is no land
		}
		e := Entry{Name: c[1], Names: []string{c[2]}, Kind: kind, Country: c[8], Division: c[10]}
		id, err := strconv.ParseUint(c[0], 10, 32)
		if err == nil {
			e.ID = uint32(id)
			e.Lat, e.Lon, err = coordinates(c[4], c[5])
		}
		if err != nil || e.Name == "" || !utf8.ValidString(lines.Text()) {
			bad(n, fmt.Errorf("place %q: %w", c[1], errors.Join(onrecord.ErrInvalid, err)))
			continue
		}
		e.Population, _ = strconv.ParseUint(c[14], 10, 64) // 0 where it is not known
		for alt := range strings.SplitSeq(c[3], ",") {
			if Latin(alt) {
				e.Names = append(e.Names, alt)
			}
		}
		out = append(out, e)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading places: %w", err)
	}
	return out, nil
}

// kindOf is what a feature of GeoNames is; ok is false for what is no place here.
func kindOf(class, code string) (kind Kind, ok bool) {
	switch {
	case code == "PPLC":
		return Capital, true
	case code == "PPLA":
		return Seat, true
	case code == "PPLX":
		return Quarter, true
	case code == "PPLH", code == "PPLQ", code == "PPLW":
		return 0, false // abandoned
	case class == "P":
		return City, true
	case code == "ADM1":
		return Province, true
	case class == "A":
		return District, code != "PCLI" && code != "PCLD" && code != "PCLS"
	case code == "RGN", code == "AREA", code == "SEA", code == "OCN", code == "DSRT", code == "ISLS", code == "MTS", code == "PEN":
		return Region, true
	default:
		return Site, class != ""
	}
}

// Latin reports whether an alternate name is written in letters that English texts have.
func Latin(name string) bool {
	if len(name) < 3 {
		return false
	}
	for _, r := range Fold(name) {
		if (r < 'a' || r > 'z') && r != ' ' {
			return false
		}
	}
	return true
}

var kindNames = map[string]Kind{"city": City, "capital": Capital, "district": District, "province": Province, "region": Region, "site": Site, "": City}

func readCSV(in io.Reader, bad func(int, error)) ([]Entry, error) {
	r := csv.NewReader(in)
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("reading places: %w", errors.Join(onrecord.ErrInvalid, err))
	}
	column := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		switch name {
		case "lat":
			name = "latitude"
		case "lon", "lng", "long":
			name = "longitude"
		}
		column[name] = i
	}
	for _, need := range []string{"name", "latitude", "longitude", "country"} {
		if _, ok := column[need]; !ok {
			return nil, onrecord.WithHint(fmt.Errorf("no column %q: %w", need, onrecord.ErrInvalid),
				"the first line names the columns: name, latitude, longitude, country, and as wanted names, population, kind, division; or give a dump of GeoNames")
		}
	}
	var out []Entry
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			if _, ok := errors.AsType[*csv.ParseError](err); !ok {
				return nil, fmt.Errorf("reading places: %w", err)
			}
			bad(line, err)
			continue
		}
		get := func(name string) string {
			if i, ok := column[name]; ok && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		e := Entry{Name: get("name"), Country: strings.ToUpper(get("country")), Division: get("division")}
		kind, known := kindNames[strings.ToLower(get("kind"))]
		e.Kind = kind
		e.Lat, e.Lon, err = coordinates(get("latitude"), get("longitude"))
		switch {
		case err != nil:
		case !known:
			err = fmt.Errorf("kind %q: want city, district, province, region or site: %w", get("kind"), onrecord.ErrInvalid)
		case e.Name == "" || len(e.Country) != 2 || !utf8.ValidString(strings.Join(row, "")):
			err = fmt.Errorf("place %q in %q: want a name and a country of two letters: %w", e.Name, e.Country, onrecord.ErrInvalid)
		}
		if err != nil {
			bad(line, err)
			continue
		}
		e.Population, _ = strconv.ParseUint(get("population"), 10, 64)
		for alt := range strings.SplitSeq(get("names"), ";") {
			if alt = strings.TrimSpace(alt); alt != "" {
				e.Names = append(e.Names, alt)
			}
		}
		out = append(out, e)
	}
}

// Order sorts entries as a file has them best: those of a division beside each other.
func Order(entries []Entry) {
	slices.SortStableFunc(entries, func(a, b Entry) int {
		if n := strings.Compare(a.Country, b.Country); n != 0 {
			return n
		}
		return strings.Compare(a.Division, b.Division)
	})
}
