package read

import (
	"bytes"
	"fmt"
	"mime"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"github.com/onrecord/onrecord"
)

var (
	bomUTF8 = []byte("\xef\xbb\xbf")
	bomLE   = []byte("\xff\xfe")
	bomBE   = []byte("\xfe\xff")
	bomLE32 = []byte("\xff\xfe\x00\x00")

	utf16LE = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16BE = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

// decode makes text of bytes. The order is: byte-order mark, UTF-16 without one,
// valid UTF-8, what the bytes or their headers declare, UTF-8 with a few broken
// sequences, windows-1252. Valid UTF-8 goes before a declaration because bytes
// of another charset hardly ever form it by chance, while declarations are often
// wrong. Whatever is not plain UTF-8 is named in a problem.
func decode(b []byte, declared string) (string, []onrecord.Problem) {
	switch {
	case bytes.HasPrefix(b, bomUTF8):
		text, problems := decodeUTF8(b[len(bomUTF8):])
		return text, append(problems, charsetProblem("UTF-8 with a byte-order mark, which is left out"))
	}
	if enc, mark := wide(b); enc != nil {
		name := "UTF-16, little end first"
		if enc == utf16BE {
			name = "UTF-16, big end first"
		}
		if mark == 0 {
			name += ", without a byte-order mark"
		}
		return decodeAs(b[mark:], enc, name)
	}
	if utf8.Valid(b) {
		return string(b), nil
	}
	if enc, err := htmlindex.Get(declared); err == nil {
		name, _ := htmlindex.Name(enc)
		switch name {
		case "utf-8":
			if hasUTF8(b) {
				return decodeUTF8(b)
			}
		case "replacement", "x-user-defined", "utf-16le", "utf-16be":
		default:
			return decodeAs(b, enc, name+", as declared")
		}
	}
	if hasUTF8(b) && mostlyUTF8(b) {
		return decodeUTF8(b)
	}
	return decodeAs(b, charmap.Windows1252, "windows-1252, as no charset is declared")
}

// hasUTF8 reports whether a character outside of US-ASCII is written in UTF-8.
// Where none is, what declares UTF-8 is not.
func hasUTF8(b []byte) bool {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r != utf8.RuneError || n > 1 {
			return true
		}
		b = b[n:]
	}
	return false
}

func charsetProblem(message string) onrecord.Problem {
	return onrecord.Problem{Code: "charset", Message: "read as " + message}
}

func decodeAs(b []byte, enc encoding.Encoding, name string) (string, []onrecord.Problem) {
	decoded, err := enc.NewDecoder().Bytes(b)
	if err != nil { // the decoders put U+FFFD in place of what they cannot read
		return decodeUTF8(b)
	}
	problems := []onrecord.Problem{charsetProblem(name)}
	if n := bytes.Count(decoded, []byte("\ufffd")); n > 0 {
		problems[0].Message += fmt.Sprintf("; %d places could not be read and stand as U+FFFD", n)
	}
	return string(decoded), problems
}

// decodeUTF8 puts U+FFFD in place of each broken sequence.
func decodeUTF8(b []byte) (string, []onrecord.Problem) {
	if utf8.Valid(b) {
		return string(b), nil
	}
	var text strings.Builder
	text.Grow(len(b))
	broken := 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			broken++
		}
		text.WriteRune(r)
		b = b[n:]
	}
	return text.String(), []onrecord.Problem{charsetProblem(
		fmt.Sprintf("UTF-8; %d bytes are broken and stand as U+FFFD", broken))}
}

// mostlyUTF8 reports whether well-formed sequences of several bytes clearly
// outnumber broken ones.
func mostlyUTF8(b []byte) bool {
	good, broken := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case n > 1:
			good++
		case r == utf8.RuneError:
			broken++
		}
		b = b[n:]
	}
	return good > 2*broken
}

// wide is UTF-16 of either end when b is that, and how many bytes its byte-order
// mark has.
func wide(b []byte) (enc encoding.Encoding, mark int) {
	switch {
	case bytes.HasPrefix(b, bomLE32):
		return nil, 0 // UTF-32, which nobody publishes in: its zero bytes give it away as no text
	case bytes.HasPrefix(b, bomLE):
		return utf16LE, len(bomLE)
	case bytes.HasPrefix(b, bomBE):
		return utf16BE, len(bomBE)
	}
	return wideEncoding(b), 0
}

// decodeWide decodes UTF-16; ok is false where b is something else.
func decodeWide(b []byte) (text string, ok bool) {
	enc, mark := wide(b)
	if enc == nil {
		return "", false
	}
	decoded, err := enc.NewDecoder().Bytes(b[mark:])
	return string(decoded), err == nil
}

// wideEncoding is UTF-16 of either end when b, without a byte-order mark, can
// only be that: all zero bytes stand at one parity, as they do in any script
// that has spaces and line ends, and nothing in it is a control or unpaired.
func wideEncoding(b []byte) encoding.Encoding {
	b = b[:min(len(b), sniffed)&^1]
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i&1]++
		}
	}
	var enc encoding.Encoding
	switch {
	case zeros[1] > 0 && zeros[0] == 0:
		enc = utf16LE
	case zeros[0] > 0 && zeros[1] == 0:
		enc = utf16BE
	default:
		return nil
	}
	text, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return nil
	}
	spaces := 0
	for i, r := range string(text) {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == ' ':
			spaces++
		case r < ' ' || r == 0x7f,
			r == utf8.RuneError && i < len(text)-utf8.UTFMax, // a pair cut at the end is no sign
			0xe000 <= r && r < 0xf900, r&0xfffe == 0xfffe:
			return nil
		}
	}
	if spaces*50 < utf8.RuneCount(text) {
		return nil
	}
	return enc
}

// metaCharset is what a page declares about its own charset; it looks further
// than the 1,024 bytes that browsers look at, because many pages need it.
var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]+)|<\?xml[^>]{0,200}encoding\s*=\s*["']([a-z0-9_:.-]+)`)

// declaredCharset is the charset that a capture's header or page declares.
func declaredCharset(c *onrecord.Capture) string {
	types := []string{c.MediaType}
	for name, values := range c.Header {
		if strings.EqualFold(name, "Content-Type") {
			types = slices.Concat(values, types)
		}
	}
	for _, t := range types {
		if _, params, err := mime.ParseMediaType(t); err == nil && params["charset"] != "" {
			return params["charset"]
		}
	}
	if isHTML(c) {
		if m := metaCharset.FindSubmatch(c.Bytes[:min(len(c.Bytes), sniffed)]); m != nil {
			return string(append(m[1], m[2]...))
		}
	}
	return ""
}

func isHTML(c *onrecord.Capture) bool {
	media, _, _ := mime.ParseMediaType(c.MediaType)
	return media == mediaHTML || media == "application/xhtml+xml"
}
