package web

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/roster"
)

// Two names wait, are joined on the page, and parted again.
func TestNamesAreJoinedOnThePage(t *testing.T) {
	shelf := keep(t, "harbour", "council")
	base, err := roster.Open()
	if err != nil {
		t.Fatal(err)
	}
	h := serve(t, shelf, func(o *Options) { o.Roster = base })
	if _, err := shelf.Tie(t.Context(), ledger.Tie{A: "ada-lindqvist", B: "tomas-brekke", Verdict: ledger.Doubtful, Confidence: 0.4, Rule: "made up"}); err != nil {
		t.Fatal(err)
	}
	get(t, h, "/doubts").want(t, http.StatusOK, "Ada Lindqvist", "Tomas Brekke", "made up", "0.40", "two inspectors", "One speaker")
	get(t, h, "/doubts.json").want(t, http.StatusOK, `"verdict":"doubtful"`, `"key":"tomas-brekke"`)
	get(t, h, "/speaker/ada-lindqvist").want(t, http.StatusOK, "Names: what is one and what is not", "doubtful")

	post(t, h, "/speaker/ada-lindqvist/tie", url.Values{"with": {"Tomas Brekke"}, "verdict": {"joined"}, "why": {"a slip of the page"}, "back": {"/doubts"}}).want(t, http.StatusSeeOther)
	get(t, h, "/doubts").want(t, http.StatusOK, "No two names wait")
	page := get(t, h, "/speaker/tomas-brekke")
	page.want(t, http.StatusOK, "joined", "Nora Berg", "a slip of the page", "Tomas Brekke</bdi> <span class=\"num\">1</span>")
	ties, err := shelf.Ties(t.Context(), ledger.TieQuery{Key: "tomas-brekke"})
	if err != nil || len(ties) != 1 || ties[0].By != "Nora Berg" {
		t.Fatalf("%+v, %v", ties, err)
	}
	post(t, h, "/untie/"+string(ties[0].ID), nil).want(t, http.StatusSeeOther)
	get(t, h, "/speaker/tomas-brekke").wantNot(t, "a slip of the page")

	post(t, h, "/speaker/ada-lindqvist/tie", url.Values{"with": {"Nobody"}, "verdict": {"joined"}}).want(t, http.StatusNotFound)
	post(t, h, "/speaker/ada-lindqvist/tie", url.Values{"with": {"?"}, "verdict": {"joined"}}).want(t, http.StatusBadRequest, "no other name")
	post(t, h, "/speaker/ada-lindqvist/tie", url.Values{"with": {"Tomas Brekke"}, "verdict": {"married"}}).want(t, http.StatusBadRequest, "joined or parted")
}
