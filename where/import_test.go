package where_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/where"
)

func entries(t *testing.T, file string) (list []where.Entry, bad []string) {
	t.Helper()
	list, err := where.ReadEntries(strings.NewReader(file), func(line int, err error) {
		if !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("line %d: %v", line, err)
		}
		bad = append(bad, fmt.Sprint(line))
	})
	if err != nil {
		t.Fatal(err)
	}
	return list, bad
}

func TestReadCSVPlaces(t *testing.T) {
	list, bad := entries(t, "name,lat,lon,country,kind,names\nKamp Noord,36.1,44.2,iq,site,North Camp; Camp Noord\nNowhere,x,44,IQ,,\nNull,1,2,Iraq,,\nPlanet,1,2,IQ,planet,\n")
	want := []where.Entry{{Name: "Kamp Noord", Names: []string{"North Camp", "Camp Noord"}, Lat: 36.1, Lon: 44.2, Kind: where.Site, Country: "IQ"}}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"3", "4", "5"}, bad); diff != "" {
		t.Errorf("bad lines, want (-), got (+):\n%s", diff)
	}
	if _, err := where.ReadEntries(strings.NewReader("place;x\n"), nil); !errors.Is(err, onrecord.ErrInvalid) {
		t.Errorf("a file without the columns: %v", err)
	}
}

const dump = "90150\tTell Kanisa\tTell Kanisa\tTall Kanisah,تل\t36.5\t43.3\tP\tPPL\tIQ\t\t15\t\t\t\t310\t\t\tAsia/Baghdad\t2020-01-01\n" +
	"99237\tRepublic of Iraq\tIraq\t\t33\t44\tA\tPCLI\tIQ\t\t00\t\t\t\t1\t\t\t\t2020-01-01\n" +
	"90200\tZab Bridge\tZab Bridge\t\t36.2\t43.4\tS\tBDG\tIQ\t\t15\t\t\t\t0\t\t\t\t2020-01-01\nshort\tline\n"

// A user's gazetteer adds places to the embedded one and changes nothing else.
func TestOwnGazetteer(t *testing.T) {
	list, bad := entries(t, dump)
	if len(list) != 2 || len(bad) != 1 || list[0].ID != 90150 || list[1].Kind != where.Site {
		t.Fatalf("%+v, bad %v", list, bad)
	}
	file, err := where.Build(list)
	if err != nil {
		t.Fatal(err)
	}
	f, err := newFinder(t).With(file)
	if err != nil {
		t.Fatal(err)
	}
	analyser, err := english.New()
	if err != nil {
		t.Fatal(err)
	}
	rev := &onrecord.Revision{Text: "Fighting was reported in Tell Kanisa, near Mosul."}
	var got []string
	for _, p := range f.Find(analyse(analyser, rev)).Places {
		got = append(got, p.Name+" "+p.Gazetteer+" "+p.Precision)
	}
	if diff := cmp.Diff([]string{"Tell Kanisa geonames:90150 city", "Mosul geonames:99072 city"}, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	for _, broken := range []string{"", "x", where.Magic, string(file[:len(file)-1]), string(file) + "x"} {
		if _, err := newFinder(t).With([]byte(broken)); !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("a broken file of %d bytes: %v", len(broken), err)
		}
	}
}

func FuzzReadEntries(f *testing.F) {
	f.Add(dump)
	f.Add("name,latitude,longitude,country\nA,1,2,IQ\n\"B,1")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := where.ReadEntries(strings.NewReader(text), func(int, error) {})
		if err != nil {
			return
		}
		file, err := where.Build(list)
		if err != nil {
			t.Fatalf("what was read cannot be built: %v", err)
		}
		if _, err := newFinder(t).With(file); err != nil {
			t.Fatal(err)
		}
	})
}
