package ledger

import (
	"testing"

	"github.com/onrecord/onrecord"
)

func TestIsForeign(t *testing.T) {
	for language, want := range map[string]bool{"": false, "en": false, "EN-gb": false, "und": true, "de": true, "enm": true} {
		if got := IsForeign(&onrecord.Revision{Language: language}); got != want {
			t.Errorf("%q: %t, want %t", language, got, want)
		}
	}
}
