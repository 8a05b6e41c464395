package read

import (
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Revision reads one capture. Its media type decides how; where that is empty or
// unknown, its bytes and address do. The result depends on the capture alone.
//
// Errors wrap [onrecord.ErrNotText] for bytes that are no article (with what they
// are instead), [onrecord.ErrTooLarge] or [onrecord.ErrInvalid].
func Revision(c *onrecord.Capture) (onrecord.Revision, error) {
	given := func(name string) string { return strings.ToValidUTF8(c.Given(name), "\ufffd") }
	rev := onrecord.Revision{
		Capture:   c.Hash(),
		ReadBy:    Version,
		Path:      given(onrecord.GivenPath),
		URL:       given(onrecord.GivenURL),
		Title:     given(onrecord.GivenTitle),
		Publisher: given(onrecord.GivenPublisher),
	}
	if rev.URL == "" && isURL(c.Address) {
		rev.URL = c.Address
	}
	var err error
	if rev.Published, err = onrecord.ParseDate(c.Given(onrecord.GivenPublished)); err != nil {
		return onrecord.Revision{}, fmt.Errorf("published: %w: %w", err, onrecord.ErrInvalid)
	}
	switch formatOfCapture(c) {
	case HTML:
		err = readHTML(c, &rev)
	case JSONL:
		err = readJSON(c, &rev)
	default:
		err = readText(c, &rev)
	}
	if err != nil {
		return onrecord.Revision{}, err
	}
	if cut := c.Given(onrecord.CutShort); cut != "" {
		rev.Problems = append(rev.Problems, onrecord.Problem{Code: "cut", Message: "the page was cut short when it was fetched, by " + strings.ToValidUTF8(cut, "\ufffd") + "; its text may miss the end"})
	}
	rev.Language = LanguageOf("", rev.Text, rev.Language) // what the page declares is weak evidence
	return rev, nil
}

func formatOfCapture(c *onrecord.Capture) Format {
	media, _, err := mime.ParseMediaType(c.MediaType)
	switch {
	case err == nil && (media == mediaHTML || media == "application/xhtml+xml"):
		return HTML
	case err == nil && media == mediaJSON:
		return JSONL
	case err == nil && media == mediaText:
		return Text
	}
	return formatOf(c.Bytes[:min(len(c.Bytes), sniffed)], c.Address)
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

func readText(c *onrecord.Capture, rev *onrecord.Revision) error {
	if err := notText(c.Bytes); err != nil {
		return err
	}
	if len(c.Bytes) > MaxText {
		return tooLarge(MaxText)
	}
	rev.Text, rev.Problems = decode(c.Bytes, declaredCharset(c))
	if len(rev.Text) > MaxText { // another charset may need fewer bytes
		return tooLarge(MaxText)
	}
	if err := notText([]byte(rev.Text)); err != nil { // UTF-16 of nothing, or of zeros
		return err
	}
	setZones(rev)
	return nil
}

func readJSON(c *onrecord.Capture, rev *onrecord.Revision) error {
	if len(c.Bytes) > MaxText {
		return tooLarge(MaxText)
	}
	l, err := parseLine(c.Bytes)
	if err != nil {
		return err
	}
	rev.Text = *l.Text
	if err := notText([]byte(rev.Text)); err != nil {
		return err
	}
	if !utf8.Valid(c.Bytes) {
		rev.Problems = append(rev.Problems, charsetProblem("UTF-8; broken bytes stand as U+FFFD"))
	}
	for _, own := range []struct {
		field *string
		value string
	}{{&rev.Path, l.Path}, {&rev.URL, l.URL}, {&rev.Title, l.Title}, {&rev.Publisher, l.Publisher}} {
		if own.value != "" {
			*own.field = own.value
		}
	}
	if l.Published != "" {
		published, err := onrecord.ParseDate(l.Published)
		if err != nil { // a collection has odd dates; the article is worth more than its date
			rev.Problems = append(rev.Problems, onrecord.Problem{Code: "published", Message: "unknown when it was published: " + err.Error()})
		} else {
			rev.Published = published
		}
	}
	setZones(rev)
	return nil
}
