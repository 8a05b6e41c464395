package corpus

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

const three = "He said \"he\" would go, he said.\nThe others stayed.\nThe others – all of them – slept, e.g. here."

func TestReferencesResolve(t *testing.T) {
	d := plainDocument(three)
	for _, tt := range []struct {
		reference string
		sentence  int
		want      string // words; or what the error says, after "!"
	}{
		{"{would go}", 1, "would go"},
		{"{“he”}", 1, `"he"`}, // any mark
		{"{said}#2", 1, "said"},
		{"{said}", 1, `!2 times; quote more words or choose: #1 "He said`},
		{"{said}#3", 1, "!stands there 2 times"},
		{"{stay}", 2, "!nowhere in the text, as whole words"},
		{"{slept}", 1, "!it is in @s3"},
		{"{The others}", 2, "The others"},
		{"@s2", 1, "The others stayed"},
		{"@s2-s3", 1, "The others stayed. The others – all of them – slept, e.g. here"},
		{"{others ~ all of them} @s2-s3", 1, "others stayed. The others – all of them"},
		{"{others - all}", 3, "others – all"},
		{"{would} + {The others} @s2", 1, "would … The others"},
		{"{would} {go}", 1, "!joined by +"},
		{"@s9", 1, "!sentences go from s1 to s3"},
		{"{=0-2}", 0, "He"},
		{"{=0-200}", 0, "!two code points"},
		{"would go", 1, "!want {words}"},
	} {
		spans, err := d.resolve(tt.reference, tt.sentence)
		got := onrecord.Words(d.Text(), spans)
		if message, wrong := strings.CutPrefix(tt.want, "!"); wrong {
			if err == nil || !strings.Contains(err.Error(), message) {
				t.Errorf("%s: %q, %v; want an error with %q", tt.reference, got, err, message)
			}
		} else if err != nil || got != tt.want {
			t.Errorf("%s: %q, %v; want %q", tt.reference, got, err, tt.want)
		}
	}
}

// Every span of a text can be referred to, and the reference finds it again.
func TestReferencesAreFoundAgain(t *testing.T) {
	d := plainDocument(three)
	for start := range d.Text() {
		for end := range d.Text() {
			s := onrecord.Span{Start: start, End: end}
			if s.Empty() {
				continue
			}
			reference := d.refer([]onrecord.Span{s}, 2)
			got, err := d.resolve(reference, 2)
			if err != nil || len(got) != 1 || got[0] != s {
				t.Fatalf("%v %q: %s gives %v, %v", s, s.In(d.Text()), reference, got, err)
			}
		}
	}
}
