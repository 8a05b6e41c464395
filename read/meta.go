package read

import (
	"strings"

	"golang.org/x/net/html"
)

// meta is what stands in a page's meta elements and around them.
type meta struct {
	values    map[string][]string // by name, in lower case, in the page's order
	scripts   []string            // JSON-LD
	times     []string            // of time elements, in order
	canonical string
	title     string // of the window
	heading   string // the only h1
	headings  int
}

func (m *meta) value(name string) string {
	if v := m.values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func metaOf(doc *html.Node) *meta {
	m := &meta{values: map[string][]string{}}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "meta":
			name := strings.ToLower(first(attr(n, "property"), attr(n, "name"), attr(n, "itemprop"), attr(n, "http-equiv")))
			if content := strings.TrimSpace(attr(n, "content")); name != "" && content != "" {
				m.values[name] = append(m.values[name], content)
			}
		case "link":
			if m.canonical == "" && strings.EqualFold(attr(n, "rel"), "canonical") {
				m.canonical = attr(n, "href")
			}
		case "script":
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr(n, "type"))), "application/ld+json") && n.FirstChild != nil {
				m.scripts = append(m.scripts, n.FirstChild.Data)
			}
		case "title":
			if m.title == "" && n.FirstChild != nil && n.Parent.Data != "svg" {
				m.title = windowTitle(collapse(n.FirstChild.Data))
			}
		case "h1":
			m.headings++
			m.heading = collapse(words(n))
			if m.headings > 1 {
				m.heading = ""
			}
		case "time":
			if at := attr(n, "datetime"); at != "" && len(m.times) < 8 {
				m.times = append(m.times, at)
			}
		}
	}
	return m
}

// windowTitle leaves out the name of the site behind a bar or a dash.
func windowTitle(s string) string {
	for _, mark := range siteMarks {
		if i := strings.LastIndex(s, mark); i > len(s)/2 {
			return s[:i]
		}
	}
	return s
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// words are all text below a node.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
