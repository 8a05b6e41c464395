package corpus

import (
	"github.com/onrecord/onrecord"
)

// Annotation is what somebody found in a document.
type Annotation struct {
	Document   string
	Treebank   string
	Split      string
	Genre      string
	Hash       onrecord.Hash // of the document's text
	By         string        // who annotated; free words without spaces
	Entities   []onrecord.Entity
	Statements []Statement
	Looked     []Looked // what stands in no statement and was looked at
}

// Statement is a statement of the record with what in an analysis stands beside
// it: who its source and addressee are, and its words of time.
type Statement struct {
	onrecord.Statement
	Speakers   []onrecord.ID // entities of the source
	Addressees []onrecord.ID
	Times      []onrecord.Span
	Note       string // for the reader of the corpus
	Guess      bool   // made by a program and not yet looked at; never in annotations/
	refused    bool   // a guess marked "no"
	sentence   int    // where unqualified words were looked for, from 1
	line       int    // of the working file; 0 elsewhere
}

// Looked is a reporting verb or a quotation that attributes nothing, and
// whether somebody said so.
type Looked struct {
	Span onrecord.Span
	Kind string // "verb" or "quotation"
	Done bool
	line int
}

// roles are the statement's spans by the names of the working notation, in its
// order.
func (s *Statement) roles() []role {
	return []role{
		{"source", s.Source.Spans},
		{"cue", s.Cue.Spans},
		{"content", s.Content.Spans},
		{"antecedent", s.Content.Antecedent},
		{"verbatim", s.Verbatim},
		{"to", s.Addressee},
		{"medium", s.Medium},
		{"occasion", s.Occasion},
		{"time", s.Times},
	}
}

type role struct {
	name  string
	spans []onrecord.Span
}
