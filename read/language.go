package read

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of telling a language. What lies below them is in doubt, and doubt is
// read as English.
const (
	languageSample = 6 << 10 // bytes of text that are looked at
	maxSpelt       = 1000    // letters of it by which n-grams tell

	minLetters = 4    // of a script that one language alone has
	syllable   = 3    // letters that one of Han, kana and hangul is worth
	nameWeight = 0.25 // weight of a word with a capital, which may be a name
	wordLead   = 2.0  // nats that a frequent word counts for its languages

	leadForeign  = 8.0  // nats by which a language must lead English
	leadEnglish  = 2.0  // nats by which English must lead
	minLower     = 3    // letters of words without a capital, or all may be names
	mostNames    = 20   // one letter of so many must be of such a word
	unlike       = 1.45 // nats a letter by which a text is unlike the language that it is most like
	declaredLead = 8.0  // nats that a page's word about itself counts
	maxKanji     = 120  // three a character; a title of so many may be Japanese without kana
	minUnlike    = 300  // letters from which that is said
)

const (
	english      = "en"
	undetermined = "und" // BCP 47 for a language that is not known, but is not English
)

const (
	maxScripts = 32
	hanScript  = 3 // index of Han, which the two of kana and hangul follow

	hangulScript = hanScript + 3
)

// script is a script that tells the language, or that several share.
type script struct {
	table    *unicode.RangeTable
	language string // "" where words decide
}

var scripts = []script{
	{unicode.Latin, ""},
	{unicode.Cyrillic, ""},
	{unicode.Arabic, ""},
	{unicode.Han, "zh"},
	{unicode.Hiragana, "ja"},
	{unicode.Katakana, "ja"},
	{unicode.Hangul, "ko"},
	{unicode.Greek, "el"},
	{unicode.Hebrew, "he"},
	{unicode.Devanagari, ""},
	{unicode.Bengali, "bn"},
	{unicode.Thai, "th"},
	{unicode.Tamil, "ta"},
	{unicode.Telugu, "te"},
	{unicode.Kannada, "kn"},
	{unicode.Malayalam, "ml"},
	{unicode.Gujarati, "gu"},
	{unicode.Gurmukhi, "pa"},
	{unicode.Oriya, "or"},
	{unicode.Sinhala, "si"},
	{unicode.Georgian, "ka"},
	{unicode.Armenian, "hy"},
	{unicode.Ethiopic, "am"},
	{unicode.Khmer, "km"},
	{unicode.Lao, "lo"},
	{unicode.Myanmar, "my"},
	{unicode.Tibetan, "bo"},
	{unicode.Mongolian, "mn"},
	{unicode.Thaana, "dv"},
}

// Language is the BCP 47 name of the language of a text, told from the text
// alone: by its script, and among the languages that share one by how their letters
// follow each other and by their frequent words. It is "" where the text is short, is names
// alone, or may as well be English, and "und" for a long text that is plainly not English and in no
// language it knows. Norwegian is "nb" or "nn", Filipino "tl"; Bosnian, and Serbian in Latin letters, are
// taken for Croatian, Galician for Portuguese.
func Language(text string) string {
	return byScript(sampleOf(text), "")
}

// LanguageOf is the language of an article by its title and body together. Declared is
// what the page says of itself (the lang of its html element, or og:locale; may be empty).
// Pages often declare the language of their template, so it decides between languages that
// the text alone leaves close, and never against the text.
func LanguageOf(title, body, declared string) string {
	text := body
	switch {
	case body == "":
		text = title
	case len(title) > 0:
		text = sampleOf(title) + "\n" + sampleOf(body)
	}
	return byScript(sampleOf(text), base(declared))
}

// sampleOf is the beginning of a text.
func sampleOf(text string) string {
	if len(text) <= languageSample {
		return text
	}
	end := languageSample
	for end > languageSample-utf8.UTFMax && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// base is the language of a tag ("pt-BR", "nb_NO") as Language names it.
func base(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	switch tag {
	case "no":
		return "nb"
	case "fil":
		return "tl"
	case "bs", "sh":
		return "hr"
	case "iw":
		return "he"
	case "in":
		return "id"
	}
	return tag
}

// byScript tells the language where most letters are of a script that one language has,
// and otherwise by spelling.
func byScript(text, declared string) string {
	var counts [maxScripts]int
	letters := 0
	last := 0 // letters come in runs of one script
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if !unicode.Is(scripts[last].table, r) {
			found := slices.IndexFunc(scripts, func(s script) bool { return unicode.Is(s.table, r) })
			if found < 0 {
				continue
			}
			last = found
		}
		counts[last]++
		if last >= hanScript && last <= hangulScript {
			counts[last] += syllable - 1
			letters += syllable - 1
		}
	}
	most := 0
	for i, n := range counts {
		if n > counts[most] {
			most = i
		}
	}
	own := counts[most]
	name := scripts[most].language
	if name == "zh" || name == "ja" { // Japanese mixes kanji with kana
		han, kana := counts[hanScript], counts[hanScript+1]+counts[hanScript+2]
		own, name = han+kana, "zh"
		if kana*20 > han || declared == "ja" && kana == 0 && han < maxKanji {
			name = "ja"
		}
	}
	switch {
	case own*2 < letters || own < minLetters:
		return ""
	case name == "":
		tables := gramTables()
		i := slices.IndexFunc(tables, func(t gramTable) bool { return t.script == scripts[most].table })
		return bySpelling(text, &tables[i], declared)
	}
	return name
}

// tally is what was counted for the languages of one script.
type tally struct {
	costs   [maxLanguages]float64 // nats
	weight  float64               // of the letters counted
	letters int
	lower   int // of them in words without a capital
}

// maxLanguages is how many languages share a script at most.
const maxLanguages = 64

// bySpelling tells the language among those that share a script.
func bySpelling(text string, t *gramTable, declared string) string {
	var c tally
	var buffer [64]byte
	for start := 0; start < len(text) && c.letters < maxSpelt; {
		r, size := utf8.DecodeRuneInString(text[start:])
		if !unicode.IsLetter(r) {
			start += size
			continue
		}
		// One word, in lower case.
		word, end, capital := buffer[:0], start, unicode.IsUpper(r)
		for end < len(text) && len(word) < len(buffer)-utf8.UTFMax {
			r, size := utf8.DecodeRuneInString(text[end:])
			if r == '’' {
				r = '\''
			} else if r != '\'' && !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			word = utf8.AppendRune(word, unicode.ToLower(r))
			end += size
		}
		word = bytes.TrimRight(word, "'") // a quotation mark
		if isAddress(text, start, end) {
			start = len(text) - len(strings.TrimLeftFunc(text[end:], func(r rune) bool { return !unicode.IsSpace(r) }))
			continue
		}
		start = end
		weight := 1.0
		if capital {
			weight = nameWeight
		}
		before := c.letters
		c.spell(t, word, weight)
		if !capital {
			c.lower += c.letters - before
		}
		if theirs, frequent := t.words[string(word)]; frequent {
			for i := range t.languages {
				if theirs>>i&1 == 0 {
					c.costs[i] += weight * wordLead
				}
			}
		}
	}
	return c.best(t, declared)
}

// isAddress reports whether a word is of an address or of a user's name, which are in
// no language, to the next space: "@jolund", "dam.example", "ana_prado", "https://…".
func isAddress(text string, start, end int) bool {
	if start > 0 && strings.IndexByte("@/_#", text[start-1]) >= 0 {
		return true
	}
	if end == len(text) {
		return false
	}
	if strings.IndexByte("@_", text[end]) >= 0 || strings.HasPrefix(text[end:], "://") {
		return true
	}
	isASCIILetter := func(i int) bool { return i >= 0 && i < len(text) && (text[i]|0x20) >= 'a' && (text[i]|0x20) <= 'z' }
	return text[end] == '.' && isASCIILetter(end+1) || start > 1 && text[start-1] == '.' && isASCIILetter(start-2)
}

// spell counts the letters of a word, each after those before it.
func (c *tally) spell(t *gramTable, word []byte, weight float64) {
	var key uint64
	length := 0 // of the key, in letters
	for len(word) > 0 {
		r, size := utf8.DecodeRune(word)
		word = word[size:]
		p := t.position(r)
		if p == 0 {
			key, length = 0, 0
			continue
		}
		key, length = key<<8|p, min(length+1, longestGram)
		for n := length; n > 0; n-- { // the longest that the table has
			if row := t.row(key & (1<<(8*n) - 1)); row != nil {
				for i, v := range row {
					c.costs[i] += weight * tableStep * float64(v)
				}
				break
			}
		}
		c.letters++
		c.weight += weight
	}
}

// best decides. A declared language has an advance over the others.
func (c *tally) best(t *gramTable, declared string) string {
	best, next := 0, math.Inf(1)
	for i, name := range t.languages {
		if name == declared {
			c.costs[i] -= declaredLead
		}
		if c.costs[i] < c.costs[best] {
			best = i
		}
	}
	for i := range t.languages {
		if i != best {
			next = min(next, c.costs[i]-c.costs[best])
		}
	}
	name := t.languages[best]
	strange := c.letters >= minUnlike && c.costs[best] > unlike*c.weight
	allNames := (c.lower < minLower || c.lower*mostNames < c.letters) && name != declared
	switch {
	case t.english < 0 && c.letters < minLetters:
		return ""
	case t.english < 0 && strange:
		return undetermined
	case t.english < 0:
		return name
	case name == english && next < leadEnglish:
		return ""
	case name == english:
		return name
	case c.costs[t.english]-c.costs[best] < leadForeign || allNames:
		return ""
	case strange:
		return undetermined
	}
	return name
}
