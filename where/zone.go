package where

import (
	_ "embed"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // where the system has none

	"github.com/onrecord/onrecord"
)

//go:embed zones.txt
var zoneData string

// zoneNames are the zones of zones.txt by "CODE|division" and "CODE|".
var zoneNames = sync.OnceValue(func() map[string]string {
	zones := map[string]string{}
	for line := range strings.Lines(zoneData) {
		line = strings.TrimSpace(line)
		if i := strings.LastIndexByte(line, '|'); i > 0 && line[0] != '#' {
			zones[line[:i]] = line[i+1:]
		}
	}
	return zones
})

// Zone is the time zone of a place: its division's, else its country's; nil where
// neither is known, or where the place is wider than one zone can be.
func Zone(p *onrecord.Place) *time.Location {
	if p.Country == "" {
		return nil
	}
	if p.Admin1 == "" && p.Precision != "city" && manyZones()[p.Country] {
		return nil
	}
	name := zoneNames()[p.Country+"|"+p.Admin1]
	if name == "" {
		name = zoneNames()[p.Country+"|"]
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" {
		return nil
	}
	return zone
}

// manyZones are the countries whose divisions have several.
var manyZones = sync.OnceValue(func() map[string]bool {
	many := map[string]bool{}
	for key := range zoneNames() {
		country, division, _ := strings.Cut(key, "|")
		many[country] = many[country] || division != ""
	}
	return many
})
