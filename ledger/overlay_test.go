package ledger

import (
	"errors"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
)

const wellText = "Mayor Bell said the well was dry. “It is empty,” she said, “and stays so.” Hart said the well was deep."

// bell is the finding "Mayor Bell | said | the well was dry" in wellText.
func bell(t testing.TB) onrecord.Statement {
	t.Helper()
	return *finding(t, wellText, "Mayor Bell|said|the well was dry").Statement
}

func edited(id onrecord.ID, changes ...onrecord.Change) onrecord.Review {
	return onrecord.Review{ID: id, Verdict: onrecord.Edit, Changes: changes}
}

func TestLay(t *testing.T) {
	undone := edited("r-3", onrecord.Change{Field: CueField, Value: "was"})
	undone.UndoneAt = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	l := Lay(wellText, bell(t), []onrecord.Review{
		{ID: "r-1", Verdict: onrecord.Wrong},
		edited("r-2", onrecord.Change{Field: SourceField, Value: "Bell"}, onrecord.Change{Field: TowardField, Value: "denies"}),
		undone,
		edited("r-4", onrecord.Change{Field: TowardField, Value: "asks"}, onrecord.Change{Field: SpeakerField, Value: "Ada Bell"}),
		edited("r-5", onrecord.Change{Field: ContentField, Value: "words that are not there"}, onrecord.Change{Field: ClassField, Value: "belief"}),
		{ID: "r-6", Verdict: onrecord.Right},
	})
	if got := onrecord.Words(wellText, l.Statement.Source.Spans); got != "Bell" {
		t.Errorf("source %q, want Bell", got)
	}
	if l.Statement.Toward != onrecord.Asks || l.Statement.Cue.Class != onrecord.BeliefCue || l.Speaker == nil || *l.Speaker != "Ada Bell" {
		t.Errorf("toward %s, class %s, speaker %v: the newest that stand should win", l.Statement.Toward, l.Statement.Cue.Class, l.Speaker)
	}
	if got := onrecord.Words(wellText, l.Statement.Cue.Spans); got != "said" {
		t.Errorf("cue %q: an undone review was laid over", got)
	}
	if got := onrecord.Words(wellText, l.Statement.Content.Spans); got != "the well was dry" || len(l.Lost) != 1 || l.Lost[0] != "r-5" {
		t.Errorf("content %q, lost %v: words that are gone should change nothing and be told", got, l.Lost)
	}
	if l.Verdict != onrecord.Right || !l.Changed {
		t.Errorf("verdict %q, changed %v", l.Verdict, l.Changed)
	}
	if got := bell(t); onrecord.Words(wellText, got.Source.Spans) != "Mayor Bell" {
		t.Error("the finding itself was changed")
	}
}

// What hangs on edited words follows them.
func TestEditedWordsTakeTheirMarksAlong(t *testing.T) {
	found := *finding(t, wellText, "Mayor Bell|said|“It is empty,”").Statement
	found.Cue.Lemma, found.Quoted = "say", onrecord.Direct
	inner := found.Content.Spans[0]
	found.Verbatim = []onrecord.Span{{Start: inner.Start + len("“"), End: inner.End - len("”")}}
	for _, tt := range []struct {
		content, verbatim string
		quoted            onrecord.Quoted
	}{
		{"“It is empty,”", "It is empty,", onrecord.Direct},
		{"empty", "empty", onrecord.Direct},
		{"the well was dry. “It is empty", "It is empty", onrecord.Mixed},
		{"the well was deep", "", onrecord.Indirect},
	} {
		l := Lay(wellText, found, []onrecord.Review{edited("r-1", onrecord.Change{Field: ContentField, Value: tt.content})})
		if got := onrecord.Words(wellText, l.Statement.Verbatim); got != tt.verbatim || l.Statement.Quoted != tt.quoted {
			t.Errorf("content %q: %s with %q verbatim, want %s with %q", tt.content, l.Statement.Quoted, got, tt.quoted, tt.verbatim)
		}
	}
	l := Lay(wellText, found, []onrecord.Review{edited("r-1", onrecord.Change{Field: CueField, Value: "was"})})
	if l.Statement.Cue.Lemma != "" {
		t.Errorf("the cue was edited, and its lemma is still %q", l.Statement.Cue.Lemma)
	}
}

func TestLocate(t *testing.T) {
	near := onrecord.Span{Start: 80, End: 90}
	for _, c := range []struct {
		name  string
		value string
		words onrecord.Selector
		near  onrecord.Span
		want  string // the spans; empty for not found
	}{
		{"the nearest of several places", "said", onrecord.Selector{}, near, "[[88, 92)]"},
		{"the nearest, from the other side", "said", onrecord.Selector{}, onrecord.Span{End: 5}, "[[11, 15)]"},
		{"what stands around it decides", "said", onrecord.Selector{Exact: "said", Prefix: "she "}, near, "[[57, 61)]"},
		{"in pieces", "It is empty … and stays so", onrecord.Selector{}, near, "[[37, 48) [66, 78)]"},
		{"no words at all", "", onrecord.Selector{}, near, "[]"},
		{"words that are not there", "salty", onrecord.Selector{}, near, ""},
		{"a piece that is not there", "It is empty … and salty", onrecord.Selector{}, near, ""},
		{"a selector that is not there", "said", onrecord.Selector{Exact: "said so", Prefix: "she "}, near, ""},
	} {
		spans, ok := Locate(wellText, onrecord.Change{Value: c.value, Words: c.words}, c.near)
		got := ""
		if ok {
			got = "["
			for i, s := range spans {
				if i > 0 {
					got += " "
				}
				got += s.String()
			}
			got += "]"
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if ok && onrecord.Words(wellText, spans) != c.value {
			t.Errorf("%s: the spans hold %q", c.name, onrecord.Words(wellText, spans))
		}
	}
}

// FuzzLocate: what is found is the words that were asked for, inside the text.
func FuzzLocate(f *testing.F) {
	f.Add(wellText, "It is empty … and stays so", "", "", 10)
	f.Add(wellText, "said", "she ", ",", 0)
	f.Add("a … b", "a … b", "", "", 1)
	f.Add("\xff…", "\xff", "", "…", -3)
	f.Fuzz(func(t *testing.T, text, value, prefix, suffix string, near int) {
		c := onrecord.Change{Value: value, Words: onrecord.Selector{Exact: value, Prefix: prefix, Suffix: suffix}}
		spans, ok := Locate(text, c, onrecord.Span{Start: near, End: near})
		if !ok {
			return
		}
		for _, s := range spans {
			if s.Start < 0 || s.Start > s.End || s.End > len(text) {
				t.Fatalf("%v lies outside the text", s)
			}
		}
		if got := onrecord.Words(text, spans); got != value {
			t.Errorf("found %q for %q", got, value)
		}
	})
}

func TestPinKeepsWhereTheWordsStand(t *testing.T) {
	r := edited("", onrecord.Change{Field: SourceField, Value: "Hart"}, onrecord.Change{Field: MediumField, Value: ""})
	if err := Pin(wellText, bell(t), &r); err != nil {
		t.Fatal(err)
	}
	if r.Pinned.Exact != "the well was dry" || r.Changes[0].Words.Suffix == "" || r.Changes[0].Words.Exact != "Hart" {
		t.Errorf("pinned %+v, changes %+v", r.Pinned, r.Changes)
	}
	moved := "Another opening. " + wellText
	l := Lay(moved, *finding(t, moved, "Mayor Bell|said|the well was dry").Statement, []onrecord.Review{r})
	if got := onrecord.Words(moved, l.Statement.Source.Spans); got != "Hart" || len(l.Lost) > 0 {
		t.Errorf("in another text the source is %q, lost %v", got, l.Lost)
	}
	bad := edited("", onrecord.Change{Field: SourceField, Value: "Nobody"})
	if err := Pin(wellText, bell(t), &bad); !errors.Is(err, onrecord.ErrInvalid) || onrecord.Hint(err) == "" {
		t.Errorf("%v (hint %q), want invalid, with a hint", err, onrecord.Hint(err))
	}
}

func TestSentenceOf(t *testing.T) {
	sentences := []onrecord.Span{{Start: 0, End: 33}, {Start: 34, End: 80}, {Start: 81, End: 106}}
	for line, want := range map[string]string{
		"Mayor Bell|said|the well was dry":        "[0, 33)",
		"she|said|and stays so":                   "[34, 80)",
		"It is empty|said|Hart said the well was": "[34, 106)",
	} {
		s := finding(t, wellText, line).Statement
		if got := SentenceOf(s, sentences).String(); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
	s := bell(t)
	if got := SentenceOf(&s, nil).String(); got != "[0, 32)" {
		t.Errorf("without sentences: %s, want the words themselves", got)
	}
	if got := SentenceOf(&onrecord.Statement{}, sentences); !got.Empty() {
		t.Errorf("without words: %s", got)
	}
}
