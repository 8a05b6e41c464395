package bench

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/where"
	"github.com/onrecord/onrecord/wire"
)

// Toponym is a place name of a text, in code points, and where the place is.
type Toponym struct {
	Span     Span
	Lat, Lon float64
	Placed   bool   // whether the corpus tells where it is
	Code     string // GeoNames' feature code; may be empty
}

// Located is a document of a corpus of toponyms.
type Located struct {
	Name, Text, Published string
	Gold                  []Toponym
}

// Input is the document as one line for `onrecord read --from jsonl`.
func (d *Located) Input() []byte { return jsonLine(d.Name, d.Text, d.Published) }

func jsonLine(path, text, published string) []byte {
	line, err := json.Marshal(map[string]string{"path": path, "text": text, "published": published})
	if err != nil {
		panic(err) // three strings
	}
	return line
}

// OpenPlaces reads a corpus in the XML of LGL and TR-News.
func OpenPlaces(file string) ([]Located, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("opening the corpus: %w", err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	type toponym struct {
		Start  *int   `xml:"start"`
		End    int    `xml:"end"`
		Lat    string `xml:"lat"`
		Lon    string `xml:"lon"`
		Lat2   string `xml:"latitude"`
		Lon2   string `xml:"longitude"`
		Gaztag *struct {
			Lat   string `xml:"lat"`
			Lon   string `xml:"lon"`
			Fcode string `xml:"fcode"`
		} `xml:"gaztag"`
	}
	var corpus struct {
		Articles []struct {
			ID       string    `xml:"docid,attr"`
			Text     string    `xml:"text"`
			Time     string    `xml:"dltime"`
			Toponyms []toponym `xml:"toponyms>toponym"`
			Places   []toponym `xml:"locations>location"`
		} `xml:"article"`
	}
	if err := xml.NewDecoder(f).Decode(&corpus); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", file, err, onrecord.ErrInvalid)
	}
	var out []Located
	for i, a := range corpus.Articles {
		d := Located{Name: a.ID, Text: a.Text, Published: strings.TrimSpace(a.Time)}
		if d.Name == "" {
			d.Name = strconv.Itoa(i)
		}
		d.Published = d.Published[:min(len(d.Published), len("2006-01-02"))]
		for _, t := range append(a.Toponyms, a.Places...) {
			if t.Start == nil {
				continue
			}
			g := Toponym{Span: Span{Start: *t.Start, End: t.End}}
			lat, lon := first(t.Lat, t.Lat2), first(t.Lon, t.Lon2)
			if t.Gaztag != nil {
				lat, lon, g.Code = first(t.Gaztag.Lat, lat), first(t.Gaztag.Lon, lon), t.Gaztag.Fcode
			}
			if lat != "" {
				if g.Lat, err = strconv.ParseFloat(lat, 64); err == nil {
					g.Lon, err = strconv.ParseFloat(lon, 64)
				}
				if err != nil {
					return nil, fmt.Errorf("%s: article %s: %w", file, d.Name, onrecord.ErrInvalid)
				}
				g.Placed = true
			}
			d.Gold = append(d.Gold, g)
		}
		out = append(out, d)
	}
	return out, nil
}

// Given finds where the toponyms of a document are that the corpus marks: they are
// the only names, and names told besides are left out.
func (d *Located) Given(analyser *english.Analyser, finder *where.Finder) []wire.Place {
	rev := onrecord.Revision{Text: d.Text}
	text := analyser.Analyse(d.Text, quote.Paragraphs(d.Text), nil)
	words := english.Joined(&text)
	offsets := wire.NewOffsets(d.Text)
	words.Names = nil
	gold := map[onrecord.Span]bool{}
	for _, g := range d.Gold {
		span := onrecord.Span{Start: offsets.Byte(g.Span.Start), End: offsets.Byte(g.Span.End)}
		gold[span] = true
		words.Names = append(words.Names, onrecord.Name{Span: span, Kind: onrecord.PlaceEntity, Confidence: 1})
	}
	slices.SortFunc(words.Names, func(a, b onrecord.Name) int { return a.Span.Start - b.Span.Start })
	analysis := onrecord.Analysis{}
	for _, p := range finder.Find(where.Input{Revision: &rev, Text: &words}).Places {
		for span := range gold {
			if span.Overlap(p.Span) > 0 {
				analysis.Places = append(analysis.Places, p)
				break
			}
		}
	}
	return wire.Encode(&rev, &analysis, wire.Options{}).Places
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// Places is the figures of toponyms: recognised by any overlap; of those recognised
// that the corpus places, how many within 161 km (100 miles); end to end, that over all
// it places, missed ones wrong; AUC, the mean of ln(error + 1) / ln(20039), 0 the best
// (Gritta et al. 2018). A country or continent found for one is right within its rough
// radius, because the corpora have points only.
type Places struct {
	Gold, Found                     int
	recognisedGold, recognisedFound int
	placed, placedFound, near       int
	logs                            float64
}

// farthest is half the way round the earth, in kilometres.
const farthest = 20039.0

// Add counts a document's places.
func (p *Places) Add(gold []Toponym, found []wire.Place) {
	p.Gold += len(gold)
	p.Found += len(found)
	spanOf := func(f *wire.Place) Span { return Span{Start: f.Span[0], End: f.Span[1]} }
	for i := range found {
		hit := false
		for _, g := range gold {
			hit = hit || g.Span.shared(spanOf(&found[i])) > 0
		}
		p.recognisedFound += count(hit)
	}
	for _, g := range gold {
		var best *wire.Place
		most := 0
		for i := range found {
			if n := g.Span.shared(spanOf(&found[i])); n > most {
				best, most = &found[i], n
			}
		}
		p.recognisedGold += count(best != nil)
		if !g.Placed {
			continue
		}
		p.placed++
		wrong := farthest
		if best != nil {
			p.placedFound++
			wrong = kilometres(g.Lat, g.Lon, best.Lat, best.Lon)
			wide := map[string]float64{"country": 1200, "continent": 3500, "region": 300}[best.Precision]
			if (strings.HasPrefix(g.Code, "PCL") || g.Code == "CONT" || g.Code == "") && wrong < wide {
				wrong = 0
			}
			p.near += count(wrong <= 161)
		}
		p.logs += math.Log(wrong+1) / math.Log(farthest)
	}
}

func kilometres(a, b, c, d float64) float64 {
	const rad = math.Pi / 180
	x := math.Pow(math.Sin((c-a)*rad/2), 2) + math.Cos(a*rad)*math.Cos(c*rad)*math.Pow(math.Sin((d-b)*rad/2), 2)
	return 12742 * math.Asin(math.Min(1, math.Sqrt(x)))
}

// Recognised is between 0 and 1.
func (p *Places) Recognised() (precision, recall, f1 float64) {
	precision = float64(p.recognisedFound) / float64(max(p.Found, 1))
	recall = float64(p.recognisedGold) / float64(max(p.Gold, 1))
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return precision, recall, f1
}

// EndToEnd is the share of all placed toponyms that are found within 161 km.
func (p *Places) EndToEnd() float64 { return float64(p.near) / float64(max(p.placed, 1)) }

// OfRecognised is the share of the recognised ones.
func (p *Places) OfRecognised() float64 { return float64(p.near) / float64(max(p.placedFound, 1)) }

// AUC is 0 for none wrong, 1 for all missed.
func (p *Places) AUC() float64 { return p.logs / float64(max(p.placed, 1)) }

// WriteTo prints the figures. It implements [io.WriterTo].
func (p *Places) WriteTo(w io.Writer) (int64, error) {
	precision, recall, f1 := p.Recognised()
	n, err := fmt.Fprintf(w, "gold %d (%d with coordinates), predicted %d\nrecognised P %.3f R %.3f F1 %.3f   of recognised, within 161 km %.3f   end to end %.3f   AUC over all %.3f\n",
		p.Gold, p.placed, p.Found, precision, recall, f1, p.OfRecognised(), p.EndToEnd(), p.AUC())
	return int64(n), err
}
