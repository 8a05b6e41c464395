package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

// Which names mean one speaker is decided on the speaker's page, or down the list
// of doubts.

// doubtsView lists pairs of names that wait for somebody.
type doubtsView struct {
	Doubts []doubt
	More   bool
}

// doubt is two names with the newest sentence of each.
type doubt struct {
	ledger.Tie
	Sides []doubtSide
}

type doubtSide struct {
	Key, Name string
	Row       *row // nil where nothing stands under the name any more
}

// mostDoubts is how many doubts a page lists.
const mostDoubts = 100

func (s *site) doubts(w http.ResponseWriter, r *http.Request) {
	_, format := dataFormat(r.URL.Path)
	list, err := s.store.Ties(r.Context(), ledger.TieQuery{Verdict: ledger.Doubtful, Limit: mostDoubts + 1})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	v := doubtsView{More: len(list) > mostDoubts}
	list = list[:min(len(list), mostDoubts)]
	if format == asJSON {
		ties := make([]wire.Tie, len(list))
		for i := range list {
			ties[i] = wire.EncodeTie(&list[i])
		}
		s.sendJSON(w, r, map[string]any{"ties": ties, "more": v.More}, "")
		return
	}
	for _, t := range list {
		d := doubt{Tie: t}
		for _, side := range []doubtSide{{Key: t.A, Name: t.AName}, {Key: t.B, Name: t.BName}} {
			answer, err := s.store.Said(r.Context(), ledger.Query{SpeakerKey: side.Key, Limit: 1})
			if err != nil {
				s.fail(w, r, err)
				return
			}
			if len(answer.Rows) > 0 {
				one := rowOf(answer.Rows[0])
				side.Row = &one
			}
			d.Sides = append(d.Sides, side)
		}
		v.Doubts = append(v.Doubts, d)
	}
	s.page(w, r, "doubts", page{Title: "Names that may be one", Here: "speakers", Main: v})
}

// tie keeps a decision about the names of two speakers.
func (s *site) tie(w http.ResponseWriter, r *http.Request) {
	if !s.mayWrite(w, r) {
		return
	}
	key, other := r.PathValue("key"), strings.TrimSpace(r.PostFormValue("with"))
	t := ledger.Tie{A: key, B: ledger.Key(other), By: s.reviewer(r), Why: strings.TrimSpace(r.PostFormValue("why"))}
	switch t.Verdict = ledger.TieVerdict(r.PostFormValue("verdict")); t.Verdict {
	case ledger.Joined:
		t.Confidence = 1
	case ledger.Parted:
	default:
		s.fail(w, r, fmt.Errorf("names: %w: they are joined or parted, not %q", onrecord.ErrInvalid, t.Verdict))
		return
	}
	if t.B == "" {
		s.fail(w, r, onrecord.WithHint(fmt.Errorf("names: %w: no other name", onrecord.ErrInvalid), "write a name as the list of speakers has it"))
		return
	}
	if _, err := s.store.Tie(r.Context(), t); err != nil {
		s.fail(w, r, fmt.Errorf("names: %w", err))
		return
	}
	back(w, r, "/speaker/"+key)
}

// untie takes a decision about two names back.
func (s *site) untie(w http.ResponseWriter, r *http.Request) {
	if !s.mayWrite(w, r) {
		return
	}
	t, err := s.store.Untie(r.Context(), onrecord.ID(r.PathValue("id")), s.reviewer(r))
	if err != nil {
		s.fail(w, r, fmt.Errorf("names: %w", err))
		return
	}
	back(w, r, "/speaker/"+t.A)
}
