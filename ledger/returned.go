package ledger

import (
	"net/http"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// Returned reports whether bytes that an article had before, with another text
// since, mean that its outlet went back to the earlier text. That takes an answer
// of a server, told by its Date or Last-Modified header, from the address that the
// current text was taken from, and later than that. The time at which a file is
// read says nothing of what its outlet shows, and two addresses of one article may
// differ for good; counting them would turn the article over at every reading.
//
// An answer's time is its Date (RFC 9110, section 6.6.1) where that is before its
// retrieval, so that a saved answer read again stays as old as it is.
func Returned(current, again *onrecord.Capture) bool {
	if header(again, "Date") == "" && header(again, "Last-Modified") == "" {
		return false
	}
	return again.Address == current.Address && answered(again).After(answered(current))
}

// answered is when bytes were sent, as far as is known.
func answered(c *onrecord.Capture) time.Time {
	date, err := http.ParseTime(header(c, "Date"))
	if err == nil && date.Before(c.Retrieved) {
		return date
	}
	return c.Retrieved
}

// header is a header's first value. Captures spell the names as they were sent.
func header(c *onrecord.Capture, name string) string {
	for n, values := range c.Header {
		if strings.EqualFold(n, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}
