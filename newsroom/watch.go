package newsroom

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/fetch"
	"github.com/onrecord/onrecord/ledger"
)

// Fetcher asks for addresses, politely: it keeps a host's pace and its robots'
// wishes. [fetch.Client] is one.
type Fetcher interface {
	Get(ctx context.Context, r fetch.Request) (fetch.Response, error)
}

// Watch visits sources on their schedules, follows the leads they give, and has
// the articles read and kept. All that it plans stands in the ledger, so that it
// can be stopped, or killed, at any time and goes on where it was.
type Watch struct {
	Room    *Newsroom
	Sources ledger.Sourcer
	Fetch   Fetcher
	Hosts   int                         // asked at a time, one request each; 0: 16
	Reload  time.Duration               // how soon sources that others add or pause are seen; 0: 5 seconds
	Settled func(context.Context) error // after articles were kept, now and then; may be nil
	Told    func(Told)                  // what happens, as it happens, from several goroutines; may be nil
}

// Told is one thing that a watch did: a visit to a source or a look at a page.
type Told struct {
	Source *ledger.Source // visited
	Found  int            // new leads that it gave
	Lead   *ledger.Lead   // followed
	Title  string         // of the article
	Status ledger.Status  // of the article; empty where none was kept
	Err    error
}

const (
	manyHosts   = 16
	turn        = 20 // requests to a host before another one has its turn
	reload      = 5 * time.Second
	settleEvery = 10 * time.Second // at least between two calls of Settled
)

// Run watches until ctx ends, and then finishes what was fetched. It returns
// early only where the ledger fails.
func (w *Watch) Run(ctx context.Context) error {
	run := &watching{Watch: w, pages: make(chan page), busy: map[string]bool{}, wake: make(chan struct{}, 1)}
	fetching, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	read := make(chan error, 1)
	go func() {
		// What was fetched is kept even when the watch is called off.
		err := w.Room.Read(context.WithoutCancel(ctx), run.captures(), run.kept)
		if err != nil {
			stop(err)
		}
		read <- err
	}()
	err := run.dispatch(fetching)
	stop(err)
	run.workers.Wait()
	close(run.pages)
	readErr := <-read
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, readErr) {
		err = readErr
	}
	return errors.Join(err, run.settled(context.WithoutCancel(ctx), true))
}

// watching is a watch at work.
type watching struct {
	*Watch
	pages   chan page
	workers sync.WaitGroup
	wake    chan struct{} // a host's worker ended

	mu       sync.Mutex
	busy     map[string]bool // hosts with a worker
	sources  []ledger.Source // as last loaded
	loaded   time.Time
	last     string // host that had its turn last
	reading  []ledger.Lead
	unkept   int // articles kept since Settled was called
	settling time.Time
	err      error
}

// page is what was fetched for a lead.
type page struct {
	lead    ledger.Lead
	capture onrecord.Capture
}

// dispatch gives each host that has something due a worker, as many at a time as
// there may be, and waits for the next due thing.
func (w *watching) dispatch(ctx context.Context) error {
	for {
		next, err := w.start(ctx)
		if err == nil {
			err = w.settled(ctx, false)
		}
		if err != nil {
			return err
		}
		timer := time.NewTimer(max(time.Until(next), 10*time.Millisecond))
		select {
		case <-ctx.Done():
			timer.Stop()
			return context.Cause(ctx)
		case <-w.wake:
		case <-timer.C:
		}
		timer.Stop()
		w.mu.Lock()
		err = w.err
		w.mu.Unlock()
		if err != nil {
			return err
		}
	}
}

// start starts workers for hosts that are idle, and tells when to look again.
func (w *watching) start(ctx context.Context) (next time.Time, err error) {
	now := time.Now()
	every := cmp.Or(w.Reload, reload)
	next = now.Add(every)
	if now.Sub(w.loaded) >= every {
		list, err := w.Sources.Sources(ctx)
		if err != nil {
			return next, err
		}
		w.mu.Lock()
		w.sources, w.loaded = list, now
		w.mu.Unlock()
	}
	hosts, due, err := w.Sources.LeadHosts(ctx, now)
	if err != nil {
		return next, err
	}
	if !due.IsZero() && due.Before(next) {
		next = due
	}
	waiting := map[string]bool{}
	for _, h := range hosts {
		waiting[h] = true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.sources {
		switch s := &w.sources[i]; {
		case s.State != ledger.Active:
		case !s.Next.After(now):
			waiting[hostOf(s.Address)] = true
		case s.Next.Before(next):
			next = s.Next
		}
	}
	order := slices.Sorted(maps.Keys(waiting))
	// Hosts take turns: who comes after the last one comes first.
	at, _ := slices.BinarySearch(order, w.last+"\x00")
	for _, host := range slices.Concat(order[at:], order[:at]) {
		if w.busy[host] || len(w.busy) >= cmp.Or(w.Hosts, manyHosts) {
			continue
		}
		w.busy[host], w.last = true, host
		w.workers.Go(func() { w.serve(ctx, host) })
	}
	return next, nil
}

// serve asks a host for what is due there, one after another.
func (w *watching) serve(ctx context.Context, host string) {
	defer func() {
		w.mu.Lock()
		delete(w.busy, host)
		w.mu.Unlock()
		select {
		case w.wake <- struct{}{}:
		default:
		}
	}()
	for range turn {
		more, err := w.one(ctx, host)
		if err != nil && ctx.Err() == nil {
			w.mu.Lock()
			w.err = cmp.Or(w.err, err)
			w.mu.Unlock()
		}
		if err != nil || !more || ctx.Err() != nil {
			return
		}
	}
}

// one does one thing that is due at a host: a visit to a source before a look at
// a page, because visits are few.
func (w *watching) one(ctx context.Context, host string) (more bool, err error) {
	now := time.Now()
	w.mu.Lock()
	i := slices.IndexFunc(w.sources, func(s ledger.Source) bool {
		return s.State == ledger.Active && !s.Next.After(now) && hostOf(s.Address) == host
	})
	var src ledger.Source
	if i >= 0 {
		src = w.sources[i]
	}
	w.mu.Unlock()
	if i >= 0 {
		return true, w.visit(ctx, src)
	}
	leads, err := w.Sources.Leads(ctx, ledger.LeadQuery{By: now, Host: host, Limit: 1})
	if err != nil || len(leads) == 0 {
		return false, err
	}
	return true, w.follow(ctx, leads[0])
}

// tell passes on what happened.
func (w *watching) tell(t Told) {
	if w.Told != nil {
		w.Told(t)
	}
}

// settled calls Settled after articles were kept, not too often unless at the
// end.
func (w *watching) settled(ctx context.Context, end bool) error {
	w.mu.Lock()
	due := w.unkept > 0 && (end || time.Since(w.settling) >= settleEvery)
	if due {
		w.unkept, w.settling = 0, time.Now()
	}
	w.mu.Unlock()
	if !due || w.Settled == nil {
		return nil
	}
	return w.Settled(ctx)
}

// captures yields pages as they are fetched and remembers their leads, whose
// outcomes come in the same order.
func (w *watching) captures() iter.Seq2[onrecord.Capture, error] {
	return func(yield func(onrecord.Capture, error) bool) {
		for p := range w.pages {
			w.mu.Lock()
			w.reading = append(w.reading, p.lead)
			w.mu.Unlock()
			if !yield(p.capture, nil) {
				return
			}
		}
	}
}

// kept notes what a page came to.
func (w *watching) kept(o Outcome) error {
	w.mu.Lock()
	l := w.reading[0]
	w.reading = slices.Delete(w.reading, 0, 1)
	w.mu.Unlock()
	told := Told{Lead: &l, Title: o.Document.Revision.Title, Status: o.Kept.Status, Err: o.Err}
	if o.Err != nil {
		l.Outcome, l.Reason, l.Error, l.Due = ledger.LeadLost, "no article", o.Err.Error(), time.Time{}
		if l.Article != "" { // a page that was an article and is none now is looked at again
			l.Outcome = ledger.LeadKept
		}
	} else {
		l.Outcome, l.Reason, l.Error, l.Article = ledger.LeadKept, "", "", o.Kept.Article
		if l.Title == "" {
			l.Title = o.Document.Revision.Title
		}
		if l.Published.IsZero() {
			l.Published = o.Document.Revision.Published
		}
		w.mu.Lock()
		w.unkept++
		w.mu.Unlock()
	}
	if l.Outcome == ledger.LeadKept {
		lookAgain(&l, time.Now())
	}
	if err := w.Sources.Followed(context.Background(), l); err != nil {
		return err
	}
	w.tell(told)
	return nil
}

// hostOf is the host, with its port, that an address asks.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
