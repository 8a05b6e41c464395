package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/wire"
)

func decode[T any](t testing.TB, body string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v in %.300s", err, body)
	}
	return v
}

func rowsOfCSV(t testing.TB, a answer) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(a.Body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// The same address gives the same statements in every format, in the same order.
func TestSameInEveryFormat(t *testing.T) {
	shelf := keep(t, "harbour", "council", "hostile", "foreign")
	h := serve(t, shelf)
	for _, address := range []string{"/search?q=wall", "/search?q=by%3Alindqvist&limit=2", "/speaker/ada-lindqvist?order=oldest"} {
		path, query, _ := strings.Cut(address, "?")
		query = "?" + query
		var ids [3][]string
		asJSON := get(t, h, path+".json"+query)
		asJSON.want(t, http.StatusOK)
		list := decode[statementList](t, asJSON.Body)
		for _, s := range list.Statements {
			ids[0] = append(ids[0], string(s.ID))
		}
		rows := rowsOfCSV(t, get(t, h, path+".csv"+query))
		if d := cmp.Diff(wire.CSVHeader(), rows[0]); d != "" {
			t.Errorf("%s.csv: header\n%s", path, d)
		}
		for _, row := range rows[1:] {
			ids[1] = append(ids[1], row[0])
		}
		for line := range strings.Lines(get(t, h, path+".jsonl"+query).Body) {
			ids[2] = append(ids[2], string(decode[wire.Statement](t, line).ID))
		}
		page := get(t, h, path+query).Body
		if len(ids[0]) == 0 || !cmp.Equal(ids[0], ids[1]) || !cmp.Equal(ids[0], ids[2]) {
			t.Errorf("%s%s: %v", path, query, ids)
		}
		for _, id := range ids[0] {
			if !strings.Contains(page, `<li class="row" id="`+id) && !strings.Contains(page, `<li class="row faint" id="`+id) {
				t.Errorf("%s%s: %s is not on the page", path, query, id)
			}
		}
		if n := strings.Count(page, `<li class="row`); n != len(ids[0]) {
			t.Errorf("%s%s: %d on the page, %d as data", path, query, n, len(ids[0]))
		}
	}
}

// A list that goes on says where, in the body and in a Link header; limit=all
// gives everything in one answer.
func TestDataPaging(t *testing.T) {
	h := serve(t, keep(t, "harbour", "council"))
	seen, path := 0, "/search.json?limit=4"
	for path != "" {
		got := get(t, h, path)
		got.want(t, http.StatusOK)
		list := decode[statementList](t, got.Body)
		seen += len(list.Statements)
		path = list.Next
		if link := got.Header.Get("Link"); (path != "") != strings.Contains(link, `rel="next"`) || !strings.Contains(link, path) {
			t.Errorf("next %q, link %q", path, link)
		}
	}
	if seen != 9 {
		t.Errorf("%d statements on all pages", seen)
	}
	if rows := rowsOfCSV(t, get(t, h, "/search.csv?limit=all")); len(rows) != 10 {
		t.Errorf("%d rows with the header", len(rows))
	}
	if n := strings.Count(get(t, h, "/search.jsonl?limit=all").Body, "\n"); n != 9 {
		t.Errorf("%d lines", n)
	}
	get(t, h, "/search.json?limit=all").want(t, http.StatusBadRequest, `"code": "invalid"`)
	get(t, h, "/search?limit=all").want(t, http.StatusBadRequest)
}

// Everything is streamed page by page.
func TestStreamOfManyPages(t *testing.T) {
	shelf := keep(t)
	doc := tale(t, "council")
	var many []onrecord.Statement
	for i := range rowsMost + 7 {
		st := doc.Analysis.Statements[i%2]
		st.ID = onrecord.ID(fmt.Sprintf("S%d", i+1))
		many = append(many, st)
	}
	doc.Analysis.Statements, doc.Analysis.Links = many, nil
	if kept, err := shelf.Keep(t.Context(), doc); err != nil || kept[0].Err != nil {
		t.Fatal(err, kept)
	}
	h := serve(t, shelf)
	if rows := rowsOfCSV(t, get(t, h, "/search.csv?limit=all")); len(rows) != rowsMost+8 {
		t.Errorf("%d rows with the header", len(rows))
	}
}

func TestArticleData(t *testing.T) {
	shelf := keep(t, "harbour", "council")
	h := serve(t, shelf)
	got := get(t, h, articleAddress(shelf.article("harbour"), "")+".json")
	got.want(t, http.StatusOK)
	doc := decode[wire.Document](t, got.Body)
	if doc.Schema != wire.Schema || doc.Document.ArticleID != shelf.article("harbour") || len(doc.Statements) != 8 {
		t.Errorf("%+v", doc.Document)
	}
	if rows := rowsOfCSV(t, get(t, h, articleAddress(shelf.article("harbour"), "")+".csv")); len(rows) != 9 {
		t.Errorf("%d rows", len(rows))
	}
	one := decode[wire.Statement](t, get(t, h, statementAddress(shelf.statement("harbour", 5))+".json").Body)
	if one.ID != shelf.statement("harbour", 5) || one.Source.Text != "two inspectors" {
		t.Errorf("%+v", one)
	}

	list := decode[articleList](t, get(t, h, "/articles.json").Body)
	if len(list.Articles) != 2 || list.Articles[0].Title != "Harbour chief denies hiding cracks in sea wall" || list.Articles[0].Statements != 7 {
		t.Errorf("%+v", list)
	}
	if rows := rowsOfCSV(t, get(t, h, "/articles.csv?limit=all")); len(rows) != 3 || rows[0][0] != "id" {
		t.Errorf("%v", rows)
	}
	if n := strings.Count(get(t, h, "/articles.jsonl").Body, "\n"); n != 2 {
		t.Errorf("%d lines", n)
	}
	speakers := decode[speakerList](t, get(t, h, "/speakers.json?prefix=ada").Body)
	if len(speakers.Speakers) != 1 || speakers.Speakers[0].Key != "ada-lindqvist" || speakers.Speakers[0].First.String() != "2030-11-18" {
		t.Errorf("%+v", speakers)
	}
	if rows := rowsOfCSV(t, get(t, h, "/speakers.csv")); len(rows) < 5 || rows[0][0] != "key" {
		t.Errorf("%v", rows)
	}
}

// A search that is off is a problem with its column.
func TestProblem(t *testing.T) {
	got := get(t, serve(t, keep(t)), "/search.csv?q=wall+since%3Asoon")
	got.want(t, http.StatusBadRequest)
	p := decode[problem](t, got.Body)
	if got.Header.Get("Content-Type") != "application/problem+json" || p.Status != http.StatusBadRequest || p.Code != "invalid" || p.Column != 12 || p.Title != "Bad Request" || !strings.Contains(p.Detail, "soon") {
		t.Errorf("%+v", p)
	}
}

func TestCell(t *testing.T) {
	for words, want := range map[string]string{"": "", "Ada": "Ada", "=1+1": "'=1+1", "@x": "'@x", "-1": "'-1", "+1": "'+1"} {
		if got := cell(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestWithFormat(t *testing.T) {
	for address, want := range map[string]string{
		"/":                           "/search.csv",
		"/search?q=a%22b&after=x":     "/search.csv?q=a%22b&after=x",
		"/article/a-1":                "/article/a-1.csv",
		"/speaker/%D8%A7?order=x":     "/speaker/%D8%A7.csv?order=x",
		"/speaker/e%3Cimg-src=x%3E?a": "/speaker/e%3Cimg-src=x%3E.csv?a",
	} {
		if got := withFormat(address, ".csv"); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// Every name is reached, page after page, as a page and as data.
func TestSpeakersComeInPages(t *testing.T) {
	h := serve(t, keep(t, "harbour", "council"))
	all := strings.Count(get(t, h, "/speakers.jsonl").Body, "\n")
	if all < 5 {
		t.Fatalf("%d speakers, too few to page through", all)
	}
	seen := map[string]bool{}
	for address := "/speakers.json?limit=2"; address != ""; {
		var list speakerList
		if err := json.Unmarshal([]byte(get(t, h, address).Body), &list); err != nil {
			t.Fatal(err)
		}
		for _, sp := range list.Speakers {
			if seen[sp.Key] {
				t.Errorf("%s twice", sp.Key)
			}
			seen[sp.Key] = true
		}
		address = list.Next
	}
	if len(seen) != all {
		t.Errorf("%d speakers in pages of two, %d in one", len(seen), all)
	}
	if n := strings.Count(get(t, h, "/speakers.csv?limit=all").Body, "\r\n"); n != all+1 {
		t.Errorf("%d lines of CSV, want %d and a header", n, all)
	}
	get(t, h, "/speakers?limit=2").want(t, http.StatusOK, "fewer statements →", "after=")
	get(t, h, "/speakers?after=nonsense").want(t, http.StatusBadRequest)
}
