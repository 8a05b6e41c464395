package said

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// The data files are read whole: every line has a known class and every cue can
// be found by a form of its own.
func TestLexiconLoads(t *testing.T) {
	l, err := loadLexicon(cueData, wordData)
	if err != nil {
		t.Fatal(err)
	}
	for form, lemma := range map[string]string{
		"said": "say", "told": "tell", "denied": "deny", "warning": "warn", "admitted": "admit", "replies": "reply",
		"agreed": "agree", "wrote": "write", "thinks": "think", "lied": "lie", "lying": "lie",
	} {
		if e := l[form]; e == nil || e.verb == nil || e.verb.lemma != lemma {
			t.Errorf("%q is no form of %q", form, lemma)
		}
	}
	if c := l["pointed"].particles["out"]; c == nil || c.lemma != "point out" {
		t.Errorf("pointed out: %+v", c)
	}
	if p := l["under"].phrases; len(p) != 1 || p[0].cue.lemma != "under pressure from" {
		t.Errorf("under pressure from: %+v", p)
	}
	rules, err := loadRules(ruleData)
	if err != nil || !rules["inverted"].leftward || rules["that"].leftward {
		t.Errorf("rules: %+v, %v", rules, err)
	}
}

func TestBrokenDataIsNamed(t *testing.T) {
	for _, c := range []struct{ name, cues, words string }{
		{"part of speech", "interjection gladly speech affirms t", ""},
		{"frame", "verb say speech affirms z", ""},
		{"class of cue", "verb say talk affirms t", ""},
		{"stance", "verb say speech maybe t", ""},
		{"missing fields", "adjective glad attitude", ""},
		{"class of words", "", "colour red"},
	} {
		if _, err := loadLexicon(c.cues, c.words); !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
	for _, line := range []string{"that", "that 2", "that much", "that 0.5 right"} {
		if _, err := loadRules(line); !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("rule %q: got %v", line, err)
		}
	}
}

func TestVerbForms(t *testing.T) {
	for _, c := range []struct {
		lemma, irregular string
		want             map[string]shape
	}{
		{"claim", "", map[string]shape{"claim": base, "claims": present, "claiming": ing, "claimed": past | participle}},
		{"deny", "", map[string]shape{"deny": base, "denies": present, "denying": ing, "denied": past | participle}},
		{"agree", "", map[string]shape{"agree": base, "agrees": present, "agreeing": ing, "agreed": past | participle}},
		{"plan", "", map[string]shape{"plan": base, "plans": present, "planning": ing, "planned": past | participle}},
		{"lie", "", map[string]shape{"lie": base, "lies": present, "lying": ing, "lied": past | participle}},
		{"write", "wrote/written", map[string]shape{"write": base, "writes": present, "writing": ing, "wrote": past, "written": participle}},
		{"say", "said/said", map[string]shape{"say": base, "says": present, "saying": ing, "said": past | participle}},
	} {
		if diff := cmp.Diff(c.want, verbForms(c.lemma, c.irregular, c.lemma == "plan")); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", c.lemma, diff)
		}
	}
}
