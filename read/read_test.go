package read_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/read"
)

// revision reads bytes as the one capture of a file.
func revision(t *testing.T, name string, b string) (onrecord.Revision, error) {
	t.Helper()
	for c, err := range read.Captures(strings.NewReader(b), name, read.Auto, read.Given{Retrieved: time.Unix(0, 0)}) {
		if err != nil {
			return onrecord.Revision{}, err
		}
		return read.Revision(&c)
	}
	t.Fatalf("%s: no capture", name)
	return onrecord.Revision{}, nil
}

// Text of valid UTF-8 is the file, byte for byte, whatever stands in it.
func TestTextIsTheFile(t *testing.T) {
	for name, text := range map[string]string{
		"apostrophes":  "The council's vote\n\nIt's the mayors' choice, 'she said.\n",
		"crlf":         "Dam holds\r\n\r\nThe dam held.\r\n\r\n\"It held,\" said Ana Prado.\r\n",
		"mixed ends":   "Dam holds\n\rThe dam held.\r\n\nNo one spoke.\r",
		"leading":      "\n\n  Dam holds\n\nThe dam held all night.\n",
		"arabic":       "الوزير يعلن انخفاض الأسعار\n\nقال الوزير إن الأسعار ستنخفض.\n",
		"rtl and ltr":  "قال Ana Prado: \u2067لن نرحل\u2069\n",
		"one line":     "The dam held",
		"control":      "The dam\x07 held all through the night, the engineers said on Tuesday.\n",
		"noncharacter": "The dam \ufffe held \U0010ffff.\n",
		"a brace":      "{sic} they wrote, and no more.\n",
		"a bracket":    "<i>Dam</i> holds, it says.\n",
	} {
		t.Run(name, func(t *testing.T) {
			rev, err := revision(t, name+".txt", text)
			if err != nil {
				t.Fatal(err)
			}
			if rev.Text != text {
				t.Errorf("text %q, want %q", rev.Text, text)
			}
			if len(rev.Problems) > 0 {
				t.Errorf("problems %v, want none", rev.Problems)
			}
		})
	}
}

// Other bytes are decoded, and a problem says how.
func TestCharsets(t *testing.T) {
	const want = "Dam holds\n\n“It held,” said José Prado.\n"
	utf16 := func(s string, high, low int) string {
		var b strings.Builder
		for _, r := range s {
			pair := [2]byte{}
			pair[high], pair[low] = byte(r>>8), byte(r)
			b.Write(pair[:])
		}
		return b.String()
	}
	windows := strings.NewReplacer("“", "\x93", "”", "\x94", "é", "\xe9").Replace(want)
	for _, test := range []struct{ name, bytes, want, problem string }{
		{"UTF-8 mark", "\xef\xbb\xbf" + want, want, "byte-order mark"},
		{"UTF-16 LE mark", "\xff\xfe" + utf16(want, 1, 0), want, "UTF-16, little"},
		{"UTF-16 BE mark", "\xfe\xff" + utf16(want, 0, 1), want, "UTF-16, big"},
		{"UTF-16 LE", utf16(want, 1, 0), want, "UTF-16, little"},
		{"UTF-16 BE", utf16(want, 0, 1), want, "UTF-16, big"},
		{"windows-1252", windows, want, "windows-1252"},
		{
			"broken UTF-8", want + "caf\xc3", want + "caf\ufffd", "1 bytes are broken",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			rev, err := revision(t, "a.txt", test.bytes)
			if err != nil {
				t.Fatal(err)
			}
			if rev.Text != test.want {
				t.Errorf("text %q, want %q", rev.Text, test.want)
			}
			if !slices.ContainsFunc(rev.Problems, func(p onrecord.Problem) bool {
				return p.Code == "charset" && strings.Contains(p.Message, test.problem)
			}) {
				t.Errorf("problems %v, want a charset one with %q", rev.Problems, test.problem)
			}
		})
	}
}

func TestNotText(t *testing.T) {
	for _, test := range []struct{ name, bytes, reason string }{
		{"empty", "", "empty"},
		{"blank", " \r\n\t\n", "empty"},
		{"a mark alone", "\xef\xbb\xbf", "empty"},
		{"PDF", "%PDF-1.7\n%\xe2\xe3", "PDF"},
		{"zip", "PK\x03\x04rest", "zip"},
		{"NUL", "The dam\x00held", "NUL byte at offset 7"},
		{"UTF-32", "\xff\xfe\x00\x00T\x00\x00\x00", "NUL byte at offset 2"},
		{"controls", strings.Repeat("\x01\x02ab", 50), "control characters"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := revision(t, "a.txt", test.bytes)
			if !errors.Is(err, onrecord.ErrNotText) || !strings.Contains(err.Error(), test.reason) {
				t.Errorf("error %v, want ErrNotText with %q", err, test.reason)
			}
		})
	}
}
