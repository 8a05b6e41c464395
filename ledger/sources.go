package ledger

import (
	"context"
	"time"

	"github.com/onrecord/onrecord"
)

// Sourcer keeps where articles come from: sources (feeds, sitemaps, index pages)
// and the leads that they give, with how each fares. What it keeps is a plan of
// work and a log of it; a lead done twice does no harm, because [Keeper.Keep] of
// the same article changes nothing.
type Sourcer interface {
	// AddSource keeps a source under its address and mints its ID. One that is
	// there already is returned as it is, active again where it was removed; isNew
	// tells which.
	AddSource(ctx context.Context, s Source) (kept Source, isNew bool, err error)
	// Sources lists sources in the order they were added, removed ones left out.
	Sources(ctx context.Context) ([]Source, error)
	// Source is a source by its ID or its address. ErrNotFound.
	Source(ctx context.Context, idOrAddress string) (Source, error)
	// ChangeSource has change make what it wants of a source and keeps that, its
	// ID aside. An address that another source has is ErrInvalid.
	ChangeSource(ctx context.Context, id onrecord.ID, change func(*Source) error) (Source, error)
	// Visited keeps the leads that a visit to a source gave, counts those found in
	// its Health, and has change note what else the visit brought, all in one. A
	// lead whose address is known stays as it is, unless its Modified is later than
	// the known one's: then it is due when the new one is.
	Visited(ctx context.Context, id onrecord.ID, leads []Lead, change func(s *Source, found int)) (Source, error)
	// Leads lists leads, those due first first.
	Leads(ctx context.Context, q LeadQuery) ([]Lead, error)
	// LeadHosts are the hosts that have a lead due by then, in alphabetical order,
	// and when the next lead after that is due; the zero time for never.
	LeadHosts(ctx context.Context, by time.Time) (hosts []string, next time.Time, err error)
	// Followed keeps leads as following them left them. Unknown ones are
	// ErrNotFound.
	Followed(ctx context.Context, leads ...Lead) error
	// Bookmark is how far an archive has been read: a number of bytes noted by
	// SetBookmark under the same name; 0 where none is.
	Bookmark(ctx context.Context, name string) (int64, error)
	SetBookmark(ctx context.Context, name string, at int64) error
}

// SourceState says whether a source is visited.
type SourceState string

// A source is visited, left alone for a while, or given up for good.
const (
	Active  SourceState = "active"
	Paused  SourceState = "paused"
	Removed SourceState = "removed"
)

// Source is where articles come from.
type Source struct {
	ID        onrecord.ID `json:"-"`
	Address   string      `json:"-"` // of the feed, the sitemap or the page
	State     SourceState `json:"state"`
	Kind      string      `json:"kind,omitempty"` // as the last visit found: "rss", "index page"
	Title     string      `json:"title,omitempty"`
	Site      string      `json:"site,omitempty"`      // the site's address, where the feed names one
	Publisher string      `json:"publisher,omitempty"` // of articles that do not name theirs
	Added     time.Time   `json:"added,omitzero"`

	Every        time.Duration `json:"every,omitempty"` // between visits, as it has settled
	Next         time.Time     `json:"next,omitzero"`   // the next visit
	ETag         string        `json:"etag,omitempty"`
	LastModified string        `json:"last_modified,omitempty"`
	Health       Health        `json:"health,omitzero"`
}

// Health tells how a source fares.
type Health struct {
	Visited  time.Time `json:"visited,omitzero"`  // last
	Answered time.Time `json:"answered,omitzero"` // last without a failure
	New      time.Time `json:"new,omitzero"`      // last with something new

	Failures int       `json:"failures,omitempty"` // in a row
	Failed   time.Time `json:"failed,omitzero"`    // first of them
	Reason   string    `json:"reason,omitempty"`   // of the last failure, for machines: "timeout"
	Error    string    `json:"error,omitempty"`    // and for people

	Problems []onrecord.Problem `json:"problems,omitempty"` // of the last answer

	Visits    int `json:"visits,omitempty"`    // in all
	Unchanged int `json:"unchanged,omitempty"` // of them, answered "not modified"
	Failing   int `json:"failing,omitempty"`   // of them, failed
	Found     int `json:"found,omitempty"`     // leads
	Kept      int `json:"kept,omitempty"`      // of the leads, kept as articles
	Lost      int `json:"lost,omitempty"`      // of the leads, given up
}

// Lead is an address that a source told of.
type Lead struct {
	ID        int64         `json:"-"`
	Address   string        `json:"-"`
	Host      string        `json:"-"` // that is asked, for its pace
	Source    onrecord.ID   `json:"-"` // that told first
	Due       time.Time     `json:"-"` // zero: nothing more to do
	Title     string        `json:"title,omitempty"`
	Published onrecord.Date `json:"published,omitzero"`
	Modified  onrecord.Date `json:"modified,omitzero"`
	Found     time.Time     `json:"found,omitzero"`

	Looks        int         `json:"looks,omitempty"` // that brought an answer
	Tries        int         `json:"tries,omitempty"` // that failed since the last answer
	Looked       time.Time   `json:"looked,omitzero"`
	ETag         string      `json:"etag,omitempty"`
	LastModified string      `json:"last_modified,omitempty"`
	Article      onrecord.ID `json:"article,omitempty"`
	Outcome      LeadOutcome `json:"outcome,omitempty"`
	Reason       string      `json:"reason,omitempty"` // of a failure, for machines
	Error        string      `json:"error,omitempty"`  // and for people
}

// LeadOutcome is what following a lead came to.
type LeadOutcome string

// A lead led to an article, failed and is tried again, was given up, or led to an
// article that its outlet took down since.
const (
	LeadKept    LeadOutcome = "kept"
	LeadFailing LeadOutcome = "failing"
	LeadLost    LeadOutcome = "lost"
	LeadDown    LeadOutcome = "taken down"
)

// LeadQuery says which leads are wanted.
type LeadQuery struct {
	By      time.Time   // due by then; the zero time: also those with nothing more to do, newest first
	Host    string      // any for ""
	Source  onrecord.ID // any for ""
	Outcome LeadOutcome // any for ""
	Limit   int         // 0 means 50
}
