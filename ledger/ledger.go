// Package ledger is what is kept: the contract of a store, the records it
// returns, and what is the same for every engine — matching old findings with
// new ones, and laying people's corrections over findings.
//
// Engines live in folders of their own (ledger/sqlite) and pass the conformance
// suite in ledger/ledgertest.
package ledger

import (
	"context"
	"io"
	"iter"
	"time"

	"github.com/onrecord/onrecord"
)

// Store keeps the record. Its methods may be called from many goroutines; any
// number of readers go on while one writes. Errors wrap the sentinels of package
// onrecord.
type Store interface {
	Keeper
	Searcher
	Reviewer
	Reanalyser
	Namer
	Sourcer
	Storyteller
	Custodian
	io.Closer
}

// Keeper writes documents.
type Keeper interface {
	// Keep writes each document wholly or not at all, several in one transaction
	// where that is faster. The same document twice changes nothing. An earlier
	// text of an article, from bytes that are kept already, becomes its current
	// one again only where [Returned] says so, else it changes nothing: the same
	// files read again make no history, in whatever order. Results
	// stand in the documents' order; a document that could not be kept has Err
	// set there and does not stop the others. The error is for failures of the
	// store itself; then nothing of this call was kept.
	Keep(ctx context.Context, docs ...Document) ([]Kept, error)
}

// Document is one reading of an article.
type Document struct {
	Capture  onrecord.Capture
	Revision onrecord.Revision
	Analysis onrecord.Analysis
	// Aliases are further addresses that lead to the article, besides the
	// capture's address and the revision's path and URLs.
	Aliases []string
}

// Kept tells what Keep did with a document.
type Kept struct {
	Article    onrecord.ID
	Status     Status
	Statements []onrecord.ID // public IDs, in the order of Analysis.Statements
	Err        error
}

// Status is what keeping did.
type Status string

// What keeping did: a first reading, a changed text of a known article, the same
// text with new data about it or a new analysis, or nothing.
const (
	New         Status = "new"
	NewRevision Status = "new revision"
	Updated     Status = "updated"
	Unchanged   Status = "unchanged"
)

// Searcher reads.
type Searcher interface {
	// Said answers who said what.
	Said(ctx context.Context, q Query) (Answer, error)
	// Statement is one statement with its evidence. ErrNotFound, ErrForgotten.
	Statement(ctx context.Context, id onrecord.ID) (Record, error)
	// Article is one article, its newest revision and all found in it.
	// ErrNotFound, ErrForgotten.
	Article(ctx context.Context, id onrecord.ID) (Article, error)
	// Edited is one text of an article, its newest or an earlier one, with the
	// statements that its last analysis found in it. ErrNotFound, ErrForgotten.
	Edited(ctx context.Context, article onrecord.ID, text onrecord.Hash) (RevisionRef, EditedText, error)
	// Resolve is the article that an address (URL, path, "stdin" and capture
	// hash) leads to. ErrNotFound, ErrForgotten.
	Resolve(ctx context.Context, address string) (onrecord.ID, error)
	// Articles lists articles, newest first by publication, else retrieval.
	Articles(ctx context.Context, q ArticleQuery) ([]ArticleRef, Cursor, error)
	// Speakers lists names that statements are attributed to, most statements
	// first.
	Speakers(ctx context.Context, q SpeakerQuery) ([]Speaker, Cursor, error)
	// Speaker is one name by its key. ErrNotFound.
	Speaker(ctx context.Context, key string) (Speaker, error)
	// Totals counts what the ledger holds.
	Totals(ctx context.Context) (Totals, error)
}

// Query says which statements are wanted. Zero fields ask for nothing.
type Query struct {
	By            string          // every word stands in the speaker's name or the source's words
	SpeakerKey    string          // exactly this speaker
	About         string          // words of the content; "in marks" as a phrase
	Since, Until  onrecord.Date   // when said, else published, else retrieved; both ends included
	In            string          // a place: where it was said, or one that its words name; its division or country too
	Quoted        onrecord.Quoted //
	Publisher     string          //
	Article       onrecord.ID     //
	MinConfidence float64         //
	Wrong         bool            // also those a person marked wrong
	Gone          bool            // also those no longer found by the newest analysis
	Repeats       bool            // also headlines that repeat a body statement
	Oldest        bool            // oldest first instead of newest first
	Limit         int             // at most; 0 means 50
	After         Cursor          // where an earlier answer ended
}

// Cursor is an opaque place in a list; empty at the start, and at the end.
type Cursor string

// Answer is what Said found.
type Answer struct {
	Rows    []Record
	Next    Cursor // empty when there is no more
	Undated int    // that match but have no date of their own, left out by Since or Until; an engine may stop at 10,000
	Totals  Totals // what was searched
}

// Totals counts what a ledger holds.
type Totals struct {
	Articles   int `json:"articles"`
	Foreign    int `json:"foreign"` // of them, kept but not analysed
	Revisions  int `json:"revisions"`
	Statements int `json:"statements"`
	Speakers   int `json:"speakers"`
	Reviews    int `json:"reviews"`
	Forgotten  int `json:"forgotten"`
}

// WhenBasis says what a record's date rests on.
type WhenBasis string

// A record's date is when it was said, else published, else retrieved.
const (
	WhenSaid      WhenBasis = "said"
	WhenPublished WhenBasis = "published"
	WhenRetrieved WhenBasis = "retrieved"
)

// Record is a kept statement as people see it: the finding with corrections laid
// over it, and all that proves it.
type Record struct {
	ID        onrecord.ID
	Article   ArticleRef
	Revision  onrecord.Hash
	Statement onrecord.Statement // corrections laid over
	Found     onrecord.Statement // as the analysis found it
	Texts     Texts              // the words of Statement
	Speaker   Speaker            // zero when unknown
	Places    []onrecord.Place   // where it was said and what its words name
	Sentence  onrecord.Span      // whole sentences around source, cue and content
	// SentenceStart is Sentence.Start in code points, so that Texts.Sentence alone
	// gives the code-point offset of every span inside it.
	SentenceStart int
	When          onrecord.Date
	WhenBasis     WhenBasis
	MadeBy        onrecord.Versions
	GoneSince     string            // the version that no longer found it; empty while found
	Versions      int               // how many analyses found it so far
	Verdict       onrecord.Verdict  // newest right or wrong that stands; empty for none
	Reviews       []onrecord.Review // all, oldest first, undone ones too
}

// Texts are the words of a statement, so that lists need no article's text.
type Texts struct {
	Source, Cue, Content string
	Addressee, Sentence  string
	Medium, Occasion     string
}

// ArticleRef is an article in a list.
type ArticleRef struct {
	ID         onrecord.ID
	Title      string
	Publisher  string
	Address    string // URL, else path, else "stdin"
	Published  onrecord.Date
	Retrieved  time.Time
	Language   string
	Statements int
}

// ArticleQuery says which articles are wanted.
type ArticleQuery struct {
	Words    string // of the title
	Language string
	Limit    int // 0 means 50
	After    Cursor
}

// SpeakerQuery says which speakers are wanted.
type SpeakerQuery struct {
	Prefix string // words that words of the name start with; all names for ""
	Limit  int    // 0 means 50
	After  Cursor // speakers whose counts change between two pages may be met twice or missed
}

// Article is an article with its newest revision. Revision has corrections of
// the article laid over it.
type Article struct {
	ArticleRef
	Aliases    []string
	Revision   onrecord.Revision
	Hash       onrecord.Hash // of the revision's text
	Analysis   onrecord.Analysis
	Statements []Record // as they stand, in text order; also wrong ones and ones no longer found
	Earlier    []RevisionRef
	Reviews    []onrecord.Review // of the article itself
}

// RevisionRef is a revision in a list.
type RevisionRef struct {
	Hash, Capture onrecord.Hash
	ReadBy        string
	Retrieved     time.Time
}

// Speaker is somebody whom statements are attributed to: one name, or the names
// that ties join (see [Namer]).
type Speaker struct {
	// Key is a name folded: lower case, no diacritics, words joined by "-". It is
	// empty for somebody whose name means nobody outside of the article ("the
	// council", "a witness").
	Key         string
	Name        string // as most often written
	Kind        onrecord.EntityKind
	Statements  int
	First, Last onrecord.Date
	Names       []Name // of one speaker by key, where several are joined; most statements first
}

// Reviewer keeps people's corrections.
type Reviewer interface {
	// Mark lays a correction over a statement or an article and mints its ID.
	// Words that an edit puts in place of a source, cue, content, addressee,
	// medium or occasion must stand in the article: ErrInvalid where they do not.
	Mark(ctx context.Context, r onrecord.Review) (onrecord.Review, error)
	// Undo takes back a review by its ID, or the newest standing one of a
	// statement or an article by that one's ID.
	Undo(ctx context.Context, id onrecord.ID, by string) (onrecord.Review, error)
}

// Reanalyser brings kept revisions to newer stages.
type Reanalyser interface {
	// Stale yields the newest revision of each article whose analysis was not
	// made by exactly the versions of current or, where olderThan is not empty,
	// has a stage older than it ("said.v3"). The order is stable and an
	// interrupted run goes on where it was, because finished ones are no longer
	// stale.
	Stale(ctx context.Context, current onrecord.Versions, olderThan string) iter.Seq2[Stale, error]
	// Reanalysed replaces an article's analysis and, where the text was read
	// anew, its revision. Old findings are matched with new ones by [Match]:
	// matched ones keep their IDs and reviews, others are marked as gone.
	Reanalysed(ctx context.Context, article onrecord.ID, rev onrecord.Revision, a onrecord.Analysis) (Changes, error)
}

// Stale is a revision that newer stages have not seen.
type Stale struct {
	Article  onrecord.ID
	Revision onrecord.Revision
	Capture  onrecord.Capture
	MadeBy   onrecord.Versions
}

// Changes counts what an analysis changed against the one before.
type Changes struct {
	Same, Changed, Found, Gone int
	Details                    []Changed // of all but Same, in text order
}

// Changed is one statement that an analysis changed.
type Changed struct {
	ID     onrecord.ID
	What   string // "changed", "found", "gone" or "found again"
	Before Texts
	After  Texts
}

// Custodian looks after the store itself.
type Custodian interface {
	// Verify re-reads everything and yields each thing that does not hold: a
	// capture or a text that does not match its hash, a span outside its text,
	// kept words that differ from the text's. An error ends it.
	Verify(ctx context.Context) iter.Seq2[Finding, error]
	// Forget removes an article with its texts, captures and statements and
	// leaves a tombstone with its IDs, when and why.
	Forget(ctx context.Context, article onrecord.ID, by, why string) error
	// Backup writes a consistent copy to a new file while others go on.
	Backup(ctx context.Context, path string) error
}

// Finding is one thing Verify looked at.
type Finding struct {
	Kind    string      // "capture", "revision", "statement", and what else an engine keeps
	ID      string      // public ID, hash, or a name for people
	Article onrecord.ID //
	Problem string      // empty: it holds
}
