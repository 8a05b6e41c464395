package read

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord"
)

// Format says how an input is to be read.
type Format string

// Formats of input. Auto decides by content, then by the file's name.
const (
	Auto  Format = "auto"
	Text  Format = "text"
	HTML  Format = "html"
	JSONL Format = "jsonl" // one JSON object a line, as [Captures] describes
	WARC  Format = "warc"  // an archive of answers, compressed or not
	MHTML Format = "mhtml" // a page that a browser saved whole
)

// ParseFormat reads a format's name; the empty string is Auto. It wraps
// [onrecord.ErrInvalid].
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case "":
		return Auto, nil
	case Auto, Text, HTML, JSONL, WARC, MHTML:
		return f, nil
	}
	return "", fmt.Errorf("format %q: want auto, text, html, jsonl, warc or mhtml: %w", s, onrecord.ErrInvalid)
}

// Media types that tell Revision how to read a capture.
const (
	mediaText = "text/plain"
	mediaHTML = "text/html"
	mediaJSON = "application/json"
)

// formatOf decides by the first bytes of an input, then by its name. A text may
// begin with a brace or an angle bracket, so content counts only where it is
// plainly of a kind.
func formatOf(head []byte, path string) Format {
	head = bytes.TrimPrefix(head, bomUTF8)
	switch {
	case looksLikeWARC(head):
		return WARC
	case looksLikeMHTML(head):
		return MHTML
	case looksLikeHTML(head):
		return HTML
	case looksLikeJSONL(head):
		return JSONL
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm", ".xhtml":
		return HTML
	case ".jsonl", ".ndjson", ".json":
		return JSONL
	case ".warc":
		return WARC
	case ".mht", ".mhtml":
		return MHTML
	}
	return Text
}

// looksLikeWARC reports whether a file begins with a record, or with a compressed
// one.
func looksLikeWARC(head []byte) bool {
	if len(head) > 2 && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(bytes.NewReader(head))
		if err != nil {
			return false
		}
		start := make([]byte, 7)
		_, err = io.ReadFull(z, start)
		return err == nil && string(start) == "WARC/1."
	}
	return bytes.HasPrefix(head, []byte("WARC/1."))
}

// htmlStarts are what a page begins with, after white space and comments.
var htmlStarts = []string{"<!doctype html", "<html", "<head", "<body", "<?xml"}

func looksLikeHTML(head []byte) bool {
	head = head[:min(len(head), 4096)]
	if s, ok := decodeWide(head); ok { // UTF-16 pages exist
		head = []byte(s)
	}
	s := bytes.ToLower(head)
	for {
		s = bytes.TrimLeft(s, " \t\r\n\f\ufeff")
		rest, ok := bytes.CutPrefix(s, []byte("<!--"))
		if !ok {
			break
		}
		_, s, ok = bytes.Cut(rest, []byte("-->"))
		if !ok {
			return false
		}
	}
	for _, start := range htmlStarts {
		if bytes.HasPrefix(s, []byte(start)) {
			return start != "<?xml" || bytes.Contains(s, []byte("<html"))
		}
	}
	return false
}

// looksLikeJSONL reports whether the first line is an object with a text, or
// begins like one when it is longer than head.
func looksLikeJSONL(head []byte) bool {
	line, _, whole := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
	if len(line) == 0 || line[0] != '{' {
		return false
	}
	if !whole && len(head) >= sniffed {
		return bytes.Contains(line, []byte(`"`))
	}
	var object struct {
		Text *string `json:"text"`
	}
	return json.Unmarshal(line, &object) == nil && object.Text != nil
}
