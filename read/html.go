package read

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord"
)

// Bounds of a page, against pages made to be slow. Beyond them the text is taken
// tag by tag, without looking for the article in it.
const (
	maxElements = 60_000
	maxDepths   = 2_000_000 // of all elements together: finding the article walks up from each
	minArticle  = 80        // bytes of text below which a page has no article
)

// readHTML reads a page: facts from its metadata, text from its article.
func readHTML(c *onrecord.Capture, rev *onrecord.Revision) error {
	if err := notText(c.Bytes); err != nil {
		return err
	}
	if len(c.Bytes) > MaxHTML {
		return tooLarge(MaxHTML)
	}
	page, problems := decode(c.Bytes, declaredCharset(c))
	rev.Problems = append(rev.Problems, problems...)

	paragraphs, err := article(page, rev)
	if err != nil {
		rev.Problems = append(rev.Problems, onrecord.Problem{
			Code:    "page",
			Message: fmt.Sprintf("the article was not looked for in the page, and all its text taken: %v", err),
		})
		paragraphs = plainText(page)
	}
	paragraphs = slices.DeleteFunc(paragraphs, func(p block) bool { return isDebris(p.text) })
	if length(paragraphs) < minArticle {
		return onrecord.WithHint(fmt.Errorf("no article found in the page: %w", onrecord.ErrNotText),
			"a page that needs scripts, or a list of links, has no text of its own; save its text instead")
	}
	compose(rev, paragraphs)
	return nil
}

// article parses a page and finds facts and paragraphs of its article. It fails
// on pages beyond the bounds.
func article(page string, rev *onrecord.Revision) (paragraphs []block, err error) {
	if n := strings.Count(page, "<"); n > 4*maxElements {
		return nil, fmt.Errorf("over %d tags", 4*maxElements)
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, fmt.Errorf("parse the page: %w", err)
	}
	for n := range doc.ChildNodes() {
		if n.Type == html.ElementNode {
			rev.Language = first(attr(n, "lang"), attr(n, "xml:lang"))
		}
	}
	elements, depths := size(doc, 0)
	facts := factsOf(doc)
	facts.fill(rev)
	if elements > maxElements || depths > maxDepths {
		return nil, fmt.Errorf("%d elements, %d levels deep together; over %d or %d", elements, depths, maxElements, maxDepths)
	}
	found := find(doc)
	paragraphs = tidy(blocks(found))
	if told := tidy(facts.paragraphs()); length(told) > 2*length(paragraphs) {
		paragraphs = told // the page is filled by scripts, or hides what it tells machines
	}
	if found != doc && !stands(paragraphs, facts.description) && stands(blocks(doc), facts.description) {
		paragraphs = slices.Insert(paragraphs, 0, block{kind: onrecord.Body, text: facts.description, lead: true})
	}
	if n := wordsOf(paragraphs); 2*n < facts.wordCount && length(paragraphs) < maxWord*n {
		rev.Problems = append(rev.Problems, onrecord.Problem{
			Code: "cut", Message: fmt.Sprintf("the text looks cut short: %d words, of %d that the page says the article has", n, facts.wordCount),
		})
	}
	return paragraphs, nil
}

// maxWord is how many bytes a word has on the average at most; scripts without
// spaces between words have more.
const maxWord = 20

func wordsOf(list []block) int {
	n := 0
	for _, b := range list {
		n += len(strings.Fields(b.text))
	}
	return n
}

// length is how many bytes of body there are.
func length(list []block) int {
	n := 0
	for _, b := range list {
		if b.kind == onrecord.Body {
			n += len(b.text)
		}
	}
	return n
}

// stands reports whether a paragraph is these words. A page that tells its own
// summary and shows it above the article has a standfirst, which is the article's.
func stands(list []block, words string) bool {
	return len(words) >= minProse && slices.ContainsFunc(list, func(b block) bool { return strings.HasPrefix(b.text, words) })
}

// size counts the elements below a node at a depth, and their depths together.
// The parser's own bound on depth bounds the recursion.
func size(n *html.Node, depth int) (elements, depths int) {
	for child := range n.ChildNodes() {
		if child.Type == html.ElementNode {
			e, d := size(child, depth+1)
			elements, depths = elements+e+1, depths+d+depth+1
		}
	}
	return elements, depths
}

// compose writes headline, an empty line and the paragraphs into the revision's
// text, with their zones.
func compose(rev *onrecord.Revision, paragraphs []block) {
	rev.Title = collapse(rev.Title)
	var text strings.Builder
	apart := false // from the standfirst, behind which the dateline stands
	add := func(kind onrecord.ZoneKind, words string) {
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		start := text.Len()
		text.WriteString(words)
		span := onrecord.Span{Start: start, End: text.Len()}
		if last := len(rev.Zones) - 1; last >= 0 && kind == onrecord.Body && rev.Zones[last].Kind == kind && !apart {
			rev.Zones[last].Span.End = span.End
			return
		}
		zone(rev, kind, span)
	}
	if rev.Title != "" {
		add(onrecord.Headline, rev.Title)
	}
	top, lead := true, false
	for i, p := range paragraphs {
		if i < 8 && sameWords(p.text, rev.Title) {
			continue
		}
		if p.kind != onrecord.Body {
			add(p.kind, p.text)
			continue
		}
		if p.lead {
			add(onrecord.Body, p.text)
			lead, apart = true, true
			continue
		}
		if top {
			if names := byline(p.text); names != nil {
				if rev.Byline == nil {
					rev.Byline = names
				}
				rev.Credit = append(rev.Credit, bylineCredit(p.text)...)
				add(onrecord.BylineZone, p.text)
				continue
			}
			if day, modified, ok := parseDayLine(p.text); ok {
				setDay(rev, day, modified)
				add(onrecord.OtherZone, p.text)
				continue
			}
		}
		if top && i+1 < len(paragraphs) && isLabel(p.text) {
			add(onrecord.OtherZone, p.text)
			continue
		}
		top = false
		if credited.MatchString(p.text) && len(p.text) <= maxCaption {
			add(onrecord.Caption, p.text)
			continue
		}
		add(onrecord.Body, p.text)
		apart = false
	}
	rev.Text = text.String()
	zoneDateline(rev, lead)
	for _, name := range rev.Byline {
		if wire, known := agency(name); known {
			rev.Credit = append(rev.Credit, wire)
		}
	}
	slices.Sort(rev.Credit)
	rev.Credit = slices.Compact(rev.Credit)
}

const (
	maxCaption = 400 // bytes
	maxLabel   = 100
)

// credited is a paragraph that ends with whose picture it describes.
var credited = regexp.MustCompile(`(?i)\((?:image|photo|picture|foto|photograph)s?(?: credit)?\s*[:©/][^()]{1,80}\)$|^(?:image|photo|foto|photograph)s?(?: credit)?\s*:\s`)

// isLabel reports whether a line above an article is a date, a section or the
// like: short, with a number in it and without the end of a sentence.
func isLabel(line string) bool {
	return len(line) <= maxLabel && strings.ContainsAny(line, "0123456789") && !strings.ContainsAny(line[len(line)-1:], ".!?:;\"'") &&
		!strings.HasSuffix(line, "”") && !strings.HasSuffix(line, "…") && !strings.HasSuffix(line, "—")
}

// zoneDateline finds the dateline at the start of a body zone and takes it out
// of that zone. Behind a standfirst it is that of the next one.
func zoneDateline(rev *onrecord.Revision, lead bool) {
	for i, z := range rev.Zones {
		if z.Kind != onrecord.Body {
			continue
		}
		at := onrecord.Revision{Text: rev.Text[:z.Span.End]}
		rest := setDateline(&at, z.Span.Start)
		if at.Dateline == nil && lead {
			lead = false
			continue
		}
		if at.Dateline == nil {
			return
		}
		at.Zones = append(at.Zones, onrecord.Zone{Kind: onrecord.Body, Span: onrecord.Span{Start: rest, End: z.Span.End}})
		rev.Zones = slices.Replace(rev.Zones, i, i+1, at.Zones...)
		rev.Dateline = at.Dateline
		rev.Credit = append(rev.Credit, at.Credit...)
		return
	}
}

// sameWords reports whether two lines differ in case and white space at most.
func sameWords(a, b string) bool {
	return a != "" && strings.EqualFold(collapse(a), collapse(b))
}

// plainText is the text of a page tag by tag, for pages that cannot be parsed
// into a tree or only at great cost.
func plainText(page string) []block {
	var out []block
	var text bytes.Buffer
	flush := func() {
		if words := collapse(text.String()); words != "" {
			out = append(out, block{kind: onrecord.Body, text: words})
		}
		text.Reset()
	}
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(MaxHTML)
	skipping := "" // the element whose text is not for readers
	for {
		switch z.Next() {
		case html.ErrorToken:
			flush()
			return out
		case html.TextToken:
			if skipping == "" {
				text.Write(z.Text())
			}
		case html.StartTagToken:
			tag, _ := z.TagName()
			name := string(tag)
			switch {
			case skipping == "" && raw[name]:
				skipping = name
			case !inline[name]:
				flush()
			}
		case html.EndTagToken:
			tag, _ := z.TagName()
			name := string(tag)
			if name == skipping {
				skipping = ""
			} else if !inline[name] {
				flush()
			}
		case html.SelfClosingTagToken:
			text.WriteByte(' ')
		}
	}
}
