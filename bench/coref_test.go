package bench

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// clusters reads "12345 67": a cluster a word, a mention a letter.
func clusters(s string) [][]Span {
	var out [][]Span
	for word := range strings.FieldsSeq(s) {
		var k []Span
		for _, r := range word {
			k = append(k, Span{int(r), int(r) + 1})
		}
		out = append(out, k)
	}
	return out
}

func near(got, want float64) bool { return math.Abs(got-want) < 0.0005 }

// The examples of Vilain et al. 1995, section 3.
func TestMUCByItsPaper(t *testing.T) {
	for _, c := range []struct {
		gold, found       string
		recall, precision float64
	}{
		{"ABCD", "AB CD", 2. / 3, 1},
		{"AB CD", "ABCD", 1, 2. / 3},
		{"ABCD", "ABCD", 1, 1},
		{"ABC", "AC", 1. / 2, 1},
		{"BCDEGHJ", "ABC DEF GHI", 3. / 6, 3. / 6},
	} {
		var f Coref
		f.Add(clusters(c.gold), clusters(c.found))
		if !near(f.MUC.Recall(), c.recall) || !near(f.MUC.Precision(), c.precision) {
			t.Errorf("gold %s, found %s: recall %.3f, precision %.3f; want %.3f, %.3f", c.gold, c.found,
				f.MUC.Recall(), f.MUC.Precision(), c.recall, c.precision)
		}
	}
}

// The four answers of Luo 2005, table 1, to one truth; B³'s first two are those of
// Bagga and Baldwin 1998, figures 3 and 4, of precision 0.762 and 0.583.
func TestMeasuresByLuo(t *testing.T) {
	const truth = "12345 67 89ABC"
	for _, c := range []struct {
		found         string
		muc, b3, ceaf float64
	}{
		{"12345 6789ABC", .947, .865, .733},
		{"1234589ABC 67", .947, .737, .667},
		{"123456789ABC", .900, .545, .294},
		{"1 2 3 4 5 6 7 8 9 A B C", 0, .400, .178},
	} {
		var f Coref
		f.Add(clusters(truth), clusters(c.found))
		if !near(f.MUC.F1(), c.muc) || !near(f.B3.F1(), c.b3) || !near(f.CEAF.F1(), c.ceaf) {
			t.Errorf("%s: MUC %.3f, B3 %.3f, CEAFe %.3f; want %.3f, %.3f, %.3f", c.found,
				f.MUC.F1(), f.B3.F1(), f.CEAF.F1(), c.muc, c.b3, c.ceaf)
		}
	}
}

// A mention that only one side has costs recall or precision and no more.
func TestMentionsOfOneSide(t *testing.T) {
	var f Coref
	f.Add(clusters("AB CD"), clusters("ABX YZ"))
	want := Coref{
		Documents: 1,
		Mentions:  Ratio{2, 5, 2, 4},
		MUC:       Ratio{1, 3, 1, 2},
		B3:        Ratio{4. / 3, 5, 2, 4},
		CEAF:      Ratio{4. / 5, 2, 4. / 5, 2},
	}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

func TestOpenCoref(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.conllu")
	write := func(entities ...string) {
		var b strings.Builder
		b.WriteString("# newdoc id = own\n# newpar\n")
		for i, w := range []string{"Ada", "Quist", "praised", "her", "crew"} {
			misc := "_"
			if entities[i] != "" {
				misc = "Entity=" + entities[i]
			}
			head := "3"
			if i == 2 {
				head = "0"
			}
			b.WriteString(strings.Join([]string{string(rune('1' + i)), w, w, "X", "X", "_", head, "dep", "_", misc}, "\t") + "\n")
		}
		if err := os.WriteFile(file, []byte(b.String()+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("(1", "1)", "", "(2(1)", "2)")
	d, err := OpenCoref(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]Span{{{0, 2}, {3, 4}}, {{3, 5}}}, d.Clusters); diff != "" {
		t.Errorf("clusters: want (-), got (+):\n%s", diff)
	}
	// "her" by bytes, and a span that covers half of "Quist".
	found := d.InTokens([][]onrecord.Span{{{Start: 0, End: 7}, {Start: 18, End: 21}}, {{Start: 18, End: 26}}})
	if diff := cmp.Diff([][]Span{{{0, 2}, {3, 4}}}, found); diff != "" {
		t.Errorf("in tokens: want (-), got (+):\n%s", diff)
	}
	write("(1", "", "", "2)", "")
	if _, err := OpenCoref(file); !errors.Is(err, onrecord.ErrInvalid) {
		t.Errorf("a bracket that nothing opened: %v", err)
	}
}

// GAP's scorer takes each name of each row for a decision.
func TestGAP(t *testing.T) {
	const rows = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n" +
		"x-1\tÉva Lind met Ada Quist after her trip.\ther\t29\tÉva Lind\t0\tFALSE\tAda Quist\t13\tTRUE\t-\n" +
		"x-2\tOmar Haddad told Karim Rida that he won.\the\t33\tOmar Haddad\t0\tTRUE\tKarim Rida\t17\tFALSE\t-\n"
	examples, err := ReadGAP(strings.NewReader(rows))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		for _, s := range []onrecord.Span{e.Pronoun, e.A, e.B} {
			if !s.Valid(e.Text) {
				t.Errorf("%s: span %v", e.ID, s)
			}
		}
	}
	first := &examples[0]
	if got := first.B.In(first.Text); got != "Ada Quist" {
		t.Errorf("offsets count code points: %q", got)
	}
	// A long phrase means the name that it has its head in, and no name inside.
	lind := onrecord.Span{Start: 5, End: 9}
	isA, isB := first.Meant([][][2]onrecord.Span{{{{Start: 0, End: 23}, lind}, {first.Pronoun, first.Pronoun}}})
	if !isA || isB {
		t.Errorf("meant %v, %v; want the first name alone", isA, isB)
	}
	var g GAP
	g.Add(first, isA, isB)
	g.Add(&examples[1], true, false)
	var b bytes.Buffer
	if _, err := g.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if g.Masculine != (Score{1, 1, 1}) || g.Feminine != (Score{0, 1, 1}) || g.Bias() != 0 || !strings.Contains(b.String(), "overall    P  50.00") {
		t.Errorf("%+v\n%s", g, b.String())
	}
	if _, err := ReadGAP(strings.NewReader(strings.Replace(rows, "\t29\t", "\t30\t", 1))); !errors.Is(err, onrecord.ErrInvalid) {
		t.Errorf("a word that is not where it should be: %v", err)
	}
}

// Whatever a file holds, it is refused or its spans lie in its texts.
func FuzzReadGAP(f *testing.F) {
	f.Add("ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\nx\tAda, her Éva\ther\t5\tAda\t0\tTRUE\tÉva\t9\tFALSE\t-\n")
	f.Add("x\t\t\t-1\t\t0\t\t\t9\t\t\n")
	f.Fuzz(func(t *testing.T, file string) {
		examples, err := ReadGAP(strings.NewReader(file))
		if err != nil {
			if !errors.Is(err, onrecord.ErrInvalid) {
				t.Error(err)
			}
			return
		}
		for _, e := range examples {
			for _, s := range []onrecord.Span{e.Pronoun, e.A, e.B} {
				if s.Start < 0 || s.End < s.Start || s.End > len(e.Text) {
					t.Errorf("%q: span %v", e.Text, s)
				}
			}
		}
	})
}
