package read

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// Sizes in bytes.
const (
	// MaxText is the most that one text, decoded or not, may have.
	MaxText = 32 << 20
	// MaxHTML is the most that one page may have. Archives of news cut pages at
	// the same size.
	MaxHTML = 5 << 20

	sniffed = 64 << 10 // how much of an input decides what it is
	sealed  = 16       // hexadecimal digits of a hash that name a nameless line
)

// stdin is the path that stands for standard input; it is nobody's address.
const stdin = "stdin"

// Given is what the user said of an input. It is stored in the headers of its
// captures, so that Revision needs nothing else. What a line of JSON says of
// itself goes before it.
type Given struct {
	URL       string
	Title     string
	Published onrecord.Date
	Publisher string
	Retrieved time.Time // zero means now

	Offset int64            // bytes of the file before the first that is read, where reading goes on in the middle
	Skip   func(why string) // told of each record of an archive that is no article's; may be nil
}

// Captures splits one input, the bytes of the file at path or of "stdin", into
// captures. A text or a page is one capture; of JSON Lines each line that is not
// blank is one, with the line's own bytes. Each line is an object with text and
// optionally path, url, title, published (as [onrecord.ParseDate] takes it) and
// publisher; further fields are ignored.
//
// Of a WARC archive, compressed or not, each answer with the status 200 that is a
// page or a text is one, with the header of that answer and where in the archive it
// lies; other records are skipped. Of a page that a browser saved whole (MHTML) the
// page is one.
//
// An error is yielded with the address of what it is about and does not end the
// sequence, unless reading itself failed. Errors wrap [onrecord.ErrNotText],
// [onrecord.ErrTooLarge] or [onrecord.ErrInvalid]. The input is streamed: of JSON
// Lines no more than a line is held at a time.
func Captures(r io.Reader, path string, format Format, given Given) iter.Seq2[onrecord.Capture, error] {
	return func(yield func(onrecord.Capture, error) bool) {
		in := input{r: bufio.NewReaderSize(r, sniffed), given: given, address: addressOf(path)}
		if in.given.Retrieved.IsZero() {
			in.given.Retrieved = time.Now().UTC().Truncate(time.Second)
		}
		head, err := in.r.Peek(sniffed)
		if err != nil && !errors.Is(err, io.EOF) {
			yield(onrecord.Capture{Address: in.address}, fmt.Errorf("read %s: %w", path, err))
			return
		}
		if format == Auto || format == "" {
			format = formatOf(head, path)
		}
		switch {
		case format == WARC:
			in.archive(yield)
		case format == MHTML:
			yield(in.saved())
		case format != JSONL:
			yield(in.whole(format))
		case strings.EqualFold(filepath.Ext(path), ".json") && !looksLikeJSONL(head):
			yield(in.whole(JSONL)) // one object over several lines
		default:
			in.lines(yield)
		}
	}
}

// addressOf is the cleaned absolute path, or "stdin".
func addressOf(path string) string {
	if path == stdin || path == "" {
		return stdin
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// input is one input on its way into captures.
type input struct {
	r       *bufio.Reader
	given   Given
	address string
}

var mediaTypes = map[Format]string{Text: mediaText, HTML: mediaHTML, JSONL: mediaJSON}

// whole makes one capture of all that is left.
func (in *input) whole(format Format) (onrecord.Capture, error) {
	limit := int64(MaxText)
	if format == HTML {
		limit = MaxHTML
	}
	b, err := io.ReadAll(io.LimitReader(in.r, limit+1))
	c := in.capture(b, mediaTypes[format])
	switch {
	case err != nil:
		return onrecord.Capture{Address: c.Address}, fmt.Errorf("read %s: %w", in.address, err)
	case int64(len(b)) > limit:
		return onrecord.Capture{Address: c.Address}, tooLarge(limit)
	}
	if format == JSONL {
		l, err := parseLine(b)
		if err != nil {
			return onrecord.Capture{Address: c.Address}, err
		}
		in.addressed(&c, &l)
		return c, nil
	}
	if in.address != stdin {
		c.Header[onrecord.GivenPath] = []string{in.address}
	}
	return c, nil
}

// lines makes a capture of each line.
func (in *input) lines(yield func(onrecord.Capture, error) bool) {
	at := in.given.Offset
	for number := 1; ; number++ {
		line, read, err := in.line()
		at += read
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, onrecord.ErrTooLarge) {
			yield(onrecord.Capture{Address: in.address}, fmt.Errorf("line %d: %w", number, err))
			return
		}
		end := errors.Is(err, io.EOF)
		if end {
			err = nil
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, bomUTF8)
		}
		if err == nil && len(bytes.TrimSpace(line)) == 0 {
			if end {
				return
			}
			continue
		}
		c := onrecord.Capture{Address: in.address}
		var l object
		if err == nil {
			l, err = parseLine(line)
		}
		if err != nil {
			err = fmt.Errorf("line %d: %w", number, err)
		} else {
			c = in.capture(bytes.Clone(line), mediaJSON)
			in.addressed(&c, &l)
		}
		c.In, c.End = in.address, at
		if !yield(c, err) || end {
			return
		}
	}
}

// line reads up to the next line end, which it leaves out. The line is good
// until the next call. A line over MaxText is skipped and ErrTooLarge. read is how
// many bytes the line had with its end.
func (in *input) line() (line []byte, read int64, err error) {
	part, err := in.r.ReadSlice('\n')
	read = int64(len(part))
	if !errors.Is(err, bufio.ErrBufferFull) {
		return bytes.TrimRight(part, "\r\n"), read, err
	}
	long := bytes.Clone(part)
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = in.r.ReadSlice('\n')
		read += int64(len(part))
		if len(long) <= MaxText {
			long = append(long, part...)
		}
	}
	if len(long) > MaxText {
		if err == nil {
			err = tooLarge(MaxText)
		}
		return nil, read, err
	}
	return bytes.TrimRight(long, "\r\n"), read, err
}

// capture wraps bytes with all that the user said of them.
func (in *input) capture(b []byte, media string) onrecord.Capture {
	header := map[string][]string{}
	for name, value := range map[string]string{
		onrecord.GivenURL:       in.given.URL,
		onrecord.GivenTitle:     in.given.Title,
		onrecord.GivenPublished: in.given.Published.String(),
		onrecord.GivenPublisher: in.given.Publisher,
	} {
		if value != "" {
			header[name] = []string{value}
		}
	}
	return onrecord.Capture{Bytes: b, MediaType: media, Header: header, Address: in.address, Retrieved: in.given.Retrieved}
}

// addressed gives a line the address it names itself. A path is taken from the
// folder of the file it stands in. A line without either is named by its own
// words: its number would make another article of it when a line is added above.
func (in *input) addressed(c *onrecord.Capture, l *object) {
	switch {
	case l.URL != "":
		c.Address = l.URL
	case l.Path != "" && filepath.IsAbs(l.Path):
		c.Address = filepath.Clean(l.Path)
	case l.Path != "" && in.address != stdin:
		c.Address = filepath.Join(filepath.Dir(in.address), l.Path)
	case l.Path != "":
		c.Address = addressOf(l.Path)
	case in.address != stdin:
		hash := strings.TrimPrefix(c.Hash().String(), "sha256-")
		c.Address = in.address + "#" + hash[:sealed]
	}
}

// object is a line of JSON Lines.
type object struct {
	Text      *string `json:"text"`
	Path      string  `json:"path"`
	URL       string  `json:"url"`
	Title     string  `json:"title"`
	Published string  `json:"published"`
	Publisher string  `json:"publisher"`
}

// parseLine reads one object. It wraps ErrInvalid.
func parseLine(b []byte) (object, error) {
	var l object
	if err := json.Unmarshal(b, &l); err != nil {
		return object{}, fmt.Errorf("not a JSON object of an article: %w: %w", err, onrecord.ErrInvalid)
	}
	if l.Text == nil {
		return object{}, fmt.Errorf(`no "text": %w`, onrecord.ErrInvalid)
	}
	return l, nil
}

func tooLarge(limit int64) error {
	return onrecord.WithHint(fmt.Errorf("over %d MiB: %w", limit>>20, onrecord.ErrTooLarge),
		"one article is meant; split a collection into files, or into JSON Lines with one article a line")
}
