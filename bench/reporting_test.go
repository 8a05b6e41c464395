package bench

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/conllu"
)

// A sentence counts where its cue, source and content are joined as in gold,
// whatever else is wrong.
func TestReporting(t *testing.T) {
	after := `1	Ames	_	PROPN	_	_	2	nsubj	_	Report=source
2	said	_	VERB	_	_	0	root	_	Report=cue
3	she	_	PRON	_	_	4	nsubj	_	_
4	left	_	VERB	_	_	2	ccomp	_	Report=content

`
	inside := `1	She	_	PRON	_	_	4	nsubj	_	_
2	Ames	_	PROPN	_	_	3	nsubj	_	Report=source
3	said	_	VERB	_	_	4	parataxis	_	Report=cue
4	left	_	VERB	_	_	0	root	_	Report=content

`
	for name, c := range map[string]struct {
		gold  string
		edits []string // pairs: old, new
		want  int
	}{
		"as gold":                             {after, nil, 1},
		"another word is wrong":               {after, []string{"3	she	_	PRON	_	_	4	nsubj", "3	she	_	NOUN	_	_	2	obj"}, 1},
		"cue is no verb":                      {after, []string{"2	said	_	VERB", "2	said	_	NOUN"}, 0},
		"source is an object":                 {after, []string{"2	nsubj	_	Report", "2	obj	_	Report"}, 0},
		"subject of a passive, by its kind":   {after, []string{"2	nsubj	_	Report", "2	nsubj:pass	_	Report"}, 1},
		"content hangs on it otherwise":       {after, []string{"ccomp", "conj"}, 0},
		"inside, as gold":                     {inside, nil, 1},
		"inside, cue hangs on it otherwise":   {inside, []string{"parataxis", "conj"}, 0},
		"inside, what is reported is no root": {inside, []string{"4	left	_	VERB	_	_	0	root", "4	left	_	VERB	_	_	1	acl"}, 1},
		"nothing is reported":                 {strings.ReplaceAll(after, "Report=", "Not="), nil, 0},
	} {
		gold, err := conllu.ReadAll(strings.NewReader(c.gold))
		if err != nil {
			t.Fatal(err)
		}
		found, err := conllu.ReadAll(strings.NewReader(strings.NewReplacer(c.edits...).Replace(c.gold)))
		if err != nil {
			t.Fatal(err)
		}
		got := reporting(gold, found)
		if got.Right != c.want && got.Gold > 0 || (got.Gold == 0) != strings.Contains(c.gold, "Not=") {
			t.Errorf("%s: %+v, want %d right", name, got, c.want)
		}
	}
}
