package fetch

import (
	"container/list"
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// What is remembered of hosts is bounded; the host that was not asked for the
// longest time is forgotten first, with its robots.txt.
const (
	mostHosts = 4096
	mostRoom  = 64 << 20 // bytes of rules, about
)

// hosts keeps the pace and the rules of each host.
type hosts struct {
	mu    sync.Mutex
	all   map[string]*list.Element
	order list.List // of *host, last asked first
	room  int
}

// host is one host: who asks it has its only token.
type host struct {
	name  string
	users int           // that wait or ask; under hosts.mu
	room  int           // bytes of its rules; under hosts.mu
	token chan struct{} // one; holding it is asking
	last  time.Time     // the end of the last request; with the token
	pause atomic.Int64  // nanoseconds that its robots.txt asks for between requests
	mu    sync.Mutex
	until time.Time // it is left alone

	plain, secure robots // over http and https
}

// of is a host. [hosts.done] gives it back.
func (h *hosts) of(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.all == nil {
		h.all = map[string]*list.Element{}
	}
	e := h.all[name]
	if e == nil {
		e = h.order.PushFront(&host{
			name: name, token: make(chan struct{}, 1),
			plain: robots{token: make(chan struct{}, 1)}, secure: robots{token: make(chan struct{}, 1)},
		})
		h.all[name] = e
	} else {
		h.order.MoveToFront(e)
	}
	one := e.Value.(*host)
	one.users++
	h.shed()
	return one
}

func (h *hosts) done(one *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one.users--
}

// weigh takes note of how much a host's rules take; its user does.
func (h *hosts) weigh(one *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	room := one.plain.room() + one.secure.room()
	h.room += room - one.room
	one.room = room
	h.shed()
}

// shed forgets hosts that nobody asks until what is kept is within its bounds.
func (h *hosts) shed() {
	for e := h.order.Back(); e != nil && (len(h.all) > mostHosts || h.room > mostRoom); {
		one, before := e.Value.(*host), e.Prev()
		if one.users == 0 {
			h.order.Remove(e)
			delete(h.all, one.name)
			h.room -= one.room
		}
		e = before
	}
}

// turn waits until nobody else asks the host and its pause is over.
func (c *Client) turn(ctx context.Context, one *host) error {
	select {
	case one.token <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if one.last.IsZero() {
		return nil
	}
	wait := one.last.Add(max(c.opt.Delay, time.Duration(one.pause.Load()))).Sub(c.opt.Now())
	if wait <= 0 {
		return nil
	}
	if err := c.opt.Sleep(ctx, wait); err != nil {
		<-one.token
		return err
	}
	return nil
}

// over ends a turn.
func (one *host) over(now time.Time) {
	one.last = now
	<-one.token
}

// sleep waits, or until the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
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
	wait := min(base, most)
	for i := 1; i < failures && wait < most; i++ {
		if wait > most/2 {
			wait = most
			break
		}
		wait *= 2
	}
	return time.Duration(float64(wait) * (1 + share*(2*rand.Float64()-1)))
}
