package roster

import (
	"errors"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

// What a user adds is found as what is built in.
func TestAdd(t *testing.T) {
	b, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	err = b.Add(strings.NewReader("\ufeff# my desk's people\n" +
		"kind,name,aliases,office,of,since,until,country,source\n" +
		"organization,Harbour Authority of Port Sele,HAPS;Harbour Authority,,,,,FJ,its statute\n" +
		"person,Mere Tuilagi,M. Tuilagi,director general,Harbour Authority of Port Sele,2023-05-01,,FJ,gazette 14/2023\n" +
		"person,Mere Tuilagi,,health minister,Fijian,2019,2022,FJ,gazette 2/2019\n" +
		"metonym,the Sugar Wharf,,,HAPS,,,,local usage\n" +
		"demonym,Selean,,,gov/fj,,,,local usage\n" +
		"person,\"Tuilagi, Ana\",,prime minister;head of government,gov/fj,2027-01,,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ words, at, want string }{
		{"the director general of the Harbour Authority", "2024", "person/mere-tuilagi"},
		{"Fiji's health minister", "2020-06", "person/mere-tuilagi"},
		{"the Selean health minister", "2020-06", "person/mere-tuilagi"},
		{"the Sugar Wharf", "2024", "org/fj-harbour-authority-of-port-sele"},
		{"HAPS", "2024", "org/fj-harbour-authority-of-port-sele"},
		{"the Fijian prime minister", "2027-06", "person/tuilagi-ana"},
		{"the Fijian prime minister", "2025-06", "person/sitiveni-ligamamada-rabuka"},
	} {
		if m := b.Phrase(c.words, date(t, c.at)); len(m) == 0 || string(m[0].ID) != c.want {
			t.Errorf("%q in %s is %v, want %s", c.words, c.at, m, c.want)
		}
	}
	a, ok := b.Actor("person/mere-tuilagi")
	if !ok || len(a.Offices) != 2 || a.Offices[0].Titles[0] != "health minister" || a.Offices[1].Source != "gazette 14/2023" {
		t.Errorf("the actor is %+v", a)
	}
}

// A wrong line is named, with what to do, and nothing of the file is added.
func TestAddSaysWhatIsWrong(t *testing.T) {
	b := base(t)
	for _, c := range []struct{ file, want string }{
		{"", "nothing in it; the first line names the columns"},
		{"name\nJane Doe\n", `names no column "kind"`},
		{"kind,nom\nperson,Jane\n", `line 1: no column is called "nom"`},
		{"kind,name,name\n", `line 1: the column "name" stands twice`},
		{"kind,name\nperson,Jane Doe\nperson,\n", `line 3, column "name": "" is no name`},
		{"kind,name\nrobot,Jane Doe\n", `line 2, column "kind": kind "robot": want person, organization`},
		{"kind,name,since\nperson,Jane Doe,yesterday\n", `line 2, column "since": date "yesterday": want YYYY`},
		{"kind,name,since,until\nperson,Jane Doe,2024,2023\n", `line 2, column "until": 2023 is before 2024`},
		{"kind,name,office,of\nperson,Jane Doe,mayor,Atlantis\n", `line 2, column "of": no government or organisation is called "Atlantis"`},
		{"kind,name,office,of\nperson,Jane Doe,president,Congolese\n", `line 2, column "of": "Congolese" may be gov/cd or gov/cg; give the ID`},
		{"kind,name,office\nperson,Jane Doe,mayor\n", `line 2, column "of": the office "mayor" is of nobody`},
		{"kind,name,country\nperson,Jane Doe,Iraq\n", `line 2, column "country": "IRAQ": want two letters`},
		{"kind,name,of\nmetonym,the Palace,\n", `line 2, column "of": "the Palace" stands for nobody`},
		{"kind,name\nperson,Jane,Doe\n", "line 2: 3 fields, but the first line names 2 columns"},
		{"kind,name\nperson,\"Jane\n", "line 2"},
		{"id,kind,name\ngov/iq,person,Jane\n", `line 2, column "kind": gov/iq is a government`},
	} {
		before := len(b.Actors())
		err := b.Add(strings.NewReader(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.file, err, c.want)
		}
		if !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("%q: %v is not ErrInvalid", c.file, err)
		}
		if len(b.Actors()) != before {
			t.Errorf("%q: something was added", c.file)
		}
	}
}

// FuzzAdd: never a panic; what is refused changes nothing, what is taken is found by its name's ID.
func FuzzAdd(f *testing.F) {
	for _, s := range []string{
		"kind,name\nperson,Jane Doe\n", "kind,name,office,of,since\nperson,J,mayor,X,2024\n", "kind,name,of\nmetonym,M,gov/xx\n",
		"kind,name\ngroup,\"a\nb\"\n", "id,kind,name,aliases\nx,work,W,;;a;\n", "kind\n", "\xff\xfe",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, file string) {
		b := empty()
		if err := b.table(); err != nil {
			t.Fatal(err)
		}
		before := len(b.Actors())
		err := b.Add(strings.NewReader(file))
		if err != nil && len(b.Actors()) != before {
			t.Fatalf("%q: refused (%v), but %d actors were added", file, err, len(b.Actors())-before)
		}
		for _, id := range b.Actors() {
			a, _ := b.Actor(id)
			if len(b.Named(a.Name, onrecord.Date{})) == 0 && !acronym(a.Name) {
				t.Fatalf("%q: %s is not found by its name %q", file, id, a.Name)
			}
			b.Phrase(a.Name+"'s president", onrecord.Date{})
		}
	})
}

// table gives a base one government, for tests.
func (b *Base) table() error {
	_, err := b.enter(Actor{ID: "gov/xx", Kind: onrecord.Government, Name: "X", Source: "test"})
	return err
}
