package wire

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/onrecord/onrecord"
)

// Span is [start, end) in code points of the document's text.
type Span [2]int

// Confidence is a probability, printed with two digits.
type Confidence float64

// MarshalJSON implements [json.Marshaler].
func (c Confidence) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(c)) || c < 0 || c > 1 {
		return nil, fmt.Errorf("confidence %v: want a probability", float64(c))
	}
	return strconv.AppendFloat(nil, float64(c), 'f', 2, 64), nil
}

// Document is all that was found in one document.
type Document struct {
	Schema     string            `json:"schema"`
	MadeBy     onrecord.Versions `json:"made_by"`
	Document   About             `json:"document"`
	Entities   []Entity          `json:"entities"`
	Times      []Time            `json:"times"`
	Places     []Place           `json:"places"`
	Statements []Attribution     `json:"statements"`
	Events     []Event           `json:"events"`
	Problems   []Problem         `json:"problems"`
}

// About is the document itself: where it came from, what it says of itself, and
// its text.
type About struct {
	Path         string        `json:"path,omitempty"`
	URL          string        `json:"url,omitempty"`
	CanonicalURL string        `json:"canonical_url,omitempty"`
	Capture      onrecord.Hash `json:"capture"`
	Revision     onrecord.Hash `json:"revision"`
	ArticleID    onrecord.ID   `json:"article_id,omitempty"` // once kept
	Title        string        `json:"title,omitempty"`
	Byline       []string      `json:"byline"`
	Publisher    string        `json:"publisher,omitempty"`
	Credit       []string      `json:"credit"`
	Published    onrecord.Date `json:"published,omitzero"`
	Modified     onrecord.Date `json:"modified,omitzero"`
	Retrieved    string        `json:"retrieved,omitempty"` // RFC 3339
	Language     string        `json:"language,omitempty"`
	Text         string        `json:"text"`
	Zones        []Zone        `json:"zones"`
	Dateline     *Dateline     `json:"dateline,omitempty"`
}

// Zone is a stretch of the text of one kind.
type Zone struct {
	Kind onrecord.ZoneKind `json:"kind"`
	Span Span              `json:"span"`
}

// Dateline is the opening of a wire story. Place and Date are the IDs of the
// place and the time expression found in it, once stages find them.
type Dateline struct {
	Span   Span        `json:"span"`
	Place  onrecord.ID `json:"place,omitempty"`
	Date   onrecord.ID `json:"date,omitempty"`
	Agency string      `json:"agency,omitempty"`
}

// Problem is something that went wrong with a part of a document.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Span    *Span  `json:"span,omitempty"`
}

// Options are what a document's findings do not say themselves.
type Options struct {
	Article    onrecord.ID   // the public ID, once kept
	Retrieved  time.Time     // when the capture was taken
	Statements []onrecord.ID // public IDs that take the place of the local ones, in the same order
}

// Write prints a document as one line of JSON.
func Write(w io.Writer, d Document) error { return writeLine(w, d) }

// writeLine prints a value as one line of JSON, in UTF-8 and with <, > and & as
// they are: this is data, not a page.
func writeLine(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}
