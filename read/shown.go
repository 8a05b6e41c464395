package read

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord"
)

// maxShown is how many bytes an element has at most that shows who wrote an article.
const maxShown = 160

// nameMarks stand between the names of a shown byline.
var nameMarks = regexp.MustCompile(`\s*(?:[,;|/•·&]|\s(?:and|und|og|och|et|y|e|i|en|with|mit)\s)\s*`)

// shownAuthors is the names in the first element of a page whose class or relation
// says that it names who wrote the article.
func shownAuthors(doc *html.Node) []string {
	hints := hinter{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data == "html" || n.Data == "body" || n.Data == "article" || n.Data == "meta" || n.Data == "link" {
			continue
		}
		if attr(n, "rel") != "author" && attr(n, "itemprop") != "author" && hints.of(n) != bylineHint {
			continue
		}
		if names := namesIn(n); len(names) > 0 {
			return names
		}
	}
	return nil
}

// namesIn is the names of persons below an element, piece of text by piece; none
// where it holds more text than bylines do.
func namesIn(n *html.Node) []string {
	var names []string
	size := 0
	for d := range n.Descendants() {
		if d.Type != html.TextNode || d.Parent != nil && unread[d.Parent.Data] {
			continue
		}
		piece := authorStart.ReplaceAllString(collapse(d.Data), "")
		if size += len(piece); size > maxShown {
			return nil
		}
		for _, name := range bareNames(piece) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// bareNames is the names of a line that is names of persons and nothing else.
func bareNames(line string) []string {
	if len(line) > maxShown || line == "" {
		return nil
	}
	var names []string
	for _, name := range nameMarks.Split(line, -1) {
		if !isPerson(name) || job.MatchString(name) || isOutlet(name) || isStamp(name) {
			return nil
		}
		names = append(names, name)
	}
	return names
}

// isPerson is isName for places where bylines stand, in which nobody is taken for
// a month: Jan Marchart, June Hale.
func isPerson(name string) bool {
	if first, rest, ok := strings.Cut(name, " "); ok && dayName.MatchString(first) {
		name = "A. " + rest
	}
	return isName(name)
}

var (
	numericDay = regexp.MustCompile(`\b(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})\b`)
	isoDay     = regexp.MustCompile(`\b(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})`)
	dayNumber  = regexp.MustCompile(`\d+`)
	pathDay    = regexp.MustCompile(`[/_-]((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:[/._-]|$)`)
)

// stampDay is the day of a line that is a date; unknown where day and month cannot
// be told apart. Its time of day is left out, for its zone is not told.
func stampDay(line string) onrecord.Date {
	if m := isoDay.FindStringSubmatch(line); m != nil {
		return dayOf(m[1], m[2], m[3])
	}
	if m := numericDay.FindStringSubmatch(line); m != nil {
		year := m[4]
		if len(year) == 2 {
			year = "20" + year
		}
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[3])
		switch {
		case m[2] == "." || a > 12 || a == b:
			return dayOf(year, m[3], m[1])
		case b > 12:
			return dayOf(year, m[1], m[3])
		}
		return onrecord.Date{}
	}
	month := 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(unglue(line)), notLetter) {
		if n := months()[word]; n > 0 {
			month = n
			break
		}
	}
	day, year := "", ""
	for _, number := range dayNumber.FindAllString(line, -1) {
		switch {
		case len(number) == 4 && year == "":
			year = number
		case len(number) <= 2 && day == "":
			day = number
		}
	}
	if month == 0 || day == "" || year == "" {
		return onrecord.Date{}
	}
	return dayOf(year, strconv.Itoa(month), day)
}

// addressDay is the day in a page's address: /2024/02/24/.
func addressDay(address string) onrecord.Date {
	if m := pathDay.FindStringSubmatch(address); m != nil {
		return dayOf(m[1], m[2], m[3])
	}
	return onrecord.Date{}
}

func dayOf(year, month, day string) onrecord.Date {
	t, err := time.Parse("2006-1-2", year+"-"+strings.TrimPrefix(month, "0")+"-"+strings.TrimPrefix(day, "0"))
	if err != nil || t.Year() < 1990 || t.Year() > 2200 {
		return onrecord.Date{}
	}
	return onrecord.Date{Time: t, Precision: onrecord.Day}
}
