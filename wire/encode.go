package wire

import (
	"maps"
	"slices"
	"time"

	"github.com/onrecord/onrecord"
)

// Encode makes a document of a revision and what was found in it. Spans must lie
// in the revision's text.
func Encode(rev *onrecord.Revision, a *onrecord.Analysis, opt Options) Document {
	e := newEncoder(rev, a)
	for i := range a.Statements {
		if i < len(opt.Statements) && opt.Statements[i] != "" {
			e.public[a.Statements[i].ID] = opt.Statements[i]
		}
	}
	d := e.document(opt)
	for i := range a.Statements {
		d.Statements = append(d.Statements, e.statement(&a.Statements[i], a.Statements[i].ID))
	}
	return d
}

// encoder knows what turns findings of one revision into what is printed.
type encoder struct {
	rev     *onrecord.Revision
	a       *onrecord.Analysis
	offsets *Offsets
	public  map[onrecord.ID]onrecord.ID // public IDs of statements by their local ones
	links   onrecord.Linked
}

func newEncoder(rev *onrecord.Revision, a *onrecord.Analysis) *encoder {
	return &encoder{rev: rev, a: a, offsets: NewOffsets(rev.Text), links: a.Linked(), public: map[onrecord.ID]onrecord.ID{}}
}

// document is everything but the statements.
func (e *encoder) document(opt Options) Document {
	d := Document{
		Schema:     Schema,
		MadeBy:     maps.Clone(e.a.MadeBy),
		Document:   e.about(opt),
		Entities:   list(e.a.Entities, e.entity),
		Times:      list(e.a.Times, e.time),
		Places:     list(e.a.Places, e.place),
		Statements: make([]Attribution, 0, len(e.a.Statements)),
		Events:     list(e.a.Events, e.event),
		Problems:   list(slices.Concat(e.rev.Problems, e.a.Problems), e.problem),
	}
	if d.MadeBy == nil {
		d.MadeBy = onrecord.Versions{}
	}
	if e.rev.ReadBy != "" {
		d.MadeBy["read"] = e.rev.ReadBy
	}
	return d
}

func (e *encoder) about(opt Options) About {
	r := e.rev
	about := About{
		Path: r.Path, URL: r.URL, CanonicalURL: r.CanonicalURL,
		Capture: r.Capture, Revision: r.Hash(), ArticleID: opt.Article,
		Title: r.Title, Byline: some(r.Byline), Publisher: r.Publisher, Credit: some(r.Credit),
		Published: r.Published, Modified: r.Modified, Retrieved: instant(opt.Retrieved),
		Language: r.Language, Text: r.Text,
		Zones: list(r.Zones, func(z onrecord.Zone) Zone { return Zone{z.Kind, e.offsets.Span(z.Span)} }),
	}
	if line := r.Dateline; line != nil {
		about.Dateline = &Dateline{Span: e.offsets.Span(line.Span), Agency: line.Agency}
		for _, p := range e.a.Places {
			if p.Span.Overlap(line.Place) > 0 {
				about.Dateline.Place = p.ID
				break
			}
		}
		for _, t := range e.a.Times {
			if line.Span.Contains(t.Span) {
				about.Dateline.Date = t.ID
				break
			}
		}
	}
	return about
}

// statement encodes a statement. The links of the analysis know it by its local
// ID, which the statement itself may have exchanged for its public one.
func (e *encoder) statement(s *onrecord.Statement, local onrecord.ID) Attribution {
	out := attribution(s, e.rev.Text, e.offsets.Spans)
	out.ID = e.id(s.ID)
	out.Within, out.Repeats = e.idOrNull(s.Within), e.idOrNull(s.Repeats)
	out.Source.Entities = e.linked(local, onrecord.SourceRole)
	if out.Addressee != nil {
		out.Addressee.Entities = e.linked(local, onrecord.AddresseeRole)
	}
	return out
}

func (e *encoder) id(local onrecord.ID) onrecord.ID {
	if public, ok := e.public[local]; ok {
		return public
	}
	return local
}

func (e *encoder) idOrNull(local onrecord.ID) *onrecord.ID { return idOrNull(e.id(local)) }

func (e *encoder) linked(statement onrecord.ID, role onrecord.LinkRole) []onrecord.ID {
	return list(e.links.To(statement, role), func(entity *onrecord.Entity) onrecord.ID { return entity.ID })
}

// attribution is what a statement and its text say by themselves; IDs of other
// findings are not in it.
func attribution(s *onrecord.Statement, text string, spans func([]onrecord.Span) []Span) Attribution {
	out := Attribution{
		Depth: s.Depth, Zone: s.Zone,
		Source: Source{
			Spans: spans(s.Source.Spans), Text: onrecord.Words(text, s.Source.Spans), Entities: []onrecord.ID{},
			Form: s.Source.Form, Kind: s.Source.Kind,
		},
		Cue:      Cue{spans(s.Cue.Spans), onrecord.Words(text, s.Cue.Spans), s.Cue.Lemma, s.Cue.Class},
		Content:  Content{spans(s.Content.Spans), onrecord.Words(text, s.Content.Spans), spans(s.Content.Antecedent)},
		Verbatim: spans(s.Verbatim),
		Quoted:   s.Quoted, Uttered: s.Uttered, Toward: s.Toward,
		Medium: words(s.Medium, text, spans), Occasion: words(s.Occasion, text, spans),
		Selector:   onrecord.Select(text, onrecord.Hull(s.Content.Spans...)),
		Confidence: Confidence(s.Confidence), Rule: s.Rule,
	}
	if w := words(s.Addressee, text, spans); w != nil {
		out.Addressee = &Addressee{Spans: w.Spans, Text: w.Text, Entities: []onrecord.ID{}}
	}
	if at := s.SaidAt; at != nil {
		out.SaidAt = &SaidAt{From: at.From, To: at.To, Basis: at.Basis, Times: some(at.Times)}
	}
	if in := s.SaidIn; in != nil {
		out.SaidIn = &SaidIn{Place: in.Place, Basis: in.Basis}
	}
	return out
}

func words(at []onrecord.Span, text string, spans func([]onrecord.Span) []Span) *Words {
	if len(at) == 0 {
		return nil
	}
	return &Words{Spans: spans(at), Text: onrecord.Words(text, at)}
}

func (e *encoder) entity(x onrecord.Entity) Entity {
	return Entity{
		ID: x.ID, Kind: x.Kind, Name: x.Name, KnownAs: x.KnownAs,
		Roles: list(x.Roles, func(r onrecord.Role) Role { return Role{r.Title, r.Of, e.offsets.Span(r.Span)} }),
		Mentions: list(x.Mentions, func(m onrecord.Mention) Mention {
			return Mention{e.offsets.Span(m.Span), m.Form}
		}),
	}
}

func (e *encoder) time(x onrecord.Time) Time {
	return Time{
		ID: x.ID, Span: e.offsets.Span(x.Span), Timex: Timex{x.Type, x.Value, x.Mod}, EDTF: x.EDTF,
		From: x.From, To: x.To, Granularity: x.Granularity, Anchor: x.Anchor, Rule: x.Rule,
	}
}

func (e *encoder) place(x onrecord.Place) Place {
	return Place{
		ID: x.ID, Span: e.offsets.Span(x.Span), Gazetteer: x.Gazetteer, Name: x.Name,
		Country: x.Country, CountryName: x.CountryName, Admin1: x.Admin1, Lat: x.Lat, Lon: x.Lon, Precision: x.Precision,
		Sense: x.Sense, StandsFor: x.StandsFor,
		AdministeredBy: some(x.AdministeredBy), ClaimedBy: some(x.Claims), Others: list(x.Others, e.place), Confidence: Confidence(x.Confidence),
	}
}

func (e *encoder) event(x onrecord.Event) Event {
	return Event{
		ID: x.ID, Type: x.Type, Mode: some(x.Mode), Context: some(x.Context), Anchor: e.offsets.Span(x.Anchor),
		Actors: some(x.Actors), Recipients: some(x.Recipients), Place: x.Place, Time: x.Time, Status: x.Status,
		AssertedBy: e.idOrNull(x.AssertedBy), Basis: x.Basis,
		Counts: list(x.Counts, func(c onrecord.Count) Count {
			return Count{c.Kind, c.Low, c.High, e.offsets.Span(c.Span)}
		}),
		Confidence: Confidence(x.Confidence), Rule: x.Rule,
	}
}

func (e *encoder) problem(p onrecord.Problem) Problem {
	out := Problem{Code: p.Code, Message: p.Message}
	if p.Span != nil {
		span := e.offsets.Span(*p.Span)
		out.Span = &span
	}
	return out
}

// list encodes each of a list; never nil.
func list[T, U any](in []T, encode func(T) U) []U {
	out := make([]U, len(in))
	for i, x := range in {
		out[i] = encode(x)
	}
	return out
}

// some is a list that is never nil.
func some[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

func idOrNull(id onrecord.ID) *onrecord.ID {
	if id == "" {
		return nil
	}
	return &id
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
