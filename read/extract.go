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
	minProse   = 60   // of a paragraph besides its links
	keepShare  = 0.35 // of a page's prose, above which no name takes out an element that may hold the article
	emptyShare = 0.60 // the same for one that has nothing of an article about it
	mostShare  = 0.75 // of the prose of an element that one below must have to stand for it
	namedShare = 0.05 // of a page's prose, for what is named the article's text
	bodyShare  = 0.25 // the same for an article element
	partShare  = 0.80 // of the prose of an element that is named the article's text, for it to be one in parts
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
	f.prune(doc, f.prose[doc])
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
	if n := f.longest(f.named, namedShare*float64(f.prose[doc])); n != nil {
		return f.whole(n)
	}
	return f.longest(f.articles, bodyShare*float64(f.prose[doc]))
}

// longest is the first of elements that is about as long as the longest of them.
func (f *finder) longest(list []*html.Node, least float64) *html.Node {
	most := 0
	for _, n := range list {
		most = max(most, f.prose[n])
	}
	for _, n := range list {
		if float64(most) >= least && 2*f.prose[n] >= most {
			return n
		}
	}
	return nil
}

// whole is the element that holds an article whose text stands in several
// elements, each named so, of which one is given.
func (f *finder) whole(n *html.Node) *html.Node {
	named := map[*html.Node]int{}
	for _, part := range f.named {
		at := part
		for range maxParts {
			if at = at.Parent; at == nil {
				break
			}
			named[at] += f.prose[part]
		}
	}
	best := n
	for range maxParts {
		if n = n.Parent; n == nil || n.Data == "body" {
			break
		}
		if named[n] > f.prose[best] && float64(named[n]) >= partShare*float64(f.prose[n]) && headings(n) < 2 {
			best = n
		}
	}
	return best
}

// maxParts is how many elements the parts of an article are below the one that
// holds it, at most.
const maxParts = 3

func headings(n *html.Node) int {
	count := 0
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "h1" {
			count++
		}
	}
	return count
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

// prune takes out the elements that are no part of the article, unless they have
// too much of the page's prose; gone is the prose that went.
func (f *finder) prune(n *html.Node, total int) (gone int) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		if child.Type == html.ElementNode {
			if unread[child.Data] || (aside[child.Data] || hidden(child) || hintOf(child) == hintOut) && f.spare(child, total) {
				gone += f.prose[child]
				n.RemoveChild(child)
			} else {
				gone += f.prune(child, total)
			}
		}
		child = next
	}
	if gone > 0 {
		f.prose[n] -= gone
	}
	return gone
}

// spare reports whether a page can do without an element.
func (f *finder) spare(n *html.Node, total int) bool {
	prose := float64(f.prose[n])
	return prose == 0 || prose <= emptyShare*float64(total) && !f.holds(n, prose > keepShare*float64(total))
}

// holds reports whether an element below is named the article's text or, where
// the least sign will do, is a main heading or an article.
func (f *finder) holds(n *html.Node, least bool) bool {
	for child := range n.ChildNodes() {
		if child.Type != html.ElementNode {
			continue
		}
		if least && (child.Data == "h1" || child.Data == "article") || f.prose[child] > 0 && hintOf(child) == hintBody || f.holds(child, least) {
			return true
		}
	}
	return false
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
