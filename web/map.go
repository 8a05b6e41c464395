package web

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"sync"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// mapMost is how many statements a map looks at, the newest that match.
const mapMost = 2000

// mapView is places with the statements under them, drawn and listed.
type mapView struct {
	Places   []*placed
	Looked   int  // statements that were looked at
	More     bool // there are more, older ones
	Placed   int  // statements with a place
	Box      string
	World    string // address of the outlines
	Problem  *QueryError
	Asked    bool
	AllWords string // address of the same search as a list
}

// placed is one place of a map. X and Y are degrees from 180° west and 90° north.
type placed struct {
	Place      onrecord.Place
	Statements int
	Said       int // of them, made there
	Address    string
	Sample     row // the newest
	X, Y, R    float64
	Outline    string // a country's
	Shade      string // how dark it is drawn, 0 to 1
}

// Point reports whether the place is drawn as a dot: a town. What is wider is drawn as
// wide as it is.
func (p *placed) Point() bool { return p.Place.Precision == "city" || p.Place.Precision == "site" }

// Where says in words what and where the place is.
func (p *placed) Where() string {
	return whatIs(&p.Place)
}

// Rough radii, in degrees, of what is no point.
var wide = map[string]float64{"district": .4, "province": 1.6, "region": 3, "country": 4}

// places shows where statements were made and what places they name.
func (s *site) places(w http.ResponseWriter, r *http.Request) {
	_, format := dataFormat(r.URL.Path)
	q, ok := s.asked(w, r, format, "map", func(p *QueryError) any { return &mapView{Problem: p, Asked: true} })
	if !ok {
		return
	}
	box := FormatQuery(q)
	v := mapView{Asked: box != "", World: s.assets.address("world.svg"), AllWords: searchAddress(q)}
	byID := map[string]*placed{}
	q.Limit = rowsMost
	for v.Looked < mapMost {
		answer, err := s.store.Said(r.Context(), q)
		if err != nil {
			s.fail(w, r, fmt.Errorf("map: %w", err))
			return
		}
		for i := range answer.Rows {
			v.Looked++
			if v.add(byID, &answer.Rows[i]) {
				v.Placed++
			}
		}
		q.After = answer.Next
		if v.More = q.After != ""; !v.More {
			break
		}
	}
	q.After = ""
	slices.SortStableFunc(v.Places, func(a, b *placed) int { return cmp.Compare(b.Statements, a.Statements) })
	for _, p := range v.Places {
		in := q
		in.In = p.Place.Name
		p.Address = searchAddress(in)
		p.lay(v.Places[0].Statements)
	}
	if format != asPage {
		s.sendJSON(w, r, v.geoJSON(), "")
		return
	}
	title := "Map"
	if box != "" {
		title = "Map: " + box
	}
	s.page(w, r, "map", page{Title: title, Here: "map", Query: box, Main: &v})
}

// add counts a statement under its places.
func (v *mapView) add(byID map[string]*placed, rec *ledger.Record) bool {
	seen := map[string]bool{}
	for i := range rec.Places {
		place := &rec.Places[i]
		if seen[place.Gazetteer] {
			continue
		}
		seen[place.Gazetteer] = true
		p := byID[place.Gazetteer]
		if p == nil {
			p = &placed{Place: *place, Sample: rowOf(*rec)}
			byID[place.Gazetteer] = p
			v.Places = append(v.Places, p)
		}
		p.Statements++
		if in := rec.Statement.SaidIn; in != nil && in.Place == place.ID {
			p.Said++
		}
	}
	return len(seen) > 0
}

// lay works out where and how large a place is drawn.
func (p *placed) lay(most int) {
	p.X, p.Y = math.Round((p.Place.Lon+180)*100)/100, math.Round((90-p.Place.Lat)*100)/100
	share := math.Sqrt(float64(p.Statements) / float64(max(most, 1)))
	p.Shade = fmt.Sprintf("%.2f", .15+.5*share)
	if p.Place.Precision == "country" {
		p.Outline = outlines()[p.Place.Country]
	}
	p.R = math.Round((.35+1.4*share)*100) / 100
	if !p.Point() {
		p.R = wide[p.Place.Precision]
	}
}

var outlinePath = regexp.MustCompile(`<path id="([A-Z]{2})" d="([^"]+)"`)

// outlines are the paths of world.svg by country.
var outlines = sync.OnceValue(func() map[string]string {
	paths := map[string]string{}
	content, err := assetFiles.ReadFile("assets/world.svg")
	if err != nil {
		panic(err) // it is embedded
	}
	for _, m := range outlinePath.FindAllSubmatch(content, -1) {
		paths[string(m[1])] = string(m[2])
	}
	return paths
})

// Frame is the part of the world that the map shows: all places with room around them,
// never less than forty degrees.
func (v *mapView) Frame() string {
	if len(v.Places) == 0 {
		return "0 10 360 140"
	}
	left, top, right, bottom := 360.0, 180.0, 0.0, 0.0
	for _, p := range v.Places {
		left, right = min(left, p.X-p.R), max(right, p.X+p.R)
		top, bottom = min(top, p.Y-p.R), max(bottom, p.Y+p.R)
	}
	width, height := max(right-left+10, 40), max(bottom-top+8, 20)
	if width < 2*height {
		width = 2 * height
	} else {
		height = width / 2
	}
	width, height = min(width, 360), min(height, 180)
	x := min(max((left+right-width)/2, 0), 360-width)
	y := min(max((top+bottom-height)/2, 0), 180-height)
	return fmt.Sprintf("%.1f %.1f %.1f %.1f", x, y, width, height)
}

// geoJSON is a map as RFC 7946 has it.
func (v *mapView) geoJSON() any {
	type geometry struct {
		Type        string     `json:"type"`
		Coordinates [2]float64 `json:"coordinates"` // longitude, latitude
	}
	type properties struct {
		Gazetteer  string `json:"gazetteer"`
		Name       string `json:"name"`
		Precision  string `json:"precision"`
		Country    string `json:"country,omitempty"`
		Admin1     string `json:"admin1,omitempty"`
		Statements int    `json:"statements"`
		SaidThere  int    `json:"said_there"`
		Address    string `json:"address"`
	}
	type feature struct {
		Type       string     `json:"type"`
		Geometry   geometry   `json:"geometry"`
		Properties properties `json:"properties"`
	}
	out := struct {
		Type        string    `json:"type"`
		Attribution string    `json:"attribution"`
		Looked      int       `json:"looked"`
		More        bool      `json:"more"`
		Features    []feature `json:"features"`
	}{"FeatureCollection", credits, v.Looked, v.More, []feature{}}
	for _, p := range v.Places {
		out.Features = append(out.Features, feature{"Feature", geometry{"Point", [2]float64{p.Place.Lon, p.Place.Lat}}, properties{
			p.Place.Gazetteer, p.Place.Name, p.Place.Precision, p.Place.Country, p.Place.Admin1, p.Statements, p.Said, p.Address,
		}})
	}
	return out
}

// credits are due wherever coordinates are shown.
const (
	placeSources = "Places: GeoNames, CC BY 4.0, and The World Factbook."
	credits      = placeSources + " Outlines: Natural Earth, which draws land with those who hold it, whoever claims it."
)

// Credits are shown under the map.
func (v *mapView) Credits() string { return credits }
