package where_test

import (
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/where"
)

func TestZone(t *testing.T) {
	at := time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		place onrecord.Place
		want  string // hours east in July
	}{
		{onrecord.Place{Country: "IQ", Admin1: "Baghdad", Precision: "city"}, "+0300"},
		{onrecord.Place{Country: "US", Admin1: "California", Precision: "city"}, "-0700"},
		{onrecord.Place{Country: "US", Admin1: "District of Columbia", Precision: "city"}, "-0400"},
		{onrecord.Place{Country: "GB", Precision: "country"}, "+0100"},
		{onrecord.Place{Country: "US", Precision: "country"}, ""}, // it has several
		{onrecord.Place{Name: "Europe", Precision: "region"}, ""},
		{onrecord.Place{Country: "XX"}, ""},
	} {
		got := ""
		if zone := where.Zone(&c.place); zone != nil {
			got = at.In(zone).Format("-0700")
		}
		if got != c.want {
			t.Errorf("%+v: %q, want %q", c.place, got, c.want)
		}
	}
}
