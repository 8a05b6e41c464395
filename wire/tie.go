package wire

import (
	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Tie is a decision about two names: that they mean one speaker, or two, or that
// nobody knows yet.
type Tie struct {
	ID         onrecord.ID       `json:"id"`
	A          TiedName          `json:"a"`
	B          TiedName          `json:"b"`
	Verdict    ledger.TieVerdict `json:"verdict"`
	Confidence Confidence        `json:"confidence"` // that both mean one speaker
	Rule       string            `json:"rule,omitempty"`
	By         string            `json:"by,omitempty"`
	Why        string            `json:"why,omitempty"`
	At         string            `json:"at"`
	UndoneBy   string            `json:"undone_by,omitempty"`
	UndoneAt   string            `json:"undone_at,omitempty"`
}

// TiedName is one of the two.
type TiedName struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// EncodeTie makes JSON of a decision about two names.
func EncodeTie(t *ledger.Tie) Tie {
	return Tie{
		ID: t.ID, A: TiedName{t.A, t.AName}, B: TiedName{t.B, t.BName}, Verdict: t.Verdict, Confidence: Confidence(t.Confidence),
		Rule: t.Rule, By: t.By, Why: t.Why, At: instant(t.At), UndoneBy: t.UndoneBy, UndoneAt: instant(t.UndoneAt),
	}
}
