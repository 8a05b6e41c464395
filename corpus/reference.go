package corpus

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// A reference names spans by quoting the text:
//
//	{the minister} @s12         these words in sentence 12
//	{he}#2 @s12                 their second occurrence there
//	{We will ~ by noon} @s3-s5  from the first words, in s3, to the last, in s5
//	@s4    @s4-s6               whole sentences, without a period or comma at the end
//	{=120-134}                  code points 120 to 134, where all else fails
//
// Pieces are joined by "+". Without @ words are looked for in the statement's
// own sentence. Words match whole words; any quotation mark matches any other of
// its kind, so that a keyboard has all of them.
var referencePattern = regexp.MustCompile(`^(?:\{([^{}]*)\}(?:#(\d+))?)?\s*(?:@s(\d+)(?:-s(\d+))?)?`)

// errReference marks what is wrong with a reference; it wraps ErrInvalid.
var errReference = fmt.Errorf("reference: %w", onrecord.ErrInvalid)

// resolve reads pieces joined by "+". sentence, from 1, is where words without
// "@" are looked for; 0 makes the "@" necessary.
func (d *Document) resolve(words string, sentence int) ([]onrecord.Span, error) {
	var out []onrecord.Span
	for rest := strings.TrimSpace(words); ; {
		m := referencePattern.FindStringSubmatch(rest)
		if m[0] == "" {
			return nil, fmt.Errorf("%w: %q: want {words}, {words} @s3 or @s3", errReference, rest)
		}
		span, err := d.piece(m, sentence)
		if err != nil {
			return nil, err
		}
		out = append(out, span)
		rest = strings.TrimSpace(rest[len(m[0]):])
		if rest == "" {
			break
		}
		if rest[0] != '+' {
			return nil, fmt.Errorf("%w: %q after a piece: pieces are joined by +", errReference, rest)
		}
		rest = strings.TrimSpace(rest[1:])
	}
	onrecord.SortSpans(out)
	return out, nil
}

// piece resolves one match of referencePattern: words, occurrence, first and
// last sentence.
func (d *Document) piece(m []string, sentence int) (onrecord.Span, error) {
	words, first := m[1], sentence
	if m[3] != "" {
		first, _ = strconv.Atoi(m[3])
	}
	last := first
	if m[4] != "" {
		last, _ = strconv.Atoi(m[4])
	}
	if strings.HasPrefix(words, "=") {
		return d.absolute(words)
	}
	if first < 1 || last < first || last > len(d.Words.Sentences) {
		return onrecord.Span{}, fmt.Errorf("%w: %s: sentences go from s1 to s%d", errReference, m[0], len(d.Words.Sentences))
	}
	within := onrecord.Hull(d.Words.Sentences[first-1].Span, d.Words.Sentences[last-1].Span)
	if !strings.HasPrefix(m[0], "{") {
		return d.bare(within), nil
	}
	from, to, long := strings.Cut(words, " ~ ")
	if !long {
		return d.only(words, m[2], within, m[0])
	}
	start, err := d.only(from, m[2], d.Words.Sentences[first-1].Span, m[0])
	if err != nil {
		return onrecord.Span{}, err
	}
	tail := d.Words.Sentences[last-1].Span
	tail.Start = max(tail.Start, start.End)
	end, err := d.only(to, "", tail, m[0])
	return onrecord.Hull(start, end), err
}

func (d *Document) absolute(words string) (onrecord.Span, error) {
	a, b, _ := strings.Cut(words[1:], "-")
	start, err1 := strconv.Atoi(a)
	end, err2 := strconv.Atoi(b)
	text := d.Text()
	if errors.Join(err1, err2) != nil || start < 0 || end <= start || end > utf8.RuneCountInString(text) {
		return onrecord.Span{}, fmt.Errorf("%w: {%s}: want two code points of the text", errReference, words)
	}
	return onrecord.Span{Start: byteOf(text, start), End: byteOf(text, end)}, nil
}

// byteOf is where code point n starts.
func byteOf(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}

// bare leaves out punctuation that ends a sentence outside marks.
func (d *Document) bare(s onrecord.Span) onrecord.Span {
	words := strings.TrimRight(s.In(d.Text()), ".,;:!? ")
	return onrecord.Span{Start: s.Start, End: s.Start + len(words)}
}

// only is the one place within a span where words stand, or their occurrence of
// a number from 1.
func (d *Document) only(words, occurrence string, within onrecord.Span, whole string) (onrecord.Span, error) {
	words = strings.TrimSpace(words)
	if words == "" {
		return onrecord.Span{}, fmt.Errorf("%w: %s: no words", errReference, whole)
	}
	found := occurrences(d.Text(), words, within)
	if n, err := strconv.Atoi(occurrence); err == nil {
		if n < 1 || n > len(found) {
			return onrecord.Span{}, fmt.Errorf("%w: %s: {%s} stands there %d times", errReference, whole, words, len(found))
		}
		return found[n-1], nil
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		var elsewhere []string
		for i, s := range d.Words.Sentences {
			if len(occurrences(d.Text(), words, s.Span)) > 0 && len(elsewhere) < 6 {
				elsewhere = append(elsewhere, "@s"+strconv.Itoa(i+1))
			}
		}
		if len(elsewhere) > 0 {
			return onrecord.Span{}, fmt.Errorf("%w: {%s} is not in the sentence looked at; it is in %s", errReference, words, strings.Join(elsewhere, ", "))
		}
		return onrecord.Span{}, fmt.Errorf("%w: {%s} is nowhere in the text, as whole words", errReference, words)
	default:
		var places []string
		for i, f := range found {
			places = append(places, fmt.Sprintf("#%d %q", i+1, around(d.Text(), f)))
		}
		return onrecord.Span{}, fmt.Errorf("%w: {%s} stands there %d times; quote more words or choose: %s",
			errReference, words, len(found), strings.Join(places, ", "))
	}
}

// around is a span with a few letters on both sides.
func around(text string, s onrecord.Span) string {
	a, b := max(0, s.Start-15), min(len(text), s.End+15)
	for a > 0 && !utf8.RuneStart(text[a]) {
		a--
	}
	for b < len(text) && !utf8.RuneStart(text[b]) {
		b++
	}
	return text[a:b]
}

// occurrences are the places of words within a span, as whole words. Places do
// not overlap.
func occurrences(text, words string, within onrecord.Span) []onrecord.Span {
	var out []onrecord.Span
	for i := within.Start; i < within.End; {
		_, size := utf8.DecodeRuneInString(text[i:])
		if end := matchAt(text, i, words); end > 0 && end <= within.End && edge(text, i) && edge(text, end) {
			out = append(out, onrecord.Span{Start: i, End: end})
			i = end
			continue
		}
		i += size
	}
	return out
}

// matchAt is where words end in text when they begin at i; -1 when they do not.
func matchAt(text string, i int, words string) int {
	for _, w := range words {
		if i >= len(text) {
			return -1
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r != w && plain(r) != plain(w) {
			return -1
		}
		i += size
		if plain(w) == ' ' { // one blank stands for any white space
			for i < len(text) && (text[i] == ' ' || text[i] == '\n') {
				i++
			}
		}
	}
	return i
}

// plain folds marks that keyboards lack.
func plain(r rune) rune {
	switch r {
	case '“', '”', '„', '«', '»':
		return '"'
	case '‘', '’', '`', '´':
		return '\''
	case '–', '—', '―':
		return '-'
	case '\u00a0', '\n', '\t':
		return ' '
	}
	return r
}

// edge reports whether no word runs across the offset.
func edge(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return !isWord(before) || !isWord(after)
}

func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r)) }

// refer writes spans so that resolve finds them again. sentence is the one that
// need not be named.
func (d *Document) refer(spans []onrecord.Span, sentence int) string {
	out := make([]string, len(spans))
	for i, s := range spans {
		out[i] = d.referOne(s, sentence)
	}
	return strings.Join(out, " + ")
}

// longReference is how many words a reference writes out at most.
const longReference = 14

func (d *Document) referOne(s onrecord.Span, sentence int) string {
	text := d.Text()
	first, last := d.Words.SentenceAt(s.Start)+1, d.Words.SentenceAt(s.End-1)+1
	at := ""
	if first != last {
		at = fmt.Sprintf(" @s%d-s%d", first, last)
	} else if first != sentence {
		at = fmt.Sprintf(" @s%d", first)
	}
	var tries []string
	words := strings.Join(strings.Fields(s.In(text)), " ")
	fields := strings.Fields(words)
	if len(fields) > longReference || first != last {
		for n := 4; n <= 8 && 2*n < len(fields); n += 2 {
			tries = append(tries, fmt.Sprintf("{%s ~ %s}%s", strings.Join(fields[:n], " "), strings.Join(fields[len(fields)-n:], " "), at))
		}
		tries = append(tries, fmt.Sprintf("@s%d-s%d", first, last), fmt.Sprintf("@s%d", first))
	}
	tries = append(tries, "{"+words+"}"+at)
	for n := 1; n <= 20; n++ {
		tries = append(tries, fmt.Sprintf("{%s}#%d%s", words, n, at))
	}
	for _, try := range tries {
		if got, err := d.resolve(try, sentence); err == nil && len(got) == 1 && got[0] == s {
			return try
		}
	}
	return fmt.Sprintf("{=%d-%d}", utf8.RuneCountInString(text[:s.Start]), utf8.RuneCountInString(text[:s.End]))
}
