package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
)

func TestOutlines(t *testing.T) {
	paths := outlines()
	if len(paths) < 160 {
		t.Errorf("%d countries have outlines", len(paths))
	}
	for _, code := range []string{"IQ", "US", "FR", "RU", "CD", "GB"} {
		if !strings.HasPrefix(paths[code], "M") {
			t.Errorf("%s has no outline", code)
		}
	}
}

// The frame holds every place and keeps its shape.
func TestMapFrame(t *testing.T) {
	at := func(lat, lon float64, precision string) *placed {
		p := &placed{Place: onrecord.Place{Lat: lat, Lon: lon, Precision: precision}, Statements: 1}
		p.lay(1)
		return p
	}
	for _, c := range []struct {
		places []*placed
		want   string
	}{
		{nil, "0 10 360 140"},
		{[]*placed{at(36.2, 44, "city")}, "204.0 43.8 40.0 20.0"},
		{[]*placed{at(80, -179, "city"), at(-80, 179, "city")}, "0.0 0.0 360.0 180.0"},
	} {
		if got := (&mapView{Places: c.places}).Frame(); got != c.want {
			t.Errorf("frame of %d places %q, want %q", len(c.places), got, c.want)
		}
	}
}

// placedStory is a story whose second statement names a town and whose first names its
// country, made up as stages would find them.
func placedStory(t *testing.T) http.Handler {
	t.Helper()
	doc := tale(t, "council")
	text := doc.Revision.Text
	at := func(words string) onrecord.Span {
		i := strings.Index(text, words)
		return onrecord.Span{Start: i, End: i + len(words)}
	}
	doc.Analysis.Places = []onrecord.Place{
		{ID: "P1", Span: at("no money"), Gazetteer: "iso3166:IQ", Name: "Iraq", Country: "IQ", CountryName: "Iraq", Lat: 33, Lon: 44, Precision: "country", Sense: onrecord.LiteralSense},
		{ID: "P2", Span: at("port"), Gazetteer: "geonames:98182", Name: "Baghdad", Country: "IQ", CountryName: "Iraq", Lat: 33.34, Lon: 44.4, Precision: "city", Sense: onrecord.LiteralSense},
	}
	day := onrecord.Date{Time: time.Date(2030, 11, 18, 0, 0, 0, 0, time.UTC), Precision: onrecord.Day}
	doc.Analysis.Times = []onrecord.Time{
		{ID: "T1", Span: at("Monday"), Type: "DATE", Value: "2030-11-18", From: day, To: day, Anchor: "published", Rule: "weekday"},
		{ID: "T2", Span: at("any day"), Type: "DATE", Value: "PAST_REF", To: day, Anchor: "T1", Rule: "then"},
	}
	shelf := keep(t)
	kept, err := shelf.Keep(t.Context(), doc)
	if err != nil || kept[0].Err != nil {
		t.Fatal(err, kept)
	}
	return serve(t, shelf)
}

// What a statement names is on the map: a town as a dot, a country as its outline, each
// in the list below, and as GeoJSON.
func TestMap(t *testing.T) {
	h := placedStory(t)
	get(t, h, "/map").want(t, http.StatusOK, `<circle class="town"`, `<path class="land"`, `id="p-geonames:98182"`, `id="p-iso3166:IQ"`,
		"GeoNames, CC BY 4.0", `href="/search?q=in%3ABaghdad"`)
	get(t, h, "/search?q=in:Baghdad").want(t, http.StatusOK, "Per Aas", "On the map")
	type data struct {
		Type     string
		Features []struct {
			Geometry   struct{ Coordinates [2]float64 }
			Properties struct {
				Name       string
				Statements int
			}
		}
	}
	got := decode[data](t, get(t, h, "/map.json").Body)
	if got.Type != "FeatureCollection" || len(got.Features) != 2 || got.Features[0].Geometry.Coordinates[0] < 43 {
		t.Errorf("%+v", got)
	}
	get(t, h, "/map?q=fence").wantNot(t, "<circle")
	get(t, h, "/map?q=since:never").want(t, http.StatusBadRequest, "column")
}

// The article's page marks times and lists what they mean.
func TestTimesOfAnArticle(t *testing.T) {
	h := placedStory(t)
	list := decode[articleList](t, get(t, h, "/articles.json").Body)
	page := get(t, h, "/article/"+string(list.Articles[0].ID))
	page.want(t, http.StatusOK, `id="t-T1"`, `title="2030-11-18"`, `title="PAST_REF: until 2030-11-18"`, "2 times told in this text",
		"the day of publication", `<a href="#t-T1"><q dir="auto">Monday</q></a>`)
}
