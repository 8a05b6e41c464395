package read

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Bounds of what is taken for a headline or a byline.
const (
	maxHeadline      = 250 // bytes
	maxHeadlineWords = 30
	maxClosedWords   = 18 // of a headline that ends in a full stop
	maxByline        = 160
)

// paragraph is a line of text without the white space around it, and whether an
// empty line (or the end of the text) follows.
type paragraph struct {
	span onrecord.Span
	free bool // an empty line or the end follows
}

// setZones finds headline, bylines and dateline at the top of a text and makes
// the rest body. A title that was not given is the headline's words.
func setZones(rev *onrecord.Revision) error {
	text := rev.Text
	rest := 0
	first, ok := nextLine(text, rest)
	if !ok {
		return nil // never: empty text does not come here
	}
	if isHeadline(text, first, rev.Title) {
		zone(rev, onrecord.Headline, first.span)
		if rev.Title == "" {
			rev.Title = first.span.In(text)
		}
		rest = first.span.End
	}
	for range 3 {
		p, ok := nextLine(text, rest)
		if !ok {
			break
		}
		names := byline(p.span.In(text))
		if names == nil {
			break
		}
		zone(rev, onrecord.BylineZone, p.span)
		rev.Byline = append(rev.Byline, names...)
		rev.Credit = append(rev.Credit, bylineCredit(p.span.In(text))...)
		rest = p.span.End
	}
	rest = setDateline(rev, rest)
	slices.Sort(rev.Credit)
	rev.Credit = slices.Compact(rev.Credit)
	if p, ok := nextLine(text, rest); ok {
		zone(rev, onrecord.Body, onrecord.Span{Start: p.span.Start, End: len(strings.TrimRightFunc(text, unicode.IsSpace))})
	}
	return nil
}

func zone(rev *onrecord.Revision, kind onrecord.ZoneKind, span onrecord.Span) {
	rev.Zones = append(rev.Zones, onrecord.Zone{Kind: kind, Span: span})
}

// nextLine is the first line from an offset on that is not blank.
func nextLine(text string, from int) (paragraph, bool) {
	trimmed := strings.TrimLeftFunc(text[from:], unicode.IsSpace)
	if trimmed == "" {
		return paragraph{}, false
	}
	start := len(text) - len(trimmed)
	end := len(text)
	if i := strings.IndexAny(trimmed, "\r\n\u2028\u2029"); i >= 0 {
		end = start + i
	}
	after := text[end:]
	gap := after[:len(after)-len(strings.TrimLeftFunc(after, unicode.IsSpace))]
	words := strings.TrimRightFunc(text[start:end], unicode.IsSpace)
	return paragraph{
		span: onrecord.Span{Start: start, End: start + len(words)},
		free: len(gap) == len(after) || lineEnds(gap) > 1,
	}, true
}

// lineEnds counts line ends of any kind; CR LF is one.
func lineEnds(s string) int {
	return strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n") +
		strings.Count(s, "\u2028") + 2*strings.Count(s, "\u2029")
}

// isHeadline reports whether the first line of a text is its headline: short,
// set off from what follows, and not itself the opening of a story. The given
// title always is.
func isHeadline(text string, p paragraph, title string) bool {
	line := p.span.In(text)
	if title != "" && strings.EqualFold(line, strings.TrimSpace(title)) {
		return true
	}
	next, more := nextLine(text, p.span.End)
	if !more || len(line) > maxHeadline || !strings.ContainsFunc(line, unicode.IsLetter) {
		return false
	}
	words := len(strings.Fields(line))
	if words > maxHeadlineWords || byline(line) != nil {
		return false
	}
	if _, ok := parseDateline(text, p.span.Start); ok {
		return false
	}
	following := next.span.In(text)
	if !p.free && byline(following) == nil {
		if _, ok := parseDateline(text, next.span.Start); !ok {
			return false
		}
	}
	switch last, _ := utf8.DecodeLastRuneInString(line); last {
	case ':', ',', ';':
		return false
	case '.', '。':
		// Some outlets and archives close headlines with a full stop. A lead
		// paragraph is longer, or about as long as what follows it.
		return words <= maxClosedWords && len(following) > len(line)*3/2
	}
	return true
}
