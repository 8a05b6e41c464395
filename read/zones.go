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
	maxTopLines      = 4 // bylines and dates
)

// paragraph is a line of text without the white space around it, and whether an
// empty line (or the end of the text) follows.
type paragraph struct {
	span onrecord.Span
	free bool // an empty line or the end follows
}

// setZones finds headline, bylines and dateline at the top of a text and makes
// the rest body. A title that was not given is the headline's words.
func setZones(rev *onrecord.Revision) {
	text := rev.Text
	rest := 0
	first, ok := nextLine(text, rest)
	if !ok {
		return // never: empty text does not come here
	}
	if headline, ok := findHeadline(text, first, rev.Title); ok {
		zone(rev, onrecord.Headline, headline)
		if rev.Title == "" {
			rev.Title = headline.In(text)
		}
		rest = headline.End
	}
	for range maxTopLines {
		p, ok := nextLine(text, rest)
		if !ok {
			break
		}
		line := p.span.In(text)
		if day, modified, ok := parseDayLine(line); ok {
			zone(rev, onrecord.OtherZone, p.span)
			setDay(rev, day, modified)
		} else if names := byline(line); names != nil {
			zone(rev, onrecord.BylineZone, p.span)
			rev.Byline = append(rev.Byline, names...)
			rev.Credit = append(rev.Credit, bylineCredit(line)...)
		} else {
			break
		}
		rest = p.span.End
	}
	rest = setDateline(rev, rest)
	slices.Sort(rev.Credit)
	rev.Credit = slices.Compact(rev.Credit)
	if p, ok := nextLine(text, rest); ok {
		zone(rev, onrecord.Body, onrecord.Span{Start: p.span.Start, End: len(strings.TrimRightFunc(text, unicode.IsSpace))})
	}
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

// findHeadline is the headline that the first line of a text is: short, set off
// from what follows, and not itself the opening of a story. One that ends in a
// semicolon goes on in the second line, as some archives print them. The given
// title always is one.
func findHeadline(text string, p paragraph, title string) (onrecord.Span, bool) {
	none := onrecord.Span{}
	line := p.span.In(text)
	if title != "" && strings.EqualFold(line, strings.TrimSpace(title)) {
		return p.span, true
	}
	next, more := nextLine(text, p.span.End)
	if !more {
		return none, false
	}
	if strings.HasSuffix(line, ";") && !p.free && next.free && len(line) <= maxHeadline && len(next.span.In(text)) <= maxHeadline {
		return onrecord.Hull(p.span, next.span), true
	}
	words := len(strings.Fields(line))
	if len(line) > maxHeadline || words > maxHeadlineWords || !strings.ContainsFunc(line, unicode.IsLetter) || byline(line) != nil {
		return none, false
	}
	if _, ok := parseDateline(text, p.span.Start); ok {
		return none, false
	}
	_, dated := parseDateline(text, next.span.Start)
	if !p.free && !dated && byline(next.span.In(text)) == nil {
		if _, _, ok := parseDayLine(next.span.In(text)); !ok {
			return none, false
		}
	}
	switch last, _ := utf8.DecodeLastRuneInString(line); last {
	case ':', ',', ';':
		return none, false
	case '.', '。':
		// Some outlets and archives close headlines with a full stop. A lead
		// paragraph is longer, or about as long as what follows it.
		if words > maxClosedWords || !dated && longest(text, p.span.End) <= len(line)*3/2 {
			return none, false
		}
	}
	return p.span, true
}

// longest is the length in bytes of the longest of the next few lines.
func longest(text string, from int) int {
	most := 0
	for range 3 {
		p, ok := nextLine(text, from)
		if !ok {
			break
		}
		most, from = max(most, p.span.Len()), p.span.End
	}
	return most
}
