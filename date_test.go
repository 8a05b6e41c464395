package onrecord

import (
	"testing"
	"time"
)

func TestDateKeepsItsPrecision(t *testing.T) {
	for _, tt := range []struct {
		in        string
		precision Precision
		out       string
		from, to  string
	}{
		{"2024", Year, "2024", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"},
		{"2024-02", Month, "2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"},
		{"2024-02-29", Day, "2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"},
		{"2024-02-24T18:05:00+03:00", Instant, "2024-02-24T18:05:00+03:00", "2024-02-24T15:05:00Z", "2024-02-24T15:05:00.000000001Z"},
		{"2024-02-24T18:05:00.123Z", Instant, "2024-02-24T18:05:00Z", "2024-02-24T18:05:00.123Z", "2024-02-24T18:05:00.123000001Z"},
		{"2024-02-24 18:05:00", Day, "2024-02-24", "2024-02-24T00:00:00Z", "2024-02-25T00:00:00Z"}, // no zone: the day is all that is sure
	} {
		t.Run(tt.in, func(t *testing.T) {
			d, err := ParseDate(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if d.Precision != tt.precision || d.String() != tt.out {
				t.Errorf("got %v %q, want %v %q", d.Precision, d, tt.precision, tt.out)
			}
			if from, to := d.Start().UTC().Format(time.RFC3339Nano), d.End().UTC().Format(time.RFC3339Nano); from != tt.from || to != tt.to {
				t.Errorf("it lasts from %s to %s, want %s to %s", from, to, tt.from, tt.to)
			}
		})
	}
}

func TestDateRefusesWhatIsNone(t *testing.T) {
	for _, s := range []string{"yesterday", "2024-13", "2023-02-29", "24-02-2024", "02/03/2024", "2024-02-24T25:00:00Z"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("%q was taken for %v", s, d)
		}
	}
	if d, err := ParseDate(""); err != nil || !d.IsZero() || d.String() != "" {
		t.Errorf("the empty string is %v, %v; want the unknown date", d, err)
	}
}

func TestHashSaysItsAlgorithm(t *testing.T) {
	h := HashOf("news")
	if len(h.String()) != len("sha256-")+64 {
		t.Fatalf("text form %q", h)
	}
	again, err := ParseHash(h.String())
	if err != nil || again != h {
		t.Errorf("read back as %v, %v", again, err)
	}
	for _, s := range []string{"", "md5-00", "sha256-zz", h.String()[:70], h.String() + "00"} {
		if _, err := ParseHash(s); err == nil {
			t.Errorf("%q was taken for a hash", s)
		}
	}
}

func TestVersionsKnowWhatIsOlder(t *testing.T) {
	v := Versions{"said": "said.v2", "read": "read.v10"}
	for version, older := range map[string]bool{
		"said.v3": true, "said.v2": false, "said.v1": false,
		"read.v9": false, "read.v11": true, // by number, not by letter
		"when.v1":  true, // never ran
		"nonsense": false,
	} {
		if got := v.OlderThan(version); got != older {
			t.Errorf("%s older than %s = %v, want %v", v, version, got, older)
		}
	}
	v["rules"] = "sha256-12"
	if got, want := v.String(), "read.v10 rules=sha256-12 said.v2"; got != want {
		t.Errorf("written %q, want %q", got, want)
	}
}
