package ledger

import (
	"net/url"
	"strings"

	"github.com/onrecord/onrecord"
)

// Stdin is the address of what was read from standard input. It names no article
// by itself: see [Addresses].
const Stdin = "stdin"

// StdinAddress is the address of a capture that has no other.
func StdinAddress(capture onrecord.Hash) string { return Stdin + ":" + capture.String() }

// Addresses are all that lead to a document's article, the surest first:
// canonical URL, URLs, path, other aliases. Where there is none of them, standard
// input with the capture's hash stands for it, because two texts from there have
// nothing in common.
func Addresses(d *Document, capture onrecord.Hash) []string {
	var urls, paths []string
	for _, a := range []string{d.Revision.URL, d.Capture.Address, d.Revision.Path} {
		switch {
		case a == "" || a == Stdin || a == "-":
		case isURL(a):
			urls = append(urls, a)
		default:
			paths = append(paths, a)
		}
	}
	var out []string
	seen := map[string]bool{"": true, Stdin: true, "-": true}
	add := func(list ...string) {
		for _, a := range list {
			if !seen[a] {
				seen[a] = true
				out = append(out, a)
			}
		}
	}
	add(d.Revision.CanonicalURL)
	add(urls...)
	add(paths...)
	add(d.Aliases...)
	if len(out) == 0 {
		add(StdinAddress(capture))
	}
	return out
}

func isURL(s string) bool { return strings.Contains(s, "://") }

// PublisherOf is who published a revision as far as it tells: its publisher, else
// the host of its address without "www.".
func PublisherOf(r *onrecord.Revision) string {
	if r.Publisher != "" {
		return r.Publisher
	}
	for _, address := range []string{r.CanonicalURL, r.URL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		}
	}
	return ""
}

// AddressOf is the address that people see: URL, else path, else "stdin".
func AddressOf(r *onrecord.Revision) string {
	for _, a := range []string{r.URL, r.CanonicalURL, r.Path} {
		if a != "" && a != "-" {
			return a
		}
	}
	return Stdin
}

// IsForeign reports whether a revision is in a language that no analyser reads
// yet: it is kept and counted, not analysed. See [onrecord.Revision.English].
func IsForeign(r *onrecord.Revision) bool {
	return !r.English()
}
