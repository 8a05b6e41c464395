package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/where"
)

func main() {
	data, _ := os.ReadFile(os.Args[1])
	a, _ := english.New()
	f, _ := where.New()
	dec := xml.NewDecoder(strings.NewReader(string(data)))
	var text strings.Builder
	var span onrecord.Span
	gold := ""
	in := false
	right, n := 0, 0
	for {
		tok, err := dec.Token()
		if err != nil {
			break
		}
		switch x := tok.(type) {
		case xml.StartElement:
			if x.Name.Local == "sample" {
				text.Reset()
				in, gold = true, ""
			}
			for _, at := range x.Attr {
				if at.Name.Local == "reading" {
					gold = at.Value
					span.Start = text.Len()
				}
			}
		case xml.CharData:
			if in {
				text.Write(x)
			}
		case xml.EndElement:
			if x.Name.Local != "sample" && gold != "" && span.End <= span.Start {
				span.End = text.Len()
			}
			if x.Name.Local == "sample" {
				s := text.String()
				t := a.Analyse(s, quote.Paragraphs(s), nil)
				w := english.Joined(&t)
				met := f.Sense(&w, span) != onrecord.LiteralSense
				want := gold != "lit" && gold != "literal"
				n++
				if met == want {
					right++
				} else if len(os.Args) > 2 {
					k := w.TokenAt(span.End - 1)
					fmt.Printf("%s %s/%s %s[%s]%s\n", gold, w.Tokens[k].Relation, w.Tokens[w.Tokens[k].Head].Lemma, s[max(0, span.Start-70):span.Start], span.In(s), s[span.End:min(len(s), span.End+50)])
				}
				span = onrecord.Span{}
				in = false
			}
		}
	}
	fmt.Println(right, n, float64(right)/float64(n))
}
