package onrecord

import (
	"strings"
	"time"
)

// ID is a public or a document-local name. Public ones are minted once by the
// ledger ("a-…" an article, "s-…" a statement, "r-…" a review) and stay good for
// ever; local ones ("S1", "E1") hold inside one [Analysis].
type ID string

// Capture is bytes as they came: the evidence behind a text. It is named by the
// hash of Bytes.
type Capture struct {
	Bytes     []byte
	MediaType string              // as sent or by the file's name; may be empty
	Header    map[string][]string // response headers, where there were any
	Address   string              // where it came from: URL, cleaned absolute path, or "stdin"
	Retrieved time.Time

	// Where a capture was cut from in this reading: the path of the file that holds
	// several, and the byte offset behind it there. They are not kept.
	In  string
	End int64
}

// Hash names the capture.
func (c *Capture) Hash() Hash { return HashOf(c.Bytes) }

// Revision is one text read from a capture by one version of package read. It is
// named by the hash of Text. What the bytes told about the article stands with
// it; a missing value is unknown.
type Revision struct {
	Capture Hash   `json:"capture"`
	ReadBy  string `json:"read_by"` // version of read, such as "read.v1"
	Text    string `json:"-"`       // UTF-8: headline, empty line, body

	Path         string   `json:"path,omitempty"`
	URL          string   `json:"url,omitempty"`
	CanonicalURL string   `json:"canonical_url,omitempty"`
	Title        string   `json:"title,omitempty"`
	Byline       []string `json:"byline,omitempty"`
	Publisher    string   `json:"publisher,omitempty"`
	Credit       []string `json:"credit,omitempty"` // wire services credited
	Published    Date     `json:"published,omitzero"`
	Modified     Date     `json:"modified,omitzero"`
	Language     string   `json:"language,omitempty"` // BCP 47, found from the text

	Zones    []Zone    `json:"zones,omitempty"` // in text order, not overlapping
	Dateline *Dateline `json:"dateline,omitempty"`
	Problems []Problem `json:"problems,omitempty"`
}

// Hash names the revision.
func (r *Revision) Hash() Hash { return HashOf(r.Text) }

// English reports whether the revision is to be read as English: its language is
// unknown or a kind of English. One that was looked at and not recognised ("und")
// is not.
func (r *Revision) English() bool {
	base, _, _ := strings.Cut(r.Language, "-")
	return base == "" || strings.EqualFold(base, "en")
}

// ZoneKind says what part of an article a stretch of text is.
type ZoneKind string

// Kinds of zone.
const (
	Headline     ZoneKind = "headline"
	DatelineZone ZoneKind = "dateline"
	Body         ZoneKind = "body"
	Caption      ZoneKind = "caption"
	BylineZone   ZoneKind = "byline"
	OtherZone    ZoneKind = "other"
)

// Zone is a stretch of a revision's text of one kind.
type Zone struct {
	Kind ZoneKind `json:"kind"`
	Span Span     `json:"span"`
}

// ZoneAt is the kind of zone that covers the byte offset; Body where none does.
func (r *Revision) ZoneAt(offset int) ZoneKind {
	for _, z := range r.Zones {
		if z.Span.Covers(offset) {
			return z.Kind
		}
	}
	return Body
}

// Dateline is the opening of a wire story: "ERBIL, Kurdistan Region - ".
type Dateline struct {
	Span   Span   `json:"span"`
	Place  Span   `json:"place,omitzero"` // the place name's span
	Agency string `json:"agency,omitempty"`
}

// Problem is something that went wrong with one document or one part of it, kept
// and shown with it. Code is for machines, Message for people.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Span    *Span  `json:"span,omitempty"`
}

// Headers in which a capture keeps what its user said about the article, so that
// reading the capture again gives the same revision.
const (
	GivenPath      = "Given-Path"
	GivenURL       = "Given-Url"
	GivenTitle     = "Given-Title"
	GivenPublished = "Given-Published"
	GivenPublisher = "Given-Publisher"
)

// Headers that say where in an archive a capture lies, so that it can be found
// there again: the file, and its record's first byte and length in the file as it
// is, compressed or not.
const (
	ArchivePath   = "Archive-Path"
	ArchiveOffset = "Archive-Offset"
	ArchiveLength = "Archive-Length"
)

// CutShort is the header of a capture that is not whole. Its value says what cut
// it: "length", "time", "disconnect".
const CutShort = "Warc-Truncated"

// Given is the first value of one of the Given headers; empty when not given.
func (c *Capture) Given(name string) string {
	if v := c.Header[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}
