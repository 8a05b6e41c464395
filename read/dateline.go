package read

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Bounds of a dateline.
const (
	maxDateline      = 120 // bytes
	maxPlaceWords    = 4
	maxBarePlace     = 3   // words of a place that stands alone before its dash
	maxBeforeDate    = 500 // bytes of a standfirst that may stand before it
	datelineLookDown = 6   // paragraphs
)

// separator ends a dateline. A hyphen needs spaces, because places have hyphens
// of their own; a colon is looked at more closely below.
var separator = regexp.MustCompile(`\s+(?:-|–|—|―|--|---)\s+|\s*(?:—|―|--+)\s*|\s*[:|]\s+|\s+–\s*`)

// signed is a dateline up to its agency in brackets and what separates it from
// the story, if anything does.
var signed = regexp.MustCompile(`^[^()]{0,80}\(([^()]{2,40})\)[\s\x{a0}]*(?:[-–—―|:]+[\s\x{a0}]*)?`)

// bracketed is an agency in brackets or slashes at the end of a dateline's words.
var bracketed = regexp.MustCompile(`(?:\(([^()]{2,40})\)|/([^/]{2,30})/)$`)

// dated is a part of a dateline that tells the day: "March 3", "Jan. 5", "3 March
// 2024", "Tuesday", "2024".
var dated = regexp.MustCompile(`^(?i)(?:(?:` + weekday + `)|(?:(?:` + weekday + `),?\s+)?(?:(?:` + month + `)\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?)?|\d{1,2}(?:st|nd|rd|th)?\s+(?:` + month + `)\.?)(?:,?\s+\d{4})?|\d{4}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)$`)

const (
	weekday = `mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?`
	month   = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`
)

// setDateline finds the dateline of the first paragraphs from an offset on and
// zones it. What stands before it, a standfirst, is body. It returns where the
// rest begins.
func setDateline(rev *onrecord.Revision, from int) int {
	at := from
	for range datelineLookDown {
		p, ok := nextLine(rev.Text, at)
		if !ok || p.span.Start-from > maxBeforeDate {
			return from
		}
		if d, ok := parseDateline(rev.Text, p.span.Start); ok {
			if before, ok := nextLine(rev.Text, from); ok && before.span.Start < p.span.Start {
				zone(rev, onrecord.Body, onrecord.Span{Start: before.span.Start, End: at})
			}
			zone(rev, onrecord.DatelineZone, d.Span)
			rev.Dateline = &d
			if name, known := agency(d.Agency); known {
				rev.Credit = append(rev.Credit, name)
			} else if d.Agency != "" {
				rev.Credit = append(rev.Credit, d.Agency)
			}
			return d.Span.End
		}
		at = p.span.End
	}
	return from
}

// parseDateline reads the dateline of the paragraph that starts at an offset. It
// takes places in capitals ("ERBIL, Kurdistan Region - "), and others where an
// agency or a known region vouches for them ("Mosul, Iraq – ", "Erbil (AFP) - ").
// The story goes on behind it with a capital, a figure or a quotation mark.
func parseDateline(text string, start int) (onrecord.Dateline, bool) {
	none := onrecord.Dateline{}
	line := text[start:min(len(text), start+maxDateline)]
	if i := strings.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	if first, _ := utf8.DecodeRuneInString(line); !unicode.IsUpper(first) && first != '(' && !unicode.IsDigit(first) {
		return none, false
	}
	sep := separator.FindStringIndex(line)
	if m := signed.FindStringSubmatchIndex(line); m != nil {
		if _, known := agency(line[m[2]:m[3]]); known { // "(CNN)The minister" has no dash at all
			sep = []int{m[3] + 1, m[1]}
		}
	}
	if sep == nil || sep[0] == 0 {
		return none, false
	}
	if !opens(line[sep[1]:]) {
		return none, false
	}
	d, vouched, ok := parseWords(line[:sep[0]])
	if !ok {
		return none, false
	}
	if !vouched {
		place, mark := line[:sep[0]], strings.TrimSpace(line[sep[0]:sep[1]])
		// A colon, or the first line of a text, needs a town that is known, and
		// labels of speakers have a second one.
		if (mark == ":" || start == 0) && !towns()[strings.ToUpper(place)] || labelled(text, mark) {
			return none, false
		}
	}
	d.Span = onrecord.Span{Start: start, End: start + sep[1]}
	if !d.Place.Empty() {
		d.Place.Start += start
		d.Place.End += start
	}
	return d, true
}

// opens reports whether a story can begin so.
func opens(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r) ||
		strings.ContainsRune(`"'“‘«„([$€£`, r)
}

// parseWords reads what stands before the separator: place, region, date and
// agency, each of which may be missing. Place is an offset into words.
//
// A dateline is vouched for by anything besides its place.
func parseWords(words string) (d onrecord.Dateline, vouched, ok bool) {
	known := false
	rest := words
	hasDate := false
	if m := bracketed.FindStringSubmatch(words); m != nil {
		rest = words[:len(words)-len(m[0])]
		in := strings.TrimSpace(m[1] + m[2])
		if dated.MatchString(in) { // "OSLO (March 3) - "
			hasDate = true
		} else {
			d.Agency = in
			_, known = agency(in)
		}
	}
	rest = strings.TrimRight(rest, " \u00a0,")
	parts := strings.Split(rest, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	for len(parts) > 0 && dated.MatchString(parts[len(parts)-1]) {
		parts, hasDate = parts[:len(parts)-1], true
	}
	if len(parts) == 0 || parts[0] == "" {
		return d, known, known
	}
	if len(parts) > 3 {
		return d, false, false
	}
	place := parts[0]
	for _, region := range parts[1:] {
		if !capitalised(region, maxPlaceWords+1) {
			return d, false, false
		}
	}
	vouched = known || hasDate || len(parts) > 1 || d.Agency != ""
	switch {
	case labels()[strings.ToUpper(place)]:
		return d, false, false
	case inCapitals(place):
		if n := len(strings.Fields(place)); n > maxPlaceWords || n > maxBarePlace && !vouched {
			return d, false, false
		}
	case !capitalised(place, maxPlaceWords):
		return d, false, false
	case !known && (len(parts) < 2 || !regions()[parts[len(parts)-1]]):
		return d, false, false
	}
	if i := strings.IndexByte(place, '/'); i > 0 { // GENEVA/NEW YORK
		place = strings.TrimSpace(place[:i])
	}
	d.Place = onrecord.Span{End: len(place)}
	return d, vouched, true
}

// inCapitals reports whether words are in capitals, as places in datelines are:
// "ST. PETERSBURG", "McALLEN", "N'DJAMENA", "PARIS and LONDON".
func inCapitals(s string) bool {
	upper := 0
	for word := range strings.FieldsSeq(strings.TrimPrefix(s, "Mc")) {
		if word == "and" || word == "de" || word == "al" {
			continue
		}
		for _, r := range strings.TrimPrefix(word, "al-") {
			switch {
			case unicode.IsUpper(r):
				upper++
			case !strings.ContainsRune(".-'’/", r):
				return false
			}
		}
	}
	return upper >= 3
}

// small words may stand inside a name.
var smallWords = map[string]bool{"of": true, "the": true, "and": true, "de": true, "es": true, "la": true, "el": true, "al": true, "du": true, "da": true, "do": true, "occupied": true, "near": true, "on": true, "en": true, "sur": true}

// capitalised reports whether up to limit words all begin with a capital, small
// words aside, and the first is no article.
func capitalised(s string, limit int) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > limit || fields[0] == "The" && len(fields) > 1 && !regions()[s] && !towns()[strings.ToUpper(s)] {
		return false
	}
	for i, word := range fields {
		r, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(r) && (!smallWords[word] || i == len(fields)-1) && !strings.HasPrefix(word, "al-") && !strings.HasPrefix(word, "el-") {
			return false
		}
		if strings.ContainsAny(word, `"“”!?;()`) {
			return false
		}
	}
	return true
}

// labelled reports whether two lines of the text or more begin with words in
// capitals and the same mark: then these are labels of speakers, as in an
// interview, and not places.
func labelled(text, mark string) bool {
	seen := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		head, _, ok := strings.Cut(line[:min(len(line), maxDateline)], mark)
		if ok && inCapitals(head) {
			if seen++; seen > 1 {
				return true
			}
		}
	}
	return false
}
