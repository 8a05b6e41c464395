package read

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord"
)

// block is a paragraph of a page.
type block struct {
	kind    onrecord.ZoneKind
	text    string
	links   int  // bytes of it in links
	heading bool // one of h1 to h6
	listed  bool // of a list, a table or a quotation
}

// maxSubhead is how many bytes a subheading has at most; pages that set whole
// paragraphs as headings exist.
const maxSubhead = 150

// inline are the elements that stay inside a paragraph.
var inline = elements("a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr")

// unread are the elements whose text is not for readers.
var unread = elements("button canvas datalist head iframe input math noscript object script select style svg template textarea title audio video")

// raw are the elements that hold no elements, whose end the tokenizer finds even
// where a page forgets it.
var raw = elements("script style textarea title iframe noembed noframes xmp")

func elements(names string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		m[name] = true
	}
	return m
}

// blocks are the paragraphs of an element, in order. White space is collapsed as
// browsers show it; a line break stays one.
func blocks(node *html.Node) []block {
	w := blockWriter{hints: hinter{}}
	w.walk(node, onrecord.Body)
	w.flush(onrecord.Body)
	return w.out
}

type blockWriter struct {
	out   []block
	text  strings.Builder
	links int // bytes written in links

	hints hinter

	inLink, inHeading, inList int
}

// flush ends the paragraph that is being written.
func (w *blockWriter) flush(kind onrecord.ZoneKind) {
	lines := strings.Split(w.text.String(), "\v")
	w.text.Reset()
	links := w.links
	w.links = 0
	kept := lines[:0]
	for _, line := range lines {
		if line = collapse(line); line != "" {
			kept = append(kept, line)
		}
	}
	if len(kept) == 0 {
		return
	}
	words := strings.Join(kept, "\n")
	if kind == onrecord.OtherZone && len(words) > maxSubhead {
		kind = onrecord.Body
	}
	w.out = append(w.out, block{kind: kind, text: words, links: links, heading: w.inHeading > 0, listed: w.inList > 0})
}

func (w *blockWriter) walk(n *html.Node, kind onrecord.ZoneKind) {
	switch {
	case n.Type == html.TextNode:
		w.text.WriteString(n.Data)
		if w.inLink > 0 {
			w.links += len(collapse(n.Data))
		}
		return
	case n.Type != html.ElementNode && n.Type != html.DocumentNode, unread[n.Data]:
		return
	case n.Data == "br":
		w.text.WriteByte('\v') // not to be found in pages: collapse makes it a space there
		return
	}
	own := kind
	if !inline[n.Data] {
		w.flush(kind)
	}
	inside := &w.inList // not changed where it is none of these
	change := 0
	switch n.Data {
	case "figcaption", "figure":
		own = onrecord.Caption
	case "h1", "h2", "h3", "h4", "h5", "h6":
		own = onrecord.OtherZone
		inside, change = &w.inHeading, 1
	case "a":
		inside, change = &w.inLink, 1
	case "li", "dd", "dt", "td", "th", "pre", "blockquote":
		change = 1
	}
	if own == onrecord.Body && n.Data != "article" && w.hints.of(n) == captionHint && brief(n) {
		own = onrecord.Caption
	}
	*inside += change
	for child := range n.ChildNodes() {
		w.walk(child, own)
	}
	if !inline[n.Data] {
		w.flush(own)
	}
	*inside -= change
}

// collapse makes one space of each run of white space, and none at the ends.
// Zero-width spaces and soft hyphens, which only tell browsers where to break
// lines, go.
func collapse(s string) string {
	clean := true
	space := true // a space here would be the first, or follow another
	for _, r := range s {
		if r == ' ' {
			if space {
				clean = false
				break
			}
			space = true
			continue
		}
		if unicode.IsSpace(r) || breaks(r) {
			clean = false
			break
		}
		space = false
	}
	if clean && !space {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space = false
	for _, r := range s {
		switch {
		case breaks(r):
		case unicode.IsSpace(r):
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// breaks reports whether r only says where a line may break, or is a control.
func breaks(r rune) bool {
	return r == '\u200b' || r == '\u00ad' || r == '\ufeff' || unicode.IsControl(r) && !unicode.IsSpace(r)
}
