package read

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

//go:embed months.txt
var monthsFile string

// months are the numbers of months by their names, and 0 for other words of dates.
var months = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for _, line := range entries(monthsFile) {
		number, names, _ := strings.Cut(line, " ")
		month, err := strconv.Atoi(number)
		if err != nil || month > 12 {
			panic("months.txt: " + line) // a test reads it whole
		}
		for name := range strings.FieldsSeq(names) {
			if _, known := out[name]; !known {
				out[name] = month
			}
		}
	}
	return out
})

// Bounds of lines, in bytes.
const (
	maxStamp  = 120 // of a line that is a date
	maxCredit = 120 // of a line that names who took a picture
	maxLabel  = 40  // of the name of a section above an article
	maxTail   = 120 // of a line behind an article that is no sentence
	minTeaser = 20  // of a link that is another article's headline
)

// tidy leaves out of an article's paragraphs those that its text shows to be none
// of it: other articles' headlines, dates, names of sections, addresses. Lines
// that name who took a picture become captions.
func tidy(paragraphs []block, authors []string) []block {
	paragraphs = once(withoutNotes(paragraphs, authors))
	out := make([]block, 0, len(paragraphs))
	begun := false
	for i, p := range paragraphs {
		if p.kind == onrecord.Caption {
			out = append(out, p)
			continue
		}
		if p.heading && p.linked() && (i > 0 && paragraphs[i-1].linked() || i+1 < len(paragraphs) && paragraphs[i+1].linked()) {
			continue // of a list of other articles
		}
		switch {
		case isCredit(p.text):
			p.kind = onrecord.Caption
		case p.debris(), p.teaser(), isLink(p.text):
			continue
		case isStamp(p.text):
			if begun {
				continue
			}
			p.kind = onrecord.OtherZone
			if _, _, ok := parseDayLine(p.text); ok || byline(p.text) != nil {
				p.kind = onrecord.Body // compose reads it
			}
		case !begun && p.kind == onrecord.Body && p.label():
			continue
		case p.kind == onrecord.Body && byline(p.text) == nil:
			begun = true
		}
		out = append(out, p)
	}
	return withoutTail(withoutLoneHeads(out))
}

// Bounds of a paragraph that a page prints a second time, near the first: a pull
// quote, or a part that only some screens show.
const (
	minRepeated = 80 // bytes
	nearby      = 3  // paragraphs
)

// once leaves out long paragraphs that stood just before.
func once(paragraphs []block) []block {
	out := paragraphs[:0]
	for _, p := range paragraphs {
		again := func(q block) bool { return q.text == p.text }
		if len(p.text) < minRepeated || !slices.ContainsFunc(out[max(0, len(out)-nearby):], again) {
			out = append(out, p)
		}
	}
	return out
}

// teaser reports whether a paragraph is a link and nothing else, long enough to be
// the headline of another article, or a run of such links.
func (p *block) teaser() bool {
	return !p.heading && (p.linked() || p.links*5 >= len(p.text)*4 && len(p.text) >= maxCredit)
}

// linked reports whether a paragraph is a link and nothing else, long enough to be
// a headline.
func (p *block) linked() bool {
	return p.links*20 >= len(p.text)*19 && len(p.text) >= minTeaser
}

// notes is how many paragraphs at the end of an article may be about its author.
const notes = 4

// withoutNotes leaves out what the last paragraphs say of the article's authors:
// those that begin with the name of one.
func withoutNotes(paragraphs []block, authors []string) []block {
	last := len(paragraphs) - notes
	out := paragraphs[:0]
	for i, p := range paragraphs {
		about := false
		for _, name := range authors {
			about = about || i >= last && i > 0 && isName(name) && strings.HasPrefix(strings.ToLower(p.text), strings.ToLower(name))
		}
		if !about {
			out = append(out, p)
		}
	}
	return out
}

// debris reports whether a paragraph is a line that belongs to no article. Numbers
// are none in a table.
func (p *block) debris() bool {
	return isDebris(p.text) && !(p.listed && strings.ContainsFunc(p.text, unicode.IsDigit))
}

// label reports whether words above an article are no sentence but the name of a
// section.
func (p *block) label() bool {
	return len(p.text) <= maxLabel && !sentence(p.text) && byline(p.text) == nil && strings.IndexFunc(p.text, unicode.IsDigit) < 0
}

// sentence reports whether a text ends as sentences, or lines that others follow, do.
func sentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]“* ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:;,—–-。！？।։۔؟」", r)
}

// withoutLoneHeads leaves out headings that have no text of theirs behind them.
func withoutLoneHeads(paragraphs []block) []block {
	out := paragraphs[:0]
	for i, p := range paragraphs {
		if p.heading {
			behind := i + 1
			for behind < len(paragraphs) && paragraphs[behind].kind == onrecord.Caption {
				behind++
			}
			if behind == len(paragraphs) {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// withoutTail leaves out lines behind the last sentence, lists aside.
func withoutTail(paragraphs []block) []block {
	end := len(paragraphs)
	for i := end - 1; i > 0; i-- {
		p := &paragraphs[i]
		if p.kind == onrecord.Caption {
			continue
		}
		if p.listed || len(p.text) > maxTail || sentence(p.text) && !strings.HasSuffix(p.text, ":") {
			break
		}
		paragraphs[i].kind = "" // to go
	}
	out := paragraphs[:0]
	for _, p := range paragraphs[:end] {
		if p.kind != "" {
			out = append(out, p)
		}
	}
	return out
}

// isStamp reports whether a line is nothing but a date or a time.
func isStamp(line string) bool {
	if len(line) > maxStamp {
		return false
	}
	digits, month, other := 0, false, 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(unglue(line)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) }) {
		if strings.IndexFunc(word, unicode.IsLetter) < 0 {
			if len(word) == 3 { // of no day, year or time
				other++
			}
			digits++
			continue
		}
		number, known := months()[word]
		switch {
		case known && number > 0:
			month = true
		case known:
		case unicode.IsDigit(rune(word[0])): // 3rd, 2h
			digits++
		default:
			other++
		}
	}
	return other == 0 && (digits >= 2 || digits >= 1 && month || digits >= 1 && strings.ContainsFunc(line, unicode.IsLetter))
}

// unglue puts a space where a small letter or a digit meets a capital: pages set
// such words apart by style alone.
func unglue(s string) string {
	var b strings.Builder
	small := false
	for _, r := range s {
		if small && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		small = unicode.IsLower(r) || unicode.IsDigit(r)
	}
	return b.String()
}

var (
	creditStart = regexp.MustCompile(`^(?i)\(?(?:photo(?:graph)?s?|images?|picture|pic|fotos?|bild(?:er|quelle)?|image credits?|photo credits?|credit|crédit(?: photo)?|kuva|fotografía|illustration|©)(?:\s*(?:by|von|:|/|©)|\s+credit)|^©`)
	creditEnd   = regexp.MustCompile(`(?i)(?:[/|•]\s*(?:ap|afp|reuters|dpa|getty(?: images)?|epa|efe|ansa|imago|apa|pa|bloomberg|anp|keystone|shutterstock)(?: (?:images|photo|via .*))?|getty images|\((?:image|photo|picture|pic|foto|bild)s?\s*:[^)]*\)|\((?:ap|afp|reuters) photo[^)]*\))\.?$`)
)

// isCredit reports whether a line names who took a picture and says little more.
func isCredit(line string) bool {
	return len(line) <= maxCredit && creditStart.MatchString(line) || len(line) <= 3*maxCredit && creditEnd.MatchString(line[max(0, len(line)-maxCredit):])
}

// isLink reports whether a line is the address of a page.
func isLink(line string) bool {
	return isURL(line) && !strings.Contains(line, " ")
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }
