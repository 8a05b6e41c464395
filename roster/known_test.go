package roster_test

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/roster"
)

// What a text of a date calls somebody is known where no other reading is near.
func TestKnownAs(t *testing.T) {
	base, err := roster.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		phrases []string
		kind    onrecord.EntityKind
		at      string
		want    onrecord.ID
	}{
		{"the holder of an office then", []string{"the German chancellor"}, onrecord.Person, "2024-02-24", "person/olaf-scholz"},
		{"and before", []string{"the German chancellor"}, onrecord.Person, "2019-02-24", "person/angela-merkel"},
		{"a capital that speaks", []string{"Washington"}, onrecord.Government, "2024-02-24", "gov/us"},
		{"a capital where something happens", []string{"Washington"}, onrecord.PlaceEntity, "2024-02-24", ""},
		{"names that disagree", []string{"Olaf Scholz", "Angela Merkel"}, onrecord.Person, "2024-02-24", ""},
		{"no office of that date is known", []string{"the German chancellor"}, onrecord.Person, "1871-02-24", ""},
		{"nobody", []string{"Ada Lorne"}, onrecord.Person, "2024-02-24", ""},
	} {
		at, err := onrecord.ParseDate(c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := base.KnownAs(c.phrases, c.kind, at); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestVersionNamesTheFacts(t *testing.T) {
	base, err := roster.Open()
	if err != nil {
		t.Fatal(err)
	}
	before := base.Version()
	if again, _ := roster.Open(); again.Version() != before {
		t.Error("the same facts have two versions")
	}
	if err := base.Add(strings.NewReader("kind,name\nperson,Ada Lorne\n")); err != nil {
		t.Fatal(err)
	}
	if base.Version() == before {
		t.Error("an added actor leaves the version as it was")
	}
}
