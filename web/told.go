package web

import (
	"strings"

	"github.com/onrecord/onrecord"
)

// told is a time expression of an article and what it means.
type told struct {
	onrecord.Time
	Words   string
	Counted string // in words; empty for what stands on its own
	From    onrecord.ID
}

// tell marks the article's time expressions and places, and lists them.
func (v *articleView) tell(text string) {
	v.locate(text)
	words := map[onrecord.ID]string{}
	for _, t := range v.Analysis.Times {
		if t.Span.Valid(text) {
			words[t.ID] = t.Span.In(text)
		}
	}
	for _, t := range v.Analysis.Times {
		if !t.Span.Valid(text) || t.Span.Empty() {
			continue
		}
		x := told{Time: t, Words: t.Span.In(text)}
		switch t.Anchor {
		case "":
		case "published":
			x.Counted = "the day of publication"
		case "dateline":
			x.Counted = "the dateline"
		default:
			x.Counted, x.From = words[onrecord.ID(t.Anchor)], onrecord.ID(t.Anchor)
		}
		v.Times = append(v.Times, x)
		v.spread(Mark{Span: t.Span, Role: TimeMark, Finding: t.ID, Note: x.Means()})
	}
}

// named is a place that an article names.
type named struct {
	onrecord.Place
	Words string
}

// locate marks the article's places and lists them.
func (v *articleView) locate(text string) {
	listed := map[string]bool{} // a place is listed once for each thing it stands for
	for _, p := range v.Analysis.Places {
		if !p.Span.Valid(text) || p.Span.Empty() {
			continue
		}
		x := named{p, p.Span.In(text)}
		if key := p.Gazetteer + " " + string(p.Sense); !listed[key] {
			listed[key] = true
			v.Places = append(v.Places, x)
		}
		v.spread(Mark{Span: p.Span, Role: PlaceMark, Finding: p.ID, Note: x.Name + ": " + whatIs(&x.Place)})
	}
}

// PlaceCredits are due where coordinates are shown.
func (v *articleView) PlaceCredits() string { return placeSources }

// Where says in words what and where the place is.
func (n named) Where() string { return whatIs(&n.Place) }

// Stands says whom the words mean where that is not the place.
func (n named) Stands() string {
	switch n.Sense {
	case onrecord.GovernmentSense:
		return "those who act for it"
	case onrecord.PeopleSense:
		return "its people"
	default:
		return ""
	}
}

// whatIs says in words what and where a place is.
func whatIs(p *onrecord.Place) string {
	parts := []string{p.Precision}
	for _, wider := range []string{p.Admin1, p.CountryName} {
		if wider != "" && wider != p.Name {
			parts = append(parts, wider)
		}
	}
	return strings.Join(parts, ", ")
}

// Means is the normalised value, and the days it can be where the value does not say
// them.
func (t told) Means() string {
	var b strings.Builder
	b.WriteString(t.Value)
	if t.Mod != "" {
		b.WriteString(" (" + strings.ToLower(strings.ReplaceAll(t.Mod, "_", " ")) + ")")
	}
	if days := t.Days(); days != "" && days != t.Value {
		b.WriteString(": " + days)
	}
	return b.String()
}

// Days is the first and the last day that the words can mean; empty where neither is
// known.
func (t told) Days() string {
	from, to := t.Time.From.String(), t.To.String()
	switch {
	case from == to:
		return from
	case from == "":
		return "until " + to
	case to == "":
		return "from " + from
	default:
		return from + " to " + to
	}
}
