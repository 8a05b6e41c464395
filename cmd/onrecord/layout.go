package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// plainWidth is how wide tables are where there is no terminal to ask.
const plainWidth = 100

// width is how many columns w shows.
func width(w io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n >= 40 {
		return n
	}
	if f, ok := file(w); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n >= 40 {
			return n
		}
	}
	return plainWidth
}

// isTerminal reports whether a person sees w as it is written.
func isTerminal(w io.Writer) bool {
	f, ok := file(w)
	return ok && term.IsTerminal(int(f.Fd()))
}

// column is one column of a layout.
type column struct {
	title string
	width int // in columns of the terminal; 0 takes what the others leave
}

// layout prints rows of wrapped cells: words are never cut, because they are
// evidence.
type layout struct {
	w       io.Writer
	columns []column
}

const gap = 2

func newLayout(w io.Writer, columns ...column) *layout {
	rest := width(w)
	open := -1
	for i, c := range columns {
		rest -= c.width
		if i > 0 {
			rest -= gap
		}
		if c.width == 0 {
			open = i
		}
	}
	if open >= 0 {
		columns[open].width = max(rest, 20)
	}
	return &layout{w, columns}
}

// head prints the columns' titles.
func (l *layout) head() {
	cells := make([]string, len(l.columns))
	for i, c := range l.columns {
		cells[i] = c.title
	}
	l.row(cells...)
}

// row prints one row; a cell may hold several lines.
func (l *layout) row(cells ...string) {
	wrapped := make([][]string, len(cells))
	lines := 1
	for i, cell := range cells {
		wrapped[i] = wrap(cell, l.columns[i].width)
		lines = max(lines, len(wrapped[i]))
	}
	for n := range lines {
		var b strings.Builder
		pad := 0
		for i := range cells {
			b.WriteString(strings.Repeat(" ", pad))
			pad = gap + l.columns[i].width
			if n < len(wrapped[i]) {
				b.WriteString(wrapped[i][n])
				pad -= uniseg.StringWidth(wrapped[i][n])
			}
			pad = max(pad, 1)
		}
		fmt.Fprintln(l.w, strings.TrimRight(b.String(), " "))
	}
}

// wrap breaks text at white space into lines of at most width columns; a longer
// word stands alone. Control characters are shown as a space, so that no text
// can move the cursor.
func wrap(text string, width int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line, used := "", 0
		for word := range strings.FieldsSeq(strings.Map(printable, paragraph)) {
			n := uniseg.StringWidth(word)
			if used > 0 && used+1+n > width {
				lines = append(lines, line)
				line, used = "", 0
			}
			if used > 0 {
				line, used = line+" ", used+1
			}
			line, used = line+word, used+n
		}
		lines = append(lines, line)
	}
	return lines
}

// printable maps what a terminal would obey or hide to a space.
func printable(r rune) rune {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0,
		r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f:
		return ' '
	}
	return r
}

// oneLine is text on one line for a terminal.
func oneLine(text string) string {
	return strings.Join(strings.Fields(strings.Map(printable, text)), " ")
}
