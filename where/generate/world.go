package main

import (
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/where"
)

// shortened are names of Natural Earth that the list of countries has otherwise; empty
// for land that is drawn and is nobody's there.
var shortened = map[string]string{
	"dem rep congo": "CD", "central african rep": "CF", "eq guinea": "GQ", "w sahara": "EH", "s sudan": "SS", "dominican rep": "DO",
	"falkland is": "FK", "solomon is": "SB", "bosnia and herz": "BA", "macedonia": "MK", "fr s antarctic lands": "TF", "n cyprus": "",
	"somaliland": "", "congo": "CG", "antarctica": "AQ", "united states of america": "US", "eswatini": "SZ", "cote divoire": "CI",
}

// world draws the countries of Natural Earth's TopoJSON as an SVG of one path each, a
// degree a unit, from 180° west and 90° north.
func world(file, countriesFile, out string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var topo struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]float64
		Objects   struct {
			Countries struct {
				Geometries []struct {
					Type       string
					Arcs       json.RawMessage
					Properties struct{ Name string }
				}
			}
		}
	}
	if err := json.Unmarshal(b, &topo); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	codes, err := codesByName(countriesFile)
	if err != nil {
		return err
	}
	for i, arc := range topo.Arcs {
		x, y := 0.0, 0.0
		for k, p := range arc {
			x, y = x+p[0], y+p[1]
			topo.Arcs[i][k] = [2]float64{
				x*topo.Transform.Scale[0] + topo.Transform.Translate[0] + 180,
				90 - (y*topo.Transform.Scale[1] + topo.Transform.Translate[1]),
			}
		}
	}
	ring := func(arcs []int) string {
		var d strings.Builder
		last := [2]float64{math.Inf(1), 0}
		turn := 0.0 // land that crosses 180° goes on beside the map
		for _, n := range arcs {
			var points [][2]float64
			if n >= 0 {
				points = topo.Arcs[n]
			} else {
				points = slices.Clone(topo.Arcs[^n])
				slices.Reverse(points)
			}
			for _, p := range points {
				q := [2]float64{math.Round(p[0]*10) / 10, math.Round(p[1]*10) / 10}
				if d.Len() > 0 {
					q[0] += turn
					if q[0]-last[0] > 180 {
						turn, q[0] = turn-360, q[0]-360
					} else if last[0]-q[0] > 180 {
						turn, q[0] = turn+360, q[0]+360
					}
				}
				if q == last {
					continue
				}
				q[0] = math.Round(q[0]*10) / 10
				if d.Len() == 0 {
					fmt.Fprintf(&d, "M%g %g", q[0], q[1])
				} else {
					fmt.Fprintf(&d, "L%g %g", q[0], q[1])
				}
				last = q
			}
		}
		return d.String() + "Z"
	}
	var lines, borders []string
	for _, g := range topo.Objects.Countries.Geometries {
		var polygons [][][]int
		if g.Type == "Polygon" {
			polygons = make([][][]int, 1)
			err = json.Unmarshal(g.Arcs, &polygons[0])
		} else {
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil {
			return fmt.Errorf("%s: %s: %w", file, g.Properties.Name, err)
		}
		var d strings.Builder
		for _, p := range polygons {
			for _, r := range p {
				d.WriteString(ring(r))
			}
		}
		key := where.Fold(g.Properties.Name)
		code, known := shortened[key]
		if !known {
			code, known = codes[key], codes[key] != ""
		}
		if !known {
			log.Printf("no code for %s", g.Properties.Name)
		}
		id := ""
		if code != "" {
			id = fmt.Sprintf(" id=%q", code)
		}
		if code != "" {
			borders = append(borders, code+"|"+outline(polygons, topo.Arcs))
		}
		lines = append(lines, fmt.Sprintf("<path%s d=%q/>", id, d.String()))
	}
	slices.Sort(borders)
	if err := os.WriteFile(strings.Replace(countriesFile, "countries.txt", "borders.txt", 1), []byte(bordersHead+strings.Join(borders, "\n")+"\n"), 0o600); err != nil {
		return err
	}
	const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 180">
<!-- Countries, a degree a unit. Source: Natural Earth 1:110m (public domain), by world-atlas 2.0.2 (ISC). Regenerate: go run ./where/generate -world countries-110m.json -->
<g fill="#888" fill-opacity=".25" stroke="#888" stroke-opacity=".45" stroke-width=".15">
`
	return os.WriteFile(out, []byte(head+strings.Join(lines, "\n")+"\n</g></svg>\n"), 0o600)
}

const bordersHead = `# Borders of countries, as they are held and not as they are claimed.
# What: ISO 3166-1 alpha-2 code | rings with ";" between, each of longitudes and latitudes in turn, in hundredths of a
#   degree, the second ring and those after it land or holes alike; beyond 18000 where land crosses 180 degrees east.
# Source: Natural Earth 1:110m (public domain), by world-atlas 2.0.2 (ISC). Licence: public domain.
# Regenerate: go run ./where/generate -world countries-110m.json
`

// outline writes the rings of a country, whose arcs are in units of the drawing.
func outline(polygons [][][]int, arcs [][][2]float64) string {
	var rings []string
	for _, p := range polygons {
		for _, r := range p {
			var b strings.Builder
			last, turn := math.Inf(1), 0.0
			for _, n := range r {
				points := arcs[max(n, ^n)]
				if n < 0 {
					points = slices.Clone(points)
					slices.Reverse(points)
				}
				for _, q := range points {
					lon := q[0] - 180 + turn
					if !math.IsInf(last, 1) && lon-last > 180 {
						turn, lon = turn-360, lon-360
					} else if !math.IsInf(last, 1) && last-lon > 180 {
						turn, lon = turn+360, lon+360
					}
					last = lon
					fmt.Fprintf(&b, "%d %d ", int(math.Round(lon*100)), int(math.Round((90-q[1])*100)))
				}
			}
			rings = append(rings, strings.TrimSpace(b.String()))
		}
	}
	return strings.Join(rings, ";")
}

// codesByName are the codes of countries.txt and names.txt by folded name.
func codesByName(file string) (map[string]string, error) {
	codes := map[string]string{}
	for _, name := range []string{file, strings.Replace(file, "countries.txt", "names.txt", 1)} {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			code, rest, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "country "), "|")
			if !ok || len(code) != 2 {
				continue
			}
			names, _, _ := strings.Cut(rest, "|")
			for n := range strings.SplitSeq(names, ",") {
				codes[where.Fold(n)] = code
			}
		}
	}
	return codes, nil
}
