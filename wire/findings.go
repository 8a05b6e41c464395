package wire

import "github.com/onrecord/onrecord"

// Entity is one somebody or something in the document.
type Entity struct {
	ID       onrecord.ID         `json:"id"`
	Kind     onrecord.EntityKind `json:"kind"`
	Name     string              `json:"name"`
	Roles    []Role              `json:"roles"`
	KnownAs  onrecord.ID         `json:"known_as,omitempty"`
	Mentions []Mention           `json:"mentions"`
}

// Role is an office or a description of an entity.
type Role struct {
	Title string      `json:"title"`
	Of    onrecord.ID `json:"of,omitempty"`
	Span  Span        `json:"span"`
}

// Mention is one place where the text refers to an entity.
type Mention struct {
	Span Span                 `json:"span"`
	Form onrecord.MentionForm `json:"form"`
}

// Time is a time expression.
type Time struct {
	ID          onrecord.ID   `json:"id"`
	Span        Span          `json:"span"`
	Timex       Timex         `json:"timex"`
	EDTF        string        `json:"edtf,omitempty"`
	From        onrecord.Date `json:"from,omitzero"`
	To          onrecord.Date `json:"to,omitzero"`
	Granularity string        `json:"granularity,omitempty"`
	Anchor      string        `json:"anchor,omitempty"`
	Rule        string        `json:"rule,omitempty"`
}

// Timex is what TIMEX3 says of a time expression.
type Timex struct {
	Type  string `json:"type"`
	Value string `json:"value"`
	Mod   string `json:"mod"`
}

// Place is a place name resolved to a gazetteer's entry, in WGS 84 degrees.
type Place struct {
	ID          onrecord.ID         `json:"id"`
	Span        Span                `json:"span"`
	Gazetteer   string              `json:"gazetteer"`
	Name        string              `json:"name"`
	Country     string              `json:"country,omitempty"`
	CountryName string              `json:"country_name,omitempty"`
	Admin1      string              `json:"admin1,omitempty"`
	Lat         float64             `json:"lat"`
	Lon         float64             `json:"lon"`
	Precision   string              `json:"precision"`
	Sense       onrecord.PlaceSense `json:"sense,omitempty"`
	StandsFor   onrecord.ID         `json:"stands_for,omitempty"`

	AdministeredBy []string `json:"administered_by"` // of disputed land; empty for other
	ClaimedBy      []string `json:"claimed_by"`

	Others     []Place    `json:"others"`
	Confidence Confidence `json:"confidence"`
}

// Event is something that is said to have happened.
type Event struct {
	ID         onrecord.ID   `json:"id"`
	Type       string        `json:"type"`
	Mode       []string      `json:"mode"`
	Context    []string      `json:"context"`
	Anchor     Span          `json:"anchor"`
	Actors     []onrecord.ID `json:"actors"`
	Recipients []onrecord.ID `json:"recipients"`
	Place      onrecord.ID   `json:"place,omitempty"`
	Time       onrecord.ID   `json:"time,omitempty"`
	Status     string        `json:"status"`
	AssertedBy *onrecord.ID  `json:"asserted_by"` // null for the outlet itself
	Basis      string        `json:"basis"`
	Counts     []Count       `json:"counts"`
	Confidence Confidence    `json:"confidence"`
	Rule       string        `json:"rule,omitempty"`
}

// Count is a number of people an event touched.
type Count struct {
	Kind string `json:"kind"`
	Low  int    `json:"low"`
	High int    `json:"high"`
	Span Span   `json:"span"`
}

// Attribution is a statement: who said what, by which words.
type Attribution struct {
	ID      onrecord.ID       `json:"id"`
	Depth   int               `json:"depth"`
	Within  *onrecord.ID      `json:"within"`
	Zone    onrecord.ZoneKind `json:"zone"`
	Repeats *onrecord.ID      `json:"repeats"`

	Source  Source  `json:"source"`
	Cue     Cue     `json:"cue"`
	Content Content `json:"content"`

	Verbatim []Span          `json:"verbatim"`
	Quoted   onrecord.Quoted `json:"quoted"`

	Addressee *Addressee `json:"addressee,omitempty"`
	Medium    *Words     `json:"medium,omitempty"`
	Occasion  *Words     `json:"occasion,omitempty"`

	Uttered onrecord.Uttered `json:"uttered"`
	Toward  onrecord.Toward  `json:"toward"`

	SaidAt *SaidAt `json:"said_at,omitempty"`
	SaidIn *SaidIn `json:"said_in,omitempty"`

	Selector   onrecord.Selector `json:"selector"`
	Confidence Confidence        `json:"confidence"`
	Rule       string            `json:"rule,omitempty"`

	// Of a kept statement: who said it, and what people made of it.
	Speaker *Speaker         `json:"speaker,omitempty"`
	Verdict onrecord.Verdict `json:"verdict,omitempty"`
	Reviews []Review         `json:"reviews,omitempty"`
}

// Source is who a content is attributed to; without spans it is implicit.
type Source struct {
	Spans    []Span              `json:"spans"`
	Text     string              `json:"text,omitempty"`
	Entities []onrecord.ID       `json:"entities"`
	Form     onrecord.SourceForm `json:"form"`
	Kind     onrecord.SourceKind `json:"kind,omitempty"`
}

// Cue is the words that attribute.
type Cue struct {
	Spans []Span            `json:"spans"`
	Text  string            `json:"text"`
	Lemma string            `json:"lemma"`
	Class onrecord.CueClass `json:"class"`
}

// Content is what is attributed.
type Content struct {
	Spans      []Span `json:"spans"`
	Text       string `json:"text"`
	Antecedent []Span `json:"antecedent"`
}

// Addressee is who a statement is directed to.
type Addressee struct {
	Spans    []Span        `json:"spans"`
	Text     string        `json:"text"`
	Entities []onrecord.ID `json:"entities"`
}

// Words are a part of a statement that is nothing but its words.
type Words struct {
	Spans []Span `json:"spans"`
	Text  string `json:"text"`
}

// SaidAt is when a statement was made.
type SaidAt struct {
	From  onrecord.Date `json:"from,omitzero"`
	To    onrecord.Date `json:"to,omitzero"`
	Basis string        `json:"basis"`
	Times []onrecord.ID `json:"times"`
}

// SaidIn is where a statement was made.
type SaidIn struct {
	Place onrecord.ID `json:"place"`
	Basis string      `json:"basis"`
}
