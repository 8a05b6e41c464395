package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Corrections come as forms and lead back to the page they were made on.

// nameCookie keeps under which name a reader corrects.
const nameCookie = "onrecord_name"

// nameLongest is how many bytes of a name are kept.
const nameLongest = 100

// reviewer is who corrects: the name given on the page, else the server's user.
func (s *site) reviewer(r *http.Request) string {
	if c, err := r.Cookie(nameCookie); err == nil {
		if name, err := url.QueryUnescape(c.Value); err == nil && cleanName(name) != "" {
			return cleanName(name)
		}
	}
	return s.opt.Reviewer
}

// cleanName is a name on one line, no longer than nameLongest.
func cleanName(name string) string {
	name = strings.Join(strings.Fields(strings.ToValidUTF8(name, "")), " ")
	for len(name) > nameLongest {
		_, width := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-width]
	}
	return name
}

func (s *site) signName(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	http.SetCookie(w, s.cookie(r, nameCookie, url.QueryEscape(cleanName(r.PostFormValue("name"))), 365*24*time.Hour))
	back(w, r, "/")
}

// markStatement keeps that a statement is right or wrong.
func (s *site) markStatement(w http.ResponseWriter, r *http.Request) {
	if !s.mayWrite(w, r) {
		return
	}
	verdict := onrecord.Verdict(r.PostFormValue("verdict"))
	if verdict != onrecord.Right && verdict != onrecord.Wrong {
		s.fail(w, r, fmt.Errorf("mark: %w: the verdict is right or wrong, not %q", onrecord.ErrInvalid, verdict))
		return
	}
	s.keepReview(w, r, onrecord.Review{Verdict: verdict})
}

// editStatement keeps which words or values of a statement a person changed:
// those that differ from what the form held.
func (s *site) editStatement(w http.ResponseWriter, r *http.Request) {
	if !s.mayWrite(w, r) {
		return
	}
	rec, err := s.store.Statement(r.Context(), onrecord.ID(r.PathValue("id")))
	if err != nil {
		s.fail(w, r, fmt.Errorf("edit: %w", err))
		return
	}
	now := rowOf(rec)
	var changes []onrecord.Change
	for _, f := range editFields(&now) {
		given, sent := r.PostForm[f.Name]
		if !sent || sameWords(given[0], f.Value) {
			continue
		}
		changes = append(changes, onrecord.Change{Field: f.Name, Value: strings.TrimSpace(given[0])})
	}
	for _, c := range editChoices(&now) {
		given, sent := r.PostForm[c.Name]
		if sent && strings.TrimSpace(given[0]) != c.Value {
			changes = append(changes, onrecord.Change{Field: c.Name, Value: strings.TrimSpace(given[0])})
		}
	}
	if len(changes) == 0 {
		s.fail(w, r, onrecord.WithHint(fmt.Errorf("edit: %w: nothing was changed", onrecord.ErrInvalid), "change a field, then save"))
		return
	}
	s.keepReview(w, r, onrecord.Review{Verdict: onrecord.Edit, Changes: changes})
}

// describeArticle keeps what a person corrected about an article.
func (s *site) describeArticle(w http.ResponseWriter, r *http.Request) {
	if !s.mayWrite(w, r) {
		return
	}
	a, err := s.store.Article(r.Context(), onrecord.ID(r.PathValue("id")))
	if err != nil {
		s.fail(w, r, fmt.Errorf("describe: %w", err))
		return
	}
	have := map[string]string{
		ledger.PublishedField: a.Published.String(), ledger.PublisherField: a.Publisher, ledger.TitleField: a.Title,
	}
	var changes []onrecord.Change
	for _, name := range []string{ledger.PublishedField, ledger.PublisherField, ledger.TitleField} {
		given, sent := r.PostForm[name]
		if sent && !sameWords(given[0], have[name]) {
			changes = append(changes, onrecord.Change{Field: name, Value: strings.TrimSpace(given[0])})
		}
	}
	if len(changes) == 0 {
		s.fail(w, r, onrecord.WithHint(fmt.Errorf("describe: %w: nothing was changed", onrecord.ErrInvalid), "change a field, then save"))
		return
	}
	s.keepReview(w, r, onrecord.Review{Verdict: onrecord.Describe, Changes: changes})
}

// keepReview signs a review, keeps it and leads back.
func (s *site) keepReview(w http.ResponseWriter, r *http.Request, review onrecord.Review) {
	review.Target = onrecord.ID(r.PathValue("id"))
	review.By, review.At = s.reviewer(r), time.Now().UTC()
	review.Why = strings.TrimSpace(r.PostFormValue("why"))
	if _, err := s.store.Mark(r.Context(), review); err != nil {
		s.fail(w, r, fmt.Errorf("keep the correction: %w", err))
		return
	}
	back(w, r, "/statement/"+string(review.Target))
}

// undo takes back a review by its ID, or the newest one of what the ID names.
func (s *site) undo(w http.ResponseWriter, r *http.Request) {
	if !s.mayWrite(w, r) {
		return
	}
	review, err := s.store.Undo(r.Context(), onrecord.ID(r.PathValue("id")), s.reviewer(r))
	if err != nil {
		s.fail(w, r, fmt.Errorf("undo: %w", err))
		return
	}
	back(w, r, "/statement/"+string(review.Target))
}

// mayWrite reads the form, and answers for requests that cannot be taken.
func (s *site) mayWrite(w http.ResponseWriter, r *http.Request) bool {
	if !s.opt.Writable {
		s.fail(w, r, fmt.Errorf("%w: this server takes no corrections", onrecord.ErrForbidden))
		return false
	}
	return s.readForm(w, r)
}

func (s *site) readForm(w http.ResponseWriter, r *http.Request) bool {
	if err := r.ParseForm(); err != nil {
		s.fail(w, r, fmt.Errorf("read the form: %w: %w", onrecord.ErrInvalid, err))
		return false
	}
	return true
}

// back leads to the page a form came from, which it names; else to another.
func back(w http.ResponseWriter, r *http.Request, other string) {
	to := r.PostFormValue("back")
	if to == "" {
		to = other
	}
	leadTo(w, r, to)
}

// sameWords compares what a form sent with what it held: browsers send line ends
// as CR LF, and a reader does not see spaces at the ends.
func sameWords(sent, held string) bool {
	return strings.Join(strings.Fields(sent), " ") == strings.Join(strings.Fields(held), " ")
}
