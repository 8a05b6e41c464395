package read_test

import (
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/read"
)

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// What an input is shows in its content, then in its name, unless the user says.
func TestFormats(t *testing.T) {
	const object = `{"text": "The dam held."}`
	for _, test := range []struct {
		name, content string
		format        read.Format
		media         string
	}{
		{"a.txt", "The dam held.", read.Auto, "text/plain"},
		{"stdin", "The dam held.", read.Auto, "text/plain"},
		{"stdin", "<!DOCTYPE html><p>The dam held.", read.Auto, "text/html"},
		{"stdin", "\ufeff\n<!-- saved --><HTML><p>The dam held.", read.Auto, "text/html"},
		{"stdin", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", read.Auto, "text/html"},
		{"a.htm", "<p>The dam held.", read.Auto, "text/html"},
		{"a.txt", "<p> is what they call a paragraph.", read.Auto, "text/plain"},
		{"stdin", object, read.Auto, "application/json"},
		{"a.jsonl", object, read.Auto, "application/json"},
		{"a.json", "{\n\"text\": \"The dam held.\"\n}\n", read.Auto, "application/json"},
		{"a.txt", "{sic} the dam held.", read.Auto, "text/plain"},
		{"a.html", "The dam held.", read.Text, "text/plain"},
		{"a.txt", "The dam held.", read.HTML, "text/html"},
	} {
		for c, err := range read.Captures(strings.NewReader(test.content), test.name, test.format, read.Given{}) {
			if err != nil || c.MediaType != test.media {
				t.Errorf("%s %q as %s: %q, %v, want %s", test.name, test.content, test.format, c.MediaType, err, test.media)
			}
		}
	}
}

func TestParseFormat(t *testing.T) {
	for _, name := range []string{"auto", "text", "html", "jsonl"} {
		if f, err := read.ParseFormat(name); err != nil || string(f) != name {
			t.Errorf("%s: %q, %v", name, f, err)
		}
	}
	if _, err := read.ParseFormat("pdf"); !errors.Is(err, onrecord.ErrInvalid) {
		t.Errorf("pdf: %v, want ErrInvalid", err)
	}
}

// Of JSON Lines every line stands alone: bad ones are named by number, and the
// others go on.
func TestJSONLines(t *testing.T) {
	const input = `{"text": "Dam holds\r\n\r\nIt held.", "path": "a/1.txt", "title": "Dam holds", "published": "2024-02-24", "publisher": "FP", "more": 1}

{"text": "It held.", "url": "https://fp.example/2"}
{"path": "a/3.txt"}
not an object
{"text": "It held.", "published": "last week"}
{"text": 7}
{"text": "The <b>dam</b> held — \ud83d\ude42."}`
	type article struct {
		Text, Path, URL, Title, Published, Publisher, Address string
	}
	var got []article
	var failed []string
	for c, err := range read.Captures(strings.NewReader(input), "/news/all.jsonl", read.Auto, read.Given{Publisher: "Given"}) {
		if err != nil {
			if !errors.Is(err, onrecord.ErrInvalid) || c.Address != "/news/all.jsonl" {
				t.Errorf("%s: %v, want ErrInvalid and the file's address", c.Address, err)
			}
			failed = append(failed, err.Error()[:len("line 5")])
			continue
		}
		rev, err := read.Revision(&c)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, article{rev.Text, rev.Path, rev.URL, rev.Title, rev.Published.String(), rev.Publisher, c.Address})
	}
	last := onrecord.HashOf(input[strings.LastIndex(input, "\n")+1:]).String()
	dated := onrecord.HashOf(`{"text": "It held.", "published": "last week"}`).String()
	want := []article{
		{"Dam holds\r\n\r\nIt held.", "a/1.txt", "", "Dam holds", "2024-02-24", "FP", "/news/a/1.txt"},
		{"It held.", "", "https://fp.example/2", "", "", "Given", "https://fp.example/2"},
		{"It held.", "", "", "", "", "Given", "/news/all.jsonl#" + dated[len("sha256-"):][:16]}, // a date that is none is named in its problems
		{"The <b>dam</b> held — 🙂.", "", "", "", "", "Given", "/news/all.jsonl#" + last[len("sha256-"):][:16]},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"line 4", "line 5", "line 7"}, failed); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

// A line without a path of its own and an input without a name have no address
// that another text could share.
func TestAddresses(t *testing.T) {
	abs, err := filepath.Abs("b.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, content, address, path string }{
		{"x/../b.txt", "The dam held.", abs, abs},
		{"stdin", "The dam held.", "stdin", ""},
		{"stdin", `{"text": "The dam held."}`, "stdin", ""},
		{"stdin", `{"text": "The dam held.", "path": "/news/c.txt"}`, "/news/c.txt", "/news/c.txt"},
	} {
		for c, err := range read.Captures(strings.NewReader(test.content), test.name, read.Auto, read.Given{}) {
			if err != nil {
				t.Fatal(err)
			}
			rev, err := read.Revision(&c)
			if err != nil {
				t.Fatal(err)
			}
			if c.Address != test.address || rev.Path != test.path {
				t.Errorf("%s: address %q, path %q, want %q, %q", test.name, c.Address, rev.Path, test.address, test.path)
			}
		}
	}
}

// zeros is an endless input of one character, counted.
type endless struct{ n int64 }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	e.n += int64(len(p))
	return len(p), nil
}

// Inputs over the bounds are refused without being read to their ends; a line
// over them is skipped, and the next one goes on.
func TestTooLarge(t *testing.T) {
	for _, format := range []read.Format{read.Text, read.HTML} {
		var input endless
		for _, err := range read.Captures(&input, "a", format, read.Given{}) {
			if !errors.Is(err, onrecord.ErrTooLarge) || onrecord.Hint(err) == "" {
				t.Errorf("%s: %v, want ErrTooLarge with a hint", format, err)
			}
		}
		if input.n > read.MaxText+(1<<20) {
			t.Errorf("%s: %d bytes read", format, input.n)
		}
	}
	long := io.LimitReader(&endless{}, read.MaxText+(1<<20))
	input := io.MultiReader(strings.NewReader(`{"text": "`), long, strings.NewReader("\"}\n"+`{"text": "The dam held."}`+"\n"))
	var errs []error
	texts := 0
	for _, err := range read.Captures(input, "a.jsonl", read.JSONL, read.Given{}) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		texts++
	}
	if len(errs) != 1 || !errors.Is(errs[0], onrecord.ErrTooLarge) || !strings.HasPrefix(errs[0].Error(), "line 1:") || texts != 1 {
		t.Errorf("%d texts and errors %v, want one of each, about line 1", texts, errs)
	}
}

// A reader that breaks off ends the sequence with its error.
func TestBrokenReader(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, format := range []read.Format{read.Auto, read.Text, read.JSONL} {
		n := 0
		for _, err := range read.Captures(io.MultiReader(strings.NewReader("{"), errorReader{broken}), "a", format, read.Given{}) {
			if n++; !errors.Is(err, broken) {
				t.Errorf("%s: %v", format, err)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d yields, want 1", format, n)
		}
	}
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }
