package ledger

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// placed is a piece of words with where it begins, as people write it down: "said
// @120", in code points, which is what they are shown.
var placed = regexp.MustCompile(`^(?s)(.*\S)\s*@(\d+)$`)

// Occurrence finds the words that a person gives for a field of a statement, whose
// span is near, each piece after the one before. White space may differ. Words
// that stand in several places are taken where one of these alone touches the
// statement; else they must be given with their place ("said @120"), and the error
// tells the places. Errors wrap [onrecord.ErrInvalid].
func Occurrence(text, words string, near onrecord.Span) ([]onrecord.Span, error) {
	pieces := strings.Split(words, onrecord.Ellipsis)
	if len(pieces) > 1 && len(standing(text, words)) > 0 {
		pieces = []string{words} // an ellipsis of the text itself
	}
	var spans []onrecord.Span
	after := 0
	for _, piece := range pieces {
		s, err := occurrence(text, piece, after, near)
		if err != nil {
			return nil, err
		}
		spans, after = append(spans, s), s.End
	}
	return spans, nil
}

func occurrence(text, piece string, after int, near onrecord.Span) (onrecord.Span, error) {
	words, at := piece, -1
	places := standing(text, piece)
	if m := placed.FindStringSubmatch(piece); len(places) == 0 && m != nil {
		if n, err := strconv.Atoi(m[2]); err == nil {
			words, at = m[1], n
			places = standing(text, words)
		}
	}
	if len(places) == 0 {
		return onrecord.Span{}, onrecord.WithHint(fmt.Errorf("%w: %q does not stand in the article", onrecord.ErrInvalid, words),
			"give the words exactly as the article has them; pieces are joined by “ … ”")
	}
	following := slices.DeleteFunc(slices.Clone(places), func(s onrecord.Span) bool { return s.Start < after })
	touching := slices.DeleteFunc(slices.Clone(following), func(s onrecord.Span) bool { return s.Overlap(near) == 0 })
	switch {
	case at >= 0:
		for _, s := range places {
			if utf8.RuneCountInString(text[:s.Start]) != at {
				continue
			}
			if s.Start < after {
				return onrecord.Span{}, which(text, words, fmt.Sprintf("at %d does not stand after the piece before it", at), places, near)
			}
			return s, nil
		}
		return onrecord.Span{}, which(text, words, fmt.Sprintf("does not begin at %d", at), places, near)
	case len(following) == 1:
		return following[0], nil
	case len(touching) == 1:
		return touching[0], nil
	case len(following) == 0:
		return onrecord.Span{}, which(text, words, "does not stand after the piece before it", places, near)
	default:
		return onrecord.Span{}, which(text, words, fmt.Sprintf("stands in %d places", len(following)), following, near)
	}
}

// mostPlaces is how many places an error tells, the nearest ones, and around is
// how many bytes of text on each side of them.
const mostPlaces, around = 4, 24

// which is the error for words whose place is not clear.
func which(text, words, problem string, places []onrecord.Span, near onrecord.Span) error {
	nearest := slices.Clone(places)
	slices.SortStableFunc(nearest, func(a, b onrecord.Span) int { return cmp.Compare(gap(a, near), gap(b, near)) })
	nearest = nearest[:min(len(nearest), mostPlaces)]
	onrecord.SortSpans(nearest)
	list := make([]string, len(nearest))
	for i, s := range nearest {
		from, to := max(0, s.Start-around), min(len(text), s.End+around)
		shown := strings.Join(strings.Fields(strings.ToValidUTF8(text[from:to], "")), " ")
		list[i] = fmt.Sprintf("@%d (…%s…)", utf8.RuneCountInString(text[:s.Start]), shown)
	}
	return onrecord.WithHint(fmt.Errorf("%w: %q %s", onrecord.ErrInvalid, words, problem),
		fmt.Sprintf("say where it begins by adding one of %s", strings.Join(list, ", ")))
}

// standing are the places where words stand in text, whatever white space is
// between them: as whole words, or where they nowhere do, inside others too.
func standing(text, words string) []onrecord.Span {
	parts := strings.Fields(words)
	if len(parts) == 0 {
		return nil
	}
	var whole, all []onrecord.Span
	for from := 0; ; {
		i := strings.Index(text[from:], parts[0])
		if i < 0 {
			break
		}
		s := onrecord.Span{Start: from + i, End: from + i + len(parts[0])}
		from = s.Start + 1
		if s.End = follow(text, s.End, parts[1:]); s.End < 0 {
			continue
		}
		all = append(all, s)
		before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
		first, _ := utf8.DecodeRuneInString(text[s.Start:])
		last, _ := utf8.DecodeLastRuneInString(text[:s.End])
		next, _ := utf8.DecodeRuneInString(text[s.End:])
		if ofWord(before) && ofWord(first) || ofWord(last) && ofWord(next) {
			continue
		}
		whole = append(whole, s)
	}
	if len(whole) > 0 {
		return whole
	}
	return all
}

// follow is where words end that begin at an offset of text, after white space;
// -1 where others stand there.
func follow(text string, at int, words []string) int {
	for _, w := range words {
		rest := strings.TrimLeftFunc(text[at:], unicode.IsSpace)
		if len(rest) == len(text[at:]) || !strings.HasPrefix(rest, w) {
			return -1
		}
		at = len(text) - len(rest) + len(w)
	}
	return at
}

func ofWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// distinct is the selector of a span, with as much around it as tells it from all
// other places where the same words stand.
func distinct(text string, span onrecord.Span) onrecord.Selector {
	sel := onrecord.Select(text, span)
	for {
		found, ok := sel.Find(text)
		if ok && found == span {
			return sel
		}
		from, to := max(0, span.Start-2*len(sel.Prefix)-1), min(len(text), span.End+2*len(sel.Suffix)+1)
		for from > 0 && !utf8.RuneStart(text[from]) {
			from--
		}
		for to < len(text) && !utf8.RuneStart(text[to]) {
			to++
		}
		if from == span.Start-len(sel.Prefix) && to == span.End+len(sel.Suffix) {
			return sel // all of the text
		}
		sel.Prefix, sel.Suffix = text[from:span.Start], text[span.End:to]
	}
}
