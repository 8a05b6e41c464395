package onrecord

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Analysis is everything the desk found in one revision. Lists are in text
// order; local IDs count from 1 in each.
type Analysis struct {
	MadeBy     Versions    `json:"made_by"`
	Sentences  []Span      `json:"sentences,omitempty"` // so that a statement can be shown in its sentence
	Entities   []Entity    `json:"entities,omitempty"`
	Times      []Time      `json:"times,omitempty"`
	Places     []Place     `json:"places,omitempty"`
	Statements []Statement `json:"statements,omitempty"`
	Events     []Event     `json:"events,omitempty"`
	Links      []Link      `json:"links,omitempty"`
	Problems   []Problem   `json:"problems,omitempty"`
}

// Link ties a statement's source or addressee to an entity. Links are written
// last and are records of their own, so that no stage edits another's findings.
type Link struct {
	Statement  ID       `json:"statement"`
	Role       LinkRole `json:"role"`
	Entity     ID       `json:"entity"`
	Confidence float64  `json:"confidence,omitempty"`
	Rule       string   `json:"rule,omitempty"`
}

// LinkRole is the part of a statement that a link ties.
type LinkRole string

// Parts of a statement that link to entities.
const (
	SourceRole    LinkRole = "source"
	AddresseeRole LinkRole = "addressee"
)

// Linked answers which entities play a role in a statement, for many statements
// of one analysis: see [Analysis.Linked].
type Linked map[linkKey][]*Entity

type linkKey struct {
	statement ID
	role      LinkRole
}

// Linked indexes the analysis's links. The entities it answers with are the
// analysis's own.
func (a *Analysis) Linked() Linked {
	entities := make(map[ID]*Entity, len(a.Entities))
	for i := range a.Entities {
		entities[a.Entities[i].ID] = &a.Entities[i]
	}
	linked := make(Linked, len(a.Links))
	for _, l := range a.Links {
		if e := entities[l.Entity]; e != nil {
			key := linkKey{l.Statement, l.Role}
			linked[key] = append(linked[key], e)
		}
	}
	return linked
}

// To are the entities in a role of a statement, in the links' order.
func (l Linked) To(statement ID, role LinkRole) []*Entity { return l[linkKey{statement, role}] }

// Versions says what made a finding: a stage or data file to its version, such
// as "said": "said.v1".
type Versions map[string]string

// String writes the versions in the order of their keys: "english.v1 said.v2".
// What is not named in its own version is named before it: "rules=sha256-…".
func (v Versions) String() string {
	keys := slices.Sorted(maps.Keys(v))
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = v[k]
		if !strings.HasPrefix(v[k], k) {
			parts[i] = k + "=" + v[k]
		}
	}
	return strings.Join(parts, " ")
}

// OlderThan reports whether the stage named in a version such as "said.v3" is
// older here: absent, or of a lower number.
func (v Versions) OlderThan(version string) bool {
	stage, want, ok := stageVersion(version)
	if !ok {
		return false
	}
	_, have, ok := stageVersion(v[stage])
	return !ok || have < want
}

// stageVersion splits "said.v3" into "said" and 3.
func stageVersion(s string) (stage string, number int, ok bool) {
	stage, digits, ok := strings.Cut(s, ".v")
	if !ok {
		return "", 0, false
	}
	n, err := strconv.Atoi(digits)
	return stage, n, err == nil && stage != ""
}

// IsVersion reports whether s names a stage and its version, such as "said.v3".
func IsVersion(s string) bool {
	_, _, ok := stageVersion(s)
	return ok
}
