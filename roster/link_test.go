package roster_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/roster"
)

// speaking makes an article in which each of some people says one thing.
func speaking(n int, names ...string) ledgertest.Story {
	s := ledgertest.Story{URL: fmt.Sprintf("https://gazette.example/%d", n), Title: "Said", Published: fmt.Sprintf("2024-01-%02d", n+1), Text: "Said\n\n"}
	for i, name := range names {
		content := fmt.Sprintf("the dam number %d of %d would hold", i, n)
		s.Text += name + " said " + content + ". "
		s.Says = append(s.Says, ledgertest.Say{Source: name, Cue: "said", Content: content, Speaker: name})
	}
	return s
}

func shelf(t *testing.T, stories ...ledgertest.Story) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, s := range stories {
		if _, err := store.Keep(t.Context(), s.Document(t)); err != nil {
			t.Fatal(err)
		}
	}
	return store
}

func open(t *testing.T) *roster.Base {
	t.Helper()
	base, err := roster.Open()
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// linked are the ties of a ledger as "A = B" or "A ? B", in alphabetical order.
func linked(t *testing.T, store *sqlite.Store) []string {
	t.Helper()
	if _, err := roster.Link(t.Context(), store, open(t)); err != nil {
		t.Fatal(err)
	}
	list, err := store.Ties(t.Context(), ledger.TieQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, tie := range list {
		out = append(out, tie.A+map[ledger.TieVerdict]string{ledger.Joined: " = ", ledger.Doubtful: " ? "}[tie.Verdict]+tie.B)
	}
	slices.Sort(out)
	return out
}

// Names of several articles: which are joined, which wait, which are nothing to
// each other.
func TestLink(t *testing.T) {
	for _, c := range []struct {
		what  string
		names []string
		want  []string
	}{
		{"one name in two spellings", []string{"Muhammad Al-Harbi", "Mohammed al Harbi"}, []string{"mohammed-al-harbi = muhammad-al-harbi"}},
		{"a last name alone waits", []string{"Ada Lorne", "Lorne"}, []string{"ada-lorne ? lorne"}},
		{"of two with that name as well", []string{"Ada Lorne", "Tom Lorne", "Lorne"}, []string{"ada-lorne ? lorne", "lorne ? tom-lorne"}},
		{"of many it says nothing", []string{"Ada Lorne", "Tom Lorne", "Ines Lorne", "Lorne"}, nil},
		{"brothers are two", []string{"Jan Velhout", "Pieter Velhout"}, nil},
		{"an initial may be somebody", []string{"J. Velhout", "Jan Velhout"}, []string{"j-velhout ? jan-velhout"}},
		{"two names by which the roster knows one", []string{"Abu Mazen", "Mahmoud Abbas"}, []string{"abu-mazen = mahmoud-abbas"}},
		{"strangers", []string{"Ada Lorne", "Mina Roth"}, nil},
	} {
		t.Run(c.what, func(t *testing.T) {
			var stories []ledgertest.Story
			for i, n := range c.names {
				stories = append(stories, speaking(i, n))
			}
			if got := linked(t, shelf(t, stories...)); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// What was looked at is not looked at again; what comes later is compared with
// all that came before.
func TestLinkGoesOn(t *testing.T) {
	store := shelf(t, speaking(0, "Muhammad Al-Harbi", "Ada Lorne"))
	if got := linked(t, store); got != nil {
		t.Fatal(got)
	}
	done, err := roster.Link(t.Context(), store, open(t))
	if err != nil || done != (roster.Linked{}) {
		t.Errorf("nothing is new: %+v, %v", done, err)
	}
	if _, err := store.Keep(t.Context(), speaking(1, "Mohammed al Harbi").Document(t)); err != nil {
		t.Fatal(err)
	}
	if got := linked(t, store); strings.Join(got, "") != "mohammed-al-harbi = muhammad-al-harbi" {
		t.Error(got)
	}
	s, err := store.Speaker(t.Context(), "mohammed-al-harbi")
	if err != nil || s.Statements != 2 {
		t.Errorf("%+v, %v", s, err)
	}
}

// Who somebody is: said, said about, and what the roster knows.
func TestLook(t *testing.T) {
	about := speaking(0, "Mina Roth")
	about.Text = strings.Replace(about.Text, "the dam", "Stoltenberg's dam", 1)
	about.Says[0].Content = strings.Replace(about.Says[0].Content, "the dam", "Stoltenberg's dam", 1)
	store := shelf(t, about, speaking(1, "Jens Stoltenberg"))
	p, err := roster.Look(t.Context(), store, open(t), "jens-stoltenberg", 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Said) != 1 || len(p.About) != 1 || p.About[0].Speaker.Name != "Mina Roth" {
		t.Errorf("said %d, about %+v", len(p.Said), p.About)
	}
	if _, err := roster.Look(t.Context(), store, open(t), "nobody", 5); err == nil {
		t.Error("nobody has a profile")
	}
}
