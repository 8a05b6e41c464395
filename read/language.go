package read

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed languages.txt
var languagesFile string

// Bounds of telling a language. What lies below them is in doubt, and doubt is
// read as English.
const (
	languageSample = 12 << 10 // bytes of text that are looked at
	minWords       = 12       // of text, words with a capital aside
	minLetters     = 20       // of a script that one language alone has
	minShare       = 0.10     // of the words are frequent ones of the language
	minLead        = 1.3      // times the share of the next language

	longWords    = 100  // words from which less is enough
	minLongShare = 0.03 // of them
	maxNotIn     = 0.05 // of a long text that is no English, which has seven times as many
)

// undetermined is BCP 47 for a language that is not known, but is not English.
const (
	undetermined = "und"
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
	{unicode.Devanagari, "hi"}, // also Marathi and Nepali: foreign is what matters
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

// frequent are the languages that have a word among their frequent ones.
var frequent = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, line := range entries(languagesFile) {
		name, list, _ := strings.Cut(line, ":")
		seen := map[string]bool{}
		for word := range strings.FieldsSeq(list) {
			if !seen[word] {
				seen[word] = true
				m[word] = append(m[word], name)
			}
		}
	}
	return m
})

// Language is the BCP 47 name of the language of a text, told from the text
// alone: by its script, and by the frequent words of the languages that share
// one. It is "" where the text is short or two languages are close, and "und" for
// a long text that is plainly not English and in no language it knows. It knows
// English and enough others to tell that a text is plainly foreign; which of two
// near relatives it is (Danish or Norwegian) it tells less surely.
func Language(text string) string {
	sample := text
	if len(sample) > languageSample {
		sample = sample[:languageSample]
		for !utf8.ValidString(sample[len(sample)-1:]) && len(sample) > languageSample-utf8.UTFMax {
			sample = sample[:len(sample)-1]
		}
	}
	if name, ok := byScript(sample); ok {
		return name
	}
	return byWords(sample)
}

// byScript tells the language where most letters are of a script that one
// language has; ok is false where words must decide.
func byScript(text string) (name string, ok bool) {
	counts := make([]int, len(scripts))
	letters := 0
	last := 0 // letters come in runs of one script
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if !unicode.Is(scripts[last].table, r) {
			found := false
			for i := range scripts {
				if unicode.Is(scripts[i].table, r) {
					last, found = i, true
					break
				}
			}
			if !found {
				continue
			}
		}
		counts[last]++
	}
	most := 0
	by := map[string]int{}
	for i, s := range scripts {
		if s.language != "" {
			by[s.language] += counts[i]
		}
		if counts[i] > counts[most] {
			most = i
		}
	}
	name = scripts[most].language
	if name == "" {
		return "", false
	}
	if name == "zh" && by["ja"]*20 > by["zh"] { // Japanese mixes kanji with kana
		name = "ja"
	}
	share := by[name]
	if name == "ja" {
		share += by["zh"]
	}
	if share < minLetters || share*2 < letters {
		return "", true
	}
	return name, true
}

// byWords tells the language by frequent words.
func byWords(text string) string {
	total, english := 0, 0
	scores := map[string]float64{}
	known := frequent()
	for written := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’'
	}) {
		word := strings.ToLower(strings.Trim(strings.ReplaceAll(written, "’", "'"), "'"))
		// Words with a capital are mostly names, which tell no language.
		if first, _ := utf8.DecodeRuneInString(written); word == "" || unicode.IsUpper(first) {
			continue
		}
		total++
		languages := known[word]
		for _, name := range languages {
			scores[name] += 1 / float64(len(languages))
			if name == "en" {
				english++
			}
		}
	}
	if total < minWords {
		return ""
	}
	var best, next string
	for name, score := range scores { // ties are no lead, so map order decides nothing
		switch {
		case best == "" || score > scores[best]:
			best, next = name, best
		case next == "" || score > scores[next]:
			next = name
		}
	}
	least := minShare
	if total >= longWords {
		least = minLongShare
	}
	if best == "" || scores[best] < least*float64(total) {
		if total >= longWords && float64(english) < maxNotIn*float64(total) {
			return undetermined
		}
		return ""
	}
	if scores[best] < minLead*scores[next] {
		return closest(scores, best, next)
	}
	return best
}

// closest decides between two languages that are close: nothing is said, unless
// both are foreign and English is far behind.
func closest(scores map[string]float64, best, next string) string {
	if best == "en" || next == "en" || scores["en"]*3 > scores[best] {
		return ""
	}
	if scores[best] == scores[next] {
		return min(best, next)
	}
	return best
}
