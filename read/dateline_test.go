package read_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/read"
)

// Datelines and near misses, each before "| ", which is where the story begins.
// A place is in <>, an agency in {}.
const datelines = `
<ERBIL>, Kurdistan Region - | The dam held.
<WASHINGTON> ({AP}) — | The dam held.
<WASHINGTON> — | The dam held.
<BAGHDAD>, March 3 ({Reuters}) — | The dam held.
<BAGHDAD>, 3 March 2024 – | The dam held.
<FLINT>, Mich., Oct. 4 ({UPI}) — | The dam held.
<DAMASCUS>, Syria, Jan. 5 ({UPI}) -- | “The dam held,” she said.
<GENEVA>/NEW YORK, 12 March 2024 – | The dam held.
<ST. PETERSBURG>, Russia — | The dam held.
<SÃO PAULO>— | The dam held.
<N'DJAMENA>, Chad ({AFP}) - | Three dams held.
<TEL AVIV-JAFFA> -- | The dam held.
<BEIJING>, March 3 ({Xinhua}) -- | The dam held.
<NAIROBI>, Kenya, March 3, 2024 /{PRNewswire}/ -- | The dam held.
<McALLEN>, Texas ({AP}) — | The dam held.
<LAHORE>: | Prime Minister Ana Prado said the dam held.
<Baghdad> ({AFP}) - | The dam held.
<Mosul>, Iraq – | The dam held.
<Port Said>, Egypt ({Reuters}) - | The dam held.
<Washington> ({CNN}) | The dam held.
({Reuters}) - | The dam held.
March 3 ({Reuters}) - | The dam held.
({CNN})| The dam held.
<OSLO> ({Fjordposten}) – | The dam held.
<OSLO> (March 3) - | The dam held.
<HONG KONG> ― | 900 dams held.

BREAKING - The dam held.
EXCLUSIVE: The dam held.
UPDATE 1 - The dam held.
NATO - The alliance said so.
PRADO: I think that the dam held.\n\nLUND: I do not.
NOW OPEN — The dam.
THE DAM HELD ALL THE NIGHT — And so did we.
PARIS — a town that never sleeps — slept.
Ana Prado – The engineer who held the dam – spoke.
Ana Prado, 45 – The engineer – spoke.
Ana Prado, Engineer – The one who held the dam.
Joe Lund (D-Ohio) – The senator – spoke.
The Associated Press (AP) said the dam held.
The dam held - The crew slept.
A dam (BBC News reports) held.
Monday - The dam held.
I - The dam - held.
By noon - The dam held.
`

func TestDatelines(t *testing.T) {
	for line := range strings.Lines(datelines) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" {
			continue
		}
		t.Run(line, func(t *testing.T) {
			line = strings.ReplaceAll(line, `\n`, "\n")
			text := strings.NewReplacer("<", "", ">", "", "{", "", "}", "", "| ", "").Replace(line)
			type parts struct{ Words, Place, Agency string }
			var want, got *parts
			if head, _, ok := strings.Cut(line, "| "); ok {
				want = &parts{
					Words: strings.NewReplacer("<", "", ">", "", "{", "", "}", "").Replace(head),
					Place: between(line, "<", ">"), Agency: between(line, "{", "}"),
				}
			}
			rev, err := revision(t, "a.txt", "Dam holds\n\n"+text+"\n")
			if err != nil {
				t.Fatal(err)
			}
			if d := rev.Dateline; d != nil {
				got = &parts{d.Span.In(rev.Text), d.Place.In(rev.Text), d.Agency}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("dateline (-want +got):\n%s", diff)
			}
		})
	}
}

// between is what stands between two marks, if they are there.
func between(s, open, shut string) string {
	_, s, _ = strings.Cut(s, open)
	if in, _, ok := strings.Cut(s, shut); ok {
		return in
	}
	return ""
}

// Zones at the top of texts: kind and words of each, the body's by its start.
func TestZones(t *testing.T) {
	type zone struct {
		kind  onrecord.ZoneKind
		words string
	}
	for _, test := range []struct {
		name, text string
		title      string
		byline     []string
		credit     []string
		zones      []zone
		given      string
		published  string
	}{
		{
			name: "wire story", text: "Dam holds, engineers say\n\nBy Ana Prado and Jo Lund\n\nOSLO, March 3 (AP) — The dam held.\n\nNo one slept.\n",
			title: "Dam holds, engineers say", byline: []string{"Ana Prado", "Jo Lund"}, credit: []string{"Associated Press"},
			zones: []zone{
				{onrecord.Headline, "Dam holds, engineers say"},
				{onrecord.BylineZone, "By Ana Prado and Jo Lund"},
				{onrecord.DatelineZone, "OSLO, March 3 (AP) — "},
				{onrecord.Body, "The dam held.\n\nNo one slept."},
			},
		},
		{
			name: "no headline", text: "OSLO — The dam held.\n\nNo one slept.",
			zones: []zone{{onrecord.DatelineZone, "OSLO — "}, {onrecord.Body, "The dam held.\n\nNo one slept."}},
		},
		{
			name: "prose alone", text: "The dam held through the night.\nNo one slept.\n",
			zones: []zone{{onrecord.Body, "The dam held through the night.\nNo one slept."}},
		},
		{
			name: "a short lead is no headline", text: "The dam held through the night.\n\nNo one slept.\n",
			zones: []zone{{onrecord.Body, "The dam held through the night.\n\nNo one slept."}},
		},
		{
			name: "a headline with a full stop", text: "Dam holds, say engineers.\n\nThe dam above the town held through the night, engineers said.\n",
			title: "Dam holds, say engineers.",
			zones: []zone{
				{onrecord.Headline, "Dam holds, say engineers."},
				{onrecord.Body, "The dam above the town held through the night, engineers said."},
			},
		},
		{
			name: "standfirst before the dateline", text: "Dam holds\n\nA long night ends well.\n\nOSLO - The dam held.\n",
			title: "Dam holds",
			zones: []zone{
				{onrecord.Headline, "Dam holds"},
				{onrecord.Body, "A long night ends well."},
				{onrecord.DatelineZone, "OSLO - "},
				{onrecord.Body, "The dam held."},
			},
		},
		{
			name: "headline and byline without an empty line", text: "Dam holds\r\nBy Ana Prado, Reuters\r\n\r\nThe dam held.\r\n",
			title: "Dam holds", byline: []string{"Ana Prado"}, credit: []string{"Reuters"},
			zones: []zone{
				{onrecord.Headline, "Dam holds"},
				{onrecord.BylineZone, "By Ana Prado, Reuters"},
				{onrecord.Body, "The dam held."},
			},
		},
		{
			name: "byline with its outlet, then the day", text: "Dam holds\nBy Ana Prado, Jo Lund and Ida Post, Hill Gazette\nWednesday, 10 April 2024\n\nThe dam held.\n",
			title: "Dam holds", byline: []string{"Ana Prado", "Jo Lund", "Ida Post"}, published: "2024-04-10",
			zones: []zone{
				{onrecord.Headline, "Dam holds"},
				{onrecord.BylineZone, "By Ana Prado, Jo Lund and Ida Post, Hill Gazette"},
				{onrecord.OtherZone, "Wednesday, 10 April 2024"},
				{onrecord.Body, "The dam held."},
			},
		},
		{
			name: "days of publication and change", text: "Dam holds\n\nPublished: March 3, 2024\n\nLast updated 4th Mar 2024, 18:05 GMT\n\nThe dam held.\n",
			title: "Dam holds", published: "2024-03-03",
			zones: []zone{
				{onrecord.Headline, "Dam holds"},
				{onrecord.OtherZone, "Published: March 3, 2024"},
				{onrecord.OtherZone, "Last updated 4th Mar 2024, 18:05 GMT"},
				{onrecord.Body, "The dam held."},
			},
		},
		{
			name: "no such day", text: "Dam holds\n\n31 February 2024\n\nThe dam held.\n",
			title: "Dam holds",
			zones: []zone{{onrecord.Headline, "Dam holds"}, {onrecord.Body, "31 February 2024\n\nThe dam held."}},
		},
		{
			name: "a label is no headline", text: "Dear editor,\n\nThe dam held.\n",
			zones: []zone{{onrecord.Body, "Dear editor,\n\nThe dam held."}},
		},
		{
			name: "the title given", text: "The dam held.\nNo one slept.\n", given: "The dam held.", title: "The dam held.",
			zones: []zone{{onrecord.Headline, "The dam held."}, {onrecord.Body, "No one slept."}},
		},
		{
			name: "another title given", text: "Dam holds\n\nNo one slept.\n", given: "A long night", title: "A long night",
			zones: []zone{{onrecord.Headline, "Dam holds"}, {onrecord.Body, "No one slept."}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := onrecord.Capture{Bytes: []byte(test.text), MediaType: "text/plain"}
			if test.given != "" {
				c.Header = map[string][]string{onrecord.GivenTitle: {test.given}}
			}
			rev, err := read.Revision(&c)
			if err != nil {
				t.Fatal(err)
			}
			var zones []zone
			for _, z := range rev.Zones {
				zones = append(zones, zone{z.Kind, z.Span.In(rev.Text)})
			}
			if diff := cmp.Diff(test.zones, zones, cmp.AllowUnexported(zone{})); diff != "" {
				t.Errorf("zones (-want +got):\n%s", diff)
			}
			if rev.Title != test.title {
				t.Errorf("title %q, want %q", rev.Title, test.title)
			}
			if rev.Published.String() != test.published {
				t.Errorf("published %q, want %q", rev.Published, test.published)
			}
			if diff := cmp.Diff(test.byline, rev.Byline); diff != "" {
				t.Errorf("byline (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.credit, rev.Credit); diff != "" {
				t.Errorf("credit (-want +got):\n%s", diff)
			}
		})
	}
}
