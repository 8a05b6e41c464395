package where

import "testing"

func TestInside(t *testing.T) {
	for _, c := range []struct {
		place         string
		lat, lon      float64
		country       string
		inside, known bool
	}{
		{"Erbil", 36.19, 44.01, "IQ", true, true},
		{"Erbil", 36.19, 44.01, "IR", false, true},
		{"Anadyr, beyond 180 degrees", 64.73, 177.5, "RU", true, true},
		{"Uelen, east of the date line", 66.16, -169.8, "RU", true, true},
		{"Anchorage", 61.2, -149.9, "US", true, true},
		{"Honolulu", 21.3, -157.9, "US", true, true},
		{"Maseru, inside of South Africa", -29.3, 27.5, "LS", true, true},
		{"the middle of Lesotho", -29.6, 28.2, "ZA", false, true},
		{"the Atlantic", 30, -40, "US", false, true},
		{"Monaco is too small", 43.7, 7.4, "MC", false, false},
	} {
		if inside, known := Inside(c.lat, c.lon, c.country); inside != c.inside || known != c.known {
			t.Errorf("%s in %s: %v, %v, want %v, %v", c.place, c.country, inside, known, c.inside, c.known)
		}
	}
}

// The gazetteer's capitals lie in their countries.
func TestCapitalsLieInTheirCountries(t *testing.T) {
	g, err := openGazetteer(gazetteerData)
	if err != nil {
		t.Fatal(err)
	}
	onIslands := map[string]bool{"GQ": true, "VU": true} // that are too small to be drawn
	seen := 0
	for n := range g.places {
		e := g.place(n)
		if e.kind != Capital {
			continue
		}
		if inside, known := Inside(e.lat, e.lon, e.country); known && !inside && !onIslands[e.country] {
			t.Errorf("%s, %s at %.2f, %.2f", g.shownName(n), e.country, e.lat, e.lon)
		} else if known {
			seen++
		}
	}
	if seen < 150 {
		t.Errorf("only %d capitals were looked at", seen)
	}
}
