package when

import (
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// attach finds which reading tells when a statement was made, and in whose words each
// reading stands.
func (r *resolver) attach() {
	for s := range r.in.Statements {
		r.told[s] = r.tells(s)
	}
	for s := range r.in.Statements {
		st := &r.in.Statements[s]
		for _, words := range st.Verbatim {
			for i := r.firstAfter(words.Start); i < len(r.readings) && r.readings[i].span.Start < words.End; i++ {
				if q := r.quoted[i]; words.Contains(r.readings[i].span) && (q < 0 || st.Depth > r.in.Statements[q].Depth) {
					r.quoted[i] = s
				}
			}
		}
	}
}

// firstAfter is the first reading that ends after an offset.
func (r *resolver) firstAfter(offset int) int {
	return sort.Search(len(r.readings), func(i int) bool { return r.readings[i].span.End > offset })
}

func contains(spans []onrecord.Span, x onrecord.Span) bool {
	return slices.ContainsFunc(spans, func(s onrecord.Span) bool { return s.Contains(x) })
}

// tells is the reading that tells when a statement was made: one that hangs on its cue,
// or stands in its medium; -1 for none.
func (r *resolver) tells(s int) int {
	st := &r.in.Statements[s]
	if len(st.Cue.Spans) == 0 {
		return -1
	}
	cue := st.Cue.Spans[0]
	sentence := r.in.Text.SentenceAt(cue.Start)
	if sentence < 0 {
		return -1
	}
	best, far := -1, 0
	for i := r.firstAfter(r.in.Text.Sentences[sentence].Span.Start); i < len(r.readings) && r.readings[i].sentence <= sentence; i++ {
		rd := &r.readings[i]
		if rd.sentence != sentence || rd.rule.kind == duration || rd.rule.kind == set || rd.rule.kind == ref && rd.get(sRef) == vFutureRef {
			continue
		}
		if contains(st.Content.Spans, rd.span) || contains(st.Source.Spans, rd.span) || contains(st.Addressee, rd.span) {
			continue
		}
		if !contains(st.Medium, rd.span) && !r.hangsOn(i, cue) {
			continue
		}
		d := max(rd.span.Start-cue.End, cue.Start-rd.span.End, 0)
		if best < 0 || d < far {
			best, far = i, d
		}
	}
	return best
}

// hangsOn reports whether a reading is a complement of a cue: by its tree, or by
// standing beside it, because trees hang "the minister on Saturday said" on the
// minister.
func (r *resolver) hangsOn(i int, cue onrecord.Span) bool {
	rd := &r.readings[i]
	if verb := r.governor(i); verb >= 0 && cue.Overlap(r.in.Text.Tokens[verb].Span) > 0 {
		return true
	}
	between := onrecord.Span{Start: min(rd.span.End, cue.End), End: max(rd.span.Start, cue.Start)}
	if between.Start >= between.End {
		return true
	}
	words := strings.Fields(between.In(r.in.Text.Source))
	return len(words) == 0 || len(words) == 1 && slices.Contains([]string{"on", "in", "at", "late", "early"}, strings.ToLower(words[0]))
}

// time is a reading as it is recorded.
func (r *resolver) time(i int) onrecord.Time {
	rd, p := &r.readings[i], &r.placed[i]
	t := onrecord.Time{
		ID: timeID(i), Span: rd.span, Type: p.typ, Value: p.value, Mod: p.mod,
		Granularity: granNames[p.gran], Anchor: p.anchor, Rule: rd.rule.name,
	}
	t.From, t.To = dayOf(p.ends[0]), dayOf(p.ends[1])
	if p.ref == 0 {
		t.EDTF = p.point.edtf()
	}
	if p.point.gran == gMinute && p.point.zoned && !t.From.IsZero() {
		at := p.point.instant()
		t.From, t.To = onrecord.DateOf(at), onrecord.DateOf(at.Add(time.Minute))
	}
	if t.EDTF != "" && p.mod == "APPROX" {
		t.EDTF += "~"
	}
	if t.EDTF == "" && (!t.From.IsZero() || !t.To.IsZero()) {
		t.EDTF = interval(t.From.String()) + "/" + interval(t.To.String())
	}
	return t
}

func interval(s string) string {
	if s == "" {
		return ".."
	}
	return s
}

func dayOf(t time.Time) onrecord.Date {
	if t.IsZero() {
		return onrecord.Date{}
	}
	return onrecord.Date{Time: t, Precision: onrecord.Day}
}

// saidAt is when a statement was made; nil where not even the publication is known.
func (r *resolver) saidAt(s int) *onrecord.SaidAt {
	published := r.in.Revision.Published
	var limit onrecord.Date
	if _, last := r.base.days(); r.base.ok {
		limit = dayOf(last)
	}
	if i := r.told[s]; i >= 0 {
		p := &r.placed[i]
		from, to := dayOf(p.ends[0]), dayOf(p.ends[1])
		if !from.IsZero() || !to.IsZero() {
			st := &r.in.Statements[s]
			if st.Uttered == onrecord.UtteredYes && !limit.IsZero() && !to.IsZero() && to.Time.After(limit.Time) && !from.Time.After(limit.Time) {
				to = limit // it was said when it was published
			}
			basis := "explicit"
			if p.ref > 0 {
				basis = "anaphoric"
			}
			return &onrecord.SaidAt{From: from, To: to, Basis: basis, Times: []onrecord.ID{timeID(i)}}
		}
		return &onrecord.SaidAt{To: published, Basis: "bounded", Times: []onrecord.ID{timeID(i)}}
	}
	if published.IsZero() {
		return nil
	}
	return &onrecord.SaidAt{To: published, Basis: "bounded"}
}
