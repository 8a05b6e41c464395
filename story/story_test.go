package story

import (
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// words is a text of so many made words, none of which another prefix has.
func words(prefix string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s%c%c ", prefix, 'a'+i%26, 'a'+i/26%26)
	}
	return b.String() + "\n"
}

func id(prefix string, n int) onrecord.ID { return onrecord.ID(fmt.Sprintf("%s%d", prefix, n)) }

// date is a day of March 2024; zero for day 0.
func date(day int) time.Time {
	if day == 0 {
		return time.Time{}
	}
	return time.Date(2024, 3, day, 12, 0, 0, 0, time.UTC)
}
