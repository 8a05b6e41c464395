package roster

import (
	"crypto/sha256"
	"fmt"

	"github.com/onrecord/onrecord"
)

// sure is from which confidence on a phrase is taken for who it names without a reader's
// judgement, and rival from which another reading makes that doubtful.
const (
	sure  = 0.8
	rival = 0.5
)

// KnownAs is whom phrases that a text of a date uses for one entity mean: "Mohammed Shia
// al-Sudani", "the Iraqi prime minister". False where none is sure, where two disagree and
// where the holder of an office is not known at the date.
func (b *Base) KnownAs(phrases []string, kind onrecord.EntityKind, at onrecord.Date) (onrecord.ID, bool) {
	m, ok := b.Meant(phrases, kind, at)
	return m.ID, ok
}

// Meant is [Base.KnownAs] with the evidence.
func (b *Base) Meant(phrases []string, kind onrecord.EntityKind, at onrecord.Date) (Match, bool) {
	var best Match
	for _, p := range phrases {
		found := b.Phrase(p, at)
		if len(found) == 0 || found[0].Confidence < sure || found[0].Unknown || !fits(found[0].Kind, kind) || found[0].Why == ByMetonym && kind == onrecord.PlaceEntity {
			continue
		}
		if len(found) > 1 && found[1].Confidence >= rival && found[1].ID != found[0].ID {
			continue
		}
		if best.ID != "" && best.ID != found[0].ID {
			return Match{}, false
		}
		if found[0].Confidence > best.Confidence {
			best = found[0]
		}
	}
	return best, best.ID != ""
}

// Version names the facts: the hash of the built-in tables and of all that was added.
func (b *Base) Version() string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.facts.String()
}

// note adds to what Version tells.
func (b *Base) note(data string) {
	b.facts = sha256.Sum256(fmt.Appendf(b.facts[:], "%d\n%s", len(data), data))
}
