package fetch

import (
	_ "embed"
	"net/url"
	"strings"
	"sync"
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
// The order of parameters stays. It wraps onrecord.ErrInvalid for what is no
// address on the web.
func Canonical(address string) (string, error) {
	u, err := parse(address)
	if err != nil {
		return "", err
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
	return u.String(), nil
}
