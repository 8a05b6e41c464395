package wire

import (
	"io"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Line is one speaker of a comparison: what was said, oldest first, and where
// nothing is on record.
type Line struct {
	Speaker    *Speaker    `json:"speaker"` // null where nobody is named
	Source     string      `json:"source,omitempty"`
	Outlets    []string    `json:"outlets"`
	Silent     []string    `json:"silent"` // outlets that carry others here and nothing of this speaker
	Gaps       []Gap       `json:"gaps"`
	Statements []Statement `json:"statements"`
}

// Gap is a time in which a speaker is not on record about the matter.
type Gap struct {
	After onrecord.ID   `json:"after"` // the statement before it
	From  onrecord.Date `json:"from"`
	To    onrecord.Date `json:"to"`
	Kept  bool          `json:"kept"` // others are on record in that time
}

// EncodeLine makes a line of JSON of a line of a comparison.
func EncodeLine(l *ledger.Line) Line {
	out := Line{Outlets: some(l.Outlets), Silent: some(l.Silent), Gaps: []Gap{}, Statements: []Statement{}}
	for i := range l.Rows {
		out.Statements = append(out.Statements, EncodeRecord(&l.Rows[i]))
	}
	for _, g := range l.Gaps {
		out.Gaps = append(out.Gaps, Gap{After: l.Rows[g.After].ID, From: g.From, To: g.To, Kept: g.Kept})
	}
	if out.Speaker = speaker(&l.Rows[0]); out.Speaker == nil {
		out.Source = l.Source
	}
	return out
}

// WriteLine prints a line of a comparison as one line of JSON.
func WriteLine(w io.Writer, l Line) error { return writeLine(w, l) }
