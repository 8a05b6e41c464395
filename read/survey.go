package read

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord"
)

// Bounds of what is put back into an article, in bytes.
const (
	minStand = 40
	maxStand = 700
	minSpeak = 25  // of a paragraph that is put back
	minDense = 600 // of the text of an element that is an article though the finder did not take it
)

// leaf is an element of a page that holds text and no other block of it.
type leaf struct {
	text    string
	kin     string     // its own and its parent's names and classes
	parent  *html.Node // before the finder moves it
	heading bool
	para    bool
}

// survey is the leaves of a page in its order, as they are before the article is
// looked for, which changes the page.
type survey struct {
	leaves []leaf
	hints  hinter
}

func surveyOf(doc *html.Node) *survey {
	s := &survey{hints: hinter{}}
	s.walk(doc)
	return s
}

// walk reports whether a block of text lies below n.
func (s *survey) walk(n *html.Node) bool {
	if n.Type == html.ElementNode {
		if unread[n.Data] || n.Data == "figure" || n.Data == "figcaption" || n.Data == "aside" || n.Data == "footer" || n.Data == "h1" {
			return true
		}
		if n.Data != "body" && n.Data != "main" && n.Data != "article" && s.hints.of(n) == captionHint && brief(n) {
			return true
		}
	}
	blockBelow := false
	for child := range n.ChildNodes() {
		if child.Type == html.ElementNode && s.walk(child) {
			blockBelow = true
		}
	}
	if n.Type != html.ElementNode || inline[n.Data] {
		return blockBelow
	}
	if !blockBelow && n.Parent != nil {
		s.add(n)
	}
	return true
}

func (s *survey) add(n *html.Node) {
	heading := len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '2' && n.Data[1] <= '6'
	text := collapse(words(n))
	if text == "" {
		return
	}
	s.leaves = append(s.leaves, leaf{
		text: text, kin: kin(n), parent: n.Parent, heading: heading, para: n.Data == "p" || n.Data == "div",
	})
}

// kin is an element's and its parent's names and classes; empty where neither
// has a class.
func kin(n *html.Node) string {
	own, parents := attr(n, "class"), ""
	if n.Parent != nil {
		parents = attr(n.Parent, "class")
	}
	if own == "" && parents == "" || len(own)+len(parents) > 512 {
		return ""
	}
	return n.Data + "." + own + "<" + n.Parent.Data + "." + parents
}

// restore puts back what the finder of articles left out: the standfirst, which
// stands above the text; paragraphs whose classes are those of paragraphs that it
// took; headings of such paragraphs.
func (s *survey) restore(paragraphs []block, title, description string) []block {
	at := map[string]int{} // of a line, in which paragraph, from 1
	for i, p := range paragraphs {
		for line := range strings.SplitSeq(p.text, "\n") {
			if at[line] == 0 {
				at[line] = i + 1
			}
		}
		if at[p.text] == 0 {
			at[collapse(p.text)] = i + 1
		}
	}
	firstTaken := -1
	lastTaken := 0
	taken, all, within := map[string]int{}, map[string]int{}, map[string]int{}
	for i, l := range s.leaves {
		in := at[l.text] > 0
		if in && len(l.text) >= minStand && !l.heading {
			lastTaken = i
		}
		if in && firstTaken < 0 && len(l.text) >= minStand && !l.heading {
			firstTaken = i
		}
		if l.para && l.kin != "" && len(l.text) >= minSpeak {
			all[l.kin]++
			if in {
				taken[l.kin]++
			}
		}
	}
	if firstTaken < 0 {
		return paragraphs
	}
	for _, l := range s.leaves[firstTaken : lastTaken+1] {
		if l.para && l.kin != "" && len(l.text) >= minSpeak {
			within[l.kin]++
		}
	}
	var out []block
	if lead := s.standfirst(firstTaken, title, description, paragraphs); lead != "" {
		out = append(out, block{kind: onrecord.Body, text: lead})
	}
	behind := map[int][]block{}
	last := 0
	for i := firstTaken; i < len(s.leaves); i++ {
		l := &s.leaves[i]
		if n := at[l.text]; n > 0 {
			last = max(last, n)
			continue
		}
		switch {
		case l.para && len(l.text) >= minSpeak && taken[l.kin] >= 3 && (taken[l.kin]*3 >= all[l.kin] || i < lastTaken && taken[l.kin]*3 >= within[l.kin]):
			behind[last] = append(behind[last], block{kind: onrecord.Body, text: l.text})
			at[l.text] = last
		case l.heading && len(l.text) <= maxSubhead && i+1 < len(s.leaves) && s.leaves[i+1].parent == l.parent && at[s.leaves[i+1].text] > 0 && i > firstTaken:
			behind[last] = append(behind[last], block{kind: onrecord.OtherZone, text: l.text, heading: true})
		}
	}
	for i, p := range paragraphs {
		out = append(out, p)
		out = append(out, behind[i+1]...)
	}
	return out
}

// standfirst is the text above an article that sums it up: the one that the page's
// description repeats.
func (s *survey) standfirst(before int, title, description string, paragraphs []block) string {
	description = strings.ToLower(collapse(description[:min(len(description), 2*maxStand)]))
	description = strings.ToValidUTF8(strings.TrimRight(description, ".… "), "")
	for i := range before {
		l := &s.leaves[i]
		if len(l.text) < minStand || len(l.text) > maxStand || !sameBeginning(strings.ToLower(l.text), description) ||
			sameWords(l.text, title) || isStamp(l.text) || isCredit(l.text) || byline(l.text) != nil {
			continue
		}
		for _, p := range paragraphs[:min(len(paragraphs), 6)] {
			if strings.Contains(p.text, l.text) || strings.Contains(l.text, p.text) && len(p.text) >= minStand {
				return "" // it stands there
			}
		}
		return l.text
	}
	return ""
}

// densest is the paragraphs of the element that holds the most of them, where
// they are much more than what the finder took.
func (s *survey) densest(paragraphs []block) []block {
	taken := 0
	for _, p := range paragraphs {
		taken += len(p.text)
	}
	most, of := 0, (*html.Node)(nil)
	sums := map[*html.Node]int{}
	for _, l := range s.leaves {
		if l.para && len(l.text) >= minSentence {
			sums[l.parent] += len(l.text)
			if sums[l.parent] > most {
				most, of = sums[l.parent], l.parent
			}
		}
	}
	if most < minDense || most < 2*taken {
		return paragraphs
	}
	var out []block
	for _, l := range s.leaves {
		if l.parent == of {
			kind := onrecord.Body
			if l.heading && len(l.text) <= maxSubhead {
				kind = onrecord.OtherZone
			}
			out = append(out, block{kind: kind, text: l.text, heading: l.heading})
		}
	}
	return out
}

// sameBeginning reports whether two texts are the same, or one is a beginning of
// the other.
func sameBeginning(a, b string) bool {
	return len(b) >= minStand && strings.HasPrefix(a, b) || len(a) >= minStand && strings.HasPrefix(b, strings.TrimRight(a, ". "))
}
