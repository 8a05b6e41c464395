package ledgertest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// An article that calls the mayor by her last name alone.
var shortNamed = Story{
	URL: "https://orchard.example/short", Title: "Núñez on dogs", Publisher: "The Orchard Post", Published: "2024-04-02",
	Text: "Núñez on dogs\n\nNúñez said the dogs were welcome at the bridge. A clerk said nothing had changed.",
	Says: []Say{
		{Source: "Núñez", Cue: "said", Content: "the dogs were welcome at the bridge", Speaker: "Núñez"},
		{Source: "A clerk", Cue: "said", Content: "nothing had changed"},
	},
}

const dogsWelcome = "Núñez: the dogs were welcome at the bridge"

var naming = []testCase{
	{"each name is a speaker of its own until a tie joins two; then all is found under both", func(r *room) {
		r.keep(harbour, shortNamed)
		r.same("apart", r.said(ledger.Query{SpeakerKey: "nunez"}), []string{dogsWelcome})
		r.names("ines-nunez 2", "paul-hart 1", "nunez 1")
		tie := r.tie(ledger.Joined, "Inés Núñez", "Núñez", "Editor")
		together := []string{strings.Replace(dogsWelcome, "Núñez", "Inés Núñez", 1), sheClosed, sheTold}
		for _, q := range []ledger.Query{{SpeakerKey: "nunez"}, {SpeakerKey: "ines-nunez"}, {By: "ines"}, {By: "núñez"}} {
			r.same(fmt.Sprintf("%+v", q), r.said(q), together)
		}
		r.same("with other words", r.said(ledger.Query{By: "ines nunez", About: "bridge"}), []string{together[0], sheClosed})
		r.speakers("Inés Núñez 3", "Paul Hart 1")
		s := r.speaker("nunez")
		r.equal("one speaker", []any{s.Key, s.Statements, len(s.Names), s.Names[0].Key, s.Names[1].Statements}, []any{"ines-nunez", 3, 2, "ines-nunez", 1})
		r.names("ines-nunez 2", "paul-hart 1", "nunez 1 of ines-nunez")
		r.sound()
		if _, err := r.Untie(r.Context(), tie.ID, "Editor"); err != nil {
			r.Fatal(err)
		}
		r.same("apart again", r.said(ledger.Query{SpeakerKey: "nunez"}), []string{dogsWelcome})
		r.speakers("Inés Núñez 2", "Paul Hart 1", "Núñez 1")
		r.sound()
		if _, err := r.Untie(r.Context(), tie.ID, "Editor"); !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("undone twice: %v", err)
		}
	}},
	{"what comes later under a joined name is the speaker's", func(r *room) {
		r.keep(harbour, shortNamed)
		r.tie(ledger.Joined, "Inés Núñez", "Núñez", "")
		r.keep(shortNamed.with(func(s *Story) { s.URL = "https://orchard.example/again" }))
		r.speakers("Inés Núñez 4", "Paul Hart 1")
		r.sound()
	}},
	{"what a person decided stands over what a program says, also when it was taken back", func(r *room) {
		r.keep(harbour, shortNamed)
		parted := r.tie(ledger.Parted, "Inés Núñez", "Núñez", "Reader")
		r.equal("a program joins", r.tie(ledger.Joined, "Inés Núñez", "Núñez", "").ID, parted.ID)
		r.speakers("Inés Núñez 2", "Paul Hart 1", "Núñez 1")
		joined := r.tie(ledger.Joined, "Inés Núñez", "Núñez", "Editor")
		r.speakers("Inés Núñez 3", "Paul Hart 1")
		if _, err := r.Untie(r.Context(), joined.ID, "Reader"); err != nil {
			r.Fatal(err)
		}
		r.tie(ledger.Joined, "Inés Núñez", "Núñez", "")
		r.speakers("Inés Núñez 2", "Paul Hart 1", "Núñez 1")
		r.sound()
	}},
	{"a doubtful pair waits and joins nothing", func(r *room) {
		r.keep(harbour, shortNamed)
		doubt := r.tie(ledger.Doubtful, "Núñez", "Inés Núñez", "")
		r.equal("again", r.tie(ledger.Doubtful, "Núñez", "Inés Núñez", "").ID, doubt.ID)
		r.speakers("Inés Núñez 2", "Paul Hart 1", "Núñez 1")
		r.ties(ledger.TieQuery{Verdict: ledger.Doubtful}, "Inés Núñez ? Núñez")
		r.tie(ledger.Joined, "Inés Núñez", "Núñez", "Editor")
		r.ties(ledger.TieQuery{Verdict: ledger.Doubtful})
		r.ties(ledger.TieQuery{Key: "nunez"}, "Inés Núñez = Núñez")
		r.ties(ledger.TieQuery{Key: "nunez", Undone: true}, "Inés Núñez = Núñez", "Inés Núñez ? Núñez")
	}},
	{"names joined in a row are parted where a person says", func(r *room) {
		r.keep(harbour, orchard, shortNamed)
		r.tie(ledger.Joined, "Inés Núñez", "Núñez", "")
		r.tie(ledger.Joined, "Núñez", "Ada Bell", "")
		r.speakers("Inés Núñez 5", "Paul Hart 1")
		_, err := r.Tie(r.Context(), ledger.Tie{A: "ines-nunez", B: "ada-bell", Verdict: ledger.Parted, By: "Reader"})
		if !errors.Is(err, onrecord.ErrInvalid) || !strings.Contains(onrecord.Hint(err), "nunez") {
			r.Errorf("still joined by a third name: %v, %s", err, onrecord.Hint(err))
		}
		r.tie(ledger.Parted, "Núñez", "Ada Bell", "Reader")
		r.speakers("Inés Núñez 4", "Paul Hart 1", "Ada Bell 1")
		r.sound()
	}},
	{"bad decisions", func(r *room) {
		r.keep(harbour)
		for _, c := range []struct {
			tie  ledger.Tie
			want error
		}{
			{ledger.Tie{A: "paul-hart", B: "nobody", Verdict: ledger.Joined}, onrecord.ErrNotFound},
			{ledger.Tie{A: "paul-hart", B: "paul-hart", Verdict: ledger.Joined}, onrecord.ErrInvalid},
			{ledger.Tie{A: "paul-hart", B: "ines-nunez", Verdict: "married"}, onrecord.ErrInvalid},
		} {
			if _, err := r.Tie(r.Context(), c.tie); !errors.Is(err, c.want) {
				r.Errorf("%+v: %v, want %v", c.tie, err, c.want)
			}
		}
	}},
	{"forgetting an article leaves the other names of a speaker", func(r *room) {
		kept := r.keep(harbour, shortNamed)
		r.tie(ledger.Joined, "Inés Núñez", "Núñez", "")
		if err := r.Forget(r.Context(), kept[0].Article, "Editor", "asked for"); err != nil {
			r.Fatal(err)
		}
		r.speakers("Núñez 1")
		r.sound()
	}},
	{"how far names were compared is kept", func(r *room) {
		r.keep(harbour)
		for _, want := range []int64{0, 2} {
			got, err := r.Considered(r.Context())
			if err != nil || got != want {
				r.Errorf("%d, %v; want %d", got, err, want)
			}
			if err := r.Consider(r.Context(), 2); err != nil {
				r.Fatal(err)
			}
		}
	}},
	{"somebody without a name is nobody outside of the article", func(r *room) {
		d := shortNamed.Document(r)
		at := strings.Index(d.Revision.Text, "A clerk")
		d.Analysis.Entities = append(d.Analysis.Entities, onrecord.Entity{ID: "E9", Kind: onrecord.Person, Name: "clerk", Mentions: []onrecord.Mention{
			{Span: onrecord.Span{Start: at, End: at + len("A clerk")}, Form: onrecord.NominalMention},
		}})
		d.Analysis.Links = append(d.Analysis.Links, onrecord.Link{Statement: "S2", Role: onrecord.SourceRole, Entity: "E9"})
		if _, err := r.Keep(r.Context(), d); err != nil {
			r.Fatal(err)
		}
		r.speakers("Núñez 1")
		rec := r.answer(ledger.Query{By: "clerk"}).Rows[0]
		r.equal("who", []string{rec.Speaker.Name, rec.Speaker.Key}, []string{"clerk", ""})
		r.sound()
	}},
}

// tie decides about two names and returns the decision that stands.
func (r *room) tie(verdict ledger.TieVerdict, a, b, by string) ledger.Tie {
	r.Helper()
	out, err := r.Tie(r.Context(), ledger.Tie{A: ledger.Key(a), B: ledger.Key(b), Verdict: verdict, By: by, Rule: "made up", Confidence: 0.5})
	if err != nil {
		r.Fatal(err)
	}
	return out[0]
}

// speakers holds the list of speakers, most statements first, to its lines.
func (r *room) speakers(want ...string) {
	r.Helper()
	list, _, err := r.Speakers(r.Context(), ledger.SpeakerQuery{})
	if err != nil {
		r.Fatal(err)
	}
	var got []string
	for _, s := range list {
		got = append(got, fmt.Sprintf("%s %d", s.Name, s.Statements))
	}
	r.same("speakers", got, want)
	totals, err := r.Totals(r.Context())
	if err != nil {
		r.Fatal(err)
	}
	r.equal("how many speakers", totals.Speakers, len(want))
}

func (r *room) speaker(key string) ledger.Speaker {
	r.Helper()
	s, err := r.Speaker(r.Context(), key)
	if err != nil {
		r.Fatal(err)
	}
	return s
}

// names holds the names that the ledger met to its lines.
func (r *room) names(want ...string) {
	r.Helper()
	var got []string
	for n, err := range r.Names(r.Context()) {
		if err != nil {
			r.Fatal(err)
		}
		line := fmt.Sprintf("%s %d", n.Key, n.Statements)
		if n.Speaker != n.Key {
			line += " of " + n.Speaker
		}
		got = append(got, line)
	}
	r.same("names", got, want)
}

// ties holds decisions to their lines.
func (r *room) ties(q ledger.TieQuery, want ...string) {
	r.Helper()
	list, err := r.Ties(r.Context(), q)
	if err != nil {
		r.Fatal(err)
	}
	var got []string
	for _, t := range list {
		sign := map[ledger.TieVerdict]string{ledger.Joined: " = ", ledger.Parted: " ≠ ", ledger.Doubtful: " ? "}[t.Verdict]
		got = append(got, t.AName+sign+t.BName)
	}
	r.same(fmt.Sprintf("%+v", q), got, want)
}

// sound has the ledger verify itself.
func (r *room) sound() {
	r.Helper()
	for f, err := range r.Verify(r.Context()) {
		if err != nil {
			r.Fatal(err)
		}
		if f.Problem != "" {
			r.Errorf("%s %s: %s", f.Kind, f.ID, f.Problem)
		}
	}
}
