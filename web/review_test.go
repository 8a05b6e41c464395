package web

import (
	"maps"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

func post(t testing.TB, h http.Handler, target string, form url.Values, change ...func(*http.Request)) answer {
	t.Helper()
	return ask(t, h, http.MethodPost, target, form, change...)
}

func TestMarkAndUndo(t *testing.T) {
	shelf := keep(t, "harbour")
	h := serve(t, shelf)
	page, id := articleAddress(shelf.article("harbour"), ""), shelf.statement("harbour", 2)

	got := post(t, h, statementAddress(id)+"/mark", url.Values{"verdict": {"wrong"}, "why": {"he said it of another"}, "back": {page + "#n-" + string(id)}})
	got.want(t, http.StatusSeeOther)
	if to := got.Header.Get("Location"); to != page+"#n-"+string(id) {
		t.Errorf("leads to %s", to)
	}
	rec := shelf.record("harbour", 2)
	if rec.Verdict != onrecord.Wrong || rec.Reviews[0].By != "Nora Berg" || rec.Reviews[0].Why != "he said it of another" || rec.Reviews[0].At.IsZero() {
		t.Fatalf("kept %+v", rec.Reviews)
	}
	// It shows at once, in the article and in no search.
	get(t, h, page).want(t, http.StatusOK, "marked wrong", "by <bdi>Nora Berg</bdi>", "he said it of another", `value="wrong" data-key="n" aria-keyshortcuts="n" aria-pressed="true"`, "d0 opens closes wrong")
	get(t, h, "/search?q=hidden").want(t, http.StatusOK, "Nothing on record matches")
	get(t, h, "/search?q=hidden+also%3Awrong").want(t, http.StatusOK, "marked wrong")

	post(t, h, "/undo/"+string(rec.Reviews[0].ID), url.Values{"back": {page}}).want(t, http.StatusSeeOther)
	rec = shelf.record("harbour", 2)
	if rec.Verdict != "" || !rec.Reviews[0].Undone() || rec.Reviews[0].UndoneBy != "Nora Berg" {
		t.Errorf("after undoing %+v", rec.Reviews)
	}
	get(t, h, statementAddress(id)).want(t, http.StatusOK, "undone by <bdi>Nora Berg</bdi>")
	post(t, h, "/undo/"+string(rec.Reviews[0].ID), nil).want(t, http.StatusBadRequest, "undone already")

	post(t, h, statementAddress(id)+"/mark", url.Values{"verdict": {"edit"}}).want(t, http.StatusBadRequest, "right or wrong")
	post(t, h, "/statement/s-0000000000000/mark", url.Values{"verdict": {"right"}}).want(t, http.StatusNotFound)
}

// formOf is the edit form as a browser sends it when nothing is changed.
func formOf(rec ledger.Record) url.Values {
	r, form := rowOf(rec), url.Values{}
	for _, f := range editFields(&r) {
		form.Set(f.Name, f.Value)
	}
	for _, c := range editChoices(&r) {
		form.Set(c.Name, c.Value)
	}
	return form
}

// An edit keeps what differs from the form and nothing else.
func TestEdit(t *testing.T) {
	shelf := keep(t, "harbour", "council")
	h := serve(t, shelf)
	edit := func(story string, number int, change url.Values) answer {
		form := formOf(shelf.record(story, number))
		maps.Copy(form, change)
		return post(t, h, statementAddress(shelf.statement(story, number))+"/edit", form)
	}

	edit("harbour", 2, nil).want(t, http.StatusBadRequest, "nothing was changed")
	edit("harbour", 2, url.Values{"content": {"words that are nowhere"}}).want(t, http.StatusBadRequest, "does not stand in the article")
	edit("harbour", 2, url.Values{"content": {""}}).want(t, http.StatusBadRequest)
	edit("harbour", 2, url.Values{"said_at": {"soon"}}).want(t, http.StatusBadRequest)
	if n := len(shelf.record("harbour", 2).Reviews); n != 0 {
		t.Fatalf("%d reviews kept of edits that were refused", n)
	}

	edit("harbour", 2, url.Values{
		"source": {"Ada Lindqvist"}, "speaker": {"Ada M. Lindqvist"}, "toward": {"affirms"}, "said_at": {"2031-03-04"}, "why": {"shorter"},
	}).want(t, http.StatusSeeOther)
	rec := shelf.record("harbour", 2)
	if rec.Texts.Source != "Ada Lindqvist" || rec.Speaker.Name != "Ada M. Lindqvist" || rec.Statement.Toward != onrecord.Affirms ||
		rec.When.String() != "2031-03-04" || rec.WhenBasis != ledger.WhenSaid || rec.Reviews[0].Why != "shorter" {
		t.Errorf("after the edit: %+v, %+v", rec.Texts, rec.Reviews)
	}
	var fields []string
	for _, c := range rec.Reviews[0].Changes {
		fields = append(fields, c.Field)
	}
	if d := cmp.Diff([]string{"source", "speaker", "toward", "said_at"}, fields); d != "" {
		t.Error(d)
	}
	get(t, h, articleAddress(shelf.article("harbour"), "")).want(t, http.StatusOK, "edited", "Ada M. Lindqvist")

	// Line ends come as the browser has them; words are found all the same.
	edit("council", 2, url.Values{"content": {"the port would pay for\r\na second opinion"}}).want(t, http.StatusSeeOther)
	if c := shelf.record("council", 2).Texts.Content; c != "the port would pay for\na second opinion" {
		t.Errorf("content %q", c)
	}
	// Words that stand in several places are asked for, with the places.
	edit("harbour", 8, url.Values{"addressee": {"Lindqvist"}}).want(t, http.StatusBadRequest, "stands in 2 places", "say where it begins", "@63 (", "@268 (")
	edit("harbour", 8, url.Values{"addressee": {"Lindqvist @268"}}).want(t, http.StatusSeeOther)
	if rec := shelf.record("harbour", 8); rec.Texts.Addressee != "Lindqvist" || rec.Statement.Addressee[0].Start < 268 {
		t.Errorf("addressee %q at %v", rec.Texts.Addressee, rec.Statement.Addressee)
	}
	// Words in two pieces.
	edit("harbour", 3, url.Values{"content": {"We published every page … has not looked"}}).want(t, http.StatusSeeOther)
	if spans := shelf.record("harbour", 3).Statement.Content.Spans; len(spans) != 2 {
		t.Errorf("content in %d pieces", len(spans))
	}
}

func TestDescribe(t *testing.T) {
	shelf := keep(t, "foreign")
	h := serve(t, shelf)
	page := articleAddress(shelf.article("foreign"), "")
	form := url.Values{"published": {""}, "publisher": {"Kystavisen"}, "title": {"Havnesjefen avviser kritikken"}}
	post(t, h, page+"/describe", form).want(t, http.StatusBadRequest, "nothing was changed")
	form.Set("published", "2031-03")
	form.Set("why", "the printed issue")
	post(t, h, page+"/describe", form).want(t, http.StatusSeeOther)
	get(t, h, page).want(t, http.StatusOK, `<time datetime="2031-03">March 2031</time>`, "Corrections of this article", "<td><bdi>Nora Berg</bdi></td>", "the printed issue", `<a href="#corrections">corrected by <bdi>Nora Berg</bdi>`)
	form.Set("published", "soon")
	post(t, h, page+"/describe", form).want(t, http.StatusBadRequest)
}

func TestReadOnly(t *testing.T) {
	shelf := keep(t, "harbour")
	h := serve(t, shelf, func(o *Options) { o.Writable = false })
	at := statementAddress(shelf.statement("harbour", 2))
	for _, path := range []string{at + "/mark", at + "/edit", articleAddress(shelf.article("harbour"), "") + "/describe", "/undo/" + string(shelf.statement("harbour", 2))} {
		post(t, h, path, url.Values{"verdict": {"right"}}).want(t, http.StatusForbidden, "takes no corrections")
	}
	if n := len(shelf.record("harbour", 2).Reviews); n != 0 {
		t.Errorf("%d reviews kept", n)
	}
}

// A reader's name signs what the reader corrects.
func TestSignature(t *testing.T) {
	shelf := keep(t, "harbour")
	h := serve(t, shelf)
	got := post(t, h, "/name", url.Values{"name": {"  Åse \n Vik; x=y "}, "back": {"//evil.example"}})
	got.want(t, http.StatusSeeOther)
	if to := got.Header.Get("Location"); to != "/" {
		t.Errorf("leads to %s", to)
	}
	c := got.Cookies()[0]
	signed := func(r *http.Request) { r.AddCookie(c) }
	get(t, h, "/", signed).want(t, http.StatusOK, `value="Åse Vik; x=y"`)
	post(t, h, statementAddress(shelf.statement("harbour", 2))+"/mark", url.Values{"verdict": {"right"}}, signed).want(t, http.StatusSeeOther)
	if by := shelf.record("harbour", 2).Reviews[0].By; by != "Åse Vik; x=y" {
		t.Errorf("signed %q", by)
	}
}
