package sqlite

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// document is a document made ready to keep: checked, hashed, its JSON made.
type document struct {
	*ledger.Document
	capture   onrecord.Hash
	revision  onrecord.Hash
	about     []byte        // JSON of the revision
	aboutHash onrecord.Hash // of that without the capture
	analysis  onrecord.Hash // of the JSON of the analysis
	addresses []string
	frames    *frames // nil until packed
}

// frames are the parts of a document as they are kept.
type frames struct {
	capture, taking, text, about, rest []byte
	found                              []found
	foundFrames                        [][]byte
}

// pack compresses a document's parts, once. It is most of the work of keeping one,
// and is done outside of the transaction where a document is likely to be new.
func (d *document) pack() (*frames, error) {
	if d.frames != nil {
		return d.frames, nil
	}
	a := &d.Analysis
	p := &frames{about: shaper.EncodeAll(d.about, nil), text: pack(d.Revision.Text)}
	if p.capture = p.text; d.capture != d.revision { // plain text is its own capture
		p.capture = pack(d.Capture.Bytes)
	}
	var err error
	if p.taking, err = packJSON(takingOf(&d.Capture)); err != nil {
		return nil, err
	}
	if p.rest, err = packJSON(rest(a)); err != nil {
		return nil, err
	}
	f := &frame{text: d.Revision.Text, sentences: a.Sentences}
	for i := range a.Statements {
		fnd, _ := f.foundOf(a, i)
		packed, err := packJSON(fnd)
		if err != nil {
			return nil, err
		}
		p.found, p.foundFrames = append(p.found, fnd), append(p.foundFrames, packed)
	}
	d.frames = p
	return p, nil
}

// taking is how bytes were taken: a capture without them.
type taking struct {
	MediaType string              `json:"media_type,omitempty"`
	Header    map[string][]string `json:"header,omitempty"`
	Address   string              `json:"address,omitempty"`
	Retrieved time.Time           `json:"retrieved,omitzero"`
}

func takingOf(c *onrecord.Capture) taking {
	return taking{c.MediaType, c.Header, c.Address, c.Retrieved}
}

func (t *taking) capture(bytes []byte) onrecord.Capture {
	return onrecord.Capture{Bytes: bytes, MediaType: t.MediaType, Header: t.Header, Address: t.Address, Retrieved: t.Retrieved}
}

// prepare checks a document. Errors wrap [onrecord.ErrInvalid].
func prepare(d *ledger.Document) (document, error) {
	p := document{Document: d, capture: d.Capture.Hash(), revision: d.Revision.Hash()}
	if !d.Revision.Capture.IsZero() && d.Revision.Capture != p.capture {
		return p, fmt.Errorf("keep: %w: the revision was read from another capture", onrecord.ErrInvalid)
	}
	d.Revision.Capture = p.capture
	if d.Analysis.MadeBy == nil {
		d.Analysis.MadeBy = onrecord.Versions{}
	}
	if err := check(&d.Revision, &d.Analysis); err != nil {
		return p, fmt.Errorf("keep: %w", err)
	}
	var err error
	if p.about, p.aboutHash, err = aboutOf(&d.Revision); err != nil {
		return p, err
	}
	if p.analysis, err = hashOf(&d.Analysis); err != nil {
		return p, err
	}
	p.addresses = ledger.Addresses(d, p.capture)
	return p, nil
}

// aboutOf is the JSON of a revision, and the hash of that without its capture:
// other bytes that tell the same of an article are nothing new about it.
func aboutOf(rev *onrecord.Revision) ([]byte, onrecord.Hash, error) {
	about, err := json.Marshal(rev)
	if err != nil {
		return nil, onrecord.Hash{}, fmt.Errorf("keep: %w: revision: %w", onrecord.ErrInvalid, err)
	}
	bare := *rev
	bare.Capture = onrecord.Hash{}
	told, err := json.Marshal(&bare)
	return about, onrecord.HashOf(told), err
}

// hashOf names an analysis by its JSON, in which map keys are sorted.
func hashOf(a *onrecord.Analysis) (onrecord.Hash, error) {
	plain, err := json.Marshal(a)
	if err != nil {
		return onrecord.Hash{}, fmt.Errorf("keep: %w: analysis: %w", onrecord.ErrInvalid, err)
	}
	return onrecord.HashOf(plain), nil
}

// check sees to it that every span lies inside the text and that each statement
// has a name of its own.
func check(rev *onrecord.Revision, a *onrecord.Analysis) error {
	if !utf8.ValidString(rev.Text) {
		return fmt.Errorf("%w: the text is not UTF-8", onrecord.ErrInvalid)
	}
	var err error
	in := func(what string, spans ...onrecord.Span) {
		for _, s := range spans {
			if err == nil && !s.Valid(rev.Text) {
				err = fmt.Errorf("%w: %s %s is not inside the text of %d bytes", onrecord.ErrInvalid, what, s, len(rev.Text))
			}
		}
	}
	for _, z := range rev.Zones {
		in("zone", z.Span)
	}
	in("sentence", a.Sentences...)
	names := map[onrecord.ID]bool{}
	for i := range a.Statements {
		s := &a.Statements[i]
		if s.ID == "" || names[s.ID] {
			return fmt.Errorf("%w: statement %d has no name of its own (%q)", onrecord.ErrInvalid, i+1, s.ID)
		}
		names[s.ID] = true
		for _, spans := range spansOf(s) {
			in(string(s.ID), spans...)
		}
	}
	for i := range a.Entities {
		for _, m := range a.Entities[i].Mentions {
			in(string(a.Entities[i].ID), m.Span)
		}
	}
	return err
}

// rest is an analysis without its statements, which have rows of their own, and
// without what made it, which has a table.
func rest(a *onrecord.Analysis) onrecord.Analysis {
	r := *a
	r.Statements, r.MadeBy = nil, nil
	return r
}

// sameVersions reports whether two analyses were made by exactly the same.
func sameVersions(a, b onrecord.Versions) bool { return maps.Equal(a, b) }
