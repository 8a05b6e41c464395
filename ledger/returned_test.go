package ledger

import (
	"testing"
	"time"

	"github.com/onrecord/onrecord"
)

func TestReturned(t *testing.T) {
	const page, mirror = "https://a.example/1", "https://m.a.example/1"
	at := func(hour int) time.Time { return time.Date(2024, 6, 1, hour, 0, 0, 0, time.UTC) }
	date := func(hour int) map[string][]string {
		return map[string][]string{"Date": {at(hour).Format("Mon, 02 Jan 2006 15:04:05 GMT")}}
	}
	now := onrecord.Capture{Address: page, Retrieved: at(10), Header: date(10)}
	for _, c := range []struct {
		name  string
		again onrecord.Capture
		want  bool
	}{
		{"a later answer", onrecord.Capture{Address: page, Retrieved: at(11), Header: date(11)}, true},
		{"a later answer without a Date", onrecord.Capture{Address: page, Retrieved: at(11), Header: map[string][]string{"Last-Modified": {"x"}}}, true},
		{"an answer with a Date that cannot be read", onrecord.Capture{Address: page, Retrieved: at(11), Header: map[string][]string{"Date": {"today"}}}, true},
		{"a clock that is ahead", onrecord.Capture{Address: page, Retrieved: at(9), Header: date(20)}, false},
		{"an earlier answer", onrecord.Capture{Address: page, Retrieved: at(9), Header: date(9)}, false},
		{"an earlier answer, saved and read later", onrecord.Capture{Address: page, Retrieved: at(12), Header: date(9)}, false},
		{"another address", onrecord.Capture{Address: mirror, Retrieved: at(11), Header: date(11)}, false},
		{"a file", onrecord.Capture{Address: page, Retrieved: at(11)}, false},
		{"the same answer", now, false},
	} {
		if got := Returned(&now, &c.again); got != c.want {
			t.Errorf("%s: %t, want %t", c.name, got, c.want)
		}
	}
}
