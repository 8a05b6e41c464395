package fetch

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// mostHosts is how many idle hosts are remembered.
const mostHosts = 4096

// hosts keeps the pace of each host.
type hosts struct {
	mu  sync.Mutex
	all map[string]*host
}

// host is one host's pace: who asks it has its only token.
type host struct {
	name  string
	users int           // that wait or ask; under hosts.mu
	token chan struct{} // one; holding it is asking
	last  time.Time     // the end of the last request; with the token
	mu    sync.Mutex
	until time.Time // it is left alone
}

// of is a host's pace. [hosts.done] gives it back.
func (h *hosts) of(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.all == nil {
		h.all = map[string]*host{}
	}
	one := h.all[name]
	if one == nil {
		if len(h.all) >= mostHosts {
			h.prune(time.Now())
		}
		one = &host{name: name, token: make(chan struct{}, 1)}
		h.all[name] = one
	}
	one.users++
	return one
}

func (h *hosts) done(one *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one.users--
}

// prune forgets hosts that nobody asks, whose pause is over.
func (h *hosts) prune(now time.Time) {
	for name, one := range h.all {
		if one.users == 0 && now.Sub(one.last) > mostDelay && one.resting(now) == 0 {
			delete(h.all, name)
		}
	}
}

// turn waits until nobody else asks the host and its pause is over.
func (one *host) turn(ctx context.Context, pause time.Duration) error {
	select {
	case one.token <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	wait := time.Until(one.last.Add(pause))
	if wait <= 0 || one.last.IsZero() {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		<-one.token
		return context.Cause(ctx)
	}
}

// over ends a turn.
func (one *host) over() {
	one.last = time.Now()
	<-one.token
}

// rest has the host left alone until then.
func (one *host) rest(until time.Time) {
	one.mu.Lock()
	defer one.mu.Unlock()
	if until.After(one.until) {
		one.until = until
	}
}

// resting is for how long the host is left alone yet.
func (one *host) resting(now time.Time) time.Duration {
	one.mu.Lock()
	defer one.mu.Unlock()
	return max(one.until.Sub(now), 0)
}

// Backoff is how long to wait after so many failures in a row: base after the
// first, twice as long after each further one, most at most; give or take a share
// of it, so that what failed together does not come back together.
func Backoff(failures int, base, most time.Duration, share float64) time.Duration {
	wait := base
	for i := 1; i < failures && wait < most; i++ {
		wait *= 2
	}
	wait = min(wait, most)
	return time.Duration(float64(wait) * (1 + share*(2*rand.Float64()-1)))
}
