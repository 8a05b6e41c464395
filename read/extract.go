package read

import (
	"strings"

	"golang.org/x/net/html"
)

// The article of a page is found in three walks over its elements, each of which
// looks at an element once: the first measures how much prose stands below each,
// the second takes out what its name says is no part of the article, the third
// goes down from the top for as long as one element holds most of the prose.

// Bounds of prose, in bytes and shares.
const (
	minProse  = 60   // of a paragraph besides its links
	keepShare = 0.35 // of a page's prose, above which no name takes an element out
	mostShare = 0.60 // of the prose of an element that one below must have to stand for it
	bodyShare = 0.50 // of a page's prose in what is named its article
)

// aside are the elements that are no part of an article, whatever their names.
var aside = elements("nav footer aside form dialog menu")

// finder finds the article of one page.
type finder struct {
	prose           map[*html.Node]int // bytes of prose below an element, where there are any
	named, articles []*html.Node       // elements that are named the article's text; article elements
}

// find is the element of a page that holds its article, without what is none of
// it. The page is changed.
func find(doc *html.Node) *html.Node {
	f := finder{prose: map[*html.Node]int{}}
	f.measure(doc, false)
	if f.prose[doc] == 0 {
		return doc
	}
	f.prune(doc, int(keepShare*float64(f.prose[doc])))
	at := doc
	if best := f.best(doc); best != nil {
		at = best
	}
	for {
		var most *html.Node
		for child := range at.ChildNodes() {
			if most == nil || f.prose[child] > f.prose[most] {
				most = child
			}
		}
		if most == nil || inline[most.Data] || most.Data == "p" || float64(f.prose[most]) < mostShare*float64(f.prose[at]) {
			return at
		}
		at = most
	}
}

// best is the element that is named the article's text or, where none is, an
// article element; nil where none has enough of the page's prose. Of several the
// first is taken that is about as long as the longest: pages go on with further
// articles below.
func (f *finder) best(doc *html.Node) *html.Node {
	f.collect(doc)
	least := int(bodyShare * float64(f.prose[doc]))
	for _, list := range [][]*html.Node{f.named, f.articles} {
		longest := 0
		for _, n := range list {
			longest = max(longest, f.prose[n])
		}
		if longest < least {
			continue
		}
		for _, n := range list {
			if 2*f.prose[n] >= longest {
				return n
			}
		}
	}
	return nil
}

// collect gathers the outermost elements that are named the article's text, and
// the outermost article elements.
func (f *finder) collect(n *html.Node) {
	f.outermost(n, &f.named, func(n *html.Node) bool { return hintOf(n) == hintBody })
	f.outermost(n, &f.articles, func(n *html.Node) bool { return n.Data == "article" })
}

func (f *finder) outermost(n *html.Node, list *[]*html.Node, is func(*html.Node) bool) {
	for child := range n.ChildNodes() {
		switch {
		case child.Type != html.ElementNode || f.prose[child] == 0:
		case is(child):
			*list = append(*list, child)
		default:
			f.outermost(child, list, is)
		}
	}
}

// measure counts the text that a node gives to the paragraph around it, and how
// much of that is links.
func (f *finder) measure(n *html.Node, linked bool) (text, links int) {
	switch {
	case n.Type == html.TextNode:
		return len(strings.TrimSpace(n.Data)), 0
	case n.Type == html.ElementNode && unread[n.Data], n.Type == html.CommentNode:
		return 0, 0
	}
	below := 0
	linked = linked || n.Type == html.ElementNode && n.Data == "a"
	for child := range n.ChildNodes() {
		t, l := f.measure(child, linked)
		text, links = text+t, links+l
		below += f.prose[child]
	}
	if n.Type == html.ElementNode && n.Data == "a" {
		links = text
	}
	if n.Type == html.ElementNode && inline[n.Data] {
		if below > 0 {
			f.prose[n] = below
		}
		return text, links
	}
	if !linked && text-links >= minProse && links < text/2 {
		below += text - links
	}
	if below > 0 {
		f.prose[n] = below
	}
	return 0, 0
}

// prune takes out the elements that are no part of the article and have no more
// prose than keep; gone is the prose that went.
func (f *finder) prune(n *html.Node, keep int) (gone int) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		if child.Type == html.ElementNode {
			out := unread[child.Data] || f.prose[child] <= keep && (aside[child.Data] || hidden(child) || hintOf(child) == hintOut) && !f.holdsBody(child)
			if out {
				gone += f.prose[child]
				n.RemoveChild(child)
			} else {
				gone += f.prune(child, keep)
			}
		}
		child = next
	}
	if gone > 0 {
		f.prose[n] -= gone
	}
	return gone
}

// hidden reports whether browsers do not show an element.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none") {
				return true
			}
		}
	}
	return false
}

// holdsBody reports whether an element below is named the article's text.
func (f *finder) holdsBody(n *html.Node) bool {
	for child := range n.ChildNodes() {
		if child.Type == html.ElementNode && f.prose[child] > 0 && (hintOf(child) == hintBody || f.holdsBody(child)) {
			return true
		}
	}
	return false
}
