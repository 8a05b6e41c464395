package fetch

import (
	_ "embed"
	"fmt"
	"net"
	"net/url"
	"path"
	"strings"
	"sync"

	"golang.org/x/net/idna"

	"github.com/onrecord/onrecord"
)

//go:embed tracking.txt
var trackingFile string

// tracking are the names of parameters that do not count: whole ones and
// beginnings.
var tracking = sync.OnceValues(func() (whole map[string]bool, beginnings []string) {
	whole = map[string]bool{}
	for line := range strings.Lines(trackingFile) {
		name, _, _ := strings.Cut(line, "#")
		name = strings.TrimSpace(name)
		if start, ok := strings.CutSuffix(name, "*"); ok {
			beginnings = append(beginnings, start)
		} else if name != "" {
			whole[name] = true
		}
	}
	return whole, beginnings
})

func isTracking(name string) bool {
	name = strings.ToLower(name)
	whole, beginnings := tracking()
	if whole[name] {
		return true
	}
	for _, b := range beginnings {
		if strings.HasPrefix(name, b) {
			return true
		}
	}
	return false
}

// Canonical writes an address in the one way in which it is remembered: scheme and
// host in lower case, international names in ASCII, no default port, no dot
// segments, no fragment, no parameters that only tell where a reader came from.
// The order of parameters stays. It wraps [onrecord.ErrInvalid] for what is no
// address on the web.
func Canonical(address string) (string, error) {
	u, err := parse(address)
	if err != nil {
		return "", err
	}
	name := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if !strings.Contains(name, ":") {
		ascii, err := idna.Lookup.ToASCII(name)
		if err != nil {
			// Names with an underscore are not allowed and are used.
			if ascii, err = idna.Punycode.ToASCII(name); err != nil {
				return "", fmt.Errorf("%w: host %q: %w", onrecord.ErrInvalid, name, err)
			}
		}
		name = ascii
	}
	port := u.Port()
	if u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		port = ""
	}
	switch {
	case name == "":
		return "", fmt.Errorf("%w: %q names no host", onrecord.ErrInvalid, address)
	case port != "":
		u.Host = net.JoinHostPort(name, port)
	case strings.Contains(name, ":"):
		u.Host = "[" + name + "]"
	default:
		u.Host = name
	}
	if p := u.EscapedPath(); strings.Contains(p, "/.") {
		clean := path.Clean(p)
		if strings.HasSuffix(p, "/") || strings.HasSuffix(p, "/.") || strings.HasSuffix(p, "/..") {
			clean = strings.TrimSuffix(clean, "/") + "/"
		}
		if u, err = u.Parse(clean); err != nil {
			return "", fmt.Errorf("%w: %w", onrecord.ErrInvalid, err)
		}
		u.RawQuery = mustQuery(address)
	}
	if u.RawQuery != "" {
		parts := strings.Split(u.RawQuery, "&")
		kept := parts[:0]
		for _, p := range parts {
			name, _, _ := strings.Cut(p, "=")
			if plain, err := url.QueryUnescape(name); err == nil {
				name = plain
			}
			if p != "" && !isTracking(name) {
				kept = append(kept, p)
			}
		}
		u.RawQuery = strings.Join(kept, "&")
	}
	u.ForceQuery = false
	return u.String(), nil
}

// mustQuery is the query of an address that was parsed before.
func mustQuery(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return u.RawQuery
}
