package ledgertest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// What the shared stories say, for expected answers.
const (
	sheClosed   = "Inés Núñez: the old bridge would close in November"
	sheTold     = "Inés Núñez: reporters"
	heDenied    = "Paul Hart: that the pillars were unsafe"
	unionWarned = "The union: long detours"
	cityHelps   = "Inés Núñez: the city would help the growers"
	halfTaken   = "Ada Bell: the frost had taken half of the bridge orchard's blossom"
	dogsOnLead  = "The council: that dogs stay on the lead near the bridge"
	voteFair    = "Paul Hart: the vote was fair"
	voteTitle   = "Paul Hart: vote was fair"
)

var searching = []testCase{
	{"each filter alone and together", func(r *room) {
		r.keep(harbour, orchard, notice, repeated)
		date := r.date
		for _, c := range []struct {
			name string
			q    ledger.Query
			want []string
		}{
			{"all, newest first, one article in its order", ledger.Query{}, []string{dogsOnLead, cityHelps, halfTaken, sheClosed, sheTold, heDenied, unionWarned, voteFair}},
			{"words of a name, without diacritics, in any order", ledger.Query{By: "NUNEZ ines"}, []string{cityHelps, sheClosed, sheTold}},
			{"words of a source that is no name", ledger.Query{By: "union"}, []string{unionWarned}},
			{"half a word is no word", ledger.Query{By: "nun"}, nil},
			{"a speaker by key", ledger.Query{SpeakerKey: "ada-bell"}, []string{halfTaken}},
			{"nobody by that key", ledger.Query{SpeakerKey: "nobody"}, nil},
			{"about a word", ledger.Query{About: "bridge"}, []string{dogsOnLead, halfTaken, sheClosed}},
			{"about two words", ledger.Query{About: "frost bridge"}, []string{halfTaken}},
			{"about a phrase", ledger.Query{About: `"old bridge"`}, []string{sheClosed}},
			{"a phrase in the wrong order", ledger.Query{About: `"bridge old"`}, nil},
			{"a word of the source is not the matter", ledger.Query{About: "union"}, nil},
			{"by and about", ledger.Query{By: "bell", About: "bridge"}, []string{halfTaken}},
			{"key and about", ledger.Query{SpeakerKey: "ines-nunez", About: "bridge"}, []string{sheClosed}},
			{"quoted", ledger.Query{Quoted: onrecord.Direct}, []string{sheTold}},
			{"publisher", ledger.Query{Publisher: "the orchard post"}, []string{cityHelps, halfTaken}},
			{"publisher by its host", ledger.Query{Publisher: "harbour-times.example", About: "detours"}, []string{unionWarned}},
			{"no such publisher", ledger.Query{Publisher: "Nobody's"}, nil},
			{"confidence", ledger.Query{MinConfidence: 0.6, By: "hart"}, []string{heDenied, voteFair}},
			{"confidence above", ledger.Query{MinConfidence: 0.61, By: "hart"}, []string{voteFair}},
			{"headlines that repeat", ledger.Query{By: "hart", Repeats: true}, []string{heDenied, voteTitle, voteFair}},
			{"oldest first", ledger.Query{By: "hart", Oldest: true}, []string{voteFair, heDenied}},
			{"all, oldest first, one article in its order", ledger.Query{Oldest: true}, []string{voteFair, sheClosed, sheTold, heDenied, unionWarned, cityHelps, halfTaken, dogsOnLead}},
			{"about, oldest first", ledger.Query{About: "the", Oldest: true}, []string{voteFair, sheClosed, heDenied, cityHelps, halfTaken, dogsOnLead}},
			{"since a day", ledger.Query{Since: date("2024-03-02")}, []string{cityHelps, halfTaken}},
			{"until a month", ledger.Query{Until: date("2024-02"), By: "hart"}, []string{heDenied, voteFair}},
			{"a day of an instant", ledger.Query{Since: date("2024-02-24"), Until: date("2024-02-24"), About: "bridge"}, []string{sheClosed}},
			{"a day after it", ledger.Query{Since: date("2024-02-25"), Until: date("2024-02-28")}, nil},
			{"a day inside the month that is all we know", ledger.Query{Since: date("2023-11-20"), Until: date("2023-11-21")}, []string{voteFair}},
			{"a year", ledger.Query{Since: date("2024"), Until: date("2024"), SpeakerKey: "paul-hart"}, []string{heDenied}},
			{"everything", ledger.Query{By: "ines", About: "city", Since: date("2024"), Until: date("2024"), Publisher: "The Orchard Post", MinConfidence: 0.1, Quoted: onrecord.Indirect}, []string{cityHelps}},
		} {
			r.same(c.name, r.said(c.q), c.want)
		}
	}},
	{"an article's statements are in its order, with every other filter", func(r *room) {
		article := r.keep(harbour)[0].Article
		r.keep(orchard)
		r.same("all", r.said(ledger.Query{Article: article}), []string{sheClosed, sheTold, heDenied, unionWarned})
		r.same("about", r.said(ledger.Query{Article: article, About: "bridge", By: "mayor", Publisher: "harbour-times.example", SpeakerKey: "ines-nunez"}), []string{sheClosed})
		r.same("another's", r.said(ledger.Query{Article: article, About: "frost"}), nil)
	}},
	{"places: by name, division and country, whatever the spelling", func(r *room) {
		places := Story{
			URL: "https://harbour.example/mosul", Title: "Aid", Published: "2024-02-24",
			Text: "The clerk said aid had reached Kraków. The clerk said Iraqi forces had gone.",
			Says: []Say{
				{Source: "The clerk", Cue: "said", Content: "aid had reached Kraków", Names: onrecord.Place{Name: "Kraków", Admin1: "Lesser Poland", Country: "PL", CountryName: "Poland", Sense: onrecord.LiteralSense}},
				{Source: "The clerk", Cue: "said", Content: "Iraqi forces had gone", Names: onrecord.Place{Name: "Iraq", Country: "IQ", CountryName: "Iraq", Sense: onrecord.PeopleSense}},
			},
		}
		r.keep(harbour, places)
		for _, name := range []string{"Kraków", "krakow", "Lesser Poland", "poland"} {
			r.same(name, r.said(ledger.Query{In: name}), []string{"The clerk: aid had reached Kraków"})
		}
		r.same("with words", r.said(ledger.Query{In: "Poland", About: "aid"}), []string{"The clerk: aid had reached Kraków"})
		for _, name := range []string{"Iraq", "Pol", "Lesser", `" OR "x`, "?!"} {
			r.same(name, r.said(ledger.Query{In: name}), nil)
		}
	}},
	{"what somebody types never becomes a query language", func(r *room) {
		r.keep(harbour, orchard)
		for _, words := range []string{
			`bridge" OR "frost`, `"`, `""`, `bridge AND`, `NEAR(bridge frost)`, `content:bridge`, `bri*`, `-bridge`, `^the`, `{who} : bridge`, "bridge\x00frost", `'`, `;--`,
		} {
			for _, q := range []ledger.Query{{About: words}, {By: words}, {SpeakerKey: words}, {Publisher: words}} {
				if _, err := r.Said(r.Context(), q); err != nil {
					r.Errorf("%+v: %v", q, err)
				}
			}
		}
		r.same("marks alone", r.said(ledger.Query{About: `?!`}), nil)
		r.same("an operator is a word", r.said(ledger.Query{About: "bridge OR frost"}), nil)
		r.same("curly marks make a phrase too", r.said(ledger.Query{About: "“old bridge”"}), []string{sheClosed})
	}},
	{"dates: said, else published, else retrieved; undated ones are left out and counted", func(r *room) {
		said := harbour.with(func(s *Story) {
			s.URL = "https://a.example/said"
			s.Says[0].SaidAt = &onrecord.SaidAt{From: r.date("2024-01-10"), To: r.date("2024-01-12"), Basis: "explicit"}
			s.Says[2].SaidAt = &onrecord.SaidAt{To: r.date("2024-02-24"), Basis: "bounded"}
		})
		kept := r.keep(said)[0]
		r.keep(notice, notice.with(func(s *Story) { s.Path, s.Text = "/other.txt", s.Text+" " }))
		r.equal("said", r.record(kept.Statements[0]).WhenBasis, ledger.WhenSaid)
		r.equal("when", r.record(kept.Statements[0]).When, "2024-01-10")
		r.equal("bounded is published", r.record(kept.Statements[2]).WhenBasis, ledger.WhenPublished)
		r.equal("retrieved", r.answer(ledger.Query{By: "council"}).Rows[0].WhenBasis, ledger.WhenRetrieved)
		r.same("a day inside the range", r.said(ledger.Query{Since: r.date("2024-01-12"), Until: r.date("2024-01-12")}), []string{sheClosed})
		a := r.answer(ledger.Query{About: "bridge", Since: r.date("2000")})
		r.equal("found and undated", []int{len(a.Rows), a.Undated}, []int{1, 2})
		r.equal("undated of a speaker", r.answer(ledger.Query{SpeakerKey: "ines-nunez", Since: r.date("2000")}).Undated, 0)
		r.equal("undated of all", r.answer(ledger.Query{Until: r.date("2030")}).Undated, 2)
		r.equal("no dates asked", r.answer(ledger.Query{About: "bridge"}).Undated, 0)
	}},
	{"a month, a year and a longer time are found by any day in them", func(r *room) {
		for i, published := range []string{"2020", "2023-05", "2023-05-20", "2024-01-03T10:00:00Z"} {
			r.keep(dated(i).with(func(s *Story) { s.Published = published }))
		}
		long := dated(9)
		long.Says[0].SaidAt = &onrecord.SaidAt{From: r.date("2019-12-31"), To: r.date("2023-06-01"), Basis: "explicit"}
		r.keep(long)
		for _, c := range []struct{ since, until, want string }{
			{"2020-02-01", "2020-02-02", "0 9"},
			{"2020-12-31", "2021-01-01", "0 9"},
			{"2021", "2022", "9"},
			{"2023-05-31", "2023-06", "1 9"},
			{"2023-05-20", "2023-05-20", "2 1 9"},
			{"2019", "2019", "9"},
			{"2023-06-02", "2025", "3"},
		} {
			var got []string
			for _, rec := range r.answer(ledger.Query{Since: r.date(c.since), Until: r.date(c.until)}).Rows {
				got = append(got, strings.Fields(rec.Texts.Content)[1])
			}
			r.equal(c.since+" to "+c.until, strings.Join(got, " "), c.want)
		}
	}},
	{"oldest first, pages of every length give the same order", func(r *room) {
		for i, day := range []int{3, 1, 1, 2} { // two articles of one day
			many := dated(day)
			many.URL += fmt.Sprintf("/%d", i)
			for n := range 5 {
				content := fmt.Sprintf("part %d of %d", n, i)
				many.Text += "\nThe clerk said " + content + "."
				many.Says = append(many.Says, Say{Source: "The clerk", Cue: "said", Content: content, Speaker: "Tom Reed"})
			}
			r.keep(many)
		}
		want := r.said(ledger.Query{Oldest: true})
		if len(want) != 24 {
			r.Fatalf("%d statements, want 24", len(want))
		}
		articles := []int{1, 2, 3, 0}
		if strings.HasSuffix(want[1], "of 2") { // of one day, either may be first, but whole
			articles = []int{2, 1, 3, 0}
		}
		for i, article := range articles {
			for n := range 5 {
				r.equal("order", want[6*i+1+n], fmt.Sprintf("Tom Reed: part %d of %d", n, article))
			}
		}
		for limit := 1; limit < 10; limit++ {
			for _, q := range []ledger.Query{{}, {About: "part"}, {SpeakerKey: "tom-reed"}} {
				q.Oldest, q.Limit = true, 0
				all := r.said(q)
				var paged []string
				for q.Limit = limit; ; {
					a := r.answer(q)
					for _, rec := range a.Rows {
						paged = append(paged, line(rec))
					}
					if q.After = a.Next; q.After == "" {
						break
					}
				}
				r.same(fmt.Sprintf("%+v", q), paged, all)
			}
		}
	}},
	{"an instant is one everywhere", func(r *room) {
		r.keep(harbour) // 18:05 at +03:00
		r.equal("same second", len(r.said(ledger.Query{Since: r.date("2024-02-24T15:05:00Z"), Until: r.date("2024-02-24T15:05:00Z")})), 4)
		r.equal("a second later", len(r.said(ledger.Query{Since: r.date("2024-02-24T15:05:01Z")})), 0)
		r.equal("a second before", len(r.said(ledger.Query{Until: r.date("2024-02-24T15:04:59Z")})), 0)
	}},
	{"pages follow each other without gap or repetition while others write", func(r *room) {
		for i := range 9 {
			r.keep(dated(i))
		}
		for _, oldest := range []bool{false, true} {
			q := ledger.Query{About: "number", Limit: 4, Oldest: oldest}
			var got []string
			for page := 0; ; page++ {
				a := r.answer(q)
				for _, rec := range a.Rows {
					got = append(got, rec.Texts.Content)
				}
				// New ones at either end are no part of what is being read.
				r.keep(dated(100+page), dated(-1-page))
				if q.After = a.Next; q.After == "" || page > 9 {
					break
				}
			}
			seen := map[string]bool{}
			old := 0
			for _, g := range got {
				if seen[g] {
					r.Errorf("oldest %v: %q twice", oldest, g)
				}
				seen[g] = true
				if len(g) == len("number 0 is up") {
					old++
				}
			}
			r.equal("of the nine", old, 9)
		}
		a := r.answer(ledger.Query{Limit: 2})
		if _, err := r.Said(r.Context(), ledger.Query{Limit: 2, About: "number", After: a.Next}); !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("another question's cursor: %v, want invalid", err)
		}
		if _, err := r.Said(r.Context(), ledger.Query{After: "nonsense"}); !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("nonsense for a cursor: %v, want invalid", err)
		}
		r.equal("another limit is the same question", len(r.said(ledger.Query{Limit: 3, After: a.Next})), 3)
	}},
	{"articles are listed by date, title and language, in pages", func(r *room) {
		r.keep(harbour, orchard, notice, repeated, foreign)
		var titles []string
		for q := (ledger.ArticleQuery{Limit: 2}); ; {
			refs, next, err := r.Articles(r.Context(), q)
			if err != nil {
				r.Fatal(err)
			}
			for _, ref := range refs {
				titles = append(titles, fmt.Sprintf("%s %d", ref.Title, ref.Statements))
			}
			if q.After = next; next == "" {
				break
			}
		}
		r.same("titles", titles, []string{"Notice 1", "Late frost worries growers 2", "Brücke gesperrt 0", "Bridge to close for the winter 4", "Hart: vote was fair 1"})
		refs, _, err := r.Articles(r.Context(), ledger.ArticleQuery{Words: "BRUCKE gesperrt"})
		if err != nil || len(refs) != 1 || refs[0].Address != foreign.URL {
			r.Errorf("by title: %v, %v", refs, err)
		}
	}},
}

// dated is an article of a day of its own.
func dated(day int) Story {
	content := fmt.Sprintf("number %d is up", day)
	return Story{
		URL:       fmt.Sprintf("https://days.example/%d", day),
		Published: time.Date(2024, 1, 10, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day).Format(time.DateOnly),
		Text:      "The clerk said " + content + ".",
		Says:      []Say{{Source: "The clerk", Cue: "said", Content: content}},
	}
}

func (r *room) date(s string) onrecord.Date {
	r.Helper()
	d, err := onrecord.ParseDate(s)
	if err != nil {
		r.Fatal(err)
	}
	return d
}

var speakers = []testCase{
	{"names by how much they say, found by the beginnings of their words", func(r *room) {
		r.keep(harbour, orchard, notice, repeated)
		for prefix, want := range map[string]string{
			"":        "Inés Núñez 3 2024-02-24T18:05:00+03:00 2024-03-02, Paul Hart 2 2023-11 2024-02-24T18:05:00+03:00, Ada Bell 1 2024-03-02 2024-03-02",
			"nun":     "Inés Núñez 3 2024-02-24T18:05:00+03:00 2024-03-02",
			"Núñ in":  "Inés Núñez 3 2024-02-24T18:05:00+03:00 2024-03-02",
			"b a":     "Ada Bell 1 2024-03-02 2024-03-02",
			"el":      "",
			"! ?":     "",
			"\" OR *": "",
		} {
			list, _, err := r.Speakers(r.Context(), ledger.SpeakerQuery{Prefix: prefix})
			if err != nil {
				r.Fatal(err)
			}
			var got []string
			for _, s := range list {
				got = append(got, fmt.Sprintf("%s %d %s %s", s.Name, s.Statements, s.First, s.Last))
			}
			r.equal("speakers "+prefix, strings.Join(got, ", "), want)
		}
	}},
	{"all names come in pages, most statements first, each once", func(r *room) {
		for i := range 7 {
			for n := range 1 + i%3 {
				r.keep(dated(10*i + n).with(func(s *Story) { s.Says[0].Speaker = fmt.Sprintf("Tom Reed %d", i) }))
			}
		}
		for _, prefix := range []string{"", "tom"} {
			for limit := 1; limit < 9; limit++ {
				var got []string
				for q := (ledger.SpeakerQuery{Prefix: prefix, Limit: limit}); ; {
					list, next, err := r.Speakers(r.Context(), q)
					if err != nil {
						r.Fatal(err)
					}
					for _, s := range list {
						got = append(got, s.Key[len("tom-reed-"):])
					}
					if q.After = next; next == "" {
						break
					}
				}
				r.equal("names in pages of "+fmt.Sprint(limit), strings.Join(got, " "), "2 5 1 4 0 3 6")
			}
		}
		if _, _, err := r.Speakers(r.Context(), ledger.SpeakerQuery{After: "nonsense"}); !errors.Is(err, onrecord.ErrInvalid) {
			r.Errorf("nonsense for a cursor: %v, want invalid", err)
		}
	}},
	{"spellings of one name are one speaker, called as most often written", func(r *room) {
		spelled := func(n int, name string) Story {
			s := dated(n)
			s.Says[0].Speaker = name
			return s
		}
		r.keep(spelled(1, "ana ruiz"), spelled(2, "Ana Ruíz"), spelled(3, "Ana Ruíz"))
		s, err := r.Speaker(r.Context(), "ana-ruiz")
		if err != nil {
			r.Fatal(err)
		}
		r.equal("speaker", s, ledger.Speaker{Key: "ana-ruiz", Name: "Ana Ruíz", Kind: onrecord.Person, Statements: 3, First: r.date("2024-01-11"), Last: r.date("2024-01-13")})
		r.equal("speakers", r.totals().Speakers, 1)
	}},
}
