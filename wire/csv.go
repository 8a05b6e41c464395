package wire

import (
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/ledger"
)

// CSVHeader names the columns of [CSVRow].
func CSVHeader() []string {
	return []string{
		"id", "when", "when_basis", "speaker", "source", "cue", "content", "quoted", "toward", "sentence",
		"publisher", "title", "address", "article", "start", "end", "verdict", "confidence",
	}
}

// CSVRow is a kept record as a row. Start and end are code points of the
// revision's text around source, cue and content. Words that a spreadsheet would
// run as a formula have an apostrophe before them.
func CSVRow(r *ledger.Record) []string {
	at := CodePoints(r)
	s := &r.Statement
	row := []string{
		string(r.ID), r.When.String(), string(r.WhenBasis), r.Speaker.Name,
		r.Texts.Source, r.Texts.Cue, r.Texts.Content, string(s.Quoted), string(s.Toward), r.Texts.Sentence,
		r.Article.Publisher, r.Article.Title, r.Article.Address, string(r.Article.ID),
		strconv.Itoa(at[0]), strconv.Itoa(at[1]), string(r.Verdict), strconv.FormatFloat(s.Confidence, 'f', 2, 64),
	}
	for i, name := range CSVHeader() {
		if name != "start" && name != "end" {
			row[i] = unformula(row[i])
		}
	}
	return row
}

// unformula keeps a spreadsheet from taking a cell for a formula.
func unformula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
