package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/net/http/httpguts"
)

// Bounds of compressed bodies. Pages of text become a tenth; what becomes a
// two-hundredth was made to.
const (
	mostRatio    = 200
	ratioFrom    = 64 << 10 // bytes out before the ratio counts
	mostHeader   = 1 << 20
	dialTimeout  = 10 * time.Second
	idleTimeout  = 20 * time.Second
	idlePerHost  = 1
	idleAll      = 64
	handshakeMax = 10 * time.Second
	busyRest     = time.Minute // for a host that is busy, at least
	mostExtra    = 64 << 10    // compressed bytes beyond the bound of what becomes of them
)

// azure is the address at which a cloud's machines reach their host: public by
// number, not in truth.
var azure = netip.MustParsePrefix("168.63.129.16/32")

// dialer connects to public addresses alone, unless private ones are wanted.
func dialer(private bool) *net.Dialer {
	d := &net.Dialer{Timeout: dialTimeout, KeepAlive: -1}
	if !private {
		// The address is checked when it is dialled, after the name was resolved, so
		// that a name cannot lead elsewhere between a check and its use.
		d.Control = ssrf.New(ssrf.WithDeniedV4Prefixes(azure)).Safe
	}
	return d
}

// transport is the way to the network.
func transport(d *net.Dialer) http.RoundTripper {
	return &http.Transport{
		Proxy:                  nil, // a proxy would be dialled in the place of what is checked
		DialContext:            d.DialContext,
		DisableCompression:     true, // undone here, within bounds
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: mostHeader,
		TLSHandshakeTimeout:    handshakeMax,
		IdleConnTimeout:        idleTimeout,
		MaxIdleConns:           idleAll,
		MaxIdleConnsPerHost:    idlePerHost,
	}
}

// answer is a response, or where it leads.
type answer struct {
	Response
	to string // of a redirect
}

// ask sends one request when it is the host's turn.
func (c *Client) ask(ctx context.Context, u *url.URL, r *Request) (a answer, err error) {
	h := c.hosts.of(u.Host)
	defer c.hosts.done(h)
	if err := c.turn(ctx, h); err != nil {
		return a, err
	}
	defer func() { h.over(c.opt.Now()) }()
	if wait := h.resting(c.opt.Now()); wait > 0 {
		return a, resting(u, wait)
	}
	timed, cancel := context.WithTimeout(ctx, c.opt.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(timed, http.MethodGet, u.String(), nil)
	if err != nil {
		return a, &RequestError{Reason: BadAddress, URL: u.String(), Err: err}
	}
	req.Header.Set("User-Agent", c.opt.Agent)
	req.Header.Set("Accept", accepts[r.Kind])
	req.Header.Set("Accept-Encoding", "gzip")
	if r.ETag != "" && httpguts.ValidHeaderFieldValue(r.ETag) {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" && httpguts.ValidHeaderFieldValue(r.LastModified) {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return a, failed(ctx, u.String(), unwrapURL(err))
	}
	defer func() { _ = resp.Body.Close() }() // only read from
	now := c.opt.Now()
	a.Response = Response{URL: u.String(), Status: resp.StatusCode, Header: resp.Header, Retrieved: now.UTC(), MaxAge: maxAge(resp.Header, now)}
	a.ETag, a.LastModified = resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	switch {
	case resp.StatusCode == http.StatusNotModified && (r.ETag != "" || r.LastModified != ""):
		a.NotModified = true
		if a.ETag == "" && a.LastModified == "" { // a short answer need not repeat them
			a.ETag, a.LastModified = r.ETag, r.LastModified
		}
		return a, nil
	case isRedirect(resp.StatusCode) && resp.Header.Get("Location") != "":
		a.to = resp.Header.Get("Location")
		return a, nil
	case resp.StatusCode != http.StatusOK:
		return a, refusal(u, h, resp, now)
	}
	a.Body, a.Truncated, err = body(resp, caps[r.Kind])
	if f, ok := errors.AsType[*RequestError](err); ok {
		f.URL = u.String()
		return a, f
	}
	if err != nil {
		return a, failed(ctx, u.String(), err)
	}
	if a.Truncated && r.Kind != Page && r.Kind != robotsKind {
		return a, &RequestError{Reason: TooLarge, URL: u.String(), Err: fmt.Errorf("over %d MiB", caps[r.Kind]>>20)}
	}
	return a, nil
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// unwrapURL takes off what net/http puts around an error: the method and the
// address, which a [RequestError] names itself.
func unwrapURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

// refusal is the failure of an answer that is no success. A host that wants to
// be left alone is.
func refusal(u *url.URL, h *host, resp *http.Response, now time.Time) error {
	f := &RequestError{Reason: Status, Status: resp.StatusCode, URL: u.String(), RetryAfter: retryAfter(resp.Header, now)}
	switch resp.StatusCode {
	case http.StatusGone:
		f.Reason = Gone
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		f.Reason = Busy
		h.rest(now.Add(max(f.RetryAfter, busyRest)))
	}
	return f
}

// resting is the failure of asking a host that wants to be left alone.
func resting(u *url.URL, wait time.Duration) error {
	return &RequestError{Reason: Busy, URL: u.String(), RetryAfter: wait, Err: errors.New("the host asked to be left alone for a while")}
}

// retryAfter reads the header: seconds or a date (RFC 9110, section 10.2.3). More
// than a day is taken for a day.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.ParseInt(v, 10, 64); err == nil {
		return time.Duration(max(min(s, int64(mostRetryAfter/time.Second)), 0)) * time.Second
	}
	if at, err := http.ParseTime(v); err == nil {
		return max(min(at.Sub(now), mostRetryAfter), 0)
	}
	return 0
}

// maxAge is for how long an answer says it stays fresh: Cache-Control before
// Expires (RFC 9111, section 4.2.1).
func maxAge(h http.Header, now time.Time) time.Duration {
	for part := range strings.SplitSeq(strings.ToLower(strings.Join(h.Values("Cache-Control"), ",")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			if s, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 32); err == nil && s > 0 {
				return time.Duration(s) * time.Second
			}
		}
	}
	if at, err := http.ParseTime(h.Get("Expires")); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

// body reads an answer's body, decompressed, up to a bound. A body that says it
// is gzip and is not is taken as it is.
func body(resp *http.Response, most int64) (content []byte, truncated bool, err error) {
	in := &counter{r: resp.Body, most: most + mostExtra}
	var out io.Reader = in
	switch encoding := strings.ToLower(strings.TrimSpace(strings.Join(resp.Header.Values("Content-Encoding"), ", "))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		head := make([]byte, 2)
		n, err := io.ReadFull(in, head)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, false, err
		}
		joined := io.MultiReader(bytes.NewReader(head[:n]), in)
		if n < 2 || head[0] != 0x1f || head[1] != 0x8b {
			out = joined
			break
		}
		z, err := gzip.NewReader(joined)
		if err != nil {
			return nil, false, &RequestError{Reason: Encoding, Err: err}
		}
		out = &bounded{r: z, in: in}
	default:
		return nil, false, &RequestError{Reason: Encoding, Err: fmt.Errorf("compressed as %q, which was not asked for", encoding)}
	}
	content, err = io.ReadAll(io.LimitReader(out, most+1))
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) {
		// Less came than was promised. What is there is worth having.
		if len(content) > 0 {
			return content, true, nil
		}
		err = &RequestError{Reason: Protocol, Err: errors.New("the answer breaks off")}
	}
	if err != nil {
		return nil, false, err
	}
	if int64(len(content)) > most {
		return content[:most], true, nil
	}
	return content, false, nil
}

// counter counts the bytes that are read. It ends where they are more than
// anything within bounds is made of, since compressed bytes may become nothing.
type counter struct {
	r       io.Reader
	n, most int64
}

func (c *counter) Read(p []byte) (int, error) {
	if c.n > c.most {
		return 0, &RequestError{Reason: TooLarge, Err: fmt.Errorf("over %d bytes before it was decompressed", c.most)}
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// bounded breaks off where little becomes far too much.
type bounded struct {
	r   io.Reader
	in  *counter
	out int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.out += int64(n)
	if b.out > ratioFrom && b.out > mostRatio*max(b.in.n, 1) {
		return 0, &RequestError{Reason: Encoding, Err: fmt.Errorf("%d bytes become over %d", b.in.n, b.out)}
	}
	return n, err
}
