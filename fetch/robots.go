package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	robotsKind   Kind = "robots.txt"
	mostRobots        = 500 << 10 // that RFC 9309 wants read at least
	robotsFresh       = 24 * time.Hour
	robotsAgain       = 30 * time.Minute // after one that could not be had
	mostRules         = 20_000
	mostPatterns      = 2048 // bytes of one
)

// robots are the rules of hosts, by scheme, host and port.
type robots struct {
	mu  sync.Mutex
	all map[string]*rules
}

// rules are what a robots.txt (RFC 9309) asks of one agent.
type rules struct {
	mu      sync.Mutex // held while it is asked for
	until   time.Time  // asked again after
	lines   []rule
	delay   time.Duration // Crawl-delay, which the standard does not know but many sites use
	forbids bool          // everything, because it cannot be had
	unknown error         // why
}

type rule struct {
	allow   bool
	pattern string
}

// rules are those of an address's host, asked for once a day.
func (c *Client) rules(ctx context.Context, u *url.URL) (*rules, error) {
	key := u.Scheme + "://" + strings.ToLower(u.Host)
	c.robots.mu.Lock()
	if c.robots.all == nil {
		c.robots.all = map[string]*rules{}
	}
	r := c.robots.all[key]
	if r == nil {
		if len(c.robots.all) >= mostHosts {
			clear(c.robots.all) // asked for again where needed
		}
		r = &rules{}
		c.robots.all[key] = r
	}
	c.robots.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Now().Before(r.until) {
		return r.copied(), nil
	}
	body, err := c.robotsText(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	r.lines, r.delay, r.forbids, r.unknown = nil, 0, false, nil
	r.until = time.Now().Add(robotsFresh)
	f, isFailure := errors.AsType[*RequestError](err)
	switch {
	case err == nil:
		r.lines, r.delay = parseRobots(body, c.token)
	case isFailure && (f.Reason == Private || f.Reason == DNS || f.Reason == BadAddress || f.Reason == TLS || f.Reason == Refused):
		// The page would fail in the same way; that failure says more than robots.txt.
		r.until = time.Time{}
		return nil, err
	case isFailure && f.Status >= 400 && f.Status < 500 && f.Status != http.StatusTooManyRequests, isFailure && f.Reason == Redirects:
		// Unavailable: anything may be asked (section 2.3.1.3).
	default:
		r.forbids, r.unknown = true, err
		r.until = time.Now().Add(robotsAgain)
		if isFailure && f.RetryAfter > robotsAgain {
			r.until = time.Now().Add(f.RetryAfter)
		}
	}
	return r.copied(), nil
}

// copied is what the rules are now, for use without the lock.
func (r *rules) copied() *rules {
	return &rules{until: r.until, lines: r.lines, delay: r.delay, forbids: r.forbids, unknown: r.unknown}
}

func (r *rules) again() time.Duration { return max(time.Until(r.until), 0) }

// robotsText asks for a robots.txt and follows its redirects, to other hosts too
// (section 2.3.1.2).
func (c *Client) robotsText(ctx context.Context, u *url.URL) ([]byte, error) {
	for range mostRedirects + 1 {
		got, err := c.ask(ctx, u, &Request{Kind: robotsKind})
		if err != nil {
			return nil, err
		}
		if got.to == "" {
			return got.Body, nil
		}
		next, err := u.Parse(got.to)
		if err == nil {
			next, err = parse(next.String())
		}
		if err != nil {
			return nil, &RequestError{Reason: Redirects, URL: u.String(), Err: err}
		}
		u = next
	}
	return nil, &RequestError{Reason: Redirects, URL: u.String(), Err: errors.New("robots.txt redirects too often")}
}

// pause is how long a host is left alone between two requests: what its robots.txt
// asks for, if that is known and more than the client's own pause.
func (c *Client) pause(u *url.URL) time.Duration {
	c.robots.mu.Lock()
	r := c.robots.all[u.Scheme+"://"+strings.ToLower(u.Host)]
	c.robots.mu.Unlock()
	if r == nil || !r.mu.TryLock() { // being asked for: by this very request
		return c.opt.Delay
	}
	defer r.mu.Unlock()
	return max(c.opt.Delay, r.delay)
}

// parseRobots reads what a robots.txt asks of the agent with this token, in lower
// case. Groups for one agent are joined; where none names it, those for "*" hold.
func parseRobots(text []byte, token string) (lines []rule, delay time.Duration) {
	text = bytes.TrimPrefix(text[:min(len(text), mostRobots)], []byte("\xef\xbb\xbf"))
	var own, all group
	var ownSeen, agents bool // agents: the line before named one
	var in []*group
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		name, value, ok := strings.Cut(string(line), ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "user-agent":
			if !agents {
				in = nil
			}
			agents = true
			switch agent := agentToken(value); {
			case value == "*":
				in = append(in, &all)
			case agent == token:
				in, ownSeen = append(in, &own), true
			}
			continue
		case "allow", "disallow":
			allow := strings.EqualFold(strings.TrimSpace(name), "allow")
			for _, g := range in {
				if value != "" && len(value) <= mostPatterns && len(g.lines) < mostRules {
					g.lines = append(g.lines, rule{allow, normal(value)})
				}
			}
		case "crawl-delay":
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
				for _, g := range in {
					g.delay = time.Duration(min(s, mostDelay.Seconds()) * float64(time.Second))
				}
			}
		default: // a sitemap, or what nobody knows: it ends no group
			continue
		}
		agents = false
	}
	if ownSeen {
		return own.lines, own.delay
	}
	return all.lines, all.delay
}

type group struct {
	lines []rule
	delay time.Duration
}

// agentToken is the name in a user-agent line: letters, "_" and "-" (section
// 2.2.1); what follows is not part of it.
func agentToken(s string) string {
	for i := range len(s) {
		if !tokenByte(s[i]) {
			return strings.ToLower(s[:i])
		}
	}
	return strings.ToLower(s)
}

func tokenByte(c byte) bool {
	return c == '-' || c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func isToken(s string) bool { return s != "" && len(agentToken(s)) == len(s) }

// allows reports whether an address may be asked: by the rule with the longest
// pattern that matches, and of two equally long ones by the one that allows.
func (r *rules) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	if r.forbids {
		return false
	}
	path = normal(path)
	longest, allow := -1, true
	for _, l := range r.lines {
		if n := len(l.pattern); n < longest || n == longest && allow || !matches(l.pattern, path) {
			continue
		}
		longest, allow = len(l.pattern), l.allow
	}
	return allow
}

// normal writes a path or a pattern in one way: bytes outside of US-ASCII
// percent-encoded, encodings of unreserved characters undone, others in capitals
// (section 2.2.2).
func normal(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			v := unhex(s[i+1])<<4 | unhex(s[i+2])
			if unreserved(v) {
				b.WriteByte(v)
			} else {
				b.WriteString(strings.ToUpper(s[i : i+3]))
			}
			i += 2
		case c >= utf8.RuneSelf || c <= ' ':
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	default:
		return c - 'A' + 10
	}
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

// matches reports whether a pattern matches the start of a path. "*" is any
// number of bytes, "$" at the end the path's end.
func matches(pattern, path string) bool {
	pattern, end := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	if len(parts) == 1 {
		return !end || path == ""
	}
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(path, p)
		if i < 0 {
			return false
		}
		path = path[i+len(p):]
	}
	last := parts[len(parts)-1]
	if end {
		return strings.HasSuffix(path, last)
	}
	return strings.Contains(path, last)
}
