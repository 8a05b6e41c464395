package read

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// answered writes a record of an answer, as a crawler does.
func answered(address, http string, more ...string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-02-24T10:00:00Z\r\n%sContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		address, strings.Join(more, ""), len(http), http)
}

const aPage = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>The mayor said so.</p></html>"

// zipped compresses each record on its own, as archives do.
func zipped(records ...string) string {
	var b bytes.Buffer
	for _, r := range records {
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, r)
		_ = z.Close()
	}
	return b.String()
}

// unpacked writes what an archive gives, a line each, and what was skipped.
func unpacked(archive string) (lines []string) {
	given := Given{Skip: func(why string) { lines = append(lines, "skipped: "+why) }}
	for c, err := range Captures(strings.NewReader(archive), "/a/news.warc.gz", Auto, given) {
		if err != nil {
			lines = append(lines, "error: "+kindOf(err))
			continue
		}
		line := c.Address + " " + string(c.Bytes)
		if cut := c.Given(onrecord.CutShort); cut != "" {
			line += " cut by " + cut
		}
		lines = append(lines, line)
	}
	return lines
}

func kindOf(err error) string {
	for name, kind := range map[string]error{"damaged": onrecord.ErrDamaged, "invalid": onrecord.ErrInvalid, "not text": onrecord.ErrNotText} {
		if errors.Is(err, kind) {
			return name
		}
	}
	return err.Error()
}

func TestWARC(t *testing.T) {
	const a, b = "https://harbour.example/a", "https://harbour.example/b"
	const body = "<html><p>The mayor said so.</p></html>"
	info := "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nx: y\r\n\r\n"
	chunks := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n<html><p>The may\r\n16\r\nor said so.</p></html>\r\n0\r\n\r\n"
	for _, c := range []struct {
		name    string
		records []string
		want    []string
	}{
		{"an answer", []string{answered(a, aPage)}, []string{a + " " + body}},
		{"what is no answer is skipped", []string{info, strings.Replace(answered(a, aPage), "response", "request", 1), answered(b, aPage)}, []string{"skipped: warcinfo", "skipped: request", b + " " + body}},
		{
			"what is no page is skipped",
			[]string{answered("https://harbour.example/robots.txt", aPage), answered(a, strings.Replace(aPage, "text/html; charset=utf-8", "application/rss+xml", 1)), answered("dns:harbour.example", aPage), answered(b, strings.Replace(aPage, "200 OK", "301 Moved", 1))},
			[]string{"skipped: no page", "skipped: no page", "skipped: no address on the web", "skipped: status 301"},
		},
		{"HTTP/2's short status line", []string{answered(a, strings.Replace(aPage, "HTTP/1.1 200 OK", "HTTP/2 200", 1))}, []string{a + " " + body}},
		{"header lines without a colon", []string{answered(a, strings.Replace(aPage, "\r\nContent", "\r\nnonsense\r\n folded on\r\nContent", 1))}, []string{a + " " + body}},
		{"chunks", []string{answered(a, chunks)}, []string{a + " " + body}},
		{"chunks that were joined before", []string{answered(a, strings.Replace(aPage, "OK\r\n", "OK\r\nTransfer-Encoding: chunked\r\n", 1))}, []string{a + " " + body}},
		{"compressed twice", []string{answered(a, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"+zipped(body))}, []string{a + " " + body}},
		{"said to be compressed and not", []string{answered(a, strings.Replace(aPage, "OK\r\n", "OK\r\nContent-Encoding: gzip\r\n", 1))}, []string{a + " " + body}},
		{"cut by the crawler", []string{answered(a, aPage, "WARC-Truncated: length\r\n")}, []string{a + " " + body + " cut by length"}},
		{"a resource", []string{"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: <" + a + ">\r\nContent-Type: text/html\r\nContent-Length: 38\r\n\r\n" + body + "\r\n\r\n"}, []string{a + " " + body}},
		{"lengths that lie", []string{answered(a, aPage), strings.Replace(answered(b, aPage), "Content-Length: ", "Content-Length: 9999999999999999", 1)}, []string{a + " " + body, "error: damaged"}},
		{"a length below nothing", []string{strings.Replace(answered(a, aPage), "Content-Length: ", "Content-Length: -", 1), answered(b, aPage)}, []string{"error: damaged", b + " " + body}},
		{"a broken record in the middle", []string{answered(a, aPage), "WARC/1.0 and then nonsense\r\n\r\n", answered(b, aPage)}, []string{a + " " + body, "error: damaged", b + " " + body}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, unpacked(strings.Join(c.records, ""))); d != "" {
				t.Error("plain: -want +got\n", d)
			}
			if d := cmp.Diff(c.want, unpacked(zipped(c.records...))); d != "" {
				t.Error("compressed: -want +got\n", d)
			}
		})
	}
}

func TestArchiveThatBreaksOff(t *testing.T) {
	whole := zipped(answered("https://harbour.example/a", aPage), answered("https://harbour.example/b", aPage))
	got := unpacked(whole[:len(whole)-30])
	if len(got) != 2 || !strings.HasPrefix(got[0], "https://harbour.example/a") || got[1] != "error: damaged" {
		t.Errorf("%q", got)
	}
	junk := zipped(answered("https://harbour.example/a", aPage)) + "\x1f\x8bnothing of this is a record" + zipped(answered("https://harbour.example/b", aPage))
	got = unpacked(junk)
	if len(got) != 3 || got[1] != "error: damaged" || !strings.HasPrefix(got[2], "https://harbour.example/b") {
		t.Errorf("%q", got)
	}
}

// Reading that goes on behind any capture finds the rest, and what a capture says
// of its place leads back to it.
func TestArchiveGoesOnFromAnyRecord(t *testing.T) {
	var records []string
	for i := range 20 {
		records = append(records, answered(fmt.Sprintf("https://harbour.example/%d", i), strings.Replace(aPage, "so.", strings.Repeat("so. ", i*100), 1)))
	}
	for _, archive := range []string{zipped(records...), strings.Join(records, "")} {
		read := func(from int64) (list []onrecord.Capture) {
			for c, err := range Captures(strings.NewReader(archive[from:]), "/a/news.warc.gz", WARC, Given{Offset: from}) {
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, c)
			}
			return list
		}
		all := read(0)
		if len(all) != 20 {
			t.Fatalf("%d captures", len(all))
		}
		for i, c := range all[:19] {
			rest := read(c.End)
			if len(rest) != 19-i {
				t.Fatalf("behind %d: %d captures", i, len(rest))
			}
			if d := cmp.Diff(all[i+1:], rest); d != "" {
				t.Fatal(d)
			}
		}
	}
}

func TestArchiveWritten(t *testing.T) {
	var b bytes.Buffer
	w := NewWARCWriter(&b)
	at := time.Date(2024, 2, 24, 10, 0, 0, 0, time.UTC)
	want := onrecord.Capture{Bytes: []byte("<html><p>Frost.</p></html>"), MediaType: "text/html; charset=utf-8", Address: "https://orchard.example/frost", Retrieved: at}
	if err := w.Write(&want); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(&onrecord.Capture{Address: "/file"}); !errors.Is(err, onrecord.ErrInvalid) {
		t.Errorf("a file's path: %v", err)
	}
	for c, err := range Captures(&b, "/a/own.warc.gz", Auto, Given{}) {
		if err != nil || !bytes.Equal(c.Bytes, want.Bytes) || c.MediaType != want.MediaType || c.Address != want.Address || !c.Retrieved.Equal(at) {
			t.Errorf("%+v, %v", c, err)
		}
	}
}

// A page made large comes cut; memory does not follow what a record claims.
func TestHostileArchives(t *testing.T) {
	large := answered("https://harbour.example/a", aPage+strings.Repeat("words ", 2<<20))
	got := unpacked(zipped(large, answered("https://harbour.example/b", aPage)))
	if len(got) != 2 || !strings.HasSuffix(got[0], "cut by length") || len(got[0]) > MaxHTML+100 || !strings.HasPrefix(got[1], "https://harbour.example/b") {
		t.Errorf("%d lines", len(got))
	}
	if got := unpacked("WARC/1.0\r\n" + strings.Repeat("X: y\r\n", 100_000)); len(got) == 0 || got[0] != "error: damaged" {
		t.Errorf("an endless header: %.100q", got)
	}
	if got := unpacked("WARC/1.0\r\n" + strings.Repeat("x", 1<<20)); len(got) == 0 || got[0] != "error: damaged" {
		t.Errorf("an endless line: %.100q", got)
	}
}

const savedPage = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbour.example/a\r\nSubject: Bridge\r\nDate: Sat, 24 Feb 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\r\n\r\n----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://harbour.example/a\r\n\r\n<html><p>The m=C3=BCller said=\r\n so.</p></html>\r\n----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n----b--\r\n"

func TestSavedPage(t *testing.T) {
	for c, err := range Captures(strings.NewReader(savedPage), "/a/page.mhtml", Auto, Given{}) {
		if err != nil || string(c.Bytes) != "<html><p>The müller said so.</p></html>" || c.Address != "https://harbour.example/a" || c.Retrieved.Hour() != 9 {
			t.Errorf("%q %s %v, %v", c.Bytes, c.Address, c.Retrieved, err)
		}
	}
	coded := strings.Replace(strings.Replace(savedPage, "quoted-printable", "base64", 1), "<html><p>The m=C3=BCller said=\r\n so.</p></html>", "PGh0bWw+PHA+U28uPC9wPjwvaHRtbD4=", 1)
	for c, err := range Captures(strings.NewReader(coded), "/a/page.mhtml", Auto, Given{}) {
		if err != nil || string(c.Bytes) != "<html><p>So.</p></html>" {
			t.Errorf("%q, %v", c.Bytes, err)
		}
	}
	for _, err := range Captures(strings.NewReader(strings.Replace(savedPage, "text/html\r\n", "text/css\r\n", 1)), "/a/page.mhtml", Auto, Given{}) {
		if !errors.Is(err, onrecord.ErrNotText) {
			t.Error(err)
		}
	}
}

func FuzzArchives(f *testing.F) {
	f.Add([]byte(answered("https://harbour.example/a", aPage)))
	f.Add([]byte(zipped(answered("https://harbour.example/a", aPage), "WARC/1.0\r\nContent-Length: 5\r\n\r\n")))
	f.Add([]byte(savedPage))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, format := range []Format{Auto, WARC, MHTML} {
			last := int64(0)
			for c, err := range Captures(bytes.NewReader(b), "/a/file", format, Given{}) {
				if format == WARC && (c.End < last || c.End > int64(len(b))) {
					t.Fatalf("a record ends at %d, after %d, of %d", c.End, last, len(b))
				}
				last = c.End
				if err == nil && format == WARC && !isURL(c.Address) {
					t.Fatalf("a capture at %q", c.Address)
				}
			}
		}
	})
}

func BenchmarkWARC(b *testing.B) {
	words := strings.Repeat("<p>The mayor of the harbour said on Tuesday that bridge number 7 was safe for now.</p>\n", 500)
	var records []string
	for i := range 50 {
		records = append(records, answered(fmt.Sprintf("https://harbour.example/%d", i), aPage+words))
	}
	archive := zipped(records...)
	b.SetBytes(int64(len(strings.Join(records, ""))))
	for b.Loop() {
		n := 0
		for _, err := range Captures(strings.NewReader(archive), "/a/news.warc.gz", WARC, Given{}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 50 {
			b.Fatal(n)
		}
	}
}
