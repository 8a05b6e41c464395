package read

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"strings"

	"github.com/onrecord/onrecord"
)

// mostSaved is how many bytes a saved page may have with its pictures.
const mostSaved = 128 << 20

// looksLikeMHTML reports whether a file is a page that a browser saved whole: a
// message of several parts (RFC 2557).
func looksLikeMHTML(head []byte) bool {
	head = bytes.TrimLeft(head, "\r\n\t \ufeff")
	end := bytes.Index(head, []byte("\n\n"))
	if crlf := bytes.Index(head, []byte("\r\n\r\n")); crlf >= 0 && (end < 0 || crlf < end) {
		end = crlf
	}
	if end < 0 {
		return false
	}
	s := strings.ToLower(string(head[:min(end, 4096)]))
	return strings.Contains(s, "multipart/related") && strings.Contains(s, "mime-version:")
}

// saved makes a capture of the page in a saved one.
func (in *input) saved() (onrecord.Capture, error) {
	none := onrecord.Capture{Address: in.address}
	msg, err := mail.ReadMessage(io.LimitReader(in.r, mostSaved))
	if err != nil {
		return none, fmt.Errorf("saved page: %w: %w", onrecord.ErrInvalid, err)
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return none, fmt.Errorf("saved page: %w: no parts are declared", onrecord.ErrInvalid)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for {
		part, err := parts.NextPart() // undoes quoted-printable itself
		if errors.Is(err, io.EOF) {
			return none, fmt.Errorf("saved page: %w: it has no page in it", onrecord.ErrNotText)
		}
		if err != nil {
			return none, fmt.Errorf("saved page: %w: %w", onrecord.ErrInvalid, err)
		}
		media := part.Header.Get("Content-Type")
		if name, _, err := mime.ParseMediaType(media); err != nil || name != mediaHTML && name != "application/xhtml+xml" {
			continue
		}
		var body io.Reader = part
		if strings.EqualFold(strings.TrimSpace(part.Header.Get("Content-Transfer-Encoding")), "base64") {
			body = base64.NewDecoder(base64.StdEncoding, part)
		}
		content, err := io.ReadAll(io.LimitReader(body, MaxHTML+1))
		if err != nil && len(content) == 0 {
			return none, fmt.Errorf("saved page: %w: %w", onrecord.ErrInvalid, err)
		}
		if len(content) > MaxHTML {
			return none, tooLarge(MaxHTML)
		}
		return in.savedPage(content, media, msg.Header, part.Header), nil
	}
}

func (in *input) savedPage(content []byte, media string, message mail.Header, part textproto.MIMEHeader) onrecord.Capture {
	c := in.capture(content, media)
	if in.address != stdin {
		c.Header[onrecord.GivenPath] = []string{in.address}
	}
	address := first(message.Get("Snapshot-Content-Location"), part.Get("Content-Location"), message.Get("Content-Location"))
	if isURL(address) && in.given.URL == "" {
		c.Address = address
		c.Header[onrecord.GivenURL] = []string{address}
	}
	if at, err := message.Date(); err == nil {
		c.Retrieved = at.UTC()
	}
	return c
}
