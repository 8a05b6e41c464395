package ledger

import (
	"context"
	"iter"
	"time"

	"github.com/onrecord/onrecord"
)

// Storyteller keeps which articles carry the same text and which tell the same
// story. What is to be told of an article is worked out by package story; here it
// is kept, listed, and regrouped.
type Storyteller interface {
	// Untold are articles that came, or whose text changed, since they were last
	// told of, in the order they came; at most so many. Only what one text tells
	// stands in them: no statements, addresses or earlier texts.
	Untold(ctx context.Context, most int) ([]Article, error)
	// Tell keeps what was found out about articles, and that they are untold no
	// more. A telling without a Story opens one: its ID is minted. Results stand in
	// the tellings' order. What a person decided about an article's story stays.
	Tell(ctx context.Context, tellings ...Telling) ([]Telling, error)
	// Told yields the newest tellings, at most so many, in the order they were made.
	Told(ctx context.Context, most int) iter.Seq2[Telling, error]
	// TellingOf is what is told of one article. ErrNotFound.
	TellingOf(ctx context.Context, article onrecord.ID) (Telling, error)
	// Carriers are the tellings of all articles that carry an article's text,
	// itself among them, in the order they came. ErrNotFound.
	Carriers(ctx context.Context, article onrecord.ID) ([]Telling, error)
	// Story is one story with its articles. One that was merged leads to the story
	// that it is part of now. ErrNotFound.
	Story(ctx context.Context, id onrecord.ID) (Story, error)
	// Stories lists stories with at least so many articles, those with the newest
	// article first.
	Stories(ctx context.Context, q StoryQuery) ([]StoryRef, Cursor, error)
	// Regroup moves articles from one story into another, or into a new one where
	// Into is empty, and keeps a record of it. A person's decision is not undone by
	// a program: ErrForbidden.
	Regroup(ctx context.Context, r Regrouping) (Regrouping, error)
	// Ungroup takes a regrouping back by its ID: what it moved and nobody moved
	// since goes back. ErrNotFound; ErrInvalid where it was taken back already.
	Ungroup(ctx context.Context, id onrecord.ID, by string) (Regrouping, error)
	// Regroupings lists regroupings of a story, or of all for "", newest first, with
	// those taken back.
	Regroupings(ctx context.Context, story onrecord.ID, most int) ([]Regrouping, error)
}

// Telling is what is known of one article among others.
type Telling struct {
	Article   onrecord.ID   `json:"-"`
	Hash      onrecord.Hash `json:"-"` // of the text that was looked at
	Text      onrecord.ID   `json:"-"` // the article that carried its text first; itself where the text is new
	Story     onrecord.ID   `json:"-"`
	ByPerson  bool          `json:"-"` // a person put it into this story
	Sketch    []byte        `json:"-"` // what package story needs of it again
	At        time.Time     `json:"at,omitzero"`
	Publisher string        `json:"publisher,omitempty"` // or the host of its address
	Agency    string        `json:"agency,omitempty"`    // the wire service credited
	Score     float64       `json:"score,omitempty"`     // how near the story is, 0 to 1
	Why       string        `json:"why,omitempty"`       // for people
	Copies    []Copy        `json:"copies,omitempty"`    // older articles with words of it, the nearest first
	MadeBy    string        `json:"made_by,omitempty"`   // version of package story
}

// Copy is an older article that has words of a newer one.
type Copy struct {
	Of          onrecord.ID `json:"of"`
	Relation    string      `json:"relation"` // identical, edited, truncated, embeds, part
	Containment float64     `json:"containment"`
}

// StoryRef is a story in a list.
type StoryRef struct {
	ID       onrecord.ID
	Title    string    // of its first article
	Articles int       //
	First    time.Time // of the first article
	Last     time.Time // of the newest
}

// Story is articles on one happening.
type Story struct {
	StoryRef
	Members     []StoryMember // in order of time
	Regroupings []Regrouping  // of it, newest first
}

// StoryMember is an article of a story.
type StoryMember struct {
	Telling
	Ref ArticleRef
}

// StoryQuery says which stories are wanted.
type StoryQuery struct {
	Least int    // articles; 0 means 2
	Limit int    // 0 means 50
	After Cursor // where an earlier answer ended
}

// Regrouping is the record of articles that were moved between stories: a merge
// where all of From moved, a split where Into is new.
type Regrouping struct {
	ID       onrecord.ID   `json:"-"`
	From     onrecord.ID   `json:"from"`
	Into     onrecord.ID   `json:"into"`
	Articles []onrecord.ID `json:"articles"`
	Score    float64       `json:"score,omitempty"`
	Why      string        `json:"why,omitempty"`
	By       string        `json:"by,omitempty"` // the person; empty for a program
	At       time.Time     `json:"at,omitzero"`
	UndoneBy string        `json:"-"`
	UndoneAt time.Time     `json:"-"`
}

// Undone reports whether the regrouping was taken back.
func (r *Regrouping) Undone() bool { return !r.UndoneAt.IsZero() }
