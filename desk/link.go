package desk

import (
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/when"
	"github.com/onrecord/onrecord/where"
)

// zone is the time zone of the place that a revision's dateline names; nil where it has
// none.
func zone(rev *onrecord.Revision, places []onrecord.Place) *time.Location {
	if rev.Dateline == nil {
		return nil
	}
	for i := range places {
		if places[i].Span.Overlap(rev.Dateline.Place) > 0 {
			return where.Zone(&places[i])
		}
	}
	return nil
}

// link writes down which findings belong together: when and where each statement was
// made, and which entity a place's name stands for.
func link(a *onrecord.Analysis, text *onrecord.Text, places *where.Findings, times *when.Findings) {
	for i, at := range times.SaidAt {
		a.Statements[i].SaidAt = at
	}
	stand(a, places)
	told := map[onrecord.ID]*onrecord.SaidIn{} // where those statements were made whose time is told by an expression
	for i := range a.Statements {
		st := &a.Statements[i]
		if st.SaidIn = saidIn(a, text, st); st.SaidIn != nil && st.SaidAt != nil {
			for _, t := range st.SaidAt.Times {
				told[t] = st.SaidIn
			}
		}
	}
	anchors := make(map[onrecord.ID]onrecord.ID, len(a.Times))
	for _, t := range a.Times {
		anchors[t.ID] = onrecord.ID(t.Anchor)
	}
	// "at the time": what was said then was said there.
	for i := range a.Statements {
		st := &a.Statements[i]
		if st.SaidIn != nil || st.SaidAt == nil || st.SaidAt.Basis != "anaphoric" || len(st.SaidAt.Times) == 0 {
			continue
		}
		if in := told[anchors[st.SaidAt.Times[0]]]; in != nil {
			st.SaidIn = &onrecord.SaidIn{Place: in.Place, Basis: "anaphoric"}
		}
	}
}

// saidIn is where a statement was made, as far as the text says so: a place behind "in"
// or "at" that hangs on the cue, or stands in the occasion. A dateline says nothing.
func saidIn(a *onrecord.Analysis, text *onrecord.Text, st *onrecord.Statement) *onrecord.SaidIn {
	if len(st.Cue.Spans) == 0 {
		return nil
	}
	cue := st.Cue.Spans[0]
	sentence := text.SentenceAt(cue.Start)
	if sentence < 0 {
		return nil
	}
	within := text.Sentences[sentence].Span
	first := sort.Search(len(a.Places), func(i int) bool { return a.Places[i].Span.End > within.Start })
	for i := first; i < len(a.Places) && a.Places[i].Span.Start < within.End; i++ {
		p := &a.Places[i]
		if p.Sense != onrecord.LiteralSense || !within.Contains(p.Span) || covered(st.Source.Spans, p.Span) || covered(st.Content.Spans, p.Span) {
			continue
		}
		if head, ok := placedBy(text, p.Span); ok && (covered(st.Occasion, p.Span) || cue.Overlap(text.Tokens[head].Span) > 0) {
			return &onrecord.SaidIn{Place: p.ID, Basis: "explicit"}
		}
	}
	return nil
}

// placedBy is the token that a place behind "in" or "at" hangs on.
func placedBy(text *onrecord.Text, place onrecord.Span) (int, bool) {
	first := text.TokenAt(place.Start)
	if first == 0 || first == len(text.Tokens) {
		return 0, false
	}
	switch strings.ToLower(text.Word(first - 1)) {
	case "in", "at", "from", "near", "outside":
	default:
		return 0, false
	}
	for k := first; k < len(text.Tokens) && text.Tokens[k].Span.Start < place.End; k++ {
		if h := text.Tokens[k].Head; h >= 0 && (h < first || text.Tokens[h].Span.Start >= place.End) {
			return h, true
		}
	}
	return 0, false
}

func covered(spans []onrecord.Span, x onrecord.Span) bool {
	return slices.ContainsFunc(spans, func(s onrecord.Span) bool { return s.Contains(x) })
}

// stand ties places that stand for those who act to the entities that they are. An
// entity that is called by a capital alone is the government: "Washington said".
func stand(a *onrecord.Analysis, places *where.Findings) {
	at := map[onrecord.Span]*onrecord.Entity{}
	for i := range a.Entities {
		for _, m := range a.Entities[i].Mentions {
			at[m.Span] = &a.Entities[i]
		}
	}
	for i := range a.Places {
		p := &a.Places[i]
		e := at[p.Span]
		if e == nil || p.Sense != onrecord.GovernmentSense {
			continue
		}
		p.StandsFor = e.ID
		if government := places.Governments[i]; government != "" && e.Kind != onrecord.Person {
			e.Kind = onrecord.Government
			if p.Precision == "city" && e.Name == p.Name {
				e.Name = government
			}
		}
	}
}
