package said

import (
	"bufio"
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed cues.txt
var cueData string

//go:embed words.txt
var wordData string

//go:embed rules.txt
var ruleData string

// Data is the package's word lists, for a hash over all rules.
func Data() []string { return []string{cueData, wordData, ruleData, scorerData, senseData} }

// frame is a way content hangs on a cue; the letters are those of cues.txt.
type frame uint16

const (
	quotes frame = 1 << iota
	that
	bare
	question
	infinitive
	objectInfinitive
	gerund
	object
	told
	forWhat
	naming
)

var frameLetters = map[string]frame{
	"q": quotes, "t": that, "b": bare, "w": question, "i": infinitive,
	"a": objectInfinitive, "g": gerund, "o": object, "r": told, "f": forWhat, "n": naming,
}

// cue is one entry of the lexicon.
type cue struct {
	lemma  string
	class  onrecord.CueClass
	toward onrecord.Toward
	frames frame
	preps  []string // prepositions that tie content to it
}

// has reports whether the cue takes any of the frames.
func (c *cue) has(f frame) bool { return c != nil && c.frames&f != 0 }

// shape is the form a verb stands in, as far as the word alone shows.
type shape uint8

const (
	base       shape = 1 << iota // say
	present                      // says
	past                         // said
	participle                   // said, written
	ing                          // saying
)

// entry is what the lexicon knows of one word.
type entry struct {
	class  class // closed classes
	verb   *cue
	shapes shape
	adj    *cue
	noun   *cue
	adverb *cue
	// particles are the cues that the verb makes with the word behind it: "pointed out".
	particles map[string]*cue
	pShapes   shape // the verb's forms where only the particle makes it a cue
	phrases   []*phraseCue
}

// phraseCue is a cue of several words in their order: "under pressure from".
type phraseCue struct {
	words []string
	cue   *cue
}

// class is a set of closed classes; the names are those of words.txt.
type class uint64

const (
	cDeterminer class = 1 << iota
	cSubject
	cObject
	cPronoun
	cRelative
	cPreposition
	cLight
	cSubordinator
	cConjunction
	cCoordinator
	cBe
	cHave
	cDo
	cModal
	cPossible
	cFuture
	cNegation
	cAdverb
	cChain
	cRefused
	cRaised // with "not" they say the opposite: "does not think"
	cPlanned
	cFronting
	cOpening
	cTime
	cDay
	cTimeOpen
	cVenue
	cVenuePrep
	cEvent
	cOccasion
	cDocument
	cPerson
	cGroup
	cOrganization
	cGovernment
	cProform
	cVerb
	cUnnamed
	cHomograph
	cLightVerb // say little beside a noun of saying or feeling
	cIndefinite
	cNobody
	cHeading // heads a letter or a page before a colon, and says nothing
	cSender  // before a colon, with who wrote what stands below
	cOther   // words that the patterns name themselves
	cDoubled // verbs that double their last letter before an ending
)

const cAuxiliary = cBe | cHave | cDo | cModal

var classNames = map[string]class{
	"determiner": cDeterminer, "subject": cSubject, "object": cObject, "pronoun": cPronoun, "relative": cRelative,
	"preposition": cPreposition, "light": cLight, "subordinator": cSubordinator, "conjunction": cConjunction,
	"coordinator": cCoordinator, "be": cBe, "have": cHave, "do": cDo, "modal": cModal, "possible": cPossible,
	"future": cFuture, "negation": cNegation, "adverb": cAdverb, "chain": cChain, "refused": cRefused, "raised": cRaised,
	"planned": cPlanned, "fronting": cFronting, "opening": cOpening, "time": cTime, "day": cDay,
	"timeopen": cTimeOpen, "venue": cVenue, "venueprep": cVenuePrep, "event": cEvent, "occasion": cOccasion,
	"document": cDocument, "person": cPerson, "group": cGroup, "organization": cOrganization,
	"government": cGovernment, "proform": cProform, "verb": cVerb, "unnamed": cUnnamed, "other": cOther, "indefinite": cIndefinite, "lightverb": cLightVerb, "homograph": cHomograph, "nobody": cNobody, "heading": cHeading, "sender": cSender, "doubled": cDoubled,
}

// lexicon finds words in lower case.
type lexicon map[string]*entry

func (l lexicon) at(word string) *entry {
	e := l[word]
	if e == nil {
		e = &entry{}
		l[word] = e
	}
	return e
}

// loadLexicon reads both data files whole; an unknown name is an error.
func loadLexicon(cues, words string) (lexicon, error) {
	l := lexicon{}
	if err := eachLine(words, func(f []string) error {
		c, ok := classNames[f[0]]
		if !ok {
			return fmt.Errorf("class %q: %w", f[0], onrecord.ErrInvalid)
		}
		for _, w := range f[1:] {
			l.at(w).class |= c
		}
		return nil
	}); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	err := eachLine(cues, func(f []string) error {
		if len(f) < 5 && (len(f) < 4 || f[0] != "verb" && f[0] != "adverb") {
			return fmt.Errorf("%q: want part, lemma, class, toward, frames: %w", strings.Join(f, " "), onrecord.ErrInvalid)
		}
		return l.addCue(f[0], f[1], f[2:])
	})
	if err != nil {
		return nil, fmt.Errorf("cues: %w", err)
	}
	return l, nil
}

func eachLine(data string, do func(fields []string) error) error {
	s := bufio.NewScanner(strings.NewReader(data))
	for n := 1; s.Scan(); n++ {
		f := strings.Fields(s.Text())
		if len(f) == 0 || f[0][0] == '#' {
			continue
		}
		if err := do(f); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s.Err()
}

var (
	cueClasses = map[string]bool{"speech": true, "document": true, "belief": true, "attitude": true, "intention": true, "decree": true, "gesture": true}
	towards    = map[string]bool{"affirms": true, "denies": true, "supports": true, "opposes": true, "asks": true, "neutral": true}
)

func (l lexicon) addCue(part, word string, f []string) error {
	if part == "phrase" {
		return l.addPhrase(strings.Split(word, "+"), f)
	}
	word, particle, _ := strings.Cut(word, "+")
	lemma, irregular, _ := strings.Cut(word, "/")
	c, err := newCue(lemma, f)
	if err != nil {
		return err
	}
	if particle != "" {
		c.lemma += " " + particle
	}
	switch part {
	case "verb":
		for form, s := range verbForms(lemma, irregular, l.at(lemma).class&cDoubled != 0) {
			e := l.at(form)
			if particle != "" {
				if e.particles == nil {
					e.particles = map[string]*cue{}
				}
				e.particles[particle] = c
				e.pShapes |= s
				continue
			}
			e.verb = c
			e.shapes |= s
		}
	case "adjective":
		l.at(lemma).adj = c
	case "noun":
		l.at(lemma).noun = c
		l.at(plural(lemma)).noun = c
	case "adverb":
		l.at(lemma).adverb = c
	default:
		return fmt.Errorf("%s: part of speech %q: %w", lemma, part, onrecord.ErrInvalid)
	}
	return nil
}

// newCue reads a cue's class, how its source stands to the content, and frames.
func newCue(lemma string, f []string) (*cue, error) {
	if !cueClasses[f[0]] || !towards[f[1]] {
		return nil, fmt.Errorf("%s: class %q, toward %q: %w", lemma, f[0], f[1], onrecord.ErrInvalid)
	}
	c := &cue{lemma: lemma, class: onrecord.CueClass(f[0]), toward: onrecord.Toward(f[1])}
	for _, x := range f[2:] {
		if preps, ok := strings.CutPrefix(x, "p:"); ok {
			c.preps = strings.Split(preps, ",")
		} else if fl, ok := frameLetters[x]; ok {
			c.frames |= fl
		} else {
			return nil, fmt.Errorf("%s: frame %q: %w", lemma, x, onrecord.ErrInvalid)
		}
	}
	return c, nil
}

func (l lexicon) addPhrase(words, f []string) error {
	c, err := newCue(strings.Join(words, " "), f)
	if err != nil {
		return err
	}
	e := l.at(words[0])
	e.phrases = append(e.phrases, &phraseCue{words, c})
	return nil
}

// rule is what the rules' data says of one.
type rule struct {
	confidence float64
	leftward   bool // content stands before the cue
}

// loadRules reads the rules whole.
func loadRules(data string) (map[string]rule, error) {
	rules := map[string]rule{}
	err := eachLine(data, func(f []string) error {
		if len(f) < 2 {
			return fmt.Errorf("%q: want name and confidence: %w", strings.Join(f, " "), onrecord.ErrInvalid)
		}
		c, err := strconv.ParseFloat(f[1], 64)
		if err != nil || c <= 0 || c >= 1 || len(f) > 2 && f[2] != "left" {
			return fmt.Errorf("%s: %q: %w", f[0], strings.Join(f[1:], " "), onrecord.ErrInvalid)
		}
		rules[f[0]] = rule{c, len(f) > 2}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	return rules, nil
}

// verbForms are the forms of a verb: regular ones by the rules of spelling,
// past and participle as given ("said/said") where they are irregular.
func verbForms(lemma, irregular string, doubles bool) map[string]shape {
	forms := map[string]shape{lemma: base}
	forms[plural(lemma)] |= present
	stem := lemma
	last := lemma[len(lemma)-1]
	switch {
	case strings.HasSuffix(lemma, "ie"):
		forms[lemma[:len(lemma)-2]+"ying"] |= ing
		stem = lemma[:len(lemma)-1]
	case last == 'e' && !strings.HasSuffix(lemma, "ee"):
		stem = lemma[:len(lemma)-1]
		forms[stem+"ing"] |= ing
	case doubles:
		stem += string(last)
		forms[stem+"ing"] |= ing
	default:
		forms[lemma+"ing"] |= ing
	}
	if past1, part, ok := strings.Cut(irregular, "/"); ok {
		forms[past1] |= past
		forms[part] |= participle
		return forms
	}
	if last == 'y' && !strings.ContainsRune("aeiou", rune(lemma[len(lemma)-2])) {
		stem = lemma[:len(lemma)-1] + "i"
	}
	forms[strings.TrimSuffix(stem, "e")+"ed"] |= past | participle
	return forms
}

// plural is a noun's plural or a verb's third person.
func plural(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "sh"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "x"), w == "go", strings.HasSuffix(w, "z"):
		return w + "es"
	case w[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(w[n-2])):
		return w[:n-1] + "ies"
	}
	return w + "s"
}
