package read

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	bylineStart = regexp.MustCompile(`^(?:By|BY|by|Written by|Reporting by|Story by|Words by)[:\s]\s*(\S.*)$`)
	nameBreak   = regexp.MustCompile(`\s*(?:,|;|\||/|&|–|—|\s-\s|\band\b|\bAND\b|\bwith\b|\bfor\b|\bin\b)\s*`)
	// job is what a byline says of a writer besides the name.
	job = regexp.MustCompile(`(?i)\b(?:writers?|reporters?|correspondents?|staff|editors?|bureau|chief|producer|special to|updated|published|contributor)\b|@|\d`)
	// dayName keeps "By Tuesday" from being a byline.
	dayName = regexp.MustCompile(`^(?i)(?:` + weekday + `|` + month + `)$`)
)

// byline is the names of a line such as "By Ana Prado and Jo Lund, Reuters"; nil
// when the line is none. Of a byline that names an agency alone it is empty.
func byline(line string) []string {
	if len(line) > maxByline {
		return nil
	}
	m := bylineStart.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil {
		return nil
	}
	names := []string{}
	breaks := nameBreak.FindAllString(m[1], -1)
	for i, part := range nameBreak.Split(m[1], -1) {
		part = strings.TrimSpace(part)
		joined := i > 0 && strings.EqualFold(strings.TrimSpace(breaks[i-1]), "and") // to another writer
		_, wire := agency(part)
		switch {
		case part == "":
		case wire || i > 0 && job.MatchString(part):
		case !isName(part):
			if i > 0 && capitalised(part, maxPlaceWords) { // an outlet or a place
				continue
			}
			return nil
		case i > 0 && (regions()[part] || strings.HasPrefix(part, "The ") || isOutlet(part) && !joined):
		default:
			names = append(names, part)
		}
	}
	return names
}

// bylineCredit is the agencies that a byline names.
func bylineCredit(line string) []string {
	m := bylineStart.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil {
		return nil
	}
	var credit []string
	for _, part := range nameBreak.Split(m[1], -1) {
		if name, wire := agency(part); wire {
			credit = append(credit, name)
		}
	}
	return credit
}

// particles are the parts of personal names that have no capital.
var particles = map[string]bool{"de": true, "da": true, "di": true, "dos": true, "del": true, "der": true, "den": true, "van": true, "von": true, "la": true, "le": true, "el": true, "al": true, "bin": true, "ibn": true, "bint": true, "y": true, "e": true, "ter": true, "ten": true, "zu": true, "af": true}

// isName reports whether words can be a person's name: two to five words, each
// with a capital, particles aside.
func isName(s string) bool {
	fields := strings.Fields(s)
	if len(fields) < 2 || len(fields) > 5 || dayName.MatchString(fields[0]) {
		return false
	}
	for _, word := range fields {
		if particles[word] || strings.HasPrefix(word, "al-") || strings.HasPrefix(word, "el-") {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
			return false
		}
		for _, r := range word {
			if !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(".'’-", r) {
				return false
			}
		}
	}
	return !strings.HasSuffix(s, ".") || strings.HasSuffix(s, "Jr.") || strings.HasSuffix(s, "Sr.")
}
