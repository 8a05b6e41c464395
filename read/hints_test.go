package read

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestHints(t *testing.T) {
	for _, line := range entries(hintsFile) {
		kind, word, ok := strings.Cut(line, " ")
		if !ok || kind != "out" && kind != "caption" && kind != "body" {
			t.Errorf("line %q", line)
		}
		if strings.ToLower(word) != word || strings.Count(word, "-") > 1 {
			t.Errorf("%q is not found: names are cut into words in lower case, and two in a row are the most", word)
		}
	}
}

func TestHintOfName(t *testing.T) {
	for name, want := range map[string]hint{
		"share": hintOut, "ShareBar": hintOut, "article__related": hintOut, "js-newsletter2": hintOut, "read_more": hintOut, "authorBio": hintOut,
		"shareholder": noHint, "story": noHint, "article": noHint, "commentary": noHint, "": noHint,
		"articleBody": hintBody, "article-body-share": hintBody, "post__content entry-content": noHint + hintBody,
		"image-caption": hintCaption,
	} {
		n := &html.Node{Type: html.ElementNode, Data: "div", Attr: []html.Attribute{{Key: "class", Val: name}}}
		if got := hintOf(n); got != want {
			t.Errorf("%q: %d, want %d", name, got, want)
		}
	}
}
