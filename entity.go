package onrecord

// EntityKind says what an entity is.
type EntityKind string

// Kinds of entity.
const (
	Person       EntityKind = "person"
	Organization EntityKind = "organization"
	Group        EntityKind = "group"
	Government   EntityKind = "government"
	PlaceEntity  EntityKind = "place"
	Work         EntityKind = "work"
	OtherEntity  EntityKind = "other"
)

// Entity is one somebody or something inside a document.
type Entity struct {
	ID       ID         `json:"id"`
	Kind     EntityKind `json:"kind"`
	Name     string     `json:"name"` // the fullest name the text gives
	Roles    []Role     `json:"roles,omitempty"`
	KnownAs  ID         `json:"known_as,omitempty"` // the roster's ID
	Mentions []Mention  `json:"mentions"`
}

// Nameless reports whether the text refers to the entity by pronouns alone.
func (e *Entity) Nameless() bool {
	for _, m := range e.Mentions {
		if m.Form != PronounMention {
			return false
		}
	}
	return len(e.Mentions) > 0
}

// Role is an office or description the text gives an entity.
type Role struct {
	Title string `json:"title"`
	Of    ID     `json:"of,omitempty"`
	Span  Span   `json:"span"`
}

// MentionForm is how a mention refers.
type MentionForm string

// Forms of mention.
const (
	NameMention    MentionForm = "name"
	NominalMention MentionForm = "nominal"
	PronounMention MentionForm = "pronoun"
)

// Mention is one place where the text refers to an entity.
type Mention struct {
	Span Span        `json:"span"`
	Form MentionForm `json:"form"`
}

// Time is a time expression (TIMEX3).
type Time struct {
	ID          ID     `json:"id"`
	Span        Span   `json:"span"`
	Type        string `json:"type"`  // DATE, TIME, DURATION, SET
	Value       string `json:"value"` // TIMEX3 value
	Mod         string `json:"mod,omitempty"`
	EDTF        string `json:"edtf,omitempty"`
	From        Date   `json:"from,omitzero"`
	To          Date   `json:"to,omitzero"`
	Granularity string `json:"granularity,omitempty"`
	Anchor      string `json:"anchor,omitempty"`
	Rule        string `json:"rule,omitempty"`
}

// Place is a place name resolved to a gazetteer entry. Latitude and longitude
// are WGS 84 degrees. Country is the one that the gazetteer files the place under. Of
// disputed land AdministeredBy and Claims tell who holds it and who claims it when the
// text was published, the holder among them: ISO 3166-1 alpha-2, or the name of an
// authority that has no code. Both are empty of land that nobody disputes.
type Place struct {
	ID          ID         `json:"id"`
	Span        Span       `json:"span"`
	Gazetteer   string     `json:"gazetteer"` // such as "geonames:95446"
	Name        string     `json:"name"`
	CountryName string     `json:"country_name,omitempty"`
	Country     string     `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Admin1      string     `json:"admin1,omitempty"`
	Lat         float64    `json:"lat"`
	Lon         float64    `json:"lon"`
	Precision   string     `json:"precision"`
	Sense       PlaceSense `json:"sense,omitempty"`
	StandsFor   ID         `json:"stands_for,omitempty"`

	AdministeredBy []string `json:"administered_by,omitempty"`
	Claims         []string `json:"claimed_by,omitempty"`
	ClaimNames     []string `json:"claim_names,omitempty"` // of Claims, as CountryName is of Country

	Others     []Place `json:"others,omitempty"`
	Confidence float64 `json:"confidence"`
}

// PlaceSense is what a place's name stands for in its sentence.
type PlaceSense string

// Senses of a place's name.
const (
	LiteralSense    PlaceSense = "place"
	GovernmentSense PlaceSense = "government" // those who act for it: "Washington said", "against Spain"
	PeopleSense     PlaceSense = "people"     // "Iraqi forces"
)

// Event is something that is said to have happened, coded by PLOVER.
type Event struct {
	ID         ID       `json:"id"`
	Type       string   `json:"type"`
	Mode       []string `json:"mode,omitempty"`
	Context    []string `json:"context,omitempty"`
	Anchor     Span     `json:"anchor"`
	Actors     []ID     `json:"actors"`
	Recipients []ID     `json:"recipients"`
	Place      ID       `json:"place,omitempty"`
	Time       ID       `json:"time,omitempty"`
	Status     string   `json:"status"`
	AssertedBy ID       `json:"asserted_by,omitempty"` // a statement; empty for the outlet itself
	Basis      string   `json:"basis"`
	Counts     []Count  `json:"counts,omitempty"`
	Confidence float64  `json:"confidence"`
	Rule       string   `json:"rule,omitempty"`
}

// Count is a number of people an event touched.
type Count struct {
	Kind string `json:"kind"`
	Low  int    `json:"low"`
	High int    `json:"high"`
	Span Span   `json:"span"`
}
