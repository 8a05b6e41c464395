package bench

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

// GAPExample is a row of the GAP corpus (Webster et al. 2018): a pronoun, and two
// names that it may go back to. Spans are bytes of Text.
type GAPExample struct {
	ID, Text      string
	Pronoun, A, B onrecord.Span
	IsA, IsB      bool
	Feminine      bool
}

// ReadGAP reads a file of tab-separated rows with its heading. Offsets in the
// file count code points. Errors wrap [onrecord.ErrInvalid].
func ReadGAP(r io.Reader) ([]GAPExample, error) {
	in := csv.NewReader(r)
	in.Comma, in.LazyQuotes, in.FieldsPerRecord = '\t', true, 11
	rows, err := in.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading GAP: %w: %w", onrecord.ErrInvalid, err)
	}
	var out []GAPExample
	for n, f := range rows {
		if n == 0 && f[0] == "ID" {
			continue
		}
		e := GAPExample{ID: f[0], Text: f[1], IsA: strings.EqualFold(f[6], "TRUE"), IsB: strings.EqualFold(f[9], "TRUE")}
		switch strings.ToLower(f[2]) {
		case "she", "her", "hers":
			e.Feminine = true
		}
		for _, s := range []struct {
			to        *onrecord.Span
			words, at string
		}{{&e.Pronoun, f[2], f[3]}, {&e.A, f[4], f[5]}, {&e.B, f[7], f[8]}} {
			points, err := strconv.Atoi(s.at)
			if err != nil {
				return nil, fmt.Errorf("reading GAP, %s: offset %q: %w", e.ID, s.at, onrecord.ErrInvalid)
			}
			start := byteOf(e.Text, points)
			if !strings.HasPrefix(e.Text[start:], s.words) {
				return nil, fmt.Errorf("reading GAP, %s: %q is not at %d: %w", e.ID, s.words, points, onrecord.ErrInvalid)
			}
			*s.to = onrecord.Span{Start: start, End: start + len(s.words)}
		}
		out = append(out, e)
	}
	return out, nil
}

// byteOf is the byte offset of a code point; the text's length past its end.
func byteOf(text string, points int) int {
	for i := range text {
		if points == 0 {
			return i
		}
		points--
	}
	return len(text)
}

// GAP is the figures by the corpus's own scorer: each name of each row is a
// decision, right where it is found and meant; bias is the F1 of rows with
// feminine pronouns over that of rows with masculine ones.
type GAP struct{ Masculine, Feminine Score }

// Add counts a row for which names were found to be meant.
func (g *GAP) Add(e *GAPExample, isA, isB bool) {
	s := &g.Masculine
	if e.Feminine {
		s = &g.Feminine
	}
	s.Gold += count(e.IsA) + count(e.IsB)
	s.Predicted += count(isA) + count(isB)
	s.Right += count(e.IsA && isA) + count(e.IsB && isB)
}

// Overall is all rows.
func (g *GAP) Overall() Score { return g.Masculine.plus(g.Feminine) }

// Bias is the F1 of feminine rows over that of masculine ones; 0 where that is 0.
func (g *GAP) Bias() float64 { return over(g.Feminine.F1(), g.Masculine.F1()) }

// WriteTo prints the figures in hundredths. It implements [io.WriterTo].
func (g *GAP) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	for _, row := range []struct {
		name string
		s    Score
	}{{"masculine", g.Masculine}, {"feminine", g.Feminine}, {"overall", g.Overall()}} {
		fmt.Fprintf(&b, "%-10s P %6.2f  R %6.2f  F1 %6.2f   (%d right, %d predicted, %d gold)\n", row.name,
			100*row.s.Precision(), 100*row.s.Recall(), 100*row.s.F1(), row.s.Right, row.s.Predicted, row.s.Gold)
	}
	fmt.Fprintf(&b, "%-10s %.3f\n", "bias", g.Bias())
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// Meant reports for each name whether the pronoun's cluster has a mention whose
// head word stands in it. Clusters are given as pairs of whole span and head.
func (e *GAPExample) Meant(clusters [][][2]onrecord.Span) (isA, isB bool) {
	for _, k := range clusters {
		here, a, b := false, false, false
		for _, m := range k {
			here = here || m[0] == e.Pronoun
			a = a || e.A.Overlap(m[1]) > 0
			b = b || e.B.Overlap(m[1]) > 0
		}
		if here {
			return a, b
		}
	}
	return false, false
}
