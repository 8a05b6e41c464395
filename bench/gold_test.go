package bench

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

func TestParseAnnotations(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []Attribution
	}{
		{"an event before its spans", "E1\tAttribution:T4 Source:T1 Cue:T2\nT1\tSource 0 3\tAna\nT2\tCue 4 8\tsaid\n", []Attribution{
			{Source: []Span{{0, 3}}, Cue: []Span{{4, 8}}},
		}},
		{"a span in pieces, a role named twice", "T1\tContent 0 3;5 9\t…\nT2\tContent 12 14\t…\nE1\tAttribution:T0 Content:T1 Content2:T2\n", []Attribution{
			{Content: []Span{{0, 3}, {5, 9}, {12, 14}}},
		}},
		{"set aside by the annotator", "T1\tSource 0 3\tAna\nE1\tDiscuss:T1 Source:T1\nE2\tDiscard:T1 Source:T1\n", nil},
		{"notes, unknown roles, spans that are not there", "#1\tAnnotatorNotes T1\tunsure\nA1\tNested E1\nE1\tAttribution:T0 Source:T9 Colour:T1\n", []Attribution{{}}},
		{"line ends of other systems", "T1\tSource 0 3\tAna\r\nE1\tAttribution:T0 Source:T1\r\n", []Attribution{{Source: []Span{{0, 3}}}}},
		{"nothing", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := parseAnnotations(c.file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("attributions (-want +got):\n%s", diff)
			}
		})
	}
	for _, file := range []string{"T1\tSource 0 3;7\tAna", "T1\tSource 0 3;a b\tAna", "E1\tAttribution:T0 Source:T1:T2", "E1\tAttribution:T0 Source"} {
		if got, err := parseAnnotations(file); !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("%q gave %v, %v; want an invalid file", file, got, err)
		}
	}
}

func TestOpenGoldNamesWhatIsWrong(t *testing.T) {
	empty, textless, latin1 := t.TempDir(), t.TempDir(), t.TempDir()
	write(t, filepath.Join(textless, "attributions", "story_A.ann"), "")
	write(t, filepath.Join(latin1, "attributions", "story_A.ann"), "")
	write(t, filepath.Join(latin1, "text", "story.txt"), "caf\xe9")
	for _, c := range []struct{ dir, want string }{
		{empty, "attributions"}, {textless, "story.txt"}, {latin1, "story: not UTF-8"},
	} {
		if _, err := OpenGold(c.dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one naming %q", err, c.want)
		}
	}
}

func TestOpenGoldTakesDocumentsInOrder(t *testing.T) {
	dir := t.TempDir()
	for _, file := range []string{"b_Bo", "a.txt_Cy", "b_Ana"} {
		write(t, filepath.Join(dir, "attributions", file+".ann"), "")
	}
	write(t, filepath.Join(dir, "text", "a.txt"), "A")
	write(t, filepath.Join(dir, "text", "b.txt"), "B")
	gold, err := OpenGold(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := &Gold{[]Document{
		{"a", "A", []Annotator{{File: "a.txt_Cy.ann"}}},
		{"b", "B", []Annotator{{File: "b_Ana.ann"}, {File: "b_Bo.ann"}}},
	}}
	if diff := cmp.Diff(want, gold); diff != "" {
		t.Errorf("corpus (-want +got):\n%s", diff)
	}
}

func TestReadPredictions(t *testing.T) {
	gold := &Gold{Documents: []Document{{Name: "a", Text: "Ana said so."}}}
	lines := `{"document":{"path":"x/a.txt","text":"Ana said so."},"statements":[{"depth":1,"source":{"spans":[[0,3]]},"cue":{"spans":[]},"content":null}]}

{"document":{"url":"https://news.example/b.txt"},"statements":[]}`
	got, err := ReadPredictions(strings.NewReader(lines), gold)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]Prediction{"a": {{1, Attribution{[]Span{{0, 3}}, []Span{}, []Span{}}}}, "b": {}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("predictions (-want +got):\n%s", diff)
	}
	for line, want := range map[string]string{
		"{}":                                     "line 1: no document",
		"\n{":                                    "line 2",
		`{"document":{"path":"a","text":"Ana"}}`: "not the file's text",
		`{"document":{"path":"a"},"statements":[{"cue":{"spans":[[-1,2]]}}]}`: "span [-1, 2]",
	} {
		if _, err := ReadPredictions(strings.NewReader(line), gold); !errors.Is(err, onrecord.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want an invalid %q", line, err, want)
		}
	}
}

// FuzzParseAnnotations: a file is refused or every span it gives is of offsets
// that are not negative; pieces of them lie in order inside the text.
func FuzzParseAnnotations(f *testing.F) {
	f.Add("T1\tSource 0 3;5 9\tAna\nE1\tAttribution:T0 Source:T1\n", "Ana\nsaid so.")
	f.Add("T1\tContent 3 1;900 7\t…\nE1\tAttribution:T0 Content9:T1\n", "“É”  \u2028x\x1c")
	f.Fuzz(func(t *testing.T, file, words string) {
		attributions, err := parseAnnotations(file)
		if err != nil {
			if !errors.Is(err, onrecord.ErrInvalid) {
				t.Fatalf("an error of no kind: %v", err)
			}
			return
		}
		text := newText(words)
		for i := range attributions {
			p := text.parts(&attributions[i])
			for _, ps := range p.roles() {
				last := -1
				for _, p := range ps {
					if p.Start <= last || p.End <= p.Start || p.End > len(text.runes) {
						t.Fatalf("pieces %v of a text of %d code points", ps, len(text.runes))
					}
					last = p.End
				}
			}
		}
	})
}

// FuzzReadPredictions: predictions are refused, or scored against themselves
// everything is right.
func FuzzReadPredictions(f *testing.F) {
	f.Add(`{"document":{"path":"a.txt"},"statements":[{"source":{"spans":[[0,3]]},"cue":{"spans":[[4,8]]},"content":{"spans":[[9,11],[20,30]]}}]}`, "Ana said so, “again and again and again”.")
	f.Add(`{"document":{"path":"a"},"statements":[{"cue":{"spans":[[4,2]]}},{"cue":{"spans":[[0,9]]}},{"cue":{"spans":[[0,9]]}}]}`, "a b c d e f g")
	f.Fuzz(func(t *testing.T, lines, words string) {
		predictions, err := ReadPredictions(strings.NewReader(lines), &Gold{})
		if err != nil {
			if !errors.Is(err, onrecord.ErrInvalid) {
				t.Fatalf("an error of no kind: %v", err)
			}
			return
		}
		for name, of := range predictions {
			if len(of) > 100 {
				return // pairing compares each with each
			}
			var same []Attribution
			for _, p := range of {
				if p.Depth == 0 {
					same = append(same, p.Attribution)
				}
			}
			gold := &Gold{[]Document{{name, words, []Annotator{{"", same}}}}}
			table := Statements(gold, map[string][]Prediction{name: of}, Options{})
			for r, s := range table.Exact {
				if s.Right != s.Predicted || s.Right != s.Gold {
					t.Errorf("exact %s %v", roleNames[r], s)
				}
			}
			if table.Marks.Right != table.Marks.Of || table.Detected.Right > table.Detected.Gold || table.Whole.Right > table.Detected.Right {
				t.Errorf("figures %s", summary(table))
			}
		}
	})
}
