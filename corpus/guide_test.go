package corpus

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/quote"
)

// plainDocument is a document of a text written here: a line is a sentence, an
// empty line parts paragraphs. It has no tags, so lemmas are written out.
func plainDocument(text string) *Document {
	d := &Document{ID: "example", Treebank: "none", Split: "train", Genre: "news"}
	for i, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			d.Words.Source += "\n\n"
		}
		paragraph := onrecord.Span{Start: len(d.Words.Source)}
		for j, line := range strings.Split(p, "\n") {
			if j > 0 {
				d.Words.Source += " "
			}
			s := onrecord.Sentence{Span: onrecord.Span{Start: len(d.Words.Source), End: len(d.Words.Source) + len(line)}}
			d.Words.Source += line
			d.Words.Sentences = append(d.Words.Sentences, s)
			d.Turns = append(d.Turns, "")
		}
		paragraph.End = len(d.Words.Source)
		d.Paragraphs = append(d.Paragraphs, paragraph)
	}
	d.Quotations = quote.FindIn(d.Words.Source, d.Paragraphs)
	return d
}

var exampleBlock = regexp.MustCompile("(?s)```example\n(.*?)\n?--\n(.*?)```")

// TestGuideExamplesCheck reads every example of the guide as a working file and
// finds no fault in it, in 28 sections as there are phenomena.
func TestGuideExamplesCheck(t *testing.T) {
	guide, err := os.ReadFile("GUIDE.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := exampleBlock.FindAllStringSubmatch(string(guide), -1)
	if len(examples) < 60 {
		t.Errorf("%d examples, want 60", len(examples))
	}
	sections := regexp.MustCompile(`(?m)^## \d+ `).FindAllString(string(guide), -1)
	if len(sections) != 28 {
		t.Errorf("%d numbered sections, want 28", len(sections))
	}
	for _, m := range examples {
		d := plainDocument(m[1])
		a, err := Parse(strings.NewReader("== statements\n"+m[2]), d)
		if err != nil {
			t.Errorf("%s\n%v", m[1], err)
			continue
		}
		for _, f := range Check(d, a) {
			t.Errorf("%s\n%s", m[1], f)
		}
		roundTrip(t, d, a)
	}
}
