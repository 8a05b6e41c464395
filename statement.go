package onrecord

// Statement is an attribution: a source's words, or what the source is told to
// think, know, intend, want, support or oppose.
type Statement struct {
	ID      ID       `json:"id"`
	Depth   int      `json:"depth"`             // 0 outermost
	Within  ID       `json:"within,omitempty"`  // the statement whose content holds this one
	Zone    ZoneKind `json:"zone"`              //
	Repeats ID       `json:"repeats,omitempty"` // the body statement that a headline repeats

	Source  Source  `json:"source"`
	Cue     Cue     `json:"cue"`
	Content Content `json:"content"`

	Verbatim []Span  `json:"verbatim,omitempty"` // words in quotation marks, marks left out
	Quoted   Quoted  `json:"quoted"`
	Uttered  Uttered `json:"uttered"`
	Toward   Toward  `json:"toward"`

	Addressee []Span `json:"addressee,omitempty"`
	Medium    []Span `json:"medium,omitempty"`
	Occasion  []Span `json:"occasion,omitempty"`

	SaidAt *SaidAt `json:"said_at,omitempty"`
	SaidIn *SaidIn `json:"said_in,omitempty"`

	Confidence float64 `json:"confidence"` // probability that the attribution is real and its source right
	Rule       string  `json:"rule"`       // what found it
}

// Source is who the content is attributed to. No spans means it is implicit.
type Source struct {
	Spans []Span     `json:"spans"`
	Form  SourceForm `json:"form"`
	Kind  SourceKind `json:"kind"`
}

// Cue is the words that attribute: one contiguous span, or none for a signature.
type Cue struct {
	Spans []Span   `json:"spans"`
	Lemma string   `json:"lemma,omitempty"`
	Class CueClass `json:"class"`
}

// Content is what is attributed, in one or several pieces in text order.
type Content struct {
	Spans      []Span `json:"spans"`
	Antecedent []Span `json:"antecedent,omitempty"` // what a pro-form content refers to
}

// Spans are all the spans of source, cue and content, sorted.
func (s *Statement) Spans() []Span {
	all := make([]Span, 0, len(s.Source.Spans)+len(s.Cue.Spans)+len(s.Content.Spans))
	all = append(append(append(all, s.Source.Spans...), s.Cue.Spans...), s.Content.Spans...)
	SortSpans(all)
	return all
}

// SourceForm is how the text names a source.
type SourceForm string

// Forms of source.
const (
	Named       SourceForm = "named"
	RoleForm    SourceForm = "role"
	Unnamed     SourceForm = "unnamed"
	PronounForm SourceForm = "pronoun"
	Implicit    SourceForm = "implicit"
)

// SourceKind is what a source is.
type SourceKind string

// Kinds of source.
const (
	PersonSource       SourceKind = "person"
	OrganizationSource SourceKind = "organization"
	GroupSource        SourceKind = "group"
	GovernmentSource   SourceKind = "government"
	DocumentSource     SourceKind = "document"
	OtherSource        SourceKind = "other"
)

// CueClass is the kind of act or state a cue tells of.
type CueClass string

// Classes of cue.
const (
	SpeechCue    CueClass = "speech"
	DocumentCue  CueClass = "document"
	BeliefCue    CueClass = "belief"
	AttitudeCue  CueClass = "attitude"
	IntentionCue CueClass = "intention"
	DecreeCue    CueClass = "decree"
	GestureCue   CueClass = "gesture"
)

// Quoted says how much of a content stands in quotation marks.
type Quoted string

// All, part or none of it.
const (
	Direct   Quoted = "direct"
	Mixed    Quoted = "mixed"
	Indirect Quoted = "indirect"
)

// Uttered says whether the content was said at all.
type Uttered string

// Values of Uttered.
const (
	UtteredYes      Uttered = "yes"
	UtteredNo       Uttered = "no"
	UtteredPossible Uttered = "possible"
	UtteredPlanned  Uttered = "planned"
	UtteredRefused  Uttered = "refused"
)

// Toward says how the source stands to the content.
type Toward string

// Values of Toward.
const (
	Affirms  Toward = "affirms"
	Denies   Toward = "denies"
	Supports Toward = "supports"
	Opposes  Toward = "opposes"
	Asks     Toward = "asks"
	Neutral  Toward = "neutral"
)

// SaidAt is when a statement was made. Basis is "explicit", "anaphoric" or
// "bounded" (by publication).
type SaidAt struct {
	From  Date   `json:"from,omitzero"`
	To    Date   `json:"to,omitzero"`
	Basis string `json:"basis"`
	Times []ID   `json:"times,omitempty"`
}

// SaidIn is where a statement was made. Basis is "explicit" or "anaphoric".
type SaidIn struct {
	Place ID     `json:"place"`
	Basis string `json:"basis"`
}

// Shown is the confidence from which tables and pages show a statement. JSON
// Lines print every one.
const Shown = 0.5
