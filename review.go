package onrecord

import "time"

// Verdict is what a person did to a finding.
type Verdict string

// Verdicts. Describe corrects what an article says of itself.
const (
	Right    Verdict = "right"
	Wrong    Verdict = "wrong"
	Edit     Verdict = "edit"
	Describe Verdict = "describe"
)

// Review is one correction by a person, laid over a finding and never written
// into it. It is taken back by undoing it, which is kept too.
type Review struct {
	ID      ID        `json:"id"`
	Target  ID        `json:"target"` // a statement's or an article's public ID
	Verdict Verdict   `json:"verdict"`
	Changes []Change  `json:"changes,omitempty"` // for Edit and Describe
	By      string    `json:"by"`
	Why     string    `json:"why,omitempty"`
	At      time.Time `json:"at"`
	Pinned  Selector  `json:"pinned,omitzero"` // the content's words when reviewed

	UndoneBy string    `json:"undone_by,omitempty"`
	UndoneAt time.Time `json:"undone_at,omitzero"`
}

// Undone reports whether the review was taken back.
func (r *Review) Undone() bool { return !r.UndoneAt.IsZero() }

// Change is a new value for one field. Fields of a statement that are words of
// the text (source, cue, content, addressee, medium, occasion) carry spans as
// well, found by the words; others (speaker, toward, uttered, quoted, class,
// said_at) carry the value alone. Fields of an article: published, publisher,
// title, url.
type Change struct {
	Field string   `json:"field"`
	Value string   `json:"value"`
	Words Selector `json:"words,omitzero"` // where Value stands in the text
}
