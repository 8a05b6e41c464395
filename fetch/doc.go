// Package fetch asks for addresses on the web, politely and safely.
//
// Politely: one request at a time to a host, with a pause between two; robots.txt
// by RFC 9309, asked once a day; conditional requests; Retry-After is kept.
//
// Safely: every address that is dialled is checked after its name was resolved, so
// that neither a redirect nor a name that changes its address leads into this
// machine or its network; sizes, times, redirects and compression are bounded.
package fetch
