package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// Kind is what is asked for. It decides the Accept header and how much is taken.
type Kind string

// Kinds of request, and the most bytes that are taken of an answer after it was
// decompressed. A page beyond that is cut, a list refused.
const (
	Page    Kind = "page"    // 5 MiB, as archives of news keep
	Feed    Kind = "feed"    // 20 MiB
	Sitemap Kind = "sitemap" // 50 MiB and a little, the most that the protocol allows
)

// caps are the most bytes of an answer by its kind.
var caps = map[Kind]int64{Page: 5 << 20, Feed: 20 << 20, Sitemap: 51 << 20, robotsKind: mostRobots}

var accepts = map[Kind]string{
	Page:       "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
	Feed:       "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,text/html;q=0.5,*/*;q=0.1",
	Sitemap:    "application/xml,text/xml,text/plain;q=0.8,*/*;q=0.1",
	robotsKind: "text/plain,*/*;q=0.1",
}

// Options say how a client asks. The zero value is a polite client of no name.
type Options struct {
	Agent        string        // User-Agent; what stands before its "/" is the name that robots.txt is read for
	AllowPrivate bool          // also this machine, private networks and any port
	Delay        time.Duration // between two requests to one host; 0: 2 seconds
	Timeout      time.Duration // of a request with its answer; 0: 30 seconds

	Transport http.RoundTripper // in place of the safe one, which tests may want; nil otherwise

	// A clock in place of the real one, for tests: of pauses, not of Timeout.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

// Client asks. It may be used by many goroutines.
type Client struct {
	opt   Options
	token string
	http  *http.Client
	hosts hosts
}

const (
	defaultAgent   = "onrecord"
	defaultDelay   = 2 * time.Second
	defaultTimeout = 30 * time.Second
	mostDelay      = 2 * time.Minute // that a robots.txt may ask for; more is cut to this
	mostRedirects  = 5
	mostRetryAfter = 24 * time.Hour
)

// New makes a client.
func New(opt Options) (*Client, error) {
	opt.Agent = cmp.Or(opt.Agent, defaultAgent)
	opt.Delay = cmp.Or(opt.Delay, defaultDelay)
	opt.Timeout = cmp.Or(opt.Timeout, defaultTimeout)
	token, _, _ := strings.Cut(opt.Agent, "/")
	if !isToken(token) {
		return nil, fmt.Errorf("agent %q: %w: its name has only letters, - and _", opt.Agent, onrecord.ErrInvalid)
	}
	if opt.Delay < 0 || opt.Timeout < 0 {
		return nil, fmt.Errorf("a delay of %v, a timeout of %v: %w", opt.Delay, opt.Timeout, onrecord.ErrInvalid)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Sleep == nil {
		opt.Sleep = sleep
	}
	if opt.Transport == nil {
		opt.Transport = transport(dialer(opt.AllowPrivate))
	}
	c := &Client{opt: opt, token: strings.ToLower(token)}
	c.http = &http.Client{Transport: opt.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return c, nil
}

// Close lets go of connections that are kept open for the next request.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Request is what is asked for. ETag and LastModified are what an earlier answer
// gave; with them the answer may be that nothing changed.
type Request struct {
	URL                string
	Kind               Kind // Page where empty
	ETag, LastModified string
}

// Response is an answer with the status 200, or that nothing changed.
type Response struct {
	URL                string // after redirects
	Moved              string // the new address, where every redirect was for good; else empty
	Status             int
	Header             http.Header
	Body               []byte // decompressed
	Truncated          bool   // the body was longer than is taken
	NotModified        bool
	ETag, LastModified string
	MaxAge             time.Duration // for which the answer says it stays fresh; 0: it does not say
	Retrieved          time.Time
}

// Get asks for an address and follows redirects. It waits for the host's turn.
// Errors are a [*RequestError], or the context's.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	r.Kind = cmp.Or(r.Kind, Page)
	u, err := parse(r.URL)
	if err != nil {
		return Response{}, &RequestError{Reason: BadAddress, URL: r.URL, Err: err}
	}
	moved := ""
	forGood := true
	for hop := 0; ; hop++ {
		if err := c.allowed(ctx, u); err != nil {
			return Response{}, err
		}
		got, err := c.ask(ctx, u, &r)
		if err != nil {
			return Response{}, err
		}
		if got.to == "" {
			got.Moved = moved
			return got.Response, nil
		}
		if hop == mostRedirects {
			return Response{}, &RequestError{Reason: Redirects, URL: r.URL, Err: fmt.Errorf("over %d redirects", mostRedirects)}
		}
		next, err := follow(u, got.to)
		if err != nil {
			return Response{}, &RequestError{Reason: Redirects, URL: u.String(), Err: fmt.Errorf("a redirect to %q: %w", got.to, err)}
		}
		forGood = forGood && (got.Status == http.StatusMovedPermanently || got.Status == http.StatusPermanentRedirect)
		if u = next; forGood {
			moved = u.String()
		} else {
			moved = ""
		}
	}
}

// follow is where a redirect leads.
func follow(from *url.URL, to string) (*url.URL, error) {
	next, err := from.Parse(percents(strings.TrimSpace(to)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", onrecord.ErrInvalid, err)
	}
	return parse(next.String())
}

// allowed asks the host's robots.txt.
func (c *Client) allowed(ctx context.Context, u *url.URL) error {
	h := c.hosts.of(u.Host)
	defer c.hosts.done(h)
	if wait := h.resting(c.opt.Now()); wait > 0 {
		return resting(u, wait)
	}
	rules, err := c.rules(ctx, h, u)
	if err != nil {
		return err
	}
	if rules.allows(u) {
		return nil
	}
	why := errors.New("its robots.txt asks not to")
	if rules.unknown != nil {
		why = fmt.Errorf("its robots.txt cannot be read, and until it can nothing is asked: %w", rules.unknown)
	}
	return &RequestError{Reason: Robots, URL: u.String(), RetryAfter: max(rules.until.Sub(c.opt.Now()), 0), Err: why}
}
