package bench

import (
	"bytes"
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/read"
	"github.com/onrecord/onrecord/wire"
)

const placesXML = `<articles><article docid="7"><dltime>2009-03-20 12:24</dltime><text>Bern lies near Thun.</text><toponyms>
<toponym><start>0</start><end>4</end><phrase>Bern</phrase><gaztag geonameid="1"><name>Bern</name><fcode>PPLC</fcode><lat>46.95</lat><lon>7.45</lon></gaztag></toponym>
<toponym><start>15</start><end>19</end><phrase>Thun</phrase></toponym></toponyms></article></articles>`

func TestOpenPlaces(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.xml")
	write(t, file, placesXML)
	got, err := OpenPlaces(file)
	if err != nil {
		t.Fatal(err)
	}
	want := []Located{{
		Name: "7", Text: "Bern lies near Thun.", Published: "2009-03-20",
		Gold: []Toponym{{Span: Span{End: 4}, Lat: 46.95, Lon: 7.45, Placed: true, Code: "PPLC"}, {Span: Span{Start: 15, End: 19}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// One town right, one taken for another far away, one country right within its radius,
// one missed, one spurious.
func TestPlacesByHand(t *testing.T) {
	gold := []Toponym{
		{Span: Span{0, 4}, Lat: 46.95, Lon: 7.45, Placed: true, Code: "PPLC"},
		{Span: Span{10, 15}, Lat: 33.66, Lon: -95.56, Placed: true, Code: "PPL"},
		{Span: Span{20, 24}, Lat: 33, Lon: 44, Placed: true, Code: "PCLI"},
		{Span: Span{30, 34}, Lat: 1, Lon: 1, Placed: true, Code: "PPL"},
	}
	var p Places
	p.Add(gold, []wire.Place{
		{Span: wire.Span{0, 4}, Lat: 46.9, Lon: 7.4, Precision: "city"},
		{Span: wire.Span{10, 15}, Lat: 48.85, Lon: 2.35, Precision: "city"},
		{Span: wire.Span{20, 24}, Lat: 36, Lon: 44, Precision: "country"},
		{Span: wire.Span{40, 44}, Lat: 0, Lon: 0, Precision: "city"},
	})
	precision, recall, f1 := p.Recognised()
	for _, c := range []struct{ got, want float64 }{{precision, .75}, {recall, .75}, {f1, .75}, {p.OfRecognised(), 2. / 3}, {p.EndToEnd(), .5}} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("got %.4f, want %.4f", c.got, c.want)
		}
	}
	if p.AUC() < .5 || p.AUC() > .6 { // 0 for the country, ~.2 for the town, ~.9 for the wrong one, 1 for the missed
		t.Errorf("AUC %.3f", p.AUC())
	}
}

const placesHeader = `# Golden figures of places, on LGL and TR-News.
# What: a figure a line: recognised F1, and within 161 km over all that the corpus places.
# Source: counted by this package; no text of the corpora is here. Licence: Apache-2.0, as the code.
# Regenerate, with ONRECORD_SHARED naming the folder of corpora: go test ./bench -run TestGoldenPlaces -update
`

// TestGoldenPlaces fails when a figure of places moved, and holds the figures to those
// of the independent script.
func TestGoldenPlaces(t *testing.T) {
	dir := shared(t)
	finder, err := desk.New()
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, corpus := range []string{"lgl", "TR-News"} {
		file := filepath.Join(dir, "data", "place", corpus+".xml")
		documents, err := OpenPlaces(file)
		if err != nil {
			t.Fatal(err)
		}
		var figures Places
		var jsonl bytes.Buffer
		for i := range documents {
			d := &documents[i]
			for _, found := range wholePath(t, finder, &jsonl, read.Captures(bytes.NewReader(d.Input()), d.Name, read.JSONL, read.Given{})) {
				figures.Add(d.Gold, found.Places)
			}
		}
		_, _, f1 := figures.Recognised()
		got += fmt.Sprintf("%s, recognised F1 %20.2f\n%s, end to end %23.2f\n", corpus, 100*f1, corpus, 100*figures.EndToEnd())
		sameAsScript(t, filepath.Join(dir, "eval", "score_places.py"), file, jsonl.String(), &figures)
	}
	golden(t, "testdata/figures_places.txt", placesHeader, got)
}
