package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

// The worked example of nominal data, two coders, no missing values, in
// Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section B:
// alpha 0.692.
func TestAlphaOfThePublishedExample(t *testing.T) {
	var a alpha
	// Its Ben and Gerry: a a b b d c c c e d d a, and b a b b b c c c e d d d.
	first, second := "aabbdcccedda", "babbbccceddd"
	for i := range first {
		a.add(first[i:i+1], second[i:i+1])
	}
	if got := a.value(); math.Abs(got-0.692) > 0.0005 {
		t.Errorf("alpha %.4f, want 0.692", got)
	}
}

func TestAlphaOfOneValueIsUndefined(t *testing.T) {
	var a alpha
	a.add("x", "x")
	if got := a.value(); !math.IsNaN(got) {
		t.Errorf("alpha %v of one value throughout, want NaN", got)
	}
}

// Letters shared, and edges that do not count.
func TestSpansOfAField(t *testing.T) {
	const text = "“We won,” she said."
	var c spanCount
	c.add(text, []onrecord.Span{{Start: 0, End: 13}}, []onrecord.Span{{Start: 3, End: 9}})
	if c != (spanCount{a: 1, b: 1, exact: 1, lettersA: 13, lettersB: 6, shared: 6}) {
		t.Errorf("%+v", c)
	}
	if got := f1(1, 1, 3); got != 50 {
		t.Errorf("F1 of 1 of 1 and 3 is %v, want 50", got)
	}
}

// The program from working file to figures, over what is annotated.
func TestFromWorkingFilesToAgreement(t *testing.T) {
	if os.Getenv("ONRECORD_SHARED") == "" {
		t.Skip("ONRECORD_SHARED is not set: the treebanks are not at hand")
	}
	const id = "GUM_news_worship"
	dir := t.TempDir()
	do := func(args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if err := run(args, &out, &out); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out.String())
		}
		return out.String()
	}
	do("prepare", "-work", dir, "-from", "../annotations", id)
	do("build", "-work", dir, "-out", filepath.Join(dir, "again"), id)
	want, err := os.ReadFile("../annotations/" + id + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "again", id+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("prepared from an annotation and built: \n%s\nwant\n%s", got, want)
	}
	if table := do("agree", "../annotations", filepath.Join(dir, "again")); !strings.Contains(table, "5 and 5 statements, 5 paired, F1 100.0") {
		t.Errorf("with itself:\n%s", table)
	}
	do("brat", "-from", "../annotations", "-out", dir, id)
	ann, err := os.ReadFile(filepath.Join(dir, "attributions", id+"_onrecord.ann"))
	if err != nil || !strings.Contains(string(ann), "Attribution:T1 Content:T1 Cue:T2 Source:T3") {
		t.Errorf("%v\n%s", err, ann)
	}
	do("prepare", "-work", filepath.Join(dir, "guesses"), id)
	var out bytes.Buffer
	if err := run([]string{"check", "-work", filepath.Join(dir, "guesses"), id}, &out, &out); err == nil || !strings.Contains(out.String(), "still a guess") {
		t.Errorf("guesses pass the check: %v\n%s", err, out.String())
	}
}
