package where

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed borders.txt
var borderData string

// borders are the rings of each country, of longitude and latitude in degrees.
var borders = sync.OnceValue(func() map[string][][][2]float64 {
	countries := map[string][][][2]float64{}
	for line := range strings.Lines(borderData) {
		code, rings, ok := strings.Cut(strings.TrimSpace(line), "|")
		if !ok || len(code) != 2 {
			continue
		}
		for ring := range strings.SplitSeq(rings, ";") {
			f := strings.Fields(ring)
			points := make([][2]float64, len(f)/2)
			for i := range points {
				lon, _ := strconv.Atoi(f[2*i]) // a test reads them all
				lat, _ := strconv.Atoi(f[2*i+1])
				points[i] = [2]float64{float64(lon) / 100, float64(lat) / 100}
			}
			countries[code] = append(countries[code], points)
		}
	}
	return countries
})

// coarse is how far the borders may be from the true ones, in kilometres: islands and
// bays are missing from them.
const coarse = 60.0

// Inside reports whether a point lies in a country, as its borders are held, or not
// farther from it than they are coarse; known is false for countries too small to be
// drawn.
func Inside(lat, lon float64, country string) (inside, known bool) {
	rings, known := borders()[country]
	if !known {
		return false, false
	}
	odd := false
	for _, ring := range rings {
		for _, turn := range []float64{0, 360, -360} {
			x := lon + turn
			for i, a := range ring {
				b := ring[(i+1)%len(ring)]
				if (a[1] > lat) != (b[1] > lat) && x < (b[0]-a[0])*(lat-a[1])/(b[1]-a[1])+a[0] {
					odd = !odd
				}
				if fromEdge(lat, x, a, b) < coarse {
					return true, true
				}
			}
		}
	}
	return odd, true
}

// fromEdge is how far a point is from an edge, in kilometres, on a plane that touches
// the earth there.
func fromEdge(lat, lon float64, a, b [2]float64) float64 {
	const degree = 111.2
	wide := degree * math.Cos(lat*math.Pi/180)
	ax, ay := (a[0]-lon)*wide, (a[1]-lat)*degree
	bx, by := (b[0]-lon)*wide, (b[1]-lat)*degree
	dx, dy := bx-ax, by-ay
	t := 0.0
	if d := dx*dx + dy*dy; d > 0 {
		t = math.Max(0, math.Min(1, -(ax*dx+ay*dy)/d))
	}
	return math.Hypot(ax+t*dx, ay+t*dy)
}
