package read

import (
	"encoding/json"
	"html"
	"slices"
	"strconv"
	"strings"
)

// Bounds of JSON-LD, against pages made to be slow.
const (
	maxLinked      = 512 << 10 // bytes of one script
	maxLinkedDepth = 64
)

// articleTypes end the names of the schema.org types that articles have:
// NewsArticle, ReportageNewsArticle, BlogPosting.
var articleTypes = []string{"Article", "BlogPosting", "Report", "SocialMediaPosting", "DiscussionForumPosting"}

// linked reads one JSON-LD script of a page. Values that an earlier script gave
// stay.
func (f *facts) linked(script string) {
	if len(script) > maxLinked || depth(script) > maxLinkedDepth {
		return
	}
	var value any
	if json.Unmarshal([]byte(cleanScript(script)), &value) != nil {
		return
	}
	g := graph{byID: map[string]map[string]any{}}
	g.collect(value)
	for _, node := range g.articles {
		f.article(&g, node)
	}
}

// cleanScript makes JSON of what sites print as JSON-LD: raw control characters
// inside strings, comments or CDATA marks around it, a semicolon behind.
func cleanScript(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	for _, mark := range []string{"-->", "//]]>", "/*]]>*/", "]]>", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, mark))
	}
	return s
}

// depth is how deep brackets of JSON nest, strings aside.
func depth(s string) int {
	deepest, now := 0, 0
	inString := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}

// graph is the objects of a script: articles in order, and all that have an @id,
// so that references to them can be followed.
type graph struct {
	byID     map[string]map[string]any
	articles []map[string]any
}

func (g *graph) collect(value any) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			g.collect(item)
		}
	case map[string]any:
		if id, _ := v["@id"].(string); id != "" && len(v) > 1 {
			if _, seen := g.byID[id]; !seen {
				g.byID[id] = v
			}
		}
		if isArticle(v) {
			g.articles = append(g.articles, v)
		}
		for _, key := range sortedKeys(v) { // map order must not reach a finding
			switch key {
			case "@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "creator", "itemListElement":
				g.collect(v[key])
			}
		}
	}
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func isArticle(v map[string]any) bool {
	return slices.ContainsFunc(texts(v["@type"]), func(t string) bool {
		return slices.ContainsFunc(articleTypes, func(end string) bool { return strings.HasSuffix(t, end) })
	})
}

// article takes the facts of one article object.
func (f *facts) article(g *graph, v map[string]any) {
	f.title = first(f.title, text(v["headline"]), text(v["name"]))
	f.description = first(f.description, text(v["description"]))
	if body, ok := v["articleBody"].(string); ok && f.body == "" {
		f.body = html.UnescapeString(body)
	}
	switch n := v["wordCount"].(type) {
	case float64:
		f.words = max(f.words, int(min(n, 1e6)))
	case string:
		if n, err := strconv.Atoi(n); err == nil {
			f.words = max(f.words, n)
		}
	}
	f.address = first(f.address, text(v["url"]))
	f.published = closer(f.published, text(v["datePublished"]))
	f.modified = closer(f.modified, text(v["dateModified"]))
	f.publisher = first(f.publisher, strings.Join(g.names(v["publisher"]), ", "))
	if len(f.authors) == 0 {
		authors := g.names(v["author"])
		if len(authors) == 0 {
			authors = g.names(v["creator"])
		}
		for _, name := range authors {
			for _, one := range authorNames(name) {
				if !slices.Contains(f.authors, one) {
					f.authors = append(f.authors, one)
				}
			}
		}
	}
	switch free := v["isAccessibleForFree"].(type) {
	case bool:
		f.paywalled = f.paywalled || !free
	case string:
		f.paywalled = f.paywalled || strings.EqualFold(free, "false")
	}
}

// names are the names of a person, an organisation, a list of them, or
// references to them.
func (g *graph) names(value any) []string {
	switch v := value.(type) {
	case string:
		if o, ok := g.byID[v]; ok {
			return texts(o["name"])
		}
		return texts(v)
	case []any:
		var out []string
		for _, item := range v {
			out = append(out, g.names(item)...)
		}
		return out
	case map[string]any:
		name := v["name"]
		if name == nil {
			if id, _ := v["@id"].(string); id != "" && g.byID[id] != nil {
				name = g.byID[id]["name"]
			}
		}
		return texts(name)
	}
	return nil
}

// text is a value's first string.
func text(value any) string {
	if t := texts(value); len(t) > 0 {
		return t[0]
	}
	return ""
}

// texts are the strings of a value: itself, or those of a list or an @value.
// Sites escape them as in HTML although JSON asks for none of that.
func texts(value any) []string {
	switch v := value.(type) {
	case string:
		if v = collapse(html.UnescapeString(v)); v != "" {
			return []string{v}
		}
	case []any:
		var out []string
		for _, item := range v {
			out = append(out, texts(item)...)
		}
		return out
	case map[string]any:
		return texts(v["@value"])
	}
	return nil
}
