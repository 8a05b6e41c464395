package where

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed disputed.txt
var disputedData string

// Dispute is land that more than one claims, or that another holds. Countries are ISO
// 3166-1 alpha-2; an authority that has no code stands with its name.
type Dispute struct {
	Name           string // neutral: of no side, or of both
	AdministeredBy []string
	ClaimedBy      []string // the holder among them
	From, To       int      // years; 0 for open
	Source         string
}

// at reports whether the dispute is on in a year; 0 is today.
func (d *Dispute) at(year int) bool {
	if year == 0 {
		return d.To == 0
	}
	return year >= d.From && (d.To == 0 || year <= d.To)
}

// territory is a dispute and the keys it is found by.
type territory struct {
	Dispute
	keys  []string // as they stand in the list: "country XK"
	rings []within
}

type within struct {
	countries []string
	points    [][2]float64 // longitude, latitude
}

func (w *within) has(lat, lon float64) bool {
	odd := false
	for i, a := range w.points {
		b := w.points[(i+1)%len(w.points)]
		if (a[1] > lat) != (b[1] > lat) && lon < (b[0]-a[0])*(lat-a[1])/(b[1]-a[1])+a[0] {
			odd = !odd
		}
	}
	return odd
}

// Disputes are all that the list has, in its order; those that are over among them.
func (f *Finder) Disputes() []Dispute {
	out := make([]Dispute, len(f.lists.disputed))
	for i := range f.lists.disputed {
		d := f.lists.disputed[i].Dispute
		d.AdministeredBy, d.ClaimedBy = slices.Clone(d.AdministeredBy), slices.Clone(d.ClaimedBy)
		out[i] = d
	}
	return out
}

// loadDisputed reads disputed.txt, after all names. The error wraps [onrecord.ErrInvalid].
func (l *lists) loadDisputed(g *gazetteer) error {
	divisions, filed := map[string]bool{}, map[string]bool{}
	for i := range len(g.provinces) / 4 {
		divisions["division "+g.place(int(u32(g.provinces, 4*i))).country+" "+g.provinceName(i+1)] = true
	}
	for i := 0; i < len(g.countries); i += 2 {
		filed[g.countries[i:i+2]] = true
	}
	n := 0
	for line := range strings.Lines(disputedData) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		t, err := l.territory(strings.Split(line, "|"), divisions, filed)
		if err != nil {
			return fmt.Errorf("disputed line %d: %w", n, err)
		}
		for _, k := range t.keys {
			if _, ok := l.disputedAt[k]; !ok {
				l.disputedAt[k] = len(l.disputed)
			}
		}
		l.disputed = append(l.disputed, t)
	}
	return nil
}

func (l *lists) territory(f []string, divisions, filed map[string]bool) (territory, error) {
	if len(f) != 6 || f[0] == "" || f[5] == "" {
		return territory{}, fmt.Errorf("%d fields: %w", len(f), onrecord.ErrInvalid)
	}
	t := territory{Dispute: Dispute{Name: f[0], AdministeredBy: split(f[2]), ClaimedBy: split(f[3]), Source: f[5]}}
	for _, who := range slices.Concat(t.AdministeredBy, t.ClaimedBy) {
		if _, ok := l.countries[who]; len(who) == 2 && !ok {
			return t, fmt.Errorf("country %q: %w", who, onrecord.ErrInvalid)
		}
	}
	if len(t.AdministeredBy) == 0 || len(t.ClaimedBy) == 0 {
		return t, fmt.Errorf("nobody holds or claims it: %w", onrecord.ErrInvalid)
	}
	if f[4] != "" {
		from, to, _ := strings.Cut(f[4], "-")
		var err error
		if t.From, err = strconv.Atoi(from); err == nil && to != "" {
			t.To, err = strconv.Atoi(to)
		}
		if err != nil {
			return t, fmt.Errorf("years %q: %w", f[4], onrecord.ErrInvalid)
		}
	}
	for term := range strings.SplitSeq(f[1], ";") {
		term = strings.TrimSpace(term)
		kind, rest, _ := strings.Cut(term, " ")
		ok := false
		switch kind {
		case "country":
			_, ok = l.countries[rest]
			ok = ok || filed[rest]
		case "division":
			ok = divisions[term]
		case "named":
			ok = slices.ContainsFunc(l.places, func(k known) bool { return k.name == rest })
		case "place":
			_, err := strconv.ParseUint(rest, 10, 32)
			ok = err == nil
		case "within":
			w, err := ring(rest)
			if err != nil {
				return t, err
			}
			t.rings = append(t.rings, w)
			continue
		}
		if !ok {
			return t, fmt.Errorf("%q is not known: %w", term, onrecord.ErrInvalid)
		}
		t.keys = append(t.keys, term)
	}
	return t, nil
}

func ring(s string) (within, error) {
	f := strings.Fields(s)
	if len(f) < 7 || len(f)%2 == 0 {
		return within{}, fmt.Errorf("ring of %d words: %w", len(f), onrecord.ErrInvalid)
	}
	w := within{countries: strings.Split(f[0], ",")}
	for i := 1; i < len(f); i += 2 {
		lat, lon, err := coordinates(f[i], f[i+1])
		if err != nil {
			return w, err
		}
		w.points = append(w.points, [2]float64{lon, lat})
	}
	return w, nil
}

// dispute is the first line that fits a place and is on in the year that the text was
// published.
func (r *reader) dispute(c *candidate) *territory {
	l := r.f.lists
	year := 0
	if at := r.in.Revision.Published; !at.IsZero() {
		year = at.Start().Year()
	}
	best := -1
	try := func(key string) {
		if i, ok := l.disputedAt[key]; ok && (best < 0 || i < best) {
			best = i
		}
	}
	try("country " + c.country)
	if c.known >= 0 {
		try("named " + l.places[c.known].name)
	}
	if c.id > 0 {
		try("place " + itoa(c.id))
	}
	if c.kind != Country && c.kind != Region {
		if name := r.division(c); name != "" {
			try("division " + c.country + " " + name)
		}
		for i := range l.disputed {
			for k := range l.disputed[i].rings {
				w := &l.disputed[i].rings[k]
				if (best < 0 || i < best) && c.kind != Province && c.kind != District && slices.Contains(w.countries, c.country) && w.has(c.lat, c.lon) {
					best = i
				}
			}
		}
	}
	if best < 0 {
		return nil
	}
	d := &l.disputed[best]
	if !d.at(year) {
		return nil
	}
	return d
}

// disputes tells who holds and who claims a place.
func (r *reader) disputes(p *onrecord.Place, c *candidate) {
	d := r.dispute(c)
	if d == nil {
		return
	}
	p.AdministeredBy, p.Claims = slices.Clone(d.AdministeredBy), slices.Clone(d.ClaimedBy)
	for _, who := range d.ClaimedBy {
		name := who
		if at, ok := r.f.lists.countries[who]; ok {
			name = r.f.lists.places[at].name
		}
		p.ClaimNames = append(p.ClaimNames, name)
	}
}
