package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// reach is how far a rule may look ahead, in bytes.
const reach = 64

// Words appends the tokens of a paragraph to out. They cover all of it but white
// space, in order, and never cut a code point.
func (s *Segmenter) Words(text string, paragraph onrecord.Span, out []onrecord.Span) []onrecord.Span {
	end := paragraph.End
	for i := paragraph.Start; i < end; {
		r, n := utf8.DecodeRuneInString(text[i:end])
		if unicode.IsSpace(r) {
			i += n
			continue
		}
		// What follows a space can begin a face or an address.
		if i == paragraph.Start || spaceBefore(text, i) || !wordRune(previous(text, i)) {
			if k := s.address(text[:end], i); k > i {
				out = append(out, onrecord.Span{Start: i, End: k})
				i = k
				continue
			}
			if k := s.face(text[:end], i); k > i {
				out = append(out, onrecord.Span{Start: i, End: k})
				i = k
				continue
			}
		}
		k := i + n
		if wordRune(r) || (r == '@' || r == '#' || r == '.' || r == '+' || isApostrophe(r)) && s.beginsWord(text[:end], i, n, r) {
			k = s.wordEnd(text[:end], i, k)
			out = s.appendWord(text, i, k, out)
		} else {
			k = markEnd(text[:end], i, r, n)
			out = append(out, onrecord.Span{Start: i, End: k})
		}
		i = k
	}
	return out
}

// beginsWord reports whether a mark at i is the first character of a word:
// "@name", "#tag", ".5", "+1", "'em", "'90s".
func (s *Segmenter) beginsWord(text string, i, n int, r rune) bool {
	next, _ := utf8.DecodeRuneInString(text[i+n:])
	switch {
	case i > 0 && !spaceBefore(text, i) && !isApostrophe(r):
		return false
	case r == '.', r == '+':
		return '0' <= next && next <= '9'
	case r == '@', r == '#':
		return unicode.IsLetter(next)
	}
	// An apostrophe before a listed word, or before digits that no mark closes.
	k := i + n
	for k < len(text) && k-i < reach && wordByte(text[k]) {
		k++
	}
	rest := text[i+n : k]
	if '0' <= next && next <= '9' {
		return r != '‘' && len(rest) == 3 && rest[2] == 's' || r != '‘' && len(rest) == 2 && !(k < len(text) && strings.HasPrefix(text[k:], "'"))
	}
	if k < len(text) && (text[k] >= utf8.RuneSelf && wordRune(runeAt(text, k))) {
		return false
	}
	return rest != "" && s.elided[strings.ToLower(rest)]
}

// wordEnd is where the word that starts at start and reaches i at least ends.
func (s *Segmenter) wordEnd(text string, start, i int) int {
	if k := numberRun(text, start); k > i {
		i = k
	}
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if wordRune(r) {
			i += n
			continue
		}
		next := runeAt(text, i+n)
		if !wordRune(next) {
			if r == '.' && s.abbreviation(text, start, i+1) {
				return i + 1
			}
			if r == '$' && i-start <= 3 && upper(text[start:i]) {
				return i + 1 // US$
			}
			return i
		}
		if !s.joins(text, start, i, n, r, next) {
			return i
		}
		i += n
	}
	return i
}

// joins reports whether the mark r at i stands inside a word that goes on with next.
func (s *Segmenter) joins(text string, start, i, n int, r, next rune) bool {
	before := text[i-1]
	switch r {
	case '\'', '’', '`', 'ʼ':
		return letterByte(before) || digit(before) && (next == 's' || next == 'S')
	case '_':
		return true
	case '@':
		return i-start < reach
	case '*', '$':
		return letterByte(before) && unicode.IsLetter(next)
	case ',', ':':
		return digit(before) && '0' <= next && next <= '9'
	case '/':
		return digit(before) && '0' <= next && next <= '9' || s.whole[strings.ToLower(text[start:min(i, start+8)])+"/"+string(unicode.ToLower(next))] && !wordRune(runeAt(text, i+n+utf8.RuneLen(next)))
	case '&':
		return 'A' <= before && before <= 'Z' && 'A' <= next && next <= 'Z' && i-start <= 4 && upper(text[start:i])
	case '.':
		switch {
		case digit(before):
			return '0' <= next && next <= '9' || s.endingAt(text, i+n) && !allDigits(text[start:i])
		case initial(text[start:i]):
			return true // U.S, e.g, J.K
		case titleAbove(text[start:i]):
			return unicode.IsUpper(next) && initialsFollow(text, i+n) // Ph.D
		}
		return s.endingAt(text, i+n) || dottedAt(text, i+n) || strings.IndexByte(text[start:min(i, start+reach)], '@') >= 0 ||
			'a' <= next && next <= 'z' && i-start < reach && strings.IndexByte(text[start:i], '.') > 0
	case '-', '\u2011', '\u2010':
		return s.hyphenJoins(text, start, i, i+n)
	}
	return false
}

// hyphenJoins reports whether the hyphen between i and after joins its two
// sides: after a prefix, before a suffix, and in listed words.
func (s *Segmenter) hyphenJoins(text string, start, i, after int) bool {
	if i-start > reach {
		return false
	}
	end := after
	for end < len(text) && end-after < reach && (wordByte(text[end]) || text[end] >= utf8.RuneSelf && wordRune(runeAt(text, end))) {
		end++
	}
	first, second := strings.ToLower(text[start:i]), strings.ToLower(text[after:end])
	if s.whole[first+"-"+second] {
		return true
	}
	if strings.ContainsAny(first, "@_") {
		return true // addresses and file names
	}
	if s.suffix[second] && !digit(text[i-1]) {
		return true
	}
	return s.prefix[first] && unicode.IsLetter(runeAt(text, after)) && len(second) > 1
}

// numberRun is the end of a telephone number or of a date in digits at start;
// start where there is none.
func numberRun(text string, start int) int {
	if !digit(text[start]) {
		return start
	}
	var groups []int
	i := start
	for i < len(text) && i-start < 24 {
		k := i
		for k < len(text) && digit(text[k]) && k-i < 6 {
			k++
		}
		if k == i {
			return start
		}
		groups = append(groups, k-i)
		if k < len(text) && wordByte(text[k]) {
			return start
		}
		if k+1 >= len(text) || text[k] != '-' && text[k] != '.' || !digit(text[k+1]) {
			i = k
			break
		}
		i = k + 1
	}
	hyphen := strings.IndexByte(text[start:i], '-') >= 0
	switch n := len(groups); {
	case n >= 3 && n <= 4 && groups[n-1] == 4 && groups[n-2] == 3 && groups[n-3] == 3,
		n == 2 && hyphen && groups[0] == 3 && groups[1] == 4,
		n == 2 && hyphen && groups[0] <= 2 && groups[1] >= 4,
		n == 3 && hyphen && groups[0] <= 2 && groups[1] <= 2 && (groups[2] == 2 || groups[2] == 4),
		n == 3 && hyphen && groups[0] == 4 && groups[1] == 2 && groups[2] == 2:
		return i
	}
	return start
}

// abbreviation reports whether the word with its full stop, text[start:end], is
// one token.
func (s *Segmenter) abbreviation(text string, start, end int) bool {
	w := text[start:end]
	if len(w) > 24 || end+1 < len(text) && text[end] == '.' && text[end+1] == '.' {
		return false
	}
	switch {
	case s.inner[w], s.open[w]:
		return true
	case s.number[w]:
		k := end
		for k < len(text) && k < end+2 && text[k] == ' ' {
			k++
		}
		return k < len(text) && (digit(text[k]) || text[k] == '#')
	case strings.IndexByte(w[:len(w)-1], '.') > 0:
		return initial(w[:len(w)-1])
	}
	if len(w) == 2 && 'A' <= w[0] && w[0] <= 'Z' {
		// An initial, where something follows it that can be a name; "I" seldom is.
		if w[0] == 'I' && (start < 2 || !(text[start-1] == ' ' && unicode.IsUpper(firstOfWordBefore(text, start)))) {
			return false
		}
		k := end
		for k < len(text) && text[k] == ' ' {
			k++
		}
		return k < len(text)
	}
	return false
}

// appendWord appends the tokens of one written word: units and clitics apart.
func (s *Segmenter) appendWord(text string, start, end int, out []onrecord.Span) []onrecord.Span {
	w := text[start:end]
	if digit(w[0]) {
		if k := unitAt(w); k > 0 && s.unit[strings.TrimSuffix(strings.ToLower(w[k:]), ".")] {
			return append(out, onrecord.Span{Start: start, End: start + k}, onrecord.Span{Start: start + k, End: end})
		}
		return append(out, onrecord.Span{Start: start, End: end})
	}
	// Each clitic in turn from the right: "shouldn't've".
	cut := end
	var clitics [4]int
	n := 0
	for n < len(clitics) {
		k := cliticStart(text[start:cut])
		if k <= 0 {
			break
		}
		cut = start + k
		clitics[n] = cut
		n++
	}
	if cut == end && leftOut(text, start, end) {
		return append(out, onrecord.Span{Start: start, End: end - 1}, onrecord.Span{Start: end - 1, End: end})
	}
	if cut == end && len(w) <= 12 {
		if parts := s.pieces[strings.ToLower(w)]; len(parts) > 0 {
			for _, length := range parts {
				out = append(out, onrecord.Span{Start: start, End: start + length})
				start += length
			}
			return out
		}
	}
	out = append(out, onrecord.Span{Start: start, End: cut})
	for n > 0 {
		n--
		to := end
		if n > 0 {
			to = clitics[n-1] //nolint:gosec // n is at least 1
		}
		out = append(out, onrecord.Span{Start: clitics[n], End: to})
	}
	return out
}

// leftOut reports whether a word is "its" or "your" written for "it's" or
// "you're", as no possessor stands before an article or "not".
func leftOut(text string, start, end int) bool {
	if w := text[start:end]; !strings.EqualFold(w, "its") && !strings.EqualFold(w, "your") {
		return false
	}
	if end == len(text) || text[end] != ' ' {
		return false
	}
	k := end + 1
	for k < len(text) && k-end < 6 && wordByte(text[k]) {
		k++
	}
	if k < len(text) && wordByte(text[k]) || k < len(text) && text[k] == '-' {
		return false
	}
	switch strings.ToLower(text[end+1 : k]) {
	case "a", "an", "the", "not", "been":
		return true
	}
	return false
}

// clitics are endings that are tokens of their own, after an apostrophe.
var clitics = map[string]bool{"s": true, "re": true, "ve": true, "ll": true, "d": true, "m": true}

// cliticStart is where the last clitic of a word begins; 0 where there is none.
func cliticStart(w string) int {
	for k := len(w) - 1; k > 0 && k >= len(w)-6; k-- {
		r, n := utf8.DecodeRuneInString(w[k:])
		if !isApostrophe(r) || r == '‘' {
			continue
		}
		rest := strings.ToLower(w[k+n:])
		if rest == "t" && w[k-1]|0x20 == 'n' && k > 1 {
			return k - 1
		}
		if clitics[rest] {
			return k
		}
		return 0
	}
	return 0
}
