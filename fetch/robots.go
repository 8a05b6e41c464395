package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	robotsKind   Kind = "robots.txt"
	mostRobots        = 500 << 10 // that RFC 9309 wants read at least
	robotsFresh       = 24 * time.Hour
	robotsAgain       = 30 * time.Minute // after one that could not be had
	mostRules         = 20_000
	mostPatterns      = 2048 // bytes of one
)

// robots is a host's robots.txt over one scheme.
type robots struct {
	token chan struct{} // one; holding it is asking
	known atomic.Pointer[rules]
}

// delay is what it asks for between two requests, as far as it is known.
func (r *robots) delay() time.Duration {
	if known := r.known.Load(); known != nil {
		return known.delay
	}
	return 0
}

// room is about how many bytes its rules take.
func (r *robots) room() int {
	known := r.known.Load()
	if known == nil {
		return 0
	}
	n := 0
	for _, l := range known.lines {
		n += len(l.pattern) + 32
	}
	return n
}

// rules are what a robots.txt (RFC 9309) asks of one agent. They do not change.
type rules struct {
	until   time.Time // asked again after
	lines   []rule
	delay   time.Duration // Crawl-delay, which the standard does not know but many sites use
	forbids bool          // everything, because it cannot be had
	unknown error         // why
}

type rule struct {
	allow   bool
	pattern string
}

// rules are those of an address's host, asked for once a day. While one asks,
// others wait; robots.txt of another host, to which this one leads, is asked
// with nothing of that host held but its turn, so that no two wait for each other.
func (c *Client) rules(ctx context.Context, h *host, u *url.URL) (*rules, error) {
	r := &h.plain
	if u.Scheme == "https" {
		r = &h.secure
	}
	select {
	case r.token <- struct{}{}:
		defer func() { <-r.token }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if known := r.known.Load(); known != nil && c.opt.Now().Before(known.until) {
		return known, nil
	}
	body, err := c.robotsText(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	now := c.opt.Now()
	fresh := &rules{until: now.Add(robotsFresh)}
	f, isFailure := errors.AsType[*RequestError](err)
	switch {
	case err == nil:
		fresh.lines, fresh.delay = parseRobots(body, c.token)
	case !isFailure:
		return nil, err
	case f.Reason == Private || f.Reason == DNS || f.Reason == BadAddress || f.Reason == TLS || f.Reason == Refused:
		// The page would fail in the same way; that failure says more than robots.txt.
		return nil, err
	case f.Status >= 400 && f.Status < 500 && f.Status != http.StatusTooManyRequests, f.Reason == Redirects:
		// Unavailable: anything may be asked (section 2.3.1.3).
	default:
		fresh.forbids, fresh.unknown = true, err
		fresh.until = now.Add(max(robotsAgain, f.RetryAfter))
	}
	r.known.Store(fresh)
	h.pause.Store(int64(max(h.plain.delay(), h.secure.delay())))
	c.hosts.weigh(h)
	return fresh, nil
}

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
		next, err := follow(u, got.to)
		if err != nil {
			return nil, &RequestError{Reason: Redirects, URL: u.String(), Err: err}
		}
		u = next
	}
	return nil, &RequestError{Reason: Redirects, URL: u.String(), Err: errors.New("robots.txt redirects too often")}
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
		case "allow", "disallow":
			allow := strings.EqualFold(strings.TrimSpace(name), "allow")
			for _, g := range in {
				if value != "" && len(value) <= mostPatterns && len(g.lines) < mostRules {
					g.lines = append(g.lines, rule{allow, pattern(value)})
				}
			}
			agents = false
		case "crawl-delay":
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
				for _, g := range in {
					g.delay = time.Duration(min(s, mostDelay.Seconds()) * float64(time.Second))
				}
			}
			// No line of the standard, so it ends no list of names (section 2.2.4).
		}
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
	path = literal(normal(path))
	longest, allow := -1, true
	for _, l := range r.lines {
		if n := len(l.pattern); n < longest || n == longest && allow || !matches(l.pattern, path) {
			continue
		}
		longest, allow = len(l.pattern), l.allow
	}
	return allow
}

// pattern writes a pattern as paths are written; only "*" and a "$" at its end
// are kept apart.
func pattern(value string) string {
	value, end := strings.CutSuffix(value, "$")
	value = strings.ReplaceAll(normal(value), "$", "%24")
	if end {
		value += "$"
	}
	return value
}

// literal encodes what would mean something in a pattern (section 2.2.3).
func literal(path string) string {
	return strings.ReplaceAll(strings.ReplaceAll(path, "*", "%2A"), "$", "%24")
}

// matches reports whether a pattern matches the start of a path. "*" is any
// number of bytes, "$" at the end the path's end.
func matches(pattern, path string) bool {
	pattern, end := strings.CutSuffix(pattern, "$")
	part, rest, star := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, part) {
		return false
	}
	path = path[len(part):]
	if !star {
		return !end || path == ""
	}
	for {
		if part, rest, star = strings.Cut(rest, "*"); !star {
			break
		}
		// The first place is as good as any: what follows a star may begin anywhere.
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	if end {
		return strings.HasSuffix(path, part)
	}
	return strings.Contains(path, part)
}
