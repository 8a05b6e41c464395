package sqlite

import (
	"fmt"

	"github.com/onrecord/onrecord/ledger"
)

const (
	speakerSQL        = "SELECT id FROM speakers WHERE key = ?"
	speakerOfSQL      = "SELECT id, coalesce(joined, id) FROM speakers WHERE key = ?"
	insertSpeakerSQL  = "INSERT INTO speakers (key, name, kind) VALUES (?, ?, ?)"
	spellingSQL       = "SELECT id FROM spellings WHERE speaker = ? AND name = ? AND kind = ?"
	insertSpellingSQL = "INSERT INTO spellings (speaker, name, kind) VALUES (?, ?, ?)"
	insertNameSQL     = "INSERT INTO names (rowid, name) VALUES (?, ?)"
	deleteNameSQL     = "DELETE FROM names WHERE rowid = ?"
	countSpeakerSQL   = "UPDATE speakers SET listed = listed + ? WHERE id = ? RETURNING listed, name, kind"
	spelledSQL        = "SELECT name, kind FROM spellings WHERE speaker IN (SELECT id FROM speakers WHERE id = ?1 OR joined = ?1) ORDER BY listed DESC, id LIMIT 1"
	renameSpeakerSQL  = "UPDATE speakers SET name = ?, kind = ? WHERE id = ?"
)

// spelled are the rows of a speaker and of one spelling of one of its names.
type spelled struct{ speaker, spelling int64 }

// speaker is the row of a speaker and of the spelling of its name, made if need
// be; zero for a name without letters or digits. A transaction looks for each but
// once: few speak often.
func (x *tx) speaker(n named) (speaker, spelling int64, err error) {
	if s, ok := x.spelled[n]; ok {
		return s.speaker, s.spelling, nil
	}
	if speaker, spelling, err = x.findSpeaker(n); err == nil {
		x.spelled[n] = spelled{speaker, spelling}
	}
	return speaker, spelling, err
}

func (x *tx) findSpeaker(n named) (speaker, spelling int64, err error) {
	key := ledger.Key(n.Name)
	if key == "" || n.Local {
		return 0, 0, nil
	}
	var name int64
	err = x.row(speakerOfSQL, []any{key}, &name, &speaker)
	if none(err) {
		if name, err = x.insert(insertSpeakerSQL, key, n.Name, string(n.Kind)); err == nil {
			speaker = name
			_, err = x.insert(insertNameSQL, name, n.Name)
		}
	}
	if err != nil {
		return 0, 0, fmt.Errorf("speaker %q: %w", n.Name, err)
	}
	err = x.row(spellingSQL, []any{name, n.Name, string(n.Kind)}, &spelling)
	if none(err) {
		spelling, err = x.insert(insertSpellingSQL, name, n.Name, string(n.Kind))
	}
	if err != nil {
		return 0, 0, fmt.Errorf("speaker %q: %w", n.Name, err)
	}
	return speaker, spelling, nil
}

// settleSpeakers writes speakers' changed counts, and calls each by the name and
// kind most often written.
func (x *tx) settleSpeakers() error {
	for id, n := range x.counts[ofSpeaker] {
		var listed int
		var old, name named
		if err := x.row(countSpeakerSQL, []any{n, id}, &listed, &old.Name, &old.Kind); err != nil {
			return err
		}
		switch {
		case listed > 0 && listed <= n:
			x.totals.speakers++
		case listed == 0 && n < 0:
			x.totals.speakers--
		}
		if err := x.row(spelledSQL, []any{id}, &name.Name, &name.Kind); err != nil {
			return err
		}
		if name == old {
			continue
		}
		if name.Name != old.Name {
			if err := x.do(deleteNameSQL, id); err != nil {
				return err
			}
		}
		if err := x.do(renameSpeakerSQL, name.Name, string(name.Kind), id); err != nil {
			return err
		}
		if name.Name != old.Name {
			if err := x.do(insertNameSQL, id, name.Name); err != nil {
				return err
			}
		}
	}
	return nil
}
