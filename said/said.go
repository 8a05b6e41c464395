// Package said finds attributed statements: a source, the cue that attributes,
// and the content.
//
// It looks for cues of a lexicon and reads what hangs on them: the source is the
// cue's subject in the sentence's tree, the content a clause, a phrase or a
// quotation. Each way of hanging is a frame with a name, which a statement's Rule
// repeats. Where a tree is missing, and where it shows no frame, patterns over the
// words read the same frames.
package said

import (
	"fmt"
	"strconv"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/quote"
)

// Version names what this package finds; stored with every finding.
const Version = "said.v5"

// Finder finds statements. It may be used by many goroutines at once.
type Finder struct {
	lexicon lexicon
	rules   map[string]rule
	senses  *senses
	scorer  scorer
	chooser scorer
}

// New loads the lexicon.
func New() (*Finder, error) {
	l, err := loadLexicon(cueData, wordData)
	if err != nil {
		return nil, fmt.Errorf("loading the cue lexicon: %w", err)
	}
	r, err := loadRules(ruleData)
	if err != nil {
		return nil, fmt.Errorf("loading the rules: %w", err)
	}
	s, err := loadScorer(scorerData)
	if err != nil {
		return nil, fmt.Errorf("loading the scorer: %w", err)
	}
	c, err := loadScorer(chooserData)
	if err != nil {
		return nil, fmt.Errorf("loading what chooses between readings: %w", err)
	}
	w, err := loadSenses(senseData)
	if err != nil {
		return nil, fmt.Errorf("loading what words mean: %w", err)
	}
	return &Finder{l, r, w, s, c}, nil
}

// Input is what earlier stages know of a revision. Paragraphs and Quotations
// are in text order.
type Input struct {
	Revision   *onrecord.Revision
	Text       *onrecord.Text
	Paragraphs []onrecord.Span
	Quotations []quote.Quotation
}

// Find returns the statements in the order of their first words, with local IDs
// from S1.
func (f *Finder) Find(in Input) []onrecord.Statement {
	statements := f.Candidates(in)
	f.score(in.Text, statements)
	statements = f.likely(statements)
	number(statements)
	repeats(in.Text.Source, statements)
	return statements
}

// Candidates are all that the rules find, in the order and with the IDs of Find,
// before the scorer has its say; for fitting it.
func (f *Finder) Candidates(in Input) []onrecord.Statement {
	return f.candidates(in, func(readings []Reading) int { return f.choose(in.Text, readings) })
}

func (f *Finder) candidates(in Input, pick func([]Reading) int) []onrecord.Statement {
	d := newDocument(f.lexicon, in)
	d.rules, d.senses = f.rules, f.senses
	ss := d.sentences()
	d.countLabels(ss)
	for _, s := range ss {
		d.label(s)
		d.read(s)
	}
	d.floating()
	d.insideQuotations()
	statements := d.finish(pick)
	number(statements)
	statements = nest(statements)
	number(statements)
	return statements
}

// number gives the statements their local IDs, and with them those that Within
// names.
func number(ss []onrecord.Statement) {
	ids := make(map[onrecord.ID]onrecord.ID, len(ss))
	for i := range ss {
		id := onrecord.ID("S" + strconv.Itoa(i+1))
		ids[ss[i].ID], ss[i].ID = id, id
	}
	for i := range ss {
		if ss[i].Within != "" {
			ss[i].Within = ids[ss[i].Within]
		}
	}
}
