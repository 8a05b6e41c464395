package fetch

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/onrecord/onrecord"
)

// mostAddress is the longest address that is asked, in bytes. Servers commonly
// refuse longer ones themselves.
const mostAddress = 8 << 10

// parse reads an address that may be asked, and writes it in one way: so that one
// host has one pace and one robots.txt however its name is written.
func parse(address string) (*url.URL, error) {
	if len(address) > mostAddress {
		return nil, fmt.Errorf("%w: an address of %d bytes", onrecord.ErrInvalid, len(address))
	}
	u, err := url.Parse(percents(strings.TrimSpace(address)))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", onrecord.ErrInvalid, err)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%w: %q is no address on the web", onrecord.ErrInvalid, address)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%w: %q names no host", onrecord.ErrInvalid, address)
	case u.User != nil:
		return nil, fmt.Errorf("%w: an address with a name or a password", onrecord.ErrInvalid)
	}
	host, err := hostName(u.Hostname())
	if err != nil {
		return nil, err
	}
	if p := u.Port(); p != "" {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil || n == 0 {
			return nil, fmt.Errorf("%w: port %q", onrecord.ErrInvalid, p)
		}
		if u.Scheme == "http" && n != 80 || u.Scheme == "https" && n != 443 {
			host += ":" + strconv.FormatUint(n, 10)
		}
	}
	path := u.RawPath // as written, where that differs from what Go would write
	if path == "" {
		path = u.EscapedPath()
	}
	clean := u.Scheme + "://" + host + withoutDots(normal(path))
	if u.RawQuery != "" {
		clean += "?" + normal(u.RawQuery)
	}
	if u, err = url.Parse(clean); err != nil {
		return nil, fmt.Errorf("%w: %w", onrecord.ErrInvalid, err)
	}
	return u, nil
}

// hostNames turns international names into ASCII. It does not hold names to the
// rules for host names, since names with an underscore are in use.
var hostNames = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// hostName writes the name of a host in lower case and ASCII. A name whose last
// part is a number must be an IPv4 address with four parts: other ways to write
// one (2130706433, 0x7f.1) are read differently by different resolvers.
func hostName(name string) (string, error) {
	bad := func() (string, error) { return "", fmt.Errorf("%w: host %q", onrecord.ErrInvalid, name) }
	if strings.Contains(name, ":") {
		ip, err := netip.ParseAddr(name)
		if err != nil || ip.Zone() != "" {
			return bad()
		}
		return "[" + ip.String() + "]", nil
	}
	ascii, err := hostNames.ToASCII(strings.TrimSuffix(name, "."))
	if err != nil {
		return bad()
	}
	// What has a name in ASCII that stands for no name itself is none: bytes that
	// are not UTF-8, for one.
	if again, err := hostNames.ToASCII(ascii); err != nil || again != ascii {
		return bad()
	}
	last := ""
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || len(label) > 63 || strings.ContainsFunc(label, func(r rune) bool { return !(r < utf8.RuneSelf && (unreserved(byte(r)) && r != '~')) }) {
			return bad()
		}
		last = label
	}
	if len(ascii) > 253 {
		return bad()
	}
	if isNumber(last) {
		if ip, err := netip.ParseAddr(ascii); err != nil || !ip.Is4() {
			return bad()
		}
	}
	return ascii, nil
}

func isNumber(label string) bool {
	if hex, ok := strings.CutPrefix(label, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(label, "0123456789") == ""
}

// withoutDots takes "." and ".." out of a path (RFC 3986, section 5.2.4). Empty
// segments stay, since they mean something to some servers.
func withoutDots(path string) string {
	var kept []string
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, s := range segments {
		switch s {
		case ".", "..":
			if s == ".." && len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if i == len(segments)-1 {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, s)
		}
	}
	return "/" + strings.Join(kept, "/")
}

// percents encodes a "%" that begins no encoding, which many pages have in their
// links and which browsers let pass.
func percents(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		if s[i] == '%' && !encoded(s[i:]) {
			b.WriteString("25")
		}
	}
	return b.String()
}

// encoded reports whether s begins with a percent-encoded byte.
func encoded(s string) bool {
	return len(s) > 2 && s[0] == '%' && isHex(s[1]) && isHex(s[2])
}

// normal writes a path, a query or a pattern in one way: bytes that may not stand
// in an address percent-encoded, encodings of unreserved characters undone, others
// in capitals (RFC 3986, section 6.2.2; RFC 9309, section 2.2.2).
func normal(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case encoded(s[i:]):
			if v := unhex(s[i+1])<<4 | unhex(s[i+2]); unreserved(v) {
				b.WriteByte(v)
			} else {
				b.WriteString(strings.ToUpper(s[i : i+3]))
			}
			i += 2
		case c >= 0x7f || c <= ' ' || strings.IndexByte("%\"<>\\^`{|}#", c) >= 0:
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
