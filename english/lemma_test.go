package english

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

func TestMend(t *testing.T) {
	for _, c := range []struct{ word, tag, lemma, want string }{
		{"fled", "VBD", "fl", "flee"},
		{"Said", "VBD", "say", "say"},
		{"smiled", "VBD", "smil", "smile"},
		{"fired", "VBN", "fir", "fire"},
		{"settled", "VBD", "settl", "settle"},
		{"suing", "VBG", "su", "sue"},
		{"digging", "VBG", "digge", "dig"},
		{"unleashed", "VBN", "unleashed", "unleash"},
		{"replied", "VBD", "replied", "reply"},
		{"stopped", "VBD", "stopped", "stop"},
		{"asked", "VBD", "ask", "ask"},
		{"opened", "VBD", "open", "open"},
		{"called", "VBD", "call", "call"},
		{"snarled", "VBD", "snarl", "snarl"},
		{"needed", "VBD", "need", "need"},
		{"played", "VBD", "play", "play"},
		{"adding", "VBG", "add", "add"},
		{"5,000", "CD", "5,000", "5000"},
		{"a@example.org", "ADD", "A@example.org", "a@example.org"},
		{"‘", "``", "‘", "‘"},
		{"“", "``", "“", "\""},
		{"mayors", "NNS", "mayor", "mayor"},
		{"xyz", "FW", "", "xyz"},
	} {
		if got := mend(c.word, &onrecord.Token{XPOS: c.tag, Lemma: c.lemma}); got != c.want {
			t.Errorf("%s (%s) read as %q: %q, want %q", c.word, c.tag, c.lemma, got, c.want)
		}
	}
}

func TestIrregularVerbsAreOfOneVerbEach(t *testing.T) {
	of := map[string]string{}
	for line := range strings.Lines(irregularData) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		if len(words) < 2 {
			t.Errorf("%q has no past form", line)
		}
		for _, form := range words[1:] {
			if of[form] != "" {
				t.Errorf("%q is of %q and of %q", form, of[form], words[0])
			}
			of[form] = words[0]
		}
	}
}
