package newsroom

import (
	"errors"
	"net/http"
	"time"

	"github.com/onrecord/onrecord/fetch"
	"github.com/onrecord/onrecord/ledger"
)

// Bounds of the time between two visits to a source.
const (
	firstEvery = 15 * time.Minute
	leastEvery = 5 * time.Minute
	mostEvery  = 12 * time.Hour
	mostAsked  = 24 * time.Hour // that a source may ask to be left alone
)

// Bounds of trying again what failed.
const (
	againSoon  = 5 * time.Minute
	againLate  = 24 * time.Hour
	lease      = 2 * time.Minute // in which a fetched page is read and kept
	jitter     = 0.2             // of a wait, so that what failed together does not come back together
	mostTries  = 6               // of a lead, then it is given up
	mostAbsent = 2               // answers that a page is not there before that is believed
)

// looks are how long after an answer a page is looked at again, to see whether
// its outlet changed it: within the hour, the same day, the next day, a week on.
// Articles are mostly changed in their first hours.
var looks = []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour}

// settle works out how often a source is worth visiting after a visit that
// brought found new leads, and when the next visit is. The interval is halved
// when something was new and half as long again when nothing was, so that it
// follows the source's own pace; what the source asks for (ttl, max-age) is the
// least.
func settle(src *ledger.Source, found int, asked time.Duration, now time.Time) {
	if src.Every == 0 {
		src.Every = firstEvery
	} else if found > 0 {
		src.Every /= 2
	} else {
		src.Every += src.Every / 2
	}
	src.Every = max(min(max(src.Every, leastEvery), mostEvery), min(asked, mostAsked))
	src.Next = now.Add(src.Every)
	src.Health.Failures, src.Health.Failed, src.Health.Reason, src.Health.Error = 0, time.Time{}, "", ""
	src.Health.Answered = now
	if found > 0 {
		src.Health.New = now
	}
}

// stumble notes that a visit failed, and when it is tried again. A source that is
// gone for good is paused.
func stumble(src *ledger.Source, err error, now time.Time) {
	h := &src.Health
	if h.Failures++; h.Failures == 1 {
		h.Failed = now
	}
	h.Failing++
	h.Reason, h.Error = "no list", err.Error()
	var wait time.Duration
	if f, ok := errors.AsType[*fetch.RequestError](err); ok {
		h.Reason, wait = string(f.Reason), f.RetryAfter
		if f.Status == http.StatusGone {
			src.State = ledger.Paused
		}
	}
	src.Next = now.Add(max(wait, fetch.Backoff(h.Failures, againSoon, againLate, jitter)))
}

// lookAgain plans the next look at a page that answered: none where it was old
// when it was found, or was looked at often enough.
func lookAgain(l *ledger.Lead, now time.Time) {
	l.Due = time.Time{}
	if !l.Published.IsZero() && l.Found.Sub(l.Published.Time) > looks[len(looks)-1] {
		return
	}
	if l.Looks >= 1 && l.Looks <= len(looks) {
		l.Due = now.Add(looks[l.Looks-1])
	}
}
