package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// roundTrip holds that an annotation written stand-off and read again is written
// the same, and that a working file made of it reads the same too.
func roundTrip(t *testing.T, d *Document, a *Annotation) {
	t.Helper()
	encode := func(a *Annotation) string {
		var b bytes.Buffer
		if err := Encode(&b, d, a); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	want := encode(a)
	again, err := Decode(strings.NewReader(want), d)
	if err != nil {
		t.Fatalf("%v in\n%s", err, want)
	}
	if diff := cmp.Diff(want, encode(again)); diff != "" {
		t.Errorf("written and read again:\n%s", diff)
	}
	var working bytes.Buffer
	if err := Write(&working, d, again); err != nil {
		t.Fatal(err)
	}
	parsed, err := Parse(&working, d)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if diff := cmp.Diff(want, encode(parsed)); diff != "" {
		t.Errorf("through a working file:\n%s", diff)
	}
}

const mayor = "“Né ici,” the mayor said.\nHe thanked the crew."

func annotated(t *testing.T, text, notation string) (*Document, *Annotation) {
	t.Helper()
	d := plainDocument(text)
	a, err := Parse(strings.NewReader("# by: x\n== statements\n"+notation), d)
	if err != nil {
		t.Fatal(err)
	}
	return d, a
}

const mayorSaid = `
S1 @s1
source: {the mayor} | role person E1
cue: {said} | say speech
content: {"Né ici,"}
S2 @s2
source: {He} | pronoun person E1
cue: {thanked} | thank speech
content: {the crew}
how: yes supports
E1 person : {the mayor} @s1; {He} @s2
`

func TestFilesHoldCodePointsAndNoWords(t *testing.T) {
	d, a := annotated(t, mayor, mayorSaid)
	var b bytes.Buffer
	if err := Encode(&b, d, a); err != nil {
		t.Fatal(err)
	}
	if want := `"content":{"spans":[[0,9,`; !strings.Contains(b.String(), want) {
		t.Errorf("no %s in\n%s", want, b.String())
	}
	for _, word := range []string{"mayor", "ici", "crew"} {
		if strings.Contains(b.String(), word) {
			t.Errorf("the text's word %q is in the file", word)
		}
	}
}

func TestAnotherTextIsRefused(t *testing.T) {
	d, a := annotated(t, mayor, mayorSaid)
	var b bytes.Buffer
	if err := Encode(&b, d, a); err != nil {
		t.Fatal(err)
	}
	other := plainDocument(strings.Replace(mayor, "crew", "cook", 1))
	if _, err := Decode(bytes.NewReader(b.Bytes()), other); !errors.Is(err, onrecord.ErrDamaged) {
		t.Errorf("another text: %v, want ErrDamaged", err)
	}
	slipped := strings.Replace(b.String(), `[0,9,`, `[1,9,`, 1)
	if _, err := Decode(strings.NewReader(slipped), d); !errors.Is(err, onrecord.ErrDamaged) {
		t.Errorf("a slipped offset: %v, want ErrDamaged", err)
	}
	outside := strings.Replace(b.String(), `[0,9,`, `[0,900,`, 1)
	if _, err := Decode(strings.NewReader(outside), nil); !errors.Is(err, onrecord.ErrInvalid) {
		t.Errorf("a span outside: %v, want ErrInvalid", err)
	}
}

// Any bytes: no crash, and what is read without a text has spans inside its length.
func FuzzDecode(f *testing.F) {
	d, a := annotatedSeed()
	var b bytes.Buffer
	if err := Encode(&b, d, a); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"document":{"format":"attribution/1"}}`))
	head, _, _ := bytes.Cut(b.Bytes(), []byte("\n"))
	outside := `{"entity":{"id":"E1","kind":"person","mentions":[{"span":[10,99,"0466"],"form":"nominal"}]}}`
	f.Add(fmt.Appendf(nil, "%s\n%s\n", head, outside))
	f.Fuzz(func(t *testing.T, content []byte) {
		if a, err := Decode(bytes.NewReader(content), d); err == nil {
			for i := range a.Statements {
				for _, s := range a.Statements[i].Spans() {
					if !s.Valid(d.Text()) {
						t.Errorf("%v outside", s)
					}
				}
			}
		}
	})
}

func annotatedSeed() (*Document, *Annotation) {
	d := plainDocument(mayor)
	a, err := Parse(strings.NewReader("== statements\n"+mayorSaid), d)
	if err != nil {
		panic(err)
	}
	return d, a
}

// Any working file: no crash, every span resolved is a span of the text.
func FuzzParse(f *testing.F) {
	f.Add(mayorSaid)
	f.Add("S1 @s1 in S1\ncontent: @s1-s2 + {=0-3}\n- s1 quotation {“Né ~ ici,”}")
	f.Fuzz(func(t *testing.T, notation string) {
		d := plainDocument(mayor)
		a, err := Parse(strings.NewReader("== statements\n"+notation), d)
		if a == nil {
			return
		}
		if err == nil {
			Check(d, a)
		}
		for i := range a.Statements {
			for _, s := range a.Statements[i].Spans() {
				if !s.Valid(d.Text()) || s.Empty() {
					t.Errorf("%v is no span of the text", s)
				}
			}
		}
	})
}
