package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// edited is a text whose sentences are its lines. A statement is what stands
// between brackets that begin with its ID: "[s1: words]"; the marks stay in the
// text, so that spans can be counted in it.
func edited(lines ...string) ledger.EditedText {
	t := ledger.EditedText{Text: strings.Join(lines, "\n")}
	at := 0
	for _, l := range lines {
		t.Sentences = append(t.Sentences, onrecord.Span{Start: at, End: at + len(l)})
		if i := strings.Index(l, "["); i >= 0 {
			id, _, _ := strings.Cut(l[i+1:], ":")
			t.Statements = append(t.Statements, ledger.TouchedStatement{ID: onrecord.ID(id), Span: onrecord.Span{Start: at + i, End: at + len(l)}})
		}
		at += len(l) + 1
	}
	return t
}

// told writes edits as a reader sees them.
func told(before, after ledger.EditedText, edits []ledger.Edit) (out []string) {
	for _, e := range edits {
		words := after.Text[e.After.Start:e.After.End]
		switch e.Kind {
		case ledger.SentenceRemoved:
			words = before.Text[e.Before.Start:e.Before.End]
		case ledger.SentenceEdited:
			var b strings.Builder
			for _, w := range e.Words {
				mark := map[ledger.EditKind]string{ledger.SentenceKept: "%s ", ledger.SentenceAdded: "{+%s+} ", ledger.SentenceRemoved: "{-%s-} "}[w.Kind]
				fmt.Fprintf(&b, mark, w.Text)
			}
			words = strings.TrimSpace(b.String())
		}
		line := string(e.Kind) + ": " + words
		if len(e.Touched) > 0 {
			line += fmt.Sprint(" touches ", e.Touched)
		}
		out = append(out, line)
	}
	return out
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after ledger.EditedText
		want          []string
	}{
		{
			"a quotation is removed and a number corrected",
			edited("The ferry sank at dawn.", "Nine people were rescued near the pier.", "[s1: “We warned them,” the pilot said.]", "The harbour is closed."),
			edited("The ferry sank at dawn.", "Eleven people were rescued near the pier.", "The harbour is closed."),
			[]string{
				"kept: The ferry sank at dawn.",
				"edited: {-Nine-} {+Eleven+} people were rescued near the pier.",
				"removed: [s1: “We warned them,” the pilot said.] touches [s1]",
				"kept: The harbour is closed.",
			},
		},
		{
			"a speaker takes a word back inside a sentence that stays",
			edited("[s1: The mayor said the bridge is entirely safe.]"),
			edited("[s2: The mayor said the bridge is safe.]", "[s3: An engineer disagreed.]"),
			[]string{
				"edited: {-[s1:-} {+[s2:+} The mayor said the bridge is {-entirely-} safe.] touches [s1 s2]",
				"added: [s3: An engineer disagreed.] touches [s3]",
			},
		},
		{
			"a sentence stands elsewhere",
			edited("One.", "Two came first.", "Three followed.", "Four ended it."),
			edited("One.", "Three followed.", "Four ended it.", "Two came first."),
			[]string{"kept: One.", "kept: Three followed.", "kept: Four ended it.", "moved: Two came first."},
		},
		{"white space is no edit", edited("One  and   two."), edited("One and two."), []string{"kept: One and two."}},
		{"nothing before", edited(), edited("One."), []string{"added: One."}},
		{"nothing after", edited("One."), edited(), []string{"removed: One."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, told(c.before, c.after, ledger.Edits(c.before, c.after))); d != "" {
				t.Error("-want +got\n", d)
			}
		})
	}
}

// TestEditsLoseNothing: each sentence of either text stands in exactly one edit.
func TestEditsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"a b c d.", "a b c e.", "f g.", "h.", "i j k l m.", "a b x y."})
		before, after := edited(rapid.SliceOfN(line, 0, 12).Draw(t, "before")...), edited(rapid.SliceOfN(line, 0, 12).Draw(t, "after")...)
		old, now := map[onrecord.Span]int{}, map[onrecord.Span]int{}
		for _, e := range ledger.Edits(before, after) {
			if e.Kind != ledger.SentenceAdded {
				old[e.Before]++
			}
			if e.Kind != ledger.SentenceRemoved {
				now[e.After]++
			}
		}
		for _, c := range []struct {
			spans []onrecord.Span
			seen  map[onrecord.Span]int
		}{{before.Sentences, old}, {after.Sentences, now}} {
			if len(c.seen) != len(c.spans) {
				t.Fatalf("%d sentences in edits, %d in the text", len(c.seen), len(c.spans))
			}
			for _, s := range c.spans {
				if c.seen[s] != 1 {
					t.Fatalf("%v stands in %d edits", s, c.seen[s])
				}
			}
		}
	})
}

// TestEditsOfLongTexts: thousands of sentences that are all different, and all
// alike, take no table of all pairs.
func TestEditsOfLongTexts(t *testing.T) {
	var a, b []string
	for i := range 6000 {
		a, b = append(a, fmt.Sprintf("Line %d of the earlier text.", i)), append(b, fmt.Sprintf("Line %d of the later text.", i*2))
	}
	before, after := edited(a...), edited(b...)
	if n := len(ledger.Edits(before, after)); n < 6000 {
		t.Errorf("%d edits", n)
	}
	same := edited(strings.Split(strings.Repeat("Again.|", 6000), "|")...)
	if n := len(ledger.Edits(same, edited("Again.", "Once.", "Again."))); n < 5999 {
		t.Errorf("%d edits", n)
	}
}
