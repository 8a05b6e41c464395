package web

import (
	"fmt"
	"net/http"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/roster"
)

// statementView is a statement's permanent page.
type statementView struct {
	row
	Known   *known   // whom the roster knows the speaker as, at the article's date
	Fields  []field  // of the edit form
	Choices []choice // of the edit form
}

// known is somebody of the roster with the evidence.
type known struct {
	roster.Match
	Of string // whose office it is
}

// knownAs is whom the words for a source mean at a date, where that is sure.
func (s *site) knownAs(rec *ledger.Record) *known {
	if s.opt.Roster == nil {
		return nil
	}
	phrases := []string{rec.Speaker.Name}
	if f := rec.Statement.Source.Form; (f == onrecord.Named || f == onrecord.RoleForm) && rec.Texts.Source != rec.Speaker.Name {
		phrases = append(phrases, rec.Texts.Source)
	}
	m, ok := s.opt.Roster.Meant(phrases, rec.Speaker.Kind, rec.Article.Published)
	if !ok {
		return nil
	}
	k := &known{Match: m}
	if of, ok := s.opt.Roster.Actor(m.Office.Of); ok {
		k.Of = of.Name
	}
	return k
}

// field is one part of a statement that an edit can give other words.
type field struct {
	Name, Label, Value, Hint string
	Rows                     int
}

// choice is one property of a statement that an edit can set.
type choice struct {
	Name, Label, Value string
	Options            []string
}

func (s *site) statement(w http.ResponseWriter, r *http.Request) {
	name, format := dataFormat(r.PathValue("id"))
	rec, err := s.store.Statement(r.Context(), onrecord.ID(name))
	if err != nil {
		s.fail(w, r, fmt.Errorf("statement %s: %w", name, err))
		return
	}
	if format != asPage {
		s.statementData(w, r, &rec, format)
		return
	}
	v := statementView{row: rowOf(rec), Known: s.knownAs(&rec)}
	v.Fields, v.Choices = editFields(&v.row), editChoices(&v.row)
	title := v.Who
	if title == "" {
		title = "Statement"
	}
	if rec.Texts.Cue != "" {
		title += " " + rec.Texts.Cue
	}
	s.page(w, r, "statement", page{Title: title, Formats: true, Main: v})
}

func editFields(r *row) []field {
	t := &r.Texts
	return []field{
		{ledger.SourceField, "Source", t.Source, "who is said to have said it, in the article's words", 1},
		{ledger.CueField, "Cue", t.Cue, "the words that attribute it", 1},
		{ledger.ContentField, "Content", t.Content, "what is attributed; pieces are joined by " + onrecord.Ellipsis, 3},
		{ledger.AddresseeField, "Addressee", t.Addressee, "", 1},
		{ledger.MediumField, "Medium", t.Medium, "", 1},
		{ledger.OccasionField, "Occasion", t.Occasion, "", 1},
		{ledger.SpeakerField, "Speaker", r.Speaker.Name, "the name of who spoke; not words of the article", 1},
	}
}

func editChoices(r *row) []choice {
	st := &r.Statement
	saidAt := ""
	if st.SaidAt != nil {
		saidAt = st.SaidAt.From.String()
	}
	return []choice{
		{ledger.TowardField, "Stands to it", string(st.Toward), []string{"affirms", "denies", "supports", "opposes", "asks", "neutral"}},
		{ledger.UtteredField, "Was it said", string(st.Uttered), []string{"yes", "no", "possible", "planned", "refused"}},
		{ledger.QuotedField, "Quoted", string(st.Quoted), []string{"direct", "mixed", "indirect"}},
		{ledger.SaidAtField, "Said on", saidAt, nil},
	}
}
