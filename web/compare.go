package web

import (
	"fmt"
	"io"
	"net/http"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

// compareView is what several speakers said about one thing, under each other.
type compareView struct {
	Asked      bool
	Comparison ledger.Comparison
	Lines      []compareLine
	AsList     string // the same search as a list
	Problem    *QueryError
}

// compareLine is one speaker with statements and silences in order of time.
type compareLine struct {
	ledger.Line
	Entries []compareEntry
}

// compareEntry is a statement, and the silence before it where there is one.
type compareEntry struct {
	Row row
	Gap *ledger.Gap
}

// comparison is a comparison as JSON.
type comparison struct {
	Lines   []wire.Line   `json:"lines"` // by who was heard first
	Outlets []string      `json:"outlets"`
	More    bool          `json:"more"` // there are older statements than those compared
	Undated int           `json:"undated"`
	Totals  ledger.Totals `json:"totals"`
}

// compare shows who said what about one thing, a line a speaker.
func (s *site) compare(w http.ResponseWriter, r *http.Request) {
	_, format := dataFormat(r.URL.Path)
	q, ok := s.asked(w, r, format, "compare", func(p *QueryError) any { return compareView{Problem: p, Asked: true} })
	if !ok {
		return
	}
	box := FormatQuery(q)
	v := compareView{Asked: box != "", AsList: searchAddress(q)}
	if v.Asked {
		var err error
		if v.Comparison, err = ledger.Compare(r.Context(), s.store, q); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	if format != asPage {
		s.compareData(w, r, &v.Comparison, format)
		return
	}
	for _, l := range v.Comparison.Lines {
		line, gap := compareLine{Line: l}, 0
		for i := range l.Rows {
			e := compareEntry{Row: rowOf(l.Rows[i])}
			if gap < len(l.Gaps) && l.Gaps[gap].After == i-1 {
				e.Gap = &l.Gaps[gap]
				gap++
			}
			line.Entries = append(line.Entries, e)
		}
		v.Lines = append(v.Lines, line)
	}
	title := "Side by side"
	if v.Asked {
		title = box + " – side by side"
	}
	s.page(w, r, "compare", page{Title: title, Here: "compare", Query: box, Formats: v.Asked, Lines: true, Main: v})
}

func (s *site) compareData(w http.ResponseWriter, r *http.Request, c *ledger.Comparison, f format) {
	var lines []wire.Line
	var records []ledger.Record
	for i := range c.Lines {
		lines = append(lines, wire.EncodeLine(&c.Lines[i]))
		records = append(records, c.Lines[i].Rows...)
	}
	switch f {
	case asAtom:
		s.noFeed(w, r)
	case asJSON:
		if lines == nil {
			lines = []wire.Line{}
		}
		outlets := c.Outlets
		if outlets == nil {
			outlets = []string{}
		}
		s.sendJSON(w, r, comparison{Lines: lines, Outlets: outlets, More: c.More, Undated: c.Undated, Totals: c.Totals}, "")
	default:
		t := statementTable(records)
		t.lines = func(w io.Writer) error {
			for _, l := range lines {
				if err := wire.WriteLine(w, l); err != nil {
					return fmt.Errorf("write a comparison: %w", err)
				}
			}
			return nil
		}
		s.sendTable(w, r, f, "", t)
	}
}
