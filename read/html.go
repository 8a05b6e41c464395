package read

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
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
	paragraphs = tidy(paragraphs, rev.Byline)
	body := 0
	for _, p := range paragraphs {
		body += len(p.text)
	}
	if body < minArticle {
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
	if elements > maxElements || depths > maxDepths {
		facts.fill(rev)
		return nil, fmt.Errorf("%d elements, %d levels deep together; over %d or %d", elements, depths, maxElements, maxDepths)
	}
	prune(doc)
	if !facts.personal() {
		if shown := shownAuthors(doc); shown != nil {
			facts.authors = shown
		}
	}
	facts.fill(rev)
	before := surveyOf(doc)
	node, err := readable(doc, rev.URL)
	if err != nil {
		return nil, err
	}
	if node != nil {
		paragraphs = blocks(node)
	}
	paragraphs = before.restore(before.densest(paragraphs), rev.Title, facts.description)
	paragraphs = facts.instead(paragraphs)
	facts.short(rev, paragraphs)
	return paragraphs, nil
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

var errReadability = errors.New("the article finder broke off")

// readable is the part of a page that is its article; nil where there is none.
// The page is changed. A panic on a page that the finder never met costs that
// page's layout, not the run.
func readable(doc *html.Node, address string) (node *html.Node, err error) {
	defer func() {
		if recover() != nil {
			node, err = nil, errReadability
		}
	}()
	base, err := url.Parse(address)
	if err != nil || address == "" {
		base = &url.URL{}
	}
	parser := readability.NewParser()
	parser.DisableJSONLD = true // facts are read by factsOf
	parser.KeepClasses = true   // they say what is a caption
	a, err := parser.ParseAndMutate(doc, base)
	if err != nil {
		return nil, fmt.Errorf("find the article: %w", err)
	}
	return a.Node, nil
}

// compose writes headline, an empty line and the paragraphs into the revision's
// text, with their zones.
func compose(rev *onrecord.Revision, paragraphs []block) {
	rev.Title = collapse(rev.Title)
	var text strings.Builder
	add := func(kind onrecord.ZoneKind, words string) {
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		start := text.Len()
		text.WriteString(words)
		span := onrecord.Span{Start: start, End: text.Len()}
		if last := len(rev.Zones) - 1; last >= 0 && kind == onrecord.Body && rev.Zones[last].Kind == kind {
			rev.Zones[last].Span.End = span.End
			return
		}
		zone(rev, kind, span)
	}
	if rev.Title != "" {
		add(onrecord.Headline, rev.Title)
	}
	top := true
	for i, p := range paragraphs {
		if i < 8 && sameWords(p.text, rev.Title) {
			continue
		}
		if p.kind == onrecord.OtherZone && top && isStamp(p.text) {
			if day := stampDay(p.text); !day.IsZero() {
				setDay(rev, day, false)
			}
		}
		if p.kind != onrecord.Body {
			add(p.kind, p.text)
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
			if names := bareNames(p.text); names != nil && rev.Byline == nil {
				rev.Byline = names
				add(onrecord.BylineZone, p.text)
				continue
			}
			if day, modified, ok := parseDayLine(p.text); ok {
				setDay(rev, day, modified)
				add(onrecord.OtherZone, p.text)
				continue
			}
		}
		top = false
		add(onrecord.Body, p.text)
	}
	rev.Text = text.String()
	if rev.Published.IsZero() {
		rev.Published = addressDay(first(rev.CanonicalURL, rev.URL))
	}
	zoneDateline(rev)
	for _, name := range rev.Byline {
		if wire, known := agency(name); known {
			rev.Credit = append(rev.Credit, wire)
		}
	}
	slices.Sort(rev.Credit)
	rev.Credit = slices.Compact(rev.Credit)
}

// zoneDateline finds the dateline at the start of a body zone and takes it out
// of that zone.
func zoneDateline(rev *onrecord.Revision) {
	for i, z := range rev.Zones {
		if z.Kind != onrecord.Body {
			continue
		}
		at := onrecord.Revision{Text: rev.Text[:z.Span.End]}
		rest := setDateline(&at, z.Span.Start)
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
