package sqlite

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// found is a finding as it is kept: what the analysis said and what it takes to
// list it, so that nobody needs the article's text or entities for that.
type found struct {
	Statement onrecord.Statement `json:"statement"`
	Speaker   named              `json:"speaker,omitzero"`
	Shown     view               `json:"shown"`
	Places    []onrecord.Place   `json:"places,omitempty"` // it is listed under
}

// named is a speaker as one finding names it.
type named struct {
	Name  string              `json:"name,omitempty"`
	Kind  onrecord.EntityKind `json:"kind,omitempty"`
	Local bool                `json:"local,omitempty"` // the name means nobody outside of the article
}

// view is what people read of a statement. Its content's words stand in a column
// of their own, because the full-text index reads them there.
type view struct {
	Texts    ledger.Texts  `json:"texts"`
	Sentence onrecord.Span `json:"sentence,omitzero"`
	Start    int           `json:"start,omitzero"` // of the sentence, in code points
}

// laid is what reviews made of a finding. It is kept while a statement has any.
type laid struct {
	Statement onrecord.Statement `json:"statement"`
	Shown     view               `json:"shown"`
	Verdict   onrecord.Verdict   `json:"verdict,omitempty"`
}

// frame is what the article gives each of its statements.
type frame struct {
	article   int64
	text      string
	sentences []onrecord.Span
	published onrecord.Date
	publisher int64 // 0: none
	retrieved int64 // Unix microseconds
	counted   counted
	linked    onrecord.Linked // of the analysis that the frame's statements are from
}

// counted is how many code points stand in so many bytes of a text.
type counted struct{ bytes, points int }

// entry is a row of said with the words that are indexed under its place.
type entry struct {
	place, statement, article int64
	speaker, spelling         int64
	publisher                 int64
	moment                    moment
	quoted                    onrecord.Quoted
	confidence                float64
	wrong, gone, repeats      bool
	places                    string // tags
	content, who              string
	laid                      *laid // nil without reviews
}

// listed reports whether counts include the statement.
func (e *entry) listed() bool { return !e.wrong && !e.gone && !e.repeats }

// tags are words that stand for columns of said. They are what the view
// searchable makes of the same columns.
func (e *entry) tags() string {
	s := ""
	if e.speaker != 0 {
		s += speakerTag(e.speaker) + " "
	}
	if e.publisher != 0 {
		s += publisherTag(e.publisher) + " "
	}
	if e.moment.basis == retrievedBasis {
		s += undatedTag
	}
	return s + " " + e.places
}

const undatedTag = "xundated"

func speakerTag(id int64) string   { return "xs" + strconv.FormatInt(id, 16) }
func placeTag(key string) string   { return "xl" + key }
func publisherTag(id int64) string { return "xp" + strconv.FormatInt(id, 16) }

// viewOf is what people read of a statement.
func (f *frame) viewOf(s *onrecord.Statement) view {
	v := view{Sentence: ledger.SentenceOf(s, f.sentences)}
	v.Texts, v.Start = ledger.TextsOf(f.text, s, v.Sentence), f.codePoints(v.Sentence.Start)
	return v
}

// codePoints counts the code points before a byte offset, on from where it was
// last asked: statements come in text order, and texts can be long.
func (f *frame) codePoints(offset int) int {
	if offset >= f.counted.bytes {
		f.counted.points += utf8.RuneCountInString(f.text[f.counted.bytes:offset])
	} else {
		f.counted.points -= utf8.RuneCountInString(f.text[offset:f.counted.bytes])
	}
	f.counted.bytes = offset
	return f.counted.points
}

// foundOf is a finding of an analysis with the words of its content.
func (f *frame) foundOf(a *onrecord.Analysis, i int) (fnd found, content string) {
	s := &a.Statements[i]
	if f.linked == nil {
		f.linked = a.Linked()
	}
	speaker := ledger.SpeakerOf(f.linked, s, f.text)
	fnd = found{*s, named{speaker.Name, speaker.Kind, speaker.Key == "" && speaker.Name != ""}, f.viewOf(s), ledger.PlacesOf(a, s)}
	content, fnd.Shown.Texts.Content = fnd.Shown.Texts.Content, ""
	return fnd, content
}

// compose works out how a statement is listed: the finding with its reviews laid
// over, in its article's frame. Whose rows its speaker has is yet to be found.
func compose(f *frame, id int64, fnd *found, gone bool, reviews []onrecord.Review) (entry, named) {
	over := ledger.Lay(f.text, fnd.Statement, reviews)
	s := &over.Statement
	e := entry{
		statement: id, article: f.article, publisher: f.publisher,
		moment: momentOf(ledger.WhenOf(s, f.published, unmicro(f.retrieved))),
		quoted: s.Quoted, confidence: s.Confidence,
		wrong: over.Verdict == onrecord.Wrong, gone: gone, repeats: s.Repeats != "",
		content: onrecord.Words(f.text, s.Content.Spans), who: onrecord.Words(f.text, s.Source.Spans),
	}
	for i, key := range ledger.PlaceKeys(fnd.Places, f.text) {
		if i > 0 {
			e.places += " "
		}
		e.places += placeTag(key)
	}
	if len(reviews) > 0 {
		e.laid = &laid{*s, fnd.Shown, over.Verdict}
		if over.Changed {
			e.laid.Shown = f.viewOf(s)
			e.laid.Shown.Texts.Content = ""
		}
	}
	speaker := fnd.Speaker
	if over.Speaker != nil {
		kind := fnd.Speaker.Kind
		if ledger.Key(*over.Speaker) != ledger.Key(fnd.Speaker.Name) {
			kind = "" // somebody else, of whom the analysis knows nothing
		}
		speaker = named{Name: *over.Speaker, Kind: kind}
	}
	if ledger.Key(speaker.Name) == "" {
		speaker = named{}
	} else if speaker.Name != e.who {
		e.who += "\n" + speaker.Name
	}
	e.place = placeOf(e.moment.from, id)
	return e, speaker
}

// project composes an entry and finds the rows of its speaker.
func (x *tx) project(f *frame, id int64, fnd *found, gone bool, reviews []onrecord.Review) (entry, error) {
	e, speaker := compose(f, id, fnd, gone, reviews)
	var err error
	e.speaker, e.spelling, err = x.speaker(speaker)
	return e, err
}

// frame packs what reviews made of a finding; nil for nothing.
func (e *entry) frame() ([]byte, error) {
	if e.laid == nil {
		return nil, nil
	}
	return packJSON(e.laid)
}

const (
	insertSaidSQL = `INSERT INTO said (place, statement, article, speaker, spelling, publisher, from_s, to_s, zone_s, prec, basis, wide, quoted, confidence, wrong, gone, repeats, places)
VALUES (?, ?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (place) DO NOTHING`
	insertWordsSQL = `INSERT INTO words (rowid, content, who, tags) VALUES (?, ?, ?, ?)`
	deleteWordsSQL = `DELETE FROM words WHERE rowid = ?`
	deleteSaidSQL  = `DELETE FROM said WHERE place = ?`
)

// list adds an entry to said and has its words indexed when the transaction
// settles. The entry's place moves on where another statement has it.
func (x *tx) list(e *entry) error {
	for {
		r, err := x.exec(insertSaidSQL, e.place, e.statement, e.article, e.speaker, e.spelling, e.publisher,
			e.moment.from, e.moment.to, e.moment.zone, e.moment.precision, e.moment.basis, e.moment.wide,
			string(e.quoted), e.confidence, e.wrong, e.gone, e.repeats, e.places)
		if err != nil {
			return fmt.Errorf("list a statement: %w", err)
		}
		if n, err := r.RowsAffected(); err != nil {
			return err
		} else if n == 1 {
			break
		}
		e.place--
	}
	x.index[e.place] = indexed{e.content, e.who, e.tags()}
	x.count(e, 1)
	return nil
}

// unlist takes back what list did. It goes before any change to the statement's
// row, because the full-text index reads the old words there.
func (x *tx) unlist(e *entry) error {
	if _, waiting := x.index[e.place]; waiting {
		delete(x.index, e.place)
	} else if err := x.do(deleteWordsSQL, e.place); err != nil {
		return fmt.Errorf("take a statement's words out of the index: %w", err)
	}
	x.count(e, -1)
	return x.do(deleteSaidSQL, e.place)
}

// count notes what an entry adds to the running counts.
func (x *tx) count(e *entry, by int) {
	if !e.gone {
		x.totals.statements += by
	}
	if !e.listed() {
		return
	}
	x.counts[ofArticle][e.article] += by
	if e.publisher != 0 {
		x.counts[ofPublisher][e.publisher] += by
	}
	if e.speaker != 0 {
		x.counts[ofSpeaker][e.speaker] += by
		x.counts[ofSpelling][e.spelling] += by
	}
}

// indexed are the words of one row of the full-text index.
type indexed struct{ content, who, tags string }

// settle writes what waited for the transaction's end. The index takes rows far
// faster in the order of their numbers.
func (x *tx) settle() error {
	if err := x.settleCounts(); err != nil {
		return err
	}
	if t := x.totals; t != (totals{}) {
		if err := x.do(countSQL, t.articles, t.foreigns, t.revisions, t.statements, t.speakers, t.reviews, t.forgotten); err != nil {
			return err
		}
	}
	for _, place := range slices.Sorted(maps.Keys(x.index)) {
		w := x.index[place]
		if err := x.do(insertWordsSQL, place, w.content, w.who, w.tags); err != nil {
			return fmt.Errorf("index a statement's words: %w", err)
		}
	}
	return nil
}

// settleCounts writes the counts that changed, and starts them anew.
func (x *tx) settleCounts() error {
	for of, query := range countSQLs {
		for id, n := range x.counts[of] {
			if n == 0 {
				continue
			}
			if err := x.do(query, n, id); err != nil {
				return fmt.Errorf("count: %w", err)
			}
		}
		clear(x.counts[of])
	}
	defer clear(x.counts[ofSpeaker])
	return x.settleSpeakers()
}

const countSQL = `UPDATE totals SET articles = articles + ?, foreigns = foreigns + ?, revisions = revisions + ?,
 statements = statements + ?, speakers = speakers + ?, reviews = reviews + ?, forgotten = forgotten + ?`
