package who_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/quote"
	"github.com/onrecord/onrecord/who"
)

// resolve reads a text whose sources stand in brackets, in order, and returns
// whom each links to: its entity's name, or "-".
func resolve(t *testing.T, marked string) (links, entities []string) {
	t.Helper()
	var text strings.Builder
	var statements []onrecord.Statement
	start := 0
	for _, r := range marked {
		switch r {
		case '[':
			start = text.Len()
		case ']':
			n := len(statements)
			s := onrecord.Statement{ID: onrecord.ID(fmt.Sprint("S", n+1))}
			s.Source.Spans = []onrecord.Span{{Start: start, End: text.Len()}}
			s.Source.Kind = onrecord.PersonSource
			switch words := text.String()[start:]; {
			case strings.HasSuffix(words, "board"):
				s.Source.Kind = onrecord.OrganizationSource
			case strings.HasPrefix(words, "Residents"):
				s.Source.Kind = onrecord.GroupSource
			}
			statements = append(statements, s)
		default:
			text.WriteRune(r)
		}
	}
	analyser, err := english.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	resolver, err := who.New()
	if err != nil {
		t.Fatal(err)
	}
	tokens := analyser.Analyse(text.String(), quote.Paragraphs(text.String()), nil)
	analysed := english.Joined(&tokens)
	es, ls := resolver.Resolve(&analysed, statements)
	a := onrecord.Analysis{Entities: es, Links: ls}
	for _, s := range statements {
		name := "-"
		if linked := a.Linked().To(s.ID, onrecord.SourceRole); len(linked) > 0 {
			name = linked[0].Name
			for _, e := range linked[1:] {
				name += " + " + e.Name
			}
		}
		links = append(links, name)
	}
	for _, e := range es {
		line := fmt.Sprintf("%s %s", e.ID, e.Name)
		for _, r := range e.Roles {
			line += "; " + r.Title
		}
		for _, m := range e.Mentions {
			if !m.Span.Valid(text.String()) {
				t.Errorf("%s: mention %v", e.ID, m.Span)
			}
		}
		entities = append(entities, line)
	}
	return links, entities
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name, text string
		links      []string
	}{
		{"a name's last part", `[Interior Minister Omar al-Haddad] said so. [Haddad] agreed.`, []string{"Omar al-Haddad", "Omar al-Haddad"}},
		{"an apostrophe inside a name", `[Prime Minister Karim Rida’ al-Salim] said so. [Salim] agreed.`, []string{"Karim Rida’ al-Salim", "Karim Rida’ al-Salim"}},
		{"a role named later", `[Norway's fisheries minister] said so. [Fisheries Minister Ada Quist] agreed.`, []string{"Ada Quist", "Ada Quist"}},
		{"a role in an apposition", `[Ada Quist, the mayor of Wesel,] said so. [The mayor] agreed.`, []string{"Ada Quist", "Ada Quist"}},
		{"he is the last speaker", `[Omar al-Haddad] said so. [He] agreed.`, []string{"Omar al-Haddad", "Omar al-Haddad"}},
		{"she is not he", `[Mr. Omar Haddad] said so. [Ms. Ada Quist] agreed. [He] left.`, []string{"Omar Haddad", "Ada Quist", "Omar Haddad"}},
		{"it is no crowd", `[The harbour board] said so. [Residents of Weir Lane] agreed. [It] left.`, []string{"harbour board", "Residents", "harbour board"}},
		{"I outside a quotation is nobody", `[I] say so.`, []string{"-"}},
		{"several at once", `[Omar Haddad and Ada Quist] said so.`, []string{"Omar Haddad + Ada Quist"}},
		{"a possessor is not the speaker", `[Haddad’s lawyer] said so.`, []string{"Haddad’s lawyer"}},
		{"nobody named", `[Two officials] said so. [The officials] agreed.`, []string{"Two officials", "officials"}},
		{"the same words", `[The harbour union] said so. [The harbour union] agreed.`, []string{"harbour union", "harbour union"}},
		{"a relative pronoun", `Ada Quist, [who] said so, left.`, []string{"Ada Quist"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			links, _ := resolve(t, c.text)
			if diff := cmp.Diff(c.links, links); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

func TestEntitiesKeepRolesAndOrder(t *testing.T) {
	_, got := resolve(t, `[Critics] said so. [Interior Minister Omar al-Haddad] agreed. Ada Quist, who sold fish, left.`)
	want := []string{"E1 Critics", "E2 Omar al-Haddad; Interior Minister"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("only who speaks is an entity; want (-), got (+):\n%s", diff)
	}
}
