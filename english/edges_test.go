package english

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// drawn makes a text of words with names: "[PER Lorne/PROPN/flat/0]" is a proper noun that hangs
// flat on word 0 and is, alone, a person's name.
func drawn(words string) onrecord.Text {
	kinds := map[string]onrecord.EntityKind{"PER": onrecord.Person, "ORG": onrecord.Organization, "LOC": onrecord.PlaceEntity}
	var plain []string
	var names []onrecord.Name
	type open struct {
		first int
		kind  onrecord.EntityKind
	}
	var ends []open
	var now open
	var rels, heads []string
	lasts := map[int]bool{}
	for w := range strings.FieldsSeq(words) {
		if kind, ok := strings.CutPrefix(w, "["); ok {
			now = open{len(plain), kinds[kind]}
			ends = append(ends, now)
			continue
		}
		w, last := strings.CutSuffix(w, "]")
		f := append(strings.Split(w, "/"), "", "", "")
		if last {
			lasts[len(plain)] = true
		}
		plain, rels, heads = append(plain, f[0]+"/"+f[1]), append(rels, f[2]), append(heads, f[3])
	}
	t := tagged(strings.Join(plain, " "))
	for i := range t.Tokens {
		t.Tokens[i].Relation = rels[i]
		t.Tokens[i].Head = -1
		if h, err := strconv.Atoi(heads[i]); err == nil {
			t.Tokens[i].Head = h
		}
	}
	for _, e := range ends {
		last := e.first
		for !lasts[last] {
			last++
		}
		names = append(names, onrecord.Name{Span: onrecord.Span{Start: t.Tokens[e.first].Span.Start, End: t.Tokens[last].Span.End}, Kind: e.kind, Confidence: 0.6})
	}
	t.Names = names
	return t
}

func written(t onrecord.Text) string {
	kinds := map[onrecord.EntityKind]string{onrecord.Person: "PER", onrecord.Organization: "ORG", onrecord.PlaceEntity: "LOC"}
	var out []string
	for _, n := range t.Names {
		out = append(out, kinds[n.Kind]+" "+n.Span.In(t.Source))
	}
	return strings.Join(out, "; ")
}

func TestEdgesOfNames(t *testing.T) {
	for what, c := range map[string]struct{ words, want string }{
		"a common noun behind is outside":       {"the [LOC Lorne/PROPN/compound/2 district/NOUN]", "LOC Lorne"},
		"an adjective in front is outside":      {"the [ORG interim/ADJ/amod/2 Council/PROPN]", "ORG Council"},
		"all in small letters stays":            {"from [LOC new/ADJ/amod/2 lorne/NOUN]", "LOC new lorne"},
		"what is joined flat belongs":           {"[PER Ada/PROPN] Lorne/PROPN/flat/0 spoke/VERB", "PER Ada Lorne"},
		"two halves of a flat name are one":     {"[PER Ada/PROPN] [LOC Lorne/PROPN/flat/0] spoke/VERB", "PER Ada Lorne"},
		"in front too":                          {"Ada/PROPN [PER Lorne/PROPN/flat/0] spoke/VERB", "PER Ada Lorne"},
		"the family name first, in marks":       {"“ [PER Lorne/PROPN] , [PER Ada/PROPN] ”", "PER Lorne , Ada"},
		"without marks they are two":            {"[PER Lorne/PROPN] , [PER Ada/PROPN] left", "PER Lorne; PER Ada"},
		"an organisation of a place":            {"[ORG Harbour/PROPN/compound/1 Court/PROPN] of the [LOC Isles/PROPN/nmod/1]", "ORG Harbour Court of the Isles"},
		"of a place that hangs elsewhere":       {"gave/VERB the [ORG Court/PROPN/obj/0] of [LOC Lorne/PROPN/obl/0]", "ORG Court; LOC Lorne"},
		"a firm that is called after a person":  {"[PER Lorne/PROPN/compound/1] Shipping/PROPN sank", "ORG Lorne Shipping"},
		"a place before a noun stays one":       {"the [LOC Lorne/PROPN/compound/2] Marines/PROPN", "LOC Lorne"},
		"a person before a common noun as well": {"the [PER Lorne/PROPN/compound/2] plan/NOUN", "PER Lorne"},
	} {
		t.Run(what, func(t *testing.T) {
			text := drawn(c.words)
			text.Names = edgeNames(&text, text.Sentences[0], slices.Clone(text.Names))
			if diff := cmp.Diff(c.want, written(text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheWholeTextSettlesNames(t *testing.T) {
	for what, c := range map[string]struct {
		words string
		sure  float32 // of the first name
		want  string
	}{
		"a file is no name":                   {"see the file [ORG Stocks.pdf/PROPN]", 0.9, ""},
		"initials are a name":                 {"asked [PER J.R./PROPN]", 0.9, "PER J.R."},
		"capitals among small letters":        {"the complaint says that [PER HCAR/PROPN] knew", 0.6, "ORG HCAR"},
		"capitals among capitals say nothing": {"[PER LORNE/PROPN] TO RESIGN", 0.6, "PER LORNE"},
		"the surest mention says the kind":    {"[LOC Lorne/PROPN] is far and [PER Lorne/PROPN] is old", 0.9, "LOC Lorne; LOC Lorne"},
		"without a sure one all stay":         {"[LOC Lorne/PROPN] is far and [PER Lorne/PROPN] is old", 0.6, "LOC Lorne; PER Lorne"},
	} {
		t.Run(what, func(t *testing.T) {
			text := drawn(c.words)
			text.Names[0].Confidence = c.sure
			settleNames(&text)
			if diff := cmp.Diff(c.want, written(text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
