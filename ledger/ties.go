package ledger

import (
	"context"
	"iter"
	"time"

	"github.com/onrecord/onrecord"
)

// Namer keeps which names mean one speaker. A name is known by its key, as
// [Key] folds it; until a tie joins two names, each is a speaker of its own.
type Namer interface {
	// Names yields every name that statements are attributed to, in the order in
	// which the ledger met them.
	Names(ctx context.Context) iter.Seq2[Name, error]
	// Tie keeps decisions about pairs of names and puts them into effect, all or
	// none. What a person decided about a pair stands over what a program says,
	// also where the person took it back: then a program's tie changes nothing.
	// The same decision twice changes nothing. Results stand in the order of
	// ties, with the decision that stands. A pair that a person parts and that
	// other names still join is ErrInvalid.
	Tie(ctx context.Context, ties ...Tie) ([]Tie, error)
	// Untie takes a decision back by its ID. ErrNotFound; ErrInvalid where it was
	// taken back already.
	Untie(ctx context.Context, id onrecord.ID, by string) (Tie, error)
	// Ties lists decisions, newest first.
	Ties(ctx context.Context, q TieQuery) ([]Tie, error)
	// Considered is the Seq of the newest name that has been compared with all
	// others, and Consider notes it.
	Considered(ctx context.Context) (int64, error)
	Consider(ctx context.Context, seq int64) error
}

// Name is a name that statements are attributed to.
type Name struct {
	Seq        int64  // grows with each name that the ledger meets
	Key        string //
	Name       string // as most often written
	Kind       onrecord.EntityKind
	Statements int    // attributed to this name, not to others joined with it
	Speaker    string // the key of the speaker whose name it is
}

// Tie is a decision about two names.
type Tie struct {
	ID           onrecord.ID
	A, B         string // the names' keys, in alphabetical order
	AName, BName string // as most often written; only read
	Verdict      TieVerdict
	Confidence   float64 // that both mean one speaker, 0 to 1
	Rule         string  // what a program went by
	By           string  // the person who decided; empty for a program
	Why          string
	At           time.Time
	UndoneBy     string
	UndoneAt     time.Time
}

// Undone reports whether somebody took the decision back.
func (t *Tie) Undone() bool { return !t.UndoneAt.IsZero() }

// TieVerdict is what was decided about two names.
type TieVerdict string

// Two names mean one speaker, two speakers, or nobody has decided yet.
const (
	Joined   TieVerdict = "joined"
	Parted   TieVerdict = "parted"
	Doubtful TieVerdict = "doubtful"
)

// TieQuery says which decisions are wanted.
type TieQuery struct {
	Verdict TieVerdict // any for ""
	Key     string     // about this name
	Undone  bool       // also those taken back, and those that a later decision on the pair replaced
	Limit   int        // 0 means 50
}
