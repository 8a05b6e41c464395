package read

import (
	"bytes"
	"fmt"

	"github.com/onrecord/onrecord"
)

// magics are how files begin that are often taken for articles.
var magics = []struct{ start, what, hint string }{
	{"%PDF-", "a PDF file", "save its text first, for example with pdftotext"},
	{"PK\x03\x04", "a zip archive (also DOCX, ODT, EPUB)", "unpack it, or save the document as text or HTML"},
	{"{\\rtf", "a rich text file", "save it as plain text"},
	{"\xd0\xcf\x11\xe0", "an old office document", "save it as text or HTML"},
	{"\x1f\x8b", "a gzip file", "unpack it first"},
	{"\x28\xb5\x2f\xfd", "a zstandard file", "unpack it first"},
	{"BZh", "a bzip2 file", "unpack it first"},
	{"\xfd7zXZ", "an xz file", "unpack it first"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"},
	{"\x89PNG", "a picture", ""},
	{"\xff\xd8\xff", "a picture", ""},
	{"GIF8", "a picture", ""},
	{"RIFF", "a picture, sound or film", ""},
	{"OggS", "a sound or film", ""},
	{"ID3", "a sound", ""},
	{"\x7fELF", "a program", ""},
	{"SQLite format 3\x00", "a database", ""},
	{"WARC/", "a web archive", "web archives are not read yet; save single pages as HTML"},
}

// maxControls is the share of control characters, one in so many bytes, from
// which bytes are not text. Bytes at random have one in ten.
const maxControls = 20

// notText is the reason why bytes are no text; nil when they may be.
func notText(b []byte) error {
	if len(bytes.TrimSpace(bytes.TrimPrefix(b, bomUTF8))) == 0 {
		return fmt.Errorf("empty: %w", onrecord.ErrNotText)
	}
	for _, m := range magics {
		if bytes.HasPrefix(b, []byte(m.start)) {
			return onrecord.WithHint(fmt.Errorf("%s: %w", m.what, onrecord.ErrNotText), m.hint)
		}
	}
	if enc, mark := wide(b); enc != nil {
		if len(b) <= mark+1 {
			return fmt.Errorf("empty: %w", onrecord.ErrNotText)
		}
		return nil
	}
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return fmt.Errorf("NUL byte at offset %d: %w", i, onrecord.ErrNotText)
	}
	controls := 0
	for _, c := range b {
		if c < ' ' && (c < '\t' || c > '\r') || c == 0x7f {
			controls++
		}
	}
	if controls*maxControls > len(b) {
		return fmt.Errorf("%d control characters in %d bytes: %w", controls, len(b), onrecord.ErrNotText)
	}
	return nil
}
