package web

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

// changesView is two texts of one article side by side.
type changesView struct {
	ledger.ArticleRef
	Before, After ledger.RevisionRef
	Texts         []ledger.RevisionRef // all, newest first
	Reread        bool                 // another version of read made one of them
	Edits         []editView
	Added         int
	Removed       int
	Edited        int
	Moved         int
}

// editView is a sentence that came, went or changed, or a run of sentences that
// stayed.
type editView struct {
	ledger.Edit
	Text    string
	Kept    int // sentences that stayed, folded
	Touched []row
}

// changesData is the same as JSON.
type changesData struct {
	Article wire.Article `json:"article"`
	Before  revisionItem `json:"before"`
	After   revisionItem `json:"after"`
	Reread  bool         `json:"reread"`
	Edits   []editItem   `json:"edits"` // sentences that stayed left out
}

type revisionItem struct {
	Revision  onrecord.Hash `json:"revision"`
	Capture   onrecord.Hash `json:"capture"`
	ReadBy    string        `json:"read_by"`
	Retrieved string        `json:"retrieved"`
}

type editItem struct {
	Kind       ledger.EditKind   `json:"kind"`
	Before     string            `json:"before,omitempty"`
	After      string            `json:"after,omitempty"`
	Words      []ledger.WordEdit `json:"words,omitempty"`
	Statements []onrecord.ID     `json:"statements"`
}

// changes shows what an outlet changed in an article: between its newest text and
// the one before, or between the two texts that "from" and "to" name by their
// hashes.
func (s *site) changes(w http.ResponseWriter, r *http.Request) {
	_, format := dataFormat(r.URL.Path)
	id := onrecord.ID(r.PathValue("id"))
	a, err := s.store.Article(r.Context(), id)
	if err != nil {
		s.fail(w, r, fmt.Errorf("article %s: %w", id, err))
		return
	}
	v := changesView{ArticleRef: a.ArticleRef}
	v.Texts = append([]ledger.RevisionRef{{Hash: a.Hash, Capture: a.Revision.Capture, ReadBy: a.Revision.ReadBy, Retrieved: a.Retrieved}}, a.Earlier...)
	to, err := v.text(r.URL.Query().Get("to"), 0)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	from, err := v.text(r.URL.Query().Get("from"), min(to+1, len(v.Texts)-1))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var before, after ledger.EditedText
	if v.Before, before, err = s.store.Edited(r.Context(), id, v.Texts[from].Hash); err == nil {
		v.After, after, err = s.store.Edited(r.Context(), id, v.Texts[to].Hash)
	}
	if err != nil {
		s.fail(w, r, fmt.Errorf("article %s: %w", id, err))
		return
	}
	v.Reread = v.Before.ReadBy != v.After.ReadBy
	edits := ledger.Edits(before, after)
	if format != asPage {
		s.sendJSON(w, r, v.data(before.Text, after.Text, edits), "")
		return
	}
	v.fill(before.Text, after.Text, edits, a.Statements)
	s.page(w, r, "changes", page{Title: "Changes: " + a.Title, Here: "articles", Main: &v})
}

// text is the index of the text that a hash names; otherwise where none is named.
func (v *changesView) text(hash string, otherwise int) (int, error) {
	if hash == "" {
		return otherwise, nil
	}
	i := slices.IndexFunc(v.Texts, func(t ledger.RevisionRef) bool { return t.Hash.String() == hash })
	if i < 0 {
		return 0, fmt.Errorf("article %s has no text %s: %w", v.ID, hash, onrecord.ErrNotFound)
	}
	return i, nil
}

// fill folds what stayed and puts the statements beside what they stood in.
func (v *changesView) fill(before, after string, edits []ledger.Edit, statements []ledger.Record) {
	rows := map[onrecord.ID]row{}
	for i := range statements {
		rows[statements[i].ID] = rowOf(statements[i])
	}
	for _, e := range edits {
		if e.Kind == ledger.SentenceKept {
			if last := len(v.Edits) - 1; last >= 0 && v.Edits[last].Kind == e.Kind {
				v.Edits[last].Kept++
				continue
			}
		}
		view := editView{Edit: e, Kept: 1, Text: after[e.After.Start:e.After.End]}
		switch e.Kind {
		case ledger.SentenceRemoved:
			view.Text = before[e.Before.Start:e.Before.End]
			v.Removed++
		case ledger.SentenceAdded:
			v.Added++
		case ledger.SentenceEdited:
			v.Edited++
		case ledger.SentenceMoved:
			v.Moved++
		case ledger.SentenceKept:
		}
		for _, id := range e.Touched {
			if r, ok := rows[id]; ok {
				view.Touched = append(view.Touched, r)
			}
		}
		v.Edits = append(v.Edits, view)
	}
}

func (v *changesView) data(before, after string, edits []ledger.Edit) changesData {
	d := changesData{Article: articleShape(&v.ArticleRef), Before: revisionOf(&v.Before), After: revisionOf(&v.After), Reread: v.Reread, Edits: []editItem{}}
	for _, e := range edits {
		if e.Kind == ledger.SentenceKept {
			continue
		}
		item := editItem{Kind: e.Kind, Words: e.Words, Statements: e.Touched}
		if item.Statements == nil {
			item.Statements = []onrecord.ID{}
		}
		if e.Kind != ledger.SentenceAdded {
			item.Before = before[e.Before.Start:e.Before.End]
		}
		if e.Kind != ledger.SentenceRemoved {
			item.After = after[e.After.Start:e.After.End]
		}
		d.Edits = append(d.Edits, item)
	}
	return d
}

func revisionOf(r *ledger.RevisionRef) revisionItem {
	return revisionItem{r.Hash, r.Capture, r.ReadBy, r.Retrieved.UTC().Format("2006-01-02T15:04:05Z")}
}
