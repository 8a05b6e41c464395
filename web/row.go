package web

import (
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/wire"
)

// row is a kept statement as pages show it.
type row struct {
	ledger.Record
	Nodes     []Node           // the sentence with its marks
	Address   string           // the statement's own page
	InText    string           // its place in the article's page
	SpeakerAt string           // the speaker's page; empty when unknown
	Who       string           // the speaker's name, else the source's words; empty when implicit
	Place     wire.Span        // in code points of the article's text; -1 when unknown
	Standing  *onrecord.Review // the newest right or wrong that is not undone
	Edited    bool             // an edit stands
	Carried   *carriage        // who else carries its article's text; nil for nobody
}

func rowOf(rec ledger.Record) row {
	r := row{
		Record:    rec,
		Nodes:     sentenceNodes(&rec),
		Address:   statementAddress(rec.ID),
		InText:    articleAddress(rec.Article.ID, rec.ID),
		SpeakerAt: speakerAddress(rec.Speaker),
		Who:       whoSpeaks(&rec),
		Place:     wire.CodePoints(&rec),
	}
	for i := range rec.Reviews {
		v := &rec.Reviews[i]
		if v.Undone() {
			continue
		}
		switch v.Verdict {
		case onrecord.Right, onrecord.Wrong:
			r.Standing = v
		case onrecord.Edit:
			r.Edited = true
		}
	}
	return r
}

func rowsOf(records []ledger.Record) []row {
	rows := make([]row, len(records))
	for i := range records {
		rows[i] = rowOf(records[i])
	}
	return rows
}

// Weak reports whether the statement is to look weaker.
func (r row) Weak() bool {
	return r.Statement.Confidence < weakBelow && r.Verdict != onrecord.Right
}

// Self is the row, for pages that show one with more around it.
func (r row) Self() row { return r }

// From and To are where the statement stands, in code points.
func (r row) From() int { return r.Place[0] }

// To is the place after its last word; -1 when unknown.
func (r row) To() int { return r.Place[1] }

// Stands reports whether the newest analysis still finds the statement and no
// person marked it wrong.
func (r row) Stands() bool { return r.GoneSince == "" && r.Verdict != onrecord.Wrong }

// whoSpeaks is the name people know the speaker by, else the words of the text.
func whoSpeaks(rec *ledger.Record) string {
	if rec.Speaker.Name != "" {
		return rec.Speaker.Name
	}
	return rec.Texts.Source
}

// sentenceNodes marks up the sentence. Spans outside of it, which an edit may
// bring, are left out; the words of the statement stand beside it anyway.
func sentenceNodes(rec *ledger.Record) []Node {
	words := rec.Texts.Sentence
	if words == "" {
		return nil
	}
	marks := marksOf(&rec.Statement, rec.ID, rec.Verdict)
	if rec.Sentence.Len() != len(words) { // offsets cannot be trusted
		marks = nil
	}
	for i := range marks {
		marks[i].Anchor = false // the row itself is where links lead
	}
	return Markup(words, onrecord.Span{End: len(words)}, shifted(marks, -rec.Sentence.Start))
}

// Manner says in words how the content was given: "denies", "refused to say",
// "not said", "in their words". Empty for a plain indirect assertion.
func (r row) Manner() string {
	var parts []string
	switch r.Statement.Uttered {
	case onrecord.UtteredNo:
		parts = append(parts, "not said")
	case onrecord.UtteredPossible:
		parts = append(parts, "possibly said")
	case onrecord.UtteredPlanned:
		parts = append(parts, "planned")
	case onrecord.UtteredRefused:
		parts = append(parts, "refused to say")
	}
	switch t := r.Statement.Toward; t {
	case onrecord.Affirms, onrecord.Neutral, "":
	default:
		parts = append(parts, string(t))
	}
	switch r.Statement.Quoted {
	case onrecord.Direct:
		parts = append(parts, "quoted")
	case onrecord.Mixed:
		parts = append(parts, "quoted in part")
	}
	return strings.Join(parts, ", ")
}
