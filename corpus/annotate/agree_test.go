package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
