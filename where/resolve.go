package where

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// ofList is a place of the lists as a candidate.
func (r *reader) ofList(i int) candidate {
	k := &r.f.lists.places[i]
	c := candidate{known: i, number: k.number, kind: k.kind, country: k.country, lat: k.lat, lon: k.lon}
	if k.number >= 0 {
		c.from = r.f.g
		e := r.f.g.place(k.number)
		c.province, c.size = e.province, logSize(e.population)
	}
	return c
}

func logSize(population uint32) float64 { return math.Log10(float64(population) + 1) }

// sameAs reports whether a place of another gazetteer is this one.
func (c *candidate) sameAs(o candidate) bool {
	return c.id > 0 && c.id == o.id || c.kind == o.kind && c.country == o.country && distance(c, &o) < samePlace
}

// samePlace is how near two entries of one name and kind are one place, in kilometres.
const samePlace = 3

// candidates fills the places that a mention's name can be.
func (r *reader) candidates(m *mention) {
	l := r.f.lists
	words := m.span.In(r.t.Source)
	for _, i := range l.exact[words] {
		m.candidates = append(m.candidates, r.ofList(i))
	}
	if len(m.candidates) > 0 {
		return // "U.S.", "Ga." are nothing else
	}
	inList := map[int]bool{}
	for _, i := range l.byName[m.key] {
		c := r.ofList(i)
		m.candidates = append(m.candidates, c)
		inList[c.number] = c.number >= 0
	}
	key := m.key
	for try := range 2 {
		for i, g := range r.f.all {
			for _, n := range g.find(key, nil) {
				if i == 0 && inList[n] {
					continue
				}
				e := g.place(n)
				c := candidate{
					from: g, known: -1, number: n, kind: e.kind, country: e.country, province: e.province, lat: e.lat, lon: e.lon, size: logSize(e.population), id: e.id,
				}
				if i == 0 || !slices.ContainsFunc(m.candidates, c.sameAs) {
					m.candidates = append(m.candidates, c)
				}
			}
		}
		if rest, ok := strings.CutPrefix(key, "st "); ok && try == 0 {
			key = "saint " + rest
			continue
		}
		break
	}
}

// prior is what speaks for a place before anything is read: countries before divisions
// before towns by their size.
func (c *candidate) prior() float64 {
	switch c.kind {
	case Country:
		return 9
	case Region:
		return 7.5
	case Province:
		return 6.5
	case Capital:
		return c.size + 1.5
	case Seat:
		return c.size + .5
	case District:
		return c.size - 1.2
	case Quarter:
		return c.size - 2
	case Site:
		return max(c.size, siteSize)
	default:
		return c.size
	}
}

// siteSize is the weight of what nobody lives in: a river, an airport, a camp.
const siteSize = 2.5

// Weights of what speaks for a place, beside its prior, whose unit is a power of ten
// of people. They were set by reason, not fitted.
const (
	holdsNext   = 8.0 // "Mosul, Iraq"
	notNext     = -4.0
	sameCountry = 3.0 // times the share of the text's other places
	sameDivison = 3.5
	nearOther   = 1.0 // a place within near kilometres of another
	near        = 200.0
	rounds      = 3
)

// resolve chooses a place for each mention.
func (r *reader) resolve() {
	r.sides()
	for i := range r.found {
		m := &r.found[i]
		for k := range m.candidates {
			c := &m.candidates[k]
			c.score = c.prior() + r.holds(m, c)
		}
		m.choose()
	}
	for range rounds {
		r.vote()
	}
	r.oneSense()
}

// sides notes which mention stands after a comma behind which.
func (r *reader) sides() {
	for i := 0; i+1 < len(r.found); i++ {
		a, b := &r.found[i], &r.found[i+1]
		between := onrecord.Span{Start: a.span.End, End: b.span.Start}
		if between.Start > between.End || b.people || a.people {
			continue
		}
		switch strings.TrimSpace(between.In(r.t.Source)) {
		case ",", "in", ", in", "(":
			a.beside = i + 2
		}
	}
}

// holds is what the place named next to it says of a candidate.
func (r *reader) holds(m *mention, c *candidate) float64 {
	if m.beside == 0 {
		return 0
	}
	next := &r.found[m.beside-1]
	told := false
	for k := range next.candidates {
		n := &next.candidates[k]
		switch n.kind {
		case Country:
			told = true
			if c.country == n.country && c.kind != Country {
				return holdsNext
			}
		case Province:
			told = true
			if c.country == n.country && c.province == n.province && c.kind != Country && c.kind != Province {
				return holdsNext
			}
		case District:
			if c.country == n.country && c.province == n.province && c.kind != Country && c.kind != Province && distance(c, n) < near {
				return holdsNext / 2
			}
		case Region:
			if n.known >= 0 && slices.Contains(r.f.lists.places[n.known].holders, c.country) {
				return holdsNext / 2
			}
		}
	}
	if told && r.t.Source[m.span.End:next.span.Start] != " in " {
		return notNext
	}
	return 0
}

// choose takes the best candidate and says how sure that is.
func (m *mention) choose() {
	m.best = -1
	total := 0.0
	for k := range m.candidates {
		if m.best < 0 || m.candidates[k].score > m.candidates[m.best].score {
			m.best = k
		}
	}
	if m.best < 0 {
		return
	}
	top := m.candidates[m.best].score
	for k := range m.candidates {
		total += math.Exp((m.candidates[k].score - top) / 1.0)
	}
	m.confidence = 1 / total
}

// vote scores every candidate by the places that the rest of the text names.
func (r *reader) vote() {
	countries, divisions := map[string]float64{}, map[[2]string]float64{}
	seen := map[string]bool{}
	type point struct {
		key string
		c   *candidate
	}
	var points []point
	all := 0.0
	for i := range r.found {
		m := &r.found[i]
		if m.best < 0 || seen[m.key] {
			continue
		}
		seen[m.key] = true
		c := &m.candidates[m.best]
		w := m.confidence
		all += w
		if c.country != "" {
			countries[c.country] += w
		}
		if c.province > 0 {
			divisions[[2]string{c.country, r.division(c)}] += w
		}
		if c.kind != Country && c.kind != Region && w > .6 {
			points = append(points, point{m.key, c})
		}
	}
	if all == 0 {
		return
	}
	points = points[:min(len(points), 40)]
	same := map[string]*mention{} // mentions that have nothing beside them are all alike
	for i := range r.found {
		m := &r.found[i]
		if m.best < 0 || len(m.candidates) == 1 {
			continue
		}
		if m.beside == 0 {
			if old := same[m.key]; old != nil && len(old.candidates) == len(m.candidates) {
				copy(m.candidates, old.candidates)
				m.best, m.confidence = old.best, old.confidence
				continue
			}
			same[m.key] = m
		}
		own := m.candidates[m.best]
		w := m.confidence
		for k := range m.candidates {
			c := &m.candidates[k]
			c.score = c.prior() + r.holds(m, c)
			rest := math.Max(all-w, 1)
			in := countries[c.country]
			if c.country == own.country {
				in -= w
			}
			c.score += sameCountry * in / rest
			if c.province > 0 {
				in = divisions[[2]string{c.country, r.division(c)}]
				if c.country == own.country && c.province == own.province {
					in -= w
				}
				c.score += sameDivison * in / rest
			}
			if c.kind != Country && c.kind != Region {
				for _, p := range points {
					if p.key != m.key && distance(c, p.c) < near {
						c.score += nearOther
						break
					}
				}
			}
		}
		m.choose()
	}
}

func (r *reader) division(c *candidate) string {
	if c.from == nil {
		return ""
	}
	return c.from.provinceName(c.province)
}

// oneSense gives a name the place that its clearest mention has.
func (r *reader) oneSense() {
	clearest := map[string]*mention{}
	for i := range r.found {
		m := &r.found[i]
		if m.best < 0 {
			continue
		}
		if old := clearest[m.key]; old == nil || m.confidence > old.confidence {
			clearest[m.key] = m
		}
	}
	for i := range r.found {
		m := &r.found[i]
		c := clearest[m.key]
		if c == nil || c == m || m.beside > 0 && m.candidates[m.best].score > 8 {
			continue
		}
		want := c.candidates[c.best]
		for k := range m.candidates {
			if m.candidates[k].number == want.number && m.candidates[k].known == want.known && m.candidates[k].from == want.from {
				m.best, m.confidence = k, c.confidence
			}
		}
	}
}

// distance is the great circle between two places, in kilometres.
func distance(a, b *candidate) float64 {
	const rad = math.Pi / 180
	x := math.Pow(math.Sin((b.lat-a.lat)*rad/2), 2) + math.Cos(a.lat*rad)*math.Cos(b.lat*rad)*math.Pow(math.Sin((b.lon-a.lon)*rad/2), 2)
	return 12742 * math.Asin(math.Min(1, math.Sqrt(x)))
}

var precisions = [...]string{Capital: "city", Seat: "city", City: "city", Quarter: "city", Province: "province", District: "district", Country: "country", Region: "region", Site: "site"}

// mostOthers is how many runners-up are told.
const mostOthers = 3

// placed is a mention as it is recorded; ok is false where nothing was found.
func (r *reader) placed(m *mention) (onrecord.Place, bool) {
	if m.best < 0 {
		return onrecord.Place{}, false
	}
	p := r.place(&m.candidates[m.best])
	p.Span, p.Confidence = m.span, math.Round(m.confidence*100)/100
	if p.Sense = r.sense(m); p.Sense == onrecord.PeopleSense { // nobody claims a people
		p.AdministeredBy, p.Claims, p.ClaimNames = nil, nil, nil
	}
	if len(m.candidates) > 1 {
		others := slices.Clone(m.candidates)
		others = slices.Delete(others, m.best, m.best+1)
		slices.SortStableFunc(others, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
		top := m.candidates[m.best].score
		for i := range others[:min(len(others), mostOthers)] {
			o := r.place(&others[i])
			o.Span = m.span
			o.Confidence = math.Round(m.confidence*math.Exp(min(others[i].score-top, 0))*100) / 100
			p.Others = append(p.Others, o)
		}
	}
	return p, true
}

// place is a candidate as it is recorded.
func (r *reader) place(c *candidate) onrecord.Place {
	p := onrecord.Place{Country: c.country, Lat: round(c.lat), Lon: round(c.lon), Precision: precisions[c.kind]}
	r.disputes(&p, c)
	if at, ok := r.f.lists.countries[c.country]; ok {
		p.CountryName = r.f.lists.places[at].name
	}
	if c.kind != Country && c.kind != Region {
		p.Admin1 = r.division(c)
	}
	switch {
	case c.kind == Country:
		p.Gazetteer, p.Name = "iso3166:"+c.country, r.f.lists.places[c.known].name
	case c.known >= 0:
		p.Name = r.f.lists.places[c.known].name
		p.Gazetteer = "onrecord:" + strings.ReplaceAll(Fold(p.Name), " ", "-")
	default:
		p.Name = c.from.shownName(c.number)
		if c.id > 0 {
			p.Gazetteer = "geonames:" + itoa(c.id)
		} else {
			p.Gazetteer = "onrecord:" + strings.ToLower(c.country) + "-" + strings.ReplaceAll(Fold(p.Name), " ", "-")
		}
	}
	return p
}

func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }
