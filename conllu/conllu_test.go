package conllu_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/conllu"
)

const sample = `# newpar
# sent_id = a
1	Mayor	Mayor	PROPN	NNP	Number=Sing	4	nsubj	4:nsubj	Name=B-PER
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	say	say	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = b
1	_	_	PUNCT	NFP	_	0	root	_	_

# newpar
1	Teachers	teacher	NOUN	NNS	_	_	_	_	_

`

func read(t *testing.T, file string) []*conllu.Sentence {
	t.Helper()
	all, err := conllu.ReadAll(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func write(t *testing.T, all []*conllu.Sentence) string {
	t.Helper()
	var b strings.Builder
	for _, s := range all {
		if _, err := s.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestReadingAndWritingKeepsTheBytes(t *testing.T) {
	if diff := cmp.Diff(sample, write(t, read(t, sample))); diff != "" {
		t.Error(diff)
	}
}

func TestDocument(t *testing.T) {
	text, paragraphs := conllu.Document(read(t, sample))
	if want := "Mayor didn't say. _\n\nTeachers"; text.Source != want {
		t.Errorf("text %q, want %q", text.Source, want)
	}
	if want := []onrecord.Span{{Start: 0, End: 19}, {Start: 21, End: 29}}; !cmp.Equal(paragraphs, want) {
		t.Errorf("paragraphs %v, want %v", paragraphs, want)
	}
	var words []string
	var heads []int
	for i := range text.Tokens {
		words, heads = append(words, text.Word(i)), append(heads, text.Tokens[i].Head)
	}
	if want := []string{"Mayor", "did", "n't", "say", ".", "_", "Teachers"}; !cmp.Equal(words, want) {
		t.Errorf("words %q, want %q", words, want)
	}
	if want := []int{3, 3, 3, 3, 3, 5, -1}; !cmp.Equal(heads, want) {
		t.Errorf("heads %v, want %v", heads, want)
	}
}

func TestFromTextGivesBackTheTreeTheTokensAndTheNames(t *testing.T) {
	text, paragraphs := conllu.Document(read(t, sample))
	text.Names = []onrecord.Name{{Span: text.Tokens[0].Span, Kind: onrecord.Person}}
	got := write(t, conllu.FromText(&text, paragraphs))
	want := `# newpar
# sent_id = 1
# text = Mayor didn't say.
1	Mayor	Mayor	PROPN	NNP	_	4	nsubj	_	Name=B-PER
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	say	say	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = 2
# text = _
1	_	_	PUNCT	NFP	_	0	root	_	_

# newpar
# sent_id = 3
# text = Teachers
1	Teachers	teacher	NOUN	NNS	_	_	_	_	_

`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadNamesTheLine(t *testing.T) {
	row := func(id, head string) string { return id + "\tx\t_\t_\t_\t_\t" + head + "\t_\t_\t_\n" }
	for name, tc := range map[string]struct{ file, want string }{
		"columns":       {"1\tx\n", "line 1: 2 columns"},
		"id":            {row("1", "0") + row("3", "0"), "line 2: word id \"3\""},
		"head":          {row("1", "x"), "line 1: head \"x\""},
		"head too far":  {row("1", "2") + "\n", "before line 2: word 1 has head 2 of 1"},
		"range":         {row("2-3", "_"), "line 1: token range"},
		"range too far": {row("1-2", "_") + row("1", "0"), "last sentence: token 1-2"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := conllu.ReadAll(strings.NewReader(tc.file))
			if !errors.Is(err, onrecord.ErrInvalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want one with %q", err, tc.want)
			}
		})
	}
}

// The treebanks themselves go through unchanged, but for their empty nodes.
func TestTreebanksKeepTheirBytes(t *testing.T) {
	shared := os.Getenv("ONRECORD_SHARED")
	if shared == "" {
		t.Skip("ONRECORD_SHARED is not set: the treebanks are not at hand")
	}
	empty := regexp.MustCompile(`(?m)^\d+\.\d+\t.*\n`)
	for _, file := range []string{"ewt/en_ewt-ud-dev.conllu", "gum/en_gum-open-dev.conllu"} {
		content, err := os.ReadFile(filepath.Join(shared, "data", file))
		if err != nil {
			t.Fatal(err)
		}
		all, err := conllu.ReadAll(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if want := empty.ReplaceAllString(string(content), ""); write(t, all) != want {
			t.Errorf("%s changes when read and written", file)
		}
		text, paragraphs := conllu.Document(all)
		for i, got := range conllu.FromText(&text, paragraphs) {
			if len(got.Words) != len(all[i].Words) {
				t.Fatalf("%s sentence %d: %d words, want %d", file, i, len(got.Words), len(all[i].Words))
			}
		}
	}
}

// Whatever is read without an error is read again, from what was written, as
// the same sentences; and its document's spans are valid.
func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Fuzz(func(t *testing.T, file string) {
		all, err := conllu.ReadAll(strings.NewReader(file))
		if err != nil {
			return
		}
		again, err := conllu.ReadAll(strings.NewReader(write(t, all)))
		if err != nil || !cmp.Equal(all, again) {
			t.Fatalf("%v\n%s", err, cmp.Diff(all, again))
		}
		text, _ := conllu.Document(all)
		at := 0
		for _, tok := range text.Tokens {
			if tok.Span.Start < at || tok.Span.End < tok.Span.Start || tok.Span.End > len(text.Source) {
				t.Fatalf("token at %v after %d", tok.Span, at)
			}
			at = tok.Span.End
		}
	})
}
