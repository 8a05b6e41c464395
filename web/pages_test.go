package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// everyPage are the addresses of a shelf that holds the stories.
func everyPage(s *shelf) []string {
	return []string{
		"/", "/search?q=wall", "/search?q=by%3Alindqvist+since%3A2031", "/search?q=zebra", "/compare", "/compare?q=wall", "/compare?q=zebra", "/doubts", "/articles", "/articles?words=wall", "/speakers", "/map", "/stories", "/sources", "/speakers?prefix=ada",
		articleAddress(s.article("harbour"), ""), articleAddress(s.article("harbour"), "") + "/changes", articleAddress(s.article("council"), "") + "?all=1",
		articleAddress(s.article("hostile"), ""), articleAddress(s.article("foreign"), ""),
		statementAddress(s.statement("harbour", 5)), statementAddress(s.statement("hostile", 1)),
		"/speaker/ada-lindqvist", "/speaker/ada-lindqvist?order=oldest", "/help",
	}
}

// Every page is whole: it is parsed, its IDs are its own, its labels lead to
// fields, its links to addresses that answer, and it carries no inline script or
// style.
func TestEveryPage(t *testing.T) {
	shelf := keep(t, "harbour", "council", "hostile", "foreign")
	h := serve(t, shelf)
	answers := map[string]int{}
	for _, path := range everyPage(shelf) {
		got := get(t, h, path)
		got.want(t, http.StatusOK, "<!doctype html>", `<html lang="en">`, `href="#main"`)
		root, err := html.Parse(strings.NewReader(got.Body))
		if err != nil {
			t.Fatal(path, err)
		}
		ids, names := map[string]bool{}, []string{}
		heads := 0
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "id":
					if ids[a.Val] {
						t.Errorf("%s: two elements have the ID %s", path, a.Val)
					}
					ids[a.Val] = true
				case a.Key == "for", a.Key == "aria-describedby", a.Key == "aria-labelledby", a.Key == "form":
					names = append(names, a.Val)
				case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
					names = append(names, a.Val[1:])
				case a.Key == "href" && relation(n) == "external noreferrer": // the live page, which only a reader opens
					if !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "http://") {
						t.Errorf("%s: %s is no address on the web", path, a.Val)
					}
				case a.Key == "href", a.Key == "src":
					u, err := url.Parse(a.Val)
					if err != nil || u.Host != "" || u.Scheme != "" {
						t.Errorf("%s: %s leads elsewhere", path, a.Val)
						continue
					}
					if _, asked := answers[a.Val]; !asked {
						address, _, _ := strings.Cut(a.Val, "#")
						answers[a.Val] = get(t, h, address).StatusCode
					}
					if status := answers[a.Val]; status != http.StatusOK {
						t.Errorf("%s: %s answers %d", path, a.Val, status)
					}
				case strings.HasPrefix(a.Key, "on"), a.Key == "style":
					t.Errorf("%s: inline %s=%q", path, a.Key, a.Val)
				}
			}
			switch n.Data {
			case "h1":
				heads++
			case "style", "img", "iframe":
				t.Errorf("%s: has a <%s>", path, n.Data)
			case "script":
				if n.FirstChild != nil {
					t.Errorf("%s: inline script %q", path, n.FirstChild.Data)
				}
			case "table":
				if !strings.Contains(render(t, n), "<th scope=") {
					t.Errorf("%s: a table without headers", path)
				}
			}
		}
		if heads != 1 {
			t.Errorf("%s: %d first headings", path, heads)
		}
		for _, name := range names {
			if name != "" && !ids[name] {
				t.Errorf("%s: nothing has the ID %s", path, name)
			}
		}
	}
}

// relation is an element's rel.
func relation(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "rel" {
			return a.Val
		}
	}
	return ""
}

func render(t testing.TB, n *html.Node) string {
	t.Helper()
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSearchPage(t *testing.T) {
	shelf := keep(t, "harbour", "council", "foreign")
	h := serve(t, shelf)

	// The sentence with its marks, who, when by what, which outlet, where it is.
	got := get(t, h, "/search?q="+url.QueryEscape(`by:lindqvist "sea wall"`))
	got.want(t, http.StatusOK,
		`value="&#34;sea wall&#34; by:lindqvist"`, "1 statement, newest first",
		`title="source"><span class="vh">source: </span>Ada Lindqvist, who runs the port of Sandholm,`,
		`title="cue"><span class="vh">cue: </span>denied`,
		`title="content"><span class="vh">content: </span>that her office had hidden a report`,
		`<span class="row-when">published <time datetime="2031-03-04T09:30:00&#43;01:00">4 March 2031</time>`, "The Sandholm Courier",
		`href="`+articleAddress(shelf.article("harbour"), shelf.statement("harbour", 2))+`"`, "almost certain", "0.97")
	got.wantNot(t, "There is no money", "hiding cracks in sea wall</span>") // another's words, a headline that repeats

	// Undated statements are counted, and an empty answer says what was searched.
	get(t, h, "/search?q=zebra").want(t, http.StatusOK, "Nothing on record matches", "in 3 articles, 1 of them foreign", "Search also weak findings")
	get(t, serve(t, keep(t)), "/").want(t, http.StatusOK, "The record is empty")

	// A search that is off says where, and stays in the box.
	get(t, h, "/search?q="+url.QueryEscape("wall since:soon")).want(t, http.StatusBadRequest,
		`value="wall since:soon"`, `<bdi>wall since:</bdi>`, `<bdi class="off">soon</bdi>`, "(column 12)")
	get(t, h, "/search?limit=0").want(t, http.StatusBadRequest, "want a number from 1 to 500")
	get(t, h, "/search?after=nonsense").want(t, http.StatusBadRequest)

	// Values beside the box say the same as operators in it.
	get(t, h, "/search?by=lindqvist&since=2031&quoted=direct").want(t, http.StatusOK, `value="by:lindqvist since:2031 quoted:direct"`, "every page the day it reached us")
	get(t, h, "/search?about="+url.QueryEscape(`"sea wall"`)).want(t, http.StatusOK, `value="&#34;sea wall&#34;"`)
}

func TestPaging(t *testing.T) {
	h := serve(t, keep(t, "harbour", "council"))
	seen, path := 0, "/search?q=order%3Aoldest&limit=4"
	for page := 0; path != ""; page++ {
		got := get(t, h, path)
		got.want(t, http.StatusOK)
		seen += strings.Count(got.Body, `<li class="row`)
		if (page > 0) != strings.Contains(got.Body, "first page") {
			t.Errorf("page %d: link to the first page", page)
		}
		_, rest, more := strings.Cut(got.Body, `rel="next"`)
		path = ""
		if more {
			before, _, _ := strings.Cut(got.Body, `" rel="next"`)
			path = html.UnescapeString(before[strings.LastIndex(before, `href="`)+len(`href="`):])
			if !strings.HasPrefix(rest, ">newer") {
				t.Errorf("the next page of the oldest first is called %.20q", rest)
			}
		}
	}
	if seen != 9 { // 7 of one article without its headline, 2 of another without a weak one
		t.Errorf("%d statements on all pages", seen)
	}
}

func TestArticlePage(t *testing.T) {
	shelf := keep(t, "harbour", "council", "foreign")
	h := serve(t, shelf)
	got := get(t, h, articleAddress(shelf.article("harbour"), ""))
	got.want(t, http.StatusOK, "7 statements", "Mira Holt", "SANDHOLM -",
		// The inner statement stands in the outer content, deeper, under its own anchor.
		`class="m source d1 opens closes" id="`+string(shelf.statement("harbour", 5))+`"`, `class="m content d1 opens closes"`,
		`id="`+string(shelf.statement("harbour", 2))+`"`, `class="m source d0 opens closes weak"`,
		shelf.record("harbour", 2).Revision.String(), "read by read.v1", "english.v0 said.v1", "<code>clause.that</code>", "characters ", "refused to say")

	// Weak findings are counted and shown on request.
	council := articleAddress(shelf.article("council"), "")
	got = get(t, h, council)
	got.want(t, http.StatusOK, "1 weak one not shown", "told the meeting")
	got.wantNot(t, `unlikely <span`)
	get(t, h, council+"?all=1").want(t, http.StatusOK, `unlikely <span class="num">0.20`)

	// Foreign text carries its language and says that it was not analysed.
	get(t, h, articleAddress(shelf.article("foreign"), "")).want(t, http.StatusOK, `lang="nb"`, "not analysed as English", "publication date unknown")
}

// Text from outside is text: nothing in it is markup, and what turns the reading
// direction ends where it stands.
func TestHostileText(t *testing.T) {
	shelf := keep(t, "hostile")
	h := serve(t, shelf)
	for _, path := range []string{
		"/", "/articles", "/speakers", "/map", articleAddress(shelf.article("hostile"), ""),
		statementAddress(shelf.statement("hostile", 1)), speakerAddress(shelf.record("hostile", 1).Speaker),
		"/search?q=" + url.QueryEscape(`"><script>alert(2)</script>`), "/search?q=" + url.QueryEscape(`since:<script>alert(3)</script>`),
		"/article/<script>alert(4)</script>", "/<script>alert(5)</script>",
	} {
		got := get(t, h, strings.ReplaceAll(path, "<", "%3C"))
		root, err := html.Parse(strings.NewReader(got.Body))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			switch {
			case n.Type != html.ElementNode:
			case n.Data == "script" && (n.FirstChild != nil || len(n.Attr) != 2), n.Data == "img", n.Data == "i", n.Data == "b":
				t.Errorf("%s: %s", path, render(t, n))
			}
		}
		for n := range root.Descendants() {
			if n.Type == html.TextNode && strings.Contains(n.Data, "\u202e") && !isolated(n) {
				t.Errorf("%s: a turned direction is not isolated in <%s>", path, n.Parent.Data)
			}
		}
	}
	get(t, h, articleAddress(shelf.article("hostile"), "")).want(t, http.StatusOK, `<p dir="auto">`, "&lt;script&gt;alert(&#34;content&#34;)&lt;/script&gt;")
}

// isolated reports whether an element around a text keeps its direction inside.
func isolated(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == "bdi" || p.Data == "title" {
			return true
		}
		for _, a := range p.Attr {
			if a.Key == "dir" && a.Val == "auto" {
				return true
			}
		}
	}
	return false
}

func TestStatementPage(t *testing.T) {
	shelf := keep(t, "harbour")
	id := shelf.statement("harbour", 5)
	got := get(t, serve(t, shelf), statementAddress(id))
	got.want(t, http.StatusOK, string(id), "two inspectors", "had warned", "depth 1, body", "Nobody has reviewed", `name="content"`, "Save the correction")
	got = get(t, serve(t, shelf, func(o *Options) { o.Writable = false }), statementAddress(id))
	got.want(t, http.StatusOK)
	got.wantNot(t, "Save the correction", "Right<kbd>")
}

func TestSpeakerPages(t *testing.T) {
	h := serve(t, keep(t, "harbour", "council"))
	got := get(t, h, "/speaker/ada-lindqvist")
	got.want(t, http.StatusOK, "<bdi>Ada Lindqvist</bdi>", "March 2031", "November 2030", "The Sandholm Courier", "Island Wire", "Lindqvist", "first 18 November 2030, last 4 March 2031")
	if strings.Index(got.Body, "March 2031</h2>") > strings.Index(got.Body, "November 2030</h2>") {
		t.Error("the newest month is not first")
	}
	oldest := get(t, h, "/speaker/ada-lindqvist?order=oldest")
	if strings.Index(oldest.Body, "March 2031</h2>") < strings.Index(oldest.Body, "November 2030</h2>") {
		t.Error("the oldest month is not first")
	}
	get(t, h, "/speakers").want(t, http.StatusOK, "Tomas Brekke", `href="/speaker/per-aas"`)
	got = get(t, h, "/speakers?prefix=ada")
	got.want(t, http.StatusOK, "Ada Lindqvist")
	got.wantNot(t, "Tomas Brekke")
	get(t, h, "/speakers?prefix=zzz").want(t, http.StatusOK, "No speaker whose name begins with")
}

// What is not there, and what is there no more, say so to people and programs.
func TestNothingHere(t *testing.T) {
	shelf := keep(t, "harbour", "council")
	h := serve(t, shelf)
	if err := shelf.Forget(t.Context(), shelf.article("council"), "Nora Berg", "asked to"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{
		"/article/a-0000000000000": 404, "/article/nonsense": 400, "/statement/s-0000000000000": 404, "/speaker/nobody": 404, "/nowhere": 404,
		articleAddress(shelf.article("council"), ""): 410, statementAddress(shelf.statement("council", 1)): 410,
	} {
		get(t, h, path).want(t, want, `<div class="notice" role="alert">`)
		got := get(t, h, path+".json")
		got.want(t, want, `"status": `)
		if ct := got.Header.Get("Content-Type"); ct != "application/problem+json" {
			t.Errorf("%s.json: %s", path, ct)
		}
	}
	get(t, h, articleAddress(shelf.article("council"), "")).want(t, 410, "This was forgotten")
}

// A page that the reader has is not sent again, until something on it changes.
func TestETag(t *testing.T) {
	shelf := keep(t, "harbour")
	h := serve(t, shelf)
	page := articleAddress(shelf.article("harbour"), "")
	for path, toward := range map[string]onrecord.Toward{page: onrecord.Asks, page + ".json": onrecord.Opposes} {
		tag := get(t, h, path).Header.Get("ETag")
		if tag == "" {
			t.Fatal("no ETag")
		}
		got := get(t, h, path, header("If-None-Match", `"other", W/`+tag))
		if got.StatusCode != http.StatusNotModified || got.Body != "" {
			t.Errorf("%s: %d, %d bytes", path, got.StatusCode, len(got.Body))
		}
		if _, err := shelf.Mark(t.Context(), onrecord.Review{
			Target: shelf.statement("harbour", 2), Verdict: onrecord.Edit, Changes: []onrecord.Change{{Field: ledger.TowardField, Value: string(toward)}},
		}); err != nil {
			t.Fatal(err)
		}
		get(t, h, path, header("If-None-Match", tag)).want(t, http.StatusOK)
	}
}

// A search in time leaves undated statements out, and says how many.
func TestUndated(t *testing.T) {
	shelf := keep(t, "harbour")
	doc := tale(t, "council")
	doc.Revision.Published = onrecord.Date{}
	if kept, err := shelf.Keep(t.Context(), doc); err != nil || kept[0].Err != nil {
		t.Fatal(err, kept)
	}
	h := serve(t, shelf)
	got := get(t, h, "/search?q=by%3Alindqvist+since%3A2031-03")
	got.want(t, http.StatusOK, "2 statements, newest first", "1 matching statement without a date of its own left out", `<a href="/search?q=by%3Alindqvist">search any date</a>`)
	get(t, h, "/search?q=by%3Alindqvist").want(t, http.StatusOK, "3 statements", `<span class="row-when">retrieved `)
	if list := decode[statementList](t, get(t, h, "/search.json?q=by%3Alindqvist+since%3A2031-03").Body); list.Undated != 1 || len(list.Statements) != 2 {
		t.Errorf("%d undated beside %d", list.Undated, len(list.Statements))
	}
}

// When an article's text changes, its page shows the new one, keeps the earlier
// ones named, and lists apart what stands in the text no more.
func TestChangedText(t *testing.T) {
	shelf := keep(t, "harbour")
	before := tale(t, "harbour")
	after := tale(t, "council")
	after.Revision.Path, after.Revision.URL, after.Capture.Address = "", before.Revision.URL, before.Capture.Address
	kept, err := shelf.Keep(t.Context(), after)
	if err != nil || kept[0].Err != nil || kept[0].Article != shelf.article("harbour") {
		t.Fatal(err, kept)
	}
	h := serve(t, shelf)
	got := get(t, h, articleAddress(shelf.article("harbour"), ""))
	got.want(t, http.StatusOK, "Council puts off vote", "Earlier texts", before.Revision.Hash().String(),
		"Not in this text any more", "no longer found by", "that her office had hidden a report")
	if body, apart, _ := strings.Cut(got.Body, "Not in this text any more"); strings.Contains(body, "hidden a report") || !strings.Contains(apart, "hidden a report") {
		t.Error("what was in the earlier text is shown in the new one")
	}
	get(t, h, statementAddress(shelf.statement("harbour", 2))).want(t, http.StatusOK, "no longer found by", "that her office had hidden a report")
	got = get(t, h, "/search?q=hidden")
	got.want(t, http.StatusOK, "Nothing on record matches")
	get(t, h, "/search?q=hidden+also%3Agone").want(t, http.StatusOK, "no longer found by")
}

// What an outlet changed is shown sentence by sentence, with the statements that
// went.
func TestChangesPage(t *testing.T) {
	shelf := keep(t, "harbour")
	address := articleAddress(shelf.article("harbour"), "") + "/changes"
	h := serve(t, shelf)
	get(t, h, address).want(t, http.StatusOK, "Only one text of this article is kept")
	after := tale(t, "harbour")
	gone := after.Analysis.Sentences[2]
	words := gone.In(after.Revision.Text)
	var stand []onrecord.Statement
	for _, st := range after.Analysis.Statements {
		if hull := onrecord.Hull(st.Spans()...); hull.End <= gone.Start {
			stand = append(stand, st)
		}
	}
	if len(stand) == len(after.Analysis.Statements) {
		t.Fatal("no statement stands in or behind the sentence that goes")
	}
	after.Analysis.Statements, after.Analysis.Entities, after.Analysis.Links = stand, nil, nil
	after.Analysis.Sentences = after.Analysis.Sentences[:2]
	after.Revision.Text = strings.TrimSpace(after.Revision.Text[:gone.Start])
	after.Revision.Zones, after.Revision.Dateline = nil, nil
	after.Capture.Bytes = []byte(after.Revision.Text)
	after.Revision.Capture = after.Capture.Hash()
	kept, err := shelf.Keep(t.Context(), after)
	if err != nil || kept[0].Err != nil || kept[0].Status != ledger.NewRevision {
		t.Fatal(err, kept)
	}
	get(t, h, address).want(t, http.StatusOK, "<del>"+html.EscapeString(words)+"</del>", "Gone with it:", "with the newest", "unchanged")
	d := decode[changesData](t, get(t, h, address+".json").Body)
	if len(d.Edits) == 0 || d.Edits[0].Kind != ledger.SentenceRemoved || d.Edits[0].Before != words || len(d.Edits[0].Statements) == 0 {
		t.Errorf("%+v", d)
	}
	get(t, h, address+"?from="+onrecord.HashOf("never").String()).want(t, http.StatusNotFound)
}

// An article of thousands of statements keeps its page readable: evidence is one
// step away, on the statements' own pages.
func TestLongArticle(t *testing.T) {
	shelf := keep(t)
	doc := tale(t, "council")
	var many []onrecord.Statement
	for i := range briefAbove + 1 {
		st := doc.Analysis.Statements[i%2]
		st.ID = onrecord.ID(fmt.Sprintf("S%d", i+1))
		many = append(many, st)
	}
	doc.Analysis.Statements, doc.Analysis.Links = many, nil
	kept, err := shelf.Keep(t.Context(), doc)
	if err != nil || kept[0].Err != nil {
		t.Fatal(err, kept)
	}
	got := get(t, serve(t, shelf), articleAddress(kept[0].Article, ""))
	got.want(t, http.StatusOK, "evidence has a page of its own", `href="`+statementAddress(kept[0].Statements[9])+`" data-open`)
	got.wantNot(t, `id="e-s-`)
	if each := len(got.Body) / len(many); each > 2000 {
		t.Errorf("%d bytes a statement", each)
	}
}

// BenchmarkPages makes the two pages that are asked for most.
func BenchmarkPages(b *testing.B) {
	shelf := keep(b, "harbour", "council")
	h := serve(b, shelf)
	for name, path := range map[string]string{"search": "/search", "article": articleAddress(shelf.article("harbour"), "")} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if got := get(b, h, path); got.StatusCode != http.StatusOK {
					b.Fatal(got.StatusCode)
				}
			}
		})
	}
}
