package read_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/read"
)

// FuzzRevision holds that any bytes, read as any format, give an error or a
// revision whose text is UTF-8 and whose zones lie in it, in order and apart; and
// that reading them again gives the same.
func FuzzRevision(f *testing.F) {
	for _, seed := range []string{
		"", "Dam holds\n\nBy Ana Prado\n\nOSLO, March 3 (AP) — It held.\n", "\xff\xfeD\x00a\x00m\x00 \x00", "\x00D\x00a\x00m\x00 ",
		"caf\xe9 “dam”", "\xef\xbb\xbfDam", "Dam;\nholds\n\nIt held.", "(CNN)The dam", "A/B (AP) - C", "BY: BY: BY",
		"<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[{\"@id\":\"x\"}]}</script></head><body>" + story,
		"<html><meta charset=utf-16><body>" + story, `{"text": "Dam \ud800 holds", "published": "2024"}`, "{", "السد صمد",
		"<title>A - B</title><h1>A</h1><figure><figcaption>C</figcaption></figure><br>" + story,
	} {
		f.Add([]byte(seed), "")
		f.Add([]byte(seed), "Dam holds")
	}
	f.Fuzz(func(t *testing.T, b []byte, title string) {
		for _, media := range []string{"text/plain", "text/html", "application/json", ""} {
			c := onrecord.Capture{Bytes: b, MediaType: media, Address: "/a", Header: map[string][]string{onrecord.GivenTitle: {title}}}
			rev, err := read.Revision(&c)
			again, errAgain := read.Revision(&c)
			if (err == nil) != (errAgain == nil) {
				t.Fatalf("%q: %v, then %v", media, err, errAgain)
			}
			if diff := cmp.Diff(rev, again); diff != "" {
				t.Fatalf("%q: read twice (-first +second):\n%s", media, diff)
			}
			if err == nil {
				check(t, &rev)
			}
		}
		for c, err := range read.Captures(strings.NewReader(string(b)), "a", read.Auto, read.Given{}) {
			if err == nil && c.MediaType == "text/plain" && string(c.Bytes) != string(b) {
				t.Fatalf("capture %q", c.Bytes)
			}
		}
	})
}

// check fails where a revision breaks what all must hold.
func check(t *testing.T, rev *onrecord.Revision) {
	t.Helper()
	if !utf8.ValidString(rev.Text) || strings.TrimSpace(rev.Text) == "" {
		t.Fatalf("text %q", rev.Text)
	}
	at := 0
	for _, z := range rev.Zones {
		if !z.Span.Valid(rev.Text) || z.Span.Empty() || z.Span.Start < at {
			t.Fatalf("zones %v of %q", rev.Zones, rev.Text)
		}
		at = z.Span.End
	}
	if len(rev.Zones) == 0 {
		t.Fatalf("no zones in %q", rev.Text)
	}
	if d := rev.Dateline; d != nil && (!d.Span.Valid(rev.Text) || !d.Place.Valid(rev.Text) || !d.Place.Empty() && !d.Span.Contains(d.Place)) {
		t.Fatalf("dateline %v of %q", d, rev.Text)
	}
}

// Ten megabytes on one line, in any format, are read in seconds at most.
func TestOneLongLine(t *testing.T) {
	line := strings.Repeat("“The dam held,” said OSLO — PRADO: (AP) - and so on; ", 180_000)
	for name, text := range map[string]string{
		"a.txt": line, "a.jsonl": `{"text": "` + line + `"}`, "a.html": "<html><body>" + line[:4<<20-1], "words": strings.Repeat("A", 10<<20),
	} {
		start := time.Now()
		text = strings.ToValidUTF8(text, "")
		if _, err := revision(t, name, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v for %d bytes", name, took, len(text))
		} else {
			t.Logf("%s: %v for %d bytes", name, took, len(text))
		}
	}
}

func BenchmarkRevision(b *testing.B) {
	text := "Dam holds\n\nOSLO, March 3 (AP) — " + strings.Repeat("“The dam held,” said Per Hale, who leads the crew.\n\n", 60)
	page := "<html><head><title>Dam holds</title></head><body><article>" + strings.Repeat(story, 8) + "</article></body></html>"
	for media, content := range map[string]string{"text/plain": text, "text/html": page} {
		b.Run(media, func(b *testing.B) {
			c := onrecord.Capture{Bytes: []byte(content), MediaType: media}
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				if _, err := read.Revision(&c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
