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

// tell marks the article's time expressions and lists them.
func (v *articleView) tell(text string) {
	named := map[onrecord.ID]string{}
	for _, t := range v.Analysis.Times {
		if t.Span.Valid(text) {
			named[t.ID] = t.Span.In(text)
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
			x.Counted, x.From = named[onrecord.ID(t.Anchor)], onrecord.ID(t.Anchor)
		}
		v.Times = append(v.Times, x)
		v.spread(Mark{Span: t.Span, Role: TimeMark, Time: t.ID, Note: x.Means()})
	}
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
