package nn

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestWordKey(t *testing.T) {
	for word, want := range map[string]string{
		"the": "the", "Oslo": "oslo", "1984": "0000", "ÅRHUS": "århus", "B-52s": "b-00s", "": "",
	} {
		if got := WordKey(word); got != want {
			t.Errorf("WordKey(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestSubwordsStayInTheTableAndAreFew(t *testing.T) {
	for _, word := range []string{"", "a", "Oslo", strings.Repeat("long", 1000), "\xff\xff", strings.Repeat("東", 500)} {
		rows := Subwords(word, 97, nil)
		if len(rows) > 30 {
			t.Errorf("%.10q: %d rows", word, len(rows))
		}
		for _, r := range rows {
			if r >= 97 {
				t.Errorf("%.10q: row %d", word, r)
			}
		}
	}
}

// Words that end alike share rows; words that differ only in case share all but the
// word itself and its shape.
func TestSubwordsShareWhatWordsShare(t *testing.T) {
	shared := func(a, b string) int {
		rows := map[uint32]bool{}
		for _, r := range Subwords(a, 1<<20, nil) {
			rows[r] = true
		}
		n := 0
		for _, r := range Subwords(b, 1<<20, nil) {
			if rows[r] {
				n++
			}
		}
		return n
	}
	if a, b := shared("walking", "talking"), shared("walking", "walked"); a < 6 || b < 6 {
		t.Errorf("walking shares %d with talking, %d with walked", a, b)
	}
	if all, n := len(Subwords("Oslo", 1<<20, nil)), shared("Oslo", "OSLO"); n != all-3 {
		t.Errorf("Oslo and OSLO share %d of %d rows", n, all)
	}
}

func TestLexiconFindsItsKeysAndHardlyAnyOther(t *testing.T) {
	var keys []string
	var rows []int
	for i := range 20000 {
		keys, rows = append(keys, fmt.Sprintf("word%d", i)), append(rows, i%5000)
	}
	l := NewLexicon(keys, rows)
	wrong := 0
	for i, k := range keys {
		if l.Row(k) != rows[i] {
			wrong++ // two keys with one fingerprint, the first wins
		}
	}
	if wrong > 5 {
		t.Errorf("%d of %d keys lead elsewhere", wrong, len(keys))
	}
	found := 0
	for i := range 100000 {
		if l.Row(fmt.Sprintf("other%d", i)) >= 0 {
			found++
		}
	}
	if found > 20 {
		t.Errorf("%d of 100,000 strange words have a row", found)
	}
	if row := Lexicon(nil).Row("word1"); row != -1 {
		t.Errorf("no lexicon, row %d", row)
	}
}

func TestScriptsTurnWordsIntoLemmas(t *testing.T) {
	for _, c := range []struct{ word, lemma, script string }{
		{"cities", "city", "l3y"},
		{"CITIES", "city", "l3y"},
		{"said", "say", "l2y"},
		{"was", "be", "l3be"},
		{"n't", "not", "l2ot"},
		{"Oslo", "Oslo", "k0"},
		{"OSLO", "Oslo", "t0"},
		{"the", "the", "l0"},
		{"’s", "be", "l2be"},
		{"children", "child", "l3"},
		{"Årene", "år", "l3"},
	} {
		s := ScriptOf(c.word, c.lemma)
		if s.String() != c.script {
			t.Errorf("%s to %s: script %s, want %s", c.word, c.lemma, s, c.script)
		}
		if got, ok := s.Apply(c.word); !ok || got != c.lemma {
			t.Errorf("%s of %s: %q, %v, want %s", s, c.word, got, ok, c.lemma)
		}
		if back, err := ParseScript(s.String()); err != nil || back != s {
			t.Errorf("%s read back: %v, %v", s, back, err)
		}
	}
	if _, ok := (Script{'l', 3, ""}).Apply("it"); ok {
		t.Error("three letters taken off two")
	}
	for _, bad := range []string{"", "3y", "l", "x1y"} {
		if _, err := ParseScript(bad); err == nil {
			t.Errorf("script %q was read", bad)
		}
	}
}

// A script made of a word and a lemma makes that lemma of that word, save where
// the lemma goes on with a digit.
func FuzzScript(f *testing.F) {
	f.Add("cities", "city")
	f.Add("İ", "ß")
	f.Fuzz(func(t *testing.T, word, lemma string) {
		if word == "" || lemma == "" || strings.ToValidUTF8(word, "") != word || strings.ToValidUTF8(lemma, "") != lemma {
			return
		}
		s := ScriptOf(word, lemma)
		back, err := ParseScript(s.String())
		if err != nil || back != s {
			t.Fatalf("%v read back: %v, %v", s, back, err)
		}
		if got, ok := s.Apply(word); (!ok || got != lemma) && (s != Script{Case: 'k'}) {
			t.Fatalf("%v of %q: %q, %v, want %q", s, word, got, ok, lemma)
		}
	})
}

func TestHalvesAreNearest(t *testing.T) {
	for _, v := range []float32{0, 1, -1, 0.5, 65504, 1e6, -1e6, 6e-8, 1e-9, 0.333333, 1.0009765625} {
		got := float64(fromHalf(toHalf(v)))
		want := math.Max(-65504, math.Min(65504, float64(v)))
		if math.Abs(got-want) > math.Max(math.Abs(want)/2048, 3e-8) {
			t.Errorf("%g became %g", v, got)
		}
	}
	for h := range 0x7c00 { // every finite positive half stays itself
		if back := toHalf(fromHalf(uint16(h))); back != uint16(h) {
			t.Fatalf("half %#x became %#x", h, back)
		}
	}
}

// The best path and its certainty are those found by trying all paths.
func TestChainAgreesWithTryingAllPaths(t *testing.T) {
	for n := 1; n <= 3; n++ {
		w, scores := noise(uint64(n), (NameTags+2)*NameTags, 1), noise(uint64(n)+50, n*NameTags, 2)
		c := newCRF(w)
		row := func(i int) []float32 { return scores[i*NameTags:] }
		got, sure := c.decode(&chain{}, row, n)
		var total, top float64
		var want []int
		share := make([]float64, n*NameTags)
		path := make([]int, n)
		var try func(i int, p float64)
		try = func(i int, p float64) {
			if p == 0 {
				return
			}
			if i == n {
				p *= float64(c.last[path[n-1]])
				total += p
				for j, tag := range path {
					share[j*NameTags+tag] += p
				}
				if p > top {
					top, want = p, append([]int(nil), path...)
				}
				return
			}
			for tag := range NameTags {
				step := float64(c.first[tag])
				if i > 0 {
					step = float64(c.step[path[i-1]][tag])
				}
				path[i] = tag
				try(i+1, p*step*math.Exp(float64(scores[i*NameTags+tag])))
			}
		}
		try(0, 1)
		for i := range n {
			if int(got[i]) != want[i] {
				t.Fatalf("%d words: path %v, want %v", n, got, want)
			}
			if p := share[i*NameTags+want[i]] / total; math.Abs(p-float64(sure[i])) > 1e-4 {
				t.Errorf("%d words: word %d sure %g, want %g", n, i, sure[i], p)
			}
		}
	}
}

func TestNamesOfAPath(t *testing.T) {
	b, e := uint8(NameTag(Organisation, 0, 2)), uint8(NameTag(Organisation, 1, 2))
	s := uint8(NameTag(Place, 0, 1))
	got := names([]uint8{s, b, e, 0, s, s}, []float32{1, 0.5, 0.5, 1, 1, 1}, 10, nil)
	want := []Name{{10, 11, Place, 1}, {11, 13, Organisation, 0.25}, {14, 15, Place, 1}, {15, 16, Place, 1}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
}
