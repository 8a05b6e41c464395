package bench

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/conllu"
)

// Coref is the figures of coreference by the CoNLL-2012 shared task (Pradhan et
// al. 2012; the reference implementation, Pradhan et al. 2014): mentions, MUC
// (Vilain et al. 1995), B³ (Bagga and Baldwin 1998) and entity-based CEAF (Luo
// 2005), each summed over documents. Add documents with [Coref.Add].
type Coref struct {
	Mentions, MUC, B3, CEAF Ratio
	Documents               int
}

// Ratio is precision and recall whose parts are no whole numbers.
type Ratio struct{ Right, Predicted, RightOfGold, Gold float64 }

// Precision is between 0 and 1.
func (r *Ratio) Precision() float64 { return over(r.Right, r.Predicted) }

// Recall is between 0 and 1.
func (r *Ratio) Recall() float64 { return over(r.RightOfGold, r.Gold) }

// F1 is the harmonic mean of both.
func (r *Ratio) F1() float64 {
	p, q := r.Precision(), r.Recall()
	return over(2*p*q, p+q)
}

func over(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

func (r *Ratio) add(right, predicted, rightOfGold, gold float64) {
	r.Right += right
	r.Predicted += predicted
	r.RightOfGold += rightOfGold
	r.Gold += gold
}

// CoNLL is the mean of the three F1 values.
func (c *Coref) CoNLL() float64 { return (c.MUC.F1() + c.B3.F1() + c.CEAF.F1()) / 3 }

// Add counts a document's clusters; spans are compared whole. Clusters of one
// mention are scored as they stand: leave them out where the gold has none.
func (c *Coref) Add(gold, found [][]Span) {
	inGold, inFound := clusterOf(gold), clusterOf(found)
	both := 0
	for s := range inFound {
		if _, ok := inGold[s]; ok {
			both++
		}
	}
	c.Documents++
	c.Mentions.add(float64(both), float64(len(inFound)), float64(both), float64(len(inGold)))
	rightOfGold, allGold := muc(gold, inFound)
	right, all := muc(found, inGold)
	c.MUC.add(right, all, rightOfGold, allGold)
	c.B3.add(bCubed(found, inGold), float64(len(inFound)), bCubed(gold, inFound), float64(len(inGold)))
	same := ceaf(gold, found, inFound)
	c.CEAF.add(same, float64(len(found)), same, float64(len(gold)))
}

func clusterOf(clusters [][]Span) map[Span]int {
	of := map[Span]int{}
	for i, k := range clusters {
		for _, m := range k {
			of[m] = i
		}
	}
	return of
}

// muc counts the links of clusters that the other side keeps, and all links.
func muc(clusters [][]Span, other map[Span]int) (kept, all float64) {
	for _, k := range clusters {
		parts := map[int]bool{}
		alone := 0
		for _, m := range k {
			if o, ok := other[m]; ok {
				parts[o] = true
			} else {
				alone++
			}
		}
		kept += float64(len(k) - len(parts) - alone)
		all += float64(len(k) - 1)
	}
	return kept, all
}

// bCubed sums over mentions the share of their cluster that the other side keeps with them.
func bCubed(clusters [][]Span, other map[Span]int) float64 {
	sum := 0.0
	for _, k := range clusters {
		shared := map[int]int{}
		for _, m := range k {
			if o, ok := other[m]; ok {
				shared[o]++
			}
		}
		whole := 0
		for _, n := range shared {
			whole += n * n
		}
		sum += float64(whole) / float64(len(k))
	}
	return sum
}

// ceaf is the greatest sum of similarities (φ4: Dice) under a pairing of clusters one to one.
func ceaf(gold, found [][]Span, inFound map[Span]int) float64 {
	n := max(len(gold), len(found))
	if n == 0 {
		return 0
	}
	cost := make([][]float64, n)
	for i := range cost {
		cost[i] = make([]float64, n)
		if i >= len(gold) {
			continue
		}
		for _, m := range gold[i] {
			if j, ok := inFound[m]; ok {
				cost[i][j] -= 2 / float64(len(gold[i])+len(found[j]))
			}
		}
	}
	return -cheapest(cost)
}

// cheapest is the least sum of a square matrix under a pairing of rows and columns:
// the Hungarian method with potentials, O(n³).
func cheapest(cost [][]float64) float64 {
	n := len(cost)
	const far = 1e18
	u, v := make([]float64, n+1), make([]float64, n+1)
	row, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		row[0] = i
		least, used := make([]float64, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = far
		}
		at := 0
		for row[at] != 0 {
			used[at] = true
			r, delta, next := row[at], far, 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if c := cost[r-1][j-1] - u[r] - v[j]; c < least[j] {
					least[j], way[j] = c, at
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			for j := 0; j <= n; j++ {
				if used[j] {
					u[row[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			row[at] = row[way[at]]
			at = way[at]
		}
	}
	sum := 0.0
	for j := 1; j <= n; j++ {
		sum += cost[row[j]-1][j-1]
	}
	return sum
}

// WriteTo prints the figures in hundredths. It implements [io.WriterTo].
func (c *Coref) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	for _, row := range []struct {
		name string
		r    *Ratio
	}{{"mentions", &c.Mentions}, {"MUC", &c.MUC}, {"B3", &c.B3}, {"CEAFe", &c.CEAF}} {
		fmt.Fprintf(&b, "%-10s P %6.2f  R %6.2f  F1 %6.2f\n", row.name, 100*row.r.Precision(), 100*row.r.Recall(), 100*row.r.F1())
	}
	fmt.Fprintf(&b, "%-10s                      F1 %6.2f   (%d documents)\n", "CoNLL", 100*c.CoNLL(), c.Documents)
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// CorefDocument is a document of OntoGUM with its clusters.
type CorefDocument struct {
	Name       string
	Text       onrecord.Text // as the treebank has it
	Paragraphs []onrecord.Span
	Clusters   [][]Span // in tokens of Text, by their numbers in the file
}

// OpenCoref reads a CoNLL-U file of OntoGUM: clusters stand in MISC as
// Entity=(3(2 … 2)3). Errors wrap [onrecord.ErrInvalid].
func OpenCoref(path string) (*CorefDocument, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening a document: %w", err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	sentences, err := conllu.ReadAll(f)
	if err != nil {
		return nil, wrapFile(path, err)
	}
	d := &CorefDocument{Name: strings.TrimSuffix(filepath.Base(path), ".conllu")}
	d.Text, d.Paragraphs = conllu.Document(sentences)
	clusters := map[int][]Span{}
	open := map[int][]int{}
	at := 0
	for _, s := range sentences {
		for _, w := range s.Words {
			if err := brackets(conllu.Attribute(w.Misc, "Entity"), at, open, clusters); err != nil {
				return nil, wrapFile(path, err)
			}
			at++
		}
	}
	numbers := make([]int, 0, len(clusters))
	for n := range clusters {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		if len(open[n]) > 0 {
			return nil, fmt.Errorf("%s: a mention of %d never closes: %w", path, n, onrecord.ErrInvalid)
		}
		d.Clusters = append(d.Clusters, clusters[n])
	}
	return d, nil
}

// brackets reads one token's "(3(2" or "2)3)(4)".
func brackets(column string, at int, open map[int][]int, clusters map[int][]Span) error {
	for column != "" {
		opens := column[0] == '('
		if opens {
			column = column[1:]
		}
		end := strings.IndexAny(column, "()")
		if end < 0 {
			end = len(column)
		}
		n, err := strconv.Atoi(column[:end])
		if err != nil {
			return fmt.Errorf("entity %q: %w", column, onrecord.ErrInvalid)
		}
		column = column[end:]
		if opens {
			open[n] = append(open[n], at)
		}
		if column != "" && column[0] == ')' {
			column = column[1:]
			k := len(open[n]) - 1
			if k < 0 {
				return fmt.Errorf("entity %d closes twice: %w", n, onrecord.ErrInvalid)
			}
			clusters[n] = append(clusters[n], Span{open[n][k], at + 1})
			open[n] = open[n][:k]
		}
	}
	return nil
}

// InTokens turns clusters of byte spans into clusters of the document's tokens:
// a span is all tokens that it overlaps. Mentions that become the same are one;
// clusters of one mention are left out.
func (d *CorefDocument) InTokens(clusters [][]onrecord.Span) [][]Span {
	var out [][]Span
	taken := map[Span]bool{}
	for _, k := range clusters {
		var spans []Span
		for _, m := range k {
			s := Span{d.Text.TokenAt(m.Start), d.Text.TokenAt(m.Start)}
			for s.End < len(d.Text.Tokens) && d.Text.Tokens[s.End].Span.Start < m.End {
				s.End++
			}
			if s.End > s.Start && !taken[s] {
				taken[s] = true
				spans = append(spans, s)
			}
		}
		if len(spans) > 1 {
			out = append(out, spans)
		}
	}
	return out
}
