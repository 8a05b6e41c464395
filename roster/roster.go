// Package roster knows actors: heads of state and government with the dates of their
// offices, governments and what stands for them ("the Kremlin"), international
// organisations, parties, armed groups and news agencies. Every fact names its source and,
// where its end is not known, the last time the source knows it held. A user's CSV adds to it.
//
// It also compares names of persons across spellings: see [SameName].
package roster

import (
	"sync"

	"github.com/onrecord/onrecord"
)

// Base is a set of actors and their offices. Many goroutines may ask it at once, also
// while one adds.
type Base struct {
	mu      sync.RWMutex
	nearMu  sync.Mutex // of near, which readers make
	near    *nearness
	actors  []Actor
	byID    map[onrecord.ID]int   // the place in actors
	names   map[string][]entry    // by key: names, aliases, acronyms, metonyms, names that stand alone
	held    map[onrecord.ID][]int // by the government or organisation: places in offices
	offices []tenure
	// ministries are those of a country, by its code.
	ministries map[string][]int
	demonyms   map[string][]onrecord.ID // by key: "Iraqi", "Iraqis"
	initials   map[string]bool          // keys of demonyms that are initials: "US", but not "us"
	facts      onrecord.Hash            // of all tables, for Version
}

// nearness is what look-ups by another spelling need. It is made when the first such look-up comes,
// so that opening is quick, and again after additions.
type nearness struct {
	spelled   map[string][]entry   // by the key with spellings evened out
	skeletons map[string][]int     // persons by the consonants of the words of their names
	parsed    map[int][]personName // persons' names taken apart
}

// Actor is somebody or something that speaks or acts in the news.
type Actor struct {
	ID      onrecord.ID         `json:"id"` // such as "person/mohammed-shia-al-sudani", "gov/iq", "org/nato"
	Kind    onrecord.EntityKind `json:"kind"`
	Name    string              `json:"name"`
	Short   string              `json:"short,omitempty"`   // the part of a person's name that stands alone: "al-Sudani", "Xi"
	Country string              `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Aliases []string            `json:"aliases,omitempty"`
	Offices []Office            `json:"offices,omitempty"` // in order of time
	Note    string              `json:"note,omitempty"`    // what sort it is, such as "party"
	Source  string              `json:"source"`            // of the name
}

// Office is what somebody held, of whom, and when. A zero Since or Until is not known. AsOf is the
// last time the source knows that it was held; it is zero where Until is known.
type Office struct {
	Titles []string      `json:"titles"` // normalised: "prime minister", "head of government"
	Of     onrecord.ID   `json:"of"`
	Since  onrecord.Date `json:"since,omitzero"`
	Until  onrecord.Date `json:"until,omitzero"`
	AsOf   onrecord.Date `json:"as_of,omitzero"`
	Source string        `json:"source"`
}

// Reasons for a match.
const (
	ByName            = "name"
	ByAlias           = "alias"
	ByAcronym         = "acronym"
	ByMetonym         = "metonym"         // a place or building stands for those who govern there
	ByTransliteration = "transliteration" // the name in another spelling, order or length; Note says which
	ByShortName       = "surname"         // a name that stands alone
	ByDemonym         = "demonym"         // "the Iraqis"
	ByOffice          = "office"          // the holder of an office at the date
	ByRole            = "role"            // somebody or a part of the actor, not known which
)

// Match is an actor that words may mean.
type Match struct {
	ID         onrecord.ID         `json:"id"`
	Name       string              `json:"name"`
	Kind       onrecord.EntityKind `json:"kind"`
	Confidence float64             `json:"confidence"` // from 0 to 1, set by hand
	Why        string              `json:"why"`
	// Role is the title or word that Office and Phrase understood, such as "prime minister" or
	// "spokesman". Where Unknown is set the actor is not who is meant but whose role it is: a
	// spokesman of the government, or a prime minister not known at that date.
	Role    string `json:"role,omitempty"`
	Unknown bool   `json:"unknown,omitempty"`
	Office  Office `json:"office,omitzero"` // the evidence of a match by office
	Note    string `json:"note,omitempty"`  // what a reader should know, in words
}

// entry is one thing that a key leads to.
type entry struct {
	actor        int
	why          string
	as           string // the name as written in the data
	base         float64
	since, until onrecord.Date // of a metonym
}

// tenure is an office with its holder.
type tenure struct {
	Office
	person int
}

// Actor is all that is known of one; false when there is none of the identifier.
func (b *Base) Actor(id onrecord.ID) (Actor, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	i, ok := b.byID[id]
	if !ok {
		return Actor{}, false
	}
	return b.actors[i].clone(), true
}

// Demonym is the governments of the countries whose people or things a word names: "Iraqi",
// "Iraqis", "Congolese". Empty when it is none.
func (b *Base) Demonym(word string) []onrecord.ID {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return append([]onrecord.ID(nil), b.peoples(word)...)
}

// peoples is the governments of a demonym; initials must stand in capitals.
func (b *Base) peoples(word string) []onrecord.ID {
	k := key(word)
	if b.initials[k] && !capitals(word) {
		return nil
	}
	return b.demonyms[k]
}

func (b *Base) match(i int, confidence float64, why string) Match {
	a := &b.actors[i]
	return Match{ID: a.ID, Name: a.Name, Kind: a.Kind, Confidence: confidence, Why: why}
}

func (a Actor) clone() Actor {
	a.Aliases = append([]string(nil), a.Aliases...)
	a.Offices = append([]Office(nil), a.Offices...)
	return a
}
