package web

import (
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Months without a statement have a bar of nothing; over many years the bars are years.
func TestTimeline(t *testing.T) {
	records := func(dates ...string) []ledger.Record {
		var out []ledger.Record
		for _, s := range dates {
			d, err := onrecord.ParseDate(s)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, ledger.Record{When: d, WhenBasis: ledger.WhenSaid})
		}
		return out
	}
	line := timelineOf(records("2023-11-02", "2024-01-31", "2024-01", "2024"), "ada-quist")
	if line == nil || len(line.Bars) != 3 || line.Years {
		t.Fatalf("%+v", line)
	}
	nov, dec, jan := line.Bars[0], line.Bars[1], line.Bars[2]
	if nov.Statements != 1 || dec.Statements != 0 || dec.Address != "" || jan.Statements != 2 || jan.H != barHeight || jan.Label != "2024" {
		t.Errorf("%+v", line.Bars)
	}
	if want := "/search?q=since%3A2024-01+until%3A2024-01+speaker%3Aada-quist"; jan.Address != want {
		t.Errorf("address %s, want %s", jan.Address, want)
	}
	if long := timelineOf(records("1999-05-01", "2024-01-31"), "x"); !long.Years || len(long.Bars) != 26 {
		t.Errorf("%d bars over 26 years", len(long.Bars))
	}
	undated := records("2024-01-01", "2024-02-01")
	undated[0].WhenBasis = ledger.WhenRetrieved
	if timelineOf(undated, "x") != nil {
		t.Error("when it was retrieved is no time of its own")
	}
}
