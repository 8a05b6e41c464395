package roster

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word of a person's name, ready for comparison.
type token struct {
	fold    string // as folded
	sound   string // with spellings evened out
	article bool   // al-, el-, ash- stood before it
	first   string // the class of given names it belongs to, if any
}

// initial reports whether the word is one letter.
func (t token) initial() bool { return utf8.RuneCountInString(t.fold) == 1 }

// personName is a name taken apart.
type personName struct {
	words  []token
	suffix string // "iii", "jr"
}

// suffixes are words after a name that tell persons of one name apart.
var suffixes = map[string]string{
	"jr": "jr", "sr": "sr", "i": "i", "v": "v", "junior": "jr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv", "vi": "vi", "vii": "vii", "viii": "viii",
	"ix": "ix", "x": "x", "xi": "xi", "xii": "xii", "xiii": "xiii", "xiv": "xiv", "xv": "xv", "xvi": "xvi", "xxiii": "xxiii",
}

// articles are the Arabic one and its forms before the letters it takes the sound of.
var articles = map[string]bool{"al": true, "el": true, "ul": true, "ad": true, "ar": true, "as": true, "ash": true, "at": true, "az": true, "an": true, "adh": true, "ed": true, "er": true, "ed-": true, "ud": true, "es": true, "esh": true, "ez": true, "ur": true, "us": true}

// takeApart splits a name into words: ranks before it, articles and "bin" inside are gone, "Abd al-"
// and the word it belongs to are one.
func takeApart(name string) personName {
	s := loadSpellings()
	type raw struct {
		fold   string
		hyphen bool // tied to the next word
	}
	var words []raw
	for _, field := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '_' }) {
		parts := strings.FieldsFunc(field, func(r rune) bool { return unicode.Is(unicode.Pd, r) })
		for i, p := range parts {
			for w := range strings.FieldsSeq(Fold(splitInitials(p))) {
				words = append(words, raw{w, i+1 < len(parts)})
			}
		}
	}
	for len(words) > 1 && s.skip[words[0].fold] {
		words = words[1:]
	}
	var out personName
	for len(words) > 1 {
		last := words[len(words)-1].fold
		if suffixes[last] == "" || len(words) == 2 && last == "xi" {
			break
		}
		out.suffix = suffixes[last]
		words = words[:len(words)-1]
	}
	article, servant := false, false
	for i, w := range words {
		more := i+1 < len(words)
		switch {
		case more && articles[w.fold] && (w.hyphen || servant || i > 0 && (w.fold == "al" || w.fold == "el" || w.fold == "ul" || strings.HasPrefix(words[i+1].fold, w.fold[len(w.fold)-1:]))):
			article = true
			continue
		case more && i > 0 && (w.fold == "bin" || w.fold == "ibn" || w.fold == "ben" || w.fold == "ould"):
			continue
		case more && servantOf(w.fold):
			servant = true
			continue
		}
		t := token{fold: w.fold, article: article, sound: s.sound(w.fold)}
		if n := len(out.words); n > 0 && t.sound == "din" && !servant {
			out.words[n-1].fold += w.fold
			out.words[n-1].sound = faith(out.words[n-1].sound)
			article = false
			continue
		}
		if servant {
			t.fold = "abd" + t.fold
			t.sound = "abd" + strings.TrimPrefix(t.sound, "abd")
		}
		if s.given[t.sound] || strings.HasPrefix(t.sound, "abd") {
			t.first = t.sound
		}
		out.words = append(out.words, t)
		article, servant = false, false
	}
	return out
}

// splitInitials parts "J.F." into two words; a full stop inside other words is passed over.
func splitInitials(p string) string {
	if strings.Count(p, ".") < 2 {
		return p
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(p, "."), ".") {
		if utf8.RuneCountInString(part) != 1 {
			return p
		}
	}
	return strings.ReplaceAll(p, ".", " ")
}

// servantOf reports whether a word is "Abd" with or without the article, which belongs to the next.
func servantOf(w string) bool {
	switch w {
	case "abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abed", "abdur", "abder", "abdus", "abdor", "abdel-", "abdas", "abdar":
		return true
	}
	return false
}

// sound is a folded word with spellings evened out: its class, or its letters by rule.
func (s *spellings) sound(w string) string {
	if c, ok := s.word[w]; ok {
		return c
	}
	for _, p := range []string{"abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abder", "abdus", "abdor"} {
		if rest, ok := strings.CutPrefix(w, p); ok && len(rest) >= 3 {
			return "abd" + s.sound(rest)
		}
	}
	return spell(w)
}

// faith is the sound of a word with "ad-Din" after it.
func faith(sound string) string {
	return strings.TrimRight(sound, "haeiou") + "adin"
}

// clusters are letters that stand for one sound, the longest first where they begin alike.
var clusters = strings.NewReplacer(
	"tsch", "C", "sch", "S", "tch", "C", "ch", "C", "dzh", "j", "dj", "j", "zh", "j", "sh", "S", "kh", "k", "gh", "g", "dh", "d", "th", "t", "ph", "f",
	"ou", "u", "oo", "u", "ee", "i", "ay", "E", "ai", "E", "ei", "E", "ey", "E", "aw", "O", "au", "O",
	"q", "k", "x", "ks", "w", "v", "y", "i",
)

// spell evens out a word by rule: the letters that languages and offices romanise differently.
func spell(w string) string {
	if len(w) < 3 {
		return w
	}
	for _, e := range [...][2]string{
		{"off", "ov"},
		{"eff", "ev"},
		{"skiy", "ski"},
		{"skyy", "ski"},
		{"skij", "ski"},
		{"skyi", "ski"},
		{"skii", "ski"},
		{"sky", "ski"},
		{"ullah", "ala"},
		{"allah", "ala"},
		{"ollah", "ala"},
		{"ulla", "ala"},
		{"alla", "ala"},
		{"deen", "din"},
		{"dine", "din"},
		{"iyya", "ia"},
		{"iyyah", "ia"},
		{"iyah", "ia"},
		{"iya", "ia"},
		{"iy", "i"},
		{"ii", "i"},
		{"ij", "i"},
		{"yy", "i"},
	} {
		if rest, ok := strings.CutSuffix(w, e[0]); ok && len(rest) >= 2 {
			w = rest + e[1]
			break
		}
	}
	for _, e := range [...]string{"uddin", "eddin", "addin", "udin", "edin", "uddeen", "eddine"} {
		if rest, ok := strings.CutSuffix(w, e); ok && len(rest) >= 3 {
			return faith(clusters.Replace(rest))
		}
	}
	w = clusters.Replace(w)
	var b strings.Builder
	var before rune
	for i, r := range w {
		if r == before { // double letters
			continue
		}
		if r == 'c' {
			r = 'k'
			if next := i + 1; next < len(w) && (w[next] == 'e' || w[next] == 'i') {
				r = 's'
			}
			if r == before {
				continue
			}
		}
		b.WriteRune(r)
		before = r
	}
	w = b.String()
	if n := len(w); n > 3 && w[n-1] == 'h' && strings.IndexByte("aeiou", w[n-2]) >= 0 {
		w = w[:n-1]
	}
	if n := len(w); n > 2 && w[n-1] == 'E' {
		w = w[:n-1] + "i"
	}
	return w
}

// Closeness of two words.
const (
	equalWords   = 1.0
	equalSounds  = 0.95
	shortForm    = 0.88
	nearSounds   = 0.85
	sameInitials = 0.7
)

// closeness says how far two words are one in two spellings; zero when they are not.
func closeness(a, b token) float64 {
	switch {
	case a.fold == b.fold:
		return equalWords
	case a.sound == b.sound:
		return equalSounds
	case a.initial() != b.initial():
		x, _ := utf8.DecodeRuneInString(a.sound)
		y, _ := utf8.DecodeRuneInString(b.sound)
		if f, _ := utf8.DecodeRuneInString(a.fold); x == y || strings.HasPrefix(b.fold, string(f)) {
			return sameInitials
		}
		return 0
	case a.article && glued(b.fold, a), b.article && glued(a.fold, b):
		return equalSounds
	case a.first != "" && b.first != "":
		return 0
	case isShort(a, b), isShort(b, a):
		return shortForm
	case nearly(a.sound, b.sound):
		return nearSounds
	}
	return 0
}

// glued reports whether w is the other word with the article written as its beginning.
func glued(w string, other token) bool {
	if !strings.HasPrefix(w, "al") && !strings.HasPrefix(w, "el") || len(w) < 5 {
		return false
	}
	return loadSpellings().sound(w[2:]) == other.sound
}

// isShort reports whether a is a short form of b, or of what b is another short form of.
func isShort(a, b token) bool {
	s := loadSpellings()
	for _, full := range s.short[a.fold] {
		if s.sound(full) == b.sound {
			return true
		}
		if slices.Contains(s.short[b.fold], full) {
			return true
		}
	}
	return false
}

// nearly reports whether two sounds differ only in vowels that transcriptions mix.
func nearly(a, b string) bool {
	if len(a) != len(b) || len(a) < 4 || a[0] != b[0] {
		return false
	}
	differ := 0
	for i := range len(a) {
		if a[i] == b[i] {
			continue
		}
		switch string([]byte{min(a[i], b[i]), max(a[i], b[i])}) {
		case "ae", "ei", "ou", "Ee", "Ei", "Ea", "Oo", "Oa":
			differ++
		default:
			return false
		}
	}
	return differ <= 2
}

// longest is how many bytes of a folded name are looked at closely; none is longer.
const longest = 300

// SameName says how probable it is, from 0 to 1, that two personal names are one person's as
// far as names can tell, and why. Spellings, order, initials, short forms and names left out
// cost a little; another first name or last name costs all. It is symmetric, and 1 for equal names.
// From about 0.8 names are one in two spellings; between 0.3 and 0.8 they may be.
func SameName(a, b string) (float64, string) {
	x, y := Fold(a), Fold(b)
	switch {
	case x == "" || y == "":
		return 0, "no name"
	case a == b:
		return 1, "the same"
	case x == y:
		return 0.99, "marks and hyphens"
	}
	if len(x) > longest || len(y) > longest {
		return 0, "too long for a name"
	}
	p, q := takeApart(a), takeApart(b)
	return sameNames(p, q)
}

func sameNames(p, q personName) (float64, string) {
	score, why := sameWords(p.words, q.words)
	switch {
	case p.suffix == q.suffix || score == 0:
		return score, why
	case p.suffix != "" && q.suffix != "":
		return 0, "one is " + min(p.suffix, q.suffix) + ", the other " + max(p.suffix, q.suffix)
	default:
		return score * 0.65, "one is " + p.suffix + q.suffix
	}
}

func sameWords(x, y []token) (float64, string) {
	if len(x) == 0 || len(y) == 0 {
		return 0, "no name"
	}
	if join(x) == join(y) {
		return 0.97, "hyphens and spaces"
	}
	score, why := inOrder(x, y)
	if len(x) == len(y) && len(x) > 1 && score < 0.8 {
		for _, c := range [...]float64{rotated(x, y), rotated(y, x)} {
			if c > score {
				score, why = c, "order of names"
			}
		}
	}
	return score, why
}

func join(words []token) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.fold)
	}
	return b.String()
}

// rotated compares with the first word of x put last. Two given names that many share may stand
// in either order as names of two persons.
func rotated(x, y []token) float64 {
	least, given := 1.0, true
	for i := range x {
		t := x[(i+1)%len(x)]
		least = min(least, closeness(t, y[i]))
		given = given && t.first != ""
	}
	switch {
	case least < nearSounds:
		return 0
	case given:
		return 0.3
	default:
		return 0.9 * least
	}
}

func inOrder(x, y []token) (float64, string) {
	if len(x) > len(y) {
		x, y = y, x
	}
	first, last := closeness(x[0], y[0]), closeness(x[len(x)-1], y[len(y)-1])
	if len(x) == 1 {
		switch {
		case len(y) == 1 && last >= nearSounds && last != shortForm:
			return last, "spelling"
		case len(y) == 1 && last == shortForm:
			return 0.6, "short form"
		case len(y) == 1:
			return 0, "different names"
		case last >= nearSounds:
			return 0.4 * last, "last name alone"
		case first >= nearSounds:
			return 0.25 * first, "first name alone"
		}
		return 0, "different names"
	}
	if last < nearSounds || last == shortForm {
		return longer(x, y, first)
	}
	if first == 0 {
		if len(x) < len(y) && within(x, y[len(y)-len(x):]) {
			return 0.65, "first name left out"
		}
		return 0, "different first names"
	}
	score, why := min(first, last), "spelling"
	switch first {
	case sameInitials:
		why = "initial"
	case shortForm:
		why = "short form"
	}
	mx, my := x[1:len(x)-1], y[1:len(y)-1]
	switch {
	case len(my) == 0 || len(mx) == len(my) && within(mx, my):
	case len(mx) == 0:
		score, why = score*0.9, "middle name"
		if x[0].first != "" && x[len(x)-1].first != "" {
			score, why = 0.5, "common names, others left out"
		}
	case len(mx) == len(my):
		return 0.3 * score, "different middle names"
	case part(mx, my) && closeness(mx[0], my[0]) >= sameInitials:
		score, why = score*0.85, "middle names"
	default:
		return 0.3 * score, "different middle names"
	}
	return score, why
}

// longer is for names that end differently: the shorter may be without the mother's family name or the
// father's father's.
func longer(x, y []token, first float64) (float64, string) {
	if first < nearSounds || len(x) == len(y) {
		return 0, "different last names"
	}
	common := true
	for _, t := range x {
		common = common && t.first != ""
	}
	switch {
	case !part(x[1:], y[1:]):
		return 0, "different last names"
	case common:
		return 0.4, "common names, others left out"
	case within(x, y[:len(x)]):
		return 0.7, "further names left out"
	default:
		return 0.65, "names left out"
	}
}

// within reports whether the words of two names of one length are close one by one.
func within(x, y []token) bool {
	for i := range x {
		if closeness(x[i], y[i]) < sameInitials {
			return false
		}
	}
	return true
}

// part reports whether the words of x stand in y in their order.
func part(x, y []token) bool {
	i := 0
	for _, t := range y {
		if i < len(x) && closeness(x[i], t) >= sameInitials {
			i++
		}
	}
	return i == len(x)
}
