package read

import (
	"strings"

	"golang.org/x/net/html"
)

// minSentence is how many bytes a stretch of text has at least that counts as one
// of an article, not of a menu.
const minSentence = 60

// maxCaption is how many bytes an element has at most whose class makes a caption
// of it; those of wrappers mean something else.
const maxCaption = 800

// prune takes out of a page what its classes say is no part of the article. A
// part that holds much of the page's running text stays, whatever it is called.
func prune(doc *html.Node) {
	p := pruner{running: map[*html.Node]int{}, hints: hinter{}}
	total := p.count(doc, false)
	p.most = total * 3 / 10
	p.walk(doc)
}

type pruner struct {
	running map[*html.Node]int // bytes of running text below an element
	most    int                // bytes that an element may hold that goes
	hints   hinter
}

// count counts the bytes of running text below a node, links aside.
func (p *pruner) count(n *html.Node, link bool) int {
	sum := 0
	for child := range n.ChildNodes() {
		switch child.Type {
		case html.TextNode:
			if !link && len(child.Data) >= minSentence {
				sum += len(strings.TrimSpace(child.Data))
			}
		case html.ElementNode:
			if !unread[child.Data] || child.Data == "noscript" {
				sum += p.count(child, link || child.Data == "a")
			}
		}
	}
	if sum > 0 {
		p.running[n] = sum
	}
	return sum
}

func (p *pruner) walk(n *html.Node) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		if child.Type == html.ElementNode {
			if p.goes(child) {
				n.RemoveChild(child)
			} else {
				p.walk(child)
			}
		}
		child = next
	}
}

func (p *pruner) goes(n *html.Node) bool {
	switch n.Data {
	case "nav":
		return true
	case "html", "head", "body", "main", "article", "h1":
		return false
	case "figure":
		if len(n.Attr) == 0 {
			return false
		}
	}
	if inline[n.Data] || p.hints.of(n) != dropHint && !hidden(n) {
		return false
	}
	return p.running[n] <= p.most && !holds(n, "h1")
}

// hidden reports whether an element's class says that it is not shown, at any width
// of a window.
func hidden(n *html.Node) bool {
	class := attr(n, "class")
	if !strings.Contains(class, "hidden") || strings.Contains(class, ":") {
		return false
	}
	for name := range strings.FieldsSeq(class) {
		if name == "hidden" {
			return true
		}
	}
	return false
}

// brief reports whether the text below a node is no longer than a caption.
func brief(n *html.Node) bool {
	size := 0
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			if size += len(d.Data); size > maxCaption {
				return false
			}
		}
	}
	return true
}

// holds reports whether an element is below a node.
func holds(n *html.Node, name string) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			return true
		}
	}
	return false
}
