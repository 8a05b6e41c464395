package read

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// WARC (ISO 28500) keeps what a crawler asked and was answered, a record each.
// Compressed archives have each record in a gzip member of its own, so that reading
// can begin at any record.

const (
	mostRecordHead = 64 << 10       // bytes of a record's header, and of the HTTP header in it
	mostRecord     = MaxHTML + 1024 // bytes of an answer that are taken; the rest is passed over
)

// counting counts bytes on their way.
type counting struct {
	r io.Reader
	n int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// warc is an archive that is being read.
type warc struct {
	*input
	raw   *counting     // bytes as they lie
	in    *bufio.Reader // over raw
	start int64         // offset in the file at which raw begins
	zip   *gzip.Reader
	body  *bufio.Reader // records, decompressed where need be
}

// offset is where in the file the next byte to be read lies.
func (w *warc) offset() int64 { return w.start + w.raw.n - int64(w.in.Buffered()) }

// archive makes a capture of each record that is an answer with a page or a text.
func (in *input) archive(yield func(onrecord.Capture, error) bool) {
	w := &warc{input: in, raw: &counting{r: in.r}, start: in.given.Offset}
	w.in = bufio.NewReaderSize(w.raw, sniffed)
	for {
		from := w.offset()
		c, skip, err := w.member(from)
		end := errors.Is(err, io.EOF)
		switch {
		case end && c == nil:
			return
		case err != nil && !end:
			bad := onrecord.Capture{Address: in.address, In: in.address, End: w.offset()}
			if !yield(bad, fmt.Errorf("record at byte %d: %w", from, err)) || !w.resume(from) {
				return
			}
			continue
		case skip != "":
			if in.given.Skip != nil {
				in.given.Skip(skip)
			}
			continue
		}
		c.In, c.End = in.address, w.offset()
		c.Header[onrecord.ArchivePath] = []string{in.address}
		c.Header[onrecord.ArchiveOffset] = []string{strconv.FormatInt(from, 10)}
		c.Header[onrecord.ArchiveLength] = []string{strconv.FormatInt(c.End-from, 10)}
		if !yield(*c, nil) || end {
			return
		}
	}
}

// member reads the record that comes next, whether compressed or not, up to its
// end. A record that is no article's has a reason to skip it. io.EOF without a
// capture is the end of the archive.
func (w *warc) member(from int64) (c *onrecord.Capture, skip string, err error) {
	head, err := w.in.Peek(2)
	if len(head) == 0 {
		if err == nil || errors.Is(err, io.EOF) {
			return nil, "", io.EOF
		}
		return nil, "", err
	}
	if len(head) < 2 || head[0] != 0x1f || head[1] != 0x8b {
		if w.body == nil || w.zip != nil {
			w.zip, w.body = nil, w.in
		}
		c, skip, err = w.record(w.in)
		if err == nil {
			err = w.blank(w.in)
		}
		return c, skip, err
	}
	if w.zip == nil {
		w.zip, err = gzip.NewReader(w.in)
		w.body = bufio.NewReaderSize(nil, sniffed)
	} else {
		err = w.zip.Reset(w.in)
	}
	if err != nil {
		return nil, "", broken(err)
	}
	w.zip.Multistream(false)
	w.body.Reset(w.zip)
	c, skip, err = w.record(w.body)
	if err != nil {
		return nil, "", broken(err)
	}
	// A member has one record. Whole archives in one member exist; of those the
	// others are lost, and it is said.
	rest, err := io.Copy(io.Discard, w.body)
	if err != nil {
		return nil, "", broken(err)
	}
	if rest > 1<<20 && c == nil {
		return nil, "", fmt.Errorf("%w: many records compressed as one (byte %d); compress each on its own", onrecord.ErrInvalid, from)
	}
	return c, skip, nil
}

// broken names an end in the middle of a record for what it is.
func broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: the archive breaks off here", onrecord.ErrDamaged)
	}
	return fmt.Errorf("%w: %w", onrecord.ErrDamaged, err)
}

// blank passes over the two empty lines behind a record that is not compressed.
func (w *warc) blank(r *bufio.Reader) error {
	for {
		b, err := r.Peek(1)
		if err != nil || b[0] != '\r' && b[0] != '\n' {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if _, err := r.Discard(1); err != nil {
			return err
		}
	}
}

// resume looks for the beginning of another record after a broken one; false
// where there is none.
func (w *warc) resume(from int64) bool {
	w.zip, w.body = nil, nil
	for {
		// A window always holds enough to recognise either beginning.
		head, err := w.in.Peek(sniffed)
		if len(head) < 11 {
			return false
		}
		for i := range head[:len(head)-10] {
			if i == 0 && w.offset() == from { // the broken one itself
				continue
			}
			if head[i] == 0x1f && head[i+1] == 0x8b && head[i+2] == 8 && head[i+3]&0xe0 == 0 || (i == 0 || head[i-1] == '\n') && bytes.HasPrefix(head[i:], []byte("WARC/1.")) {
				_, discardErr := w.in.Discard(i)
				return discardErr == nil
			}
		}
		if _, discardErr := w.in.Discard(len(head) - 10); discardErr != nil || err != nil && len(head) <= 11 {
			return false
		}
	}
}

// record reads one record's header and block.
func (w *warc) record(r *bufio.Reader) (c *onrecord.Capture, skip string, err error) {
	head, err := headLines(r)
	if err != nil {
		return nil, "", err
	}
	if len(head) == 0 || !strings.HasPrefix(head[0], "WARC/1.") {
		return nil, "", fmt.Errorf("%w: no WARC record begins here", onrecord.ErrDamaged)
	}
	fields := fieldsOf(head[1:])
	length, err := strconv.ParseInt(fields.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, "", fmt.Errorf("%w: a record of length %q", onrecord.ErrDamaged, fields.Get("Content-Length"))
	}
	block := &io.LimitedReader{R: r, N: length}
	kind := strings.ToLower(fields.Get("WARC-Type"))
	if kind != "response" && kind != "resource" {
		skip = first(kind, "no type")
	} else {
		c, skip, err = w.answer(block, fields, kind)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, block)
	}
	if err == nil && block.N > 0 {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, "", broken(err)
	}
	return c, skip, nil
}

// headLines reads the lines of a header up to an empty one. Folded lines are
// joined to the one before.
func headLines(r *bufio.Reader) (lines []string, err error) {
	size := 0
	for {
		line, err := r.ReadSlice('\n')
		size += len(line)
		if errors.Is(err, bufio.ErrBufferFull) || size > mostRecordHead {
			return nil, fmt.Errorf("%w: a header of over %d bytes", onrecord.ErrDamaged, mostRecordHead)
		}
		if err != nil {
			return nil, err
		}
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case text == "":
			return lines, nil
		case (text[0] == ' ' || text[0] == '\t') && len(lines) > 0:
			lines[len(lines)-1] += " " + strings.TrimSpace(text)
		default:
			lines = append(lines, text)
		}
	}
}

// fieldsOf reads header lines. Those without a colon, which servers do send, are
// passed over.
func fieldsOf(lines []string) textproto.MIMEHeader {
	h := textproto.MIMEHeader{}
	for _, line := range lines {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) != "" {
			h.Add(strings.ToValidUTF8(strings.TrimSpace(name), ""), strings.ToValidUTF8(strings.TrimSpace(value), "\ufffd"))
		}
	}
	return h
}

// answer makes a capture of a record's block, or says why not.
func (w *warc) answer(block io.Reader, fields textproto.MIMEHeader, kind string) (c *onrecord.Capture, skip string, err error) {
	content, err := io.ReadAll(io.LimitReader(block, mostRecord+mostRecordHead))
	if err != nil {
		return nil, "", err
	}
	target := strings.Trim(fields.Get("WARC-Target-URI"), "<>")
	if !isURL(target) {
		return nil, "no address on the web", nil
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(target, "https://"), "http://"), "/")
	media, head := fields.Get("Content-Type"), textproto.MIMEHeader{}
	if kind == "response" {
		var status int
		if status, head, content = httpAnswer(content); status != 200 {
			return nil, "status " + strconv.Itoa(status), nil
		}
		media = head.Get("Content-Type")
	}
	if path == "robots.txt" || !isArticleMedia(media, content) {
		return nil, "no page", nil
	}
	made := w.capture(content, media)
	c = &made
	c.Address = target
	if at, err := time.Parse(time.RFC3339Nano, fields.Get("WARC-Date")); err == nil {
		c.Retrieved = at.UTC()
	}
	for _, name := range []string{"Content-Type", "Content-Language", "Date", "Last-Modified", "Etag"} {
		if v := head.Get(name); v != "" {
			c.Header[name] = []string{v}
		}
	}
	cut := fields.Get("WARC-Truncated")
	if len(c.Bytes) > MaxHTML {
		c.Bytes, cut = c.Bytes[:MaxHTML], "length"
	}
	if cut != "" {
		c.Header[onrecord.CutShort] = []string{cut}
	}
	return c, "", nil
}

// httpAnswer splits an answer into status, header and body, chunks joined and
// compression undone where they still are.
func httpAnswer(block []byte) (status int, head textproto.MIMEHeader, body []byte) {
	end, gap := bytes.Index(block, []byte("\r\n\r\n")), 4
	if lf := bytes.Index(block, []byte("\n\n")); lf >= 0 && (end < 0 || lf < end) {
		end, gap = lf, 2
	}
	if end < 0 || end > mostRecordHead {
		return 0, textproto.MIMEHeader{}, nil
	}
	body = block[end+gap:]
	lines, err := headLines(bufio.NewReaderSize(bytes.NewReader(block[:end+gap]), mostRecordHead+16))
	if err != nil || len(lines) == 0 {
		return 0, textproto.MIMEHeader{}, nil
	}
	parts := strings.Fields(lines[0])
	if len(parts) < 2 || !strings.HasPrefix(parts[0], "HTTP/") {
		return 0, textproto.MIMEHeader{}, nil
	}
	status, err = strconv.Atoi(parts[1])
	if err != nil {
		status = 0
	}
	head = fieldsOf(lines[1:])
	if strings.EqualFold(head.Get("Transfer-Encoding"), "chunked") {
		body = unchunked(body)
	}
	// Crawlers undo compression and leave the header; the bytes tell.
	if len(body) > 2 && body[0] == 0x1f && body[1] == 0x8b {
		if z, err := gzip.NewReader(bytes.NewReader(body)); err == nil {
			if plain, _ := io.ReadAll(io.LimitReader(z, mostRecord)); len(plain) > 0 {
				body = plain
			}
		}
	}
	return status, head, body
}

// unchunked joins the chunks of a body; one that is not in chunks stays as it is.
func unchunked(b []byte) []byte {
	var out []byte
	rest := b
	for {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		size, _, _ := strings.Cut(strings.TrimSpace(string(line[:min(len(line), 32)])), ";")
		n, err := strconv.ParseInt(size, 16, 64)
		if !ok || err != nil || n < 0 {
			if out == nil {
				return b
			}
			return out
		}
		if n == 0 {
			return out
		}
		if n > int64(len(after)) {
			return append(out, after...)
		}
		out = append(out, after[:n]...)
		rest = bytes.TrimPrefix(bytes.TrimPrefix(after[n:], []byte("\r")), []byte("\n"))
	}
}

// isArticleMedia reports whether a body can be a page or a text.
func isArticleMedia(media string, body []byte) bool {
	name, _, err := mime.ParseMediaType(media)
	if err != nil {
		name, _, _ = strings.Cut(strings.ToLower(media), ";")
		name = strings.TrimSpace(name)
	}
	switch name {
	case mediaHTML, "application/xhtml+xml", mediaText:
		return len(body) > 0
	case "", "application/octet-stream", "unknown/unknown":
		return looksLikeHTML(body)
	}
	return false
}

// WARCWriter writes answers into an archive, each record a gzip member of its own.
type WARCWriter struct{ w io.Writer }

// NewWARCWriter writes an archive to w.
func NewWARCWriter(w io.Writer) *WARCWriter { return &WARCWriter{w} }

// Write adds a capture as an answer of a server with the status 200. Its address
// must be one on the web: [onrecord.ErrInvalid].
func (a *WARCWriter) Write(c *onrecord.Capture) error {
	if !isURL(c.Address) || strings.ContainsAny(c.Address, "\r\n ") {
		return fmt.Errorf("archive %q: %w: no address on the web", c.Address, onrecord.ErrInvalid)
	}
	var answer bytes.Buffer
	fmt.Fprintf(&answer, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", oneLine(first(c.MediaType, mediaHTML)), len(c.Bytes))
	answer.Write(c.Bytes)
	z := gzip.NewWriter(a.w)
	id := c.Hash().String()
	_, err := fmt.Fprintf(z, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:onrecord:%s>\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		id, c.Address, c.Retrieved.UTC().Format(time.RFC3339), answer.Len(), answer.Bytes())
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return fmt.Errorf("write an archive: %w", err)
	}
	return nil
}

// oneLine leaves out line ends, which would end a header.
func oneLine(s string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(s) }
