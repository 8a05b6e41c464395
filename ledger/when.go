package ledger

import (
	"time"

	"github.com/onrecord/onrecord"
)

// When is the time a statement is listed under.
type When struct {
	Date  onrecord.Date // as shown
	End   time.Time     // the first instant after all that it can mean
	Basis WhenBasis
}

// bounded is the basis of a said_at that knows no more than "before it was
// published", which is no date of its own.
const bounded = "bounded"

// WhenOf is when a statement was said where the text tells, else when its
// article was published, else when that was retrieved.
func WhenOf(s *onrecord.Statement, published onrecord.Date, retrieved time.Time) When {
	if at := s.SaidAt; at != nil && at.Basis != bounded && (!at.From.IsZero() || !at.To.IsZero()) {
		from, to := at.From, at.To
		if from.IsZero() {
			from = to
		}
		end := from.End()
		if !to.IsZero() && to.End().After(end) {
			end = to.End()
		}
		return When{from, end, WhenSaid}
	}
	if !published.IsZero() {
		return When{published, published.End(), WhenPublished}
	}
	got := onrecord.DateOf(retrieved)
	return When{got, got.End(), WhenRetrieved}
}
